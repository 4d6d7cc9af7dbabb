#! boot
==== a batch queue: made, started, shown, stopped, deleted
$ INITIALIZE/QUEUE/BATCH/JOB_LIMIT=2 FAST
$ SHOW QUEUE FAST
$ START/QUEUE FAST
$ SHOW QUEUE/FULL FAST
$ SET QUEUE/JOB_LIMIT=3/RETAIN=ERROR/DESCRIPTION="quick jobs" FAST
$ SHOW QUEUE/FULL FAST
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_QUEUE","JOB_LIMIT","FAST"), F$GETQUI("DISPLAY_QUEUE","QUEUE_BATCH","FAST")
$ SET NOON
$ DELETE/QUEUE FAST
$ STOP/QUEUE/NEXT FAST
$ DELETE/QUEUE/LOG FAST
$ SHOW QUEUE FAST
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_QUEUE","QUEUE_NAME","FAST"), "."
----
Batch queue FAST, stopped, on NODE::
Batch queue FAST, idle, on NODE::
  /BASE_PRIORITY=4 /JOB_LIMIT=2 /OWNER=[1,4] /PROTECTION=(S:M,O:D,G:R,W:S)
Batch queue FAST, idle, on NODE::
  /BASE_PRIORITY=4 /DESCRIPTION="quick jobs" /JOB_LIMIT=3 /OWNER=[1,4]
  /PROTECTION=(S:M,O:D,G:R,W:S) /RETAIN=ERROR
3TRUE
%JBC-E-QUENOTSTOP, queue must be stopped to perform operation
%DELETE-I-DELETED, queue FAST deleted
%JBC-E-NOSUCHQUE, no such queue
.

==== SUBMIT: parameters, the log file, $ENTRY, F$GETQUI
++ WORK.COM
$ WRITE SYS$OUTPUT "P1=", P1, " P2=", P2, " P3=<", P3, "> mode ", F$MODE()
$ SET NOVERIFY
$ WRITE SYS$OUTPUT $RESTART, " ", F$EDIT(F$GETJPI("","USERNAME"),"TRIM"), " ", F$EXTRACT(0,6,F$PROCESS())
++
$ INITIALIZE/QUEUE/BATCH/START/JOB_LIMIT=1 SYS$BATCH
$ SUBMIT/NOPRINTER/LOG_FILE=SYS$SYSDEVICE:[CASE]/PARAMETERS=(one,"Two words") WORK
$ SYNCHRONIZE/ENTRY='$ENTRY'
$ TYPE WORK.LOG
----
Job WORK (queue SYS$BATCH, entry 1) started on SYS$BATCH
$ WRITE SYS$OUTPUT "P1=", P1, " P2=", P2, " P3=<", P3, "> mode ", F$MODE()
P1=ONE P2=Two words P3=<> mode BATCH
$ SET NOVERIFY
FALSE SYSTEM BATCH_
~   SYSTEM       job terminated at ?[-A-Z0-9]+( [0-9:.]+)?

  Accounting information:
~   Buffered I/O count: .*
~   Direct I/O count: .*
~   Page faults: .*
~   Charged CPU time: .*

==== jobs that wait: /HOLD, /AFTER, stopped queue; SET ENTRY; DELETE/ENTRY
++ A.COM
$ EXIT
++
$ SUBMIT/NOLOG_FILE/HOLD/NAME=HELD/NOTE="a note"/PRIORITY=5 A
$ HELD = $ENTRY
$ SUBMIT/NOLOG_FILE/AFTER="TOMORROW"/NAME=A_NAME_OF_MORE_THAN_COLUMN A
$ LATER = $ENTRY
$ STOP/QUEUE/NEXT SYS$BATCH
$ SUBMIT/NOLOG_FILE/NAME=WAITS A
$ WAITS = $ENTRY
$ SHOW QUEUE/ALL SYS$BATCH
$ SHOW QUEUE/FULL/BY_JOB_STATUS=HOLDING SYS$BATCH
$ SHOW ENTRY 'WAITS'
$ SHOW QUEUE/SUMMARY SYS$BATCH
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_ENTRY","JOB_HOLDING",HELD), F$GETQUI("DISPLAY_ENTRY","PRIORITY",HELD)
$ SET ENTRY 'HELD'/RELEASE/NAME=FREE
$ SET ENTRY 'LATER'/NOAFTER/HOLD
$ SHOW ENTRY/FULL 'HELD','LATER'
$ START/QUEUE SYS$BATCH
$ SYNCHRONIZE/ENTRY='HELD'
$ DELETE/ENTRY='LATER'/LOG
$ SET NOON
$ DELETE/ENTRY='LATER'
$ SET ENTRY 'LATER'/RELEASE
$ SHOW ENTRY 'LATER'
$ SYNCHRONIZE NOSUCHJOB
---- 3
Job HELD (queue SYS$BATCH, entry 2) holding
~ Job A_NAME_OF_MORE_THAN_COLUMN \(queue SYS\$BATCH, entry 3\) holding until ?[-A-Z0-9]+( [0-9:.]+)?
Job WAITS (queue SYS$BATCH, entry 4) pending
       pending status caused by queue stopped state
Batch queue SYS$BATCH, stopped, on NODE::

  Entry  Jobname         Username     Status
  -----  -------         --------     ------
      4  WAITS           SYSTEM       Pending
      3  A_NAME_OF_MORE_THAN_COLUMN
~                          SYSTEM       Holding until ?[-A-Z0-9]+( [0-9:.]+)?
      2  HELD            SYSTEM       Holding
Batch queue SYS$BATCH, stopped, on NODE::
  /BASE_PRIORITY=4 /JOB_LIMIT=1 /OWNER=[1,4] /PROTECTION=(S:M,O:D,G:R,W:S)

  Entry  Jobname         Username     Status
  -----  -------         --------     ------
      2  HELD            SYSTEM       Holding
~          Submitted ?[-A-Z0-9]+( [0-9:.]+)? /NOLOG /NOTE="a note" /PRIORITY=5
         File: SYS$SYSDEVICE:[CASE]A.COM;1
  Entry  Jobname         Username     Blocks  Status
  -----  -------         --------     ------  ------
      4  WAITS           SYSTEM               Pending
         On stopped batch queue SYS$BATCH
Batch queue SYS$BATCH, stopped, on NODE::
  Job summary: 1 pending, 1 timed release, 1 holding
TRUE5
  Entry  Jobname         Username     Blocks  Status
  -----  -------         --------     ------  ------
      2  FREE            SYSTEM               Pending
~          Submitted ?[-A-Z0-9]+( [0-9:.]+)? /NOLOG /NOTE="a note" /PRIORITY=5
         File: SYS$SYSDEVICE:[CASE]A.COM;1
         On stopped batch queue SYS$BATCH
      3  A_NAME_OF_MORE_THAN_COLUMN
                         SYSTEM               Holding
~          Submitted ?[-A-Z0-9]+( [0-9:.]+)? /NOLOG /PRIORITY=100
         File: SYS$SYSDEVICE:[CASE]A.COM;1
         On stopped batch queue SYS$BATCH
%DELETE-I-DELETED, entry 3 deleted
%DELETE-W-SEARCHFAIL, error searching for 3
-JBC-E-NOSUCHENT, no such entry
%SET-W-SEARCHFAIL, error searching for 3
-JBC-E-NOSUCHENT, no such entry
%JBC-E-NOSUCHENT, no such entry
%JBC-E-NOSUCHJOB, no such job

==== a job's status: SYNCHRONIZE, /RETAIN, several files, another account
++ BAD.COM
$ SET NOVERIFY
$ EXIT %X2C
++ ONE.COM
$ SET NOVERIFY
$ WRITE SYS$OUTPUT "one ", P1
++ TWO.COM
$ WRITE SYS$OUTPUT "two ", P1
$ DELETED = F$VERIFY(0)
++
$ SET NOON
$ SUBMIT/NOLOG_FILE/RETAIN=ERROR BAD
$ SYNCHRONIZE BAD
$ WRITE SYS$OUTPUT $STATUS
$ SHOW ENTRY BAD
$ DELETE/ENTRY='$ENTRY'
$ SUBMIT/NOIDENTIFY/NOPRINTER/LOG=SYS$SYSDEVICE:[CASE]BOTH/PARAMETERS="x y" ONE,TWO
$ SYNCHRONIZE/ENTRY='$ENTRY'
$ TYPE BOTH.LOG
$ SUBMIT/USER=NOBODY ONE
$ SUBMIT NOFILE
$ SUBMIT/QUEUE=NOQUEUE ONE
$ SUBMIT/PARAMETERS=(1,2,3,4,5,6,7,8,9) ONE
---- 1
Job BAD (queue SYS$BATCH, entry 5) started on SYS$BATCH
%SYSTEM-F-ABORT, abort
%X0000002C
  Entry  Jobname         Username     Blocks  Status
  -----  -------         --------     ------  ------
      5  BAD             SYSTEM               Retained on error
         %SYSTEM-F-ABORT, abort
         On idle batch queue SYS$BATCH
$ SET NOVERIFY
one x y
two x y
~   SYSTEM       job terminated at ?[-A-Z0-9]+( [0-9:.]+)?

  Accounting information:
~   Buffered I/O count: .*
~   Direct I/O count: .*
~   Page faults: .*
~   Charged CPU time: .*
%SUBMIT-F-CREJOB, error creating job
-RMS-E-RNF, record not found
%SUBMIT-F-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.COM; as input
-RMS-E-FNF, file not found
%SUBMIT-F-CREJOB, error creating job
-JBC-E-NOSUCHQUE, no such queue
%DCL-W-MAXPARM, too many parameters - reenter command with fewer parameters
 \9\

==== a job that executes: STOP/QUEUE/ABORT, /REQUEUE, DELETE/ENTRY, STOP/QUEUE/RESET
++ LONG.COM
$ OPEN/WRITE F SYS$SYSDEVICE:[CASE]STARTED.TMP
$ CLOSE F
$ WAIT 00:10:00
++
$ LAST = ""
$ SUBMIT/NOLOG_FILE/RESTART LONG
$ GOSUB STARTED
$ SHOW QUEUE/ALL SYS$BATCH
$ STOP/QUEUE/REQUEUE/HOLD SYS$BATCH
$ GOSUB IDLE
$ SHOW ENTRY LONG
$ SET ENTRY '$ENTRY'/RELEASE
$ GOSUB STARTED
$ DELETE/ENTRY='$ENTRY'
$ GOSUB IDLE
$ SUBMIT/NOLOG_FILE/NORESTART LONG
$ GOSUB STARTED
$ STOP/QUEUE/RESET SYS$BATCH
$ GOSUB IDLE
$ SHOW QUEUE/ALL SYS$BATCH
$ START/QUEUE SYS$BATCH
$ EXIT
$STARTED:
$ NOW = F$SEARCH("STARTED.TMP")
$ IF NOW .EQS. LAST THEN GOTO STARTED
$ LAST = NOW
$ RETURN
$IDLE:
$ IF F$GETQUI("DISPLAY_QUEUE","EXECUTING_JOB_COUNT","SYS$BATCH") .NE. 0 THEN GOTO IDLE
$ RETURN
----
Job LONG (queue SYS$BATCH, entry 7) started on SYS$BATCH
Batch queue SYS$BATCH, busy, on NODE::

  Entry  Jobname         Username     Status
  -----  -------         --------     ------
      7  LONG            SYSTEM       Executing
  Entry  Jobname         Username     Blocks  Status
  -----  -------         --------     ------  ------
      7  LONG            SYSTEM               Holding
         On idle batch queue SYS$BATCH
Job LONG (queue SYS$BATCH, entry 8) started on SYS$BATCH
Batch queue SYS$BATCH, stopped, on NODE::

==== SHOW QUEUE of several, the generic queue, the queue manager
$ INITIALIZE/QUEUE/DEVICE=SERVER/PROCESSOR=TEST_SYMBIONT/PROTECTION=(S:RSMD,O:RSD,G,W) Q_01
$ INITIALIZE/QUEUE/DEVICE=SERVER/GENERIC=(Q_01)/START Q_00
$ SHOW QUEUE/FULL Q_0%
$ SHOW QUEUE/DEVICE=SERVER
$ SHOW QUEUE/MANAGER
$ SHOW QUEUE/GENERIC
$ SET NOON
$ DELETE/QUEUE Q_00
$ STOP/QUEUE/NEXT Q_00
$ DELETE/QUEUE Q_00
$ DELETE/QUEUE Q_01
$ INITIALIZE/QUEUE/BATCH BAD-NAME
$ INITIALIZE/QUEUE/BATCH/WSDEFAULT=100 ODD
$ START/QUEUE NOQUEUE
$ STOP/QUEUE/MANAGER/CLUSTER
$ SHOW QUEUE SYS$BATCH
$ SHOW QUEUE/MANAGER
$ START/QUEUE/MANAGER
$ SHOW QUEUE SYS$BATCH
$ SET PROCESS/PRIVILEGE=(NOALL,TMPMBX)
$ STOP/QUEUE/NEXT SYS$BATCH
----
Generic server queue Q_00
  /GENERIC=(Q_01) /OWNER=[1,4] /PROTECTION=(S:M,O:D,G:R,W:S)

Server queue Q_01, stopped, on NODE::, mounted form DEFAULT
  /BASE_PRIORITY=4 /DEFAULT=(FEED,FORM=DEFAULT) /OWNER=[1,4]
  /PROCESSOR=TEST_SYMBIONT /PROTECTION=(S:RSMD,O:RSD,G,W)
Generic server queue Q_00

Server queue Q_01, stopped, on NODE::, mounted form DEFAULT
Queue manager SYS$QUEUE_MANAGER, running, on NODE::
Generic server queue Q_00
%JBC-E-QUENOTSTOP, queue must be stopped to perform operation
%JBC-F-INVQUENAM, invalid queue name
%SYSTEM-E-UNSUPPORTED, unsupported operation or function
%JBC-E-NOSUCHQUE, no such queue
%JBC-E-JOBQUEDIS, job queue manager is not running
Queue manager SYS$QUEUE_MANAGER, stopped, on NODE::
Batch queue SYS$BATCH, idle, on NODE::

==== SET RESTART_VALUE and BATCH$RESTART; ASSIGN/MERGE; SHOW SECURITY of a queue
++ AGAIN.COM
$ SET NOVERIFY
$ WRITE SYS$OUTPUT "restart ", $RESTART
$ IF $RESTART THEN GOTO 'BATCH$RESTART'
$ SET RESTART_VALUE=SECOND
$ OPEN/WRITE F SYS$SYSDEVICE:[CASE]STARTED.TMP
$ CLOSE F
$ WAIT 00:10:00
$SECOND:
$ WRITE SYS$OUTPUT "second part"
++
$ SET NOON
$ INITIALIZE/QUEUE/BATCH/START RERUN
$ SUBMIT/QUEUE=RERUN/RESTART/NOPRINTER/LOG_FILE=SYS$SYSDEVICE:[CASE] AGAIN
$LOOP:
$ IF F$SEARCH("STARTED.TMP") .EQS. "" THEN GOTO LOOP
$ STOP/QUEUE/REQUEUE RERUN
$ SYNCHRONIZE/ENTRY='$ENTRY'
$ SEARCH AGAIN.LOG restart,second
$ SET RESTART_VALUE=NOWHERE
$ INITIALIZE/QUEUE/BATCH OTHER
$ SUBMIT/QUEUE=OTHER/NOLOG_FILE AGAIN
$ ASSIGN/MERGE RERUN NOSUCH
$ INITIALIZE/QUEUE/BATCH THIRD
$ ASSIGN/MERGE THIRD OTHER
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_QUEUE","PENDING_JOB_COUNT","OTHER"), F$GETQUI("DISPLAY_QUEUE","PENDING_JOB_COUNT","THIRD")
$ SHOW SECURITY/CLASS=QUEUE THIRD
$ SHOW SECURITY/CLASS=QUEUE NOSUCH
$ STOP/QUEUE/NEXT RERUN
----
~ Job AGAIN \(queue RERUN, entry \d+\) started on RERUN
restart TRUE
second part
%JBC-E-NOSUCHJOB, no such job
~ Job AGAIN \(queue OTHER, entry \d+\) pending
       pending status caused by queue stopped state
%JBC-E-NOSUCHQUE, no such queue
01

THIRD object of class QUEUE
     Owner: [1,4]
     Protection: (System: M, Owner: D, Group: R, World: S)
     Access Control List: <empty>
%JBC-E-NOSUCHQUE, no such queue

==== MAIL: PRINT
++ ../SYSMAIL/A.TMP
++ A.TXT
the text
++
$ SET NOON
$ MCR AUTHORIZE ADD SYSTEM/UIC=[1,4]/DIRECTORY=[SYSMAIL]/FLAGS=NODISUSER
$ INITIALIZE/QUEUE/DEVICE=SERVER/PROCESSOR=TEST_SYMBIONT MY_PRINTER
$ MAIL/SUBJECT="to be printed" A.TXT SYSTEM
$ MAIL
READ
PRINT
PRINT/QUEUE=MY_PRINTER/COPIES=2/NAME=LETTER/NOHEADER
SET QUEUE MY_PRINTER
PRINT/ALL
SET NOQUEUE
QUIT
$ SHOW QUEUE/ALL/FILES MY_PRINTER
$ TYPE SYS$SCRATCH:MAIL_*.TXT
----
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier SYSTEM value [000001,000004] added to rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified

	You have 1 new message.


~     \#1         [\d A-Z:.-]+                                     NEWMAIL
~ From:\	NODE::SYSTEM  [ \d]\d-[A-Z]+-\d+ \d\d:\d\d
To:	SYSTEM
CC:	
Subj:	to be printed

the text

%MAIL-E-ERRPRINT, error printing the message
-JBC-E-NOSUCHQUE, no such queue
~ Job LETTER \(queue MY_PRINTER, entry \d+\) pending
~ Job MAIL \(queue MY_PRINTER, entry \d+\) pending
Server queue MY_PRINTER, stopped, on NODE::, mounted form DEFAULT

  Entry  Jobname         Username     Blocks  Status
  -----  -------         --------     ------  ------
~  +\d+  LETTER          SYSTEM            1  Pending
~          File: SYS\$SYSDEVICE:\[SYS0\.SYSMGR\]MAIL_\d+\.TXT;1 /DELETE
~  +\d+  MAIL            SYSTEM            1  Pending
~          File: SYS\$SYSDEVICE:\[SYS0\.SYSMGR\]MAIL_\d+\.TXT;2 /DELETE


~ SYS\$SYSDEVICE:\[SYS0\.SYSMGR\]MAIL_\d+\.TXT;2

~ From:\	NODE::SYSTEM  [ \d]\d-[A-Z]+-\d+ \d\d:\d\d
To:	SYSTEM
CC:	
Subj:	to be printed

the text

==== F$GETQUI: functions, contexts, items
++ A.COM
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_JOB","JOB_NAME",,"THIS_JOB"), " of ", -
    F$GETQUI("DISPLAY_QUEUE","QUEUE_NAME",,"THIS_JOB"), " ", F$GETQUI("DISPLAY_JOB","JOB_EXECUTING",,"THIS_JOB"), " ", -
    F$PARSE(F$GETQUI("DISPLAY_FILE","FILE_SPECIFICATION",,"THIS_JOB"),,,"NAME"), " ", -
    F$GETQUI("DISPLAY_ENTRY","JOB_NAME",F$GETQUI("DISPLAY_JOB","ENTRY_NUMBER",,"THIS_JOB"))
++
$ SET NOON
$ INITIALIZE/QUEUE/BATCH/JOB_LIMIT=1/RETAIN=ERROR/DESCRIPTION="first" QUI$ONE
$ INITIALIZE/QUEUE/BATCH/START/CLOSE QUI$TWO
$ SUBMIT/NOPRINTER/QUEUE=QUI$TWO A.COM
$ SET QUEUE/OPEN QUI$TWO
$ SUBMIT/HOLD/NOPRINTER/QUEUE=QUI$ONE/NAME=HELD/NOTE="a note"/PRIORITY=50 A.COM
$ HELD = $ENTRY
$ SUBMIT/NOPRINTER/QUEUE=QUI$ONE/NAME=PENDING/RETAIN=ALWAYS A.COM
$ PEND = $ENTRY
$ SUBMIT/NOPRINTER/LOG_FILE=SYS$SYSDEVICE:[CASE]/QUEUE=QUI$TWO A.COM
$ SYNCHRONIZE/ENTRY='$ENTRY'
$ SEARCH A.LOG "A of"
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_JOB","ENTRY_NUMBER",,"THIS_JOB"), "|"
$! queues, their jobs, the jobs' files
$ V = F$GETQUI("CANCEL_OPERATION")
$QUEUE: Q = F$GETQUI("DISPLAY_QUEUE","QUEUE_NAME","QUI$*")
$ IF Q .EQS. "" THEN GOTO QUEUES_DONE
$ WRITE SYS$OUTPUT Q, " ", F$GETQUI("DISPLAY_QUEUE","QUEUE_DESCRIPTION","*","FREEZE_CONTEXT"), " ", -
    F$GETQUI("DISPLAY_QUEUE","QUEUE_RETAIN_ERROR","*","FREEZE_CONTEXT"), " ", -
    F$GETQUI("DISPLAY_QUEUE","QUEUE_STOPPED","*","FREEZE_CONTEXT")
$JOB: N = F$GETQUI("DISPLAY_JOB","JOB_NAME",,"ALL_JOBS")
$ IF N .EQS. "" THEN GOTO QUEUE
$ WRITE SYS$OUTPUT "  ", N, " ", F$GETQUI("DISPLAY_JOB","JOB_HOLDING",,"FREEZE_CONTEXT"), " ", -
    F$GETQUI("DISPLAY_JOB","JOB_RETENTION",,"FREEZE_CONTEXT"), " ", F$GETQUI("DISPLAY_JOB","JOB_STALLED",,"FREEZE_CONTEXT")
$FILE: F = F$GETQUI("DISPLAY_FILE","FILE_SPECIFICATION")
$ IF F .EQS. "" THEN GOTO JOB
$ WRITE SYS$OUTPUT "    ", F$PARSE(F,,,"NAME"), F$PARSE(F,,,"TYPE"), " ", F$GETQUI("DISPLAY_FILE","FILE_CHECKPOINTED",,"FREEZE_CONTEXT")
$ GOTO FILE
$QUEUES_DONE:
$! an entry by number; the name's translation; what is not there
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_ENTRY","NOTE",HELD), "|", F$GETQUI("DISPLAY_ENTRY","PRIORITY",HELD), "|", -
    F$GETQUI("DISPLAY_ENTRY","JOB_SIZE",HELD), "|", F$GETQUI("DISPLAY_ENTRY","ASSIGNED_QUEUE_NAME",HELD), "|", -
    F$GETQUI("DISPLAY_ENTRY","JOB_RETENTION_TIME",HELD), "|"
$ DEFINE QUI_NAME QUI$ONE
$ WRITE SYS$OUTPUT F$GETQUI("TRANSLATE_QUEUE","QUEUE_NAME","QUI_NAME"), "|", F$GETQUI("DISPLAY_QUEUE","QUEUE_NAME","NOSUCH"), "|", -
    F$GETQUI("DISPLAY_ENTRY","JOB_NAME",9999), "|"
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_QUEUE","HOLDING_JOB_COUNT","QUI$ONE"), F$GETQUI("DISPLAY_QUEUE","PENDING_JOB_COUNT","QUI$ONE")
$ V = F$GETQUI("DISPLAY_QUEUE","NOSUCHITEM","QUI$ONE")
$ V = F$GETQUI("DISPLAY_NOTHING","QUEUE_NAME","QUI$ONE")
$ V = F$GETQUI("DISPLAY_QUEUE","QUEUE_NAME","QUI$ONE","NOFLAG")
$ DELETE/ENTRY=('HELD','PEND')
$ DELETE/QUEUE QUI$ONE
$ STOP/QUEUE/RESET QUI$TWO
$ DELETE/QUEUE QUI$TWO
----
%SUBMIT-F-CREJOB, error creating job
-JBC-E-QUE_CLOSED, jobs cannot be submitted to a closed queue
~ Job HELD \(queue QUI\$ONE, entry \d+\) holding
~ Job PENDING \(queue QUI\$ONE, entry \d+\) pending
       pending status caused by queue stopped state
~ Job A \(queue QUI\$TWO, entry \d+\) started on QUI\$TWO
A of QUI$TWO TRUE A A
|
QUI$ONE first TRUE TRUE
  PENDING FALSE TRUE FALSE
    A.COM FALSE
  HELD TRUE FALSE FALSE
    A.COM FALSE
QUI$TWO  FALSE FALSE
a note|50|0|||
QUI$ONE|||
11
%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling
 \NOSUCHITEM\
%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling
 \DISPLAY_NOTHING\
%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling
 \NOFLAG\

==== forms and characteristics: SHOW QUEUE/FORM, F$GETQUI and its contexts
$ SET NOON
$ SHOW QUEUE/FORM
$ SHOW QUEUE/FORM/FULL DEF*
$ SHOW QUEUE/FORM NOSUCH
$ SHOW QUEUE/CHARACTERISTICS
$! by name, by number; a search that goes on ends with a null string, and begins again
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_FORM","FORM_NUMBER","DEFAULT"), F$GETQUI("DISPLAY_FORM","FORM_NAME",0), "|", -
    F$GETQUI("DISPLAY_FORM","FORM_NAME",7), "|", F$GETQUI("DISPLAY_FORM","FORM_NAME","NOSUCH"), "|"
$ WRITE SYS$OUTPUT F$GETQUI("CANCEL_OPERATION"), F$GETQUI("DISPLAY_FORM","FORM_NAME","*"), " ", -
    F$GETQUI("DISPLAY_FORM","FORM_WIDTH","*","FREEZE_CONTEXT"), " ", F$GETQUI("DISPLAY_FORM","FORM_TRUNCATE","*","FREEZE_CONTEXT"), -
    "[", F$GETQUI("DISPLAY_FORM","FORM_NAME","*"), "] ", F$GETQUI("DISPLAY_FORM","FORM_STOCK","*")
$ V = F$GETQUI("")
$ WRITE SYS$OUTPUT F$GETQUI("DISPLAY_FORM","FORM_LENGTH","*","WILDCARD"), "[", -
    F$GETQUI("DISPLAY_CHARACTERISTIC","CHARACTERISTIC_NAME","*"), F$GETQUI("DISPLAY_CHARACTERISTIC","CHARACTERISTIC_NUMBER",3), "]"
$ INITIALIZE/QUEUE/BATCH/START FORM$Q
$ INITIALIZE/QUEUE/BATCH FORM$Q
$ STOP/QUEUE/RESET FORM$Q
$ DELETE/QUEUE FORM$Q
----
Form name                            Number   Description
~ -{9} {28}-{6}   -{11}
DEFAULT                                   0   System-defined default
Form name                            Number   Description
~ -{9} {28}-{6}   -{11}
DEFAULT (stock=DEFAULT)                   0   System-defined default
    /LENGTH=66 /MARGIN=(BOTTOM=6) /STOCK=DEFAULT /TRUNCATE /WIDTH=132
%JBC-E-NOSUCHFORM, no such form
%JBC-E-NOSUCHCHAR, no such characteristic
0DEFAULT|||
DEFAULT 132 TRUE[] DEFAULT
66[]
%JBC-I-QUENOTMOD, modifications not made to running queue

==== the processes of the system are no users; their mode
$ SHOW USERS/NOHEADING
$ X = F$CONTEXT("PROCESS",C,"PRCNAM","JOB_CONTROL","EQL")
$ PID = F$PID(C)
$ WRITE SYS$OUTPUT F$GETJPI(PID,"MODE"), " ", F$GETJPI(PID,"USERNAME")
----
 SYSTEM       NODE             1
OTHER SYSTEM      

==== 10 data lines to an image; what it leaves is skipped
$ RUN SYS$SYSTEM:TESTIMAGE
say first
say 'not substituted' "quoted"
$ MCR TESTIMAGE INPUT
one
 two

$ MCR TESTIMAGE SAY nothing read
left over
more
$ MCR TESTIMAGE INPUT
$ DECK
$ with a dollar
$ EOD
$ WRITE SYS$OUTPUT "end"
----
first
'not substituted' "quoted"
data: one
data:  two
data: 
NOTHING READ
%DCL-W-SKPDAT, image data (records not beginning with "$") ignored
data: $ with a dollar
end

==== 14 foreign commands
$ T :== $SYS$SYSTEM:TESTIMAGE
$ T SAY upper "And Mixed"   blanks
$ U :== $TESTIMAGE SAY
$ U more text
$ X = "$TESTIMAGE"
$ X SAY "as ""is"""
$ NOPE :== $NOT_THERE
$ NOPE
$ WRITE SYS$OUTPUT $SEVERITY
----
UPPER "And Mixed" BLANKS
MORE TEXT
"as ""is"""
%DCL-W-ACTIMAGE, error activating image NOT_THERE
-CLI-E-IMAGEFNF, image file not found SYS$SYSROOT:[SYSEXE]NOT_THERE.EXE;
0

==== 18 the status of an image in 32 bits
$ T :== $TESTIMAGE
$ SET NOON
$ T EXIT 1
$ WRITE SYS$OUTPUT $STATUS
$ T EXIT 0x10018292
$ WRITE SYS$OUTPUT $STATUS
$ T RETURN 0
$ WRITE SYS$OUTPUT $STATUS
$ T RETURN 0x18292
$ WRITE SYS$OUTPUT $STATUS
$ T EXIT 44
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ T EXIT 0x7FFF8003
$ S = $STATUS
$ WRITE SYS$OUTPUT S
----
%X00000001
%X10018292
%X00000001
%RMS-E-FNF, file not found
%X10018292
%SYSTEM-F-ABORT, abort
%X1000002C 4
%X7FFF8003

==== 18 access violation: the restart loop
$ N = 0
$ SET NOON
$LOOP:
$ N = N + 1
$ COMMAND = "FAULT"
$ IF N .GT. 2 THEN COMMAND = "SAY enough"
$ MCR TESTIMAGE 'COMMAND'
$ STATUS = F$INTEGER($STATUS) .AND. %XFFFF
$ IF STATUS .EQ. %X0C THEN GOTO LOOP
$ WRITE SYS$OUTPUT N
$ MCR TESTIMAGE ABORT
$ WRITE SYS$OUTPUT $STATUS
----
~ %SYSTEM-F-ACCVIO, access violation, reason mask=04, virtual address=0000000000001234, PC=[0-9A-F]{16}, PS=0000001B
~ %SYSTEM-F-ACCVIO, access violation, reason mask=04, virtual address=0000000000001234, PC=[0-9A-F]{16}, PS=0000001B
ENOUGH
3
%SYSTEM-F-OPCCUS, opcode reserved to customer fault
%X10000434

==== 9 an image's error fires ON
$ ON ERROR THEN GOTO E
$ MCR TESTIMAGE EXIT 0x10000000
$ WRITE SYS$OUTPUT "a warning goes on"
$ MCR TESTIMAGE EXIT 0x10000002
$ WRITE SYS$OUTPUT "no"
$E: WRITE SYS$OUTPUT "error"
----
a warning goes on
error

==== 11 DEFINE/USER is for one image
$ T :== $TESTIMAGE
$ DEFINE/USER SYS$OUTPUT OUT.TMP
$ T SAY to the file
$ T SAY to the terminal
$ TYPE OUT.TMP
$ DEFINE/USER_MODE SYS$INPUT IN.TMP
$ CREATE IN.TMP
from a file
$ DEFINE/USER_MODE SYS$INPUT IN.TMP
$ T INPUT
$ WRITE SYS$OUTPUT "[", F$TRNLNM("SYS$INPUT","LNM$PROCESS",,"USER",,"ACCESS_MODE"), "]"
$ DEFINE/USER X Y
$ WRITE SYS$OUTPUT F$TRNLNM("X")
$ SHOW SYMBOL T
$ WRITE SYS$OUTPUT F$TRNLNM("X")
$ T SAY image
$ WRITE SYS$OUTPUT "[", F$TRNLNM("X"), "]"
$ DEFINE/USER SYS$ERROR NL:
$ DEFINE/USER SYS$OUTPUT NL:
$ T SAY hidden
$ T SAY seen
----
TO THE TERMINAL
TO THE FILE
data: from a file
[EXECUTIVE]
Y
  T == "$TESTIMAGE"
Y
IMAGE
[]
SEEN

==== 11 names that an image makes: supervisor mode survives it
$ RUN SYS$SYSTEM:TESTIMAGE
define MADE by the image
define_user GONE with it
define SYS$EXTRA a second
$ WRITE SYS$OUTPUT F$TRNLNM("MADE"), "|", F$TRNLNM("GONE"), "|", F$TRNLNM("SYS$EXTRA",,,,,"ACCESS_MODE")
$ DEFINE FROM_DCL "seen by the image"
$ DEFINE DATA_FILE SYS$SYSDEVICE:[CASE]X.DAT
$ CREATE X.DAT
content
$ RUN SYS$SYSTEM:TESTIMAGE
rms DATA_FILE
----
by the image||SUPERVISOR
> content

==== the default directory is one for interpreter and images
$ CREATE [CASE]HERE.DAT
text of HERE
$ RUN SYS$SYSTEM:TESTIMAGE
rms HERE
default [VMS$COMMON.SYSEXE]
$ SHOW DEFAULT
$ SET DEFAULT [CASE]
$ RUN SYS$SYSTEM:TESTIMAGE
rms HERE
----
> text of HERE
  SYS$SYSDEVICE:[VMS$COMMON.SYSEXE]
> text of HERE

==== an image opens SYS$INPUT, SYS$OUTPUT by RMS
$ RUN SYS$SYSTEM:TESTIMAGE
put SYS$OUTPUT a record of the image
say between
put SYS$ERROR another
$ DEFINE ELSEWHERE SYS$OUTPUT
$ MCR TESTIMAGE PUT ELSEWHERE through a name
$ DEFINE/USER SYS$OUTPUT F.TMP
$ MCR TESTIMAGE PUT SYS$OUTPUT to a file
$ TYPE F.TMP
$ MCR TESTIMAGE RMS SYS$INPUT
data by RMS
----
a record of the image
between
another
THROUGH A NAME
TO A FILE
> data by RMS

==== privileges of an image end with it
$ OLD = F$SETPRV("NOALL,TMPMBX")
$ MCR TESTIMAGE PRIVILEGES
$ X = F$SETPRV(OLD)
$ MCR TESTIMAGE PRIVILEGES
----
8000
7fffffffff

==== DEFINE SYS$OUTPUT: commands and images until DEASSIGN
$ DEFINE SYS$OUTPUT LOG.TXT
$ WRITE SYS$OUTPUT "to the log"
$ MCR TESTIMAGE SAY image too
$ SHOW DEFAULT
$ DEASSIGN SYS$OUTPUT
$ WRITE SYS$OUTPUT "back"
$ TYPE LOG.TXT
----
back
to the log
IMAGE TOO
  SYS$SYSDEVICE:[CASE]

==== RUN/DETACHED with LOGINOUT runs a procedure
++ JOB.COM
$ WRITE SYS$OUTPUT F$MODE(), " ", F$PROCESS(), " ", F$ENVIRONMENT("DEPTH"), " ", F$ENVIRONMENT("INTERACTIVE")
$ READ SYS$INPUT LINE
a data line
$ WRITE SYS$OUTPUT LINE, " ", F$ENVIRONMENT("DEFAULT")
$ MCR TESTIMAGE SAY "image in the job"
$ WRITE SYS$OUTPUT F$PRIVILEGE("SYSNAM"), F$PRIVILEGE("NETMBX"), F$USER()
$ OPEN/WRITE F DONE.FLAG
$ CLOSE F
$ EXIT 44
++
$ RUN/DETACHED SYS$SYSTEM:LOGINOUT.EXE/INPUT=JOB.COM/OUTPUT=JOB.LOG/PROCESS_NAME="My Job"-
  /PRIVILEGES=(NOSAME,NETMBX,TMPMBX)/FILE_LIMIT=100/PAGE_FILE=50000/PRIORITY=3
$ N = 0
$WAIT:
$ WAIT 0:0:0.1
$ N = N + 1
$ X = F$CONTEXT("PROCESS",C,"PRCNAM","My Job","EQL")
$ PID = F$PID(C)
$ X = F$CONTEXT("PROCESS",C,"CANCEL")
$ IF PID .NES. "" .AND. N .LT. 200 THEN GOTO WAIT
$ TYPE JOB.LOG
----
~ %RUN-S-PROC_ID, identification of created process is 2020[0-9A-F]{4}
OTHER My Job 0 FALSE
a data line SYS$SYSDEVICE:[CASE]
"image in the job"
FALSETRUE[1,4]
%SYSTEM-F-ABORT, abort
~   SYSTEM       job terminated at .*

  Accounting information:
~   Buffered I/O count: .*
~   Direct I/O count: .*
~   Page faults: .*
~   Charged CPU time: .*

==== RUN errors
$ SET NOON
$ RUN NOT_THERE
$ RUN/DETACHED NOT_THERE
$ RUN SYS$SYSTEM:TESTIMAGE/PROCESS_NAME="a name that is much too long"
---- 5
%DCL-W-ACTIMAGE, error activating image NOT_THERE
-CLI-E-IMAGEFNF, image file not found SYS$SYSDEVICE:[CASE]NOT_THERE.EXE;
%DCL-W-ACTIMAGE, error activating image NOT_THERE
-CLI-E-IMAGEFNF, image file not found SYS$SYSDEVICE:[CASE]NOT_THERE.EXE;
%RUN-F-CREPRC, process creation failed
-SYSTEM-F-IVLOGNAM, invalid logical name

==== 10 in-line data ends at the line with a dollar, also that of a comment or a label
$ MCR TESTIMAGE INPUT
one
$! a comment ends the data
two
$ MCR TESTIMAGE INPUT
three
$LABEL: WRITE SYS$OUTPUT "label"
$ DEFINE/USER SYS$INPUT IN.TMP
$ CREATE OUT.TMP
$ MCR TESTIMAGE INPUT
$ TYPE SYS$INPUT:
text with 'apostrophes' and &ampersands -
  no continuation ! no comment
$ DECK
$ DECK/DOLLARS
----
data: one
%DCL-W-SKPDAT, image data (records not beginning with "$") ignored
data: three
label
text with 'apostrophes' and &ampersands -
  no continuation ! no comment
$ DECK/DOLLARS

==== 11 DEFINE/USER SYS$ERROR and names of images; what else ends it
$ T :== $TESTIMAGE
$ DEFINE/USER SYS$ERROR ERR.TMP
$ T ERROR into the file
$ T ERROR to the terminal
$ TYPE ERR.TMP
$ DEFINE/USER/NOLOG DATA_NAME X.DAT
$ DEFINE/NOLOG DATA_NAME Y.DAT
$ CREATE Y.DAT
of Y
$ CREATE X.DAT
of X
$ DEFINE/USER/NOLOG DATA_NAME X.DAT
$ T RMS DATA_NAME
$ T RMS DATA_NAME
$ DEFINE/USER A B
$ DEASSIGN/USER A
$ WRITE SYS$OUTPUT "[", F$TRNLNM("A"), "]"
$ DEFINE/USER A B
$ CALL SUB
$ WRITE SYS$OUTPUT "[", F$TRNLNM("A"), "]"
$ DIRECTORY/NOHEADING/NOTRAILING Y.DAT
$ WRITE SYS$OUTPUT "[", F$TRNLNM("A"), "]"
$ EXIT
$SUB: SUBROUTINE
$ WRITE SYS$OUTPUT F$TRNLNM("A",,,"USER",,"ACCESS_MODE")
$ ENDSUBROUTINE
----
TO THE TERMINAL
INTO THE FILE
> of X
> of Y
[]
USER
[B]
SYS$SYSDEVICE:[CASE]Y.DAT;1
[]

==== 18 the agent's procedure: detached, it starts its image again after an access violation
++ AGENT.COM
$ SET NOON
$ N = 0
$LOOP:
$ N = N + 1
$ COMMAND = "FAULT"
$ IF N .GT. 2 THEN COMMAND = "EXIT 0x10000004"
$ DEFINE/USER SYS$OUTPUT NL:
$ DEFINE/USER SYS$ERROR NL:
$ MCR TESTIMAGE 'COMMAND'
$ STATUS = F$INTEGER($STATUS) .AND. %XFFFF
$ IF STATUS .EQ. %X0C THEN GOTO LOOP
$ OPEN/WRITE F END.DAT
$ WRITE F N, " ", STATUS
$ CLOSE F
++
$ RUN/DETACHED SYS$SYSTEM:LOGINOUT/INPUT=AGENT/OUTPUT=NL:/PROCESS_NAME=AGENT
$WAIT: WAIT 0:0:0.05
$ IF F$SEARCH("END.DAT") .EQS. "" THEN GOTO WAIT
$ X = F$CONTEXT("PROCESS",C,"PRCNAM","AGENT","EQL")
$ PID = F$PID(C)
$ X = F$CONTEXT("PROCESS",C,"CANCEL")
$ IF PID .NES. "" THEN GOTO WAIT
$ TYPE END.DAT
----
~ %RUN-S-PROC_ID, identification of created process is 2020[0-9A-F]{4}
3 4

==== 18 RUN/DETACHED: the limits that the process has
++ JOB.COM
$ ITEMS = "ASTLM,BIOLM,BYTLM,DIOLM,ENQLM,FILLM,PGFLQUOTA,PRCLM,TQLM,WSEXTENT,WSQUOTA,DFWSCNT,CPULIM"
$ I = 0
$LOOP: ITEM = F$ELEMENT(I,",",ITEMS)
$ IF ITEM .EQS. "," THEN GOTO DONE
$ WRITE SYS$OUTPUT ITEM, " ", F$GETJPI("",ITEM)
$ I = I + 1
$ GOTO LOOP
$DONE: WRITE SYS$OUTPUT F$GETJPI("","PRIB"), F$GETJPI("","USERNAME"), F$GETJPI("","UIC"), F$GETJPI("","AUTHPRIV")
$ SPAWN/NOLOG WRITE SYS$OUTPUT "subprocess ", F$GETJPI("","FILLM")
$ WRITE SYS$ERROR "an error line"
++
$ RUN SYS$SYSTEM:LOGINOUT.EXE/DETACHED/INPUT=JOB.COM/OUTPUT=JOB.LOG/ERROR=JOB.ERR/PROCESS_NAME="Limits"-
  /AST_LIMIT=77/IO_BUFFERED=61/BUFFER_LIMIT=123456/IO_DIRECT=62/ENQUEUE_LIMIT=333/FILE_LIMIT=99-
  /PAGE_FILE=98765/SUBPROCESS_LIMIT=7/QUEUE_LIMIT=44/EXTENT=5000/MAXIMUM_WORKING_SET=3000/WORKING_SET=1000-
  /JOB_TABLE_QUOTA=4096/TIME_LIMIT=0:01/PRIVILEGES=(NOSAME,TMPMBX,SYSNAM)/PRIORITY=5/UIC=[1,4]/NOACCOUNTING
$WAIT: WAIT 0:0:0.05
$ X = F$CONTEXT("PROCESS",C,"PRCNAM","Limits","EQL")
$ PID = F$PID(C)
$ X = F$CONTEXT("PROCESS",C,"CANCEL")
$ IF PID .NES. "" THEN GOTO WAIT
$ TYPE JOB.LOG
$ TYPE JOB.ERR
$ WRITE SYS$OUTPUT F$GETJPI("","FILLM")
$ RUN/DETACHED SYS$SYSTEM:LOGINOUT/FILE_LIMIT=many
---- 1
~ %RUN-S-PROC_ID, identification of created process is 2020[0-9A-F]{4}
ASTLM 77
BIOLM 61
BYTLM 123456
DIOLM 62
ENQLM 333
FILLM 99
PGFLQUOTA 98765
PRCLM 7
TQLM 44
WSEXTENT 5000
WSQUOTA 3000
DFWSCNT 1000
CPULIM 6000
5SYSTEM      [1,4]SYSNAM,TMPMBX
subprocess 99
~   SYSTEM       job terminated at .*

  Accounting information:
~   Buffered I/O count: .*
~   Direct I/O count: .*
~   Page faults: .*
~   Charged CPU time: .*
an error line
128
%DCL-W-IVCHAR, invalid numeric value - check for invalid digits
 \MANY\

==== SPAWN a command
$ LOC = "local symbol"
$ GLO == "global symbol"
$ DEFINE MINE "process name"
$ SPAWN WRITE SYS$OUTPUT LOC, "|", GLO, "|", F$TRNLNM("MINE"), "|", F$GETJPI("","OWNER") .NES. "", "|", F$PROCESS()
$ SPAWN/NOLOG GLO == "changed there"
$ SHOW SYMBOL GLO
$ SPAWN/NOLOG/NOSYMBOLS/NOLOGICAL_NAMES WRITE SYS$OUTPUT "[", F$TYPE(LOC), F$TYPE(GLO), F$TRNLNM("MINE"), "]"
$ SPAWN/NOLOG/OUTPUT=S.TMP SHOW DEFAULT
$ TYPE S.TMP
$ SPAWN/NOLOG/PROCESS="A name" WRITE SYS$OUTPUT F$PROCESS()
----
%DCL-S-SPAWNED, process SYSTEM_1 spawned
local symbol|global symbol|process name|1|SYSTEM_1
%DCL-S-RETURNED, control returned to process SYSTEM
  GLO == "global symbol"
[]
  SYS$SYSDEVICE:[CASE]
A name

==== SPAWN: the status, names of its own, job names of all
$ SPAWN/NOLOG EXIT %X10000002
$ SET NOON
$ SPAWN/NOLOG NOVERB
$ WRITE SYS$OUTPUT $STATUS
$ SPAWN/NOLOG DEFINE MADE THERE
$ WRITE SYS$OUTPUT "[", F$TRNLNM("MADE"), "]"
$ SPAWN/NOLOG DEFINE/JOB MADE THERE
$ WRITE SYS$OUTPUT "[", F$TRNLNM("MADE"), "]"
$ DEASSIGN/JOB MADE
---- 3

==== SPAWN that makes no subprocess, one without its commands, ATTACH without a terminal
$ SET NOON
$ SPAWN/PROCESS='F$PROCESS()' WRITE SYS$OUTPUT "never"
$ SHOW SYMBOL $STATUS
$ SPAWN/NOLOG/INPUT=NOSUCH.COM
$ WRITE SYS$OUTPUT F$PROCESS(), " ", $SEVERITY
$ ATTACH 'F$PROCESS()'
$ ATTACH NOBODY
---- 1
%SYSTEM-F-DUPLNAM, duplicate name
  $STATUS == "%X00000094"
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOSUCH.COM; as input
-RMS-E-FNF, file not found
SYSTEM 2
%DCL-E-REFUSED, attach request refused
%SYSTEM-W-NONEXPR, nonexistent process

==== SPAWN/INPUT and /NOWAIT
++ INNER.COM
$ WRITE SYS$OUTPUT "from the file ", F$ENVIRONMENT("DEPTH")
$ OPEN/WRITE F FLAG.TMP
$ CLOSE F
++
$ SPAWN/NOLOG/INPUT=INNER.COM
$ DELETED = F$SEARCH("FLAG.TMP")
$ SPAWN/NOLOG/NOWAIT/OUTPUT=BACK.TMP/INPUT=INNER.COM
$ N = 0
$WAIT: WAIT 0:0:0.05
$ N = N + 1
$ IF F$SEARCH("FLAG.TMP;2") .EQS. "" .AND. N .LT. 400 THEN GOTO WAIT
$ TYPE BACK.TMP
----
from the file 0
from the file 0

==== PIPE: sequences and conditions
$ PIPE WRITE SYS$OUTPUT "a" ; WRITE SYS$OUTPUT "b"
$ PIPE WRITE SYS$OUTPUT "yes" && WRITE SYS$OUTPUT "and"
$ PIPE NOVERB && WRITE SYS$OUTPUT "never"
$ PIPE NOVERB || WRITE SYS$OUTPUT "instead"
$ PIPE X = 5 ; Y == X + 1
$ SHOW SYMBOL X
$ SHOW SYMBOL Y
----
a
b
yes
and
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOVERB\
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOVERB\
instead
  X = 5   Hex = 00000005  Octal = 00000000005
  Y == 6   Hex = 00000006  Octal = 00000000006

==== PIPE: pipelines, SYS$PIPE, subshells
$ PIPE WRITE SYS$OUTPUT "through" | TYPE SYS$INPUT
$ PIPE WRITE SYS$OUTPUT "value" | (READ SYS$PIPE L ; DEFINE/JOB PIPED &L)
$ WRITE SYS$OUTPUT F$TRNLNM("PIPED")
$ DEASSIGN/JOB PIPED
$ PIPE (WRITE SYS$OUTPUT "1" ; WRITE SYS$OUTPUT "2") | MCR TESTIMAGE INPUT | TYPE SYS$PIPE
$ PIPE WRITE SYS$OUTPUT "x" | EXIT %X1000002C
---- 5
through
value
data: 1
data: 2

==== PIPE: redirection
$ PIPE WRITE SYS$OUTPUT "to a file" > P.TMP
$ PIPE WRITE SYS$OUTPUT "more" >> P.TMP
$ TYPE P.TMP
$ PIPE TYPE SYS$INPUT < P.TMP
$ PIPE NOVERB 2> E.TMP > NL:
$ TYPE E.TMP
$ PIPE MCR TESTIMAGE INPUT < P.TMP > Q.TMP
$ TYPE Q.TMP
$ PIPE SHOW DEFAULT > NL: ; WRITE SYS$OUTPUT "kept"
----
to a file
more
to a file
more
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOVERB\
data: to a file
data: more
kept

==== PIPE errors
$ SET NOON
$ PIPE A |
$ PIPE (SHOW DEFAULT
$ PIPE SHOW DEFAULT >
$ PIPE SHOW DEFAULT &&
---- 1
%DCL-W-INVNULLCMD, invalid null command in pipeline
%DCL-W-UNTERMSUBSH, unterminated subshell in pipeline
%DCL-W-INCREDSYN, incomplete redirection syntax in pipeline
%DCL-W-INVNULLCMD, invalid null command in pipeline

==== SHOW TIME, SHOW STATUS
$ SHOW TIME
$ SHOW STATUS
----
~   [ 0-9][0-9]-[A-Z]{3}-20[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}
~   Status on  [ 0-9][0-9]-[A-Z]{3}-20[0-9]{2} [0-9:.]{11}     Elapsed CPU :    0 00:00:00.[0-9]{2}
~   Buff. I/O : .*    Cur. ws. : .*    Open files : .*
~   Dir. I/O : .*    Phys. Mem. : .*    Page Faults : .*

==== SHOW PROCESS
$ SHOW PROCESS
$ SHOW PROCESS/QUOTAS
$ OLD = F$SETPRV("NOALL,TMPMBX,NETMBX")
$ SHOW PROCESS/PRIVILEGES
$ SHOW PROCESS NOBODY
---- 1

~ .{23}   User: SYSTEM           Process ID:   2020[0-9A-F]{4}
                          Node: NODE             Process name: "SYSTEM"

Terminal:           
User Identifier:    [1,4]
Base priority:      4
Default file spec:  SYS$SYSDEVICE:[CASE]
Number of Kthreads: 1

~ .*
~ .*

Process Quotas:
 Account name: SYSTEM  
 CPU limit:                      Infinite  Direct I/O limit:       150
 Buffered I/O byte count quota:    128000  Buffered I/O limit:     150
 Timer queue entry quota:             100  Open file quota:        128
 Paging file quota:                256000  Subprocess quota:         8
 Default page fault cluster:           64  AST quota:              300
 Enqueue quota:                      4000  Shared file limit:        0
 Max detached processes:                0  Max active jobs:          0

~ .*
~ .*

Authorized privileges:
 ACNT         ALLSPOOL     ALTPRI       AUDIT        BUGCHK       BYPASS
 CMEXEC       CMKRNL       DIAGNOSE     DOWNGRADE    EXQUOTA      GROUP
 GRPNAM       GRPPRV       IMPERSONATE  IMPORT       LOG_IO       MOUNT
 NETMBX       OPER         PFNMAP       PHY_IO       PRMCEB       PRMGBL
 PRMMBX       PSWAPM       READALL      SECURITY     SETPRV       SHARE
 SHMEM        SYSGBL       SYSLCK       SYSNAM       SYSPRV       TMPMBX
 UPGRADE      VOLPRO       WORLD

Process privileges:
 NETMBX               may create network device
 TMPMBX               may create temporary mailbox

Process rights:
 SYSTEM
 INTERACTIVE
 LOCAL

System rights:
 SYS$NODE_NODE
%SYSTEM-W-NONEXPR, nonexistent process

==== SHOW PROCESS/ALL: its parts, in their order
$ DEFINE/USER SYS$OUTPUT ALL.TMP
$ SHOW PROCESS/ALL
$ SEARCH ALL.TMP "Terminal:","Process Quotas:","Accounting information","Images","Authorized priv","Process privileges","rights:","in this job","(*)","CPU time","Connect time"
$ SHOW PROCESS/ACCOUNTING
$ SHOW PROCESS/IDENTIFICATION=1234
---- 1
Terminal:           
Process Quotas:
Accounting information:
~  Images activated: +[0-9]+
~  Elapsed CPU time: {10}0 00:00:00.[0-9]{2}
~  Connect time: {14}0 00:00:[0-9.]{5}
Authorized privileges:
Process privileges:
Process rights:
System rights:
There is 1 process in this job:
  SYSTEM (*)

~ .*
~ .*

Accounting information:
~  Buffered I/O count: {1,10}[0-9]+  Peak working set size: +[1-9][0-9]+
~  Direct I/O count: {3,12}[0-9]+  Peak virtual size: +[1-9][0-9]+
~  Page faults: {8,17}[1-9][0-9]+  Mounted volumes: {16}0
~  Images activated: +[0-9]+
~  Elapsed CPU time: {10}0 00:00:00.[0-9]{2}
~  Connect time: {14}0 00:00:[0-9.]{5}
%SYSTEM-W-NONEXPR, nonexistent process

==== SHOW SYSTEM, SHOW USERS
$ SHOW SYSTEM/PROCESS_NAME=SYSTEM
$ SHOW USERS
$ SHOW USERS/FULL/NOHEADING
$ SHOW USERS/NETWORK NOBODY
$ SPAWN/NOLOG SHOW SYSTEM/SUBPROCESS/NOHEADING
$ SPAWN/NOLOG SHOW USERS/NOHEADING SYS
----
~ OpenVMS V8.4  on node NODE  .{23}   Uptime  0 00:0[0-9]:[0-9]{2}
  Pid    Process Name    State  Pri      I/O       CPU       Page flts  Pages
~ 2020[0-9A-F]{4} SYSTEM          CUR      4[ 0-9]{8}[0-9]   0 00:00:00.[0-9]{2}[ 0-9]{9}[0-9][ 0-9]{6}[0-9]   
~       OpenVMS User Processes at .{23}
    Total number of users = 1,  number of processes = 1

 Username     Node     Interactive  Subprocess   Batch
 SYSTEM       NODE             1
~  SYSTEM       NODE   SYSTEM          2020[0-9A-F]{4}
~       OpenVMS User Processes at .{23}
    Total number of users = 0,  number of processes = 0

 Username     Node     Interactive  Subprocess   Batch   Network
~ 2020[0-9A-F]{4} SYSTEM_\d+ +CUR +4[ 0-9]{8}[0-9]   0 00:00:00.[0-9]{2}[ 0-9]{9}[0-9][ 0-9]{6}[0-9]  S
 SYSTEM       NODE             1           1

==== SHOW SYSTEM, USERS, PROCESS: nodes, wrong values
$ SET NOON
$ SHOW SYSTEM/NODE=NODE/PROCESS_NAME=SYSTEM/NOHEADING
$ SHOW SYSTEM/CLUSTER/STATE=CUR/NOHEADING
$ SHOW USERS/NODE=node/NOHEADING
$ SHOW PROCESS/SUBPROCESSES/IDENTIFICATION=0
$ PID = F$GETJPI("","PID")
$ SHOW PROCESS/SUBPROCESSES/IDENTIFICATION='PID' NOBODY
$ SHOW SYSTEM/NODE=NOSUCH
$ SHOW USERS/NODE=(NODE,NOSUCH)
$ SHOW SYSTEM/STATE=FOO
$ SHOW SYSTEM/IDENTIFICATION=XYZ
$ SHOW PROCESS/IDENTIFICATION=ZZZZ
$ SHOW SYSTEM NOPARAMETER
---- 1
~ 2020[0-9A-F]{4} SYSTEM          CUR .*
~ 2020[0-9A-F]{4} SYSTEM          CUR .*
 SYSTEM       NODE             1

~ .*
~ .*

There is 1 process in this job:

  SYSTEM (*)

~ .*
~ .*

There is 1 process in this job:

  SYSTEM (*)
%SYSTEM-F-NOSUCHNODE, remote node is unknown
%SYSTEM-F-NOSUCHNODE, remote node is unknown
%SHOW-E-INVQUAVAL, value 'FOO' invalid for /STATE qualifier
%SHOW-E-INVQUAVAL, value 'XYZ' invalid for /IDENTIFICATION qualifier
%SHOW-E-INVQUAVAL, value 'ZZZZ' invalid for /IDENTIFICATION qualifier
%DCL-W-MAXPARM, too many parameters - reenter command with fewer parameters
 \NOPARAMETER\

==== SET PROCESS
$ SET PROCESS/NAME="New name"
$ WRITE SYS$OUTPUT F$PROCESS()
$ SET PROCESS/PRIVILEGES=(NOALL,TMPMBX)
$ WRITE SYS$OUTPUT F$GETJPI("","CURPRIV")
$ SET PROCESS/PRIVILEGES=SYSPRV
$ WRITE SYS$OUTPUT F$GETJPI("","CURPRIV")
$ SET PROCESS/PRIORITY=6
$ WRITE SYS$OUTPUT F$GETJPI("","PRIB")
$ SET PROCESS/PRIVILEGES=FOO
---- 1
New name
TMPMBX
SYSPRV,TMPMBX
4
%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling
 \FOO\

==== STOP a process by name and identification
++ SLEEP.COM
$ OPEN/WRITE F UP.FLAG
$ CLOSE F
$ WAIT 0:5
++
$ SPAWN/NOLOG/NOWAIT/INPUT=SLEEP.COM/PROCESS=SLEEPER
$ N = 0
$W: WAIT 0:0:0.05
$ N = N + 1
$ IF F$SEARCH("UP.FLAG") .EQS. "" .AND. N .LT. 400 THEN GOTO W
$ X = F$CONTEXT("PROCESS",C,"PRCNAM","SLEEPER","EQL")
$ PID = F$PID(C)
$ WRITE SYS$OUTPUT F$GETJPI(PID,"OWNER") .EQS. F$GETJPI("","PID"), F$GETJPI("","PRCCNT")
$ SHOW PROCESS/SUBPROCESSES
$ STOP/IDENTIFICATION='PID'
$ N = 0
$V: WAIT 0:0:0.05
$ N = N + 1
$ IF F$GETJPI("","PRCCNT") .NE. 0 .AND. N .LT. 400 THEN GOTO V
$ WRITE SYS$OUTPUT F$GETJPI("","PRCCNT")
$ STOP SLEEPER
---- 1
11

~ .*
~ .*

There are 2 processes in this job:

  SYSTEM (*)
    SLEEPER
0
%SYSTEM-W-NONEXPR, nonexistent process

==== SET MESSAGE
$ SET NOON
$ SET MESSAGE/NOFACILITY/NOSEVERITY/NOIDENTIFICATION
$ NOVERB
$ SET MESSAGE/FACILITY/SEVERITY/IDENTIFICATION/NOTEXT
$ NOVERB
$ SET MESSAGE/NOFACILITY/NOIDENTIFICATION/NOSEVERITY/NOTEXT
$ NOVERB
$ WRITE SYS$OUTPUT F$ENVIRONMENT("MESSAGE"), $STATUS
$ SET MESSAGE/FACILITY/SEVERITY/IDENTIFICATION/TEXT
$ NOVERB
---- 1
unrecognized command verb - check validity and spelling
 \NOVERB\
%DCL-W-IVVERB
/NOFACILITY/NOSEVERITY/NOIDENTIFICATION/NOTEXT%X00038090
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOVERB\

==== SET PROMPT, SET CONTROL
$ SET PROMPT="now> "
$ WRITE SYS$OUTPUT "[", F$ENVIRONMENT("PROMPT"), "]"
$ SET PROMPT
$ WRITE SYS$OUTPUT "[", F$ENVIRONMENT("PROMPT"), "]"
$ SET NOCONTROL=Y
$ SET CONTROL=T
$ WRITE SYS$OUTPUT F$ENVIRONMENT("CONTROL"), "|", F$ENVIRONMENT("NOCONTROL")
$ SET CONTROL=(Y,T)
$ WRITE SYS$OUTPUT F$ENVIRONMENT("CONTROL")
----
[now> ]
[$ ]
T|Y
T,Y

==== SET COMMAND
++ GREET.CLD
DEFINE VERB GREET
    IMAGE TESTIMAGE
    PARAMETER P1, LABEL=WHOM, PROMPT="Whom", VALUE(REQUIRED)
    QUALIFIER LOUD
++ REST.CLD
DEFINE VERB GREET_ALL
    IMAGE TESTIMAGE
    PARAMETER P1, LABEL=LINE, VALUE(TYPE=$REST_OF_LINE)
++ BAD.CLD
DEFINE VERB
++
$ GREET YOU
$ SET COMMAND GREET
$ GREET
$ GREET YOU
say this is the image
$ GREET/SOFT YOU
$ SET COMMAND/DELETE=GREET
$ GREET YOU
$ SET COMMAND REST
$ GREET_ALL   "Every  Body"  and -You   /SOFT
foreign
$ GREET_ALL
foreign
----
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \GREET\
%DCL-W-INSFPRM, missing command parameters - supply all required parameters
this is the image
%DCL-W-IVQUAL, unrecognized qualifier - check validity, spelling, and placement
 \SOFT\
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \GREET\
foreign: "Every  Body" AND -YOU /SOFT
argument: Every  Body
argument: and
argument: -you
argument: /soft
foreign: 

==== SHOW DEVICES, MEMORY, CPU, ERROR, NETWORK; /OUTPUT of SHOW
$ SHOW DEVICES
$ SHOW DEVICES SYS$DISK/FULL
$ SHOW DEVICES/FULL NL
$ SHOW DEVICES/FULL OPA0:
$ SHOW MEMORY
$ SHOW CPU
$ SHOW ERROR
$ DEFINE/SYSTEM TCPIP$INET_HOST "alpha"
$ DEFINE/SYSTEM TCPIP$INET_DOMAIN "vms.test"
$ SHOW NETWORK
$ SHOW LOGICAL/OUTPUT=X.TMP TCPIP$INET_HOST
$ SHOW TIME
$ DEASSIGN/SYSTEM TCPIP$INET_HOST
$ DEASSIGN/SYSTEM TCPIP$INET_DOMAIN
$ TYPE X.TMP
$ SHOW DEVICES XYZ
---- 1

Device                  Device           Error    Volume         Free  Trans Mnt
 Name                   Status           Count     Label        Blocks Count Cnt
~ DKA0:                   Mounted              0  [A-Z0-9]+ +[0-9]+ +1   1

Device                  Device           Error
 Name                   Status           Count
NLA0:                   Online               0
OPA0:                   Online               0

~ Disk DKA0:, device type .*, is online, mounted, file-oriented device,
    shareable.

~     Error count .* 0    Operations completed .*
~     Volume label .*    Total blocks +[0-9]+
~     Free blocks +[0-9]+    Mount count +1

Device NLA0:, device type Null device, is online, record-oriented device,
    shareable, mailbox device.

    Error count                        0    Operations completed               0
    Owner process ID            00000000    Owner UIC                      [0,0]
    Reference count                    0    Default buffer size              512

Terminal OPA0:, device type VT400_Series, is online, record-oriented device,
    carriage control.

    Error count                        0    Operations completed               0
    Owner process ID            00000000    Owner UIC                      [0,0]
    Reference count                    0    Default buffer size               80
~               System Memory Resources on .*

Physical Memory Usage (pages):     Total        Free      In Use    Modified
~   Main Memory \([ 0-9.]{7}GB\)   [ 0-9]{11}[0-9][ 0-9]{11}[0-9][ 0-9]{11}[0-9]           0

Slot Usage (slots):                Total        Free    Resident     Swapped
~   Process Entry Slots +1024 +[0-9]+ +[0-9]+ +0

System: NODE, OpenVMS services on Linux

CPU ownership sets:
~    Active               [0-9-]+
~    Configure            [0-9-]+
%SHOW-S-NOERRORS, no device errors found

Product:  TCP/IP        Node:  alpha.vms.test
~   .[0-9]-[A-Z]{3}-20.*
   "TCPIP$INET_HOST" = "alpha" (LNM$SYSTEM_TABLE)
%SYSTEM-W-NOSUCHDEV, no such device available

==== SET and SHOW of limits: WORKING_SET, RMS_DEFAULT, UIC, LOGINS, OUTPUT_RATE
$ SET WORKING_SET/LIMIT=500/QUOTA=1000/NOADJUST/LOG
$ SHOW WORKING_SET
$ SET RMS_DEFAULT/BLOCK_COUNT=16/BUFFER_COUNT=4/EXTEND_QUANTITY=100
$ SHOW RMS_DEFAULT
$ SET OUTPUT_RATE=0:0:10
$ SET LOGINS/INTERACTIVE=5
$ SET UIC [1,6]
$ WRITE SYS$OUTPUT F$USER()
$ SET UIC [1,4]
$ OLD = F$SETPRV("NOALL,TMPMBX")
$ SET NOON
$ SET UIC [200,1]
$ SET LOGINS/INTERACTIVE=9
$ SET RMS_DEFAULT/BLOCK_COUNT=200
---- 1
%SET-I-NEWLIMS, new working set:  Limit = 500  Quota = 1000  Extent = 16384
  Working Set (pagelets)  /Limit=500  /Quota=1000  /Extent=16384
  Adjustment disabled       Authorized Quota=1000  Authorized Extent=16384
          MULTI-  |                MULTIBUFFER COUNTS               | EXTEND
          BLOCK   |  Indexed  Relative            Sequential        | QUANTITY
          COUNT   |                     Disk  Magtape  Unit Record  |
Process     16    |     4        4         4        4          4      |   100
System      32    |     0        0         0        0          0      |     0
%SET-I-INTSET, login interactive limit = 5, current interactive value = 0
[1,6]
%SYSTEM-F-NOPRIV, insufficient privilege or object protection violation
%SYSTEM-F-NOPRIV, insufficient privilege or object protection violation
%DCL-W-IVVALU, invalid value syntax - value not allowed here
 \200\

==== SHOW INTRUSION, DELETE/INTRUSION_RECORD
$ SET NOON
$ SHOW INTRUSION
$ MCR TESTIMAGE INTRUDE POP::10.0.0.1
$ MCR TESTIMAGE INTRUDE POP::10.0.0.2
$ SHOW INTRUSION
$ SHOW INTRUSION/TYPE=INTRUDER
$ DELETE/INTRUSION_RECORD POP::10.0.0.1::*
$ SHOW INTRUSION
$ DELETE/INTRUSION_RECORD *
$ DELETE/INTRUSION_RECORD *
$ X = F$SETPRV("NOALL")
$ SHOW INTRUSION
---- 5
%SECSRV-E-CIADBEMPTY, the intrusion database is empty
Intrusion       Type       Count        Expiration         Source
~    NETWORK      SUSPECT       1   .{23}  POP::10.0.0.1::SMITH
~    NETWORK      SUSPECT       1   .{23}  POP::10.0.0.2::SMITH
%SECSRV-E-NOSUCHINTRUDER, no such intruder record
Intrusion       Type       Count        Expiration         Source
~    NETWORK      SUSPECT       1   .{23}  POP::10.0.0.2::SMITH
%SECSRV-E-NOSUCHINTRUDER, no such intruder record
%SYSTEM-F-NOSECURITY, operation requires SECURITY privilege

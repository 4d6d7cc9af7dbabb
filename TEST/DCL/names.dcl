==== 11 DEFINE and its message
$ DEFINE A B
$ DEFINE A C
$ DEFINE/NOLOG A D
$ SHOW LOGICAL A
$ ASSIGN "Mixed case" a:
$ SHOW TRANSLATION A
$ DEASSIGN A
$ SHOW LOGICAL A
$ DEASSIGN A
---- 5
%DCL-I-SUPERSEDE, previous value of A has been superseded
   "A" = "D" (LNM$PROCESS_TABLE)
%DCL-I-SUPERSEDE, previous value of A has been superseded
  A = "Mixed case" (LNM$PROCESS_TABLE)
%SHOW-S-NOTRAN, no translation for logical name A
%SYSTEM-F-NOLOGNAM, no logical name match

==== 11 search lists and what they lead to
$ DEFINE LIST ONE:,TWO:,"Three"
$ DEFINE ONE FOUR:[X]
$ SHOW LOGICAL LIST
$ SHOW LOGICAL/FULL LIST
----
   "LIST" = "ONE:" (LNM$PROCESS_TABLE)
~ \t= "TWO:"
~ \t= "Three"
1  "ONE" = "FOUR:[X]" (LNM$PROCESS_TABLE)
~    "LIST" \[super\] = "ONE:" \(LNM\$PROCESS_TABLE\)
~ \t= "TWO:"
~ \t= "Three"
~ 1  "ONE" \[super\] = "FOUR:\[X\]" \(LNM\$PROCESS_TABLE\)

==== 11 tables and modes
$ DEFINE/SYSTEM/EXEC S1 "system value"
$ DEFINE/JOB J1 "job value"
$ DEFINE/GROUP G1 "group value"
$ DEFINE/TABLE=LNM$PROCESS T1 "process value"
$ WRITE SYS$OUTPUT F$TRNLNM("S1",,,,,"TABLE_NAME"), F$TRNLNM("S1",,,,,"ACCESS_MODE"), " ", F$EXTRACT(0,8,F$TRNLNM("J1",,,,,"TABLE_NAME")), " ", F$TRNLNM("G1",,,,,"TABLE_NAME"), " ", F$TRNLNM("T1",,,,,"TABLE_NAME")
$ DEFINE S1 "process before system"
$ WRITE SYS$OUTPUT F$TRNLNM("S1"), "|", F$TRNLNM("S1","LNM$SYSTEM"), "|", F$TRNLNM("S1",,,"EXECUTIVE")
$ DEFINE/EXEC S1 "executive"
$ DEFINE/SUPERVISOR S1 "supervisor"
$ WRITE SYS$OUTPUT F$TRNLNM("S1"), F$TRNLNM("S1",,,"EXECUTIVE")
$ DEASSIGN S1
$ WRITE SYS$OUTPUT F$TRNLNM("S1")
$ DEASSIGN/EXEC S1
$ WRITE SYS$OUTPUT F$TRNLNM("S1")
$ DEASSIGN/SYSTEM/EXEC S1
$ DEASSIGN/JOB J1
$ DEASSIGN/GROUP G1
$ WRITE SYS$OUTPUT "[", F$TRNLNM("S1"), F$TRNLNM("J1"), F$TRNLNM("G1"), "]"
----
LNM$SYSTEM_TABLEEXECUTIVE LNM$JOB_ LNM$GROUP_000001 LNM$PROCESS_TABLE
process before system|system value|system value
%DCL-I-SUPERSEDE, previous value of S1 has been superseded
supervisorexecutive
executive
system value
[]

==== 11 attributes
$ DEFINE/TRANSLATION_ATTRIBUTES=(CONCEALED,TERMINAL) DISK SYS$SYSDEVICE:[CASE.]
$ SHOW LOGICAL/FULL DISK
$ WRITE SYS$OUTPUT F$PARSE("DISK:[000000]X.Y"), F$PARSE("DISK:[000000]X.Y",,,"DIRECTORY","NO_CONCEAL")
$ DEFINE L A:/TRANSLATION=CONCEALED,B:/TRANSLATION=(TERMINAL)
$ WRITE SYS$OUTPUT F$TRNLNM("L",,0,,,"CONCEALED"), F$TRNLNM("L",,1,,,"CONCEALED"), F$TRNLNM("L",,1,,,"TERMINAL")
$ DEFINE/NAME_ATTRIBUTES=CONFINE PRIVATE "x"
$ WRITE SYS$OUTPUT F$TRNLNM("PRIVATE",,,,,"CONFINE"), F$TRNLNM("L",,,,,"CONFINE")
----
   "DISK" [super] = "SYS$SYSDEVICE:[CASE.]" [concealed,terminal] (LNM$PROCESS_TABLE)
1  "SYS$SYSDEVICE" [exec] = "DKA0:" [concealed,terminal] (LNM$SYSTEM_TABLE)
DISK:[000000]X.Y;[CASE]
TRUEFALSETRUE
TRUEFALSE

==== CREATE/NAME_TABLE
$ CREATE/NAME_TABLE MINE
$ DEFINE/TABLE=MINE X "in mine"
$ WRITE SYS$OUTPUT "[", F$TRNLNM("X"), "]", F$TRNLNM("X","MINE")
$ SHOW LOGICAL/TABLE=MINE
$ DEASSIGN/TABLE=LNM$PROCESS_DIRECTORY MINE
$ DEFINE/TABLE=MINE X "y"
---- 5
[]in mine

(MINE)

  "X" = "in mine"
%SYSTEM-F-NOLOGTAB, no logical name table name match

==== SHOW LOGICAL of whole tables
$ DEASSIGN/ALL
$ DEFINE BB "2"
$ DEFINE AA "1","one"
$ SHOW LOGICAL/PROCESS
$ SHOW LOGICAL A*
----

(LNM$PROCESS_TABLE)

~   "AA" = "1"
~ \t= "one"
  "BB" = "2"
~   "SYS\$COMMAND" = "_NLA0:"
~   "SYS\$DISK" = "SYS\$SYSDEVICE:"
~   "SYS\$ERROR" = "_MBA[0-9]+:"
~   "SYS\$INPUT" = "_NLA0:"
~   "SYS\$OUTPUT" = "_MBA[0-9]+:"
~    "AA" = "1" \(LNM\$PROCESS_TABLE\)
~ \t= "one"

==== system names need privilege
$ X = F$SETPRV("NOALL,TMPMBX")
$ DEFINE/SYSTEM NOT_ALLOWED X
$ WRITE SYS$OUTPUT F$TRNLNM("NOT_ALLOWED")
$ DEFINE/EXEC X Y
$ WRITE SYS$OUTPUT F$TRNLNM("X",,,,,"ACCESS_MODE")
$ X = F$SETPRV("ALL")
---- 5
%SYSTEM-F-NOPRIV, insufficient privilege or object protection violation

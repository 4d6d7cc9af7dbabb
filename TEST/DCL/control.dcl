==== 1 only four letters of a verb count
$ EXIT = "captured"
$ SHOWW SYMBOL EXIT
$ CALL___ SUB
$ exitt 1
$SUB: SUBROUTINE
$ WRITE__X SYS$OUTPUT "in the subroutine"
$ ENDSUBROUTINE_OF_SUB
----
  EXIT = "captured"
in the subroutine

==== 1 symbols come before verbs; SET = "SET" guards
$ SHOW = "WRITE SYS$OUTPUT"
$ SHOW "a symbol"
$ SET = "SET"
$ SET NOON
$ WRITE SYS$OUTPUT F$ENVIRONMENT("ON_SEVERITY")
----
a symbol
NONE

==== 3 expression on EXIT
++ A.COM
$ EXIT 1+0*F$VERIFY(0)
++ B.COM
$ exit 1.or.(0*f$verify(0))
++
$ @A
$ WRITE SYS$OUTPUT $STATUS
$ @B
$ WRITE SYS$OUTPUT $STATUS
$ EXIT %X10000002
---- 3
%X00000001
%X00000001

==== 5 IF on one line
$ IF 1 THEN WRITE SYS$OUTPUT "one"
$ IF 2 THEN WRITE SYS$OUTPUT "two"
$ IF "TRUE" THEN IF 3 THEN WRITE SYS$OUTPUT "three"
$ IF 1 THEN $ WRITE SYS$OUTPUT "dollar"
$ IF F$LENGTH("THEN") .EQ. 4 THEN WRITE SYS$OUTPUT "THEN in quotes"
$ IF 0 THEN IF 1
$ THEN WRITE SYS$OUTPUT "no"
$ ENDIF
$ WRITE SYS$OUTPUT "end"
----
one
three
dollar
THEN in quotes
end

==== 5 block IF, commands behind THEN and ELSE
$ X = 1
$ IF X .EQ. 1
$ THEN WRITE SYS$OUTPUT "then 1"
$      WRITE SYS$OUTPUT "then 2"
$ ELSE WRITE SYS$OUTPUT "else"
$ ENDIF
$ IF X .EQ. 2
$ THEN
$   WRITE SYS$OUTPUT "bad ''NOT"
$   IF X .EQ. 3 THEN WRITE SYS$OUTPUT "one-liner inside"
$   IF X .EQ. 3
$   THEN
$     WRITE SYS$OUTPUT "bad"
$   ELSE
$     WRITE SYS$OUTPUT "bad"
$   ENDIF
$ ELSE WRITE SYS$OUTPUT "else 1"
$   WRITE SYS$OUTPUT "else 2"
$ ENDIF
$ IF X .EQ. 1 THEN
$   WRITE SYS$OUTPUT "THEN at the end of the line"
$ ENDIF
----
then 1
then 2
else 1
else 2
THEN at the end of the line

==== 5 ELSE IF chains over lines
$ N = 0
$LOOP:
$ IF N .EQ. 0
$ THEN
$   WRITE SYS$OUTPUT "zero"
$ ELSE IF N .EQ. 1
$   THEN
$     WRITE SYS$OUTPUT "one"
$   ELSE IF N .EQ. 2 THEN WRITE SYS$OUTPUT "two"
$     IF N .EQ. 3 THEN WRITE SYS$OUTPUT "three"
$   ENDIF
$ ENDIF
$ N = N + 1
$ IF N .LE. 3 THEN GOTO LOOP
----
zero
one
two
three

==== 5 GOTO out of blocks, and back within one
$ N = 0
$ IF 1
$ THEN
$AGAIN:
$   N = N + 1
$   IF N .LT. 3 THEN GOTO AGAIN
$   IF 1
$   THEN
$     GOTO OUT
$   ENDIF
$ ENDIF
$ WRITE SYS$OUTPUT "never"
$OUT:
$ WRITE SYS$OUTPUT N
$ IF 1
$ THEN WRITE SYS$OUTPUT "blocks are as they were"
$ ENDIF
$ ENDIF
---- 3
3
blocks are as they were
%DCL-E-INVIFNEST, invalid IF-THEN-ELSE nesting structure or data inconsistency

==== 5 a label inside another block is no target
$ SET NOON
$ GOTO INSIDE
$ WRITE SYS$OUTPUT "not reached: the procedure stands at its end"
$ IF 1
$ THEN
$INSIDE:
$   WRITE SYS$OUTPUT "inside"
$ ENDIF
---- 1
%DCL-W-USGOTO, target of GOTO not found - check spelling and presence of label
 \INSIDE\

==== 5 a line without its $ inside a block
$ IF 1
$ THEN
WRITE SYS$OUTPUT "data"
more data
$   WRITE SYS$OUTPUT "a command"
$ ENDIF

$ WRITE SYS$OUTPUT "an empty line is nothing"
----
%DCL-W-SKPDAT, image data (records not beginning with "$") ignored
a command
an empty line is nothing

==== 5 nesting of IF
$ N = 0
$ IF 1 THEN
$ IF 1 THEN
$ IF 1 THEN
$ IF 0 THEN
$ IF 1 THEN
$ N = 1
$ ENDIF
$ ELSE
$ N = 2
$ ENDIF
$ ENDIF
$ ENDIF
$ ENDIF
$ WRITE SYS$OUTPUT N
$ THEN WRITE SYS$OUTPUT "no IF before it"
---- 3
2
%DCL-E-INVIFNEST, invalid IF-THEN-ELSE nesting structure or data inconsistency

==== IF without THEN
$ SET NOON
$ IF 1
$ WRITE SYS$OUTPUT "THEN was expected here"
$ IF 1 WRITE SYS$OUTPUT "x"
$ IF 1 .EQ.
$ WRITE SYS$OUTPUT $SEVERITY
----
%DCL-W-NOTHEN, IF or ON statement syntax error - check placement of THEN keyword
%DCL-W-NOTHEN, IF or ON statement syntax error - check placement of THEN keyword
%DCL-W-EXPSYN, invalid expression syntax - check operators and operands
 \.\
0

==== 15 labels: the one read last; on the line of a command; forward the nearest
$ N = 0
$X: N = N + 1
$ IF N .EQ. 1 THEN GOTO X
$ WRITE SYS$OUTPUT "first ''N'"
$X: N = N + 10
$ IF N .LT. 30 THEN GOTO X
$ WRITE SYS$OUTPUT "second ''N'"
$ GOTO FORWARD
$ WRITE SYS$OUTPUT "no"
$FORWARD: WRITE SYS$OUTPUT "nearest"
$ EXIT
$FORWARD: WRITE SYS$OUTPUT "farther"
----
first 2
second 32
nearest

==== 15 label missing
$ ON WARNING THEN GOTO RESCUE
$ GOSUB NOWHERE
$ WRITE SYS$OUTPUT "no"
$RESCUE:
$ WRITE SYS$OUTPUT "rescued"
$ GOSUB NOWHERE
$ WRITE SYS$OUTPUT "no"
---- 1
%DCL-W-USGOSUB, target of GOSUB not found - check spelling and presence of label
 \NOWHERE\
rescued
%DCL-W-USGOSUB, target of GOSUB not found - check spelling and presence of label
 \NOWHERE\

==== 17 GOSUB shares symbols and levels, RETURN with a status
$ A = 1
$ GOSUB ADD
$ WRITE SYS$OUTPUT A, " ", F$ENVIRONMENT("DEPTH"), " ", $STATUS
$ EXIT
$ADD:
$ A = A + 1
$ IF A .LT. 5 THEN GOSUB ADD
$ WRITE SYS$OUTPUT F$ENVIRONMENT("DEPTH")
$ RETURN 3
----
1
1
1
1
5 1 %X00000003

==== 17 GOSUB nests to 16, RETURN needs a GOSUB
$ N = 0
$ SET NOON
$MORE:
$ N = N + 1
$ GOSUB MORE
$ WRITE SYS$OUTPUT N, " ", $STATUS .AND. %XFFFF
$ IF N .EQ. 17 THEN EXIT 1
----
%DCL-W-GOSUBMAX, maximum depth of GOSUB nesting has been exceeded
17 33488

==== RETURN without GOSUB
$ RETURN
---- 1
%DCL-W-INVGOSUB, RETURN without a GOSUB - check flow of control

==== 17 P1 to P8
++ SHOW.COM
$ WRITE SYS$OUTPUT P1, "|", P2, "|", P3, "|", P4, "|", P5, "|", P6, "|", P7, "|", P8, "|"
++
$ @SHOW one "Two words" 'X' ""  /five 6 7 8
$ Q = "a ""quoted"" one"
$ @SHOW "''Q'" &Q
$ A = "first second"
$ @SHOW 'A' "''A'"
$ @SHOW 1 2 3 4 5 6 7 8 9
---- 1
ONE|Two words||/FIVE|6|7|8||
a QUOTED one|a "quoted" one|||||||
FIRST|SECOND|first second||||||
%DCL-W-DEFOVF, too many command procedure parameters - limit to eight

==== 17 CALL has its own level
$ A = 1
$ CALL SUB x "y z"
$ WRITE SYS$OUTPUT A, F$TYPE(L), $STATUS
$ CALL/OUTPUT=NL: SUB
$ CALL/FOO SUB
$ EXIT
$ WRITE SYS$OUTPUT "not reached"
$SUB: SUBROUTINE
$ WRITE SYS$OUTPUT P1, P2, P3, F$ENVIRONMENT("DEPTH"), A
$ L = 2
$ A = 5
$ EXIT 3
$ ENDSUBROUTINE
---- 1
Xy z21
1%X00000003
%DCL-W-IVQUAL, unrecognized qualifier - check validity, spelling, and placement
 \FOO\

==== 17 a subroutine that is reached without CALL is passed over; local subroutines
$ WRITE SYS$OUTPUT "before"
$OUTER: SUBROUTINE
$ CALL INNER
$ EXIT
$INNER:
$ SUBROUTINE
$ WRITE SYS$OUTPUT "inner, depth ", F$ENVIRONMENT("DEPTH")
$ ENDSUBROUTINE
$ ENDSUBROUTINE
$ WRITE SYS$OUTPUT "after"
$ CALL OUTER
$ CALL INNER
---- 1
before
after
inner, depth 3
%DCL-W-USCALL, target of CALL not found - check spelling and presence of label
 \INNER\

==== 9 ON WARNING fires once, then ON ERROR THEN EXIT holds
$ ON WARNING THEN GOTO FIRST
$ NOVERB
$ WRITE SYS$OUTPUT "not reached"
$FIRST:
$ WRITE SYS$OUTPUT "first ", F$ENVIRONMENT("ON_SEVERITY")
$ NOVERB
$ WRITE SYS$OUTPUT "a warning is no error"
$ ON SEVERE_ERROR THEN WRITE SYS$OUTPUT "severe"
$ OPEN X NOSUCH.FILE
$ WRITE SYS$OUTPUT "an error is not severe"
$ OPEN X NOSUCH.FILE
$ WRITE SYS$OUTPUT "still"
$ ON ERROR THEN CONTINUE
$ OPEN X NOSUCH.FILE
$ WRITE SYS$OUTPUT "continued"
$ OPEN X NOSUCH.FILE
$ WRITE SYS$OUTPUT "not reached"
---- 3
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOVERB\
first ERROR
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOVERB\
a warning is no error
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOSUCH.FILE; as input
-RMS-E-FNF, file not found
an error is not severe
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOSUCH.FILE; as input
-RMS-E-FNF, file not found
still
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOSUCH.FILE; as input
-RMS-E-FNF, file not found
continued
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOSUCH.FILE; as input
-RMS-E-FNF, file not found

==== 9 SET NOON and SET ON are of the level
++ INNER.COM
$ WRITE SYS$OUTPUT F$ENVIRONMENT("ON_SEVERITY")
$ ON WARNING THEN EXIT
$ NOVERB
$ WRITE SYS$OUTPUT "no"
++
$ SET NOON
$ @INNER
$ WRITE SYS$OUTPUT F$ENVIRONMENT("ON_SEVERITY"), " ", $STATUS
$ SET ON
$ WRITE SYS$OUTPUT F$ENVIRONMENT("ON_SEVERITY")
----
ERROR
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOVERB\
NONE %X00038090
ERROR

==== 8 EXIT: the message at level 0, the inhibit bit
++ A.COM
$ EXIT 44
++ B.COM
$ @A
$ WRITE SYS$OUTPUT "not reached: severe"
++
$ ON SEVERE THEN GOTO NEXT
$ @B
$NEXT:
$ SAVED = $STATUS
$ WRITE SYS$OUTPUT SAVED, " ", SAVED .AND. 7
$ EXIT SAVED .OR. %X10000000
---- 5
%X0000002C 4

==== 8 EXIT with a status that says something
$ EXIT 44
---- 5
%SYSTEM-F-ABORT, abort

==== ON errors
$ SET NOON
$ ON FOO THEN EXIT
$ ON ERROR EXIT
$ ON ERROR THEN
$ ON
---- 1
%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling
 \FOO\
%DCL-W-NOTHEN, IF or ON statement syntax error - check placement of THEN keyword
%DCL-W-NOTHEN, IF or ON statement syntax error - check placement of THEN keyword
%DCL-W-INSFPRM, missing command parameters - supply all required parameters

==== continuation lines, comments behind the hyphen
$ X = "a" + - ! a comment
  "b" + -
$ "c"
$ WRITE SYS$OUTPUT X, -
  " end"
$ Y = "[DIR]FILE.EXE;1" - "][" - ".EXE"
$ WRITE SYS$OUTPUT Y
----
abc end
[DIR]FILE;1

==== nested procedures to the limit
++ DEEP.COM
$ N == F$ENVIRONMENT("DEPTH")
$ @DEEP
++
$ ON WARNING THEN GOTO DONE
$ @DEEP
$DONE: WRITE SYS$OUTPUT N
----
%DCL-W-STKOVF, command procedures too deeply nested
32

==== @ of a file that is not there
$ SET NOON
$ @NOT_THERE
$ WRITE SYS$OUTPUT $STATUS
$ @[NO.DIR]X
---- 3
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOT_THERE.COM; as input
-RMS-E-FNF, file not found
%X00018292
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[NO.DIR]X.COM; as input
-RMS-E-DNF, directory not found

==== @file/OUTPUT= and its end
++ INNER.COM
$ WRITE SYS$OUTPUT "to the file"
$ NOVERB
++
$ @INNER/OUTPUT=OUT.LOG
$ WRITE SYS$OUTPUT "back"
$ OPEN/READ F OUT.LOG
$L: READ/END=E F LINE
$ WRITE SYS$OUTPUT "> ", LINE
$ GOTO L
$E: CLOSE F
----
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOVERB\
back
> to the file
> %DCL-W-IVVERB, unrecognized command verb - check validity and spelling
>  \NOVERB\

==== SET VERIFY shows lines after phase 1
$ NAME = "SMITH"
$ SET VERIFY
$ WRITE SYS$OUTPUT "''NAME'" ! a comment
$ X := 'NAME' -    ! continued
  more
$LABEL: IF X .EQS. "''X'" THEN SET NOVERIFY
$ WRITE SYS$OUTPUT "not shown"
----
$ WRITE SYS$OUTPUT "SMITH" ! a comment
SMITH
$ X := SMITH -    ! continued
  more
$LABEL: IF X .EQS. "SMITH MORE" THEN SET NOVERIFY
not shown

==== F$VERIFY returns what was, and sets
$ WRITE SYS$OUTPUT F$VERIFY()
$ SAVE = F$VERIFY(1)
$ X = F$VERIFY(0)
$ WRITE SYS$OUTPUT SAVE, X
----
0
$ X = F$VERIFY(0)
01

==== STOP leaves all levels
++ INNER.COM
$ WRITE SYS$OUTPUT "inner"
$ STOP
++
$ @INNER
$ WRITE SYS$OUTPUT "never"
----
inner

==== 5 a dollar behind THEN; continuation behind THEN; comments between IF and THEN
$ SAY = "WRITE SYS$OUTPUT"
$ X=3
$ IF X.EQ.3 THEN $SAY "no blank"
$ IF 1 .EQ. 1 -		! first part
	.AND. 2 .EQ. 2 -
	THEN -
	SAY "continued"
$ IF 1
$! a comment
$
$ THEN
$!  another
$   SAY "behind comments"
$ ELSE		! comment
$   SAY "no"
$ ENDIF		! done
$LABEL1:	SAY "label and tab"
$ LABEL2 : SAY "label and blank"
----
no blank
continued
behind comments
label and tab
label and blank

==== 17 GOSUB and CALL by substitution; GOSUB within a subroutine
$ TARGET = "FIRST"
$ GOSUB 'TARGET'
$ CALL 'F$EXTRACT(0,3,"SUBX")' one
$ EXIT
$FIRST: WRITE SYS$OUTPUT "first"
$ RETURN
$SUB: SUBROUTINE
$ GOSUB INNER
$ EXIT
$INNER: WRITE SYS$OUTPUT "inner ", P1
$ RETURN
$ ENDSUBROUTINE
----
first
inner ONE

==== SET PREFIX, SHOW PREFIX
$ SET PREFIX "(!5%T) "
$ SHOW PREFIX
$ WRITE SYS$OUTPUT F$ENVIRONMENT("VERIFY_PREFIX")
$ SET VERIFY
$ X = 1 + -
2
$ WRITE SYS$OUTPUT X
$ SET NOPREFIX
$ Y = 2
$ SET NOVERIFY
$ WRITE SYS$OUTPUT F$ENVIRONMENT("CAPTIVE"),F$ENVIRONMENT("RESTRICTED")
----
  "(!5%T) "
(!5%T) 
~ \(\d\d:\d\d\) \$ X = 1 \+ \-
~ \(\d\d:\d\d\) 2
~ \(\d\d:\d\d\) \$ WRITE SYS\$OUTPUT X
3
~ \(\d\d:\d\d\) \$ SET NOPREFIX
$ Y = 2
$ SET NOVERIFY
FALSEFALSE

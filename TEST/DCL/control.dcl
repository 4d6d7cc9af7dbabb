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

==== 5 lines without $ in the branch that is not taken; behind an image in a block
$ IF 0
$ THEN
WRITE SYS$OUTPUT "data in what is skipped"
$   WRITE SYS$OUTPUT "no"
$ ELSE
$   MCR TESTIMAGE INPUT
for the image
$   WRITE SYS$OUTPUT "a command"
WRITE SYS$OUTPUT "data"
ENDIF
$ ENDIF
$ WRITE SYS$OUTPUT $STATUS
----
%DCL-W-SKPDAT, image data (records not beginning with "$") ignored
data: for the image
a command
%DCL-W-SKPDAT, image data (records not beginning with "$") ignored
%X00000001

==== 5 THEN and ELSE with a command each; an ELSE without a block
$ N = 0
$LOOP:
$ IF N .EQ. 1
$ THEN GOTO ONE
$ ELSE WRITE SYS$OUTPUT "not one: ", N
$ ENDIF
$ N = N + 1
$ GOTO LOOP
$ONE:
$ IF N .EQ. 1
$ THEN WRITE SYS$OUTPUT "then"
$ ELSE GOTO LOOP
$ ENDIF
$ IF N .EQ. 2
$ THEN $ WRITE SYS$OUTPUT "no"
$ ELSE $ WRITE SYS$OUTPUT "a dollar behind ELSE"
$ ENDIF
$ IF N .EQ. 2 THEN WRITE SYS$OUTPUT "no"
$ ELSE WRITE SYS$OUTPUT "no block, no ELSE"
$ WRITE SYS$OUTPUT "never"
---- 3
not one: 0
then
a dollar behind ELSE
%DCL-E-INVIFNEST, invalid IF-THEN-ELSE nesting structure or data inconsistency

==== 5 ELSE IF chains of four, each with its ENDIF
$ N = 0
$LOOP:
$ IF N .EQ. 0 THEN
$   WRITE SYS$OUTPUT "zero"
$ ELSE IF N .EQ. 1 THEN
$   WRITE SYS$OUTPUT "one"
$ ELSE IF N .EQ. 2
$ THEN WRITE SYS$OUTPUT "two"
$ ELSE IF N .EQ. 3
$   THEN
$     WRITE SYS$OUTPUT "three"
$   ELSE
$     WRITE SYS$OUTPUT "more: ", N
$ ENDIF
$ ENDIF
$ ENDIF
$ ENDIF
$ N = N + 1
$ IF N .LE. 4 THEN GOTO LOOP
$ IF 1 THEN -
    WRITE SYS$OUTPUT "continued"
----
zero
one
two
three
more: 4
continued

==== 5 GOTO to a label of an outer block, which goes on
$ N = 0
$ IF 1
$ THEN
$BACK:
$   N = N + 1
$   IF N .LT. 3
$   THEN
$     IF 1
$     THEN
$       GOTO BACK
$     ENDIF
$   ENDIF
$   WRITE SYS$OUTPUT "n is ", N
$   GOTO LAST
$   WRITE SYS$OUTPUT "no"
$LAST:
$   WRITE SYS$OUTPUT "last of the block"
$ ELSE
$   WRITE SYS$OUTPUT "not the other branch"
$ ENDIF
$ WRITE SYS$OUTPUT "behind it"
----
n is 3
last of the block
behind it

==== 15 labels: the one read last of two before; the one behind in what comes next
$ N = 0
$ GOTO TWICE
$ WRITE SYS$OUTPUT "no"
$TWICE:
$ N = N + 1
$ WRITE SYS$OUTPUT "first ", N
$ IF N .LT. 2 THEN GOTO TWICE
$ GOSUB SUB
$TWICE: WRITE SYS$OUTPUT "second ", N
$ N = N + 1
$ IF N .LT. 4 THEN GOTO TWICE
$ GOSUB SUB
$ CALL LATER
$ EXIT
$SUB: WRITE SYS$OUTPUT "sub"
$ RETURN
$twice: WRITE SYS$OUTPUT "third, never read"
$LATER: SUBROUTINE
$ GOTO IN
$IN: WRITE SYS$OUTPUT "label of the subroutine"
$ ENDSUBROUTINE
$IN: WRITE SYS$OUTPUT "of the procedure"
----
first 1
first 2
sub
second 2
second 3
sub
label of the subroutine

==== 17 parameters handed on, with and without quotes; eight of CALL; @ in a symbol
++ FIRST.COM
$ @SECOND 'P1' "''P2'" 'P3' &P4
$ CALL SUB 'P1 "''P2'" "''P3'" "" 5 6 7 8
$ EXIT
$SUB: SUBROUTINE
$ WRITE SYS$OUTPUT "sub    <", P1, "><", P2, "><", P3, "><", P4, "><", P5, "><", P8, ">"
$ P1 = "changed"
$ GOSUB INNER
$ WRITE SYS$OUTPUT P1, " ", X
$ EXIT
$INNER:
$ WRITE SYS$OUTPUT "gosub  <", P1, ">"
$ X = "local of the subroutine"
$ P1 = "again"
$ RETURN
$ ENDSUBROUTINE
++ SECOND.COM
$ WRITE SYS$OUTPUT "second <", P1, "><", P2, "><", P3, "><", P4, ">"
++
$ @FIRST lower "Two Words" "say ""x""" "And More"
$ DO = "@SECOND"
$ DO a "b c"
$ PROC = "SYS$SYSDEVICE:[CASE]SECOND"
$ @'PROC' 'PROC'
$ @SECOND "" "x""y" a=b,c (d,e)
$ WRITE SYS$OUTPUT F$TYPE(X), P1
$ CALL NINE 1 2 3 4 5 6 7 8 9
$ EXIT
$NINE: SUBROUTINE
$ ENDSUBROUTINE
---- 1
second <LOWER><Two Words><SAY><x>
sub    <LOWER><Two Words><say X><><5><8>
gosub  <changed>
again local of the subroutine
second <A><b c><><>
second <SYS$SYSDEVICE:[CASE]SECOND><><><>
second <><x"y><A=B,C><(D,E)>

%DCL-W-DEFOVF, too many command procedure parameters - limit to eight

==== 1 longer words for DELETE and CALL pass symbols of these names by
++ A.TMP
++
$ DELETE = "WRITE SYS$OUTPUT ""captured"" !"
$ CALL = DELETE
$ DELETE X
$ DELETEE/NOLOG A.TMP;
$ WRITE SYS$OUTPUT "[", F$SEARCH("A.TMP"), "]"
$ CALL ERR
$ CALL___ ERR one
$ EXIT
$ERR: SUBROUTINE
$ WRITE SYS$OUTPUT "called ", P1
$ ENDSUBROUTINE
----
captured
[]
captured
called ONE

==== 3 F$VERIFY for its effect: in a substitution without its end, in the expression of EXIT
++ QUIET.COM
$ V = 'F$VERIFY(0)
$ WRITE SYS$OUTPUT V
$ EXIT 1+0*F$VERIFY(V)
++ OTHER.COM
$ v = f$verify(0)
$ exit 1.or.(0*f$verify(v))
++
$ SET VERIFY
$ @QUIET
$ @OTHER
$ X = F$VERIFY(0)
$ WRITE SYS$OUTPUT X
$ @QUIET
$ WRITE SYS$OUTPUT F$VERIFY()
----
$ @QUIET
1
$ @OTHER
$ v = f$verify(0)
$ X = F$VERIFY(0)
1
0
0

==== 8 $STATUS of each command; EXIT with it, and with one that was kept
++ A.COM
$ SET NOON
$ NOSUCHVERB
$ EXIT $STATUS
++ B.COM
$ SET NOON
$ OPEN F NOT.THERE
$ STATUS = $STATUS
$ WRITE SYS$OUTPUT $SEVERITY
$ EXIT 'STATUS'
++ C.COM
$ EXIT 4 .OR. %X10000000
++
$ SET NOON
$ @A
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ @B
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ @C
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ SHOW SYMBOL/NOTHING
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ DIRECTORY NOT.THERE
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ SHOW TIME/BAD=1
$ WRITE SYS$OUTPUT $STATUS
$ 12X = 4
$ WRITE SYS$OUTPUT $STATUS
----
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOSUCHVERB\
%X00038090 0
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOT.THERE; as input
-RMS-E-FNF, file not found
1
%X00018292 2
%X10000004 4
%DCL-W-IVQUAL, unrecognized qualifier - check validity, spelling, and placement
 \NOTHING\
%X00038240 0
%DIRECT-W-NOFILES, no files found
%X10018290 0
%DCL-W-NOQUAL, qualifiers not allowed - supply only verb and parameters
 \BAD\
%X000380C8
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \12X\
%X00038090

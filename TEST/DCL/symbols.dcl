==== 4 substitution outside quotes, with and without the closing apostrophe
$ NAME = "WORLD"
$ CMD = "WRITE SYS$OUTPUT"
$ 'CMD' "hello ''NAME'"
$ 'CMD "no closing"
$ V = 'F$VERIFY(0)
$ WRITE SYS$OUTPUT V
----
hello WORLD
no closing
0

==== 4 substitution is iterative outside quotes, not inside
$! OpenVMS User's Manual 12.12: FILE = "'FILE''NUM''"
$ FILE1 = "[BOLIVAR]TEST_CASE.TXT"
$ NUM = 1
$ FILE = "'FILE''NUM''"
$ SHOW SYMBOL FILE
$ X := 'FILE'
$ SHOW SYMBOL X
----
  FILE = "'FILE1'"
  X = "[BOLIVAR]TEST_CASE.TXT"

==== 4 an undefined symbol is the null string
$ WRITE SYS$OUTPUT "[''NOT_THERE']"
$ X := A'NOT_THERE'B
$ SHOW SYMBOL X
----
[]
  X = "AB"

==== 4 lexical functions in quotes, nested apostrophes in arguments
$ N = 2
$ S = "ABCDEF"
$ WRITE SYS$OUTPUT "len ''F$LENGTH("four")' part ''F$EXTRACT('N',3,S)'"
$ X := 'F$EXTRACT(N,1,S)'XX
$ SHOW SYMBOL X
----
len 4 part CDE
  X = "CXX"

==== 4 left side: 'x' and name_'i'
$ X = "TARGET"
$ 'X' = 5
$ I = 3
$ ROW_'I' = "third"
$ ROW_'I'_END == 7
$ SHOW SYMBOL TARGET
$ SHOW SYMBOL ROW_3
$ SHOW SYMBOL ROW_3_END
----
  TARGET = 5   Hex = 00000005  Octal = 00000000005
  ROW_3 = "third"
  ROW_3_END == 7   Hex = 00000007  Octal = 00000000007

==== 4 "''&P'" and &sym
$ P1X = "value of P1X"
$ P = "P1X"
$ WRITE SYS$OUTPUT "''&P'"
$ A = "B"
$ B = 12
$ WRITE SYS$OUTPUT &A + 1
$ X = "lower case"
$ CALL SHOW &X
$ EXIT
$SHOW: SUBROUTINE
$ WRITE SYS$OUTPUT P1
$ ENDSUBROUTINE
----
value of P1X
13
lower case

==== 4 verb position
$ ICMD = "SHOW"
$ 'ICMD' SYMBOL ICMD
$ ICMD SYMBOL ICMD
$ SH := SHOW SYMBOL
$ SH ICMD
----
  ICMD = "SHOW"
  ICMD = "SHOW"
  ICMD = "SHOW"

==== a comment is not substituted
$ X = 1 ! it's a comment, isn't it
$ WRITE SYS$OUTPUT "a ! in quotes" ! 'not' here
----
a ! in quotes

==== 14 := upcases and compresses, :== is global
$ X :=   several   words "Kept  As   is"  end
$ SHOW SYMBOL X
$ Y :== "  all   quoted "
$ SHOW SYMBOL Y
$ Z :=
$ SHOW SYMBOL Z
----
  X = "SEVERAL WORDS "Kept  As   is" END"
  Y == "  all   quoted "
  Z = ""

==== 14 string overlay
$! DCL Dictionary, := : FILE_NAME[0,2]:= ...
$ FILE_NAME := MYFILE
$ FILE_NAME[0,2] := TE
$ SHOW SYMBOL FILE_NAME
$ FILE_NAME[8,3] := ABCDE
$ SHOW SYMBOL FILE_NAME
----
  FILE_NAME = "TEFILE"
  FILE_NAME = "TEFILE  ABC"

==== 14 bit overlay
$! User's Manual 12.6.5: BELL = 7, BELL[5,1] = 1 is 39; characters of control
$ BELL = 7
$ BELL[5,1] = 1
$ SHOW SYMBOL BELL
$ CR[0,8] = 13
$ LF[0,8] = 10
$ CRLF = CR + LF
$ WRITE SYS$OUTPUT F$LENGTH(CRLF), " ", F$CVUI(0,8,CRLF), " ", F$CVUI(8,8,CRLF)
$ X = "AAAA"
$ X[8,16] = %X4342
$ SHOW SYMBOL X
----
  BELL = 39   Hex = 00000027  Octal = 00000000047
2 13 10
  X = "ABCA"

==== 14 SYM*BOL
$ PR*INTER = "x"
$ SHOW SYMBOL PR
$ SHOW SYMBOL PRINT
$ WRITE SYS$OUTPUT PRIN
$ SHOW SYMBOL P
$ PRIN = 2
$ LO*CAL := WRITE SYS$OUTPUT "called"
$ LOC
----
  PR*INTER = "x"
  PR*INTER = "x"
x
%DCL-W-UNDSYM, undefined symbol - check validity and spelling
 \P\
%DCL-W-ABSYMD, abbreviated symbol definition conflict - rename symbol
 \PRIN\
called

==== 2 SET SYMBOL/SCOPE hides outer symbols
++ INNER.COM
$ SET SYMBOL/SCOPE=(NOLOCAL,NOGLOBAL)
$ WRITE SYS$OUTPUT F$TYPE(OUTER), "|", F$TYPE(ALL), "|", F$TYPE(P1)
$ SET SYMBOL/SCOPE=GLOBAL
$ WRITE SYS$OUTPUT F$TYPE(OUTER), "|", F$TYPE(ALL)
$ WRITE SYS$OUTPUT $SEVERITY
++
$ OUTER = "seen"
$ ALL == 3
$ @INNER PAR
$ WRITE SYS$OUTPUT OUTER, ALL
----
||STRING
|INTEGER
1
seen3

==== local symbols of outer levels are seen, those of inner ones end
++ INNER.COM
$ WRITE SYS$OUTPUT A
$ A = "inner"
$ B = "local"
$ G == "global"
$ WRITE SYS$OUTPUT A
++
$ A = "outer"
$ @INNER
$ WRITE SYS$OUTPUT A, F$TYPE(B), G
----
outer
inner
outerglobal

==== 8 $STATUS and $SEVERITY
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ SET NOON
$ NOSUCHVERB
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ X = 1
$ WRITE SYS$OUTPUT $STATUS
$ WRITE SYS$OUTPUT NOSUCH
$ SAVED = $STATUS
$ SHOW SYMBOL SAVED
$ WRITE SYS$OUTPUT F$INTEGER(SAVED) .AND. 7, " ", SAVED .AND. %X0FFF8
$ $STATUS = 1
---- 1
%X00000001 1
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \NOSUCHVERB\
%X00038090 0
%X00000001
%DCL-W-UNDSYM, undefined symbol - check validity and spelling
 \NOSUCH\
  SAVED = "%X00038140"
0 33088
%DCL-W-PERMSYM, symbol is permanent and cannot be changed
 \$STATUS\

==== SHOW SYMBOL and DELETE/SYMBOL
$ A = -1
$ B == "two"
$ SHOW SYMBOL A
$ SHOW SYMBOL/GLOBAL B
$ SHOW SYMBOL/LOCAL B
$ DELETE/SYMBOL A
$ SHOW SYMBOL A
$ DELETE/SYMBOL/GLOBAL B
$ SHOW SYMBOL B
$ DELETE/SYMBOL/GLOBAL B
---- 1
  A = -1   Hex = FFFFFFFF  Octal = 37777777777
  B == "two"
%DCL-W-UNDSYM, undefined symbol - check validity and spelling
 \B\
%DCL-W-UNDSYM, undefined symbol - check validity and spelling
 \A\
%DCL-W-UNDSYM, undefined symbol - check validity and spelling
 \B\
%DCL-W-UNDSYM, undefined symbol - check validity and spelling
 \B\

==== 4 quotes and exclamation marks among the arguments of a function in quotes
$ WRITE SYS$OUTPUT "1: ''F$EDIT("  a  b  ","COMPRESS,TRIM")' and ''F$FAO("!3ZL!AS",7,"x!y")'" ! a comment
$ IF "''F$EDIT("a!b","UPCASE")'" .EQS. "A!B" THEN WRITE SYS$OUTPUT "then"
$ X = "''F$FAO("!AS","-")'" + -
  "continued"
$ WRITE SYS$OUTPUT X
----
1: a b and 007x!y
then
-continued

==== 4 substitution behind a verb, a qualifier, and twice in one word
++ A.TMP
++
$ ICMD = "ADD"
$ INSTALL 'ICMD' SYS$SYSTEM:TESTIMAGE/OPEN
$ ICMD = "REMOVE"
$ INSTALL 'ICMD' SYS$SYSTEM:TESTIMAGE
$ QUALIFIERS = "/TABLE=LNM$PROCESS"
$ DEFINE/NOLOG'QUALIFIERS' NAME value
$ WRITE SYS$OUTPUT F$TRNLNM("NAME","LNM$PROCESS_TABLE")
$ SHOW'UNDEFINED' SYMBOL ICMD
$ DIRFLAGS = "/NOHEADING/NOTRAILING"
$ DIRECTORY'DIRFLAGS A.TMP
$ A = "ICM"
$ B = "D"
$ SHOW SYMBOL 'A''B'
$ N = 2
$ ITEM_2_1 = "two one"
$ M = 1
$ WRITE SYS$OUTPUT ITEM_'N'_'M'
$ IF ITEM_'N'_'M' .EQS. "two one" THEN WRITE SYS$OUTPUT "in a condition"
$ 'ICMD'_'N' = "left side"
$ SHOW SYMBOL REMOVE_2
----
VALUE
  ICMD = "REMOVE"
SYS$SYSDEVICE:[CASE]A.TMP;1
  ICMD = "REMOVE"
two one
in a condition
  REMOVE_2 = "left side"

==== 4 &sym at execution: behind what phase 1 has made
$ P2 = "TARGET"
$ TARGET = "value"
$ N = 2
$ WRITE SYS$OUTPUT &P'N'
$ WRITE SYS$OUTPUT "&P2"
$ IF &P2 .EQS. "value" THEN WRITE SYS$OUTPUT "equal"
$ CONDITION = "TARGET .EQS. ""value"""
$ IF 'CONDITION' THEN WRITE SYS$OUTPUT "a condition as text"
$ SHOW SYMBOL &P2
----
value
&P2
equal
a condition as text
  TARGET = "value"

==== 2 a verb scope hides symbols in the place of a verb
++ INNER.COM
$ SAY "seen"
$ SET SYMBOL/VERB/SCOPE=NOGLOBAL
$ SAY "not seen"
$ WRITE SYS$OUTPUT SAY
++
$ SAY == "WRITE SYS$OUTPUT"
$ @INNER
$ SAY "again"
----
seen
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \SAY\
WRITE SYS$OUTPUT
again

==== 14 := with continuation, lower case, apostrophes; overlays with ESC
$ X := write sys$output "it's Mixed" -
      ,"more"
$ X
$ LOW = "kept Lower"
$ Y := 'LOW' "''LOW'"
$ SHOW SYMBOL Y
$ Z :== 'Y
$ SHOW SYMBOL Z
$ ESC[0,8] = 27
$ CLEAR = ESC + "[H" + ESC + "[J"
$ WRITE SYS$OUTPUT F$LENGTH(CLEAR), F$CVUI(0,8,CLEAR)
$ N = 0
$ N[0,16] == 3
$ SHOW SYMBOL/GLOBAL N
$ S := ABC
$ S[10,2] := XY
$ S[1,1] := lower
$ SHOW SYMBOL S
$ A*BC == "W"
$ A*BCD := second
$ SHOW SYMBOL A
----
it's Mixedmore
  Y = "KEPT LOWER "kept Lower""
  Z == "KEPT LOWER "kept Lower""
627
~   N == "\x03\x00"
  S = "ALC       XY"
  A*BCD = "SECOND"

==== 2 SET SYMBOL/SCOPE: each kind of symbol by itself; levels below have it, those above not
++ INNER.COM
$ WRITE SYS$OUTPUT F$ENVIRONMENT("SYMBOL_SCOPE")
$ SET SYMBOL/SCOPE=NOLOCAL
$ WRITE SYS$OUTPUT F$TYPE(OUTER), "|", F$TYPE(ALL), "|", F$ENVIRONMENT("SYMBOL_SCOPE")
$ SET SYMBOL/SCOPE=(LOCAL,NOGLOBAL)
$ WRITE SYS$OUTPUT F$TYPE(OUTER), "|", F$TYPE(ALL), "|", F$ENVIRONMENT("SYMBOL_SCOPE")
$ ALL == 4
$ WRITE SYS$OUTPUT F$TYPE(ALL)
$ @DEEPER
++ DEEPER.COM
$ WRITE SYS$OUTPUT F$TYPE(OUTER), "|", F$TYPE(ALL)
++
$ OUTER = "seen"
$ ALL == 3
$ @INNER
$ WRITE SYS$OUTPUT OUTER, ALL, F$ENVIRONMENT("SYMBOL_SCOPE")
----
[LOCAL,GLOBAL]
|INTEGER|[NOLOCAL,GLOBAL]
STRING||[LOCAL,NOGLOBAL]

STRING|
seen4[LOCAL,GLOBAL]

==== precedence and parentheses
$ WRITE SYS$OUTPUT 2+3*4, " ", (2+3)*4, " ", 10-4-3, " ", -2*3, " ", 7/2, " ", -7/2
$ WRITE SYS$OUTPUT 1 .OR. 0 .AND. 0, " ", .NOT. 0, " ", .NOT. 1 .EQ. 1, " ", 5 .AND. 3, " ", 5 .OR. 3
$ WRITE SYS$OUTPUT 3 .GT. 2 .AND. "B" .GTS. "A"
----
14 20 3 -6 3 -3
1 -1 -2 1 7
1

==== integers are 32 bits and wrap
$ X = 2147483647 + 1
$ SHOW SYMBOL X
$ WRITE SYS$OUTPUT 65536 * 65536, " ", %XFFFFFFFF, " ", 4294967295
----
  X = -2147483648   Hex = 80000000  Octal = 20000000000
0 -1 -1

==== radix operators
$ WRITE SYS$OUTPUT %X1F, " ", %O17, " ", %D10, " ", %xff
$ SET NOON
$ X = %XZ
$ X = %Q1
$ X = 12AB
---- 1
31 15 10 255
%DCL-W-IVCHAR, invalid numeric value - check for invalid digits
 \%XZ\
%DCL-W-IVCHAR, invalid numeric value - check for invalid digits
 \%Q1\
%DCL-W-IVCHAR, invalid numeric value - check for invalid digits
 \12AB\

==== 6 truth
$ IF 1 THEN WRITE SYS$OUTPUT "1"
$ IF 2 THEN WRITE SYS$OUTPUT "2"
$ IF "T" THEN WRITE SYS$OUTPUT "T"
$ IF "yes" THEN WRITE SYS$OUTPUT "yes"
$ IF "false" THEN WRITE SYS$OUTPUT "false"
$ IF "" THEN WRITE SYS$OUTPUT "null"
$ IF "13" THEN WRITE SYS$OUTPUT "13"
$ IF "14" THEN WRITE SYS$OUTPUT "14"
$ IF P2 THEN WRITE SYS$OUTPUT "P2"
$ IF .NOT. 0 THEN WRITE SYS$OUTPUT "not"
----
1
T
yes
13
not

==== 6 strings and integers in comparisons
$ WRITE SYS$OUTPUT "10" .EQ. 10, 10 .EQS. "10", "9" .GTS. "10", "9" .GT. "10", "abc" .EQS. "ABC"
$ WRITE SYS$OUTPUT "A" .LTS. "B", "A" .LES. "A", "A" .GES. "AB", "" .NES. " ", "TRUE" .EQ. 1
$ STATUS = "%X1000800C"
$ WRITE SYS$OUTPUT STATUS .AND. %XFFFF, " ", 1 .NE. 2, 1 .LE. 1, 1 .GE. 2, 1 .LT. 2
----
11100
11011
32780 1101

==== 7 string sums and differences
$ DIR = "DISK:[USER.SUB]"
$ WRITE SYS$OUTPUT DIR - "]" + ".MORE]"
$ WRITE SYS$OUTPUT "FILE.EXE;3" - ".EXE" - ";3"
$ WRITE SYS$OUTPUT "AXBXC" - "X", " ", "ABC" - "Z", " ", "ABC" - ""
$ X = "5" + 3
$ SHOW SYMBOL X
$ X = "5" + "3"
$ SHOW SYMBOL X
$ X = "ABC" + 3
$ SHOW SYMBOL X
$ X = -"12"
$ SHOW SYMBOL X
----
DISK:[USER.SUB.MORE]
FILE
ABXC ABC ABC
  X = 8   Hex = 00000008  Octal = 00000000010
  X = "53"
  X = 3   Hex = 00000003  Octal = 00000000003
  X = -12   Hex = FFFFFFF4  Octal = 37777777764

==== quotes within strings
$ X = "say ""hello"" to"
$ WRITE SYS$OUTPUT X, F$LENGTH(X)
$ Y = "open end
$ SHOW SYMBOL Y
----
say "hello" to14
  Y = "open end"

==== errors
$ SET NOON
$ X = 1 +
$ X = (1 + 2
$ X = 1 2
$ X = 1 .FOO. 2
$ X = "A" .EQ "B"
$ X = * 2
$ X = UNDEFINED + 1
$ X = F$NOSUCH(1)
$ X = F$LENGTH()
$ X = F$LENGTH("A","B")
$ X = F$GET("A")
$ SHOW SYMBOL X
---- 1
%DCL-W-EXPSYN, invalid expression syntax - check operators and operands
 \+\
%DCL-W-EXPSYN, invalid expression syntax - check operators and operands
 \\
%DCL-W-EXPSYN, invalid expression syntax - check operators and operands
 \2\
%DCL-W-IVOPER, unrecognized operator in expression - check spelling and validity
 \.FOO.\
%DCL-W-IVOPER, unrecognized operator in expression - check spelling and validity
 \.EQ\
%DCL-W-EXPSYN, invalid expression syntax - check operators and operands
 \*\
%DCL-W-UNDSYM, undefined symbol - check validity and spelling
 \UNDEFINED\
%DCL-W-IVFNAM, invalid lexical function name - check validity and spelling
 \F$NOSUCH\
%DCL-W-ARGREQ, missing lexical function argument - supply all required arguments
 \F$LENGTH\
%DCL-W-MAXPARM, too many parameters - reenter command with fewer parameters
 \F$LENGTH\
%DCL-W-ABFNAM, abbreviation is not unique among the files found - supply more characters
 \F$GET\
%DCL-W-UNDSYM, undefined symbol - check validity and spelling
 \X\

==== 19 limits of lines, symbols and WRITE
$ LONG = F$FAO("!255*X")
$ WRITE SYS$OUTPUT "''LONG'"
$ SET NOON
$ WRITE SYS$OUTPUT "''LONG'Y"
$ A = F$FAO("!1024*X")
$ WRITE SYS$OUTPUT F$LENGTH(A)
$ B = A + "Y"
$ WRITE SYS$OUTPUT B
$ OPEN/WRITE F NL:
$ WRITE/SYMBOL F B
$ WRITE SYS$OUTPUT $SEVERITY
$ WRITE/SYMBOL F A, A, "Z"
$ CLOSE F
$ C = A + A + A + A + A + A + A + A
$ WRITE SYS$OUTPUT F$LENGTH(C)
$ C = C + "X"
$ X := 'C'
---- 1
~ X{255}
%DCL-W-TKNOVF, command element is too long - shorten
1024
%DCL-W-BUFOVF, command buffer overflow - shorten expression or command line
1
%DCL-W-BUFOVF, command buffer overflow - shorten expression or command line
8192
%DCL-W-RSLOVF, result of expression is too long
%DCL-W-BUFOVF, command buffer overflow - shorten expression or command line

==== 6 bits: what .AND., .OR., .NOT. make of statuses and strings
$ STATUS = %X1801829A
$ WRITE SYS$OUTPUT F$FAO("!XL !XL !XL", STATUS .AND. %XFFFF, STATUS .OR. %X10000000, .NOT. STATUS)
$ WRITE SYS$OUTPUT "7" .AND. 5, " ", "T" .AND. 3, " ", .NOT. "0", " ", "A" .OR. 4
$ IF STATUS .AND. 1 THEN WRITE SYS$OUTPUT "success"
$ IF .NOT. STATUS THEN WRITE SYS$OUTPUT "failure"
$ WRITE SYS$OUTPUT "B" .GES. "A", "B" .LTS. "A", "" .LTS. "A", "a" .GTS. "Z", "AB" .LES. "A"
----
0000829A 1801829A E7FE7D65
5 1 -1 4
failure
10110

==== 7 sums and differences over lines, with comments behind the hyphen
$ DIR = "DISK:[USER.SUB][000000]FILE.EXE;1"
$ X = DIR - "][000000" -	! the root's
      - ".EXE" -
      - ";1"
$ WRITE SYS$OUTPUT X
$ Y = "one," +-
  "two," +-
  "three"
$ WRITE SYS$OUTPUT Y
$ Z = "a-" + "-" - "a" - -		! - the last -
  "-"
$ WRITE SYS$OUTPUT Z
$ WRITE SYS$OUTPUT "AXBXC" - "X" - "X", "|", "ABC" - "B" + "D", "|", 7 - "2" - 1
$ WRITE SYS$OUTPUT "dir" - "]["-"x]"
----
DISK:[USER.SUB]FILE
one,two,three
-
ABC|ACD|4
dir

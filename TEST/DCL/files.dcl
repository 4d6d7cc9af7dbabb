==== 12 OPEN, WRITE, READ, CLOSE
$ OPEN/WRITE OUT DATA.TXT
$ WRITE OUT "first"
$ X = 3
$ WRITE OUT "number ", X, " ", X * 2
$ WRITE OUT ""
$ CLOSE OUT
$ OPEN/APPEND OUT DATA.TXT
$ WRITE OUT "appended"
$ CLOSE OUT
$ OPEN IN DATA.TXT
$LOOP:
$ READ/END_OF_FILE=DONE IN LINE
$ WRITE SYS$OUTPUT "[", LINE, "]"
$ GOTO LOOP
$DONE:
$ CLOSE IN
$ WRITE SYS$OUTPUT F$SEARCH("DATA.TXT;*")
$ WRITE SYS$OUTPUT F$FILE_ATTRIBUTES("DATA.TXT","RFM"), F$FILE("DATA.TXT","RAT"), F$FILE("DATA.TXT","ORG")
----
[first]
[number 3 6]
[]
[appended]
SYS$SYSDEVICE:[CASE]DATA.TXT;1
VFCPRNSEQ

==== 12 the logical name of a file
$ WRITE SYS$OUTPUT "[", F$TRNLNM("MX_T"), "]"
$ OPEN/WRITE MX_T X.DAT
$ IF F$TRNLNM("MX_T") .NES. "" THEN WRITE SYS$OUTPUT "open ", F$TRNLNM("MX_T")
$ WRITE SYS$OUTPUT F$TRNLNM("MX_T","LNM$PROCESS",,,,"ACCESS_MODE")
$ OPEN/WRITE MX_T Y.DAT
$ WRITE SYS$OUTPUT "no message, and no file: [", F$SEARCH("Y.DAT"), "]"
$ CLOSE MX_T
$ IF F$TRNLNM("MX_T") .EQS. "" THEN WRITE SYS$OUTPUT "closed"
$ CLOSE/NOLOG MX_T
$ CLOSE MX_T
---- 1
[]
open _DKA0:
SUPERVISOR
no message, and no file: []
closed
%DCL-W-UNDFIL, file has not been opened by DCL - check logical name
 \MX_T\

==== 12 /ERROR takes the place of message and ON action
$ ON WARNING THEN GOTO BAD
$ OPEN/READ/ERROR=NONE F NOT.THERE
$ WRITE SYS$OUTPUT "no"
$NONE:
$ S = $STATUS
$ WRITE SYS$OUTPUT "none ", S
$ READ/ERROR=UNOPENED F LINE
$UNOPENED:
$ WRITE SYS$OUTPUT "unopened ", $STATUS .AND. %XFFFF
$ WRITE/ERROR=W F "x"
$W: CLOSE/ERROR=C F
$C: WRITE SYS$OUTPUT "closed"
$ EXIT
$BAD: WRITE SYS$OUTPUT "bad"
----
none %X00018292
unopened 33160
closed

==== 12 READ at the end without /END_OF_FILE
$ OPEN/WRITE F X.DAT
$ CLOSE F
$ OPEN F X.DAT
$ SET NOON
$ READ F LINE
$ WRITE SYS$OUTPUT $STATUS
$ READ/ERROR=E F LINE
$ WRITE SYS$OUTPUT "no"
$E: WRITE SYS$OUTPUT "an end of file without its label is an error"
$ WRITE F "not for writing"
$ CLOSE F
----
%RMS-E-EOF, end of file detected
%X0001827A
an end of file without its label is an error
%RMS-F-FAC, record operation not permitted by specified file access (FAC)

==== 12 OPEN/READ/WRITE and WRITE/UPDATE
$ OPEN/WRITE F X.DAT
$ WRITE F "one  "
$ WRITE F "two  "
$ WRITE F "three"
$ CLOSE F
$ OPEN/READ/WRITE F X.DAT
$ READ F L
$ READ F L
$ WRITE/UPDATE F "TWO!!"
$ CLOSE F
$ OPEN F X.DAT
$LOOP: READ/END=DONE F L
$ WRITE SYS$OUTPUT L
$ GOTO LOOP
$DONE: CLOSE F
----
one  
TWO!!
three

==== 12 a new version each time; /SHARE
$ OPEN/WRITE F X.DAT
$ WRITE F "1"
$ OPEN/READ/SHARE=WRITE/ERROR=LOCKED G X.DAT
$LOCKED: WRITE SYS$OUTPUT F$MESSAGE($STATUS)
$ CLOSE F
$ OPEN/WRITE F X.DAT
$ CLOSE F
$ WRITE SYS$OUTPUT F$SEARCH("X.DAT")
$ OPEN/APPEND/SHARE=WRITE F X.DAT
$ OPEN/APPEND/SHARE=WRITE G X.DAT
$ WRITE F "from F"
$ WRITE G "from G"
$ CLOSE F
$ CLOSE G
$ OPEN/READ H X.DAT
$ READ H A
$ READ H B
$ WRITE SYS$OUTPUT A, ",", B
----
%RMS-E-FLK, file currently locked by another user
SYS$SYSDEVICE:[CASE]X.DAT;2
from F,from G

==== 10 READ SYS$INPUT takes the data lines
$ READ SYS$INPUT A
first data
$ READ/END=NONE SYS$INPUT B
$ WRITE SYS$OUTPUT "no"
$NONE: WRITE SYS$OUTPUT A
$ READ SYS$INPUT C
$ DECK
$ a line with a dollar
$ EOD
$ WRITE SYS$OUTPUT C
----
first data
$ a line with a dollar

==== 10 TYPE SYS$INPUT, DECK
$ TYPE SYS$INPUT

   one
two 'not substituted' ! no comment
$ TYPE SYS$INPUT
$ DECK/DOLLARS="%%%"
$ WRITE SYS$OUTPUT "x"
$EOD
%%%
$ WRITE SYS$OUTPUT "end"
----

   one
two 'not substituted' ! no comment
$ WRITE SYS$OUTPUT "x"
$EOD
end

==== CREATE with data lines, TYPE
$ CREATE X.TXT
line 1
line 2
$ TYPE X.TXT
$ CREATE EMPTY.TXT
$ TYPE EMPTY.TXT
$ WRITE SYS$OUTPUT F$FILE("X.TXT","RFM")
$ TYPE NO.FILE
---- 1
line 1
line 2
VAR
%TYPE-W-SEARCHFAIL, error searching for SYS$SYSDEVICE:[CASE]NO.FILE;
-RMS-E-FNF, file not found

==== WRITE SYS$ERROR, file names as logical names
$ WRITE SYS$ERROR "to the error stream"
$ DEFINE ELSEWHERE SYS$OUTPUT
$ WRITE ELSEWHERE "through a logical name"
$ OPEN/WRITE ALSO SYS$OUTPUT
$ WRITE ALSO "a file that is SYS$OUTPUT"
$ CLOSE ALSO
$ WRITE NOWHERE "x"
---- 1
to the error stream
through a logical name
a file that is SYS$OUTPUT
%DCL-W-UNDFIL, file has not been opened by DCL - check logical name
 \NOWHERE\

==== 12 READ of an indexed file: /KEY, /INDEX, /MATCH, /DELETE; WRITE/UPDATE
++ D.FDL
FILE
	ORGANIZATION	indexed
RECORD
	SIZE	20
KEY 0
	SEG0_LENGTH	4
	SEG0_POSITION	0
	TYPE	string
	DUPLICATES	no
KEY 1
	SEG0_LENGTH	3
	SEG0_POSITION	4
	TYPE	string
	DUPLICATES	yes
	CHANGES	yes
++
$ CREATE/FDL=D.FDL X.IDX
$ OPEN/READ/WRITE/SHARE=WRITE F X.IDX
$ WRITE F "0001bbb first"
$ WRITE F "0003aaa third"
$ WRITE F "0002aaa second"
$ WRITE/ERROR=DUP F "0002zzz again"
$DUP: WRITE SYS$OUTPUT F$MESSAGE($STATUS)
$ READ/KEY="0002" F L
$ WRITE SYS$OUTPUT L
$ READ F L
$ WRITE SYS$OUTPUT L
$ READ/INDEX=1/KEY="bbb" F L
$ WRITE SYS$OUTPUT L
$ READ/INDEX=1/KEY="aaa" F L
$ READ F M
$ WRITE SYS$OUTPUT L, "|", M
$ READ/INDEX=0/KEY="0002"/DELETE F L
$ READ/INDEX=0/KEY="0002"/ERROR=NONE F L
$NONE: WRITE SYS$OUTPUT F$MESSAGE($STATUS)
$ READ/INDEX=0/MATCH=GE/KEY="0002" F L
$ WRITE SYS$OUTPUT L
$ READ/INDEX=0/MATCH=GT/KEY="0001" F L
$ WRITE SYS$OUTPUT L
$ WRITE/UPDATE F "0003ccc changed"
$ READ/INDEX=1/KEY="ccc" F L
$ WRITE SYS$OUTPUT L
$ CLOSE F
----
%RMS-F-DUP, duplicate key detected (DUP not set)
0002aaa second
0003aaa third
0001bbb first
0003aaa third|0002aaa second
%RMS-E-RNF, record not found
0003aaa third
0003aaa third
0003ccc changed

==== 12 READ/PROMPT: of a file, which asks nothing, and at the end of SYS$COMMAND
++ IN.DAT
from the file
++
$ OPEN F IN.DAT
$ READ/PROMPT="no prompt " F LINE
$ WRITE SYS$OUTPUT "[", LINE, "]"
$ CLOSE F
$ READ/PROMPT="End: "/END_OF_FILE=DONE SYS$COMMAND LINE
$ WRITE SYS$OUTPUT "no"
$DONE:
$ WRITE SYS$OUTPUT "done"
----
[from the file]
done

==== 12 OPEN/SHARE: what the others may do
$ OPEN/WRITE F X.DAT
$ WRITE F "1"
$ CLOSE F
$ OPEN/READ/SHARE=READ A X.DAT
$ OPEN/READ/SHARE=READ B X.DAT
$ OPEN/APPEND/SHARE=WRITE/ERROR=E1 C X.DAT
$ WRITE SYS$OUTPUT "no"
$E1: WRITE SYS$OUTPUT F$MESSAGE($STATUS)
$ CLOSE A
$ CLOSE B
$ OPEN/READ/WRITE/SHARE A X.DAT
$ OPEN/READ/WRITE/SHARE=WRITE B X.DAT
$ READ/NOLOCK B L
$ WRITE SYS$OUTPUT L
$ CLOSE A
$ CLOSE B
$ OPEN/READ A X.DAT
$ OPEN/READ B X.DAT
$ CLOSE A
$ CLOSE B
$ OPEN/SHARE=FOO B X.DAT
---- 1
%RMS-E-FLK, file currently locked by another user
1
%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling
 \FOO\

==== SEARCH: strings and $STATUS
++ A.TXT
One line
another line
the End
++ B.TXT
one more
++
$ SEARCH A.TXT line
$ WRITE SYS$OUTPUT $STATUS
$ SEARCH A.TXT "ONE"
$ SEARCH/EXACT A.TXT "One"
$ SEARCH/EXACT A.TXT "ONE"
$ WRITE SYS$OUTPUT $STATUS, " ", $SEVERITY
$ SEARCH *.TXT one
$ SEARCH A.TXT,B end,more
$ SEARCH/HEADING B.TXT more
$ SEARCH/NOHEADING *.TXT one
----
One line
another line
%X00000001
One line
One line
%SEARCH-I-NOMATCHES, no strings matched
%X08D78053 3

******************************
SYS$SYSDEVICE:[CASE]A.TXT;1

One line

******************************
SYS$SYSDEVICE:[CASE]B.TXT;1

one more

******************************
SYS$SYSDEVICE:[CASE]A.TXT;1

the End

******************************
SYS$SYSDEVICE:[CASE]B.TXT;1

one more

******************************
SYS$SYSDEVICE:[CASE]B.TXT;1

one more
One line
one more

==== SEARCH: /MATCH
++ A.TXT
red green
red
green
blue
++
$ SEARCH A.TXT red,green/MATCH=AND
$ SEARCH A.TXT red,green/MATCH=OR
$ SEARCH A.TXT red,green/MATCH=NOR
$ SEARCH A.TXT red,green/MATCH=NAND
$ SEARCH A.TXT red,green/MATCH=XOR
$ SEARCH A.TXT red,green/MATCH=EQV
$ SEARCH A.TXT "r*d"/WILDCARD_MATCHING
----
red green
red green
red
green
blue
red
green
blue
red
green
red green
blue
red green
red

==== SEARCH: windows, numbers, limits
++ A.TXT
1 a
2 a
3 hit
4 a
5 a
6 a
7 hit
8 a
++
$ SEARCH/NUMBERS A.TXT hit
$ SEARCH/WINDOW=3 A.TXT hit
$ SEARCH/WINDOW=(1,0)/NUMBERS A.TXT hit
$ SEARCH/REMAINING A.TXT "6 a"
$ SEARCH/LIMIT=1 A.TXT a
$ SEARCH/SKIP=5 A.TXT a
$ SEARCH/LOG A.TXT hit
$ SEARCH/NOOUTPUT A.TXT hit
$ WRITE SYS$OUTPUT $STATUS
$ SEARCH/OUTPUT=HITS.TMP A.TXT hit
$ TYPE HITS.TMP
----
       3  3 hit
       7  7 hit
2 a
3 hit
4 a
******************************
6 a
7 hit
8 a
       2  2 a
       3  3 hit
******************************
       6  6 a
       7  7 hit
6 a
7 hit
8 a
1 a
6 a
8 a
3 hit
7 hit
%SEARCH-S-MATCHED, SYS$SYSDEVICE:[CASE]A.TXT;1 - 8 records, 2 matches
%X00000001
3 hit
7 hit

==== SEARCH: statistics
++ A.TXT
one
two
++
$ SEARCH/STATISTICS A.TXT two
----
two

Files searched:                 1           Buffered I/O count:          0
Records searched:               2           Direct I/O count:            0
Characters searched:            6           Page faults:                 0
~ Records matched:                1           Elapsed CPU time:  0 00:00:00\.\d\d
~ Lines printed:                  1           Elapsed time:      0 00:00:\d\d\.\d\d

==== SEARCH: errors
++ A.TXT
one
++
$ SET NOON
$ SEARCH NOPE.TXT x
$ WRITE SYS$OUTPUT $SEVERITY
$ SEARCH NOPE.TXT,A.TXT one
$ WRITE SYS$OUTPUT $SEVERITY
$ SEARCH A.TXT
---- 1
%SEARCH-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOPE.TXT; as input
-RMS-E-FNF, file not found
2
%SEARCH-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOPE.TXT; as input
-RMS-E-FNF, file not found

******************************
SYS$SYSDEVICE:[CASE]A.TXT;1

one
2
%DCL-W-INSFPRM, missing command parameters - supply all required parameters

==== DIFFERENCES
++ A.TXT
first
second
third
fourth
fifth
sixth
++ B.TXT
first
changed
third
fourth
fifth
sixth
more
++
$ DIFFERENCES A.TXT B.TXT
$ WRITE SYS$OUTPUT $STATUS
$ DIFFERENCES A.TXT A.TXT
$ WRITE SYS$OUTPUT $STATUS
$ DIFFERENCES/NONUMBER/MERGED=0 A.TXT B.TXT
$ DIFFERENCES/MAXIMUM_DIFFERENCES=1/OUTPUT=D.TMP A.TXT B.TXT
$ SEARCH D.TMP "sections found"
----
************
File SYS$SYSDEVICE:[CASE]A.TXT;1
    2   second
    3   third
******
File SYS$SYSDEVICE:[CASE]B.TXT;1
    2   changed
    3   third
************
File SYS$SYSDEVICE:[CASE]A.TXT;1
******
File SYS$SYSDEVICE:[CASE]B.TXT;1
    7   more
************

Number of difference sections found: 2
Number of difference records found: 2

DIFFERENCES /IGNORE=()/MERGED=1-
    SYS$SYSDEVICE:[CASE]A.TXT;1-
    SYS$SYSDEVICE:[CASE]B.TXT;1
%X006C8013
Number of difference sections found: 0
Number of difference records found: 0

DIFFERENCES /IGNORE=()/MERGED=1-
    SYS$SYSDEVICE:[CASE]A.TXT;1-
    SYS$SYSDEVICE:[CASE]A.TXT;1
%X006C8009
************
File SYS$SYSDEVICE:[CASE]A.TXT;1
second
******
File SYS$SYSDEVICE:[CASE]B.TXT;1
changed
************
File SYS$SYSDEVICE:[CASE]A.TXT;1
******
File SYS$SYSDEVICE:[CASE]B.TXT;1
more
************

Number of difference sections found: 2
Number of difference records found: 2

DIFFERENCES /IGNORE=()/MERGED=0-
    SYS$SYSDEVICE:[CASE]A.TXT;1-
    SYS$SYSDEVICE:[CASE]B.TXT;1
Number of difference sections found: 2

==== DIFFERENCES: what is ignored; the version before
++ A.TXT
One  line
! comment
text
++ A.TXT;2
one line

text   ! said
++
$ SET NOON
$ DIFFERENCES/IGNORE=(CASE,SPACING,COMMENTS,BLANK_LINES) A.TXT
$ DIFFERENCES/IGNORE=CASE A.TXT
$ DIFFERENCES NOPE.TXT A.TXT
$ DIFFERENCES A.TXT NOPE.TXT
---- 3
Number of difference sections found: 0
Number of difference records found: 0

DIFFERENCES /IGNORE=(CASE,SPACING,COMMENTS,BLANK_LINES)/MERGED=1-
    SYS$SYSDEVICE:[CASE]A.TXT;2-
    SYS$SYSDEVICE:[CASE]A.TXT;1
************
File SYS$SYSDEVICE:[CASE]A.TXT;2
    1   one line
    2   
    3   text   ! said
******
File SYS$SYSDEVICE:[CASE]A.TXT;1
    1   One  line
    2   ! comment
    3   text
************

Number of difference sections found: 1
Number of difference records found: 3

DIFFERENCES /IGNORE=(CASE)/MERGED=1-
    SYS$SYSDEVICE:[CASE]A.TXT;2-
    SYS$SYSDEVICE:[CASE]A.TXT;1
%DIFF-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOPE.TXT; as input
-RMS-E-FNF, file not found
%DIFF-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOPE.TXT; as input
-RMS-E-FNF, file not found

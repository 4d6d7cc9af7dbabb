==== LIBRARY: help
++ FRUIT.HLP
1 APPLE
 A red one.
2 Taste
 Sweet.
1 PEAR
 A green one.
++ PLUM.HLP
1 PLUM
 A blue one.
1 PEAR
 A yellow one.
++
$ LIBRARY/CREATE/HELP/LOG FRUIT FRUIT
$ LIBRARY/LIST FRUIT.HLB
$ LIBRARY/REPLACE/HELP FRUIT PLUM
$ LIBRARY/LIST/ONLY=P* FRUIT.HLB
$ HELP/LIBRARY=SYS$SYSDEVICE:[CASE]FRUIT/NOINSTRUCTIONS/NOPROMPT PEAR
$ LIBRARY/EXTRACT=APPLE/OUTPUT=APPLE.HLP FRUIT.HLB
$ TYPE APPLE.HLP
$ LIBRARY/DELETE=APPLE/LOG FRUIT.HLB
$ SET NOON
$ LIBRARY/INSERT FRUIT.HLB PLUM
$ LIBRARY/DELETE=CHERRY FRUIT.HLB
$ LIBRARY/LIST NOLIB.HLB
$ LIBRARY/LIST=FRUIT.LIS FRUIT.HLB
$ SEARCH FRUIT.LIS PLUM
----
%LIBRAR-S-INSERTED, module APPLE inserted in SYS$SYSDEVICE:[CASE]FRUIT.HLB;1
%LIBRAR-S-INSERTED, module PEAR inserted in SYS$SYSDEVICE:[CASE]FRUIT.HLB;1
~ Directory of HELP library SYS\$SYSDEVICE:\[CASE\]FRUIT\.HLB;1 on [\d A-Z:.-]+
~ Creation date:  [\d A-Z:.-]+      Number of modules:      2
~ Revision date:  [\d A-Z:.-]+      Max\. key length:       31

APPLE
PEAR
~ Directory of HELP library SYS\$SYSDEVICE:\[CASE\]FRUIT\.HLB;1 on [\d A-Z:.-]+
~ Creation date:  [\d A-Z:.-]+      Number of modules:      3
~ Revision date:  [\d A-Z:.-]+      Max\. key length:       31

PEAR
PLUM

PEAR

   A yellow one.
1 APPLE
 A red one.
2 Taste
 Sweet.
%LIBRAR-S-DELETED, module APPLE deleted from SYS$SYSDEVICE:[CASE]FRUIT.HLB;1
%LIBRAR-E-DUPMODULE, module PLUM is already in SYS$SYSDEVICE:[CASE]FRUIT.HLB;1
%LIBRAR-E-DUPMODULE, module PEAR is already in SYS$SYSDEVICE:[CASE]FRUIT.HLB;1
%LIBRAR-W-NOMTCHFOU, no module matching CHERRY found in SYS$SYSDEVICE:[CASE]FRUIT.HLB;1
%LIBRAR-F-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOLIB.HLB; as input
-RMS-E-FNF, file not found
PLUM

==== LIBRARY: text
++ ONE.TXT
the first
++ TWO.TXT
the second
++
$ LIBRARY/CREATE/TEXT WORDS ONE,TWO
$ LIBRARY/LIST WORDS.TLB
$ LIBRARY/INSERT WORDS.TLB TWO/MODULE=THREE
$ LIBRARY/EXTRACT=(ONE,THREE)/OUTPUT=SYS$OUTPUT WORDS.TLB
$ LIBRARY/REPLACE/LOG WORDS.TLB ONE
----
~ Directory of TEXT library SYS\$SYSDEVICE:\[CASE\]WORDS\.TLB;1 on [\d A-Z:.-]+
~ Creation date:  [\d A-Z:.-]+      Number of modules:      2
~ Revision date:  [\d A-Z:.-]+      Max\. key length:       39

ONE
TWO
the first
the second
%LIBRAR-S-REPLACED, module ONE replaced in SYS$SYSDEVICE:[CASE]WORDS.TLB;1

==== SET COMMAND: a table of this process, a file, what is taken away
++ GREET.CLD
DEFINE VERB GREET
    IMAGE "SYS$SYSTEM:TESTIMAGE"
    PARAMETER P1, LABEL=NAME, PROMPT="Whom", VALUE(REQUIRED)
    QUALIFIER LOUD
++ BAD.CLD
DEFINE VERB BAD
    IMAGINE "X"
++
$ SET NOON
$ GREET
$ SET COMMAND GREET
$ GREET/QUIET
$ GREET JOE/LOUD/SOFT
$ SET COMMAND/DELETE=GREET
$ GREET JOE
$ SET COMMAND BAD
$ SET COMMAND NOFILE
$ SET COMMAND/OBJECT=GREET.OBJ GREET
$ DIRECTORY/NOHEADING/NOTRAILING *.OBJ
---- 1
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \GREET\
%DCL-W-IVQUAL, unrecognized qualifier - check validity, spelling, and placement
 \QUIET\
%DCL-W-IVQUAL, unrecognized qualifier - check validity, spelling, and placement
 \SOFT\
%DCL-W-IVVERB, unrecognized command verb - check validity and spelling
 \GREET\
%CDU-E-SYNTAX, SYS$SYSDEVICE:[CASE]BAD.CLD;1 line 2: "IMAGINE" found where a verb clause was expected
%CDU-F-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.CLD; as input
-RMS-E-FNF, file not found
%CDU-E-SYNTAX, GREET: a table for an image needs a MODULE statement
%CDU-E-SYNTAX, GREET: GREET: IMAGE and CLIROUTINE are not allowed in a table for an image
%DIRECT-W-NOFILES, no files found

==== MESSAGE, CXX, LINK: an image with messages of its own
++ FRUIT.MSG
.TITLE FRUIT
.FACILITY FRUIT, 77 /PREFIX=FRUIT_
.SEVERITY WARNING
ROTTEN <!UL are rotten>/FAO_COUNT=1
.SEVERITY INFORMATIONAL
FRESH <all is fresh>
.END
++ BAD.MSG
.FACILITY BAD
++ FRUIT.CXX
#include <lib$routines.h>
int main()
{
    const unsigned int facility = (0x800 | 77) << 16 | 0x8000;
    lib$signal(facility | 2 << 3 | 3);
    lib$signal(facility | 1 << 3 | 0, 1, 3);
    return 1;
}
++ FRUIT.OPT
IDENTIFICATION="V1.0-2"
++
$ MESSAGE FRUIT
$ DIRECTORY/NOHEADING/NOTRAILING FRUIT.OBJ
$ CXX/OBJECT=MAIN.OBJ FRUIT.CXX
$ LINK/EXECUTABLE=FRUIT/NOTRACEBACK MAIN.OBJ,FRUIT.OBJ,FRUIT.OPT/OPTIONS
$ RUN FRUIT
$ ANALYZE/IMAGE/OUTPUT=FRUIT FRUIT
$ SEARCH FRUIT.ANL "image name","identification:",traceback
$ SET NOON
$ MESSAGE BAD
$ WRITE SYS$OUTPUT $SEVERITY
$ MESSAGE NOFILE
---- 3
SYS$SYSDEVICE:[CASE]FRUIT.OBJ;1
%FRUIT-I-FRESH, all is fresh
%FRUIT-W-ROTTEN, 3 are rotten
                image name: "FRUIT"
                image file identification: "V1.0-2"
                traceback: no
SYS$SYSDEVICE:[CASE]BAD.MSG;1:1: .FACILITY name,number [/PREFIX=prefix] is expected
SYS$SYSDEVICE:[CASE]BAD.MSG;1:1: .END is missing
%MESSAGE-E-ERRORS, errors in SYS$SYSDEVICE:[CASE]BAD.MSG;1, no object created
2
%MESSAGE-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.MSG; as input
-RMS-E-FNF, file not found

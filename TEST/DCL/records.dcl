==== SORT
++ IN.DAT
pear      10
apple     9
fig       10
apple     100
++
$ SORT IN.DAT OUT.DAT
$ TYPE OUT.DAT
$ SORT/KEY=(POSITION:11,SIZE:3,DECIMAL,DESCENDING)/KEY=(POSITION:1,SIZE:10) IN.DAT OUT.DAT
$ TYPE OUT.DAT
$ SORT/KEY=(POS:1,SIZE:10)/NODUPLICATES/STATISTICS IN.DAT OUT.DAT
$ TYPE OUT.DAT
$ SET NOON
$ SORT/KEY=(POSITION:0,SIZE:3) IN.DAT OUT.DAT
$ SORT NOFILE.DAT OUT.DAT
$ DIRECTORY/NOHEADING/NOTRAILING OUT.DAT
----
apple     100
apple     9
fig       10
pear      10
apple     100
fig       10
pear      10
apple     9

OpenVMS Sort/Merge Statistics
Records read:               4
Records sorted:             4
Records output:             3
apple     9
fig       10
pear      10
%SORT-E-BADKEY, invalid key: POSITION:0
%SORT-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.DAT; as input
-RMS-E-FNF, file not found
SYS$SYSDEVICE:[CASE]OUT.DAT;3
SYS$SYSDEVICE:[CASE]OUT.DAT;2
SYS$SYSDEVICE:[CASE]OUT.DAT;1

==== CREATE/FDL
++ USERS.FDL
! users by name and by number
FILE
        NAME            "USERS.DAT"
        ORGANIZATION    indexed
RECORD
        FORMAT          variable
        SIZE            40
        CARRIAGE_CONTROL carriage_return
KEY 0
        NAME            "name"
        SEG0_POSITION   0
        SEG0_LENGTH     8
        SEG0_TYPE       string
KEY 1
        SEG0_POSITION   8
        SEG0_LENGTH     4
        DUPLICATES      yes
        CHANGES         yes
++ LOG.FDL
RECORD
        FORMAT          fixed
        SIZE            4
        CARRIAGE_CONTROL none
++ BAD.FDL
RECORD
        FORMAT          fixedd
++ TWO.FDL
KEY 1
        SEG0_LENGTH     4
++
$ CREATE/FDL=USERS/LOG
$ CREATE/FDL=LOG ANSWERS.DAT
$ WRITE SYS$OUTPUT F$FILE("USERS.DAT","ORG")," ",F$FILE("USERS.DAT","MRS")," ",F$FILE("ANSWERS.DAT","RFM")," ",F$FILE("ANSWERS.DAT","MRS")," ",F$FILE("ANSWERS.DAT","RAT")
$ OPEN/READ/WRITE F USERS.DAT
$ WRITE F "SMITH   0002"
$ WRITE F "JONES   0001"
$ CLOSE F
$ TYPE USERS.DAT
$ OPEN/READ F USERS.DAT
$ READ/INDEX=1/KEY="0002" F X
$ WRITE SYS$OUTPUT X
$ CLOSE F
$ SET NOON
$ CREATE/FDL=BAD X.DAT
$ CREATE/FDL=TWO X.DAT
$ CREATE/FDL=NOFILE X.DAT
$ CREATE/FDL=LOG
---- 1
%CREATE-I-CREATED, SYS$SYSDEVICE:[CASE]USERS.DAT;1 created
IDX 40 FIX 4 
JONES   0001
SMITH   0002
SMITH   0002
%FDL-E-SYNTAX, line not understood: FORMAT          fixedd
%FDL-E-SYNTAX, line not understood: KEY 1
%FDL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.FDL; as input
-RMS-E-FNF, file not found
%DCL-W-INSFPRM, missing command parameters - supply all required parameters

==== CONVERT
++ USERS.FDL
FILE
        ORGANIZATION    indexed
RECORD
        FORMAT          variable
        SIZE            12
KEY 0
        SEG0_POSITION   0
        SEG0_LENGTH     5
++ FIX.FDL
RECORD
        FORMAT          fixed
        SIZE            8
        CARRIAGE_CONTROL none
++ IN.DAT
SMITH one
JONES two
SMITH three
ADAMS four, too long
++
$ SET NOON
$ CONVERT/FDL=USERS/EXCEPTIONS_FILE=BAD/STATISTICS IN.DAT USERS.DAT
$ WRITE SYS$OUTPUT $SEVERITY
$ TYPE USERS.DAT
$ TYPE BAD.EXC
$ CONVERT/FDL=USERS/TRUNCATE IN.DAT USERS.DAT
$ TYPE USERS.DAT
$ CONVERT USERS.DAT FLAT.DAT
$ WRITE SYS$OUTPUT F$FILE("FLAT.DAT","ORG"),F$FILE("FLAT.DAT","RFM")
$ CONVERT/APPEND USERS.DAT FLAT.DAT
$ TYPE FLAT.DAT
$ CONVERT/FDL=FIX/PAD="."/TRUNCATE IN.DAT FIX.DAT
$ TYPE FIX.DAT
$ CONVERT NOFILE.DAT X.DAT
$ CONVERT IN.DAT NODIR:[X]X.DAT
---- 5
%CONV-E-RECORD, record 3 of SYS$SYSDEVICE:[CASE]IN.DAT;1 is left out
-RMS-F-DUP, duplicate key detected (DUP not set)
%CONV-E-RECORD, record 4 of SYS$SYSDEVICE:[CASE]IN.DAT;1 is left out
-RMS-F-RSZ, invalid record size (RSZ)

CONVERT Statistics
Number of Files Processed:  1
Total Records Processed:    4
Total Exception Records:    2
Total Valid Records:        2
2
JONES two
SMITH one
SMITH three
ADAMS four, too long
%CONV-E-RECORD, record 3 of SYS$SYSDEVICE:[CASE]IN.DAT;1 is left out
-RMS-F-DUP, duplicate key detected (DUP not set)
ADAMS four, 
JONES two
SMITH one
SEQVAR
ADAMS four, 
JONES two
SMITH one
ADAMS four, 
JONES two
SMITH one
SMITH on
JONES tw
SMITH th
ADAMS fo
%CONV-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.DAT; as input
-RMS-E-FNF, file not found
%CONV-F-OPENOUT, error opening NODIR:[X]X.DAT as output
-RMS-F-DEV, error in device name or inappropriate device type for operation

==== DUMP
++ A.TXT
Hello, world
the second record is longer than one line of the dump
++
$ DUMP/BLOCKS=COUNT:1 A.TXT
$ DUMP/RECORDS=(START:2) A.TXT
$ DUMP/RECORDS=(END:1)/BYTE/DECIMAL A.TXT
$ DUMP/RECORDS=(END:1)/WORD/OCTAL/WIDTH=60 A.TXT
$ SET NOON
$ DUMP/RECORDS=(FIRST:1) A.TXT
$ DUMP NOFILE.TXT
$ DUMP/OUTPUT=A A.TXT
$ SEARCH/NOOUTPUT A.DMP "Virtual block number 1"
$ WRITE SYS$OUTPUT $SEVERITY
----

~ Dump of file SYS\$SYSDEVICE:\[CASE\]A\.TXT;1 on [\d A-Z:.-]+
~ File ID \(.*\)   End of file block 1 / Allocated 4

Virtual block number 1 (00000001), 67 (0043) bytes

 6568740A 646C726F 77202C6F 6C6C6548 Hello, world.the 000000
 69206472 6F636572 20646E6F 63657320  second record i 000010
 6E6F206E 61687420 7265676E 6F6C2073 s longer than on 000020
 75642065 68742066 6F20656E 696C2065 e line of the du 000030
                            000A706D mp.............. 000040

~ Dump of file SYS\$SYSDEVICE:\[CASE\]A\.TXT;1 on [\d A-Z:.-]+
~ File ID \(.*\)   End of file block 1 / Allocated 4

Record number 2 (00000002), 53 (0035) bytes

 726F6365 7220646E 6F636573 20656874 the second recor 000000
 6E616874 20726567 6E6F6C20 73692064 d is longer than 000010
 65687420 666F2065 6E696C20 656E6F20  one line of the 000020
                   00000070 6D756420  dump........... 000030

~ Dump of file SYS\$SYSDEVICE:\[CASE\]A\.TXT;1 on [\d A-Z:.-]+
~ File ID \(.*\)   End of file block 1 / Allocated 4

Record number 1 (00000001), 12 (000C) bytes

 119  32  44 111 108 108 101  72 Hello, w 000000
                 100 108 114 111 orld.... 000008

~ Dump of file SYS\$SYSDEVICE:\[CASE\]A\.TXT;1 on [\d A-Z:.-]+
~ File ID \(.*\)   End of file block 1 / Allocated 4

Record number 1 (00000001), 12 (000C) bytes

 073440 026157 066154 062510 Hello, w 000000
               062154 071157 orld.... 000008

~ Dump of file SYS\$SYSDEVICE:\[CASE\]A\.TXT;1 on [\d A-Z:.-]+
~ File ID \(.*\)   End of file block 1 / Allocated 4
%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling
 \FIRST:1\
%DUMP-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.TXT; as input
-RMS-E-FNF, file not found
1

==== CHECKSUM, UNLOCK
++ A.TXT
123456789
++
$ CHECKSUM A.TXT
$ SHOW SYMBOL CHECKSUM$CHECKSUM
$ CHECKSUM/ALGORITHM=CRC A.TXT
$ WRITE SYS$OUTPUT F$FAO("!XL",F$INTEGER(CHECKSUM$CHECKSUM))
$ CHECKSUM/ALGORITHM=MD5/OUTPUT=SYS$OUTPUT A.TXT
$ CHECKSUM/ALGORITHM=SHA256 A.TXT
$ WRITE SYS$OUTPUT CHECKSUM$CHECKSUM
$ UNLOCK/LOG A.TXT
$ SET NOON
$ CHECKSUM NOFILE.TXT
$ UNLOCK NOFILE.TXT
---- 3
  CHECKSUM$CHECKSUM = "201589821"
CBF43926
25F9E794323B453885F5181F1B624D0B
15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225
%UNLOCK-I-UNLOCKED, SYS$SYSDEVICE:[CASE]A.TXT;1 unlocked
%CHECKSUM-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.TXT; as input
-RMS-E-FNF, file not found
%UNLOCK-E-SEARCHFAIL, error searching for SYS$SYSDEVICE:[CASE]NOFILE.TXT;
-RMS-E-FNF, file not found

==== ANALYZE
++ USERS.FDL
FILE
        ORGANIZATION    indexed
RECORD
        FORMAT          variable
        SIZE            20
KEY 0
        SEG0_POSITION   0
        SEG0_LENGTH     5
KEY 1
        SEG0_POSITION   5
        SEG0_LENGTH     2
        DUPLICATES      yes
        CHANGES         yes
++ IN.DAT
SMITH01
JONES02
++
$ CONVERT/FDL=USERS IN.DAT USERS.DAT
$ ANALYZE/RMS_FILE USERS.DAT
$ ANALYZE/RMS_FILE/FDL USERS.DAT
$ ANALYZE/RMS_FILE/FDL/OUTPUT=COPY.FDL USERS.DAT
$ CREATE/FDL=COPY OTHER.DAT
$ ANALYZE/RMS_FILE/OUTPUT=OTHER OTHER.DAT
$ SEARCH OTHER.ANL "Key 1","Records:","uncovered"
$ CREATE SHORT.DAT
$ DECK
xx
$ EOD
$ SET FILE/ATTRIBUTES=(RFM:VAR,RAT:NONE) SHORT.DAT
$ SET NOON
$ ANALYZE/RMS_FILE/OUTPUT=BAD SHORT.DAT
$ WRITE SYS$OUTPUT $SEVERITY
$ SEARCH BAD.ANL "Record Format","***",uncovered
$ SET FILE/ATTRIBUTES=(RFM:FIX,MRS:2) SHORT.DAT
$ ANALYZE/RMS_FILE/OUTPUT=BAD SHORT.DAT
$ SEARCH BAD.ANL "Record Format","***",uncovered
$ ANALYZE/IMAGE SYS$SYSTEM:TESTIMAGE
$ ANALYZE/IMAGE/OUTPUT=X IN.DAT
$ WRITE SYS$OUTPUT $SEVERITY
$ SEARCH X.ANL "***",uncovered
$ ANALYZE/RMS_FILE NOFILE.DAT
$ ANALYZE/DISK_STRUCTURE DKA0:
$ ANALYZE/IMAGE
---- 1

~ Check RMS File Integrity              [\d A-Z:.-]+
SYS$SYSDEVICE:[CASE]USERS.DAT;1

FILE HEADER
        File Spec: SYS$SYSDEVICE:[CASE]USERS.DAT;1
~         File ID: .*
        Owner UIC: [1,4]
        Protection:  System: RWED, Owner: RWED, Group: RE, World: 
~         Creation Date:   [\d A-Z:.-]+
~         Revision Date:   [\d A-Z:.-]+, Number: 1
        Expiration Date: none specified
        Backup Date:     none posted
        Contiguity Options:  none
        Performance Options: none
        Reliability Options: none
        Journaling Enabled:  none

RMS FILE ATTRIBUTES
        File Organization: indexed
        Record Format: variable
        Record Attributes: carriage-return
        Maximum Record Size: 20
        Longest Record: 7
        Records: 2
~         Blocks Allocated: \d+, Default Extend Size: 0
~         End-of-File VBN: \d+, Offset: .*
        Key 0: position 0, size 5
        Key 1: position 5, size 2, duplicates, changes

The analysis uncovered NO errors.
FILE
        NAME                    "SYS$SYSDEVICE:[CASE]USERS.DAT;1"
        ORGANIZATION            INDEXED

RECORD
        CARRIAGE_CONTROL        CARRIAGE_RETURN
        FORMAT                  VARIABLE
        SIZE                    20

KEY 0
        CHANGES                 NO
        DUPLICATES              NO
        SEG0_LENGTH             5
        SEG0_POSITION           0
        SEG0_TYPE               STRING

KEY 1
        CHANGES                 YES
        DUPLICATES              YES
        SEG0_LENGTH             2
        SEG0_POSITION           5
        SEG0_TYPE               STRING
        Records: 0
        Key 1: position 5, size 2, duplicates, changes
The analysis uncovered NO errors.
0
        Record Format: variable
***  The record at VBN 1, offset 0 goes beyond the end of the file.
The analysis uncovered 1 error.
        Record Format: fixed
***  The record at VBN 1, offset 2 goes beyond the end of the file.
The analysis uncovered 1 error.

~ Analyze Image                         [\d A-Z:.-]+
SYS$COMMON:[SYSEXE]TESTIMAGE.EXE;1

IMAGE HEADER
        image type: executable (EIHD$K_EXE)
~         architecture: .* of the host

        Image Identification Information
                image name: "TESTIMAGE"
                image file identification: ""
~                 link date/time: [\d A-Z:.-]+

The analysis uncovered NO errors.
0
***  This is not an image.
The analysis uncovered 1 error.
%ANALYZE-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.DAT; as input
-RMS-E-FNF, file not found
%SYSTEM-E-UNSUPPORTED, unsupported operation or function
%DCL-W-INSFPRM, missing command parameters - supply all required parameters

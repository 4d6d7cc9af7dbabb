==== names in columns; a long name takes as many as it needs
++ A.TXT
one
++ B.TXT
two
++ C_LONG_NAME_OF_A_FILE.TXT
three
++ D.DAT
four
++
$ DIRECTORY
$ DIRECTORY/COLUMNS=2 *.TXT
$ DIRECTORY/COLUMNS=1/NOTRAILING *.TXT
----

Directory SYS$SYSDEVICE:[CASE]

A.TXT;1             B.TXT;1             CASE.COM;1
C_LONG_NAME_OF_A_FILE.TXT;1             D.DAT;1

Total of 5 files.

Directory SYS$SYSDEVICE:[CASE]

A.TXT;1                                 B.TXT;1
C_LONG_NAME_OF_A_FILE.TXT;1

Total of 3 files.

Directory SYS$SYSDEVICE:[CASE]

A.TXT;1
B.TXT;1
C_LONG_NAME_OF_A_FILE.TXT;1

==== several directories; totals
++ A.TXT
one
++
$ CREATE/DIRECTORY [.SUB]
$ COPY A.TXT [.SUB]
$ COPY A.TXT [.SUB]
$ DIRECTORY [...]*.TXT;*
$ DIRECTORY/TOTAL [...]*.TXT;*
$ DIRECTORY/GRAND_TOTAL [...]*.TXT;*
$ DIRECTORY/GRAND_TOTAL/SIZE=ALL [...]*.TXT;*
$ DIRECTORY/VERSIONS=1/NOTRAILING [.SUB]
----

Directory SYS$SYSDEVICE:[CASE]

A.TXT;1

Total of 1 file.

Directory SYS$SYSDEVICE:[CASE.SUB]

A.TXT;2             A.TXT;1

Total of 2 files.

Grand total of 2 directories, 3 files.

Directory SYS$SYSDEVICE:[CASE]

Total of 1 file.

Directory SYS$SYSDEVICE:[CASE.SUB]

Total of 2 files.

Grand total of 2 directories, 3 files.

Grand total of 2 directories, 3 files.

Grand total of 2 directories, 3 files, 3/12 blocks.

Directory SYS$SYSDEVICE:[CASE.SUB]

A.TXT;2

==== fields
++ A.TXT
one
++ B_WITH_A_LONG_NAME.TXT
two
++
$ DIRECTORY/SIZE *.TXT
$ DIRECTORY/SIZE=ALL/DATE *.TXT
$ DIRECTORY/SIZE=ALLOCATION A.TXT
$ DIRECTORY/OWNER/PROTECTION *.TXT
$ DIRECTORY/SECURITY/WIDTH=(FILENAME=30,OWNER=8) *.TXT
$ DIRECTORY/DATE=(CREATED,MODIFIED) A.TXT
$ DIRECTORY/DATE=BACKUP/FILE_ID A.TXT
----

Directory SYS$SYSDEVICE:[CASE]

A.TXT;1                   1
B_WITH_A_LONG_NAME.TXT;1
                          1

Total of 2 files, 2 blocks.

Directory SYS$SYSDEVICE:[CASE]

~ A\.TXT;1                   1/4        [ 123]\d-\w{3}-\d{4} [\d:.]+
B_WITH_A_LONG_NAME.TXT;1
~                           1/4        [ 123]\d-\w{3}-\d{4} [\d:.]+

Total of 2 files, 2/8 blocks.

Directory SYS$SYSDEVICE:[CASE]

A.TXT;1                   4

Total of 1 file, 4 blocks.

Directory SYS$SYSDEVICE:[CASE]

A.TXT;1              [1,4]                 (RWED,RWED,RE,RE)
B_WITH_A_LONG_NAME.TXT;1
                     [1,4]                 (RWED,RWED,RE,RE)

Total of 2 files.

Directory SYS$SYSDEVICE:[CASE]

A.TXT;1                         [1,4]     (RWED,RWED,RE,RE)
B_WITH_A_LONG_NAME.TXT;1        [1,4]     (RWED,RWED,RE,RE)

Total of 2 files.

Directory SYS$SYSDEVICE:[CASE]

~ A\.TXT;1              [ 123]\d-\w{3}-\d{4} [\d:.]+  [ 123]\d-\w{3}-\d{4} [\d:.]+

Total of 1 file.

Directory SYS$SYSDEVICE:[CASE]

~ A\.TXT;1             \(\d+,1,0\) +<No backup recorded>

Total of 1 file.

==== /FULL
++ A.TXT
one
++
$ COPY A.TXT B.TXT
$ OPEN/WRITE F C.DAT
$ WRITE F "text"
$ CLOSE F
$ CREATE/DIRECTORY [.D]
$ DIRECTORY/FULL B.TXT
$ DIRECTORY/FULL/NOTRAILING C.DAT
$ DIRECTORY/FULL/NOTRAILING D.DIR
$ WRITE SYS$OUTPUT "end"
----

Directory SYS$SYSDEVICE:[CASE]

~ B\.TXT;1                       File ID:  \(\d+,1,0\)
Size:            1/4          Owner:    [1,4]
~ Created:   [ 123]\d-\w{3}-\d{4} [\d:.]+
~ Revised:   [ 123]\d-\w{3}-\d{4} [\d:.]+ \(1\)
Expires:   <None specified>
Backup:    <No backup recorded>
Effective: <None specified>
Recording: <None specified>
File organization:  Sequential
Shelved state:      Online
Caching attribute:  Writethrough
File attributes:    Allocation: 4, Extend: 0, Global buffer count: 0
                    No version limit
Record format:      Stream_LF, maximum 0 bytes
Record attributes:  Carriage return carriage control
RMS attributes:     None
Journaling enabled: None
File protection:    System:RWED, Owner:RWED, Group:RE, World:
Access Cntrl List:  None
Client attributes:  None

Total of 1 file, 1/4 blocks.

Directory SYS$SYSDEVICE:[CASE]

~ C\.DAT;1                       File ID:  \(\d+,1,0\)
Size:            1/4          Owner:    [1,4]
~ Created:   [ 123]\d-\w{3}-\d{4} [\d:.]+
~ Revised:   [ 123]\d-\w{3}-\d{4} [\d:.]+ \(1\)
Expires:   <None specified>
Backup:    <No backup recorded>
Effective: <None specified>
Recording: <None specified>
File organization:  Sequential
Shelved state:      Online
Caching attribute:  Writethrough
File attributes:    Allocation: 4, Extend: 0, Global buffer count: 0
                    No version limit
Record format:      VFC, 2 byte header, maximum 0 bytes
Record attributes:  Print file carriage control
RMS attributes:     None
Journaling enabled: None
File protection:    System:RWED, Owner:RWED, Group:RE, World:
Access Cntrl List:  None
Client attributes:  None


Directory SYS$SYSDEVICE:[CASE]

~ D\.DIR;1                       File ID:  \(\d+,1,0\)
Size:            1/4          Owner:    [1,4]
~ Created:   [ 123]\d-\w{3}-\d{4} [\d:.]+
~ Revised:   [ 123]\d-\w{3}-\d{4} [\d:.]+ \(1\)
Expires:   <None specified>
Backup:    <No backup recorded>
Effective: <None specified>
Recording: <None specified>
File organization:  Sequential
Shelved state:      Online
Caching attribute:  Writethrough
File attributes:    Allocation: 4, Extend: 0, Global buffer count: 0
                    No version limit, Directory file
Record format:      Stream_LF, maximum 0 bytes
Record attributes:  Carriage return carriage control
RMS attributes:     None
Journaling enabled: None
File protection:    System:RWE, Owner:RWE, Group:RE, World:RE
Access Cntrl List:  None
Client attributes:  None

end

==== no headings, fields of the name
++ A.TXT
one
++ B.TXT
one
++
$ DIRECTORY/NOHEADING/NOTRAILING *.TXT
$ DIRECTORY/NOHEADING/NOTRAILING/SIZE *.TXT
$ DIRECTORY/NOHEADING/NOTRAILING/SELECT=FILE=(NODEVICE,NODIRECTORY,NOVERSION) *.TXT
----
SYS$SYSDEVICE:[CASE]A.TXT;1
SYS$SYSDEVICE:[CASE]B.TXT;1
SYS$SYSDEVICE:[CASE]A.TXT;1
                          1
SYS$SYSDEVICE:[CASE]B.TXT;1
                          1
A.TXT
B.TXT

==== selection
++ A.TXT
one
++ B.TXT
two
++ B.DAT
three
++
$ DIRECTORY/NOHEADING/NOTRAILING/EXCLUDE=B.* *.TXT,*.DAT
$ DIRECTORY/NOHEADING/NOTRAILING/EXCLUDE=(*.TXT,*.COM)
$ DIRECTORY/NOHEADING/NOTRAILING/SINCE=TOMORROW
$ DIRECTORY/NOHEADING/NOTRAILING/BEFORE=YESTERDAY/MODIFIED
$ DIRECTORY/NOHEADING/NOTRAILING/SINCE *.TXT
$ DIRECTORY/NOHEADING/NOTRAILING/SINCE=TODAY/MODIFIED B.*
$ DIRECTORY/NOHEADING/NOTRAILING/BY_OWNER=[1,4] A.*
$ DIRECTORY/BY_OWNER=[200,1]
$ DIRECTORY/NOHEADING/NOTRAILING/SELECT=SIZE=MINIMUM=2 *.*
---- 1
SYS$SYSDEVICE:[CASE]A.TXT;1
SYS$SYSDEVICE:[CASE]B.DAT;1
%DIRECT-W-NOFILES, no files found
%DIRECT-W-NOFILES, no files found
SYS$SYSDEVICE:[CASE]A.TXT;1
SYS$SYSDEVICE:[CASE]B.TXT;1
SYS$SYSDEVICE:[CASE]B.DAT;1
SYS$SYSDEVICE:[CASE]B.TXT;1
SYS$SYSDEVICE:[CASE]A.TXT;1
%DIRECT-W-NOFILES, no files found
%DIRECT-W-NOFILES, no files found

==== a list takes what it leaves out from the element before; output to a file
++ A.TXT
one
++ B.TXT
two
++
$ CREATE/DIRECTORY [.SUB]
$ COPY *.TXT [.SUB]
$ DIRECTORY/OUTPUT=LIST.TMP/NOHEADING/NOTRAILING [.SUB]A.TXT,B
$ TYPE LIST.TMP
$ DEFINE/USER SYS$OUTPUT OTHER.TMP
$ DIRECTORY/NOHEADING/NOTRAILING A.TXT
$ TYPE OTHER.TMP
----
SYS$SYSDEVICE:[CASE.SUB]A.TXT;1
SYS$SYSDEVICE:[CASE.SUB]B.TXT;1
SYS$SYSDEVICE:[CASE]A.TXT;1

==== nothing found, $STATUS
$ SET NOON
$ DIRECTORY NOPE.*
$ WRITE SYS$OUTPUT $STATUS
$ DIRECTORY [.NOPE]
$ WRITE SYS$OUTPUT $STATUS
$ DIRECTORY NODEVICE:[X]
$ DIRECTORY A[B
$ DIRECTORY/SINCE=NODATE
$ DIRECTORY/NOHEADING/NOTRAILING [.NOPE],[]CASE.COM
$ WRITE SYS$OUTPUT $SEVERITY
----
%DIRECT-W-NOFILES, no files found
%X10018290
%DIRECT-E-OPENIN, error opening SYS$SYSDEVICE:[CASE.NOPE]*.*;* as input
-RMS-E-DNF, directory not found
%X1095109A
%DIRECT-F-OPENIN, error opening NODEVICE:[X] as input
-RMS-F-DEV, error in device name or inappropriate device type for operation
%DCL-W-DIRECT, invalid directory syntax - check brackets and other delimiters
 \A[B\
%DCL-W-IVATIME, invalid absolute time - use DD-MMM-YYYY:HH:MM:SS.CC format
 \NODATE\
%DIRECT-E-OPENIN, error opening SYS$SYSDEVICE:[CASE.NOPE]*.*;* as input
-RMS-E-DNF, directory not found
SYS$SYSDEVICE:[CASE]CASE.COM;1
2

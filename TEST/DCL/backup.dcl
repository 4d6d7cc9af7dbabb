==== a save set: written, listed, restored
++ A.TXT
one
++ B.DAT
two
++
$ CREATE/DIRECTORY [.SUB.LOW]
$ COPY A.TXT [.SUB.LOW]
$ SET FILE/PROTECTION=(W:R) A.TXT
$ BACKUP/LOG [...]*.*;*/EXCLUDE=CASE.COM [-]SET.BCK/SAVE_SET/COMMENT="to be kept"
$ BACKUP/LIST [-]SET.BCK/SAVE_SET
$ BACKUP/LOG [-]SET.BCK/SAVE_SET [.NEW...]
$ DIFFERENCES/OUTPUT=NL: A.TXT [.NEW]A.TXT
$ WRITE SYS$OUTPUT $SEVERITY, F$FILE("A.TXT","RDT") .EQS. F$FILE("[.NEW]A.TXT","RDT"), F$FILE("A.TXT","CDT") .EQS. F$FILE("[.NEW]A.TXT","CDT")
$ DIRECTORY/PROTECTION/NOHEADING/NOTRAILING [.NEW...]
$ BACKUP/LOG/SELECT=[CASE.SUB...]*.TXT [-]SET.BCK/SAVE_SET []Z.*
$ DELETE [-]SET.BCK;*
----
%BACKUP-S-COPIED, copied SYS$SYSDEVICE:[CASE]A.TXT;1
%BACKUP-S-COPIED, copied SYS$SYSDEVICE:[CASE]B.DAT;1
%BACKUP-S-COPIED, copied SYS$SYSDEVICE:[CASE]SUB.DIR;1
%BACKUP-S-COPIED, copied SYS$SYSDEVICE:[CASE.SUB]LOW.DIR;1
%BACKUP-S-COPIED, copied SYS$SYSDEVICE:[CASE.SUB.LOW]A.TXT;1
Listing of save set(s)

Save set:          SET.BCK
Written by:        SYSTEM
UIC:               [000001,000004]
~ Date:              [ 123]\d-\w{3}-\d{4} [\d:.]+
Command:           BACKUP/LOG [...]*.*;*/EXCLUDE=CASE.COM [-]SET.BCK/SAVE_SET/COMMENT="to be kept"
Node name:         _NODE::
Block size:        32256
Comment:           to be kept

~ \[CASE\]A\.TXT;1                                              1  [ 123]\d-\w{3}-\d{4} [\d:.]+
~ \[CASE\]B\.DAT;1                                              1  [ 123]\d-\w{3}-\d{4} [\d:.]+
~ \[CASE\]SUB\.DIR;1                                            0  [ 123]\d-\w{3}-\d{4} [\d:.]+
~ \[CASE\.SUB\]LOW\.DIR;1                                        0  [ 123]\d-\w{3}-\d{4} [\d:.]+
~ \[CASE\.SUB\.LOW\]A\.TXT;1                                      1  [ 123]\d-\w{3}-\d{4} [\d:.]+

Total of 5 files, 3 blocks
End of save set
%BACKUP-S-CREDIR, created directory SYS$SYSDEVICE:[CASE.NEW]
%BACKUP-S-CREATED, created SYS$SYSDEVICE:[CASE.NEW]A.TXT;1
%BACKUP-S-CREATED, created SYS$SYSDEVICE:[CASE.NEW]B.DAT;1
%BACKUP-S-CREDIR, created directory SYS$SYSDEVICE:[CASE.NEW.SUB]
%BACKUP-S-CREDIR, created directory SYS$SYSDEVICE:[CASE.NEW.SUB.LOW]
%BACKUP-S-CREATED, created SYS$SYSDEVICE:[CASE.NEW.SUB.LOW]A.TXT;1
111
SYS$SYSDEVICE:[CASE.NEW]A.TXT;1
                     (RWED,RWED,RE,R)
SYS$SYSDEVICE:[CASE.NEW]B.DAT;1
                     (RWED,RWED,RE,RE)
SYS$SYSDEVICE:[CASE.NEW]SUB.DIR;1
                     (RWE,RWE,RE,RE)
SYS$SYSDEVICE:[CASE.NEW.SUB]LOW.DIR;1
                     (RWE,RWE,RE,RE)
SYS$SYSDEVICE:[CASE.NEW.SUB.LOW]A.TXT;1
                     (RWED,RWED,RE,)
%BACKUP-S-CREATED, created SYS$SYSDEVICE:[CASE]Z.TXT;1

==== restored over files that are there
++ A.TXT
one
++
$ SET NOON
$ BACKUP A.TXT A.BCK/SAVE_SET/INTERCHANGE/BLOCK_SIZE=8192
$ BACKUP A.BCK/SAVE_SET []
$ WRITE SYS$OUTPUT $SEVERITY
$ BACKUP/REPLACE/LOG A.BCK/SAVE_SET []
$ BACKUP/NEW_VERSION/LOG A.BCK/SAVE_SET []
$ WRITE SYS$OUTPUT F$FILE("A.BCK","RFM"), F$FILE("A.BCK","MRS"), " ", F$FILE("A.BCK","EOF")
$ DIRECTORY/NOHEADING/NOTRAILING A.TXT;*
----
%BACKUP-E-OPENOUT, error opening SYS$SYSDEVICE:[CASE]A.TXT;1 as output
-RMS-E-FEX, file already exists, not superseded
2
%BACKUP-S-CREATED, created SYS$SYSDEVICE:[CASE]A.TXT;1
%BACKUP-S-CREATED, created SYS$SYSDEVICE:[CASE]A.TXT;2
FIX8192 16
SYS$SYSDEVICE:[CASE]A.TXT;2
SYS$SYSDEVICE:[CASE]A.TXT;1

==== copied, compared, verified, deleted
++ A.TXT
one
++ B.TXT
two
++
$ SET NOON
$ CREATE/DIRECTORY [.SUB]
$ COPY A.TXT [.SUB]
$ BACKUP/LOG [.SUB...]*.* [.COPY...]
$ BACKUP/COMPARE/LOG [.SUB]*.* [.COPY]*.*
$ COPY B.TXT [.COPY]A.TXT;1/REPLACE
$ BACKUP/COMPARE [.SUB]*.* [.COPY]*.*
$ BACKUP/VERIFY *.TXT V.BCK/SAVE_SET
$ BACKUP/COMPARE V.BCK/SAVE_SET []
$ BACKUP/DELETE B.TXT D.BCK/SAVE_SET
$ DIRECTORY B.TXT
---- 1
%BACKUP-S-CREDIR, created directory SYS$SYSDEVICE:[CASE.COPY]
%BACKUP-S-CREATED, created SYS$SYSDEVICE:[CASE.COPY]A.TXT;1
%BACKUP-S-COMPARED, compared SYS$SYSDEVICE:[CASE.SUB]A.TXT;1
%BACKUP-E-VERIFYERR, verification error for block 1 of SYS$SYSDEVICE:[CASE.COPY]A.TXT;1
%DIRECT-W-NOFILES, no files found

==== errors
++ A.TXT
one
++ BAD.BCK
no save set
++
$ SET NOON
$ BACKUP NOPE.TXT X.BCK/SAVE_SET
$ BACKUP *.NOPE X.BCK/SAVE_SET
$ DIRECTORY X.BCK
$ BACKUP/LIST BAD.BCK/SAVE_SET
$ BACKUP/LIST NOPE.BCK/SAVE_SET
$ BACKUP A.TXT GOOD.BCK/SAVE_SET
$ OPEN/READ/WRITE F GOOD.BCK
$ CLOSE F
$ OPEN/WRITE F LOCKED.TXT
$ BACKUP LOCKED.TXT X.BCK/SAVE_SET
$ CLOSE F
$ BACKUP A.TXT X.BCK/SAVE_SET/BLOCK_SIZE=100
$ BACKUP A.TXT
$ BACKUP/IMAGE/PHYSICAL A.TXT X.BCK/SAVE_SET
---- 1
%BACKUP-W-NOFILES, no files selected from SYS$SYSDEVICE:[CASE]NOPE.TXT;*
%BACKUP-W-NOFILES, no files selected from SYS$SYSDEVICE:[CASE]*.NOPE;*
%DIRECT-W-NOFILES, no files found
%BACKUP-F-NOTSAVESET, SYS$SYSDEVICE:[CASE]BAD.BCK;1 is not a BACKUP save set
%BACKUP-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOPE.BCK; as input
-RMS-E-FNF, file not found
%BACKUP-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]LOCKED.TXT;1 as input
-RMS-E-FLK, file currently locked by another user
%DCL-W-IVVALU, invalid value syntax - value not allowed here
 \100\
%DCL-W-INSFPRM, missing command parameters - supply all required parameters
%DCL-W-CONFLICT, illegal combination of command elements - check documentation
 \PHYSICAL\

==== DELETE
++ A.TXT
one
++ A.TXT;2
two
++ B.TXT
three
++
$ SET NOON
$ DELETE A.TXT
$ WRITE SYS$OUTPUT $SEVERITY
$ COPY B.TXT C.TXT
$ DELETE/LOG C.TXT;
$ DELETE/LOG *.TXT;*
$ DELETE A.TXT;*
$ WRITE SYS$OUTPUT $STATUS
$ DELETE/NOLOG NOPE.TXT;1
---- 1
%DELETE-E-DELVER, explicit version number or wild card required
2
%DELETE-I-FILDEL, SYS$SYSDEVICE:[CASE]C.TXT;1 deleted (1 block)
%DELETE-I-FILDEL, SYS$SYSDEVICE:[CASE]A.TXT;2 deleted (1 block)
%DELETE-I-FILDEL, SYS$SYSDEVICE:[CASE]A.TXT;1 deleted (1 block)
%DELETE-I-FILDEL, SYS$SYSDEVICE:[CASE]B.TXT;1 deleted (1 block)
%DELETE-I-TOTAL, 3 files deleted (3 blocks)
%DELETE-W-SEARCHFAIL, error searching for SYS$SYSDEVICE:[CASE]A.TXT;*
-RMS-E-FNF, file not found
%X10931238
%DELETE-W-SEARCHFAIL, error searching for SYS$SYSDEVICE:[CASE]NOPE.TXT;1
-RMS-E-FNF, file not found

==== DELETE: directories, protection, selection
++ A.TXT
one
++ B.TXT
two
++
$ SET NOON
$ CREATE/DIRECTORY [.SUB.LOW]
$ COPY A.TXT [.SUB.LOW]
$ DELETE SUB.DIR;1
$ DELETE/EXCLUDE=A.*/LOG *.TXT;*
$ DELETE/SINCE=TOMORROW/LOG *.TXT;*
$ DELETE/TREE/LOG [.SUB...]*.*;*
$ DELETE/LOG SUB.DIR;1
$ SET PROTECTION=(S:RWE,O:RWE) A.TXT
$ SET PROCESS/PRIVILEGE=(NOALL,TMPMBX)
$ DELETE A.TXT;1
$ DELETE/CONFIRM A.TXT;1
$ DELETE/GRAND_TOTAL A.TXT;1
---- 1
%DELETE-W-FILNOTDEL, error deleting SYS$SYSDEVICE:[CASE]SUB.DIR;1
-RMS-E-MKD, ACP could not mark file for deletion
-SYSTEM-F-DIRNOTEMPTY, directory file is not empty
%DELETE-I-FILDEL, SYS$SYSDEVICE:[CASE]B.TXT;1 deleted (1 block)
%DELETE-I-FILDEL, SYS$SYSDEVICE:[CASE.SUB.LOW]A.TXT;1 deleted (1 block)
%DELETE-I-FILDEL, SYS$SYSDEVICE:[CASE.SUB]LOW.DIR;1 deleted (1 block)
%DELETE-I-TOTAL, 2 files deleted (2 blocks)
%DELETE-I-FILDEL, SYS$SYSDEVICE:[CASE]SUB.DIR;1 deleted (1 block)
%DELETE-W-FILNOTDEL, error deleting SYS$SYSDEVICE:[CASE]A.TXT;1
-RMS-E-PRV, insufficient privilege or file protection violation
-SYSTEM-F-NOPRIV, insufficient privilege or object protection violation
%DELETE-W-FILNOTDEL, error deleting SYS$SYSDEVICE:[CASE]A.TXT;1
-RMS-E-PRV, insufficient privilege or file protection violation
-SYSTEM-F-NOPRIV, insufficient privilege or object protection violation
%DELETE-I-TOTAL, 0 files deleted (0 blocks)

==== PURGE
++ A.TXT
one
++
$ SET NOON
$ COPY A.TXT A.TXT
$ COPY A.TXT A.TXT
$ COPY A.TXT B.TXT;4
$ COPY A.TXT B.TXT;5
$ PURGE/LOG/KEEP=2
$ PURGE/LOG B.TXT
$ PURGE/LOG *.TXT
$ PURGE/LOG *.TXT
$ PURGE A.TXT;1
$ PURGE/KEEP=0
$ PURGE NOPE.*
$ DIRECTORY/NOHEADING/NOTRAILING *.TXT;*
----
%PURGE-I-FILPURG, SYS$SYSDEVICE:[CASE]A.TXT;1 deleted (1 block)
%PURGE-I-FILPURG, SYS$SYSDEVICE:[CASE]B.TXT;4 deleted (1 block)
%PURGE-I-FILPURG, SYS$SYSDEVICE:[CASE]A.TXT;2 deleted (1 block)
%PURGE-I-NOFILPURG, no files purged for SYS$SYSDEVICE:[CASE]*.TXT
%PURGE-E-PURGEVER, version numbers not permitted
%DCL-W-IVVALU, invalid value syntax - value not allowed here
 \0\
SYS$SYSDEVICE:[CASE]A.TXT;3
SYS$SYSDEVICE:[CASE]B.TXT;5

==== CREATE
$ CREATE/LOG A.TXT
line 1
 line 2
$ CREATE B.TXT,C.TXT
both
$ CREATE/PROTECTION=(G,W)/OWNER_UIC=[200,1] D.TXT
$DECK
$ WRITE SYS$OUTPUT "x"
$EOD
$ TYPE A.TXT
$ TYPE D.TXT
$ DIRECTORY/SECURITY/NOHEADING/NOTRAILING/SELECT=FILE=(NODEVICE,NODIRECTORY) *.TXT
$ WRITE SYS$OUTPUT F$FILE("A.TXT","RFM"), F$FILE("A.TXT","RAT")
$ CREATE [.NOPE]X.TXT
text
---- 3
%CREATE-I-CREATED, SYS$SYSDEVICE:[CASE]A.TXT;1 created
line 1
 line 2
$ WRITE SYS$OUTPUT "x"
A.TXT;1              [1,4]                 (RWED,RWED,RE,)
B.TXT;1              [1,4]                 (RWED,RWED,RE,)
C.TXT;1              [1,4]                 (RWED,RWED,RE,)
D.TXT;1              [200,1]               (RWED,RWED,,)
VARCR
%CREATE-E-OPENOUT, error opening SYS$SYSDEVICE:[CASE.NOPE]X.TXT; as output
-RMS-E-DNF, directory not found

==== CREATE/DIRECTORY
$ SET NOON
$ CREATE/DIRECTORY/LOG [.A.B]
$ CREATE/DIRECTORY [.A]
$ CREATE/DIRECTORY/LOG/OWNER_UIC=[200,1]/PROTECTION=(S:RWED,O:RWED,G,W) [.C],[.D]
$ DIRECTORY/SECURITY/NOHEADING/NOTRAILING/SELECT=FILE=(NODEVICE,NODIRECTORY) *.DIR
$ CREATE/DIRECTORY [.A]X.TXT
$ CREATE/DIRECTORY NAME
$ CREATE/DIRECTORY [.*]
$ SET PROTECTION=(S:R,O:R) A.DIR
$ SET PROCESS/PRIVILEGE=(NOALL,TMPMBX)
$ CREATE/DIRECTORY [.A.NEW]
$ CREATE/DIRECTORY/OWNER_UIC=[300,1] [.E]
---- 5
%CREATE-I-CREATED, SYS$SYSDEVICE:[CASE.A.B] created
%CREATE-I-EXISTS, SYS$SYSDEVICE:[CASE.A] already exists
%CREATE-I-CREATED, SYS$SYSDEVICE:[CASE.C] created
%CREATE-I-CREATED, SYS$SYSDEVICE:[CASE.D] created
A.DIR;1              [1,4]                 (RWE,RWE,RE,RE)
C.DIR;1              [200,1]               (RWED,RWED,,)
D.DIR;1              [200,1]               (RWED,RWED,,)
%CREATE-F-DIRNOTCRE, [.A]X.TXT directory file not created
-RMS-F-DIR, error in directory name
%CREATE-F-DIRNOTCRE, NAME directory file not created
-RMS-F-DIR, error in directory name
%CREATE-F-DIRNOTCRE, [.*] directory file not created
-RMS-F-DIR, error in directory name
%CREATE-E-DIRNOTCRE, SYS$SYSDEVICE:[CASE.A.NEW] directory file not created
-RMS-E-PRV, insufficient privilege or file protection violation
%CREATE-F-DIRNOTCRE, SYS$SYSDEVICE:[CASE.E] directory file not created
-SYSTEM-F-NOPRIV, insufficient privilege or object protection violation

==== TYPE
++ A.TXT
one
two
++ B.TXT
three
++ C.LIS
listing
++
$ SET NOON
$ TYPE A.TXT
$ TYPE C
$ TYPE A.TXT,B
$ TYPE/HEADER B.TXT
$ TYPE *.TXT/EXCLUDE=A.*
$ TYPE/TAIL=1 A.TXT
$ TYPE/OUTPUT=OUT.TMP A.TXT
$ TYPE OUT.TMP
$ TYPE SYS$INPUT
data
$ TYPE NOPE.TXT
$ WRITE SYS$OUTPUT $SEVERITY
$ TYPE NOPE.TXT,B.TXT
---- 1
one
two
listing


SYS$SYSDEVICE:[CASE]A.TXT;1

one
two
%TYPE-W-SEARCHFAIL, error searching for SYS$SYSDEVICE:[CASE]B.LIS;
-RMS-E-FNF, file not found


SYS$SYSDEVICE:[CASE]B.TXT;1

three


SYS$SYSDEVICE:[CASE]B.TXT;1

three
two
one
two
data
%TYPE-W-SEARCHFAIL, error searching for SYS$SYSDEVICE:[CASE]NOPE.TXT;
-RMS-E-FNF, file not found
0
%TYPE-W-SEARCHFAIL, error searching for SYS$SYSDEVICE:[CASE]NOPE.TXT;
-RMS-E-FNF, file not found


SYS$SYSDEVICE:[CASE]B.TXT;1

three

==== AUTHORIZE: ADD, SHOW, MODIFY, REMOVE
$ AUTHORIZE := $SYS$SYSTEM:AUTHORIZE
$ MCR AUTHORIZE ADD SMITH/UIC=[300,1]/DEVICE=SYS$SYSDEVICE:/DIRECTORY=[SMITH]/OWNER="Joan Smith"/ACCOUNT=RESEARCH/PASSWORD=SECRET99/FLAGS=NODISUSER
$ AUTHORIZE SHOW SMITH
$ MCR AUTHORIZE
MODIFY SMITH/FLAGS=(DISMAIL,RESTRICTED)/PRIVILEGES=(OPER,NONETMBX)/FILLM=500/NOINTERACTIVE/LGICMD=NL:
SHOW SMITH
SHOW/BRIEF S*
EXIT
$ SET NOON
$ MCR AUTHORIZE ADD SMITH/UIC=[300,2]
$ MCR AUTHORIZE ADD A_NAME_THAT_IS_TOO_LONG
$ MCR AUTHORIZE ADD JONES/PASSWORD=ABC
$ MCR AUTHORIZE MODIFY SMITH/FLAGS=NOSUCH
$ MCR AUTHORIZE MODIFY SMITH/FILLM=100000
$ MCR AUTHORIZE MODIFY NOBODY/FILLM=1
$ WRITE SYS$OUTPUT $SEVERITY
$ MCR AUTHORIZE FROBNICATE
$ MCR AUTHORIZE REMOVE SMITH
$ MCR AUTHORIZE SHOW SMITH
---- 1
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier SMITH value [000300,000001] added to rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified

Username: SMITH                            Owner:  Joan Smith
Account:  RESEARCH                         UIC:    [300,1] ([SMITH])
CLI:      DCL                              Tables: DCLTABLES
Default:  SYS$SYSDEVICE:[SMITH]
LGICMD:
Flags:
Primary days:   Mon Tue Wed Thu Fri
Secondary days:                     Sat Sun
No access restrictions
Expiration:             (none)    Pwdminimum:  6   Login Fails:     0
Pwdlifetime:          90 00:00    Pwdchange:      (pre-expired)
Last Login:             (none) (interactive),             (none) (non-interactive)
Maxjobs:             0  Fillm:           128  Bytlm:        128000
Maxacctjobs:         0  Shrfillm:          0  Pbytlm:            0
Maxdetach:           0  BIOlm:           150  JTquota:        4096
Prclm:               8  DIOlm:           150  WSdef:          4096
Prio:                4  ASTlm:           300  WSquo:          8192
Queprio:             4  TQElm:           100  WSextent:      16384
CPU:            (none)  Enqlm:          4000  Pgflquo:      256000
Authorized Privileges:
  NETMBX       TMPMBX
Default Privileges:
  NETMBX       TMPMBX
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database
%UAF-I-MDFYMSG, user record(s) updated

Username: SMITH                            Owner:  Joan Smith
Account:  RESEARCH                         UIC:    [300,1] ([SMITH])
CLI:      DCL                              Tables: DCLTABLES
Default:  SYS$SYSDEVICE:[SMITH]
LGICMD:   NL:
Flags:  DisMail Restricted
Primary days:   Mon Tue Wed Thu Fri
Secondary days:                     Sat Sun
Primary   000000000011111111112222  Secondary 000000000011111111112222
Day Hours 012345678901234567890123  Day Hours 012345678901234567890123
Network:  ##### Full access ######            ##### Full access ######
Batch:    ##### Full access ######            ##### Full access ######
Local:    -----  No access  ------            -----  No access  ------
Dialup:   -----  No access  ------            -----  No access  ------
Remote:   -----  No access  ------            -----  No access  ------
Expiration:             (none)    Pwdminimum:  6   Login Fails:     0
Pwdlifetime:          90 00:00    Pwdchange:      (pre-expired)
Last Login:             (none) (interactive),             (none) (non-interactive)
Maxjobs:             0  Fillm:           500  Bytlm:        128000
Maxacctjobs:         0  Shrfillm:          0  Pbytlm:            0
Maxdetach:           0  BIOlm:           150  JTquota:        4096
Prclm:               8  DIOlm:           150  WSdef:          4096
Prio:                4  ASTlm:           300  WSquo:          8192
Queprio:             4  TQElm:           100  WSextent:      16384
CPU:            (none)  Enqlm:          4000  Pgflquo:      256000
Authorized Privileges:
  OPER         TMPMBX
Default Privileges:
  NETMBX       TMPMBX

       Owner         Username           UIC       Account  Privs Pri Directory

Joan Smith           SMITH        [300,1]           RESEARCH System  4 SYS$SYSDEVICE:[SMITH]
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBNOMODS, no modifications made to rights database
%UAF-E-UAEERR, invalid user name, user name already exists
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database
%UAF-E-INVUSERNAME, invalid user name
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database
%UAF-E-PWDLEN, password must be between 6 and 32 characters
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database
%UAF-W-IVKEYW, unrecognized keyword \NOSUCH\
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database
%UAF-E-VALTOOBIG, value 100000 of /FILLM is too big for its field
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database
%UAF-W-BADSPC, no user matched specification
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database
0
%CLI-W-IVVERB, unrecognized command verb - check validity and spelling
 \FROBNICATE\
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database
%UAF-I-REMMSG, record removed from system authorization file
%UAF-I-RDBREMMSGU, identifier SMITH value [000300,000001] removed from rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified
%UAF-W-BADSPC, no user matched specification
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database

==== AUTHORIZE: identifiers
$ SET NOON
$ MCR AUTHORIZE
ADD ALICE/UIC=[301,1]
ADD/IDENTIFIER MAIL_ADMIN
ADD/IDENTIFIER/VALUE=IDENTIFIER=%X80020000/ATTRIBUTES=RESOURCE PROJECT
GRANT/IDENTIFIER MAIL_ADMIN ALICE
SHOW/IDENTIFIER/FULL MAIL_ADMIN
SHOW/RIGHTS ALICE
REVOKE/IDENTIFIER MAIL_ADMIN ALICE
GRANT/IDENTIFIER NOSUCH ALICE
REMOVE/IDENTIFIER MAIL_ADMIN
REMOVE/IDENTIFIER MAIL_ADMIN
SHOW/IDENTIFIER
REMOVE ALICE
$ SET PROCESS/PRIVILEGE=(NOALL,TMPMBX)
$ MCR AUTHORIZE SHOW ALICE
---- 3
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier ALICE value [000301,000001] added to rights database
%UAF-I-RDBADDMSG, identifier MAIL_ADMIN value %X80010000 added to rights database
%UAF-I-RDBADDMSG, identifier PROJECT value %X80020000 added to rights database
%UAF-I-GRANTMSG, identifier MAIL_ADMIN granted to ALICE
  Name                             Value           Attributes
  MAIL_ADMIN                       %X80010000
     Holder  ALICE
  Name                             Value           Attributes
  MAIL_ADMIN                       %X80010000
%UAF-I-REVOKEMSG, identifier MAIL_ADMIN revoked from ALICE
%UAF-E-GRANTERR, unable to grant NOSUCH to ALICE
-SYSTEM-F-NOSUCHID, unknown rights identifier
%UAF-I-RDBREMMSG, identifier MAIL_ADMIN value %X80010000 removed from rights database
%UAF-E-RDBREMERR, unable to remove MAIL_ADMIN from rights database
-SYSTEM-F-NOSUCHID, unknown rights identifier
  Name                             Value           Attributes
  PROJECT                          %X80020000  RESOURCE
%UAF-I-REMMSG, record removed from system authorization file
%UAF-I-RDBREMMSGU, identifier ALICE value [000301,000001] removed from rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified
%UAF-E-NAOFIL, unable to open system authorization file (SYSUAF.DAT)
-RMS-E-PRV, insufficient privilege or file protection violation

==== INSTALL: what an image runs with
$ WRITE SYS$OUTPUT F$FILE_ATTRIBUTES("SYS$SYSTEM:TESTIMAGE.EXE","KNOWN")
$ INSTALL ADD SYS$SYSTEM:TESTIMAGE/OPEN/HEADER/PRIVILEGED=(SYSPRV,OPER)/LOG
$ WRITE SYS$OUTPUT F$FILE_ATTRIBUTES("SYS$SYSTEM:TESTIMAGE.EXE","KNOWN")
$ INSTALL LIST/FULL SYS$SYSTEM:TESTIMAGE
$ SET PROCESS/PRIVILEGE=(NOALL,TMPMBX,CMKRNL)
$ MCR TESTIMAGE PRIVILEGES
$ WRITE SYS$OUTPUT F$PRIVILEGE("SYSPRV")
$ INSTALL
REPLACE SYS$SYSTEM:TESTIMAGE/PRIVILEGED=SYSNAM
LIST/FULL
EXIT
$ MCR TESTIMAGE PRIVILEGES
$ SET NOON
$ INSTALL ADD SYS$SYSTEM:TESTIMAGE
$ INSTALL ADD SYS$SYSTEM:NOFILE/OPEN
$ INSTALL ADD SYS$SYSTEM:DCL/PRIVILEGED=NOSUCH
$ INSTALL REMOVE SYS$SYSTEM:TESTIMAGE
$ INSTALL REMOVE SYS$SYSTEM:TESTIMAGE
$ MCR TESTIMAGE PRIVILEGES
$ SET PROCESS/PRIVILEGE=NOCMKRNL
$ INSTALL ADD SYS$SYSTEM:TESTIMAGE
---- 3
FALSE
   TESTIMAGE;1              Open Hdr      Prv
TRUE

SYS$COMMON:[SYSEXE].EXE
   TESTIMAGE;1              Open Hdr      Prv
        Privileges = OPER SYSPRV
10048001
FALSE

SYS$COMMON:[SYSEXE].EXE
   TESTIMAGE;1              Open Hdr      Prv
        Privileges = SYSNAM
8005
%INSTALL-E-FAIL, failed to create entry for SYS$COMMON:[SYSEXE]TESTIMAGE.EXE;1
-SYSTEM-F-DUPLNAM, duplicate name
%INSTALL-E-FAIL, failed to create entry for SYS$SYSTEM:NOFILE
-RMS-E-FNF, file not found
%INSTALL-E-FAIL, failed to create entry for SYS$SYSTEM:DCL
-RMS-E-FNF, file not found
%INSTALL-E-FAIL, failed to delete entry for SYS$SYSTEM:TESTIMAGE
-SYSTEM-W-NOSUCHFILE, no such file
8001
%INSTALL-E-FAIL, failed to process the request
-SYSTEM-F-NOPRIV, insufficient privilege or object protection violation

==== AUTHORIZE: MODIFY/IDENTIFIER, RENAME/IDENTIFIER
$ SET NOON
$ MCR AUTHORIZE
ADD CAROL/UIC=[302,1]
ADD/IDENTIFIER READERS
ADD/IDENTIFIER WRITERS
GRANT/IDENTIFIER READERS CAROL
MODIFY/IDENTIFIER READERS/ATTRIBUTES=(RESOURCE,DYNAMIC)/VALUE=IDENTIFIER=%X80030000
RENAME/IDENTIFIER READERS GUESTS
SHOW/RIGHTS CAROL
MODIFY/IDENTIFIER GUESTS/NAME=WRITERS
MODIFY/IDENTIFIER READERS/NAME=X
REMOVE/IDENTIFIER GUESTS
REMOVE/IDENTIFIER WRITERS
REMOVE CAROL
EXIT
$ WRITE SYS$OUTPUT $SEVERITY
----
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier CAROL value [000302,000001] added to rights database
~ %UAF\-I\-RDBADDMSG, identifier READERS value %X8[0-9A-F]+ added to rights database
~ %UAF\-I\-RDBADDMSG, identifier WRITERS value %X8[0-9A-F]+ added to rights database
%UAF-I-GRANTMSG, identifier READERS granted to CAROL
%UAF-I-RDBMDFYMSG, identifier READERS modified
%UAF-I-RDBMDFYMSG, identifier READERS modified
  Name                             Value           Attributes
  GUESTS                           %X80030000  RESOURCE,DYNAMIC
%UAF-E-RDBMDFYERR, unable to modify GUESTS
-SYSTEM-F-DUPIDENT, duplicate identifier
%UAF-E-RDBMDFYERR, unable to modify READERS
-SYSTEM-F-NOSUCHID, unknown rights identifier
%UAF-I-RDBREMMSG, identifier GUESTS value %X80030000 removed from rights database
~ %UAF\-I\-RDBREMMSG, identifier WRITERS value %X8[0-9A-F]+ removed from rights database
%UAF-I-REMMSG, record removed from system authorization file
%UAF-I-RDBREMMSGU, identifier CAROL value [000302,000001] removed from rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified
2

==== AUTHORIZE: HELP
$ MCR AUTHORIZE
HELP GRANT
EXIT
----

GRANT

   GRANT/IDENTIFIER identifier user [/ATTRIBUTES=(name,...)]

   Lets a user hold an identifier.
%UAF-I-NOMODS, no modifications made to system authorization file
%UAF-I-RDBNOMODS, no modifications made to rights database

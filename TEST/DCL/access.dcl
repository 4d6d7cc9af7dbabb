==== SHOW PROTECTION, SHOW SECURITY
$ SET NOON
$ SHOW PROTECTION
$ SET PROTECTION=(S:RWE,O:RWED,G,W)/DEFAULT
$ SHOW PROTECTION
$ CREATE A.TXT
$ SHOW SECURITY A.TXT
$ SHOW SECURITY/CLASS=FILE *.TXT
$ SHOW SECURITY B.TXT
$ SHOW SECURITY/CLASS=DEVICE DKA0:
---- 3
  SYSTEM=RWED, OWNER=RWED, GROUP=RE, WORLD=NO ACCESS
  SYSTEM=RWE, OWNER=RWED, GROUP=NO ACCESS, WORLD=NO ACCESS

SYS$SYSDEVICE:[CASE]A.TXT;1 object of class FILE
     Owner: [1,4]
     Protection: (System: RWE, Owner: RWED, Group, World)
     Access Control List: <empty>

SYS$SYSDEVICE:[CASE]A.TXT;1 object of class FILE
     Owner: [1,4]
     Protection: (System: RWE, Owner: RWED, Group, World)
     Access Control List: <empty>
%SHOW-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]B.TXT; as input
-RMS-E-FNF, file not found
%SYSTEM-E-UNSUPPORTED, unsupported operation or function

==== identifiers: the rights database, F$IDENTIFIER, SET RIGHTS_LIST
$ SET NOON
$ MCR AUTHORIZE
ADD SYSTEM/UIC=[1,4]
ADD/IDENTIFIER MAIL_ADMIN/ATTRIBUTES=DYNAMIC
ADD/IDENTIFIER PROJECT
GRANT/IDENTIFIER MAIL_ADMIN SYSTEM
$ X = F$IDENTIFIER("MAIL_ADMIN","NAME_TO_NUMBER")
$ WRITE SYS$OUTPUT F$FAO("!XL",X)," ",F$IDENTIFIER(X,"NUMBER_TO_NAME")," ",F$IDENTIFIER("NOSUCH","NAME_TO_NUMBER"),F$IDENTIFIER(-5,"NUMBER_TO_NAME")
$ WRITE SYS$OUTPUT F$GETJPI("","RIGHTSLIST")
$ SHOW PROCESS/RIGHTS_LIST
$ SET RIGHTS_LIST/ENABLE/ATTRIBUTES=RESOURCE PROJECT
$ SET RIGHTS_LIST/DISABLE MAIL_ADMIN
$ WRITE SYS$OUTPUT F$GETJPI("","PROCESS_RIGHTS")
$ SET RIGHTS_LIST NOSUCH
$ SET PROCESS/PRIVILEGE=NOCMKRNL
$ SET RIGHTS_LIST MAIL_ADMIN
$ SET RIGHTS_LIST/DISABLE PROJECT
$ SHOW PROCESS/RIGHTS_LIST
----
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier SYSTEM value [000001,000004] added to rights database
%UAF-I-RDBADDMSG, identifier MAIL_ADMIN value %X80010000 added to rights database
%UAF-I-RDBADDMSG, identifier PROJECT value %X80010001 added to rights database
%UAF-I-GRANTMSG, identifier MAIL_ADMIN granted to SYSTEM
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified
80010000 MAIL_ADMIN 0
SYSTEM,MAIL_ADMIN,INTERACTIVE,LOCAL

~ [\d A-Z:.-]+   User: SYSTEM           Process ID:   [0-9A-F]{8}
                          Node: NODE             Process name: "SYSTEM"

Process rights:
 SYSTEM
 MAIL_ADMIN                       dynamic
 INTERACTIVE
 LOCAL

System rights:
 SYS$NODE_NODE
SYSTEM,PROJECT,INTERACTIVE,LOCAL
%SYSTEM-F-NOSUCHID, unknown rights identifier
%SYSTEM-F-NOPRIV, insufficient privilege or object protection violation

~ [\d A-Z:.-]+   User: SYSTEM           Process ID:   [0-9A-F]{8}
                          Node: NODE             Process name: "SYSTEM"

Process rights:
 SYSTEM
 MAIL_ADMIN                       dynamic
 PROJECT                          resource
 INTERACTIVE
 LOCAL

System rights:
 SYS$NODE_NODE

==== EDIT: an editor of the host
++ A.TXT
one
two
++
$ DEFINE SHIM$EDITOR "sed -i s/two/three/"
$ EDIT A.TXT
$ TYPE A.TXT
$ EDIT A.TXT
$ DIRECTORY/NOHEADING/NOTRAILING A.TXT
$ EDIT/OUTPUT=B.TXT A.TXT
$ DEFINE/NOLOG SHIM$EDITOR "sh -c 'echo new >> $0'"
$ EDIT NEW.TXT
$ EDIT/READ_ONLY A.TXT
$ TYPE NEW.TXT
$ WRITE SYS$OUTPUT F$FILE("A.TXT","RFM"),F$FILE("A.TXT","RAT")
$ SET NOON
$ EDIT/NOCREATE NOFILE.TXT
$ EDIT
$ DEFINE/NOLOG SHIM$EDITOR "false"
$ EDIT A.TXT
$ DIRECTORY/NOHEADING/NOTRAILING A.TXT
----
SYS$SYSDEVICE:[CASE]A.TXT;2 2 lines
one
three
SYS$SYSDEVICE:[CASE]A.TXT;2
SYS$SYSDEVICE:[CASE]A.TXT;1
SYS$SYSDEVICE:[CASE]B.TXT;1 2 lines
SYS$SYSDEVICE:[CASE]NEW.TXT;1 1 line
new
STMLFCR
%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[CASE]NOFILE.TXT; as input
-RMS-E-FNF, file not found
%DCL-W-INSFPRM, missing command parameters - supply all required parameters
%SYSTEM-F-ABORT, abort
SYS$SYSDEVICE:[CASE]A.TXT;2
SYS$SYSDEVICE:[CASE]A.TXT;1

==== LOGIN, SET HOST: one more session
++ ../SMITH/LOGIN.COM
$ WRITE SYS$OUTPUT "login of ", F$EDIT(F$GETJPI("","USERNAME"),"TRIM")
++
$ MCR AUTHORIZE ADD SMITH/UIC=[300,1]/DIRECTORY=[SMITH]/DEVICE=SYS$SYSDEVICE:/PASSWORD=SESAME99/FLAGS=NODISUSER/NOPWDEXPIRED
$ LOGIN
SMITH
WRONG
SMITH
SESAME99
SHOW DEFAULT
WRITE SYS$OUTPUT F$USER()," ",F$PRIVILEGE("OPER")
LOGOUT
$ LOGIN SMITH
SESAME99
EXIT
$ SHOW DEFAULT
$ SET HOST 0
SMITH
SESAME99
$ SET NOON
$ SET HOST ELSEWHERE
$ MCR AUTHORIZE REMOVE SMITH
----
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier SMITH value [000300,000001] added to rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified

 Welcome to OpenVMS services on Linux, Version V8.4

Username: Password: User authorization failure

Username: Password: login of SMITH
  SYS$SYSDEVICE:[SMITH]
[SMITH] FALSE

 Welcome to OpenVMS services on Linux, Version V8.4

Password: login of SMITH
  SYS$SYSDEVICE:[CASE]

 Welcome to OpenVMS services on Linux, Version V8.4

Username: Password: login of SMITH
%SYSTEM-F-NOSUCHNODE, remote node is unknown
%UAF-I-REMMSG, record removed from system authorization file
%UAF-I-RDBREMMSGU, identifier SMITH value [000300,000001] removed from rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified

==== what this system cannot do
$ SET NOON
$ MOUNT DKA100: DATA
$ LICENSE LIST
$ ASSIGN/QUEUE A B
$ SHOW QUOTA
$ SET ACL/ACL=(IDENTIFIER=SMITH,ACCESS=READ) A.TXT
---- 3
%SYSTEM-E-UNSUPPORTED, unsupported operation or function
%SYSTEM-E-UNSUPPORTED, unsupported operation or function
%SYSTEM-E-UNSUPPORTED, unsupported operation or function
%SYSTEM-E-UNSUPPORTED, unsupported operation or function
%SYSTEM-E-UNSUPPORTED, unsupported operation or function

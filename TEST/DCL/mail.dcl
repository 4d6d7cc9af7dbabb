==== MAIL: one line sends a file; reading, filing, the wastebasket
++ HELLO.TXT
Hello Alice,

the second paragraph.
++
$ MCR AUTHORIZE ADD ALICE/UIC=[301,1]/DIRECTORY=[ALICE]/FLAGS=NODISUSER
$ MCR AUTHORIZE ADD BOB/UIC=[301,2]/DIRECTORY=[BOB]/FLAGS=NODISUSER
$ MCR AUTHORIZE ADD SYSTEM/UIC=[1,4]/DIRECTORY=[CASE]/FLAGS=NODISUSER
$ MAIL/SUBJECT="First one" HELLO.TXT SYSTEM
$ MAIL/SUBJECT="Second"/PERSONAL_NAME="The boss" HELLO.TXT ALICE,SYSTEM
$ MAIL
DIRECTORY
READ

DIRECTORY
DIRECTORY MAIL
SELECT MAIL
READ 1
MOVE PROJECT
Y
MOVE PROJECT
SELECT MAIL
2
DIRECTORY/FOLDER
READ PROJECT
EXTRACT OUT.TXT
EXTRACT/NOHEADER/APPEND OUT.TXT
BACK
NEXT
DELETE
DIRECTORY
SELECT WASTEBASKET
SHOW FOLDER
PURGE
EXIT
$ TYPE OUT.TXT
---- 3
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier ALICE value [000301,000001] added to rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier BOB value [000301,000002] added to rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier SYSTEM value [000001,000004] added to rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified
%MAIL-E-SENDERR, error sending to user ALICE
-MAIL-E-SENDERR, error sending to user !AS

==== MAIL: SEND, REPLY, FORWARD
$ SET NOON
$ MAIL
SEND
ALICE,SYSTEM
A subject
Line one
line two
$ MAIL
READ
REPLY
No thanks
$ MAIL
READ/NEW
FORWARD
NOSUCHUSER,SYSTEM
Fwd
READ/NEW
QUIT
$ MAIL NOFILE.TXT SYSTEM
$ MAIL SYS$INPUT NOSUCHUSER/SUBJECT="x"
the text
$ WRITE SYS$OUTPUT $SEVERITY
----
-RMS-E-FNF, file not found
%RMS-E-FNF, file not found
%DCL-W-SKPDAT, image data (records not beginning with "$") ignored
-RMS-E-FNF, file not found
%RMS-E-FNF, file not found
%DCL-W-SKPDAT, image data (records not beginning with "$") ignored
-RMS-E-FNF, file not found
%RMS-E-FNF, file not found
%DCL-W-SKPDAT, image data (records not beginning with "$") ignored
%MAIL-E-OPENIN, error opening NOFILE.TXT as input
-RMS-E-FNF, file not found
%MAIL-E-SENDERR, error sending to user NOSUCHUSER
-MAIL-E-NOSUCHUSR, no such user !AS
2

==== MAIL: SET and SHOW
$ MAIL
SET FORWARD SMTP%"system@example.com"
SHOW FORWARD
SHOW FORWARD/USER=BOB
SET FORWARD/USER=BOB ALICE
SHOW FORWARD/USER=BOB
SET NOFORWARD
SHOW FORWARD
SET PERSONAL_NAME "Sam the ""Man"""
SHOW PERSONAL_NAME
SET NOPERSONAL_NAME
SET CC_PROMPT
SET COPY_SELF SEND,NOREPLY
SET NOAUTO_PURGE
SHOW ALL
SET NOCC_PROMPT
SET COPY_SELF NOSEND
SET AUTO_PURGE
SET FOLDER NOSUCH
DELETE
REPLY
FROB
HELP DELETE
QUIT
---- 3
-RMS-E-FNF, file not found
%RMS-E-FNF, file not found

==== MAIL: one line sends a file; reading, filing, the wastebasket
++ ../ALICE/A.TMP
++ ../BOB/A.TMP
++ ../SYSMAIL/A.TMP
++ HELLO.TXT
Hello Alice,

the second paragraph.
++
$ MCR AUTHORIZE ADD ALICE/UIC=[301,1]/DIRECTORY=[ALICE]/FLAGS=NODISUSER
$ MCR AUTHORIZE ADD BOB/UIC=[301,2]/DIRECTORY=[BOB]/FLAGS=NODISUSER
$ MCR AUTHORIZE ADD SYSTEM/UIC=[1,4]/DIRECTORY=[SYSMAIL]/FLAGS=NODISUSER
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
----
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

	You have 2 new messages.

                                                                       NEWMAIL
    # From                   Date         Subject

~     1 NODE::SYSTEM           ?[-A-Z0-9]+( [0-9:.]+)?  First one
~     2 NODE::SYSTEM           ?[-A-Z0-9]+( [0-9:.]+)?  Second

~     \#1         ?[-A-Z0-9]+( [0-9:.]+)?                                     NEWMAIL
~ From:\	NODE::SYSTEM  ?[-A-Z0-9]+( [0-9:.]+)?
To:	SYSTEM
CC:	
Subj:	First one

Hello Alice,

the second paragraph.


~     \#2         ?[-A-Z0-9]+( [0-9:.]+)?                                     NEWMAIL
~ From:\	NODE::SYSTEM "The boss"  ?[-A-Z0-9]+( [0-9:.]+)?
To:	ALICE,SYSTEM
CC:	
Subj:	Second

Hello Alice,

the second paragraph.

                                                                       NEWMAIL
    # From                   Date         Subject

~     1 NODE::SYSTEM           ?[-A-Z0-9]+( [0-9:.]+)?  First one
~     2 NODE::SYSTEM           ?[-A-Z0-9]+( [0-9:.]+)?  Second
                                                                          MAIL
    # From                   Date         Subject

~     1 NODE::SYSTEM           ?[-A-Z0-9]+( [0-9:.]+)?  First one
~     2 NODE::SYSTEM           ?[-A-Z0-9]+( [0-9:.]+)?  Second
%MAIL-I-SELECTED, 2 messages selected

~     \#1         ?[-A-Z0-9]+( [0-9:.]+)?                                        MAIL
~ From:\	NODE::SYSTEM  ?[-A-Z0-9]+( [0-9:.]+)?
To:	SYSTEM
CC:	
Subj:	First one

Hello Alice,

the second paragraph.

Folder PROJECT does not exist.
%MAIL-I-NEWFOLDER, folder PROJECT created
%MAIL-E-DELMSG, message has been deleted
%MAIL-I-SELECTED, 1 message selected
%MAIL-E-NOMOREMSG, no more messages
Listing of folders in your mail file
 MAIL
 PROJECT

~     \#1         ?[-A-Z0-9]+( [0-9:.]+)?                                     PROJECT
~ From:\	NODE::SYSTEM  ?[-A-Z0-9]+( [0-9:.]+)?
To:	SYSTEM
CC:	
Subj:	First one

Hello Alice,

the second paragraph.

%MAIL-I-CREATED, SYS$SYSDEVICE:[CASE]OUT.TXT;1 created
%MAIL-I-CREATED, SYS$SYSDEVICE:[CASE]OUT.TXT;1 appended
%MAIL-E-NOMOREMSG, no more messages
%MAIL-E-NOMOREMSG, no more messages
                                                                       PROJECT
    # From                   Date         Subject

      (Deleted)
%MAIL-I-SELECTED, 1 message selected
Your current mail folder is WASTEBASKET.
%MAIL-I-DELMSGS, 1 message deleted
~ From:\	NODE::SYSTEM  ?[-A-Z0-9]+( [0-9:.]+)?
To:	SYSTEM
CC:	
Subj:	First one

Hello Alice,

the second paragraph.
Hello Alice,

the second paragraph.

==== MAIL: SEND, REPLY, FORWARD
$ SET NOON
$ MAIL
SEND
ALICE,SYSTEM
A subject
Line one
line two
$ MAIL
READ/NEW
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
Enter your message below. Press CTRL/Z when complete, or CTRL/C to quit:

	You have 1 new message.


~     \#1         ?[-A-Z0-9]+( [0-9:.]+)?                                     NEWMAIL
~ From:\	NODE::SYSTEM  ?[-A-Z0-9]+( [0-9:.]+)?
To:	ALICE,SYSTEM
CC:	
Subj:	A subject

Line one
line two

To:     NODE::SYSTEM
Subj:   RE: A subject
Enter your message below. Press CTRL/Z when complete, or CTRL/C to quit:

	You have 1 new message.


~     \#1         ?[-A-Z0-9]+( [0-9:.]+)?                                     NEWMAIL
~ From:\	NODE::SYSTEM  ?[-A-Z0-9]+( [0-9:.]+)?
To:	NODE::SYSTEM
CC:	
Subj:	RE: A subject

No thanks

%MAIL-E-NOSUCHUSR, no such user NOSUCHUSER
%MAIL-W-NONEWMAIL, no new messages
%MAIL-E-OPENIN, error opening NOFILE.TXT as input
-RMS-E-FNF, file not found
%MAIL-E-NOSUCHUSR, no such user NOSUCHUSER
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
----
Your mail is being forwarded to SMTP%"system@example.com".
BOB has not set a forwarding address.
BOB has mail forwarded to ALICE
You have not set a forwarding address.
Your personal name is "Sam the "Man"".
You have not selected a folder.
You have not set a forwarding address.
You have not set a personal name.
Your mail file directory is SYS$SYSDEVICE:[SYSMAIL].
You have 0 new messages.
Your wastebasket folder name is WASTEBASKET.
CC prompting is enabled.
Automatic purge is disabled.
Automatic copy to yourself on SEND
%MAIL-E-NOTEXIST, folder NOSUCH does not exist
%MAIL-E-NOMSGS, no messages
%MAIL-E-NOTREADIN, no message has been read
%CLI-W-IVVERB, unrecognized command verb - check validity and spelling
 \FROB\

DELETE

   DELETE [numbers] [/ALL]

   Moves the current message, or those of the numbers (1-3,5), to the
   wastebasket folder.  EXIT and PURGE empty it.

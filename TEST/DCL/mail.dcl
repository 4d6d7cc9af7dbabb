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
You have 40 deleted message bytes.
CC prompting is enabled.
Automatic purge is disabled.
Automatic copy to yourself on SEND
You have not set an editor.
You have not set a form to use for printing.
You have not set a default print queue.
You have not set a signature file.
You have not set a default transport.
%MAIL-E-NOTEXIST, folder NOSUCH does not exist
%MAIL-E-NOMSGS, no messages
%MAIL-E-NOTREADIN, no message has been read
%CLI-W-IVVERB, unrecognized command verb - check validity and spelling
 \FROB\

DELETE

   DELETE [numbers] [/ALL]

   Moves the current message, or those of the numbers (1-3,5), to the
   wastebasket folder.  EXIT and PURGE empty it.

==== MAIL: marks, SEARCH, lists with all that is known, the space of deleted messages
++ A.TXT
A text with needles.
++ B.TXT
Nothing.
++
$ SET NOON
$ MAIL/SUBJECT="Needles" A.TXT SYSTEM
$ MAIL/SUBJECT="Hay" B.TXT SYSTEM
$ MAIL/SUBJECT="More needles" A.TXT SYSTEM
$ MAIL
SELECT NEWMAIL
DIRECTORY/FULL
SEARCH NEEDLES.
SEARCH
SEARCH
SEARCH "no such thing"
SELECT MAIL
MARK
MARK 1-2
DIRECTORY
UNMARK 2
SELECT/MARKED MAIL
DIRECTORY
MARK 99
SELECT NEWMAIL
SHOW NEW_MAIL_COUNT
DELETE 1
SHOW NEW_MAIL_COUNT
PURGE
SHOW DELETED
COMPRESS
SHOW DELETED
ERASE
SPAWN WRITE SYS$OUTPUT "in a subprocess"
QUIT
----

	You have 3 new messages.

%MAIL-I-SELECTED, 3 messages selected
                                                                       NEWMAIL
    # From                   Date         Subject

~     1 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  Needles
        1 record, new
~     2 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  Hay
        1 record, new
~     3 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  More needles
        1 record, new

~     \#1         [\d A-Z:.-]+                                     NEWMAIL
~ From:\	NODE::SYSTEM  [ \d]\d-[A-Z]+-\d+ \d\d:\d\d
To:	SYSTEM
CC:	
Subj:	Needles

A text with needles.


~     \#3         [\d A-Z:.-]+                                     NEWMAIL
~ From:\	NODE::SYSTEM  [ \d]\d-[A-Z]+-\d+ \d\d:\d\d
To:	SYSTEM
CC:	
Subj:	More needles

A text with needles.

%MAIL-E-NOTFOUND, no messages containing NEEDLES. found
%MAIL-E-NOTFOUND, no messages containing NO SUCH THING found
%MAIL-I-SELECTED, 5 messages selected
%MAIL-E-NOTREADIN, no message has been read
                                                                          MAIL
    # From                   Date         Subject

~ \*   1 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  Second
~ \*   2 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  A subject
~     3 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  RE: A subject
~     4 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  Needles
~     5 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  More needles
%MAIL-I-SELECTED, 1 message selected
                                                                          MAIL
    # From                   Date         Subject

~ \*   1 NODE::SYSTEM           [ \d]\d-[A-Z]+-\d+  Second
%MAIL-E-NOMOREMSG, no more messages
%MAIL-I-SELECTED, 1 message selected
You have 1 new message.
You have 0 new messages.
%MAIL-I-DELMSGS, 1 message deleted
You have 50 deleted message bytes.
%MAIL-S-COMPRESSED, the mail file is compressed
You have 0 deleted message bytes.
in a subprocess

==== MAIL: further settings, other users
++ SIG.TXT
-- the signature
++ A.TXT
the text
++
$ SET NOON
$ MAIL
SET QUEUE MY_PRINTER
SET FORM NARROW
SET EDITOR TPU
SET SIGNATURE_FILE SYS$SYSDEVICE:[CASE]SIG.TXT
SET TRANSPORT SMTP%
SHOW QUEUE
SHOW FORM
SHOW EDITOR
SHOW SIGNATURE_FILE
SHOW TRANSPORT
SET NOTRANSPORT
SET NOFORM
SHOW TRANSPORT
SET WASTEBASKET_NAME BIN
SHOW WASTEBASKET_NAME
SET WASTEBASKET_NAME WASTEBASKET
SET FORWARD/USER=ALICE BOB
SHOW FORWARD/USER=*
SHOW FORWARD/USER=X*
REMOVE ALICE
SHOW FORWARD/USER=ALICE
PRINT
QUIT
$ MAIL/SUBJECT="signed" A.TXT SYSTEM
$ MAIL
READ/NEW
SET NOSIGNATURE_FILE
SET NOQUEUE
SET NOEDITOR
QUIT
$ TYPE A.TXT
----
Your default print queue is MY_PRINTER.
Your default print form is NARROW.
Your editor is TPU.
Your signature file is SYS$SYSDEVICE:[CASE]SIG.TXT.
Your default transport is SMTP%.
You have not set a default transport.
Your wastebasket folder name is BIN.
ALICE has mail forwarded to BOB
BOB has mail forwarded to ALICE
SYSTEM has not set a forwarding address.
%MAIL-E-NOSUCHUSR, no such user X*
ALICE has not set a forwarding address.
%MAIL-E-NOTREADIN, no message has been read

	You have 1 new message.


~     \#1         [\d A-Z:.-]+                                     NEWMAIL
~ From:\	NODE::SYSTEM  [ \d]\d-[A-Z]+-\d+ \d\d:\d\d
To:	SYSTEM
CC:	
Subj:	signed

the text

-- the signature

the text

==== MAIL: before there is any, a text from NL:, EXTRACT/MAIL, SET MAIL_DIRECTORY
++ ../CLARA/A.TMP
++
$ SET NOON
$ MCR AUTHORIZE ADD CLARA/UIC=[301,3]/DIRECTORY=[CLARA]/FLAGS=NODISUSER
$ DEFINE/JOB SYS$LOGIN SYS$SYSDEVICE:[CLARA]
$ MCR AUTHORIZE MODIFY SYSTEM/DIRECTORY=[CLARA]/FLAGS=NODISUSER
$ MAIL
DIRECTORY
EXIT
$ MAIL/SUBJECT="one" NL: SYSTEM
$ MAIL/SUBJECT="two" NL: SYSTEM
$ MAIL
READ 1
EXTRACT/MAIL OUT
EXTRACT/MAIL/ALL/APPEND/NOHEADER OUT
EXTRACT/NOHEADER NOTHING
SET MAIL_DIRECTORY [.MAIL]
SHOW MAIL_DIRECTORY
EXIT
$ SEARCH OUT.MAI "Subj:"
$ MAIL/SUBJECT="three" NL: SYSTEM
$ MAIL
DIRECTORY
SET NOMAIL_DIRECTORY
SHOW MAIL_DIRECTORY
EXIT
$ DIRECTORY/NOHEAD/NOTRAIL [CLARA...]*.MAI
----
%UAF-I-ADDMSG, user record successfully added
%UAF-I-RDBADDMSGU, identifier CLARA value [000301,000003] added to rights database
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBDONEMSG, rights database modified
%UAF-I-MDFYMSG, user record(s) updated
%UAF-I-DONEMSG, system authorization file modified
%UAF-I-RDBNOMODS, no modifications made to rights database
%MAIL-E-NOTEXIST, folder MAIL does not exist

	You have 2 new messages.


~     #1         ?[-A-Z0-9]+ [0-9:]+ +NEWMAIL
~ From:	NODE::SYSTEM .*
To:	SYSTEM
CC:	
Subj:	one

%MAIL-I-CREATED, SYS$SYSDEVICE:[CASE]OUT.MAI;1 created
%MAIL-I-CREATED, SYS$SYSDEVICE:[CASE]OUT.MAI;1 appended
%MAIL-I-CREATED, SYS$SYSDEVICE:[CASE]NOTHING.TXT;1 created
Your mail file directory is SYS$SYSDEVICE:[CLARA.MAIL].
Subj:	one
Subj:	one
Subj:	two

	You have 1 new message.

                                                                       NEWMAIL
    # From                   Date         Subject

~     1 NODE::SYSTEM           ?[-A-Z0-9]+  three
Your mail file directory is SYS$SYSDEVICE:[CLARA].
SYS$SYSDEVICE:[CLARA]MAIL.MAI;1
SYS$SYSDEVICE:[CLARA.MAIL]MAIL.MAI;1

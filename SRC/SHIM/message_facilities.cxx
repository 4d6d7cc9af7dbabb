/*
**  message_facilities - texts of LIB$, STR$, OPC$, JBC$, MAIL$, LGI$, SECSRV$ and SMB$ conditions
*/
#include "system_text.h"

namespace shim
{

namespace
{

const MessageRow lib_rows[] = {
    {1381050, "ACTIMAGE", "error activating image !AS", 1},
    {1409025, "NORMAL", "routine successfully completed", 0},
    {1409041, "STRTRU", "string truncated", 0},
    {1409548, "FATERRLIB", "fatal error in library", 0},
    {1409556, "INSVIRMEM", "insufficient virtual memory", 0},
    {1409564, "INPSTRTRU", "input string truncated", 0},
    {1409572, "INVSTRDES", "invalid string descriptor", 0},
    {1409588, "INVARG", "invalid argument(s)", 0},
    {1409596, "AMBKEY", "ambiguous keyword", 0},
    {1409604, "UNRKEY", "unrecognized keyword", 0},
    {1409628, "SIGNO_ARG", "signal with no arguments", 0},
    {1409636, "BADBLOADR", "bad block address", 0},
    {1409644, "BADBLOSIZ", "bad block size", 0},
    {1409652, "NOTFOU", "not found", 0},
    {1409660, "ATTCONSTO", "attempt to continue from stop", 0},
    {1409668, "SYNTAXERR", "string syntax error detected by TPARSE", 0},
    {1409788, "KEYNOTFOU", "key not found in tree", 0},
    {1409844, "INTOVF", "integer overflow", 0},
    {1409884, "WRONUMARG", "wrong number of arguments", 0},
    {1409892, "NOSUCHSYM", "no such symbol", 0},
    {1409916, "NOCLI", "no CLI present", 0},
    {1409932, "INVSYMNAM", "invalid symbol name", 0},
    {1410012, "IVTIME", "invalid time passed in, or computed", 0},
    {1410020, "ONEDELTIM", "at least one delta time is required", 0},
    {1410028, "NEGTIM", "a negative time was computed", 0},
    {1410036, "INVARGORD", "invalid argument order", 0},
    {1410044, "ABSTIMREQ", "absolute time required", 0},
    {1410052, "DELTIMREQ", "delta time required", 0},
    {1413120, "OUTSTRTRU", "output string truncated", 0},
};

const MessageRow str_rows[] = {
    {2392132, "FATINTERR", "fatal internal error in string routine", 0},
    {2392148, "ILLSTRCLA", "illegal string class", 0},
    {2392172, "INSVIRMEM", "insufficient virtual memory", 0},
    {2392180, "STRTOOLON", "string is too long (greater than 65535)", 0},
    {2392576, "TRU", "string truncation occurred", 0},
    {2392584, "NOMATCH", "strings do not match", 0},
    {2393113, "MATCH", "strings match", 0},
};

const MessageRow opcom_rows[] = {
    {360481, "RQSTPEND", "request is pending", 0},
    {360489, "RQSTCMPLTE", "request is complete", 0},
    {360545, "NOPERATOR", "no operator coverage", 0},
    {360572, "ILLRQST", "illegal request", 0},
};

const MessageRow jbc_rows[] = {
    {262145, "NORMAL", "normal successful completion", 0},
    {294940, "INVQUENAM", "invalid queue name", 0},
    {294946, "NOPRIV", "requires privilege", 0},
    {294962, "NOQUESPACE", "insufficient space for queue data", 0},
    {294970, "NOSUCHQUE", "no such queue", 0},
    {294978, "NOSUCHJOB", "no such job", 0},
    {294986, "NOOPENJOB", "no open job request", 0},
    {294994, "REFERENCED", "existing references prevent deletion", 0},
    {295002, "STARTED", "queue already started", 0},
    {295012, "INVITMCOD", "invalid item list code", 0},
    {295020, "INVFUNCOD", "invalid function code", 0},
    {295026, "EMPTYJOB", "no files specified in job request", 0},
    {295034, "JOBQUEDIS", "job queue manager is not running", 0},
    {295044, "JOBABORT", "job aborted during execution", 0},
    {295060, "INVPARLEN", "invalid parameter length", 0},
    {295106, "NODSTQUE", "no destination queue specified", 0},
    {295116, "INVDSTQUE", "invalid destination queue name", 0},
    {295124, "JOBDELETE", "job deleted before execution", 0},
    {295130, "NORESTART", "job cannot be restarted", 0},
    {295140, "JOBREQUEUE", "job was requeued during execution", 0},
    {295162, "EXECUTING", "job currently executing", 0},
    {295180, "MISREQPAR", "missing required parameter", 0},
    {295188, "INVPARVAL", "invalid parameter value", 0},
    {295196, "INCQUETYP", "inconsistent queue type", 0},
    {295204, "INCDSTQUE", "inconsistent destination queue", 0},
    {295210, "JOBQUEENA", "job queue manager is already running", 0},
    {295218, "NOTASSIGN", "queue is not assigned to another queue", 0},
    {295226, "INCOMPLETE", "$GETQUI sequence is incomplete", 0},
    {295236, "INVCHANAM", "invalid characteristic name", 0},
    {295244, "INVFORNAM", "invalid form name", 0},
    {295250, "NOSUCHCHAR", "no such characteristic", 0},
    {295258, "NOSUCHFORM", "no such form", 0},
    {295266, "DUPFORM", "duplicate form name or number", 0},
    {295276, "INCFORMPAR", "inconsistent form parameter", 0},
    {295282, "NOSUCHFILE", "no such file", 0},
    {295290, "DELACCESS", "file protection does not allow delete access", 0},
    {295298, "QUENOTSTOP", "queue must be stopped to perform operation", 0},
    {295306, "NOMORECHAR", "no more characteristics", 0},
    {295314, "NOMOREFILE", "no more files", 0},
    {295322, "NOMOREFORM", "no more forms", 0},
    {295330, "NOMOREJOB", "no more jobs", 0},
    {295338, "NOMOREQUE", "no more queues", 0},
    {295346, "NOJOBCTX", "no job context established", 0},
    {295354, "NOQUECTX", "no queue context established", 0},
    {295362, "NOSUCHNODE", "no such node", 0},
    {295386, "NOSUCHENT", "no such entry", 0},
    {295394, "NOMOREENT", "no more entries", 0},
    {295412, "NOTSUPPORTED", "function not supported", 0},
    {295419, "NOTMEANINGFUL", "meaningless item for specified function", 0},
    {295459, "QUENOTMOD", "queue cannot be modified", 0},
    {295506, "DUPCHARNAME", "duplicate characteristic name", 0},
    {295514, "DUPCHARNUM", "duplicate characteristic number", 0},
    {295530, "STKNOTCHANGE", "stock of current form cannot be changed", 0},
    {295539, "ITMREMOVED", "meaningless items were removed from request", 0},
    {295586, "TOOMUCHINFO", "too much information in job", 0},
    {295616, "BUFTOOSMALL", "specified buffer too small", 0},
    {295624, "INTERNALERROR", "internal error caused loss of process status", 0},
};

const MessageRow mail_rows[] = {
    {8290316, "CODERR", "internal coding error", 0},
    {8290324, "UPGRADE", "mail file needs to be upgraded", 0},
    {8290330, "UAFGETERR", "error reading the authorization file", 0},
    {8290338, "UAFOPNERR", "error opening the authorization file", 0},
    {8290346, "NOSUCHUSR", "no such user !AS", 1},
    {8290354, "NOTREADIN", "no message has been read", 0},
    {8290362, "LOGLINK", "error creating network link to node !AS", 1},
    {8290378, "SENDERR", "error sending to user !AS", 1},
    {8290386, "NOMOREMSG", "no more messages", 0},
    {8290394, "NOMSGS", "no messages", 0},
    {8290402, "USERSPEC", "invalid user specification !AS", 1},
    {8290410, "SENDABORT", "send was aborted", 0},
    {8290450, "USERDSABL", "user !AS is not allowed to receive mail", 1},
    {8290458, "FORWLOOP", "forwarding loop detected", 0},
    {8290466, "NAMTOOBIG", "name too long: !AS", 1},
    {8290474, "ILLCHAR", "illegal character", 0},
    {8290482, "DATIMUSED", "date/time currently in use", 0},
    {8290490, "NOTISAM", "message file is not an indexed file", 0},
    {8290498, "DELMSG", "message has been deleted", 0},
    {8290514, "NOFOLDER", "no folder is selected", 0},
    {8290522, "NOTEXIST", "folder !AS does not exist", 1},
    {8290530, "NOTSUBDIR", "not a subdirectory", 0},
    {8290546, "ILLFOLNAM", "illegal folder name", 0},
    {8290570, "ILLPERNAM", "illegal personal name", 0},
    {8290618, "CAPTIVE", "not allowed for a captive account", 0},
    {8290634, "RECTOBIG", "record too big for MAIL buffer", 0},
    {8290642, "ILLCTXADR", "illegal context address", 0},
    {8290650, "WRONGCTX", "wrong context", 0},
    {8290658, "FAILGETVM", "failed to get virtual memory", 0},
    {8290666, "INVITMCOD", "invalid item code", 0},
    {8290674, "MISREQITM", "missing required item", 0},
    {8290682, "INVITMLEN", "invalid item length", 0},
    {8290690, "FILEOPEN", "mail file is already open", 0},
    {8290698, "NOFILEOPEN", "no mail file open", 0},
    {8290706, "CONITMCOD", "conflicting item codes specified", 0},
    {8290714, "NOMORECTX", "no more contexts", 0},
    {8290722, "WRONGFILE", "wrong file", 0},
    {8290738, "INVITMVAL", "invalid item value", 0},
    {8290754, "FORMSG", "message is a foreign message", 0},
    {8290762, "NOTFORMSG", "message is not a foreign message", 0},
    {8290770, "ERRACTRNS", "error activating transport !AS", 1},
    {8290778, "BADVALUE", "bad value for parameter", 0},
    {8290802, "OPENIN", "error opening !AS as input", 1},
    {8290810, "OPENOUT", "error opening !AS as output", 1},
    {8290818, "PARSEFAIL", "error parsing !AS", 1},
    {8290826, "READERR", "error reading !AS", 1},
    {8290842, "SYSERROR", "system error in MAIL", 0},
    {8290850, "NOSYSNAM", "operation requires SYSNAM privilege", 0},
    {8290858, "NOSYSPRV", "operation requires SYSPRV privilege", 0},
    {8290866, "PROTOCOL", "protocol error of a mail transport", 0},
    {8290874, "NOACCPTMSG", "the remote node does not accept the message", 0},
    {8290898, "NOUSERSPEC", "no user specified", 0},
    {8290914, "LISTTOOLONG", "address list is too long", 0},
    {8306307, "SELECTED", "!UL message!%S selected", 1},
    {8306339, "NEWFOLDER", "folder !AS created", 1},
    {8306363, "DELETED", "deleted", 0},
    {8314792, "NOMOREREC", "no more records", 0},
    {8314920, "CLOSEIN", "error closing !AS as input", 1},
    {8314928, "CLOSEOUT", "error closing !AS as output", 1},
    {8314936, "INVQUAVAL", "invalid value !AS for qualifier", 1},
    {8314944, "WRITEERR", "error writing !AS", 1},
    {8322305, "MSGTEXT", "message text returned", 0},
    {8322313, "MSGINFO", "message information returned", 0},
    {8322321, "MSGSENT", "mail sent to !AS", 1},
    {8322369, "TEXT", "!AS", 1},
};

const MessageRow login_rows[] = {
    {13860884, "LOGDISABL", "logins are currently disabled", 0},
    {13860924, "NOTVALID", "user authorization failure", 0},
    {13860940, "USERAUTH", "error accessing authorization record", 0},
    {13860980, "CAPTIVE", "captive account does not allow this form of login", 0},
    {13860988, "BADHOUR", "you are not authorized to login at this time", 0},
    {13860996, "USEREXC", "you have exceeded the number of users", 0},
    {13861004, "ACNTEXC", "account jobs exceeded", 0},
    {13861012, "BADDAY", "you are not authorized to login today", 0},
    {13861020, "RESTRICT", "you are not authorized to login from this source", 0},
    {13861044, "EVADE", "break-in evasion in effect", 0},
    {13861060, "ACNTEXPIR", "account has expired", 0},
    {13861068, "PWDEXPIR", "password has expired", 0},
    {13861108, "NOSUCHUSER", "no such user", 0},
    {13861116, "INVPWD", "invalid password", 0},
    {13861132, "DISUSER", "account is disabled", 0},
};

const MessageRow secsrv_rows[] = {
    {116299715, "INTRUDER", "matching intruder record found", 0},
    {116299723, "SUSPECT", "matching suspect record found", 0},
    {116311634, "NOSUCHUSER", "no such user", 0},
    {116311690, "BADNODENAMELEN", "invalid node name length", 0},
    {116311698, "BADREMUSERLEN", "invalid remote user name length", 0},
    {116311738, "NOSUCHINTRUDER", "no such intruder record", 0},
    {116311746, "CIADBEMPTY", "the intrusion database is empty", 0},
    {116311754, "INSUFINFO", "insufficient information to identify the source", 0},
    {116311794, "BADJOBTYPE", "invalid job type", 0},
    {116311802, "SERVERNOTACTIVE", "the security server is not active", 0},
};

const MessageRow smb_rows[] = {
    {17858562, "NOMOREITEMS", "no more items in message", 0},
    {17858570, "INVSTRLEV", "invalid structure level", 0}, /* private value */
    {17858578, "INVSTMNBR", "invalid stream number", 0},   /* private value */
};

const MessageTable facility_table[] = {
    {"LIB", lib_rows, sizeof lib_rows / sizeof lib_rows[0]},
    {"STR", str_rows, sizeof str_rows / sizeof str_rows[0]},
    {"OPCOM", opcom_rows, sizeof opcom_rows / sizeof opcom_rows[0]},
    {"JBC", jbc_rows, sizeof jbc_rows / sizeof jbc_rows[0]},
    {"MAIL", mail_rows, sizeof mail_rows / sizeof mail_rows[0]},
    {"LOGIN", login_rows, sizeof login_rows / sizeof login_rows[0]},
    {"SECSRV", secsrv_rows, sizeof secsrv_rows / sizeof secsrv_rows[0]},
    {"SMB", smb_rows, sizeof smb_rows / sizeof smb_rows[0]},
};

} // namespace

const MessageTable *facility_messages(size_t *count)
{
    *count = sizeof facility_table / sizeof facility_table[0];
    return facility_table;
}

} // namespace shim

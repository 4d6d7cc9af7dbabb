/*
**  status - classes of condition values
**
**  One table row per class, ended by 0.  A condition is compared without its control bits (bit 28
**  says only that it was already reported).  stv counts too: RMS$_FUL and RMS$_WER carry the
**  device's reason there.
*/
#include "VMS/status.h"

#include <errno.h>
#include <string.h>

#include <jbcmsgdef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>
#include <secsrvmsgdef.h>
#include <ssdef.h>
#include <stsdef.h>

#include "CORE/text.h"
#include "VMS/message.h"

namespace mail {

static const boost::uint32_t not_found_conditions[] = {
    RMS$_FNF, RMS$_DNF, RMS$_RNF, SS$_NOLOGNAM, SS$_NOLOGTAB, SS$_NOSUCHFILE, SS$_NOSUCHUSER,
    SS$_NONEXPR, SS$_NOSUCHID, SS$_NOSUCHNODE, SS$_NOSUCHDEV, SS$_NOSUCHOBJ, SS$_NOENTRY,
    JBC$_NOSUCHQUE, JBC$_NOSUCHJOB, JBC$_NOSUCHENT, JBC$_NOSUCHFILE,
    MAIL$_NOSUCHUSR, MAIL$_NOTEXIST, MAIL$_NOFOLDER, MAIL$_NOTFOUND,
    SECSRV$_NOSUCHINTRUDER, SECSRV$_CIADBEMPTY, 0};

static const boost::uint32_t no_privilege_conditions[] = {
    SS$_NOPRIV, SS$_NOSYSPRV, SS$_NOSYSNAM, SS$_NOOPER, SS$_NOCMKRNL, SS$_NOSECURITY,
    SS$_NOIMPERSONATE, SS$_NOTALLPRIV, RMS$_PRV, JBC$_NOPRIV, JBC$_NOOPER, JBC$_NOCMKRNL,
    JBC$_DELACCESS, MAIL$_NOSYSPRV, MAIL$_NOSYSNAM, 0};

static const boost::uint32_t end_conditions[] = {
    RMS$_EOF, RMS$_NMF, SS$_ENDOFFILE, SS$_NOMOREITEMS, SS$_NOMOREPROC, JBC$_NOMOREQUE,
    JBC$_NOMOREJOB, JBC$_NOMOREENT, JBC$_NOMOREFILE, MAIL$_NOMOREMSG, MAIL$_NOMOREREC, 0};

static const boost::uint32_t disk_full_conditions[] = {
    RMS$_FUL, RMS$_EXT, SS$_DEVICEFULL, SS$_EXDISKQUOTA, 0};

static const boost::uint32_t locked_conditions[] = {
    RMS$_FLK, RMS$_RLK, SS$_NOTQUEUED, SS$_INTERLOCK, SS$_DEVALLOC, JBC$_EXECUTING, 0};

static const boost::uint32_t timed_out_conditions[] = {SS$_TIMEOUT, RMS$_TMO, 0};

static const boost::uint32_t exists_conditions[] = {
    RMS$_FEX, SS$_DUPLNAM, JBC$_QEXISTS, MAIL$_DATIMUSED, 0};

static const boost::uint32_t retryable_conditions[] = {
    SS$_EXQUOTA, SS$_INSFMEM, SS$_MBFULL, SS$_DEVOFFLINE, SS$_LINKABORT, SS$_LINKDISCON,
    SS$_UNREACHABLE, SS$_PATHLOST, SS$_CONNECFAIL, SS$_REJECT, SS$_SHUT, SS$_DEADLOCK,
    SS$_CANCEL, SS$_EXBYTLM, SS$_EXPRCLM, RMS$_DME, JBC$_JOBQUEDIS, JBC$_QUE_CLOSED,
    JBC$_QUEDISABLED, JBC$_SYSFAIL, MAIL$_LOGLINK, MAIL$_OPENOUT, MAIL$_FAILGETVM,
    MAIL$_NOMORECTX, MAIL$_NETIOERR, SECSRV$_SERVERNOTACTIVE, 0};

static bool listed(boost::uint32_t condition, const boost::uint32_t *conditions)
{
    const boost::uint32_t control_bits = 0xf0000000u;
    for (; *conditions; ++conditions)
        if ((condition & ~control_bits) == *conditions)
            return true;
    return false;
}

bool Status::is_any(const boost::uint32_t *conditions) const
{
    return listed(sts_, conditions) || (!ok() && stv_ && listed(stv_, conditions));
}

bool Status::not_found() const
{
    return is_any(not_found_conditions);
}

bool Status::no_privilege() const
{
    return is_any(no_privilege_conditions);
}

bool Status::end_of_file() const
{
    return is_any(end_conditions);
}

bool Status::disk_full() const
{
    return is_any(disk_full_conditions);
}

bool Status::locked() const
{
    return is_any(locked_conditions);
}

bool Status::timed_out() const
{
    return is_any(timed_out_conditions);
}

bool Status::exists() const
{
    return is_any(exists_conditions);
}

bool Status::retryable() const
{
    if (ok())
        return false;
    return disk_full() || locked() || timed_out() || is_any(retryable_conditions);
}

bool Status::was_told() const
{
    return (sts_ & STS$M_INHIB_MSG) != 0;
}

Status Status::told() const
{
    return Status(sts_ | STS$M_INHIB_MSG, stv_);
}

/*
**  An errno in stv is no condition value, and small ones would read as one.  Bits 16-27 that no
**  facility of VMS has tell them apart.
*/
static const boost::uint32_t errno_mark = 0x0FFE0000u, errno_bits = 0xFFFFu;

static bool is_errno(boost::uint32_t stv)
{
    return (stv & ~errno_bits) == errno_mark;
}

static std::string errno_text(boost::uint32_t stv)
{
    return strerror(static_cast<int>(stv & errno_bits));
}

/* The message without its FAO directives: nobody has the arguments any more. */
static std::string bare_text(boost::uint32_t condition)
{
    std::string text = message_text(condition), bare;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '!') {
            bare += text[i];
            continue;
        }
        while (i + 1 < text.size() && text_is_digit(text[i + 1]))
            ++i;
        size_t letters = 0;
        while (i + 1 < text.size() && letters < 2 && text[i + 1] >= 'A' && text[i + 1] <= 'Z') {
            ++i;
            ++letters;
        }
        if (letters == 0)
            ++i; /* "!/" */
        else if (!bare.empty() && bare[bare.size() - 1] == ' ')
            bare.resize(bare.size() - 1);
    }
    return bare;
}

std::string Status::text() const
{
    std::string result = bare_text(sts_);
    if (!ok() && stv_ && stv_ != sts_)
        result += "; " + (is_errno(stv_) ? errno_text(stv_) : bare_text(stv_));
    return result;
}

Status Status::bad_parameter()
{
    return Status(SS$_BADPARAM);
}

Status Status::timeout()
{
    return Status(SS$_TIMEOUT);
}

Status Status::cancelled()
{
    return Status(SS$_CANCEL);
}

Status Status::no_memory()
{
    return Status(SS$_INSFMEM);
}

Status Status::link_lost()
{
    return Status(SS$_LINKDISCON);
}

Status Status::unreachable()
{
    return Status(SS$_UNREACHABLE);
}

Status Status::too_big()
{
    return Status(SS$_RESULTOVF);
}

Status Status::no_such_file()
{
    return Status(SS$_NOSUCHFILE);
}

Status Status::no_record()
{
    return Status(RMS$_RNF);
}

Status Status::failed()
{
    return Status(SS$_ABORT);
}

struct ErrnoRow {
    int error;
    boost::uint32_t condition;
};

static const ErrnoRow errno_table[] = {
    {ETIMEDOUT, SS$_TIMEOUT},      {ECONNREFUSED, SS$_REJECT},    {EHOSTUNREACH, SS$_UNREACHABLE},
    {ENETUNREACH, SS$_UNREACHABLE},{EADDRNOTAVAIL, SS$_UNREACHABLE},
    {ECONNRESET, SS$_LINKDISCON},  {EPIPE, SS$_LINKDISCON},       {ENOTCONN, SS$_LINKDISCON},
    {ECONNABORTED, SS$_LINKABORT}, {ENOMEM, SS$_INSFMEM},         {ENOBUFS, SS$_INSFMEM},
    {EMFILE, SS$_EXQUOTA},         {ENFILE, SS$_EXQUOTA},         {EAGAIN, SS$_EXQUOTA},
    {EACCES, SS$_NOPRIV},          {EPERM, SS$_NOPRIV},           {EADDRINUSE, SS$_DUPLNAM},
    {EINVAL, SS$_BADPARAM},        {EBADF, SS$_IVCHAN},           {EAFNOSUPPORT, SS$_UNSUPPORTED},
};

Status Status::from_errno(int error)
{
    boost::uint32_t stv = errno_mark | (static_cast<boost::uint32_t>(error) & errno_bits);
    for (size_t i = 0; i < sizeof errno_table / sizeof errno_table[0]; ++i)
        if (errno_table[i].error == error)
            return Status(errno_table[i].condition, stv);
    return Status(SS$_ABORT, stv);
}

} // namespace mail

/*
**  mail_protocol - activating protocol images, and their calls
*/
#include "mail_protocol.h"

#include "mail_text.h"
#include "shim.h"

#include <lnmdef.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <rms.h>
#include <starlet.h>

#include <cstring>
#include <dlfcn.h>
#include <map>
#include <unistd.h>

namespace shim {

namespace {

const size_t CONTEXT_BYTES = 16;
const size_t LOGICAL_MAX = 255;
const int SYSTEM_FLAGS_FOREIGN = 1;

struct Image {
    void *handle;
    void *entry;
    int minor;
};
std::map<std::string, Image> images; /* by host path; stay for the life of the process */

uint32_t error_seen; /* condition given to the error routine during this call */

extern "C" int mail_protocol_error(unsigned int condition, ...)
{
    error_seen = condition;
    return SS$_NORMAL;
}

uint32_t run_status(int answer)
{
    uint32_t status = static_cast<uint32_t>(answer);
    return (status & 1) || !error_seen ? status : error_seen;
}

int exported_value(void *handle, const char *name, int missing)
{
    const int *value = static_cast<const int *>(dlsym(handle, name));
    return value ? *value : missing;
}

/* SYS$SCRATCH:MAIL_xxxx_SEND.TMP with the text as records, open for reading; gone when closed. */
class BodyFile {
public:
    BodyFile() : block_(static_cast<char *>(arena_get(SIZE))), fab_(nullptr), rab_(nullptr) {}
    ~BodyFile()
    {
        if (fab_ && fab_->fab$w_ifi)
            sys$close(fab_);
        if (block_)
            arena_free(block_, SIZE);
    }
    uint32_t make(const MailBody &body)
    {
        uint32_t status = block_ ? create() : static_cast<uint32_t>(SS$_INSFMEM);
        if (status & 1)
            status = fill(body);
        return (status & 1) ? reopen() : status;
    }
    RAB *rab() { return rab_; }

private:
    static const size_t BUFFER = 32768, NAME = 256;
    static const size_t SIZE = BUFFER + NAME + 512;

    /* A process without a login has no SYS$SCRATCH: then the user's directory. */
    static std::string scratch()
    {
        std::string value;
        MailUser own;
        if (mail_logical("SYS$SCRATCH", &value) || !(mail_find_user(self().user, &own) & 1))
            return "SYS$SCRATCH:";
        return own.login;
    }
    uint32_t create()
    {
        static unsigned count;
        memset(block_, 0, SIZE);
        char *name = block_ + BUFFER;
        int length = snprintf(name, NAME, "%sMAIL_%08X%04X_SEND.TMP", scratch().c_str(),
                              static_cast<unsigned>(getpid()), ++count & 0xffff);
        fab_ = new (block_ + BUFFER + NAME) FAB(cc$rms_fab);
        rab_ = new (block_ + BUFFER + NAME + 128) RAB(cc$rms_rab);
        fab_->fab$l_fna = name;
        fab_->fab$b_fns = static_cast<unsigned char>(length);
        fab_->fab$b_fac = FAB$M_PUT;
        fab_->fab$b_rfm = FAB$C_VAR;
        fab_->fab$b_rat = FAB$M_CR;
        rab_->rab$l_fab = fab_;
        uint32_t status = static_cast<uint32_t>(sys$create(fab_));
        return (status & 1) ? static_cast<uint32_t>(sys$connect(rab_)) : status;
    }
    uint32_t put(const char *data, size_t size)
    {
        memcpy(block_, data, size);
        rab_->rab$l_rbf = block_;
        rab_->rab$w_rsz = static_cast<unsigned short>(size);
        return static_cast<uint32_t>(sys$put(rab_));
    }
    uint32_t fill(const MailBody &body)
    {
        uint32_t status = SS$_NORMAL;
        const char *data;
        size_t size;
        if (body.foreign) {
            for (size_t at = 0; at < body.records->size() && (status & 1); at += 512)
                status = put(body.records->data() + at,
                             std::min<size_t>(512, body.records->size() - at));
            return status;
        }
        RecordReader reader(body.records->data(), body.records->size());
        while ((status & 1) && reader.next(&data, &size))
            status = put(data, std::min<size_t>(size, BUFFER - 2));
        return status;
    }
    uint32_t reopen()
    {
        sys$close(fab_);
        fab_->fab$b_fac = FAB$M_GET;
        fab_->fab$l_fop |= FAB$M_DLT;
        uint32_t status = static_cast<uint32_t>(sys$open(fab_));
        *rab_ = cc$rms_rab;
        rab_->rab$l_fab = fab_;
        rab_->rab$l_ubf = block_;
        rab_->rab$w_usz = BUFFER - 1;
        return (status & 1) ? static_cast<uint32_t>(sys$connect(rab_)) : status;
    }

    char *block_;
    FAB *fab_;
    RAB *rab_;
};

} // namespace

bool mail_logical(const std::string &name, std::string *value)
{
    const std::string table = "LNM$FILE_DEV";
    MailCondition holder; /* its descriptors are low */
    struct Block {
        ILE3 items[2];
        char text[LOGICAL_MAX];
        unsigned short length;
    };
    Block *block = static_cast<Block *>(arena_get(sizeof(Block)));
    if (!block)
        return false;
    memset(static_cast<void *>(block), 0, sizeof *block);
    block->items[0] = {LOGICAL_MAX, LNM$_STRING, block->text, &block->length};
    unsigned int attributes = LNM$M_CASE_BLIND;
    uint32_t status = static_cast<uint32_t>(
        sys$trnlnm(&attributes, holder.text(table), holder.text(name), nullptr, block->items));
    if (status & 1)
        value->assign(block->text, block->length);
    arena_free(block, sizeof *block);
    return (status & 1) != 0;
}

uint32_t MailLink::find_entry(const std::string &protocol, Entry *entry, int *minor)
{
    std::string name, path;
    if (!mail_logical("MAIL$PROTOCOL_" + protocol, &name))
        name = protocol;
    if (!name.empty() && name[0] == '%')
        return MAIL$_LOGLINK; /* a DECnet object: there is no DECnet here */
    uint32_t status = host_path(name, "SYS$SHARE:.EXE", true, &path, nullptr);
    if (!(status & 1))
        return MAIL$_ILLTPRT;
    auto known = images.find(path);
    if (known == images.end()) {
        void *handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!handle) {
            trace("mail protocol %s: %s", protocol.c_str(), dlerror());
            return MAIL$_ILLTPRT;
        }
        Image image = {handle, dlsym(handle, "MAIL$PROTOCOL"),
                       exported_value(handle, "MAIL$C_PROT_MINOR", MAIL$C_PROT_MINOR)};
        if (!image.entry ||
            exported_value(handle, "MAIL$C_PROT_MAJOR", MAIL$C_PROT_MAJOR) != MAIL$C_PROT_MAJOR)
            return MAIL$_PROTOCOL;
        known = images.emplace(path, image).first;
    }
    *entry = reinterpret_cast<Entry>(known->second.entry);
    *minor = known->second.minor;
    return SS$_NORMAL;
}

MailLink::MailLink(const std::string &protocol, const std::string &node, Entry entry)
    : protocol_(protocol), node_(node), entry_(entry), context_(arena_get(CONTEXT_BYTES)),
      connected_(false)
{
    if (context_)
        memset(context_, 0, CONTEXT_BYTES);
}

MailLink::~MailLink()
{
    finish();
    if (context_)
        arena_free(context_, CONTEXT_BYTES);
}

uint32_t MailLink::connect(const std::string &protocol, const std::string &node,
                           const std::string &sender, bool foreign, std::unique_ptr<MailLink> *link)
{
    Entry entry = nullptr;
    int minor = 0, flags = foreign ? SYSTEM_FLAGS_FOREIGN : 0;
    uint32_t status = find_entry(protocol, &entry, &minor);
    if (!(status & 1))
        return status;
    std::unique_ptr<MailLink> made(new MailLink(protocol, node, entry));
    if (!made->context_)
        return MAIL$_FAILGETVM;
    MailCondition holder;
    error_seen = 0;
    status = run_status(entry(made->context_, LNK_C_OUT_CONNECT, holder.text(protocol),
                              holder.text(node), static_cast<int>(MAIL$_LOGLINK), FAB$M_CR,
                              FAB$C_VAR, 0, nullptr, FAB$C_SEQ, flags));
    if (!(status & 1))
        return status;
    made->connected_ = true;
    if (minor >= 2)
        status = run_status(entry(made->context_, LNK_C_OUT_ATTRIBS, flags, holder.text("")));
    if ((status & 1) || status == SS$_NOENTRY)
        status = made->text_call(LNK_C_OUT_SENDER, sender);
    if (status & 1)
        *link = std::move(made);
    return status;
}

uint32_t MailLink::text_call(int code, const std::string &text)
{
    MailCondition holder;
    error_seen = 0;
    return run_status(entry_(context_, code, holder.text(node_), holder.text(text)));
}

uint32_t MailLink::user_call(int code, const std::string &addressee)
{
    MailCondition holder;
    error_seen = 0;
    return run_status(
        entry_(context_, code, holder.text(node_), holder.text(addressee), mail_protocol_error));
}

uint32_t MailLink::check_user(const std::string &addressee)
{
    return user_call(LNK_C_OUT_CKUSER, addressee);
}

uint32_t MailLink::send_file(const MailBody &body)
{
    BodyFile file;
    uint32_t status = file.make(body);
    if (!(status & 1))
        return status;
    MailCondition holder;
    error_seen = 0;
    return run_status(
        entry_(context_, LNK_C_OUT_FILE, holder.text(node_), file.rab(), mail_protocol_error));
}

uint32_t MailLink::send(const MailBody &body)
{
    uint32_t status = user_call(LNK_C_OUT_CKUSER, std::string(1, '\0'));
    if (status & 1)
        status = text_call(LNK_C_OUT_TO, body.to);
    if (status & 1)
        status = text_call(LNK_C_OUT_CC, body.cc);
    if ((status & 1) || status == SS$_NOENTRY) /* an image of before CC lines */
        status = text_call(LNK_C_OUT_SUBJ, body.subject);
    return (status & 1) ? send_file(body) : status;
}

uint32_t MailLink::check_sent(const std::string &addressee)
{
    return user_call(LNK_C_OUT_CKSEND, addressee);
}

uint32_t MailLink::finish()
{
    if (!connected_)
        return SS$_NORMAL;
    connected_ = false;
    error_seen = 0;
    return run_status(entry_(context_, LNK_C_OUT_DEACCESS));
}

} // namespace shim

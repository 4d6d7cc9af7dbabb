/*
**  mail_host - where callable MAIL meets the rest of SHIM: users, directories, files, signals
**
**  A user's mail directory is the default directory of SYSUAF, or the profile's sub-directory of
**  it. Threads: only inside callable MAIL.
*/
#ifndef SHIM_MAIL_HOST_H
#define SHIM_MAIL_HOST_H

#include "mail_profile.h"

#include <descrip.h>

#include <string>
#include <vector>

namespace shim {

struct MailUser {
    std::string user;
    uint32_t flags;        /* UAI$M_... */
    std::string directory; /* VMS: "SYS$SYSDEVICE:[SMITH.MAIL]" */
    std::string login;     /* VMS: the default directory */
};

/* SYSUAF and profile.  MAIL$_NOSUCHUSR when SYSUAF does not know the user. */
uint32_t mail_find_user(const std::string &user, MailUser *found);
/* "[SMITH]" and "[.MAIL]" make "[SMITH.MAIL]". */
std::string mail_join_directory(const std::string &login, const std::string &sub);
/* Host path of a VMS directory.  RMS$_DNF. */
uint32_t mail_host_directory(const std::string &directory, std::string *path);
/* Host path of the profile file. */
uint32_t mail_profile_path(std::string *path);
/* node_name() without a system call each time. */
const std::string &mail_node();
/* Makes a directory below an existing one. */
uint32_t mail_make_directory(const std::string &directory);

/* The records of a text file.  RMS status. */
uint32_t mail_read_file(const std::string &spec, const std::string &defaults,
                        std::vector<std::string> *records, std::string *resultant);
/* All bytes of a file, for foreign messages. */
uint32_t mail_read_bytes(const std::string &spec, const std::string &defaults, std::string *bytes,
                         std::string *resultant);

/* "New mail on node X from Y" to the user's terminals.  Failure is not reported. */
void mail_announce(const std::string &user, const std::string &from, const std::string &folder,
                   uint64_t date);

/*
**  A condition with its arguments, and others that explain it.  Texts are kept as descriptors in
**  low memory as long as the object lives.
*/
class MailCondition {
public:
    MailCondition() {}
    ~MailCondition();
    MailCondition(const MailCondition &) = delete;
    MailCondition &operator=(const MailCondition &) = delete;
    /* In order: the first is what a routine returns. */
    void add(uint32_t condition,
             const std::vector<std::string> &texts = std::vector<std::string>());
    /* An RMS code is followed by its STV, which is no condition of its own. */
    void add_rms(uint32_t status, uint32_t value);
    bool empty() const { return longwords_.empty(); }
    void signal();
    /* {count, condition, ..., PC, PSL} in low memory. */
    unsigned int *array();
    dsc$descriptor_s *text(const std::string &text);

private:
    struct Block {
        void *at;
        size_t size;
    };
    std::vector<uint32_t> longwords_;
    std::vector<Block> blocks_;
};

} // namespace shim

#endif

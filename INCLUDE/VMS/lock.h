/*
**  lock - an exclusive lock known to all processes of the system ($ENQ)
**
**  Names are at most 31 characters and begin with our prefix; the lock is released by release(),
**  by the destructor, or by the end of the process.  spec/vms-api.md 7.2.  One thread per object.
*/
#ifndef MAIL_VMS_LOCK_H
#define MAIL_VMS_LOCK_H

#include "VMS/status.h"

namespace mail {

class Lock {
public:
    Lock() : id_(0) {}
    ~Lock() { release(); }
    /* wait false: locked() when somebody else has it. system: known in all UIC groups (SYSLCK). */
    Status acquire(const std::string &name, bool wait, bool system = true);
    void release();
    bool held() const { return id_ != 0; }

private:
    Lock(const Lock &);
    Lock &operator=(const Lock &);
    boost::uint32_t id_;
};

} // namespace mail

#endif

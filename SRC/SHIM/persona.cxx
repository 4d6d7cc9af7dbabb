/*
**  persona - $PERSONA_CREATE, $PERSONA_ASSUME, $PERSONA_DELETE
**
**  A persona is a user's name, UIC and privileges, made once and assumed by a thread at a time or
*by
**  several.  It changes who self() and privileged() speak of, for the assuming thread only; not the
**  default directory, quotas or open channels.  spec/vms-api.md 4.7.
*/
#include "shim.h"

#include <map>
#include <mutex>

#include <issdef.h>
#include <prvdef.h>
#include <starlet.h>
#include <uaidef.h>

namespace
{

const unsigned first_persona = 2; /* 1 is the natural one */
const unsigned max_personae = 4096;

struct Persona {
    shim::Identity identity;
    unsigned assumed; /* by how many threads */
    bool deleted;     /* goes when the last of them leaves it */
};

std::mutex persona_mutex;
std::map<unsigned, Persona> personae; /* under persona_mutex */
unsigned next_persona = first_persona;
thread_local unsigned current = ISS$C_ID_NATURAL;

/* Under persona_mutex. */
void leave(unsigned id)
{
    std::map<unsigned, Persona>::iterator found = personae.find(id);
    if (found == personae.end())
        return;
    found->second.assumed--;
    if (found->second.deleted && found->second.assumed == 0)
        personae.erase(found);
}

bool alive(unsigned id, const char *service)
{
    std::map<unsigned, Persona>::iterator found = personae.find(id);
    if (found != personae.end() && !found->second.deleted)
        return true;
    shim::violation("%s: persona %u is not there, or was deleted", service, id);
    return false;
}

} // namespace

extern "C" int sys$persona_create(unsigned int *persona, void *usrnam, unsigned int flags,
                                  void *usrpro, void *itmlst)
{
    SHIM_SERVICE("sys$persona_create");
    const unsigned known = ISS$M_CREATE_DEFPRIV | ISS$M_CREATE_AUTHPRIV | ISS$M_CREATE_DEFCLASS;
    if (!persona)
        return SS$_ACCVIO;
    if ((flags & ~known) || usrpro || itmlst) {
        shim::trace("sys$persona_create: flags 0x%x, profiles and items are not known", flags);
        return SS$_BADPARAM;
    }
    std::string user;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(usrnam), &user);
    if (!(status & 1))
        return status;
    user.erase(user.find_last_not_of(' ') + 1);
    if (!shim::privileged(PRV$M_IMPERSONATE))
        return SS$_NOIMPERSONATE;
    shim::UserRecord record;
    status = shim::find_user(user, &record);
    if (!(status & 1))
        return status;
    if (record.flags & UAI$M_DISACNT)
        return SS$_USERDISABLED;
    Persona made = {shim::self(), 0, false};
    made.identity.user = user;
    made.identity.uic = record.uic;
    made.identity.authorized = record.privileges;
    made.identity.current =
        flags & ISS$M_CREATE_AUTHPRIV ? record.privileges : record.default_privileges;
    std::lock_guard<std::mutex> guard(persona_mutex);
    if (personae.size() >= max_personae)
        return SS$_INSFMEM;
    *persona = next_persona++;
    personae[*persona] = made;
    return SS$_NORMAL;
}

extern "C" int sys$persona_assume(unsigned int *persona, unsigned int flags, unsigned int *previous,
                                  unsigned int)
{
    SHIM_SERVICE("sys$persona_assume");
    if (!persona)
        return SS$_ACCVIO;
    if (flags)
        return SS$_BADPARAM;
    std::lock_guard<std::mutex> guard(persona_mutex);
    unsigned before = current;
    if (*persona == ISS$C_ID_NATURAL) {
        shim::assume_identity(nullptr);
    } else {
        if (!alive(*persona, "sys$persona_assume"))
            return SS$_PERSONANONGRATA;
        personae[*persona].assumed++;
        shim::assume_identity(&personae[*persona].identity);
    }
    current = *persona;
    leave(before);
    if (previous)
        *previous = before;
    return SS$_NORMAL;
}

extern "C" int sys$persona_delete(unsigned int *persona)
{
    SHIM_SERVICE("sys$persona_delete");
    if (!persona)
        return SS$_ACCVIO;
    if (*persona == ISS$C_ID_NATURAL)
        return SS$_BADPARAM;
    std::lock_guard<std::mutex> guard(persona_mutex);
    if (!alive(*persona, "sys$persona_delete"))
        return SS$_PERSONANONGRATA;
    Persona &old = personae[*persona];
    if (old.assumed) {
        old.deleted = true;
        return SS$_PERSONADELPEND;
    }
    personae.erase(*persona);
    return SS$_NORMAL;
}

/*
**  uaf_services - $GETUAI and $SETUAI
**
**  Both are synchronous in spite of their efn and iosb places.  One's own record needs no privilege
**  to read; another one's needs SYSPRV, BYPASS or READALL, or GRPPRV in the same group.  Of his own
**  record a user may set the passwords only.  spec/vms-api.md 4.1; System Services manual.
*/
#include "plain_text.h"
#include "shim.h"
#include "uaf_fields.h"

#include <cstring>

#include <prvdef.h>
#include <starlet.h>
#include <uaidef.h>

namespace
{

const uint32_t context_new = 0xffffffff;  /* the caller's first value */
const uint32_t context_open = 0x00010001; /* what it becomes: the store stays open anyhow */

bool check_context(unsigned *contxt)
{
    if (!contxt)
        return true;
    if (*contxt != context_new && *contxt != context_open) {
        shim::violation("$GETUAI/$SETUAI context 0x%08x: neither -1 nor of an earlier call",
                        *contxt);
        return false;
    }
    *contxt = context_open;
    return true;
}

uint32_t user_name(void *usrnam, std::string *user)
{
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(usrnam), user);
    if (!(status & 1))
        return status;
    user->erase(user->find_last_not_of(' ') + 1);
    return user->empty() || user->size() > 32 ? SS$_BADPARAM : SS$_NORMAL;
}

/* SS$_NORMAL when the thread may see (write: change) another's record. */
uint32_t check_other(const shim::UafRecord &record, bool write)
{
    if (shim::privileged(PRV$M_SYSPRV | PRV$M_BYPASS | (write ? 0 : PRV$M_READALL)))
        return SS$_NORMAL;
    bool same_group = shim::self().uic >> 16 == record.uic >> 16;
    if (!same_group)
        return SS$_NOSYSPRV;
    return shim::privileged(PRV$M_GRPPRV) ? SS$_NORMAL : SS$_NOGRPPRV;
}

/* A return buffer shorter than the datum takes what fits; that is no error here. */
void give(const shim::Item &item, const char *data, size_t size, size_t field_size, char fill)
{
    size_t copied = size < item.length ? size : item.length;
    memcpy(item.buffer, data, copied);
    size_t end = field_size < item.length ? field_size : item.length;
    if (end > copied)
        memset(static_cast<char *>(item.buffer) + copied, fill, end - copied);
    if (item.retlen)
        *item.retlen = static_cast<unsigned short>(fill == ' ' ? end : copied);
}

void give_number(const shim::Item &item, uint32_t value, size_t size)
{
    give(item, reinterpret_cast<const char *>(&value), size, size, '\0');
}

bool get_item(const shim::Item &item, const shim::UafRecord &record)
{
    if (item.code == UAI$_MEM || item.code == UAI$_GRP) {
        give_number(item, item.code == UAI$_MEM ? record.uic & 0xffff : record.uic >> 16, 2);
        return true;
    }
    const shim::UafField *field = shim::uaf_field(item.code);
    if (!field) {
        shim::trace("sys$getuai: item code %u is not known", item.code);
        return false;
    }
    if (field->kind == shim::UafField::NUMBER || field->kind == shim::UafField::BYTES) {
        give(item, field_bytes(*field, record), field->size, field->size, '\0');
        return true;
    }
    const std::string &text = field_text(*field, record);
    if (field->kind == shim::UafField::FILLED) {
        give(item, text.data(), text.size(), field->size, ' ');
        return true;
    }
    char counted[256];
    counted[0] = static_cast<char>(text.size());
    memcpy(counted + 1, text.data(), text.size());
    give(item, counted, text.size() + 1, field->size, '\0');
    return true;
}

uint32_t set_password(const shim::Item &item, shim::UafRecord *record)
{
    std::string text = item.text();
    if (item.code == UAI$_PASSWORD)
        return uaf_set_password(record, text);
    shim::UafRecord second = *record;
    uint32_t status = uaf_set_password(&second, text);
    if (!(status & 1))
        return status;
    /* one salt serves both passwords, so the second is hashed with the first one's */
    record->algorithm2 = second.algorithm;
    record->password2_date = shim::now();
    if (!(record->flags & UAI$M_PWDMIX))
        text = shim::upper(text);
    return shim::hash_password(text, record->algorithm2, record->salt, record->user,
                               &record->password2);
}

uint32_t set_text(const shim::Item &item, const shim::UafField &field, shim::UafRecord *record)
{
    if (item.code == UAI$_USERNAME)
        return SS$_BADPARAM; /* renaming is AUTHORIZE's */
    std::string text = item.text();
    if (field.kind == shim::UafField::COUNTED) {
        size_t count = text.empty() ? 0 : static_cast<unsigned char>(text[0]);
        if (text.empty() || count >= text.size() || count >= field.size)
            return SS$_BADPARAM;
        text = text.substr(1, count);
    } else {
        text.erase(text.find_last_not_of(' ') + 1);
    }
    field_text(field, record) = text;
    return SS$_NORMAL;
}

uint32_t set_item(const shim::Item &item, shim::UafRecord *record)
{
    if (item.code == UAI$_PASSWORD || item.code == UAI$_PASSWORD2)
        return set_password(item, record);
    if ((item.code == UAI$_MEM || item.code == UAI$_GRP) && item.length == 2) {
        uint32_t half = item.longword();
        record->uic = item.code == UAI$_MEM ? (record->uic & 0xffff0000) | half
                                            : (record->uic & 0xffff) | half << 16;
        return SS$_NORMAL;
    }
    const shim::UafField *field = shim::uaf_field(item.code);
    if (!field) {
        shim::trace("sys$setuai: item code %u is not known", item.code);
        return SS$_BADPARAM;
    }
    if (field->kind == shim::UafField::COUNTED || field->kind == shim::UafField::FILLED)
        return set_text(item, *field, record);
    if (item.length > field->size || item.length == 0)
        return SS$_BADPARAM;
    memset(field_bytes(*field, record), 0, field->size);
    memcpy(field_bytes(*field, record), item.buffer, item.length);
    return SS$_NORMAL;
}

bool only_passwords(const std::vector<shim::Item> &items)
{
    for (const shim::Item &item : items)
        if (item.code != UAI$_PASSWORD && item.code != UAI$_PASSWORD2)
            return false;
    return true;
}

uint32_t set_items(const std::vector<shim::Item> &items, bool own, shim::UafRecord *record)
{
    bool allowed = own && only_passwords(items) && !(record->flags & UAI$M_LOCKPWD);
    uint32_t status = allowed ? SS$_NORMAL : check_other(*record, true);
    for (size_t i = 0; i < items.size() && (status & 1); i++)
        status = set_item(items[i], record);
    return status;
}

} // namespace

extern "C" int sys$getuai(unsigned int, unsigned int *contxt, void *usrnam, void *itmlst, void *,
                          void (*)(unsigned long long), unsigned long long)
{
    SHIM_SERVICE("sys$getuai");
    if (!check_context(contxt))
        return SS$_BADPARAM;
    std::string user;
    std::vector<shim::Item> items;
    uint32_t status = user_name(usrnam, &user);
    if (status & 1)
        status = shim::read_items(static_cast<const ILE3 *>(itmlst), &items);
    if (!(status & 1))
        return status;
    std::shared_ptr<const shim::UafRecord> record = shim::uaf_find(user, &status);
    if (!record)
        return status;
    if (!shim::privileged(PRV$M_SYSPRV) && shim::self().user != user)
        status = check_other(*record, false);
    for (size_t i = 0; i < items.size() && (status & 1); i++)
        if (!get_item(items[i], *record))
            status = SS$_BADPARAM;
    return status;
}

extern "C" int sys$setuai(unsigned int, unsigned int *contxt, void *usrnam, void *itmlst, void *,
                          void (*)(unsigned long long), unsigned long long)
{
    SHIM_SERVICE("sys$setuai");
    if (!check_context(contxt))
        return SS$_BADPARAM;
    std::string user;
    std::vector<shim::Item> items;
    uint32_t status = user_name(usrnam, &user);
    if (status & 1)
        status = shim::read_items(static_cast<const ILE3 *>(itmlst), &items);
    if (!(status & 1))
        return status;
    bool own = shim::self().user == user;
    return shim::uaf_update(user,
                            [&](shim::UafRecord *record) { return set_items(items, own, record); });
}

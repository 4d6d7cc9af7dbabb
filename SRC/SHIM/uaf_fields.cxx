/*
**  uaf_fields - the table of SYSUAF fields, the defaults of a record, passwords
*/
#include "uaf_fields.h"
#include "plain_text.h"
#include "shim.h"

#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/random.h>

#include <ssdef.h>
#include <uaidef.h>

namespace shim
{

#define UAF_COUNTED(column, member, size)                                                          \
    {                                                                                              \
        UafField::COUNTED, #column, UAI$_##column, size, offsetof(UafRecord, member)               \
    }
#define UAF_NUMBER(column, member)                                                                 \
    {                                                                                              \
        UafField::NUMBER, #column, UAI$_##column, sizeof(UafRecord::member),                       \
            offsetof(UafRecord, member)                                                            \
    }
#define UAF_ACCESS(column, row)                                                                    \
    {                                                                                              \
        UafField::BYTES, #column, UAI$_##column, 3, offsetof(UafRecord, access) + 3 * (row)        \
    }

const UafField uaf_fields[] = {
    {UafField::FILLED, "USERNAME", UAI$_USERNAME, 32, offsetof(UafRecord, user)},
    {UafField::FILLED, "ACCOUNT", UAI$_ACCOUNT, 32, offsetof(UafRecord, account)},
    UAF_NUMBER(UIC, uic),
    UAF_COUNTED(OWNER, owner, 32),
    UAF_COUNTED(DEFDEV, device, 32),
    UAF_COUNTED(DEFDIR, directory, 64),
    UAF_COUNTED(LGICMD, login_command, 64),
    UAF_COUNTED(DEFCLI, cli, 32),
    UAF_COUNTED(CLITABLES, cli_tables, 32),
    UAF_NUMBER(FLAGS, flags),
    UAF_NUMBER(PRIV, authorized),
    UAF_NUMBER(DEF_PRIV, privileges),
    UAF_NUMBER(PWD, password),
    UAF_NUMBER(PWD2, password2),
    UAF_NUMBER(SALT, salt),
    UAF_NUMBER(ENCRYPT, algorithm),
    UAF_NUMBER(ENCRYPT2, algorithm2),
    UAF_NUMBER(PWD_LENGTH, password_minimum),
    UAF_NUMBER(LOGFAILS, login_failures),
    UAF_NUMBER(EXPIRATION, expiration),
    UAF_NUMBER(PWD_LIFETIME, password_lifetime),
    UAF_NUMBER(PWD_DATE, password_date),
    UAF_NUMBER(PWD2_DATE, password2_date),
    UAF_NUMBER(LASTLOGIN_I, last_interactive),
    UAF_NUMBER(LASTLOGIN_N, last_network),
    UAF_ACCESS(NETWORK_ACCESS_P, 0),
    UAF_ACCESS(NETWORK_ACCESS_S, 1),
    UAF_ACCESS(BATCH_ACCESS_P, 2),
    UAF_ACCESS(BATCH_ACCESS_S, 3),
    UAF_ACCESS(LOCAL_ACCESS_P, 4),
    UAF_ACCESS(LOCAL_ACCESS_S, 5),
    UAF_ACCESS(DIALUP_ACCESS_P, 6),
    UAF_ACCESS(DIALUP_ACCESS_S, 7),
    UAF_ACCESS(REMOTE_ACCESS_P, 8),
    UAF_ACCESS(REMOTE_ACCESS_S, 9),
    UAF_NUMBER(PRIMEDAYS, prime_days),
    UAF_NUMBER(PRI, priority),
    UAF_NUMBER(QUEPRI, queue_priority),
    UAF_NUMBER(MAXJOBS, jobs),
    UAF_NUMBER(MAXACCTJOBS, account_jobs),
    UAF_NUMBER(MAXDETACH, detached),
    UAF_NUMBER(PRCCNT, subprocesses),
    UAF_NUMBER(BIOLM, buffered_io),
    UAF_NUMBER(DIOLM, direct_io),
    UAF_NUMBER(TQCNT, timer_entries),
    UAF_NUMBER(ASTLM, asts),
    UAF_NUMBER(ENQLM, locks),
    UAF_NUMBER(FILLM, files),
    UAF_NUMBER(SHRFILLM, shared_files),
    UAF_NUMBER(WSQUOTA, working_set),
    UAF_NUMBER(DFWSCNT, working_set_default),
    UAF_NUMBER(WSEXTENT, working_set_extent),
    UAF_NUMBER(PGFLQUOTA, page_file),
    UAF_NUMBER(CPUTIM, cpu_time),
    UAF_NUMBER(BYTLM, bytes),
    UAF_NUMBER(PBYTLM, paged_bytes),
    UAF_NUMBER(JTQUOTA, job_table),
    UAF_COUNTED(USER_DATA, user_data, 256),
};
const size_t uaf_field_count = sizeof uaf_fields / sizeof uaf_fields[0];

const UafField *uaf_field(uint16_t item)
{
    /* item codes are small: an index is made once */
    static const std::vector<const UafField *> index = [] {
        std::vector<const UafField *> made(UAI$_PASSWORD2 + 1);
        for (const UafField &field : uaf_fields)
            made[field.item] = &field;
        return made;
    }();
    return item < index.size() ? index[item] : nullptr;
}

std::string &field_text(const UafField &field, UafRecord *record)
{
    return *reinterpret_cast<std::string *>(reinterpret_cast<char *>(record) + field.offset);
}

const std::string &field_text(const UafField &field, const UafRecord &record)
{
    return field_text(field, const_cast<UafRecord *>(&record));
}

char *field_bytes(const UafField &field, UafRecord *record)
{
    return reinterpret_cast<char *>(record) + field.offset;
}

const char *field_bytes(const UafField &field, const UafRecord &record)
{
    return reinterpret_cast<const char *>(&record) + field.offset;
}

UafRecord::UafRecord()
    : cli("DCL"), cli_tables("DCLTABLES"), uic(0x800080), flags(UAI$M_DISACNT),
      authorized(0x108000), privileges(0x108000), password(0), password2(0), salt(0),
      algorithm(UAI$C_PURDY_S), algorithm2(UAI$C_PURDY_S), password_minimum(6), login_failures(0),
      expiration(0), password_lifetime(-90 * 864000000000LL), password_date(~uint64_t(0)),
      password2_date(0), last_interactive(0), last_network(0), prime_days(0x60), priority(4),
      queue_priority(4), jobs(0), account_jobs(0), detached(0), subprocesses(8), buffered_io(150),
      direct_io(150), timer_entries(100), asts(300), locks(4000), files(128), shared_files(0),
      working_set(8192), working_set_default(4096), working_set_extent(16384), page_file(256000),
      cpu_time(0), bytes(128000), paged_bytes(0), job_table(4096)
{
    memset(access, 0, sizeof access);
}

namespace
{

std::string password_text(const UafRecord &record, const std::string &text)
{
    return record.flags & UAI$M_PWDMIX ? text : upper(text);
}

} // namespace

uint32_t uaf_set_password(UafRecord *record, const std::string &password)
{
    if (password.size() > uaf_password_max)
        return SS$_BADPARAM;
    uint16_t salt;
    if (getrandom(&salt, sizeof salt, 0) != static_cast<ssize_t>(sizeof salt))
        return SS$_ABORT;
    record->salt = salt;
    record->algorithm = UAI$C_PURDY_S;
    record->password_date = now();
    record->flags &= ~static_cast<uint32_t>(UAI$M_PWD_EXPIRED);
    return hash_password(password_text(*record, password), record->algorithm, salt, record->user,
                         &record->password);
}

bool uaf_check_password(const UafRecord &record, const std::string &password)
{
    uint64_t hash;
    return password.size() <= uaf_password_max &&
           (hash_password(password_text(record, password), record.algorithm, record.salt,
                          record.user, &hash) &
            1) &&
           hash == record.password;
}

} // namespace shim

/*
**  rms_indexed - indexed files: an SQLite database beside the file
**
**  The file of the directory holds nothing but attributes and locks; the records are in the hidden
**  ".NAME.TYP;n.rms" beside it, so that SQLite's own locks, which any close of the same file would
**  drop, stay alone on theirs.  Equal keys are in order of arrival.  A $PUT is on disk when it
**  returns, with FAB$M_DFW at $FLUSH.
*/
#include "rms_file.h"
#include "rms_keys.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <sqlite3.h>
#include <unistd.h>

namespace shim {
namespace rms {

struct Indexed {
    sqlite3 *db;
    std::vector<Key> keys;
    std::map<std::string, sqlite3_stmt *> statements;
    Indexed() : db(nullptr) {}
    ~Indexed()
    {
        for (auto &statement : statements)
            sqlite3_finalize(statement.second);
        sqlite3_close(db);
    }
};

void IndexedDeleter::operator()(Indexed *indexed) const
{
    delete indexed;
}

namespace {

const int BUSY_MS = 10000;
const unsigned WAIT_MAX_SECONDS = 255;
const unsigned POLL_US = 5000;

struct Found {
    uint64_t number;
    std::string key, data;
};

/* A prepared statement, reset when it goes. */
class Query {
public:
    Query(Indexed &indexed, const std::string &text) : statement_(indexed.statements[text]), at_(0)
    {
        if (!statement_) {
            sqlite3_prepare_v2(indexed.db, text.c_str(), -1, &statement_, nullptr);
            indexed.statements[text] = statement_;
        }
    }
    ~Query()
    {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;
    void bind(const std::string &bytes)
    {
        sqlite3_bind_blob(statement_, ++at_, bytes.data(), static_cast<int>(bytes.size()),
                          SQLITE_TRANSIENT);
    }
    void bind_number(uint64_t value)
    {
        sqlite3_bind_int64(statement_, ++at_, static_cast<sqlite3_int64>(value));
    }
    void bind_nothing() { ++at_; }
    int step() { return sqlite3_step(statement_); }
    uint64_t number(int column)
    {
        return static_cast<uint64_t>(sqlite3_column_int64(statement_, column));
    }
    std::string bytes(int column)
    {
        const char *data = static_cast<const char *>(sqlite3_column_blob(statement_, column));
        int size = sqlite3_column_bytes(statement_, column);
        return std::string(data ? data : "", static_cast<size_t>(size));
    }

private:
    sqlite3_stmt *statement_;
    int at_;
};

uint32_t database_error(const File &file, uint32_t other, uint32_t *stv)
{
    int code = sqlite3_errcode(file.indexed->db);
    trace("rms: %s: %s", file.host.c_str(), sqlite3_errmsg(file.indexed->db));
    *stv = SS$_FILACCERR;
    if (code == SQLITE_FULL) {
        *stv = SS$_DEVICEFULL;
        return RMS$_FUL;
    }
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return RMS$_RLK;
    return other;
}

bool execute(Indexed &indexed, const std::string &text)
{
    return sqlite3_exec(indexed.db, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::string column(unsigned key)
{
    return "k" + std::to_string(key);
}

bool open_database(File &file, const FAB *fab, int flags)
{
    file.indexed.reset(new Indexed);
    std::string path = indexed_path(file.directory, file.host);
    if (sqlite3_open_v2(path.c_str(), &file.indexed->db, flags | SQLITE_OPEN_NOMUTEX, nullptr) !=
        SQLITE_OK)
        return false;
    sqlite3_busy_timeout(file.indexed->db, BUSY_MS);
    const char *mode = fab->fab$l_fop & FAB$M_DFW ? "PRAGMA synchronous=NORMAL"
                                                  : "PRAGMA synchronous=FULL";
    return execute(*file.indexed, mode);
}

bool create_tables(Indexed &indexed)
{
    std::string columns, text = "PRAGMA journal_mode=WAL; BEGIN IMMEDIATE;";
    for (unsigned i = 0; i < indexed.keys.size(); ++i)
        columns += ", " + column(i) + " BLOB";
    text += "CREATE TABLE r (n INTEGER PRIMARY KEY AUTOINCREMENT, d BLOB NOT NULL" + columns + ");";
    text += "CREATE TABLE keys (ref INTEGER PRIMARY KEY, flg, dtp, nul, pos, siz, knm BLOB);";
    for (unsigned i = 0; i < indexed.keys.size(); ++i)
        text +=
            std::string(indexed.keys[i].duplicates() ? "CREATE INDEX x" : "CREATE UNIQUE INDEX x") +
            std::to_string(i) + " ON r (" + column(i) +
            (indexed.keys[i].duplicates() ? ", n);" : ");");
    if (!execute(indexed, text))
        return false;
    for (unsigned i = 0; i < indexed.keys.size(); ++i) {
        const Key &key = indexed.keys[i];
        Query insert(indexed, "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?)");
        for (unsigned value : {i, key.flags, key.type, key.null, key.position, key.size})
            insert.bind_number(value);
        insert.bind(key.name);
        if (insert.step() != SQLITE_DONE)
            return false;
    }
    return execute(indexed, "COMMIT");
}

void load_keys(Indexed &indexed)
{
    Query query(indexed, "SELECT flg, dtp, nul, pos, siz, knm FROM keys ORDER BY ref");
    while (query.step() == SQLITE_ROW) {
        Key key;
        unsigned *fields[] = {&key.flags, &key.type, &key.null, &key.position, &key.size};
        for (int i = 0; i < 5; ++i)
            *fields[i] = static_cast<unsigned>(query.number(i));
        key.name = query.bytes(5);
        indexed.keys.push_back(key);
    }
}

/* ---- finding ---- */

bool take(Query &query, Found *found)
{
    if (query.step() != SQLITE_ROW)
        return false;
    found->number = query.number(0);
    found->key = query.bytes(1);
    found->data = query.bytes(2);
    return true;
}

bool find_next(Stream &stream, Found *found)
{
    Indexed &indexed = *stream.file->indexed;
    std::string k = column(stream.krf), select = "SELECT n, " + k + ", d FROM r WHERE ";
    if (!stream.position) {
        Query query(indexed, select + k + " IS NOT NULL ORDER BY " + k + ", n LIMIT 1");
        return take(query, found);
    }
    Query query(indexed, select + "(" + k + ", n) > (?, ?) ORDER BY " + k + ", n LIMIT 1");
    query.bind(stream.key);
    query.bind_number(stream.position);
    return take(query, found);
}

uint32_t find_key(Stream &stream, Found *found)
{
    const RAB *rab = stream.rab;
    Indexed &indexed = *stream.file->indexed;
    if (rab->rab$b_krf >= indexed.keys.size())
        return RMS$_KRF;
    const Key &key = indexed.keys[rab->rab$b_krf];
    unsigned size = rab->rab$b_ksz ? rab->rab$b_ksz : key.size;
    if (!rab->rab$l_kbf)
        return RMS$_KBF;
    if (size > key.size || (!key.text() && size != key.size))
        return RMS$_KSZ;
    std::string wanted = order_key(key, rab->rab$l_kbf, size);
    bool greater = (rab->rab$l_rop & RAB$M_KGT) != 0,
         equal = !(rab->rab$l_rop & (RAB$M_KGE | RAB$M_KGT));
    std::string k = column(rab->rab$b_krf);
    Query query(indexed, "SELECT n, " + k + ", d FROM r WHERE " + k + (greater ? " > ?" : " >= ?") +
                             " ORDER BY " + k + ", n LIMIT 1");
    std::string bound = wanted;
    if (greater)
        bound.append(key.size - size, '\xff');
    query.bind(bound);
    if (!take(query, found) || (equal && found->key.compare(0, size, wanted) != 0))
        return RMS$_RNF;
    stream.krf = rab->rab$b_krf;
    return RMS$_NORMAL;
}

bool find_number(Stream &stream, uint64_t number, Found *found)
{
    std::string k = column(stream.krf);
    Query query(*stream.file->indexed, "SELECT n, " + k + ", d FROM r WHERE n = ?");
    query.bind_number(number);
    return take(query, found);
}

uint32_t locate(Stream &stream, Found *found)
{
    switch (stream.rab->rab$b_rac) {
    case RAB$C_SEQ:
        if (stream.found && stream.have_current)
            return find_number(stream, stream.current, found) ? RMS$_NORMAL : RMS$_DEL;
        return find_next(stream, found) ? RMS$_NORMAL : RMS$_EOF;
    case RAB$C_KEY:
        return find_key(stream, found);
    case RAB$C_RFA:
        return find_number(stream, get_rfa(stream.rab), found) ? RMS$_NORMAL : RMS$_RNF;
    }
    return RMS$_RAC;
}

/* ---- record locks ---- */

bool try_lock(Stream &stream, uint64_t number)
{
    for (const Stream *other : stream.file->streams)
        if (other != &stream && other->locked == number)
            return false;
    return record_lock(stream.file->fd, number, true);
}

/* RMS$_RLK, RMS$_OK_RRL (taken without a lock), RMS$_OK_WAT. */
uint32_t lock_found(Stream &stream, uint64_t number)
{
    const RAB *rab = stream.rab;
    if (!stream.file->writes() || !stream.file->shared_write() || (rab->rab$l_rop & RAB$M_NLK))
        return RMS$_NORMAL;
    bool waited = false;
    unsigned seconds = rab->rab$l_rop & RAB$M_TMO ? rab->rab$b_tmo : WAIT_MAX_SECONDS;
    for (uint64_t left = uint64_t(seconds) * 1000000 / POLL_US; !try_lock(stream, number); --left) {
        if (rab->rab$l_rop & RAB$M_RRL)
            return RMS$_OK_RRL;
        if (!(rab->rab$l_rop & RAB$M_WAT))
            return RMS$_RLK;
        if (!left)
            return RMS$_TMO;
        waited = true;
        usleep(POLL_US);
    }
    stream.locked = number;
    return waited ? RMS$_OK_WAT : RMS$_NORMAL;
}

/* ---- writing ---- */

struct Values {
    std::vector<std::string> value;
    std::vector<bool> present;
};

uint32_t read_values(const Stream &stream, Values *values)
{
    const RAB *rab = stream.rab;
    const Attributes &attributes = stream.file->attributes;
    if (!rab->rab$l_rbf)
        return RMS$_RBF;
    bool wrong = attributes.rfm == FAB$C_FIX ? rab->rab$w_rsz != attributes.mrs
                                             : attributes.mrs && rab->rab$w_rsz > attributes.mrs;
    for (const Key &key : stream.file->indexed->keys) {
        std::string value;
        values->present.push_back(record_key(key, rab->rab$l_rbf, rab->rab$w_rsz, &value));
        values->value.push_back(value);
    }
    return wrong || !values->present[0] ? RMS$_RSZ : RMS$_NORMAL;
}

bool has_duplicate(Stream &stream, const Values &values, uint64_t except)
{
    Indexed &indexed = *stream.file->indexed;
    for (unsigned i = 0; i < indexed.keys.size(); ++i) {
        if (!indexed.keys[i].duplicates() || !values.present[i])
            continue;
        Query query(indexed, "SELECT 1 FROM r WHERE " + column(i) + " = ? AND n <> ? LIMIT 1");
        query.bind(values.value[i]);
        query.bind_number(except);
        if (query.step() == SQLITE_ROW)
            return true;
    }
    return false;
}

void bind_record(Query &query, const Stream &stream, const Values &values)
{
    query.bind(std::string(stream.rab->rab$l_rbf, stream.rab->rab$w_rsz));
    for (size_t i = 0; i < values.value.size(); ++i)
        if (values.present[i])
            query.bind(values.value[i]);
        else
            query.bind_nothing();
}

uint32_t write_failure(Stream &stream, uint32_t *stv)
{
    if (sqlite3_errcode(stream.file->indexed->db) == SQLITE_CONSTRAINT)
        return RMS$_DUP;
    return database_error(*stream.file, RMS$_WER, stv);
}

uint32_t check_limit(const File &file, uint32_t *stv)
{
    int limited = disk_limit(file.directory, 1);
    return limited ? file_error(limited, RMS$_WER, stv) : static_cast<uint32_t>(RMS$_NORMAL);
}

uint32_t insert(Stream &stream, const Values &values, uint32_t *stv)
{
    Indexed &indexed = *stream.file->indexed;
    bool duplicate = has_duplicate(stream, values, 0);
    std::string text = "INSERT INTO r (d";
    std::string marks = ") VALUES (?";
    for (unsigned i = 0; i < indexed.keys.size(); ++i) {
        text += ", " + column(i);
        marks += ", ?";
    }
    Query query(indexed, text + marks + ")");
    bind_record(query, stream, values);
    if (query.step() != SQLITE_DONE)
        return write_failure(stream, stv);
    set_rfa(stream.rab, static_cast<uint64_t>(sqlite3_last_insert_rowid(indexed.db)));
    stream.have_current = false;
    return duplicate ? RMS$_OK_DUP : RMS$_NORMAL;
}

uint32_t check_changes(Stream &stream, const Values &values)
{
    Found old;
    if (!find_number(stream, stream.current, &old))
        return RMS$_DEL;
    const std::vector<Key> &keys = stream.file->indexed->keys;
    for (size_t i = 0; i < keys.size(); ++i) {
        std::string before;
        bool present = record_key(keys[i], old.data.data(), old.data.size(), &before);
        bool changed = present != values.present[i] || before != values.value[i];
        if (changed && (i == 0 || !keys[i].changes()))
            return RMS$_CHG;
    }
    return RMS$_NORMAL;
}

uint32_t replace(Stream &stream, const Values &values, uint32_t *stv)
{
    uint32_t status = check_changes(stream, values);
    if (!(status & 1))
        return status;
    Indexed &indexed = *stream.file->indexed;
    std::string text = "UPDATE r SET d = ?";
    for (unsigned i = 0; i < indexed.keys.size(); ++i)
        text += ", " + column(i) + " = ?";
    Query query(indexed, text + " WHERE n = ?");
    bind_record(query, stream, values);
    query.bind_number(stream.current);
    if (query.step() != SQLITE_DONE)
        return write_failure(stream, stv);
    return RMS$_NORMAL;
}

} // namespace

std::string indexed_path(const std::string &directory, const std::string &host)
{
    return directory + "/." + host + ".rms";
}

uint32_t indexed_create(File &file, const FAB *fab, uint32_t *stv)
{
    std::vector<Key> keys;
    uint32_t status = read_keys(fab, &keys);
    if (!(status & 1))
        return status;
    bool opened = open_database(file, fab, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    file.indexed->keys = keys;
    if (opened && create_tables(*file.indexed))
        return RMS$_NORMAL;
    status = database_error(file, RMS$_CRE, stv);
    file.indexed.reset();
    unlink(indexed_path(file.directory, file.host).c_str());
    return status;
}

uint32_t indexed_open(File &file, const FAB *fab, uint32_t *stv)
{
    if (!open_database(file, fab, SQLITE_OPEN_READWRITE))
        return database_error(file, RMS$_ACC, stv);
    load_keys(*file.indexed);
    return file.indexed->keys.empty() ? database_error(file, RMS$_IRC, stv)
                                      : static_cast<uint32_t>(RMS$_NORMAL);
}

void indexed_describe(const File &file, XABKEY *xab)
{
    if (xab->xab$b_ref >= file.indexed->keys.size())
        return;
    const Key &key = file.indexed->keys[xab->xab$b_ref];
    xab->xab$b_flg = static_cast<unsigned char>(key.flags);
    xab->xab$b_dtp = static_cast<unsigned char>(key.type);
    xab->xab$b_nul = static_cast<unsigned char>(key.null);
    xab->xab$w_pos0 = static_cast<unsigned short>(key.position);
    xab->xab$b_siz0 = static_cast<unsigned char>(key.size);
    xab->xab$b_tks = xab->xab$b_siz0;
    xab->xab$b_nsg = 1;
    xab->xab$w_mrl = static_cast<unsigned short>(key.position + key.size);
}

uint32_t indexed_get(Stream &stream, bool transfer, uint32_t *stv)
{
    RAB *rab = stream.rab;
    bool again = transfer && stream.found && rab->rab$b_rac == RAB$C_SEQ;
    if (!again) {
        indexed_unlock(stream);
        stream.found = false;
    }
    Found found;
    uint32_t status = locate(stream, &found);
    stream.found = stream.have_current = false;
    if (!(status & 1))
        return status;
    uint32_t locked = stream.locked ? static_cast<uint32_t>(RMS$_NORMAL)
                                    : lock_found(stream, found.number);
    if (!(locked & 1))
        return locked;
    if (stream.locked && !find_number(stream, found.number, &found)) { /* gone before the lock */
        indexed_unlock(stream);
        return RMS$_DEL;
    }
    stream.position = stream.current = found.number;
    stream.key = found.key;
    stream.have_current = true;
    stream.found = !transfer;
    set_rfa(rab, found.number);
    if (!transfer)
        return locked;
    size_t size = std::min<size_t>(found.data.size(), rab->rab$w_usz);
    if (size && !rab->rab$l_ubf)
        return RMS$_UBF;
    if (size)
        memcpy(rab->rab$l_ubf, found.data.data(), size);
    rab->rab$l_rbf = rab->rab$l_ubf;
    rab->rab$w_rsz = static_cast<unsigned short>(size);
    if (size == found.data.size())
        return locked;
    *stv = static_cast<uint32_t>(found.data.size());
    return RMS$_RTB;
}

uint32_t indexed_put(Stream &stream, uint32_t *stv)
{
    indexed_unlock(stream);
    Values values;
    uint32_t status = read_values(stream, &values);
    if (status & 1)
        status = check_limit(*stream.file, stv);
    if (!(status & 1))
        return status;
    if (stream.rab->rab$l_rop & RAB$M_UIF) {
        Query query(*stream.file->indexed, "SELECT n FROM r WHERE k0 = ? LIMIT 1");
        query.bind(values.value[0]);
        if (query.step() == SQLITE_ROW) {
            stream.current = query.number(0);
            return replace(stream, values, stv);
        }
    }
    return insert(stream, values, stv);
}

uint32_t indexed_update(Stream &stream, uint32_t *stv)
{
    if (!stream.have_current)
        return RMS$_CUR;
    Values values;
    uint32_t status = read_values(stream, &values);
    if (status & 1)
        status = check_limit(*stream.file, stv);
    if (status & 1)
        status = replace(stream, values, stv);
    if (status & 1) {
        stream.have_current = stream.found = false;
        indexed_unlock(stream);
    }
    return status;
}

uint32_t indexed_delete(Stream &stream, uint32_t *stv)
{
    if (!stream.have_current)
        return RMS$_CUR;
    Query query(*stream.file->indexed, "DELETE FROM r WHERE n = ?");
    query.bind_number(stream.current);
    if (query.step() != SQLITE_DONE)
        return write_failure(stream, stv);
    stream.have_current = stream.found = false;
    indexed_unlock(stream);
    return RMS$_NORMAL;
}

uint32_t indexed_flush(Stream &stream, uint32_t *stv)
{
    int done = sqlite3_wal_checkpoint_v2(stream.file->indexed->db, nullptr,
                                         SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return done == SQLITE_OK || done == SQLITE_BUSY ? static_cast<uint32_t>(RMS$_NORMAL)
                                                    : database_error(*stream.file, RMS$_WER, stv);
}

void indexed_rewind(Stream &stream)
{
    indexed_unlock(stream);
    stream.krf = stream.rab->rab$b_krf;
    stream.position = 0;
    stream.key.clear();
}

void indexed_unlock(Stream &stream)
{
    if (stream.locked)
        record_unlock(stream.file->fd, stream.locked);
    stream.locked = 0;
}

} // namespace rms
} // namespace shim

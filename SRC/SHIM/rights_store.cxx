/*
**  rights_store - identifiers in SQLite
*/
#include "rights_store.h"

#include "shim.h"

#include <functional>
#include <sqlite3.h>

namespace shim::rights {

namespace {

const uint32_t FIRST_VALUE = 0x80010000;
const int BUSY_MS = 10000;

class Store {
public:
    Store() : db_(nullptr)
    {
        std::string path = root() + "/VMS$COMMON/SYSEXE/RIGHTSLIST.DAT;1";
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK)
            return;
        sqlite3_busy_timeout(db_, BUSY_MS);
        sqlite3_exec(db_,
                     "PRAGMA synchronous=FULL;"
                     "CREATE TABLE IF NOT EXISTS identifier(name TEXT PRIMARY KEY, value INTEGER,"
                     " attributes TEXT);"
                     "CREATE TABLE IF NOT EXISTS holder(name TEXT, user TEXT,"
                     " PRIMARY KEY(name, user));",
                     nullptr, nullptr, nullptr);
    }
    ~Store() { sqlite3_close(db_); }
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;
    int run(const char *sql, const std::vector<std::string> &texts,
            const std::function<void(sqlite3_stmt *)> &row = nullptr)
    {
        sqlite3_stmt *s = nullptr;
        if (!db_ || sqlite3_prepare_v2(db_, sql, -1, &s, nullptr) != SQLITE_OK)
            return -1;
        for (size_t i = 0; i < texts.size(); ++i)
            sqlite3_bind_text(s, static_cast<int>(i) + 1, texts[i].c_str(), -1, SQLITE_TRANSIENT);
        int status;
        while ((status = sqlite3_step(s)) == SQLITE_ROW)
            if (row)
                row(s);
        sqlite3_finalize(s);
        return status == SQLITE_DONE ? sqlite3_changes(db_) : -1;
    }

private:
    sqlite3 *db_;
};

std::string text(sqlite3_stmt *s, int column)
{
    const unsigned char *at = sqlite3_column_text(s, column);
    return at ? reinterpret_cast<const char *>(at) : "";
}

std::vector<Identifier> select(const char *sql, const std::vector<std::string> &texts)
{
    std::vector<Identifier> all;
    Store().run(sql, texts, [&](sqlite3_stmt *s) {
        Identifier one;
        one.name = text(s, 0);
        one.value = static_cast<uint32_t>(sqlite3_column_int64(s, 1));
        one.attributes = text(s, 2);
        all.push_back(one);
    });
    return all;
}

} // namespace

uint32_t identifier_get(const std::string &name, Identifier *identifier)
{
    std::vector<Identifier> found =
        select("SELECT name, value, attributes FROM identifier WHERE name=?", {name});
    if (found.empty())
        return SS$_NOSUCHID;
    *identifier = found[0];
    return SS$_NORMAL;
}

uint32_t identifier_add(Identifier *identifier)
{
    Identifier old;
    if (identifier_get(identifier->name, &old) & 1)
        return SS$_DUPIDENT;
    if (!identifier->value) {
        identifier->value = FIRST_VALUE;
        for (const Identifier &one : identifier_list())
            if (one.value >= identifier->value)
                identifier->value = one.value + 1;
    }
    return Store().run("INSERT INTO identifier VALUES(?,CAST(? AS INTEGER),?)",
                       {identifier->name, std::to_string(identifier->value),
                        identifier->attributes}) == 1
               ? static_cast<uint32_t>(SS$_NORMAL)
               : static_cast<uint32_t>(SS$_DEVICEFULL);
}

uint32_t identifier_remove(const std::string &name)
{
    Store store;
    if (store.run("DELETE FROM identifier WHERE name=?", {name}) != 1)
        return SS$_NOSUCHID;
    store.run("DELETE FROM holder WHERE name=?", {name});
    return SS$_NORMAL;
}

uint32_t identifier_modify(const std::string &name, const Identifier &to)
{
    Identifier other;
    if (to.name != name && (identifier_get(to.name, &other) & 1))
        return SS$_DUPIDENT;
    Store store;
    if (store.run("UPDATE identifier SET name=?, value=CAST(? AS INTEGER), attributes=?"
                  " WHERE name=?",
                  {to.name, std::to_string(to.value), to.attributes, name}) != 1)
        return SS$_NOSUCHID;
    store.run("UPDATE holder SET name=? WHERE name=?", {to.name, name});
    return SS$_NORMAL;
}

std::vector<Identifier> identifier_list()
{
    return select("SELECT name, value, attributes FROM identifier ORDER BY name", {});
}

uint32_t identifier_grant(const std::string &name, const std::string &user)
{
    Identifier known;
    uint32_t status = identifier_get(name, &known);
    if (!(status & 1))
        return status;
    Store().run("INSERT OR IGNORE INTO holder VALUES(?,?)", {name, user});
    return SS$_NORMAL;
}

uint32_t identifier_revoke(const std::string &name, const std::string &user)
{
    return Store().run("DELETE FROM holder WHERE name=? AND user=?", {name, user}) == 1
               ? static_cast<uint32_t>(SS$_NORMAL)
               : static_cast<uint32_t>(SS$_NOSUCHID);
}

std::vector<std::string> identifier_holders(const std::string &name)
{
    std::vector<std::string> users;
    Store().run("SELECT user FROM holder WHERE name=? ORDER BY user", {name},
                [&](sqlite3_stmt *s) { users.push_back(text(s, 0)); });
    return users;
}

std::vector<Identifier> identifiers_of(const std::string &user)
{
    return select("SELECT i.name, i.value, i.attributes FROM identifier i JOIN holder h"
                  " ON h.name = i.name WHERE h.user=? ORDER BY i.name",
                  {user});
}

} // namespace shim::rights

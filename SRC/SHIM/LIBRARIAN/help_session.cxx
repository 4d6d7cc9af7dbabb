#include "help_session.h"

#include "CLI/command_values.h"
#include "plain_text.h"
#include "shim.h"

#include <lnmdef.h>
#include <memory>
#include <starlet.h>

namespace shim {

namespace {

const char library_defaults[] = "SYS$HELP:.HLB";
const size_t column = 11; /* names stand at multiples of it */
const unsigned max_default_libraries = 999;

typedef std::vector<std::string> Keys;
typedef std::vector<const HelpTopic *> Path; /* from level 1 down */

Keys split_keys(const std::string &text)
{
    Keys keys;
    std::string key;
    for (char c : text + " ") {
        bool blank = cli::is_blank(c);
        /* /QUALIFIER needs no blank before it; a library's name may hold anything */
        if (blank || (c == '/' && (key.empty() || key[0] != '@'))) {
            if (!key.empty())
                keys.push_back(key);
            key.clear();
        }
        if (!blank)
            key += c;
    }
    return keys;
}

struct Book {
    std::string name; /* as it was asked for */
    HelpTopic root;   /* its topics are those of level 1 */
};

class Session {
public:
    Session(const HelpRequest &request, const HelpDevices &devices)
        : request_(request), devices_(devices)
    {
    }

    FileStatus run()
    {
        Keys keys = split_keys(request_.keys);
        std::string first = request_.library;
        if (!keys.empty() && keys[0][0] == '@' && keys[0].size() > 1) {
            first = library_named(keys[0].substr(1));
            keys.erase(keys.begin());
        }
        FileStatus status = enter(first);
        if (!status.good())
            return status;
        if (keys.empty())
            show_top(request_.instructions);
        else
            find_anywhere(keys);
        if (request_.prompt && devices_.input)
            talk();
        return status;
    }

private:
    const HelpRequest &request_;
    const HelpDevices &devices_;
    std::vector<std::unique_ptr<Book> > books_;
    Book *book_ = nullptr;
    Path path_; /* where the user is */
    bool stopped_ = false;

    void put(const std::string &line)
    {
        if (!stopped_)
            stopped_ = !devices_.output(line);
    }

    /* ---- libraries ---- */

    FileStatus enter(const std::string &name)
    {
        FileStatus status;
        for (const std::unique_ptr<Book> &known : books_)
            if (known->name == name) {
                book_ = known.get();
                path_.clear();
                return status;
            }
        Library library;
        status = read_library(name, library_defaults, &library);
        if (status.good() && library.kind != LIBRARY_HELP)
            status.sts = 0;
        if (!status.good())
            return status;
        std::unique_ptr<Book> book(new Book);
        book->name = name;
        for (const Module &module : library.modules)
            book->root.topics.push_back(help_topic(module));
        book_ = book.get();
        books_.push_back(std::move(book));
        path_.clear();
        return status;
    }

    /* A default library may be named by a part of its name. */
    std::string library_named(const std::string &part) const
    {
        std::string wanted = cli::upcase(part), found;
        int count = 0;
        for (const std::string &name : request_.more_libraries)
            if (cli::upcase(name).find(wanted) != std::string::npos) {
                found = name;
                count++;
            }
        return count == 1 ? found : part;
    }

    /* ---- finding ---- */

    /* Subtopics, and qualifiers of the topic and of its subtopics. */
    static std::vector<const HelpTopic *> below(const HelpTopic &topic)
    {
        std::vector<const HelpTopic *> list;
        for (const HelpTopic &t : topic.topics)
            list.push_back(&t);
        for (const HelpTopic &q : topic.qualifiers)
            list.push_back(&q);
        for (const HelpTopic &t : topic.topics)
            for (const HelpTopic &q : t.qualifiers)
                list.push_back(&q);
        return list;
    }

    static std::vector<const HelpTopic *> matches(const HelpTopic &topic, const std::string &key)
    {
        std::vector<const HelpTopic *> list;
        bool wild = key.find_first_of("*%") != std::string::npos;
        for (const HelpTopic *t : below(topic)) {
            if (!wild && cli::upcase(t->key) == cli::upcase(key))
                return std::vector<const HelpTopic *>(1, t);
            if (name_matches(wild ? key : key + "*", t->key))
                list.push_back(t);
        }
        return list;
    }

    const HelpTopic &at(const Path &path) const
    {
        return path.empty() ? book_->root : *path.back();
    }

    /* Every way down the keys; *deepest is where the search stuck, for the list of topics. */
    void search(const Keys &keys, size_t next, Path path, std::vector<Path> *found,
                Path *deepest) const
    {
        if (next == keys.size()) {
            found->push_back(path);
            return;
        }
        if (path.size() > deepest->size())
            *deepest = path;
        for (const HelpTopic *topic : matches(at(path), keys[next])) {
            Path down = path;
            down.push_back(topic);
            search(keys, next + 1, down, found, deepest);
        }
    }

    /* The root library, then the default ones; where nothing is found, the user stays. */
    void find_anywhere(const Keys &keys)
    {
        Book *home = book_;
        if (find(keys, Path(), false))
            return;
        for (const std::string &name : request_.more_libraries)
            if (enter(name).good() && find(keys, Path(), false))
                return;
        book_ = home;
        find(keys, Path(), true);
    }

    bool find(Keys keys, const Path &from, bool complain)
    {
        bool all_below =
            keys.back().size() >= 3 && keys.back().compare(keys.back().size() - 3, 3, "...") == 0;
        if (all_below) {
            keys.back().erase(keys.back().size() - 3);
            if (keys.back().empty())
                keys.pop_back();
        }
        std::vector<Path> found;
        Path deepest = from;
        search(keys, 0, from, &found, &deepest);
        if (found.empty()) {
            if (complain)
                refuse(keys, from, deepest);
            return false;
        }
        for (const Path &path : found) {
            show(path, all_below);
            if (!all_below)
                list(path);
        }
        /* on a topic without subtopics the user stays above it */
        path_ = found.size() == 1 ? found[0] : from;
        while (!path_.empty() && below(*path_.back()).empty())
            path_.pop_back();
        return true;
    }

    void refuse(const Keys &keys, const Path &from, const Path &deepest)
    {
        std::string text;
        for (const HelpTopic *topic : from)
            text += " " + topic->key;
        for (const std::string &key : keys)
            text += " " + cli::upcase(key);
        put("");
        put("  Sorry, no documentation on" + text);
        list(deepest);
        path_ = deepest;
    }

    /* ---- showing ---- */

    void show(const Path &path, bool all_below)
    {
        for (size_t i = 0; i < path.size(); i++) {
            put("");
            put(std::string(2 * i, ' ') + path[i]->key);
        }
        if (!path.empty()) {
            put_text(path, *path.back());
            for (const HelpTopic &q : path.back()->qualifiers)
                put_text(path, q);
        }
        if (!all_below)
            return;
        for (const HelpTopic &topic : at(path).topics) {
            if (stopped_)
                return;
            Path down = path;
            down.push_back(&topic);
            show(down, true);
        }
    }

    void put_text(const Path &path, const HelpTopic &topic)
    {
        if (!topic.text.empty())
            put("");
        for (const std::string &line : topic.text)
            put(line.empty() ? line : std::string(2 * path.size(), ' ') + line);
    }

    void list(const Path &path)
    {
        std::vector<const HelpTopic *> topics = below(at(path));
        if (topics.empty())
            return;
        std::string margin(path.empty() ? 2 : 2 * path.size(), ' '), line = margin;
        put("");
        put(margin +
            (path.empty() ? "Information available:" : "Additional information available:"));
        put("");
        for (size_t i = 0; i < topics.size(); i++) {
            const std::string &key = topics[i]->key;
            /* qualifiers begin a line of their own */
            bool turn = i && key[0] == '/' && topics[i - 1]->key[0] != '/';
            if (line != margin && (turn || line.size() + key.size() > request_.width))
                put_line(&line, margin);
            line += key;
            size_t used = line.size() - margin.size() + 1;
            line += std::string((used + column - 1) / column * column - used + 1, ' ');
        }
        put_line(&line, margin);
    }
    void put_line(std::string *line, const std::string &margin)
    {
        put(without_blanks_behind(*line));
        *line = margin;
    }

    void show_top(bool instructions)
    {
        if (instructions)
            for (const HelpTopic *topic : matches(book_->root, "HELP"))
                put_text(Path(1, topic), *topic);
        list(Path());
        if (!request_.list_libraries || request_.more_libraries.empty())
            return;
        put("");
        put("  Additional help libraries available (type @name for topics):");
        put("");
        std::string line = "  ";
        for (const std::string &name : request_.more_libraries)
            line += name_of(name) + " ";
        put_line(&line, "");
    }

    /* ---- the conversation ---- */

    std::string prompt() const
    {
        std::string text;
        for (const HelpTopic *topic : path_)
            text += topic->key + " ";
        return text + (path_.empty() ? "Topic? " : "Subtopic? ");
    }

    void talk()
    {
        std::string answer;
        while (!stopped_) {
            put("");
            if (!devices_.input(prompt(), &answer))
                return;
            Keys keys = split_keys(answer);
            if (keys.empty()) {
                if (path_.empty())
                    return;
                path_.pop_back();
            } else if (keys[0] == "?") {
                list(path_);
            } else if (keys[0][0] == '@' && keys[0].size() > 1) {
                go_to_library(keys);
            } else if (path_.empty()) {
                find_anywhere(keys);
            } else {
                find(keys, path_, true);
            }
        }
    }

    void go_to_library(Keys keys)
    {
        Book *home = book_;
        Path place = path_;
        if (!enter(library_named(keys[0].substr(1))).good()) {
            book_ = home;
            path_ = place;
            put("");
            put("  Sorry, no help library " + cli::upcase(keys[0].substr(1)));
            return;
        }
        keys.erase(keys.begin());
        if (keys.empty())
            show_top(false);
        else
            find(keys, Path(), true);
    }
};

} // namespace

FileStatus show_help(const HelpRequest &request, const HelpDevices &devices)
{
    return Session(request, devices).run();
}

namespace {

struct Translation {
    dsc$descriptor_s table, name;
    ILE3 items[2];
    unsigned short length;
    char table_text[32], name_text[32], value[256];
};

void describe(dsc$descriptor_s *d, char *buffer, const std::string &text)
{
    text.copy(buffer, text.size());
    d->dsc$w_length = static_cast<unsigned short>(text.size());
    d->dsc$b_dtype = DSC$K_DTYPE_T;
    d->dsc$b_class = DSC$K_CLASS_S;
    d->dsc$a_pointer = buffer;
}

bool translate(Translation *t, const std::string &table, const std::string &name)
{
    *t = Translation();
    describe(&t->table, t->table_text, table);
    describe(&t->name, t->name_text, name);
    t->items[0].ile3$w_length = sizeof t->value - 1;
    t->items[0].ile3$w_code = LNM$_STRING;
    t->items[0].ile3$ps_bufaddr = t->value;
    t->items[0].ile3$ps_retlen_addr = &t->length;
    return (sys$trnlnm(0, &t->table, &t->name, 0, t->items) & 1) != 0;
}

} // namespace

std::vector<std::string> default_help_libraries(const std::vector<std::string> &tables)
{
    std::vector<std::string> list;
    Translation *t = static_cast<Translation *>(arena_get(sizeof(Translation)));
    for (size_t i = 0; t && i < tables.size(); i++) {
        std::string name = "HLP$LIBRARY";
        for (unsigned n = 1; n <= max_default_libraries && translate(t, tables[i], name); n++) {
            list.push_back(std::string(t->value, t->length));
            name = "HLP$LIBRARY_" + std::to_string(n);
        }
    }
    if (t)
        arena_free(t, sizeof *t);
    return list;
}

} // namespace shim

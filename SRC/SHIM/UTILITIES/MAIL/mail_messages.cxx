/*
**  mail_messages - EXTRACT, PRINT, SEARCH, MARK: what is done with messages that are there
*/
#include "DCL/low.h"
#include "UTILITIES/MAIL/mail_state.h"
#include "UTILITIES/utility.h"
#include "shim.h"

#include <cstdlib>
#include <fstream>
#include <iosbdef.h>
#include <lib$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <sjcdef.h>
#include <starlet.h>
#include <unistd.h>

using namespace shim;
using namespace shim::utility;
using namespace shim::mail;

namespace {

/* One behind the other, a form feed between.  A sequential mail file: one before each, headers. */
void write_messages(std::ostream &out, const std::vector<uint32_t> &numbers, bool mail_file)
{
    bool header = mail_file || !negated("HEADER");
    for (uint32_t number : numbers) {
        bool headers = true;
        if (mail_file || number != numbers[0])
            out << '\f' << '\n';
        box.read(number, [&](bool is_header, const std::string &record) {
            if (is_header && !header)
                return;
            if (headers && !is_header && header)
                out << '\n';
            headers = is_header;
            out << record << '\n';
        });
    }
}

/* A file that the queue deletes when it is printed; empty: said why there is none. */
std::string print_file(const std::vector<uint32_t> &numbers)
{
    std::string path, spec;
    uint32_t status =
        host_path("MAIL_" + std::to_string(getpid()), "SYS$SCRATCH:.TXT", false, &path, &spec);
    std::ofstream out;
    if (status & 1)
        out.open(path);
    if (!out.is_open()) {
        message('E', "OPENOUT", "error opening SYS$SCRATCH:MAIL.TXT as output");
        because(status);
        return std::string();
    }
    write_messages(out, numbers, false);
    return spec;
}

/* /QUEUE, SET QUEUE, SYS$PRINT */
std::string chosen(const char *qualifier, unsigned short setting, const char *otherwise)
{
    std::string text = value(qualifier);
    if (text.empty())
        user_text("", setting, &text);
    return text.empty() ? otherwise : text;
}

uint32_t to_queue(const std::string &spec)
{
    const size_t status_size = 255;
    dcl::LowItems items;
    std::string form = chosen("FORM", MAIL$_USER_FORM, ""), name = value("NAME");
    items.put(SJC$_QUEUE, upper(chosen("QUEUE", MAIL$_USER_QUEUE, "SYS$PRINT")));
    items.put(SJC$_FILE_SPECIFICATION, spec);
    items.put(SJC$_JOB_NAME, name.empty() ? "MAIL" : name);
    items.put(SJC$_DELETE_FILE, "", 0);
    if (present("NOTIFY"))
        items.put(SJC$_NOTIFY, "", 0);
    if (present("COPIES"))
        items.put(SJC$_FILE_COPIES,
                  static_cast<uint32_t>(strtoul(value("COPIES").c_str(), nullptr, 10)));
    if (!form.empty())
        items.put(SJC$_FORM_NAME, form);
    size_t text = items.ask(SJC$_JOB_STATUS_OUTPUT, status_size);
    IOSB iosb = {};
    uint32_t status = static_cast<uint32_t>(
        sys$sndjbcw(0, SJC$_ENTER_FILE, 0, items.list(), &iosb, nullptr, 0));
    if (status & 1)
        status = iosb.iosb$l_getxxi_status;
    if (status & 1)
        say(items.text(text));
    return status;
}

/* Of SEARCH without a text. */
std::string searched;

bool contains(uint32_t number, const std::string &text)
{
    bool found = false;
    box.look(number, [&](bool, const std::string &record) {
        found = found || upper(record).find(text) != std::string::npos;
    });
    return found;
}

int set_marks(bool on)
{
    if (!selected())
        return SS$_NORMAL;
    for (uint32_t number : numbers_given(true))
        if (!(box.set_flag(number, MAIL$M_MARKED, on) & 1)) {
            complain(MAIL$_NOMOREMSG);
            break;
        }
    return SS$_NORMAL;
}

} // namespace

extern "C" int MAIL_EXTRACT()
{
    std::string given = value("FILE"), path, spec;
    if (present("ALL") && !selected())
        return SS$_NORMAL;
    std::vector<uint32_t> numbers = numbers_given(false);
    if (numbers.empty())
        return SS$_NORMAL;
    bool append = present("APPEND"), mail_file = present("MAIL");
    const char *defaults = mail_file ? "[].MAI" : "[].TXT";
    uint32_t status = host_path(given, defaults, append, &path, &spec);
    bool created = !(append && (status & 1));
    if (created)
        status = host_path(given, defaults, false, &path, &spec);
    std::ofstream out;
    if (status & 1)
        out.open(path, std::ios::app);
    if (!out.is_open()) {
        message('E', "OPENOUT", "error opening " + given + " as output");
        because(status);
        return SS$_NORMAL;
    }
    write_messages(out, numbers, mail_file);
    message('I', "CREATED", spec + (created ? " created" : " appended"));
    return SS$_NORMAL;
}

/* At once, whether /NOW is said or not. */
extern "C" int MAIL_PRINT()
{
    if (!selected())
        return SS$_NORMAL;
    std::vector<uint32_t> numbers = numbers_given(false);
    std::string spec = numbers.empty() ? std::string() : print_file(numbers);
    uint32_t status = spec.empty() ? static_cast<uint32_t>(SS$_NORMAL) : to_queue(spec);
    if (!(status & 1)) {
        std::string path;
        message('E', "ERRPRINT", "error printing the message");
        because(status);
        if (host_path(spec, "", true, &path, nullptr) & 1)
            unlink(path.c_str());
    }
    return SS$_NORMAL;
}

/* The next message with the text, from the first one when the text is a new one. */
extern "C" int MAIL_SEARCH()
{
    std::string text = upper(value("TEXT"));
    if (text.size() > 1 && text[0] == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    if (!selected())
        return SS$_NORMAL;
    uint32_t first = text.empty() || text == searched ? current + 1 : 1;
    if (!text.empty())
        searched = text;
    for (uint32_t number = first; !searched.empty() && number <= box.count(); ++number)
        if (contains(number, searched)) {
            read_message(number);
            return SS$_NORMAL;
        }
    message('E', "NOTFOUND", "no messages containing " + searched + " found");
    return SS$_NORMAL;
}

extern "C" int MAIL_MARK()
{
    return set_marks(true);
}

extern "C" int MAIL_UNMARK()
{
    return set_marks(false);
}

extern "C" int MAIL_COMPRESS()
{
    uint32_t status = box.compress();
    if (status & 1)
        message('S', "COMPRESSED", "the mail file is compressed");
    else
        complain(status);
    return SS$_NORMAL;
}

/* The screen, where there is one. */
extern "C" int MAIL_ERASE()
{
    const char clear[] = "\x1b[H\x1b[J";
    if (isatty(STDOUT_FILENO) && write(STDOUT_FILENO, clear, sizeof clear - 1) < 0)
        return SS$_ABORT;
    return SS$_NORMAL;
}

extern "C" int MAIL_SPAWN()
{
    dcl::LowText command(value("COMMAND"));
    unsigned int flags = 0, status = 0;
    bool given = command.descriptor()->dsc$w_length != 0;
    unsigned int done =
        static_cast<unsigned int>(lib$spawn(given ? command.descriptor() : nullptr, nullptr,
                                            nullptr, &flags, nullptr, nullptr, &status));
    if (!(done & 1))
        because(done);
    return SS$_NORMAL;
}

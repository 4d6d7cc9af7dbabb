/*
**  sender - the MAIL$SEND routines
*/
#include "UTILITIES/MAIL/sender.h"

#include "DCL/low.h"
#include "UTILITIES/utility.h"
#include "shim.h"
#include "system_text.h"

#include <chfdef.h>
#include <fstream>
#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>

namespace shim::mail {

namespace {

using dcl::LowItems;
using namespace utility;

const unsigned LISTS_MAX = 8; /* distribution lists inside one another */

struct Input : LowItems {
    Input() { put(MAIL$_NOSIGNAL, "", 0); }
};

std::string trim(const std::string &text)
{
    size_t first = text.find_first_not_of(" \t");
    return first == std::string::npos
               ? std::string()
               : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool failed; /* of the message being sent */

void show_failure(const std::string &user, uint32_t status)
{
    Message known;
    failed = true;
    find_message(status, &known);
    size_t directive = known.text.find("!AS");
    if (directive != std::string::npos)
        known.text.replace(directive, 3, user);
    message('E', known.ident, known.text);
}

/* MAIL$_SEND_ERROR_ENTRY: the user, and why. */
int error_entry(dsc$descriptor_s *, chf$signal_array *signal, unsigned int)
{
    const size_t behind = 2; /* PC and PSL */
    std::vector<std::string> lines;
    failed = true;
    vector_lines(&signal->chf$l_sig_name, signal->chf$l_sig_args - behind, 15, "", &lines);
    write_lines(lines, signal->chf$l_sig_name);
    return SS$_NORMAL;
}

bool expand(const std::string &address, unsigned depth, std::vector<std::string> *all)
{
    if (address[0] != '@') {
        all->push_back(address);
        return true;
    }
    std::string path, line;
    uint32_t status = depth > LISTS_MAX
                          ? static_cast<uint32_t>(MAIL$_LISTTOOLONG)
                          : host_path(address.substr(1), "[].DIS", true, &path, nullptr);
    if (!(status & 1)) {
        message('E', "OPENIN", "error opening " + address.substr(1) + " as input");
        because(status);
        return false;
    }
    std::ifstream in(path);
    while (std::getline(in, line)) {
        line = trim(line.substr(0, line.find('!')));
        for (const std::string &each : split_addresses(line))
            if (!expand(each, depth + 1, all))
                return false;
    }
    return true;
}

bool add_addresses(unsigned int *context, const std::string &list, uint16_t type)
{
    std::vector<std::string> all;
    for (const std::string &address : split_addresses(list))
        if (!expand(address, 0, &all))
            return false;
    for (const std::string &address : all) {
        Input in;
        LowItems out;
        in.put(MAIL$_SEND_USERNAME, address);
        in.put(MAIL$_SEND_USERNAME_TYPE, &type, sizeof type);
        uint32_t status = mail$send_add_address(context, in.list(), out.list());
        if (!(status & 1)) {
            show_failure(address, status);
            return false;
        }
    }
    return true;
}

bool add_attributes(unsigned int *context, const Outgoing &message)
{
    Input in;
    LowItems out;
    if (!message.subject.empty())
        in.put(MAIL$_SEND_SUBJECT, message.subject);
    in.put(MAIL$_SEND_TO_LINE, message.to);
    if (!message.cc.empty())
        in.put(MAIL$_SEND_CC_LINE, message.cc);
    return mail$send_add_attribute(context, in.list(), out.list()) & 1;
}

bool add_text(unsigned int *context, const Outgoing &outgoing)
{
    LowItems out;
    if (!outgoing.file.empty()) {
        Input in;
        in.put(MAIL$_SEND_FILENAME, outgoing.file);
        in.put(MAIL$_SEND_DEFAULT_NAME, ".TXT");
        uint32_t status = mail$send_add_bodypart(context, in.list(), out.list());
        if (status & 1)
            return true;
        utility::message('E', "OPENIN", "error opening " + outgoing.file + " as input");
        because(status);
        return false;
    }
    for (const std::string &line : outgoing.lines) {
        Input in;
        in.put(MAIL$_SEND_RECORD, line);
        if (!(mail$send_add_bodypart(context, in.list(), out.list()) & 1))
            return false;
    }
    return true;
}

bool deliver(unsigned int *context)
{
    Input in;
    LowItems out;
    ILE3 *list = in.list();
    dcl::LowBlock block(3 * sizeof(ILE3));
    ILE3 *items = block.as<ILE3>();
    items[0] = list[0];
    items[1].ile3$w_code = MAIL$_SEND_ERROR_ENTRY;
    items[1].ile3$w_length = 4;
    items[1].ile3$ps_bufaddr = reinterpret_cast<void *>(error_entry);
    failed = false;
    uint32_t status = mail$send_message(context, items, out.list());
    if (!(status & 1) && !failed) {
        because(status);
        failed = true;
    }
    return !failed;
}

} // namespace

std::vector<std::string> split_addresses(const std::string &list)
{
    std::vector<std::string> all;
    std::string one;
    bool quoted = false;
    for (char c : list + ",") {
        quoted = quoted != (c == '"');
        if (c == ',' && !quoted) {
            one = trim(one);
            if (!one.empty())
                all.push_back(one);
            one.clear();
        } else {
            one += c;
        }
    }
    return all;
}

bool send_message(const Outgoing &message)
{
    unsigned int context = 0;
    Input in, none;
    LowItems out;
    if (!message.personal_name.empty())
        in.put(MAIL$_SEND_PERS_NAME, message.personal_name);
    else if (message.no_personal_name)
        in.put(MAIL$_SEND_NO_PERS_NAME, "", 0);
    uint32_t status = mail$send_begin(&context, in.list(), out.list());
    if (!(status & 1)) {
        because(status);
        return false;
    }
    std::string to = message.to;
    if (message.self)
        to += "," + self().user;
    bool sent = add_attributes(&context, message) && add_addresses(&context, to, MAIL$_TO) &&
                add_addresses(&context, message.cc, MAIL$_CC) && add_text(&context, message) &&
                deliver(&context);
    mail$send_end(&context, none.list(), out.list());
    return sent;
}

} // namespace shim::mail

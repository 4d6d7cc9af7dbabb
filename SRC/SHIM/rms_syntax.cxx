/*
**  rms_syntax - the text of a file specification
**
**  node::device:[directory]name.type;version, spec 9.3.  <> equals [], ".n" after the type
**  equals ";n", [g,m] equals [gggmmm].  Lower case is folded: the disk is ODS-2.
*/
#include "rms_spec.h"
#include "shim.h"

#include <cctype>
#include <cstdio>
#include <rms.h>

namespace shim {
namespace rms {

namespace {

const size_t LEVELS_MAX = 16; /* 8 of the root, 8 below it */

bool name_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$' || c == '_' || c == '-';
}

bool good_name(const std::string &text, bool wild)
{
    for (char c : text)
        if (!name_character(c) && !(wild && (c == '*' || c == '%')))
            return false;
    return text.size() <= NAME_MAX_ODS2;
}

std::string fold_text(const std::string &text)
{
    size_t begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
    std::string folded;
    if (begin == std::string::npos)
        return folded;
    for (size_t i = begin; i <= end; ++i)
        folded += static_cast<char>(toupper(static_cast<unsigned char>(text[i])));
    return folded;
}

/* "1,4" -> "001004" */
bool group_member(const std::string &text, std::string *name)
{
    size_t comma = text.find(',');
    if (comma == std::string::npos || text.find_first_not_of("01234567,") != std::string::npos)
        return false;
    std::string group = text.substr(0, comma), member = text.substr(comma + 1);
    if (group.empty() || member.empty() || group.size() > 3 || member.size() > 3)
        return false;
    *name =
        std::string(3 - group.size(), '0') + group + std::string(3 - member.size(), '0') + member;
    return true;
}

/* One element between periods. */
bool add_element(const std::string &element, Directory *out)
{
    if (element.find_first_not_of('-') == std::string::npos) {
        for (size_t i = 0; i < element.size(); ++i)
            out->push_back("-");
        return true;
    }
    out->push_back(element);
    return good_name(element, true);
}

/* The text between the brackets; a leading "" stands for the default directory. */
bool split_directory(std::string text, Directory *out, bool *rooted)
{
    std::string uic;
    *rooted = false;
    if (group_member(text, &uic)) {
        out->push_back(uic);
        return true;
    }
    if (text.empty() || text[0] == '.')
        out->push_back("");
    size_t at = 0;
    while (at < text.size()) {
        if (text.compare(at, 3, "...") == 0) {
            out->push_back("...");
            at += 3;
            if (at < text.size() && text[at] == '.')
                return false;
            continue;
        }
        if (text[at] == '.') {
            if (++at == text.size()) {
                *rooted = true;
                return true;
            }
            if (text[at] == '.')
                return false;
            continue;
        }
        size_t end = text.find('.', at);
        end = end == std::string::npos ? text.size() : end;
        if (!add_element(text.substr(at, end - at), out))
            return false;
        at = end;
    }
    return out->size() <= LEVELS_MAX;
}

/* Every bracketed part at the head of rest. */
uint32_t take_directories(std::string *rest, Parts *parts)
{
    while (!rest->empty() && ((*rest)[0] == '[' || (*rest)[0] == '<')) {
        size_t end = rest->find((*rest)[0] == '[' ? ']' : '>');
        Directory directory;
        bool rooted;
        if (end == std::string::npos ||
            !split_directory(rest->substr(1, end - 1), &directory, &rooted))
            return RMS$_DIR;
        if (parts->has_directory && !parts->rooted)
            return RMS$_DIR;
        if (parts->has_directory) {
            parts->root = parts->directory;
            parts->rooted = rooted;
        }
        parts->directory = directory;
        parts->rooted = rooted;
        parts->has_directory = true;
        rest->erase(0, end + 1);
    }
    /* "[A.][B]": B is below the root; "[A.]" alone: rooted */
    return RMS$_NORMAL;
}

uint32_t take_version(const std::string &text, Parts *parts)
{
    std::string digits = text.substr(1);
    if (digits == "*") {
        parts->version = ";*";
        return RMS$_NORMAL;
    }
    size_t sign = !digits.empty() && digits[0] == '-' ? 1 : 0;
    if (digits.find_first_not_of("0123456789", sign) != std::string::npos || digits.size() > 6)
        return RMS$_VER;
    if (digits.size() > sign && std::stoul(digits.substr(sign)) > VERSION_MAX)
        return RMS$_VER;
    parts->version = ";" + digits;
    return RMS$_NORMAL;
}

uint32_t split_name(const std::string &text, Parts *parts)
{
    std::string rest = text;
    size_t semicolon = rest.find(';');
    if (semicolon == std::string::npos) {
        size_t first = rest.find('.');
        size_t second = first == std::string::npos ? first : rest.find('.', first + 1);
        semicolon = second;
    }
    if (semicolon != std::string::npos) {
        uint32_t status = take_version(rest.substr(semicolon), parts);
        if (!(status & 1))
            return status;
        rest.erase(semicolon);
    }
    size_t period = rest.find('.');
    parts->name = rest.substr(0, period);
    if (period != std::string::npos)
        parts->type = rest.substr(period);
    if (!good_name(parts->name, true))
        return RMS$_FNM;
    return parts->type.empty() || good_name(parts->type.substr(1), true)
               ? static_cast<uint32_t>(RMS$_NORMAL)
               : static_cast<uint32_t>(RMS$_TYP);
}

} // namespace

uint32_t split_spec(const std::string &text, Parts *parts)
{
    *parts = Parts();
    std::string rest = fold_text(text);
    if (rest.size() > SPEC_MAX)
        return RMS$_SYN;
    size_t node = rest.find("::");
    if (node != std::string::npos) {
        parts->node = rest.substr(0, node);
        rest.erase(0, node + 2);
        if (parts->node != node_name())
            return RMS$_SUPPORT; /* no network file access */
    }
    size_t colon = rest.find(':');
    if (colon != std::string::npos) {
        parts->device = rest.substr(0, colon);
        rest.erase(0, colon + 1);
        if (parts->device.empty() || parts->device.find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$_-") != std::string::npos)
            return RMS$_DEV;
    }
    uint32_t status = take_directories(&rest, parts);
    return status & 1 ? split_name(rest, parts) : status;
}

bool is_wild(const std::string &text)
{
    return text.find_first_of("*%") != std::string::npos || text == "...";
}

std::string format_directory(const Directory &directory)
{
    if (directory.empty())
        return "000000";
    std::string text;
    for (const std::string &element : directory) {
        if (element == "...") {
            text += text.empty() ? "000000..." : "...";
            continue;
        }
        if (!text.empty() && text.back() != '.') /* "A..." separates by itself */
            text += '.';
        text += element;
    }
    return text;
}

uint32_t resolve_directory(const Directory &relative, const Directory &base, Directory *result)
{
    Directory done;
    bool first = true;
    for (const std::string &element : relative) {
        if (first && (element.empty() || element == "-"))
            done = base;
        if (element == "-") {
            if (done.empty())
                return RMS$_DIR;
            done.pop_back();
        } else if (!element.empty() && !(first && element == "000000")) {
            done.push_back(element);
        }
        first = false;
    }
    *result = done;
    return RMS$_NORMAL;
}

bool Spec::wild() const
{
    for (const std::string &element : directory)
        if (is_wild(element))
            return true;
    return is_wild(name) || is_wild(type) || version == ";*";
}

std::string Spec::place(bool noconceal) const
{
    if (is_null())
        return "_NLA0:";
    if (concealed && !noconceal)
        return device + ":[" + format_directory(directory) + "]";
    std::string text = (noconceal ? physical : device) + ":[";
    if (root.empty())
        return text + format_directory(directory) + "]";
    if (concealed) /* "[A.][B]": the seam is what procedures cut out */
        return text + format_directory(root) + ".][" + format_directory(directory) + "]";
    Directory whole = root;
    whole.insert(whole.end(), directory.begin(), directory.end());
    return text + format_directory(whole) + "]";
}

std::string Spec::host_directory() const
{
    std::string path = shim::root();
    for (const std::string &element : root)
        path += "/" + element;
    for (const std::string &element : directory)
        path += "/" + element;
    return path;
}

} // namespace rms
} // namespace shim

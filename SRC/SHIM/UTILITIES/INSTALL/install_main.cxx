/*
**  install - INSTALL: the list of known images
**
**  The list is what SHIM obeys when an image is activated: it runs with the privileges that the
**  list gives it, no others.  A new version of an image is not known before REPLACE.  The
**  list outlives the system here, so startup procedures replace.  System Management Utilities,
**  INSTALL.
*/
#include "DCL/text_forms.h"
#include "UTILITIES/utility.h"
#include "plain_text.h"
#include "service_db.h"
#include "shim.h"

#include <cstdio>
#include <prvdef.h>

using namespace shim;
using namespace shim::utility;

extern "C" int INSTALL_CLD;

namespace {

bool at_end;

bool may_install()
{
    if (privileged(PRV$M_CMKRNL))
        return true;
    message('E', "FAIL", "failed to process the request");
    because(SS$_NOPRIV);
    return false;
}

void fail(const std::string &verb, const std::string &file, uint32_t status)
{
    message('E', "FAIL", "failed to " + verb + " entry for " + file);
    because(status);
}

/* The full name, without which there is no entry. */
bool find_file(const std::string &verb, std::string *spec)
{
    std::string path, given = value("FILE");
    uint32_t status = host_path(given, "SYS$SYSTEM:.EXE", true, &path, spec);
    if (!(status & 1))
        fail(verb, given, status);
    return status & 1;
}

/* PRIVILEGED without names: all of them. */
bool take_qualifiers(KnownImage *image)
{
    image->open = present("OPEN") || present("HEADER_RESIDENT") || present("SHARED");
    image->header = present("HEADER_RESIDENT");
    image->shared = present("SHARED");
    image->is_protected = present("PROTECTED");
    image->privileges = 0;
    image->privileged = present("PRIVILEGED");
    if (!image->privileged)
        return true;
    std::vector<std::string> words = values("PRIVILEGED");
    if (words.empty())
        words.push_back("ALL");
    for (const std::string &word : words) {
        uint64_t mask;
        bool off;
        if (!dcl::find_privilege(word, &mask, &off)) {
            message('E', "IVPRV", "invalid privilege \\" + word + "\\");
            return false;
        }
        image->privileges = off ? image->privileges & ~mask : image->privileges | mask;
    }
    return true;
}

/* "  OPCOM;1   Open Hdr Shar Prv" */
std::string line_of(const KnownImage &image)
{
    size_t at = image.spec.find_last_of("]:");
    std::string name = image.spec.substr(at + 1), file = name.substr(0, name.find('.')),
                version = name.substr(name.find(';'));
    char text[120];
    snprintf(text, sizeof text, "   %-24s %-4s %-3s %-4s %-3s %-3s", (file + version).c_str(),
             image.open ? "Open" : "", image.header ? "Hdr" : "", image.shared ? "Shar" : "",
             image.privileged ? "Prv" : "", image.is_protected ? "Prot" : "");
    std::string line = text;
    return without_blanks_behind(line);
}

void show(const KnownImage &image, std::string *folder)
{
    std::string where = image.spec.substr(0, image.spec.find_last_of("]:") + 1);
    if (where != *folder) {
        say("");
        say(where + ".EXE");
        *folder = where;
    }
    say(line_of(image));
    if (!present("FULL"))
        return;
    if (image.privileged) {
        std::string line = "        Privileges =";
        for (const std::string &name : dcl::privilege_names(image.privileges))
            line += " " + name;
        say(line);
    }
}

} // namespace

extern "C" int INSTALL_ADD()
{
    KnownImage image, old;
    if (!may_install() || !find_file("create", &image.spec) || !take_qualifiers(&image))
        return SS$_ABORT;
    if (known_image_get(image.spec, &old)) {
        fail("create", image.spec, SS$_DUPLNAM);
        return SS$_DUPLNAM;
    }
    known_image_set(image);
    if (present("LOG"))
        say(line_of(image));
    return SS$_NORMAL;
}

/* Qualifiers that are not given stay what they were. */
extern "C" int INSTALL_REPLACE()
{
    KnownImage image, old;
    if (!may_install() || !find_file("replace", &image.spec))
        return SS$_ABORT;
    bool known = known_image_named(image.spec, &old);
    if (!known) {
        fail("replace", image.spec, SS$_NOSUCHFILE);
        return SS$_ABORT;
    }
    KnownImage asked = image;
    if (!take_qualifiers(&asked))
        return SS$_ABORT;
    image = old;
    image.spec = asked.spec;
    if (present("PRIVILEGED") || negated("PRIVILEGED")) {
        image.privileged = asked.privileged;
        image.privileges = asked.privileges;
    }
    image.open = image.open || asked.open;
    image.header = negated("HEADER_RESIDENT") ? false : image.header || asked.header;
    image.shared = negated("SHARED") ? false : image.shared || asked.shared;
    known_image_remove(old.spec);
    known_image_set(image);
    if (present("LOG"))
        say(line_of(image));
    return SS$_NORMAL;
}

extern "C" int INSTALL_REMOVE()
{
    KnownImage old;
    std::string path, given = value("FILE"), spec;
    if (!may_install())
        return SS$_ABORT;
    host_path(given, "SYS$SYSTEM:.EXE", false, &path, &spec);
    if (known_image_named(spec.empty() ? given : spec, &old)) {
        known_image_remove(old.spec);
        return SS$_NORMAL;
    }
    fail("delete", given, SS$_NOSUCHFILE);
    return SS$_NOSUCHFILE;
}

extern "C" int INSTALL_PURGE()
{
    if (may_install())
        for (const KnownImage &image : known_image_list())
            if (!image.is_protected && !image.shared)
                known_image_remove(image.spec);
    return SS$_NORMAL;
}

extern "C" int INSTALL_LIST()
{
    std::string folder, given = value("FILE"), path, spec;
    if (given.empty()) {
        for (const KnownImage &image : known_image_list())
            show(image, &folder);
        return SS$_NORMAL;
    }
    KnownImage image;
    host_path(given, "SYS$SYSTEM:.EXE", false, &path, &spec);
    if (known_image_named(spec.empty() ? given : spec, &image)) {
        show(image, &folder);
        return SS$_NORMAL;
    }
    fail("locate", given, SS$_NOSUCHFILE);
    return SS$_NOSUCHFILE;
}

extern "C" int INSTALL_EXIT()
{
    at_end = true;
    return SS$_NORMAL;
}

int main()
{
    return run(&INSTALL_CLD, "INSTALL", "INSTALL> ", [] { return at_end; });
}

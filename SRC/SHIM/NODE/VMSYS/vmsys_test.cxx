/*
**  vmsys_test - faults, call counts and files, for tests
*/
#include "vmsys.h"

#include "rms_file.h"
#include "uaf.h"

#include <iostream>
#include <iterator>
#include <fstream>
#include <stdio.h>
#include <stdlib.h>

#include <shim_control.h>

namespace shim {

namespace {

/* IMAGE service nth count status; status "KILL" ends the process as kill -9 would. */
bool fault_arm(const Command &c)
{
    uint32_t status =
        c.words[4] == "KILL" ? FAULT_KILL : uint32_t(strtoul(c.words[4].c_str(), 0, 0));
    if (!shim_arm_fault(c.words[0].c_str(), c.words[1].c_str(), unsigned(atoi(c.words[2].c_str())),
                        unsigned(atoi(c.words[3].c_str())), status))
        return problem("the fault table is full");
    return true;
}

bool fault_clear(const Command &)
{
    shim_clear_faults();
    return true;
}

bool fault_list(const Command &)
{
    for (const Fault &f : list_faults())
        printf("%s %s nth %u count %u seen %u forced %u\n", f.pattern.c_str(),
               f.service.c_str(), f.nth,
               f.count, f.seen, f.forced);
    return true;
}

bool fault_calls(const Command &c)
{
    char name[64];
    for (unsigned n = 0; shim_service_used(c.words[0].c_str(), n, name, sizeof name); ++n)
        printf("%s %llu\n", name, shim_calls(c.words[0].c_str(), name));
    return true;
}

bool fault_forget(const Command &)
{
    shim_clear_usage();
    return true;
}

/* That user's, and for nobody else: SET SECURITY/OWNER=user/PROTECTION=(S:RWED,O:RWED,G,W). */
bool guard(const std::string &path, const std::string &owner)
{
    UafRecord user;
    if (!ok(uaf_read(upper(owner), &user), "user " + owner))
        return false;
    rms::Attributes attributes = rms::default_attributes();
    attributes.layout = 1;
    attributes.uic = user.uic;
    attributes.protection = 0xff00;
    return rms::write_attributes(-1, path, attributes) ||
           problem("%s: attributes cannot be written", path.c_str());
}

/* Lines "host-directory full|quota [size]" of standard input take the place of those before. */
bool fault_disk(const Command &)
{
    rms::set_disk_limits(
        std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()));
    return true;
}

/* Standard input to a new version of a VMS file. */
bool file_write(const Command &c)
{
    std::string path;
    if (!ok(host_path(c.words[0], "", false, &path, 0), c.words[0]))
        return false;
    std::ofstream out(path.c_str(), std::ios::binary);
    out << std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
    out.close();
    if (!out.good())
        return problem("%s cannot be written", path.c_str());
    return !c.has("owner") || guard(path, c.option("owner"));
}

bool file_path(const Command &c)
{
    std::string path, spec;
    if (!ok(host_path(c.words[0], "", true, &path, &spec), c.words[0]))
        return false;
    printf("%s\n%s\n", path.c_str(), spec.c_str());
    return true;
}

} // namespace

const Verb test_verbs[] = {
    {"fault arm", 5, fault_arm, "IMAGE service nth count status|KILL: force a service to fail"},
    {"fault clear", 0, fault_clear, "forget all of them"},
    {"fault list", 0, fault_list, "all of them, how often they were seen and forced"},
    {"fault calls", 1, fault_calls, "IMAGE: services it called, and how often"},
    {"fault disk", 0, fault_disk,
     "lines DIRECTORY full|quota [size] of standard input: no growth there"},
    {"fault forget", 0, fault_forget, "begin to count anew"},
    {"file write", 1, file_write,
     "SPEC [--owner USER: for nobody else]: standard input becomes a new version"},
    {"file path", 1, file_path, "SPEC: host path and full specification"},
    {0, 0, 0, 0}};

} // namespace shim

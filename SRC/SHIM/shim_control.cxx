/*
**  shim_control - the C face of the clock, the faults and the usage counts
*/
#include <shim_control.h>

#include "process_table.h"
#include "shim.h"

#include <cstdio>

extern "C" {

void shim_use_root(const char *path)
{
    shim::change_root(path);
}

void shim_move_clock(long long ticks)
{
    shim::move_clock(ticks);
}

int shim_arm_fault(const char *pattern, const char *service, unsigned int nth, unsigned int count,
                   unsigned int status)
{
    return shim::arm_fault(shim::Fault{pattern, service, nth, count, status, 0, 0});
}

void shim_clear_faults(void)
{
    shim::clear_faults();
}

unsigned long long shim_calls(const char *pattern, const char *service)
{
    unsigned long long calls = 0;
    for (const shim::Usage &usage : shim::list_usage())
        if (usage.service == service && shim::wild_match(pattern, usage.image.c_str()))
            calls += usage.calls;
    return calls;
}

int shim_service_used(const char *pattern, unsigned int number, char *name, unsigned int size)
{
    for (const shim::Usage &usage : shim::list_usage())
        if (shim::wild_match(pattern, usage.image.c_str()) && number-- == 0)
            return snprintf(name, size, "%s", usage.service.c_str()) < static_cast<int>(size);
    return 0;
}

void shim_clear_usage(void)
{
    shim::clear_usage();
}

unsigned int shim_violations(void)
{
    unsigned int lines = 0;
    FILE *file = fopen(shim::store_path("violations.log").c_str(), "re");
    for (int c; file && (c = getc(file)) != EOF;)
        lines += c == '\n';
    if (file)
        fclose(file);
    return lines;
}

void shim_set_privileges(unsigned long long mask)
{
    shim::set_privileges(mask);
}
}

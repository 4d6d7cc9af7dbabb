/*
**  shim_base_bench - what SHIM's own calls cost, in ns; prints, never fails
**
**  A product that spends its time in SHIM would be measured wrongly, so these stay small:
**  a translation of an unchanged name far below 1 us, the service table a few ns.
*/
#include <shim.h>

#include <lib$routines.h>
#include <lnmdef.h>
#include <psldef.h>
#include <starlet.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <lckdef.h>
#include <thread>
#include <unistd.h>

namespace {

template <typename T> T *low(const T &value)
{
    void *at = shim::arena_get(sizeof value);
    return static_cast<T *>(memcpy(at, static_cast<const void *>(&value), sizeof value));
}

dsc$descriptor_s *text(const std::string &value)
{
    void *at = shim::arena_get(value.size() + 1);
    memcpy(at, value.data(), value.size());
    return low(dsc$descriptor_s{static_cast<unsigned short>(value.size()), DSC$K_DTYPE_T,
                                DSC$K_CLASS_S, static_cast<char *>(at)});
}

struct Items {
    ILE3 string, end;
};

ILE3 *items(char *buffer, unsigned short size, unsigned short *length)
{
    return &low(Items{{size, LNM$_STRING, buffer, length}, {0, 0, nullptr, nullptr}})->string;
}

template <typename Call> void measure(const char *what, int threads, int calls, Call call)
{
    std::vector<std::thread> all;
    auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < threads; ++i)
        all.emplace_back([&] {
            auto once = call();
            for (int j = 0; j < calls; ++j)
                once();
        });
    for (std::thread &thread : all)
        thread.join();
    std::chrono::duration<double, std::nano> used = std::chrono::steady_clock::now() - start;
    printf("%-44s %2d thread%s %9.1f ns/call\n", what, threads, threads == 1 ? " " : "s",
           used.count() / calls);
}

} // namespace

extern "C" int bench_service(void)
{
    SHIM_SERVICE("bench$service");
    return 1;
}

int main()
{
    char path[] = "/tmp/shimbenchXXXXXX";
    if (!mkdtemp(path))
        return 1;
    shim::change_root(path);
    unsigned char mode = PSL$C_EXEC;
    char *value = static_cast<char *>(shim::arena_get(255));
    memset(value, 'v', 255);
    for (int i = 0; i < 300; ++i)
        sys$crelnm(nullptr, text("LNM$SYSTEM"), text("FILLER_" + std::to_string(i)), &mode,
                   items(value, 40, nullptr));
    sys$crelnm(nullptr, text("LNM$SYSTEM"), text("TCPIP$SMTP_LOG_LEVEL"), &mode,
               items(value, 1, nullptr));
    auto translate = [](const char *name) {
        return [name] {
            dsc$descriptor_s *table = text("LNM$FILE_DEV"), *logical = text(name);
            ILE3 *list = items(static_cast<char *>(shim::arena_get(255)), 255,
                               static_cast<unsigned short *>(shim::arena_get(2)));
            return [=] { sys$trnlnm(nullptr, table, logical, nullptr, list); };
        };
    };
    for (int threads : {1, 2, 8}) {
        measure("service table, nothing armed", threads, 1000000,
                [] { return [] { bench_service(); }; });
        measure("sys$trnlnm, system name, LNM$FILE_DEV", threads, 300000,
                translate("TCPIP$SMTP_LOG_LEVEL"));
        measure("sys$trnlnm, no such name", threads, 300000, translate("TCPIP$SMTP_NOT_DEFINED"));
        measure("arena, 200 bytes", threads, 1000000, [] {
            return [] { shim::arena_free(shim::arena_get(200), 200); };
        });
        measure("sys$enqw + sys$deq", threads, 5000, [] {
            dsc$descriptor_s *name = text("LOCK_" + std::to_string(rand()));
            return [=] {
                LKSB lksb = {};
                sys$enqw(128, LCK$K_EXMODE, &lksb, 0, name, 0, nullptr, 0, nullptr, 0, 0);
                sys$deq(lksb.lksb$l_lkid, nullptr, 0, 0);
            };
        });
    }
    measure("sys$crelnm, system table of 300 names", 1, 300, [&] {
        dsc$descriptor_s *table = text("LNM$SYSTEM"), *name = text("CHANGING");
        ILE3 *list = items(value, 20, nullptr);
        return [=] {
            unsigned char super = PSL$C_SUPER;
            sys$crelnm(nullptr, table, name, &super, list);
        };
    });
    std::string remove = std::string("rm -r ") + path;
    return system(remove.c_str()) == 0 ? 0 : 1;
}

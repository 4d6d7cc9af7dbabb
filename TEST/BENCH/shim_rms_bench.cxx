/*
**  shim_rms_bench - what RMS calls cost, in microseconds; prints, never fails
**
**  The files are those of a mail system: control files of 3 KB under unique names in one directory.
**  "durable" is $CREATE, $WRITE, $FLUSH, $CLOSE: one flush of the host for each message.
*/
#include "../SHIM/rms_support.h"

#include <chrono>
#include <cstdio>
#include <thread>

namespace {

const int FILES = 2000;
const int RECORDS = 200000;
const int DURABLE = 30; /* of each thread */

typedef std::chrono::steady_clock Clock;

void print(const char *what, Clock::time_point begin, int count)
{
    std::chrono::duration<double, std::micro> passed = Clock::now() - begin;
    printf("%-36s %9.3f us\n", what, passed.count() / count);
}

std::string control_name(int series, int number)
{
    char text[64];
    snprintf(text, sizeof text, "SYS$SYSDEVICE:[TEST]2611%02d%06d_USER_20200101.TCPIP_NODE", series,
             number);
    return text;
}

void create_one(RmsFile &file, bool flush)
{
    file.b->fab.fab$b_rfm = FAB$C_UDF;
    file.create(FAB$M_PUT | FAB$M_BIO);
    file.write(std::string(3000, 'x'), 1);
    if (flush)
        sys$flush(&file.b->rab);
    file.close();
}

void whole_files(RmsFile &file)
{
    Clock::time_point begin = Clock::now();
    for (int i = 0; i < FILES; ++i) {
        file.name(control_name(0, i));
        create_one(file, false);
    }
    print("create, write 3000 bytes, close", begin, FILES);
    begin = Clock::now();
    std::string data;
    for (int i = 0; i < FILES; ++i) {
        file.name(control_name(0, i));
        file.open(FAB$M_GET | FAB$M_BIO);
        file.read(&data, 1);
        file.close();
    }
    print("open, read, close", begin, FILES);
    begin = Clock::now();
    for (int i = 0; i < FILES; ++i) {
        file.name(control_name(0, i));
        sys$erase(&file.b->fab);
    }
    print("erase", begin, FILES);
}

void records(RmsFile &file)
{
    file.name("[TEST]RECORDS.TXT");
    file.create(FAB$M_PUT | FAB$M_GET);
    file.b->rab.rab$l_rbf = file.b->buffer;
    Clock::time_point begin = Clock::now();
    for (int i = 0; i < RECORDS; ++i) {
        file.b->rab.rab$w_rsz = 70;
        sys$put(&file.b->rab);
    }
    print("put, 70 bytes", begin, RECORDS);
    sys$rewind(&file.b->rab);
    begin = Clock::now();
    while (sys$get(&file.b->rab) & 1)
        ;
    print("get, 70 bytes", begin, RECORDS);
    file.close();
}

void names(RmsFile &file)
{
    file.name("SYS$MANAGER:LOGIN.COM");
    file.b->nam.nam$b_nop = NAM$M_SYNCHK;
    Clock::time_point begin = Clock::now();
    for (int i = 0; i < FILES; ++i)
        sys$parse(&file.b->fab);
    print("parse SYS$MANAGER:, SYNCHK", begin, FILES);
}

void durable(int count)
{
    std::vector<std::thread> threads;
    Clock::time_point begin = Clock::now();
    for (int t = 0; t < count; ++t)
        threads.emplace_back([t, count] {
            RmsFile file("");
            for (int i = 0; i < DURABLE; ++i) {
                file.name(control_name(count, t * DURABLE + i));
                create_one(file, true);
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    char what[64];
    snprintf(what, sizeof what, "durable message, %d threads", count);
    print(what, begin, count * DURABLE);
}

} // namespace

int main()
{
    RmsRoot root;
    {
        RmsFile file("");
        whole_files(file);
        records(file);
        names(file);
    }
    for (int count : {1, 8, 32})
        durable(count);
    return 0;
}

/*
**  mail_store_bench - prints what callable MAIL costs; decides nothing
**
**  Usage: mail_store_bench [folder].  Rows S1, S2, S5, P1, P2 of the targets, at the level of the
**  calls.
*/
#include "../SHIM/mail_support.h"

#include <cstdio>
#include <ctime>

static double seconds()
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec + at.tv_nsec / 1e9;
}

static void row(const char *name, double elapsed, unsigned count)
{
    printf("%-44s %8.2f ms  %10.0f /s  %8.1f us each\n", name, elapsed * 1e3, count / elapsed,
           elapsed * 1e6 / count);
}

static void read_all(unsigned messages)
{
    double at = seconds();
    MailReader reader("SMITH");
    uint32_t count = 0;
    reader.select("NEWMAIL", &count);
    MailItems in, out;
    in.flag(MAIL$_NOSIGNAL).flag(MAIL$_MESSAGE_NEXT);
    out.out(MAIL$_MESSAGE_CURRENT_ID, 4)
        .out(MAIL$_MESSAGE_BINARY_DATE, 8)
        .out(MAIL$_MESSAGE_SIZE, 4);
    out.out(MAIL$_MESSAGE_RETURN_FLAGS, 2).out(MAIL$_MESSAGE_EXTID, 64);
    while (mail$message_info(&reader.message, in, out) & 1) {
    }
    row("open, SELECT, INFO NEXT of all", seconds() - at, count);
    at = seconds();
    MailItems next, more, none, record;
    next.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, 1);
    more.flag(MAIL$_NOSIGNAL).flag(MAIL$_MESSAGE_CONTINUE);
    record.out(MAIL$_MESSAGE_RECORD, 998).out(MAIL$_MESSAGE_RECORD_TYPE, 2);
    unsigned done = messages < 1000 ? messages : 1000;
    ILE3 *list = next;
    for (unsigned id = 1; id <= done; ++id) {
        memcpy(list[1].ile3$ps_bufaddr, &id, 4);
        mail$message_get(&reader.message, next, none);
        while (mail$message_get(&reader.message, more, record) == MAIL$_MSGTEXT) {
        }
    }
    row("GET, CONTINUE of 1,000 messages of 4 KiB", seconds() - at, done);
    at = seconds();
    for (unsigned id = 1; id <= done; ++id)
        reader.remove(id);
    uint32_t purged = 0;
    reader.purge(&purged);
    row("DELETE of 1,000 and PURGE_WASTE", seconds() - at, purged);
}

int main()
{
    MailRoot root;
    std::vector<std::string> lines(52, std::string(77, 'x')), users;
    for (unsigned i = 0; i < 100; ++i) {
        users.push_back("USER" + std::to_string(i));
        root.add(users.back(), 0);
    }
    send_mail({"SMITH"}, lines);
    double at = seconds();
    const unsigned single = 2000, many = 50;
    for (unsigned i = 0; i < single; ++i)
        send_mail({"SMITH"}, lines);
    row("send 4 KiB to one user", seconds() - at, single);
    send_mail(users, lines);
    at = seconds();
    for (unsigned i = 0; i < many; ++i)
        send_mail(users, lines);
    row("send 4 KiB to 100 users, copies", seconds() - at, many * 100);
    read_all(single);
    return 0;
}

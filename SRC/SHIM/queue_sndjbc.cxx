/*
**  queue_sndjbc - $SNDJBC: checks the item list, finds the file, asks the queue manager
**
**  The file is looked up here, in the caller's context, and stored by identity (device, inode,
**  directory) and name.  Output items are filled when the answer comes, then the I/O status block,
**  then event flag and AST.  spec/vms-api.md 2.1.
*/
#include "queue_connection.h"
#include "queue_redo.h"
#include "shim.h"

#include <efndef.h>
#include <jbcmsgdef.h>
#include <memory>
#include <sjcdef.h>
#include <starlet.h>
#include <sys/stat.h>

namespace {

using namespace shim;

struct Request {
    std::string items;
    std::vector<Item> outputs;
    uint32_t status;      /* a refusal found here: JBC$_xxx or RMS$_xxx; else 1 */
    Request() : status(SS$_NORMAL) {}
};

bool is_output(unsigned code)
{
    return code == SJC$_ENTRY_NUMBER_OUTPUT || code == SJC$_JOB_STATUS_OUTPUT;
}

void put_id(std::string *to, uint64_t inode)
{
    for (int i = 0; i < 6; ++i)
        to->push_back(static_cast<char>(inode >> (8 * i)));
}

/* DVI (counted device name, 16), FID (6), DID (6); FID as in NAM$W_FID. */
uint32_t identify(const std::string &given, std::string *resultant, std::string *identity)
{
    std::string path;
    struct stat file, directory;
    uint32_t status = host_path(given, "SYS$DISK:[].LIS", true, &path, resultant, &file);
    if ((status & 1) == 0)
        return status;
    if (stat(path.substr(0, path.rfind('/') + 1).c_str(), &directory) != 0)
        return JBC$_NOSUCHFILE;
    std::string device = resultant->substr(0, resultant->find(':')).substr(0, 15);
    identity->assign(1, static_cast<char>(device.size()));
    *identity += device;
    identity->resize(16, 0);
    put_id(identity, file.st_ino);
    put_id(identity, directory.st_ino);
    return SS$_NORMAL;
}

void add_file_items(const std::string &given, bool identified, Request *request)
{
    std::string resultant = given, identity;
    uint32_t status = identify(given, &resultant, &identity);
    if ((status & 1) == 0) {
        request->status = status;
        return;
    }
    add_item(&request->items, SJC$_FILE_SPECIFICATION, resultant);
    if (!identified)
        add_item(&request->items, SJC$_FILE_IDENTIFICATION, identity);
}

void prepare(unsigned short function, const std::vector<Item> &list, Request *request)
{
    const Item *file = nullptr;
    bool identified = false;
    for (const Item &item : list) {
        if (is_output(item.code)) {
            request->outputs.push_back(item);
            add_item(&request->items, item.code, std::string());
        } else if (item.code == SJC$_QUEUE || item.code == SJC$_DESTINATION_QUEUE) {
            add_item(&request->items, item.code, queue_name_of(item.text()));
        } else if (item.code == SJC$_FILE_SPECIFICATION) {
            file = &item;
        } else {
            identified = identified || item.code == SJC$_FILE_IDENTIFICATION;
            add_item(&request->items, item.code, item.text());
        }
    }
    bool takes_file = function == SJC$_ENTER_FILE || function == SJC$_ADD_FILE;
    if (file && takes_file)
        add_file_items(file->text(), identified, request);
    else if (file)
        add_item(&request->items, file->code, file->text());
}

void complete(const Request &request, const QueueAnswer &answer, IOSB *iosb)
{
    for (const Item &item : request.outputs) {
        std::string value;
        if (find_item(answer.items, item.code, &value))
            put_item(item, value);
    }
    if (iosb) {
        iosb->iosb$l_dev_depend = 0;
        iosb->iosb$l_getxxi_status = answer.status;
    }
}

std::string body_of(const Request &request)
{
    WireWriter body;
    queue_caller().write(&body);
    body.raw(request.items);
    return body.data();
}

bool bad_flag(unsigned int efn)
{
    return efn > EFN$C_ENF;
}

uint32_t start(unsigned int efn, unsigned short function, ILE3 *list, Request *request)
{
    std::vector<Item> items;
    if (bad_flag(efn))
        return SS$_ILLEFC;
    uint32_t status = read_items(list, &items);
    if (status & 1) {
        prepare(function, items, request);
        if (efn != EFN$C_ENF)
            sys$clref(efn);
    }
    return status;
}

void finish(unsigned int efn, void (*astadr)(unsigned long long), unsigned long long astprm)
{
    if (efn != EFN$C_ENF)
        sys$setef(efn);
    if (astadr)
        deliver_ast([astadr, astprm] { astadr(astprm); });
}

} // namespace

namespace {

bool asks_for_state(const Request &request)
{
    for (const Item &item : request.outputs)
        if (item.code == SJC$_JOB_STATUS_OUTPUT)
            return true;
    return false;
}

/* An entry that this process's journal can hold needs no flush of the queue manager.  What becomes
   of it at once, as "started on ...", can be told only when it is on disk. */
uint32_t ask(unsigned short function, const Request &request, QueueAnswer *answer)
{
    JournalTicket ticket;
    const std::string body = body_of(request);
    if (function != SJC$_ENTER_FILE || !queue_redo_write(function, body, &ticket))
        return queue_ask(QUEUE_SNDJBC, function, body, answer);
    uint32_t status;
    if (!asks_for_state(request) && !queue_redo_crowded())
        status = queue_ask_logging(function, body, [&] { return queue_redo_flush(ticket); },
                                   answer);
    else
        status = queue_ask(queue_redo_flush(ticket) ? QUEUE_LOGGED : QUEUE_SNDJBC, function, body,
                           answer);
    queue_redo_finished(ticket);
    return status;
}

} // namespace

extern "C" int sys$sndjbc(unsigned int efn, unsigned short func, unsigned int, ILE3 *itmlst,
                          IOSB *iosb, void (*astadr)(unsigned long long),
                          unsigned long long astprm)
{
    SHIM_SERVICE("sys$sndjbc");
    std::shared_ptr<Request> request = std::make_shared<Request>();
    uint32_t status = start(efn, func, itmlst, request.get());
    if ((status & 1) == 0)
        return static_cast<int>(status);
    QueueDone done = [=](const QueueAnswer &answer) {
        complete(*request, answer, iosb);
        finish(efn, astadr, astprm);
    };
    if (iosb)
        iosb->iosb$l_getxxi_status = iosb->iosb$l_dev_depend = 0;
    if (request->status & 1)
        return static_cast<int>(queue_send(QUEUE_SNDJBC, func, body_of(*request), done));
    QueueAnswer refused;
    refused.status = request->status;
    done(refused);
    return SS$_NORMAL;
}

extern "C" int sys$sndjbcw(unsigned int efn, unsigned short func, unsigned int, ILE3 *itmlst,
                           IOSB *iosb, void (*astadr)(unsigned long long),
                           unsigned long long astprm)
{
    SHIM_SERVICE("sys$sndjbcw");
    Request request;
    QueueAnswer answer;
    uint32_t status = start(efn, func, itmlst, &request);
    if ((status & 1) == 0)
        return static_cast<int>(status);
    answer.status = request.status;
    if (request.status & 1)
        status = ask(func, request, &answer);
    if (status & 1) {
        complete(request, answer, iosb);
        finish(efn, astadr, astprm);
    }
    return static_cast<int>(status);
}

/*
**  rms_record - records of sequential files
**
**  The record's file address is its byte offset on the host.  Reading goes through a read-ahead
**  buffer. Writing gathers records and writes them at $FLUSH, $CLOSE, 32 KB, or when the stream
**  reads; a file that is shared with writers gets each record at once, by one appending write of
**  the host, so that the records of several processes do not mix.
*/
#include "rms_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

const size_t AHEAD = 32768;
const size_t GATHER = 32768;
const char DLE = 0x10;

struct Record {
    const char *data;
    size_t size;
    const char *header; /* VFC */
    uint64_t end;
    bool eof;
};

/* At least `want` bytes from `at`, fewer at the end of the file. */
const char *peek(Stream &stream, uint64_t at, size_t want, size_t *available)
{
    if (at >= stream.in_at && at + want <= stream.in_at + stream.in_size) {
        *available = static_cast<size_t>(stream.in_at + stream.in_size - at);
        return stream.in.data() + (at - stream.in_at);
    }
    size_t room = std::max(want, AHEAD);
    if (want <= AHEAD && stream.in.size() < AHEAD) { /* a small file needs no large buffer */
        uint64_t size = file_size(*stream.file);
        uint64_t left = size > at ? size - at : 0;
        room = std::max<size_t>(want, static_cast<size_t>(std::min<uint64_t>(left + 1, AHEAD)));
    }
    if (stream.in.size() < room)
        stream.in.resize(room);
    stream.in_at = at;
    stream.in_size = 0;
    while (stream.in_size < want) {
        ssize_t done = pread(stream.file->fd, stream.in.data() + stream.in_size,
                             stream.in.size() - stream.in_size,
                             static_cast<off_t>(at + stream.in_size));
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            break;
        stream.in_size += static_cast<size_t>(done);
    }
    *available = stream.in_size;
    return stream.in.data();
}

/* Undoes the escapes of a VAR record. */
void decode(Stream &stream, Record *record)
{
    if (!memchr(record->data, DLE, record->size))
        return;
    std::string &out = stream.scratch;
    out.clear();
    for (size_t i = 0; i < record->size; ++i) {
        char c = record->data[i];
        if (c == DLE && i + 1 < record->size)
            c = record->data[++i] == 'J' ? '\n' : DLE;
        out += c;
    }
    record->data = out.data();
    record->size = out.size();
}

const char PRINTED[2] = {0x01, static_cast<char>(0x8D)}; /* a new line before, CR behind */
const size_t CONTROL_SIZE = 6;

/* The control bytes of a VFC record in TEXT form. */
void take_control(Stream &stream, Record *record)
{
    memcpy(stream.control, PRINTED, sizeof PRINTED);
    record->header = stream.control;
    unsigned value;
    std::string head(record->data, std::min(record->size, CONTROL_SIZE));
    if (head.size() < CONTROL_SIZE || head[0] != DLE || head[1] != 'H' ||
        sscanf(head.c_str() + 2, "%4x", &value) != 1)
        return;
    stream.control[0] = static_cast<char>(value >> 8);
    stream.control[1] = static_cast<char>(value);
    record->data += CONTROL_SIZE;
    record->size -= CONTROL_SIZE;
}

/* A line; *record without its end. */
void read_line(Stream &stream, uint64_t at, const char *ends, Record *record)
{
    size_t want = 1, scanned = 0, available;
    for (;;) {
        const char *text = peek(stream, at, want, &available);
        const char *end = ends[1] ? std::find_first_of(text + scanned, text + available, ends,
                                                       ends + strlen(ends))
                                  : static_cast<const char *>(
                                        memchr(text + scanned, ends[0], available - scanned));
        bool ended = end && end != text + available;
        if (!ended && available >= want) {
            scanned = available;
            want = available * 2;
            continue;
        }
        record->eof = available == 0;
        record->data = text;
        record->size = ended ? static_cast<size_t>(end - text) : available;
        record->end = at + record->size + (ended ? 1 : 0);
        return;
    }
}

void read_counted(Stream &stream, uint64_t at, Record *record)
{
    size_t available;
    const char *text = peek(stream, at, 2, &available);
    if (available < 2) {
        record->eof = true;
        return;
    }
    size_t count = static_cast<unsigned char>(text[0]) | static_cast<unsigned char>(text[1]) << 8;
    text = peek(stream, at, count + 2, &available);
    record->eof = available < count + 2;
    record->data = text + 2;
    record->size = count;
    record->end = at + 2 + count + (count & 1);
    if (stream.file->attributes.rfm == FAB$C_VFC && !record->eof) {
        size_t fixed = std::min<size_t>(stream.file->attributes.fsz, count);
        record->header = record->data;
        record->data += fixed;
        record->size -= fixed;
    }
}

void read_fixed(Stream &stream, uint64_t at, Record *record)
{
    const Attributes &attributes = stream.file->attributes;
    size_t size = attributes.mrs ? attributes.mrs : BLOCK, available;
    record->data = peek(stream, at, size, &available);
    record->size = std::min(size, available);
    bool partial = attributes.rfm == FAB$C_FIX && record->size < size;
    record->eof = record->size == 0 || partial;
    record->end = at + record->size;
}

void read_record(Stream &stream, uint64_t at, Record *record)
{
    const Attributes &attributes = stream.file->attributes;
    *record = Record();
    if (attributes.form == FORM_COUNTED)
        return read_counted(stream, at, record);
    if (attributes.form == FORM_TEXT || attributes.rfm == FAB$C_STMLF)
        read_line(stream, at, "\n", record);
    else if (attributes.rfm == FAB$C_STM)
        read_line(stream, at, "\n\v\f", record);
    else if (attributes.rfm == FAB$C_STMCR)
        read_line(stream, at, "\r", record);
    else
        return read_fixed(stream, at, record);
    if (attributes.rfm == FAB$C_STM && record->size && record->data[record->size - 1] == '\r')
        --record->size;
    if (attributes.form == FORM_TEXT && attributes.rfm == FAB$C_VFC && !record->eof)
        take_control(stream, record);
    if (attributes.form == FORM_TEXT && attributes.rfm != FAB$C_STMLF)
        decode(stream, record);
}

void append_escaped(const char *data, size_t size, std::string *out)
{
    const char *end = data + size;
    if (!memchr(data, '\n', size) && !memchr(data, DLE, size)) {
        out->append(data, size);
        return;
    }
    for (; data != end; ++data)
        if (*data == '\n' || *data == DLE) {
            out->push_back(DLE);
            out->push_back(*data == '\n' ? 'J' : 'P');
        } else {
            out->push_back(*data);
        }
}

void append_record(const Attributes &attributes, const RAB *rab, std::string *out)
{
    const char *data = rab->rab$l_rbf;
    size_t size = rab->rab$w_rsz;
    if (attributes.form == FORM_COUNTED) {
        size_t fixed = attributes.rfm == FAB$C_VFC ? attributes.fsz : 0;
        out->push_back(static_cast<char>((size + fixed) & 255));
        out->push_back(static_cast<char>((size + fixed) >> 8));
        if (fixed && rab->rab$l_rhb)
            out->append(rab->rab$l_rhb, fixed);
        else
            out->append(fixed, 0);
        out->append(data, size);
        if ((size + fixed) & 1)
            out->push_back(0);
        return;
    }
    bool escaped = attributes.rfm == FAB$C_VAR || attributes.rfm == FAB$C_VFC;
    const char *control = rab->rab$l_rhb;
    if (attributes.rfm == FAB$C_VFC && (!control || memcmp(control, PRINTED, 2) != 0)) {
        char text[16];
        snprintf(text, sizeof text, "%cH%02x%02x", DLE,
                 control ? static_cast<unsigned char>(control[0]) : 0,
                 control ? static_cast<unsigned char>(control[1]) : 0);
        out->append(text, CONTROL_SIZE);
    }
    if (escaped)
        append_escaped(data, size, out);
    else
        out->append(data, size);
    char last = size ? data[size - 1] : 0;
    if (escaped || (attributes.rfm == FAB$C_STMLF && last != '\n'))
        out->push_back('\n');
    else if (attributes.rfm == FAB$C_STM && last != '\n' && last != '\v' && last != '\f')
        out->append("\r\n");
    else if (attributes.rfm == FAB$C_STMCR && last != '\r')
        out->push_back('\r');
}

uint32_t check_record(const Stream &stream)
{
    const RAB *rab = stream.rab;
    const Attributes &attributes = stream.file->attributes;
    if (!rab->rab$l_rbf && rab->rab$w_rsz)
        return RMS$_RBF;
    size_t most = attributes.mrs ? attributes.mrs : RECORD_MAX;
    bool wrong = attributes.rfm == FAB$C_FIX ? rab->rab$w_rsz != attributes.mrs
                                             : rab->rab$w_rsz > most;
    return wrong ? RMS$_RSZ : RMS$_NORMAL;
}

/* Several writers: one write at the end, wherever that is now. */
uint32_t append_shared(Stream &stream, const std::string &text, uint32_t *stv)
{
    File &file = *stream.file;
    if (!file.appending && fcntl(file.fd, F_SETFL, fcntl(file.fd, F_GETFL) | O_APPEND) != 0)
        return file_error(errno, RMS$_WER, stv);
    file.appending = true;
    int limited = disk_limited() ? disk_limit(file.directory, file_size(file) + text.size()) : 0;
    if (limited)
        return file_error(limited, RMS$_WER, stv);
    ssize_t done = write(file.fd, text.data(), text.size());
    if (done != static_cast<ssize_t>(text.size()))
        return file_error(done < 0 ? errno : ENOSPC, RMS$_WER, stv);
    file.modified = true;
    stream.next = static_cast<uint64_t>(lseek(file.fd, 0, SEEK_CUR));
    stream.current = stream.next - text.size();
    stream.current_end = stream.next;
    return RMS$_NORMAL;
}

} // namespace

uint64_t end_of_file(const Stream &stream)
{
    return stream.out.empty() ? file_size(*stream.file) : stream.out_at + stream.out.size();
}

void set_rfa(RAB *rab, uint64_t value)
{
    for (int i = 0; i < 3; ++i)
        rab->rab$w_rfa[i] = static_cast<unsigned short>(value >> 16 * i);
}

uint64_t get_rfa(const RAB *rab)
{
    return rab->rab$w_rfa[0] | static_cast<uint64_t>(rab->rab$w_rfa[1]) << 16 |
           static_cast<uint64_t>(rab->rab$w_rfa[2]) << 32;
}

uint32_t write_out(Stream &stream, uint32_t *stv)
{
    if (stream.out.empty())
        return RMS$_NORMAL;
    int error = write_all(*stream.file, stream.out.data(), stream.out.size(), stream.out_at);
    if (error)
        return file_error(error, RMS$_WER, stv);
    stream.out.clear();
    return RMS$_NORMAL;
}

uint32_t get_sequential(Stream &stream, bool transfer, uint32_t *stv)
{
    RAB *rab = stream.rab;
    if (stream.file->permanent)
        return permanent_get(stream, stv);
    uint32_t status = write_out(stream, stv);
    if (!(status & 1))
        return status;
    uint64_t at = stream.next;
    if (rab->rab$b_rac == RAB$C_RFA)
        at = get_rfa(rab);
    else if (rab->rab$b_rac != RAB$C_SEQ)
        return RMS$_RAC;
    else if (stream.found && transfer && stream.have_current)
        at = stream.current;
    if (stream.file->shr & FAB$M_SHRUPD)
        stream.in_size = 0; /* somebody may have changed what was read ahead */
    Record record;
    read_record(stream, at, &record);
    stream.found = false;
    stream.have_current = !record.eof;
    if (record.eof)
        return rab->rab$b_rac == RAB$C_RFA ? RMS$_RNF : RMS$_EOF;
    stream.current = at;
    stream.current_end = stream.next = record.end;
    stream.found = !transfer;
    set_rfa(rab, at);
    if (!transfer)
        return RMS$_NORMAL;
    if (!rab->rab$l_ubf && record.size)
        return RMS$_UBF;
    size_t size = std::min<size_t>(record.size, rab->rab$w_usz);
    if (size)
        memcpy(rab->rab$l_ubf, record.data, size);
    if (record.header && rab->rab$l_rhb)
        memcpy(rab->rab$l_rhb, record.header, stream.file->attributes.fsz);
    rab->rab$l_rbf = rab->rab$l_ubf;
    rab->rab$w_rsz = static_cast<unsigned short>(size);
    if (size == record.size)
        return RMS$_NORMAL;
    *stv = static_cast<uint32_t>(record.size);
    return RMS$_RTB;
}

uint32_t put_sequential(Stream &stream, uint32_t *stv)
{
    RAB *rab = stream.rab;
    if (stream.file->permanent)
        return permanent_put(stream, stv);
    uint32_t status = check_record(stream);
    if (!(status & 1))
        return status;
    if (rab->rab$b_rac != RAB$C_SEQ)
        return RMS$_RAC;
    stream.found = stream.have_current = false;
    if (stream.file->shared_write()) {
        std::string text;
        append_record(stream.file->attributes, rab, &text);
        status = append_shared(stream, text, stv);
        set_rfa(rab, stream.current);
        return status;
    }
    uint64_t end = end_of_file(stream);
    if (stream.next != end) {
        if (!(rab->rab$l_rop & RAB$M_TPT))
            return RMS$_NEF;
        status = write_out(stream, stv);
        if (!(status & 1) || ftruncate(stream.file->fd, static_cast<off_t>(stream.next)) != 0)
            return status & 1 ? static_cast<uint32_t>(RMS$_WER) : status;
        stream.in_size = 0;
        end = stream.next;
    }
    if (stream.out.empty())
        stream.out_at = end;
    append_record(stream.file->attributes, rab, &stream.out);
    stream.current = end;
    stream.next = stream.current_end = stream.out_at + stream.out.size();
    set_rfa(rab, end);
    return stream.out.size() >= GATHER ? write_out(stream, stv)
                                       : static_cast<uint32_t>(RMS$_NORMAL);
}

uint32_t update_sequential(Stream &stream, uint32_t *stv)
{
    if (!stream.have_current)
        return RMS$_CUR;
    uint32_t status = check_record(stream);
    if (!(status & 1))
        return status;
    std::string text;
    append_record(stream.file->attributes, stream.rab, &text);
    if (text.size() != stream.current_end - stream.current)
        return RMS$_RSZ; /* a sequential record keeps its length */
    int error = write_all(*stream.file, text.data(), text.size(), stream.current);
    stream.in_size = 0;
    stream.have_current = false;
    return error ? file_error(error, RMS$_WER, stv) : static_cast<uint32_t>(RMS$_NORMAL);
}

} // namespace rms
} // namespace shim

/*
**  dump - DUMP, CHECKSUM
**
**  DUMP shows blocks, or records with /RECORDS: longwords in hexadecimal from right to left, the
**  characters, the offset.  CHECKSUM goes over the contents of the records.  DCL Dictionary.
*/
#include "file_list.h"
#include "record_file.h"

#include "CLI/command_values.h"
#include "system_text.h"

#include <climsgdef.h>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <openssl/evp.h>
#include <rms.h>

namespace shim {
namespace dcl {

namespace {

struct Range {
    uint64_t first = 1, last = ~uint64_t(0);
};

uint64_t number_of(const std::string &text)
{
    int32_t n = 0;
    if (!cli::number_value(text, &n) || n < 1)
        throw Failure(CLI$_IVVALU, text);
    return static_cast<uint64_t>(n);
}

/* (START:n,END:n,COUNT:n) */
Range range_of(const cli::Parsed &command, const char *label)
{
    Range range;
    uint64_t count = 0;
    for (const std::string &given : texts_of(command, label)) {
        std::string text = upper(given);
        size_t colon = text.find_first_of(":=");
        if (colon == std::string::npos)
            throw Failure(CLI$_VALREQ, given);
        std::string word = text.substr(0, colon);
        uint64_t n = number_of(text.substr(colon + 1));
        if (std::string("START").compare(0, word.size(), word) == 0)
            range.first = n;
        else if (std::string("END").compare(0, word.size(), word) == 0)
            range.last = n;
        else if (std::string("COUNT").compare(0, word.size(), word) == 0)
            count = n;
        else
            throw Failure(CLI$_IVKEYW, given);
    }
    if (count)
        range.last = range.first + count - 1;
    return range;
}

struct Style {
    unsigned unit = 4;     /* bytes of one number */
    unsigned line = 32;    /* bytes of one line */
    const char *form = "%0*llX";
    int digits = 8;
};

Style style_of(const cli::Parsed &command)
{
    Style style;
    style.unit = has(command, "BYTE") ? 1 : has(command, "WORD") ? 2 : 4;
    static const int octal[] = {3, 6, 0, 11}, decimal[] = {3, 5, 0, 10};
    style.digits = static_cast<int>(style.unit) * 2;
    if (has(command, "OCTAL")) {
        style.form = "%0*llo";
        style.digits = octal[style.unit - 1];
    } else if (has(command, "DECIMAL")) {
        style.form = "%*llu";
        style.digits = decimal[style.unit - 1];
    }
    unsigned width = has(command, "WIDTH")
                         ? static_cast<unsigned>(number_of(text_of(command, "WIDTH")))
                         : 80;
    const unsigned offset = 8;
    while (style.line > style.unit &&
           style.line / style.unit * static_cast<unsigned>(style.digits + 1) + style.line + offset >
               width)
        style.line /= 2;
    return style;
}

void dump_lines(Output &to, const std::string &data, const Style &style)
{
    for (size_t at = 0; at < data.size(); at += style.line) {
        std::string numbers, characters;
        for (size_t i = at; i < at + style.line; i += style.unit) {
            char text[40];
            unsigned long long value = 0;
            for (size_t b = style.unit; b-- > 0;)
                value = value << 8 |
                        (i + b < data.size() ? static_cast<unsigned char>(data[i + b]) : 0);
            snprintf(text, sizeof text, style.form, style.digits, value);
            std::string shown = i < data.size() ? text : "";
            shown.insert(0, static_cast<size_t>(style.digits) - shown.size(), ' ');
            numbers.insert(0, " " + shown);
        }
        for (size_t i = at; i < at + style.line; ++i) {
            unsigned char c = i < data.size() ? static_cast<unsigned char>(data[i]) : '.';
            characters += c >= ' ' && c < 0x7f ? static_cast<char>(c) : '.';
        }
        char offset[24];
        snprintf(offset, sizeof offset, " %06zX", at);
        to.line(numbers + " " + characters + offset);
    }
}

std::string unit_line(const char *what, uint64_t number, size_t size)
{
    char text[100];
    snprintf(text, sizeof text, "%s %llu (%08llX), %zu (%04zX) bytes", what,
             static_cast<unsigned long long>(number), static_cast<unsigned long long>(number),
             size, size);
    return text;
}

/* What is in the file, in blocks of 512 bytes; the last one may be short. */
void dump_blocks(Output &to, const FileHeader &header, const Range &range, const Style &style)
{
    const size_t block = 512;
    std::ifstream in(header.path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>((range.first - 1) * block));
    std::string data(block, '\0');
    for (uint64_t number = range.first; number <= range.last; ++number) {
        in.read(&data[0], static_cast<std::streamsize>(block));
        size_t size = static_cast<size_t>(in.gcount());
        if (!size)
            break;
        to.line("");
        to.line(unit_line("Virtual block number", number, size));
        to.line("");
        dump_lines(to, data.substr(0, size), style);
    }
}

void dump_records(Output &to, const std::string &spec, const Range &range, const Style &style)
{
    RecordFile file;
    uint32_t status = file.open_to_read(spec);
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, spec, status, file.stv(), FACILITY_DUMP);
    std::string record;
    for (uint64_t number = 1; number <= range.last && (status = file.get(&record)) & 1; ++number) {
        if (number < range.first)
            continue;
        to.line("");
        to.line(unit_line("Record number", number, record.size()));
        to.line("");
        dump_lines(to, record, style);
    }
    if (!(status & 1) && status != RMS$_EOF)
        throw file_failure(SHARED_READERR, spec, status, file.stv(), FACILITY_DUMP);
}

void dump_file(Output &to, const std::string &spec, const cli::Parsed &command,
               const Style &style)
{
    FileHeader header;
    uint32_t status = read_header(spec, &header);
    if (status & 1)
        status = readable(header);
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, spec, status, 0, FACILITY_DUMP);
    char line[160];
    to.line("");
    to.line("Dump of file " + spec + " on " + time_text(static_cast<int64_t>(now())));
    snprintf(line, sizeof line, "File ID (%llu,1,0)   End of file block %u / Allocated %u",
             static_cast<unsigned long long>(header.id % 16777216), header.blocks_used(),
             header.blocks_allocated());
    to.line(line);
    if (has(command, "RECORDS"))
        dump_records(to, spec, range_of(command, "RECORDS"), style);
    else
        dump_blocks(to, header, range_of(command, "BLOCKS"), style);
}

void dump_verb(Session &session, const cli::Parsed &command)
{
    Style style = style_of(command);
    std::shared_ptr<Output> output = output_of(session, command, "DUMP.DMP", FACILITY_DUMP);
    Outcome outcome(session);
    FileList files(texts_of(command, "INPUT"), "");
    std::string found;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        try {
            if (answer == FileList::FAILED)
                throw file_failure(SHARED_OPENIN, files.expanded(), files.status(), files.stv(),
                                   FACILITY_DUMP);
            dump_file(*output, found, command, style);
        } catch (const Failure &failure) {
            outcome.fail(failure);
        }
    }
    outcome.finish();
}

/* ---- CHECKSUM ---- */

/* Longwords of each record, the last one filled with zeros. */
uint32_t xor_of(uint32_t sum, const std::string &record)
{
    for (size_t i = 0; i < record.size(); ++i)
        sum ^= static_cast<uint32_t>(static_cast<unsigned char>(record[i])) << 8 * (i % 4);
    return sum;
}

/* AUTODIN II, as of the CRC-32 of networks. */
uint32_t crc_of(uint32_t sum, const std::string &record)
{
    const uint32_t polynomial = 0xEDB88320;
    for (unsigned char c : record) {
        sum ^= c;
        for (int bit = 0; bit < 8; ++bit)
            sum = sum >> 1 ^ (sum & 1 ? polynomial : 0);
    }
    return sum;
}

std::string hex_digest(EVP_MD_CTX *context)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    std::string text;
    EVP_DigestFinal_ex(context, digest, &size);
    for (unsigned int i = 0; i < size; ++i) {
        char two[3];
        snprintf(two, sizeof two, "%02X", digest[i]);
        text += two;
    }
    return text;
}

std::string checksum(const std::string &spec, const std::string &algorithm)
{
    RecordFile file;
    uint32_t status = file.open_to_read(spec), exclusive = 0, cyclic = 0xffffffff;
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, file.spec(), status, file.stv(), FACILITY_CHECKSUM);
    const EVP_MD *digest = EVP_get_digestbyname(algorithm.c_str());
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX *)> context(EVP_MD_CTX_new(),
                                                                 EVP_MD_CTX_free);
    if (digest)
        EVP_DigestInit_ex(context.get(), digest, nullptr);
    std::string record;
    while ((status = file.get(&record)) & 1) {
        exclusive = xor_of(exclusive, record);
        cyclic = crc_of(cyclic, record);
        if (digest)
            EVP_DigestUpdate(context.get(), record.data(), record.size());
    }
    if (status != RMS$_EOF)
        throw file_failure(SHARED_READERR, file.spec(), status, file.stv(), FACILITY_CHECKSUM);
    if (digest)
        return hex_digest(context.get());
    return std::to_string(algorithm == "CRC" ? ~cyclic : exclusive);
}

void checksum_verb(Session &session, const cli::Parsed &command)
{
    std::string algorithm = upper(text_of(command, "ALGORITHM")), name = "XOR";
    for (const char *each : {"CRC", "MD5", "SHA1", "SHA256"})
        if (!algorithm.empty() && std::string(each).compare(0, algorithm.size(), algorithm) == 0)
            name = each;
    std::string sum = checksum(text_of(command, "INPUT"), name);
    session.set_symbol("CHECKSUM$CHECKSUM", Value(sum));
    if (has(command, "OUTPUT"))
        output_of(session, command, "CHECKSUM.LIS", FACILITY_CHECKSUM)->line(sum);
}

/* No file stays locked behind who opened it, so there is nothing to undo. */
void unlock_verb(Session &session, const cli::Parsed &command)
{
    Outcome outcome(session);
    Confirmation confirmation(session, command);
    FileList files(texts_of(command, "INPUT"), "");
    std::string found;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        if (answer == FileList::FAILED)
            outcome.fail(file_failure(SHARED_SEARCHFAIL, files.expanded(), files.status(),
                                      files.stv(), FACILITY_UNLOCK));
        else if (confirmation.asks("UNLOCK " + found) && has(command, "LOG"))
            session.inform(UNLOCK_UNLOCKED, {found});
    }
    outcome.finish();
}

const VerbRow rows[] = {
    {"DUMP", dump_verb, IMAGE},
    {"CHECKSUM", checksum_verb, IMAGE},
    {"UNLOCK", unlock_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim

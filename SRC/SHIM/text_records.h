/*
**  text_records - whole text files by RMS, record by record
*/
#ifndef SHIM_TEXT_RECORDS_H
#define SHIM_TEXT_RECORDS_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim {

/* What an RMS service said, and the file that it was about (expanded as far as it got). */
struct FileStatus {
    uint32_t sts = 1, stv = 0;
    std::string file;
    bool good() const { return (sts & 1) != 0; }
};

FileStatus read_records(const std::string &spec, const std::string &defaults,
                        std::vector<std::string> *records);
/* A new version of variable-length records with carriage return. */
FileStatus write_records(const std::string &spec, const std::string &defaults,
                         const std::vector<std::string> &records);
/*
**  Every record of an existing file replaced, its version, owner and protection kept; readers see
**  the old file or the new one.
*/
FileStatus replace_records(const std::string &spec, const std::vector<std::string> &records);
/* All files that match, in RMS's order; RMS$_FNF when none does. */
FileStatus find_files(const std::string &spec, const std::string &defaults,
                      std::vector<std::string> *files);
/*
**  A message with its !AS arguments put in, then for a file's status "-RMS-E-FNF, ..." and what its
**  STV says.
*/
std::vector<std::string> message_lines(uint32_t code, const std::vector<std::string> &arguments,
                                       const FileStatus *status = nullptr);
/* "NAME" of a file specification, "NAME.TYP". */
std::string name_of(const std::string &spec);
std::string name_and_type(const std::string &spec);

} // namespace shim

#endif

/*
**  text_forms - how DCL writes UICs, protections, privileges
*/
#ifndef SHIM_DCL_TEXT_FORMS_H
#define SHIM_DCL_TEXT_FORMS_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim {
namespace dcl {

/* "[SYSTEM]" when a user has it alone, else "[200,1]" */
std::string uic_text(uint32_t uic);
/* "[1,4]", "[SYSTEM]", "SYSTEM", "[GROUP,MEMBER]" */
bool read_uic(const std::string &text, uint32_t *uic);
/* "SYSTEM=RWED, OWNER=RWED, GROUP=RE, WORLD" */
std::string protection_text(uint16_t protection);
/* Their names, in alphabetical order. */
std::vector<std::string> privilege_names(uint64_t mask);
/* NAME or NONAME, ALL, NOALL, abbreviated while unique; false: no such privilege. */
bool find_privilege(const std::string &word, uint64_t *mask, bool *negated);
uint64_t host_file_number(const std::string &spec);
bool is_known_image(const std::string &spec);

} // namespace dcl
} // namespace shim

#endif

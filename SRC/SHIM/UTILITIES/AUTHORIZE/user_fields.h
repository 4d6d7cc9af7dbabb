/*
**  user_fields - qualifiers of ADD and MODIFY to the user's record, and the record as it is shown
*/
#ifndef SHIM_USER_FIELDS_H
#define SHIM_USER_FIELDS_H

#include "uaf.h"

namespace shim::authorize {

/* The command's qualifiers.  False: a message was shown. */
bool apply_qualifiers(UafRecord *record);
void show_full(const UafRecord &record);
std::string brief_heading();
std::string brief_line(const UafRecord &record);
std::vector<std::string> full_lines(const UafRecord &record);

} // namespace shim::authorize

#endif

/*
**  queue_forms - forms and characteristics of the queue manager
**
**  There is the form that every system has, DEFAULT (number 0), and no characteristic: nothing
**  prints, so nobody defines more.  $GETQUI shows them without asking the queue manager.
*/
#ifndef SHIM_QUEUE_FORMS_H
#define SHIM_QUEUE_FORMS_H

#include <cstdint>
#include <string>

namespace shim {

struct FormQuery {
    std::string name;      /* upper case; wildcards */
    const uint32_t *number; /* 0: none is given */
    bool wildcard;         /* a search that goes on */
};
/* The items of $GETQUI that only forms and characteristics have. */
bool is_form_item(uint16_t code);
/* shown: of a search that goes on, whether the form has been shown; the caller keeps it.
   JBC$_NORMAL, JBC$_MISREQPAR, JBC$_NOSUCHFORM, JBC$_NOMOREFORM. */
uint32_t show_form(const FormQuery &query, bool *shown, std::string *object);
/* JBC$_MISREQPAR, JBC$_NOSUCHCHAR. */
uint32_t show_characteristic(const FormQuery &query);

} // namespace shim

#endif

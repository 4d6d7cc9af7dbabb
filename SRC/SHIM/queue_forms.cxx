/*
**  queue_forms - DEFAULT, as a system has it that nobody has given another
*/
#include "queue_forms.h"

#include "queue_wire.h"
#include "system_page.h"

#include <jbcmsgdef.h>
#include <quidef.h>

namespace shim {

namespace {

const struct {
    uint16_t code;
    const char *text; /* 0: a number */
    uint32_t number;
} default_form[] = {
    {QUI$_FORM_NAME, "DEFAULT", 0},
    {QUI$_FORM_NUMBER, nullptr, 0},
    {QUI$_FORM_DESCRIPTION, "System-defined default", 0},
    {QUI$_FORM_STOCK, "DEFAULT", 0},
    {QUI$_FORM_FLAGS, nullptr, QUI$M_FORM_TRUNCATE},
    {QUI$_FORM_LENGTH, nullptr, 66},
    {QUI$_FORM_WIDTH, nullptr, 132},
    {QUI$_FORM_MARGIN_BOTTOM, nullptr, 6},
    {QUI$_FORM_MARGIN_LEFT, nullptr, 0},
    {QUI$_FORM_MARGIN_RIGHT, nullptr, 0},
    {QUI$_FORM_MARGIN_TOP, nullptr, 0},
    {QUI$_FORM_SETUP_MODULES, "", 0},
    {QUI$_PAGE_SETUP_MODULES, "", 0},
};

bool is_asked(const FormQuery &query)
{
    return !query.name.empty() || query.number || query.wildcard;
}

} // namespace

bool is_form_item(uint16_t code)
{
    for (const auto &row : default_form)
        if (row.code == code)
            return true;
    return code == QUI$_CHARACTERISTIC_NAME || code == QUI$_CHARACTERISTIC_NUMBER;
}

uint32_t show_form(const FormQuery &query, bool *shown, std::string *object)
{
    if (!is_asked(query))
        return JBC$_MISREQPAR;
    if (query.wildcard && *shown) {
        *shown = false;
        return JBC$_NOMOREFORM;
    }
    if ((query.number && *query.number) ||
        (!query.name.empty() && !wild_match(query.name.c_str(), default_form[0].text)))
        return JBC$_NOSUCHFORM;
    *shown = query.wildcard;
    for (const auto &row : default_form)
        add_item(object, row.code,
                 row.text ? std::string(row.text)
                          : std::string(reinterpret_cast<const char *>(&row.number),
                                        sizeof row.number));
    return JBC$_NORMAL;
}

uint32_t show_characteristic(const FormQuery &query)
{
    return is_asked(query) ? JBC$_NOSUCHCHAR : JBC$_MISREQPAR;
}

} // namespace shim

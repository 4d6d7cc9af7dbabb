/*
**  opcom - messages to the operator
**
**  Text of at most OPCOM_TEXT_MAX bytes, the rest is cut; controls become '.'.  Nobody listening
**  is not an error.  spec/vms-api.md 7.4.  Any thread.
*/
#ifndef MAIL_VMS_OPCOM_H
#define MAIL_VMS_OPCOM_H

#include "VMS/status.h"

namespace mail {

const size_t OPCOM_TEXT_MAX = 128;

enum OperatorClass { OPERATOR_NETWORK, OPERATOR_CENTRAL, OPERATOR_SECURITY };

Status operator_send(const std::string &text, OperatorClass operator_class = OPERATOR_NETWORK);

} // namespace mail

#endif

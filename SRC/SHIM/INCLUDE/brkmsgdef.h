/*
**  brkmsgdef - the status block of $BRKTHRU
**
**  The terminals that took the message, that timed out, and that refuse its class.
*/
#ifndef SHIM_BRKMSGDEF_H
#define SHIM_BRKMSGDEF_H

struct brkiosb {
    unsigned short brkiosb$w_status;
    unsigned short brkiosb$w_success;
    unsigned short brkiosb$w_timeout;
    unsigned short brkiosb$w_refused;
};

#endif

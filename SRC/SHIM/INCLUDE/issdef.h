/*
**  issdef - personae
*/
#ifndef SHIM_ISSDEF_H
#define SHIM_ISSDEF_H

#define ISS$C_ID_NATURAL 1
#define ISS$M_CREATE_DEFPRIV 8
#define ISS$M_CREATE_DEFCLASS 16
#define ISS$M_CREATE_AUTHPRIV 32

#endif

/*
**  rms - all that a program of the record management services needs
*/
#ifndef SHIM_RMS_H
#define SHIM_RMS_H

#include <fabdef.h>
#include <rabdef.h>
#include <namdef.h>
#include <xabdef.h>
#include <xabdatdef.h>
#include <xabfhcdef.h>
#include <xabprodef.h>
#include <xabkeydef.h>
#include <rmsdef.h>

#endif

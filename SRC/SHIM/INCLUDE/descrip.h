/*
**  descrip - string descriptors
**
**  The descriptor and the text that it points to lie in 32-bit addressable memory,
**  or the service answers SS$_ACCVIO (DESIGN 1).
*/
#ifndef SHIM_DESCRIP_H
#define SHIM_DESCRIP_H

#define DSC$K_DTYPE_T 14
#define DSC$K_CLASS_S 1
#define DSC$K_CLASS_D 2

struct dsc$descriptor_s {
    unsigned short dsc$w_length;
    unsigned char dsc$b_dtype;
    unsigned char dsc$b_class;
    char *dsc$a_pointer;
};
#define dsc$descriptor dsc$descriptor_s
#define dsc$descriptor_d dsc$descriptor_s

#endif

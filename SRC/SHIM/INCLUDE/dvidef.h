/*
**  dvidef - items of $GETDVI; device classes
*/
#ifndef SHIM_DVIDEF_H
#define SHIM_DVIDEF_H

#define DVI$_DEVCLASS 4
#define DVI$_DEVTYPE 6
#define DVI$_DEVBUFSIZ 8
#define DVI$_UNIT 12
#define DVI$_PID 14
#define DVI$_OWNUIC 16
#define DVI$_ERRCNT 20
#define DVI$_OPCNT 22
#define DVI$_MAXBLOCK 26
#define DVI$_REFCNT 30
#define DVI$_DEVNAM 32
#define DVI$_VOLNAM 34
#define DVI$_FREEBLOCKS 42
#define DVI$_LOGVOLNAM 44
#define DVI$_VOLNUMBER 46
#define DVI$_VOLCOUNT 48
#define DVI$_ROOTDEVNAM 50
#define DVI$_NEXTDEVNAM 52
#define DVI$_MOUNTCNT 56
#define DVI$_CLUSTER 58
#define DVI$_CONCEALED 68
#define DVI$_REC 70
#define DVI$_CCL 72
#define DVI$_TRM 74
#define DVI$_DIR 76
#define DVI$_SQD 80
#define DVI$_SPL 82
#define DVI$_OPR 84
#define DVI$_NET 88
#define DVI$_FOD 90
#define DVI$_DUA 92
#define DVI$_SHR 94
#define DVI$_GEN 96
#define DVI$_AVL 98
#define DVI$_MNT 100
#define DVI$_MBX 102
#define DVI$_DMT 104
#define DVI$_ELG 106
#define DVI$_ALL 108
#define DVI$_FOR 110
#define DVI$_SWL 112
#define DVI$_IDV 114
#define DVI$_ODV 116
#define DVI$_RND 118
#define DVI$_TT_SCOPE 150
#define DVI$_TT_EIGHTBIT 154
#define DVI$_TT_PAGE 170
#define DVI$_TT_EDITING 190
#define DVI$_TT_ANSICRT 214
#define DVI$_TT_DECCRT 224
#define DVI$_STS 226
#define DVI$_FULLDEVNAM 232
#define DVI$_ALLDEVNAM 236
#define DVI$_HOST_NAME 254
#define DVI$_REMOTE_DEVICE 258
#define DVI$_SHDW_MEMBER 268
#define DVI$_TT_PHYDEVNAM 274
#define DVI$_MEDIA_NAME 278
#define DVI$_MEDIA_TYPE 280
#define DVI$_TT_ACCPORNAM 290
#define DVI$_DEVICE_TYPE_NAME 322
#define DVI$_VOLSIZE 354

#define DC$_DISK 1
#define DC$_TERM 66
#define DC$_MAILBOX 160

#endif

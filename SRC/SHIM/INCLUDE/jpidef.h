/*
**  jpidef - items of $GETJPI
*/
#ifndef SHIM_JPIDEF_H
#define SHIM_JPIDEF_H

#define JPI$_PRI 770
#define JPI$_OWNER 771
#define JPI$_UIC 772
#define JPI$_STS 773
#define JPI$_MEM 775
#define JPI$_GRP 776
#define JPI$_PRIB 777
#define JPI$_ACCOUNT 515
#define JPI$_USERNAME 514
#define JPI$_PROCPRIV 516
#define JPI$_LOGINTIM 518
#define JPI$_IMAGNAME 519
#define JPI$_CLINAME 522
#define JPI$_PID 793
#define JPI$_PRCCNT 795
#define JPI$_PRCNAM 796
#define JPI$_TERMINAL 797
#define JPI$_MODE 802
#define JPI$_JOBTYPE 803
#define JPI$_PROC_INDEX 804
#define JPI$_MASTER_PID 805
#define JPI$_NODENAME 809
#define JPI$_CURPRIV 1024
#define JPI$_CPUTIM 1031
#define JPI$_AUTHPRIV 1042
#define JPI$_IMAGPRIV 1043
#define JPI$_CHAIN (-1)

#define JPI$K_OTHER 0
#define JPI$K_NETWORK 1
#define JPI$K_BATCH 2
#define JPI$K_INTERACTIVE 3
#define JPI$K_DETACHED 0
#define JPI$K_LOCAL 3
#define JPI$K_DIALUP 4
#define JPI$K_REMOTE 5

#endif

/*
**  jpidef - items of $GETJPI
*/
#ifndef SHIM_JPIDEF_H
#define SHIM_JPIDEF_H

#define JPI$_VIRTPEAK 512
#define JPI$_WSPEAK 513
#define JPI$_USERNAME 514
#define JPI$_ACCOUNT 515
#define JPI$_PROCPRIV 516
#define JPI$_VOLUMES 517
#define JPI$_LOGINTIM 518
#define JPI$_IMAGNAME 519
#define JPI$_SITESPEC 520
#define JPI$_CLINAME 522
#define JPI$_TABLENAME 523
#define JPI$_CREPRC_FLAGS 524
#define JPI$_UAF_FLAGS 525
#define JPI$_MAXDETACH 526
#define JPI$_MAXJOBS 527
#define JPI$_SHRFILLM 528
#define JPI$_LAST_LOGIN_I 531
#define JPI$_LAST_LOGIN_N 532
#define JPI$_LOGIN_FAILURES 533
#define JPI$_LOGIN_FLAGS 534
#define JPI$_PARSE_STYLE_PERM 546
#define JPI$_PARSE_STYLE_IMAGE 547
#define JPI$_CASE_LOOKUP_PERM 550
#define JPI$_CASE_LOOKUP_IMAGE 551
#define JPI$_PRI 770
#define JPI$_OWNER 771
#define JPI$_UIC 772
#define JPI$_STS 773
#define JPI$_STATE 774
#define JPI$_MEM 775
#define JPI$_GRP 776
#define JPI$_PRIB 777
#define JPI$_TMBU 779
#define JPI$_GPGCNT 780
#define JPI$_PPGCNT 781
#define JPI$_ASTCNT 782
#define JPI$_BIOCNT 783
#define JPI$_BIOLM 784
#define JPI$_BYTCNT 785
#define JPI$_DIOCNT 786
#define JPI$_DIOLM 787
#define JPI$_FILCNT 788
#define JPI$_TQCNT 789
#define JPI$_PID 793
#define JPI$_BYTLM 794
#define JPI$_PRCCNT 795
#define JPI$_PRCNAM 796
#define JPI$_TERMINAL 797
#define JPI$_JOBPRCCNT 798
#define JPI$_ENQCNT 799
#define JPI$_ENQLM 800
#define JPI$_MODE 802
#define JPI$_JOBTYPE 803
#define JPI$_PROC_INDEX 804
#define JPI$_MASTER_PID 805
#define JPI$_STS2 808
#define JPI$_NODENAME 809
#define JPI$_NODE_CSID 810
#define JPI$_NODE_VERSION 811
#define JPI$_TT_PHYDEVNAM 812
#define JPI$_TT_ACCPORNAM 813
#define JPI$_MULTITHREAD 821
#define JPI$_KT_COUNT 822
#define JPI$_INITIAL_THREAD_PID 823
#define JPI$_THREAD_INDEX 824
#define JPI$_KRNLTIM 848
#define JPI$_USERTIM 851
#define JPI$_ORG_BYTLM 852
#define JPI$_CURPRIV 1024
#define JPI$_WSAUTH 1025
#define JPI$_WSQUOTA 1026
#define JPI$_DFWSCNT 1027
#define JPI$_DFPFC 1030
#define JPI$_CPUTIM 1031
#define JPI$_PRCLM 1032
#define JPI$_ASTLM 1033
#define JPI$_PAGEFLTS 1034
#define JPI$_DIRIO 1035
#define JPI$_BUFIO 1036
#define JPI$_CPULIM 1037
#define JPI$_PGFLQUOTA 1038
#define JPI$_FILLM 1039
#define JPI$_TQLM 1040
#define JPI$_WSSIZE 1041
#define JPI$_AUTHPRIV 1042
#define JPI$_IMAGPRIV 1043
#define JPI$_PAGFILCNT 1044
#define JPI$_WSEXTENT 1046
#define JPI$_AUTHPRI 1048
#define JPI$_IMAGECOUNT 1050
#define JPI$_CHAIN (-1)

/* JPI$_STATE; of STATEDEF, which is no public table: private values */
#define SCH$C_LEF 5 /* private value */
#define SCH$C_HIB 7 /* private value */
#define SCH$C_SUSP 9 /* private value */
#define SCH$C_COM 12 /* private value */
#define SCH$C_CUR 14 /* private value */

#define JPI$K_OTHER 0
#define JPI$K_NETWORK 1
#define JPI$K_BATCH 2
#define JPI$K_INTERACTIVE 3
#define JPI$K_DETACHED 0
#define JPI$K_LOCAL 3
#define JPI$K_DIALUP 4
#define JPI$K_REMOTE 5

#endif

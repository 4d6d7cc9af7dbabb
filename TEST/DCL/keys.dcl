==== DEFINE/KEY, SHOW KEY, SET KEY, DELETE/KEY
$ SET NOON
$ DEFINE/KEY PF1 "SHOW TIME"/TERMINATE
$ DEFINE/KEY/NOLOG/SET_STATE=GOLD/NOECHO/TERMINATE PF2 ""
$ DEFINE/KEY/IF_STATE=(GOLD,DEFAULT)/ERASE KP0 "SHOW QUEUE "
$ DEFINE/KEY/LOCK_STATE/SET_STATE=GOLD PF4 " "
$ SHOW KEY PF1
$ SHOW KEY/FULL PF1
$ SHOW KEY/FULL/STATE=GOLD KP0
$ SHOW KEY/ALL
$ SHOW KEY/ALL/STATE=GOLD
$ SHOW KEY/DIRECTORY
$ WRITE SYS$OUTPUT F$ENVIRONMENT("KEY_STATE")
$ SET KEY/STATE=GOLD
$ WRITE SYS$OUTPUT F$ENVIRONMENT("KEY_STATE")
$ SHOW KEY KP0
$ SET KEY
$ DELETE/KEY PF1
$ DELETE/KEY PF1
$ DELETE/KEY/NOLOG/ALL
$ SHOW KEY PF4
$ SHOW KEY
$ DEFINE/KEY NOKEY "X"
$ DEFINE/KEY PF1/LOCK_STATE "X"
$ DEFINE/KEY PF1/NOECHO "X"
$ DEFINE/KEY PF1
$ SHOW KEY/ALL
----
%DCL-I-DEFKEY, DEFAULT key PF1 has been defined
%DCL-I-DEFKEY, GOLD key KP0 has been defined
%DCL-I-DEFKEY, DEFAULT key KP0 has been defined
%DCL-I-DEFKEY, DEFAULT key PF4 has been defined
DEFAULT keypad definitions:
  PF1 = "SHOW TIME"
DEFAULT keypad definitions:
  PF1 = "SHOW TIME" (echo,terminate,noerase,nolock)
GOLD keypad definitions:
  KP0 = "SHOW QUEUE " (echo,noterminate,erase,nolock)
DEFAULT keypad definitions:
  KP0 = "SHOW QUEUE "
  PF1 = "SHOW TIME"
  PF2 = ""
  PF4 = " "
GOLD keypad definitions:
  KP0 = "SHOW QUEUE "
GOLD keypad definitions:
  KP0 = "SHOW QUEUE "
DEFAULT
GOLD
DEFAULT
%DCL-I-SETKEY, keypad state has been set to GOLD
GOLD
GOLD keypad definitions:
  KP0 = "SHOW QUEUE "
%DCL-I-SETKEY, keypad state has been set to DEFAULT
%DCL-I-DELKEY, DEFAULT key PF1 has been deleted
%DCL-W-UNDKEY, undefined key
 \PF1\
%DCL-W-UNDKEY, undefined key
 \PF4\
%DCL-W-INSFPRM, missing command parameters - supply all required parameters
%DCL-W-IVKEYNAM, unrecognized key name - check validity and spelling
 \NOKEY\
%DCL-W-CONFLICT, illegal combination of command elements - check documentation
 \LOCK_STATE\
%DCL-W-CONFLICT, illegal combination of command elements - check documentation
 \NOECHO\
%DCL-W-INSFPRM, missing command parameters - supply all required parameters
GOLD keypad definitions:
  KP0 = "SHOW QUEUE "

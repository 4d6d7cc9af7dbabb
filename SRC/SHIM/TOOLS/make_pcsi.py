#!/usr/bin/env python3
"""make_pcsi - writes COM/KIT/TCPMAIL_base.PCSI$DESC, the kit's descriptions for PRODUCT, from its list of files

usage: make_pcsi.py [--check]      --check: are they what the list says?

On VMS: PRODUCT PACKAGE TCPMAIL /PRODUCER=MAIL /BASE_SYSTEM=base /VERSION=V1.0 /FORMAT=SEQUENTIAL
            /SOURCE=[.COM.KIT]TCPMAIL_base.PCSI$DESC /MATERIAL=([.COM],[.COM.KIT],[.COM.TEMPLATES],[.EXE_arch]) /DESTINATION=[]
"""
import os
import sys

from kit import kit_files
from vms_build import TOP

BASES = ("AXPVMS", "I64VMS", "X86VMS")


def description(base):
    files = kit_files()
    lines = ["-- Written by SRC/SHIM/TOOLS/make_pcsi.py from COM/KIT/TCPMAIL.LIS; configuration is",
             "-- SYS$MANAGER:TCPIP$MAIL_CONFIG.COM, before a removal SYS$MANAGER:TCPIP$MAIL_REMOVE.COM.",
             f"product MAIL {base} TCPMAIL V1.0 full ;",
             f"    if (not <software VSI {base} TCPIP> and not <software HP {base} TCPIP> and not <software DEC {base} TCPIP>) ;",
             "        error NO_TCPIP abort ;", "    end if ;",
             f"    if (not <software VSI {base} SSL3> and not <software VSI {base} SSL111> and not <software HP {base} SSL1>) ;",
             "        error NO_SSL abort ;", "    end if ;"]
    lines += [f"    directory \"{folder}\" ;" for folder in sorted({f[3] for f in files if "." in f[3]})]
    lines += [f"    file \"{place}{name}\" generation 1 ;" for _, _, name, place, _ in files]
    return "\n".join(lines + ["    information CONFIGURE phase after ;", "end product ;", ""])


TEXT = """=product MAIL {base} TCPMAIL full
1 'PRODUCT
=prompt Mail system for OpenVMS
SMTP receiver, SMTP symbiont, MAIL transport and POP server.
1 NO_TCPIP
=prompt TCP/IP Services is not on this system
Install and configure it first.
1 NO_SSL
=prompt SSL3, SSL111 or SSL1 is not on this system
The images are linked with it.
1 CONFIGURE
=prompt Run SYS$MANAGER:TCPIP$MAIL_CONFIG.COM
It sets up accounts, site files, queues and services, and keeps those that are there.  Before you
remove the product run SYS$MANAGER:TCPIP$MAIL_REMOVE.COM.
"""


def main():
    bad = 0
    for base in BASES:
        for kind, text in (("DESC", description(base)), ("TEXT", TEXT.format(base=base))):
            path = os.path.join(TOP, "COM", "KIT", f"TCPMAIL_{base}.PCSI${kind}")
            old = ""
            if os.path.exists(path):
                with open(path) as f:
                    old = f.read()
            if old == text:
                continue
            if "--check" in sys.argv:
                print(f"{path} is not what TCPMAIL.LIS says: run make_pcsi.py")
                bad = 1
                continue
            with open(path, "w") as f:
                f.write(text)
    return bad


if __name__ == "__main__":
    sys.exit(main())

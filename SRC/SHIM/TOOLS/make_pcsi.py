#!/usr/bin/env python3
"""make_pcsi - writes COM/KIT/TCPMAIL_base.PCSI$DESC, the kit's descriptions for PRODUCT, from its list of files

usage: make_pcsi.py [--check]      --check: are they what the list says, and is the list what the tree has?

On VMS: PRODUCT PACKAGE TCPMAIL /PRODUCER=MAIL /BASE_SYSTEM=base /VERSION=V1.0 /FORMAT=SEQUENTIAL
            /SOURCE=[.COM.KIT]TCPMAIL_base.PCSI$DESC /MATERIAL=([.COM],[.COM.KIT],[.COM.TEMPLATES],[.EXE_arch]) /DESTINATION=[]
"""
import os
import re
import sys

from kit import kit_files
from vms_build import TOP

BASES = ("AXPVMS", "I64VMS", "X86VMS")
KIT_NAME_MAX = 39 # of an ODS-2 file name
MODULES = {"DCL_COMMAND": "command", "DCL_HELP": "help"}
KINDS = ("FILE", "IMAGE", "NOTES") + tuple(MODULES)
FILE_LINE = re.compile(r'    (?:file|module) "\[([\w$.]+)\]([\w$.]+)" ')


def verbs(name):
    """What a command table defines, as PRODUCT REMOVE must know it; help needs no names."""
    with open(os.path.join(TOP, "COM", "KIT", name)) as f:
        names = re.findall(r"^DEFINE VERB (\w+)", f.read(), re.M)
    return f" module ({','.join(names)})" if names else ""


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
    for _, kind, name, place, _ in files:
        lines.append(f"    file \"{place}{name}\" generation 1{' release notes' if kind == 'NOTES' else ''} ;")
    for _, kind, name, place, _ in files:
        if kind in MODULES:
            lines.append(f"    module \"{place}{name}\" type {MODULES[kind]}{verbs(name)} ;")
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


def built():
    """What [.EXE_arch] holds: the images of MODULES.LIS and their help libraries."""
    with open(os.path.join(TOP, "SRC", "MODULES.LIS")) as f:
        images = [line.split() for line in f if line.startswith("IMAGE ")]
    helps = {w[1] + ".HLB" for w in images if os.path.exists(os.path.join(TOP, "SRC", w[3], w[3] + ".HLP"))}
    return {w[1] + ".EXE" for w in images} | helps


def list_problems():
    """TCPMAIL.LIS against the tree: each file is there once, and nothing that belongs to the kit is missing."""
    files, names = kit_files(), set()
    for letter, kind, name, place, folder in files:
        if letter not in ("A", "B") or kind not in KINDS or not re.fullmatch(r"\[[\w$.]+\]", place):
            yield f"{name}: the kit has no {letter} {kind} {place}"
        source = os.path.join(TOP, *folder.strip("[].").split("."), name)
        if name not in built() if folder == "EXE" else not os.path.isfile(source):
            yield f"{name} is not in {folder}"
        if name in names:
            yield f"{name} stands there twice"
        names.add(name)
    for name in sorted(built() - names):
        yield f"{name} is built, and not in the kit"
    for folder in ("COM", "COM/TEMPLATES", "COM/KIT"):
        for name in sorted(os.listdir(os.path.join(TOP, folder))):
            if os.path.isfile(os.path.join(TOP, folder, name)) and name not in names and ".PCSI$" not in name:
                yield f"{folder}/{name} is not in the kit"


def description_problems(text):
    """A description against the list: the same files at the same places, a directory for each place below another."""
    wanted = [(f[3].strip("[]"), f[2]) for f in kit_files()]
    found = FILE_LINE.findall(text)
    if sorted(set(found)) != sorted(wanted):
        yield f"files differ from TCPMAIL.LIS: {sorted(set(found) ^ set(wanted))}"
    directories = set(re.findall(r'    directory "\[([\w$.]+)\]"', text))
    if directories != {place for place, _ in found if "." in place}:
        yield f"directories {sorted(directories)}"


def kit_name(text):
    """PRODUCER-BASE-PRODUCT-Vmmnn-update-type, which PRODUCT makes of the first line; "" without a good one."""
    names = re.search(r"^product (\w+) (\w+) (\w+) ([A-Z])(\d+)\.(\d+)(?:-(\w+))? full ;", text, re.M)
    if not names:
        return ""
    letter, major, minor, update = names.groups()[3:]
    return "-".join(names.groups()[:3] + (f"{letter}{int(major):02}{int(minor):02}", update or "", "1"))


def name_problems(text):
    name = kit_name(text)
    if not 0 < len(name) <= KIT_NAME_MAX:
        yield f"the kit's full name \"{name}\" has {len(name)} characters, {KIT_NAME_MAX} at most"


def main():
    problems = list(list_problems())
    bad = len(problems) > 0
    for problem in problems:
        print("COM/KIT/TCPMAIL.LIS: " + problem)
    for base in BASES:
        for kind, text in (("DESC", description(base)), ("TEXT", TEXT.format(base=base))):
            path = os.path.join(TOP, "COM", "KIT", f"TCPMAIL_{base}.PCSI${kind}")
            old = ""
            if os.path.exists(path):
                with open(path) as f:
                    old = f.read()
            checks = list(description_problems(old)) + list(name_problems(old))
            for problem in checks if kind == "DESC" and "--check" in sys.argv else ():
                print(f"{path}: {problem}")
                bad = 1
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

#!/usr/bin/env python3
"""Writes DESCRIP.MMS from SRC/MODULES.LIS and the includes of each source.

usage: make_descrip.py [--check] [--top DIR]
--check: exit 1 when DESCRIP.MMS is not what would be written; --top: of another tree than this one
"""
import os
import re
import sys

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
if "--top" in sys.argv:
    TOP = os.path.abspath(sys.argv[sys.argv.index("--top") + 1])
ROOMS = ["CORE", "VMS", "MTA"]

HEAD = """! DESCRIP.MMS - builds the images on OpenVMS Alpha, Itanium and x86-64 with MMS or MMK.
! Written by SRC/SHIM/TOOLS/make_descrip.py from SRC/MODULES.LIS. Change that list and run the tool.
!
!   MMS                       all images into [.EXE_arch]
!   MMS/MACRO=(DBG=1)         with the debugger
!   MMS CLEAN
!
! TLS_KIT is SSL3, SSL111 or SSL1. Alpha and Itanium link its 32-bit images, x86-64 the 64-bit ones.
!
.IFDEF TLS_KIT
.ELSE
TLS_KIT = SSL3
.ENDIF
ARCH = $(MMS$ARCH_NAME)
OBJ = [.OBJ_$(ARCH)]
EXE = [.EXE_$(ARCH)]
.IFDEF MMSX86_64
TLS_OPT = [.SRC.LINK]$(TLS_KIT)_64.OPT
NAMES =
.ELSE
TLS_OPT = [.SRC.LINK]$(TLS_KIT)_32.OPT
NAMES = /NAMES=(AS_IS,SHORTENED)/REENTRANCY=MULTITHREAD
.ENDIF
.IFDEF DBG
DEBUG_C = /DEBUG/NOOPTIMIZE
DEBUG_L = /DEBUG
.ELSE
DEBUG_C =
DEBUG_L = /NOTRACEBACK
.ENDIF
CXXF = /NOLIST$(NAMES)$(DEBUG_C)/DEFINE=(__NEW_STARLET,_SOCKADDR_LEN,__USE_STD_IOSTREAM)-
/INCLUDE_DIRECTORY=([.INCLUDE],BOOST:)
LINKF = $(DEBUG_L)/NOMAP/THREADS_ENABLE

"""


def modules():
    listed, images = [], []
    for line in open(os.path.join(TOP, "SRC", "MODULES.LIS")):
        w = line.split()
        if w and w[0] == "MODULE":
            listed.append((w[1], w[2]))
        elif w and w[0] == "IMAGE":
            images.append((w[1], w[2], w[3]))
    return listed, images


def vms_name(path):
    parts = path.split("/")
    return "[." + ".".join(parts[:-1]).upper() + "]" + parts[-1].upper()


def includes(path, seen):
    """Project headers that a source includes, directly or not."""
    folder = os.path.dirname(path)
    with open(os.path.join(TOP, path)) as f:
        names = re.findall(r'#\s*include\s*[<"]([^">]+)[">]', f.read())
    for name in names:
        for candidate in ("INCLUDE/" + name, folder + "/" + name):
            if os.path.exists(os.path.join(TOP, candidate)) and candidate not in seen:
                seen.add(candidate)
                includes(candidate, seen)
    return seen


def depends(path):
    return sorted(vms_name(p) for p in includes(path, set()) if os.path.exists(os.path.join(TOP, p)))


def lines_of(target, sources):
    """target : a, b, - with physical lines below 100 columns."""
    out, line = [], target + " :"
    for i, source in enumerate(sources):
        piece = " " + source + ("," if i + 1 < len(sources) else "")
        if len(line) + len(piece) > 98:
            out.append(line + " -")
            line = "   "
        line += piece
    return "\n".join(out + [line]) + "\n"


def main():
    listed, images = modules()
    text = HEAD
    exes = [f"$(EXE){name}.EXE" for name, _, _ in images]
    helps = [(name, folder) for name, _, folder in images
             if os.path.exists(os.path.join(TOP, "SRC", folder, folder + ".HLP"))]
    exes += [f"$(EXE){name}.HLB" for name, _ in helps]
    text += lines_of("ALL", exes) + "    @ CONTINUE\n\n"
    text += (".FIRST\n"
             "    @ IF F$SEARCH(\"OBJ_$(ARCH).DIR\") .EQS. \"\" THEN CREATE/DIRECTORY $(OBJ)\n"
             "    @ IF F$SEARCH(\"EXE_$(ARCH).DIR\") .EQS. \"\" THEN CREATE/DIRECTORY $(EXE)\n"
             "    @ DEFINE/NOLOG OPENSSL $(TLS_KIT)$INCLUDE:\n\n")
    text += ("$(OBJ)MAIL_MSG.OBJ : [.SRC.MESSAGES]MAIL_MSG.MSG\n"
             "    MESSAGE/OBJECT=$(MMS$TARGET) $(MMS$SOURCE)\n\n")
    for folder, name in listed:
        source = f"SRC/{folder}/{name}.cxx"
        text += lines_of(f"$(OBJ){name.upper()}.OBJ", [vms_name(source)] + depends(source))
        text += f"    $(CXX)$(CXXF)/OBJECT=$(MMS$TARGET) {vms_name(source)}\n\n"
    for room in ROOMS:
        objects = [f"$(OBJ){n.upper()}.OBJ" for f, n in listed if f == room]
        if objects:
            text += lines_of(f"$(OBJ){room}.OLB", objects)
            text += f"    @ IF F$SEARCH(\"$(MMS$TARGET)\") .EQS. \"\" THEN LIBRARY/CREATE/OBJECT $(MMS$TARGET)\n"
            for o in objects:
                text += f"    LIBRARY/REPLACE/OBJECT $(MMS$TARGET) {o}\n"
            text += "\n"
    for name, kind, folder in images:
        objects = [f"$(OBJ){n.upper()}.OBJ" for f, n in listed if f == folder]
        # nothing refers to messages: the linker would not take them from a library
        objects.append("$(OBJ)MAIL_MSG.OBJ")
        if os.path.exists(os.path.join(TOP, "SRC", folder, folder + ".CLD")):
            table = f"$(OBJ){folder}_CLD.OBJ"
            text += f"{table} : [.SRC.{folder}]{folder}.CLD\n    SET COMMAND/OBJECT=$(MMS$TARGET) $(MMS$SOURCE)\n\n"
            objects.append(table)
        libraries = [f"$(OBJ){room}.OLB" for room in ("MTA", "VMS", "CORE")]
        text += lines_of(f"$(EXE){name}.EXE", objects + libraries + [f"[.SRC.LINK]{name}.OPT"])
        text += "    @ OPEN/WRITE X $(OBJ)" + folder + ".LNK\n"
        for o in objects:
            text += f"    @ WRITE X \"{o}\"\n"
        for lib in libraries:
            text += f"    @ WRITE X \"{lib}/LIBRARY\"\n"
        text += "    @ CLOSE X\n"
        switch = "/SHAREABLE" if kind == "SHR" else "/EXECUTABLE"
        text += f"    LINK$(LINKF){switch}=$(MMS$TARGET) $(OBJ){folder}.LNK/OPTIONS,[.SRC.LINK]{name}.OPT/OPTIONS,$(TLS_OPT)/OPTIONS\n\n"
    for name, folder in helps:
        text += f"$(EXE){name}.HLB : [.SRC.{folder}]{folder}.HLP\n    LIBRARY/CREATE/HELP $(MMS$TARGET) $(MMS$SOURCE)\n\n"
    text += "CLEAN :\n    - DELETE/NOLOG $(OBJ)*.*;*\n    - DELETE/NOLOG $(EXE)*.*;*\n"
    path = os.path.join(TOP, "DESCRIP.MMS")
    if "--check" in sys.argv:
        old = open(path).read() if os.path.exists(path) else ""
        if old != text:
            print("DESCRIP.MMS is not up to date: run SRC/SHIM/TOOLS/make_descrip.py")
            sys.exit(1)
        return
    with open(path, "w") as f:
        f.write(text)


main()

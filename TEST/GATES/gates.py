#!/usr/bin/env python3
"""The gates: rules of the house that a compiler flag cannot hold.  Each is a test of its own.

usage: gates.py GATE [--top DIR] [--build DIR] [--write] [--spec CSV]
--top checks another tree than this one (gates_test.py feeds bad ones, so that each gate can fail).
--write renews the committed file that a gate compares with (contract; constants, from CSV).
"""
import csv
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
TOP = HERE
PRODUCT_ROOMS = ["CORE", "VMS", "MTA", "RECEIVER", "SYMBIONT", "MAILSHR", "SFF", "POP", "MANAGE", "IVP"]
IMAGE_ROOMS = ["RECEIVER", "SYMBIONT", "MAILSHR", "SFF", "POP", "MANAGE", "IVP"]
DOLLAR_ROOMS = ["VMS", "MAILSHR"]
problems = []
checked = 0


def fail(text):
    problems.append(text)


def tracked():
    """The tree's files: what git knows or would add; without git (a kit, a test's tree) all of them."""
    if os.path.exists(os.path.join(TOP, ".git")):
        out = subprocess.run(["git", "-C", TOP, "ls-files", "-co", "--exclude-standard"],
                             capture_output=True, text=True, check=True).stdout
        return sorted({f for f in out.splitlines() if os.path.exists(os.path.join(TOP, f))})
    found = []
    for folder, folders, files in os.walk(TOP):
        folders[:] = [d for d in folders if not re.match(r"build(-|$)|__pycache__$", d)]
        found += [os.path.relpath(os.path.join(folder, f), TOP) for f in files]
    return sorted(found)


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8", errors="replace") as f:
        return f.read()


def strip_code(text, keep_strings=False):
    """Comments (and strings) replaced by blanks, line structure kept."""
    def blank(m):
        s = m.group(0)
        if s[0] in "\"'" and keep_strings:
            return s
        if s[0] in "\"'":
            return s[0] + " " * (len(s) - 2) + s[0]
        return re.sub(r"[^\n]", " ", s)
    return re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'", blank, text, flags=re.S)


def product_files():
    for f in tracked():
        parts = f.split("/")
        if len(parts) >= 3 and parts[0] == "SRC" and parts[1] in PRODUCT_ROOMS and f.endswith((".cxx", ".h")):
            yield f, parts[1]
        elif len(parts) == 3 and parts[0] == "INCLUDE" and f.endswith((".h", ".def")):
            yield f, parts[1]


def system_headers():
    folder = os.path.join(TOP, "SRC/SHIM/INCLUDE")
    return set(os.listdir(folder)) - C_HEADERS if os.path.isdir(folder) else set()


def modules():
    out = []
    for line in read("SRC/MODULES.LIS").splitlines():
        w = line.split()
        if w and w[0] == "MODULE":
            out.append((w[1], w[2]))
    return out


# Of the C library, which every room has: SHIM/INCLUDE only gives them VMS's values
C_HEADERS = {"stdlib.h"}
# What SHIM/INCLUDE has beside the names that VMS gives to its headers
SHIM_OWN = re.compile(r"(shim|starlet|lib_routines)_")


def includes(path):
    return re.findall(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', read(path), flags=re.M)


def gate_rooms():
    """A room includes only the rooms under it; SHIM never a product header."""
    global checked
    allowed = {"CORE": {"CORE"}, "VMS": {"CORE", "VMS"}, "MTA": {"CORE", "VMS", "MTA"}}
    for room in IMAGE_ROOMS:
        allowed[room] = {"CORE", "VMS", "MTA", room}
    system = system_headers()
    for f, room in product_files():
        checked += 1
        for inc in includes(f):
            if ".." in inc.split("/"):
                fail(f"{f}: includes by room, not by a way through the tree ({inc})")
            if "/" in inc and inc.split("/")[0] in PRODUCT_ROOMS and inc.split("/")[0] not in allowed[room]:
                fail(f"{f}: {room} may not include {inc}")
            if inc.startswith("boost/") and f != "INCLUDE/boostset.h":
                fail(f"{f}: Boost only through boostset.h, not {inc}")
            if room in ("CORE",) and inc in ("fcntl.h", "sys/socket.h", "unistd.h", "time.h", "pthread.h", "poll.h"):
                fail(f"{f}: CORE has no files, clock or sockets ({inc})")
            if (inc in system or "$" in inc) and room not in DOLLAR_ROOMS:
                fail(f"{f}: {inc} outside the VMS room")
            if inc in system and SHIM_OWN.match(inc):
                fail(f"{f}: {inc} does not exist on VMS")
            if f.startswith("INCLUDE/VMS/") and inc in system:
                fail(f"{f}: a public VMS header may not include the system header {inc}")
    for f in tracked():
        if f.startswith("SRC/SHIM/") and f.endswith((".cxx", ".h")):
            checked += 1
            for inc in includes(f):
                if inc.split("/")[0] in PRODUCT_ROOMS or inc == "boostset.h" or ".." in inc.split("/"):
                    fail(f"{f}: SHIM includes the product header {inc}")


def gate_dollars():
    """`$` in code only in the VMS room (and MAILSHR's entry points)."""
    global checked
    for f, room in product_files():
        checked += 1
        if room in DOLLAR_ROOMS and not f.startswith("INCLUDE/"):
            continue
        for n, line in enumerate(strip_code(read(f)).splitlines(), 1):
            if "$" in line:
                fail(f"{f}:{n}: `$` outside the VMS room")


BANNED = [
    (r"(?<![\w.>])(strcpy|strcat|sprintf|vsprintf|strtok|gets|atoi|atol|sscanf)\s*\(", "banned function"),
    (r"\.at\s*\(", "map::at/vector::at (throws, and map::at is not C++98)"),
    (r"\bstd::snprintf\b|#\s*include\s*<cstdio>", "snprintf comes from <stdio.h>"),
    (r"#\s*include\s*<(iostream|fstream|sstream|stdint\.h|cstdint|strstream)>", "not in the product"),
    (r"\bthrow\b(?!\s*\()", "no exceptions of our own"),
    (r"\b(nullptr|thread_local|constexpr|decltype|static_assert)\b", "C++98"),
    (r"\b(dynamic_cast|typeid)\b", "no RTTI"),
    (r"\bstd::(cout|cerr|clog)\b|\bprintf\s*\(", "no output of the C library's streams in the product"),
    (r"#\s*(el)?if.*\b(__VMS|__vms|VMS|__linux|__linux__|linux|__unix|__unix__|_WIN32)\b",
     "one source for every system"),
]


VECTOR = r"std::vector<[^;{}()]*>"


def vectors(f, seen, kinds):
    """Members and variables that the product headers which a file includes declare as vectors."""
    names = set()
    for inc in includes(f):
        for candidate in ("INCLUDE/" + inc, os.path.dirname(f) + "/" + inc):
            if candidate not in seen and os.path.exists(os.path.join(TOP, candidate)):
                seen.add(candidate)
                names |= vectors(candidate, seen, kinds)
                code = strip_code(read(candidate))
                kinds += re.findall(r"typedef\s+" + VECTOR + r"\s*(\w+)\s*;", code)
                names |= set(re.findall(VECTOR + r"\s*[&*]?\s*(\w+)\s*;", code))
    return names


def calls_vector_data(f, code):
    """data() belongs to std::string in C++98; whose it is, the nearest declaration of the name tells."""
    calls = list(re.finditer(r"(\w+)(?:\.|->)data\s*\(", code))
    if not calls:
        return
    kinds = re.findall(r"typedef\s+" + VECTOR + r"\s*(\w+)\s*;", code)
    far = vectors(f, set(), kinds)
    kind = "(?:" + "|".join([VECTOR] + [r"\b" + k + r"\b" for k in kinds]) + ")"
    for m in calls:
        name = m.group(1)
        end = name + r"\s*[;,)=(\[]"
        own = [d.start() for d in re.finditer(kind + r"\s*[&*]?\s*" + end, code)]
        other = [d.start() for d in re.finditer(r"[\w>]\s+[&*]?" + end, code)
                 if not re.match(r".*?" + kind + r"\s*[&*]?\s*" + end, code[code.rfind("\n", 0, d.start()) + 1:d.end()])]
        near = [min([abs(m.start() - d) for d in found], default=None) for found in (own, other)]
        if near[0] is not None and (near[1] is None or near[0] < near[1]) or near == [None, None] and name in far:
            yield code.count("\n", 0, m.start()) + 1, m.group(0)


def gate_banned():
    global checked
    for f, room in product_files():
        checked += 1
        code = strip_code(read(f), keep_strings=False)
        if f == "INCLUDE/boostset.h":
            continue
        for n, line in enumerate(code.splitlines(), 1):
            for pattern, why in BANNED:
                if re.search(pattern, line):
                    fail(f"{f}:{n}: {why}: {line.strip()}")
            if "\t" in line:
                fail(f"{f}:{n}: tab")
        for n, call in calls_vector_data(f, code):
            fail(f"{f}:{n}: vector::data() is not C++98: {call}")


def gate_long():
    """No bare long: it is 4 bytes on Alpha and Itanium, 8 on x86-64."""
    global checked
    for f, room in product_files():
        checked += 1
        code = re.sub(r"\blong\s+long\b", "LL", strip_code(read(f)))
        for n, line in enumerate(code.splitlines(), 1):
            if re.search(r"(?<![\w$])long(?![\w$])", line):
                fail(f"{f}:{n}: bare long: {line.strip()}")


def gate_names():
    """ODS-2 names, unique in the tree without regard to case (data and dot files of the root excepted)."""
    global checked
    seen = {}
    system = {h.lower() for h in system_headers()}
    root_ok = {"README.TXT", "DESCRIP.MMS", "BUILD.COM", "KITINSTAL.COM", "CMakeLists.txt", "GNUmakefile",
               ".ci/run", ".gitignore", ".gitattributes", ".clang-format"}
    for f in tracked():
        checked += 1
        parts = f.split("/")
        if len(parts) == 1 or parts[0].startswith("."):
            if f not in root_ok:
                fail(f"{f}: not one of the files of the root")
            continue
        name = parts[-1]
        stem, dot, ext = name.rpartition(".")
        if not dot:
            stem, ext = name, ""
        if not re.fullmatch(r"[A-Za-z0-9$_-]{1,39}", stem) or not re.fullmatch(r"[A-Za-z0-9$_-]{0,39}", ext):
            fail(f"{f}: not an ODS-2 name")
        if name.startswith("-"):
            fail(f"{f}: begins with a hyphen")
        for d in parts[:-1]:
            if not re.fullmatch(r"[A-Z0-9$_-]{1,39}", d):
                fail(f"{f}: folder {d} is not UPPER CASE ODS-2")
        if len(parts) > 7:
            fail(f"{f}: more than six levels")
        if parts[0] in ("SRC", "INCLUDE", "TEST") and ext in ("cxx", "h", "def"):
            mirror = name.upper()
            if "SHIM/INCLUDE" in f or "/DATA/" in f:
                continue
            if name.lower() in system:
                fail(f"{f}: the name of a system header")
            if stem.lower().endswith("def"):
                fail(f"{f}: names that end in `def` belong to VMS")
            if mirror in seen and seen[mirror] != f:
                fail(f"{f}: same name as {seen[mirror]}")
            seen[mirror] = f
            if name != name.lower():
                fail(f"{f}: sources are lower case")


def archives(build):
    for room in PRODUCT_ROOMS:
        path = os.path.join(build, "lib" + room.lower() + ".a")
        if os.path.exists(path):
            yield room, path


def nm(path, *flags):
    out = subprocess.run(["nm", "-P", *flags, path], capture_output=True, text=True).stdout
    return [line.split() for line in out.splitlines() if line and not line.endswith(":")]


def gate_contract(build, write):
    """What the product's objects import from SHIM is what CONTRACT.TXT lists: no more, no less."""
    global checked
    used = {}
    for room, path in archives(build):
        for row in nm(path, "-u"):
            if "$" in row[0] and not row[0].startswith("_Z"):
                used.setdefault(row[0], set()).add(room)
    if not used:
        fail("no product objects below " + build)
    declared = {}
    for f in sorted(os.listdir(os.path.join(TOP, "SRC/SHIM/INCLUDE"))):
        code = strip_code(read("SRC/SHIM/INCLUDE/" + f))
        for name in re.findall(r"(?<![\w$])((?:sys|lib|str|mail|smb|cli|lbr|cc|ots|decc)\$\w+)(?=\s*\(|\s*;)", code):
            declared.setdefault(name, f)
    head = ("SHIM's contract: every OpenVMS routine and prototype block that the product's objects import.\n"
            "Printed by `TEST/GATES/gates.py contract --write`; a test compares it with the objects (nm -u).\n"
            "The documented behaviour of each is in its implementation's comment and tests.\n\n")
    lines = [f"{name:<28} {declared.get(name, '?'):<22} {','.join(sorted(used[name]))}" for name in sorted(used)]
    text = head + f"{'routine':<28} {'header':<22} called by\n" + "\n".join(lines) + "\n"
    path = os.path.join(TOP, "SRC/SHIM/CONTRACT.TXT")
    if write:
        with open(path, "w") as f:
            f.write(text)
    checked += len(used)
    old = read("SRC/SHIM/CONTRACT.TXT") if os.path.exists(path) else ""
    listed = {line.split()[0] for line in old.splitlines() if re.match(r"\w+\$", line)}
    for name in sorted(set(used) - listed):
        fail(f"{name} is called ({','.join(sorted(used[name]))}) but not in CONTRACT.TXT")
    for name in sorted(listed - set(used)):
        fail(f"{name} is in CONTRACT.TXT but nothing calls it")
    for name in sorted(used):
        if name not in declared:
            fail(f"{name} is called but no SHIM header declares it")
    lib = os.path.join(build, "lib/libvmsshim.so")
    have = {row[0] for row in nm(lib, "-D", "--defined-only")}
    for name in sorted(used):
        if name not in have:
            fail(f"{name} is called but SHIM does not export it")


def header_constants():
    for f in sorted(os.listdir(os.path.join(TOP, "SRC/SHIM/INCLUDE"))):
        for n, line in enumerate(read("SRC/SHIM/INCLUDE/" + f).splitlines(), 1):
            m = re.match(r"\s*#\s*define\s+([A-Za-z][A-Za-z0-9]*\$\w+)\s+(\(?-?(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*\)?)"
                         r"\s*(/\*.*)?$", line)
            e = re.match(r"\s*([A-Z][A-Z0-9]*\$\w+)\s*=\s*(-?(?:0[xX][0-9a-fA-F]+|\d+))[uUlL]*\s*,?\s*(/\*.*)?$", line)
            m = m or e
            if m:
                value = int(re.sub(r"[()uUlL]", "", m.group(2)), 0)
                yield f, n, m.group(1), value, "private value" in (m.group(3) or "")
            elif re.match(r"\s*#\s*define\s+[A-Z][A-Z0-9]*\$\w+\s+\S*\d|\s*[A-Z][A-Z0-9]*\$\w+\s*(=[^=]|,\s*$|$)", line):
                yield f, n, re.search(r"[A-Z0-9]+\$\w+", line).group(0), None, False


# facility of a message text and the prefix of its conditions' names
FACILITIES = {"SYSTEM": "SS$_", "OPCOM": "OPC$_", "LOGIN": "LGI$_"}


def message_rows():
    """The rows of SHIM's message texts: file, line, condition's name, value, private, text, FAO arguments."""
    for f in tracked():
        if not re.match(r"SRC/SHIM/message_\w+\.cxx$", f):
            continue
        code = read(f)
        facility = {rows: name for name, rows in re.findall(r'\{"(\w+)", (\w+), sizeof', code)}
        rows = ""
        for n, line in enumerate(code.splitlines(), 1):
            begins = re.match(r"(?:static )?const MessageRow (\w+)\[\]", line)
            rows = begins.group(1) if begins else rows
            m = re.match(r'\s*\{(\d+), "(\w+)", "((?:\\.|[^"\\])*)", (\d+)\},?\s*(/\*.*)?$', line)
            if m:
                name = facility.get(rows, "?")
                name = FACILITIES.get(name, name + "$_") + m.group(2)
                yield f, n, name, int(m.group(1)), "private value" in (m.group(5) or ""), m.group(3), int(m.group(4))
            elif rows and re.match(r"\s*\{\s*\w+,", line):
                fail(f"{f}:{n}: write the message's code as one number and its row in one line")
            if line.startswith("};"):
                rows = ""


def check_messages():
    """A text's number of FAO arguments is what its directives take."""
    for f, n, name, _, _, text, arguments in message_rows():
        takes = len(re.findall(r"!(?:\d+)?(?:A[CDSZ]|[USXZO][BWLQ])", text))
        if takes != arguments:
            fail(f"{f}:{n}: {name}: the text takes {takes} arguments, the row says {arguments}")


def gate_constants(spec, write):
    """Constants of SHIM's headers and codes of its message texts = the committed table, taken from the published one."""
    global checked
    path = os.path.join(TOP, "TEST/GATES/VMS_CONSTANTS.CSV")
    found = [("SRC/SHIM/INCLUDE/" + f, *rest) for f, *rest in header_constants()]
    found += [row[:5] for row in message_rows()]
    check_messages()
    if write:
        table = {}
        with open(spec) as f:
            for row in csv.DictReader(f):
                table[row["symbol"]] = row["value"]
        names = sorted({name for _, _, name, _, private in found if name in table})
        with open(path, "w") as f:
            f.write("symbol,value\n")
            for name in names:
                f.write(f"{name},{table[name]}\n")
    committed = {}
    with open(path) as f:
        for row in csv.DictReader(f):
            committed[row["symbol"]] = int(row["value"])
    for f, n, name, value, private in found:
        checked += 1
        if value is None:
            fail(f"{f}:{n}: {name}: write the value as one number, so that it can be compared")
        elif name in committed:
            if (value & 0xFFFFFFFF) != (committed[name] & 0xFFFFFFFF) and value != committed[name]:
                fail(f"{f}:{n}: {name} is {value}, documented {committed[name]}")
        elif not private:
            fail(f"{f}:{n}: {name} has no documented value and no `private value` remark")


def gate_externs(build):
    """C names that the product defines or imports: 31 characters at most, different when upper-cased."""
    global checked
    seen = {}
    for room, path in archives(build):
        for row in nm(path, "-g"):
            name = row[0]
            if name.startswith(("_", "DW.")):
                continue
            checked += 1
            if len(name) > 31:
                fail(f"{room}: {name} is longer than 31 characters")
            if name.upper() in seen and seen[name.upper()] != name:
                fail(f"{room}: {name} and {seen[name.upper()]} differ by case only")
            seen[name.upper()] = name


def gate_statics(build):
    """No global object with a constructor: nothing of the product runs before main or an activation."""
    global checked
    for room, path in archives(build):
        for row in nm(path, "--defined-only"):
            checked += 1
            if row[0].startswith(("_GLOBAL__sub_I", "_GLOBAL__I", "__cxx_global_var_init")):
                fail(f"{room}: {row[0]}: a global object has a constructor")


WIDTH = 100


def gate_columns():
    """C++ lines have 100 columns at most, no tab and nothing behind the last word."""
    global checked
    for f in tracked():
        if f.split("/")[0] in ("SRC", "INCLUDE", "TEST") and f.endswith((".cxx", ".h", ".def")) and "/DATA/" not in f:
            checked += 1
            for n, line in enumerate(read(f).split("\n"), 1):
                if len(line) > WIDTH:
                    fail(f"{f}:{n}: {len(line)} columns")
                if "\t" in line or line != line.rstrip():
                    fail(f"{f}:{n}: tab or blank at the end")


LINES = 600
FUNCTION = 60


def gate_sizes():
    """A source has 600 lines at most, a function 60."""
    global checked
    for f in tracked():
        if f.split("/")[0] not in ("SRC", "INCLUDE", "TEST") or not f.endswith((".cxx", ".h")):
            continue
        checked += 1
        lines = strip_code(read(f)).splitlines()
        if len(lines) > LINES:
            fail(f"{f}: {len(lines)} lines")
        start = None
        for n, line in enumerate(lines, 1):
            # a function's brace stands alone under its head; a table's or a class's does not
            if start is None and re.match(r"( {4})?\{\s*$", line) and n > 1 and ")" in lines[n - 2]:
                start, end = n, line.index("{")
            elif start is not None and re.match(r" {%d}\}" % end, line):
                if n - start - 1 > FUNCTION:
                    fail(f"{f}:{start}: a function of {n - start - 1} lines")
                start = None


def gate_modules():
    """MODULES.LIS names what exists, all that exists, and DESCRIP.MMS builds the same."""
    global checked
    listed = modules()
    for folder, name in listed:
        checked += 1
        if not os.path.exists(os.path.join(TOP, "SRC", folder, name + ".cxx")):
            fail(f"MODULES.LIS: SRC/{folder}/{name}.cxx does not exist")
    if len(set(listed)) != len(listed):
        fail("MODULES.LIS: a module is listed twice")
    for f, room in product_files():
        if f.endswith(".cxx"):
            if (room, os.path.basename(f)[:-4]) not in listed:
                fail(f"{f}: not in MODULES.LIS")
    mms = read("DESCRIP.MMS").upper()
    built = set(re.findall(r"\[\.SRC\.(\w+)\](\w+)\.CXX", mms))
    for folder, name in listed:
        if (folder, name.upper()) not in built:
            fail(f"DESCRIP.MMS does not build [.SRC.{folder}]{name.upper()}.CXX")
    for folder, name in sorted(built):
        if (folder, name) not in {(a, b.upper()) for a, b in listed}:
            fail(f"DESCRIP.MMS builds [.SRC.{folder}]{name}.CXX, which MODULES.LIS does not list")


def gate_tests():
    """Every module has its test (mains excepted: the dialogues run them)."""
    global checked
    for folder, name in modules():
        checked += 1
        if name.endswith("_main"):
            continue
        if not os.path.exists(os.path.join(TOP, "TEST", folder, name + "_test.cxx")):
            fail(f"SRC/{folder}/{name}.cxx has no TEST/{folder}/{name}_test.cxx")


NOT_OBEYED = "Settings that nothing obeys yet"


def not_obeyed():
    """The rows that README.TXT names as not yet obeyed: the indented lines under the heading."""
    text = read("README.TXT") if os.path.exists(os.path.join(TOP, "README.TXT")) else ""
    part = text.partition("\n" + NOT_OBEYED + "\n")[2].lstrip("-\n")
    names = []
    for line in part.splitlines():
        if not line.strip():
            break
        names += re.findall(r"\b[A-Z][A-Z0-9_]+\b", line.partition(":")[0])
    return set(names)


# these only talk about settings
TALKERS = ("SRC/MANAGE/config_check.cxx", "SRC/MANAGE/config_display.cxx")


def readers():
    """Names of the rows that a product source above CORE asks for."""
    found = set()
    for f, room in product_files():
        if f.startswith("SRC/") and room not in ("CORE", "VMS") and f not in TALKERS:
            found |= set(re.findall(r"\bP_([A-Z][A-Z0-9_]*)\b", strip_code(read(f))))
    return found


def gate_params():
    """Every parameter row has a help line, is named by a test and is obeyed, or README.TXT says that it is not."""
    global checked
    read_by, excused, names = readers(), not_obeyed(), set()
    tests = "".join(read(f) for f in tracked() if f.startswith("TEST/") and f.endswith((".cxx", ".py", ".dlg")))
    rows = 0
    for f in tracked():
        if not re.match(r"INCLUDE/CORE/params_\w+\.def$", f):
            continue
        text = re.sub(r"/\*.*?\*/", "", read(f), flags=re.S)
        for m in re.finditer(r"^PARAM\w*\(\s*(\w+)(.*?)\)\s*$", text, flags=re.S | re.M):
            rows += 1
            checked += 1
            names.add(m.group(1))
            if m.group(1) not in read_by and m.group(1) not in excused:
                fail(f"{f}: nothing obeys {m.group(1)}, and README.TXT does not say so")
            if m.group(1) in read_by and m.group(1) in excused:
                fail(f"README.TXT: {m.group(1)} is obeyed: take it off the list")
            strings = re.findall(r'"((?:\\.|[^"\\])*)"', m.group(2))
            if not strings or len(strings[-1]) < 10 or " " not in strings[-1]:
                fail(f"{f}: {m.group(1)} has no help line")
            if not re.search(r"\b(P_)?" + m.group(1) + r"\b", tests):
                fail(f"{f}: no test names {m.group(1)}")
    for name in sorted(excused - names):
        fail(f"README.TXT: no parameter {name}")
    if not rows:
        fail("no parameter rows found")


def included(f, folders, seen):
    """f and, in order, the project's own files that it includes."""
    if f in seen:
        return
    seen[f] = open(f, "rb").read()
    for name in re.findall(rb'^#include "([^"]+)"', seen[f], re.M):
        for folder in [os.path.dirname(f)] + folders:
            path = os.path.normpath(os.path.join(folder, name.decode()))
            if os.path.exists(path):
                included(path, folders, seen)
                break


def gate_c98tests():
    """Test sources of the product stay C++98 text: clang says so.  What it has passed is not asked again until it
    or a file that it includes changes."""
    global checked
    files = [f for f in tracked() if re.match(r"TEST/(CORE|VMS|MTA|RECEIVER|SYMBIONT|MAILSHR|SFF|POP|MANAGE|IVP|MANUAL)/\w+\.(cxx|h)$", f)
             and f.endswith(".cxx")]
    flags = ["clang++", "-std=c++11", "-Werror=c++98-compat", "-Wno-c++98-compat-unnamed-type-template-args",
             "-Wno-dollar-in-identifier-extension"]
    # a view of our own: the gate needs no build, only the message header that one has made
    view = ["-isystem" + os.path.join(TOP, "INCLUDE"), "-isystem" + os.path.join(BUILD, "inc", "MTA")]
    view += ["-isystem" + os.path.join(TOP, "SRC", r) for r in PRODUCT_ROOMS]
    view += ["-isystem" + os.path.join(TOP, "SRC/SHIM/INCLUDE"), "-I" + os.path.join(TOP, "TEST/SUPPORT")]
    folders = [os.path.join(TOP, d) for d in ["TEST/SUPPORT", "INCLUDE"] + ["SRC/" + r for r in PRODUCT_ROOMS]]

    def key(f):
        seen = {}
        included(os.path.join(TOP, f), folders, seen)
        digest = hashlib.sha256(" ".join(flags).encode())
        for path, text in seen.items():
            digest.update(os.path.relpath(path, TOP).encode() + b"\0" + text + b"\0")
        return digest.hexdigest()

    stamps = os.path.join(BUILD, "c98tests.passed")
    passed = set(open(stamps).read().split()) if os.path.exists(stamps) else set()
    keys = {f: key(f) for f in files}
    checked += len(files)

    left = [f for f in files if keys[f] not in passed]
    with tempfile.TemporaryDirectory() as scratch:
        command = flags + view + ["-fsyntax-only"]
        common = os.path.join(scratch, "common.h")  # what nearly all include is read once
        with open(common, "w") as out:
            out.write("#include <cppunit/extensions/HelperMacros.h>\n#include <boost/shared_ptr.hpp>\n#include <map>\n#include <vector>\n")
        if len(left) > 4 and not subprocess.run(flags + view + ["-x", "c++-header", common, "-o", common + ".pch"]).returncode:
            command += ["-include-pch", common + ".pch"]

        def one(f):
            return f, subprocess.run(command + [os.path.join(TOP, f)], capture_output=True, text=True)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for f, done in pool.map(one, left):
                if done.returncode:
                    fail(f"{f}: " + done.stderr.strip().splitlines()[0])
                else:
                    passed.add(keys[f])
    if os.path.isdir(BUILD):
        with open(stamps, "w") as out:
            out.write("\n".join(sorted(passed & set(keys.values()))) + "\n")


def main():
    global BUILD, TOP
    args = sys.argv[1:]
    write = "--write" in args
    if "--top" in args:
        TOP = os.path.abspath(args[args.index("--top") + 1])
    build = os.path.join(TOP, "build")
    if "--build" in args:
        build = os.path.abspath(args[args.index("--build") + 1])
    spec = os.path.join(TOP, "../shared/spec/vms-constants.csv")
    if "--spec" in args:
        spec = args[args.index("--spec") + 1]
    BUILD = build
    gate = args[0] if args else ""
    table = {
        "rooms": gate_rooms, "dollars": gate_dollars, "banned": gate_banned, "long": gate_long, "names": gate_names,
        "contract": lambda: gate_contract(build, write), "constants": lambda: gate_constants(spec, write),
        "externs": lambda: gate_externs(build), "modules": gate_modules, "tests": gate_tests, "params": gate_params,
        "c98tests": gate_c98tests, "statics": lambda: gate_statics(build), "columns": gate_columns,
        "sizes": gate_sizes,
    }
    if gate not in table:
        sys.exit(__doc__)
    table[gate]()
    for p in problems:
        print(p)
    print(f"gate {gate}: {checked} checked, {len(problems)} problems")
    sys.exit(1 if problems or not checked else 0)


main()

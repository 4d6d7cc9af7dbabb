#!/usr/bin/env python3
"""Gate: the files that only VMS reads are parsed: .COM .CLD .HLP .MSG .OPT .MMS

usage: vms_files.py [--top DIR] [--build DIR]

.COM: every command by the command tables, those of the images too; a command that begins with a symbol
      of the procedure, or a callback of VMSINSTAL, is left out; substituted symbols stand for any value;
      labels of GOTO, GOSUB, CALL and /ERROR= exist; IF and ENDIF, SUBROUTINE and ENDSUBROUTINE match.
.MMS: each dependency is a target or a file of the tree, each module of MODULES.LIS is compiled and each
      of its images linked, on every architecture; actions parse as commands.
.OPT: options and file names; what is linked is built by DESCRIP.MMS or is in SYS$SHARE.
.CLD, .HLP, .MSG: by the compilers of the Linux build.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

import mms

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGE = ("IF", "THEN", "ELSE", "ENDIF", "ON", "GOTO", "GOSUB", "CALL", "RETURN", "EXIT", "SUBROUTINE",
            "ENDSUBROUTINE", "WRITE", "PIPE", "DECK", "EOD")
ARCHITECTURES = ("ALPHA", "IA64", "X86_64")
problems = []
checked = 0


def fail(text):
    problems.append(text)


def read(path):
    with open(path, encoding="latin-1") as f:
        return f.read()


def find(top, *types):
    found = []
    for at, folders, files in os.walk(top):
        folders[:] = sorted(d for d in folders if not d.startswith((".", "build")) and d not in ("DATA", "FUZZ"))
        found += [os.path.join(at, n) for n in sorted(files) if n.endswith(types)]
    return found


# ---- command procedures ----

def logical_lines(text):
    """(line, command) of a procedure without data lines and comments."""
    whole, first, deck = "", 0, False
    for number, line in enumerate(text.split("\n"), 1):
        if deck or re.match(r"\$\s*DECK\b", line, re.I):
            deck = not re.match(r"\$\s*EOD\b", line, re.I)
            continue
        if not whole and not line.startswith("$"):
            continue
        if not whole:
            first, line = number, line[1:]
        line = strip_comment(line).strip()
        if line.endswith("-"):
            whole += line[:-1]
            continue
        if (whole + line).strip():
            yield first, (whole + line).strip()
        whole = ""


def strip_comment(line):
    quoted = False
    for i, c in enumerate(line):
        if c == '"':
            quoted = not quoted
        elif c == "!" and not quoted:
            return line[:i]
    return line


def substituted(command, numbers):
    """Symbols become something that parses: nothing behind a verb or qualifier, their number when they have one, else a word."""
    out, quoted, i = "", False, 0
    while i < len(command):
        c = command[i]
        if c == '"':
            quoted = not quoted
        if c == "'" and not quoted:
            name = re.match(r"'(?:F\$\w+\([^']*\)|[\w$]+)'?", command[i:], re.I)
            if name:
                before = out[-1:] if out else ""
                glued = bool(re.match(r"[\w$]", before)) and not re.search(r"[\s,=(/\]:]", before)
                in_file = bool(re.search(r"[\].:;_]$|[\w$]$", out)) and glued
                out += "" if glued or in_file else numbers.get(name.group(0).strip("'").upper(), "X")
                i += name.end()
                continue
        if c == "'" and quoted and command[i:i + 2] == "''":
            name = re.match(r"''(?:[\w$]+|F\$\w+\([^']*\))'?", command[i:], re.I)
            if name:
                out += "X"
                i += name.end()
                continue
        out += c
        i += 1
    return re.sub(r"X(X|/OPTIONS)*(?=\.)", lambda m: m.group(0), out)


def split_command(command):
    """Commands behind labels, THEN, ELSE, ON ... THEN."""
    while True:
        label = re.match(r"[\w$]+:(?!=)\s*", command)
        if label:
            command = command[label.end():]
        elif re.match(r"(IF|ON)\b", command, re.I):
            then = re.search(r"(?<=[\s)\"'])THEN\b\s*", command, re.I)
            if not then:
                return
            command = command[then.end():].lstrip("$ ")
        elif re.match(r"(THEN|ELSE)\b", command, re.I):
            command = command[4:].strip().lstrip("$ ")
        else:
            if command:
                yield command
            return


class Procedure:
    def __init__(self, path, top):
        self.name, self.commands = os.path.relpath(path, top), []
        self.labels, self.wanted, self.symbols, self.numbers = set(), [], set(), {}
        depth = {"IF": 0, "SUBROUTINE": 0}
        for number, line in logical_lines(read(path)):
            label = re.match(r"([\w$]+):(?!=)", line)
            if label:
                self.labels.add(label.group(1).upper())
            for m in re.finditer(r"\b(?:GOTO|GOSUB|CALL)\s+([\w$]+)|/(?:ERR\w*|END\w*)=([\w$]+)", line, re.I):
                self.wanted.append((number, (m.group(1) or m.group(2)).upper()))
            bare = re.sub(r"^[\w$]+:(?!=)\s*", "", line)
            if re.match(r"IF\b", bare, re.I) and not re.search(r"(?<=[\s)\"'])THEN\b\s*\S", bare, re.I):
                depth["IF"] += 1
            depth["IF"] -= bool(re.match(r"ENDIF\b", bare, re.I))
            depth["SUBROUTINE"] += bool(re.match(r"SUBR\w*\b", bare, re.I))
            depth["SUBROUTINE"] -= bool(re.match(r"ENDS\w*\b", bare, re.I))
            for command in split_command(line):
                assignment = re.match(r"('?[\w$*']+)(?:\[[^]]*\])?\s*:?==?", command)
                if assignment:
                    self.symbols.add(assignment.group(1).upper().replace("*", ""))
                    if re.match(r'[\s"]*\$\s*(SYS\$SYSTEM:)?INSTALL\b', command[assignment.end():], re.I):
                        fail(f"{self.name}:{number}: a foreign command INSTALL reads file names wrongly; use the verb")
                    value = re.fullmatch(r"\s*(\d+)\s*", command[assignment.end():])
                    if value:
                        self.numbers[assignment.group(1).upper()] = value.group(1)
                elif not command.startswith(("@", "'")):
                    self.commands.append((number, command))
        for kind, count in depth.items():
            if count:
                fail(f"{self.name}: {abs(count)} {kind} {'without its end' if count > 0 else 'too few'}")
        for number, label in self.wanted:
            if label not in self.labels:
                fail(f"{self.name}:{number}: there is no label {label}")

    def to_parse(self):
        for number, command in self.commands:
            verb = re.match(r"[\w$]+", command)
            word = verb.group(0).upper() if verb else ""
            if any(word.startswith(v[:4]) and v.startswith(word[:4]) for v in LANGUAGE) or word in self.symbols or \
                    word.startswith("VMI$"):
                continue
            yield number, substituted(command, self.numbers)


def check_commands(commands, tables, cdu):
    """commands: (where, text).  One run of the parser for all."""
    global checked
    checked += len(commands)
    done = subprocess.run([cdu, "--commands"] + tables, input="".join(c.replace("\n", " ") + "\n" for _, c in commands),
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in done.stdout.splitlines():
        number = line.split(" ", 1)
        if number[0].isdigit():
            where, command = commands[int(number[0]) - 1]
            fail(f"{where}: {number[1].strip()}: {command}")
        else:
            fail(line)


# ---- DESCRIP.MMS ----

def host_name(spec):
    """[.SRC.CORE]TEXT.CXX as the tree has it; case does not matter on VMS."""
    m = re.fullmatch(r"\[\.([\w$.]+)\](.+)", spec)
    return "/".join(m.group(1).split(".")) + "/" + m.group(2) if m else spec


def check_description(top, arch, files):
    global checked
    collected = []
    try:
        description = mms.Description(read(os.path.join(top, "DESCRIP.MMS")), arch)
        description.plan()
    except mms.DescriptionError as e:
        fail(f"DESCRIP.MMS ({arch}): {e}")
        return collected
    for target, (sources, actions) in description.targets.items():
        checked += 1
        for source in sources:
            if source not in description.targets and host_name(source).upper() not in files:
                fail(f"DESCRIP.MMS ({arch}): {target} depends on {source}, which is no target and no file")
        for action in actions:
            command = action.lstrip("@- ")
            for part in split_command(command):
                verb = re.match(r"[\w$]+", part).group(0).upper()
                if not any(verb.startswith(v) for v in LANGUAGE) and not part.startswith("@"):
                    collected.append((f"DESCRIP.MMS ({arch}) {target}", part))
    text = "\n".join(" ".join(s) for s, _ in description.targets.values()).upper()
    for line in read(os.path.join(top, "SRC", "MODULES.LIS")).splitlines():
        w = line.split()
        if w[:1] == ["MODULE"] and f"[.SRC.{w[1]}]{w[2]}.CXX".upper() not in text:
            fail(f"DESCRIP.MMS ({arch}): {w[1]} {w[2]} is not compiled")
        if w[:1] == ["IMAGE"] and not any(t.endswith(f"]{w[1]}.EXE") for t in description.targets):
            fail(f"DESCRIP.MMS ({arch}): {w[1]} is not linked")
    return collected


# ---- options files ----

OPTIONS = {"IDENTIFICATION": 15, "NAME": 39, "GSMATCH": 60, "SYMBOL_VECTOR": 4000, "CASE_SENSITIVE": 3}


def check_options(path, top):
    global checked
    name, whole = os.path.relpath(path, top), ""
    for line in read(path).splitlines():
        whole += strip_comment(line).strip()
        if whole.endswith("-"):
            whole = whole[:-1]
            continue
        line, whole = whole, ""
        if not line:
            continue
        checked += 1
        m = re.fullmatch(r"(\w+)\s*=\s*(.*)", line)
        if m:
            value = m.group(2).strip('"')
            if m.group(1) not in OPTIONS:
                fail(f"{name}: unknown option {m.group(1)}")
            elif not value or len(value) > OPTIONS[m.group(1)]:
                fail(f"{name}: {m.group(1)} has {len(value)} characters, {OPTIONS[m.group(1)]} at most")
            if m.group(1) == "SYMBOL_VECTOR" and not re.fullmatch(
                    r"\(\s*[\w$/]+\s*=\s*(PROCEDURE|DATA)(\s*,\s*[\w$/]+\s*=\s*(PROCEDURE|DATA))*\s*\)", m.group(2)):
                fail(f"{name}: not a symbol vector: {m.group(2)}")
        elif not re.fullmatch(r"SYS\$(SHARE|LIBRARY):[\w$]+/SHARE(ABLE)?|[\w$.:\[\]]+/LIBRARY", line):
            fail(f"{name}: not understood: {line}")


def compile_file(path, top, words):
    global checked
    checked += 1
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        fail(f"{os.path.relpath(path, top)}: {done.stdout.strip()}")


def main():
    args = sys.argv[1:]
    top = os.path.abspath(args[args.index("--top") + 1]) if "--top" in args else TOP
    build = args[args.index("--build") + 1] if "--build" in args else os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
    tools = os.path.join(TOP, "SRC", "SHIM", "TOOLS")
    cdu, hlb = os.path.join(build, "bin", "cdu"), os.path.join(build, "bin", "hlb")
    tables = sorted(glob.glob(os.path.join(TOP, "SRC", "SHIM", "DCL", "TABLES", "*.CLD")))
    commands = []
    for path in find(top, ".COM"):
        procedure = Procedure(path, top)
        commands += [(f"{procedure.name}:{n}", c) for n, c in procedure.to_parse()]
    files = {os.path.relpath(p, top).upper() for p in find(top, "")}
    if os.path.exists(os.path.join(top, "DESCRIP.MMS")):
        for arch in ARCHITECTURES:
            commands += check_description(top, arch, files)
    if commands:
        check_commands(commands, tables, cdu)
    with tempfile.TemporaryDirectory() as scratch:
        for path in find(top, ".CLD"):
            compile_file(path, top, [cdu, "--check", path])
        for path in find(top, ".HLP"):
            compile_file(path, top, [hlb, os.path.join(scratch, "X.HLB"), path])
        for path in find(top, ".MSG"):
            compile_file(path, top, [sys.executable, os.path.join(tools, "message_compiler.py"), "--data",
                                     os.path.join(scratch, "X"), path])
    for path in find(top, ".OPT"):
        check_options(path, top)
    for problem in problems:
        print(problem)
    print(f"gate vms_files: {checked} checked, {len(problems)} problems")
    sys.exit(1 if problems or not checked else 0)


if __name__ == "__main__":
    sys.path.insert(0, HERE)
    main()

#!/usr/bin/env python3
"""message_compiler - what the MESSAGE utility does, for builds on Linux

usage: message_compiler.py [--header FILE] [--data FILE] source.MSG

--header: #define PREFIX_NAME value for each message and literal.
--data:   the table that sys$getmsg reads (name.MSGDATA beside the image or in SYS$MESSAGE).
Source: .TITLE .IDENT .PAGE .FACILITY name,number /PREFIX=p .SEVERITY level .BASE number
.LITERAL name=value .END, and lines  NAME <text> /FAO_COUNT=n /IDENTIFICATION=id /severity.
Errors go to stderr as file:line: text; the exit status is then 1 and nothing is written.
"""
import os
import re
import sys

SEVERITY = {"WARNING": 0, "SUCCESS": 1, "ERROR": 2, "INFORMATIONAL": 3, "SEVERE": 4, "FATAL": 4}
CUSTOMER = 0x800         # of the facility number: not one of the system's own
FACILITY_SPECIFIC = 0x8000
MAX_FACILITY = 2047
MAX_NUMBER = 4095
MAX_SYMBOL = 31
MAX_TEXT = 255
MAX_IDENT = 15


class SourceError(Exception):
    pass


def severity_of(word):
    """Levels may be shortened, as in DCL."""
    found = [v for k, v in SEVERITY.items() if word and k.startswith(word.upper())]
    if not found:
        raise SourceError("unknown severity " + word)
    return found[0]


def number_of(text):
    try:
        text = text.strip().upper()
        return int(text[2:], 16) if text.startswith("%X") else int(text, 10)
    except ValueError:
        raise SourceError("a number is expected, not " + text)


def fao_parameters(text):
    """How many arguments the FAO directives of a text take; None when one is not known."""
    count = at = 0
    pattern = re.compile(r"!(#|\d+)?(?:\((#|\d+)?)?(A[CSZ]|A[DF]|[OXZUS][BWLQHAIJ]|%[A-Z]|\*.|.)")
    while True:
        at = text.find("!", at)
        if at < 0:
            return count
        found = pattern.match(text, at)
        if not found:
            return None
        repeated = text[at:found.end()].count("(") and found.group(1)
        kind = found.group(3)
        each = {"AD": 2, "AF": 2}.get(kind)
        if each is None:
            each = 1 if kind[0] in "AOXZUS" or kind in ("%D", "%T", "%I", "%U") else 0
            if len(kind) == 1 and kind not in "!/_^<>+-":
                return None
        times = int(repeated) if repeated and repeated != "#" else 1
        count += each * times + (found.group(1) == "#") + (found.group(2) == "#")
        if kind == "-":
            count -= 1
        elif kind == "+":
            count += 1
        at = found.end()


class Compiler:
    def __init__(self):
        self.facility = None     # (name, number, prefix)
        self.severity = None
        self.next = 1
        self.ended = False
        self.messages = []       # (symbol, value, facility name, ident, FAO count, text)
        self.literals = []
        self.symbols = {}

    def define(self, symbol, value):
        if len(symbol) > MAX_SYMBOL:
            raise SourceError("%s is longer than %d characters" % (symbol, MAX_SYMBOL))
        if symbol in self.symbols:
            raise SourceError("%s is defined twice" % symbol)
        self.symbols[symbol] = value

    def line(self, text):
        text = text.strip()
        if not text or text.startswith("!"):
            return
        if self.ended:
            raise SourceError("text after .END")
        if text.startswith("."):
            self.directive(text)
        else:
            self.message(text)

    def directive(self, text):
        word, _, rest = text.partition(" ")
        rest = rest.split("!")[0].strip()
        verb = word.upper()
        if verb == ".FACILITY":
            self.set_facility(rest)
        elif verb == ".SEVERITY":
            self.severity = severity_of(rest)
        elif verb == ".BASE":
            self.next = number_of(rest)
        elif verb == ".LITERAL":
            for item in rest.split(","):
                name, equals, value = item.partition("=")
                if not equals:
                    raise SourceError(".LITERAL needs name=value")
                self.define(name.strip(), number_of(value))
                self.literals.append((name.strip(), number_of(value)))
        elif verb == ".END":
            self.ended = True
        elif verb not in (".TITLE", ".IDENT", ".PAGE"):
            raise SourceError("unknown directive " + word)

    def set_facility(self, rest):
        found = re.match(r"([A-Z][A-Z0-9_$]*)\s*,\s*(\d+)\s*((?:/\s*\w+(?:=[\w$]+)?\s*)*)$", rest,
                         re.I)
        if not found:
            raise SourceError(".FACILITY name,number [/PREFIX=prefix] is expected")
        number = int(found.group(2))
        if not 1 <= number <= MAX_FACILITY:
            raise SourceError("facility number %d is not 1 to %d" % (number, MAX_FACILITY))
        prefix = found.group(1).upper() + "_"
        for name, value in re.findall(r"/\s*(\w+)(?:=([\w$]+))?", found.group(3)):
            if not "PREFIX".startswith(name.upper()) or not value:
                raise SourceError("unknown qualifier /" + name)
            prefix = value
        self.facility = (found.group(1).upper(), number, prefix)
        self.severity = None
        self.next = 1

    def message(self, text):
        if self.facility is None:
            raise SourceError("a message before .FACILITY")
        found = re.match(r"([A-Za-z][\w$]*)\s*(?:<([^>]*)>|\"([^\"]*)\")\s*(.*)$", text)
        if not found:
            raise SourceError("NAME <text> [/qualifiers] is expected")
        name, body = found.group(1), found.group(2) or found.group(3) or ""
        ident, severity, fao = name.upper(), self.severity, None
        for key, value in self.qualifiers(found.group(4)):
            if key == "FAO":
                fao = number_of(value or "")
            elif key == "IDENT":
                ident = value or ""
            else:
                severity = severity_of(key)
        self.check(ident, body, severity, fao)
        value = ((self.facility[1] | CUSTOMER) << 16 | FACILITY_SPECIFIC | self.next << 3 |
                 severity)
        symbol = self.facility[2] + name
        self.define(symbol, value)
        self.messages.append((symbol, value, self.facility[0], ident, fao or 0, body))
        self.next += 1

    @staticmethod
    def qualifiers(text):
        text = text.split("!")[0].strip()
        found = re.findall(r"/\s*(\w+)(?:\s*=\s*([\w$]+))?\s*", text)
        if re.sub(r"/\s*\w+(?:\s*=\s*[\w$]+)?\s*", "", text):
            raise SourceError("not understood: " + text)
        for key, value in found:
            key = key.upper()
            if "FAO_COUNT".startswith(key) and key != "F":
                yield "FAO", value
            elif "IDENTIFICATION".startswith(key) and key[:2] == "ID":
                yield "IDENT", value
            elif not value:
                yield key, value
            else:
                raise SourceError("unknown qualifier /" + key)

    def check(self, ident, body, severity, fao):
        if severity is None:
            raise SourceError("a message before .SEVERITY")
        if self.next > MAX_NUMBER or self.next < 0:
            raise SourceError("message number %d is not 0 to %d" % (self.next, MAX_NUMBER))
        if len(body) > MAX_TEXT:
            raise SourceError("text is longer than %d characters" % MAX_TEXT)
        if not ident or len(ident) > MAX_IDENT:
            raise SourceError("identification %s is not 1 to %d characters" % (ident, MAX_IDENT))
        needed = fao_parameters(body)
        if needed is None:
            raise SourceError("unknown FAO directive in text")
        if needed != (fao or 0):
            raise SourceError("/FAO_COUNT=%d, but the text takes %d" % (fao or 0, needed))


def compile_file(path):
    """The compiler with its tables, or None after the errors were printed."""
    compiler = Compiler()
    failed = False
    with open(path, encoding="latin-1") as source:
        number = 0
        for number, text in enumerate(source, 1):
            try:
                compiler.line(text)
            except SourceError as error:
                print("%s:%d: %s" % (path, number, error), file=sys.stderr)
                failed = True
    if not compiler.ended:
        print("%s:%d: .END is missing" % (path, number), file=sys.stderr)
        failed = True
    return None if failed else compiler


def header_text(name, compiler):
    guard = re.sub(r"\W", "_", name).upper()
    lines = ["/* %s: made by the MESSAGE compiler, do not edit. */" % name,
             "#ifndef MADE_%s_H" % guard, "#define MADE_%s_H" % guard, ""]
    lines += ["#define %s %d" % (symbol, value) for symbol, value in compiler.literals]
    lines += ["#define %s %d" % (row[0], row[1]) for row in compiler.messages]
    return "\n".join(lines + ["", "#endif", ""])


def data_text(name, compiler):
    lines = ["! %s: code, facility, identification, FAO count, text" % name]
    lines += ["%d\t%s\t%s\t%d\t%s" % row[1:] for row in compiler.messages]
    return "\n".join(lines + [""])


def write(path, text):
    """Leaves an unchanged file alone, so that nothing is built again for it."""
    if os.path.exists(path):
        with open(path, encoding="latin-1") as old:
            if old.read() == text:
                return
    with open(path + ".new", "w", encoding="latin-1") as out:
        out.write(text)
    os.replace(path + ".new", path)


def main(arguments):
    outputs, sources = {}, []
    while arguments:
        word = arguments.pop(0)
        if word in ("--header", "--data") and arguments:
            outputs[word] = arguments.pop(0)
        else:
            sources.append(word)
    if len(sources) != 1 or sources[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    compiler = compile_file(sources[0])
    if compiler is None:
        return 1
    name = os.path.basename(sources[0])
    if "--header" in outputs:
        write(outputs["--header"], header_text(name, compiler))
    if "--data" in outputs:
        write(outputs["--data"], data_text(name, compiler))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""message_compiler - what the MESSAGE utility does, for builds on Linux

usage: message_compiler.py [--header FILE] [--data FILE] [--object FILE] [--name TEXT] source.MSG

--header: #define PREFIX_NAME value for each message and literal.
--data:   the table that sys$getmsg reads (name.MSGDATA beside the image or in SYS$MESSAGE).
--object: a C++ source that registers the table when its image starts: on VMS the object is linked in.
Source: .TITLE .IDENT .PAGE .FACILITY name,number /PREFIX=p /SYSTEM /SHARED .SEVERITY level
.BASE number .LITERAL name[=value],... .END, and lines
NAME <text> /FAO_COUNT=n /IDENTIFICATION=id /USER_VALUE=n /severity, qualifiers before the text or
behind it.  Numbers are expressions: + - * / @ (shift) and parentheses over decimal numbers, ^X ^O
^D and symbols defined before.  A line that ends with a hyphen goes on with the next.
Errors go to stderr as file:line: text, with --name for the file; the exit status is then 1 and nothing is written.
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
MAX_USER_VALUE = 255
MAX_TITLE = 31
RADIX = {"X": 16, "O": 8, "D": 10}


class SourceError(Exception):
    pass


def severity_of(word):
    """Levels may be shortened, as in DCL."""
    found = [v for k, v in SEVERITY.items() if word and k.startswith(word.upper())]
    if not found:
        raise SourceError("unknown severity " + word)
    return found[0]


class Expression:
    """A number as .BASE, .LITERAL and the qualifiers take it."""

    def __init__(self, text, symbols):
        self.text, self.symbols = text.strip(), symbols
        self.rest = re.findall(r"[%^][XODxod][0-9A-Fa-f]+|\w[\w$]*|\S", self.text)

    def wrong(self):
        raise SourceError("a number is expected, not " + (self.text or "nothing"))

    def value(self):
        value = self.sum()
        if self.rest:
            self.wrong()
        return value

    def sum(self):
        value = self.product()
        while self.rest and self.rest[0] in "+-":
            sign = 1 if self.rest.pop(0) == "+" else -1
            value += sign * self.product()
        return value

    def product(self):
        value = self.operand()
        while self.rest and self.rest[0] in "*/@":
            mark, other = self.rest.pop(0), self.operand()
            if mark == "/" and other == 0 or mark == "@" and abs(other) > 31:
                self.wrong()
            if mark == "*":
                value *= other
            elif mark == "/":
                value //= other
            else:
                value = value << other if other >= 0 else value >> -other
        return value

    def operand(self):
        if not self.rest:
            self.wrong()
        word = self.rest.pop(0)
        if word == "(":
            value = self.sum()
            if not self.rest or self.rest.pop(0) != ")":
                self.wrong()
            return value
        if word in "+-":
            return self.operand() if word == "+" else -self.operand()
        if word in self.symbols:
            return self.symbols[word]
        try:
            return int(word[2:], RADIX[word[1].upper()]) if word[0] in "%^" else int(word, 10)
        except (ValueError, IndexError):
            self.wrong()


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
        self.facility = None     # (name, bits above the message number, prefix)
        self.literal = 0         # the last one
        self.severity = None
        self.next = 1
        self.ended = False
        self.messages = []       # (symbol, value, facility name, ident, FAO count, text)
        self.pending = ""        # a line that goes on
        self.literals = []
        self.symbols = {}

    def define(self, symbol, value):
        if len(symbol) > MAX_SYMBOL:
            raise SourceError("%s is longer than %d characters" % (symbol, MAX_SYMBOL))
        if symbol in self.symbols:
            raise SourceError("%s is defined twice" % symbol)
        self.symbols[symbol] = value

    def number(self, text):
        return Expression(text or "", self.symbols).value()

    def line(self, text):
        text = (self.pending + text.strip()).strip()
        self.pending = ""
        if not text or text.startswith("!"):
            return
        bare = re.sub(r"<[^>]*>|\"[^\"]*\"", lambda m: "x" * len(m.group(0)), text)
        code = bare.split("!")[0].rstrip()
        if code.endswith("-") and not code.startswith((".TITLE", ".IDENT")):
            self.pending = text[:len(code) - 1]
            return
        if self.ended:
            raise SourceError("text after .END")
        if text.startswith("."):
            self.directive(text)
        else:
            self.message(text)

    def directive(self, text):
        word = re.match(r"\.\w*", text).group(0)
        rest = text[len(word):].split("!")[0].strip()
        verb = word.upper()
        if verb == ".FACILITY":
            self.set_facility(rest)
        elif verb == ".SEVERITY":
            self.severity = severity_of(rest)
        elif verb == ".BASE":
            self.next = self.number(rest)
        elif verb == ".LITERAL":
            for item in rest.split(","):
                name, equals, value = item.partition("=")
                name = name.strip()
                if not re.match(r"[A-Za-z$_][\w$]*$", name):
                    raise SourceError(".LITERAL name[=value] is expected")
                self.literal = self.number(value) if equals else self.literal + 1
                self.define(name, self.literal)
                self.literals.append((name, self.literal))
        elif verb == ".END":
            self.ended = True
        elif verb == ".TITLE":
            if not rest or len(rest.split()[0]) > MAX_TITLE:
                raise SourceError(".TITLE needs a name of at most %d characters" % MAX_TITLE)
        elif verb == ".IDENT":
            if not rest:
                raise SourceError(".IDENT needs a text")
        elif verb != ".PAGE":
            raise SourceError("unknown directive " + word)

    def set_facility(self, rest):
        qualifiers = re.findall(r"/\s*(\w+)(?:\s*=\s*([\w$]+))?", rest)
        words = re.sub(r"/\s*\w+(?:\s*=\s*[\w$]+)?", " ", rest).strip()
        found = re.match(r"([A-Z][A-Z0-9_$]*)\s*[,\s]\s*([^,]+)$", words, re.I)
        if not found:
            raise SourceError(".FACILITY name,number [/PREFIX=prefix] is expected")
        number = self.number(found.group(2))
        if not 1 <= number <= MAX_FACILITY:
            raise SourceError("facility number %d is not 1 to %d" % (number, MAX_FACILITY))
        prefix = found.group(1).upper() + "_"
        customer, specific = CUSTOMER, FACILITY_SPECIFIC
        for name, value in qualifiers:
            word = name.upper()
            if "PREFIX".startswith(word) and value:
                prefix = value
            elif len(word) > 1 and "SYSTEM".startswith(word) and not value:
                customer = 0
            elif len(word) > 1 and "SHARED".startswith(word) and not value:
                specific = 0
            else:
                raise SourceError("unknown qualifier /" + name)
        self.facility = (found.group(1).upper(), (number | customer) << 16 | specific, prefix)
        self.severity = None
        self.next = 1

    def message(self, text):
        if self.facility is None:
            raise SourceError("a message before .FACILITY")
        found = re.match(r"([A-Za-z][\w$]*)\s*([^<\"]*)(?:<([^>]*)>|\"([^\"]*)\")\s*(.*)$", text)
        if not found:
            raise SourceError("NAME <text> [/qualifiers] is expected")
        name, body = found.group(1), found.group(3) or found.group(4) or ""
        ident, severity, fao, user = name.upper(), self.severity, None, 0
        for key, value in self.qualifiers(found.group(2) + found.group(5)):
            if key == "FAO":
                fao = self.number(value)
            elif key == "IDENT":
                ident = value or ""
            elif key == "USER":
                user = self.number(value)
            else:
                severity = severity_of(key)
        self.check(ident, body, severity, fao, user)
        value = self.facility[1] | self.next << 3 | severity
        symbol = self.facility[2] + name
        self.define(symbol, value)
        counts = "%d/%d" % (fao or 0, user) if user else str(fao or 0)
        self.messages.append((symbol, value, self.facility[0], ident, counts, body))
        self.next += 1

    @staticmethod
    def qualifiers(text):
        text = text.split("!")[0].strip()
        form = r"/\s*(\w+)(?:\s*=\s*(\([^)]*\)|[%^]?[\w$]+))?\s*"
        found = re.findall(form, text)
        if re.sub(form, "", text):
            raise SourceError("not understood: " + text)
        for key, value in found:
            key = key.upper()
            if "FAO_COUNT".startswith(key) and key != "F":
                yield "FAO", value
            elif "IDENTIFICATION".startswith(key) and key[:2] == "ID":
                yield "IDENT", value
            elif "USER_VALUE".startswith(key):
                yield "USER", value
            elif not value:
                yield key, value
            else:
                raise SourceError("unknown qualifier /" + key)

    def check(self, ident, body, severity, fao, user):
        if not 0 <= user <= MAX_USER_VALUE:
            raise SourceError("user value %d is not 0 to %d" % (user, MAX_USER_VALUE))
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


def compile_file(path, shown):
    """The compiler with its tables, or None after the errors were printed."""
    compiler = Compiler()
    failed = False
    with open(path, encoding="latin-1") as source:
        number = 0
        for number, text in enumerate(source, 1):
            try:
                compiler.line(text)
            except SourceError as error:
                print("%s:%d: %s" % (shown, number, error), file=sys.stderr)
                failed = True
    if compiler.pending:
        print("%s:%d: the last line goes on" % (shown, number), file=sys.stderr)
        failed = True
    if not compiler.ended:
        print("%s:%d: .END is missing" % (shown, number), file=sys.stderr)
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
    lines = ["! %s: code, facility, identification, FAO count[/user value], text" % name]
    lines += ["%d\t%s\t%s\t%s\t%s" % row[1:] for row in compiler.messages]
    return "\n".join(lines + [""])


def object_text(name, compiler):
    def literal(line):
        plain = [c if " " <= c <= "~" and c not in "\"\\?" else "\\%03o" % ord(c) for c in line]
        return "    \"" + "".join(plain) + "\\n\"\n"
    return ("extern \"C\" void shim_register_messages(const char *lines);\nnamespace {\nconst char lines[] =\n"
            + "".join(literal(line) for line in data_text(name, compiler).split("\n")[:-1])
            + "    ;\nstruct Register {\n    Register() { shim_register_messages(lines); }\n} made;\n}\n")


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
        if word in ("--header", "--data", "--object", "--name") and arguments:
            outputs[word] = arguments.pop(0)
        else:
            sources.append(word)
    if len(sources) != 1 or sources[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    compiler = compile_file(sources[0], outputs.get("--name", sources[0]))
    if compiler is None:
        return 1
    name = os.path.basename(sources[0])
    if "--header" in outputs:
        write(outputs["--header"], header_text(name, compiler))
    if "--data" in outputs:
        write(outputs["--data"], data_text(name, compiler))
    if "--object" in outputs:
        write(outputs["--object"], object_text(name, compiler))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Writes COM/TEMPLATES/TCPIP$SMTP_CONF.TEMPLATE from the parameter table (INCLUDE/CORE/params_*.def).

usage: make_template.py [--check] [--top DIR]
--check: exit 1 when the template is not what would be written; --top: of another tree than this one
"""
import os
import re
import sys
import textwrap

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
if "--top" in sys.argv:
    TOP = os.path.abspath(sys.argv[sys.argv.index("--top") + 1])
TABLES = [t for t in ("params_smtp", "params_receiver", "params_engine", "params_sending")
          if os.path.exists(os.path.join(TOP, "INCLUDE", "CORE", t + ".def"))]
TARGET = "COM/TEMPLATES/TCPIP$SMTP_CONF.TEMPLATE"

HEAD = """!
! TCPIP$SMTP_CONF.TEMPLATE - every field of TCPIP$SMTP_COMMON:TCPIP$SMTP.CONF
! Written by SRC/SHIM/TOOLS/make_template.py from the parameter table: what is said here, the programs do.
!
! Copy this file, or make a skeleton of its fields:
!
!   $ SEARCH /OUTPUT=TCPIP$SMTP_COMMON:TCPIP$SMTP.CONF TCPIP$SMTP_CONF.TEMPLATE "!!!"
!   $ SET SECURITY /OWNER=TCPIP$SMTP /PROTECTION=W:RE TCPIP$SMTP_COMMON:TCPIP$SMTP.CONF
!
! and remove the "!!! " before the fields that you want.  Without the file, or a field, the default counts.
!
! Rules:
!   Field: value         from column 1; letter case does not count; 500 characters at most
!   ! text               is a comment when the ! stands in column 1
!   Field: a, b, c       is a list; it goes on in lines that begin with a TAB, or the field is repeated
!   ON or OFF            also TRUE and FALSE, YES and NO, 1 and 0
!   0 00:30:00.00        is an interval: days hours:minutes:seconds; or a number of the unit that is named
!
! A field counts before its logical name, that before SET CONFIGURATION SMTP, that before the default.  What
! is wrong is told to the network operator with its line; it does not count, the rest does.  The receiver
! sees a changed file at the next connection after TCPIP$SMTP_CONFIG_CHECK_TIME.
!
"""

UNITS = {"s": "seconds", "min": "minutes", "h": "hours"}
KINDS = {
    "PARAM_EXISTS": "ON or OFF", "PARAM_BOOLEAN": "ON or OFF", "PARAM_DOMAIN": "name of a host or domain",
    "PARAM_USER": "user name", "PARAM_FILE": "file", "PARAM_TEXT": "one line of text",
}
ITEMS = {"": "list", "client": "list of addresses, networks (1.2.0.0/16), hosts, domains with MX records", "domain": "list of domains",
         "pattern": "list of patterns with * and %", "port": "list of port numbers"}


def fields(table):
    """Headings and rows of a table in its order: ("heading", text) or ("row", dict)."""
    with open(os.path.join(TOP, "INCLUDE", "CORE", table + ".def")) as f:
        text = f.read()
    names = ["id", "type", "unit", "default", "least", "most", "mode", "config", "logical", "field", "tcpware", "choices", "help"]
    pattern = r"/\* ---- (?P<heading>.*?) ---- \*/|^PARAM\((?P<row>.*?)\)\n(?=\n|/|P|\Z)"
    for m in re.finditer(pattern, text, flags=re.S | re.M):
        if m.group("heading"):
            yield "heading", " ".join(m.group("heading").split())
            continue
        values = re.findall(r'"(?:\\.|[^"\\])*"|[^,\s][^,]*', m.group("row"))
        values = [v.strip()[1:-1].replace('\\"', '"') if v.startswith('"') else v.strip() for v in values]
        if len(values) != len(names):
            sys.exit(f"{table}.def: not a row: {m.group('row')[:60]}")
        yield "row", dict(zip(names, values))


def kind(row):
    if row["type"] == "PARAM_CHOICE":
        return row["choices"].replace("|", ", ")
    if row["type"] == "PARAM_COUNT":
        return f"{row['unit'] or 'number'}, {row['least']} to {row['most']}"
    if row["type"] == "PARAM_INTERVAL":
        return f"interval, a plain number is {UNITS[row['unit']]}"
    if row["type"] == "PARAM_LIST" and row["unit"] == "word":
        return "list of " + row["choices"].replace("|", ", ")
    return ITEMS[row["unit"]] if row["type"] == "PARAM_LIST" else KINDS[row["type"]]


def default(row):
    if row["default"]:
        return row["default"]
    return "OFF" if row["type"] == "PARAM_EXISTS" else "not defined"


def entry(row):
    help_text = row["help"][0].upper() + row["help"][1:]
    lines = textwrap.wrap(f"{help_text} ({kind(row)}; default: {default(row)}).", 96)
    others = [name for name in row["logical"].split(",") if name]
    others += [row["tcpware"]] if row["tcpware"] else []
    others += ["SET CONFIGURATION SMTP /" + row["config"].replace(".", "=")] if row["config"] else []
    if others:
        lines += textwrap.wrap("Also: " + ", ".join(others), 96)
    return "".join(f"! {line}\n" for line in lines) + f"!!! {row['field']}: {row['default']}".rstrip() + "\n!\n"


def template():
    out = HEAD
    for table in TABLES:
        heading = ""
        for what, value in fields(table):
            if what == "heading":
                heading = value
            elif value["field"]:
                if heading:
                    out += f"! ---- {heading} ----\n!\n"
                    heading = ""
                out += entry(value)
    return out


def main():
    path = os.path.join(TOP, *TARGET.split("/"))
    text = template()
    if "--check" in sys.argv:
        old = open(path).read() if os.path.exists(path) else ""
        print(f"{TARGET}: {text.count('!!! ') - 1} fields" if old == text else
              f"{TARGET} is not what the parameter table says: run SRC/SHIM/TOOLS/make_template.py")
        sys.exit(old != text)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


main()

#!/usr/bin/env python3
"""Each gate can fail: a small good tree passes them all, the same tree with one bad file does not.

usage: gates_test.py [GATE]
"""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GATES = os.path.join(HERE, "gates.py")
TOOLS = {"descrip": "make_descrip.py", "template": "make_template.py"}  # gates that are a tool's --check

GOOD = {
    "README.TXT": "A small tree.\n",
    "SRC/MODULES.LIS": "MODULE CORE word\nMODULE VMS clock_time\nMODULE MTA obeys\n",
    "INCLUDE/boostset.h": "#include <boost/cstdint.hpp>\n",
    "INCLUDE/CORE/word.h": "namespace mail {\nint word_length(const char *text);\n}\n",
    "INCLUDE/CORE/params_pop.def":
        "PARAM(POP_TRIES, TYPE_UNSIGNED, \"2\",\n      \"How often a client may try.\")\n",
    "INCLUDE/VMS/clock_time.h": "namespace mail {\nint clock_time();\n}\nextern \"C\" int mail_clock_time(void);\n",
    "SRC/CORE/word.cxx": "#include \"CORE/word.h\"\nint mail::word_length(const char *text)\n{\n    return *text;\n}\n",
    "SRC/VMS/clock_time.cxx": "#include <starlet.h>\n#include \"VMS/clock_time.h\"\n"
                              "int mail::clock_time()\n{\n    return sys$gettim(0);\n}\n"
                              "extern \"C\" int mail_clock_time(void)\n{\n    return 0;\n}\n",
    "SRC/MTA/obeys.cxx": "int obeys()\n{\n    return P_POP_TRIES;\n}\n",
    "TEST/MTA/obeys_test.cxx": "int obeys_test();\n",
    "SRC/SHIM/INCLUDE/starlet.h": "extern \"C\" int sys$gettim(void *when);\n",
    "SRC/SHIM/INCLUDE/ssdef.h": "#define SS$_NORMAL 1\n#define SS$_OURS 77 /* private value */\n",
    "SRC/SHIM/gettim.cxx": "#include <starlet.h>\nextern \"C\" int sys$gettim(void *)\n{\n    return 1;\n}\n",
    "SRC/SHIM/message_text.cxx": "",
    "SRC/SHIM/CONTRACT.TXT": "sys$gettim  starlet.h  VMS\n",
    "TEST/GATES/VMS_CONSTANTS.CSV": "symbol,value\nSS$_NORMAL,1\n",
    "TEST/CORE/word_test.cxx": "/* POP_TRIES */\nint word_test();\n",
    "TEST/VMS/clock_time_test.cxx": "int clock_time_test();\n",
}
MESSAGES = ("const MessageRow rows[] = {\n    {1, \"NORMAL\", \"done\", 0},\n};\n"
            "const MessageTable tables[] = {{\"SYSTEM\", rows, sizeof rows / sizeof rows[0]}};\n")
LONG_NAME = "mail_a_name_of_thirty_two_charac"
WORD = GOOD["SRC/CORE/word.cxx"]
CLOCK = GOOD["SRC/VMS/clock_time.cxx"]

# gate, what changes in the good tree (None: the file is gone), a word of the complaint
BAD = [
    ("rooms", {"SRC/CORE/word.cxx": "#include \"MTA/config.h\"\n"}, "may not include"),
    ("rooms", {"SRC/CORE/word.cxx": "  #  include <boost/bind.hpp>\n"}, "boostset.h"),
    ("rooms", {"SRC/CORE/word.cxx": "#include <unistd.h>\n"}, "no files, clock or sockets"),
    ("rooms", {"SRC/CORE/word.cxx": "#include <ssdef.h>\n"}, "outside the VMS room"),
    ("rooms", {"SRC/POP/pop.cxx": "#include \"RECEIVER/receiver.h\"\n"}, "may not include"),
    ("rooms", {"SRC/POP/pop.cxx": "#include \"../RECEIVER/receiver.h\"\n"}, "way through the tree"),
    ("rooms", {"INCLUDE/VMS/clock_time.h": "#include <ssdef.h>\n"}, "public VMS header"),
    ("rooms", {"SRC/SHIM/INCLUDE/shim_control.h": "", "SRC/VMS/clock_time.cxx": "#include <shim_control.h>\n"},
     "does not exist on VMS"),
    ("rooms", {"SRC/SHIM/gettim.cxx": "#include \"CORE/word.h\"\n"}, "product header"),
    ("dollars", {"SRC/CORE/word.cxx": "int a$b;\n"}, "outside the VMS room"),
    ("dollars", {"INCLUDE/VMS/clock_time.h": "int sys$b();\n"}, "outside the VMS room"),
    ("banned", {"SRC/CORE/word.cxx": "void f(char *a) { strcpy(a, \"\"); }\n"}, "banned function"),
    ("banned", {"SRC/CORE/word.cxx": "void f() { m.at(1); }\n"}, "map::at"),
    ("banned", {"SRC/CORE/word.cxx": "#include <cstdio>\n"}, "stdio.h"),
    ("banned", {"SRC/CORE/word.cxx": "int f() { return std::snprintf(0, 0, \"\"); }\n"}, "stdio.h"),
    ("banned", {"SRC/CORE/word.cxx": "#include <iostream>\n"}, "not in the product"),
    ("banned", {"SRC/CORE/word.cxx": "void f() { throw 1; }\n"}, "exceptions"),
    ("banned", {"SRC/CORE/word.cxx": "void *p = nullptr;\n"}, "C++98"),
    ("banned", {"SRC/CORE/word.cxx": "#ifdef __VMS\n#endif\n"}, "one source"),
    ("banned", {"SRC/CORE/word.cxx": "void f(std::vector<char> v) { g(v.data()); }\n"}, "vector::data"),
    ("banned", {"INCLUDE/CORE/word.h": "struct W { std::vector<char> bytes_; };\n",
                "SRC/CORE/word.cxx": "#include \"CORE/word.h\"\nvoid f(W *w) { g(w->bytes_.data()); }\n"}, "vector::data"),
    ("long", {"SRC/CORE/word.cxx": "unsigned long n;\n"}, "bare long"),
    ("long", {"INCLUDE/CORE/word.h": "long long a; long b;\n"}, "bare long"),
    ("names", {"NOTES.TXT": ""}, "files of the root"),
    ("names", {"SRC/CORE/two.dots.cxx": ""}, "ODS-2"),
    ("names", {"SRC/CORE/" + "a" * 40 + ".cxx": ""}, "ODS-2"),
    ("names", {"SRC/lower/word2.cxx": ""}, "UPPER CASE"),
    ("names", {"SRC/CORE/Word2.cxx": ""}, "lower case"),
    ("names", {"SRC/MTA/word.cxx": ""}, "same name"),
    ("names", {"INCLUDE/MTA/starlet.h": ""}, "system header"),
    ("names", {"INCLUDE/MTA/maildef.h": ""}, "belong to VMS"),
    ("contract", {"SRC/SHIM/CONTRACT.TXT": "\n"}, "not in CONTRACT.TXT"),
    ("contract", {"SRC/SHIM/CONTRACT.TXT": GOOD["SRC/SHIM/CONTRACT.TXT"] + "sys$wake starlet.h VMS\n"}, "nothing calls it"),
    ("contract", {"SRC/SHIM/gettim.cxx": "int other;\n"}, "does not export"),
    ("contract", {"SRC/SHIM/INCLUDE/starlet.h": "\n",
                  "SRC/VMS/clock_time.cxx": "extern \"C\" int sys$gettim(void *);\n" + CLOCK}, "no SHIM header"),
    ("constants", {"SRC/SHIM/INCLUDE/ssdef.h": "#define SS$_NORMAL 3\n"}, "documented 1"),
    ("constants", {"SRC/SHIM/message_text.cxx": MESSAGES.replace("1, \"NORMAL", "4, \"NORMAL")}, "SS$_NORMAL is 4"),
    ("constants", {"SRC/SHIM/message_text.cxx": MESSAGES.replace("NORMAL", "NORMALLY")}, "SS$_NORMALLY has no"),
    ("constants", {"SRC/SHIM/message_text.cxx": MESSAGES.replace("done", "done !AS")}, "takes 1 arguments"),
    ("constants", {"SRC/SHIM/INCLUDE/ssdef.h": "#define SS$_OURS 77\n"}, "private value"),
    ("constants", {"SRC/SHIM/INCLUDE/ssdef.h": "enum {\n    SS$_NORMAL = 3,\n};\n"}, "documented 1"),
    ("constants", {"SRC/SHIM/INCLUDE/ssdef.h": "#define SS$_NORMAL (1 << 1)\n"}, "as one number"),
    ("constants", {"SRC/SHIM/INCLUDE/ssdef.h": "enum {\n    SS$_ZERO,\n    SS$_NORMAL\n};\n"}, "as one number"),
    ("externs", {"SRC/VMS/clock_time.cxx": CLOCK + "extern \"C\" void " + LONG_NAME + "() {}\n"}, "longer than 31"),
    ("externs", {"SRC/VMS/clock_time.cxx": CLOCK + "extern \"C\" void MAIL_CLOCK_TIME() {}\n"}, "case only"),
    ("statics", {"SRC/CORE/word.cxx": WORD + "struct W { W(); ~W(); } w;\n"}, "constructor"),
    ("columns", {"TEST/CORE/word_test.cxx": "//" + "x" * 99 + "\n"}, "101 columns"),
    ("columns", {"SRC/SHIM/gettim.cxx": "int a; \n"}, "blank at the end"),
    ("sizes", {"SRC/CORE/word.cxx": "\n" * 601}, "601 lines"),
    ("sizes", {"SRC/CORE/word.cxx": "int f()\n{\n" + "    g();\n" * 61 + "}\n"}, "function of 61"),
    ("modules", {"SRC/CORE/other.cxx": ""}, "not in MODULES.LIS"),
    ("modules", {"SRC/CORE/word.cxx": None}, "does not exist"),
    ("modules", {"SRC/MODULES.LIS": GOOD["SRC/MODULES.LIS"] + "MODULE CORE word\n"}, "listed twice"),
    ("modules", {"DESCRIP.MMS": "\n"}, "does not build"),
    ("modules", {"DESCRIP.MMS": "A : [.SRC.CORE]GONE.CXX\n"}, "does not list"),
    ("descrip", {"DESCRIP.MMS": "\n"}, "not up to date"),
    ("template", {"COM/TEMPLATES/TCPIP$SMTP_CONF.TEMPLATE": "\n"}, "not what the parameter table says"),
    ("tests", {"TEST/CORE/word_test.cxx": None}, "has no TEST"),
    ("params", {"TEST/CORE/word_test.cxx": "\n"}, "no test names"),
    ("params", {"INCLUDE/CORE/params_pop.def": "PARAM(POP_TRIES, TYPE_UNSIGNED, \"2\", \"\")\n"}, "no help line"),
    ("params", {"INCLUDE/CORE/params_pop.def": None}, "no parameter rows"),
    ("params", {"SRC/MTA/obeys.cxx": "int obeys(); /* P_POP_TRIES */\n"}, "nothing obeys"),
    ("params", {"README.TXT": "A tree.\n\nSettings that nothing obeys yet\n----\n  POP_TRIES: one day\n"}, "take it off"),
    ("params", {"README.TXT": "A tree.\n\nSettings that nothing obeys yet\n----\n  POP_TRYS: one day\n"}, "no parameter POP_TRYS"),
    ("c98tests", {"TEST/CORE/word_test.cxx": "auto n = 1;\n"}, "c++98-compat"),
    ("c98tests", {"TEST/CORE/word_test.cxx": "void *n = nullptr;\n"}, "c++98-compat"),
]


def write(top, files):
    for name, text in files.items():
        path = os.path.join(top, name)
        if text is None:
            os.remove(path)
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)


def build(top):
    """What the gates read of a build: an archive per room and SHIM's image."""
    made = os.path.join(top, "build")
    os.makedirs(made + "/lib", exist_ok=True)
    see = ["-I" + os.path.join(top, "INCLUDE"), "-I" + os.path.join(top, "SRC/SHIM/INCLUDE")]
    for room, source in (("core", "SRC/CORE/word.cxx"), ("vms", "SRC/VMS/clock_time.cxx")):
        subprocess.run(["g++", *see, "-c", os.path.join(top, source), "-o", f"{made}/{room}.o"], check=True)
        subprocess.run(["ar", "rcs", f"{made}/lib{room}.a", f"{made}/{room}.o"], check=True)
    subprocess.run(["g++", *see, "-shared", "-fPIC", os.path.join(top, "SRC/SHIM/gettim.cxx"), "-o",
                    made + "/lib/libvmsshim.so"], check=True)


def tool(gate, *words):
    return [sys.executable, os.path.join(HERE, "..", "..", "SRC", "SHIM", "TOOLS", TOOLS[gate]), *words]


def run(gate, top):
    if gate in TOOLS:
        command = tool(gate, "--check", "--top", top)
    else:
        command = [sys.executable, GATES, gate, "--top", top]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


NEED_BUILD = ("contract", "externs", "statics")


def main():
    only = sys.argv[1:2]
    work = tempfile.mkdtemp(prefix="gates_test.")
    failed = 0
    try:
        good = os.path.join(work, "good")
        write(good, GOOD)
        for gate in TOOLS:
            subprocess.run(tool(gate, "--top", good), check=True)
        build(good)
        cases = [(gate, {}, "") for gate in dict.fromkeys(g for g, _, _ in BAD)] + BAD
        for i, (gate, change, word) in enumerate(cases):
            if only and gate not in only:
                continue
            top = os.path.join(work, str(i))
            shutil.copytree(good, top)
            write(top, change)
            if change and gate in NEED_BUILD:
                build(top)
            status, said = run(gate, top)
            want = 1 if change else 0
            if status != want or word not in said:
                failed += 1
                print(f"gate {gate} with {sorted(change) or 'the good tree'}: status {status}, "
                      f"expected {want} and `{word}`:\n{said}")
            shutil.rmtree(top)
    finally:
        shutil.rmtree(work)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())

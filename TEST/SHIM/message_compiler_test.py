#!/usr/bin/env python3
"""The MESSAGE compiler: directives, qualifiers, values, and its errors with their lines."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
COMPILER = os.path.join(HERE, "../../SRC/SHIM/TOOLS/message_compiler.py")

WHOLE = """! every directive
        .TITLE          WHOLE Messages of the test
        .IDENT          "V1.0"
        .PAGE
        .FACILITY       WHOLE,1077 /PREFIX=WHOLE__
        .LITERAL        FIRST,SECOND,TEN=10,ELEVEN
        .SEVERITY       INFO
HELLO           <hello, !AS> /FAO_COUNT=1       ! a comment
QUOTED          "a > b"
        .BASE           2 * (TEN + 5)@1
BEFORE/WARNING/USER_VALUE=^XF <text!/> /IDENT=OTHER
LONG            <a text that -
goes on>
JOINED -
                <joined> -
                /SUCCESS
        .FACILITY/SYSTEM/SHARED BARE 5
        .SEVERITY       FATAL
SHARED          <shared>
        .END
"""


def compiled(text):
    """(exit status, header lines, data lines, errors as "line: text")."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "T.MSG")
        with open(source, "w") as out:
            out.write(text)
        done = subprocess.run([sys.executable, COMPILER, "--header", os.path.join(folder, "h"), "--data",
                               os.path.join(folder, "d"), source], capture_output=True, text=True)

        def lines(name):
            path = os.path.join(folder, name)
            if not os.path.exists(path):
                return []
            with open(path) as made:
                return made.read().splitlines()
        errors = [e.replace(source + ":", "") for e in done.stderr.splitlines()]
        return done.returncode, lines("h"), lines("d"), errors


class MessageCompiler(unittest.TestCase):
    def test_whole_language(self):
        status, header, data, errors = compiled(WHOLE)
        self.assertEqual((status, errors), (0, []))
        base = (1077 | 0x800) << 16 | 0x8000
        values = dict(line.split()[1:3] for line in header if len(line.split()) == 3 and line.startswith("#define"))
        self.assertEqual(values, {
            "FIRST": "1", "SECOND": "2", "TEN": "10", "ELEVEN": "11",
            "WHOLE__HELLO": str(base | 1 << 3 | 3), "WHOLE__QUOTED": str(base | 2 << 3 | 3),
            "WHOLE__BEFORE": str(base | 60 << 3 | 0), "WHOLE__LONG": str(base | 61 << 3 | 3),
            "WHOLE__JOINED": str(base | 62 << 3 | 1),
            "BARE_SHARED": str(5 << 16 | 1 << 3 | 4)})
        self.assertIn("%d\tWHOLE\tOTHER\t0/15\ttext!/" % (base | 60 << 3), data)
        self.assertIn("%d\tWHOLE\tLONG\t0\ta text that goes on" % (base | 61 << 3 | 3), data)
        self.assertIn("%d\tWHOLE\tQUOTED\t0\ta > b" % (base | 2 << 3 | 3), data)

    def test_errors_table(self):
        start = ".FACILITY T,5\n.SEVERITY ERROR\n"
        for text, error in [
                ("A <x>\n.END\n", "1: a message before .FACILITY"),
                (".FACILITY T,5\nA <x>\n.END\n", "2: a message before .SEVERITY"),
                (".FACILITY T\n.END\n", "1: .FACILITY name,number [/PREFIX=prefix] is expected"),
                (".FACILITY T,2048\n.END\n", "1: facility number 2048 is not 1 to 2047"),
                (".FACILITY T,5/FOO\n.END\n", "1: unknown qualifier /FOO"),
                (".SEVERITY LOUD\n.END\n", "1: unknown severity LOUD"),
                (".FOO\n.END\n", "1: unknown directive .FOO"),
                (".BASE 5+\n.END\n", "1: a number is expected, not 5+"),
                (".BASE 1/0\n.END\n", "1: a number is expected, not 1/0"),
                (".BASE ^X\n.END\n", "1: a number is expected, not ^X"),
                (".LITERAL 5\n.END\n", "1: .LITERAL name[=value] is expected"),
                (".TITLE\n.END\n", "1: .TITLE needs a name of at most 31 characters"),
                (".IDENT\n.END\n", "1: .IDENT needs a text"),
                (start + "A <x>\nA <y>\n.END\n", "4: T_A is defined twice"),
                (start + "A x\n.END\n", "3: NAME <text> [/qualifiers] is expected"),
                (start + "A <!AS>\n.END\n", "3: /FAO_COUNT=0, but the text takes 1"),
                (start + "A <!QQ>\n.END\n", "3: unknown FAO directive in text"),
                (start + "A <x>/USER=256\n.END\n", "3: user value 256 is not 0 to 255"),
                (start + "A <x>/FOO=1\n.END\n", "3: unknown qualifier /FOO"),
                (start + "A <x> y\n.END\n", "3: not understood: y"),
                (start + ".BASE 4096\nA <x>\n.END\n", "4: message number 4096 is not 0 to 4095"),
                (start + "A" * 30 + " <x>\n.END\n", "3: identification %s is not 1 to 15 characters" % ("A" * 30)),
                (start + "A" * 30 + " <x>/ID=A\n.END\n", "3: T_%s is longer than 31 characters" % ("A" * 30)),
                (start + "A <%s>\n.END\n" % ("x" * 256), "3: text is longer than 255 characters"),
                (".END\nA <x>\n", "2: text after .END"),
                (start, "2: .END is missing")]:
            status, header, data, errors = compiled(text)
            self.assertEqual((status, errors, header, data), (1, [error], [], []), text)

    def test_every_error_is_told(self):
        self.assertEqual(compiled(".FOO\n.BAR\n.END\n")[3], ["1: unknown directive .FOO", "2: unknown directive .BAR"])


if __name__ == "__main__":
    unittest.main()

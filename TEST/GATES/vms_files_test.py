#!/usr/bin/env python3
"""That the gate of VMS's files can fail, each way; and what the reader of DESCRIP.MMS makes of one."""
import os
import subprocess
import sys
import tempfile
import unittest

import mms

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "SRC", "SHIM", "TOOLS"))
import make_pcsi
MODULES = "MODULE CORE word\nIMAGE A$B EXE CORE\n"
DESCRIP = ("OBJ = [.OBJ]\n.IFDEF MMSALPHA\nOPT = /NOMAP\n.ELSE\nOPT =\n.ENDIF\n"
           "ALL : $(OBJ)A$B.EXE\n    @ CONTINUE\n"
           "$(OBJ)WORD.OBJ : [.SRC.CORE]WORD.CXX, -\n    [.INCLUDE]WORD.H\n    $(CXX)/OBJECT=$(MMS$TARGET) $(MMS$SOURCE)\n"
           "$(OBJ)A$B.EXE : $(OBJ)WORD.OBJ\n    LINK$(OPT)/EXECUTABLE=$(MMS$TARGET) $(OBJ)WORD.OBJ\n")
GOOD = {"SRC/MODULES.LIS": MODULES, "SRC/CORE/word.cxx": "", "INCLUDE/word.h": "", "DESCRIP.MMS": DESCRIP,
        "X.COM": "$ IF P1 .EQS. \"\" THEN GOTO END\n$ COPY/LOG 'P1' X.Y\n$END:\n"}
BAD = [
    ({"X.COM": "$ FROB X\n"}, "IVVERB"),
    ({"X.COM": "$ COPY/NOSUCH A B\n"}, "IVQUAL"),
    ({"X.COM": "$ IF 1 THEN DELETE/NOSUCH A.B;\n"}, "IVQUAL"),
    ({"X.COM": "$ SET FROB\n"}, "IVKEYW"),
    ({"X.COM": "$ OPEN/ERROR=NOWHERE F X.Y\n"}, "no label NOWHERE"),
    ({"X.COM": "$ IF 1\n$ THEN\n$ EXIT\n"}, "IF without its end"),
    ({"X.COM": "$ INST := $SYS$SYSTEM:INSTALL\n"}, "use the verb"),
    ({"X.COM": "$ INST*ALL == \"$Install/COMMAND_MODE\"\n"}, "use the verb"),
    ({"X.OPT": "IDENTIFICATION=\"1234567890123456\"\n"}, "15 at most"),
    ({"X.OPT": "SYMBOL_VECTOR=(A=FUNCTION)\n"}, "not a symbol vector"),
    ({"X.OPT": "FROB=1\n"}, "unknown option"),
    ({"X.CLD": "DEFINE VERBX A\n"}, "X.CLD line 1"),
    ({"X.MSG": "junk\n"}, "X.MSG:1"),
    ({"X.HLP": "text\n"}, "before the first topic"),
    ({"DESCRIP.MMS": DESCRIP.replace("WORD.H", "GONE.H")}, "no target and no file"),
    ({"DESCRIP.MMS": DESCRIP.replace("LINK$", "FROB$")}, "IVVERB"),
    ({"DESCRIP.MMS": DESCRIP.replace("$(OPT)", "$(NONE)")}, "NONE is not defined"),
    ({"SRC/MODULES.LIS": MODULES + "MODULE CORE other\n"}, "CORE other is not compiled"),
    ({"SRC/MODULES.LIS": MODULES + "IMAGE C EXE CORE\n"}, "C is not linked"),
]


def gate(files):
    with tempfile.TemporaryDirectory(prefix="vms_files.") as top:
        for name, text in files.items():
            path = os.path.join(top, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as f:
                f.write(text)
        done = subprocess.run([sys.executable, os.path.join(HERE, "vms_files.py"), "--top", top], capture_output=True,
                              text=True)
        return done.returncode, done.stdout + done.stderr


class VmsFilesTest(unittest.TestCase):
    def test_good_files_pass(self):
        self.assertEqual(gate(GOOD)[0], 0, gate(GOOD)[1])

    def test_each_mistake_fails(self):
        for change, word in BAD:
            status, said = gate(dict(GOOD, **change))
            self.assertEqual((status, word in said), (1, True), f"{change}: {said}")

    def test_the_name_of_a_kit_is_short(self):
        line = "product MAIL X86VMS {} {} full ;\n"
        self.assertEqual(make_pcsi.kit_name(line.format("TCPMAIL", "V1.0")), "MAIL-X86VMS-TCPMAIL-V0100--1")
        self.assertEqual(make_pcsi.kit_name(line.format("TCPMAIL", "V12.3-4A")), "MAIL-X86VMS-TCPMAIL-V1203-4A-1")
        self.assertEqual(list(make_pcsi.name_problems(line.format("T" * 18, "V1.0"))), [])
        self.assertEqual(len(list(make_pcsi.name_problems(line.format("T" * 19, "V1.0")))), 1)
        self.assertEqual(len(list(make_pcsi.name_problems("product MAIL ;\n"))), 1)

    def test_plan_is_in_order(self):
        plan = mms.Description(DESCRIP, "ALPHA").plan()
        self.assertEqual([t for t, _ in plan], ["[.OBJ]WORD.OBJ", "[.OBJ]A$B.EXE", "ALL"])
        self.assertEqual(plan[0][1], "CXX/OBJECT=[.OBJ]WORD.OBJ [.SRC.CORE]WORD.CXX")
        self.assertEqual(plan[1][1], "LINK/NOMAP/EXECUTABLE=[.OBJ]A$B.EXE [.OBJ]WORD.OBJ")

    def test_wrong_descriptions_are_refused(self):
        for text in ("A : B\n    X\nA : C\n    Y\n", "    X\n", "A : B\n    X\nB : A\n    Y\n", ".ENDIF\n", ".IFDEF X\n",
                     "A : B, -\n", "A = $(A)\nB : $(A)\n    X\n", "what is this\n"):
            with self.assertRaises(mms.DescriptionError, msg=text):
                mms.Description(text).plan()


if __name__ == "__main__":
    unittest.main()

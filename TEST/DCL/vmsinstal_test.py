#!/usr/bin/env python3
"""VMSINSTAL: its callbacks and options, with kits that are made here; kit_test.py installs the product's.

Runs in a VMSROOT of its own.
"""
import glob
import os
import re
import shutil
import unittest

import kit_test
from kit_test import coverage


class TrialNode(kit_test.Node):
    def make_kit(self, **files):
        """TRIAL010.A with these files, KITINSTAL: what its installation does."""
        os.makedirs(self.path("NEW"))
        lines = ['IF P1 .NES. "VMI$_INSTALL" THEN EXIT VMI$_UNSUPPORTED', "ON WARNING THEN EXIT VMI$_FAILURE"]
        lines += files.pop("KITINSTAL").strip().splitlines()
        self.put("NEW/KITINSTAL.COM", "".join(f"$ {line}\n" for line in lines))
        for name, text in files.items():
            self.put("NEW/" + name.replace("_", ".").replace("!", "_"), text)
        for old in glob.glob(self.path("KIT", "TRIAL010.A;*")):
            os.unlink(old)
        self.dcl("BACKUP/INTERCHANGE SYS$SYSDEVICE:[NEW]*.* SYS$SYSDEVICE:[KIT]TRIAL010.A/SAVE_SET")
        shutil.rmtree(self.path("NEW"))


def setUpModule():
    coverage.record("vmsinstal")


class Vmsinstal(unittest.TestCase):
    def setUp(self):
        self.node = TrialNode()
        self.addCleanup(self.node.close)

    def tearDown(self):
        self.assertEqual(self.node.violations(), "")

    TRIAL_CLD = "DEFINE VERB TRIAL\n    IMAGE TCPIP$SMTP_SFF\n    PARAMETER P1, LABEL=LINE, VALUE(TYPE=$REST_OF_LINE)\n"

    def trial(self, steps, *answers, good=True, options="", **files):
        """An installation of a kit that does these steps; what it wrote.  Nothing is left of one that fails."""
        before = self.node.disk()
        self.node.make_kit(KITINSTAL=steps, **files)
        text = self.node.install(*answers, kit="TRIAL010", options=options)
        self.assertEqual("%VMSINSTAL-I-DONE" in text, good, text)
        self.assertEqual("%VMSINSTAL-E-INSFAIL" in text, not good, text)
        if not good:
            self.assertEqual({f for f in self.node.disk() if "TRIAL010.A" not in f}, {f for f in before if "TRIAL010.A" not in f})
        return text

    def test_callbacks(self):
        node, call, fail = self.node, "VMI$CALLBACK ", "VMI$CALLBACK MESSAGE E STOP \"Stopped\"\nEXIT VMI$_FAILURE"
        self.assertIn("IVVERB", node.dcl("TRIAL"))
        # FIND_FILE: the places in the order of the letters
        rows = [("SYS$SYSTEM:TCPIP$UCP.EXE", "", "S", "S", "TCPIP$UCP.EXE;"), ("TCPIP$UCP", "SYS$SYSTEM:.EXE", "", "S", "]TCPIP$UCP.EXE;"),
                ("SYS$SYSTEM:NOTHING.EXE", "", "S", "", ""), ("KITINSTAL.COM", "", "KW", "W", "[SYSUPD.TRIAL010]KITINSTAL.COM;"),
                ("TRIAL010.A", "", "WK", "K", "[KIT]TRIAL010.A;"), ("TRIAL010.A", "", "W", "", ""),
                ("SYS$LOGIN:X", "SYS$SYSTEM:.EXE", "SKW", "", "")]
        steps = "".join(f'{call}FIND_FILE TRIAL_F {file} "{default}" "{places}" TRIAL_L\nWRITE SYS$OUTPUT "<", TRIAL_F, "><", TRIAL_L, ">"\n'
                        for file, default, places, _, _ in rows)
        found = re.findall("<(.*)><(.*)>", self.trial(steps))
        self.assertEqual([letter for _, letter in found], [row[3] for row in rows])
        for (name, _), row in zip(found, rows):
            self.assertTrue(row[4] in name and bool(row[4]) == bool(name), (name, row))
        self.assertIn("%VMSINSTAL-E-NOFILE, there is no NOTHING.X", self.trial(call + 'FIND_FILE X NOTHING.X "" SE', good=False))
        # a verb and its help; a failure takes both back
        help_text = "1 TRIAL\n Tried by a test.\n"
        both = f"{call}PROVIDE_DCL_COMMAND A.CLD\n{call}PROVIDE_DCL_HELP A.HLP\n"
        self.trial(both + "VMI$CALLBACK SET POSTINSTALL YES", good=False, A_CLD=self.TRIAL_CLD, A_HLP=help_text)
        self.assertIn("IVVERB", node.dcl("TRIAL"))
        self.trial(both + f"{call}PROVIDE_DCL_COMMAND B.CLD", A_CLD=self.TRIAL_CLD, A_HLP=help_text,
                   B_CLD=self.TRIAL_CLD.replace("TRIAL", "SECOND"))
        for verb in ("TRIAL", "SECOND"):  # known; its image is not there
            self.assertIn("ACTIMAGE", node.dcl(verb + " a b"))
        self.assertIn("Tried by a test", node.dcl("HELP/NOPROMPT TRIAL"))
        for bad, ident, name in (("PROVIDE_DCL_COMMAND", "BADCLD", "A_CLD"), ("PROVIDE_DCL_HELP", "BADHLP", "A_HLP")):
            text = self.trial(f"{call}{bad} {name.replace('_', '.')}", good=False, **{name: "nonsense\n"})
            self.assertIn(f"%VMSINSTAL-E-{ident},", text)
            self.assertIn("%VMSINSTAL-E-NOFILE,", self.trial(f"{call}{bad} NOTHING.X", good=False))
        # accounts
        show = "MCR AUTHORIZE SHOW TRIAL"
        node.dcl("MCR AUTHORIZE ADD OTHER/UIC=[300,7]", "MCR AUTHORIZE REMOVE OTHER")  # makes the rights database
        create = f'{call}CREATE_ACCOUNT TRIAL "/UIC=[300,1]/OWNER=""A B""/PRIVILEGES=(TMPMBX,NETMBX)"\n'
        update = f'{call}UPDATE_ACCOUNT TRIAL "/PRIVILEGES=OPER/OWNER=""C D"""\n'
        self.assertIn("%VMSINSTAL-I-UNDO", self.trial(create + update + fail, good=False))
        self.assertNotIn("[300,1]", node.dcl(show))
        self.trial(create + update)
        self.assertRegex(node.dcl(show), r"(?s)C D.*\[300,1\].*OPER")
        self.assertIn("%VMSINSTAL-E-ACCOUNT, account TRIAL has not been created", self.trial(create, good=False))
        self.assertIn("has not been changed", self.trial(f'{call}UPDATE_ACCOUNT NOBODY "/PRIVILEGES=OPER"', good=False))
        text = self.trial(f"{call}SET SAFETY NO\n" + update.replace("C D", "E F") + fail, good=False)
        self.assertIn("%VMSINSTAL-W-CHANGED, account TRIAL", text)
        self.assertIn("E F", node.dcl(show))
        # files: a table, versions that are kept, deletion in the end
        folder = node.path("VMS$COMMON", "SYSMGR")
        table = "F1 ONE.DAT VMI$ROOT:[SYSMGR] K\n! nothing\nF2 TWO.DAT VMI$ROOT:[SYSMGR]\n"
        steps = f'{call}PROVIDE_FILE "" FILES.LIS "" T\n{call}DELETE_FILE VMI$ROOT:[SYSMGR]OLD.DAT\n'
        files = {"FILES_LIS": table, "ONE_DAT": "1\n", "TWO_DAT": "2\n"}
        node.put("VMS$COMMON/SYSMGR/OLD.DAT", "old\n")
        self.trial(steps + fail, good=False, **files)
        for _ in range(2):
            self.trial(steps, options="OPTIONS L", **files)
        self.assertEqual(sorted(f for f in os.listdir(folder) if re.match("(ONE|TWO|OLD).DAT", f)),
                         ["ONE.DAT;1", "ONE.DAT;2", "TWO.DAT;2"])

    def test_options(self):
        node, ask = self.node, 'VMI$CALLBACK ASK TRIAL_A "Question" "7" I\nWRITE SYS$OUTPUT "<", TRIAL_A, ">"\n'
        node.make_kit(KITINSTAL=ask)
        for words, ident in (("OPTIONS R", "BADOPTION"), ("OPTIONS A,,L", "BADOPTION"), ("OPTIONS", "USAGE"), ("NONSENSE L", "USAGE"),
                             ("OPTIONS G", "USAGE"), ("OPTIONS G SYS$SYSDEVICE:[NOWHERE]", "NODIR")):
            self.assertIn(f"%VMSINSTAL-E-{ident},", node.install(kit="TRIAL010", options=words))
        # A: what has been answered once is not asked again
        self.assertIn("NOANSWER", self.trial(ask, options="OPTIONS A", good=False))
        self.assertIn("<42>", self.trial(ask, "x", "42", options="OPTIONS A"))
        self.assertIn("TRIAL_A=42", node.dcl("TYPE SYS$UPDATE:TRIAL010.ANS"))
        self.assertIn("<42>", self.trial(ask, options="OPTIONS A"))
        text = self.trial(ask + ask.replace("TRIAL_A", "TRIAL_B"), "43", options="OPTIONS A")
        self.assertRegex(text, "(?s)<42>.*%VMSINSTAL-I-NOSAVED.*<43>")
        self.assertIn("<44>", self.trial(ask.replace("TRIAL_A", "TRIAL_C"), "44", options="OPTIONS A"))
        # without its working files
        for steps, options in (("DELETE VMI$KWD:VMI$ANSWERS.DAT;*\n" + ask, "OPTIONS A"),
                               ('DELETE VMI$KWD:VMI$DEFER.DAT;*\nVMI$CALLBACK PROVIDE_FILE "" KITINSTAL.COM VMI$ROOT:[SYSMGR]', "")):
            node.dcl("DELETE SYS$UPDATE:TRIAL010.ANS;*")
            self.assertIn("%VMSINSTAL-E-NORECORD", self.trial(steps, "1", options=options, good=False))
        # the same with what callbacks ask, and with the other kinds of answers
        kinds = ('VMI$CALLBACK ASK TRIAL_S "S" "" S\nVMI$CALLBACK ASK TRIAL_M "M" "" MH "Helpful"\n'
                 'VMI$CALLBACK ASK TRIAL_Z "Z" "" Z\nWRITE SYS$OUTPUT TRIAL_S, "/", TRIAL_M, "/", TRIAL_Z, "/"')
        text = self.trial(kinds, "", "abc", "?", "Abc", "")
        self.assertRegex(text, "(?s)BADANSWER.*Helpful.*Helpful.*ABC/Abc//")
        text = self.trial('VMI$CALLBACK ASK TRIAL_Q "Q" "" H "@VMI$KWD:TELL"\nVMI$CALLBACK TELL_QA "nothing"', "x",
                          TELL_COM='$ WRITE SYS$OUTPUT "told by a procedure"\n')
        self.assertIn("told by a procedure", text)
        self.assertIn("%VMSINSTAL-E-BADSET, there is no setting MOOD", self.trial("VMI$CALLBACK SET MOOD YES", good=False))
        # kits that are none, and who may not
        self.assertIn("%VMSINSTAL-E-NOKIT", node.install(kit="NOTHING010"))
        node.dcl("BACKUP SYS$UPDATE:VMSINSTAL.COM SYS$SYSDEVICE:[KIT]EMPTY010.A/SAVE_SET")
        self.assertIn("%VMSINSTAL-E-BADKIT", node.install(kit="EMPTY010"))
        command = "@SYS$UPDATE:VMSINSTAL TRIAL010 SYS$SYSDEVICE:[KIT]"
        self.assertIn("%VMSINSTAL-E-NOPRIV", node.sys("dcl", "--user", "ALICE", command, check=False))
        # L
        provide = "VMI$CALLBACK PROVIDE_FILE \"\" ONE.DAT VMI$ROOT:[SYSMGR]"
        self.assertIn("%COPY-S-COPIED", self.trial(provide, options="OPTIONS L", ONE_DAT="1\n"))
        self.assertNotIn("%COPY-S-COPIED", self.trial(provide, ONE_DAT="1\n"))
        # N: displayed, and in SYS$HELP; nothing is installed unless one says so
        notes = {"TRIAL010_RELEASE!NOTES": "to be read\n"}
        text = self.trial(ask + 'WRITE SYS$OUTPUT "debug <", P2, ">"', "1", "YES", "5", options="OPTIONS N,K", **notes)
        self.assertRegex(text, "(?s)to be read.*<5>.*debug <1>")
        self.assertIn("to be read", node.dcl("TYPE SYS$HELP:TRIAL010.RELEASE_NOTES"))
        os.unlink(node.path("VMS$COMMON", "SYSHLP", "TRIAL010.RELEASE_NOTES;1"))
        node.make_kit(KITINSTAL=ask, **notes)
        text = node.install("4", "", kit="TRIAL010", options="OPTIONS N")
        self.assertIn("%VMSINSTAL-I-RELMOVED", text)
        self.assertNotIn("to be read", text)
        self.assertNotIn("<", text)
        self.assertIn("to be read", node.dcl("TYPE SYS$HELP:TRIAL010.RELEASE_NOTES"))
        self.assertIn("%VMSINSTAL-W-NONOTES", self.trial(ask, "", options="OPTIONS N"))
        # G
        os.makedirs(node.path("GOT"))
        shutil.copy(node.path("KIT", "TRIAL010.A;1"), node.path("KIT", "TRIAL010.B;1"))
        text = node.install(kit="TRIAL010", options="OPTIONS G SYS$SYSDEVICE:[GOT]")
        self.assertEqual(sorted(f for f in os.listdir(node.path("GOT")) if f[0] != "."), ["TRIAL010.A;1", "TRIAL010.B;1"])
        self.assertEqual(text.count("%VMSINSTAL-I-SAVESET"), 2)
        os.symlink("nowhere", node.path("KIT", "TRIAL010.C;1"))
        self.assertIn("%VMSINSTAL-E-NOCOPY", node.install(kit="TRIAL010", options="OPTIONS G SYS$SYSDEVICE:[GOT]"))
        self.assertEqual(sorted(f for f in os.listdir(node.path("GOT")) if f[0] != "."), ["TRIAL010.A;1", "TRIAL010.B;1"])
        for name in ("TRIAL010.A;1", "TRIAL010.B;1"):
            with open(node.path("GOT", name), "rb") as got, open(node.path("KIT", name), "rb") as wanted:
                self.assertEqual(got.read(), wanted.read())


if __name__ == "__main__":
    unittest.main(verbosity=1)

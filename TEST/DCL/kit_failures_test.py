#!/usr/bin/env python3
"""Installations of the kit that fail, are canceled or are cut off: nothing is left half done."""
import os
import pty
import select
import signal
import time
import unittest

import kit_test
from kit_test import BUILD, re


def setUpModule():
    kit_test.setUpModule("kit_failures")


def tearDownModule():
    kit_test.tearDownModule()


class KitFailures(kit_test.KitCase):
    def fails(self, *answers, ident):
        before = self.node.disk()
        text = self.node.install(*answers)
        self.assertRegex(text, rf"(?m)^%\w+-[EF]-{ident},")
        self.assertIn("%VMSINSTAL-E-INSFAIL", text)
        self.assertEqual(self.node.disk(), before)
        return text

    def test_nothing_half_done(self):
        node = self.node
        self.fails("", "", ident="NOANSWER")
        # a destination that does not take its file: the ones before it are taken back
        node.patch_kitinstal("[SYSMGR.TCPIP$MAIL] \"/PROT", "[SYSMGR.TCPIP$ELSE] \"/PROT")
        text = self.fails(*node.fresh(), ident="NOPROVIDE")
        self.assertIn("%VMSINSTAL-I-UNDO", text)
        # configured, but it cannot be started: the configuration goes too
        node.patch_kitinstal("$ IF TCPMAIL_POP THEN @SYS$STARTUP:TCPIP$POP_STARTUP", "$ @SYS$STARTUP:TCPIP$NOTHING")
        text = node.install(*node.fresh())
        for ident in ("TCPMAIL-E-POSTFAIL", "TCPIP-I-UNCONFIGURED", "VMSINSTAL-I-UNDO", "VMSINSTAL-E-INSFAIL"):
            self.assertRegex(text, f"(?m)^%{ident},")
        self.nothing_configured()
        node.patch_kitinstal("$ VMI$CALLBACK RESTORE_SAVESET B", "$ VMI$CALLBACK RESTORE_SAVESET C")
        self.fails(*node.fresh(), ident="NOSAVESET")
        node.patch_kitinstal("$ VMI$CALLBACK SET POSTINSTALL YES", "$ VMI$CALLBACK NONSENSE")
        self.fails(*node.fresh(), ident="UNKCALL")
        node.patch_kitinstal("TCPMAIL_OK 60000", "TCPMAIL_OK 2000000000")
        self.fails(ident="NOSPACE")
        node.patch_kitinstal("TCPMAIL_OK 083", "TCPMAIL_OK 990")
        self.fails(ident="VERSION")
        os.unlink(node.path("VMS$COMMON", "SYSLIB", "SSL3$LIBSSL_SHR.EXE;1"))
        node.patch_kitinstal("083", "083")
        self.fails(ident="NOSSL")
        os.unlink(node.path("VMS$COMMON", "SYSEXE", "TCPIP$UCP.EXE;1"))
        self.fails(ident="NOTCPIP")

    def nothing_configured(self):
        node = self.node
        self.all_files(False)
        self.assertNotIn("TCPIP$SMTP_NODE", node.sys("show", "queue"))
        self.assertFalse([f for f in node.disk() if re.search(r"TCPIP\$\w+_(STARTUP|SHUTDOWN|RUN)\.COM", f)])
        self.assertNotRegex(node.dcl("UCP := $SYS$SYSTEM:TCPIP$UCP\nUCP SHOW SERVICE"), "SMTP|POP")
        self.assertNotIn("TCPIP$", node.get("SYS0", "SYSMGR", "SYSTARTUP_VMS.COM"))
        self.assertRegex(node.dcl("TCPMAIL HELP"), "(?m)^%DCL-W-IVVERB")

    def test_after_a_crash(self):
        """What an installation that was cut off has recorded is undone by the next one."""
        node, before = self.node, self.node.disk()
        for folder in ("VMS$COMMON/SYSUPD/TCPMAIL010", "VMS$COMMON/SYSMGR/TCPIP$MAIL"):
            os.makedirs(node.path(folder))
        moved = "VMS$COMMON/SYSMGR/TCPIP$MAIL/LOGIN.TEMPLATE"
        node.put(moved, "moved\n")
        node.put("VMS$COMMON/SYSUPD/TCPMAIL010/VMI$DONE.DAT", "DIRECTORY SYS$COMMON:[SYSMGR]TCPIP$MAIL.DIR;1\n"
                 "FILE SYS$COMMON:[SYSMGR.TCPIP$MAIL]LOGIN.TEMPLATE;1\n")
        self.assertIn("%VMSINSTAL-I-UNDO", node.install())
        self.assertEqual(node.disk(), before)

    def terminal(self):
        """A person: type(text), and expect(text), which waits for it."""
        node = self.node
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(os.path.join(BUILD, "bin", "vmsys"), ["vmsys", "dcl", "--user", "SYSTEM"], node.env())
        self.addCleanup(lambda: (os.kill(pid, signal.SIGKILL), os.waitpid(pid, 0), os.close(fd)))
        out = b""

        def expect(text):
            nonlocal out
            end = time.time() + 60
            while text not in out and time.time() < end:
                if select.select([fd], [], [], 1)[0]:
                    out += os.read(fd, 1000)
            self.assertIn(text, out)
            out = out[out.index(text) + len(text):]
        expect(b"$ ")
        return (lambda text: os.write(fd, text)), expect

    def test_control_y(self):
        node = self.node
        write, expect = self.terminal()
        before = node.disk()  # a login makes MAIL's profile
        # at a question of VMSINSTAL itself, and of the kit
        for options, question in ((b" OPTIONS N", b"Select option"), (b"", b"run the IVP")):
            write(b"@SYS$UPDATE:VMSINSTAL TCPMAIL010 SYS$SYSDEVICE:[KIT]" + options + b"\r")
            if not options:
                expect(b"purge files")
                write(b"\r")
            expect(question)
            write(b"\x19")
            expect(b"VMSINSTAL-E-CTRLY")
            expect(b"VMSINSTAL-E-INSFAIL")
            expect(b"$ ")
            self.assertEqual(node.disk(), before)
        # when the configuration is there
        node.patch_kitinstal("$ IF .NOT. TCPMAIL_START THEN EXIT", "$ READ/PROMPT=\"It waits: \" SYS$COMMAND X\n$ IF .NOT. TCPMAIL_START THEN EXIT")
        write(b"@SYS$UPDATE:VMSINSTAL TCPMAIL010 SYS$SYSDEVICE:[KIT]\r")
        for answer in node.fresh():
            expect(b"]: ")
            write(answer.encode() + b"\r")
        expect(b"It waits: ")
        write(b"\x19")
        expect(b"%TCPIP-I-UNCONFIGURED")
        expect(b"VMSINSTAL-E-CTRLY")
        expect(b"VMSINSTAL-E-INSFAIL")
        expect(b"$ ")
        self.nothing_configured()


if __name__ == "__main__":
    unittest.main(verbosity=1)

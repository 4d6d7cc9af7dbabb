#!/usr/bin/env python3
"""Mail that users of MAIL and of files send by SMTP: TCPIP$SMTP_MAILSHR, SMTP_SFF, all the way to the reader."""
import email
import os
import re
import subprocess
import sys
import unittest

from peers import EXACT, System, both, main, pop_all, split_message, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame", "JONES": "abra"}
JACKET = {"logicals": {"TCPIP$SMTP_JACKET_LOCAL": "1"}}


class FromMail(unittest.TestCase):
    def test_headers_of_a_message_from_mail(self):
        debug = {"logicals": {"TCPIP$SMTP_VMSMAIL_SEND": "1"}}
        with System(users=USERS, **both(EXACT, JACKET, debug)) as vms:
            vms.sys("mail", "send", "smith", 'SMTP%"jones@node.vms.test"', "--subject", "a subject", input="one\n\n.\nthree\n")
            for said in ("connect protocol=SMTP", "check_user addressee=jones@node.vms.test", "submit from=smith@node.vms.test", "deaccess"):
                self.assertIn(said, vms.log("DEBUG.TXT"))
            self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 1, 30), vms.sys("show", "queue"))
            head, body = split_message(pop_all(vms.pop, "jones", "abra")[0])
            self.assertEqual(body, b"one\r\n\r\n.\r\nthree\r\n")
            for field in (rb"Date: .* [-+]\d{4}", rb"Message-Id: <\d{14,16}_[0-9A-F]{8}@node\.vms\.test>", rb"From: smith@node\.vms\.test",
                          rb"To: jones@node\.vms\.test", rb'X-VMS-To: SMTP%"jones@node\.vms\.test"', rb"Subject: a subject"):
                self.assertRegex(head, rb"(?m)^" + field)
            self.assertTrue(wait_for(lambda: not vms.control_files() and not vms.entries()))
            self.assertEqual(vms.violations(), "")

    def test_mail_server_sends_for_users_of_other_nodes(self):
        """HP 18.1.2: the control file is MAIL$SERVER's, the sender is whom MAIL names."""
        with System(users={**USERS, "MAIL$SERVER": "x"}, queues=1, **both(EXACT, JACKET)) as vms:
            vms.sys("stop", "queue", "TCPIP$SMTP_NODE_01")
            vms.sys("mail", "send", "smith", 'SMTP%"jones@node.vms.test"', "--subject", "far", input="text\n", SHIM_USER="MAIL$SERVER")
            self.assertEqual([re.sub(r"[^:]*:\[(.*)\].*", r"\1", e["file"]) for e in vms.entries()], ["MAIL$SERVER"])
            vms.sys("start", "queue", "TCPIP$SMTP_NODE_01")
            self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 1 and not vms.entries(), 60), vms.sys("show", "queue"))
            self.assertRegex(pop_all(vms.pop, "jones", "abra")[0], rb"(?m)^From: smith@node\.vms\.test")
            self.assertEqual(vms.violations(), "")

    def test_bad_address_and_eight_bit_text(self):
        """And the symbiont's snapshot: of full diagnostics the last blocks alone are written, when it stops."""
        snapshot = {"logicals": {"TCPIP$SMTP_LOG_LEVEL": "5", "TCPIP$SMTP_SYMB_SNAPSHOT_BLOCKS": "4"}}
        with System(users=USERS, queues=1, **both(EXACT, JACKET, snapshot)) as vms:
            with self.assertRaises(RuntimeError):
                vms.sys("mail", "send", "smith", 'SMTP%"a b@c"', "--subject", "x", input="x\n")
            text = "Grüße\n" + "x" * 1500 + "\n"
            vms.sys("mail", "send", "smith", 'SMTP%"jones@node.vms.test"', "--subject", "8", input=text)
            self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 1, 30), vms.sys("show", "queue"))
            message = pop_all(vms.pop, "jones", "abra")[0]
            parsed = email.message_from_bytes(message)
            self.assertEqual(parsed.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n"), text)
            self.assertTrue(wait_for(lambda: not vms.entries(), 60), vms.sys("show", "queue"))
            self.assertNotIn("jones", vms.log("TCPIP$SMTP_LOGFILE.LOG"))
            vms.shutdown()
            log = vms.log("TCPIP$SMTP_LOGFILE.LOG")
            self.assertIn("symbiont stop", log)
            self.assertLessEqual(len(log), 4 * 512 + 8)  # a byte or two per record more than in memory
            self.assertEqual(vms.violations(), "")


class MimeByPop(unittest.TestCase):
    """HP 19.4: headers on top, MAIL's own headers ignored, JACKET_LOCAL; what one of them does when it is missing."""

    def fetched(self, settings):
        with System(users=USERS, **settings) as vms:
            vms.sys("mail", "send", "smith", 'SMTP%"jones@node.vms.test"', "--subject", "Gr\u00fc\u00dfe", input="\u00fcber\n")
            self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 1, 30), vms.sys("show", "queue"))
            self.assertEqual(vms.violations(), "")
            return email.message_from_bytes(pop_all(vms.pop, "jones", "abra")[0])

    def test_with_all_three(self):
        message = self.fetched(both(EXACT, JACKET))
        self.assertEqual(message.get_all("MIME-Version"), ["1.0"])
        self.assertEqual(len(message.get_all("From")), 1)
        self.assertEqual(message.get_payload(decode=True).decode("utf-8"), "\u00fcber\r\n")

    def test_without_jacket(self):
        message = self.fetched(EXACT)
        self.assertIsNone(message.get("MIME-Version"))
        self.assertIsNone(message.get("Message-Id"))


class FromFile(unittest.TestCase):
    def sff(self, vms, text, *options, **env):
        vms.sys("file", "write", "SYS$SYSDEVICE:[SMITH]M.TXT", input=text)
        image = os.path.join(vms.build, "bin", "TCPIP$SMTP_SFF.EXE")
        return subprocess.run([image, "SYS$SYSDEVICE:[SMITH]M.TXT", *options], env=vms.env(SHIM_USER="SMITH", **env), capture_output=True, text=True)

    def callable(self, vms):
        """TCPIP$SMTP_SEND_FROM_FILE of the shareable image, as a program calls it; its log is SYS$OUTPUT."""
        image = os.path.join(vms.build, "bin", "TCPIP$SMTP_MAILSHR.EXE")
        program = ("import ctypes, sys\nsend = getattr(ctypes.CDLL(sys.argv[1]), 'TCPIP$SMTP_SEND_FROM_FILE')\n"
                   "send.restype = ctypes.c_uint\nstatus = send(sys.argv[2].encode(), None, 1)\n"
                   "ctypes.CDLL(None).fflush(None)\nprint('status', status)\n")
        for name, said, good in (("M.TXT", "queued as entry", 1), ("NONE.TXT", "cannot open", 0)):
            done = subprocess.run([sys.executable, "-c", program, image, "SYS$SYSDEVICE:[SMITH]" + name], env=vms.env(SHIM_USER="SMITH"),
                                  capture_output=True, text=True)
            self.assertIn(said, done.stdout, done.stderr)
            self.assertEqual(int(done.stdout.split()[-1]) & 1, good)
        self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 1, 60), vms.sys("show", "queue"))  # the first was read

    def test_file_is_sent(self):
        with System(users=USERS, **EXACT) as vms:
            done = self.sff(vms, "MAIL FROM:<me@else.test>\nRCPT TO:<jones@node.vms.test>\nRCPT TO:<smith>\nDATA\n"
                                 "Subject: from a file\nMIME-Version: 1.0\n\nbody\n.\n", "-loglevel", "1")
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("to <jones@node.vms.test>", done.stdout)
            self.assertIn("queued as entry", done.stdout)
            self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 1 and len(vms.mail("SMITH")) == 1, 30), vms.sys("show", "queue"))
            head, body = split_message(pop_all(vms.pop, "jones", "abra")[0])
            self.assertEqual(body, b"body\r\n.\r\n")
            self.callable(vms)
            fields = re.findall(rb"(?m)^([A-Za-z-]+):", head)
            self.assertEqual([f for f in fields if f not in (b"X-VMS-From",)][-4:], [b"Return-Path", b"Received", b"Subject", b"MIME-Version"])
            self.assertEqual(vms.violations(), "")

    def test_errors_and_log_file(self):
        with System(users=USERS) as vms:
            done = self.sff(vms, "MAIL FROM:<a@b.c>\nRCPT TO:<>\nDATA\n")
            self.assertNotEqual(done.returncode, 0)
            self.assertRegex(done.stdout, r"M\.TXT;\d+, line 2: not a recipient address: <>")
            done = self.sff(vms, "nothing\n", "-log", "SYS$SYSDEVICE:[SMITH]SFF.LOG")
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(done.stdout, "")
            self.assertIn("line 1: not MAIL FROM", vms.log("SFF.LOG"))
            self.assertEqual(vms.entries(), [])
            self.assertEqual(vms.violations(), "")

    def test_privilege_is_required(self):
        """TCPIP$SMTP_SFF_REQUIRES_PRIV, of the system in executive mode: BYPASS, SYSPRV or OPER."""
        text = "MAIL FROM:<smith@node.vms.test>\nRCPT TO:<jones@node.vms.test>\nDATA\nSubject: x\n\nbody\n"
        mine = "TCPIP$SMTP_SFF_REQUIRES_PRIV=1\n"
        with System(users=USERS, **EXACT) as vms:
            # a user's own definition does not count
            self.assertEqual(self.sff(vms, text, SHIM_LNM=mine).returncode, 0)
            vms.sys("define", "TCPIP$SMTP_SFF_REQUIRES_PRIV", "1")
            bit = {"TMPMBX": 1 << 15, "NETMBX": 1 << 20, "BYPASS": 1 << 29, "SYSPRV": 1 << 28, "OPER": 1 << 18}
            plain = bit["TMPMBX"] | bit["NETMBX"]
            done = self.sff(vms, text, SHIM_PRIV=f"{plain:x}")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("Send From File needs BYPASS, SYSPRV or OPER on this system", done.stdout)
            for privilege in ("BYPASS", "SYSPRV", "OPER"):
                # authorized is enough: it is turned on for the moment
                done = self.sff(vms, text, SHIM_PRIV=f"{plain | bit[privilege]:x}", SHIM_DEFPRIV=f"{plain:x}")
                self.assertEqual(done.returncode, 0, privilege + done.stdout + done.stderr)
            self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 4, 60), vms.sys("show", "queue"))
            self.assertEqual(vms.violations(), "")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""`make run` itself: without a terminal; a person's session at one (tmux), from the prompt to LOGOUT; ended from outside;
started twice."""
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from peers import System, main, wait_for
import shutil
import vmsroot

sys.path.insert(0, os.path.join(vmsroot.TOP, "TEST", "DCL"))
from terminal_test import Screen  # noqa: E402

DEMO = os.path.join(vmsroot.TOP, "TEST", "SUPPORT", "demo.py")
BOOT = [r"OpenVMS services on Linux, Version V\S+, node ALPHA", r"%STDRV-I-STARTUP, OpenVMS startup begun at ",
        r"%SYSTARTUP-I-BEGIN, ", r"%TCPIP-S-STARTDONE, TCP/IP startup completed", r"%TCPIP-I-STARTDONE, SMTP has been started on ALPHA",
        r"%TCPIP-I-STARTDONE, POP has been started on ALPHA", r"%SET-I-INTSET, login interactive limit = 64",
        r"SYSTEM       job terminated at "]


class Run(unittest.TestCase):
    def setUp(self):
        self.build = os.environ.get("BUILD_DIR", os.path.join(vmsroot.TOP, "build"))
        self.below = tempfile.mkdtemp(prefix="run_")
        self.addCleanup(shutil.rmtree, self.below, ignore_errors=True)
        self.one = System(self.build, root=os.path.join(self.below, "vms"), node="ALPHA", boot=False)
        self.two = System(self.build, root=os.path.join(self.below, "vms2"), node="BETA", boot=False)
        self.addCleanup(lambda: [vms.kill() for vms in (self.one, self.two)])
        self.words = [sys.executable, DEMO, "--build", self.build, "--below", self.below]

    def left(self):
        return self.one.pids() + self.two.pids()

    def test_without_a_terminal(self):
        done = subprocess.run(self.words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("%TCPIP-I-CONFIGDONE, the mail system is configured", done.stdout)
        self.assertRegex(done.stdout, "(?s)" + ".*".join(BOOT) + ".*All of it happened")
        self.assertNotIn("stays up", done.stdout)
        self.assertEqual(done.stderr, "")
        self.assertEqual(self.left(), [])

    def refused(self, port):
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", port)) != 0

    def test_session(self):
        """What a new user does: HELP, MAIL, TCPIP, queues, names, the product stopped and started, LOGOUT."""
        self.screen = s = Screen(self.one, width=132, command=self.words)
        self.addCleanup(s.close)
        self.prompt(s)
        shown = s.text()
        port = int(re.search(r"swaks --server 127\.0\.0\.1 --port (\d+)", shown).group(1))
        curl = re.search(r"curl (-u \S+) (pop3://\S+)", shown)
        self.assertIn("any mail client", shown)
        self.assertIn("Welcome to OpenVMS services on Linux", shown)
        self.assertIn("You have 1 new Mail message.", shown)
        fetched = subprocess.run(["curl", "-s", *curl.group(1).split(), curl.group(2)], capture_output=True, timeout=60).stdout
        self.assertIn(b"Quartalsbericht", fetched)
        second = subprocess.run(self.words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.assertNotEqual(second.returncode, 0)
        self.assertIn("is running", second.stderr)
        self.help(s)
        self.mail(s)
        self.manage(s)
        s.key("C-c")  # neither make nor the demo hears it
        s.wait("$")
        # the product goes down, and comes back
        self.assertEqual(s.command("@sys$startup:tcpip$smtp_shutdown")[-1], "%TCPIP-I-STOPDONE, SMTP has been stopped on ALPHA")
        self.assertTrue(wait_for(lambda: self.refused(port), 60))
        self.assertRegex("\n".join(s.command("show queue tcpip$smtp_alpha_01")), "(?i)TCPIP\\$SMTP_ALPHA_01.*stopped")
        self.assertEqual(s.command("@sys$startup:tcpip$smtp_startup")[-1], "%TCPIP-I-STARTDONE, SMTP has been started on ALPHA")
        self.assertEqual(s.command('mail/subject="by SMTP" sys$manager:sylogin.com smtp%"jones@alpha.vms.test"'), [])
        self.assertTrue(wait_for(lambda: [m for m in self.one.mail("JONES") if m["subject"] == "by SMTP"], 60))
        with socket.create_connection(("127.0.0.1", port), 60) as c:
            self.assertTrue(c.recv(100).startswith(b"220 "))
        s.type("logout")
        s.key("Enter")
        s.see("SYSTEM       logged out at")
        s.see("%SHUTDOWN-I-STOPUSER")
        s.see("nothing is left running")
        self.assertTrue(wait_for(s.ended, 60))
        self.assertEqual(wait_for(s.status, 60), "0")
        self.assertEqual(self.left(), [])
        self.assertEqual(self.one.violations() + self.two.violations(), "")

    def prompt(self, s):
        """The demonstration is over, or has failed."""
        wait_for(lambda: "LOGOUT shuts the system down." in s.text() or s.ended(), 240)
        self.assertFalse(s.ended(), s.text())
        s.wait("$")

    def help(self, s):
        s.clear()
        s.key("Enter")
        s.wait("$")
        s.type("help show queue")
        s.key("Enter")
        s.wait("SHOW QUEUE Subtopic?" if "SHOW QUEUE Subtopic?" in s.text() else s.lines()[-1])
        wait_for(lambda: s.lines()[-1].endswith("Subtopic?") or s.lines()[-1].endswith("Topic?"), 60)
        self.assertIn("SHOW", s.text())
        s.key("C-z")
        s.wait("$")

    def mail(self, s):
        s.clear()
        s.key("Enter")
        s.wait("$")
        s.type("mail")
        s.key("Enter")
        s.see("You have 1 new message.")
        s.wait("MAIL>")
        s.type("read")
        s.key("Enter")
        s.see("== RFC 822 Headers ==")
        s.wait("MAIL>")
        self.assertIn("Quartalsbericht", s.text())
        s.type("exit")
        s.key("Enter")
        s.wait("$")

    def manage(self, s):
        s.clear()
        s.key("Enter")
        s.wait("$")
        self.assertTrue(any("TCPIP$SMTP_ALPHA_00" in line for line in s.command("show queue/all tcpip$smtp*")))
        shown = "\n".join(s.command("tcpip show service"))
        self.assertRegex(shown, r"SMTP +\d+ +TCP +TCPIP\$SMTP +127\.0\.0\.1 +Enabled")
        self.assertTrue(s.command("tcpip show configuration smtp"))
        self.assertEqual(s.command("define/system demo_name \"for all\""), [])
        self.assertEqual(s.command("show logical demo_name"), ['   "DEMO_NAME" = "for all" (LNM$SYSTEM_TABLE)'])

    def test_ended_in_the_middle(self):
        child, terminal = pty.fork()
        if child == 0:
            os.execv(self.words[0], self.words)
        self.addCleanup(os.close, terminal)
        screen = ""

        def read_until(text, seconds=240):
            nonlocal screen
            end = time.time() + seconds
            while text not in screen and time.time() < end:
                if not select.select([terminal], [], [], 0.2)[0]:
                    continue
                try:
                    part = os.read(terminal, 4096)
                except OSError:
                    break  # the last process has closed it
                screen += part.decode(errors="replace")
        read_until(" 3. ")
        os.kill(child, signal.SIGHUP)
        read_until("ended by SIGHUP")
        self.assertIn("Shut down", screen)
        self.assertIn("ended by SIGHUP", screen)
        self.assertNotEqual(os.waitpid(child, 0)[1], 0)
        self.assertTrue(wait_for(lambda: not self.left(), 60))

    def test_terminal_closed(self):
        """The terminal goes away under the session: the system is shut down all the same."""
        s = Screen(self.one, width=132, command=self.words)
        self.addCleanup(s.close)
        self.prompt(s)
        s.tmux("kill-server")
        self.assertTrue(wait_for(lambda: not self.left(), 60))


if __name__ == "__main__":
    main()

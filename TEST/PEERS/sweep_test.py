#!/usr/bin/env python3
"""Fault sweep: every service that receiver, symbiont and POP use is forced to fail in turn while a message passes.

Whatever fails: a message that was accepted is delivered whole (once the fault is over and the retry has come) or
reported to its sender; one that was not accepted left nothing; the service goes on.
"""
import smtplib
import sys
import unittest

from peers import EXACT, System, both, compose, main, pop_all, split_message, subject_of, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame", "JONES": "abra"}
BODY = b"a body of some lines\r\n" * 200
SS_ABORT, SS_INSFMEM, SS_NOPRIV = 44, 292, 36
# what a process needs to exist at all: failing these is a crash, which crash_test covers
LIFE = {"sys$hiber", "sys$wake", "sys$gettim", "lib$get_vm", "lib$free_vm", "smb$initialize", "smb$read_message", "smb$read_message_item",
        "sys$exit", "sys$setast", "sys$dclexh"}


class Sweep(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vms = System(users=USERS, queues=2, **both(EXACT, conf={"User-Cache-Time": "0 00:00:00.00"},
                                                        logicals={"TCPIP$POP_LEAVE_IN_NEWMAIL": "1"}))
        cls.addClassCleanup(cls.vms.close)
        cls.number = cls.struck = 0

    def send(self, name, to="smith@node.vms.test"):
        try:
            with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=20) as client:
                client.sendmail("jones@node.vms.test", [to], compose(name, BODY))
            return True
        except (smtplib.SMTPException, OSError):
            return False

    def services(self, image):
        self.vms.sys("fault", "forget")
        # a refused message whose file could be neither entered nor erased stays for ANALYZE MAIL (INTERNALS 2)
        before = set(self.vms.control_files())
        self.assertTrue(self.send("count"))
        self.assertTrue(wait_for(lambda: not self.vms.entries() and set(self.vms.control_files()) <= before))
        pop_all(self.vms.pop, "smith", "sesame", delete=True)
        lines = self.vms.sys("fault", "calls", image + "*").splitlines()
        names = {line.split()[0] for line in lines if not line.startswith("crash:")}  # those are for crash_test
        return sorted(names - LIFE)

    def settle(self):
        """Queues running, clock past the retries, nothing left to do."""
        self.vms.sys("fault", "clear")
        for _ in range(4):
            for n in range(1, self.vms.queues + 1):
                self.vms.sys("start", "queue", f"TCPIP$SMTP_NODE_{n:02d}", check=False)
            if wait_for(lambda: not self.vms.entries(), 1.0):
                return True
            self.vms.move_clock("0 01:00:01")
        return wait_for(lambda: not self.vms.entries(), 10)

    def one(self, image, service, status):
        Sweep.number += 1
        name = f"sweep{Sweep.number}"
        self.vms.sys("fault", "arm", image + "*", service, 1, 3, status)
        accepted = self.send(name)
        wait_for(lambda: not self.vms.entries(), 0.5)
        Sweep.struck += self.vms.forced() > 0
        self.assertTrue(self.settle(), self.vms.sys("show", "queue") + self.vms.log("TCPIP$SMTP_LOGFILE.LOG")[-1500:])
        got = [m for m in pop_all(self.vms.pop, "smith", "sesame", delete=True) if subject_of(m) == "corpus " + name]
        for m in got:
            self.assertEqual(split_message(m)[1], BODY, "not whole")
        if accepted and not got:
            reports = pop_all(self.vms.pop, "jones", "abra", delete=True)
            self.assertTrue([m for m in reports if b"corpus " + name.encode() in m], "accepted, neither delivered nor reported")
        self.assertLessEqual(len(got), 3)
        Sweep.number += 1
        after = f"after{Sweep.number}"
        self.assertTrue(wait_for(lambda: self.send(after), 10), "the service does not go on")
        self.assertTrue(wait_for(lambda: not self.vms.entries(), 20))
        again = [subject_of(m) for m in pop_all(self.vms.pop, "smith", "sesame", delete=True)]
        self.assertIn("corpus " + after, again)

    def sweep(self, image):
        services = self.services(image)
        self.assertGreater(len(services), 5, services)
        print(f"{image}: {len(services)} services", file=sys.stderr)
        before = Sweep.struck
        for service in services:
            for status in (SS_ABORT, SS_INSFMEM):
                with self.subTest(service=service, status=status):
                    self.one(image, service, status)
        print(f"{Sweep.struck - before} of {2 * len(services)} faults struck", file=sys.stderr)
        self.assertGreater(Sweep.struck - before, len(services), "most services must have failed")

    def test_receiver(self):
        self.sweep("TCPIP$SMTP_RECEIVER")

    def test_symbiont(self):
        self.sweep("TCPIP$SMTP_SYMBIONT")

    def test_pop(self):
        services = self.services("TCPIP$POP_SERVER")
        self.assertGreater(len(services), 5, services)
        for service in services:
            with self.subTest(service=service):
                Sweep.number += 1
                name = f"pop{Sweep.number}"
                self.assertTrue(self.send(name))
                self.assertTrue(wait_for(lambda: not self.vms.entries()))
                self.vms.sys("fault", "arm", "TCPIP$POP_SERVER*", service, 1, 3, SS_ABORT)
                try:
                    pop_all(self.vms.pop, "smith", "sesame", delete=False, timeout=10)
                except (AssertionError, OSError, ValueError):
                    pass
                self.vms.sys("fault", "clear")
                got = wait_for(lambda: self.fetch(), 10)
                self.assertTrue(got, "POP does not go on")
                mine = [m for m in got if subject_of(m) == "corpus " + name]
                self.assertEqual(len(mine), 1, "lost or doubled")
                self.assertEqual(split_message(mine[0])[1], BODY)
                pop_all(self.vms.pop, "smith", "sesame", delete=True)

    def fetch(self):
        try:
            return pop_all(self.vms.pop, "smith", "sesame")
        except (AssertionError, OSError):
            return None


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""kill -9 at every step of the path, then reboot: no accepted message is lost, none is half delivered.

The table of crash points is made by the system itself: a first run lists the services that each image calls
while a message passes; then each of these calls becomes a crash point (the process dies as the call begins).
"""
import os
import smtplib
import socket
import sys
import unittest

from peers import EXACT, System, both, compose, main, pop_all, split_message, subject_of, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame", "JONES": "abra"}
BODY = b"a body of some lines\r\n" * 200
# CRASH_ALL=1 takes every point; the suite takes evenly chosen ones so that it ends in a few minutes
MOST = 10000 if os.environ.get("CRASH_ALL") else 40
# what OPERATOR.LOG says of the death
DEATHS = {"TCPIP$SMTP_RECEIVER": "process ended by signal 9", "TCPIP$POP_SERVER": "process ended by signal 9",
          "TCPIP$SMTP_SYMBIONT": "unexpected symbiont process termination"}
IMAGES = {"TCPIP$SMTP_RECEIVER": "receiver", "TCPIP$SMTP_SYMBIONT": "symbiont", "job_control": "job controller"}


class Crashes(unittest.TestCase):
    maxDiff = None

    def send(self, vms, name):
        """True when the receiver said 250 to the message."""
        try:
            with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=20) as client:
                client.sendmail("sender@example.net", ["smith@node.vms.test", "jones@node.vms.test"], compose(name, BODY))
            return True
        except (smtplib.SMTPException, OSError):
            return False

    def usage(self, vms, image):
        """[(image, service, call number)]: the first, second, middle and last call of each service."""
        out = []
        for line in vms.sys("fault", "calls", image + "*").splitlines():
            service, calls = line.split()
            numbers = sorted({1, int(calls)} | ({2, int(calls) // 2} if int(calls) > 3 else set()))
            out += [(image, service, n) for n in numbers if n > 0]
        return out

    def chosen(self, points):
        steps = [p for p in points if p[1].startswith("crash:")]  # steps inside a service: few, and all worth it
        calls = [p for p in points if p not in steps]
        taken = calls[::max(1, -(-len(calls) // MOST))] + steps
        print(f"{len(points)} crash points, {len(taken)} taken", file=sys.stderr)
        return taken

    def deaths(self, vms, image):
        return vms.log().count(DEATHS[image]) if image in DEATHS else 0

    def died(self, vms, image, before=0):
        """Whether the armed point was reached; if so, the log must say that the process ended."""
        if not vms.forced():
            return False
        if image in DEATHS:
            self.assertTrue(wait_for(lambda: self.deaths(vms, image) > before, 10), "the log does not tell of the death")
        return True

    def points(self):
        """The points of one message's passage."""
        with System(users=USERS, **EXACT) as vms:
            self.assertTrue(self.send(vms, "warm"))
            self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 1 and not vms.entries()))
            vms.sys("fault", "forget")
            self.assertTrue(self.send(vms, "count"))
            self.assertTrue(wait_for(lambda: len(vms.mail("JONES")) == 2 and not vms.entries()))
            out = []
            for image in IMAGES:
                out += self.usage(vms, image)
            return out

    @staticmethod
    def struck_or_done(vms):
        """The job controller may die while it is asked for its entries."""
        try:
            return vms.forced() or not vms.entries() and not vms.control_files()
        except RuntimeError:
            return vms.forced()

    def crash_at(self, image, service, number):
        with System(users=USERS, queues=1, **EXACT) as vms:
            self.assertTrue(self.send(vms, "before"))
            self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == 1 and len(vms.mail("JONES")) == 1 and not vms.entries()))
            vms.sys("fault", "arm", image + "*", service, number, 1, "KILL")
            accepted = self.send(vms, "crash")
            wait_for(lambda: self.struck_or_done(vms), 2.0)
            reached = self.died(vms, image)
            vms.sys("fault", "clear")  # a point that was not reached must not strike at the boot
            vms.kill()
            vms.boot()
            self.assertTrue(self.send(vms, "after"))
            settled = wait_for(lambda: not [e for e in vms.entries()] and len(vms.mail("SMITH")) >= 2 and len(vms.mail("JONES")) >= 2, 20)
            self.assertTrue(settled, vms.sys("show", "queue") + vms.log("TCPIP$SMTP_LOGFILE.LOG")[-2000:])
            for user, password in (("smith", "sesame"), ("jones", "abra")):
                got = pop_all(vms.pop, user, password)
                names = [subject_of(m) for m in got]
                self.assertIn("corpus before", names)
                self.assertIn("corpus after", names)
                if accepted:
                    self.assertIn("corpus crash", names, f"{user}: accepted, but lost")
                for m in got:
                    self.assertEqual(split_message(m)[1], BODY, f"{user}: {subject_of(m)} is not whole")
            self.assertEqual(vms.violations(), "")
            return reached

    def test_every_point(self):
        points = self.points()
        self.assertGreater(len(points), 20)
        reached = 0
        chosen = self.chosen(points)
        for image, service, number in chosen:
            with self.subTest(image=IMAGES[image], service=service, call=number):
                reached += bool(self.crash_at(image, service, number))
        print(f"{reached} of {len(chosen)} struck", file=sys.stderr)
        self.assertGreater(reached, len(chosen) // 2, "most points must be reached")

    def read_and_delete(self, vms):
        """Reads all, deletes the first five; True when QUIT was answered with +OK."""
        try:
            with socket.create_connection(("127.0.0.1", vms.pop), 20) as s:
                f = s.makefile("rwb")
                f.readline()
                for command in ("USER smith", "PASS sesame", "STAT", "UIDL 1", "DELE 1", "DELE 2", "DELE 3", "DELE 4", "DELE 5", "QUIT"):
                    f.write(command.encode() + b"\r\n")
                    f.flush()
                    answer = f.readline()
            return answer.startswith(b"+OK")
        except OSError:
            return False

    def test_every_pop_point(self):
        names = [f"corpus n{n}" for n in range(8)]
        with System(users=USERS, queues=1, **both(EXACT, logicals={"TCPIP$POP_LEAVE_IN_NEWMAIL": "1"})) as vms:
            def fill():
                pop_all(vms.pop, "smith", "sesame", delete=True)
                with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=20) as client:
                    for name in names:
                        client.sendmail("s@example.net", ["smith@node.vms.test"], compose(name[7:], BODY))
                self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == len(names) and not vms.entries(), 20))
            fill()
            self.assertTrue(self.read_and_delete(vms))
            fill()
            vms.sys("fault", "forget")
            self.assertTrue(self.read_and_delete(vms))
            chosen = self.chosen(self.usage(vms, "TCPIP$POP_SERVER"))
            for image, service, number in chosen:
                with self.subTest(service=service, call=number):
                    fill()
                    before = self.deaths(vms, image)
                    vms.sys("fault", "arm", image + "*", service, number, 1, "KILL")
                    done = self.read_and_delete(vms)
                    wait_for(vms.forced, 0.2)
                    self.died(vms, image, before)
                    vms.kill()
                    vms.boot()
                    vms.sys("fault", "clear")
                    got = wait_for(lambda: self.fetch(vms), 10)
                    left = [subject_of(m) for m in got]
                    if done:
                        self.assertEqual(left, names[5:])
                    self.assertEqual(left, names[len(names) - len(left):], "only deleted ones may be gone")
                    self.assertGreaterEqual(len(left), 3)
                    for m in got:
                        self.assertEqual(split_message(m)[1], BODY)
            self.assertEqual(vms.violations(), "")

    def test_everything_is_killed_with_a_full_queue(self):
        with System(users=USERS, **EXACT) as vms:
            for n in range(1, vms.queues + 1):
                vms.sys("stop", "queue", f"TCPIP$SMTP_NODE_{n:02d}")
            with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=20) as client:
                for n in range(50):
                    client.sendmail("s@example.net", ["smith@node.vms.test"], compose(f"n{n}", BODY))
            vms.kill()
            vms.boot()  # starts the queues too
            self.assertTrue(wait_for(lambda: not vms.entries(), 30))
            got = {subject_of(m) for m in pop_all(vms.pop, "smith", "sesame")}
            self.assertEqual(got, {f"corpus n{n}" for n in range(50)})

    def test_pop_is_killed_during_quit(self):
        # one queue: mail arrives in the order sent
        with System(users=USERS, queues=1, **both(EXACT, logicals={"TCPIP$POP_LEAVE_IN_NEWMAIL": "1"})) as vms:
            with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=20) as client:
                for n in range(20):
                    client.sendmail("s@example.net", ["smith@node.vms.test"], compose(f"n{n}", BODY))
            self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == 20))
            for service in ("mail$message_delete", "mail$mailfile_purge_waste", "mail$mailfile_close"):
                vms.sys("fault", "arm", "TCPIP$POP_SERVER*", service, 3 if service == "mail$message_delete" else 1, 1, "KILL")
                with socket.create_connection(("127.0.0.1", vms.pop), 20) as s:
                    f = s.makefile("rwb")
                    f.readline()
                    for command in ("USER smith", "PASS sesame", "DELE 1", "DELE 2", "DELE 3", "DELE 4", "DELE 5", "QUIT"):
                        f.write(command.encode() + b"\r\n")
                        f.flush()
                        f.readline()
                vms.sys("fault", "clear")
                names = [subject_of(m) for m in wait_for(lambda: self.fetch(vms), 10)]
                self.assertEqual(len(names), len(set(names)), "no message twice")
                rest = [f"corpus n{n}" for n in range(20)]
                self.assertEqual(names, rest[len(rest) - len(names):], "only deleted ones may be gone")
                self.assertIn(len(names), (20, 15, 10, 5))

    def test_pop_is_killed_while_read_mail_moves(self):
        """The default: what was read goes to MAIL at QUIT.  Every message is in one folder afterwards, or deleted."""
        count, read, deleted = 12, (1, 2, 3, 4, 5), (5, 6, 7)
        with System(users=USERS, queues=1, **EXACT) as vms:
            for round, (service, call) in enumerate((("mail$message_copy", 2), ("mail$message_copy", 4), ("mail$message_delete", 2),
                                                     ("mail$mailfile_purge_waste", 1), ("mail$mailfile_close", 1))):
                with self.subTest(service=service, call=call):
                    names = [f"corpus r{round}n{n}" for n in range(1, count + 1)]
                    with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=20) as client:
                        for name in names:
                            client.sendmail("s@example.net", ["smith@node.vms.test"], compose(name[7:], BODY))
                    self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == count and not vms.entries(), 20))
                    before = self.deaths(vms, "TCPIP$POP_SERVER")
                    vms.sys("fault", "arm", "TCPIP$POP_SERVER*", service, call, 1, "KILL")
                    done = self.session(vms, [f"RETR {n}" for n in read] + [f"DELE {n}" for n in deleted] + ["QUIT"])
                    self.assertTrue(self.died(vms, "TCPIP$POP_SERVER", before), "the point was not reached")
                    self.assertFalse(done)
                    vms.sys("fault", "clear")
                    left = [m["subject"] for m in vms.mail("SMITH")]
                    moved = [m["subject"] for m in vms.mail("SMITH", "MAIL") if m["subject"] in names]
                    gone = {names[n - 1] for n in deleted}
                    self.assertEqual(len(left + moved), len(set(left + moved)), "no message twice")
                    self.assertLessEqual(set(names) - gone, set(left + moved), "only deleted ones may be gone")
                    self.assertLessEqual(set(moved), {names[n - 1] for n in read} - gone)
                    self.assertTrue(self.session(vms, [f"DELE {n + 1}" for n in range(len(left))] + ["QUIT"]))
                    self.assertEqual(vms.mail("SMITH"), [])

    def session(self, vms, commands):
        """True when the last command was answered with +OK."""
        try:
            with socket.create_connection(("127.0.0.1", vms.pop), 20) as s:
                f = s.makefile("rwb")
                f.readline()
                for command in ["USER smith", "PASS sesame"] + commands:
                    f.write(command.encode() + b"\r\n")
                    f.flush()
                    answer = f.readline()
                    while command.startswith("RETR") and f.readline() not in (b".\r\n", b""):
                        pass
            return answer.startswith(b"+OK")
        except OSError:
            return False

    def fetch(self, vms):
        try:
            return pop_all(vms.pop, "smith", "sesame")
        except (AssertionError, OSError):
            return None


if __name__ == "__main__":
    main()

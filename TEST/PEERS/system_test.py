#!/usr/bin/env python3
"""The small VMS itself: services with rules and limits, restart of what dies, two systems, reboot, vmsys."""
import os
import signal
import smtplib
import socket
import subprocess
import unittest

from peers import EXACT, System, compose, main, pop_all, subject_of, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame"}


def talk(port, *lines, source=None):
    """Everything said until the server closes or is silent for eight seconds."""
    with socket.socket() as s:
        s.settimeout(10)
        if source:
            s.bind((source, 0))
        s.connect(("127.0.0.1", port))
        out = b""
        for line in lines:
            s.sendall(line.encode() + b"\r\n")
        s.settimeout(8)
        try:
            while True:
                part = s.recv(4096)
                if not part:
                    return out
                out += part
        except (socket.timeout, ConnectionResetError):
            return out


class SmallVms(unittest.TestCase):
    def test_hosts_and_networks_with_message(self):
        with System(users=USERS) as vms:
            vms.sys("service", "disable", "SMTP")
            vms.sys("service", "set", "SMTP", "--reject-hosts", "127.0.0.9", "--reject-message", "go away")
            vms.sys("service", "enable", "SMTP")
            self.assertIn(b"220 ", talk(vms.smtp, "QUIT"))
            self.assertEqual(talk(vms.smtp, source="127.0.0.9"), b"go away\r\n")
            self.assertIn("127.0.0.9 rejected", vms.log())
            vms.sys("service", "disable", "SMTP")
            vms.sys("service", "set", "SMTP", "--reject-hosts", "", "--accept-networks", "127.0.0.8/30")
            vms.sys("service", "enable", "SMTP")
            self.assertIn(b"220 ", talk(vms.smtp, "QUIT", source="127.0.0.9"))
            self.assertEqual(talk(vms.smtp), b"go away\r\n")

    def test_disabled_service_refuses_connections(self):
        with System(users=USERS) as vms:
            self.assertIn(b"+OK", talk(vms.pop, "QUIT"))
            vms.sys("service", "disable", "POP")
            with self.assertRaises(ConnectionRefusedError):
                talk(vms.pop)
            self.assertTrue(wait_for(lambda: not vms.pids("POP_SERVER")))
            vms.sys("service", "enable", "POP")
            self.assertIn(b"+OK", talk(vms.pop, "QUIT"))

    def test_dead_server_is_started_again(self):
        with System(users=USERS) as vms:
            for _ in range(2):
                self.assertIn(b"220 ", talk(vms.smtp, "QUIT"))
                for pid in vms.pids("SMTP_RECEIVER"):
                    os.kill(pid, signal.SIGKILL)
                self.assertTrue(wait_for(lambda: b"220 " in talk(vms.smtp, "QUIT"), 20))
            self.assertIn("process ended by signal 9", vms.log())

    def test_dead_symbiont_loses_nothing(self):
        with System(users=USERS, **EXACT) as vms:
            vms.sys("mail", "send", "SYSTEM", "SMITH", "--subject", "before", input="text\n")
            self.assertTrue(wait_for(lambda: vms.pids("SMTP_SYMBIONT")))
            for pid in vms.pids("SMTP_SYMBIONT"):
                os.kill(pid, signal.SIGKILL)
            with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=20) as client:
                client.sendmail("a@example.net", ["smith@node.vms.test"], compose("after", b"text\r\n"))

            def settled():
                for n in range(1, vms.queues + 1):
                    vms.sys("start", "queue", f"TCPIP$SMTP_NODE_{n:02d}", check=False)
                return len(vms.mail("SMITH")) == 2
            self.assertTrue(wait_for(settled, 20, 0.3), vms.sys("show", "queue"))
            got = [subject_of(m) for m in pop_all(vms.pop, "smith", "sesame")]
            self.assertIn("corpus after", got)

    def test_two_systems_do_not_disturb_each_other(self):
        with System(users=USERS, node="ONE") as one, System(users=USERS, node="TWO") as two:
            one.sys("mail", "send", "SYSTEM", "SMITH", "--subject", "for one", input="text\n")
            one.move_clock("10 00:00:00")
            self.assertEqual(len(one.mail("SMITH")), 1)
            self.assertEqual(len(two.mail("SMITH")), 0)
            self.assertIn(b"220 ", talk(one.smtp, "QUIT"))
            one.shutdown()
            self.assertIn(b"220 ", talk(two.smtp, "QUIT"))

    def test_reboot_keeps_users_queues_and_mail(self):
        with System(users=USERS) as vms:
            vms.sys("mail", "send", "SYSTEM", "SMITH", "--subject", "kept", input="text\n")
            vms.sys("mail", "forward", "NOBODY", "SMITH")
            vms.shutdown()
            self.assertEqual(vms.pids(), [])
            vms.boot()
            self.assertEqual([m["subject"] for m in vms.mail("SMITH")], ["kept"])
            self.assertIn("SMITH", vms.sys("mail", "forward", "NOBODY"))
            self.assertIn("TCPIP$SMTP_NODE_00", vms.sys("show", "queue"))
            self.assertIn("SMITH", vms.sys("show", "users"))

    def test_lost_and_damaged_control_files(self):
        """A file without entry, an entry without file, a damaged file: ANALYZE MAIL /REPAIR, and nothing else is touched."""
        def analyze(vms, *words):
            done = subprocess.run([os.path.join(vms.build, "bin", "vmsys"), "dcl"], env=vms.env(), capture_output=True, text=True, timeout=60,
                                  input="TCPIP :== $SYS$SYSTEM:TCPIP$SMTP_MANAGE\nTCPIP ANALYZE MAIL" + "".join(words) + "\n")
            return done.stdout + done.stderr
        with System(users=USERS, **EXACT) as vms:
            for n in range(1, vms.queues + 1):
                vms.sys("stop", "queue", f"TCPIP$SMTP_NODE_{n:02d}")
            with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=60) as client:
                for name in ("kept", "orphan", "gone", "damaged"):
                    client.sendmail("a@example.net", ["smith@node.vms.test"], compose(name, b"text\r\n" * 50))
            entries = sorted(vms.entries(), key=lambda e: e["entry"])
            self.assertEqual(len(entries), 4)

            def path(entry):
                return vms.sys("file", "path", entry["file"]).split()[0]
            kept, orphan, gone, damaged = [path(e) for e in entries]
            vms.sys("delete", "entry", entries[1]["entry"])
            os.unlink(gone)
            with open(damaged, "r+b") as f:
                f.seek(600)
                f.write(b"\0" * 512)
            before = analyze(vms)
            self.assertTrue(all(os.path.exists(p) for p in (kept, orphan, damaged)), before)
            self.assertEqual(len(vms.entries()), 3, "without a qualifier nothing is changed")
            told = analyze(vms, "/REPAIR")
            self.assertFalse(os.path.exists(damaged), told)
            self.assertTrue(all(os.path.exists(p) for p in (kept, orphan)), told)
            self.assertEqual(len(vms.entries()), 2, told)
            again = analyze(vms, "/REPAIR")
            self.assertEqual(len(vms.entries()), 2, again)
            for n in range(1, vms.queues + 1):
                vms.sys("start", "queue", f"TCPIP$SMTP_NODE_{n:02d}")
            self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == 2 and not vms.entries(), 60), vms.sys("show", "queue"))
            self.assertEqual(sorted(m["subject"] for m in vms.mail("SMITH")), ["corpus kept", "corpus orphan"])
            self.assertEqual(vms.control_files(), [])
            self.assertEqual(vms.violations(), "")

    def test_forwarding_and_postmaster(self):
        with System(users=USERS, **EXACT) as vms:
            vms.sys("mail", "forward", "SALES", "SMITH")
            vms.sys("mail", "forward", "POSTMASTER", "SYSTEM")
            with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=20) as client:
                client.sendmail("a@example.net", ["sales@node.vms.test", "postmaster"], compose("one", b"text\r\n"))
            self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == 1 and len(vms.mail("SYSTEM")) == 1))
            self.assertEqual(vms.violations(), "")

    def test_vmsys_answers_wrong_commands(self):
        with System(users=USERS) as vms:
            for words in (["bogus"], ["add", "user", "X", "--uic", "1,2"], ["mail", "read", "SMITH", "1"], ["service", "enable", "NONE"],
                          ["clock", "soon"], ["define", "ONLY"], ["start", "queue", "NONE"], ["install", "X", "--privileges", "WISH"]):
                with self.assertRaises(RuntimeError, msg=words):
                    vms.sys(*words)
            done = subprocess.run([os.path.join(vms.build, "bin", "vmsys"), "help"], capture_output=True, text=True, env=vms.env())
            for verb in ("boot", "shutdown", "status", "add user", "show queue", "mail read", "mail send", "mail directory", "mail forward"):
                self.assertIn("  " + verb, done.stdout)


if __name__ == "__main__":
    main()

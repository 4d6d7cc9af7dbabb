#!/usr/bin/env python3
"""Real clients send a corpus of difficult bodies to the receiver; POP gives back every byte."""
import os
import smtplib
import socket
import subprocess
import tempfile
import unittest

from peers import EXACT, System, compose, corpus, main, pop_all, split_message, subject_of, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame"}


class Senders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vms = System(users=USERS, **EXACT)
        cls.addClassCleanup(cls.vms.close)
        cls.corpus = corpus()

    def tearDown(self):
        self.assertEqual(self.vms.violations(), "")

    def collect(self, count):
        self.assertTrue(wait_for(lambda: len(self.vms.mail("SMITH")) >= count, 30), self.vms.sys("show", "queue"))
        got = pop_all(self.vms.pop, "smith", "sesame", delete=True)
        self.assertEqual(len(got), count)
        return {subject_of(m): m for m in got}

    def compare(self, names, got):
        for name in names:
            body = split_message(got["corpus " + name])[1]
            want = self.corpus[name]
            self.assertEqual(len(body), len(want), name)
            self.assertEqual(body, want, name)

    def test_smtplib_whole_corpus(self):
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=60) as client:
            for name, body in self.corpus.items():
                client.sendmail("sender@example.net", ["smith@node.vms.test"], compose(name, body), ["BODY=8BITMIME"])
        self.compare(self.corpus, self.collect(len(self.corpus)))

    def test_curl(self):
        names = ["plain", "dots", "long998", "utf8", "many_lines"]
        for name in names:
            with tempfile.NamedTemporaryFile(suffix=".eml") as f:
                f.write(compose(name, self.corpus[name]))
                f.flush()
                subprocess.run(["curl", "-sS", "--fail", f"smtp://127.0.0.1:{self.vms.smtp}/desk.example.net", "--mail-from",
                                "sender@example.net", "--mail-rcpt", "smith@node.vms.test", "-T", f.name], check=True, timeout=60)
        self.compare(names, self.collect(len(names)))

    def test_swaks(self):
        names = ["plain", "blanks", "empty_lines", "long998"]
        for name in names:
            with tempfile.NamedTemporaryFile(suffix=".eml") as f:
                f.write(compose(name, self.corpus[name]).replace(b"\r\n", b"\n"))
                f.flush()
                subprocess.run(["swaks", "--server", "127.0.0.1", "--port", str(self.vms.smtp), "--from", "sender@example.net", "--to",
                                "smith@node.vms.test", "--data", "@" + f.name, "--ehlo", "desk.example.net", "--pipeline"],
                               check=True, timeout=60, capture_output=True)
        got = self.collect(len(names))
        for name in names:  # swaks ends its data with an empty line of its own
            self.assertEqual(split_message(got["corpus " + name])[1].rstrip(b"\r\n"), self.corpus[name].rstrip(b"\r\n"), name)

    def test_msmtp(self):
        names = ["plain", "dots", "latin1", "lengths"]
        for name in names:
            subprocess.run(["msmtp", "--host=127.0.0.1", f"--port={self.vms.smtp}", "--from=sender@example.net", "--tls=off", "--auth=off",
                            "smith@node.vms.test"], input=compose(name, self.corpus[name]).replace(b"\r\n", b"\n"), check=True, timeout=60)
        self.compare(names, self.collect(len(names)))

    def raw(self, *chunks):
        """Sends chunks, returns everything that the receiver says until it closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.vms.smtp), 10) as s:
            for c in chunks:
                s.sendall(c)
            s.settimeout(3)
            out = b""
            try:
                while True:
                    part = s.recv(65536)
                    if not part:
                        break
                    out += part
            except socket.timeout:
                pass
            return out

    HEAD = b"EHLO x.example.net\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<smith@node.vms.test>\r\nDATA\r\n"

    def test_no_final_newline_gets_one(self):
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=60) as client:
            client.sendmail("a@example.net", ["smith@node.vms.test"], b"Subject: corpus nonl\r\n\r\nno final newline")
        self.assertEqual(split_message(self.collect(1)["corpus nonl"])[1], b"no final newline\r\n")

    def test_nul_is_refused(self):
        said = self.raw(self.HEAD, b"Subject: nul\r\n\r\na\0b\r\n.\r\nQUIT\r\n")
        self.assertRegex(said, rb"\r\n5\d\d ")
        self.assertNotRegex(said.split(b"354")[1], rb"\r\n250 ")
        self.assertEqual(self.vms.mail("SMITH"), [])

    def test_smuggling_is_refused(self):
        for end in (b"\n.\r\n", b"\r\n.\n", b"\n.\n", b"\r.\r", b"\r\n.\r"):
            said = self.raw(self.HEAD, b"Subject: one\r\n\r\ntext" + end,
                            b"MAIL FROM:<evil@example.net>\r\nRCPT TO:<smith@node.vms.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nx\r\n.\r\nQUIT\r\n")
            self.assertRegex(said.split(b"354", 1)[1], rb"5\d\d ", end)
            self.assertNotIn(b"\r\n250", said.split(b"354", 1)[1], end)
        self.assertEqual(self.vms.mail("SMITH"), [])
        self.assertEqual(self.vms.entries(), [])

    def test_unknown_user_and_relay(self):
        said = self.raw(b"EHLO x.example.net\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<nobody@node.vms.test>\r\n"
                        b"RCPT TO:<someone@elsewhere.example>\r\nRCPT TO:<smith%elsewhere.example@node.vms.test>\r\n"
                        b"RCPT TO:<@node.vms.test:x@elsewhere.example>\r\nQUIT\r\n")
        self.assertIn(b"550 ", said)
        self.assertIn(b"User not local, Relay disabled.", said)
        self.assertEqual(said.count(b"\r\n550"), 4, said)

    def test_hop_count_ends_a_loop(self):
        hops = b"".join(b"Received: from a by b; Mon, 16 Nov 2026 09:12:40 +0100\r\n" for _ in range(40))
        said = self.raw(self.HEAD, hops + b"Subject: loop\r\n\r\nx\r\n.\r\nQUIT\r\n")
        self.assertRegex(said.split(b"354", 1)[1], rb"5\d\d ")
        self.assertEqual(self.vms.mail("SMITH"), [])


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Real POP clients fetch a corpus of difficult bodies; every byte is compared."""
import os
import poplib
import re
import smtplib
import subprocess
import tempfile
import unittest

from peers import EXACT, System, both, compose, corpus, main, pop_all, split_message, subject_of, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame", "JONES": "abra", "BROWN": "hard"}
# what a client that rewrites line ends or looks at From lines still keeps
TEXT = ["plain", "utf8", "dots", "lengths", "empty_lines", "blanks", "many_lines", "multipart"]


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vms = System(users=USERS, **both(EXACT, logicals={"TCPIP$POP_LEAVE_IN_NEWMAIL": "1"}))
        cls.addClassCleanup(cls.vms.close)
        cls.corpus = corpus()
        with smtplib.SMTP("127.0.0.1", cls.vms.smtp, timeout=60) as client:
            for name in TEXT:
                client.sendmail("sender@example.net", ["smith@node.vms.test"], compose(name, cls.corpus[name]), ["BODY=8BITMIME"])
            for name, body in cls.corpus.items():
                client.sendmail("sender@example.net", ["brown@node.vms.test"], compose(name, body), ["BODY=8BITMIME"])
        assert wait_for(lambda: len(cls.vms.mail("SMITH")) == len(TEXT) and len(cls.vms.mail("BROWN")) == len(cls.corpus), 60)

    def tearDown(self):
        self.assertEqual(self.vms.violations(), "")

    def check(self, messages):
        got = {subject_of(m): m for m in messages}
        self.assertEqual(len(got), len(TEXT))
        for name in TEXT:
            self.assertEqual(split_message(got["corpus " + name])[1], self.corpus[name], name)

    def test_raw(self):
        self.check(pop_all(self.vms.pop, "smith", "sesame"))

    def test_poplib(self):
        pop = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        pop.user("smith")
        pop.pass_("sesame")
        self.assertEqual(pop.stat()[0], len(TEXT))
        self.check([b"".join(line + b"\r\n" for line in pop.retr(n + 1)[1]) for n in range(len(TEXT))])
        uids = [line.split()[1] for line in pop.uidl()[1]]
        self.assertEqual(len(set(uids)), len(TEXT))
        self.assertTrue(all(len(u) <= 70 and re.fullmatch(rb"[!-~]+", u) for u in uids), uids)
        top = b"\r\n".join(pop.top(1, 1)[1])
        self.assertIn(b"ubject:", top)
        pop.quit()
        again = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        again.user("SMITH")
        again.pass_("SESAME")  # VMS passwords are not case sensitive without PWDMIX
        self.assertEqual([line.split()[1] for line in again.uidl()[1]], uids)
        again.quit()

    def check_all(self, messages):
        """Every message of the corpus as a whole, header and body, as it was sent; above it stand our lines alone."""
        got = {subject_of(m): m for m in messages}
        self.assertEqual(len(got), len(self.corpus))
        for name, body in self.corpus.items():
            message = got["corpus " + name]
            self.assertTrue(message.endswith(compose(name, body)), name)
            trace = message[:-len(compose(name, body))].replace(b"\r\n\t", b" ").replace(b"\r\n ", b" ")
            self.assertEqual([line.split(b":")[0] for line in trace.splitlines()], [b"Return-Path", b"Received"], name)

    def test_difficult_messages_by_poplib(self):
        pop = poplib.POP3("127.0.0.1", self.vms.pop, timeout=60)
        pop.user("brown")
        pop.pass_("hard")
        sizes = [int(line.split()[1]) for line in pop.list()[1]]
        messages = [b"".join(line + b"\r\n" for line in pop.retr(n + 1)[1]) for n in range(len(sizes))]
        self.assertEqual([len(m) for m in messages], sizes)
        for n, message in enumerate(messages):  # TOP of more lines than there are is the whole
            self.assertEqual(b"".join(line + b"\r\n" for line in pop.top(n + 1, 100000)[1]), message)
        pop.quit()
        self.check_all(messages)

    def test_difficult_messages_by_curl(self):
        self.vms.sys("file", "write", "SYS$SYSDEVICE:[BROWN]POP_SECRET.DAT", input="hard\n")
        urls = [f"pop3://127.0.0.1:{self.vms.pop}/{n + 1}" for n in range(len(self.corpus))]
        with tempfile.TemporaryDirectory() as d:
            words = [w for n, url in enumerate(urls) for w in (url, "-o", f"{d}/{n}")]
            subprocess.run(["curl", "-sS", "--fail", "-u", "brown:hard"] + words, check=True, timeout=60)
            self.check_all([open(f"{d}/{n}", "rb").read() for n in range(len(urls))])

    def test_apop(self):
        secret = "xyztancreff"
        self.vms.sys("file", "write", "SYS$SYSDEVICE:[SMITH]POP_SECRET.DAT", input=secret + "\n")
        pop = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        pop.apop("smith", secret)
        self.assertEqual(pop.stat()[0], len(TEXT))
        pop.quit()
        pop = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        with self.assertRaises(poplib.error_proto):
            pop.apop("smith", "wrong")
        pop.close()

    def test_curl(self):
        # curl takes APOP whenever the greeting has a stamp, so the secret has to be what curl is given
        self.vms.sys("file", "write", "SYS$SYSDEVICE:[SMITH]POP_SECRET.DAT", input="sesame\n")
        messages = []
        for n in range(1, len(TEXT) + 1):
            out = subprocess.run(["curl", "-sS", "--fail", "-u", "smith:sesame", f"pop3://127.0.0.1:{self.vms.pop}/{n}"],
                                 check=True, capture_output=True, timeout=30).stdout
            messages.append(out)
        self.check(messages)

    def fetched_mbox(self, command, config):
        with tempfile.TemporaryDirectory() as d:
            rc, box = os.path.join(d, "rc"), os.path.join(d, "box")
            with open(rc, "w") as f:
                f.write(config.format(port=self.vms.pop, box=box, dir=d))
            os.chmod(rc, 0o600)
            env = dict(os.environ, HOME=d, FETCHMAILHOME=d)
            done = subprocess.run([w.format(rc=rc, box=box) for w in command], env=env, capture_output=True, timeout=60)
            self.assertIn(done.returncode, (0,), done.stdout + done.stderr)
            with open(box, "rb") as f:
                return f.read()

    def check_mbox(self, text):
        """Bodies in an mbox: LF line ends, From quoted; compared as text."""
        for name in TEXT:
            want = self.corpus[name].replace(b"\r\n", b"\n").rstrip(b"\n")
            self.assertIn(b"Subject: corpus " + name.encode(), text)
            self.assertIn(want, text, name)

    def test_fetchmail(self):
        text = self.fetched_mbox(
            ["fetchmail", "-f", "{rc}", "--nosyslog"],
            "poll 127.0.0.1 protocol pop3 port {port} auth password user smith password sesame keep fetchall norewrite pass8bits "
            "sslproto '' mda \"cat >> {box}\"\n")
        self.check_mbox(text.replace(b"\r\n", b"\n"))

    def test_mpop(self):
        text = self.fetched_mbox(
            ["mpop", "-C", "{rc}", "-k", "-a"],
            "account default\nhost 127.0.0.1\nport {port}\nuser smith\npassword sesame\nauth user\ntls off\ndelivery mbox {box}\n"
            "uidls_file {dir}/uidls\nonly_new off\n")
        self.check_mbox(text.replace(b"\r\n", b"\n").replace(b"\n>From ", b"\nFrom "))

    def test_two_wrong_passwords_close(self):
        pop = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        for _ in range(2):
            pop.user("jones")
            with self.assertRaises(poplib.error_proto):
                pop.pass_("wrong")
        with self.assertRaises((poplib.error_proto, OSError, EOFError)):
            pop.user("jones")
            pop.pass_("abra")

    def test_one_session_per_mailbox(self):
        first = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        first.user("smith")
        first.pass_("sesame")
        second = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        second.user("smith")
        with self.assertRaises(poplib.error_proto):
            second.pass_("sesame")
        first.quit()
        second.close()
        pop_all(self.vms.pop, "smith", "sesame")

    def test_delete_only_at_quit(self):
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=60) as client:
            client.sendmail("a@example.net", ["jones@node.vms.test"], compose("one", b"1\r\n"))
            client.sendmail("a@example.net", ["jones@node.vms.test"], compose("two", b"2\r\n"))
        self.assertTrue(wait_for(lambda: len(self.vms.mail("JONES")) == 2))
        pop = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        pop.user("jones")
        pop.pass_("abra")
        pop.dele(1)
        pop.close()  # no QUIT: nothing is deleted
        self.assertEqual(len(wait_for(lambda: self.pop_or_none("jones", "abra"))), 2)
        pop = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        pop.user("jones")
        pop.pass_("abra")
        pop.dele(2)
        pop.rset()
        pop.dele(1)
        pop.quit()
        left = pop_all(self.vms.pop, "jones", "abra")
        self.assertEqual([subject_of(m) for m in left], ["corpus two"])

    def pop_or_none(self, user, password):
        try:
            return pop_all(self.vms.pop, user, password)
        except AssertionError:
            return None


if __name__ == "__main__":
    main()

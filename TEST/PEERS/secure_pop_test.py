#!/usr/bin/env python3
"""Real POP clients over TLS (port of its own, STLS, SASL PLAIN), and of a mailbox as SMTP leaves it by default: headers at
the bottom, DECnet senders.  Every body is compared; MIME must decode.  Then 1,000 idle TLS connections and their memory."""
import email
import email.policy
import os
import poplib
import re
import resource
import shutil
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import unittest
import warnings

from peers import System, compose, corpus, main, pop_all, split_message, subject_of, vmsroot, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame", "JONES": "abra"}
TEXT = ["plain", "utf8", "dots", "lengths", "empty_lines", "blanks", "many_lines", "multipart"]
IDLE = 1000
IDLE_KIB = 48  # most memory of the whole system per idle TLS connection

# getmail loses the end of a delivering child that is quicker than itself; this waits for it without a signal
GETMAIL = """
import os
from getmailcore.baseclasses import ForkingBase
ForkingBase._prepare_child = lambda self: None
ForkingBase._wait_for_child = lambda self, pid: os.WEXITSTATUS(os.waitpid(pid, 0)[1])
"""


def mime_message():
    with open(os.path.join(vmsroot.TOP, "TEST", "DATA", "MESSAGES", "MULTIPART.EML"), "rb") as f:
        return f.read()


class Secure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vms = System(users=USERS, tls=True, conf={"Eight-Bit": "ON"},
                         logicals={"TCPIP$POP_LEAVE_IN_NEWMAIL": "1", "TCPIP$POP_SESSIONS_PER_CLIENT": "2000"})
        cls.addClassCleanup(cls.vms.close)
        cls.dir = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.dir)
        shutil.copy(cls.vms.certificate, cls.dir)
        os.chmod(os.path.join(cls.dir, "server.pem"), 0o644)
        cls.corpus = corpus()
        with smtplib.SMTP("127.0.0.1", cls.vms.smtp, timeout=60) as client:
            for name in TEXT:
                client.sendmail("sender@example.net", ["smith@node.vms.test"], compose(name, cls.corpus[name]), ["BODY=8BITMIME"])
            client.sendmail("sender@example.net", ["smith@node.vms.test"], mime_message(), ["BODY=8BITMIME"])
        cls.vms.sys("mail", "send", "J_SMITH", "SMITH", "--subject", "of DECnet", input="hello\n.dot\n")
        cls.vms.sys("mail", "send", '"j.smith@acme.com"', "SMITH", "--subject", "quoted DECnet", input="hello\n")
        cls.count = len(TEXT) + 3
        assert wait_for(lambda: len(cls.vms.mail("SMITH")) == cls.count, 30)
        cls.context = ssl.create_default_context(cafile=cls.vms.certificate)

    def tearDown(self):
        self.assertEqual(self.vms.violations(), "")

    def check(self, messages):
        """Whole messages with CRLF: bodies to the byte, senders as HP 19.1.6.1 rebuilds them, one block of headers."""
        self.assertEqual(len(messages), self.count)
        got = {subject_of(m): m for m in messages}
        for name in TEXT:
            head, body = split_message(got["corpus " + name])
            self.assertEqual(body, self.corpus[name], name)
            self.assertEqual(head.lower().count(b"\r\nfrom: "), 1)
            self.assertIn(b"\r\nX-VMS-From: SMTP%\"sender@example.net\"", head)
            self.assertIn(b"\r\nContent-Type: text/plain; charset=utf-8", head)
        self.assertIn(b"\r\nFrom: j_smith@node.vms.test\r\n", got["of DECnet"])
        self.assertEqual(split_message(got["of DECnet"])[1], b"hello\r\n.dot\r\n")
        self.assertIn(b"\r\nFrom: J.SMITH@ACME.COM\r\n", got["quoted DECnet"])
        whole = next(m for m in messages if b"\r\nContent-Type: multipart/" in m)
        self.assertEqual(self.parts(whole), self.parts(mime_message()))

    @staticmethod
    def parts(message):
        found = email.message_from_bytes(message, policy=email.policy.default)
        return [(p.get_content_type(), p.get_filename(), p.get_payload(decode=True)) for p in found.walk() if not p.is_multipart()]

    def all_of(self, pop):
        self.assertEqual(pop.stat()[0], self.count)
        sizes = [int(line.split()[1]) for line in pop.list()[1]]
        messages = [b"".join(line + b"\r\n" for line in pop.retr(n + 1)[1]) for n in range(self.count)]
        pop.quit()
        self.assertEqual([len(m) for m in messages], sizes)
        return messages

    def test_poplib_ssl(self):
        pop = poplib.POP3_SSL("localhost", self.vms.pops, context=self.context, timeout=30)
        self.assertNotIn("STLS", pop.capa())
        pop.user("smith")
        pop.pass_("sesame")
        self.check(self.all_of(pop))

    def test_poplib_stls(self):
        pop = poplib.POP3("localhost", self.vms.pop, timeout=30)
        self.assertIn("STLS", pop.capa())
        self.assertNotIn("SASL", pop.capa())
        pop.stls(self.context)
        self.assertEqual(pop.capa()["SASL"], ["PLAIN"])
        pop.user("smith")
        pop.pass_("sesame")
        self.check(self.all_of(pop))

    def curl(self, url, *options):
        messages = []
        for n in range(1, self.count + 1):
            done = subprocess.run(["curl", "-sS", "--fail", "--cacert", self.vms.certificate, "-u", "smith:sesame", *options, f"{url}/{n}"],
                                  capture_output=True, timeout=30)
            self.assertEqual(done.returncode, 0, done.stderr)
            messages.append(done.stdout)
        return messages

    def test_curl_pop3s_with_sasl_plain(self):
        self.check(self.curl(f"pop3s://localhost:{self.vms.pops}", "--login-options", "AUTH=PLAIN"))

    def test_curl_stls(self):
        self.check(self.curl(f"pop3://localhost:{self.vms.pop}", "--ssl-reqd", "--sasl-ir"))

    def run_client(self, words, config, **more):
        rc = os.path.join(self.dir, words[0] + ".rc")
        with open(rc, "w") as f:
            f.write(config)
        os.chmod(rc, 0o600)
        if "user" in more:
            shutil.chown(rc, more["user"])
        env = dict(os.environ, HOME=self.dir, FETCHMAILHOME=self.dir, PYTHONPATH=self.dir)
        done = subprocess.run([w.replace("RC", rc) for w in words], env=env, capture_output=True, timeout=100, **more)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def box(self, name):
        return os.path.join(self.dir, name)

    def check_mbox(self, path):
        """Bodies in an mbox: LF line ends, From quoted; compared as text."""
        with open(path, "rb") as f:
            text = f.read().replace(b"\r\n", b"\n").replace(b"\n>From ", b"\nFrom ")
        for name in TEXT:
            self.assertIn(b"Subject: corpus " + name.encode(), text)
            self.assertIn(self.corpus[name].replace(b"\r\n", b"\n").rstrip(b"\n"), text, name)
        self.assertIn(b"\nFrom: j_smith@node.vms.test\n", text)

    def test_fetchmail_ssl(self):
        self.run_client(["fetchmail", "-f", "RC", "--nosyslog"],
                        f"poll localhost protocol pop3 port {self.vms.pops} auth password user smith password sesame keep fetchall norewrite "
                        f"pass8bits ssl sslcertck sslcertfile {self.vms.certificate} mda \"cat >> {self.box('fetchmail')}\"\n")
        self.check_mbox(self.box("fetchmail"))

    def test_mpop_starttls(self):
        self.run_client(["mpop", "-C", "RC", "-k", "-a"],
                        f"account default\nhost localhost\nport {self.vms.pop}\nuser smith\npassword sesame\nauth plain\ntls on\ntls_starttls on\n"
                        f"tls_trust_file {self.vms.certificate}\ndelivery mbox {self.box('mpop')}\nuidls_file {self.box('uidls')}\nonly_new off\n")
        self.check_mbox(self.box("mpop"))

    def test_getmail_ssl(self):
        maildir = self.box("getmail/")
        for sub in ("cur", "new", "tmp"):
            os.makedirs(maildir + sub)
        with open(os.path.join(self.dir, "sitecustomize.py"), "w") as f:
            f.write(GETMAIL)
        who = {}
        if os.geteuid() == 0:  # it does not deliver as root
            subprocess.run(["chown", "-R", "nobody", self.dir], check=True)
            who = {"user": "nobody", "group": "nogroup"}
        self.run_client(["getmail", "--getmaildir", self.dir, "--rcfile", "RC"],
                        f"[retriever]\ntype = SimplePOP3SSLRetriever\nserver = localhost\nport = {self.vms.pops}\nusername = smith\npassword = sesame\n"
                        f"ca_certs = {self.box('server.pem')}\n[destination]\ntype = Maildir\npath = {maildir}\n"
                        "[options]\ndelete = false\nread_all = true\ndelivered_to = false\nreceived = false\n", **who)
        os.remove(os.path.join(self.dir, "sitecustomize.py"))
        messages = [open(os.path.join(maildir, "new", f), "rb").read().replace(b"\n", b"\r\n") for f in os.listdir(maildir + "new")]
        self.check(messages)

    def test_s_nail_ssl(self):
        out = self.box("s-nail")
        self.run_client(["s-nail", "-n", "-R", "-S", "v15-compat", "-S", f"tls-ca-file={self.vms.certificate}", "-S", "tls-verify=strict",
                         "-S", "pop3-no-apop", "-f", f"pop3s://smith:sesame@localhost:{self.vms.pops}"], "",
                        input=f"copy * {out}\nquit\n".encode())
        self.check_mbox(out)

    def test_clients_that_do_not_trust_or_do_not_encrypt(self):
        with self.assertRaises(ssl.SSLCertVerificationError):
            poplib.POP3_SSL("localhost", self.vms.pops, context=ssl.create_default_context(), timeout=30)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # TLS 1.1 is what this is about
            old.minimum_version, old.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, ssl.TLSVersion.TLSv1_1
        old.set_ciphers("ALL:@SECLEVEL=0")
        with self.assertRaises((ssl.SSLError, OSError)):
            poplib.POP3_SSL("localhost", self.vms.pops, context=old, timeout=30)
        with socket.create_connection(("127.0.0.1", self.vms.pops), 30) as s:
            s.sendall(b"USER smith\r\nPASS sesame\r\n")
            try:
                self.assertNotIn(b"+OK", s.recv(1000))
            except ConnectionResetError:
                pass
        self.assertEqual(len(pop_all(self.vms.pop, "smith", "sesame")), self.count)

    def test_shutdown_and_the_next_start(self):
        """XTND SHUTDOWN: the last client ends the server; the next connection starts another one, with its TLS port."""
        self.vms.sys("set", "user", "JONES", "--privileges", "TMPMBX,NETMBX,OPER")
        before = self.vms.pids("POP_SERVER")
        pop = poplib.POP3("127.0.0.1", self.vms.pop, timeout=30)
        pop.user("jones")
        pop.pass_("abra")
        self.assertIn(b"+OK", pop._shortcmd("XTND SHUTDOWN"))
        pop.quit()
        self.assertTrue(wait_for(lambda: not set(before) & set(self.vms.pids("POP_SERVER"))))
        self.assertEqual(len(pop_all(self.vms.pop, "smith", "sesame")), self.count)
        pop = poplib.POP3_SSL("localhost", self.vms.pops, context=self.context, timeout=30)
        pop.quit()

    def memory(self):
        total = 0
        for pid in self.vms.pids():
            with open(f"/proc/{pid}/smaps_rollup") as f:
                total += int(re.search(r"^Pss:\s+(\d+)", f.read(), re.M).group(1))
        return total

    def test_thousand_idle_connections(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
        def dial():
            s = self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.vms.pops), 60), server_hostname="localhost")
            self.assertTrue(s.recv(512).startswith(b"+OK"))
            return s
        held = [dial() for _ in range(20)]
        before = self.memory()
        held += [dial() for _ in range(IDLE)]
        per = (self.memory() - before) / IDLE
        print(f"\n{IDLE} idle TLS connections: {per:.1f} KiB each", file=sys.stderr)
        last = held[-1]
        last.sendall(b"USER smith\r\nPASS sesame\r\nSTAT\r\n")
        answer = b""
        while answer.count(b"\r\n") < 3:
            answer += last.recv(1000)
        self.assertIn(f"+OK {self.count} ".encode(), answer)
        for s in held:
            s.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        self.assertLess(per, IDLE_KIB)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Mail for other hosts under TLS and with a login: Postfix, and a server that takes seven bits and wants AUTH."""
import base64
import os
import smtplib
import ssl
import subprocess
import tempfile
import unittest

from peers import Dns, Postfix, RELAY, Sink, System, both, compose, main, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame"}


def certificate(folder, name):
    """A self-signed certificate for the host, with its key."""
    paths = [os.path.join(folder, name + kind) for kind in (".crt", ".key")]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                    "-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name, "-keyout", paths[1], "-out", paths[0]],
                   check=True, capture_output=True)
    return paths


class Hub(Sink):
    """A smarthost: STARTTLS, then AUTH, then one message after the other; no 8BITMIME, no DSN."""
    name = "hub.test"

    def __init__(self, crt, key, users, mechanisms="PLAIN LOGIN XOAUTH2"):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(crt, key)
        self.users, self.mechanisms, self.logins, self.known = users, mechanisms, [], set()
        super().__init__()

    def check(self, words, f):
        def more(challenge):
            self.say(f, "334 " + challenge)
            return base64.b64decode(f.readline())
        if words[0] == b"LOGIN":
            user, secret = more("VXNlcm5hbWU6"), more("UGFzc3dvcmQ6")
        elif words[0] == b"PLAIN":
            _, user, secret = base64.b64decode(words[1]).split(b"\0")
        else:
            fields = base64.b64decode(words[1]).split(b"\1")
            user, secret = fields[0][5:], fields[1][len(b"auth=Bearer "):]
        self.logins.append((words[0].decode(), user.decode()))
        return self.users.get(user.decode()) == secret.decode()

    def extensions(self, s):
        return ["PIPELINING", "AUTH " + self.mechanisms if isinstance(s, ssl.SSLSocket) else "STARTTLS"]

    def answer(self, s, f, verb, rest):
        tls = isinstance(s, ssl.SSLSocket)
        if verb == "STARTTLS" and not tls:
            self.say(f, "220 go")
            with self.context.wrap_socket(s, server_side=True) as secured, secured.makefile("rwb") as g:
                self.talk(secured, g)
            return None
        if not tls and verb not in ("EHLO", "QUIT"):
            return "530 5.7.0 STARTTLS first"
        if verb == "AUTH":
            if not self.check(rest.split(), f):
                return "535 5.7.8 who are you"
            self.known.add(s)
            return "235 2.7.0 welcome"
        if verb == "MAIL" and s not in self.known:
            return "530 5.7.0 log in first"
        return super().answer(s, f, verb, rest)


def symbiont_log(vms):
    return vms.log("TCPIP$SMTP_LOGFILE.LOG")


def send(vms, to, body=b"text\r\n"):
    with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=60) as client:
        client.sendmail("smith@node.vms.test", [to], compose("plain", body), ["BODY=8BITMIME"])


class Outbound(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def login(self, vms, text):
        vms.sys("file", "write", "SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP_LOGINS.TXT", "--owner", "SYSTEM", input=text)

    @unittest.skipUnless(os.geteuid() == 0 and os.path.exists("/usr/lib/postfix/sbin/master"), "needs root and Postfix")
    def test_postfix_under_tls_and_with_its_certificate(self):
        crt, key = certificate(self.folder.name, "mx.pf.test")
        settings = {"smtpd_tls_cert_file": crt, "smtpd_tls_key_file": key, "smtpd_tls_security_level": "may",
                    "smtpd_tls_received_header": "yes"}
        with Postfix(settings) as postfix, Dns(["pf.test MX 10 mx.pf.test", "mx.pf.test A 127.0.0.1",
                                                "bad.test MX 10 other.pf.test", "other.pf.test A 127.0.0.1"]) as dns:
            conf = both(RELAY, {"conf": {"Send-Tls-Policy": "pf.test=VERIFY, bad.test=VERIFY",
                                         "Send-Ca-File": "SYS$SYSDEVICE:[000000]CA.PEM"}})
            with System(users=USERS, dns=dns.port, mail_port=postfix.port, **conf) as vms:
                with open(crt) as f:
                    vms.sys("file", "write", "SYS$SYSDEVICE:[000000]CA.PEM", input=f.read())
                send(vms, "box@pf.test")
                self.assertTrue(wait_for(lambda: len(postfix.delivered()) == 1, 30), symbiont_log(vms) + postfix.log()[-2000:])
                self.assertIn(b"using TLS", postfix.delivered()[0])
                send(vms, "box@bad.test")  # the certificate names another host: the message waits
                waits = wait_for(lambda: [e for e in vms.entries() if "Holding" in e["state"] or "Timed" in e["state"]], 30)
                self.assertTrue(waits, symbiont_log(vms))
                self.assertEqual(len(postfix.delivered()), 1)
                self.assertIn("not to be trusted", symbiont_log(vms))
                self.assertEqual(vms.violations(), "")

    def test_smarthost_wants_a_login(self):
        crt, key = certificate(self.folder.name, "hub.test")
        secrets = {"smith": "two words", "token@hub.test": "ya29.abc"}
        with Hub(crt, key, secrets) as hub, Dns(["hub.test A 127.0.0.1"]) as dns:
            conf = both(RELAY, {"conf": {"Alternate-Gateway": "hub.test", "Zone": "vms.test",
                                         "Symbiont-Connection-Idle": "0 00:00:00"}})
            with System(users=USERS, dns=dns.port, **conf) as vms:
                self.login(vms, f'! the provider\nhub.test:{hub.port} PLAIN smith "two words"\n')
                send(vms, "a@far.test", "Grüße = 8 bit\r\n".encode())
                self.assertTrue(wait_for(lambda: len(hub.messages) == 1, 30), symbiont_log(vms))
                to, text = hub.messages[0]
                self.assertEqual(to, ["a@far.test"])
                self.assertTrue(text.isascii())
                self.assertIn(b"Gr=C3=BC=C3=9Fe =3D 8 bit", text)
                self.assertIn(b"Content-Transfer-Encoding: quoted-printable", text)
                self.login(vms, f"hub.test:{hub.port} LOGIN smith \"two words\"\n")
                vms.sys("file", "write", "SYS$SPECIFIC:[TCPIP$SMTP]TOKEN.TXT", "--owner", "SYSTEM", input="ya29.abc\n")
                send(vms, "b@far.test")
                self.assertTrue(wait_for(lambda: len(hub.messages) == 2, 30), symbiont_log(vms))
                self.login(vms, f"hub.test:{hub.port} XOAUTH2 token@hub.test @SYS$SPECIFIC:[TCPIP$SMTP]TOKEN.TXT\n")
                send(vms, "c@far.test")
                self.assertTrue(wait_for(lambda: len(hub.messages) == 3, 30), symbiont_log(vms))
                self.assertTrue(wait_for(lambda: not vms.entries()))
                # a wrong secret keeps the mail here, and a file that others can read is not used
                self.login(vms, f"hub.test:{hub.port} PLAIN smith wrong\n")
                send(vms, "d@far.test")
                self.assertTrue(wait_for(lambda: "refuses our login" in symbiont_log(vms), 30), symbiont_log(vms))
                vms.sys("file", "write", "SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP_LOGINS.TXT", input=f"hub.test:{hub.port} PLAIN smith x\n")
                send(vms, "e@far.test")
                self.assertTrue(wait_for(lambda: "can be read by GROUP or WORLD" in symbiont_log(vms), 30), symbiont_log(vms))
                self.assertEqual(len(hub.messages), 3)
                self.assertEqual(len(vms.entries()), 2)
                self.assertNotIn("two words", symbiont_log(vms))
                self.assertEqual([m for m, _ in hub.logins][:3], ["PLAIN", "LOGIN", "XOAUTH2"])
                self.assertEqual(vms.violations(), "")


if __name__ == "__main__":
    main()

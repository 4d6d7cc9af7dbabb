#!/usr/bin/env python3
"""The checks of 18.6 with a real client (swaks) and a real name server (unbound); slow DNS; accounting; flood of refusals."""
import os
import re
import smtplib
import socket
import subprocess
import threading
import time
import unittest

from peers import Dns, System, Unbound, compose, main, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame"}


def swaks(vms, *words, source=None, sender="a@good.test", to="smith@node.vms.test"):
    """Output of swaks; it tells replies as '<-  250 text' and refusals as '<** 553 text'."""
    command = ["swaks", "--server", "127.0.0.1", "--port", str(vms.smtp), "--from", sender, "--to", to,
               "--ehlo", "desk.good.test", "--body", "text", *words]
    if source:
        command += ["--local-interface", source]
    return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout


class Antispam(unittest.TestCase):
    ROWS = ["good.test. IN MX 10 mx.good.test.", "mx.good.test. IN A 127.0.0.9", "host.test. IN A 127.0.0.9",
            "3.0.0.127.rbl.test. IN A 127.0.0.2", "4.0.0.127.dead.test. IN A 198.51.100.1",
            "friend.test. IN MX 10 node.vms.test.", "bad.test. IN MX 10 gate.bad.test.", "gate.bad.test. IN A 127.0.0.6",
            "1.0.0.127.in-addr.arpa. IN PTR one.test.", "3.0.0.127.in-addr.arpa. IN PTR three.test.",
            "4.0.0.127.in-addr.arpa. IN PTR four.test.", "6.0.0.127.in-addr.arpa. IN PTR six.test."]
    ZONES = [("test.", "static"), ("127.in-addr.arpa.", "static")]
    CONF = {"RBLs": "dead.test, rbl.test", "Bad-Clients": "bad.test", "Reject-Unbacktranslatable-IP": "ON",
            "Relay": "ON", "Good-Clients": "127.0.0.9", "Relay-Zones": "zone.test", "Relay-Based-On-Mx": "ON",
            "Security": "FRIENDLY", "SPAM-Action": "OPCOM, ACCOUNTING", "Reject-Mail-From": "*bulk*@*"}

    @classmethod
    def setUpClass(cls):
        cls.dns = Unbound(cls.ROWS, cls.ZONES)
        cls.addClassCleanup(cls.dns.close)
        cls.vms = System(users=USERS, dns=cls.dns.port, conf=cls.CONF)
        cls.addClassCleanup(cls.vms.close)

    def tearDown(self):
        self.assertEqual(self.vms.violations(), "")

    def test_clients(self):
        for source, said in (("127.0.0.1", "<-  220 "), ("127.0.0.3", "Your IP address is in my RBL list."),
                             ("127.0.0.4", "<-  220 "),  # a list whose domain was sold answers with anything
                             ("127.0.0.5", "I can't backtranslate your IP address to a host name."),
                             ("127.0.0.6", "Your IP address or subnet is in my list of bad ones."),
                             ("127.0.0.9", "<-  220 ")):
            with self.subTest(source):
                self.assertIn(said, swaks(self.vms, "--quit-after", "EHLO", source=source))
        self.assertTrue(wait_for(lambda: "spam event Client-In-RBL: client 127.0.0.3" in self.vms.log()))
        accounting = wait_for(lambda: re.search(r" USER NODE TCPIP\$SMTP .*SMTP spam event Client-In-RBL: client 127\.0\.0\.3",
                                                self.vms.log("ACCOUNTNG.DAT")))
        self.assertTrue(accounting, self.vms.log("ACCOUNTNG.DAT"))

    def test_senders(self):
        for sender, said in (("a@good.test", "<-  250 2.1.0"), ("a@host.test", "<-  250 2.1.0"), ("<>", "<-  250 2.1.0"),
                             ("x@nowhere.test", "553 5.1.8 That sender address is unresolvable into a host name or MX domain."),
                             ("smith@desk", "553 5.1.8 That sender address is unqualified."),
                             ("the.bulk.mailer@good.test", "553 5.7.1 That sender address is in my list of bad ones.")):
            with self.subTest(sender):
                self.assertIn(said, swaks(self.vms, "--quit-after", "MAIL", sender=sender))

    def test_recipients(self):
        for to, source, said in (("smith@node.vms.test", "127.0.0.1", "<-  250 2.1.5"), ("x@host.zone.test", "127.0.0.1", "<-  250 2.1.5"),
                                 ("x@friend.test", "127.0.0.1", "<-  250 2.1.5"), ("x@far.test", "127.0.0.9", "<-  250 2.1.5"),
                                 ("x@far.test", "127.0.0.1", "550 5.7.1 Both you and the recipient are unknown to me. I will not relay.")):
            with self.subTest(to=to, source=source):
                self.assertIn(said, swaks(self.vms, "--quit-after", "RCPT", to=to, source=source))

    def test_bad_clients_flood_does_not_hold_up_mail(self):
        def knock():
            for _ in range(50):
                with socket.create_connection(("127.0.0.1", self.vms.smtp), 30, ("127.0.0.6", 0)) as s:
                    self.assertTrue(s.recv(512).startswith(b"421 "))
        threads = [threading.Thread(target=knock) for _ in range(4)]
        for t in threads:
            t.start()
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=60) as client:
            client.sendmail("a@good.test", ["smith@node.vms.test"], compose("plain", b"text\r\n"))
        for t in threads:
            t.join()
        self.assertTrue(wait_for(lambda: len(self.vms.mail("SMITH")) == 1, 30))


class SlowDns(unittest.TestCase):
    def test_silent_name_server_costs_a_bounded_time(self):
        with Dns(["x SILENT x", "2.0.0.127.slow.test SILENT x", "good.test SILENT x", "1.0.0.127.slow.test SILENT x"]) as dns:
            conf = {"RBLs": "slow.test", "Spam-Lookup-Time": "1"}
            with System(users=USERS, dns=dns.port, conf=conf) as vms:
                start = time.time()
                with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=60) as client:
                    self.assertEqual(client.ehlo("x")[0], 250)
                    self.assertEqual(client.docmd("MAIL FROM:<a@good.test>")[0], 451)
                    self.assertEqual(client.docmd("MAIL FROM:<>")[0], 250)
                self.assertLess(time.time() - start, 30)
                self.assertEqual(vms.violations(), "")


class Changes(unittest.TestCase):
    def test_changed_conf_and_reject_file_count_without_a_restart(self):
        with System(users=USERS, files={"RULES.": "* * smith@* y \"not today\"\n"},
                    conf={"Reject-File": "TCPIP$SMTP_COMMON:RULES."},
                    logicals={"TCPIP$SMTP_CONFIG_CHECK_TIME": "1"}) as vms:
            def reply():
                with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=60) as client:
                    client.ehlo("x")
                    client.docmd("MAIL FROM:<a@good.test>")
                    return client.docmd("RCPT TO:<smith@node.vms.test>")
            self.assertEqual(reply(), (553, b"5.7.1 not today"))
            vms.common_file("RULES.", "* * jones@* y\n")
            self.assertTrue(wait_for(lambda: reply()[0] == 250, 20, 0.2))
            vms.common_file("TCPIP$SMTP.CONF", "Bad-Clients: 127.0.0.1\nBad-Clients-Text: closed\n")

            def greeting():
                with socket.create_connection(("127.0.0.1", vms.smtp), 30) as s:
                    return s.recv(512)
            self.assertTrue(wait_for(lambda: greeting() == b"421 4.7.0 node.vms.test closed\r\n", 20, 0.2))
            self.assertEqual(vms.violations(), "")
            self.assertEqual(os.path.exists(os.path.join(vms.root, "SYS0", "TCPIP$SMTP")), True)


if __name__ == "__main__":
    main()

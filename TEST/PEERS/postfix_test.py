#!/usr/bin/env python3
"""Postfix as sender to us and as our next hop."""
import os
import smtplib
import unittest

from peers import Dns, EXACT, Postfix, RELAY, System, both, compose, corpus, free_port, main, pop_all, split_message, subject_of, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame"}


@unittest.skipUnless(os.geteuid() == 0 and os.path.exists("/usr/lib/postfix/sbin/master"), "needs root and Postfix")
class WithPostfix(unittest.TestCase):
    def test_postfix_sends_to_us(self):
        names = ["plain", "utf8", "dots", "empty_lines", "long998", "big", "multipart"]
        bodies = corpus()
        with System(users=USERS, **EXACT) as vms:
            with Postfix({"relayhost": f"[127.0.0.1]:{vms.smtp}"}) as postfix:
                with smtplib.SMTP("127.0.0.1", postfix.port, timeout=60) as client:
                    for name in names:
                        client.sendmail("sender@pf.test", ["smith@node.vms.test"], compose(name, bodies[name]), ["BODY=8BITMIME"])
                self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == len(names), 60), postfix.log()[-3000:])
            got = {subject_of(m): m for m in pop_all(vms.pop, "smith", "sesame")}
            for name in names:
                self.assertEqual(split_message(got["corpus " + name])[1], bodies[name], name)
            self.assertEqual(vms.violations(), "")

    def test_postfix_is_our_next_hop(self):
        names = ["plain", "utf8", "dots", "lengths", "big", "multipart"]
        bodies = corpus()
        with Postfix() as postfix, Dns(["example.net MX 10 mx.pf.test", "pf.test MX 10 mx.pf.test", "mx.pf.test A 127.0.0.1"]) as dns:
            with System(users=USERS, dns=dns.port, mail_port=postfix.port, **RELAY) as vms:
                with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=60) as client:
                    for name in names:
                        client.sendmail("sender@example.net", ["one@pf.test", "two@pf.test"], compose(name, bodies[name]), ["BODY=8BITMIME"])
                self.assertTrue(wait_for(lambda: len(postfix.delivered()) >= len(names), 60), vms.sys("show", "queue") + vms.log())
                self.assertTrue(wait_for(lambda: not vms.entries(), 30))
                got = {}
                for m in postfix.delivered():
                    m = m.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
                    got[subject_of(m)] = m
                for name in names:
                    self.assertEqual(split_message(got["corpus " + name])[1], bodies[name], name)
                self.assertEqual(vms.control_files(), [])
                self.assertEqual(vms.violations(), "")

    def test_through_postfix_and_back(self):
        names = [n for n in corpus() if n not in ("all_octets", "controls")]  # Postfix rewrites some controls
        bodies = corpus()
        with Dns(["example.net MX 10 mx.round.test", "round.test MX 10 mx.round.test", "mx.round.test A 127.0.0.1"]) as dns:
            port = free_port()
            with System(users=USERS, dns=dns.port, mail_port=port, **both(RELAY, EXACT)) as vms:
                back = {"relayhost": f"[127.0.0.1]:{vms.smtp}",
                        "recipient_canonical_maps": "inline:{{smith@round.test=smith@node.vms.test}}"}
                with Postfix(back, port=port) as postfix:
                    with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=60) as client:
                        for name in names:
                            client.sendmail("sender@example.net", ["smith@round.test"], compose(name, bodies[name]), ["BODY=8BITMIME"])
                    self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == len(names), 60, 0.1),
                                    vms.sys("show", "queue") + postfix.log()[-3000:])
                got = {subject_of(m): m for m in pop_all(vms.pop, "smith", "sesame")}
                for name in names:
                    self.assertEqual(split_message(got["corpus " + name])[1], bodies[name], name)
                self.assertEqual(vms.violations(), "")

    def test_refusal_becomes_one_bounce(self):
        with Postfix({"smtpd_recipient_restrictions": "check_recipient_access inline:{{gone@pf.test=REJECT no such person here}},"
                      "permit_mynetworks,reject"}) as postfix, \
                Dns(["example.net MX 10 mx.pf.test", "pf.test MX 10 mx.pf.test", "mx.pf.test A 127.0.0.1"]) as dns:
            with System(users=USERS, dns=dns.port, mail_port=postfix.port, **both(RELAY, EXACT)) as vms:
                with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=60) as client:
                    client.sendmail("smith@node.vms.test", ["gone@pf.test", "here@pf.test"], compose("plain", b"text\r\n"))
                self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == 1, 30), vms.sys("show", "queue"))
                self.assertTrue(wait_for(lambda: len(postfix.delivered()) == 1, 30))
                bounce = pop_all(vms.pop, "smith", "sesame")[0]
                for text in (b"gone@pf.test", b"no such person here", b"message/delivery-status", b"Action: failed", b"Status: 5."):
                    self.assertIn(text, bounce)
                self.assertNotIn(b"Final-Recipient: rfc822; here@pf.test", bounce)
                self.assertTrue(wait_for(lambda: not vms.entries()))
                self.assertEqual(vms.violations(), "")


if __name__ == "__main__":
    main()

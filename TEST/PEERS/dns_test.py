#!/usr/bin/env python3
"""Routing with unbound: MX preferences, a dead primary, an unreachable domain, null MX, temporary failures."""
import smtplib
import unittest

from peers import Dns, RELAY, System, Unbound, compose, free_port, main, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame"}


def send(vms, *recipients, sender="smith@node.vms.test"):
    with smtplib.SMTP("127.0.0.1", vms.smtp, timeout=60) as client:
        client.sendmail(sender, list(recipients), compose("plain", b"text\r\n", sender))


class Routing(unittest.TestCase):
    def test_dead_primary_falls_back_to_next_preference(self):
        port = free_port()
        rows = ["far.test. IN MX 10 dead.far.test.", "far.test. IN MX 20 live.far.test.",
                "dead.far.test. IN A 127.0.0.2", "live.far.test. IN A 127.0.0.3"]
        with Unbound(rows, [("far.test.", "static")]) as dns:
            with System(node="FAR", users=USERS, smtp=port, conf={"Substitute-Domain": "far.test"}) as far:
                far.sys("service", "disable", "SMTP")
                far.sys("service", "set", "SMTP", "--address", "127.0.0.3")
                far.sys("service", "enable", "SMTP")
                with System(users=USERS, dns=dns.port, mail_port=port, **RELAY) as vms:
                    send(vms, "smith@far.test")
                    self.assertTrue(wait_for(lambda: len(far.mail("SMITH")) == 1, 30), vms.sys("show", "queue") + vms.log())
                    self.assertTrue(wait_for(lambda: not vms.entries()))
                    self.assertEqual(vms.violations() + far.violations(), "")

    def test_unreachable_host_is_retried_then_bounced_after_three_days(self):
        with Dns(["gone.test MX 10 mx.gone.test", "mx.gone.test A 127.0.0.2"]) as dns:
            with System(users=USERS, dns=dns.port, mail_port=free_port(), **RELAY) as vms:
                send(vms, "somebody@gone.test")
                waiting = wait_for(lambda: [e for e in vms.entries() if "Holding" in e["state"] or "Timed" in e["state"]], 30)
                self.assertTrue(waiting, vms.sys("show", "queue"))
                self.assertEqual(len(vms.control_files()), 1)
                for _ in range(4):
                    vms.move_clock("0 01:00:00")
                    self.assertTrue(wait_for(lambda: [e for e in vms.entries() if "Holding" in e["state"] or "Timed" in e["state"]], 30))
                self.assertEqual(vms.mail("SMITH"), [])
                vms.move_clock("3 00:00:00")
                self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == 1, 30), vms.sys("show", "queue"))
                self.assertTrue(wait_for(lambda: not vms.entries() and not vms.control_files()))
                self.assertEqual(vms.violations(), "")

    def test_unknown_domain_bounces_temporary_failure_waits(self):
        with Dns(["soft.test FAIL 2", "nullmx.test MX 0 ."]) as dns:
            with System(users=USERS, dns=dns.port, mail_port=free_port(), **RELAY) as vms:
                send(vms, "a@soft.test")
                send(vms, "b@nosuchdomain.test")
                send(vms, "c@nullmx.test")
                self.assertTrue(wait_for(lambda: len(vms.mail("SMITH")) == 2, 30), vms.sys("show", "queue"))
                self.assertTrue(wait_for(lambda: len(vms.entries()) == 1))
                self.assertEqual(vms.violations(), "")

    def test_slow_destination_does_not_hold_up_the_others(self):
        import socket
        silent = socket.socket()
        silent.bind(("127.0.0.2", 0))
        silent.listen(64)
        port = silent.getsockname()[1]
        with Dns(["slow.test MX 10 mx.slow.test", "mx.slow.test A 127.0.0.2", "fast.test MX 10 mx.fast.test", "mx.fast.test A 127.0.0.1"]) as dns:
            with System(node="FAST", users=USERS, smtp=port, conf={"Substitute-Domain": "fast.test"}) as fast:
                with System(users=USERS, dns=dns.port, mail_port=port, **RELAY) as vms:
                    send(vms, "a@slow.test")
                    for _ in range(3):
                        send(vms, "smith@fast.test")
                    self.assertTrue(wait_for(lambda: len(fast.mail("SMITH")) == 3, 20), vms.sys("show", "queue"))
        silent.close()

    def test_ipv6_only_host(self):
        import socket
        try:
            with socket.socket(socket.AF_INET6) as s:
                s.bind(("::1", 0))
        except OSError:
            self.skipTest("no IPv6 loopback")
        port = free_port()
        with Dns(["six.test MX 10 mx.six.test", "mx.six.test AAAA ::1"]) as dns:
            with System(node="SIX", users=USERS, smtp=port, conf={"Substitute-Domain": "six.test"}) as six:
                six.sys("service", "disable", "SMTP")
                six.sys("service", "set", "SMTP", "--address", "::1")
                six.sys("service", "enable", "SMTP")
                with System(users=USERS, dns=dns.port, mail_port=port, **RELAY) as vms:
                    send(vms, "smith@six.test")
                    self.assertTrue(wait_for(lambda: len(six.mail("SMITH")) == 1, 30), vms.sys("show", "queue") + vms.log())


if __name__ == "__main__":
    main()

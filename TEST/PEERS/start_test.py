#!/usr/bin/env python3
"""Starts while something is broken: each service that an image calls until it serves fails, at every call, when the image
starts.  Whatever fails: it works all the same or says why not (its log or the operator's), nothing turns in a loop,
no mail is lost, and when the trouble is over it works again.
"""
import collections
import smtplib
import socket
import sys
import time
import unittest

from peers import EXACT, System, compose, main, pop_all, subject_of, wait_for

SS_ABORT = 44
# A process without these is none: waking itself, its exit, the memory below 4 GB being given back
LIFE = {"sys$wake", "sys$exit", "sys$dclexh", "lib$free_vm"}
MANY = 2000  # forced failures of one service during one start: more is a loop


def first_line(port, give_up, seconds=20):
    """What the server says first; b"" when it closed, or when give_up() said that nothing will come."""
    end = time.time() + seconds
    out = b""
    with socket.create_connection(("127.0.0.1", port), 5) as s:
        s.settimeout(0.05)
        while time.time() < end and not out.endswith(b"\r\n"):
            try:
                part = s.recv(1000)
            except socket.timeout:
                if give_up():
                    break
                continue
            except ConnectionResetError:
                break
            if not part:
                break
            out += part
    return out


class Starts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vms = System(users={"SYSTEM": "manager", "SMITH": "sesame"}, queues=2, **EXACT)
        cls.addClassCleanup(cls.vms.close)

    def logs(self, log):
        """Lines of the operator's log and of an image's, all versions: what is new is what a later look has more of."""
        return collections.Counter((self.vms.log() + self.vms.log(log)).splitlines())

    def services(self, image):
        lines = self.vms.sys("fault", "calls", "TCPIP$" + image + "*").splitlines()
        return sorted({line.split()[0] for line in lines if not line.startswith("crash:")} - LIFE)

    # -- receiver and POP server: the auxiliary server starts them at the first connection
    def again(self, service, image):
        self.vms.sys("service", "disable", service)
        self.assertTrue(wait_for(lambda: not self.vms.pids(image)))

    def server(self, service, image, port, log, greeting):
        self.again(service, image)
        self.vms.sys("fault", "forget")
        self.vms.sys("service", "enable", service)
        self.assertTrue(first_line(port, lambda: False).startswith(greeting))
        services = self.services(image)
        self.assertGreater(len(services), 5)
        right = set()
        for name in services:
            with self.subTest(service=name):
                self.again(service, image)
                said = self.logs(log)
                operator = len(self.vms.log())
                self.vms.sys("fault", "arm", "TCPIP$" + image + "*", name, 1, 0, SS_ABORT)
                self.vms.sys("service", "enable", service)
                line = first_line(port, lambda: "process ended" in self.vms.log()[operator:])
                forced = self.vms.forced()
                self.vms.sys("fault", "clear")
                self.assertGreater(forced, 0)
                self.assertLess(forced, MANY, "it turns in a loop")
                if line:
                    self.assertTrue(line.startswith(greeting), line)
                    self.assertIn(b"node.vms.test", line, "it serves under a wrong name")
                    right.add(name)
                else:
                    told = "\n".join(self.logs(log) - said)
                    self.assertIn(" start reason=", told, "no word why it does not start")
                self.again(service, image)
                self.vms.sys("service", "enable", service)
                self.assertTrue(first_line(port, lambda: False).startswith(greeting), "it does not go on")
        print(f"{image}: {len(services)} services, {len(right)} of them not missed", file=sys.stderr)

    def test_receiver(self):
        self.server("SMTP", "SMTP_RECEIVER", self.vms.smtp, "TCPIP$SMTP_RECV_RUN.LOG", b"220 ")

    def test_pop(self):
        self.server("POP", "POP_SERVER", self.vms.pop, "TCPIP$POP_RUN.LOG", b"+OK ")

    # -- symbiont: the job controller starts it with its queues
    def stop_queues(self):
        for n in range(1, self.vms.queues + 1):
            self.vms.sys("stop", "queue", f"TCPIP$SMTP_NODE_{n:02d}", check=False)
        self.assertTrue(wait_for(lambda: not self.vms.pids("SMTP_SYMBIONT"), 30))

    def start_queues(self):
        for n in range(1, self.vms.queues + 1):
            self.vms.sys("start", "queue", f"TCPIP$SMTP_NODE_{n:02d}", check=False)

    def send(self, name):
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=20) as client:
            client.sendmail("a@example.net", ["smith@node.vms.test"], compose(name, b"text\r\n"))

    def settled(self):
        """Delivered, put off, or the queues have given up."""
        entries = self.vms.entries()
        if not entries or all(e["state"] == "Holding until" for e in entries):
            return True
        return all("stopped" in line for line in self.vms.sys("show", "queue").lower().splitlines() if "smtp_node_0" in line
                   and "node_00" not in line)

    def test_symbiont(self):
        log, image = "TCPIP$SMTP_LOGFILE.LOG", "TCPIP$SMTP_SYMBIONT*"
        self.stop_queues()
        self.vms.sys("fault", "forget")
        started = lambda: self.vms.log(log).count("start_stream stream=1")  # noqa: E731
        before = started()
        self.start_queues()
        self.assertTrue(wait_for(lambda: started() > before))
        services = self.services("SMTP_SYMBIONT")  # what a job calls, sweep_test has
        self.assertGreater(len(services), 10)
        for number, name in enumerate(services):
            with self.subTest(service=name):
                self.stop_queues()
                said = self.logs(log)
                self.send(f"start{number}")
                self.vms.sys("fault", "arm", image, name, 1, 0, SS_ABORT)
                self.start_queues()
                wait_for(self.settled, 3)
                forced = self.vms.forced()
                delivered = not self.vms.entries()
                self.vms.sys("fault", "clear")
                told = "\n".join(self.logs(log) - said)
                self.assertLess(forced, MANY, "it turns in a loop")
                if forced and not delivered:
                    self.assertRegex(told, r" [EW] \S+ \w+|QMAN-W-SYMDEL", "no word why nothing is delivered")
                for _ in range(4):
                    self.start_queues()
                    if wait_for(lambda: not self.vms.entries(), 1):
                        break
                    self.vms.move_clock("0 01:00:01")
                self.assertTrue(wait_for(lambda: not self.vms.entries(), 10), self.vms.sys("show", "queue"))
                got = [subject_of(m) for m in pop_all(self.vms.pop, "smith", "sesame", delete=True)]
                self.assertIn(f"corpus start{number}", got)
        self.assertNotIn("SYS$OUTPUT", self.vms.violations())
        print(f"SMTP_SYMBIONT: {len(services)} services", file=sys.stderr)


if __name__ == "__main__":
    main()

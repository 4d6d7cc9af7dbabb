#!/usr/bin/env python3
"""Two nodes on one system disk and one queue database: they share mail, and one finishes what the other leaves."""
import smtplib
import socket
import threading
import unittest

from peers import EXACT, RELAY, Dns, Sink, System, both, compose, main, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame"}
BODY = b"a body of some lines\r\n" * 100
# what finds no place at the exchange waits in its stream: then no node can take more than its share
PATIENT = {"TCPIP$SMTP_SYMB_BUSY_WAIT": "0 01:00:00"}
STREAMS = 3  # execution queues of each node


class Exchange(Sink):
    """A mail exchanger that answers no RCPT while its door is shut."""
    name = "mx.far.test"

    def __init__(self):
        self.door = threading.Event()
        self.door.set()
        self.waiting = 0  # conversations before the door
        super().__init__()

    def answer(self, s, f, verb, rest):
        if verb == "RCPT":
            with self.lock:
                self.waiting += 1
            self.door.wait()
            with self.lock:
                self.waiting -= 1
        return super().answer(s, f, verb, rest)

    def close(self):
        self.door.set()
        super().close()


class Node(System):
    """One of the nodes A and B.  B lives on A's disk, which is A's to remove."""

    def __init__(self, node, first=None, **more):
        super().__init__(node=node, users=USERS, queues=0, boot=False, root=first and first.root, **more)
        self.first = first

    def create(self):
        if self.first:
            self.startup = ""
        else:
            super().create()
        self.startup = "".join(f"{w}\n" for w in self.startup.splitlines() if not w.startswith("init queue"))
        for n in range(1, STREAMS + 1):
            self.startup += f"init queue TCPIP$SMTP_{self.node}_{n:02d} --processor TCPIP$SMTP_SYMBIONT --autostart-on {self.node}:: --start\n"

    def join(self):
        """The generic queue feeds both nodes, whose queues must be there."""
        targets = ",".join(f"TCPIP$SMTP_{node}_{n:02d}" for node in "AB" for n in range(1, STREAMS + 1))
        self.sys("init", "queue", f"TCPIP$SMTP_{self.node}_00", "--generic", targets, "--start")

    def pids(self, image=None):
        """Of this node alone; what the job controllers start inherits SHIM_NODE."""
        mark, found = b"SHIM_NODE=" + self.node.encode(), []
        for pid in super().pids(image):
            try:
                with open(f"/proc/{pid}/environ", "rb") as f:
                    if mark in f.read().split(b"\0"):
                        found.append(pid)
            except OSError:
                pass
        return found

    def boot_again(self):
        """Its start-up but for the service, which the other node has."""
        self.sys("boot")
        self.booted = True

    def greeting(self):
        with socket.create_connection(("127.0.0.1", self.smtp), 20) as s:
            return s.recv(100)

    def close(self):
        self.keep = self.keep or self.first is not None
        super().close()


class Cluster(unittest.TestCase):
    def setUp(self):
        self.exchange = Exchange()
        self.addCleanup(self.exchange.close)
        self.dns = Dns(["example.net A 127.0.0.1", "far.test MX 10 mx.far.test", "mx.far.test A 127.0.0.1"])
        self.addCleanup(self.dns.close)
        self.a = Node("A", dns=self.dns.port, mail_port=self.exchange.port, **both(EXACT, RELAY, logicals=PATIENT))
        self.addCleanup(self.a.close)
        self.b = Node("B", first=self.a)
        self.addCleanup(self.b.close)
        for node in (self.a, self.b):
            node.create()
            node.boot()
        for node in (self.a, self.b):
            node.join()

    def send(self, names):
        with smtplib.SMTP("127.0.0.1", self.a.smtp, timeout=60) as client:
            for name in names:
                client.sendmail("s@example.net", [f"{name}@far.test", "smith@a.vms.test"], compose(name, BODY))

    def nodes_at_work(self):
        """None while the queue manager's successor takes over."""
        try:
            entries = self.b.entries()
        except RuntimeError:
            return None
        return {e["queue"][len("TCPIP$SMTP_")] for e in entries if e["state"] == "Executing" and e["queue"][-2:] != "00"}

    def check(self, node, names):
        """Everybody has everything, once."""
        self.assertTrue(wait_for(lambda: not node.entries(), 60, 0.1), node.sys("show", "queue"))
        want = sorted("corpus " + n for n in names)
        self.assertEqual(sorted(to for to, _ in self.exchange.messages), sorted([f"{n}@far.test"] for n in names))
        for to, text in self.exchange.messages:
            self.assertTrue(text.endswith(BODY), to)
        self.assertEqual(sorted(m["subject"] for m in node.mail("SMITH")), want)
        self.assertEqual(node.control_files() + self.a.control_files(), [])
        self.assertEqual(node.violations(), "")

    def both_at_work(self, names):
        """The door is shut: mail for users here is delivered, and each node waits with the rest of its mail."""
        self.assertTrue(wait_for(lambda: self.exchange.waiting == 0, 60))
        self.exchange.door.clear()
        self.send(names)
        # a process keeps one stream from a slow destination
        self.assertTrue(wait_for(lambda: self.exchange.waiting == 2 * (STREAMS - 1), 60), self.b.sys("show", "queue"))
        self.assertEqual(self.nodes_at_work(), {"A", "B"})

    def test_one_finishes_what_the_other_leaves(self):
        """A dies as queue manager and with the receiver, so does B, then B again as a mere member."""
        names = []
        for round, (dies, lives) in enumerate(((self.a, self.b), (self.b, self.a), (self.b, self.a))):
            with self.subTest(round=round, dies=dies.node):
                more = [f"m{round}n{n:02d}" for n in range(12)]
                names += more
                self.both_at_work(more)
                dies.kill()
                self.assertTrue(wait_for(lambda: self.nodes_at_work() == {lives.node}, 60), lives.sys("show", "queue"))
                self.exchange.door.set()
                self.check(lives, names)
                if not lives.pids("SMTP_RECEIVER"):
                    lives.sys("service", "enable", "SMTP")
                dies.boot_again()

    def test_a_node_that_is_shut_down_ends_its_jobs(self):
        names = [f"m{n:02d}" for n in range(8)]
        self.send(names)
        self.b.shutdown()
        self.check(self.a, names)
        self.assertEqual(self.b.pids(), [])
        self.assertIn(b"220 ", self.a.greeting())


if __name__ == "__main__":
    main()

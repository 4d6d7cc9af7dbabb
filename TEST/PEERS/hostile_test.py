#!/usr/bin/env python3
"""Many idle clients, slow clients, clients that never read, and a full disk."""
import os
import resource
import smtplib
import socket
import time
import unittest

from peers import EXACT, System, compose, main, pop_all, wait_for

USERS = {"SYSTEM": "manager", "SMITH": "sesame", "JONES": "abra"}
IDLE = 1000


class Hostile(unittest.TestCase):
    def setUp(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
        self.vms = System(users=USERS, **EXACT)
        self.addCleanup(self.vms.close)

    def tearDown(self):
        self.assertEqual(self.vms.violations(), "")

    def send(self, count=1, user="smith"):
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=30) as client:
            for n in range(count):
                client.sendmail("a@example.net", [user + "@node.vms.test"], compose(f"n{n}", b"text\r\n"))

    def test_thousand_idle_while_mail_flows(self):
        idle = []
        for _ in range(IDLE):
            s = socket.create_connection(("127.0.0.1", self.vms.smtp), 30)
            idle.append(s)
        for s in idle:
            self.assertTrue(s.recv(512).startswith(b"220"))
            s.sendall(b"EHLO idle.example.net\r\n")
        for s in idle:
            self.assertIn(b"250", s.recv(2048))
        self.send(20)
        self.assertTrue(wait_for(lambda: len(self.vms.mail("SMITH")) == 20, 30))
        self.assertEqual(len(pop_all(self.vms.pop, "smith", "sesame")), 20)
        pids = self.vms.pids("SMTP_RECEIVER")
        self.assertTrue(pids)
        threads = len(os.listdir(f"/proc/{pids[0]}/task"))
        self.assertLess(threads, 100, "an idle session must not cost a thread")
        for s in idle:
            s.sendall(b"NOOP\r\n")
        self.assertIn(b"250", idle[-1].recv(512))
        for s in idle:
            s.close()

    def test_one_byte_a_time_and_never_reading(self):
        slow = socket.create_connection(("127.0.0.1", self.vms.smtp), 30)
        deaf = socket.create_connection(("127.0.0.1", self.vms.smtp), 30)
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        deaf.settimeout(0.5)
        try:
            for _ in range(2000):
                deaf.sendall(b"HELP\r\n" * 50)
        except OSError:
            pass  # the receiver stops reading what it cannot answer
        slow.recv(512)
        for byte in b"EHLO slow.example.net\r\nMAIL FROM:<s@example.net>\r\nRCPT TO:<smith@node.vms.test>\r\nDATA\r\n":
            slow.sendall(bytes([byte]))
            time.sleep(0.001)
        for byte in b"Subject: slow\r\n\r\nbyte by byte\r\n.\r\nQUIT\r\n":
            slow.sendall(bytes([byte]))
            time.sleep(0.001)
        self.send(3, "jones")
        self.assertTrue(wait_for(lambda: len(self.vms.mail("JONES")) == 3, 30))
        self.assertTrue(wait_for(lambda: len(self.vms.mail("SMITH")) == 1, 30))
        deaf.close()
        slow.close()

    def test_deaf_pop_client_is_dropped_others_go_on(self):
        body = b"".join(b"line %d with some text in it to fill the socket\r\n" % n for n in range(200000))
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=60) as client:
            client.sendmail("a@example.net", ["smith@node.vms.test"], compose("huge", body))
        self.assertTrue(wait_for(lambda: len(self.vms.mail("SMITH")) == 1, 60))
        self.send(1, "jones")
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)  # before connecting: the window stays small
        deaf.settimeout(30)
        deaf.connect(("127.0.0.1", self.vms.pop))
        deaf.sendall(b"USER smith\r\nPASS sesame\r\nRETR 1\r\n")
        time.sleep(0.5)
        self.assertTrue(wait_for(lambda: len(self.vms.mail("JONES")) == 1, 30))
        self.assertEqual(len(pop_all(self.vms.pop, "jones", "abra")), 1)
        for _ in range(40):  # HP 19.1.3: 2, 4, 8, 16, 32 seconds; the kernel may take a little more at each retry
            self.vms.move_clock("0 00:00:33")
            time.sleep(0.6)  # the server looks at its clock twice a second
            if " disconnect " in self.vms.log("TCPIP$POP_RUN.LOG"):
                break
        deaf.settimeout(20)
        total = 0
        try:
            while True:
                part = deaf.recv(65536)
                if not part:
                    break
                total += len(part)
        except socket.timeout:
            self.fail("the deaf client was not dropped")
        except OSError:
            pass
        self.assertLess(total, len(body))
        deaf.close()

    def test_disk_full(self):
        self.vms.sys("fault", "disk", input="SYS0/TCPIP$SMTP full 0\n")
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=30) as client:
            client.ehlo("x.example.net")
            client.mail("a@example.net")
            client.rcpt("smith@node.vms.test")
            code, text = client.data(b"Subject: full\r\n\r\n" + b"x" * 70 + b"\r\n")
            self.assertEqual(code, 452, text)
            self.vms.sys("fault", "disk", input="")
            client.sendmail("a@example.net", ["smith@node.vms.test"], compose("after", b"text\r\n"))
        self.assertTrue(wait_for(lambda: len(self.vms.mail("SMITH")) == 1, 30))
        self.assertTrue(wait_for(lambda: not self.vms.control_files()))
        self.assertTrue(wait_for(lambda: not self.vms.entries()))

    def test_receive_timeout(self):
        s = socket.create_connection(("127.0.0.1", self.vms.smtp), 30)
        s.recv(512)
        s.sendall(b"EHLO x\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<smith@node.vms.test>\r\nDATA\r\nSubject: never ended\r\n")
        self.assertTrue(wait_for(lambda: b"354" in s.recv(4096) or True))
        s.settimeout(1)
        data = b""
        for _ in range(30):  # the time counts from the moment when the worker puts the connection aside
            self.vms.move_clock("0 00:06:00")
            try:
                part = s.recv(4096)
            except socket.timeout:
                continue
            if not part:
                break
            data += part
        self.assertIn(b"421", data)
        self.assertEqual(self.vms.control_files(), [])


if __name__ == "__main__":
    main()

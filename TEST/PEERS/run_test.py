#!/usr/bin/env python3
"""`make run` itself: without a terminal, at a terminal that is left by Ctrl-C, ended from outside, started twice."""
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from peers import System, main, wait_for
import shutil
import vmsroot

DEMO = os.path.join(vmsroot.TOP, "TEST", "SUPPORT", "demo.py")


class Run(unittest.TestCase):
    def setUp(self):
        self.build = os.environ.get("BUILD_DIR", os.path.join(vmsroot.TOP, "build"))
        self.below = tempfile.mkdtemp(prefix="run_")
        self.addCleanup(shutil.rmtree, self.below, ignore_errors=True)
        self.words = [sys.executable, DEMO, "--build", self.build, "--below", self.below]

    def left(self):
        return [p for n in ("vms", "vms2") for p in System(self.build, root=os.path.join(self.below, n), boot=False).pids()]

    def test_without_a_terminal(self):
        done = subprocess.run(self.words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("All of it happened.", done.stdout)
        self.assertNotIn("stays up", done.stdout)
        self.assertEqual(done.stderr, "")
        self.assertEqual(self.left(), [])

    def at_terminal(self):
        """The demo in its own session with a terminal: its process and a function that reads until a text comes."""
        child, terminal = pty.fork()
        if child == 0:
            os.execv(self.words[0], self.words)
        self.addCleanup(os.close, terminal)
        screen = []

        def read_until(text, seconds=120):
            end = time.time() + seconds
            while text not in "".join(screen) and time.time() < end:
                if not select.select([terminal], [], [], 0.2)[0]:
                    continue
                try:
                    part = os.read(terminal, 4096)
                except OSError:
                    break  # the last process has closed it
                if not part:
                    break
                screen.append(part.decode(errors="replace"))
            return "".join(screen)
        return child, terminal, read_until

    def test_at_a_terminal(self):
        child, terminal, read_until = self.at_terminal()
        shown = read_until("to shut down.")
        self.assertIn("The system stays up", shown)
        for client in ("curl ", "swaks ", "any mail client"):
            self.assertIn(client, shown)
        port = int(re.search(r"swaks --server 127\.0\.0\.1 --port (\d+)", shown).group(1))
        with socket.create_connection(("127.0.0.1", port), 10) as s:
            self.assertTrue(s.recv(100).startswith(b"220 "))
        curl = re.search(r"curl (-u \S+) (pop3://\S+)", shown)
        fetched = subprocess.run(["curl", "-s", *curl.group(1).split(), curl.group(2)], capture_output=True, timeout=60).stdout
        self.assertIn(b"Quartalsbericht", fetched)

        second = subprocess.run(self.words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.assertNotEqual(second.returncode, 0)
        self.assertIn("is running", second.stderr)

        os.write(terminal, b"\x03")
        shown = read_until("nothing is left running")
        self.assertIn("nothing is left running", shown)
        self.assertNotIn("Traceback", shown)
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.assertEqual(self.left(), [])

    def test_ended_in_the_middle(self):
        child, _, read_until = self.at_terminal()
        read_until(" 2. ")
        os.kill(child, signal.SIGHUP)
        shown = read_until("nothing is left running")
        self.assertIn("ended by SIGHUP", shown + read_until("ended by SIGHUP", 10))
        self.assertNotEqual(os.waitpid(child, 0)[1], 0)
        self.assertTrue(wait_for(lambda: not self.left()))


if __name__ == "__main__":
    main()

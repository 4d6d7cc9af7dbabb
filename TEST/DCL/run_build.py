#!/usr/bin/env python3
"""BUILD.COM under the command interpreter: an image from clean, which passes a dialogue, unit tests, and what it refuses.

`make vms-build` builds all images and passes all dialogues.
"""
import os
import pty
import select
import subprocess
import sys
import unittest

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
for folder in ("TEST/SUPPORT", "SRC/SHIM/TOOLS"):
    sys.path.insert(0, os.path.join(TOP, folder))
import coverage  # noqa: E402
import vms_build  # noqa: E402

IMAGE = "TCPIP$POP_SERVER"
TESTS = ("TEXT", "MD5", "LINE_READER")  # @BUILD TEST makes all of CORE; these show that it works


class Build(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        coverage.record("build")
        cls.builder = vms_build.Builder(os.path.dirname(coverage.FOLDER))
        cls.builder.create(False)
        tests = cls.path("TEST", "CORE")
        for name in os.listdir(tests):
            if name.endswith("_TEST.CXX;1") and name.split("_TEST")[0] not in TESTS:
                os.unlink(os.path.join(tests, name))

    @classmethod
    def path(cls, *parts):
        return os.path.join(cls.builder.root, "MAIL", *parts)

    def build(self, words, *before, good=True, ident=""):
        """@BUILD words; what it has written."""
        with open(self.path("RUN_BUILD.TMP;1"), "w") as f:
            f.write("".join(f"$ {line}\n" for line in (*self.builder.names(), *before, "@BUILD " + words)))
        done = subprocess.run([os.path.join(self.builder.bin, "dcl"), "@RUN_BUILD.TMP"], env=self.builder.env, cwd=TOP,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode == 0, good, done.stdout)
        if ident:
            self.assertIn(f"%BUILD-E-{ident},", done.stdout)
        return done.stdout

    def compiled(self, text):
        return [source for line in text.splitlines() if line.startswith("Compiling [") for source in line.split(",")]

    def test_1_image(self):
        text = self.build(IMAGE + " NOOPT")
        self.assertGreater(len(self.compiled(text)), 50)
        self.assertEqual(self.builder.dialogs([os.path.join(TOP, "TEST", "DIALOG", "pop_session.dlg")]), 0)

    def test_2_only_what_is_old(self):
        source = self.path("SRC", "POP", "POP_XTND.CXX;1")
        os.utime(source)
        self.assertEqual(len(self.compiled(self.build(IMAGE + " NOOPT"))), 1)
        self.assertIn("Linking " + IMAGE, self.build(IMAGE + " NOOPT SSL3"))

    def test_3_unit_tests(self):
        text = self.build("TEST NOOPT")
        self.assertIn("Compiling the tests", text)
        self.assertRegex(text, r"CORE: [1-9]\d* passed, 0 failed")
        self.assertEqual(self.compiled(text), [])
        self.build("TEST NOOPT", "DEASSIGN/SYSTEM/EXECUTIVE_MODE CPPUNIT", good=False, ident="NOCPPUNIT")

    def test_4_refusals(self):
        self.build("NONSENSE", good=False, ident="NOIMAGE")
        self.build("SSL111", good=False, ident="NOSSL")
        source, lost = self.path("SRC", "POP", "POP_XTND.CXX;1"), self.path("LOST")
        os.rename(source, lost)
        self.build(IMAGE + " NOOPT", good=False, ident="NOSOURCE")
        with open(source, "w") as f:
            f.write("this is no C++\n")
        self.assertIn("POP_XTND", self.build(IMAGE + " NOOPT", good=False))
        os.rename(lost, source)
        os.utime(source, (1, 1))
        self.build("PACK", good=False, ident="NOFILE")
        modules = self.path("SRC", "MODULES.LIS;1")
        os.rename(modules, lost)
        self.build("ALL", good=False, ident="NOLIST")
        os.rename(lost, modules)

    def test_5_control_y(self):
        os.utime(self.path("SRC", "POP", "POP_XTND.CXX;1"))
        with open(self.path("RUN_BUILD.TMP;1"), "w") as f:
            f.write(f"$ @BUILD {IMAGE} NOOPT SSL3\n$ EXIT $STATUS\n")
        pid, fd = pty.fork()
        if pid == 0:
            os.chdir(TOP)
            os.execve(os.path.join(self.builder.bin, "dcl"), ["dcl", "@RUN_BUILD.TMP"], self.builder.env)
        out, sent = b"", False
        try:
            while select.select([fd], [], [], 60)[0]:
                out += os.read(fd, 1000)
                if b"Compiling" in out and not sent:
                    sent = os.write(fd, b"\x19")
        except OSError:  # it has ended
            pass
        os.close(fd)
        self.assertNotEqual(os.waitpid(pid, 0)[1], 0, out)
        self.assertNotIn(b"Linking", out)

    def test_6_clean(self):
        self.build("CLEAN")
        for folder in ("OBJ", "EXE"):
            self.assertEqual([f for f in os.listdir(self.path(folder + "_X86_64")) if not f.startswith(".")], [])


if __name__ == "__main__":
    unittest.main(verbosity=1)

#!/usr/bin/env python3
"""Interpreters without a person: batch entry, procedures as services of the auxiliary server, start-up and shutdown."""
import os
import signal
import socket
import struct
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "SUPPORT"))
import vmsroot  # noqa: E402
from vmsroot import System, free_port, wait_port  # noqa: E402


def wait_for(condition, seconds=60):
    """A loaded machine takes its time; a condition that holds is seen at once."""
    return vmsroot.wait_for(condition, seconds)


def start(vms, mode, names, *parameters, user="SMITH", uic="800081", **env):
    """LOGINOUT as its starters run it; (process, reading end of the pipe for $STATUS)."""
    ours, theirs = os.pipe()
    os.set_inheritable(theirs, True)
    image = os.path.join(vms.root, "VMS$COMMON", "SYSEXE", "LOGINOUT.EXE;1")
    lnm = "\n".join(f"{name}=" + "\t".join(values) for name, values in names.items())
    all_env = vms.env(SHIM_USER=user, SHIM_UIC=uic, SHIM_PRIV="108000", SHIM_MODE=str(mode), SHIM_LNM=lnm,
                      SHIM_BATCH="\t".join([str(theirs), *parameters]), **env)
    process = subprocess.Popen([image], env=all_env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, pass_fds=[theirs], start_new_session=True)
    os.close(theirs)
    return process, ours


def finish(started):
    """(host's exit status, $STATUS or None)"""
    process, pipe = started
    code = process.wait(60)
    with open(pipe, "rb") as f:
        told = f.read()
    return code, struct.unpack("=I", told)[0] if told else None


class Jobs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vms = System(users={"SYSTEM": "manager"})
        cls.addClassCleanup(cls.vms.close)
        cls.vms.add_user("SMITH", "sesame", directory="SYS$SYSDEVICE:[SMITH]", uic="[200,201]")
        os.makedirs(os.path.join(cls.vms.root, "SMITH"), exist_ok=True)
        os.symlink(os.path.join(cls.vms.build, "bin", "dcl_test_image"),
                   os.path.join(cls.vms.root, "VMS$COMMON", "SYSEXE", "TESTIMAGE.EXE;1"))

    def tearDown(self):
        self.assertEqual(self.vms.violations(), "")

    def file(self, name, text, folder="SMITH", version=1):
        with open(os.path.join(self.vms.root, folder, f"{name};{version}"), "w") as f:
            f.write(text)

    def read(self, name, folder="SMITH", version=1):
        path = os.path.join(self.vms.root, folder, f"{name};{version}")
        if not os.path.exists(path):
            return ""
        with open(path) as f:
            return f.read()

    def remove(self, *names):
        for base, _, files in os.walk(self.vms.root):
            for f in files:
                if f.split(";")[0] in names:
                    os.unlink(os.path.join(base, f))

    # -- batch
    def test_batch(self):
        self.file("ONE.COM", '$ WRITE SYS$OUTPUT P1, "|", P2, "|", P3, "|", F$MODE()\n$ SET NOVERIFY\n'
                  '$ WRITE SYS$OUTPUT F$ENVIRONMENT("DEFAULT"), " ", F$TRNLNM("SYS$LOGIN")\n$ KEPT = "kept"\n')
        self.file("TWO.COM", '$ WRITE SYS$OUTPUT KEPT, " ", P1, $RESTART\n$ EXIT %X1000002C\n')
        self.file("THREE.COM", '$ WRITE SYS$OUTPUT "not reached"\n')
        self.file("LOGIN.COM", '$ SHOW TIME\n$ WRITE SYS$OUTPUT "login of ", F$USER()\n')
        job = start(self.vms, 2, {"SYS$INPUT": ["ONE.COM", "SYS$LOGIN:TWO", "THREE.COM"], "SYS$OUTPUT": ["JOB"]},
                    "first", "Second one", "")
        self.assertEqual(finish(job), (5, 0x1000002C))
        log = self.read("JOB.LOG").splitlines()
        self.assertEqual(log[0], "$ SHOW TIME")
        self.assertEqual(log[2:4], ['$ WRITE SYS$OUTPUT "login of ", F$USER()', "login of [SMITH]"])
        self.assertEqual(log[4:9], ['$ WRITE SYS$OUTPUT P1, "|", P2, "|", P3, "|", F$MODE()', "first|Second one||BATCH",
                                    "$ SET NOVERIFY", "SYS$SYSDEVICE:[SMITH] SYS$SYSDEVICE:[SMITH]", "kept firstFALSE"])
        self.assertRegex(log[9], r"^  SMITH        job terminated at ")
        self.remove("LOGIN.COM")

    def test_batch_success_and_restart(self):
        self.file("OK.COM", '$ SET NOVERIFY\n$ WRITE SYS$OUTPUT $RESTART, BATCH$RESTART\n$ EXIT 3\n')
        job = start(self.vms, 2, {"SYS$INPUT": ["OK"], "SYS$OUTPUT": ["OK.LOG"]}, SHIM_RESTART="at step 2")
        self.assertEqual(finish(job), (0, 3))
        self.assertIn("\nTRUEat step 2\n", self.read("OK.LOG"))

    def test_batch_files_that_cannot_be_opened(self):
        job = start(self.vms, 2, {"SYS$INPUT": ["MISSING"], "SYS$OUTPUT": ["MISSING.LOG"]})
        self.assertEqual(finish(job), (3, 0x18292))
        self.assertIn("%DCL-E-OPENIN, error opening SYS$SYSDEVICE:[SMITH]MISSING.COM; as input\n-RMS-E-FNF, file not found",
                      self.read("MISSING.LOG"))
        job = start(self.vms, 2, {"SYS$INPUT": ["MISSING"], "SYS$OUTPUT": ["[NO.DIRECTORY]X.LOG"]})
        self.assertEqual(finish(job)[1] & 7, 2)

    def test_batch_killed(self):
        self.file("HOLD.COM", "$ SET NOVERIFY\n$ SET NOON\n$ MCR TESTIMAGE HOLD\n$ WRITE SYS$OUTPUT $STATUS\n$ WAIT 1:00\n$ WRITE SYS$OUTPUT \"no\"\n")
        for number, end in (signal.SIGKILL, (-9, None)), (signal.SIGTERM, (5, 0x217C)):
            with self.subTest(number):
                job = start(self.vms, 2, {"SYS$INPUT": ["HOLD"], "SYS$OUTPUT": ["HOLD.LOG"]}, SHIM_PRCNAM="Holds")
                self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image")))
                os.killpg(job[0].pid, number)
                if number == signal.SIGTERM:
                    self.assertTrue(wait_for(lambda: "%X1000217C" in self.read("HOLD.LOG", version=2)))
                    os.killpg(job[0].pid, number)
                self.assertEqual(finish(job), end)
                self.assertTrue(wait_for(lambda: not self.vms.pids("dcl_test_image")))
        log = self.read("HOLD.LOG", version=2)
        self.assertIn("%SYSTEM-F-FORCEDEXIT, forced exit of image or process by SYS$FORCEX", log)
        self.assertNotIn("no\n", log)
        # the row of the one that was killed is free again
        self.assertNotIn("Holds", self.vms.sys("dcl", "SHOW SYSTEM"))

    def test_image_ends_with_its_process(self):
        self.file("DEEP.COM", "$ SET NOVERIFY\n$ SPAWN/NOLOG MCR TESTIMAGE HOLD\n")
        job = start(self.vms, 2, {"SYS$INPUT": ["DEEP"], "SYS$OUTPUT": ["DEEP.LOG"]})
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image")))
        os.kill(job[0].pid, signal.SIGKILL)  # the interpreter alone
        self.assertEqual(finish(job), (-9, None))
        self.assertTrue(wait_for(lambda: not self.vms.pids("dcl_test_image")))

    # -- services
    def service(self, name, file, *more):
        port = free_port()
        self.vms.sys("service", "set", name, "--port", port, "--address", "127.0.0.1", "--process", name, "--user", "SMITH",
                     "--file", file, *more)
        self.vms.sys("service", "enable", name)
        self.addCleanup(self.vms.sys, "service", "disable", name)
        return port

    def test_service_for_each_connection(self):
        self.file("ECHO_RUN.COM", '$ IF F$TRNLNM("SYS$NET") .NES. "" THEN MCR TESTIMAGE NET you said\n'
                  '$ WRITE SYS$OUTPUT F$MODE(), " ", F$PROCESS()\n$ EXIT\n')
        port = self.service("ECHO", "SYS$SYSDEVICE:[SMITH]ECHO_RUN.COM", "--limit", 5)
        for text in "one", "two":
            with socket.create_connection(("127.0.0.1", port), 10) as s:
                s.sendall(text.encode() + b"\n")
                self.assertEqual(s.makefile().readline(), f"YOU SAID {text}\n")
        log = wait_for(lambda: "job terminated" in self.read("ECHO_RUN.LOG", version=2) and self.read("ECHO_RUN.LOG"))
        self.assertIn("$ WRITE SYS$OUTPUT F$MODE(), \" \", F$PROCESS()\nNETWORK ECHO\n$ EXIT\n  SMITH        job terminated at", log)

    def test_service_that_listens(self):
        """The product's receiver under a procedure, as its account, with its log; DISABLE ends image and procedure."""
        folder = os.path.join(self.vms.root, "SYS0", "TCPIP$SMTP")
        os.makedirs(folder, exist_ok=True)
        self.file("TCPIP$SMTP_RECV_RUN.COM", "$ SET NOVERIFY\n$ SET NOON\n$ WRITE SYS$OUTPUT F$USER(), F$PRIVILEGE(\"BYPASS\")\n"
                  "$ RUN SYS$SYSTEM:TCPIP$SMTP_RECEIVER\n$ WRITE SYS$OUTPUT \"ended with \", $STATUS\n$ EXIT 1\n", "SYS0/TCPIP$SMTP")
        self.vms.sys("service", "disable", "SMTP")
        self.vms.sys("service", "set", "SMTP", "--file", "SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP_RECV_RUN.COM",
                     "--log", "SYS$LOGIN:TCPIP$SMTP_RECV_RUN.LOG")
        self.remove("TCPIP$SMTP_RECV_RUN.LOG")
        self.vms.sys("service", "enable", "SMTP")
        self.assertTrue(wait_port(self.vms.smtp))
        with socket.create_connection(("127.0.0.1", self.vms.smtp), 10) as s:
            f = s.makefile("rw", newline="")
            self.assertEqual(f.readline()[:4], "220 ")
            f.write("QUIT\r\n")
            f.flush()
            self.assertEqual(f.readline()[:4], "221 ")
        self.assertTrue(wait_for(lambda: self.vms.pids("SMTP_RECEIVER")))
        self.vms.sys("service", "disable", "SMTP")
        self.assertTrue(wait_for(lambda: not self.vms.pids("SMTP_RECEIVER")))
        log = wait_for(lambda: "job terminated" in self.vms.log("TCPIP$SMTP_RECV_RUN.LOG") and self.vms.log("TCPIP$SMTP_RECV_RUN.LOG"))
        self.assertIn("[TCPIP$SMTP]FALSE\n", log)
        self.assertIn("ended with %X", log)

    def test_service_that_fails(self):
        self.service("BROKEN", "SYS$SYSDEVICE:[SMITH]NOT_THERE.COM", "--flags", "LISTEN")
        self.assertTrue(wait_for(lambda: "Service BROKEN: process ended with status 3" in self.vms.log()))


if __name__ == "__main__":
    unittest.main(verbosity=1)

#!/usr/bin/env python3
"""A system that its own procedures configure and boot: no service listens before its startup procedure has run; kill -9 of
any of the processes in which the command interpreter runs leaves a system that works again after the next startup."""
import os
import pty
import re
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "SUPPORT"))
import vmsroot  # noqa: E402
from vmssite import MANAGER, Site  # noqa: E402


def wait_for(condition, seconds=60):
    """A loaded machine takes its time; a condition that holds is seen at once."""
    return vmsroot.wait_for(condition, seconds)


def listens(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def greets(port, text):
    """The server itself, not only the listening socket."""
    try:
        with socket.create_connection(("127.0.0.1", port), 10) as s:
            return s.recv(200).startswith(text)
    except OSError:
        return False


class StartedSite(unittest.TestCase):
    def setUp(self):
        self.vms = Site(os.environ.get("BUILD_DIR", os.path.join(vmsroot.TOP, "build")), tempfile.mkdtemp(prefix="site_"),
                        users={"SYSTEM": "manager", "SMITH": "sesame"}, queues=2)
        self.addCleanup(self.vms.close)
        self.vms.install()
        self.vms.configure()

    def startup(self, *lines):
        """SYSTARTUP_VMS.COM; a line of the form "until NAME" holds it until the file is there."""
        text = "$ SET NOON\n$ INITIALIZE/QUEUE/BATCH/START SYS$BATCH\n$ @SYS$STARTUP:TCPIP$STARTUP\n"
        for line in lines:
            if line.startswith("until "):
                name = line.split()[1]
                text += f'$ WRITE SYS$OUTPUT "before {name}"\n${name}:\n$ WAIT 0:0:0.05\n'
                text += f'$ IF F$SEARCH("SYS$MANAGER:{name}.DAT") .EQS. "" THEN GOTO {name}\n'
            else:
                text += "$ " + line + "\n"
        for name in os.listdir(os.path.join(self.vms.root, MANAGER)):
            if name.startswith("SYSTARTUP_VMS.COM"):
                os.unlink(os.path.join(self.vms.root, MANAGER, name))
        self.vms.put(MANAGER, "SYSTARTUP_VMS.COM", text)

    def boot_until(self, *texts):
        """A boot that goes on in its own process; its output so far ends with the line."""
        self.vms.booted = True
        boot = subprocess.Popen([os.path.join(self.vms.build, "bin", "vmsys"), "boot"], env=self.vms.env(), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(boot.stdout.close)
        self.addCleanup(boot.wait)
        self.addCleanup(boot.kill)
        self.read_until(boot, *texts)
        return boot

    def read_until(self, boot, *texts):
        for text in texts:
            for line in boot.stdout:
                if text in line:
                    break
            else:
                self.fail("the boot ended without " + text)

    def go(self, name):
        self.vms.put(MANAGER, name + ".DAT", "")

    def works(self, subject):
        """Both services answer, the queues run, a message is delivered."""
        self.assertTrue(wait_for(lambda: greets(self.vms.smtp, b"220 ") and greets(self.vms.pop, b"+OK ")))
        self.assertNotIn("stopped", self.vms.sys("show", "queue").lower())
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=60) as client:
            client.sendmail("a@example.net", ["smith@node.vms.test"], f"Subject: {subject}\r\n\r\ntext\r\n")
        self.assertTrue(wait_for(lambda: [m for m in self.vms.mail("SMITH") if m["subject"] == subject]), self.vms.sys("show", "queue"))
        self.assertEqual(self.vms.violations(), "")

    def test_nothing_listens_early(self):
        self.startup("until ONE", "@SYS$STARTUP:TCPIP$SMTP_STARTUP", "until TWO", "@SYS$STARTUP:TCPIP$POP_STARTUP", "until THREE")
        self.vms.sys("service", "set", "ALWAYS", "--port", vmsroot.free_port(), "--address", "127.0.0.1", "--process", "ALWAYS",
                     "--user", "SMITH", "--file", "SYS$SYSTEM:TCPIP$POP_SERVER.EXE")
        self.vms.sys("service", "enable", "ALWAYS")  # for every boot, as by SET CONFIGURATION ENABLE SERVICE
        always = next(int(line.split()[1]) for line in self.vms.sys("show", "service").splitlines() if line.startswith("ALWAYS"))
        boot = self.boot_until("before ONE")
        self.assertFalse(listens(self.vms.smtp) or listens(self.vms.pop) or listens(always))
        self.go("ONE")
        self.read_until(boot, "SMTP has been started", "before TWO")
        self.assertTrue(wait_for(lambda: greets(self.vms.smtp, b"220 ")))
        self.assertFalse(listens(self.vms.pop) or listens(always))
        self.go("TWO")
        self.read_until(boot, "POP has been started", "before THREE")
        self.assertFalse(listens(always))
        self.go("THREE")
        self.assertEqual(boot.wait(60), 0)
        self.assertTrue(listens(always))
        self.works("after the boot")

    def interpreters(self, name):
        """Host processes of interpreters whose process name begins so."""
        found = []
        for pid in self.vms.pids("bin/dcl"):
            try:
                with open(f"/proc/{pid}/environ", "rb") as f:
                    found += [pid for value in f.read().split(b"\0") if value.startswith(b"SHIM_PRCNAM=" + name.encode())]
            except OSError:
                pass  # gone meanwhile
        return found

    def kill(self, name):
        """kill -9 of the processes of this name, and what they run goes with them."""
        pid = {}
        for line in self.vms.sys("status").splitlines():
            if " pids" in line:
                pid[line.split()[0]] = [int(each) for each in line.split(" pids")[1].split()]
        self.assertTrue(pid.get(name), self.vms.sys("status"))
        for each in pid[name]:
            os.kill(each, signal.SIGKILL)

    def test_startup_killed(self):
        """The job that starts the system, in the midst of it; the next boot repairs all."""
        self.startup("@SYS$STARTUP:TCPIP$SMTP_STARTUP", "OPEN/WRITE HELD SYS$MANAGER:HELD.DAT", "until ONE", "CLOSE HELD",
                     "@SYS$STARTUP:TCPIP$POP_STARTUP")
        boot = self.boot_until("before ONE")
        jobs = self.interpreters("STARTUP")
        self.assertEqual(len(jobs), 1)
        os.kill(jobs[0], signal.SIGKILL)
        self.assertNotEqual(boot.wait(60), 0)
        self.assertTrue(wait_for(lambda: greets(self.vms.smtp, b"220 ")), "what had been started goes on")
        self.assertNotIn("STARTUP", self.vms.dcl("SHOW SYSTEM"))
        self.go("ONE")
        self.vms.boot()  # without a shutdown
        self.works("booted again")

    def test_jobs_killed(self):
        self.startup("@SYS$STARTUP:TCPIP$SMTP_STARTUP", "@SYS$STARTUP:TCPIP$POP_STARTUP")
        self.vms.boot()
        # a service's job: the auxiliary server starts another one
        self.works("first")
        for service, port, hello in ("SMTP", self.vms.smtp, b"220 "), ("POP", self.vms.pop, b"+OK "):
            self.kill(service)
            self.assertTrue(wait_for(lambda: greets(port, hello)), service)
        self.assertTrue(wait_for(lambda: len(self.vms.pids("SMTP_RECEIVER")) == 1 and len(self.vms.pids("POP_SERVER")) == 1))
        self.stopped_as_it_starts()
        # a person's session with an open file, a batch job with one
        # (is_locked itself may have it just when it is to be opened)
        self.vms.put(MANAGER, "HOLDER.COM", "$AGAIN:\n$ OPEN/APPEND/ERROR=AGAIN F SYS$MANAGER:SHARED.DAT\n$ WRITE F P1\n"
                     "$ DEFINE/JOB HELD x\n$ WAIT 1:00\n")
        self.vms.put(MANAGER, "SHARED.DAT", "")
        self.vms.dcl("SUBMIT/NOPRINT/NORESTART SYS$MANAGER:HOLDER/PARAMETERS=(batch)")
        self.kill_batch_job()
        child, terminal = pty.fork()
        if child == 0:
            os.execve(os.path.join(self.vms.build, "bin", "vmsys"), ["vmsys", "dcl", "@SYS$MANAGER:HOLDER person"], self.vms.env())
        self.addCleanup(os.close, terminal)
        self.assertTrue(wait_for(self.is_locked))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self.assertTrue(wait_for(lambda: not self.is_locked()), "the file of the session is still locked")
        self.works("second")
        self.vms.kill()
        self.vms.boot()
        self.assertFalse(self.is_locked())
        self.works("third")

    def stopped_as_it_starts(self):
        """A service that is disabled at any moment of its job's start is gone: the name is free for the next one."""
        def auxiliary(command):
            with socket.socket(socket.AF_UNIX) as s:
                s.connect(os.path.join(self.vms.root, ".shim", "inetacp.sock"))
                s.sendall(command.encode())
                return s.recv(1000).decode()
        for moment in range(60):
            self.assertEqual(auxiliary("DISABLE SMTP"), "")
            self.assertTrue(wait_for(lambda: not self.interpreters("TCPIP$SMTP") and not self.vms.pids("SMTP_RECEIVER"), 20), moment)
            self.assertEqual(auxiliary("ENABLE SMTP"), "")
            self.assertTrue(wait_for(lambda: re.search(r"(?m)^SMTP \d+ active 1 ", auxiliary("SHOW"))))
            time.sleep(moment * 0.001)
        # at once: the last one may still be there, and have the name
        self.assertEqual(auxiliary("DISABLE SMTP"), "")
        self.assertEqual(auxiliary("ENABLE SMTP"), "")
        self.assertTrue(wait_for(lambda: self.vms.pids("SMTP_RECEIVER")), "it starts without a client")
        self.assertTrue(wait_for(lambda: greets(self.vms.smtp, b"220 ")))

    def is_locked(self):
        done = subprocess.run([os.path.join(self.vms.build, "bin", "vmsys"), "dcl", "OPEN/APPEND F SYS$MANAGER:SHARED.DAT"],
                              env=self.vms.env(), stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return "-RMS-E-FLK" in done.stdout

    def kill_batch_job(self):
        self.assertTrue(wait_for(self.is_locked), self.vms.sys("show", "queue"))
        jobs = self.interpreters("BATCH_")
        self.assertEqual(len(jobs), 1)
        os.kill(jobs[0], signal.SIGKILL)
        self.assertTrue(wait_for(lambda: not self.is_locked()), "the file of the job is still locked")
        self.assertTrue(wait_for(lambda: "HOLDER" not in self.vms.dcl("SHOW QUEUE/ALL_JOBS SYS$BATCH")))


if __name__ == "__main__":
    unittest.main(verbosity=1)

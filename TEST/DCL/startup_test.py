#!/usr/bin/env python3
"""SYS$SYSTEM:STARTUP.COM and SHUTDOWN.COM: the site's procedures at boot and before the end; what kill -9 leaves behind."""
import os
import pty
import re
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "SUPPORT"))
import coverage  # noqa: E402
import vmsroot  # noqa: E402
from vmsroot import System  # noqa: E402

TIME = r"\d\d-[A-Z]{3}-\d{4} \d\d:\d\d:\d\d\.\d\d"


def wait_for(condition, seconds=60):
    """A loaded machine takes its time; a condition that holds is seen at once."""
    return vmsroot.wait_for(condition, seconds)


def setUpModule():
    coverage.record("startup")


class Startup(unittest.TestCase):
    def setUp(self):
        self.vms = System(users={"SYSTEM": "manager"}, boot=False)
        self.addCleanup(self.vms.close)
        self.vms.create()
        os.symlink(os.path.join(self.vms.build, "bin", "dcl_test_image"),
                   os.path.join(self.vms.root, "VMS$COMMON", "SYSEXE", "TESTIMAGE.EXE;1"))

    def tearDown(self):
        self.assertEqual(self.vms.violations(), "")

    def file(self, name, *lines, folder="SYS0/SYSMGR"):
        with open(os.path.join(self.vms.root, folder, name + ";1"), "w") as f:
            f.write("".join("$ " + line + "\n" for line in lines))

    def boot(self):
        self.vms.booted = True
        return self.vms.sys("boot")

    def dcl(self, *words, **more):
        return self.vms.sys("dcl", *words, **more)

    def test_transcript(self):
        self.file("SYLOGICALS.COM", 'DEFINE/SYSTEM/EXEC SITE "first"', "NOVERB")
        self.file("SYSTARTUP_VMS.COM", 'WRITE SYS$OUTPUT F$TRNLNM("SITE"), " ", F$PROCESS(), " ", F$MODE(), " ", F$USER()',
                  "@SYS$STARTUP:PRODUCT$STARTUP one", "SET DEFAULT [000000]", "EXIT 44")
        self.file("PRODUCT$STARTUP.COM", 'WRITE SYS$OUTPUT "product ", P1', "OPEN/READ F NOT.THERE", folder="VMS$COMMON/SYS$STARTUP")
        self.file("SYSHUTDWN.COM", 'WRITE SYS$OUTPUT "site goes down ", F$PROCESS()', "MCR TESTIMAGE SAY bye")
        lines = self.boot().splitlines()
        expected = ["", "    OpenVMS services on Linux, Version V8.4, node NODE", "",
                    "%STDRV-I-STARTUP, OpenVMS startup begun at " + TIME,
                    "%DCL-W-IVVERB, unrecognized command verb - check validity and spelling", r" \\NOVERB\\",
                    r"first STARTUP OTHER \[SYSTEM\]", "product ONE",
                    r"%DCL-E-OPENIN, error opening SYS\$SYSROOT:\[SYSEXE\]NOT.THERE; as input", "-RMS-E-FNF, file not found",
                    "%SET-I-INTSET, login interactive limit = 64, current interactive value = 0",
                    f"  SYSTEM       job terminated at {TIME}", "", "  Accounting information:"]
        for want, line in zip(expected, lines):
            self.assertRegex(line, "^" + want + "$")
        self.assertEqual(self.dcl('WRITE SYS$OUTPUT F$TRNLNM("SITE","LNM$SYSTEM")'), "first\n")
        shown = self.vms.sys("shutdown")
        self.vms.booted = False
        self.assertIn("on node NODE", shown)
        self.assertIn("%SHUTDOWN-I-SITESHUT, the site-specific shutdown procedure will now be invoked\n"
                      "site goes down SHUTDOWN\nBYE\n%SHUTDOWN-I-STOPQUEMAN", shown)
        self.assertTrue(wait_for(lambda: not self.vms.pids()))

    def test_shutdown_ends_detached_jobs(self):
        self.boot()
        self.file("AGENT.COM", "MCR TESTIMAGE HOLD")
        self.dcl("RUN/DETACHED SYS$SYSTEM:LOGINOUT/INPUT=SYS$MANAGER:AGENT/OUTPUT=SYS$MANAGER:AGENT.LOG/PROCESS_NAME=AGENT")
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image")))
        self.vms.sys("shutdown")
        self.vms.booted = False
        self.assertTrue(wait_for(lambda: not self.vms.pids()))

    def test_login_limit(self):
        self.vms.add_user("JONES", "sesame")
        self.boot()

        def login(user):
            pid, fd = pty.fork()
            if pid == 0:
                os.execve(os.path.join(self.vms.build, "bin", "vmsys"), ["vmsys", "dcl", "--user", user], self.vms.env())
            out = b""
            while b"$ " not in out and b"disabled" not in out:
                try:
                    out += os.read(fd, 1000)
                except OSError:
                    break
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            os.close(fd)
            return out
        self.assertIn(b"$ ", login("JONES"))
        self.assertIn("limit = 0, current interactive value = 0", self.dcl("SET LOGINS/INTERACTIVE=0"))
        self.assertIn(b"Logins are currently disabled", login("JONES"))
        self.assertIn(b"Welcome", login("SYSTEM"))
        self.assertIn("limit = 3", self.dcl("SET LOGINS/INTERACTIVE=3"))
        self.assertIn(b"$ ", login("JONES"))
        self.assertIn("%SYSTEM-F-NOPRIV", self.dcl("--user", "JONES", "SET LOGINS/INTERACTIVE=9", check=False))

    def test_kill_leaves_nothing_behind(self):
        """kill -9 in the midst of procedures, images, open files and detached jobs: all of it works again after the next boot."""
        self.file("SYSTARTUP_VMS.COM", "DEFINE/SYSTEM SITE here", "TCPIP = 1")
        self.boot()
        self.vms.sys("do", "-", input=self.vms.startup)
        self.file("AGENT.COM", "DEFINE/GROUP MINE x", "DEFINE/JOB MINE x", "OPEN/WRITE F SYS$MANAGER:HELD.DAT", 'WRITE F "kept"',
                  "OPEN/APPEND G SYS$MANAGER:SHARED.DAT", "SPAWN/NOWAIT/PROCESS=AGENT_CHILD WAIT 1:00", "MCR TESTIMAGE HOLD")
        self.file("SHARED.DAT")
        self.file("MAIL_RUN.COM", "RUN SYS$SYSTEM:TCPIP$SMTP_RECEIVER", folder="SYS0/TCPIP$SMTP")
        self.vms.sys("service", "disable", "SMTP")
        self.vms.sys("service", "set", "SMTP", "--file", "SYS$SPECIFIC:[TCPIP$SMTP]MAIL_RUN.COM")
        self.vms.sys("service", "enable", "SMTP")
        run = "RUN/DETACHED SYS$SYSTEM:LOGINOUT/INPUT=SYS$MANAGER:AGENT/OUTPUT=SYS$MANAGER:AGENT.LOG/PROCESS_NAME=AGENT"
        self.assertIn("%RUN-S-PROC_ID", self.dcl(run))
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image") and "AGENT_CHILD" in self.dcl("SHOW SYSTEM")))
        self.assertIn("%RUN-F-CREPRC", self.dcl(run, check=False))
        self.assertIn("-RMS-E-FLK", self.dcl("OPEN/APPEND F SYS$MANAGER:SHARED.DAT", check=False))
        startup = subprocess.Popen([os.path.join(self.vms.build, "bin", "vmsys"), "dcl", "WAIT 1:00"], env=self.vms.env(), stdin=subprocess.DEVNULL)
        self.addCleanup(startup.wait)
        self.addCleanup(startup.kill)
        self.vms.kill()
        self.boot()
        self.assertNotRegex(self.dcl("SHOW SYSTEM"), "AGENT")
        self.assertEqual(self.dcl("OPEN/APPEND F SYS$MANAGER:SHARED.DAT"), "")
        self.dcl("TYPE SYS$MANAGER:HELD.DAT")  # what RMS had not yet written is lost, as in a crash
        self.assertIn("%RUN-S-PROC_ID", self.dcl(run))
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image")))
        self.assertEqual(self.dcl('WRITE SYS$OUTPUT F$TRNLNM("SITE")'), "HERE\n")
        left = [f for f in os.listdir(os.path.join(self.vms.root, ".shim")) if re.match(r"process\.[0-9A-F]{8}$", f)]
        alive = {line.split()[0] for line in self.dcl("SHOW SYSTEM").splitlines()[2:]}
        self.assertFalse({f[8:] for f in left} - alive, (left, alive))
        # the service and the queues
        self.assertTrue(wait_for(lambda: "220 " in subprocess.run(
            ["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{self.vms.smtp}; head -n1 <&3"], capture_output=True, text=True).stdout))
        self.assertNotIn("stopped", self.vms.sys("show", "queue").lower())


if __name__ == "__main__":
    unittest.main(verbosity=1)

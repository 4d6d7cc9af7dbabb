#!/usr/bin/env python3
"""The kit: save sets by BUILD.COM, VMSINSTAL into a system without the product, start-up, IVP, upgrade, removal.

Runs in VMSROOTs of its own, with free ports.
"""
import glob
import os
import poplib
import re
import shutil
import smtplib
import subprocess
import sys
import tempfile
import unittest

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
for folder in ("TEST/SUPPORT", "SRC/SHIM/TOOLS"):
    sys.path.insert(0, os.path.join(TOP, folder))
import coverage  # noqa: E402
import kit  # noqa: E402
from vmsroot import System, free_port, wait_for, wait_port  # noqa: E402

BUILD = os.path.abspath(os.environ.get("BUILD_DIR", os.path.join(TOP, "build")))
SITE = "$! the site's own\n"


class Node(System):
    """A VMS with TCP/IP and SSL, without the product."""

    def __init__(self, saved=None):
        super().__init__(BUILD, users={"SYSTEM": "manager", "ALICE": "wonder"}, boot=False)
        self.create()
        for _, _, name, _, place in kit.kit_files():
            for folder in ("SYSEXE", "SYSLIB", "SYSHLP") if place == "EXE" else ():
                path = self.path("VMS$COMMON", folder, name + ";1")
                if os.path.lexists(path):
                    os.unlink(path)
        self.put("VMS$COMMON/SYSLIB/SSL3$LIBSSL_SHR.EXE", "an image\n")
        os.makedirs(self.path("KIT"))
        for name in os.listdir(saved) if saved else ():
            os.link(os.path.join(saved, name), self.path("KIT", name))
        self.sys("boot")
        self.booted = True
        self.dcl('DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$INET_HOST "node"', 'DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$INET_DOMAIN "vms.test"')

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def get(self, *parts):
        """Text of the highest version."""
        [last] = sorted(glob.glob(glob.escape(self.path(*parts)) + ";*"), key=lambda f: int(f.split(";")[-1]))[-1:]
        with open(last) as f:
            return f.read()

    def put(self, name, text):
        with open(self.path(name + ";1"), "w") as f:
            f.write(text)

    def dcl(self, *commands, input=""):
        return "".join(self.sys("dcl", command, check=False, input=input) for command in commands)

    def install(self, *answers, kit="TCPMAIL010", options=""):
        return self.dcl(f"@SYS$UPDATE:VMSINSTAL {kit} SYS$SYSDEVICE:[KIT] {options}", input="".join(a + "\n" for a in answers))

    def fresh(self):
        """Answers of a first installation: purge, IVP, start, SMTP, POP, queues, ports, take over, at boot."""
        return ("", "YES", "YES", "", "", "2", str(self.smtp), str(self.pop), "", "YES")

    def disk(self):
        """All that lies on the system disk, but for what the running system writes."""
        found = set()
        for at, folders, files in os.walk(self.root):
            folders[:] = [f for f in folders if f != ".shim"]
            names = [f for f in files + folders if not f.startswith(".") and ".LOG;" not in f]
            found |= {os.path.relpath(os.path.join(at, f), self.root) for f in names}
        return found

    def patch_kitinstal(self, old, new):
        """The kit with another KITINSTAL.COM."""
        with open(os.path.join(TOP, "KITINSTAL.COM")) as f:
            text = f.read()
        assert old in text
        os.makedirs(self.path("NEW"))
        self.put("NEW/KITINSTAL.COM", text.replace(old, new))
        with open(os.path.join(TOP, "COM", "KIT", "TCPMAIL.LIS")) as f:
            self.put("NEW/TCPMAIL.LIS", f.read())
        restored = "BACKUP SYS$SYSDEVICE:[KIT]TCPMAIL010.A/SAVE_SET/EXCLUDE=(KITINSTAL.COM,TCPMAIL.LIS) SYS$SYSDEVICE:[NEW]*.*"
        self.dcl(restored)
        os.unlink(self.path("KIT", "TCPMAIL010.A;1"))
        self.dcl("BACKUP/INTERCHANGE SYS$SYSDEVICE:[NEW]*.* SYS$SYSDEVICE:[KIT]TCPMAIL010.A/SAVE_SET")
        shutil.rmtree(self.path("NEW"))


def setUpModule(name="kit"):
    global scratch, saved
    coverage.record(name)
    scratch = tempfile.mkdtemp(prefix="kit_", dir=BUILD)
    saved = kit.make_kit(BUILD, os.path.join(scratch, "made"), os.path.join(scratch, "kit"))


def tearDownModule():
    shutil.rmtree(scratch, ignore_errors=True)


class KitCase(unittest.TestCase):
    def setUp(self):
        self.node = Node(saved)
        self.addCleanup(self.node.close)

    def tearDown(self):
        self.assertEqual(self.node.violations(), "")

    def all_files(self, there):
        for _, _, name, place, _ in kit.kit_files():
            path = self.node.path("VMS$COMMON", *place.strip("[]").split("."), name + ";1")
            self.assertEqual(os.path.exists(path), there, path)

    def collects(self):
        """A message by SMTP, collected by POP."""
        with smtplib.SMTP("127.0.0.1", self.node.smtp, timeout=60) as s:
            s.sendmail("bob@example.com", ["alice@node.vms.test"], "Subject: kit\r\n\r\nhello\r\n")

        def collected():
            box = poplib.POP3("127.0.0.1", self.node.pop, timeout=60)
            box.user("alice")
            box.pass_("wonder")
            text = b"".join(box.retr(1)[1]) if box.stat()[0] else b""
            if text:
                box.dele(1)
            box.quit()
            return b"hello" in text
        self.assertTrue(wait_for(collected, 60))


class Kit(KitCase):
    def test_life(self):
        node, before = self.node, self.node.disk()
        text = node.install(*node.fresh())
        self.assertIn("%VMSINSTAL-I-DONE", text)
        self.assertNotRegex(text, r"(?m)^%[A-Z]+-[EFW]-")
        self.assertLess(text.index("TCPMAIL-I-NOQUESTIONS"), text.index("VMSINSTAL-I-MOVEFILES"))
        for ident in ("CONFIGDONE", "STARTDONE", "IVPMAIL", "IVPDONE"):
            self.assertRegex(text, rf"(?m)^%TCPIP-[IS]-{ident},", text)
        self.all_files(True)
        self.assertFalse([f for f in node.disk() if "SYSUPD/TCPMAIL" in f])
        self.collects()
        self.assertIn("TCPIP$SMTP_SYMBIONT", node.dcl("TCPMAIL SHOW MAIL/FULL") + node.dcl("SHOW QUEUE/FULL TCPIP$SMTP_NODE_01"))
        self.assertRegex(node.dcl("TCPMAIL SHOW CONFIGURATION SMTP"), "(?m)^SMTP Configuration")
        self.assertIn("Usage: SMTP_SFF", node.dcl("SMTP_SFF"))
        self.assertIn("TCPMAIL HELP explains", node.dcl("HELP/NOPROMPT TCPMAIL"))
        self.assertIn("What it needs", node.dcl("TYPE SYS$HELP:TCPMAIL010.RELEASE_NOTES"))
        # again after a boot, by SYSTARTUP_VMS.COM
        node.shutdown()
        self.assertIn("%TCPIP-I-STARTDONE, POP", node.sys("boot"))
        node.booted = True
        node.dcl('DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$INET_HOST "node"', 'DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$INET_DOMAIN "vms.test"')
        self.assertIn("%TCPIP-S-IVPDONE", node.dcl("@SYS$MANAGER:TCPIP$MAIL_IVP"))
        self.collects()
        # over itself: site files and configuration stay
        site = node.path("VMS$COMMON", "SYS$STARTUP", "TCPIP$SMTP_SYSTARTUP.COM;1")
        with open(site, "w") as f:
            f.write(SITE)
        text = node.install("YES", "YES", "YES")
        self.assertIn("%TCPMAIL-I-UPGRADE", text)
        self.assertIn("%VMSINSTAL-I-DONE", text)
        self.assertRegex(text, r"(?m)^%TCPIP-S-IVPDONE,")
        with open(site) as f:
            self.assertEqual(f.read(), SITE)
        images = [f for f in os.listdir(node.path("VMS$COMMON", "SYSEXE")) if f.startswith("TCPIP$POP_SERVER.EXE")]
        self.assertEqual(images, ["TCPIP$POP_SERVER.EXE;2"])
        self.assertEqual(len(re.findall(r"TCPIP\$SMTP_NODE_\d\d", node.sys("show", "queue"))),
                         len(set(re.findall(r"TCPIP\$SMTP_NODE_0[0-2]", node.sys("show", "queue")))))
        self.collects()
        self.upgrade_fails()
        self.verifications()
        # off again
        text = node.dcl("@SYS$MANAGER:TCPIP$MAIL_REMOVE CONFIRM")
        self.assertRegex(text, "(?m)^%TCPIP-I-REMOVED,")
        self.all_files(False)
        self.assertNotIn("TCPIP$SMTP_NODE", node.sys("show", "queue"))
        self.assertRegex(node.dcl("TCPMAIL HELP"), "(?m)^%DCL-W-IVVERB")
        self.assertNotIn("TCPMAIL HELP", node.dcl("HELP/NOPROMPT TCPMAIL"))
        self.assertNotIn("TCPIP$IVP", node.dcl("MCR AUTHORIZE SHOW/BRIEF *"))
        left = {f for f in node.disk() - before if re.search(r"TCPIP\$(SMTP|POP|MAIL)_|TCPMAIL", f)}
        self.assertEqual({re.sub(r".*/|;.*", "", f) for f in left},
                         {f"TCPIP${p}_{x}.COM" for p in ("SMTP", "POP") for x in ("SYSTARTUP", "SYSHUTDOWN")})
        self.assertNotIn("TCPIP$", node.get("SYS0", "SYSMGR", "SYSTARTUP_VMS.COM"))

    def upgrade_fails(self):
        """Configuration or start fails: the earlier files are back everywhere, and work."""
        node, before = self.node, self.node.disk()
        text = node.get("VMS$COMMON", "SYS$STARTUP", "TCPIP$POP_STARTUP.COM")
        node.patch_kitinstal("$ IF TCPMAIL_POP THEN @SYS$STARTUP:TCPIP$POP_STARTUP", "$ @SYS$STARTUP:TCPIP$NOTHING")
        told = node.install("YES", "YES", "YES")
        self.assertRegex(told, "(?m)^%TCPMAIL-E-POSTFAIL,")
        self.assertRegex(told, "(?m)^%TCPMAIL-W-EARLIER,")
        self.assertIn("%VMSINSTAL-E-INSFAIL", told)
        log = node.get("SYS0", "TCPIP$SMTP", "TCPIP$SMTP_ANALYZE.LOG")
        self.assertIn("%TCPIP-", log, "each image has its messages with it")
        self.assertNotIn("NOMSG", log)
        self.assertFalse(wait_port(node.smtp, 0.05), "what the new version had started is stopped")
        self.assertIn("stopped", node.dcl("SHOW QUEUE TCPIP$SMTP_NODE_01"))
        self.assertEqual({re.sub(";.*", "", f) for f in before}, {re.sub(";.*", "", f) for f in node.disk()})
        self.assertEqual(node.get("VMS$COMMON", "SYS$STARTUP", "TCPIP$POP_STARTUP.COM"), text)
        for proto in ("SMTP", "POP"):
            self.assertIn("%TCPIP-I-STARTDONE", node.dcl(f"@SYS$STARTUP:TCPIP${proto}_STARTUP"))
        self.collects()

    def secure_verifications(self, verify):
        """By STLS; TLS from the first byte where clients without are refused; where the server has none then, not at all."""
        node = self.node
        names = {"TCPIP$POP_SSL_PORT": free_port(), "SSL$CERTS": "SYS$SYSDEVICE:[SSL]", "SSL$KEY": "SYS$SYSDEVICE:[SSL]"}
        os.makedirs(node.path("SSL"), exist_ok=True)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                        "/CN=node.vms.test", "-keyout", node.path("SSL", "key"), "-out", node.path("SSL", "crt")],
                       check=True, capture_output=True)
        for kind in ("crt", "key"):
            with open(node.path("SSL", kind)) as f:
                node.sys("file", "write", "SYS$SYSDEVICE:[SSL]SERVER." + kind.upper(), "--owner", "TCPIP$POP", input=f.read())
        restart = ("@SYS$STARTUP:TCPIP$POP_SHUTDOWN", "@SYS$STARTUP:TCPIP$POP_STARTUP")
        node.dcl(*(f'DEFINE/SYSTEM/EXECUTIVE_MODE {n} "{v}"' for n, v in names.items()), *restart)
        verify("IVPDONE")
        node.dcl("DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$POP_DISABLE_CLEARTEXT 1", *restart)
        verify("IVPDONE")
        node.dcl("DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$POP_DISABLE_SSL 1", *restart)
        self.assertRegex(verify("IVPCOLLECT"), "(?m)^%TCPIP-E-IVPCONNECT, no connection ")
        node.dcl(*(f"DEASSIGN/SYSTEM/EXECUTIVE_MODE {n}" for n in (*names, "TCPIP$POP_DISABLE_CLEARTEXT", "TCPIP$POP_DISABLE_SSL")))

    def verifications(self):
        """The IVP with what is set up; each time it leaves nothing behind."""
        node, ivp = self.node, "@SYS$MANAGER:TCPIP$MAIL_IVP"
        users = node.dcl("MCR AUTHORIZE SHOW/BRIEF *")
        rename = "RENAME SYS$COMMON:[SYS$STARTUP]TCPIP${0}_STARTUP.{1} *.{2}"

        def verify(ident, *words):
            text = node.dcl(" ".join((ivp, *words)))
            self.assertRegex(text, rf"(?m)^%TCPIP-[SEW]-{ident}", text)
            self.assertEqual(node.dcl("MCR AUTHORIZE SHOW/BRIEF *"), users)
            self.assertFalse(os.path.exists(node.path("TCPIP$IVP")))
            self.assertFalse([f for f in node.disk() if "MAIL_IVP_" in f])
            return text
        for name, value in (("DISUSERPASS", "1"), ("APOP", "OFF")):  # by APOP; not at all
            node.dcl(f"DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$POP_{name} {value}", "@SYS$STARTUP:TCPIP$POP_SHUTDOWN",
                     "@SYS$STARTUP:TCPIP$POP_STARTUP")
            text = verify("IVPDONE" if name == "DISUSERPASS" else "IVPCOLLECT")
        self.assertRegex(text, "(?m)^%TCPIP-E-IVPREFUSED, the POP server refused USER: -ERR")
        node.dcl("DEASSIGN/SYSTEM/EXECUTIVE_MODE TCPIP$POP_DISUSERPASS", "DEASSIGN/SYSTEM/EXECUTIVE_MODE TCPIP$POP_APOP")
        self.secure_verifications(verify)
        node.dcl("@SYS$STARTUP:TCPIP$POP_SHUTDOWN")
        self.assertIn("service POP is not enabled", verify("IVPSERVICE"))
        node.dcl(rename.format("POP", "COM", "OFF"))
        self.assertIn("there is no POP", verify("IVPDONE"))
        node.dcl(rename.format("SMTP", "COM", "OFF"))
        verify("IVPNOTHING")
        node.dcl(rename.format("POP", "OFF", "COM"), "@SYS$STARTUP:TCPIP$POP_STARTUP")
        self.assertIn("a message to TCPIP$IVP has been sent", verify("IVPDONE"))
        self.assertRegex(node.sys("dcl", "--user", "ALICE", ivp, check=False), "(?m)^%TCPIP-E-IVPPRIV")
        # what a crash of the IVP has left does not matter
        node.dcl(rename.format("SMTP", "OFF", "COM"), "CREATE/DIRECTORY SYS$SYSDEVICE:[TCPIP$IVP]",
                 "MCR AUTHORIZE ADD TCPIP$IVP/UIC=[3655,40]/DIRECTORY=[TCPIP$IVP]/DEVICE=SYS$SYSDEVICE:")
        verify("IVPDONE")
        # what it says when parts of the system do not work
        node.dcl("STOP/QUEUE/NEXT TCPIP$SMTP_NODE_00", "STOP/QUEUE/NEXT TCPIP$SMTP_NODE_01", "STOP/QUEUE/NEXT TCPIP$SMTP_NODE_02")
        self.assertRegex(verify("IVPCOLLECT", "1"), "(?m)^%TCPIP-E-IVPWAIT,.* within 1 seconds")
        node.dcl(rename.format("POP", "COM", "OFF"))
        verify("IVPWAIT", "1")
        self.assertRegex(node.dcl("@SYS$MANAGER:TCPIP$MAIL_REMOVE CONFIRM"), "(?m)^%TCPIP-E-HASMAIL")
        node.dcl(rename.format("POP", "OFF", "COM"), "@SYS$STARTUP:TCPIP$SMTP_STARTUP")
        self.assertTrue(wait_for(lambda: "entries" not in node.dcl("SHOW QUEUE/ALL/FULL TCPIP$SMTP_*"), 60))
        node.dcl("DEASSIGN/SYSTEM/EXECUTIVE_MODE MAIL$PROTOCOL_SMTP")
        verify("IVPSEND")
        os.rename(node.path("VMS$COMMON/SYSEXE/AUTHORIZE.EXE;1"), node.path("AUTHORIZE"))
        self.assertRegex(node.dcl(ivp), "(?m)^%TCPIP-E-IVPACCOUNT")
        os.rename(node.path("AUTHORIZE"), node.path("VMS$COMMON/SYSEXE/AUTHORIZE.EXE;1"))
        node.dcl("STOP/QUEUE/RESET TCPIP$SMTP_NODE_00", "DELETE/QUEUE TCPIP$SMTP_NODE_00")
        verify("IVPQUEUE")
        remove = "@SYS$MANAGER:TCPIP$MAIL_REMOVE CONFIRM"
        self.assertRegex(node.sys("dcl", "--user", "ALICE", remove, check=False), "(?m)^%TCPIP-E-NOPRIV")
        rename_list = "RENAME SYS$COMMON:[SYSMGR.TCPIP$MAIL]TCPMAIL.{} *.{}"
        node.dcl(rename_list.format("LIS", "OFF"))
        self.assertRegex(node.dcl(remove), "(?m)^%TCPIP-E-NOTTHERE")
        node.dcl(rename_list.format("OFF", "LIS"))


if __name__ == "__main__":
    unittest.main(verbosity=1)

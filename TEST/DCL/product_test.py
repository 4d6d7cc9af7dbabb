#!/usr/bin/env python3
"""The product's procedures (COM): configured, started, used, stopped, taken over and given back; every label is reached
(coverage_test.py).

Runs in VMSROOTs of its own, with free ports.
"""
import os
import re
import shutil
import smtplib
import poplib
import socket
import subprocess
import sys
import tempfile
import time

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BIN = os.path.join(os.environ.get("BUILD_DIR", os.path.join(TOP, "build")), "bin")
sys.path.insert(0, os.path.join(TOP, "TEST", "SUPPORT"))
import coverage  # noqa: E402
COM = os.path.join(TOP, "COM")
ALL, ORDINARY = "7fffffffff", "108000"
problems = []


def check(what, good):
    print(("ok      " if good else "FAILED  ") + what)
    if not good:
        problems.append(what)


def said(text, ident):
    """How often a message of the procedures was shown; the commands themselves are shown too."""
    return len(re.findall(rf"(?m)^%TCPIP-[A-Z]-{ident},", text))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(condition, seconds=30):
    end = time.time() + seconds
    while not condition() and time.time() < end:
        time.sleep(0.05)
    return condition()


class Node:
    def __init__(self, **answers):
        self.root = tempfile.mkdtemp(prefix="vms_")
        self.smtp, self.pop = free_port(), free_port()
        self.env = dict(os.environ, VMSROOT=self.root, SHIM_NODE="NODE", TZ="UTC", SHIM_MODE="3", SHIM_USER="SYSTEM",
                        SHIM_UIC="10004", SHIM_PRIV=ALL, SHIM_DEFAULT="[KIT]")
        self.vmsys("create", "--images", BIN)
        self.vmsys("add", "user", "SYSTEM", "--directory", "SYS$SYSDEVICE:[SYSTEM]")
        self.vmsys("add", "user", "ALICE", "--directory", "SYS$SYSDEVICE:[ALICE]", "--password", "wonder")
        for name in os.listdir(COM):
            if name.endswith(".COM"):
                self.put("KIT/" + name, open(os.path.join(COM, name)).read())
        for name in os.listdir(os.path.join(COM, "TEMPLATES")):
            self.put("KIT/TEMPLATES/" + name, open(os.path.join(COM, "TEMPLATES", name)).read())
        self.answers(**answers)
        self.vmsys("boot")
        self.dcl("DEFINE/SYSTEM TCPIP$MAIL_VERIFY 1")
        self.dcl("DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$INET_HOST node", "DEFINE/SYSTEM/EXECUTIVE_MODE TCPIP$INET_DOMAIN vms.test")

    def answers(self, **more):
        values = dict({"SMTP_PORT": self.smtp, "POP_PORT": self.pop, "QUEUES": 2}, **more)
        self.put("KIT/ANSWERS.DAT", "! answers\n" + "".join(f"{k} = {v} ! an answer\n" for k, v in values.items()))

    def put(self, name, text, mode=0o644):
        path = os.path.join(self.root, name + ";1")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
        os.chmod(path, mode)

    def files(self, folder, pattern):
        path = os.path.join(self.root, folder)
        return sorted(f for f in os.listdir(path) if re.fullmatch(pattern, f)) if os.path.isdir(path) else []

    def vmsys(self, *words):
        subprocess.run([os.path.join(BIN, "vmsys"), *words], env=self.env, check=True, stdout=subprocess.DEVNULL)

    def dcl(self, *commands, input="", privileges=ALL):
        text = ""
        for command in commands:
            done = subprocess.run([os.path.join(BIN, "dcl"), command], env=dict(self.env, SHIM_PRIV=privileges, **(
                {} if privileges == ALL else {"SHIM_USER": "ALICE", "SHIM_UIC": "c80001"})),
                                  input=input.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120)
            text += done.stdout.decode("latin-1")
        return text

    def configure(self, *words, **more):
        return self.dcl("@TCPIP$MAIL_CONFIG " + " ".join(words or ("AUTO", "ANSWERS.DAT")), **more)

    def start(self, *protocols):
        return self.dcl(*(f"@SYS$STARTUP:TCPIP${p}_STARTUP" for p in protocols or ("SMTP", "POP")))

    def stop(self):
        return self.dcl("@SYS$STARTUP:TCPIP$SMTP_SHUTDOWN", "@SYS$STARTUP:TCPIP$POP_SHUTDOWN")

    def close(self):
        self.vmsys("shutdown")
        violations = os.path.join(self.root, ".shim", "violations.log")
        check("no breach of contract", not os.path.exists(violations) or not os.path.getsize(violations))
        shutil.rmtree(self.root, ignore_errors=True)


def greeting(port):
    def listening():
        try:
            with socket.create_connection(("127.0.0.1", port), 2) as s:
                s.settimeout(5)
                return bool(s.recv(200))
        except OSError:
            return False
    return wait_for(listening)


def count_of(node, port):
    box = poplib.POP3("127.0.0.1", port, timeout=20)
    box.user("alice")
    box.pass_("wonder")
    count = box.stat()[0]
    box.quit()
    return count


def test_life():
    """Configure, start, deliver a message, configure again, stop."""
    node = Node(STARTUP="YES")
    text = node.configure()
    check("configured", said(text, "CONFIGDONE") and not re.search(r"(?m)^%[A-Z]+-[EF]-", text))
    check("account", "[003655,000001]" in text and node.files("SYS0/TCPIP$SMTP", r"LOGIN\.COM;1") == ["LOGIN.COM;1"])
    text = node.dcl("MCR AUTHORIZE SHOW TCPIP$POP")
    check("account's record", all(x in text for x in ("[3655,2]", "Restricted", "DisMail", "Fillm:          1000", "Network:  ##### Full")))
    text = node.start()
    check("started", said(text, "STARTDONE") == 2)
    text = node.dcl("INSTALL LIST/FULL")
    check("exact privileges", "Privileges = OPER SECURITY SYSNAM SYSPRV\n" in text and
          "Privileges = BYPASS OPER SECURITY SYSNAM SYSPRV\n" in text)
    check("receiver and POP server answer", greeting(node.smtp) and greeting(node.pop))
    with smtplib.SMTP("127.0.0.1", node.smtp, timeout=20) as s:
        s.sendmail("bob@example.com", ["alice@node.vms.test"], "Subject: x\r\n\r\nhello\r\n")
    check("a message comes through", wait_for(lambda: count_of(node, node.pop) == 1))
    node.put("VMS$COMMON/SYS$STARTUP/TCPIP$SMTP_SYSTARTUP.COM", "$ WRITE SYS$OUTPUT \"site's own\"\n")
    text = node.configure()
    check("run again: nothing changes", said(text, "ACCOUNT") == 2 and said(text, "SERVICE") == 2 and not said(text, "SITEFILE"))
    text = node.start()
    check("the site's file is kept and runs", "site's own" in text and said(text, "STARTDONE") == 2)
    node.dcl("STOP/QUEUE/NEXT TCPIP$SMTP_NODE_00")
    with smtplib.SMTP("127.0.0.1", node.smtp, timeout=20) as s:
        s.sendmail("bob@example.com", ["alice@node.vms.test"], "Subject: lost\r\n\r\nhello\r\n")
    entry = re.search(r"(?m)^ +(\d+)  \d{14,16}_TCPIP\$SMTP_", node.dcl("SHOW QUEUE/ALL_JOBS TCPIP$SMTP_NODE_00"))
    check("a message loses its entry", entry and not node.dcl("DELETE/ENTRY=" + entry.group(1)))
    text = node.stop()
    check("stopped", said(text, "STOPDONE") == 2 and not node.dcl("INSTALL LIST").strip())
    text = node.dcl("SHOW QUEUE TCPIP$SMTP_*")
    check("queues stopped", text.count("stopped") == 3)
    node.vmsys("shutdown")
    node.vmsys("boot")
    check("boot starts them", greeting(node.smtp) and greeting(node.pop))
    check("lost and found", wait_for(lambda: count_of(node, node.pop) == 2))
    check("its report is kept", node.files("SYS0/TCPIP$SMTP", r"TCPIP\$SMTP_ANALYZE\.LOG;\d+"))
    node.dcl("DEFINE/SYSTEM TCPIP$MAIL_VERIFY 1")
    node.close()


def test_vendor():
    """Another product's service and procedures: left alone, taken over, given back."""
    node = Node(POP="NO")
    vendor = "$ WRITE SYS$OUTPUT \"the vendor's\"\n"
    node.put("VMS$COMMON/SYS$STARTUP/TCPIP$SMTP_STARTUP.COM", vendor)
    node.put("VMS$COMMON/SYSEXE/TCPIP$SMTP_RECV_RUN.COM", vendor)
    node.dcl("MCR TCPIP$UCP SET SERVICE SMTP/PORT=26/PROTOCOL=TCP/USER_NAME=ALICE/PROCESS_NAME=OTHER/FILE=SYS$SYSTEM:OTHER.COM"
             "/LIMIT=7/LOG_OPTIONS=(FILE=SYS$SYSTEM:OTHER.LOG)")
    text = node.configure()
    check("vendor is named and kept", said(text, "VENDOR") and said(text, "KEPT"))
    check("its service too", "SYS$SYSTEM:OTHER.COM" in node.dcl("MCR TCPIP$UCP SHOW SERVICE/FULL SMTP"))
    node.answers(POP="NO", TAKE_OVER="YES")
    text = node.configure()
    check("taken over, saved", said(text, "SAVED") == 3)
    check("the service is ours", "TCPIP$SMTP_RECV_RUN.COM" in node.dcl("MCR TCPIP$UCP SHOW SERVICE/FULL SMTP"))
    text = node.configure("RESTORE")
    check("given back", said(text, "RESTORED") == 3)
    text = node.dcl("MCR TCPIP$UCP SHOW SERVICE/FULL SMTP")
    check("as it was", all(x in text for x in ("SYS$SYSTEM:OTHER.COM", "ALICE", "OTHER", " 26 ", " 7 ", "OTHER.LOG")))
    check("its procedures too", "the vendor's" in node.dcl("@SYS$STARTUP:TCPIP$SMTP_STARTUP"))
    os.remove(os.path.join(node.root, "VMS$COMMON/SYS$STARTUP/TCPIP$SMTP_STARTUP.COM;1"))
    node.answers(POP="NO", TAKE_OVER="NO")
    check("service alone is kept", said(node.configure(), "KEPT") == 1)
    node.close()


def test_failures():
    """What is missing is said; servers that end with errors are run again and reported."""
    node = Node(SMTP="NO")
    check("no privilege", said(node.configure(privileges=ORDINARY), "NOPRIV"))
    check("no answers", said(node.configure("AUTO", "NOSUCH.DAT"), "NOANSWERS"))
    node.answers(QUEUES="33")
    check("bad number", said(node.configure(), "BADVALUE"))
    text = node.dcl("@TCPIP$MAIL_CONFIG", input="no\nno\n")
    check("a person is asked; the end of the input is the defaults", said(text, "CONFIGDONE"))
    node.answers(SMTP="NO")
    check("POP alone", said(node.configure(), "CONFIGDONE"))
    node.dcl(*(f"COPY/PROTECTION=(W:RE) TCPIP$SMTP_{x}.COM SYS$COMMON:[SYS$STARTUP]" for x in ("STARTUP", "SHUTDOWN")))
    for name in ("SMTP_STARTUP", "SMTP_SHUTDOWN", "POP_STARTUP", "POP_SHUTDOWN"):
        check("no privilege for " + name, said(node.dcl("@SYS$STARTUP:TCPIP$" + name, privileges=ORDINARY), "NOPRIV"))
    exe = os.path.join(node.root, "VMS$COMMON", "SYSEXE")
    for name in node.files("VMS$COMMON/SYSEXE", r"(TCPIP\$SMTP_RECEIVER|TCPIP\$POP_SERVER)\.EXE;1"):
        os.remove(os.path.join(exe, name))
    check("image is missing", said(node.start(), "NOIMAGE") == 2)
    check("nothing to stop", said(node.stop(), "STOPDONE"))
    runs = os.path.join(node.root, "runs")
    for name in ("TCPIP$SMTP_RECEIVER", "TCPIP$POP_SERVER"):
        node.put(f"VMS$COMMON/SYSEXE/{name}.EXE", f"#!/bin/sh\necho x >> {runs}\nkill -SEGV $$\n", 0o755)
    node.dcl("DEFINE/SYSTEM TCPIP$POP_POSTMASTER \"SYSTEM, ALICE\"")
    node.dcl("@SYS$SYSDEVICE:[KIT]TCPIP$SMTP_RECV_RUN")
    check("ACCVIO: run again, five times", open(runs).read().count("x") == 5)
    node.dcl("@SYS$SYSDEVICE:[KIT]TCPIP$POP_RUN")
    check("ACCVIO: the POP server too", open(runs).read().count("x") == 10)
    shutil.copy(os.path.join(BIN, "TCPIP$POP_SERVER.EXE"), os.path.join(exe, "TCPIP$POP_SERVER.EXE;1"))
    node.dcl("@SYS$SYSDEVICE:[KIT]TCPIP$POP_RUN")  # nobody gives it a socket
    text = node.dcl("MAIL", input="DIRECTORY NEWMAIL\n")
    check("one mail for five crashes", text.count("POP server exited with an error") == 1)
    check("one mail, of the server itself, for an end that it has seen", text.count("POP server on ") == 1)
    text = node.dcl("MAIL", input="READ/NEW\n")
    check("mail to the postmasters", "POP server exited with an error" in text and "ACCVIO" in text)
    node.dcl("DEASSIGN/SYSTEM TCPIP$POP_POSTMASTER", "@SYS$SYSDEVICE:[KIT]TCPIP$POP_RUN")
    check("queues are missing", said(node.start("SMTP"), "NOTCONFIG"))
    for name in ("SSL3$LIBCRYPTO_SHR", "SSL3$LIBSSL_SHR"):
        node.put(f"VMS$COMMON/SYSLIB/{name}.EXE", "an image\n", 0o755)
    node.start("POP")
    check("SSL images are installed first", "SSL3$LIBSSL_SHR" in node.dcl("INSTALL LIST"))
    node.stop()
    os.remove(os.path.join(exe, "AUTHORIZE.EXE;1"))
    node.answers(POP="NO")
    check("an account cannot be made", said(node.configure(), "CONFIGFAIL") == 1)
    os.remove(os.path.join(exe, "TCPIP$UCP.EXE;1"))
    check("no TCP/IP", said(node.configure(), "NOTCPIP") and said(node.start(), "NOTCPIP") == 2)
    node.close()


def main():
    coverage.record("product")
    for test in (test_life, test_vendor, test_failures):
        print("== " + test.__doc__)
        test()
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

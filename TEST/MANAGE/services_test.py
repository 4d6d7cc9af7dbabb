#!/usr/bin/env python3
"""The utility in a whole system: services by the network software's own utility, mail commands, both by one verb.

The transcripts of TEST/DATA/MANAGE hold what a manager types and all that he sees, so that no change of a layout is
overlooked.  Their lines:

    ! comment
    $ command              of SYSTEM; $(SMITH) command: of that user.  {entry} is the number of the oldest entry
    > answer               what the command before it reads
    # action words         ACTIONS below: mail arrives, gets lost ...
    anything else          what is shown; <time>, <entry>, <number> ... stand for what differs each time
"""
import difflib
import os
import pty
import re
import select
import signal
import smtplib
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "SUPPORT"))
import vmsroot  # noqa: E402


DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "DATA", "MANAGE")
ZONE = ["relay.abc.com MX 100 mail11.abc.com", "relay.abc.com MX 200 mail2.abc.com", "mail11.abc.com A 1.3.4.5", "mail2.abc.com A 2.4.5.6",
        "1.0.0.127.in-addr.arpa PTR host.abc.com", "example.net A 10.1.1.2", "null.example MX 0 .", "broken.example FAIL 2"]
DIFFERENT = {"<time>": r"[ 123]\d-[A-Z]{3}-\d{4} \d\d:\d\d:\d\d", "<entry>": r" *\d+", "<number>": r"\d+", "<stamp>": r"\d{14,16}",
             "<pid>": r"[0-9A-F]{8}"}
MARK = "---- a command ends ----"


class Services(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dns = vmsroot.Dns(ZONE)
        cls.vms = None
        try:
            cls.vms = vmsroot.System(node="DODO", users={"SYSTEM": "manager", "SMITH": "sesame", "DRAKE": "mandarin"}, queues=1, dns=cls.dns.port)
            with open(os.path.join(cls.vms.root, "VMS$COMMON", "SYSEXE", "TCPIP$HOSTS.TXT;1"), "w") as f:
                f.write("10.1.1.1 near\n")
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.dns.close()
        if cls.vms:
            cls.vms.close()

    # -- transcripts
    def last(self):
        """The newest entry and the host's path of its control file."""
        entry = max(self.vms.entries(), key=lambda e: e["entry"])
        return entry["entry"], self.vms.sys("file", "path", entry["file"]).split()[0]

    def message(self, recipients):
        with smtplib.SMTP("127.0.0.1", self.vms.smtp, timeout=60) as client:
            client.sendmail("a@example.net", recipients.split(","), "Subject: x\r\n\r\ntext\r\n")

    def own(self, user, recipient, *before):
        """A user without privileges sends by MAIL, which reads the configuration database by his rights."""
        with open(os.path.join(self.vms.root, user, "LETTER.TXT;1"), "w") as f:
            f.write("hello\n")
        self.assertEqual(self.dcl(*before, f'MAIL/SUBJECT="own" LETTER.TXT SMTP%"{recipient}"', user=user), "")

    def lose(self, user, name):
        entry, path = self.last()
        self.vms.sys("delete", "entry", entry)
        os.rename(path, os.path.join(self.vms.root, user, name + ";1"))

    def damage(self):
        with open(self.last()[1], "r+b") as f:
            f.seek(600)
            f.write(bytes(100))

    def damage_cell(self):
        with open(self.last()[1], "r+b") as f:
            f.seek(2 * 512 + 8)
            f.write(b"?")

    def erase(self):
        os.unlink(self.last()[1])

    def hold(self):
        self.dcl(f"SET ENTRY {self.last()[0]}/HOLD")

    def put(self, name, *words):
        self.vms.common_file(name, " ".join(words) + "\n")

    def conf(self, *words):
        path = os.path.join(self.vms.root, "SYS0", "TCPIP$SMTP", "TCPIP$SMTP.CONF;1")
        if words:
            self.vms.common_file("TCPIP$SMTP.CONF", " ".join(words).replace("|", "\n") + "\n")
        elif os.path.exists(path):
            os.unlink(path)

    ACTIONS = {"message": message, "own": own, "lose": lose, "damage": damage, "erase": erase, "hold": hold, "put": put, "conf": conf}

    def filled(self, text):
        entries = self.vms.entries() if "{entry}" in text else []
        return re.sub(r"{(entry|pop|smtp)(:.*?)?}", lambda m: format({"entry": min((e["entry"] for e in entries), default=0), "pop": self.vms.pop,
                                                                      "smtp": self.vms.smtp}[m.group(1)], (m.group(2) or ":")[1:]), text)

    def run_commands(self, user, commands):
        """[(command, answers, expected)] in one session; each must show what is expected."""
        lines = []
        for command, answers, _ in commands:
            lines += [command, *answers, f'WRITE SYS$OUTPUT "{MARK}"']
        shown = self.dcl(*lines, user=user).split(MARK + "\n")
        for (command, _, expected), text in zip(commands, shown):
            got = text.splitlines()
            for i, line in enumerate(expected[:len(got)]):
                pattern = re.escape(line)
                for name, regex in DIFFERENT.items():
                    pattern = pattern.replace(name, regex)
                if re.fullmatch(pattern, got[i]):
                    got[i] = line
            if got != expected:
                self.fail(command + "\n" + "\n".join(difflib.unified_diff(expected, got, "expected", "shown", lineterm="", n=30)))

    def transcript(self, name):
        with open(os.path.join(DATA, name + ".TXT")) as f:
            lines = f.read().splitlines()
        user, commands = None, []

        def flush():
            if commands:
                self.run_commands(user, commands)
            commands.clear()
        for line in lines:
            command = re.match(r"\$(?:\((\w+)\))? (.*)", line)
            if command:
                if command.group(1) != user or "{entry}" in line:
                    flush()
                    user = command.group(1)
                commands.append((self.filled(command.group(2)), [], []))
            elif line.startswith("# "):
                flush()
                action, *words = line.split()[1:]
                self.ACTIONS[action](self, *words)
            elif line.startswith("> "):
                commands[-1][1].append(line[2:])
            elif not line.startswith("! "):
                commands[-1][2].append(self.filled(line))
        flush()
        self.assertEqual(self.vms.violations(), "")

    def test_configuration(self):
        self.transcript("CONFIGURATION")

    def test_mail(self):
        self.transcript("MAIL")

    def test_analyze(self):
        self.transcript("ANALYZE")

    def test_routing(self):
        self.transcript("ROUTING")

    def test_services(self):
        self.transcript("SERVICES")

    def test_problem_and_solution_at_a_terminal(self):
        """HP 18.9.1, example 1, with its prompt."""
        self.dcl("TCPIP STOP MAIL")
        self.message("smith@dodo.vms.test")
        self.damage_cell()
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(os.path.join(self.vms.build, "bin", "vmsys"), ["vmsys", "dcl"], self.vms.env(TERM="dumb"))
        shown = b""

        def until(text):
            nonlocal shown
            while text not in shown:
                if not select.select([fd], [], [], 60)[0]:
                    self.fail(shown.decode("latin-1"))
                shown += os.read(fd, 4096)
        self.addCleanup(os.close, fd)
        self.addCleanup(os.waitpid, pid, 0)
        self.addCleanup(os.kill, pid, signal.SIGKILL)
        until(b"$ ")
        os.write(fd, b"MCR TCPIP$SMTP_MANAGE ANALYZE MAIL/REPAIR/CONFIRM\r")
        until(b"CONFIRM [Y/N/G]: ")
        os.write(fd, b"Y\r")
        until(b"ANA_FILCOR")
        text = shown.decode("latin-1").replace("\r", "")
        self.assertIn("%TCPIP-E-ANA_SUP_BADIICGSIZE, Problem: Bad initial inode cell\ngroup size: 0\nSolution: Will be replaced by\n"
                      "default size: 1\n        CONFIRM [Y/N/G]: ", text)
        self.assertNotIn("BADIICGSIZE", self.dcl("TCPIP ANALYZE MAIL/REPAIR"))
        self.dcl("TCPIP REMOVE MAIL/NOCONFIRM", "TCPIP START MAIL")

    def dcl(self, *commands, user=None):
        words = [os.path.join(self.vms.build, "bin", "vmsys"), "dcl"] + (["--user", user] if user else [])
        text = "TCPIP :== $SYS$SYSTEM:TCPIP$SMTP_MANAGE\n" + "\n".join(commands) + "\n"
        done = subprocess.run(words, env=self.vms.env(), input=text, capture_output=True, text=True, timeout=60)
        return done.stdout + done.stderr

    def test_logs_by_logical_names(self):
        """Spec 2.1: VMSMAIL_SEND in a user's MAIL; SYMB_SNAPSHOT_BLOCKS with LOG_LEVEL from START MAIL to the next STOP MAIL."""
        names = ("TCPIP$SMTP_LOG_LEVEL 5", "TCPIP$SMTP_SYMB_SNAPSHOT_BLOCKS 2")
        self.dcl("TCPIP SET CONFIGURATION SMTP/LOG=SYS$SPECIFIC:[TCPIP$SMTP]SNAPSHOT.LOG", *("DEFINE/SYSTEM/EXECUTIVE_MODE " + n for n in names),
                 "TCPIP STOP MAIL", "TCPIP START MAIL")
        for _ in range(4):
            self.message("drake@dodo.vms.test")
        self.own("SMITH", "drake@dodo.vms.test", "DEFINE TCPIP$SMTP_VMSMAIL_SEND 1")
        shown = self.dcl("TYPE DEBUG.TXT", user="SMITH")
        self.assertIn("mailshr connect protocol=SMTP", shown)
        self.assertIn("mailshr check_user addressee=", shown)
        self.assertTrue(vmsroot.wait_for(lambda: len(self.vms.mail("DRAKE")) >= 5 and not self.vms.entries(), 60), self.vms.sys("show", "queue"))
        self.assertEqual(self.vms.log("SNAPSHOT.LOG"), "", "nothing is written before the end")
        self.dcl("TCPIP STOP MAIL")
        self.assertTrue(vmsroot.wait_for(lambda: "symbiont stop" in self.vms.log("SNAPSHOT.LOG"), 60))
        self.dcl(*("DEASSIGN/SYSTEM/EXECUTIVE_MODE " + n.split()[0] for n in names), "TCPIP SET CONFIGURATION NOSMTP", "TCPIP START MAIL")
        text = self.vms.log("SNAPSHOT.LOG")
        self.assertLessEqual(len(text), 2 * 512)
        self.assertIn(" erased file=SYS$SYSDEVICE:[SMITH]", text)
        self.assertNotIn(" symbiont start", text, "the oldest lines have been overwritten")

    def test_disable_and_enable(self):
        self.assertTrue(vmsroot.wait_port(self.vms.pop))
        self.assertNotIn("%", self.dcl("TCPIP DISABLE SERVICE POP"))
        self.assertIn("Disabled\n", self.dcl("TCPIP SHOW SERVICE POP"))
        self.assertTrue(vmsroot.wait_for(lambda: not vmsroot.wait_port(self.vms.pop, 0.05)))
        self.assertNotIn("%", self.dcl("TCPIP ENABLE SERVICE POP", "TCPIP SET CONFIGURATION ENABLE SERVICE POP"))
        self.assertTrue(vmsroot.wait_port(self.vms.pop))

    def test_prompt_and_help(self):
        text = self.dcl("TCPIP", "SHOW MAIL", "SHOW SERVICE SMTP", "HELP SHOW MAIL", "", "", "", "EXIT", "WRITE SYS$OUTPUT \"after\"")
        self.assertIn("%TCPIP-I-NOMAIL, no mail is queued\n", text)
        self.assertIn("TCPIP$SMTP       127.0.0.1", text)
        self.assertIn("Shows mail that waits in the queues.", text)
        self.assertIn("after\n", text)

    def test_status_reaches_dcl(self):
        text = self.dcl("TCPIP SHOW HOST NOWHERE.EXAMPLE", "IF .NOT. $STATUS THEN WRITE SYS$OUTPUT \"failed\"",
                        "TCPIP SHOW SERVICE NONE", "IF .NOT. $STATUS THEN WRITE SYS$OUTPUT \"failed too\"")
        self.assertIn("failed\n", text)
        self.assertIn("failed too\n", text)

    def test_receiver_and_symbiont_obey(self):
        """What SET CONFIGURATION says, the servers do."""
        self.dcl("TCPIP SET CONFIGURATION SMTP/NOLOG", "TCPIP STOP MAIL", "TCPIP START MAIL")
        self.assertIn("Log file:             not defined\n", self.dcl("TCPIP SHOW CONFIGURATION SMTP"))
        self.assertIn("%TCPIP-I-ANA_COMPLE, ANALYZE completed on node DODO\n", self.dcl("TCPIP ANALYZE MAIL"))


if __name__ == "__main__":
    unittest.main()

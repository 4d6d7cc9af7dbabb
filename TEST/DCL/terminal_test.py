#!/usr/bin/env python3
"""A person at a terminal (tmux): line editing, recall, interrupts, prompts, HELP, subprocesses, logout."""
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "SUPPORT"))
import vmsroot  # noqa: E402
from vmsroot import System  # noqa: E402


def wait_for(condition, seconds=60):
    """A loaded machine takes its time; a condition that holds is seen at once."""
    return vmsroot.wait_for(condition, seconds)


class Screen:
    """A terminal of 80 by 24 in which a session runs."""

    def __init__(self, vms, *words, width=80, verb="dcl", command=None):
        self.socket = tempfile.mktemp(prefix="dcl_tmux_")
        self.width = width
        names = {"VMSROOT": vms.root, "SHIM_NODE": vms.node}
        command = command or ["env", *(f"{k}={v}" for k, v in names.items()), os.path.join(vms.build, "bin", "vmsys"), verb, *words]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", "24", *command)
        self.tmux("set-option", "remain-on-exit", "on", check=False)

    def tmux(self, *words, check=True):
        env = {k: v for k, v in os.environ.items() if k not in ("TMUX", "VMSROOT")}
        env["TERM"] = "xterm"
        done = subprocess.run(["tmux", "-S", self.socket, *words], capture_output=True, text=True, env=env)
        if check and done.returncode:
            raise RuntimeError(f"tmux {words}: {done.stderr}")
        return done.stdout

    def text(self):
        return self.tmux("capture-pane", "-p", "-S", "-200").rstrip("\n")

    def lines(self):
        return [line.rstrip() for line in self.text().splitlines()]

    def wait(self, text, seconds=60):
        """Until the last line that is not empty is this; all lines then."""
        def there():
            lines = self.lines()
            return bool(lines) and lines[-1] == text and lines
        found = wait_for(there, seconds)
        if not found:
            raise AssertionError(f"expected {text!r} at the end of\n" + self.text())
        return found

    def see(self, text, seconds=60):
        if not wait_for(lambda: text in self.text(), seconds):
            raise AssertionError(f"expected {text!r} in\n" + self.text())

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def key(self, *names):
        self.tmux("send-keys", *names)

    def command(self, text, prompt="$"):
        """What the command printed."""
        before = self.lines()
        shown = before[-1] + (" " if before[-1] == prompt else "") + text
        self.type(text)
        self.key("Enter")

        def done():
            lines = self.lines()
            return len(lines) > len(before) and lines[-1] == prompt and lines
        lines = wait_for(done, 60)
        if not lines:
            raise AssertionError(f"{text}: no prompt in\n" + self.text())
        lines = lines[len(before) - 1:]
        return lines[(len(shown) + self.width - 1) // self.width:-1]

    def clear(self):
        self.tmux("send-keys", "-R")
        self.tmux("clear-history")

    def ended(self):
        return self.tmux("list-panes", "-F", "#{pane_dead}").strip() == "1"

    def status(self):
        """The exit status of what has ended, a signal's name, or nothing yet.

        libutempter lets tmux hear of no child while it strikes the login, which is when the session ends: the end
        of another child makes tmux look again."""
        self.tmux("run-shell", "true")
        return self.tmux("list-panes", "-F", "#{pane_dead_status}#{pane_dead_signal}").strip()

    def close(self):
        self.tmux("kill-server", check=False)
        if os.path.exists(self.socket):
            os.unlink(self.socket)


class Terminal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vms = System(users={"SYSTEM": "manager"}, boot=False)
        cls.addClassCleanup(cls.vms.close)
        cls.vms.create()
        cls.vms.add_user("SMITH", "sesame", directory="SYS$SYSDEVICE:[SMITH]", uic="[200,201]")
        os.makedirs(os.path.join(cls.vms.root, "SMITH"), exist_ok=True)
        os.symlink(os.path.join(cls.vms.build, "bin", "dcl_test_image"),
                   os.path.join(cls.vms.root, "VMS$COMMON", "SYSEXE", "TESTIMAGE.EXE;1"))

    def setUp(self):
        self.screen = None

    def tearDown(self):
        if self.screen:
            self.screen.close()
        # the next session is SMITH, and its subprocess SMITH_1, only when these names are free
        self.assertTrue(wait_for(lambda: not self.vms.pids("dcl")), self.vms.pids("dcl"))
        self.assertEqual(self.vms.violations(), "")

    def file(self, name, *lines):
        with open(os.path.join(self.vms.root, "SMITH", name + ";1"), "w") as f:
            f.write("".join(line + "\n" for line in lines))

    def login(self, *words):
        self.screen = Screen(self.vms, "--user", "SMITH", *words)
        self.screen.wait("$")
        return self.screen

    def test_login_and_logout(self):
        self.file("LOGIN.COM", '$ WRITE SYS$OUTPUT "hello from LOGIN.COM"')
        try:
            s = self.login()
        finally:
            os.unlink(os.path.join(self.vms.root, "SMITH", "LOGIN.COM;1"))
        lines = s.lines()
        self.assertIn("Welcome to OpenVMS services on Linux, Version V8.4, on node NODE", lines[0])
        self.assertEqual(lines[-2:], ["hello from LOGIN.COM", "$"])
        self.assertEqual(s.command("show default"), ["  SYS$SYSDEVICE:[SMITH]"])
        self.assertEqual(s.command('write sys$output f$mode(), " ", f$user(), " ", f$getjpi("","TERMINAL")')[0][:22],
                         "INTERACTIVE [SMITH] FT")
        s.type("logout/full")
        s.key("Enter")
        s.see("  SMITH        logged out at ")
        s.see("Charged CPU time:")
        self.assertTrue(wait_for(s.ended))

    def test_name_and_password(self):
        self.screen = s = Screen(self.vms, verb="login")
        self.vms.add_user("BROWN", "open sesame")
        for name, password in (("brown", "wrong"), ("nobody", "x"), ("Brown", "Open Sesame")):
            s.wait("Username:")
            s.type(name)
            s.key("Enter")
            s.wait("Password:")
            s.type(password)
            s.key("Enter")
        s.wait("$")
        self.assertEqual(s.text().count("User authorization failure"), 2)
        self.assertNotIn("esame", s.text())
        self.assertEqual(s.command('write sys$output f$getjpi("","USERNAME")'), ["BROWN"])

    def test_line_editing(self):
        s = self.login()
        s.type('write sys$output "ac"')
        s.key("Left", "Left")
        s.key("C-a")  # insert
        s.type("b")
        s.wait('$ write sys$output "abc"')
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.lines()[-2], "abc")
        # beginning, overstrike, end, delete
        s.type("xrite sys$output 12")
        s.key("C-h")
        s.type("w")
        s.key("C-e", "BSpace")
        s.type("3")
        s.wait("$ write sys$output 13")
        s.key("C-u")
        s.wait("$")
        # a word, the whole line, a line that wraps
        s.type("one two three")
        s.key("C-j")
        s.wait("$ one two")
        s.key("C-b")
        s.wait('$ write sys$output "abc"')
        s.key("C-x")
        s.wait("$")
        long = "write sys$output f$length(\"" + "0123456789" * 9 + "\")"
        s.type(long)
        s.key("C-h")
        s.key("C-f", "C-f", "C-d", "C-d")
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.lines()[-2], "90")
        # continuation of a command
        s.type('write sys$output "a", -')
        s.key("Enter")
        s.wait("_$")
        s.type('"b"')
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.lines()[-2], "ab")

    def test_recall(self):
        s = self.login()
        for number in 1, 2, 3:
            self.assertEqual(s.command(f'write sys$output "command {number}"'), [f"command {number}"])
        s.key("Up", "Up")
        s.wait('$ write sys$output "command 2"')
        s.key("Down")
        s.wait('$ write sys$output "command 3"')
        s.key("Down")
        s.wait("$")
        self.assertEqual(s.command("recall/all"), ['  1 write sys$output "command 3"', '  2 write sys$output "command 2"',
                                                   '  3 write sys$output "command 1"'])
        s.type("recall 3")
        s.key("Enter")
        s.wait('$ write sys$output "command 1"')
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.lines()[-2], "command 1")
        s.command("show time")
        s.type("recall wri")
        s.key("Enter")
        s.wait('$ write sys$output "command 1"')
        s.key("C-u")
        self.assertEqual(s.command("recall/erase"), [])
        self.assertEqual(s.command("recall/all"), [])

    def test_control_z_and_end(self):
        s = self.login()
        s.key("C-z")
        s.wait("$")
        self.assertEqual(s.command('write sys$output "still here"'), ["still here"])
        self.assertEqual(s.command("noverb"), ["%DCL-W-IVVERB, unrecognized command verb - check validity and spelling", " \\NOVERB\\"])

    def test_interrupted_image(self):
        s = self.login()
        for key in "C-y", "C-c":
            s.clear()
            s.key("Enter")
            s.wait("$")
            s.type("mcr testimage input")
            s.key("Enter")
            wait_for(lambda: self.vms.pids("dcl_test_image"))
            s.type("a line")
            s.key("Enter")
            s.see("data: a line")
            s.key(key)
            s.see(" Interrupt")
            s.wait("$")
            s.command("show default")  # of the interpreter: the image stays
            self.assertTrue(self.vms.pids("dcl_test_image"))
            s.type("continue")
            s.key("Enter")
            s.type("another")
            s.key("Enter")
            s.see("data: another")
            s.key(key)
            s.wait("$")
            s.type("exit")
            s.key("Enter")
            s.wait("$")
            self.assertTrue(wait_for(lambda: not self.vms.pids("dcl_test_image")))
        # another image takes its place
        s.type("mcr testimage hold")
        s.key("Enter")
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image")))
        s.key("C-y")
        s.wait("$")
        self.assertEqual(s.command("mcr testimage say two"), ["TWO"])
        self.assertTrue(wait_for(lambda: not self.vms.pids("dcl_test_image")))

    def test_interrupted_procedure(self):
        self.file("LOOP.COM", "$ N = 0", "$LOOP:", "$ N = N + 1", '$ IF N .EQ. 1 THEN WRITE SYS$OUTPUT "looping"', "$ WAIT 0:0:0.05",
                  '$ IF F$TYPE(GO) .EQS. "" THEN GOTO LOOP', '$ WRITE SYS$OUTPUT "went on"')
        s = self.login()
        s.type("@loop")
        s.key("Enter")
        s.see("looping")
        s.key("C-y")
        s.wait("$")
        s.type("go == 1")
        s.key("Enter")
        s.type("continue")
        s.key("Enter")
        s.see("went on")
        s.wait("$")
        self.assertEqual(s.command("write sys$output f$environment(\"DEPTH\")"), ["0"])
        s.command("delete/symbol/global go")
        s.type("@loop")
        s.key("Enter")
        self.assertTrue(wait_for(lambda: s.text().count("looping") == 2))
        s.key("C-y")
        s.wait("$")
        s.type("stop")
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.command("write sys$output f$environment(\"DEPTH\")"), ["0"])

    def test_on_control_y(self):
        self.file("CATCH.COM", '$ ON CONTROL_Y THEN GOTO CAUGHT', '$ WRITE SYS$OUTPUT "waiting"', "$ WAIT 1:00", "$ EXIT", "$CAUGHT:",
                  '$ WRITE SYS$OUTPUT "caught once"', "$ SET NOCONTROL=Y", '$ WRITE SYS$OUTPUT "deaf"', "$ CALL INNER",
                  "$ SET CONTROL=Y", '$ WRITE SYS$OUTPUT "image"', "$ MCR TESTIMAGE HOLD", '$ WRITE SYS$OUTPUT "never"', "$ EXIT",
                  "$INNER: SUBROUTINE", "$ INQUIRE ANSWER \"Name\"", '$ WRITE SYS$OUTPUT "answer ", ANSWER', "$ ENDSUBROUTINE")
        s = self.login()
        s.type("@catch")
        s.key("Enter")
        s.see("waiting")
        s.key("C-y")
        s.see("caught once")
        s.see("deaf")
        s.wait("Name:")
        s.type("mel  x")
        s.key("Enter")
        s.see("answer MEL X")
        s.see("image")
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image")))
        s.key("C-c")
        self.assertTrue(wait_for(lambda: s.text().count("caught once") == 2), s.text())
        s.wait("Name:")
        s.key("Enter")
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image")))

    def test_prompts(self):
        self.file("ASK.COM", '$ INQUIRE/NOPUNCTUATION A "Value? "', '$ READ/PROMPT="Line> " SYS$COMMAND B',
                  "$ READ/TIME_OUT=1/ERROR=LATE/PROMPT=\"Quick: \" SYS$COMMAND C", "$LATE:", '$ WRITE SYS$OUTPUT F$MESSAGE($STATUS)',
                  "$ SHOW SYMBOL A", "$ SHOW SYMBOL B", "$ READ/END=DONE/PROMPT=\"End: \" SYS$COMMAND D", "$DONE:", '$ WRITE SYS$OUTPUT "done"')
        s = self.login()
        s.type("@ask")
        s.key("Enter")
        s.wait("Value?")
        s.type("some  text")
        s.key("Enter")
        s.wait("Line>")
        s.type("some  Text")
        s.key("Enter")
        s.wait("Quick:")
        s.see("%RMS-W-TMO, timeout period expired")
        s.wait("End:")
        s.key("C-z")
        s.wait("$")
        self.assertEqual(s.lines()[-5:-1], ['  A = "SOME TEXT"', '  B = "some  Text"', "End:  *EXIT*", "done"])
        # a parameter that is missing is asked for
        s.type("define")
        s.key("Enter")
        s.wait("_Log name:")
        s.type("thing")
        s.key("Enter")
        s.wait("_Equ name:")
        s.type("value")
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.command("show logical thing"), ['   "THING" = "VALUE" (LNM$PROCESS_TABLE)'])

    def test_set_password(self):
        s = self.login()
        s.type("set password")
        s.key("Enter")
        for prompt, text in (("Old password:", "sesame"), ("New password:", "abracadabra"), ("Verification:", "abracadabra")):
            s.wait(prompt)
            s.type(text)
            s.key("Enter")
        s.wait("$")
        self.assertNotIn("sesame", s.text())
        self.assertNotIn("abracadabra", s.text())
        s.type("set password")
        s.key("Enter")
        for prompt, text in (("Old password:", "sesame"), ("New password:", "other"), ("Verification:", "other")):
            s.wait(prompt)
            s.type(text)
            s.key("Enter")
        s.see("%SET-F-PWDNOTVAL")
        s.wait("$")

    def test_help(self):
        s = self.login()
        s.type("help")
        s.key("Enter")
        s.wait("Press RETURN to continue ...")
        s.key("Enter")
        s.wait("Topic?")
        s.type("show")
        s.key("Enter")
        s.wait("SHOW Subtopic?")
        s.key("Enter")
        s.wait("Topic?")
        s.key("C-z")
        s.wait("$")
        s.type("help deassign")
        s.key("Enter")
        s.wait("DEASSIGN Subtopic?")
        s.key("C-z")
        s.wait("$")

    def test_subprocess(self):
        s = self.login()
        s.command("here == \"from the parent\"")
        s.type("spawn")
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.lines()[-3:], ["%DCL-S-SPAWNED, process SMITH_1 spawned",
                                          "%DCL-S-ATTACHED, terminal now attached to process SMITH_1", "$"])
        self.assertEqual(s.command("write sys$output f$process(), \" \", here"), ["SMITH_1 from the parent"])
        s.type("logout")
        s.key("Enter")
        s.wait("$")
        self.assertIn("  Process SMITH_1 logged out at ", s.lines()[-3])
        self.assertEqual(s.lines()[-2], "%DCL-S-RETURNED, control returned to process SMITH")
        self.assertEqual(s.command("write sys$output f$process()"), ["SMITH"])

    def test_attach(self):
        process = "write sys$output f$process()"
        s = self.login()
        s.command("spawn")
        self.assertEqual(s.command("x = 7"), [])
        self.assertEqual(s.command("attach smith"), ["%DCL-S-RETURNED, control returned to process SMITH"])
        self.assertEqual(s.command("write sys$output f$process(), f$type(x)"), ["SMITH"])
        # a second one; from the one to the other, and to the parent
        s.command("spawn/process=other")
        self.assertEqual(s.command("attach smith_1"), ["%DCL-S-RETURNED, control returned to process SMITH_1"])
        self.assertEqual(s.command("write sys$output f$process(), x"), ["SMITH_17"])
        self.assertEqual(s.command("attach/parent"), ["%DCL-S-RETURNED, control returned to process SMITH"])
        self.assertEqual(s.command("attach/identification='f$getjpi(\"\",\"PID\")'"), ["%DCL-E-REFUSED, attach request refused"])
        self.assertEqual(s.command("attach other"), ["%DCL-S-RETURNED, control returned to process OTHER"])
        # who cannot take it
        self.assertEqual(s.command("attach other"), ["%DCL-E-REFUSED, attach request refused"])
        self.assertEqual(s.command("attach nobody"), ["%SYSTEM-W-NONEXPR, nonexistent process"])
        self.assertEqual(s.command("attach"), ["%DCL-W-INSFPRM, missing command parameters - supply all required parameters"])
        # an image and Ctrl-Y belong to the one that has the terminal; one that waits may be killed
        s.type("mcr testimage hold")
        s.key("Enter")
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image")))
        s.key("C-y")
        s.wait("$")
        self.assertEqual(s.command("stop smith_1"), [])
        self.assertEqual(s.command(process), ["OTHER"])
        # the end of a process gives the terminal to its parent
        self.assertEqual(s.command("spawn/nolog"), [])
        self.assertEqual(s.command("attach smith"), ["%DCL-S-RETURNED, control returned to process SMITH"])
        self.assertEqual(s.command("stop other"), [])
        self.assertTrue(wait_for(lambda: len(self.vms.pids("dcl")) == 1))
        self.assertEqual(s.command("spawn/process=\"Third one\"")[0], "%DCL-S-SPAWNED, process Third one spawned")
        self.assertEqual(s.command("logout")[1:], ["%DCL-S-RETURNED, control returned to process SMITH"])
        self.assertEqual(s.command("spawn/process=SMITH"), ["%SYSTEM-F-DUPLNAM, duplicate name"])
        self.assertEqual(s.command("spawn/nolog/input=nosuch.com")[0][:32], "%DCL-E-OPENIN, error opening SYS"[:32])
        self.assertEqual(s.command(process), ["SMITH"])

    def test_messages_of_others(self):
        s = self.login()
        self.vms.sys("dcl", 'REPLY/USERNAME=SMITH/URGENT "the system goes down"')
        s.see("Reply received on NODE from user SYSTEM")
        s.see("URGENT - the system goes down")
        self.vms.sys("dcl", 'REPLY/USERNAME=NOBODY "not for Smith"')
        self.assertNotIn("not for Smith", s.text())
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.command("reply/enable"), ["%SYSTEM-F-NOOPER, operation requires OPER privilege"])
        s.close()
        self.screen = s = Screen(self.vms, "--user", "SYSTEM")
        s.wait("$")
        self.assertIn("has been enabled, username SYSTEM", s.command("reply/enable=(network,oper3)")[-1])
        self.assertEqual(s.command("reply/status")[-1], "NETWORK, OPER3")
        self.vms.sys("dcl", 'REQUEST/TO=OPER3 "mount a tape"')
        s.see("mount a tape")
        s.see("Message from user SYSTEM on NODE")
        self.assertIn("mount a tape", self.vms.log())
        self.vms.sys("dcl", 'REQUEST/TO=OPER4 "for another class"')
        s.key("Enter")
        s.wait("$")
        self.assertIn("has been disabled", s.command("reply/disable")[-1])
        self.vms.sys("dcl", 'REQUEST/TO=OPER3 "not heard"')
        self.assertIn("%OPCOM-S-NOPERATOR", self.vms.sys("dcl", 'REQUEST/REPLY "anybody there?"'))
        self.assertNotIn("not heard", s.text())
        self.assertNotIn("for another class", s.text())
        self.assertTrue(all(text in self.vms.log() for text in ("not heard", "for another class")))

    def test_interrupted_pipeline_and_background(self):
        s = self.login()
        s.type("spawn/nowait/nolog mcr testimage hold")
        s.key("Enter")
        self.assertTrue(wait_for(lambda: len(self.vms.pids("dcl_test_image")) == 1))
        background = self.vms.pids("dcl_test_image")
        s.wait("$")
        s.type("pipe mcr testimage hold | mcr testimage input")
        s.key("Enter")
        self.assertTrue(wait_for(lambda: len(self.vms.pids("dcl_test_image")) == 3))
        s.key("C-y")
        s.see(" Interrupt")
        s.wait("$")
        self.assertEqual(s.command("show default"), ["  SYS$SYSDEVICE:[SMITH]"])
        s.type("exit")
        s.key("Enter")
        s.wait("$")
        self.assertTrue(wait_for(lambda: self.vms.pids("dcl_test_image") == background))
        self.assertEqual(s.command("pipe write sys$output \"x\" | mcr testimage input"), ["data: x"])
        self.assertIn("SMITH_1", "\n".join(s.command("show system/subprocess")))
        s.type("logout")
        s.key("Enter")
        self.assertTrue(wait_for(s.ended))
        self.assertTrue(wait_for(lambda: not self.vms.pids("dcl_test_image")))

    def test_control_t(self):
        s = self.login()
        s.command("set control=t")
        s.type("show def")
        s.key("C-t")
        s.see("NODE::SMITH ")
        s.wait("$ show def")
        s.key("Enter")
        s.wait("$")
        self.assertEqual(s.lines()[-2], "  SYS$SYSDEVICE:[SMITH]")


if __name__ == "__main__":
    unittest.main(verbosity=1)

#!/usr/bin/env python3
"""`make run`: the main job before your eyes.

Configures the mail system of a small VMS in build/vms by its own procedure, boots it by its start-up procedures,
sends a real message to three users by SMTP, shows the queue entry and the delivered mail, fetches it by POP, relays
one message to a second VMS through a test DNS.  With a terminal it then leaves a person at the command interpreter's
prompt until LOGOUT.  Then it shuts down; it exits 0 only if all of it happened.

usage: demo.py [--build DIR] [--below DIR]      the two systems live in DIR/vms and DIR/vms2; DIR is the build
"""
import os
import poplib
import shutil
import signal
import smtplib
import sys
import termios

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import vmsroot  # noqa: E402
from vmssite import Site  # noqa: E402

PASSWORDS = {"SYSTEM": "manager", "SMITH": "sesame", "JONES": "abracadabra"}
MESSAGE = os.path.join(vmsroot.TOP, "TEST", "DATA", "MESSAGES", "MULTIPART.EML")
step_number = 0


def step(text):
    global step_number
    step_number += 1
    print(f"\n{step_number:2}. {text}", flush=True)


def show(text, most=14):
    lines = text.rstrip().splitlines()
    for line in lines[:most]:
        print("      " + line[:110])
    if len(lines) > most:
        print(f"      ... {len(lines) - most} more lines")


def show_line(line):
    print("      " + line.rstrip()[:110], flush=True)


def dcl(vms, command, *data, user="SYSTEM"):
    """A command as its user types it, with the lines that follow, and what it answers."""
    print(f"      $ {command}")
    for line in data:
        print("        " + line)
    show(vms.dcl(command, *data, user=user), 24)


def need(condition, what):
    if not condition:
        print(f"\nFAILED: {what}", flush=True)
        sys.exit(1)


def port(preferred):
    """The usual port, or another when it is taken."""
    import socket
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", preferred))
            return preferred
        except OSError:
            return vmsroot.free_port()


def body(message):
    return message.split(b"\r\n\r\n", 1)[1]


def whole(fetched, sent):
    """The body as sent, and its headers in front of it: POP finds them where MAIL shows them, below the text."""
    headers = [line.split(b":")[0] for line in sent.split(b"\r\n\r\n", 1)[0].split(b"\r\n") if line[:1].isalpha()]
    front = b"\r\n" + fetched.split(b"\r\n\r\n", 1)[0]
    return body(fetched) == body(sent) and all(b"\r\n" + name + b":" in front for name in headers)


def fetch(vms, user):
    """All messages of a user by POP, as bytes with CRLF."""
    pop = poplib.POP3("127.0.0.1", vms.pop, timeout=20)
    pop._MAXLINE = 10000
    poplib._MAXLINE = 10000
    pop.user(user)
    pop.pass_(PASSWORDS[user])
    count = pop.stat()[0]
    out = [b"\r\n".join(pop.retr(n + 1)[1]) + b"\r\n" for n in range(count)]
    pop.quit()
    return out


def session(command, env):
    """A person's session: the terminal is its own until it ends, so that Ctrl-C and Ctrl-Y are heard by nobody else."""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execve(command[0], command, env)
    try:
        os.waitpid(child, 0)
        child = 0
    finally:
        if child:
            os.kill(child, signal.SIGHUP)
        try:
            os.tcsetpgrp(terminal, os.getpgrp())
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        except OSError:
            pass  # the terminal is gone
        except termios.error:
            pass


def argument(name, default):
    return os.path.abspath(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default


def end_in_order(number, _):
    raise SystemExit(f"\nended by {signal.Signals(number).name}")


def main():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end_in_order)
    build = argument("--build", os.path.join(vmsroot.TOP, "build"))
    below = argument("--below", build)
    roots = [os.path.join(below, "vms"), os.path.join(below, "vms2")]
    for root in roots:
        running = vmsroot.System(build, root=root, boot=False).pids()
        if running:
            sys.exit(f"A system is running in {root} already (processes {', '.join(map(str, running[:5]))} ...): end that first.")
        shutil.rmtree(root, ignore_errors=True)
    with open(MESSAGE, "rb") as f:
        message = f.read()

    second_port = port(2625)
    dns = vmsroot.Dns(["other.test MX 10 mail.other.test", "mail.other.test A 127.0.0.1"])
    one = Site(build, roots[0], node="ALPHA", domain="vms.test", users=PASSWORDS, smtp=port(2525), pop=port(2110), dns=dns.port,
               mail_port=second_port, keep=True, conf={"Relay": "ON", "Good-Clients": "127.0.0.1", "Eight-Bit": "ON",
                                                       "Accept-Unresolvable-Domains": "TRUE"})
    one.output = show_line
    two = None
    try:
        step("A system disk in build/vms with the product's procedures.  SYSTEM configures the mail system:")
        one.install()
        print("\n      $ @SYS$MANAGER:TCPIP$MAIL_CONFIG AUTO SYS$MANAGER:MAIL_ANSWERS.DAT", flush=True)
        one.configure()
        one.transcript = ""

        step("The system is booted: STARTUP.COM, SYS$MANAGER:SYSTARTUP_VMS.COM, and from there the mail system's startups")
        one.boot()
        need(one.transcript.count("-I-STARTDONE, ") == 2, "SMTP and POP were started by the boot")
        dcl(one, "SHOW SYSTEM")
        dcl(one, "TCPIP SHOW SERVICE")

        step(f"Send {os.path.relpath(MESSAGE, vmsroot.TOP)} ({len(message)} bytes, multipart, 8-bit, dots, long line) to three users")
        queues = [f"TCPIP$SMTP_ALPHA_{n:02d}" for n in range(1, one.queues + 1)]
        for queue in queues:
            dcl(one, f"STOP/QUEUE/NEXT {queue}")
        client = smtplib.SMTP("127.0.0.1", one.smtp, timeout=20)
        client.ehlo("desk.example.net")
        client.sendmail("weiss@example.net", ["smith@alpha.vms.test", "Jones@alpha.vms.test", "system@alpha.vms.test"], message,
                        ["BODY=8BITMIME"])
        client.quit()
        print("      accepted: the control file is on disk and its queue entry is committed")

        step("The queue holds one entry with all recipients (the queues were stopped for you to see it)")
        dcl(one, "SHOW QUEUE/ALL_JOBS/FULL TCPIP$SMTP_ALPHA_00")
        need(len(one.entries()) == 1, "one entry in the queue")

        step("The queues are started again: the symbiont delivers")
        for queue in queues:
            dcl(one, f"START/QUEUE {queue}")
        need(vmsroot.wait_for(lambda: all(len(one.mail(user)) == 1 for user in PASSWORDS), 60), "mail in NEWMAIL of " + ", ".join(PASSWORDS))
        dcl(one, "MAIL", "DIRECTORY NEWMAIL", "READ", user="JONES")
        need(vmsroot.wait_for(lambda: not one.entries() and not one.control_files(), 60), "queue and control files gone after delivery")

        step("SMITH fetches it by POP; every byte of the body is compared with what was sent")
        got = fetch(one, "SMITH")
        need(len(got) == 1 and whole(got[0], message), "the body that came through POP equals the body that was sent")
        print(f"      {len(got[0])} bytes, body of {len(body(message))} bytes identical")

        step("Boot a second VMS (node BETA, domain other.test); ALPHA finds it through a test DNS: other.test MX 10 mail.other.test")
        two = Site(build, roots[1], node="BETA", domain="other.test", users=PASSWORDS, smtp=second_port, keep=True, pop=port(2111),
                   dns=dns.port, conf={"Substitute-Domain": "other.test", "Eight-Bit": "ON", "Accept-Unresolvable-Domains": "TRUE"})
        two.install()
        two.configure()
        two.transcript = ""
        two.boot()
        need(two.transcript.count("-I-STARTDONE, ") == 2, "SMTP and POP of the second node were started by its boot")
        client = smtplib.SMTP("127.0.0.1", one.smtp, timeout=20)
        client.sendmail("weiss@example.net", ["jones@other.test"], message, ["BODY=8BITMIME"])
        client.quit()
        need(vmsroot.wait_for(lambda: len(two.mail("JONES")) == 1, 60), "the message on the other node")
        dcl(two, "MAIL", "DIRECTORY NEWMAIL", user="JONES")
        got = fetch(two, "JONES")
        need(len(got) == 1 and whole(got[0], message), "the relayed body equals the body that was sent")
        hops = got[0].lower().count(b"\r\nreceived:") + got[0].lower().startswith(b"received:")
        print(f"      relayed and fetched there by POP, body identical, {hops} Received: lines")

        for vms in (one, two):
            need(not vms.violations(), "no breach of a VMS contract: " + vms.violations())
        print("\nAll of it happened.", flush=True)
        if sys.stdin.isatty() and sys.stdout.isatty():
            for user in ("SMITH", "JONES"):  # clients that see a stamp in the greeting, curl for one, use APOP
                one.sys("file", "write", f"SYS$SYSDEVICE:[{user}]POP_SECRET.DAT", input=PASSWORDS[user] + "\n")
            for user in ("SMITH", "JONES"):  # clients that see a stamp in the greeting, curl for one, use APOP
                one.sys("file", "write", f"SYS$SYSDEVICE:[{user}]POP_SECRET.DAT", input=PASSWORDS[user] + "\n")
            client = smtplib.SMTP("127.0.0.1", one.smtp, timeout=20)
            client.sendmail("weiss@example.net", ["jones@alpha.vms.test"], message, ["BODY=8BITMIME"])
            client.quit()
            need(vmsroot.wait_for(lambda: one.mail("JONES"), 60), "one more message for JONES")
            print(f"""
The system stays up while you are logged in.  From another terminal:
  curl -u jones:{PASSWORDS['JONES']} pop3://127.0.0.1:{one.pop}/1
  swaks --server 127.0.0.1 --port {one.smtp} --to system@alpha.vms.test --from you@example.net
or any mail client: SMTP 127.0.0.1:{one.smtp} (no encryption), POP3 127.0.0.1:{one.pop}, user smith, password {PASSWORDS['SMITH']};
another session: VMSROOT={roots[0]} SHIM_NODE=ALPHA {build}/bin/vmsys login
You are SYSTEM.  HELP, MAIL (READ shows the message), TCPIP SHOW CONFIGURATION SMTP, SHOW QUEUE/ALL, DEFINE/SYSTEM ...,
@SYS$STARTUP:TCPIP$SMTP_SHUTDOWN and _STARTUP.  LOGOUT shuts the system down.
""", flush=True)
            session([os.path.join(build, "bin", "vmsys"), "dcl", "--user", "SYSTEM"], one.env())
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        dns.close()
        try:
            print(flush=True)
        except OSError:
            sys.stdout = open(os.devnull, "w")  # the terminal is gone: the systems go down all the same
        step("Shut down")
        for vms in (one, two):
            if vms:
                vms.close()
    left = [p for vms in (one, two) if vms for p in vms.pids()]
    need(not left, f"nothing left running, but {left}")
    print("      nothing is left running")


main()

#!/usr/bin/env python3
"""`make run`: the main job before your eyes.

Boots a small VMS in build/vms, sends a real message to two users by SMTP, shows the queue entry and the
delivered mail, fetches it by POP, relays one message to a second VMS through a test DNS.  With a terminal
it stays up until Enter or Ctrl-C is pressed; without one it shuts down and exits 0 only if all of it
happened.

usage: demo.py [--build DIR] [--below DIR]      the two systems live in DIR/vms and DIR/vms2; DIR is the build
"""
import os
import poplib
import select
import shutil
import signal
import smtplib
import sys
import termios

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import vmsroot  # noqa: E402

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


def wait_for_key():
    """Until Enter, Ctrl-C, Ctrl-D or the end of the terminal.  Ctrl-C is a key here, so that make does not hear of it."""
    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    quiet = termios.tcgetattr(fd)
    quiet[3] &= ~(termios.ISIG | termios.ICANON | termios.ECHO)
    termios.tcsetattr(fd, termios.TCSADRAIN, quiet)
    try:
        while True:
            select.select([fd], [], [])
            key = os.read(fd, 1)
            if not key or key in b"\r\n\x03\x04":
                return
    except OSError:
        return  # the terminal is gone
    finally:
        try:
            termios.tcsetattr(fd, termios.TCSADRAIN, before)
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

    step("Boot a small VMS in build/vms: node, job controller, auxiliary server, SMTP and POP services")
    second_port = port(2625)
    dns = vmsroot.Dns(["other.test MX 10 mail.other.test", "mail.other.test A 127.0.0.1"])
    one = vmsroot.System(build, root=roots[0], node="ALPHA", domain="vms.test", users=PASSWORDS, smtp=port(2525),
                         pop=port(2110), dns=dns.port, mail_port=second_port, keep=True,
                         conf={"Relay": "ON", "Good-Clients": "127.0.0.1", "Eight-Bit": "ON",
                               "Accept-Unresolvable-Domains": "TRUE"})
    two = None
    try:
        show(one.sys("status"))
        print(f"      SMTP on 127.0.0.1:{one.smtp}, POP on 127.0.0.1:{one.pop}, users " + ", ".join(PASSWORDS))

        step(f"Send {os.path.relpath(MESSAGE, vmsroot.TOP)} ({len(message)} bytes, multipart, 8-bit, dots, long line) to SMITH and JONES")
        for n in range(1, one.queues + 1):
            one.sys("stop", "queue", f"TCPIP$SMTP_ALPHA_{n:02d}")
        client = smtplib.SMTP("127.0.0.1", one.smtp, timeout=20)
        client.ehlo("desk.example.net")
        client.sendmail("weiss@example.net", ["smith@alpha.vms.test", "Jones@alpha.vms.test"], message, ["BODY=8BITMIME"])
        client.quit()
        print("      accepted: the control file is on disk and its queue entry is committed")

        step("The queue holds one entry with both recipients (the queues were stopped for you to see it)")
        show(one.sys("show", "queue"))
        need(len(one.entries()) == 1, "one entry in the queue")
        for n in range(1, one.queues + 1):
            one.sys("start", "queue", f"TCPIP$SMTP_ALPHA_{n:02d}")

        step("The queue is started again: the symbiont delivers to NEWMAIL of both users")
        need(vmsroot.wait_for(lambda: len(one.mail("SMITH")) == 1 and len(one.mail("JONES")) == 1), "mail in NEWMAIL of SMITH and JONES")
        show(one.sys("mail", "directory", "SMITH"))
        show(one.sys("mail", "read", "JONES", "1"))
        need(vmsroot.wait_for(lambda: not one.entries() and not one.control_files()), "queue and control files gone after delivery")

        step("SMITH fetches it by POP; every byte of the body is compared with what was sent")
        got = fetch(one, "SMITH")
        need(len(got) == 1 and whole(got[0], message), "the body that came through POP equals the body that was sent")
        print(f"      {len(got[0])} bytes, body of {len(body(message))} bytes identical")

        step("Boot a second VMS (node BETA, domain other.test); ALPHA finds it through a test DNS: other.test MX 10 mail.other.test")
        two = vmsroot.System(build, root=roots[1], node="BETA", domain="other.test", users=PASSWORDS, smtp=second_port, keep=True,
                             pop=port(2111), dns=dns.port, conf={"Substitute-Domain": "other.test", "Eight-Bit": "ON",
                                                                       "Accept-Unresolvable-Domains": "TRUE"})
        client = smtplib.SMTP("127.0.0.1", one.smtp, timeout=20)
        client.sendmail("weiss@example.net", ["jones@other.test"], message, ["BODY=8BITMIME"])
        client.quit()
        need(vmsroot.wait_for(lambda: len(two.mail("JONES")) == 1, 20), "the message on the other node")
        show(two.sys("mail", "directory", "JONES"))
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
            client = smtplib.SMTP("127.0.0.1", one.smtp, timeout=20)
            client.sendmail("weiss@example.net", ["jones@alpha.vms.test"], message, ["BODY=8BITMIME"])
            client.quit()
            need(vmsroot.wait_for(lambda: one.mail("JONES")), "one more message for JONES")
            print(f"""
The system stays up, with one more message for JONES.  Try, from another terminal:
  curl -u jones:{PASSWORDS['JONES']} pop3://127.0.0.1:{one.pop}/1
  swaks --server 127.0.0.1 --port {one.smtp} --to smith@alpha.vms.test --from you@example.net
  VMSROOT={roots[0]} {build}/bin/vmsys mail read SMITH 1
or any mail client: SMTP 127.0.0.1:{one.smtp} (no encryption), POP3 127.0.0.1:{one.pop}, user smith, password {PASSWORDS['SMITH']}.
Press Enter or Ctrl-C to shut down.""", flush=True)
            wait_for_key()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        step("Shut down")
        for vms in (one, two):
            if vms:
                vms.close()
        dns.close()
    left = [p for vms in (one, two) if vms for p in vms.pids()]
    need(not left, f"nothing left running, but {left}")
    print("      nothing is left running")


main()

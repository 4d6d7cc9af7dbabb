"""What the end-to-end tests share: difficult messages, fetching by POP, an SMTP sink, Postfix and unbound of our own."""
import os
import poplib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "SUPPORT"))
import vmsroot  # noqa: E402
from vmsroot import Dns, System, free_port, wait_for, wait_port  # noqa: E402,F401

poplib._MAXLINE = 100000

# Headers on top and passed on as they came: then what POP gives back can be compared whole.
EXACT = {"conf": {"Headers": "TOP", "Eight-Bit": "ON"}, "logicals": {"TCPIP$POP_IGNORE_MAIL11_HEADERS": "1"}}
RELAY = {"conf": {"Relay": "ON", "Good-Clients": "127.0.0.1", "Eight-Bit": "ON"}}


def both(*settings, **more):
    """Keyword arguments for System from several such settings."""
    out = {"conf": {}, "logicals": {}}
    for s in settings:
        for kind in out:
            out[kind].update(s.get(kind, {}))
    for kind in out:
        out[kind].update(more.get(kind, {}))
    return out


def line_of(length, fill="x"):
    return (fill * length).encode("latin-1")


def corpus():
    """{name: body bytes with CRLF line ends}; every body must come through byte for byte."""
    bodies = {
        "plain": b"Hello,\r\n\r\nthis is a plain message.\r\n",
        "utf8": "Grüße aus Köln, žluťoučký kůň, 日本語\r\n".encode() * 3,
        "latin1": b"Gr\xfc\xdfe, \xa2 \xe9\xe8\xea \xff\xfe\r\n",
        "all_octets": b"".join(bytes([n]) for n in range(1, 256) if n not in (10, 13)) + b"\r\n",
        "empty": b"",
        "dots": b".\r\n..\r\n...\r\n.x\r\n. \r\nx.\r\n.\r\n",
        "dot_first": b".begins with a dot\r\n",
        "long998": line_of(998) + b"\r\n" + line_of(998, ".") + b"\r\n",
        "lengths": b"".join(line_of(n, "abcdefghij"[n % 10]) + b"\r\n" for n in
                            (1, 2, 79, 80, 132, 253, 254, 255, 256, 257, 509, 510, 511, 512, 513, 767, 996, 997, 998)),
        "empty_lines": b"\r\n\r\n\r\nafter three empty lines\r\n\r\n\r\n",
        "only_empty": b"\r\n\r\n",
        "blanks": b"trailing blanks   \r\n\ttab\t\r\n   \r\n",
        "controls": b"\x01\x02\x07\x08\x0b\x0c\x1b[1m\x7f\r\n",
        "from_line": b"From the beginning of the body\r\nFrom here to there\r\n",
        "header_like": b"Subject: not a header\r\nTo: nobody@example.com\r\n\r\nReceived: me\r\n",
        "many_lines": b"".join(b"line %d of many\r\n" % n for n in range(3000)),
        "big": b"".join(line_of(76, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26]) + b"\r\n" for n in range(14000)),
    }
    with open(os.path.join(vmsroot.TOP, "TEST", "DATA", "MESSAGES", "MULTIPART.EML"), "rb") as f:
        bodies["multipart"] = f.read().split(b"\r\n\r\n", 1)[1]
    return bodies


def compose(name, body, sender="sender@example.net", to="smith@vms.test"):
    return (f"From: Some Body <{sender}>\r\nTo: {to}\r\nSubject: corpus {name}\r\n"
            f"Date: Mon, 16 Nov 2026 09:12:40 +0100\r\nMessage-ID: <corpus.{name}@example.net>\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            ).encode() + body


def split_message(message):
    head, _, body = message.partition(b"\r\n\r\n")
    return head, body


def subject_of(message):
    for line in split_message(message)[0].split(b"\r\n"):
        if line.lower().startswith(b"subject:"):
            return line[8:].strip().decode("latin-1")
    return ""


def pop_all(port, user, password, delete=False, timeout=60):
    """Every message of the user, raw bytes with CRLF line ends, read from the socket without any library's help."""
    with socket.create_connection(("127.0.0.1", port), timeout) as s:
        f = s.makefile("rwb")

        def command(text):
            f.write(text.encode() + b"\r\n")
            f.flush()
            return expect()

        def expect():
            line = f.readline()
            if not line.startswith(b"+OK"):
                raise AssertionError("POP said " + repr(line))
            return line

        def lines():
            out = []
            while True:
                line = f.readline()
                if line == b".\r\n":
                    return b"".join(out)
                if not line.endswith(b"\r\n"):
                    raise AssertionError("POP line without CRLF " + repr(line[:100]))
                out.append(line[1:] if line.startswith(b".") else line)
        expect()
        command("USER " + user)
        command("PASS " + password)
        count, octets = map(int, command("STAT").split()[1:3])
        command("LIST")
        sizes = [int(line.split()[1]) for line in lines().split(b"\r\n") if line]
        assert len(sizes) == count and sum(sizes) == octets, (count, octets, sizes)
        messages = []
        for n in range(1, count + 1):
            command(f"RETR {n}")
            message = lines()
            assert len(message) == sizes[n - 1], (n, len(message), sizes[n - 1])
            messages.append(message)
            if delete:
                command(f"DELE {n}")
        command("QUIT")
        return messages


class Sink:
    """A small SMTP server on loopback.  messages: a list of (recipients, text with CRLF, dots as on the wire).

    What a test wants otherwise it overrides: name, extensions, answer.
    """
    name = "sink.test"

    def __init__(self):
        self.lock = threading.Lock()
        self.messages = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                s, _ = self.listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self.session, args=(s,), daemon=True).start()

    def session(self, s):
        try:
            with s, s.makefile("rwb") as f:
                self.say(f, "220 " + self.name)
                self.talk(s, f)
        except (OSError, ValueError):
            pass  # the client has gone

    def say(self, f, text):
        f.write(text.encode() + b"\r\n")
        f.flush()

    def talk(self, s, f):
        """Commands and answers until QUIT; s is there for STARTTLS."""
        to = []
        for line in f:
            verb, _, rest = line.strip().partition(b" ")
            verb = verb.upper().decode()
            reply = self.answer(s, f, verb, rest)
            if reply is None:
                return
            self.say(f, reply)
            if reply[0] not in "23":
                continue
            if verb in ("EHLO", "HELO", "MAIL", "RSET"):
                to = []
            elif verb == "RCPT":
                to.append(rest.split(b"<")[1].split(b">")[0].decode())
            elif verb == "DATA":
                text = self.text(f)
                if text is None:
                    return
                with self.lock:
                    self.messages.append((to, text))
                to = []
                self.say(f, "250 ok")
            elif verb == "QUIT":
                return

    def text(self, f):
        """The lines up to the final dot; None when the client goes before it."""
        text = b""
        while (part := f.readline()) != b".\r\n":
            if not part:
                return None
            text += part
        return text

    def extensions(self, s):
        return []

    def answer(self, s, f, verb, rest):
        """The reply to a command, without its line end; None: the conversation is over."""
        if verb == "EHLO":
            lines = [self.name, *self.extensions(s)]
            return "\r\n".join("250" + ("-" if i + 1 < len(lines) else " ") + w for i, w in enumerate(lines))
        return {"DATA": "354 go", "QUIT": "221 bye"}.get(verb, "250 ok")

    def close(self):
        self.listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class Postfix:
    """Postfix on loopback with its own configuration and queue, below a scratch folder.  Needs root."""

    def __init__(self, settings=None, dns=None, port=None):
        self.dir = tempfile.mkdtemp(prefix="pfx_")
        os.chmod(self.dir, 0o755)
        self.port = port or free_port()
        conf = os.path.join(self.dir, "etc")
        for name in ("etc", "queue", "data", "mail"):
            os.makedirs(os.path.join(self.dir, name))
        shutil.chown(os.path.join(self.dir, "data"), "postfix")
        os.chmod(os.path.join(self.dir, "mail"), 0o777)
        with open(os.path.join(conf, "main.cf"), "w") as f:
            lines = {
                "compatibility_level": "3.6", "queue_directory": self.dir + "/queue", "data_directory": self.dir + "/data",
                "command_directory": "/usr/sbin", "daemon_directory": "/usr/lib/postfix/sbin", "mail_owner": "postfix",
                "setgid_group": "postdrop", "inet_interfaces": "127.0.0.1", "inet_protocols": "ipv4", "maillog_file": self.dir + "/mail.log",
                "maillog_file_prefixes": self.dir, "myhostname": "postfix.test", "mydestination": "postfix.test", "mynetworks": "127.0.0.0/8",
                "alias_maps": "", "alias_database": "", "local_recipient_maps": "", "luser_relay": "", "home_mailbox": "",
                "mailbox_command": "", "virtual_alias_maps": "", "smtp_host_lookup": "native", "default_process_limit": "20",
                "virtual_mailbox_domains": "pf.test", "virtual_mailbox_base": self.dir + "/mail",
                "virtual_mailbox_maps": "static:box/", "virtual_uid_maps": "static:65534", "virtual_gid_maps": "static:65534",
                "virtual_minimum_uid": "100", "smtpd_peername_lookup": "no", "minimal_backoff_time": "1s", "queue_run_delay": "1s",
            }
            lines.update(settings or {})
            f.write("".join(f"{k} = {v}\n" for k, v in lines.items()))
        services = [f"127.0.0.1:{self.port} inet n - n - - smtpd", "pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup",
                    "qmgr unix n - n 300 1 qmgr", "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce",
                    "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce", "verify unix - - n - 1 verify",
                    "flush unix n - n 1000? 0 flush", "proxymap unix - - n - - proxymap", "smtp unix - - n - - smtp",
                    "relay unix - - n - - smtp", "showq unix n - n - - showq", "error unix - - n - - error",
                    "retry unix - - n - - error", "discard unix - - n - - discard", "local unix - n n - - local",
                    "virtual unix - n n - - virtual", "anvil unix - - n - 1 anvil", "scache unix - - n - 1 scache",
                    "tlsmgr unix - - n 1000? 1 tlsmgr", "postlog unix-dgram n - n - 1 postlogd"]
        with open(os.path.join(conf, "master.cf"), "w") as f:
            f.write("\n".join(services) + "\n")
        self.conf = conf
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    def start(self):
        started = subprocess.run(["postfix", "-c", self.conf, "start"], capture_output=True, text=True)
        if started.returncode:
            raise RuntimeError("Postfix: " + started.stdout + started.stderr)
        if not wait_port(self.port, 30):
            raise RuntimeError("Postfix does not listen: " + self.log())

    def log(self):
        try:
            return open(self.dir + "/mail.log", errors="replace").read()
        except OSError:
            return ""

    def delivered(self):
        """All messages in the mailboxes of pf.test, as bytes."""
        out = []
        for base, _, files in os.walk(self.dir + "/mail"):
            if base.endswith("/new"):
                out += [open(os.path.join(base, f), "rb").read() for f in sorted(files)]
        return out

    def close(self):
        subprocess.run(["postfix", "-c", self.conf, "stop"], capture_output=True)
        end = time.time() + 10
        while time.time() < end and os.path.exists(self.dir + "/queue/pid/master.pid"):
            try:
                pid = int(open(self.dir + "/queue/pid/master.pid").read())
                os.kill(pid, 0)
                time.sleep(0.05)
            except (OSError, ValueError):
                break
        shutil.rmtree(self.dir, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class Unbound:
    """unbound serving local data on a loopback port: rows in unbound's own local-data syntax."""

    def __init__(self, rows, zones=()):
        self.dir = tempfile.mkdtemp(prefix="unb_")
        self.port = free_port()
        with open(self.dir + "/unbound.conf", "w") as f:
            f.write(f"server:\n directory: \"{self.dir}\"\n interface: 127.0.0.1\n port: {self.port}\n do-daemonize: no\n chroot: \"\"\n"
                    f" username: \"\"\n pidfile: \"{self.dir}/pid\"\n use-syslog: no\n logfile: \"{self.dir}/log\"\n"
                    " access-control: 127.0.0.0/8 allow\n module-config: \"iterator\"\n root-hints: \"\"\n"
                    " do-not-query-localhost: no\n")
            for zone, kind in zones:
                f.write(f" local-zone: \"{zone}\" {kind}\n")
            for row in rows:
                f.write(f" local-data: '{row}'\n")
            f.write("remote-control:\n control-enable: no\n")
        self.process = subprocess.Popen(["unbound", "-d", "-c", self.dir + "/unbound.conf"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        if not wait_port(self.port, 30):
            log = open(self.dir + "/log").read()
            self.close()
            raise RuntimeError("unbound does not listen: " + log)

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.dir, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def main(module=None):
    """unittest with the plain closing line; a test that is told to end cleans up first."""
    names = [a for a in sys.argv[1:] if not a.startswith("-")]
    loader = unittest.TestLoader()
    module = sys.modules["__main__"]
    suite = loader.loadTestsFromNames(names, module) if names else loader.loadTestsFromModule(module)

    class Result(unittest.TextTestResult):
        def startTest(self, test):
            signal.signal(signal.SIGTERM, self.told_to_end)
            super().startTest(test)

        def told_to_end(self, *_):
            self.failfast = True  # no further subtest, and then no further test
            self.stop()
            raise SystemExit("told to end")
    result = unittest.TextTestRunner(verbosity=2, resultclass=Result).run(suite)
    # a test with failed subtests counts once
    bad = len({getattr(t, "test_case", t) for t, _ in result.failures + result.errors})
    print(f"{result.testsRun - bad - len(result.skipped)} passed, {bad} failed, {len(result.skipped)} skipped")
    sys.exit(1 if bad or not result.testsRun else 0)

#!/usr/bin/env python3
"""Runs conversations (*.dlg) with the real images.

    run_dialog.py [--port smtp=2525 --port pop=2110] [--host HOST] [-v] file.dlg ...

Without --port a small VMS is booted for the scripts; scripts with equal "set" lines share one.

A script is plain text, one action per line; NAME is any word, one per connection:

    # anything                   a comment
    set Relay: ON                a field of TCPIP$SMTP.CONF (before the first connection)
    conf \\tmore, text            a line of TCPIP$SMTP.CONF as it is, with C escapes
    file STAFF.DIS a@b.c\\nd@e.f  a file of TCPIP$SMTP_COMMON, with C escapes
    dns host.test A 127.0.0.2    a record of the system's name server (SUPPORT/test_dns.py)
    logical NAME value           a system logical name (before the first connection)
    tls                          a certificate and the services of TLS (before the first connection)
    NAME connect smtp [ADDRESS]  smtp, submission, pop, or smtps, pops: TLS from the first byte; from another loopback address
    NAME -> text                 sends text and CRLF
    NAME => text\\r\\n\\x00         sends the bytes: C escapes, nothing added
    NAME <- text                 the next line is exactly this
    NAME <~ regex                the next line matches
    NAME <* regex                lines are skipped until one matches
    NAME eof                     the server has closed the connection
    NAME close                   we close it
    NAME tls                     the TLS handshake after a command that asked for it
    NAME plain USER secret       sends the base64 of AUTH PLAIN's message, alone on its line
    NAME apop USER secret        sends APOP with the digest for the greeting that was read
    NAME fetch n                 RETR n: its octets are what LIST and the first line say
    clock 0 00:06:00             moves the system's clock
    operator regex               waits until the operator's log matches
    pause                        a tenth of a second, so that the server has put the connection aside
    mail SMITH 1 [FOLDER]        waits until the user has so many new messages (or in the folder)
    user NAME password [options] adds a user, with options of vmsys add user
    send SMITH subject|text      sends the user a message; the text has C escapes
    secret SMITH text            the user's POP_SECRET.DAT
    operator text                waits until the operator's log has it; nooperator: it has it not
    image NAME count             waits until so many processes run that image

{HOST} is the host name of the system, {DOMAIN} its domain.
"""
import argparse
import base64
import contextlib
import hashlib
import os
import re
import socket
import ssl
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "SUPPORT"))
import vmsroot  # noqa: E402

USERS = {"SYSTEM": "manager", "SMITH": "sesame", "JONES": "abracadabra"}
ACTION = re.compile(r"(\w+)\s+(connect|->|=>|<-|<~|<\*|eof|close|apop|fetch|tls|plain)\s?(.*)$")
WAIT = 20


class Failure(Exception):
    pass


class Connection:
    def __init__(self, host, port, source=None):
        self.socket = socket.create_connection((host, port), WAIT, (source, 0) if source else None)
        self.buffer = b""
        self.stamp = ""

    def tls(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # whom one talks to is tested with real clients
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        try:
            self.socket = context.wrap_socket(self.socket)
        except OSError as error:
            raise Failure(f"no TLS: {error}")

    def plain(self, user, password):
        self.send(base64.b64encode(f"\0{user}\0{password}".encode("latin-1")) + b"\r\n")

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError as error:
            raise Failure(f"cannot send: {error}")

    def more(self):
        try:
            data = self.socket.recv(65536)
        except socket.timeout:
            raise Failure("no answer")
        except OSError:
            data = b""
        self.buffer += data
        return data

    def line(self):
        while b"\r\n" not in self.buffer:
            if not self.more():
                raise Failure(f"connection closed, {self.buffer!r} was left")
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        line = line.decode("latin-1")
        stamp = re.match(r"\+OK .*(<[^<>]+>)$", line)
        self.stamp = stamp.group(1) if stamp else self.stamp
        return line

    def apop(self, user, secret):
        digest = hashlib.md5((self.stamp + secret).encode("latin-1")).hexdigest()
        self.send(f"APOP {user} {digest}\r\n".encode("latin-1"))

    def fetch(self, number):
        self.send(f"LIST {number}\r\nRETR {number}\r\n".encode("latin-1"))
        listed, first, octets = self.line(), self.line(), 0
        line = self.line()
        while line != ".":
            octets += len(line) + 2 - line.startswith(".")
            line = self.line()
        if (listed, first) != (f"+OK {number} {octets}", f"+OK {octets} octets"):
            raise Failure(f"{octets} octets came, LIST says {listed!r}, RETR says {first!r}")

    def expect_end(self):
        while True:
            if self.buffer:
                raise Failure(f"expected the end, got {self.buffer!r}")
            if not self.more():
                return

    def close(self):
        self.socket.close()


class Script:
    def __init__(self, path):
        self.path, self.conf, self.logicals, self.actions = path, {}, {}, []
        self.files, self.dns, self.tls = {}, [], False
        with open(path) as f:
            for number, line in enumerate(f, 1):
                line = line.rstrip("\n")
                if not line.strip() or line.startswith("#"):
                    continue
                word, _, rest = line.partition(" ")
                if word == "tls":
                    self.tls = True
                elif word == "set":
                    field, _, value = rest.partition(":")
                    self.conf[field.strip()] = value.strip()
                elif word == "conf":
                    self.conf[""] = self.conf.get("", "") + rest.encode("latin-1").decode("unicode_escape") + "\n"
                elif word == "file":
                    name, _, text = rest.partition(" ")
                    self.files[name] = text.encode("latin-1").decode("unicode_escape") + "\n"
                elif word == "dns":
                    self.dns.append(rest)
                elif word == "logical":
                    name, _, value = rest.partition(" ")
                    self.logicals[name] = value
                else:
                    self.actions.append((number, line))

    def key(self):
        parts = (self.conf, self.logicals, self.files)
        return tuple(tuple(sorted(part.items())) for part in parts) + (tuple(self.dns), self.tls)


class Runner:
    def __init__(self, host, ports, names, system=None, verbose=False):
        self.host, self.ports, self.names = host, ports, names
        self.system, self.verbose = system, verbose
        self.connections = {}

    def fill(self, text):
        for key, value in self.names.items():
            text = text.replace("{" + key + "}", value)
        return text

    def compare(self, connection, how, text):
        line = connection.line()
        if self.verbose:
            print("      " + line)
        if how == "<-" and line != text:
            raise Failure(f"expected {text!r}, got {line!r}")
        if how == "<~" and not re.search(text, line):
            raise Failure(f"expected a match of {text!r}, got {line!r}")
        while how == "<*" and not re.search(text, line):
            line = connection.line()

    def act(self, name, how, text):
        if how == "connect":
            service, *source = text.split()
            self.connections[name] = Connection(self.host, self.ports[service], *source)
            if service in ("pops", "smtps"):
                self.connections[name].tls()
            return
        connection = self.connections[name]
        if how == "->":
            connection.send(text.encode("latin-1") + b"\r\n")
        elif how == "=>":
            connection.send(text.encode("latin-1").decode("unicode_escape").encode("latin-1"))
        elif how == "tls":
            connection.tls()
        elif how == "plain":
            connection.plain(*text.split())
        elif how == "eof":
            connection.expect_end()
        elif how == "close":
            connection.close()
        elif how == "apop":
            connection.apop(*text.split())
        elif how == "fetch":
            connection.fetch(text.strip())
        else:
            self.compare(connection, how, text)

    def system_action(self, line):
        words = line.split(None, 1)
        if words[0] == "pause":
            time.sleep(0.1)
            return
        if not self.system:
            raise Failure(f"needs a system of its own: {line}")
        if words[0] == "clock":
            self.system.move_clock(words[1])
        elif words[0] == "mail":
            user, count, folder = (words[1].split() + ["NEWMAIL"])[:3]
            if not vmsroot.wait_for(lambda: len(self.system.mail(user, folder)) == int(count), WAIT):
                raise Failure(f"{user} has {len(self.system.mail(user, folder))} messages")
        elif words[0] == "operator":
            if not vmsroot.wait_for(lambda: re.search(words[1], self.system.log()), WAIT):
                raise Failure("the operator has heard: " + self.system.log()[-2000:])
        elif words[0] == "user":
            self.system.sys("add", "user", *words[1].replace(" ", " --password ", 1).split())
        elif words[0] == "send":
            user, text = words[1].split(None, 1)
            subject, text = text.split("|", 1)
            text = text.encode("latin-1").decode("unicode_escape")
            self.system.sys("mail", "send", "SYSTEM", user, "--subject", subject, input=text)
        elif words[0] == "operator":
            if not vmsroot.wait_for(lambda: words[1] in self.system.log(), WAIT):
                raise Failure("the operator's log does not have it")
        elif words[0] == "nooperator":
            if words[1] in self.system.log():
                raise Failure("the operator's log has it")
        elif words[0] == "image":
            image, count = words[1].split()
            if not vmsroot.wait_for(lambda: len(self.system.pids(image)) == int(count), WAIT):
                raise Failure(f"{len(self.system.pids(image))} processes run {image}")
        elif words[0] == "secret":
            user, text = words[1].split(None, 1)
            with open(os.path.join(self.system.root, user, "POP_SECRET.DAT;1"), "w") as f:
                f.write(text + "\n")
        else:
            raise Failure(f"not an action: {line}")

    def run(self, script):
        self.connections = {}
        try:
            for number, line in script.actions:
                line = self.fill(line)
                if self.verbose:
                    print(f"  {number:3} {line}")
                try:
                    match = ACTION.match(line)
                    if match and (match.group(2) == "connect" or match.group(1) in self.connections):
                        self.act(*match.groups())
                    else:
                        self.system_action(line)
                except Failure as failure:
                    return f"{script.path}:{number}: {failure}"
        finally:
            for connection in self.connections.values():
                connection.close()
        return None


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", action="append", default=[], metavar="SERVICE=PORT")
    parser.add_argument("--name", default="", help="host name of the system at --port")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("files", nargs="+")
    return parser.parse_args()


def run_group(scripts, options):
    """Scripts with the same settings on one system; yields (script, failure or None)."""
    first = scripts[0]
    with contextlib.ExitStack() as stack:
        dns = stack.enter_context(vmsroot.Dns(first.dns)).port if first.dns else None
        vms = stack.enter_context(vmsroot.System(users=USERS, conf=first.conf, logicals=first.logicals, files=first.files,
                                                 dns=dns, tls=first.tls))
        names = {"HOST": f"{vms.node.lower()}.{vms.domain}", "DOMAIN": vms.domain}
        runner = Runner("127.0.0.1", {name: getattr(vms, name) for name in ("smtp", "submission", "smtps", "pop", "pops")}, names, vms, options.verbose)
        for script in scripts:
            yield script, runner.run(script)
        if vms.violations():
            yield scripts[-1], "contract violations:\n" + vms.violations()


def main():
    options = arguments()
    scripts = [Script(path) for path in options.files]
    failed = passed = 0
    results = []
    if options.port:
        ports = {service: int(port) for service, port in (p.split("=") for p in options.port)}
        runner = Runner(options.host, ports, {"HOST": options.name}, None, options.verbose)
        results = ((script, runner.run(script)) for script in scripts)
    else:
        groups = {}
        for script in scripts:
            groups.setdefault(script.key(), []).append(script)
        results = (pair for group in groups.values() for pair in run_group(group, options))
    for script, failure in results:
        failed, passed = failed + bool(failure), passed + (not failure)
        print(("FAILED " if failure else "passed ") + (failure or script.path), flush=True)
    print(f"DIALOG: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

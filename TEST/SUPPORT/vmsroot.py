"""A small VMS in a scratch folder, for tests, the demo and the benchmark.

    with System(build, users={"SMITH": "secret"}) as vms:
        vms.smtp, vms.pop          ports
        vms.sys("show", "queue")   runs vmsys, returns its output
        vms.mail("SMITH")          list of messages: dicts of the vmsys mail directory

Everything listens on loopback and free ports; leaving the block stops all processes and removes
the folder (keep=True keeps it).  A System can be killed (kill -9 of all) and booted again.
"""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def free_port(address="127.0.0.1"):
    with socket.socket() as s:
        s.bind((address, 0))
        return s.getsockname()[1]


def wait_port(port, seconds=10, address="127.0.0.1"):
    end = time.time() + seconds
    while time.time() < end:
        try:
            socket.create_connection((address, port), 1).close()
            return True
        except OSError:
            time.sleep(0.02)
    return False


def wait_for(condition, seconds=60, step=0.02):
    """The condition's first true value, or its last one when the time is up."""
    end = time.time() + seconds
    while True:
        value = condition()
        if value or time.time() > end:
            return value
        time.sleep(step)


class System:
    def __init__(self, build=None, root=None, node="NODE", domain="vms.test", users=None, smtp=None, pop=None,
                 dns=None, logicals=None, queues=4, streams=None, keep=False, boot=True, mail_port=None,
                 service_limit=1, conf=None, files=None, tls=False):
        self.build = os.path.abspath(build or os.environ.get("BUILD_DIR", os.path.join(TOP, "build")))
        self.root = os.path.abspath(root or tempfile.mkdtemp(prefix="vms_"))
        self.node, self.domain, self.keep = node.upper(), domain, keep
        self.users = {"SYSTEM": "manager"} if users is None else dict(users)
        self.smtp, self.pop = smtp or free_port(), pop or free_port()
        self.dns, self.mail_port = dns, mail_port
        self.logicals = dict(logicals or {})
        self.conf = dict(conf or {})  # fields of TCPIP$SMTP.CONF; "": text of its own in front of them
        self.files = dict(files or {})  # text files of TCPIP$SMTP_COMMON
        self.queues, self.streams, self.service_limit = queues, streams, service_limit
        self.tls = tls  # certificate and keys; Secure POP, submission and SMTP over TLS at free ports
        self.pops, self.submission, self.smtps = (free_port(), free_port(), free_port()) if tls else (None, None, None)
        self.booted = False
        if boot:
            try:
                self.create()
                self.boot()
            except BaseException:
                self.close()
                raise

    # -- commands
    def env(self, **more):
        e = dict(os.environ, VMSROOT=self.root, SHIM_NODE=self.node)
        e.update(more)
        return e

    def sys(self, *words, check=True, input=None, **env):
        done = subprocess.run([os.path.join(self.build, "bin", "vmsys"), *map(str, words)], env=self.env(**env),
                              capture_output=True, text=True, errors="surrogateescape", input=input)
        if check and done.returncode:
            raise RuntimeError("vmsys " + " ".join(map(str, words)) + ": " + done.stdout + done.stderr)
        return done.stdout

    # -- life
    def create(self):
        """An empty system disk, the product's accounts, services, queues and logical names."""
        os.makedirs(self.root, exist_ok=True)
        self.sys("create", "--images", os.path.join(self.build, "bin"))
        for name, password in self.users.items():
            self.add_user(name, password)
        texts = dict(self.files)
        if self.conf:
            fields = [f"{k}: {v}\n" for k, v in self.conf.items() if k]
            texts["TCPIP$SMTP.CONF"] = self.conf.get("", "") + "".join(fields)
        for name, text in texts.items():
            self.common_file(name, text)
        script = os.path.join(TOP, "TEST", "SUPPORT", "PRODUCT.VMSYS")
        values = {"NODE": self.node, "HOST": self.node.lower(), "DOMAIN": self.domain, "SMTP": self.smtp,
                  "POP": self.pop, "LIMIT": self.service_limit}
        with open(script) as f:
            text = f.read()
        for key, value in values.items():
            text = text.replace("{" + key + "}", str(value))
        queues = "".join(f"init queue TCPIP$SMTP_{self.node}_{n:02d} --processor TCPIP$SMTP_SYMBIONT --autostart-on {self.node}:: --start\n"
                         for n in range(1, self.queues + 1))
        targets = ",".join(f"TCPIP$SMTP_{self.node}_{n:02d}" for n in range(1, self.queues + 1))
        self.startup = text + queues + f"init queue TCPIP$SMTP_{self.node}_00 --generic {targets} --start\n"
        if self.tls:
            self.make_certificate()
        if self.dns:
            self.logicals.setdefault("TCPIP$BIND_SERVER001", f"127.0.0.1:{self.dns}")
        if self.streams:
            self.logicals.setdefault("TCPIP$SMTP_SYMB_STREAMS", str(self.streams))
        if self.mail_port:
            self.logicals.setdefault("TCPIP$SMTP_SYMB_REMOTE_PORT", str(self.mail_port))

    def common_file(self, name, text):
        """A text file of TCPIP$SMTP_COMMON, in place of what was there."""
        common = os.path.join(self.root, "SYS0", "TCPIP$SMTP")
        os.makedirs(common, exist_ok=True)
        with open(os.path.join(common, name + ";1"), "w") as f:
            f.write(text)

    def make_certificate(self):
        """Self-signed, for localhost; each server has a key file of its own.  self.certificate is a host file for clients."""
        self.certificate = os.path.join(self.root, "server.pem")
        key = os.path.join(self.root, "server.key")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key,
                        "-out", self.certificate], check=True, capture_output=True)
        os.makedirs(os.path.join(self.root, "SSL"), exist_ok=True)
        self.startup = ('define SSL$CERTS "SYS$SYSDEVICE:[SSL]"\ndefine SSL$KEY "SYS$SYSDEVICE:[SSL]"\n'
                        f'define TCPIP$POP_SSL_PORT "{self.pops}"\n'
                        'define TCPIP$SMTP_KEY_FILE "SMTP"\n'
                        f'define TCPIP$SMTP_TLS_PORTS "{self.smtps}"\n') + self.startup
        both = f"{self.submission},{self.smtps}"
        self.startup += f'define TCPIP$SMTP_SUBMISSION_PORTS "{both}"\ndefine TCPIP$SMTP_AUTH_PORTS "{both}"\n'
        smtp = next(w for w in self.startup.splitlines() if w.startswith("service set SMTP "))
        for name, at in (("SUBMISSION", self.submission), ("SMTPS", self.smtps)):
            more = smtp.replace("set SMTP ", f"set {name} ").replace(f"--port {self.smtp} ", f"--port {at} ").replace("TCPIP$SMTP_RECV_RUN", f"TCPIP$SMTP_{name}_RUN")
            more = more.replace("--process TCPIP$SMTP ", f"--process TCPIP${name[:9]} ")
            self.startup += more + f"\nservice enable {name}\n"

    def put_certificate(self):
        for name, spec, owner in (("server.pem", "SERVER.CRT", ()), ("server.key", "SERVER.KEY", ("--owner", "TCPIP$POP")),
                                  ("server.key", "SMTP.KEY", ("--owner", "TCPIP$SMTP"))):
            with open(os.path.join(self.root, name)) as f:
                self.sys("file", "write", "SYS$SYSDEVICE:[SSL]" + spec, *owner, input=f.read())

    def boot(self):
        self.sys("boot")
        self.booted = True
        lines = self.startup + "".join(f'define {n} "{v}"\n' for n, v in self.logicals.items())
        # logical names first: images translate them when they start
        order = sorted(lines.splitlines(), key=lambda w: (not w.startswith("define"), not w.startswith("add user")))
        last = [w for w in order if w.startswith("service enable")]  # these start the images
        self.sys("do", "-", input="\n".join(w for w in order if w not in last) + "\n")
        if self.tls:
            self.put_certificate()
        self.sys("do", "-", input="\n".join(last) + "\n")

    def shutdown(self):
        if self.booted:
            self.sys("shutdown", check=False)
            self.booted = False

    def kill(self):
        """kill -9 of every process of this system, as a power cut would end them."""
        def none_left():
            left = self.pids()  # looked up anew each time: a parent may have started one more
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            return not left
        self.booted = False
        wait_for(none_left, 10)

    def pids(self, image=None):
        """Host processes that live in this VMSROOT, found by their environment."""
        mark = ("VMSROOT=" + self.root).encode()
        found = []
        for pid in os.listdir("/proc"):
            if not pid.isdigit() or int(pid) == os.getpid():
                continue
            try:
                with open(f"/proc/{pid}/environ", "rb") as f:
                    if mark not in f.read().split(b"\0"):
                        continue
                exe = os.readlink(f"/proc/{pid}/exe")
                with open(f"/proc/{pid}/stat") as f:
                    if f.read().rsplit(")", 1)[1].split()[0] == "Z":
                        continue
            except OSError:
                continue
            if image is None or image.upper() in exe.upper():
                found.append(int(pid))
        return found

    def close(self):
        self.shutdown()
        self.kill()
        if not self.keep:
            shutil.rmtree(self.root, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if exc[0] and os.environ.get("KEEP_VMSROOT"):
            self.keep = True
            print("kept:", self.root, file=sys.stderr)
        self.close()

    # -- people, mail, queues
    def add_user(self, name, password, **options):
        words = []
        for key, value in options.items():
            words += ["--" + key, value]
        self.sys("add", "user", name, "--password", password, *words)

    def mail(self, user, folder="NEWMAIL"):
        """[{id, date, from, subject, records, flags}] of a folder."""
        out = []
        for line in self.sys("mail", "directory", user, "--folder", folder, "--tabs").splitlines():
            f = line.split("\t")
            if len(f) == 6:
                out.append({"id": int(f[0]), "date": f[1], "from": f[2], "subject": f[3], "records": int(f[4]), "flags": int(f[5])})
        return out

    def read(self, user, number, folder="NEWMAIL"):
        return self.sys("mail", "read", user, number, "--folder", folder)

    def entries(self):
        """[{entry, queue, state, file, note}] of all queues."""
        out = []
        for line in self.sys("show", "entries", "--tabs").splitlines():
            f = line.split("\t")
            if len(f) >= 5:
                out.append({"entry": int(f[0]), "queue": f[1], "state": f[2], "name": f[3], "file": f[4]})
        return out

    def control_files(self):
        out = []
        for base, _, files in os.walk(os.path.join(self.root)):
            out += [os.path.join(base, f) for f in files if f".TCPIP_{self.node}" in f]
        return out

    def move_clock(self, delta):
        """VMS delta time, "0 00:30:00"."""
        self.sys("clock", delta)

    def forced(self):
        """How often an armed fault has struck."""
        return sum(int(line.split()[-1]) for line in self.sys("fault", "list").splitlines())

    def violations(self):
        path = os.path.join(self.root, ".shim", "violations.log")
        return open(path, errors="replace").read() if os.path.exists(path) else ""

    def log(self, name="OPERATOR.LOG"):
        text = ""
        for base, _, files in os.walk(self.root):
            for f in sorted(files):
                if f.split(";")[0] == name:
                    text += open(os.path.join(base, f), errors="replace").read()
        return text


class Dns:
    """The test DNS with a zone that can be changed while it runs."""

    def __init__(self, rows=()):
        fd, self.path = tempfile.mkstemp(prefix="zone_")
        os.close(fd)
        self.set(rows)
        self.process = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(__file__), "test_dns.py"), self.path],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1])

    def set(self, rows):
        with open(self.path, "w") as f:
            f.write("\n".join(rows) + "\n")

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        os.unlink(self.path)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

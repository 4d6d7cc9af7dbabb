#!/usr/bin/env python3
"""make bench: this product, Postfix and Dovecot in one run on loopback; a table of ratios at the end.

usage: bench.py [--build DIR] [--repeat N] [--quick] [ROW ...]      rows: S1 S2 S3 S4 S5 S6 P1 P2 P3 M1

Everything is as durable as it is in production: our receiver flushes the control file and commits the queue
entry before 250, Postfix and Dovecot run with their defaults.  Data lies below BENCH_FS (default: the mounted
/mnt/mailbench, else build/bench); the candidates take turns, medians of N (3).  The last column is the target of
the project's own list; "ours/peer" above 1 is better for rates, below 1 for times, CPU and memory.  Of Dovecot's three
formats (maildir, sdbox, mdbox) each metric is compared with the best one.

A cold open finds nothing of what a server can find out again, its sizes and indexes; in P2 the mailbox is not in
memory either.  After a restart it is not in memory, and the sizes are known.
"""
import glob
import os
import poplib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "SUPPORT"), os.path.join(HERE, "..", "PEERS")]
import peers  # noqa: E402
import vmsroot  # noqa: E402

USERS = 100
args = [a for a in sys.argv[1:] if not a.startswith("--")]
BUILD = os.path.abspath(sys.argv[sys.argv.index("--build") + 1]) if "--build" in sys.argv else os.path.join(vmsroot.TOP, "build")
REPEAT = int(sys.argv[sys.argv.index("--repeat") + 1]) if "--repeat" in sys.argv else 3
ROWS = [a for a in args if re.fullmatch(r"[SPM]\d", a)] or ["S1", "S3", "S4", "S5", "S6", "P1", "P2", "P3", "M1"]
QUICK = 4 if "--quick" in sys.argv else 1
LOAD = os.path.join(BUILD, "bin", "mail_load")
FS = os.environ.get("BENCH_FS") or ("/mnt/mailbench" if os.path.ismount("/mnt/mailbench") else os.path.join(BUILD, "bench"))
os.makedirs(FS, exist_ok=True)
TICKS = os.sysconf("SC_CLK_TCK")


def load(*words, timeout=400):
    """What mail_load measured; its refused messages are told, since they make a rate worthless."""
    out = subprocess.run([LOAD, *map(str, words)], capture_output=True, text=True, timeout=timeout)
    if out.returncode:
        raise RuntimeError(out.stderr)
    w = out.stdout.split()
    measured = {w[i]: float(w[i + 1]) for i in range(0, len(w) - 1, 2)}
    if measured.get("errors"):
        print(f"  mail_load {' '.join(map(str, words))}: {measured['errors']:.0f} errors")
    return measured


def cpu_of(pids):
    total = 0.0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as f:
                w = f.read().rsplit(")", 1)[1].split()
            total += (int(w[11]) + int(w[12]) + int(w[13]) + int(w[14])) / TICKS
        except OSError:
            pass
    return total


def pss_of(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as f:
                total += int(re.search(r"^Pss:\s+(\d+)", f.read(), re.M).group(1))
        except (OSError, AttributeError):
            pass
    return total


def descendants(root):
    children = {}
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            try:
                with open(f"/proc/{pid}/stat") as f:
                    children.setdefault(int(f.read().rsplit(")", 1)[1].split()[1]), []).append(int(pid))
            except OSError:
                pass
    out, todo = [], [root]
    while todo:
        pid = todo.pop()
        out.append(pid)
        todo += children.get(pid, [])
    return out


class Ours:
    name = "ours"

    def __init__(self, relay_port=None):
        root = os.path.join(FS, "ours")
        conf = {"Relay": "ON", "Good-Clients": "127.0.0.1", "Receive-Recipients": "1000"}
        more = {}
        if relay_port:
            self.dns = vmsroot.Dns(["sink.test MX 10 mx.sink.test", "mx.sink.test A 127.0.0.1", "bench.test A 127.0.0.1"])
            more = {"dns": self.dns.port, "mail_port": relay_port}
        else:
            self.dns = None
        self.vms = vmsroot.System(BUILD, root=root, users={"SYSTEM": "manager"}, conf=conf, queues=8, streams=4, keep=True,
                                  boot=False, **more)
        self.vms.kill()  # what an interrupted run left
        shutil.rmtree(root, ignore_errors=True)
        self.vms.create()
        lines = "".join(f"add user u{n:03d} --password pw\n" for n in range(USERS))
        self.vms.sys("do", "-", input=lines)
        self.vms.boot()
        self.smtp, self.pop = self.vms.smtp, self.vms.pop
        self.domain = "node.vms.test"
        vmsroot.wait_port(self.smtp)
        self.common = os.path.join(root, "SYS0", "TCPIP$SMTP")

    def pids(self):
        return self.vms.pids()

    def waiting(self):
        return sum(".TCPIP_" in f or ".TMP_" in f for f in os.listdir(self.common))

    def hold(self):
        for n in range(1, self.vms.queues + 1):
            self.vms.sys("stop", "queue", f"TCPIP$SMTP_NODE_{n:02d}", "--next")

    def release(self):
        for n in range(1, self.vms.queues + 1):
            self.vms.sys("start", "queue", f"TCPIP$SMTP_NODE_{n:02d}")

    def cool(self, user, forget, evicted):
        """A new server process, which has no sizes in memory; forget: nor in a file; evicted: nor the mailbox."""
        for pid in self.vms.pids("POP_SERVER"):
            os.kill(pid, signal.SIGKILL)
        vmsroot.wait_for(lambda: not self.vms.pids("POP_SERVER"), 10)
        if forget:
            for f in glob.glob(os.path.join(FS, "ours", "TCPIP$POP", user.upper() + ".POP_SIZES;*")):
                os.unlink(f)
        if evicted:
            evict(os.path.join(FS, "ours", user.upper()))

    def close(self):
        self.vms.close()
        if self.dns:
            self.dns.close()


class PostfixPeer:
    name = "Postfix"

    def __init__(self, relay_port=None):
        os.environ["TMPDIR"] = FS
        peers.tempfile.tempdir = FS
        settings = {"virtual_mailbox_domains": "bench.test", "default_process_limit": "100", "smtpd_recipient_limit": "1000",
                    "message_size_limit": "52428800", "virtual_mailbox_limit": "0", "smtpd_client_connection_count_limit": "0", "queue_run_delay": "300s"}
        if relay_port:
            settings["relayhost"] = f"[127.0.0.1]:{relay_port}"
        # one Maildir per user: regexp maps need no database
        settings["virtual_mailbox_maps"] = "inline:{" + ", ".join(f"{{u{n:03d}@bench.test=u{n:03d}/}}" for n in range(USERS)) + "}"
        self.postfix = peers.Postfix(settings)
        self.smtp, self.domain = self.postfix.port, "bench.test"

    def pids(self):
        with open(self.postfix.dir + "/queue/pid/master.pid") as f:
            return descendants(int(f.read()))

    def waiting(self):
        n = 0
        for q in ("incoming", "active", "maildrop", "hold", "deferred"):
            for _, _, files in os.walk(os.path.join(self.postfix.dir, "queue", q)):
                n += len(files)
        return n

    def hold(self):
        subprocess.run(["postconf", "-c", self.postfix.conf, "-e", "defer_transports=smtp"], check=True)
        subprocess.run(["postfix", "-c", self.postfix.conf, "reload"], capture_output=True)
        time.sleep(1)

    def release(self):
        subprocess.run(["postconf", "-c", self.postfix.conf, "-e", "defer_transports="], check=True)
        subprocess.run(["postfix", "-c", self.postfix.conf, "reload"], capture_output=True)
        subprocess.run(["postqueue", "-c", self.postfix.conf, "-f"], capture_output=True)

    def close(self):
        self.postfix.close()


class DovecotPeer:
    """One of Dovecot's formats, in a process group of its own."""

    def __init__(self, form):
        self.form, self.name = form, "Dovecot " + form
        self.dir = os.path.join(FS, "dovecot-" + form)
        shutil.rmtree(self.dir, ignore_errors=True)
        os.makedirs(self.dir + "/run")
        os.makedirs(self.dir + "/mail")
        self.pop = vmsroot.free_port()
        import pwd
        uid = pwd.getpwnam("nobody")
        os.chown(self.dir + "/mail", uid.pw_uid, uid.pw_gid)
        self.conf = self.dir + "/dovecot.conf"
        with open(self.conf, "w") as f:
            f.write(f"""base_dir = {self.dir}/run
log_path = {self.dir}/log
protocols = pop3
ssl = no
disable_plaintext_auth = no
mail_location = {form}:{self.dir}/mail/%n/box
first_valid_uid = 1
default_internal_user = dovecot
default_login_user = dovenull
passdb {{
  driver = static
  args = password=pw
}}
userdb {{
  driver = static
  args = uid={uid.pw_uid} gid={uid.pw_gid} home={self.dir}/mail/%n
}}
service pop3-login {{
  inet_listener pop3 {{
    address = 127.0.0.1
    port = {self.pop}
  }}
  process_limit = 400
}}
service pop3 {{
  process_limit = 400
}}
mail_max_userip_connections = 1000
namespace inbox {{
  inbox = yes
}}
""")
        with open(self.dir + "/start", "w") as out:  # a pipe would stay open as long as the daemon runs
            subprocess.run(["dovecot", "-c", self.conf], check=True, stdout=out, stderr=out)
        vmsroot.wait_port(self.pop)

    def seed(self, user, count, text):
        home = os.path.join(self.dir, "mail", user)
        shutil.rmtree(home, ignore_errors=True)
        source = os.path.join(home, "box" if self.form == "maildir" else "seed")
        for d in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(source, d))
        text = text.replace(b"\r\n", b"\n")
        for n in range(count):
            with open(os.path.join(source, "cur", f"1700000000.M{n:06d}P1.bench,S={len(text)}:2,"), "wb") as f:
                f.write(text)
        subprocess.run(["chown", "-R", "nobody", home])
        if self.form != "maildir":
            subprocess.run(["doveadm", "-c", self.conf, "-o", "mail_fsync=never", "import", "-u", user, "maildir:" + source, "", "all"],
                           check=True, stdout=subprocess.DEVNULL)
            shutil.rmtree(source)

    def cool(self, user, forget, evicted):
        """forget: what can be rebuilt, a Maildir's index files, of the others the cache alone (their index is the mailbox)."""
        box = os.path.join(self.dir, "mail", user, "box")
        for base, _, files in os.walk(box) if forget else ():
            for f in files:
                if f == "dovecot.index.cache" or self.form == "maildir" and base == box and f.startswith("dovecot"):
                    os.unlink(os.path.join(base, f))
        if evicted:
            evict(self.dir)

    def pids(self):
        with open(self.dir + "/run/master.pid") as f:
            return descendants(int(f.read()))

    def close(self):
        subprocess.run(["dovecot", "-c", self.conf, "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        vmsroot.wait_for(lambda: not os.path.exists(self.dir + "/run/master.pid"), 10)
        shutil.rmtree(self.dir, ignore_errors=True)


def evict(folder):
    """The files' pages leave memory; names and inodes stay."""
    os.sync()
    for base, _, files in os.walk(folder):
        for f in files:
            try:
                fd = os.open(os.path.join(base, f), os.O_RDONLY)
                os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(fd)
            except OSError:
                pass


RESULTS = {}  # (row, metric) -> {candidate: [values]}
TARGET = {}


def note(row, metric, candidate, value, target=""):
    RESULTS.setdefault((row, metric), {}).setdefault(candidate, []).append(value)
    TARGET[(row, metric)] = target
    print(f"  {row} {metric}: {candidate} {value:.4g}", flush=True)


def drained(c, seconds=120):
    end = time.time() + seconds
    while time.time() < end:
        if c.waiting() == 0:
            return True
        time.sleep(0.01)
    return False


def smtp_pair(relay_port=None):
    return [Ours(relay_port), PostfixPeer(relay_port)]


def row_s1(candidates):
    plans = [("1 session", 1, "many", 800, ">= 2.0"), ("10 sessions", 10, "many", 2000, ">= 3.0"),
             ("50 sessions", 50, "many", 2000, ">= 4.0"), ("10 sessions, one message each", 10, "one", 1500, ">= 3.0")]
    for rep in range(REPEAT):
        for label, sessions, kind, count, target in plans:
            for c in candidates if rep % 2 == 0 else candidates[::-1]:
                cpu = cpu_of(c.pids())
                each = count // QUICK if kind == "many" else count // QUICK
                start = time.time()
                r = load("smtp", c.smtp, sessions, each, 4096, USERS, 1, kind, c.domain)
                ok = drained(c)
                took = time.time() - start
                if r["errors"] or not ok:
                    print(f"  {c.name}: {r['errors']:.0f} errors, waiting {c.waiting()}")
                note("S1", label + ", accept msg/s", c.name, r["accepted"] / r["seconds"], target)
                note("S2", label + ", deliver msg/s", c.name, r["accepted"] / took, ">= 2.0" if sessions == 10 else "")
                note("S1", label + ", CPU ms/msg", c.name, (cpu_of(c.pids()) - cpu) * 1000 / max(r["accepted"], 1), "<= 0.5" if sessions == 10 else "")


def row_s3(candidates):
    for rep in range(REPEAT):
        for c in candidates if rep % 2 == 0 else candidates[::-1]:
            count = 20 // QUICK
            r = load("smtp", c.smtp, 4, count, 10 << 20, USERS, 1, "many", c.domain)
            note("S3", "10 MiB messages, MB/s", c.name, r["accepted"] * 10.485760 / r["seconds"], ">= 1.5")
            drained(c)


def row_s4():
    for rep in range(REPEAT):
        for kind in (Ours, PostfixPeer) if rep % 2 == 0 else (PostfixPeer, Ours):
            for label, held, messages, recipients, target in (("straight through", False, 2000, 1, ">= 2.0"), ("held, drained", True, 2000, 1, ">= 1.5"),
                                                              ("held, 10 recipients", True, 500, 10, ">= 1.0")):
                port = vmsroot.free_port()
                c = kind(port)
                try:
                    domain = "sink.test"
                    if held:
                        c.hold()
                        load("smtp", c.smtp, 10, messages // QUICK, 4096, USERS, recipients, "many", domain)
                    sink = subprocess.Popen([LOAD, "sink", str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                    sink.stdout.readline()
                    start = time.time()
                    if held:
                        c.release()
                    else:
                        load("smtp", c.smtp, 10, messages // QUICK, 4096, USERS, recipients, "many", domain)
                    drained(c, 60)
                    took = time.time() - start
                    w = sink.communicate()[0].split()
                    got, first, span = float(w[1]), float(w[3]), float(w[5])
                    if held:
                        note("S4", label + ", rcpt/s after the first", c.name, got / max(span / 1000, 1e-3), target)
                        if recipients == 1:
                            note("S4", "first message leaves after, s", c.name, first / 1000, "<= 0.1 s")
                    else:
                        note("S4", label + ", rcpt/s", c.name, got / took, target)
                finally:
                    c.close()


def row_s5(candidates):
    for c in candidates:  # all mailboxes exist
        load("smtp", c.smtp, 1, 2, 4096, USERS, USERS, "many", c.domain)
        drained(c)
    for rep in range(REPEAT):
        for c in candidates if rep % 2 == 0 else candidates[::-1]:
            start = time.time()
            r = load("smtp", c.smtp, 1, 50 // QUICK, 4096, USERS, USERS, "many", c.domain)
            drained(c)
            note("S5", "100 users per message, copies/s", c.name, r["accepted"] * USERS / (time.time() - start), ">= 1.5")


def hello(port):
    """A session behind EHLO, and the milliseconds from its connect() to the first bytes of the banner."""
    start = time.perf_counter()
    s = socket.create_connection(("127.0.0.1", port), 30)
    s.recv(512)
    took = (time.perf_counter() - start) * 1000
    s.sendall(b"EHLO idle.test\r\n")
    s.recv(4096)
    return s, took


def row_s6(candidates):
    import resource
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    for c in candidates:
        count = 1000 if c.name == "ours" else 90  # Postfix: one process per session, limited by its configuration
        one, _ = hello(c.smtp)
        before = pss_of(c.pids())
        held = [hello(c.smtp)[0] for _ in range(count)]
        note("S6", "idle session, PSS KiB", c.name, (pss_of(c.pids()) - before) / count, "<= 16 KiB")
        more = [hello(c.smtp) for _ in range(9 if c.name == "Postfix" else 51)]
        times = sorted(took for _, took in more)
        note("S6", "banner while they are idle, ms", c.name, times[len(times) // 2], "<= 0.5 ms")
        for s in held + [one] + [s for s, _ in more]:
            s.close()


def row_m1(candidates):
    time.sleep(1)
    for c in candidates:
        note("M1", "idle system, PSS MiB", c.name, pss_of(c.pids()) / 1024, "<= 20 MiB")


def pop_message():
    text = b"From: sender@bench.test\r\nSubject: load\r\n\r\n"
    while len(text) < 4096:
        text += b"The quick brown fox jumps over the lazy dog, again and again, line by line.\r\n"
    return text


def fill_ours(ours, count):
    load("smtp", ours.smtp, 10, count, 4096, 1, 1, "many", ours.domain)
    drained(ours)


def in_turns(candidates, rep):
    return candidates if rep % 2 == 0 else candidates[::-1]


def open_box(c, user="u000"):
    return load("pop", c.pop, user, "pw", "open")["ms"]


def cool_open(row, c, count, name, forget, evicted, target):
    c.cool("u000", forget, evicted)
    poplib.POP3("127.0.0.1", c.pop).close()  # the server is up: what is measured is the mailbox
    note(row, f"open {count} {name}, ms", c.name, open_box(c), target)


def row_p1(candidates):
    count = 1000 // QUICK
    for rep in range(REPEAT):
        for c in in_turns(candidates, rep):
            if c.name == "ours":
                if load("pop", c.pop, "u000", "pw", "open")["messages"]:
                    load("pop", c.pop, "u000", "pw", "dele")
                fill_ours(c, count)
            else:
                c.seed("u000", count, pop_message())
            cool_open("P1", c, count, "cold", True, False, "<= 0.8")
            note("P1", f"open {count} warm, ms", c.name, open_box(c), "<= 0.8")
            r = load("pop", c.pop, "u000", "pw", "retr")
            note("P1", "RETR all, msg/s", c.name, r["messages"] / r["ms"] * 1000, ">= 1.5")
            r = load("pop", c.pop, "u000", "pw", "pipe")
            note("P1", "RETR all pipelined, msg/s", c.name, r["messages"] / r["ms"] * 1000, ">= 1.0")
            r = load("pop", c.pop, "u000", "pw", "dele")
            note("P1", "DELE all + QUIT, msg/s", c.name, r["messages"] / r["ms"] * 1000, ">= 1.0")


def row_p2(candidates):
    count = 20000 // QUICK
    for c in candidates:
        if c.name == "ours":
            fill_ours(c, count)
        else:
            c.seed("u000", count, pop_message())
    for rep in range(REPEAT):
        for c in in_turns(candidates, rep):
            cool_open("P2", c, count, "cold", True, True, "<= 1.0")
            cool_open("P2", c, count, "after a restart", False, True, "")
            note("P2", f"open {count} warm, ms", c.name, open_box(c), "<= 0.8")
    for c in candidates:
        load("pop", c.pop, "u000", "pw", "dele")


def row_p3(candidates):
    sessions = USERS // QUICK
    for c in candidates:
        if c.name == "ours":
            load("smtp", c.smtp, 10, USERS * 20, 4096, USERS, 1, "many", c.domain)
            drained(c)
        else:
            for n in range(sessions):
                c.seed(f"u{n:03d}", 20, pop_message())
    for rep in range(REPEAT):
        for c in in_turns(candidates, rep):
            start = time.time()
            running = [subprocess.Popen([LOAD, "pop", str(c.pop), f"u{n:03d}", "pw", "retr"], stdout=subprocess.PIPE, text=True) for n in range(sessions)]
            total = sum(float(p.communicate()[0].split()[1]) for p in running)
            note("P3", f"{sessions} sessions at once, msg/s", c.name, total / (time.time() - start), ">= 1.5")
    for c in candidates:
        held = []
        one = poplib.POP3("127.0.0.1", c.pop)
        before = pss_of(c.pids())
        for n in range(1, sessions):
            p = poplib.POP3("127.0.0.1", c.pop)
            p.user(f"u{n:03d}")
            p.pass_("pw")
            held.append(p)
        note("P3", "held session, PSS KiB", c.name, (pss_of(c.pids()) - before) / len(held), "<= 64 KiB")
        for p in held + [one]:
            p.close()


def report():
    print("\nrow  metric                                        ours        peer      ours/peer   target")
    for (row, metric), by in sorted(RESULTS.items()):
        ours = statistics.median(by["ours"]) if "ours" in by else float("nan")
        best = max if TARGET[(row, metric)].startswith(">") else min
        peer_name = best((n for n in by if n != "ours"), key=lambda n: statistics.median(by[n]), default=None)
        peer = statistics.median(by[peer_name]) if peer_name else None
        ratio = f"{ours / peer:9.2f}" if peer else "        -"
        print(f"{row:4} {metric:42} {ours:10.4g}  {peer if peer is None else format(peer, '10.4g')!s:>10} {ratio}   {TARGET[(row, metric)]:10} {peer_name or ''}")


def main():
    print(f"data below {FS}; medians of {REPEAT}; {os.cpu_count()} cores")
    if {"S1", "S2", "S3", "S5", "S6", "M1"} & set(ROWS):
        pair = smtp_pair()
        try:
            if "M1" in ROWS:
                row_m1(pair)
            if "S6" in ROWS:
                row_s6(pair)
            if "S1" in ROWS or "S2" in ROWS:
                row_s1(pair)
            if "S5" in ROWS:
                row_s5(pair)
            if "S3" in ROWS:
                row_s3(pair)
        finally:
            for c in pair:
                c.close()
    if "S4" in ROWS:
        row_s4()
    rows = {"P1": row_p1, "P2": row_p2, "P3": row_p3}
    if set(rows) & set(ROWS):
        candidates = [Ours()] + [DovecotPeer(form) for form in ("maildir", "sdbox", "mdbox")]
        try:
            for name in [r for r in rows if r in ROWS]:
                rows[name](candidates)
        finally:
            for c in candidates:
                c.close()
    report()


main()

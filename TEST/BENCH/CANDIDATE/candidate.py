"""The verbs of the shared bench's hook (its README and TEMPLATE): one VMSROOT below BENCH_FS, node BENCH of domain test."""
import glob
import os
import shutil
import signal
import smtplib
import subprocess
import sys
import time

SOURCE = os.environ["MAIL_SOURCE"]
BUILD = os.environ.get("BUILD_DIR", os.path.join(SOURCE, "build"))
sys.path.insert(0, os.path.join(SOURCE, "TEST", "SUPPORT"))
import vmsroot  # noqa: E402

ROOT = os.path.join(os.environ.get("BENCH_FS", "/mnt/mailbench"), "ours")
STARTUP = ROOT + ".startup"
SMTP, POP, DNS, QUEUES = 2530, 2130, 2153, 8
USERS = [f"u{n:03d}" for n in range(200)] + ["work", "big"]


def system():
    conf = {"Relay": "ON", "Good-Clients": "127.0.0.1", "Receive-Recipients": "1000", "Alternate-Gateway": "gate.test",
            "Altgate-Always": "ON"}
    return vmsroot.System(BUILD, root=ROOT, node="BENCH", domain="test", smtp=SMTP, pop=POP, dns=DNS, conf=conf, queues=QUEUES,
                          streams=4, keep=True, boot=False, users={"SYSTEM": "manager"},
                          mail_port=int(os.environ.get("BENCH_SINK_PORT", "2600")))


def start():
    zone = ROOT + ".zone"
    with open(zone, "w") as f:
        f.write("gate.test A 127.0.0.1\n")
    dns = subprocess.Popen([sys.executable, os.path.join(SOURCE, "TEST", "SUPPORT", "test_dns.py"), zone, str(DNS)],
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(ROOT + ".dns", "w") as f:
        f.write(str(dns.pid))
    vms = system()
    if os.path.exists(STARTUP) and os.path.isdir(ROOT):
        with open(STARTUP) as f:
            vms.startup = f.read()
        vms.logicals.update({"TCPIP$BIND_SERVER001": f"127.0.0.1:{DNS}", "TCPIP$SMTP_SYMB_STREAMS": "4",
                             "TCPIP$SMTP_SYMB_REMOTE_PORT": str(vms.mail_port)})
    else:
        vms.create()
        vms.sys("do", "-", input="".join(f"add user {u} --password pw\n" for u in USERS))
        with open(STARTUP, "w") as f:
            f.write(vms.startup)
    vms.boot()
    vmsroot.wait_port(SMTP)
    vmsroot.wait_port(POP)


def stop():
    vms = system()
    vms.booted = True
    vms.close()
    try:
        with open(ROOT + ".dns") as f:
            os.kill(int(f.read()), signal.SIGTERM)
        os.unlink(ROOT + ".dns")
    except OSError:
        pass


def clean():
    shutil.rmtree(ROOT, ignore_errors=True)


def copies(users="U[0-9][0-9][0-9]"):
    """Messages of 4 KiB lie in files of their own."""
    return len(glob.glob(f"{ROOT}/{users}/MAIL$*.MAI;1"))


def queued():
    return len(glob.glob(f"{ROOT}/SYS0/TCPIP$SMTP/*.TCPIP_*"))


def queues(*words):
    for n in range(1, QUEUES + 1):
        system().sys(words[0], "queue", f"TCPIP$SMTP_BENCH_{n:02d}", *words[1:])


def seed(user, count, size):
    for path in glob.glob(f"{ROOT}/{user.upper()}/MAIL*.MAI;1*"):
        os.unlink(path)
    line = "The quick brown fox jumps over the lazy dog, again and again, line by line.\r\n"
    text = ("From: sender@bench.test\r\nSubject: load\r\n\r\n" + line * (int(size) // len(line) + 1))[:int(size)] + "\r\n"
    with smtplib.SMTP("127.0.0.1", SMTP) as s:
        for _ in range(int(count)):
            s.sendmail("sender@bench.test", [user + "@bench.test"], text)
    while queued():
        time.sleep(0.05)


def log():
    for path in sorted(glob.glob(f"{ROOT}/SYS0/TCPIP$SMTP/*.LOG;*") + glob.glob(f"{ROOT}/TCPIP$POP/*.LOG;*")):
        with open(path, errors="replace") as f:
            print(path, "".join(f.readlines()[-10:]), sep="\n")


def images():
    names = ["job_control", "inetacp", "libvmsshim.so", "TCPIP$SMTP_RECEIVER.EXE", "TCPIP$SMTP_SYMBIONT.EXE",
             "TCPIP$POP_SERVER.EXE"]
    return "\n".join(os.path.join(BUILD, "bin", n) for n in names)


VERBS = {"start": start, "stop": stop, "clean": clean, "count": lambda: print(copies()), "queued": lambda: print(queued()),
         "hold": lambda: queues("stop", "--next"), "release": lambda: queues("start"), "seed": seed,
         "cold": lambda user: None, "log": log, "bin": lambda: print(images())}

if __name__ == "__main__":
    VERBS[sys.argv[1]](*sys.argv[2:])

"""A small VMS as a manager sets it up: a system disk with the product's procedures in SYS$MANAGER, configured by
TCPIP$MAIL_CONFIG.COM without questions, booted and shut down by the system's own procedures.

    with Site(build, root, node="ALPHA", domain="vms.test", users={"SYSTEM": "manager"}) as site:
        site.install()
        site.configure()
        site.boot()

What a site has in SYS$MANAGER is in the table FILES below; {name} is filled in.  The rest is vmsroot.System's.
"""
import os
import subprocess

import vmsroot

COM = os.path.join(vmsroot.TOP, "COM")
MANAGER, STARTUP, SMTP = "VMS$COMMON/SYSMGR", "VMS$COMMON/SYS$STARTUP", "SYS0/TCPIP$SMTP"

# folder, name, text.  The network software's own startup defines what the product finds there on OpenVMS.
FILES = [
    (STARTUP, "TCPIP$STARTUP.COM", """\
$! TCPIP$STARTUP.COM - stands for the network software's: this node's names and its name server
$ SET NOON
$ DEFINE/SYSTEM/EXECUTIVE_MODE/NOLOG TCPIP$INET_HOST "{host}"
$ DEFINE/SYSTEM/EXECUTIVE_MODE/NOLOG TCPIP$INET_DOMAIN "{domain}"
{names}$ WRITE SYS$OUTPUT "%TCPIP-I-INFO, host {host}.{domain}"
$ WRITE SYS$OUTPUT "%TCPIP-S-STARTDONE, TCP/IP startup completed at ", F$TIME()
$ EXIT 1
"""),
    (MANAGER, "SYLOGICALS.COM", """\
$! SYLOGICALS.COM - the site's logical names
$ DEFINE/SYSTEM/EXECUTIVE_MODE/NOLOG SYS$SYLOGIN SYS$MANAGER:SYLOGIN.COM
$ EXIT 1
"""),
    (MANAGER, "SYSTARTUP_VMS.COM", """\
$! SYSTARTUP_VMS.COM - the site's queues and products
$ SET NOON
$ WRITE SYS$OUTPUT "%SYSTARTUP-I-BEGIN, starting the products of {node}"
$ @SYS$STARTUP:TCPIP$STARTUP
"""),
    (MANAGER, "SYSHUTDWN.COM", """\
$! SYSHUTDWN.COM - the products stop in the order that is the reverse of their start
$ SET NOON
$ IF F$SEARCH("SYS$STARTUP:TCPIP$POP_SHUTDOWN.COM") .NES. "" THEN @SYS$STARTUP:TCPIP$POP_SHUTDOWN
$ IF F$SEARCH("SYS$STARTUP:TCPIP$SMTP_SHUTDOWN.COM") .NES. "" THEN @SYS$STARTUP:TCPIP$SMTP_SHUTDOWN
$ EXIT 1
"""),
    (MANAGER, "SYLOGIN.COM", """\
$! SYLOGIN.COM - for everyone who logs in
$ TCPIP :== $SYS$SYSTEM:TCPIP$SMTP_MANAGE
$ EXIT 1
"""),
    (MANAGER, "MAIL_ANSWERS.DAT", """\
! What TCPIP$MAIL_CONFIG.COM would have asked
QUEUES    = {queues}
SMTP_PORT = {smtp}
POP_PORT  = {pop}
ADDRESS   = 127.0.0.1 ! a test has no business elsewhere
STARTUP   = YES
"""),
]


class Site(vmsroot.System):
    def __init__(self, build, root, **more):
        super().__init__(build, root=root, boot=False, **more)
        self.output = None  # is given each line of boots, configurations and shutdowns while it comes
        self.transcript = ""

    def install(self):
        """The system disk, its users, the product's procedures and the site's files."""
        os.makedirs(self.root, exist_ok=True)
        self.sys("create", "--images", os.path.join(self.build, "bin"))
        for name, password in self.users.items():
            self.add_user(name, password)
        for folder, _, names in os.walk(COM):
            for name in names:
                with open(os.path.join(folder, name)) as f:
                    self.put(os.path.normpath(os.path.join(MANAGER, os.path.relpath(folder, COM))), name, f.read())
        names = dict(self.logicals)
        if self.dns:
            names["TCPIP$BIND_SERVER001"] = f"127.0.0.1:{self.dns}"
        if self.mail_port:
            names["TCPIP$SMTP_SYMB_REMOTE_PORT"] = str(self.mail_port)
        values = {"node": self.node, "host": self.node.lower(), "domain": self.domain, "queues": self.queues, "smtp": self.smtp,
                  "pop": self.pop, "names": "".join(f'$ DEFINE/SYSTEM/EXECUTIVE_MODE/NOLOG {n} "{v}"\n' for n, v in names.items())}
        for folder, name, text in FILES:
            for key, value in values.items():
                text = text.replace("{" + key + "}", str(value))
            self.put(folder, name, text)

    def put(self, folder, name, text):
        path = os.path.join(self.root, folder)
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, name + ";1"), "w") as f:
            f.write(text)

    def show(self, *words):
        """vmsys whose output is seen while it comes; returns it.  An error is one."""
        text = ""
        with subprocess.Popen([os.path.join(self.build, "bin", "vmsys"), *words], env=self.env(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, text=True, errors="replace") as process:
            for line in process.stdout:
                text += line
                if self.output:
                    self.output(line)
        self.transcript += text
        if process.returncode:
            raise RuntimeError(f"vmsys {' '.join(words)}: exit {process.returncode}\n{text}")
        return text

    def dcl(self, *lines, user="SYSTEM"):
        """What a user types, commands and their data, and what comes back; the last command must be successful."""
        done = subprocess.run([os.path.join(self.build, "bin", "vmsys"), "dcl", "--user", user], env=self.env(), capture_output=True,
                              input="".join(line + "\n" for line in lines), text=True, errors="replace")
        if done.returncode:
            raise RuntimeError(f"{lines}: {done.stdout}{done.stderr}")
        return done.stdout

    def configure(self):
        """The system is booted bare, configured, and shut down; a site with fields of its own edits TCPIP$SMTP.CONF."""
        self.sys("boot")
        self.booted = True
        self.show("dcl", "--user", "SYSTEM", "@SYS$MANAGER:TCPIP$MAIL_CONFIG AUTO SYS$MANAGER:MAIL_ANSWERS.DAT")
        if self.conf:
            self.put(MANAGER, "MAIL_SITE.CONF", "".join(f"{k}: {v}\n" for k, v in self.conf.items()))
            self.dcl("COPY/PROTECTION=(W:RE) SYS$MANAGER:MAIL_SITE.CONF SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP.CONF",
                     "SET FILE/OWNER_UIC=TCPIP$SMTP SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP.CONF")
        self.shutdown()

    def boot(self):
        self.booted = True
        self.show("boot")

    def shutdown(self):
        if self.booted:
            self.booted = False
            self.show("shutdown")

    def close(self):
        """Whatever goes wrong with the shutdown, no process stays."""
        try:
            self.shutdown()
        except (OSError, RuntimeError):
            pass
        super().close()

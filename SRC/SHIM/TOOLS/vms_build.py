#!/usr/bin/env python3
"""vms_build - builds the product as on OpenVMS: BUILD.COM or DESCRIP.MMS under the command interpreter

usage: vms_build.py [--build DIR] [--keep] [--mms] [--dialog FILE.dlg ...] [what [option ...]]

The sources are laid, upper case, into [MAIL] of a small VMS in BUILD/vmsbuild; what and options are
BUILD.COM's, or DESCRIP.MMS's target.  The images that come out pass the dialogue scripts: then they
take the place of those of the Linux build, messages and all.  --keep: goes on with what an earlier run
has made; without it the folder is made anew.
"""
import argparse
import glob
import os
import shutil
import subprocess
import sys

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
sys.path.insert(0, os.path.join(TOP, "TEST", "GATES"))
import mms  # noqa: E402  (the reader of DESCRIP.MMS)

TREE = ["SRC/MODULES.LIS", "SRC/CORE", "SRC/VMS", "SRC/MTA", "SRC/LINK", "SRC/MESSAGES", "INCLUDE", "COM", "BUILD.COM",
        "DESCRIP.MMS", "KITINSTAL.COM", "TEST/CORE", "TEST/SUPPORT"]
# what the linker finds in SYS$SHARE: on the host
SHAREABLE = {"SSL3$LIBSSL_SHR": "ssl", "SSL3$LIBCRYPTO_SHR": "crypto", "SMBSRVSHR": None}
VMS_NAMES = (".CXX", ".H", ".DEF", ".COM", ".MMS", ".LIS", ".OPT", ".MSG", ".CLD", ".HLP", ".TEMPLATE", ".SAMPLE",
             ".RELEASE_NOTES")


def image_folders(top):
    with open(os.path.join(top, "SRC", "MODULES.LIS")) as f:
        words = [line.split() for line in f]
    return [("SRC/" + w[3], w[1]) for w in words if w and w[0] == "IMAGE"]


def host_library(name):
    """What the host's linker would take for -lname."""
    path = subprocess.run(["c++", f"-print-file-name=lib{name}.so"], stdout=subprocess.PIPE, text=True,
                          check=True).stdout.strip()
    if not os.path.isabs(path):
        sys.exit(f"vms_build: the host has no lib{name}.so")
    return path


def lay_file(source, folder):
    name = os.path.basename(source).upper()
    if not name.endswith(VMS_NAMES):
        return
    target = os.path.join(folder, name + ";1")
    old = os.stat(target) if os.path.exists(target) else None
    new = os.stat(source)
    if old and old.st_mtime_ns == new.st_mtime_ns and old.st_size == new.st_size:
        return
    shutil.copyfile(source, target)
    shutil.copystat(source, target)


def lay_tree(root, top):
    for item in TREE + [folder for folder, _ in image_folders(top)]:
        source = os.path.join(top, item)
        if os.path.isfile(source):
            folder = os.path.join(root, "MAIL", os.path.dirname(item).upper())
            os.makedirs(folder, exist_ok=True)
            lay_file(source, folder)
            continue
        for at, _, files in os.walk(source):
            folder = os.path.join(root, "MAIL", os.path.relpath(at, top).upper())
            os.makedirs(folder, exist_ok=True)
            for name in files:
                lay_file(os.path.join(at, name), folder)


class Builder:
    def __init__(self, build):
        self.bin = os.path.join(build, "bin")
        self.root = os.path.join(build, "vmsbuild")
        self.env = dict(os.environ, VMSROOT=self.root, SHIM_NODE="BUILD", SHIM_DEFAULT="[MAIL]", SHIM_MODE="2",
                        SHIM_USER="SYSTEM", SHIM_UIC="10004", SHIM_PRIV="7fffffffff", TZ="UTC")

    def create(self, keep):
        if not keep:
            shutil.rmtree(self.root, ignore_errors=True)
        if not os.path.isdir(self.root):
            subprocess.run([os.path.join(self.bin, "vmsys"), "create", "--images", self.bin], env=self.env, check=True)
        library = os.path.join(self.root, "VMS$COMMON", "SYSLIB")
        for name, host in SHAREABLE.items():
            link = os.path.join(library, name + ".EXE;1")
            if not os.path.islink(link):
                os.symlink(host_library(host) if host else
                           os.path.join(os.path.dirname(self.bin), "lib", "libvmsshim.so"), link)
        for folder in ("BOOST", "SSL3", "CPPUNIT"):
            os.makedirs(os.path.join(self.root, folder), exist_ok=True)
        cppunit = os.path.join(self.root, "CPPUNIT", "LIBCPPUNIT.OLB;1")
        if not os.path.islink(cppunit):
            os.symlink(host_library("cppunit") if os.path.exists("/usr/include/cppunit") else "/dev/null", cppunit)
        lay_tree(self.root, TOP)

    def dcl(self, lines):
        """Runs a procedure; its exit status.  An image's C library takes TEST/DATA from the host's default folder."""
        with open(os.path.join(self.root, "MAIL", "RUN_BUILD.TMP;1"), "w") as f:
            f.write("".join("$ " + line + "\n" for line in lines))
        return subprocess.run([os.path.join(self.bin, "dcl"), "@RUN_BUILD.TMP"], env=self.env,
                              cwd=TOP, stdin=subprocess.DEVNULL).returncode

    def names(self):
        return ["DEFINE/NOLOG/SYSTEM/EXECUTIVE_MODE BOOST SYS$SYSDEVICE:[BOOST]",
                "DEFINE/NOLOG/SYSTEM/EXECUTIVE_MODE CPPUNIT SYS$SYSDEVICE:[CPPUNIT]",
                "DEFINE/NOLOG/SYSTEM/EXECUTIVE_MODE SSL3$INCLUDE SYS$SYSDEVICE:[SSL3]"]

    def images(self):
        found = {}
        for path in glob.glob(os.path.join(self.root, "MAIL", "EXE_X86_64", "*.EXE;*")):
            name = os.path.basename(path).split(";")[0]
            found[name] = path
        return found

    def dialogs(self, scripts):
        """The scripts, with the images of this build in place of the other ones; messages must come with them."""
        tree = os.path.join(self.root, "TREE")
        shutil.rmtree(tree, ignore_errors=True)
        os.makedirs(os.path.join(tree, "bin"))
        os.symlink(os.path.join(os.path.dirname(self.bin), "lib"), os.path.join(tree, "lib"))
        images = self.images()
        for entry in os.listdir(self.bin):
            if not entry.endswith(".MSGDATA"):
                shutil.copy2(images[entry] if entry in images else os.path.join(self.bin, entry),
                             os.path.join(tree, "bin", entry))
        return subprocess.run([sys.executable, os.path.join(TOP, "TEST", "DIALOG", "run_dialog.py")] + scripts,
                              env=dict(os.environ, BUILD_DIR=tree)).returncode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.environ.get("BUILD_DIR", os.path.join(TOP, "build")))
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--mms", action="store_true")
    parser.add_argument("--dialog", nargs="*", default=[])
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    builder = Builder(os.path.abspath(options.build))
    builder.create(options.keep)
    if options.mms:
        with open(os.path.join(TOP, "DESCRIP.MMS")) as f:
            plan = mms.Description(f.read()).plan(*options.words)
        run, lines = "DESCRIP.MMS", mms.commands(plan)
    else:
        run = "@BUILD " + " ".join(options.words)
        lines = [run]
    if builder.dcl(builder.names() + lines) != 0:
        sys.exit("vms_build: " + run + " failed")
    scripts = [s for pattern in options.dialog for s in sorted(glob.glob(pattern))]
    if options.dialog and not scripts:
        sys.exit("vms_build: no such dialogue script")
    sys.exit(builder.dialogs(scripts) if scripts else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Transcripts of the command interpreter: a procedure and what it must print.

usage: run_dcl.py FILE.dcl ... [--only TEXT] [--build DIR]

A file holds cases:
    ==== title
    ++ NAME.TYP[;n]           a further file of this case, up to the next line that begins with ++ or ----
                              (../NAME/FILE.TYP: in another directory, which stays)
    ++                        back to the procedure
    $ commands                the procedure, CASE.COM
    ---- [status]             what it prints; status: host's exit status of dcl, 0 when missing
    line                      exactly
    ~ regular expression      a line that cannot be told in advance
A file that begins with "#! boot" wants a system that is up: job controller and auxiliary server.
Everything is printed to one stream, SYS$OUTPUT = SYS$ERROR.  A file's cases share one VMSROOT; the default
directory is SYS$SYSDEVICE:[CASE], empty at the beginning of each.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


class Case:
    def __init__(self, path, line, title):
        self.path, self.line, self.title = path, line, title
        self.files, self.commands, self.expected, self.status = {}, [], [], 0


def read_cases(path):
    cases, where = [], None
    with open(path, encoding="latin-1") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if line.startswith("===="):
                cases.append(Case(path, number, line.strip("= ")))
                where = cases[-1].commands
            elif line.startswith("----") and not line[4:].strip("- 0123456789"):
                cases[-1].status = int(line.strip("- ") or 0)
                where = cases[-1].expected
            elif line.startswith("++") and where is not cases[-1].expected:
                name = line[2:].strip()
                where = cases[-1].files.setdefault(name, []) if name else cases[-1].commands
            elif where is not None:
                where.append(line)
    for case in cases:
        while case.expected and not case.expected[-1]:
            case.expected.pop()
    return cases


def matches(expected, line):
    return re.fullmatch(expected[2:], line) is not None if expected.startswith("~ ") else expected == line


class Runner:
    def __init__(self, build, boot=False):
        self.bin = os.path.join(build, "bin")
        self.root = tempfile.mkdtemp(prefix="dcl_")
        self.env = dict(os.environ, VMSROOT=self.root, SHIM_NODE="NODE", SHIM_DEFAULT="[CASE]", TZ="UTC",
                        SHIM_MODE="3", SHIM_USER="SYSTEM", SHIM_UIC="10004", SHIM_PRIV="7fffffffff")
        subprocess.run([os.path.join(self.bin, "vmsys"), "create", "--images", self.bin], env=self.env, check=True)
        os.symlink(os.path.join(self.bin, "dcl_test_image"),
                   os.path.join(self.root, "VMS$COMMON", "SYSEXE", "TESTIMAGE.EXE;1"))

        self.booted = boot
        if boot:
            subprocess.run([os.path.join(self.bin, "vmsys"), "boot"], env=self.env, check=True,
                           stdout=subprocess.DEVNULL)

    def run(self, case):
        folder = os.path.join(self.root, "CASE")
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        for name, lines in dict(case.files, **{"CASE.COM": case.commands}).items():
            path = os.path.join(folder, name if ";" in name else name + ";1")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="latin-1") as f:
                f.write("".join(line + "\n" for line in lines))
        try:
            done = subprocess.run([os.path.join(self.bin, "dcl"), "@CASE"], env=self.env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        except subprocess.TimeoutExpired:
            return ["does not end"]
        lines = done.stdout.decode("latin-1").split("\n")
        if lines[-1] == "":
            lines.pop()
        problems = []
        if len(lines) != len(case.expected) or not all(map(matches, case.expected, lines)):
            problems.append("expected:\n" + "".join(f"  |{x}\n" for x in case.expected) + "printed:\n" +
                            "".join(f"{' ' if i < len(case.expected) and matches(case.expected[i], x) else '*'} |{x}\n"
                                    for i, x in enumerate(lines)))
        if done.returncode != case.status:
            problems.append(f"exit status {done.returncode}, expected {case.status}")
        return problems

    def close(self):
        if self.booted:
            subprocess.run([os.path.join(self.bin, "vmsys"), "shutdown"], env=self.env, stdout=subprocess.DEVNULL)
        shutil.rmtree(self.root, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--only")
    parser.add_argument("--build", default=os.environ.get("BUILD_DIR", os.path.join(TOP, "build")))
    options = parser.parse_args()
    passed = failed = 0
    for path in options.files:
        with open(path, encoding="latin-1") as f:
            runner = Runner(options.build, f.readline().startswith("#! boot"))
        try:
            for case in read_cases(path):
                if options.only and options.only not in case.title:
                    continue
                problems = runner.run(case)
                passed, failed = passed + (not problems), failed + bool(problems)
                for problem in problems:
                    print(f"{case.path}:{case.line}: {case.title}\n{problem}")
        finally:
            runner.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

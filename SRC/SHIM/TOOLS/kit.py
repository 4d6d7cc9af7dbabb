#!/usr/bin/env python3
"""kit - makes the save sets of the kit, as BUILD.COM does on OpenVMS

usage: kit.py [--build DIR]

The tree and the images of the Linux build are laid into a small VMS in BUILD/kitbuild; BUILD.COM PACK makes
TCPMAIL010.A and .B there, which end in BUILD/kit.
"""
import argparse
import os
import shutil
import sys

from vms_build import TOP, Builder


def kit_files(top=TOP):
    """(save set, kind, file, destination, folder) of TCPMAIL.LIS, the one list."""
    with open(os.path.join(top, "COM", "KIT", "TCPMAIL.LIS")) as f:
        return [tuple(line.split("!")[0].split()) for line in f if line.split("!")[0].strip()]


def make_kit(build, root=None, kit=None):
    """The folder with the save sets."""
    builder = Builder(os.path.abspath(build))
    builder.root = root or os.path.join(builder.root, "..", "kitbuild")
    builder.root = os.path.abspath(builder.root)
    builder.env["VMSROOT"] = builder.root
    builder.create(False)
    images = os.path.join(builder.root, "MAIL", "EXE_X86_64")
    os.makedirs(images)
    for _, _, name, _, folder in kit_files():
        if folder == "EXE":
            shutil.copy2(os.path.join(builder.bin, name), os.path.join(images, name + ";1"))
    if builder.dcl(["@BUILD PACK"]) != 0:
        sys.exit("kit: BUILD.COM PACK failed")
    kit = kit or os.path.join(os.path.abspath(build), "kit")
    shutil.rmtree(kit, ignore_errors=True)
    shutil.copytree(os.path.join(builder.root, "MAIL", "KIT_X86_64"), kit)
    shutil.rmtree(builder.root)
    return kit


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.environ.get("BUILD_DIR", os.path.join(TOP, "build")))
    folder = make_kit(parser.parse_args().build)
    for name in sorted(os.listdir(folder)):
        print(f"{os.path.join(folder, name)}  {os.path.getsize(os.path.join(folder, name))} bytes")

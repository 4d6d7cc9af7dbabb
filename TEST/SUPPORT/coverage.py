"""Which command procedures of the tree have run, and which of their labels were passed.

A test says coverage.record("name") before it starts anything: the command interpreter notes then what it runs in
BUILD/coverage/name.lis.  TEST/DCL/coverage_test.py reads what all of them have noted.
"""
import os
import re

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
FOLDER = os.path.join(os.path.abspath(os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))), "coverage")
# the tests that record, by the names that CTest has for them
RECORDERS = {"kit": "dcl_kit", "kit_failures": "dcl_kit_failures", "vmsinstal": "dcl_vmsinstal",
             "product": "dcl_product", "startup": "dcl_startup", "build": "vms_build"}


def record(name):
    """From here on, for all processes that this one starts."""
    assert name in RECORDERS, name
    os.makedirs(FOLDER, exist_ok=True)
    path = os.path.join(FOLDER, name + ".lis")
    open(path, "w").close()
    os.environ["SHIM_DCL_COVERAGE"] = path


def procedures(top=TOP):
    """{name on VMS: file of the tree}: what *.COM there is, and the templates that become one."""
    found = {}
    for folder in (".", "COM", "COM/KIT", "COM/TEMPLATES", "SRC/SHIM/DCL/SYSTEM"):
        for name in sorted(os.listdir(os.path.join(top, folder))):
            path = os.path.normpath(os.path.join(top, folder, name))
            stem, dot, kind = name.rpartition(".")
            if dot and (kind == "COM" or kind == "TEMPLATE" and is_procedure(path)):
                found[stem + ".COM"] = path
    return found


def is_procedure(path):
    with open(path, encoding="latin-1") as f:
        return f.read(1) == "$"


def labels(path):
    with open(path, encoding="latin-1") as f:
        return [m.group(1).upper() for m in re.finditer(r"^\$\s*([\w$]+):(?!=)", f.read(), re.M)]


def passed(names):
    """{name on VMS: set of labels} of what the tests have noted; "-": it has run at all."""
    found = {}
    for name in names:
        with open(os.path.join(FOLDER, name + ".lis"), encoding="latin-1") as f:
            for spec, label in (line.split() for line in f):
                if "[SYSUPD.TRIAL" not in spec:
                    found.setdefault(re.sub(r".*[\]>:]|;.*", "", spec), set()).add(label)
    return found

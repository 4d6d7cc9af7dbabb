#!/usr/bin/env python3
"""Every command procedure of the tree has run in the tests, and each of its labels was passed.

Prints a line for each procedure.  Reads what other tests have noted (TEST/SUPPORT/coverage.py): they run first.
"""
import os
import sys
import unittest

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "TEST", "SUPPORT"))
import coverage  # noqa: E402

# labels that nothing passes on Linux, and why
EXCUSED = {
    "BUILD.COM": {"NO_VAX": "this is no VAX", "NO_LNK": "a disk that takes the objects takes their list"},
}


class Coverage(unittest.TestCase):
    def test_every_procedure_has_run(self):
        absent = [test for name, test in coverage.RECORDERS.items()
                  if not os.path.exists(os.path.join(coverage.FOLDER, name + ".lis"))]
        self.assertFalse(absent, "run these tests first: " + " ".join(absent))
        passed, problems = coverage.passed(coverage.RECORDERS), []
        for name, path in sorted(coverage.procedures().items()):
            labels, excused = coverage.labels(path), EXCUSED.get(name, {})
            missed = [x for x in labels if x not in passed.get(name, ()) and x not in excused]
            print(f"labels  {name:<28} {sum(x in passed.get(name, ()) for x in labels):>3} of {len(labels):>3}"
                  + (f"; cannot be: {', '.join(excused)}" if excused else "") + (f"; not: {', '.join(missed)}" if missed else ""))
            if name not in passed:
                problems.append(f"{name} ({os.path.relpath(path, TOP)}) has never run")
            elif missed:
                problems.append(f"{name}: not passed: {', '.join(missed)}")
            problems += [f"{name}: {x} is excused, but is passed or not there" for x in excused
                         if x in passed.get(name, ()) or x not in labels]
        self.assertFalse(problems, "\n" + "\n".join(problems))


if __name__ == "__main__":
    unittest.main(verbosity=1)

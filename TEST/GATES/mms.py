#!/usr/bin/env python3
"""A reader of DESCRIP.MMS: macros, conditions, dependencies, actions.

    d = Description(text, arch="X86_64", macros={})
    d.targets        {target: (sources, actions)} in the file's order, macros expanded; .FIRST too
    d.plan(target)   (target, action) to be carried out, each target once, what it depends on first

Actions keep their prefixes: "@" is not shown, "-" may fail.  MMS$TARGET, MMS$SOURCE and MMS$ARCH_NAME
are expanded per target; a macro that nobody defines is an error, as is a loop of dependencies.
"""
import re

BUILT_IN = {"CXX": "CXX", "LINK": "LINK", "CC": "CC"}
ALWAYS = ".FIRST"


class DescriptionError(Exception):
    pass


def logical_lines(text):
    """(number of the first physical line, text); a hyphen at the end goes on, comments are left out."""
    whole, first = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("!") and not whole:
            continue
        first = first or number
        line = line.rstrip()
        if line.endswith("-"):
            whole += line[:-1]
            continue
        if whole and not line:
            break
        if whole + line:
            yield first, whole + line
        whole, first = "", 0
    if whole:
        raise DescriptionError(f"line {first}: goes on behind the end of the file")


class Description:
    def __init__(self, text, arch="X86_64", macros=None):
        self.macros = dict(BUILT_IN, **{"MMS$ARCH_NAME": arch, "MMS" + arch: "1"})
        self.macros.update(macros or {})
        self.targets = {}
        taken, target, self.first_target = [], None, None
        for number, line in logical_lines(text):
            word = line.split()[0].upper()
            if word in (".IFDEF", ".IFNDEF"):
                taken.append((line.split()[1] in self.macros) == (word == ".IFDEF"))
            elif word == ".ELSE":
                self.inside(taken, number)
                taken[-1] = not taken[-1]
            elif word == ".ENDIF":
                self.inside(taken, number)
                taken.pop()
            elif not all(taken):
                continue
            elif line[0] in " \t":
                if target is None:
                    raise DescriptionError(f"line {number}: an action without a target")
                self.targets[target][1].append(line.strip())
            elif word == ALWAYS:
                target = self.add(ALWAYS, [])
            elif re.match(r"[\w$]+\s*=", line):
                name, value = line.split("=", 1)
                self.macros[name.strip()] = value.strip()
                target = None
            elif " :" in line:
                left, right = line.split(" :", 1)
                sources = [s for s in re.split(r"[,\s]+", self.expand(right, number)) if s]
                target = self.add(self.expand(left.strip(), number), sources)
                self.first_target = self.first_target or target
            else:
                raise DescriptionError(f"line {number}: not understood: {line}")
        if taken:
            raise DescriptionError("an .IFDEF without .ENDIF")
        for name, (sources, actions) in self.targets.items():
            own = {"MMS$TARGET": name, "MMS$SOURCE": sources[0] if sources else ""}
            actions[:] = [self.expand(a, name, own) for a in actions]

    @staticmethod
    def inside(taken, number):
        if not taken:
            raise DescriptionError(f"line {number}: no .IFDEF before it")

    def add(self, target, sources):
        if target in self.targets:
            raise DescriptionError(f"{target}: a target twice")
        self.targets[target] = (sources, [])
        return target

    def expand(self, text, where, more=None):
        for _ in range(20):
            names = re.findall(r"\$\(([\w$]+)\)", text)
            if not names:
                return text
            for name in names:
                value = (more or {}).get(name, self.macros.get(name))
                if value is None:
                    if name.startswith("MMS$") and more is None:
                        return text
                    raise DescriptionError(f"{where}: the macro {name} is not defined")
                text = text.replace(f"$({name})", value)
        raise DescriptionError(f"{where}: a macro that contains itself")

    def plan(self, target=None):
        done, order, above = set(), [], []

        def visit(name):
            if name in above:
                raise DescriptionError(f"{name} depends on itself")
            if name in done or name not in self.targets:
                return
            above.append(name)
            for source in self.targets[name][0]:
                visit(source)
            above.pop()
            done.add(name)
            order.extend((name, action) for action in self.targets[name][1])

        wanted = target or self.first_target
        if wanted not in self.targets:
            raise DescriptionError(f"{wanted} is no target")
        if ALWAYS in self.targets:
            visit(ALWAYS)
        visit(wanted)
        return order


def commands(plan):
    """The plan as a command procedure that ends with the first action that fails."""
    lines = ["SET NOON"]
    for _, action in plan:
        shown, may_fail = True, False
        while action[:1] in ("@", "-"):
            shown, may_fail = shown and action[0] != "@", may_fail or action[0] == "-"
            action = action[1:].lstrip()
        if shown:
            lines.append('WRITE SYS$OUTPUT "' + action.replace('"', '""')[:200] + '"')
        lines.append(action)
        if not may_fail:
            lines.append("IF .NOT. $STATUS THEN EXIT $STATUS")
    return lines

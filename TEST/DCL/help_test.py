#!/usr/bin/env python3
"""HELP knows the verbs of DCL, the options of SET and SHOW, and nothing else.

usage: help_test.py [--build DIR]

The command tables (SRC/SHIM/DCL/TABLES) are compared with the source of the help library, topic by topic, and
HELP of the interpreter is asked for every verb.  Options without a routine need no topic.  A qualifier that a topic
lists, at the beginning of a line, is one of the verb, or of the utility that the verb runs.
"""
import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
TABLES = os.path.join(TOP, "SRC/SHIM/DCL/TABLES/*.CLD")
HELP = os.path.join(TOP, "SRC/SHIM/DCL/HELP/DCL.HLP")
ROUTINES = os.path.join(TOP, "SRC/SHIM/DCL/VERBS/*.cxx")
UTILITIES = os.path.join(TOP, "SRC/SHIM/UTILITIES/{0}/{0}.CLD")
UTILITY_HELP = os.path.join(TOP, "SRC/SHIM/UTILITIES/{0}/{1}.HLP")
OPTIONS = {"SET": "SET_OPTIONS", "SHOW": "SHOW_OPTIONS"}


def read_tables():
    """Entities: (kind, name) -> lines of the definition, comments gone."""
    entities, lines = {}, None
    for path in sorted(glob.glob(TABLES)):
        for line in open(path, encoding="latin-1"):
            line = line.split("!")[0].strip()
            match = re.match(r"DEFINE (VERB|SYNTAX|TYPE) (\S+)", line)
            if match:
                lines = entities.setdefault(match.groups(), [])
            elif lines is not None:
                lines.append(line)
    return entities


def routines():
    return set(re.findall(r'^    \{"([A-Z_]+)", (?!unsupported)\w+, (?:INTERNAL|IMAGE)\}', "".join(
        open(path, encoding="latin-1").read() for path in glob.glob(ROUTINES)), re.M))


def working_options(entities, name):
    """Keywords whose syntax has a routine of the interpreter."""
    known = routines()
    for line in entities[("TYPE", name)]:
        match = re.match(r"KEYWORD (\w+),.*SYNTAX=(\w+)", line)
        if match:
            text = " ".join(entities[("SYNTAX", match.group(2))])
            if re.search(r"CLIROUTINE (\w+)", text).group(1) in known:
                yield match.group(1)


def qualifiers(entities, lines, seen):
    """Of a verb with all the syntaxes that it may become."""
    found = set()
    for line in lines:
        match = re.match(r"QUALIFIER ([A-Z0-9_]+)", line)
        if match:
            found.add(match.group(1))
        for syntax in re.findall(r"SYNTAX=(\w+)", line):
            if syntax not in seen:
                seen.add(syntax)
                found |= qualifiers(entities, entities[("SYNTAX", syntax)], seen)
        for name in re.findall(r"TYPE=(\w+)", line):
            if name not in seen and ("TYPE", name) in entities:
                seen.add(name)
                found |= qualifiers(entities, entities[("TYPE", name)], seen)
    return found


def read_help(path):
    """Verb -> (its subtopics, all its text)."""
    topics, verb = {}, None
    for line in open(path, encoding="latin-1"):
        match = re.match(r"([12]) (\S+)", line)
        if match and match.group(1) == "1":
            verb = topics.setdefault(match.group(2), ([], []))
        elif match:
            verb[0].append(match.group(2))
        elif verb is not None:
            verb[1].append(line.rstrip())
    return topics


def check_qualifiers(verb, text, known):
    for word in sorted(set(re.findall(r"^/([A-Z][A-Z_]+)", "\n".join(text), re.M))):
        whole = [q for q in known if q.startswith(word) or word.startswith("NO") and q.startswith(word[2:])]
        if not whole:
            yield f"HELP {verb}: there is no qualifier /{word}"


def check_utility(name, library):
    """A utility with a help library of its own."""
    verbs = re.findall(r"^DEFINE VERB (\w+)", open(UTILITIES.format(name), encoding="latin-1").read(), re.M)
    topics = read_help(UTILITY_HELP.format(name, library))
    yield from (f"{name}: no HELP for {verb}" for verb in verbs if verb not in topics)
    yield from (f"{name}: HELP for {verb}, which is no verb" for verb in topics if verb not in verbs)


def ask_interpreter(build, verbs):
    """HELP of each verb, as a person would ask for it."""
    with tempfile.TemporaryDirectory(prefix="help_") as root:
        env = dict(os.environ, VMSROOT=root, SHIM_NODE="NODE", SHIM_MODE="3", SHIM_USER="SYSTEM", SHIM_UIC="10004",
                   SHIM_PRIV="7fffffffff")
        binaries = os.path.join(build, "bin")
        subprocess.run([os.path.join(binaries, "vmsys"), "create", "--images", binaries], env=env, check=True)
        commands = "".join(f"$ WRITE SYS$OUTPUT \"==={verb}\"\n$ HELP/NOPROMPT/NOINSTRUCTIONS {verb}\n"
                           for verb in verbs)
        done = subprocess.run([os.path.join(binaries, "dcl")], env=env, input=commands, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding="latin-1", timeout=120)
    for part in done.stdout.split("===")[1:]:
        verb, _, text = part.partition("\n")
        if verb.strip() not in text or "no documentation" in text.lower() or "%" in text:
            yield f"HELP {verb.strip()} says: {text.strip()[:200]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.environ.get("BUILD_DIR", os.path.join(TOP, "build")))
    options = parser.parse_args()
    entities, topics = read_tables(), read_help(HELP)
    verbs = [name for kind, name in entities if kind == "VERB"]
    problems = [f"no HELP for the verb {verb}" for verb in verbs if verb not in topics]
    problems += [f"HELP for {verb}, which is no verb" for verb in topics if verb not in verbs]
    for verb, name in OPTIONS.items():
        options_known = list(working_options(entities, name))
        problems += [f"no HELP for {verb} {word}" for word in options_known if word not in topics[verb][0]]
        problems += [f"HELP for {verb} {word}, which does nothing" for word in topics[verb][0]
                     if word not in options_known]
    for verb in verbs:
        known = qualifiers(entities, entities[("VERB", verb)], set())
        if os.path.exists(UTILITIES.format(verb)):
            known |= set(re.findall(r"^\s+QUALIFIER (\w+)", open(UTILITIES.format(verb)).read(), re.M))
        problems += check_qualifiers(verb, topics.get(verb, ([], []))[1], known)
    for name, library in ("MAIL", "MAILHELP"), ("AUTHORIZE", "UAFHELP"):
        problems += check_utility(name, library)
    problems += ask_interpreter(options.build, [verb for verb in verbs if verb in topics])
    print("\n".join(problems) if problems else f"{len(verbs)} verbs have HELP")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

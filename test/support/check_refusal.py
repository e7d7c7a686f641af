#!/usr/bin/env python3
"""Checks that cgrad refuses a program, at the lines where the program says so.

    x = mystery(x); // EXPECT error: 'mystery'          an error on this line whose text holds the rest of the comment
    x = mystery(x); // EXPECT 9: error: 'mystery'       in this column
    x = mystery(x); // EXPECT-EITHER error: 'mystery'   at least one of the lines that say EITHER
    // EXPECT-SOMEWHERE error: no function 'g'          in no line of this file (the command line, or the file as a whole)
    w[i] = x[i];      // NOTE: 'w' depends on 'x'    a note on this line whose text holds the rest of the comment
    // OPTIONS --grad=f:x[n]                            what to pass to cgrad

cgrad must end with status 1, report nothing else, show source lines with carets, and leave its output files as they were.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

SUPPORT = pathlib.Path(__file__).resolve().parent
MARKER = re.compile(r"//\s*EXPECT(-EITHER|-SOMEWHERE)?\s+(?:(\d+):\s*)?error:\s*(.*?)\s*$")
NOTE = re.compile(r"//\s*NOTE:\s*(.*?)\s*$")
REPORTED = re.compile(r"^(?:(?P<file>[^\n: ]+):(?:(?P<line>\d+):(?:(?P<column>\d+):)?)? )?error: (?P<text>.*)$", re.M)


class Expectation:
    def __init__(self, line, match):
        self.kind = (match.group(1) or "").lstrip("-")
        self.line, self.column, self.text = line, match.group(2), match.group(3)
        self.met = False

    def accepts(self, file, error):
        if self.text not in error["text"]:
            return False
        here = error["line"] is not None and pathlib.Path(error["file"]).name == file.name
        if self.kind == "SOMEWHERE":
            return not here
        return here and int(error["line"]) == self.line and self.column in (None, error["column"])

    def __str__(self):
        return f"line {self.line}: {self.kind or 'EXPECT'} error: {self.text}"


def expectations_of(source):
    matches = [(number, MARKER.search(line)) for number, line in enumerate(source.splitlines(), 1)]
    return [Expectation(number, match) for number, match in matches if match]


def missing_notes(path, messages):
    """Notes that the file asks for and the messages lack."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        wanted = NOTE.search(line)
        said = re.findall(rf"{re.escape(path.name)}:{number}:\d+: note: (.*)", messages)
        if wanted and not any(wanted.group(1) in text for text in said):
            yield f"no note in line {number}: {wanted.group(1)}"


def refuse(path, options, folder):
    """cgrad's exit status, what it wrote on standard error, and complaints about its files."""
    arguments = re.findall(r"//\s*OPTIONS\s+(.*)", path.read_text())
    output = pathlib.Path(folder) / "refused_grad.c"
    kept = {output: "kept", output.with_suffix(".h"): "kept too"}
    for file, text in kept.items():
        file.write_text(text)
    command = [options.cgrad, *" ".join(arguments).split(), "-I", options.runtime, str(path), "-o", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, errors="replace")
    complaints = [f"{file.name} was written" for file, text in kept.items() if file.read_text() != text]
    complaints += [f"{file.name} was left behind" for file in pathlib.Path(folder).iterdir() if file not in kept]
    return done.returncode, done.stderr, complaints


def check_file(path, options):
    """(checks passed, complaints)"""
    expectations = expectations_of(path.read_text())
    with tempfile.TemporaryDirectory() as folder:
        status, messages, complaints = refuse(path, options, folder)
    errors = [match.groupdict() for match in REPORTED.finditer(messages)]
    for error in errors:
        accepting = [e for e in expectations if e.accepts(path, error)]
        if not accepting:
            complaints.append(f"not expected: {error['file']}:{error['line']}: error: {error['text']}")
        for expectation in accepting:
            expectation.met = True
    either = [e for e in expectations if e.kind == "EITHER"]
    if any(e.met for e in either):
        for expectation in either:
            expectation.met = True
    complaints += [f"not reported: {e}" for e in expectations if not e.met]
    complaints += missing_notes(path, messages)
    if status != 1:
        complaints.append(f"exit status {status} instead of 1")
    if any(e["line"] for e in errors) and not re.search(r"^[ |0-9]*\^", messages, re.M):
        complaints.append("no caret under the source line")
    if not expectations:
        complaints.append("the file expects nothing")
    if complaints:
        complaints.append("standard error was:\n" + messages)
    return len(expectations) + 1 - min(len(complaints), 1), complaints


def main():
    parser = argparse.ArgumentParser(description="check that programs are refused")
    parser.add_argument("programs", nargs="+", type=pathlib.Path)
    parser.add_argument("--cgrad", required=True)
    parser.add_argument("--runtime", default=str(SUPPORT.parent.parent / "runtime"))
    options = parser.parse_args()
    passed = failed = 0
    for path in options.programs:
        count, complaints = check_file(path, options)
        passed += count
        if complaints:
            failed += 1
            print(f"FAILED {path}:\n  " + "\n  ".join(complaints))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

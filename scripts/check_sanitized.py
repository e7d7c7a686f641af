#!/usr/bin/env python3
"""check_sanitized.py CGRAD FILE...: runs a cgrad that was built with sanitizers over the files.

Whether it differentiates a file or refuses it is not the question here: it must end with status 0 or 1 and without a word
from the sanitizers. The requests are those of the files' CHECK comments; every file is also emitted again.
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "test" / "support"))
from check_program import Malformed, Program

REPORT = 99
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": f"exitcode={REPORT}:hard_rss_limit_mb=4000",
               "UBSAN_OPTIONS": f"halt_on_error=1:print_stacktrace=1:exitcode={REPORT}"}


def requests_of(path):
    try:
        program = Program(path)
        return program.requests() + program.flags
    except Malformed:
        return []


def complaint(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=ENVIRONMENT, timeout=60)
    except subprocess.TimeoutExpired:
        return f"no end: {' '.join(map(str, command))}"
    if done.returncode in (0, 1):
        return None
    return f"exit status {done.returncode}: {' '.join(map(str, command))}\n{done.stdout.decode(errors='replace')}"


def main(cgrad, *files):
    passed = failed = 0
    for path in map(pathlib.Path, files):
        common = [cgrad, "-I", ROOT / "runtime", path, "-o", os.devnull]
        for options in (requests_of(path), [*requests_of(path), "--plan=store-all"], ["--stop-after=front"]):
            found = complaint([*common, *options])
            passed, failed = passed + (found is None), failed + (found is not None)
            if found:
                print(found)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

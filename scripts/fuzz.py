#!/usr/bin/env python3
"""Random C programs whose derivatives are checked as those of test/programs are (test/support/check_program.py).

    fuzz.py --cgrad build/cgrad [--kind KIND] [--seed N] [--count N] [--minutes N]

Of the kind `mixed` (the default) they use all of C that cgrad differentiates, of the kind `loops` nests of loops over arrays, of the
kind `idioms` what C programs do with memory and functions.

A seed always gives the same program. A failing one is made smaller and kept in the folder of --directory.

Every program is defined behaviour for every input: indices stay in their arrays, loops end, values stay small enough for
differences to mean something.
"""
import argparse
import pathlib
import subprocess
import sys
import time

from fuzz_loops import LoopGenerator
from fuzz_idioms import IdiomGenerator
from fuzz_mixed import MixedGenerator

ROOT = pathlib.Path(__file__).resolve().parent.parent
INDENT = "    "
KINDS = {"mixed": MixedGenerator, "loops": LoopGenerator, "idioms": IdiomGenerator}


# ---- checking --------------------------------------------------------------------------------------------------------


def check(lines, folder, name, options):
    """What is wrong with the derivatives of the program, or None."""
    path = folder / f"{name}.c"
    path.write_text("\n".join(lines) + "\n")
    command = [sys.executable, ROOT / "test/support/check_program.py", "--cgrad", options.cgrad, "--directory", folder,
               *options.check, path]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return None if done.returncode == 0 else done.stdout


def is_sound(lines, folder):
    """Whether the compiler has nothing to say about the program itself."""
    path = folder / "sound.c"
    path.write_text("\n".join(lines) + "\n")
    flags = ["-std=c99", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
    return subprocess.run(["gcc", *flags, "-c", path, "-o", folder / "sound.o"], capture_output=True).returncode == 0


def kind_of(message):
    """The same defect has the same kind: the words of the message without its numbers and names."""
    line = next((line for line in message.splitlines() if "error:" in line or "got" in line), message)
    return [word for word in line.split() if word.isalpha()][:6]


def pieces(lines):
    """(start, end) of everything that can be left out: single lines and whole blocks, the largest first."""
    found, open_lines = [], []
    for at, line in enumerate(lines):
        if line.strip().startswith("}") and open_lines:
            found.append((open_lines.pop(), at + 1))
        if line.rstrip().endswith("{"):
            open_lines.append(at)
        elif line.startswith(INDENT):
            found.append((at, at + 1))
    return sorted(found, key=lambda piece: piece[0] - piece[1])


def reduce(lines, message, folder, options):
    """Leaves out what the defect does not need, the largest pieces first, for a few minutes at most."""
    kind, end = kind_of(message), time.time() + 240
    left = [lines[start:stop] for start, stop in pieces(lines)]
    while left and time.time() < end:
        piece = left.pop(0)
        start = next((at for at in range(len(lines)) if lines[at:at + len(piece)] == piece), None)
        if start is None:
            continue
        shorter = lines[:start] + lines[start + len(piece):]
        found = check(shorter, folder, "reduced", options) if is_sound(shorter, folder) else None
        if found and kind_of(found) == kind:
            lines, message = shorter, found
            left = [piece for piece in (lines[first:stop] for first, stop in pieces(lines)) if piece in left]
    return lines, message


def parse_arguments():
    parser = argparse.ArgumentParser(description="check derivatives of random programs")
    parser.add_argument("--cgrad", required=True, type=pathlib.Path)
    parser.add_argument("--kind", choices=KINDS, default="mixed", help="of programs")
    parser.add_argument("--seed", type=int, default=1, help="of the first program")
    parser.add_argument("--count", type=int, default=100, help="programs")
    parser.add_argument("--minutes", type=float, help="stop after this time")
    parser.add_argument("--directory", type=pathlib.Path, help="where to build (default: fuzz beside cgrad)")
    parser.add_argument("--no-reduce", action="store_true", help="keep failing programs as they are")
    parser.add_argument("--print", action="store_true", help="only print the programs")
    parser.add_argument("--check", action="append", help="an option for check_program.py")
    options = parser.parse_args()
    options.check = options.check or ["--only=gcc-sanitize", "--identity"]
    return options


def is_unfit(message):
    """The program itself leaves what double can hold: it says nothing about derivatives."""
    return "primal in its own precision and in long double" in message


def fuzz_one(seed, folder, options):
    """Whether the program of this seed passes."""
    lines = KINDS[options.kind](seed).program()
    message = check(lines, folder, f"seed{seed}", options)
    if not message or is_unfit(message):
        (folder / f"seed{seed}.c").unlink()
        return True
    if not options.no_reduce:
        lines, message = reduce(lines, message, folder, options)
    path = folder / f"seed{seed}.c"
    path.write_text("\n".join(lines) + "\n")
    print(f"seed {seed}: {path}\n{message}", flush=True)
    return False


def main():
    options = parse_arguments()
    seeds = range(options.seed, options.seed + options.count)
    if options.print:
        print("\n\n".join("\n".join(KINDS[options.kind](seed).program()) for seed in seeds))
        return 0
    folder = options.directory or options.cgrad.parent / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    end = time.time() + 60 * options.minutes if options.minutes else float("inf")
    passed = failed = 0
    for seed in seeds:
        if time.time() > end:
            break
        good = fuzz_one(seed, folder, options)
        passed, failed = passed + good, failed + (not good)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

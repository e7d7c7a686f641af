#!/usr/bin/env python3
"""Checks a benchmark model, bench/NAME/NAME.c, in one of two ways.

check.c: the model differentiated, with its driver check.c and the model in long double, precise.c, in several ways of compiling.
NAME.check: says how check_program.py checks the model in small: every mode, with sanitizers.
"""
import argparse
import pathlib
import re
import sys

import check_program
from check_program import CONFIGURATIONS, STRICT, SUPPORT, Failure, run, run_cgrad

# The drivers compute a good deal: without sanitizers.
DRIVEN = ("gcc-O0", "gcc-O3", "clang-O3")


def generate(model, options):
    output = pathlib.Path(options.directory) / f"{model.stem}_grad.c"
    output.parent.mkdir(parents=True, exist_ok=True)
    run_cgrad([options.cgrad, "-I", options.runtime, model, "-o", output, *options.cgrad_option], "cgrad")
    return output


def drive(model, generated, configuration, options):
    """The number of checks that the driver passed."""
    compiler = CONFIGURATIONS[configuration]
    directory = pathlib.Path(options.directory)
    target = directory / f"{model.stem}_grad.o"
    includes = ["-I", model.parent, "-I", options.runtime]
    run(compiler + ["-std=c99", *STRICT, *includes, "-c", generated, "-o", target], "compile the generated file")
    sources = [model, model.parent / "check.c", model.parent / "precise.c"]
    program = directory / f"{model.stem}-{configuration}"
    run(compiler + ["-std=gnu11", "-Wall", "-Wextra", *includes, "-I", SUPPORT, "-I", directory, *sources, target, "-lm", "-o",
                    program], "compile the driver")
    return int(re.search(r"^(\d+) passed, 0 failed$", run([program], "run", 300), re.M).group(1))


def drive_model(model, options):
    passed = 0
    try:
        generated = generate(model, options)
        for configuration in DRIVEN if options.full else DRIVEN[1:]:
            passed += drive(model, generated, configuration, options)
    except Failure as failure:
        return passed, str(failure)
    return passed, ""


def check_model(path, options):
    model = path.parent / f"{path.resolve().parent.name}.c"
    if path.suffix == ".check":
        return check_program.check_file(model, options)
    return drive_model(model, options)


def main():
    parser = argparse.ArgumentParser(description="check the derivatives of benchmark models")
    parser.add_argument("files", nargs="+", help="bench/NAME/check.c or bench/NAME/NAME.check")
    parser.add_argument("--cgrad", required=True)
    parser.add_argument("--runtime", default=str(SUPPORT.parent.parent / "runtime"))
    parser.add_argument("--directory", default="check-bench", help="where to build")
    parser.add_argument("--full", action="store_true", help="all ways of compiling")
    parser.add_argument("--cgrad-option", action="append", default=[], help="pass to cgrad")
    options = parser.parse_args()
    options.identity, options.identity_only = True, False
    options.configurations = CONFIGURATIONS if options.full else check_program.QUICK
    passed = failed = 0
    for path in map(pathlib.Path, options.files):
        count, message = check_model(path, options)
        passed += count
        if message:
            failed += 1
            print(f"FAILED {path}: {message}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

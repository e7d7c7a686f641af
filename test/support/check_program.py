#!/usr/bin/env python3
"""Checks the derivatives of C programs that say in comments what to differentiate (program_comment.py).

Each is differentiated in every mode, the result compiled strictly with several compilers, linked beside the original and run
against the same source in long double: see check_program.c for what is checked, program_source.py for what is built.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys

from program_comment import Malformed, Program
from program_source import arguments_of, derived_source, original_source

SUPPORT = pathlib.Path(__file__).resolve().parent
# name: compiler and flags
CONFIGURATIONS = {
    "gcc-O0": ["gcc", "-O0"],
    "gcc-O3": ["gcc", "-O3", "-fopenmp-simd"],
    "clang-O0": ["clang", "-O0"],
    "clang-O3": ["clang", "-O3", "-fopenmp-simd"],
    "gcc-sanitize": ["gcc", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-DCGRAD_CHECK"],
    "gcc-threads": ["gcc", "-O1", "-g", "-fsanitize=thread"],
}
QUICK = ("gcc-O3", "clang-O3", "gcc-sanitize")
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
# What an optimizer of gcc guesses of values, in the user's own code as well: `calloc(n, size)` with an int n. They are no
# errors here; every other warning is, at every level.
GUESSES = ["-Wno-error=" + name for name in ("maybe-uninitialized", "array-bounds", "alloc-size-larger-than=", "use-after-free",
                                             "stringop-overflow")]


class Failure(Exception):
    pass


def run(command, what, timeout=120):
    command = [str(part) for part in command]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, errors="replace")
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Failure(f"{what}: {error}\n  {' '.join(command)}") from error
    if done.returncode:
        raise Failure(f"{what}: exit status {done.returncode}\n  {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def run_cgrad(command, what):
    """With at most 4 GB, so that a defect ends cgrad and not the machine; sanitizers reserve far more than they use."""
    if b"__asan_init" in pathlib.Path(command[0]).read_bytes():
        return run(command, what)
    return run(["sh", "-c", 'ulimit -v 4000000; exec "$@"', "sh", *command], what)


class Build:
    """One program in a directory of its own."""

    def __init__(self, program, options):
        self.program, self.options = program, options
        self.directory = pathlib.Path(options.directory) / program.path.stem
        self.directory.mkdir(parents=True, exist_ok=True)
        self.includes = ["-I", self.directory, "-I", SUPPORT, "-I", options.runtime, "-I", program.path.parent]

    def write(self, name, text):
        (self.directory / name).write_text(text)

    def generate(self):
        program, options = self.program, self.options
        arguments = "\n".join(line for f in program.functions for line in arguments_of(program, f))
        self.write("arguments.h", arguments)
        self.write("original.c", original_source(program))
        generated = None
        if options.cgrad:
            generated = self.directory / f"{program.path.stem}_grad.c"
            for old in (generated, generated.with_suffix(".h")):
                old.unlink(missing_ok=True)
            flags = ["-I", options.runtime, "-std=c11"] + program.flags
            standalone = ["--standalone"] if "standalone" in program.options else []
            command = [options.cgrad, *program.requests(), *standalone, *options.cgrad_option, *flags, program.path, "-o",
                       generated]
            if options.identity_only:
                generated = None
            else:
                run_cgrad(command, "cgrad")
            if options.identity:
                run_cgrad([options.cgrad, "--stop-after=front", *flags, program.path, "-o", self.directory / "reread.c"],
                          "cgrad --stop-after=front")
        self.write("derived.c", derived_source(program, generated and generated.with_suffix(".h").name,
                                               bool(options.cgrad and options.identity),
                                               "--no-primal" not in options.cgrad_option,
                                               generated and "--workspace" in options.cgrad_option
                                               and generated.with_suffix(".h").read_text()))
        return generated

    def original(self, which, source, compiler, extra=()):
        """The source with flat functions beside it; only those are visible unless it is the primal itself."""
        target = self.directory / f"{which}.o"
        run(compiler + ["-std=gnu11", "-w", *extra, *self.includes, *self.program.flags, f'-DPROGRAM="{source}"',
                        f"-DWHICH={which}", "-c", self.directory / "original.c", "-o", target], f"compile {which}")
        if which != "primal":
            keep = [f"--keep-global-symbol={which}_{f.name}" for f in self.program.functions]
            run(["objcopy"] + keep + [target], "objcopy")
        return target

    def compile_generated(self, generated, compiler, strict=()):
        target = self.directory / "generated.o"
        runtime = [] if "standalone" in self.program.options else ["-I", self.options.runtime]
        guesses = GUESSES if strict and compiler[0] == "gcc" else []
        run(compiler + [*strict, *guesses, *runtime, "-I", self.program.path.parent, *self.program.flags, "-c", generated, "-o", target],
            "compile the generated file")
        return target

    def understood_by(self, compiler):
        """Whether this compiler is there and can read the source itself (tcc knows no parameters of variable extent)."""
        try:
            self.compile_generated(self.program.path, [compiler])
        except Failure:
            return False
        return True

    def driver(self, generated):
        """derived.c and check_program.c: the same for every configuration, and themselves not under test."""
        strict = ["-Wall", "-Wno-unused-function", "-Werror=incompatible-pointer-types", "-Werror=implicit-function-declaration"]
        if not generated:
            strict = ["-w", f'-DPROGRAM="{self.program.path.resolve()}"']
        objects = []
        for source in (self.directory / "derived.c", SUPPORT / "check_program.c"):
            objects.append(self.directory / f"{source.stem}.o")
            run(["gcc", "-O0", "-std=gnu11", *strict, *self.includes, *self.program.flags, "-c", source, "-o",
                 objects[-1]], f"compile {source.name}")
        if not generated:
            run(["objcopy", "--keep-global-symbol=subjects", "--keep-global-symbol=subject_count", objects[0]], "objcopy")
        return objects

    def check(self, configuration, generated, objects):
        """The number of checks passed."""
        compiler = CONFIGURATIONS[configuration]
        objects = objects + [self.original("primal", self.program.path.resolve(), compiler)]
        if generated:
            strict = [f"-std={self.program.std}", *(["-w"] if "warnings" in self.program.options else STRICT)]
            if "-g" in compiler:
                strict.append("-Wno-maybe-uninitialized")  # the sanitizers' own code makes gcc say so without reason
            objects.append(self.compile_generated(generated, compiler, strict))
        if self.options.cgrad and self.options.identity:
            objects.append(self.original("reread", self.directory.resolve() / "reread.c", compiler))
        program = self.directory / configuration
        run(compiler + [*objects, "-lm", "-lpthread", "-o", program], "link")
        return int(re.search(r"^(\d+) passed, 0 failed$", run([program], "run"), re.M).group(1))


def check_file(path, options):
    """(checks passed, what failed or "")"""
    passed = 0
    try:
        program = Program(path)
        build = Build(program, options)
        generated = build.generate()
        if generated and build.understood_by("tcc"):
            build.compile_generated(generated, ["tcc"])
        extended = "extended" in program.options
        objects = [build.original("precise", program.path.resolve(), ["gcc", "-O1"], [] if extended else ["-DPRECISE"]),
                   *build.driver(generated)]
        for configuration in options.configurations:
            try:
                passed += build.check(configuration, generated, objects)
            except Failure as failure:
                raise Failure(f"[{configuration}] {failure}") from failure
        return passed, ""
    except (Failure, Malformed) as failure:
        return passed, str(failure)


def parse_arguments():
    parser = argparse.ArgumentParser(description="check the derivatives of small C programs")
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--cgrad", help="the compiler; without it only the primals are checked")
    parser.add_argument("--runtime", default=str(SUPPORT.parent.parent / "runtime"))
    parser.add_argument("--directory", default="check-programs", help="where to build")
    parser.add_argument("--full", action="store_true", help="all configurations instead of " + ", ".join(QUICK))
    parser.add_argument("--only", help="this configuration")
    parser.add_argument("--identity", action="store_true", help="check the source that the front end emits again, too")
    parser.add_argument("--identity-only", action="store_true", help="check that and nothing else")
    parser.add_argument("--cgrad-option", action="append", default=[], help="pass to cgrad")
    parser.add_argument("-j", type=int, default=1, dest="jobs")
    parser.add_argument("-v", action="store_true", dest="verbose")
    options = parser.parse_args()
    options.identity |= options.identity_only
    options.configurations = [options.only] if options.only else CONFIGURATIONS if options.full else QUICK
    return options


def main():
    options = parse_arguments()
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, (count, message) in zip(options.programs, pool.map(lambda p: check_file(p, options), options.programs)):
            passed += count
            if message:
                failed += 1
                print(f"FAILED {path}: {message}")
            elif options.verbose:
                print(f"{path}: {count} passed")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

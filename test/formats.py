"""Kinds of tests beside lit's shell tests: C programs that are built, run, and count their own checks.

Such a program ends with a line `N passed, N failed`; the summary of all tests adds up the checks (summary.py).
"""
import fnmatch
import glob
import os
import re
import subprocess
import sys

import lit.formats
import lit.Test

from summary import count_checks

SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
GUESSES = ["-Wno-unknown-warning-option", "-Wno-error=maybe-uninitialized"]  # of gcc: arrays of variable length
TIMEOUT = 900  # seconds for one command


class ByPath(lit.formats.base.FileBasedTest):
    """Chooses the format of a file by the first pattern that its path matches."""

    def __init__(self, patterns):
        self.patterns = patterns

    def format_of(self, path_in_suite):
        path = "/".join(path_in_suite)
        return next((f for pattern, f in self.patterns if fnmatch.fnmatch(path, pattern)), None)

    def getTestsForPath(self, suite, path_in_suite, lit_config, config):
        if path_in_suite[-1] not in config.excludes and self.format_of(path_in_suite):
            yield lit.Test.Test(suite, path_in_suite, config)

    def execute(self, test, lit_config):
        return self.format_of(test.path_in_suite).execute(test, lit_config)


class Failure(Exception):
    """A command that did not end with status 0."""


class ProgramFormat(lit.formats.base.TestFormat):
    """run(test, folder) runs commands in a scratch folder; their output is what is counted and shown."""

    def execute(self, test, lit_config):
        folder = test.getExecPath() + ".tmp"
        os.makedirs(folder, exist_ok=True)
        self.log = []
        self.environment = {**os.environ, **test.config.environment}
        try:
            self.run(test, folder)
        except Failure:
            return self.result(lit.Test.FAIL)
        return self.result(lit.Test.PASS)

    def result(self, code):
        output = "\n".join(self.log)
        passed, failed = count_checks(output)
        if failed:
            code = lit.Test.FAIL
        elif code is lit.Test.PASS and passed == 0:
            code, output = lit.Test.FAIL, output + "\nno line `N passed, N failed` in the output"
        return lit.Test.Result(code, output)

    def call(self, command, folder):
        self.log.append("$ " + " ".join(command))
        try:
            done = subprocess.run(command, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            self.log.append(f"no end after {TIMEOUT} s")
            raise Failure
        self.log.append(done.stdout.decode(errors="replace").rstrip())
        if done.returncode:
            self.log.append(f"exit status {done.returncode}")
            raise Failure

    def build_and_run(self, command, source, folder, name, libraries=()):
        program = os.path.join(folder, name)
        self.call([*command, source, "-o", program, *libraries, "-lpthread", "-lm"], folder)
        self.call([program], folder)


class UnitTest(ProgramFormat):
    """A program against the compiler's own layers."""

    def run(self, test, folder):
        config = test.config
        layers = sorted(glob.glob(os.path.join(config.build_root, "libcgrad_*.a")))
        libraries = ["-Wl,--start-group", *layers, "-Wl,--end-group", config.libclang, "-ldl"]
        sanitize = ["-fsanitize=" + config.sanitize] if config.sanitize else SANITIZE
        self.build_and_run([config.cc, "-std=c11", "-g", *WARNINGS, *sanitize, "-I" + os.path.join(config.source_root, "lib"),
                            f'-DSOURCE_ROOT="{config.source_root}"'], test.getSourcePath(), folder, "unit", libraries)


class RuntimeTest(ProgramFormat):
    """A program that uses the runtime's headers as generated code does: strict C99, every compiler."""

    def run(self, test, folder):
        config = test.config
        strict = ["-std=c99", "-Wpedantic", *WARNINGS, "-I" + os.path.join(config.source_root, "runtime")]
        source = test.getSourcePath()
        self.build_and_run([config.cc, "-g", *SANITIZE, *strict], source, folder, "cc-sanitized")
        for compiler in ("clang", "tcc"):
            if compiler in config.available_features:
                self.build_and_run([compiler, *strict], source, folder, compiler)


class ScriptTest(ProgramFormat):
    """A program that a script of test/support turns into several and checks with the compiler."""

    def __init__(self, script, *options):
        self.script = script
        self.options = options

    def run(self, test, folder):
        self.run_script(test, folder, self.options)

    def run_script(self, test, folder, options):
        config = test.config
        script = os.path.join(config.source_root, "test", "support", self.script)
        options = [option.replace("%folder", folder) for option in options]
        self.call([sys.executable, script, "--cgrad", os.path.join(config.build_root, "cgrad"), *options,
                   test.getSourcePath()], folder)


class ProgramTest(ScriptTest):
    """The same once more with the plan switched off, and without the primal's values, and in a
    workspace: the numbers must not depend on it."""

    def run(self, test, folder):
        super().run(test, folder)
        variants = [("--plan=store-all", "gcc-O0"), ("--no-primal", "gcc-O0")]
        with open(test.getSourcePath()) as source:
            if re.search(r"CHECK-OPTIONS[^*]*\bworkspace\b", source.read()):
                variants.append(("--workspace", "gcc-sanitize"))
        for option, compiler in variants:
            self.run_script(test, folder, ("--only", compiler, "--cgrad-option=" + option, "--directory",
                                           "%folder/" + option.strip("-")))


class ExampleTest(ProgramFormat):
    """A folder of examples/: main.c uses the derivatives of the folder's other sources. It counts its checks, or prints
    what stands in expected.txt. cgrad.options
    holds options for cgrad."""

    def run(self, test, folder):
        main = test.getSourcePath()
        here = os.path.dirname(main)
        options = os.path.join(here, "cgrad.options")
        words = open(options).read().split() if os.path.exists(options) else []
        models = [source for source in sorted(glob.glob(os.path.join(here, "*.c"))) if source != main]
        for program in self.programs(test.config, folder, here, models, words, [main]):
            self.call([program], folder)
            self.compare(os.path.join(here, "expected.txt"))

    def programs(self, config, folder, here, models, words, more):
        """Differentiates the models and builds the program with each compiler."""
        runtime = os.path.join(config.source_root, "runtime")
        generated = [os.path.join(folder, os.path.basename(model)[:-2] + "_grad.c") for model in models]
        for model, output in zip(models, generated):
            self.call([os.path.join(config.build_root, "cgrad"), *words, "-I", runtime, model, "-o", output], folder)
        flags = ["-std=c99", "-Wpedantic", *WARNINGS, "-I" + here, "-I" + folder, "-I" + runtime]
        for compiler in ([config.cc, "-O2"], [config.cc, "-g", *SANITIZE], ["clang", "-O2"]):
            program = os.path.join(folder, "example")
            self.call([*compiler, *flags, *more, *models, *generated, "-o", program, "-lm"], folder)
            yield program

    def compare(self, path):
        if not os.path.exists(path):
            return
        with open(path) as file:
            expected = file.read().rstrip()
        if self.log[-1] != expected:
            self.log.append("expected.txt says:\n" + expected)
            raise Failure
        self.log.append("1 passed, 0 failed")


class OneFileTest(ExampleTest):
    """An example of one file: behind WITH_MAIN stands a main that uses the derivatives of the rest and counts its checks."""

    def run(self, test, folder):
        source = test.getSourcePath()
        for program in self.programs(test.config, folder, os.path.dirname(source), [source], [], ["-DWITH_MAIN", *GUESSES]):
            self.call([program], folder)

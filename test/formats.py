"""Kinds of tests beside lit's shell tests: C programs that are built, run, and count their own checks.

Such a program ends with a line `N passed, N failed`; both numbers become metrics of the test, so that the sum over all
tests counts every check (summary.py).
"""
import fnmatch
import glob
import os
import re
import subprocess
import sys

import lit.formats
import lit.Test

COUNTS = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
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
        counts = [(int(passed), int(failed)) for passed, failed in COUNTS.findall(output)]
        passed, failed = (sum(column) for column in zip(*counts)) if counts else (0, 0)
        if failed:
            code = lit.Test.FAIL
        elif code is lit.Test.PASS and passed == 0:
            code, output = lit.Test.FAIL, output + "\nno line `N passed, N failed` in the output"
        result = lit.Test.Result(code, output)
        result.addMetric("passed", lit.Test.IntMetricValue(passed))
        result.addMetric("failed", lit.Test.IntMetricValue(max(failed, int(code is lit.Test.FAIL))))
        return result

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
        self.call([*command, source, "-o", program, *libraries, "-lm"], folder)
        self.call([program], folder)


class UnitTest(ProgramFormat):
    """A program against the compiler's own layers."""

    def run(self, test, folder):
        config = test.config
        layers = sorted(glob.glob(os.path.join(config.build_root, "libcgrad_*.a")))
        libraries = ["-Wl,--start-group", *layers, "-Wl,--end-group", config.libclang, "-ldl", "-lpthread"]
        command = [config.cc, "-std=c11", "-g", *WARNINGS, "-I" + os.path.join(config.source_root, "lib"),
                   "-I" + os.path.join(config.source_root, "runtime"), f'-DSOURCE_ROOT="{config.source_root}"']
        sanitize = ["-fsanitize=" + config.sanitize] if config.sanitize else SANITIZE
        self.build_and_run(command + sanitize, test.getSourcePath(), folder, "unit", libraries)


class RuntimeTest(ProgramFormat):
    """A program that uses the runtime's headers as generated code does: strict C99, every compiler."""

    def run(self, test, folder):
        config = test.config
        strict = ["-std=c99", "-Wpedantic", *WARNINGS, "-I" + os.path.join(config.source_root, "runtime")]
        source = test.getSourcePath()
        self.build_and_run([config.cc, "-g", *SANITIZE, *strict], source, folder, "cc-sanitized", ["-lpthread"])
        for compiler in ("clang", "tcc"):
            if compiler in config.available_features:
                self.build_and_run([compiler, *strict], source, folder, compiler, ["-lpthread"])


class ScriptFormat(ProgramFormat):
    """A program that a script of test/support turns into several and checks."""

    def run_script(self, test, folder, script, *arguments):
        root = test.config.source_root
        self.call([sys.executable, os.path.join(root, "test", "support", script), *arguments], folder)


class ProgramTest(ScriptFormat):
    """A program whose derivatives are checked: reverse against forward, forward against differences."""

    def run(self, test, folder):
        cgrad = os.path.join(test.config.build_root, "cgrad")
        self.run_script(test, folder, "check_program.py", "--cgrad", cgrad, "--identity", "--directory", folder,
                        test.getSourcePath())


class RefusalTest(ScriptFormat):
    """A program that must be refused, with the errors that it says at the lines that it says."""

    def run(self, test, folder):
        cgrad = os.path.join(test.config.build_root, "cgrad")
        self.run_script(test, folder, "check_refusal.py", "--cgrad", cgrad, test.getSourcePath())


class BenchmarkTest(ProgramFormat):
    """A benchmark problem's own driver."""

    def run(self, test, folder):
        raise Failure

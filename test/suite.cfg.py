# What the tests are and how each is run. lit starts from the lit.site.cfg.py that CMake writes into the build folder.
#
# Most folders of test/ hold C files with RUN lines (lit's shell tests, with FileCheck); programs that check themselves
# have their own formats, in formats.py.
import os
import sys

import lit.formats

sys.path.insert(0, os.path.join(config.source_root, "test"))
import formats

config.name = "cgrad"
config.test_source_root = config.source_root
config.test_exec_root = os.path.join(config.build_root, "test")
config.excludes = ["Inputs", "support", ".git"] + [
    name for name in os.listdir(config.source_root) if name.startswith("build")
]

# The first pattern that matches a file's path decides; files that match none are no tests.
config.test_format = formats.ByPath([
    ("test/unit/*.c", formats.UnitTest()),
    ("test/rules/*.c", formats.UnitTest()),
    ("test/runtime/*.c", formats.RuntimeTest()),
    ("test/programs/*.c", formats.ProgramTest("check_program.py", "--identity", "--directory", "%folder")),
    ("test/refuse/*.c", formats.ScriptTest("check_refusal.py")),
    ("bench/*/check.c", formats.ScriptTest("check_bench.py", "--directory", "%folder")),
    ("bench/*/*.check", formats.ScriptTest("check_bench.py", "--directory", "%folder")),
    ("examples/cmake-project/*", None), # by test/cmake
    ("examples/demo-*", None), # by test/tool/demo.test
    ("examples/fields/*.c", formats.OneFileTest()),
    ("examples/fields/*.check", formats.ProgramTest("check_program.py", "--identity", "--directory", "%folder")),
    ("examples/*/main.c", formats.ExampleTest()),
    ("test/*.c", lit.formats.ShTest(execute_external=False)),
    ("test/*.test", lit.formats.ShTest(execute_external=False)),
])

config.substitutions += [
    ("%cgrad", os.path.join(config.build_root, "cgrad")),
    ("%runtime", os.path.join(config.source_root, "runtime")),
    ("%build", config.build_root),
    ("%root", config.source_root),
    ("%python", sys.executable),
    ("%cmake", config.cmake),
    ("%cc", config.cc),
    ("%libclang-include", config.libclang_include),
    ("%tcc", config.tcc),
    ("%status", f"{sys.executable} {config.source_root}/test/status.py"),
]
config.environment["LC_ALL"] = "C"
config.environment["PATH"] = config.llvm_bin + os.pathsep + config.environment["PATH"]
if os.path.exists(os.path.join(config.llvm_bin, "clang")):
    config.available_features.add("clang")
if os.path.exists(config.tcc):
    config.available_features.add("tcc")

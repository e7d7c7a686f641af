#!/usr/bin/env python3
"""Mutated C for the whole tool: libFuzzer drives test/support/fuzz_tool.c, which says what is checked.

    fuzz_tool.py --fuzzer build/fuzz_tool/test/cgrad_fuzz [--runs N] [--seed N] [SECONDS]

It starts from the programs of the tests, the benchmark and the examples with their requests, and keeps in the folder of
--directory what reached new code, for the next time. Findings are made smaller and kept there, too; the same defect is reported
once. Exit status 1 if there are any.
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "test" / "support"))
from program_comment import Malformed, Program

SOURCES = ["test/programs/*.c", "test/refuse/*.c", "test/front/*.c", "test/ad/*.c", "test/emit/*.c", "bench/*/*.c", "examples/*/*.c"]
START, ROUND = 100, 300  # files that a round starts from, seconds that it takes
OPTIONS = "// OPTIONS "
LIMITS = ["-timeout=60", "-rss_limit_mb=4000", "-max_len=20000", "-len_control=0", "-mutate_depth=2"]
SILENT = ["-close_fd_mask=3", "-verbosity=1", "-print_final_stats=1"]
# A frame of cgrad in a sanitizer's or libFuzzer's report, or what one of the checks says.
FRAME = re.compile(r"#\d+ \S+ in (\w+) \S*/(?:lib|test/support)/(?!fuzz_)(\S+?\.c):\d+")
COMPLAINT = re.compile(r"FINDING: .*|\S+: internal error.*|runtime error: .*|ERROR: \w+: .*")


# ---- seeds ----------------------------------------------------------------------------------------------------------


def with_headers(path, folders):
    """The text with the files of `#include "..."` in place; None if one is not there."""
    text = path.read_text()
    for line, name in re.findall(r'^([ \t]*#[ \t]*include[ \t]*"([^"]+)".*)$', text, flags=re.M):
        found = next((folder / name for folder in (path.parent, *folders) if (folder / name).exists()), None)
        inner = with_headers(found, folders) if found else None
        if inner is None:
            return None
        text = text.replace(line, re.sub(r"^[ \t]*#[ \t]*pragma once.*$", "", inner, flags=re.M), 1)
    return text


def declarations(text):
    """The text in pieces: each a declaration or directive of the file, with what stands before it."""
    tokens = re.finditer(r"/\*.*?\*/|//[^\n]*|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^\s]", text, flags=re.S | re.M)
    start, depth = 0, 0
    for token in tokens:
        word = token.group(0)
        depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(word, 0)
        ends = word.lstrip().startswith("#") or word == ";" or (word == "}" and text[token.end():].lstrip()[:1] != ";")
        if depth == 0 and ends:
            yield text[start:token.end()]
            start = token.end()
    yield text[start:]


def defined_function(piece):
    """The name of the function that the piece defines, or None."""
    bare = re.sub(r"/\*.*?\*/|//[^\n]*|\bCGRAD_\w+\s*\([^)]*\)", " ", piece, flags=re.S).strip()
    match = re.match(r"(?!typedef|(?:static |const )*(?:struct|union|enum)(?: \w+)? \{)[^={;#]*?\b(\w+)\s*\([^={;]*\)[^={;]*\{", bare)
    return match.group(1) if match and bare.endswith("}") else None


def needed(text, name):
    """The text without the functions that `name` does not lead to."""
    pieces = list(declarations(text))
    functions = {defined_function(piece): piece for piece in pieces}
    kept, new = set(), {name}
    while new:
        kept |= new
        used = {word for function in new for word in re.findall(r"\w+", functions.get(function, ""))}
        new = (used & set(functions)) - kept
    return "".join(piece for piece in pieces if defined_function(piece) in kept | {None})


def options_of_test(text):
    """What lit's tests pass to cgrad, a word each."""
    words = []
    for line in re.findall(r"^//\s*RUN:.*%cgrad([^|\n]*)", text, flags=re.M):
        words += re.findall(r"--(?:grad|vjp|jvp|split)[= ]'[^']*'|--[a-z-]+=\S+", line)
    return [re.sub(r"^(--\w+) ", r"\1=", word).replace(" ", "").replace("'", "") for word in words]


def seeds_of(path, folders):
    """(name, text): the file, or, of a program that says in comments what to differentiate, each function with what it needs."""
    text = with_headers(path, folders)
    if text is None:
        return
    name = "_".join(path.relative_to(ROOT).parts[:-1] + (path.stem,))
    try:
        program = Program(path)
    except Malformed:
        words = options_of_test(text)
        if words or OPTIONS in text or "CGRAD_" in text:
            yield name, f"{OPTIONS}{' '.join(words)}\n{text}"
        return
    bare = re.sub(r"/\*\s*CHECK.*?\*/\n*", "", text, flags=re.S)
    for function in program.functions:
        request = function.request.replace(" ", "")
        modes = [] if "macros" in program.options else function.default_modes(program.types)
        words = program.flags + [f"--{mode}={request}" for mode in modes]
        yield f"{name}_{function.name}", f"{OPTIONS}{' '.join(words)}\n{needed(bare, function.name)}"


def write_seeds(folder):
    folder.mkdir(parents=True, exist_ok=True)
    paths = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    for path in paths:
        for name, text in seeds_of(path, [ROOT / "bench"]):
            (folder / f"{name}.c").write_text(text)


# ---- findings ----------------------------------------------------------------------------------------------------------


def environment(folder):
    return {**os.environ, "TMPDIR": str(folder), "ASAN_OPTIONS": "detect_leaks=1:handle_abort=2:allocator_may_return_null=1:malloc_context_size=5",
            "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"}


def clear(work):
    """Folders of fuzzers that crashed."""
    for folder in work.glob("cgrad-fuzz-*"):
        shutil.rmtree(folder)


class Oracle:
    """Runs single inputs."""

    def __init__(self, options):
        self.options = options
        self.work = options.directory / "work"

    def report(self, text):
        """What the fuzzer says of this input; None if it has nothing to say."""
        path = self.work / "candidate.c"
        path.write_bytes(text)
        prefix = f"-artifact_prefix={self.work}/"
        done = subprocess.run([self.options.fuzzer, *LIMITS, prefix, path], env=environment(self.work), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        clear(self.work)
        return None if done.returncode == 0 else done.stdout.decode(errors="replace")


def kind_of(report):
    """The same defect has the same kind: the innermost functions of cgrad, and the complaint without its names and numbers."""
    frames = [f"{name} ({file})" for name, file in FRAME.findall(report)]
    frames = [frame for frame in frames if "cg_bug" not in frame][:3]
    said = COMPLAINT.search(report)
    words = re.findall(r"[A-Za-z_]{2,}", re.sub(r"'[^']*'|/\S+|0x\w+", "", said.group(0)))[:12] if said else []
    return " < ".join(frames) + ": " + " ".join(words)


def reduce(oracle, text, kind, seconds=90):
    """Leaves out lines, then tokens, in ever smaller runs, as long as the defect stays."""
    end = time.time() + seconds
    for split in (rb"[^\n]*\n?", rb"\s*(?:\w+|[^\w\s])"):
        parts = [part for part in re.findall(split, text) if part]
        size = max(1, len(parts) // 2)
        while size and time.time() < end:
            at, before = 0, len(parts)
            while at < len(parts) and time.time() < end:
                shorter = parts[:at] + parts[at + size:]
                report = oracle.report(b"".join(shorter))
                if report and kind_of(report) == kind:
                    parts = shorter
                else:
                    at += size
            size = size // 2 if size > 1 else (1 if len(parts) < before else 0)
        text = b"".join(parts)
    return text


def excerpt(report):
    lines = [line for line in report.splitlines() if COMPLAINT.search(line) or FRAME.search(line) or "SUMMARY" in line]
    return "\n".join(lines[:14])


class Findings:
    def __init__(self, options):
        self.options, self.kinds, self.oracle = options, {}, Oracle(options)

    def add(self, artifact):
        """Whether this is a finding that was not there before."""
        text = artifact.read_bytes()
        artifact.unlink()
        report = self.oracle.report(text)
        kind = kind_of(report) if report else "not when run alone"
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        if self.kinds[kind] > 1:
            return False
        if report and not self.options.no_reduce:
            text = reduce(self.oracle, text, kind)
        path = self.options.directory / f"finding{len(self.kinds)}.c"
        path.write_bytes(text)
        print(f"{path}: {kind}\n{excerpt(report or '')}\n", flush=True)
        return True


# ---- the fuzzer -------------------------------------------------------------------------------------------------------------


def begin_round(options, seed):
    """A folder with some of all files: a round starts quickly, and one that begins elsewhere finds other things."""
    folder = options.directory / "round"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    files = sorted((options.directory / "seeds").iterdir()) + sorted((options.directory / "corpus").iterdir())
    for path in random.Random(seed).sample(files, min(START, len(files))):
        shutil.copy(path, folder)
    return folder


def end_round(options, folder):
    for path in folder.iterdir():
        if not (options.directory / "seeds" / path.name).exists():
            path.replace(options.directory / "corpus" / path.name)


def run_round(options, seed, limit):
    """(inputs run, files of what went wrong)"""
    folder, work, log = begin_round(options, seed), options.directory / "work", options.directory / "log"
    command = [options.fuzzer, *LIMITS, *SILENT, f"-seed={seed}", f"-artifact_prefix={work}/", limit, folder]
    with open(log, "wb") as stream:
        subprocess.run(command, env=environment(work), stdout=stream, stderr=subprocess.STDOUT)
    end_round(options, folder)
    clear(work)
    executed = re.findall(r"^stat::number_of_executed_units: (\d+)|^#(\d+)", log.read_text(errors="replace"), flags=re.M)
    found = [path for kind in ("crash", "timeout", "oom", "leak") for path in work.glob(f"{kind}-*")]
    return max([0] + [int(number) for numbers in executed for number in numbers if number]), found


def fuzz(options):
    findings, end, executed, seed = Findings(options), time.time() + options.seconds, 0, options.seed
    while True:
        left = options.runs - executed if options.runs else int(end - time.time())
        if left <= 0:
            break
        count, found = run_round(options, seed, f"-runs={left}" if options.runs else f"-max_total_time={min(left, ROUND)}")
        executed, seed = executed + count, seed + 1
        for artifact in found:
            findings.add(artifact)
        if not found and count == 0:
            sys.exit(f"the fuzzer does not run: {options.directory / 'log'}")
    return executed, findings.kinds


def main():
    parser = argparse.ArgumentParser(description="feed mutated C to the whole tool")
    parser.add_argument("seconds", type=int, nargs="?", default=600)
    parser.add_argument("--fuzzer", required=True, type=pathlib.Path)
    parser.add_argument("--runs", type=int, help="inputs, instead of seconds")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's choices")
    parser.add_argument("--directory", type=pathlib.Path, help="where to work (default: fuzz beside the fuzzer)")
    parser.add_argument("--no-reduce", action="store_true", help="keep findings as they are")
    options = parser.parse_args()
    options.directory = (options.directory or options.fuzzer.parent / "fuzz").resolve()
    for name in ("work", "corpus"):
        (options.directory / name).mkdir(parents=True, exist_ok=True)
    write_seeds(options.directory / "seeds")
    executed, kinds = fuzz(options)
    print(f"{executed} inputs\n{executed - sum(kinds.values())} passed, {len(kinds)} failed")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Checks a C program that says in comments what to differentiate: see check_program.c for what is checked.

    /* CHECK f: x[n], a -> y[n]               a request, as on the command line of cgrad
     *   int n = 5                            the parameters in order; a C initializer,
     *   in double x[5] = random(0.1, 2)      or random numbers for every real (or one `then` the other)
     *   in double a = random(1, 2)           by value
     *   out double y[5]                      only written     (acc: added to; inout: in both lists)
     *   double work[5]                       listed nowhere
     *   returns double                       `returns const double` when it is not a dependent
     *   modes jvp vjp split grad             default: all that make sense
     *   like g                               differences are taken of g, which has the same parameters
     */
    /* CHECK-OPTIONS macros std=c11 ... */

The comments may stand in a file of their own beside the program, program.check.

Options: `macros` (the source carries its requests itself), `std=c11` (of the generated file; default c99), `loose` (the
values need not be the primal's bit by bit), `trials=N`, `extended` (the source says `long double`: not compiled in
long double), `fields vec.data=6` (a pointer member: how many elements it gets), `flags=-DX,-DY` (for everyone),
`standalone` (the generated file must need no runtime header), `warnings` (the source itself has some: allow them).

Three files are made from it: arguments.h (storage for the arguments, flat vectors from and to it), original.c (the source
itself with its primal functions as flat ones) and derived.c (the generated functions as flat ones).
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

SUPPORT = pathlib.Path(__file__).resolve().parent
REALS = {"float", "double", "long double"}
MODES = ("jvp", "vjp", "split", "grad")
ROLES = {"in": "ROLE_IN", "out": "ROLE_OUT", "acc": "ROLE_ACCUMULATE", "inout": "ROLE_INOUT"}
# name: compiler and flags; whether the generated file is compiled with sanitizers too
CONFIGURATIONS = {
    "gcc-O0": ["gcc", "-O0"],
    "gcc-O3": ["gcc", "-O3"],
    "clang-O0": ["clang", "-O0"],
    "clang-O3": ["clang", "-O3"],
    "gcc-sanitize": ["gcc", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
}
QUICK = ("gcc-O3", "clang-O3", "gcc-sanitize")
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


class Malformed(Exception):
    """The CHECK comment of a program cannot be understood."""


# ---- types: just enough of C's declarations to walk over the reals of a value -----------------------------------


class Types:
    """Structs and typedefs of a source, found by their text."""

    def __init__(self, source):
        text = re.sub(r"/\*.*?\*/|//[^\n]*", " ", source, flags=re.S)
        text = re.sub(r"^[ \t]*#.*$", "", text, flags=re.M)
        self.reals = set(REALS)
        self.structs = {}
        for name in re.findall(r"typedef\s+(?:float|double|long\s+double)\s+(\w+)\s*;", text):
            self.reals.add(name)
        for match in re.finditer(r"(typedef\s+)?\bstruct(\s+\w+)?\s*\{", text):
            body, end = braced(text, match.end())
            if match.group(2):
                self.structs["struct " + match.group(2).strip()] = body
            alias = re.match(r"\s*(\w+)\s*;", text[end:])
            if match.group(1) and alias:
                self.structs[alias.group(1)] = body
        for tag, name in re.findall(r"typedef\s+struct\s+(\w+)\s+(\w+)\s*;", text):
            if "struct " + tag in self.structs:
                self.structs[name] = self.structs["struct " + tag]

    def fields(self, name):
        """(type, declarator name, pointer stars, dimensions) of every field."""
        result = []
        for declaration in self.structs[name].split(";"):
            declaration = re.sub(r"\b(const|CGRAD_INACTIVE)\b", "", declaration).strip()
            if not declaration:
                continue
            base = re.match(r"((?:struct\s+)?\w+(?:\s+(?:int|long|char|double)\b)*)\s*", declaration)
            kind = " ".join(base.group(1).split())
            for declarator in declaration[base.end() :].split(","):
                result.append((kind,) + split_declarator(declarator))
        return result


def braced(text, start):
    depth, at = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return text[start : at - 1], at


def split_declarator(text):
    match = re.fullmatch(r"\s*(\**)\s*(\w+)\s*((?:\[[^]]*\]\s*)*)(?::\s*\d+)?\s*", text)
    if not match:
        raise Malformed(f"declarator {text!r}")
    return match.group(2), match.group(1), re.findall(r"\[([^]]*)\]", match.group(3))


# ---- the CHECK comment ------------------------------------------------------------------------------------------


class Parameter:
    def __init__(self, line):
        match = re.match(r"(in|out|acc|inout)\s+(.*)", line)
        self.role, rest = (match.group(1), match.group(2)) if match else (None, line)
        declaration, _, self.initial = (part.strip() for part in rest.partition("="))
        match = re.fullmatch(r"(.*?[\w])((?:\s|\*)+)(\w+)((?:\[[^]]*\])*)(?:\s*->\s*(\w+))?", declaration)
        if not match:
            raise Malformed(f"parameter {line!r}")
        self.type = match.group(1).replace("const ", "").strip()
        self.stars = match.group(2).strip()
        self.name = match.group(3)
        self.dimensions = re.findall(r"\[([^]]*)\]", match.group(4))
        self.row_count = match.group(5)  # elements behind each pointer of an array of pointers
        if self.stars and not self.row_count:
            raise Malformed(f"{line!r}: write a pointer as an array")

    @property
    def by_value(self):
        return not self.dimensions

    @property
    def listed(self):
        return self.role is not None

    def storage(self):
        dimensions = "".join(f"[{d}]" for d in self.dimensions)
        return f"{self.type} {self.stars}(*{self.name}){dimensions};" if dimensions else f"{self.type} {self.name};"


class Function:
    def __init__(self, request, lines):
        self.request = request.strip()
        self.name = self.request.partition(":")[0].strip()
        self.parameters, self.modes, self.like = [], None, None
        self.returns, self.returns_active = "void", False
        for line in lines:
            if line.startswith("returns "):
                self.returns = line[8:].replace("const ", "").strip()
                self.returns_active = "const " not in line
            elif line.startswith("like "):
                self.like = line.split()[1]
            elif line.startswith("modes "):
                self.modes = line.split()[1:]
            elif line:
                self.parameters.append(Parameter(line))

    def default_modes(self, types):
        if self.modes is not None:
            return self.modes
        dependents = [p for p in self.parameters if p.role in ("out", "acc", "inout")]
        scalar_out = [p for p in dependents if p.dimensions == ["1"] and p.type in types.reals and p.role == "out"]
        scalar_return = self.returns_active and self.returns in types.reals
        single = (scalar_return and not dependents) or (not self.returns_active and scalar_out and len(dependents) == 1)
        return list(MODES if single else MODES[:3])


class Program:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        source = self.path.read_text()
        self.types = Types(source + self.local_headers(source))
        beside = self.path.with_suffix(".check")
        source = beside.read_text() if beside.exists() else source
        self.options, self.fields = {}, {}
        for options in re.findall(r"/\*\s*CHECK-OPTIONS\s(.*?)\*/", source, flags=re.S):
            words = options.replace("*", " ").split()
            for word in words:
                key, _, value = word.partition("=")
                (self.fields if "." in key else self.options)[key] = value
        self.functions = []
        for comment in re.findall(r"/\*\s*CHECK\s(.*?)\*/", source, flags=re.S):
            lines = [line.strip().lstrip("*").strip() for line in comment.splitlines()]
            self.functions.append(Function(lines[0], lines[1:]))
        if not self.functions:
            raise Malformed("no CHECK comment")
        self.std = self.options.get("std", "c99")
        self.flags = [flag for flag in self.options.get("flags", "").split(",") if flag]
        self.single = any(
            "float" in p.type or p.type not in self.types.reals and "float" in self.types.structs.get(p.type, "")
            for f in self.functions
            for p in f.parameters
        ) or any(f.returns == "float" for f in self.functions)

    def local_headers(self, source):
        found = ""
        for name in re.findall(r'#include\s+"([^"]+)"', source):
            if (self.path.parent / name).exists():
                found += (self.path.parent / name).read_text()
        return found

    def requests(self):
        if "macros" in self.options:
            return []
        return [f"--{mode}={f.request}" for f in self.functions for mode in f.default_modes(self.types)]


# ---- arguments.h --------------------------------------------------------------------------------------------------


class Walk:
    """Writes C that visits every scalar of a value in order."""

    def __init__(self, program):
        self.program = program
        self.depth = 0

    def value(self, kind, place, real, other=None, pointer=None, count=None):
        """Statements: real(place), other(place), pointer(place, count); the last two may be None."""
        types = self.program.types
        if kind in types.reals:
            return [line for line in [real(place, kind)] if line]
        if kind not in types.structs:
            return [other(place)] if other else []
        lines = []
        for field, name, stars, dimensions in types.fields(kind):
            size = self.program.fields.get(f"{kind.replace('struct ', '')}.{name}")
            if stars and size is None:
                continue
            lines += self.array(field, f"{place}.{name}", dimensions + ([size] if stars else []), real, other, pointer,
                                len(dimensions) if stars else None)
        return lines

    def array(self, kind, place, dimensions, real, other=None, pointer=None, pointer_level=None):
        if not dimensions:
            return self.value(kind, place, real, other, pointer)
        lines = [pointer(place, dimensions[0])] if pointer and pointer_level == 0 else []
        index = f"i{self.depth}"
        self.depth += 1
        level = None if pointer_level is None else pointer_level - 1
        inner = self.array(kind, f"{place}[{index}]", dimensions[1:], real, other, pointer, level)
        self.depth -= 1
        if inner:
            lines.append(f"for (size_t {index} = 0; {index} < (size_t)({dimensions[0]}); {index}++) {{")
            lines += ["    " + line for line in inner] + ["}"]
        return lines

    def parameter(self, p, real, other=None, pointer=None, pointer_here=None):
        place = f"args->{p.name}" if p.by_value else f"(*args->{p.name})"
        dimensions = p.dimensions + ([p.row_count] if p.row_count else [])
        level = len(p.dimensions) if p.row_count else None
        return self.array(p.type, place, dimensions, real, other, pointer, level)


def c_function(head, lines):
    return [head + " {"] + [line if line.startswith("#") else "    " + line for line in lines] + ["}", ""]


def allocate(place, count):
    return f"{place} = calloc({count}, sizeof *{place});"


def initial_lines(walk, p):
    """`random(low, high)`, an initializer, or one `then` the other."""
    lines = []
    for initial in filter(None, map(str.strip, p.initial.split(" then "))):
        match = re.fullmatch(r"random\(([^,]+),([^)]+)\)", initial)
        if match:
            uniform = f"number_uniform(&random, {match.group(1)}, {match.group(2)})"
            lines += walk.parameter(p, lambda place, kind: f"{place} = ({kind}){uniform};")
        elif p.by_value and not initial.startswith("{"):
            lines.append(f"args->{p.name} = {initial};")
        else:
            lines += copied(walk, p, initial)
    return lines


def pointer_lines(walk, p, action):
    """What to do for every pointer in a parameter, after what holds it."""
    return clean_loops(walk.parameter(p, lambda *_: None, None, action))


def copied(walk, p, initial):
    """The initializer, by way of a constant; pointers in it are set anew."""
    dimensions = "".join(f"[{d}]" for d in p.dimensions)
    place = f"&args->{p.name}" if p.by_value else f"args->{p.name}"
    return [f"static const {p.type} {p.name}_initial{dimensions} = {initial};",
            *pointer_lines(walk, p, release),
            f"memcpy({place}, &{p.name}_initial, sizeof {p.name}_initial);",
            *pointer_lines(walk, p, allocate)]


def release(place, count):
    return f"free({place});"


def arguments_of(program, f):
    walk, name = Walk(program), f.name
    size = lambda p: [] if p.by_value else [f"args->{p.name} = calloc(1, sizeof *args->{p.name});"]
    result = [f"struct {name}_arguments {{"]
    result += ["    " + p.storage() for p in f.parameters]
    if f.returns != "void":
        result.append(f"    {f.returns} returned;")
    result += ["    int present; /* never empty */", "};", ""]

    lines = ["memset(args, 0, sizeof *args);"]
    for p in f.parameters:
        lines += size(p) + pointer_lines(walk, p, allocate)
    result += c_function(f"static inline void {name}_open(struct {name}_arguments *args)", lines)
    lines = []
    for p in f.parameters:
        lines += pointer_lines(walk, p, release)
        lines += [] if p.by_value else [f"free(args->{p.name});"]
    result += c_function(f"static inline void {name}_close(struct {name}_arguments *args)", lines or ["(void)args;"])

    lines = ["struct number_random random = number_seed(seed);", "(void)random;"]
    for p in f.parameters:
        lines += ["{"] + ["    " + line for line in initial_lines(walk, p)] + ["}"]
    result += c_function(
        f"static inline void {name}_initialize(struct {name}_arguments *args, unsigned seed)", lines + ["(void)args;"])

    read = lambda place, kind: f"flat[n++] = {place};"
    read_int = lambda place: f"flat[n++] = (number_t){place};"
    write = lambda place, kind: f"{place} = ({kind})flat[n++];"
    listed = [p for p in f.parameters if p.listed]
    returned = lambda action: walk.value(f.returns, "args->returned", action) if f.returns_active else []
    for verb, action, const in (("read", read, "const "), ("write", write, "")):
        lines = ["size_t n = 0;"]
        for p in listed:
            lines += walk.parameter(p, action)
        lines += returned(action) + ["(void)args, (void)flat;", "return n;"]
        other = "" if const else "const "
        result += c_function(
            f"static inline size_t {name}_{verb}({const}struct {name}_arguments *args, {other}number_t *flat)", lines)
    lines = ["size_t n = 0;"]
    for p in f.parameters:
        lines += walk.parameter(p, read, read_int)
    if f.returns != "void":
        lines += walk.value(f.returns, "args->returned", read, read_int)
    result += c_function(
        f"static inline size_t {name}_observe(const struct {name}_arguments *args, number_t *flat)",
        lines + ["(void)args, (void)flat;", "return n;"])
    return result


def clean_loops(lines):
    """Without loops that came to hold nothing."""
    text = "\n".join(lines)
    while True:
        shorter = re.sub(r"\n?\s*for \([^{]*\{\s*\}", "", text)
        if shorter == text:
            return [line for line in text.split("\n") if line]
        text = shorter


# ---- original.c and derived.c ------------------------------------------------------------------------------------


def passed(p):
    return f"args.{p.name}" if p.by_value else f"*args.{p.name}"


def companion(p, which, address=False):
    place = f"{which}.{p.name}"
    return ("&" if address else "") + place if p.by_value else "*" + place


def call(f, suffix, arguments, result=True, name=None):
    assign = "args.returned = " if f.returns != "void" and result else ""
    return f"{assign}{name or f.name}{suffix}({', '.join(arguments)});"


def prepared(f, *companions):
    lines = [f"struct {f.name}_arguments args;", f"{f.name}_open(&args);", f"{f.name}_initialize(&args, seed);",
             f"{f.name}_write(&args, flat);"]
    for struct, flat in companions:
        lines += [f"struct {f.name}_arguments {struct};", f"{f.name}_open(&{struct});", f"{f.name}_write(&{struct}, {flat});"]
    return lines


def finished(f, *companions):
    lines = [f"{f.name}_observe(&args, seen);"]
    for struct, flat in companions:
        lines += [f"{f.name}_read(&{struct}, {flat});", f"{f.name}_close(&{struct});"]
    return lines + [f"{f.name}_close(&args);"]


def original_source(program):
    out = ['#include "numbers.h"', "#include <string.h>", "#ifdef PRECISE", '#include "longdouble.h"', "#endif",
           "#include PROGRAM", '#include "arguments.h"',
           "#define JOIN(a, b) a##b", "#define NAME(a, b) JOIN(a, b)", ""]
    head = "(unsigned seed, const number_t *flat, number_t *after, number_t *seen)"
    for f in program.functions:
        arguments = [passed(p) for p in f.parameters]
        evaluate = [call(f, "", arguments)]
        if f.like:
            evaluate = ["#ifdef PRECISE", call(f, "", arguments, name=f.like), "#else", *evaluate, "#endif"]
        lines = prepared(f) + evaluate + [f"{f.name}_read(&args, after);"]
        out += c_function(f"void NAME(WHICH, _{f.name}){head}", lines + finished(f))
    return "\n".join(out)


def vjp_arguments(f, bar, wanted=None):
    """Arguments of f_vjp, f_rev; of f_grad if `wanted` (a C expression by independent) is given."""
    arguments, independent = [], 0
    for p in f.parameters:
        arguments.append(passed(p))
        if not p.listed:
            continue
        if wanted is None:
            arguments.append(companion(p, bar, address=True))
        elif p.role in ("in", "inout"):
            arguments.append(f"{wanted(independent)} ? {companion(p, bar, address=True)} : NULL")
            independent += 1
    if f.returns_active and wanted is None:
        arguments.append(f"{bar}.returned")
    return arguments


def derived_function(f, mode):
    head = f"static void {f.name}_{mode}_flat(unsigned seed, const number_t *flat, "
    if mode == "jvp":
        arguments = []
        for p in f.parameters:
            arguments += [passed(p)] + ([companion(p, "dot")] if p.listed else [])
        arguments += ["&dot.returned"] if f.returns_active else []
        pair = ("dot", "dot_flat")
        lines = prepared(f, pair) + [call(f, "_jvp", arguments)] + finished(f, pair)
        return c_function(head + "number_t *dot_flat, number_t *seen)", lines)
    if mode == "vjp":
        pair = ("bar", "bar_flat")
        lines = prepared(f, pair) + [call(f, "_vjp", vjp_arguments(f, "bar"))] + finished(f, pair)
        return c_function(head + "number_t *bar_flat, number_t *seen)", lines)
    if mode == "split":
        first, second = ("bar", "bar_flat"), ("other", "other_flat")
        lines = prepared(f, first, second) + [
            "cgrad_record record = {0};",
            call(f, "_fwd", [passed(p) for p in f.parameters] + ["&record"]),
            call(f, "_rev", vjp_arguments(f, "bar") + ["&record"], result=False),
            call(f, "_rev", vjp_arguments(f, "other") + ["&record"], result=False),
            "cgrad_record_free(&record);"]
        return c_function(head + "number_t *bar_flat, number_t *other_flat, number_t *seen)",
                          lines + finished(f, first, second))
    pair = ("bar", "bar_flat")
    wanted = lambda independent: f"unwanted != {independent} && unwanted != -2"
    lines = prepared(f, pair) + [call(f, "_grad", vjp_arguments(f, "bar", wanted))] + finished(f, pair)
    return c_function(head + "int unwanted, number_t *bar_flat, number_t *seen)", lines)


def derived_source(program, header, with_reread):
    out = [f'#include "{header}"' if header else "", '#include "numbers.h"', '#include "check_program.h"',
           "#include <string.h>"]
    if not header:
        out.append("#include PROGRAM")
    out += ['#include "arguments.h"', ""]
    table = []
    for f in program.functions:
        modes = f.default_modes(program.types) if header else []
        head = "(unsigned seed, const number_t *flat, number_t *after, number_t *seen);"
        out += [f"void primal_{f.name}{head}", f"void reread_{f.name}{head}", f"void precise_{f.name}{head}", ""]
        for mode in modes:
            out += derived_function(f, mode)
        out += entry_functions(program, f)
        tolerances = ("1e-4L", "1e-3L") if program.single else ("1e-12L", "1e-7L")
        entry = [f'"{f.name}"', f"{f.name}_size", f"{f.name}_observed", f"{f.name}_roles", f"{f.name}_start",
                 f"primal_{f.name}", f"reread_{f.name}" if with_reread else "NULL",
                 f"precise_{f.name}"]
        entry += [f"{f.name}_{mode}_flat" if mode in modes else "NULL" for mode in MODES]
        entry += [str(sum(p.role in ("in", "inout") for p in f.parameters)), program.options.get("identity", tolerances[0]),
                  program.options.get("difference", tolerances[1]),
                  program.options.get("trials", "3"), "0" if "loose" in program.options else "1"]
        table.append("    {" + ", ".join(entry) + "},")
    out += ["const struct subject subjects[] = {"] + table + ["};", f"const size_t subject_count = {len(table)};", ""]
    return "\n".join(out)


def entry_functions(program, f):
    """What the driver asks about a function, apart from its values."""
    walk, name = Walk(program), f.name
    opened = [f"struct {name}_arguments args_storage, *args = &args_storage;", f"{name}_open(args);"]
    lines = opened + ["number_t *flat = number_vector(1 << 16);", f"size_t n = {name}_read(args, flat);", "free(flat);",
                      f"{name}_close(args);", "return n;"]
    out = c_function(f"static size_t {name}_size(void)", lines)
    lines = [line.replace("_read", "_observe") for line in lines]
    out += c_function(f"static size_t {name}_observed(void)", lines)
    lines = opened + ["size_t n = 0;"]
    for p in f.parameters:
        if p.listed:
            lines += walk.parameter(p, lambda place, kind: f"roles[n++] = {ROLES[p.role]};")
    if f.returns_active:
        lines += walk.value(f.returns, "args->returned", lambda place, kind: "roles[n++] = ROLE_RETURNED;")
    out += c_function(f"static void {name}_roles(enum role *roles)", lines + [f"{name}_close(args);"])
    lines = opened + [f"{name}_initialize(args, seed);", f"{name}_read(args, flat);", f"{name}_close(args);"]
    return out + c_function(f"static void {name}_start(unsigned seed, number_t *flat)", lines)


# ---- building and running ------------------------------------------------------------------------------------------


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
                run(command, "cgrad")
            if options.identity:
                run([options.cgrad, "--stop-after=front"] + flags + [program.path, "-o", self.directory / "reread.c"],
                    "cgrad --stop-after=front")
        self.write("derived.c", derived_source(program, generated and generated.with_suffix(".h").name,
                                               bool(options.cgrad and options.identity)))
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
        run(compiler + [*strict, *runtime, "-I", self.program.path.parent, *self.program.flags, "-c", generated, "-o", target],
            "compile the generated file")
        return target

    def understood_by(self, compiler):
        """Whether this compiler is there and can read the source itself (tcc knows no parameters of variable extent)."""
        try:
            self.compile_generated(self.program.path, [compiler])
        except Failure:
            return False
        return True

    def check(self, configuration, generated, precise):
        compiler = CONFIGURATIONS[configuration]
        source = self.program.path.resolve()
        objects = [self.original("primal", source, compiler), precise]
        if generated:
            strict = [f"-std={self.program.std}", *(["-w"] if "warnings" in self.program.options else STRICT)]
            if configuration == "gcc-sanitize":
                strict.append("-Wno-maybe-uninitialized")  # the sanitizers' own code makes gcc say so without reason
            objects.append(self.compile_generated(generated, compiler, strict))
        if self.options.cgrad and self.options.identity:
            objects.append(self.original("reread", self.directory.resolve() / "reread.c", compiler))
        extra = [] if generated else [f'-DPROGRAM="{source}"']
        program = self.directory / configuration
        strict = ["-Wall", "-Wno-unused-function", "-Werror=incompatible-pointer-types", "-Werror=implicit-function-declaration"]
        sources = [self.directory / "derived.c", SUPPORT / "check_program.c"]
        if not generated:
            derived = self.directory / "derived.o"
            run(compiler + ["-std=gnu11", "-w", *self.includes, *self.program.flags, *extra, "-c",
                            self.directory / "derived.c", "-o", derived], "compile derived.c")
            run(["objcopy", "--keep-global-symbol=subjects", "--keep-global-symbol=subject_count", derived], "objcopy")
            sources[0] = derived
        run(compiler + ["-std=gnu11", *strict, *self.includes, *self.program.flags, *sources, *objects, "-lm", "-o", program],
            "compile and link the driver")
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
        precise = build.original("precise", program.path.resolve(), ["gcc", "-O1"], [] if extended else ["-DPRECISE"])
        for configuration in options.configurations:
            try:
                passed += build.check(configuration, generated, precise)
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

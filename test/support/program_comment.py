"""What a test program says in comments about how to check it.

    /* CHECK f: x[n], a -> y[n]               a request, as on the command line of cgrad
     *   int n = 5                            the parameters in order; a C initializer,
     *   in double x[5] = random(0.1, 2)      or random numbers for every real (or one `then` the other)
     *   in double a = random(1, 2)           by value
     *   out double y[5]                      only written     (acc: added to; inout: in both lists)
     *   double work[5]                       listed nowhere
     *   global in double table[3] = {1, 2}   a global variable, wherever it stands in the list
     *   global pointer in double data[6]     a global `double *data` that points to 6 elements
     *   returns double                       `returns const double` when it is not a dependent
     *   modes jvp vjp split grad             default: all that make sense
     *   like g                               differences are taken of g, which has the same parameters
     */
    /* CHECK-OPTIONS macros std=c11 ... */

The comments may stand in a file of their own beside the program, program.check; either file names the program.

Options: `macros` (the source carries its requests itself), `std=c11` (of the generated file; default c99), `loose` (the
values need not be the primal's bit by bit), `trials=N`, `extended` (the source says `long double`: not compiled in
long double), `fields vec.data=6` (a pointer member: how many elements it gets), `flags=-DX,-DY` (for everyone),
`workspace` (all memory is bounded: run with --workspace as well),
`standalone` (the generated file must need no runtime header), `warnings` (the source itself has some: allow them).
"""
import pathlib
import re

REALS = {"float", "double", "long double"}
MODES = ("jvp", "vjp", "split", "grad")


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
            base = re.match(r"((?:(?:struct|enum)\s+)?\w+(?:\s+(?:int|long|char|double)\b)*)\s*", declaration)
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
        match = re.match(r"(global\s+)?(pointer\s+)?(.*)", line)
        self.is_global, self.is_pointer, line = bool(match.group(1)), bool(match.group(2)), match.group(3)
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
        self.parameters, self.globals, self.modes, self.like = [], [], None, None
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
        one = lambda p: p.dimensions == ["1"] or (p.is_global and not p.dimensions)
        scalar_out = [p for p in dependents if one(p) and p.type in types.reals and p.role == "out"]
        scalar_return = self.returns_active and self.returns in types.reals
        single = (scalar_return and not dependents) or (not self.returns_active and scalar_out and len(dependents) == 1)
        return list(MODES if single else MODES[:3])


class Program:
    def __init__(self, path):
        self.path = pathlib.Path(path).with_suffix(".c")
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

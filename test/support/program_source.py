"""The C files that check_program.py makes of a test program.

arguments.h: storage for the arguments of each function, flat vectors of its reals from and to it; original.c: the source itself,
with its functions as flat ones beside it; derived.c: the generated functions as flat ones, and the table for check_program.c.
"""
import re

from program_comment import MODES, Malformed

ROLES = {"in": "ROLE_IN", "out": "ROLE_OUT", "acc": "ROLE_ACCUMULATE", "inout": "ROLE_INOUT"}

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


def parameters(f):
    return [p for p in f.parameters if not p.is_global]


def set_globals(f, which="args", suffix="", listed=False):
    """From the storage of the arguments to the variables themselves."""
    lines = []
    for p in f.parameters:
        if not p.is_global or (listed and not p.listed):
            continue
        variable, place = p.name + suffix, f"{which}.{p.name}"
        if p.is_pointer:
            lines.append(f"{variable} = *{place};")
        else:
            lines.append(f"{variable} = {place};" if p.by_value else f"memcpy({variable}, *{place}, sizeof {variable});")
    return lines


def get_globals(f, which="args", suffix="", listed=False):
    lines = []
    for p in f.parameters:
        if not p.is_global or p.is_pointer or (listed and not p.listed):
            continue
        variable, place = p.name + suffix, f"{which}.{p.name}"
        lines.append(f"{place} = {variable};" if p.by_value else f"memcpy(*{place}, {variable}, sizeof {variable});")
    return lines


def with_globals(f, lines, *companions):
    """The lines that call, between setting and reading all global variables that they use."""
    before, after = set_globals(f), get_globals(f)
    for which, suffix in companions:
        before += set_globals(f, which, suffix, True)
        after += get_globals(f, which, suffix, True)
    return before + lines + after


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
        arguments = [passed(p) for p in parameters(f)]
        evaluate = [call(f, "", arguments)]
        if f.like:
            evaluate = ["#ifdef PRECISE", call(f, "", arguments, name=f.like), "#else", *evaluate, "#endif"]
        lines = prepared(f) + with_globals(f, evaluate) + [f"{f.name}_read(&args, after);"]
        out += c_function(f"void NAME(WHICH, _{f.name}){head}", lines + finished(f))
    return "\n".join(out)


def vjp_arguments(f, bar, wanted=None):
    """Arguments of f_vjp, f_rev; of f_grad if `wanted` (a C expression by independent) is given."""
    arguments, independent = [], 0
    for p in parameters(f):
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


def split_function(f, head):
    """Two reverse sweeps of one record at once, in two threads; one after the other where they share companions."""
    task, first, second = f"{f.name}_task", ("bar", "bar_flat"), ("other", "other_flat")
    reverse = [f"struct {task} *task = context;",
               f"struct {f.name}_arguments args = *task->args, bar = *task->bar;",
               *set_globals(f, "bar", "_bar", True),
               call(f, "_rev", vjp_arguments(f, "bar") + ["task->record"], result=False),
               *get_globals(f, "bar", "_bar", True),
               "*task->bar = bar;", "return NULL;"]
    at_once = ["pthread_t thread;",
               f"if (pthread_create(&thread, NULL, {f.name}_reverse, &other_task))", "    abort();",
               f"{f.name}_reverse(&task);", "pthread_join(thread, NULL);"]
    in_turn = [f"{f.name}_reverse(&task);", f"{f.name}_reverse(&other_task);"]
    lines = prepared(f, first, second) + [
        "cgrad_record record = {0};",
        *with_globals(f, [call(f, "_fwd", [passed(p) for p in parameters(f)] + ["&record"])]),
        f"struct {task} task = {{&args, &bar, &record}}, other_task = {{&args, &other, &record}};",
        *(in_turn if any(p.is_global and p.listed for p in f.parameters) else at_once),
        "cgrad_record_free(&record);"]
    return [f"struct {task} {{", f"    struct {f.name}_arguments *args, *bar;", "    const cgrad_record *record;", "};",
            *c_function(f"static void *{f.name}_reverse(void *context)", reverse),
            *c_function(head + "number_t *bar_flat, number_t *other_flat, number_t *seen)",
                        lines + finished(f, first, second))]


def in_workspace(f, suffix, arguments, header):
    """The call of f_vjp_ws or f_grad_ws, in exactly the memory that it asks for. One byte less is refused."""
    name = f.name + suffix
    sizes = re.search(rf"size_t {name}_workspace\(([^)]*)\)", header).group(1)
    sizes = re.findall(r"(\w+)(?:,|$)", "" if sizes == "void" else sizes)
    given = {p.name: passed(p) for p in parameters(f)}
    returned = ["&args.returned"] if f.returns != "void" else []
    arguments = ", ".join(arguments + returned + ["workspace"])
    return [f"size_t size = {name}_workspace({', '.join(given[size] for size in sizes)});",
            "char *workspace = malloc(size + 1);",
            f"if (!workspace || (size > 0 && {name}_ws({arguments}, size - 1) != 1))", "    abort();",
            f"if ({name}_ws({arguments}, size) != 0)", "    abort();", "free(workspace);"]


def called(f, suffix, arguments, values, header):
    if header and f"{f.name}{suffix}_ws(" in header:
        return in_workspace(f, suffix, arguments, header)
    return [call(f, suffix, arguments, result=values)]


def derived_function(f, mode, values, header):
    head = f"static void {f.name}_{mode}_flat(unsigned seed, const number_t *flat, "
    if mode == "jvp":
        arguments = []
        for p in parameters(f):
            arguments += [passed(p)] + ([companion(p, "dot")] if p.listed else [])
        arguments += ["&dot.returned"] if f.returns_active else []
        pair = ("dot", "dot_flat")
        lines = prepared(f, pair) + with_globals(f, [call(f, "_jvp", arguments)], ("dot", "_dot")) + finished(f, pair)
        return c_function(head + "number_t *dot_flat, number_t *seen)", lines)
    if mode == "vjp":
        pair = ("bar", "bar_flat")
        lines = prepared(f, pair) + with_globals(f, called(f, "_vjp", vjp_arguments(f, "bar"), values, header), ("bar", "_bar"))
        lines += finished(f, pair)
        return c_function(head + "number_t *bar_flat, number_t *seen)", lines)
    if mode == "split":
        return split_function(f, head)
    pair = ("bar", "bar_flat")
    wanted = lambda independent: f"unwanted != {independent} && unwanted != -2"
    lines = prepared(f, pair) + with_globals(f, called(f, "_grad", vjp_arguments(f, "bar", wanted), values, header), ("bar", "_bar"))
    lines += finished(f, pair)
    return c_function(head + "int unwanted, number_t *bar_flat, number_t *seen)", lines)


def derived_source(program, header, with_reread, values=True, text=None):
    out = [f'#include "{header}"' if header else "", '#include "numbers.h"', '#include "check_program.h"',
           "#include <pthread.h>", "#include <stdlib.h>", "#include <string.h>"]
    if not header:
        out.append("#include PROGRAM")
    out += ['#include "arguments.h"', ""]
    if header:
        out += sorted({f"extern {p.type} {'*' if p.is_pointer else ''}{p.name}"
                       f"{'' if p.is_pointer else ''.join(f'[{d}]' for d in p.dimensions)};"
                       for f in program.functions for p in f.parameters if p.is_global})
    table = []
    for f in program.functions:
        modes = f.default_modes(program.types) if header else []
        head = "(unsigned seed, const number_t *flat, number_t *after, number_t *seen);"
        out += [f"void primal_{f.name}{head}", f"void reread_{f.name}{head}", f"void precise_{f.name}{head}", ""]
        for mode in modes:
            out += derived_function(f, mode, values, text)
        out += entry_functions(program, f)
        tolerances = ("1e-4L", "1e-3L") if program.single else ("1e-12L", "1e-7L")
        entry = [f'"{f.name}"', f"{f.name}_size", f"{f.name}_observed", f"{f.name}_roles", f"{f.name}_start",
                 f"primal_{f.name}", f"reread_{f.name}" if with_reread else "NULL",
                 f"precise_{f.name}"]
        entry += [f"{f.name}_{mode}_flat" if mode in modes else "NULL" for mode in MODES]
        entry += [str(sum(p.role in ("in", "inout") for p in parameters(f))), program.options.get("identity", tolerances[0]),
                  program.options.get("difference", tolerances[1]),
                  program.options.get("trials", "3"), "0" if "loose" in program.options else "1"]
        table.append("    {" + ", ".join(entry) + "},")
    out += ["const struct subject subjects[] = {"] + table + ["};", f"const size_t subject_count = {len(table)};",
            f"const int with_values = {int(values)};", ""]
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

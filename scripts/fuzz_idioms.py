"""Random programs, for fuzz.py, that go further than the mixed ones in what C programs do with memory and functions: unions of
views, callbacks, static scratch arrays, global variables, structs copied as bytes, pointers chosen by a condition, allocated and
variable-length arrays, rows behind pointers, recursion over parts of arrays, fallthrough, exits from nested loops.
"""
from fuzz_mixed import INDENT, MixedGenerator, N, Scope

TYPES = """
union view {
    struct {
        double a, b, c, d, e;
    } part;
    double v[5];
};

struct state {
    double at[5];
    struct pair inner;
    int steps;
};

double level, shared[5];
""".splitlines()

# Functions that a program has if it calls them.
FUNCTIONS = {
    "bump": ["static double bump(double x) {", "    return 1 / (1 + x * x);", "}"],
    "wave": ["static double wave(double x) {", "    return x > 0.4 ? sin(x) : 0.5 * x;", "}"],
    "twice": ["static double twice(double (*f)(double), double x) {", "    double y = f(x);", "    return 0.5 * f(y) + 0.25 * y;", "}"],
    "area": ["typedef double shape(double);", "", "/* The trapezoidal rule. */",
             "static double area(shape *f, shape *g, double a, double b) {", "    double sum = 0, h = (b - a) / 3;",
             "    for (int i = 0; i < 3; i++) {", "        sum += 0.5 * h * (f(a + i * h) + g(a + (i + 1) * h));", "    }", "    return sum;", "}"],
    "each": ["static void each(double *z, void (*f)(double *, double), double a) {", "    for (int i = 0; i < 5; i++) {",
             "        f(&z[i], a);", "    }", "}"],
    "damp": ["static void damp(double *z, double a) {", "    *z = 0.5 * *z + 0.2 * sin(a);", "}"],
    "bend": ["static void bend(double *z, double a) {", "    if (*z > a) {", "        *z = a + 0.3 * (*z - a);", "    } else {",
             "        *z *= cos(*z);", "    }", "}"],
    "scratch": ["static double scratch(const double *from, double weight) {", "    static double work[5], last;", "    last = weight;",
                "    for (int k = 0; k < 5; k++) {", "        work[k] = from[k] * last;",
                "        last = sin(work[k]) + 0.5 * last;", "    }", "    for (int i = 0; i < 5; i++) {",
                "        work[i] = last * work[i] + 0.3 * work[i] * work[i];", "    }", "    return work[0] + last;", "}"],
    "stir": ["static void stir(double weight) {", "    for (int i = 0; i < 5; i++) {", "        shared[i] = 0.5 * shared[i] + 0.2 * level * weight;",
             "        level = sin(shared[i]) + 0.3 * level;", "    }", "}"],
    "halves": ["static double halves(int n, const double *x, double *y) {", "    if (n == 1) {", "        y[0] = 0.5 * y[0] + 0.1 * x[0];",
               "        return sin(x[0]);", "    }", "    int half = n / 2;", "    double left = halves(half, x, y);",
               "    return 0.5 * left * halves(n - half, x + half, y + half) + 0.25 * left;", "}"],
    "moved": ["static struct state moved(struct state s, double by) {", "    for (int i = 0; i < 5; i++) {",
              "        s.at[i] += by * s.inner.u;", "    }", "    s.inner.v = 0.5 * s.inner.v + sin(by);", "    s.steps++;", "    return s;", "}"],
    "find": ["/* The first element of a grid beyond a limit. */", "static double find(double (*g)[5], double limit) {",
             "    double best = 0;", "    for (int i = 0; i < 3; i++) {", "        for (int j = 0; j < 5; j++) {",
             "            if (g[i][j] > limit) {", "                return g[i][j] * limit + best;", "            }",
             "            if (g[i][j] < -1) {", "                goto out;", "            }", "            best = fmax(best, 0.5 * g[i][j] * g[i][j]);",
             "        }", "    }", "out:", "    return best - limit;", "}"],
    "pick": ["static double *pick(double *a, double *b, int first) {", "    return first ? a : b;", "}"],
}


class IdiomGenerator(MixedGenerator):
    def __init__(self, seed):
        super().__init__(seed)
        self.used = []
        self.owned = 0  # allocated arrays around the current statement: no return

    def use(self, *names):
        for name in names:
            if name not in self.used:
                self.used.append(name)
        return names[0]

    def statement(self, scope, depth):
        if depth == 0 or self.chance(0.5):
            return super().statement(scope, depth)
        return self.choose([
            self.views, self.views, self.callback, self.change_each, self.static_work, self.global_use, self.bytes_of_struct, self.chosen_array,
            self.chosen_scalar, self.allocated, self.variable, self.rows, self.recursion, self.falls, self.state, self.nested_exit, self.chained,
            self.pointer_loop, self.number_of, self.flag])(scope, depth)

    def leave(self, scope, depth):
        if not self.owned:
            return super().leave(scope, depth)
        return [f"if ({self.condition(scope)}) {{", INDENT + self.choose(["break;", "continue;"]), "}"]

    def changeable(self, scope):
        return [name for name, can in scope.arrays if can]

    # ---- unions and structs ----

    def views(self, scope, depth):
        name, i = self.fresh("u"), self.fresh("i")
        inner = Scope(scope)
        inner.indices.append(i)
        members = [f"{name}.part.{letter}" for letter in "abcde"]
        lines = [f"union view {name};"]
        if self.chance(0.5):
            lines += [f"for (int {i} = 0; {i} < {N}; {i}++) {{", INDENT + f"{name}.v[{i}] = {self.expression(inner, 2)};", "}"]
        else:
            lines += [f"{member} = {self.expression(scope, 1)};" for member in members]
        lines += [self.choose([f"{self.choose(members)} += 0.3 * {name}.v[{self.index(scope)}];",
                               f"{name}.v[{self.index(scope)}] *= {self.choose(members)};"])]
        scope.reals += [self.choose(members)]
        scope.arrays.append((f"{name}.v", True))
        if self.chance(0.3):
            copy = self.fresh("u")
            lines.append(f"union view {copy} = {name};")
            scope.arrays.append((f"{copy}.v", True))
        return lines

    def bytes_of_struct(self, scope, depth):
        a, b = self.fresh("s"), self.fresh("s")
        lines = [f"struct pair {a} = {{{self.expression(scope, 1)}, {self.expression(scope, 1)}}}, {b};",
                 self.choose([f"memcpy(&{b}, &{a}, sizeof {b});", f"memcpy(&{b}, &{a}, sizeof(struct pair));", f"memmove(&{b}, &{a}, sizeof {a});"]),
                 f"{a}.u = {self.expression(scope, 1)};"]
        if self.chance(0.4):
            c = self.fresh("q")
            lines += [f"struct pair {c}[2];", f"memset({c}, 0, sizeof {c});", f"memcpy(&{c}[1], &{b}, sizeof {b});", f"{c}[0].v += {c}[1].u;"]
            scope.reals.append(f"{c}[0].v")
        scope.reals += [f"{a}.u", f"{b}.u", f"{b}.v"]
        return lines

    def state(self, scope, depth):
        name, i = self.fresh("s"), self.fresh("i")
        lines = [f"struct state {name} = {{{{0}}, {{{self.expression(scope, 1)}, 1}}, 0}};",
                 f"for (int {i} = 0; {i} < {N}; {i}++) {{", INDENT + f"{name}.at[{i}] = {self.element(scope)};", "}",
                 f"{name} = {self.use('moved')}({name}, {self.expression(scope, 1)});"]
        if self.chance(0.4):
            other = self.fresh("p")
            lines += [f"struct state *{other} = &{name};", f"{other}->inner.u -= 0.3 * {other}->at[{self.index(scope)}];"]
        scope.arrays.append((f"{name}.at", True))
        scope.reals += [f"{name}.inner.u", f"{name}.inner.v"]
        return lines

    # ---- functions ----

    def callback(self, scope, depth):
        function = lambda: self.use(self.choose(["bump", "wave"]))
        target = self.place(scope)
        if self.chance(0.5):
            return [f"{target} = {self.use('twice')}({function()}, {self.expression(scope, 1)});"]
        return [f"{target} = {self.use('area')}({function()}, {function()}, {self.expression(scope, 1)}, {self.expression(scope, 1)});"]

    def change_each(self, scope, depth):
        arrays = self.changeable(scope)
        if not arrays:
            return self.callback(scope, depth)
        return [f"{self.use('each')}({self.choose(arrays)}, {self.use(self.choose(['damp', 'bend']))}, {self.expression(scope, 1)});"]

    def static_work(self, scope, depth):
        array = self.choose([name for name, _ in scope.arrays])
        return [f"{self.place(scope)} = {self.use('scratch')}({array}, {self.expression(scope, 1)});"]

    def global_use(self, scope, depth):
        place = self.choose(["level", f"shared[{self.index(scope)}]"])
        lines = [f"{place} = {self.expression(scope, 2)};"]
        if self.chance(0.5):
            lines.append(f"{self.use('stir')}({self.expression(scope, 1)});")
        return lines + [f"{self.place(scope)} += 0.3 * shared[{self.index(scope)}] + 0.2 * level;"]

    def recursion(self, scope, depth):
        arrays = self.changeable(scope)
        if not arrays:
            return self.static_work(scope, depth)
        to = self.choose(arrays)
        source = self.choose([name for name, _ in scope.arrays if name != to] + ["table"])
        return [f"{self.choose(scope.reals)} = {self.use('halves')}({N}, {source}, {to});"]

    # ---- pointers and arrays ----

    def chosen_array(self, scope, depth):
        name, arrays = self.fresh("p"), self.changeable(scope)
        if len(arrays) < 2:
            return self.variable(scope, depth)
        a, b = self.random.sample(arrays, 2)
        place = f"{name}[{self.index(scope)}]"
        if self.chance(0.25):
            choice = f"{self.use('pick')}({a}, {b}, {self.condition(scope)})"
        else:
            choice = f"{self.condition(scope)} ? {a} : {b}"
        lines = [f"double *{name} = {choice};", f"{place} += 0.3 * {self.expression(scope, 1)};"]
        if self.chance(0.4):
            lines += [f"if ({self.condition(scope)}) {{", INDENT + f"{name} = {self.choose([a, b])};", "}"]
        scope.arrays.append((name, True))
        return lines

    def chosen_scalar(self, scope, depth):
        simple = [real for real in scope.reals if real.isalnum() and real != "a"]
        if len(simple) < 2:
            return self.assign(scope, depth)
        name = self.fresh("p")
        a, b = self.random.sample(simple, 2)
        return [f"double *{name} = {self.condition(scope)} ? &{a} : &{b};", f"*{name} = 0.5 * *{name} + 0.3 * {self.leaf(scope)};"]

    def allocated(self, scope, depth):
        """Used in a block and freed behind it, through a label that the block may leave to."""
        name, i, label = self.fresh("h"), self.fresh("i"), self.fresh("done")
        inner = Scope(scope)
        inner.indices.append(i)
        fill = [f"for (int {i} = 0; {i} < {N}; {i}++) {{", INDENT + f"{name}[{i}] = {self.expression(inner, 1)};", "}"]
        size = self.choose([f"malloc({N} * sizeof *{name})", f"malloc({N} * sizeof(double))", f"calloc({N}, sizeof *{name})"])
        outer = Scope(scope)
        outer.arrays.append((name, True))
        loops, self.loops, labels, self.labels = self.loops, 0, self.labels, [label] if self.chance(0.4) else []
        self.owned += 1
        body = [*(self.jump(outer, depth) if self.labels else []), *self.block(outer, depth - 1)]
        self.owned -= 1
        jumps = bool(self.labels)
        self.loops, self.labels = loops, labels
        return ["{", INDENT + f"double *{name} = {size};", *(INDENT + line for line in fill), INDENT + "{", *(INDENT + line for line in body),
                INDENT + "}", *([f"{label}:"] if jumps else []), INDENT + f"free({name});", "}"]

    def variable(self, scope, depth):
        if self.labels:
            return self.array(scope, depth)
        name, i = self.fresh("w"), self.fresh("i")
        inner = Scope(scope)
        inner.indices.append(i)
        lines = ["{", INDENT + f"double {name}[n + 2];", INDENT + f"for (int {i} = 0; {i} < {N}; {i}++) {{",
                 2 * INDENT + f"{name}[{i}] = {self.expression(inner, 2)};", INDENT + "}"]
        outer = Scope(scope)
        outer.arrays.append((name, True))
        return [*lines, *self.block(outer, depth - 1), INDENT + f"{scope.reals[-1]} += 0.1 * {name}[{self.index(scope)}];", "}"]

    def rows(self, scope, depth):
        name, rows, i, j = self.fresh("g"), self.fresh("r"), self.fresh("i"), self.fresh("j")
        inner = Scope(scope)
        inner.indices += [i, j]
        lines = [f"double {name}[3][{N}], (*{rows})[{N}] = {name};", f"for (int {i} = 0; {i} < 3; {i}++) {{",
                 INDENT + f"for (int {j} = 0; {j} < {N}; {j}++) {{", 2 * INDENT + f"{rows}[{i}][{j}] = {self.expression(inner, 1)};",
                 INDENT + "}", "}"]
        scope.arrays += [(f"{name}[{self.random.randrange(3)}]", True)]
        if self.chance(0.6):
            lines.append(f"{self.choose(scope.reals)} += 0.3 * {self.use('find')}({rows}, {self.expression(scope, 1)});")
        return lines

    def pointer_loop(self, scope, depth):
        name, arrays = self.fresh("p"), self.changeable(scope)
        if not arrays:
            return self.walk(scope, depth)
        array = self.choose(arrays)
        step = self.choose([f"*{name} = 0.5 * *{name} + 0.3 * sin({self.leaf(scope)});", f"{self.choose(scope.reals)} += 0.3 * *{name};",
                            f"*{name} *= cos(*{name});"])
        head = self.choose([f"double *{name} = {array}; {name} < {array} + {N}; {name}++",
                            f"double *{name} = {array} + {N - 1}; {name} > {array}; {name}--"])
        return [f"for ({head}) {{", INDENT + step, "}"]

    # ---- control ----

    def falls(self, scope, depth):
        integers = scope.indices + scope.counts
        if not integers:
            return self.chained(scope, depth)
        lines = [f"switch ({self.choose(integers)}) {{"]
        for label in ("case 0:", "case 1:", "case 2:", "default:"):
            lines += [label, INDENT + self.assign(scope, depth)[0]]
            lines += [INDENT + "break;" if self.chance(0.5) or label == "default:" else INDENT + "/* fall through */"]
        return lines + ["}"]

    def nested_exit(self, scope, depth):
        """Two loops that end early, by a flag, a goto or a return."""
        i, j, out = self.fresh("i"), self.fresh("j"), self.fresh("out")
        inner = Scope(scope)
        inner.indices += [i, j]
        ways = ["break;", "continue;", f"goto {out};"]
        if not self.owned:
            ways.append(f"return {self.expression(scope, 1)};" if self.returns else "return;")
        way = self.choose(ways)
        lines = [f"for (int {i} = 0; {i} < {N}; {i}++) {{", INDENT + f"for (int {j} = {self.choose(['0', i])}; {j} < {N}; {j}++) {{",
                 2 * INDENT + self.assign(inner, 0)[0], 2 * INDENT + f"if ({self.condition(inner)}) {{", 3 * INDENT + way, 2 * INDENT + "}",
                 2 * INDENT + self.assign(inner, 0)[0], INDENT + "}", "}"]
        return lines + ([f"{out}:;"] if way.startswith("goto") else [])

    def chained(self, scope, depth):
        a, b = self.choose(scope.reals), self.place(scope)
        return [self.choose([f"{a} = {b} = {self.expression(scope, 1)};", f"{b} = 0.5 * ({a} = {self.expression(scope, 1)});"])
                if a != b else self.assign(scope, depth)[0]]

    def number_of(self, scope, depth):
        """An integer made of a real."""
        name = self.fresh("k")
        lines = [f"int {name} = (int)(3 * fabs({self.expression(scope, 1)})) % {N};"]
        scope.counts.append(name)
        return lines

    def flag(self, scope, depth):
        name, tries = self.fresh("found"), self.fresh("c")
        lines = [f"int {name} = 0, {tries} = 0;", f"while (!{name}) {{", *self.block(scope, depth - 1, 1),
                 INDENT + f"{name} = ++{tries} > 3 || ({self.condition(scope)});", "}"]
        return lines

    # ---- the program ----

    def main_function(self):
        lines = super().main_function()
        at = next(number for number, line in enumerate(lines) if line.startswith(INDENT + "double sum ="))
        return lines[:at + 1] + [INDENT + "level = 0.5 * a;", INDENT + f"for (int i = 0; i < {N}; i++) {{",
                                 2 * INDENT + "shared[i] = 0.25 * i + x[i];", INDENT + "}"] + lines[at + 1:]

    def program(self):
        lines = super().program()
        at = next(number for number, line in enumerate(lines) if line.startswith("static void turn"))
        functions = [line for name, text in FUNCTIONS.items() if name in self.used for line in [*text, ""]]
        return ["#include <stdlib.h>", *lines[:at], *TYPES[1:], "", *functions, *lines[at:]]

"""Random programs, for fuzz.py, that use all of C that cgrad differentiates: helpers, structs, local arrays, loops and exits of every
form, gotos, memory functions.

Every index stays in its array, every loop ends, values stay small.
"""
import re

from fuzz_loops import Chooser

N = 5  # elements of every array
INDENT = "    "

UNARY = ["sin({0})", "cos({0})", "tanh({0})", "atan({0})", "exp(sin({0}))", "log(2.5 + cos({0}))", "sqrt(1 + {0} * {0})",
         "fabs({0})", "pow(1.5 + sin({0}), 0.7)", "hypot({0}, 1)", "-{0}", "({0})", "cbrt(3 + cos({0}))"]
BINARY = ["{0} + {1}", "{0} - {1}", "0.5 * {0} * {1}", "{0} / (2 + cos({1}))", "fmax({0}, {1})", "fmin({0}, {1})",
          "{0} / (1 + {1} * {1})", "atan2({0}, 2 + cos({1}))"]
UPDATE = ["{0} = {1};", "{0} += 0.3 * sin({1});", "{0} -= 0.3 * cos({1});", "{0} *= sin({1});", "{0} /= 2 + cos({1});",
          "{0} = 0.5 * {0} + 0.3 * {1};", "{0} = -{0};"]

# What every program begins with; all of it is used, so that compilers have nothing to say.
PRELUDE = """#include <math.h>
#include <string.h>

struct pair {
    double u, v;
};

static const double table[5] = {0.5, 1, -0.25, 2, 0.75};
static const int order[5] = {3, 0, 4, 1, 2};

static void turn(struct pair *p, double angle) {
    double u = cos(angle) * p->u - sin(angle) * p->v;
    p->v = sin(angle) * p->u + cos(angle) * p->v;
    p->u = u;
}

/* Mixes two arrays, and tells the larger of two sums. */
static double mix(int n, const double *from, double *to, double weight, double *largest) {
    double sum = 0;
    *largest = from[0];
    for (int i = 0; i < n; i++) {
        to[i] = weight * to[i] + 0.5 * table[i] * from[order[i]];
        sum += from[i] * from[i];
        if (from[i] > *largest) {
            *largest = from[i];
        }
    }
    return sqrt(1 + sum);
}

/* A continued fraction. */
static double fraction(int depth, double x) {
    if (depth == 0) {
        return x;
    }
    return x / (3 + fabs(fraction(depth - 1, 0.5 * x)));
}
""".splitlines()


class Scope:
    """The names that an expression may use."""

    def __init__(self, outer=None):
        self.reals = list(outer.reals) if outer else []      # assignable
        self.arrays = list(outer.arrays) if outer else []    # (name, assignable), N elements each
        self.indices = list(outer.indices) if outer else []  # in 0 .. N - 1, never assigned by random statements
        self.counts = list(outer.counts) if outer else []    # assignable integers in 0 .. N - 1


class MixedGenerator(Chooser):
    def __init__(self, seed):
        super().__init__(seed)
        self.loops = 0  # around the current statement
        self.labels = []  # behind blocks around it
        self.helpers = [("fraction(2, ", 1)]
        self.returns = True

    # ---- expressions ---------------------------------------------------------------------------------------

    def index(self, scope):
        inner = scope.indices + scope.counts
        if not inner or self.chance(0.2):
            return str(self.random.randrange(N))
        name = self.choose(inner)
        return self.choose([name, name, name, f"({name} + {self.random.randrange(1, N)}) % {N}", f"{N - 1} - {name}"])

    def element(self, scope, assignable=False):
        arrays = [name for name, can in scope.arrays if can or not assignable]
        return f"{self.choose(arrays)}[{self.index(scope)}]" if arrays else self.choose(scope.reals)

    def place(self, scope):
        return self.element(scope, True) if self.chance(0.4) else self.choose(scope.reals)

    def leaf(self, scope):
        kind = self.random.random()
        if kind < 0.45:
            return self.choose(scope.reals)
        if kind < 0.8:
            return self.element(scope)
        if kind < 0.9 and scope.indices + scope.counts:
            return f"0.25 * {self.choose(scope.indices + scope.counts)}"
        return self.choose(["0.5", "1.25", "2.0", "0.75"])

    def expression(self, scope, depth):
        if depth == 0 or self.chance(0.15):
            return self.leaf(scope)
        kind = self.random.random()
        if kind < 0.4:
            inner = self.expression(scope, depth - 1)
            template = self.choose(UNARY)
            return template.format(self.operand(inner))
        if kind < 0.85 or not self.helpers:
            a, b = (self.operand(self.expression(scope, depth - 1)) for _ in range(2))
            return self.choose(BINARY).format(a, b)
        if kind < 0.93:
            a, b = (self.operand(self.expression(scope, depth - 1)) for _ in range(2))
            return f"({self.condition(scope)} ? {a} : {b})"
        name, arguments = self.choose(self.helpers)
        return f"{name}{', '.join(self.expression(scope, 1) for _ in range(arguments))})"

    def operand(self, text):
        return text if re.fullmatch(r"[\w.]+(\[[^][]*\])?", text) else f"({text})"

    def condition(self, scope):
        kind = self.random.random()
        integers = scope.indices + scope.counts
        if kind < 0.3 and integers:
            name = self.choose(integers)
            return self.choose([f"{name} % 2 == 0", f"{name} > 1", f"{name} != 3"])
        simple = f"{self.expression(scope, 1)} {self.choose(['<', '>', '<=', '>='])} {self.expression(scope, 1)}"
        if kind > 0.85:
            return f"({simple}) {self.choose(['&&', '||'])} ({self.condition(scope)})"
        return simple

    # ---- statements ------------------------------------------------------------------------------------------

    def block(self, scope, depth, count=None):
        inner = Scope(scope)
        lines = []
        for _ in range(count or self.random.randrange(1, 4)):
            lines += self.statement(inner, depth)
        added = inner.reals[len(scope.reals):] + inner.counts[len(scope.counts):]
        added += [f"{name}[0]" for name, _ in inner.arrays[len(scope.arrays):]]
        if added:  # every variable is used: compilers have nothing to say about the program itself
            lines.append(f"{scope.reals[-1]} += 0.05 * ({' + '.join(added)});")
        return [INDENT + line for line in lines]

    def statement(self, scope, depth):
        simple = [self.assign, self.assign, self.assign, self.declare, self.count]
        nested = [self.branch, self.loop, self.loop, self.search, self.array, self.walk, self.choice, self.struct_use,
                  self.grid, self.structs, self.copy, self.mixing, self.skip, self.again]
        makers = simple + (nested if depth > 0 else []) + ([self.leave] if self.loops else [])
        makers += [self.jump] if self.labels else []
        return self.choose(makers)(scope, depth)

    def assign(self, scope, depth):
        return [self.choose(UPDATE).format(self.place(scope), self.expression(scope, 2))]

    def declare(self, scope, depth):
        name = self.fresh("t")
        lines = [f"double {name} = {self.expression(scope, 2)};"]
        scope.reals.append(name)
        return lines

    def count(self, scope, depth):
        if scope.counts and self.chance(0.6):
            name = self.choose(scope.counts)
            return [self.choose([f"{name} = ({name} + 1) % {N};", f"{name} = {self.index(scope)};"])]
        name = self.fresh("k")
        lines = [f"int {name} = {self.index(scope)};"]
        scope.counts.append(name)
        return lines

    def branch(self, scope, depth):
        lines = [f"if ({self.condition(scope)}) {{", *self.block(scope, depth - 1)]
        if self.chance(0.3):
            lines += [f"}} else if ({self.condition(scope)}) {{", *self.block(scope, depth - 1)]
        if self.chance(0.5):
            lines += ["} else {", *self.block(scope, depth - 1)]
        return lines + ["}"]

    def loop(self, scope, depth):
        name = self.fresh("i")
        head = self.choose([f"int {name} = 0; {name} < n; {name}++", f"int {name} = n - 1; {name} >= 0; {name}--",
                            f"int {name} = 0; {name} < {N}; {name} += 2", f"int {name} = 1; {name} <= n - 1; ++{name}"])
        inner = Scope(scope)
        inner.indices.append(name)
        self.loops += 1
        body = self.block(inner, depth - 1)
        self.loops -= 1
        return [f"for ({head}) {{", *body, "}"]

    def search(self, scope, depth):
        """A loop whose trip count depends on values."""
        name = self.fresh("c")
        self.loops += 1
        body = [INDENT + f"{name}++;", *self.block(scope, depth - 1)]
        self.loops -= 1
        test = f"{name} < 4 && ({self.condition(scope)})"
        if self.chance(0.5):
            return [f"int {name} = 0;", f"while ({test}) {{", *body, "}"]
        return [f"int {name} = 0;", "do {", *body, f"}} while ({test});"]

    def leave(self, scope, depth):
        word = self.choose(["break", "continue", "break", "return"])
        if word == "return":
            word = f"return {self.expression(scope, 1)}" if self.returns else "return"
        return [f"if ({self.condition(scope)}) {{", INDENT + f"{word};", "}"]

    def skip(self, scope, depth):
        """A block that gotos leave, from inside nested loops too."""
        name = self.fresh("skip")
        self.labels.append(name)
        body = [*self.jump(scope, depth), *self.block(scope, depth - 1)]
        self.labels.pop()
        return ["{", *body, "}", f"{name}:;"]

    def jump(self, scope, depth):
        return [f"if ({self.condition(scope)}) {{", INDENT + f"goto {self.choose(self.labels)};", "}"]

    def again(self, scope, depth):
        """A loop made of a goto."""
        name, tries = self.fresh("again"), self.fresh("c")
        return [f"int {tries} = 0;", f"{name}:;", "{", *self.block(scope, depth - 1), "}",
                f"if (++{tries} < 3 && ({self.condition(scope)})) {{", INDENT + f"goto {name};", "}"]

    def array(self, scope, depth):
        name, i = self.fresh("w"), self.fresh("i")
        inner = Scope(scope)
        inner.indices.append(i)
        lines = [f"double {name}[{N}];", f"for (int {i} = 0; {i} < {N}; {i}++) {{",
                 INDENT + f"{name}[{i}] = {self.expression(inner, 2)};", "}"]
        scope.arrays.append((name, True))
        return lines

    def walk(self, scope, depth):
        name, i = self.fresh("p"), self.fresh("i")
        array = self.choose([array for array, _ in scope.arrays])
        return [f"const double *{name} = {array};", f"for (int {i} = 0; {i} < {N}; {i}++) {{",
                INDENT + f"{self.choose(scope.reals)} += sin(*{name}++);", "}"]

    def choice(self, scope, depth):
        integers = scope.indices + scope.counts
        if not integers:
            return self.assign(scope, depth)
        loops, self.loops = self.loops, 0  # a break would mean something else
        lines = [f"switch ({self.choose(integers)} % 3) {{"]
        for label in ("case 0:", "case 1:", "default:"):
            lines += [f"{label} {{", *self.block(scope, depth - 1, 1), INDENT + "break;", "}"]
        self.loops = loops
        return lines + ["}"]

    def struct_use(self, scope, depth):
        name = self.fresh("s")
        lines = [f"struct pair {name} = {{{self.expression(scope, 1)}, {self.expression(scope, 1)}}};",
                 f"turn(&{name}, {self.expression(scope, 1)});"]
        scope.reals += [f"{name}.u", f"{name}.v"]
        return lines

    def grid(self, scope, depth):
        name, i, j = self.fresh("g"), self.fresh("i"), self.fresh("j")
        inner = Scope(scope)
        inner.indices += [i, j]
        lines = [f"double {name}[3][{N}];", f"for (int {i} = 0; {i} < 3; {i}++) {{",
                 INDENT + f"for (int {j} = 0; {j} < {N}; {j}++) {{",
                 2 * INDENT + f"{name}[{i}][{j}] = {self.expression(inner, 2)};", INDENT + "}", "}"]
        scope.arrays += [(f"{name}[{row}]", True) for row in range(3)]
        return lines

    def structs(self, scope, depth):
        name, i = self.fresh("q"), self.fresh("i")
        inner = Scope(scope)
        inner.indices.append(i)
        lines = [f"struct pair {name}[3];", f"for (int {i} = 0; {i} < 3; {i}++) {{",
                 INDENT + f"{name}[{i}].u = {self.expression(inner, 2)};",
                 INDENT + f"{name}[{i}].v = {self.expression(inner, 1)};",
                 INDENT + f"turn(&{name}[{i}], {self.expression(inner, 1)});", "}"]
        if self.chance(0.5):
            lines.append(f"{name}[0] = {name}[2];")
        scope.reals += [f"{name}[{self.random.randrange(3)}].{field}" for field in "uv"]
        return lines

    def copy(self, scope, depth):
        name = self.fresh("w")
        lines = [f"double {name}[{N}];", f"memcpy({name}, {self.choose(scope.arrays)[0]}, sizeof {name});"]
        scope.arrays.append((name, True))
        return lines

    def mixing(self, scope, depth):
        to = [name for name, can in scope.arrays if can]
        if not to:
            return self.copy(scope, depth)
        to = self.choose(to)
        source = self.choose([name for name, _ in scope.arrays if name != to] + ["table"])
        name = self.fresh("t")
        lines = [f"double {name};",
                 f"{self.choose(scope.reals)} = mix({N}, {source}, {to}, {self.expression(scope, 1)}, &{name});"]
        scope.reals.append(name)
        return lines

    # ---- functions -----------------------------------------------------------------------------------------------

    def helper(self):
        name = self.fresh("help")
        scope = Scope()
        scope.reals = ["a", "b"]
        scope.arrays = [("z", True)]
        loops, self.loops = self.loops, 0
        lines = [f"static double {name}(double a, double b) {{", INDENT + "const int n = 3;",
                 INDENT + "double z[5] = {a, b, 1, 2, a};", *self.block(scope, 1, 3),
                 INDENT + f"return {self.expression(scope, 2)} + 0.1 * n * z[1];", "}", ""]
        self.loops = loops
        self.helpers.append((name + "(", 2))
        return lines

    def main_function(self):
        self.returns = self.chance(0.6)
        inout = self.chance(0.3)
        writes = not self.returns or self.chance(0.4)
        outputs = (["x[n]"] if inout else []) + (["y[n]"] if writes else []) + (["return"] if self.returns else [])
        kind = "double" if self.returns else "void"
        comment = ["/* CHECK-OPTIONS identity=1e-9L difference=1e-5L */", f"/* CHECK f: x[n], a -> {', '.join(outputs)}", f" *   int n = {N}",
                   f" *   {'inout' if inout else 'in'} double x[{N}] = random(0.3, 1.4)", " *   in double a = random(0.5, 1.5)"]
        comment += [f" *   out double y[{N}]"] if writes else []
        comment += [" *   returns double"] if self.returns else []
        scope = Scope()
        scope.reals, scope.arrays = ["a"], [("x", inout)]
        start = f"{self.expression(scope, 1)} + 0.125 * n + fraction(3, a)"
        scope.reals.append("sum")
        scope.arrays += [("y", True)] if writes else []
        parameters = f"int n, {'' if inout else 'const '}double *x, double a" + (", double *y" if writes else "")
        lines = [*comment, " */", f"{kind} f({parameters}) {{", INDENT + f"double sum = {start};"]
        if writes:
            lines += [INDENT + "for (int i = 0; i < n; i++) {", 2 * INDENT + "y[i] = 0.5 * x[i];", INDENT + "}"]
        lines += [INDENT + "struct pair start = {a, x[0]};", INDENT + "double top, mixed[5] = {0};",
                  *(INDENT + f"sum += 0.1 * {name}a{', 0.5' * (count - 1)});" for name, count in self.helpers[1:]),
                  INDENT + "turn(&start, sum);", INDENT + "sum += mix(n, x, mixed, start.u, &top) + 0.1 * top;"]
        scope.reals += ["start.v", "top"]
        scope.arrays.append(("mixed", True))
        lines += self.block(scope, 3, self.random.randrange(3, 7))
        lines.append(INDENT + (f"return {self.expression(scope, 2)} + sum;" if self.returns else "y[0] += sum;"))
        return lines + ["}"]

    def program(self):
        lines = PRELUDE + [""]
        for _ in range(self.random.randrange(3)):
            self.returns = True
            lines += self.helper()
        return lines + self.main_function()

#!/usr/bin/env python3
"""Makes random C programs for check_program.py: make_programs.py SEED FILE.

Each has a few helper functions and one function to differentiate, built of what cgrad must understand: nested loops of every
kind with break and continue, returns from anywhere, switch, conditions on reals, values replaced in place, local and work
arrays, structs, pointers that walk, calls with output parameters and recursion. Values stay moderate, indices in range, loops
short, and nothing is read before it is written. The same seed gives the same program.
"""
import random
import sys

N = 5  # elements of every array


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines, self.depth, self.loops, self.statements = [], 1, 0, 0
        self.counter = 0
        self.helpers = []

    # ---- choices ------------------------------------------------------------------------------------------------

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, probability):
        return self.random.random() < probability

    def fresh(self, stem):
        self.counter += 1
        return f"{stem}{self.counter}"

    def emit(self, text):
        self.lines.append("    " * self.depth + text)

    # ---- what is in scope: lists of names, copied for inner blocks --------------------------------------------------

    def enter(self):
        self.scopes.append({kind: list(names) for kind, names in self.scopes[-1].items()})
        self.depth += 1

    def leave(self):
        self.scopes.pop()
        self.depth -= 1

    def names(self, kind):
        return self.scopes[-1][kind]

    # ---- expressions --------------------------------------------------------------------------------------------

    def index(self):
        counters = self.names("int")
        if counters and self.chance(0.75):
            base = self.pick(*counters)
            form = self.pick("{0} % n", "({0} + 1) % n", "({0} * 2 + 1) % n", "n - 1 - {0} % n", "{0} % 3")
            return form.format(base)
        return self.pick("0", "1", "n - 1", "2", "3")

    def place(self):
        """An lvalue of type double."""
        kinds = [("scalar", 4), ("array", 3), ("struct", 1), ("pointer", 2), ("matrix", 1)]
        kinds = [(kind, weight) for kind, weight in kinds if self.names(kind)]
        kind = self.random.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
        name = self.pick(*self.names(kind))
        if kind == "scalar":
            return name
        if kind == "struct":
            return f"{name}.{self.pick('u', 'v', f'w[{self.pick(0, 1, 2)}]')}"
        if kind == "pointer":
            return self.pick(f"*{name}", f"{name}[0]")
        if kind == "matrix":
            return f"{name}[{self.index()}][{self.pick(0, 1)}]"
        return f"{name}[{self.index()}]"

    def leaf(self):
        choice = self.random.random()
        if choice < 0.15:
            return self.pick("0.5", "1.5", "2", "0.25", "-1", "3")
        if choice < 0.3 and self.names("constant"):
            name = self.pick(*self.names("constant"))
            return f"{name}[{self.index()}]"
        if choice < 0.38 and self.names("int"):
            return self.pick(*self.names("int"))
        return self.place()

    def value(self, depth=2):
        if depth == 0 or self.chance(0.25):
            return self.leaf()
        a, b = self.value(depth - 1), self.value(depth - 1)
        form = self.pick(
            "({0} + {1})", "({0} - {1})", "0.5 * ({0}) * ({1})", "({0}) / (1.5 + ({1}) * ({1}))", "sin({0})", "tanh({0})",
            "exp(-({0}) * ({0}))", "sqrt(1 + ({0}) * ({0}))", "cos({0} - {1})", "-({0})", "fabs({0})", "fmax({0}, {1})",
            "({0} > {1} ? {0} : sin({1}))", "({0}) * 0.75", "atan2({0}, 2 + cos({1}))",
        )
        return form.format(a, b)

    def bounded(self):
        return self.pick("sin({0})", "tanh({0})", "0.9 * sin({0})").format(self.value())

    def condition(self):
        form = self.pick("{0} > {1}", "{0} < {1}", "{0} > 0.3", "{0} > {1} && {2} < 0.7", "{0} < -0.2 || {2} > {1}",
                         "!({0} > 0.1)")
        if self.names("int") and self.chance(0.25):
            return f"{self.pick(*self.names('int'))} % {self.pick(2, 3)} == {self.pick(0, 1)}"
        return form.format(self.leaf(), self.leaf(), self.value(1))

    # ---- statements ---------------------------------------------------------------------------------------------

    def assignment(self):
        place = self.place()
        form = self.random.random()
        if form < 0.4:
            self.emit(f"{place} = {self.bounded()};")
        elif form < 0.6:
            self.emit(f"{place} {self.pick('+=', '-=')} 0.5 * {self.bounded()};")
        elif form < 0.75:
            self.emit(f"{place} *= {self.bounded()};")
        elif form < 0.8:
            self.emit(f"{place} /= 1.25 + {self.bounded()} * 0.5;")
        elif form < 0.9:
            self.emit(f"{place} = {place} * 0.5 + {self.bounded()};")
        else:
            self.emit(f"{place} = {self.place()} = {self.bounded()};")

    def declaration(self):
        kind = self.pick("scalar", "scalar", "array", "pointer", "struct", "int", "work", "matrix")
        name = self.fresh({"scalar": "s", "array": "t", "pointer": "p", "struct": "g", "int": "k", "work": "w",
                           "matrix": "m"}[kind])
        if kind == "scalar":
            self.emit(f"double {name} = {self.bounded()};")
            self.names("scalar").append(name)
        elif kind == "array":
            self.emit(f"double {name}[{N}] = {{{self.bounded()}, {self.leaf()}}};")
            self.names("array").append(name)
        elif kind == "matrix":
            self.emit(f"double {name}[{N}][2] = {{{{{self.leaf()}}}, {{1, {self.bounded()}}}}};")
            self.names("matrix").append(name)
        elif kind == "struct":
            self.emit(f"struct group {name} = {{{self.bounded()}, {self.leaf()}, {{{self.leaf()}, 1, 2}}, 3}};")
            self.names("struct").append(name)
        elif kind == "int":
            self.emit(f"int {name} = {self.pick('0', '1', 'n - 2', '3')};")
            self.names("int").append(name)
        elif kind == "pointer" and self.names("array"):
            array = self.pick(*self.names("array"))
            self.emit(f"double *{name} = &{array}[{self.index()}];")
            self.names("pointer").append(name)
        elif kind == "work":
            i = self.fresh("i")
            self.emit(f"double *{name} = malloc((size_t)n * sizeof *{name});")
            self.emit(f"for (int {i} = 0; {i} < n; {i}++)")
            self.emit(f"    {name}[{i}] = {self.bounded()};")
            self.names("array").append(name)
            self.names("work").append(name)

    def release(self):
        """Frees what this block allocated."""
        for name in self.names("work"):
            if name not in self.scopes[-2]["work"]:
                self.emit(f"free({name});")

    def body(self, budget, in_loop=False):
        self.enter()
        for _ in range(self.random.randint(1, max(1, budget))):
            self.statement(budget - 1, in_loop)
        self.release()
        self.leave()

    def loop(self, budget):
        self.loops += 1
        i = self.fresh("i")
        form = self.random.randrange(6)
        count = self.pick("n", "3", "n - 1", "2")
        start = len(self.lines)
        if form == 0:
            self.emit(f"for (int {i} = 0; {i} < {count}; {i}++) {{")
        elif form == 1:
            self.emit(f"for (int {i} = {count} - 1; {i} >= 0; {i}--) {{")
        elif form == 2:
            self.emit(f"for (int {i} = 0; {i} < {count}; {i} += 2) {{")
        else:
            self.emit(f"int {i} = {self.pick('0', '1')};")
            self.names("int").append(i)
            self.emit({3: f"while ({i} < {count} && ({self.condition()})) {{", 4: "do {",
                       5: f"for (;; {i} += {self.pick(1, 2)}) {{"}[form])
        self.enter()
        if form == 4:
            self.emit(f"    {i}++;"[4:])
        if form in (3,):
            self.emit(f"{i}++;")
        if form == 5:
            self.emit(f"if ({i} >= {count})")
            self.emit("    break;")
        if form < 3:
            self.names("int").append(i)
        self.protected.append(i)
        self.depth -= 1
        self.body(budget, in_loop=True)
        self.depth += 1
        self.protected.pop()
        self.leave()
        self.emit(f"}} while ({i} < {count});" if form == 4 else "}")
        self.loops -= 1
        return start

    def branch(self, budget, in_loop):
        self.emit(f"if ({self.condition()}) {{")
        self.body(budget, in_loop)
        if self.chance(0.5):
            self.emit("} else {")
            self.body(budget, in_loop)
        self.emit("}")

    def switch(self, budget, in_loop):
        if not self.names("int"):
            return self.branch(budget, in_loop)
        self.emit(f"switch ({self.pick(*self.names('int'))} % 3) {{")
        for label in ("case 0:", "case 1:", "default:"):
            self.emit(label)
            self.emit("{")
            self.body(budget, False)
            self.emit("}")
            if self.chance(0.75) or label == "default:":
                self.emit("    break;")
            else:
                self.emit("    /* fall through */")
        self.emit("}")

    def jump(self, in_loop):
        """A conditional way out; only where nothing allocated would be lost."""
        if self.names("work"):
            return self.assignment()
        if in_loop and self.chance(0.7):
            self.emit(f"if ({self.condition()})")
            self.emit(f"    {self.pick('break', 'continue')};")
        elif self.returns:
            self.emit(f"if ({self.condition()})")
            self.emit(f"    return {self.bounded()};")
        else:
            self.assignment()

    def walk(self):
        """A pointer of its own that runs over an array."""
        array = self.pick(*self.names("array"))
        p = self.fresh("q")
        form = self.random.randrange(5)
        if form == 0:
            self.emit(f"for (double *{p} = {array}; {p} < {array} + n; {p}++)")
            self.emit(f"    *{p} {self.pick('=', '+=', '*=')} 0.9 * sin(*{p} + {self.leaf()});")
        elif form == 1:
            self.emit(f"double *{p} = {array};")
            self.emit(f"*{p}++ *= {self.bounded()};")
            self.emit(f"*++{p} += 0.5 * {self.bounded()};")
            self.names("pointer").append(p)
        elif form == 2:
            self.emit(f"double *{p} = {array} + n;")
            self.emit(f"while ({p} != {array}) {{")
            self.emit(f"    --{p};")
            self.emit(f"    *{p} = sin(*{p}) + 0.25 * {self.leaf()};")
            self.emit(f"}}")
            self.names("pointer").append(p)
        elif form == 3:
            self.emit(f"const double *{p} = {array} + {self.pick(0, 1)};")
            self.emit(f"r += 0.25 * {p}[1] * *{p};")
        else:
            i = self.fresh("k")
            self.emit(f"int {i} = 0;")
            self.emit(f"{array}[{i}++] = {self.bounded()};")
            self.emit(f"{array}[{i}++] -= 0.5 * {array}[{i}];" if self.chance(0) else f"{array}[++{i}] *= 0.5;")
            self.names("int").append(i)

    def memory(self):
        """memcpy, memset, whole structs, swaps, chained and embedded assignments."""
        arrays = [a for a in self.names("array")]
        form = self.random.randrange(7)
        if form == 0 and len(arrays) > 1:
            to, source = self.random.sample(arrays, 2)
            self.emit(f"memcpy({to}, {source}, (size_t)n * sizeof *{to});")
        elif form == 1:
            self.emit(f"memset({self.pick(*arrays)}, 0, 2 * sizeof(double));")
        elif form == 2 and len(self.names("struct")) > 1:
            to, source = self.random.sample(self.names("struct"), 2)
            self.emit(f"{to} = {source};")
        elif form == 3:
            a, b, t = self.place(), self.place(), self.fresh("s")
            self.emit(f"double {t} = {a};")
            self.emit(f"{a} = {b};")
            self.emit(f"{b} = {t};")
        elif form == 4:
            t = self.fresh("s")
            self.emit(f"double {t};")
            self.emit(f"r = ({t} = {self.bounded()}) * 0.5 + ({self.condition()} ? {self.place()} : {self.leaf()});")
            self.names("scalar").append(t)
        elif form == 5:
            array = self.pick(*arrays)
            self.emit(f"if (({self.pick('r', 'a')} *= 0.5) > 0.1 && ({array}[1] += 0.25 * r) < 1)")
            self.emit(f"    {self.place()} = {self.bounded()};")
        else:
            name = self.fresh("s")
            self.emit(f"float {name} = (float)({self.bounded()});")
            self.emit(f"r += 0.25 * {name} * {name};" if self.chance(0.5) else f"{self.place()} *= {name};")

    def converge(self):
        """A loop whose trips depend on values."""
        s, k = self.fresh("s"), self.fresh("k")
        self.emit(f"double {s} = 1 + 0.25 * {self.bounded()};")
        self.emit(f"int {k} = 0;")
        self.emit(f"while ({s} {self.pick('> 0.4', '* ' + s + ' > 0.3')} && {k}++ < 6)")
        self.emit(f"    {s} = {self.pick('0.7 * {0} * cos({0} * a)', '0.8 * {0} + 0.1 * sin(r)', 'sin({0}) * 0.9')};".format(s))
        self.names("scalar").append(s)
        self.names("int").append(k)

    def count(self):
        changeable = [name for name in self.names("int") if name not in self.protected and not name.startswith("i")]
        if not changeable:
            return self.assignment()
        name = self.pick(*changeable)
        self.emit(f"{name} = ({name} + {self.pick(1, 2)}) % 4;" if self.chance(0.7) else
                  f"{name} = {self.leaf()} > 0.1 ? 1 : 2;")

    def call(self):
        if not self.helpers:
            return self.assignment()
        name, parameters, returns = self.pick(*self.helpers)
        arguments, used = [], set()
        for parameter in parameters:
            if parameter == "int":
                arguments.append("n")
            elif parameter == "double":
                arguments.append(self.value(1))
            elif parameter == "const double *":
                arguments.append(self.pick(*self.names("array")))
            elif parameter in ("struct", "struct *"):
                if not self.names("struct"):
                    return self.assignment()
                arguments.append(("&" if "*" in parameter else "") + self.pick(*self.names("struct")))
            elif parameter == "place":
                choices = [s for s in self.names("scalar") if "&" + s not in used]
                if not choices:
                    return self.assignment()
                arguments.append("&" + self.pick(*choices))
                used.add(arguments[-1])
            else:
                choices = [a for a in self.names("array") if a not in used and a != "x"] or None
                if choices is None:
                    return self.assignment()
                arguments.append(self.pick(*choices))
                used.add(arguments[-1])
        if any(a in used and arguments.count(a) > 1 for a in arguments):
            return self.assignment()
        text = f"{name}({', '.join(arguments)})"
        if returns == "struct":
            self.emit(f"{self.pick(*self.names('struct'))} = {text};")
        elif returns and self.chance(0.3):
            self.emit(f"if ({text} > 0.1)")
            self.emit(f"    {self.place()} *= 0.75;")
        else:
            self.emit(f"{self.place()} = 0.5 * {text};" if returns else f"{text};")

    def statement(self, budget, in_loop):
        self.statements += 1
        choice = self.random.random()
        if budget <= 0 or self.statements > 40 or choice < 0.34:
            return self.assignment()
        if choice < 0.46:
            return self.declaration()
        if choice < 0.62 and self.loops < 3:
            return self.loop(budget)
        if choice < 0.74:
            return self.branch(budget, in_loop)
        if choice < 0.79:
            return self.switch(budget, in_loop)
        if choice < 0.86:
            return self.jump(in_loop)
        if choice < 0.88:
            return self.count()
        if choice < 0.91:
            return self.walk()
        if choice < 0.94:
            return self.memory()
        if choice < 0.955:
            return self.converge()
        return self.call()

    # ---- functions ----------------------------------------------------------------------------------------------

    def function(self, head, names, returns, budget, last):
        self.lines.append(head + " {")
        self.scopes = [{"scalar": [], "array": [], "pointer": [], "struct": [], "int": [], "matrix": [], "constant": [],
                        "work": [], **names}]
        self.protected, self.returns, self.statements, self.loops, self.depth = [], returns, 0, 0, 0
        self.enter()
        self.emit("double r = 0.5;")
        self.names("scalar").append("r")
        while self.statements < budget:
            self.statement(3, False)
        self.release()
        if last:
            self.emit(last)
        self.lines += ["}", ""]

    def fixed_helper(self):
        """Helpers of forms that the random body does not have: recursion, structs, several arrays."""
        name = self.fresh("h")
        form = self.random.randrange(5)
        if form == 0:
            self.lines += [f"static double {name}(int n, double a, double *b) {{",
                           "    if (n <= 1)", "        return sin(a) * b[0];", "    b[n - 1] *= 0.75 * cos(a);",
                           f"    double half = {name}(n / 2, 0.5 * a, b);",
                           f"    return 0.5 * half + 0.25 * {name}(n - n / 2, a * half, b + n / 2);", "}", ""]
            self.helpers.append((name, ["int", "double", "double *"], True))
        elif form == 1:
            self.lines += [f"static void {name}(struct group *g, double a) {{",
                           "    g->u = sin(g->u * a) + g->w[g->id % 3];", "    g->w[1] *= g->v;", "    g->id++;", "}", ""]
            self.helpers.append((name, ["struct *", "double"], False))
        elif form == 2:
            self.lines += [f"static struct group {name}(struct group g, double a) {{",
                           "    if (a > 0.2)", "        g.w[2] = a * g.u;", "    else", "        g.v *= 0.5;",
                           "    g.u += g.w[0] * a;", "    g.u = tanh(g.u);", "    return g;", "}", ""]
            self.helpers.append((name, ["struct", "double"], "struct"))
        elif form == 3:
            self.lines += [f"static double {name}(int n, const double *b, double *d) {{", "    double sum = 0;",
                           "    for (int i = 0; i < n; i++) {", "        if (b[i] > 0.8)", "            return sum * b[i];",
                           "        d[i] = sin(d[i]) * b[n - 1 - i];", "        sum += 0.25 * d[i];", "    }",
                           "    return sum;", "}", ""]
            self.helpers.append((name, ["int", "const double *", "double *"], True))
        else:
            self.lines += [f"static int {name}(double a, double *p, double *q) {{", "    double t = *p;",
                           "    *p = 0.5 * *q + a;", "    *q = t * 0.75;", "    return *p > *q;", "}", ""]
            self.helpers.append((name, ["double", "place", "place"], True))

    def helper(self):
        if self.chance(0.5):
            return self.fixed_helper()
        name = self.fresh("h")
        returns = self.chance(0.6)
        writes = not returns or self.chance(0.4)
        parameters = ["int", "double", "double *" if writes else "const double *"]
        head = f"static {'double' if returns else 'void'} {name}(int n, double a, {parameters[2]}b)"
        if not writes:
            self.lines.append(head + " {")
            self.depth = 1
            self.emit("double sum = a;")
            self.emit("for (int i = 0; i < n; i++)")
            self.emit(f"    sum {self.pick('+=', '-=')} {self.pick('sin(b[i] * a)', '0.5 * b[i] * sum', 'b[i] * b[n - 1 - i] * 0.3')};")
            self.emit(f"return {self.pick('tanh(sum)', '0.25 * sum')};")
            self.lines += ["}", ""]
        else:
            self.function(head, {"scalar": ["a"], "array": ["b"]}, returns, self.random.randint(2, 6),
                          "return tanh(r);" if returns else None)
        self.helpers.append((name, parameters, returns))

    def program(self):
        self.lines += ["struct group {", "    double u, v, w[3];", "    int id;", "};", ""]
        for _ in range(self.random.randint(0, 2)):
            self.helper()
        self.function(f"double f(int n, const double *x, double a, double *y, const double *c)",
                      {"scalar": ["a"], "array": ["y"], "constant": ["c", "x", "x"]}, True, self.random.randint(5, 16),
                      "return r;")
        body = "\n".join(self.lines)
        tolerances = "identity=1e-5L difference=1e-3L" if "float " in body else "identity=1e-10L difference=1e-6L"
        return f"""#include <math.h>
#include <stdlib.h>
#include <string.h>

/* CHECK f: x[n], a, y[n] -> y[n], return
 *   int n = {N}
 *   in double x[{N}] = random(-1.5, 1.5)
 *   in double a = random(-1.5, 1.5)
 *   inout double y[{N}] = random(-1.5, 1.5)
 *   double c[{N}] = random(-1.5, 1.5)
 *   returns double
 */
/* CHECK-OPTIONS {tolerances} loose warnings */

{body}"""


def main():
    seed, path = sys.argv[1:]
    with open(path, "w") as file:
        file.write(Maker(int(seed)).program())


if __name__ == "__main__":
    main()

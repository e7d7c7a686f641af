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
            self.emit({3: f"while ({i} < {count} && {self.condition()}) {{", 4: "do {",
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
        if not self.names("pointer"):
            return self.assignment()
        pointer = self.pick(*self.names("pointer"))
        array = self.pick(*[a for a in self.names("array")])
        self.emit(f"{pointer} = {array} + {self.index()};" if self.chance(0.0) else f"*{pointer} = {self.bounded()};")

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
            else:
                choices = [a for a in self.names("array") if a not in used and a != "x"] or None
                if choices is None:
                    return self.assignment()
                arguments.append(self.pick(*choices))
                used.add(arguments[-1])
        if any(a in used and arguments.count(a) > 1 for a in arguments):
            return self.assignment()
        text = f"{name}({', '.join(arguments)})"
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
        if choice < 0.91:
            return self.count()
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

    def helper(self):
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
        return f"""#include <math.h>
#include <stdlib.h>

/* CHECK f: x[n], a, y[n] -> y[n], return
 *   int n = {N}
 *   in double x[{N}] = random(-1.5, 1.5)
 *   in double a = random(-1.5, 1.5)
 *   inout double y[{N}] = random(-1.5, 1.5)
 *   double c[{N}] = random(-1.5, 1.5)
 *   returns double
 */
/* CHECK-OPTIONS identity=1e-10L difference=1e-6L loose warnings */

{body}"""


def main():
    seed, path = sys.argv[1:]
    with open(path, "w") as file:
        file.write(Maker(int(seed)).program())


if __name__ == "__main__":
    main()

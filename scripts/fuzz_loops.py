"""Random programs of loops over arrays, for fuzz.py: nests that are rectangular or triangular, that run up or down, over rows,
columns, neighbours (periodic ones too), elements far away, in place or not.

Which elements a nest touches is found by running its loops here: every access stays in its array. Values stay small.
"""
import random

N, M = 4, 5  # rows and columns; 1-D arrays have as many elements as the grids
SIZE = N * M
INDENT = "    "

FORMS = ["0.3 * sin({0} * {1})", "0.4 * {0} - 0.2 * {1}", "0.3 * {0} * {1}", "cos({0}) + 0.1 * {1}", "0.5 * {0}", "tanh({0} + {1})",
         "{0} / (2 + {1} * {1})", "sqrt(1 + {0} * {0})", "exp(-{0} * {0})"]
UPDATES = ["{0} = {1};", "{0} += {1};", "{0} -= {1};", "{0} *= 0.7 + 0.2 * sin({1});", "{0} /= 1.5 + 0.3 * cos({1});",
           "{0} = 0.5 * {0} + {1};", "{0} = sqrt(1 + {0} * {0});", "{0} = 0;", "{0} = {1} / (2 + {0} * {0});"]


class Loop:
    def __init__(self, index, text, values):
        self.index, self.text, self.values = index, text, values  # values: of the outer indices -> a range


class Chooser:
    """What makes a program of a seed: choices, and names that are free."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0

    def chance(self, probability):
        return self.random.random() < probability

    def choose(self, items):
        return self.random.choice(items)

    def fresh(self, base):
        self.names += 1
        return f"{base}{self.names}"


class LoopGenerator(Chooser):
    # ---- loops: C text and, for the same loop, a function of the outer indices that gives its values ----

    def loop(self, outer, rows):
        index, bound, name = self.fresh("ijk"[min(len(outer), 2)]), N if rows else M, "n" if rows else "m"
        low, high = self.choose([(0, 0), (0, 0), (1, 0), (0, 1), (1, 1), (2, 0)])
        kind = self.choose(["up"] * 4 + ["down", "step", "equal", "size", "below", "above"])
        if kind in ("below", "above") and not outer:
            kind = "up"
        if kind == "size" and high:
            kind = "up"
        end = f"{name} - {high}" if high else name
        if kind == "down":
            text = f"for (int {index} = {name} - {high + 1}; {index} >= {low}; {index}--) {{"
            return Loop(index, text, lambda at: range(bound - high - 1, low - 1, -1))
        if kind == "step":
            return Loop(index, f"for (int {index} = {low}; {index} < {end}; {index} += 2) {{", lambda at: range(low, bound - high, 2))
        if kind == "equal":
            return Loop(index, f"for (int {index} = {low}; {index} <= {name} - {high + 1}; ++{index}) {{",
                        lambda at: range(low, bound - high))
        if kind == "size":
            return Loop(index, f"for (size_t {index} = {low}; {index} < (size_t){name}; {index}++) {{", lambda at: range(low, bound))
        if kind == "below":
            other = self.choose(outer).index
            return Loop(index, f"for (int {index} = 0; {index} < (int){other}; {index}++) {{", lambda at: range(0, at[other]))
        if kind == "above":
            other = self.choose(outer).index
            return Loop(index, f"for (int {index} = (int){other} + 1; {index} < {name}; {index}++) {{",
                        lambda at: range(at[other] + 1, bound))
        return Loop(index, f"for (int {index} = {low}; {index} < {end}; {index}++) {{", lambda at: range(low, bound - high))

    @staticmethod
    def points(loops):
        """All values that the indices of the nest take together."""
        points = [{}]
        for loop in loops:
            points = [{**at, loop.index: value} for at in points for value in loop.values(at)]
        return points

    # ---- accesses ----

    def subscript(self, loops, bound, at_all):
        """An index of [0, bound) in all points, as C that Python can read, too."""
        for _ in range(12):
            index = self.choose(loops).index if loops else "0"
            text = self.choose([index, index, f"{index} + 1", f"{index} - 1", f"{index} - 2", str(self.random.randrange(bound)),
                                f"{bound - 1} - {index}"])
            if all(0 <= eval(text, {}, at) < bound for at in at_all):
                return text
        return "0"

    def access(self, loops, at_all, assigned=False):
        array = self.choose(["x", "y", "z", "g"] if assigned else ["x", "y", "z", "g", "a", "h"])
        row = lambda: self.subscript(loops, N, at_all)
        column = lambda: self.subscript(loops, M, at_all)
        simple = lambda text: text if text.isalnum() else f"({text})"
        if array in ("g", "h"):
            return f"{array}[{row()}][{column()}]"
        if self.chance(0.2):
            return f"{array}[{self.subscript(loops, SIZE, at_all)}]"
        return f"{array}[{simple(row())} * m + {column()}]"

    def value(self, loops, at_all, locals_):
        operands = [self.choose(locals_) if locals_ and self.chance(0.4) else self.access(loops, at_all) for _ in range(2)]
        return self.choose(FORMS).format(*operands)

    # ---- statements ----

    def neighbours(self, loops, at_all, pad):
        """Periodic neighbours of the innermost index, and statements with them."""
        inner = loops[-1].index
        if not all(0 <= at[inner] < M for at in at_all):
            return []
        left, right = self.fresh("left"), self.fresh("right")
        ways = [(f"{inner} == 0 ? m - 1 : (int){inner} - 1", f"(int){inner} == m - 1 ? 0 : (int){inner} + 1"),
                (f"((int){inner} + m - 1) % m", f"((int){inner} + 1) % m"), (f"{inner} > 0 ? (int){inner} - 1 : m - 1", f"(int){inner} < m - 1 ? (int){inner} + 1 : 0")]
        before, after = self.choose(ways)
        source, target = self.choose(["x", "y", "z"]), self.access(loops, at_all, True)
        outer = f"{loops[0].index} * m + " if len(loops) > 1 and all(0 <= at[loops[0].index] < N for at in at_all) else ""
        value = f"0.3 * {source}[{outer}{left}] * {self.access(loops, at_all)} - 0.2 * {source}[{outer}{right}]"
        return [f"{pad}int {left} = {before};", f"{pad}int {right} = {after};",
                pad + self.choose(["{0} = {1};", "{0} += {1};", "{0} -= {1};"]).format(target, value)]

    def body(self, loops, pad):
        at_all, locals_, lines = self.points(loops), [], []
        if not at_all:
            return [f"{pad}x[0] *= 1.0;"]
        if self.chance(0.25):
            lines += self.neighbours(loops, at_all, pad)
        for _ in range(self.random.randrange(1, 4)):
            kind = self.random.random()
            if kind < 0.25:
                name = self.fresh("v")
                lines.append(f"{pad}double {name} = {self.value(loops, at_all, locals_)};")
                locals_.append(name)
                if self.chance(0.3):
                    lines.append(f"{pad}{name} += {self.value(loops, at_all, [])};")
            elif kind < 0.35:
                lines.append(f"{pad}sum += 0.1 * {self.value(loops, at_all, locals_)};")
            elif kind < 0.45:
                target = self.access(loops, at_all, True)
                asked = target if self.chance(0.5) else self.access(loops, at_all)
                lines += [f"{pad}if ({asked} > 0.6) {{",
                          f"{pad}{INDENT}{self.choose(UPDATES).format(target, self.value(loops, at_all, locals_))}", f"{pad}}}"]
            else:
                lines.append(pad + self.choose(UPDATES).format(self.access(loops, at_all, True), self.value(loops, at_all, locals_)))
        lines += [f"{pad}sum += 0.01 * {name};" for name in locals_ if not any(name in line for line in lines if f"double {name} =" not in line)]
        return lines

    def nest(self, loops, pad, depth):
        loop = self.loop(loops, rows=not loops if self.chance(0.8) else bool(loops))
        inner = loops + [loop]
        lines = [pad + loop.text]
        if depth == 1 or not self.points(inner):
            lines += self.body(inner, pad + INDENT)
        else:
            reduction = self.chance(0.3)
            if reduction:
                total, at_all = self.fresh("total"), self.points(inner)
                third = self.loop(inner, rows=False)
                points = self.points(inner + [third])
                lines.append(f"{pad}{INDENT}double {total} = 0;")
                if points:
                    lines += [pad + INDENT + third.text,
                              f"{pad}{2 * INDENT}{total} += 0.3 * {self.access(inner + [third], points)} * {self.access(inner + [third], points)};",
                              f"{pad}{INDENT}}}"]
                lines.append(f"{pad}{INDENT}{self.access(inner, at_all, True)} {self.choose(['=', '+=', '-='])} {total};")
            if self.chance(0.4):
                lines += self.body(inner, pad + INDENT)
            if not reduction or self.chance(0.5):
                lines += self.nest(inner, pad + INDENT, depth - 1)
            if self.chance(0.3):
                lines += self.body(inner, pad + INDENT)
        return lines + [pad + "}"]

    def packed(self, pad):
        """An integer that walks over elements, a step in every iteration of two loops."""
        outer = self.loop([], rows=True)
        inner = self.loop([outer], rows=self.chance(0.5))
        count, step = len(self.points([outer, inner])), self.choose([1, 1, 1, 2, -1])
        at, array = self.fresh("at"), self.choose("xyz")
        reach = count * abs(step)
        if not 0 < reach < SIZE:
            return []
        at_all, early = self.points([outer, inner]), self.chance(0.3)
        place = f"{array}[{at}]"
        value = self.value([outer, inner], at_all, [f"a[{at}]", place])
        work = pad + 2 * INDENT + self.choose(["{0} += {1};", "{0} -= {1};", "{0} = 0.5 * {0} + {1};", "sum += 0.1 * {0} * ({1});"]).format(place, value)
        if self.chance(0.5):
            work = f"{pad}{2 * INDENT}{self.access([outer, inner], at_all, True)} {self.choose(['+=', '-='])} 0.3 * {place} * a[{at}];"
        move = pad + 2 * INDENT + (f"{at}++;" if step == 1 else f"{at} += {step};")
        start = SIZE - 1 if step < 0 else 0
        lines = [f"{pad}int {at} = {start};", pad + outer.text, pad + INDENT + inner.text]
        return lines + ([move, work] if early else [work, move]) + [f"{pad}{INDENT}}}", f"{pad}}}", f"{pad}sum += 0.001 * {at};"]

    def program(self):
        steps = self.chance(0.4)
        pad = 2 * INDENT if steps else INDENT
        lines = ["#include <math.h>", "#include <stddef.h>", "",
                 "/* CHECK-OPTIONS identity=1e-9L difference=1e-5L */", f"/* CHECK f: x[{SIZE}], y[{SIZE}], z[{SIZE}], a[{SIZE}], g, h -> x, y, z, g, return",
                 f" *   int n = {N}", f" *   int m = {M}"]
        lines += [f" *   {role} double {name}[{SIZE}] = random(0.3, 1.2)" for name, role in
                  (("x", "inout"), ("y", "inout"), ("z", "inout"), ("a", "in"))]
        lines += [f" *   {role} double {name}[{N}][{M}] = random(0.3, 1.2)" for name, role in (("g", "inout"), ("h", "in"))]
        sized = self.chance(0.5)
        grid = "double {0}[n][m]" if sized else f"double {{0}}[{N}][{M}]"
        lines += [" *   returns double", " */",
                  f"double f(int n, int m, double *x, double *y, double *z, const double *a, {grid.format('g')}, {grid.format('h')}) {{",
                  INDENT + "double sum = 0.125 * n * m + a[0] * h[0][0];"]
        if steps:
            lines.append(INDENT + f"for (int t = 0; t < {self.random.randrange(1, 4)}; t++) {{")
        for _ in range(self.random.randrange(1, 4)):
            lines += self.packed(pad) if self.chance(0.25) else self.nest([], pad, self.choose([1, 2, 2, 2, 3]))
        if steps:
            lines.append(INDENT + "}")
        return lines + [INDENT + "return sum + 0.1 * (x[0] + y[0] + z[0] + g[0][0]);", "}"]

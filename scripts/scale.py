#!/usr/bin/env python3
"""How time, memory and output of cgrad grow with its input.

    scale.py --cgrad build/cgrad

Two curves: files of ever more functions, of which a tenth is differentiated, and functions of ever more statements.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

FUNCTION = """\
static int order_{0} = 3;
double state_{0}[4];

double model_{0}(const double *x, int n) {{
    double sum = 0;
    for (int i = 0; i < n; i++) {{
        if (x[i] > order_{0})
            continue;
        state_{0}[i % 4] = sin(x[i]) * sum;
        sum += state_{0}[i % 4] + x[i] * x[i];
    }}
    return sum{1};
}}
"""
STATEMENTS = """\
    t = x[{0} % n] * u + sin(t);
    if (t > {0})
        u = t * 0.5;
    for (int i = 0; i < n; i++)
        u += x[i] * t;
    w[{0} % 8] = u * t;
"""


def many_functions(lines):
    text = "#include <math.h>\n"
    count = lines // (FUNCTION.count("\n") + 1)
    for k in range(count):
        call = f" * model_{k - 1}(x, n)" if k % 10 else ""
        text += FUNCTION.format(k, call) + "\n"
    return text, [f"model_{k}: x[n]" for k in range(9, count, 100)]


def one_function(lines):
    body = "".join(STATEMENTS.format(k) for k in range(lines // STATEMENTS.count("\n")))
    text = ("#include <math.h>\n\ndouble model(const double *x, int n) {\n    double t = 1, u = 0.5, w[8] = {0};\n" + body +
            "    return t + u + w[0];\n}\n")
    return text, ["model: x[n]"]


def measure(cgrad, directory, make, lines):
    source, output = directory / "big.c", directory / "big_grad.c"
    text, requests = make(lines)
    source.write_text(text)
    command = [cgrad, source, "-o", output] + [word for r in requests for word in ("--grad", r)]
    start = time.monotonic()
    process = subprocess.Popen([str(word) for word in command])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"cgrad failed on {lines} lines")
    seconds = time.monotonic() - start
    return text.count("\n"), output.read_text().count("\n"), seconds, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cgrad", required=True)
    arguments = parser.parse_args()
    curves = [("functions", many_functions, (12500, 25000, 50000, 100000)),
              ("one function", one_function, (625, 1250, 2500, 5000))]
    print(f"{'input':14} {'lines':>8} {'output':>8} {'seconds':>8} {'MiB':>6}")
    with tempfile.TemporaryDirectory() as directory:
        for name, make, sizes in curves:
            for size in sizes:
                lines, output, seconds, memory = measure(arguments.cgrad, pathlib.Path(directory), make, size)
                print(f"{name:14} {lines:8} {output:8} {seconds:8.2f} {memory:6.0f}", flush=True)


if __name__ == "__main__":
    main()

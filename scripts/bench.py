#!/usr/bin/env python3
"""Times derivatives of the benchmark problems: the one that cgrad generates, one written by hand (bench/NAME/adjoint.c), and one
taped by ADOL-C (bench/NAME/adolc.cpp, where it is written and the library is installed).

    bench.py --cgrad build/cgrad [NAME...]

The driver bench/NAME/time.c first checks that all agree, then times them in turn in one process and keeps the shortest times
(bench/support/bench.h). Printed are the time of the primal, the other times as multiples of that, and the memory that the
gradients by cgrad and by hand allocate beyond what the primal does.
"""
import argparse
import json
import math
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPTIMIZE = ["-O3", "-march=native", "-fno-math-errno", "-fopenmp-simd"]
WRAPPED = [f"-Wl,--wrap={name}" for name in ("malloc", "calloc", "realloc", "free")]
COMPILERS = {"gcc": ("gcc", "g++"), "clang": ("clang-19", "clang++-19")}
# Linear or bilinear: the adjoint by hand does without the primal's values, and so does cgrad's.
WITHOUT_VALUES = ("brusselator", "fft", "gemm", "jacobi", "transformer")
RIVALS = ("hand", "cgrad", "adolc")


def run(command):
    subprocess.run([str(word) for word in command], check=True)


def has_adolc(compiler):
    probe = [compiler, "-x", "c++", "-fsyntax-only", "-include", "adolc/adolc.h", "/dev/null"]
    return subprocess.run(probe, stderr=subprocess.DEVNULL).returncode == 0


def build(name, folder, options):
    """Builds the driver of bench/NAME; the path of the program."""
    model = ROOT / "bench" / name
    generated = folder / f"{name}_grad.c"
    c, cxx = COMPILERS[options.compiler]
    includes = [f"-I{path}" for path in (model, folder, ROOT / "bench/support", ROOT / "test/support", ROOT / "runtime")]
    values = ["--no-primal"] if name in WITHOUT_VALUES else []
    run([options.cgrad, f"-I{ROOT / 'runtime'}", *values, *options.cgrad_option, model / f"{name}.c", "-o", generated])
    sources = [model / "time.c", model / "adjoint.c", model / f"{name}.c", generated, ROOT / "bench/support/bench.c"]
    objects = [folder / f"{name}-{source.stem}.o" for source in sources]
    taped = (model / "adolc.cpp").exists() and options.adolc
    defines = ["-DBENCH_ADOLC"] if taped else []
    for source, target in zip(sources, objects):
        run([c, "-std=gnu11", *OPTIMIZE, *defines, *includes, "-c", source, "-o", target])
    if taped:
        objects.append(folder / f"{name}-adolc.o")
        run([cxx, "-std=gnu++17", "-w", "-fpermissive", *OPTIMIZE, *includes, "-c", model / "adolc.cpp", "-o", objects[-1]])
    program = folder / name
    run([cxx if taped else c, *objects, *WRAPPED, *(["-ladolc"] if taped else []), "-lm", "-o", program])
    return program


def measure(program, options):
    """The program's rows; those whose derivatives do not agree are marked by its exit code."""
    environment = {"BENCH_SECONDS": str(options.seconds), "PATH": "/usr/bin:/bin"}
    result = subprocess.run([program], stdout=subprocess.PIPE, text=True, env=environment,
                            cwd=program.parent)  # ADOL-C writes large tapes to files
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    for row in rows:
        for rival in RIVALS:
            if f"{rival}_seconds" in row:
                row[rival] = row[f"{rival}_seconds"] / row["primal_seconds"]
    return rows, result.returncode == 0


def ratio(row, rival):
    return f"{row[rival]:8.2f}" if rival in row else f"{'':8}"


def memory(count):
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def print_row(row):
    print(f"{row['problem']:<22} {row['size']:<22} {1e3 * row['primal_seconds']:10.4f} "
          f"{' '.join(ratio(row, rival) for rival in RIVALS)} {memory(row['hand_bytes']):>9} {memory(row['cgrad_bytes']):>9}",
          flush=True)


def print_means(rows):
    """Geometric means, a problem counting once however many sizes it has."""
    print(f"{'geometric mean':<22} {'':<22} {'':10}", end="")
    for rival in RIVALS:
        problems = {}
        for row in rows:
            if rival in row:
                problems.setdefault(row["problem"], []).append(math.log(row[rival]))
        logarithms = [sum(values) / len(values) for values in problems.values()]
        print(f" {math.exp(sum(logarithms) / len(logarithms)):8.2f}" if logarithms else f" {'':8}", end="")
    print()


def machine(compiler):
    version = subprocess.run([COMPILERS[compiler][0], "--version"], stdout=subprocess.PIPE, text=True).stdout.splitlines()[0]
    try:
        models = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    except OSError:
        models = []
    return {"processor": models[0] if models else platform.machine(), "processors": len(models), "compiler": version,
            "flags": " ".join(OPTIMIZE)}


def main():
    parser = argparse.ArgumentParser(description="time the derivatives of the benchmark problems")
    parser.add_argument("names", nargs="*", help="of bench/; all of them")
    parser.add_argument("--cgrad", required=True, type=pathlib.Path)
    parser.add_argument("--cgrad-option", action="append", default=[], help="pass to cgrad")
    parser.add_argument("--compiler", choices=COMPILERS, default="gcc")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each size of each problem")
    parser.add_argument("--json", action="store_true", help="print one object of JSON instead")
    options = parser.parse_args()
    options.adolc = has_adolc(COMPILERS[options.compiler][1])
    names = options.names or sorted(driver.parent.name for driver in (ROOT / "bench").glob("*/time.c"))
    folder = options.cgrad.resolve().parent / "bench" / options.compiler
    folder.mkdir(parents=True, exist_ok=True)
    rows, failed = [], []
    if not options.json:
        print(", ".join(str(value) for value in machine(options.compiler).values()))
        print(f"{'problem':<22} {'size':<22} {'primal ms':>10} {'hand':>8} {'cgrad':>8} {'ADOL-C':>8} {'memory':>9} {'cgrad':>9}")
    for name in names:
        try:
            new, agreed = measure(build(name, folder, options), options)
        except subprocess.CalledProcessError as error:
            new, agreed = [], False
            print(f"{name}: {error}", file=sys.stderr)
        rows += new
        failed += [] if agreed else [name]
        if not options.json:
            for row in new:
                print_row(row)
    if options.json:
        print(json.dumps({"machine": machine(options.compiler), "rows": rows, "failed": failed}, indent=1))
    elif rows:
        print_means(rows)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

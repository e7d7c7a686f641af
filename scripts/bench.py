#!/usr/bin/env python3
"""Times the derivatives of the benchmark models (bench/NAME), at the sizes at which their drivers check them.

    bench.py --cgrad build/cgrad [NAME...]

One line for each size: the time of the function, and those of its tangent and its adjoint as multiples of that.
"""
import argparse
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPTIMIZE = ["-O3", "-fopenmp-simd"]


def time_model(name, folder, options):
    model = ROOT / "bench" / name
    generated = folder / f"{name}_grad.c"
    includes = [f"-I{path}" for path in (model, folder, ROOT / "test/support", ROOT / "runtime")]
    subprocess.run([options.cgrad, f"-I{ROOT / 'runtime'}", *options.cgrad_option, model / f"{name}.c", "-o", generated],
                   check=True)
    sources = [model / "check.c", model / f"{name}.c", model / "precise.c", generated]
    program = folder / name
    subprocess.run([options.cc, "-std=gnu11", *OPTIMIZE, "-DMODEL_TIME", *includes, *sources, "-lm", "-o", program], check=True)
    lines = subprocess.run([program], stdout=subprocess.PIPE, text=True).stdout.splitlines()
    print("\n".join(line for line in lines if "inputs" in line), flush=True)


def main():
    parser = argparse.ArgumentParser(description="time the derivatives of the benchmark models")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--cgrad", required=True, type=pathlib.Path)
    parser.add_argument("--cgrad-option", action="append", default=[], help="pass to cgrad")
    parser.add_argument("--cc", default="gcc", help="the C compiler")
    options = parser.parse_args()
    names = options.names or sorted(driver.parent.name for driver in (ROOT / "bench").glob("*/check.c"))
    folder = options.cgrad.resolve().parent / "bench"
    folder.mkdir(exist_ok=True)
    print(f"{'model':<12} {'':6} {'':6} {'':6} {'':7} {'function':>12} {'jvp':>11} {'vjp':>8}")
    failed = 0
    for name in names:
        try:
            time_model(name, folder, options)
        except subprocess.CalledProcessError as error:
            failed += 1
            print(f"{name}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

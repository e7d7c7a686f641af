#!/usr/bin/env python3
"""Checks who includes whom: the arrows of doc/design.md.

* A layer (a folder of lib/) includes only the layers that ARROWS grants it, and of those only the public header
  (ir/ir.h; the messages of base/diag.def belong to base); of itself it may include everything.
* Only lib/front knows libclang. lib never includes the runtime, nor the runtime lib. The tool sees lib/cgrad.h only.
* Includes are written from lib/ on ("ir/ir.h"), so that each line says where it leads.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARROWS = {
    "base": set(),
    "ir": {"base"},
    "rules": {"base", "ir"},
    "front": {"base", "ir", "rules"},
    "emit": {"base", "ir"},
    "analysis": {"base", "ir", "rules"},
    "clean": {"base", "ir"},
    "ad": {"base", "ir", "rules", "analysis", "clean", "front", "emit"},
}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def complaint_in_lib(layer, quote, path):
    """Why a file of `layer` (None: lib/cgrad.c) must not include `path`; None if it may."""
    if path.startswith("clang-c/"):
        return None if layer == "front" else "only lib/front knows libclang"
    if path.startswith("cgrad/"):
        return "lib does not include the runtime"
    if quote == "<":
        return None
    to, _, name = path.rpartition("/")
    if layer is None and path == "cgrad.h":
        return None
    if to not in ARROWS:
        return "not written from lib/ on" if not to else "no such layer"
    if to == layer:
        return None
    if layer is not None and to not in ARROWS[layer]:
        return f"{layer} must not know {to}"
    return None if name == to + ".h" else f"private to {to}"


def complaint_in_tool(quote, path):
    ours = quote == '"' and path not in ("cgrad.h", "options.def")
    return "the tool sees lib/cgrad.h only" if ours else None


def complaint_in_runtime(quote, path):
    ours = quote == '"' or (path.startswith("cgrad/") and not (ROOT / "runtime" / path).exists())
    return 'the runtime includes <cgrad/...> and the standard headers only' if ours else None


def complaints(file):
    """(line number, include, reason) of every include that is not granted."""
    text = file.read_text()
    folder = file.relative_to(ROOT).parts
    for match in INCLUDE.finditer(text):
        quote, path = match.groups()
        if folder[0] == "tool":
            reason = complaint_in_tool(quote, path)
        elif folder[0] == "runtime":
            reason = complaint_in_runtime(quote, path)
        else:
            reason = complaint_in_lib(folder[1] if len(folder) > 2 else None, quote, path)
        if reason:
            yield text.count("\n", 0, match.start()) + 1, path, reason


def main():
    files = sorted(f for top in ("lib", "tool", "runtime") for f in (ROOT / top).rglob("*") if f.suffix in (".c", ".h"))
    failed = 0
    for file in files:
        found = list(complaints(file))
        failed += bool(found)
        for line, path, reason in found:
            print(f"{file.relative_to(ROOT)}:{line}: includes {path}: {reason}")
    print(f"{len(files) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

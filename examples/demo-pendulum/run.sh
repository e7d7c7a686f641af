#!/bin/sh
# The demo: differentiate pendulum.c, compile, fit the filmed pendulum, show what was generated.
set -eu
here=$(dirname "$0")
build=${BUILD:-build}
out=$build/demo
mkdir -p "$out"

show() {
    printf '$ %s\n' "$*"
    "$@"
}

echo
show "$build/cgrad" "$here/pendulum.c" -o "$out/pendulum_grad.c"
show "${CC:-cc}" -O2 -I "$here" -I "$out" -I runtime "$here/main.c" "$here/pendulum.c" "$out/pendulum_grad.c" -lm -o "$out/demo"
show "$out/demo"

lines=$(wc -l <"$out/pendulum_grad.c")
printf '\nThe generated file: %s (%d lines). In it:\n\n' "$out/pendulum_grad.c" "$lines"
sed -n '/^\/\* pendulum_loss_/,/^}/p' "$out/pendulum_grad.c" | head -n 48 | sed 's/^/    /'

// RUN: %cgrad -I%runtime -o %t.c %s --header %t.h
// RUN: gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%runtime -fsyntax-only %t.c
// RUN: FileCheck %s < %t.c
#include <cgrad/cgrad.h>

typedef double row[3];

static int count(int n, const row *m) {
    int result = 0;
    for (int i = 0; i < n; i++)
        result += m[i][0] > 0;
    return result;
}

/* Rows where const rows are expected: strict compilers want to be told. */
// CHECK: count(2, (const row *)m)
// CHECK: count(2, (const row *)t)
CGRAD_VJP(m)
double f(row *m) {
    row t[2];
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 3; k++)
            t[i][k] = m[i][k] * m[1 - i][k];
    return t[1][2] * count(2, m) + t[0][0] * count(2, t);
}

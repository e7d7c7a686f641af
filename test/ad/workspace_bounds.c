// What cannot be bounded in advance is refused, each time with its place.
// RUN: %status 1 %cgrad -I%runtime --workspace -o %t.c %s 2>&1 | FileCheck %s
#include <cgrad/cgrad.h>
#include <stdlib.h>

// CHECK: workspace_bounds.c:[[@LINE+5]]:5: error: --workspace: how much memory 'settle_vjp' takes is not known in advance: it is not clear how often this loop runs: say so with CGRAD_MAX_TRIPS(k) in its body
CGRAD_VJP(a)
double settle(double a) {
    double x = 1;
    /* until it settles */
    while (x * x > a * (1 + 1e-9))
        x = 0.5 * (x + a / x);
    return x;
}

// CHECK: error: --workspace: how much memory 'tree_vjp' takes is not known in advance: it is not clear how deep this recursion goes
CGRAD_VJP(x)
double tree(int depth, double x) {
    if (depth == 0)
        return x;
    double below = tree(depth - 1, x * x);
    return below * tree(depth - 1, x);
}

// CHECK: error: --workspace: how much memory 'gather_vjp' takes is not known in advance: it is not clear how much is allocated or recorded here
CGRAD_VJP(x[n])
double gather(int n, const int *size, const double *x) {
    double *work = malloc((size_t)size[0] * sizeof *work);
    double sum = 0;
    for (int i = 0; i < size[0]; i++)
        work[i] = x[i % n];
    for (int i = 0; i < size[0]; i++)
        sum += work[i] * work[i];
    free(work);
    return sum;
}

/* What a loop allocates has no bound, whatever is said of how often it runs. */
// CHECK: error: --workspace: how much memory 'retry_vjp' takes is not known in advance: it is not clear how much is allocated or recorded here
CGRAD_VJP(x[n])
double retry(int n, const int *size, const double *x) {
    double sum = 0;
    int round = 0;
    while (sum < 3 && round < 9) {
        CGRAD_MAX_TRIPS(9);
        double *work = malloc((size_t)size[round] * sizeof *work);
        for (int i = 0; i < size[round]; i++)
            work[i] = x[i % n] * x[i % n];
        for (int i = 0; i < size[round]; i++)
            sum += work[i] * work[i];
        free(work);
        round++;
    }
    return sum;
}

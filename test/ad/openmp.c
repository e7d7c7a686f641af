// OpenMP directives are read as the serial program that they stand in, and that is said once.
// RUN: %cgrad %s --grad 'f: x[n]' --jvp 'f: x[n]' -o %t.c 2>&1 | FileCheck %s --match-full-lines --strict-whitespace
// RUN: FileCheck --check-prefix=CODE --input-file=%t.c %s
// RUN: %status 1 %cgrad -Werror %s --grad 'f: x[n]' -o %t.c

static int count(int n) {
    int k = 0;
#pragma omp parallel for
    for (int i = 0; i < n; i++)
#pragma omp atomic
        k++;
    return k;
}

double f(const double *x, int n) {
    double sum = 0;
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
#pragma omp parallel
    {
#pragma omp single
        sum *= count(n);
    }
    return sum;
}

//      CHECK:{{.*}}openmp.c:17:1: warning: 'f' has OpenMP directives, which its derivative does not follow: it runs serially
// CHECK-NEXT:#pragma omp parallel for reduction(+ : sum)
// CHECK-NEXT:^
//  CHECK-NOT:warning

// CODE: double f_grad(

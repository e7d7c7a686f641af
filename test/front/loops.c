// Counted loops in all spellings; the others are while loops.
// RUN: %cgrad --dump=front --stop-after=front %s -o %t.c | FileCheck %s
#include <stddef.h>

static int least(int a, int b) {
    return a < b ? a : b;
}
struct matrix {
    int n;
    double *v;
};
void fill(double *v, int n);

// CHECK-LABEL: double counted(
// CHECK: for (int i = 0; i < n; i += 1)
// CHECK: for (h = (n - 1); h >= 0; h += -2)
// CHECK: for (int i = 1; i < (n - 1); i += 1)
// CHECK: for (size_t i = 1; i < ((size > 1UL) ? (size - 1UL) : 0UL); i += 1)
// CHECK: for (int i = 0; i < ((n < m) ? n : m); i += 1)
// CHECK: for (int i = 0; i < n; i += 1) [break]
// CHECK-NEXT: if ((x[i] <= 0)) {
// CHECK: j = n;
// CHECK-NEXT: for (h = 0; h < n; h += 1)
// CHECK: for (int k = row[n]; k < row[(n + 1)]; k += 1)
// CHECK: for (int k = 0; k < a->n; k += 1)
// CHECK: least_1 = least(n, m);
// CHECK-NEXT: for (int k = 0; k < least_1; k += 1)
// CHECK: for (unsigned int count_1 = 7; count_1 > 0U; count_1 += -1)
// CHECK-NEXT: unsigned int k = (count_1 - 1U);
// CHECK: for (j = 0; j < m; j += 1)
// CHECK: int start_1 = m;
// CHECK-NEXT: for (int count_2 = start_1; count_2 != 0; count_2 += -1)
// CHECK-NEXT: m = (count_2 - 1);
// CHECK: m = -1;

double counted(int n, int m, size_t size, const double *x, const int *row, struct matrix *a) {
    double s = 0;
    int h, j;
    for (int i = 0; i < n; i++)
        s += x[i];
    for (h = n - 1; 0 <= h; h = h - 2)
        s += x[h];
    for (int i = 1; i + 1 < n; ++i)
        s += x[i];
    for (size_t i = 1; i + 1 < size; i++)
        s += x[i];
    for (int i = 0; i < n && i < m; i++)
        s += x[i];
    for (int i = 0; i < n && !(x[i] <= 0); i++)
        s += x[i];
    for (h = 0, j = n; h < n; h++, j--) {
        if (j == 3)
            continue;
        s += x[j];
    }
    for (int k = row[n]; k < row[n + 1]; k++)
        s += x[k];
    for (int k = 0; k < a->n; k++)
        a->v[k] = s;
    for (int k = 0; k < least(n, m); k++)
        s += k;
    for (unsigned k = 7; k-- > 0;)
        s += k;
    j = 0;
    while (j < m) {
        s += j;
        j++;
    }
    while (m--)
        s *= 2;
    return s + h + j + m;
}

// CHECK-LABEL: double uncounted(
// CHECK: while ((i < *limit))
// CHECK: while ((i < n))
// CHECK: while ((i < n))
// CHECK: while ((i < a->n))
// CHECK: while ((step < n))
// CHECK: while ((t < 1))

double uncounted(int n, double *x, int *limit, struct matrix *a) {
    double s = 0;
    for (int i = 0; i < *limit; i++)
        *limit -= i;
    for (int i = 0; i < n; i++)
        i += x[i] > 0;
    for (int i = 0; i < n; i++)
        n--;
    for (int i = 0; i < a->n; i++)
        fill(a->v, i);
    for (int step = 1; step < n; step *= 2)
        s += x[step];
    for (double t = 0; t < 1; t += 0.25)
        s += t;
    return s;
}

#include <math.h>
#include <stdlib.h>

/* CHECK inverse: a[n * n] -> b[n * n]
 *   int n = 3
 *   in double a[9] = {4, 1, 0.5, 1, 3, 0.25, 0.5, 0.25, 2}
 *   out double b[9]
 */
/* CHECK built: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */

/* Functions that return pointers, and helpers that allocate and free. */
static double *new_vector(int n) {
    double *v = malloc(n * sizeof *v);
    if (!v)
        abort();
    for (int i = 0; i < n; i++)
        v[i] = 0;
    return v;
}

static void free_vector(double *v) {
    free(v);
}

static double *row(double *a, int n, int i) {
    return a + i * n;
}

static const double *larger(const double *a, const double *b) {
    return *a > *b ? a : b;
}

/* Gauss-Jordan, without pivoting. */
void inverse(int n, const double *a, double *b) {
    double *work = new_vector(n * n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            row(work, n, i)[j] = a[i * n + j];
            *(row(b, n, i) + j) = i == j;
        }
    for (int k = 0; k < n; k++) {
        double *wk = row(work, n, k), *bk = row(b, n, k);
        double pivot = wk[k];
        for (int j = 0; j < n; j++) {
            wk[j] /= pivot;
            bk[j] /= pivot;
        }
        for (int i = 0; i < n; i++) {
            if (i == k)
                continue;
            double *wi = row(work, n, i), *bi = row(b, n, i), factor = wi[k];
            for (int j = 0; j < n; j++) {
                wi[j] -= factor * wk[j];
                bi[j] -= factor * bk[j];
            }
        }
    }
    free_vector(work);
}

double built(int n, const double *x) {
    double *v = new_vector(n), sum = 0;
    for (int i = 0; i < n; i++)
        v[i] = sin(x[i]) * *larger(x + i, x);
    for (int i = 0; i < n; i++)
        sum += v[i] * *larger(&v[i], &v[n - 1 - i]);
    free_vector(v);
    return sum;
}

static double *smallest(double *p, int n) {
    double *best = p;
    for (int i = 1; i < n; i++)
        if (p[i] < *best)
            best = &p[i];
    return best;
}

/* One pointer, given twice by a function that returns a place in its argument. */
static void relax(double *a, int n) {
    double *m = smallest(a, n);
    *m *= 2;
    m = smallest(a, n);
    *m += a[0] * a[1];
}

/* CHECK relaxed: x[4] -> return
 *   in double x[4] = random(0.3, 1)
 *   returns double
 */
double relaxed(const double *x) {
    double w[4], s = 0;
    for (int k = 0; k < 2; k++) {
        double v[4];
        for (int i = 0; i < 4; i++)
            v[i] = w[i] = x[i] * (k + 1);
        relax(w, 4);
        relax(v, 3);
        s += *smallest(v, 4) * *smallest(w, 3) + v[1];
    }
    return s;
}

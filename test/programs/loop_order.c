#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* CHECK product: a[12], b[20] -> c[15]
 *   int n = 3
 *   int m = 4
 *   int p = 5
 *   in double a[12] = random(-1, 1)
 *   in double b[20] = random(-1, 1)
 *   out double c[15]
 */
/* CHECK added_product: a[12], b[20], c[15] -> c
 *   size_t n = 3
 *   size_t m = 4
 *   size_t p = 5
 *   in float a[12] = random(-1, 1)
 *   in double b[20] = random(-1, 1)
 *   inout double c[15] = random(-1, 1)
 */
/* CHECK squared: a[16] -> c[16]
 *   int n = 4
 *   in double a[16] = random(-1, 1)
 *   out double c[16]
 */
/* CHECK layers: w, x[6] -> y[4]
 *   in double w[4][6] = random(-1, 1)
 *   in double x[6] = random(-1, 1)
 *   out double y[4]
 */
/* CHECK smooth: x[30], y[30] -> x, y
 *   int n = 5
 *   int m = 6
 *   int steps = 3
 *   inout double x[30] = random(-1, 1)
 *   inout double y[30] = random(-1, 1)
 */
/* CHECK cube: x, y -> y
 *   in double x[4][4][4] = random(-1, 1)
 *   inout double y[4][4][4] = random(-1, 1)
 */
/* CHECK periodic: x[8] -> y[8]
 *   int n = 8
 *   in double x[8] = random(-1, 1)
 *   out double y[8]
 */
/* CHECK in_place: x[9] -> x
 *   int n = 9
 *   inout double x[9] = random(0.5, 1.5)
 */
/* CHECK gathered: x[6], y[6] -> y[6]
 *   int n = 6
 *   int from[6] = {3, 3, 0, 5, 1, 3}
 *   in double x[6] = random(-1, 1)
 *   inout double y[6] = random(-1, 1)
 */
/* CHECK strided: x[12], y[12] -> y[12]
 *   int n = 12
 *   int stride = 3
 *   in double x[12] = random(-1, 1)
 *   inout double y[12] = random(-1, 1)
 */
/* CHECK empty: x[1], y[3] -> y
 *   int n = 3
 *   int m = 0
 *   in double x[1] = random(-1, 1)
 *   inout double y[3] = random(-1, 1)
 */
/* CHECK single: x[4] -> x
 *   int n = 4
 *   inout double x[4] = random(-1, 1)
 */
/* CHECK overlapping: x[8] -> return
 *   int n = 4
 *   in double x[8] = random(-1, 1)
 *   returns double
 */
/* CHECK itself: x[8] -> x
 *   int n = 8
 *   inout double x[8] = random(-1, 1)
 */
/* CHECK members: p[3], q -> p
 *   int n = 3
 *   inout struct body p[3] = random(-1, 1)
 *   in struct body q = random(-1, 1)
 */
/* CHECK rows: x[12], v[4] -> return
 *   int n = 3
 *   int m = 4
 *   in double x[12] = random(-1, 1)
 *   in double v[4] = random(-1, 1)
 *   returns double
 */
/* CHECK swept: x[8], c -> x
 *   int n = 8
 *   inout double x[8] = random(-1, 1)
 *   in double c = random(-1, 1)
 */
/* CHECK convolved: x[10], k[3] -> y[8]
 *   int n = 8
 *   int w = 3
 *   in double x[10] = random(-1, 1)
 *   in double k[3] = random(-1, 1)
 *   out double y[8]
 */
/* CHECK reactions: u[16], v[16] -> du[16]
 *   int n = 4
 *   in double u[16] = random(-1, 1)
 *   in double v[16] = random(-1, 1)
 *   out double du[16]
 */
/* CHECK handed_on: x[7], y[7], z[7] -> y, z
 *   int n = 7
 *   in double x[7] = random(-1, 1)
 *   inout double y[7] = random(-1, 1)
 *   inout double z[7] = random(-1, 1)
 */
/* CHECK alone: u[1], v[1] -> du[1]
 *   int n = 1
 *   in double u[1] = random(-1, 1)
 *   in double v[1] = random(-1, 1)
 *   out double du[1]
 */
/* CHECK unsigned_ring: x[5] -> y[5]
 *   size_t n = 5
 *   unsigned m = 4
 *   in double x[5] = random(-1, 1)
 *   out double y[5]
 */
/* CHECK unsigned_ring_empty: x[1], y[1] -> y
 *   size_t n = 0
 *   unsigned m = 0
 *   in double x[1] = random(-1, 1)
 *   inout double y[1] = random(-1, 1)
 */
/* CHECK narrow_index: x[10], w[10] -> x, w
 *   inout double x[10] = random(0.5, 1)
 *   inout double w[10] = random(0.5, 1)
 */
/* CHECK rows_of_steps: x[15], w[15] -> x, w
 *   int n = 3
 *   int m = 5
 *   inout double x[15] = random(0.5, 1)
 *   inout double w[15] = random(0.5, 1)
 */
/* CHECK guarded_steps: x[5], w[5] -> x, w
 *   int n = 5
 *   inout double x[5] = random(0.5, 1)
 *   inout double w[5] = random(0.5, 1)
 */
/* CHECK ring_of_steps: x[6], w[6] -> x, w
 *   int n = 6
 *   inout double x[6] = random(0.5, 1)
 *   inout double w[6] = random(0.5, 1)
 */
/* CHECK ring_of_one: x[1], w[1] -> x, w
 *   int n = 1
 *   inout double x[1] = random(0.5, 1)
 *   inout double w[1] = random(0.5, 1)
 */
/* CHECK packed: lower[16], x[4], y[4] -> y
 *   int n = 4
 *   in double lower[16] = random(-1, 1)
 *   in double x[4] = random(-1, 1)
 *   inout double y[4] = random(-1, 1)
 */

/* Loops whose reverses may run in other orders, and such that may not. */

void product(int n, int m, int p, const double *a, const double *b, double *c) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < p; j++) {
            double sum = 0;
            for (int k = 0; k < m; k++)
                sum += a[i * m + k] * b[k * p + j];
            c[i * p + j] = sum;
        }
}

/* Two precisions, indices that cannot count below zero, the transposed factor. */
void added_product(size_t n, size_t m, size_t p, const float *a, const double *b, double *c) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k < m; k++)
                c[i * p + j] += a[k * n + i] * b[j * m + k];
}

/* Both factors are one array. */
void squared(int n, const double *a, double *c) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            c[i * n + j] = 0;
            for (int k = 0; k < n; k++)
                c[i * n + j] += a[i * n + k] * a[k * n + j];
        }
}

void layers(const double w[4][6], const double *x, double *y) {
    for (int i = 0; i < 4; i++) {
        y[i] = 0.5;
        for (int j = 0; j < 6; j++)
            y[i] += w[i][j] * x[j];
    }
}

void smooth(int n, int m, int steps, double *x, double *y) {
    for (int s = 0; s < steps; s++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                y[i * m + j] = 0.2 * (x[i * m + j] + x[i * m + j - 1] + x[i * m + j + 1] + x[(i - 1) * m + j] +
                                      x[(i + 1) * m + j]);
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                x[i * m + j] += 0.1 * y[i * m + j] + y[i * m + j - 1] * y[i * m + j + 1];
    }
}

void cube(double x[4][4][4], double y[4][4][4]) {
    for (int i = 1; i < 3; i++)
        for (int j = 1; j < 3; j++)
            for (int k = 1; k < 3; k++)
                y[i][j][k] = x[i - 1][j][k] + 2 * x[i + 1][j][k] + 3 * x[i][j - 1][k] - x[i][j + 1][k] * x[i][j][k - 1] +
                             x[i][j][k + 1];
}

void periodic(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        int before = i == 0 ? n - 1 : i - 1;
        int after = i == n - 1 ? 0 : i + 1;
        y[i] = x[before] - 2 * x[i] * x[i] + x[after];
    }
}

/* An order must be kept: each iteration hands something to the next. */
void in_place(int n, double *x) {
    for (int i = 1; i < n; i++)
        x[i] += 0.5 * x[i - 1];
    for (int i = 0; i < n - 1; i++)
        x[i] = x[i + 1] + 0.1 * x[i];
    for (int i = 2; i < n; i += 2)
        x[i] = 0.3 * x[i - 2] + x[i - 1];
    for (int i = n - 1; i > 0; i--)
        x[i] = 2 * x[i - 1];
}

void gathered(int n, const int *from, const double *x, double *y) {
    for (int i = 0; i < n; i++)
        y[i] += 2 * x[from[i]] + x[i] * x[from[n - 1 - i]];
    for (int i = 1; i < n; i++)
        y[from[i]] = 3 * x[i] + 0.5 * y[from[i - 1]];
}

void strided(int n, int stride, const double *x, double *y) {
    for (int i = 0; i < n; i += stride)
        for (int j = i; j < i + stride; j++)
            y[j] = x[i] * x[j];
    for (int i = stride; i < n; i += 2)
        y[i - stride] += y[i] * x[i - 1];
    for (int i = n - 1; i >= 0; i -= stride)
        y[i] += 0.5 * x[i];
}

/* The sums of loops that do not run: x[i * m] need not be there. */
void empty(int n, int m, const double *x, double *y) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            y[i] += x[i * 1000000] * x[j * 1000000];
}

/* Loops that run once: the sum stays before the assignment. */
void single(int n, double *x) {
    for (int i = 0; i < n; i++)
        for (int j = i; j < i + 1; j++) {
            double old = x[j];
            x[j] = 0.5 * old + x[n - 1 - i];
            x[i] = 2 * x[i] + old;
        }
}

static void combine(int n, const double *a, const double *b, double *c) {
    for (int i = 0; i < n; i++)
        c[i] += a[i] + 2 * b[n - 1 - i];
}

double overlapping(int n, const double *x) {
    double work[8];
    memcpy(work, x, sizeof work);
    combine(n, work, work + 2, work + 3);
    combine(n, work + 1, work, work + 4);
    combine(n, work, work, work);
    double sum = 0;
    for (int i = 0; i < 2 * n; i++)
        sum += work[i] * work[i];
    return sum;
}

static void mix(int n, double *to, const double *from) {
    for (int i = 0; i < n; i++)
        to[i] = 0.5 * to[i] + from[n - 1 - i];
}

void itself(int n, double *x) {
    mix(n, x, x);
    mix(n / 2, x + n / 2, x);
}

struct body {
    double at[3];
    double mass;
};

void members(int n, struct body *p, struct body q) {
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 3; k++) {
            p[i].at[k] += q.at[k] * q.mass;
            p[i].mass += p[i].at[k];
        }
}

double rows(int n, int m, const double *x, const double *v) {
    double total = 0;
    for (int i = 0; i < n; i++) {
        const double *row = x + i * m;
        double dot = 0;
        for (int j = 0; j < m; j++)
            dot += row[j] * v[j];
        total += dot * dot;
    }
    return total;
}

/* A value that is taken before and after it changes. */
void swept(int n, double *x, double c) {
    for (int i = 0; i < n - 1; i++) {
        double now = x[i];
        x[i] = c * now;
        x[n - 1] += 2 * now + x[i];
    }
    for (int i = 1; i < n - 1; i++) {
        x[i] += c;
        x[0] += x[i] * c;
    }
}

void convolved(int n, int w, const double *x, const double *k, double *y) {
    for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < w; j++)
            sum += x[i + j] * k[j];
        y[i] = sum;
    }
}

/* Neighbours that are periodic in two directions, by conditions and by remainders. */
void reactions(int n, const double *u, const double *v, double *du) {
    for (int i = 0; i < n; i++) {
        int above = (i + n - 1) % n;
        int below = (i + 1) % n;
        for (int j = 0; j < n; j++) {
            int left = j > 0 ? j - 1 : n - 1;
            int right = (j + 1) % n;
            int at = i * n + j;
            double reaction = u[at] * u[at] * v[at];
            du[at] = u[above * n + j] + u[below * n + j] + u[i * n + left] + u[i * n + right] - 4 * u[at] + reaction;
            du[at] *= v[i * n + left];
        }
    }
}

/* The value that goes on is taken before, or behind, another is added. */
void handed_on(int n, const double *x, double *y, double *z) {
    for (int i = 1; i < n - 1; i++) {
        y[i] = x[i - 1] + x[i + 1];
        z[i] = y[i] * x[i] + z[i];
        y[i] = z[i] * 2;
        z[i] = x[i] * y[i];
    }
}

void alone(int n, const double *u, const double *v, double *du) {
    for (int i = 0; i < n; i++) {
        int left = i > 0 ? i - 1 : n - 1, right = i < n - 1 ? i + 1 : 0;
        du[i] = u[left] * v[right] + u[i];
    }
}

/* Unsigned bounds: n - 1 is large where there are no iterations. */
void unsigned_ring(size_t n, unsigned m, const double *x, double *y) {
    for (size_t i = 0; i < n; i++) {
        size_t next = i == n - 1 ? 0 : i + 1;
        y[i] = x[next] * x[i];
    }
    for (unsigned i = 0; i < m; i++) {
        unsigned before = (i + m - 1) % m;
        y[i] += x[before];
    }
    for (unsigned i = 0; i < n; i++)
        y[i] += x[i];
}

/* An index that is too narrow to count its own neighbours, and elements that all are overwritten. */
void narrow_index(double *x, double *w) {
    for (int t = 0; t < 2; t++) {
        for (unsigned char i = 1; i < 9; i++)
            w[i] = x[i - 1] * x[i] * x[i + 1];
        for (signed char i = 1; i < 9; i++)
            x[i] *= w[i];
    }
}

/* As the pieces of other arrays, one per row. */
void rows_of_steps(int n, int m, double *x, double *w) {
    for (int t = 0; t < 2; t++) {
        for (int i = 0; i < n; i++) {
            double *row = x + i * m;
            for (int j = 1; j < m - 1; j++)
                w[i * m + j] = row[j] * row[j + 1] + x[i * m + j - 1] * row[j];
        }
        for (int i = 0; i < n * m; i++)
            x[i] += w[i] * x[i];
    }
}

/* The neighbours are read under a condition: they need not be there. */
void guarded_steps(int n, double *x, double *w) {
    for (int t = 0; t < 2; t++) {
        for (int i = 0; i < n; i++) {
            w[i] = x[i] * x[i];
            if (i > 0)
                w[i] *= x[i - 1];
            w[i] *= i < n - 1 ? x[i + 1] : 1;
        }
        for (int i = 0; i < n; i++)
            x[i] += w[i];
    }
}

void ring_of_steps(int n, double *x, double *w) {
    for (int t = 0; t < 3; t++) {
        for (int i = 0; i < n; i++) {
            int left = (i - 1 + n) % n, right = i < n - 1 ? i + 1 : 0, far = (i + 3) % n;
            w[i] = x[left] * x[i] + x[right] * x[i] * x[i] + x[far] * x[i];
        }
        for (int i = 0; i < n; i++)
            x[i] = 0.5 * x[i] + 0.1 * w[i];
    }
}

void ring_of_one(int n, double *x, double *w) {
    ring_of_steps(n, x, w);
}

void unsigned_ring_empty(size_t n, unsigned m, const double *x, double *y) {
    unsigned_ring(n, m, x, y);
}

/* Integers that walk: over a packed triangle, by twos, before they are used, downwards. */
void packed(int n, const double *lower, const double *x, double *y) {
    int at = 0, twice = 0, down = n * n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            y[i] += lower[at] * x[j];
            at++;
        }
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) {
            y[j] += lower[twice] * x[i] * lower[twice + 1];
            twice += 2;
        }
    for (int i = n - 1; i >= 0; i--)
        for (int j = 0; j <= i; j++) {
            down--;
            y[i] *= 1 + 0.1 * lower[down];
            y[0] += lower[down] * x[j];
        }
    for (int j = 0; j < n; j++) {
        y[j] += lower[at % n];
        at += 3;
        y[j] += lower[at % n] * x[j];
    }
}

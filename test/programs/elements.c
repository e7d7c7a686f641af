#include <math.h>
#include <stddef.h>

/* CHECK-OPTIONS workspace */
/* CHECK kept_behind: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK substitute: l[16], b[4] -> b
 *   int n = 4
 *   in double l[16] = random(0.5, 1.5)
 *   inout double b[4] = random(-1, 1)
 */
/* CHECK decompose: a[16] -> a
 *   int n = 4
 *   inout double a[16] = {4, 0.3, 0.2, 0.5, 0.1, 5, 0.7, 0.2, 0.6, 0.4, 6, 0.1, 0.3, 0.2, 0.1, 3}
 */
/* CHECK likelihood: start[3], turn[9], seen[12], table[12] -> return
 *   int steps = 4
 *   int states = 3
 *   in double start[3] = random(0.1, 1)
 *   in double turn[9] = random(0.1, 1)
 *   in double seen[12] = random(0.1, 1)
 *   inout double table[12] = random(0.1, 1)
 *   returns double
 */
/* CHECK recurrence: x[8] -> x
 *   int n = 8
 *   inout double x[8] = random(0.5, 1.5)
 */
/* CHECK overwriting: x[8] -> x
 *   int n = 8
 *   inout double x[8] = random(0.5, 1.5)
 */
/* CHECK twice: x[8] -> x
 *   int n = 8
 *   int passes = 3
 *   inout double x[8] = random(0.5, 1.5)
 */
/* CHECK windows: x[12] -> x
 *   int n = 4
 *   inout double x[12] = random(0.5, 1.5)
 */
/* CHECK wide_windows: x[16] -> x
 *   int n = 4
 *   inout double x[16] = random(0.5, 1.5)
 */
/* CHECK grid: g -> g
 *   inout double g[5][4] = random(0.5, 1.5)
 */
/* CHECK sized_grid: g -> g
 *   int rows = 5
 *   int columns = 4
 *   inout double g[5][4] = random(0.5, 1.5)
 */
/* CHECK rotation: w[3], p[3] -> out[3]
 *   in double w[3] = random(0.2, 1)
 *   in double p[3] = random(-1, 1)
 *   out double out[3]
 */
/* CHECK wavefront: c[20] -> c
 *   int n = 5
 *   int m = 4
 *   inout double c[20] = random(0.5, 1.5)
 */
/* CHECK permuted: x[6] -> x
 *   int n = 6
 *   int order[6] = {3, 1, 5, 0, 2, 4}
 *   inout double x[6] = random(0.5, 1.5)
 */
/* CHECK by_call: x[9] -> x
 *   int n = 3
 *   inout double x[9] = random(0.5, 1.5)
 */
/* CHECK quotients: x[6], d[6] -> x
 *   int n = 6
 *   inout double x[6] = random(0.5, 1.5)
 *   in double d[6] = random(0.5, 1.5)
 */
/* CHECK behind: x[6], y[6] -> y
 *   int n = 6
 *   inout double x[6] = random(0.5, 1.5)
 *   inout double y[6] = random(0.5, 1.5)
 */
/* CHECK decided: x[6] -> x
 *   int n = 6
 *   inout double x[6] = random(0.3, 1.5)
 */

/* Elements of arrays that are read when they are finished, and others that look so. */

/* Triangular solves, forwards and backwards. */
void substitute(int n, const double *l, double *b) {
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++)
            b[i] -= l[i * n + j] * b[j];
        b[i] /= l[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int j = i + 1; j < n; j++)
            b[i] -= l[j * n + i] * b[j];
        b[i] /= l[i * n + i];
    }
}

void decompose(int n, double *a) {
    for (int k = 0; k < n; k++)
        for (int i = k + 1; i < n; i++) {
            a[i * n + k] /= a[k * n + k];
            for (int j = k + 1; j < n; j++)
                a[i * n + j] -= a[i * n + k] * a[k * n + j];
        }
}

/* The forward recursion of a hidden Markov model. */
double likelihood(int steps, int states, const double *start, const double *turn, const double *seen, double *table) {
    for (int s = 0; s < states; s++)
        table[s] = start[s] * seen[s];
    for (int t = 1; t < steps; t++)
        for (int s = 0; s < states; s++) {
            double sum = 0;
            for (int from = 0; from < states; from++)
                sum += table[(t - 1) * states + from] * turn[from * states + s];
            table[t * states + s] = sum * seen[t * states + s];
        }
    double total = 0;
    for (int s = 0; s < states; s++)
        total += table[(steps - 1) * states + s];
    return log(total);
}

void recurrence(int n, double *x) {
    for (int i = 2; i < n; i++)
        x[i] = tanh(x[i - 1] * x[i - 2]) + sqrt(x[i - 1]);
    for (size_t i = 1; i < (size_t)n; i += 2)
        x[i] = exp(-x[i - 1] * x[i]);
}

/* Each iteration overwrites what it read, or what the one before read. */
void overwriting(int n, double *x) {
    for (int i = 0; i + 1 < n; i++)
        x[i] = x[i] * x[i + 1] * x[i];
    for (int i = n - 2; i >= 0; i--)
        x[i + 1] *= x[i] * x[i + 1];
    for (int i = 2; i < n; i++) {
        double before = x[i - 1];
        x[i - 1] = sin(x[i] * before);
    }
}

/* The next pass writes all of it again. */
void twice(int n, int passes, double *x) {
    for (int p = 0; p < passes; p++)
        for (int i = 1; i < n; i++)
            x[i] *= x[i - 1];
}

/* Columns that stay in their row, and such that get into the next. */
void windows(int n, double *x) {
    for (int i = 1; i < n; i++)
        for (int j = 0; j < 3; j++)
            x[i * 3 + j] *= x[(i - 1) * 3 + j] * x[(i - 1) * 3 + 2 - j];
}

void wide_windows(int n, double *x) {
    for (int i = 1; i < n; i++)
        for (int j = 0; j < 6; j++)
            x[i * 3 + j] *= x[(i - 1) * 3 + j] * x[i * 3 + j];
}

void grid(double g[5][4]) {
    for (int i = 1; i < 5; i++)
        for (int j = 1; j < 4; j++)
            g[i][j] = g[i - 1][j] * g[i][j - 1] + g[i - 1][j - 1] / g[i][j];
    for (int i = 3; i >= 0; i--)
        for (int j = 0; j < 3; j++)
            g[i][j] *= g[i + 1][j + 1] * g[i][j + 1];
}

void sized_grid(int rows, int columns, double g[rows][columns]) {
    for (int i = 1; i < rows; i++)
        for (int j = 1; j < columns; j++)
            g[i][j] = g[i - 1][j] * g[i][j - 1] + g[i - 1][j - 1] / g[i][j];
}

/* Straight-line code with constant indices. */
void rotation(const double *w, const double *p, double *out) {
    double axis[3], cross[3];
    double angle = sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
    axis[0] = w[0] / angle;
    axis[1] = w[1] / angle;
    axis[2] = w[2] / angle;
    cross[0] = axis[1] * p[2] - axis[2] * p[1];
    cross[1] = axis[2] * p[0] - axis[0] * p[2];
    cross[2] = axis[0] * p[1] - axis[1] * p[0];
    axis[1] *= axis[0] * axis[1];
    for (int k = 0; k < 3; k++)
        out[k] = p[k] * cos(angle) + cross[k] * sin(angle) + axis[k] * axis[1];
    out[2] *= out[0] * out[1];
    out[0] *= out[2];
}

void wavefront(int n, int m, double *c) {
    for (int d = 1; d < n; d++)
        for (int j = 1; j < m; j++) {
            double diagonal = c[(d - 1) * m + j - 1], above = c[(d - 1) * m + j], left = c[d * m + j - 1];
            c[d * m + j] = log(exp(-diagonal) + exp(-above) + exp(-left)) * c[d * m + j];
        }
}

void permuted(int n, const int *order, double *x) {
    for (int i = 1; i < n; i++)
        x[order[i]] *= x[order[i - 1]] * x[order[i]];
    int i = 0;
    for (i = 1; i < n; i++)
        x[0] *= x[i];
    x[i - 1] *= x[0];
}

static void scale_row(int n, double *row, const double *by) {
    for (int k = 0; k < n; k++)
        row[k] *= by[k] * row[k];
}

void by_call(int n, double *x) {
    for (int i = 1; i < n; i++) {
        x[i * n] *= x[(i - 1) * n + 1];
        scale_row(n, x + i * n, x + (i - 1) * n);
    }
    for (int i = 1; i < n; i++) {
        x[i * n] *= x[(i - 1) * n + 1] * x[i * n + 1];
        scale_row(n, x + i * n, x + (i - 1) * n);
    }
}

void quotients(int n, double *x, const double *d) {
    for (int i = 0; i < n; i++)
        x[i] /= d[i] * d[i];
    for (int i = 1; i < n; i++)
        x[i] = x[i] / x[i - 1];
    for (int i = 1; i < n; i++) {
        x[i] = sqrt(x[i]) / x[i - 1];
        x[i] = exp(x[i]);
    }
}

/* The loop lets the elements alone, what follows it does not. */
void behind(int n, double *x, double *y) {
    for (int i = 1; i < n; i++) {
        x[i] = sin(x[i - 1]) * x[i];
        y[i] *= x[i - 1] * x[i];
    }
    if (n > 3)
        x[2] = y[3];
    for (int i = 0; i < n; i++)
        y[i] *= x[i];
}

/* The condition reads what its branches change. */
void decided(int n, double *x) {
    if (x[0] < 0.9) {
        x[0] = 1 + x[0] * x[1];
    } else {
        x[0] = 0.5 * x[2] * x[0];
    }
    for (int i = 1; i < n; i++) {
        if (x[i] > x[i - 1]) {
            x[i] = 0.3 * x[i] * x[i - 1];
        } else {
            x[i] = x[i] * x[i] + x[i - 1];
        }
        switch ((int)(2 * x[i])) {
        case 0: x[i] *= x[0] + 1; break;
        case 1: x[i] = 3 * x[i] * x[i] * x[0]; break;
        default: x[i] /= 5 + x[0] * x[i];
        }
    }
    for (int i = 0; i < (int)(3 * x[3]) && i < n; i++)
        x[3] += 0.2 * x[i] * x[3];
}

/* A value that an array keeps which is declared behind it. */
double kept_behind(double x) {
    double a = exp(x) + sin(x);
    double z[2];
    z[0] = a;
    z[1] = x;
    double s = 0;
    for (int k = 0; k < 2; k++)
        s += sin(z[k] * a);
    return s * z[0] * z[1] * a * a;
}

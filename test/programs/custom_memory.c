// The user's derivative of a function runs in the reverse sweep: it finds what the function found.
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>

/* CHECK output: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK in_place: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK rows: a[6] -> return
 *   in double a[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK steps: x[n], k -> y[n]
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   in double k = random(0.5, 1.5)
 *   out double y[3]
 */
/* CHECK pair_of_members: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK changed_later: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK ignored: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

static void square_to(double x, double *out) {
    *out = x * x;
}

CGRAD_CUSTOM_VJP(square_to)
void square_to_adjoint(double x, double *x_bar, double *out, double *out_bar) {
    square_to(x, out);
    *x_bar += 2 * x * *out_bar;
    *out_bar = 0;
}

/* What `o` held before is read in the reverse sweep. */
double output(double x) {
    double o = x * 3;
    double s = o * o;
    square_to(x, &o);
    return s * o;
}

static void square(double *x) {
    *x = *x * *x;
}

CGRAD_CUSTOM_VJP(square)
void square_adjoint(double *x, double *x_bar) {
    double before = *x;
    square(x);
    *x_bar *= 2 * before;
}

double in_place(double x) {
    double o = x * 3;
    double s = o * o;
    for (int k = 0; k < 2; k++) {
        square(&o);
        s *= sin(o);
    }
    return s * o;
}

static void scale_row(double *row, double by) {
    for (int j = 0; j < 3; j++)
        row[j] *= by * row[0];
}

/* An adjoint of the same by cgrad's own means would be as right; this one is written down. */
CGRAD_CUSTOM_VJP(scale_row)
void scale_row_adjoint(double *row, double *row_bar, double by, double *by_bar) {
    double before[3] = {row[0], row[1], row[2]}, first = row[0], bar = 0;
    scale_row(row, by);
    for (int j = 2; j > 0; j--) { /* row[0] is by * first^2 by then */
        double factor = by * by * first * first;
        *by_bar += row_bar[j] * before[j] * 2 * by * first * first;
        bar += row_bar[j] * before[j] * by * by * 2 * first;
        row_bar[j] *= factor;
    }
    *by_bar += row_bar[0] * first * first;
    row_bar[0] = row_bar[0] * 2 * by * first + bar;
}

double rows(const double *a) {
    double m[2][3], s = 0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            m[i][j] = a[3 * i + j];
    for (int k = 0; k < 3; k++)
        scale_row(m[k % 2], 0.5 + 0.1 * a[k]);
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            s += m[i][j] * a[j];
    return s;
}

static void rates(int n, const double *y, double k, double *dy) {
    for (int i = 0; i < n; i++)
        dy[i] = k * y[i] * y[(i + 1) % n];
}

CGRAD_CUSTOM_VJP(rates)
void rates_adjoint(int n, const double *y, double *y_bar, double k, double *k_bar, double *dy_bar) {
    for (int i = 0; i < n; i++) {
        int next = (i + 1) % n;
        *k_bar += y[i] * y[next] * dy_bar[i];
        y_bar[i] += k * y[next] * dy_bar[i];
        y_bar[next] += k * y[i] * dy_bar[i];
        dy_bar[i] = 0;
    }
}

/* The primal result is none of its parameters, and each step has a row of its own to read. */
void steps(int n, const double *x, double k, double *y) {
    double *dy = malloc((size_t)n * sizeof *dy);
    double z[3];
    for (int i = 0; i < n; i++)
        z[i] = x[i];
    for (int t = 0; t < 4; t++) {
        rates(n, z, k, dy);
        for (int i = 0; i < n; i++)
            z[i] += 0.1 * dy[i];
    }
    for (int i = 0; i < n; i++)
        y[i] = z[i];
    free(dy);
}

struct state {
    double a, b;
};

static void mix(const double *from, double *to) {
    *to = *to * *from + *from;
}

CGRAD_CUSTOM_VJP(mix)
void mix_adjoint(const double *from, double *from_bar, double *to, double *to_bar) {
    double before = *to;
    mix(from, to);
    *from_bar += (before + 1) * *to_bar;
    *to_bar *= *from;
}

double pair_of_members(double x) {
    struct state s = {x, 2 * x};
    mix(&s.a, &s.b);
    mix(&s.b, &s.a);
    mix(&s.a, &s.b);
    return s.a * s.b;
}

static double norm2(int n, const double *v) {
    double s = 0;
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}

CGRAD_CUSTOM_VJP(norm2)
double norm2_adjoint(int n, const double *v, double *v_bar, double norm2_bar) {
    for (int i = 0; i < n; i++)
        v_bar[i] += 2 * v[i] * norm2_bar;
    return norm2(n, v);
}

double changed_later(int n, const double *x) {
    double v[4], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = x[i];
    for (int t = 0; t < 3; t++) {
        double length = norm2(n, v);
        for (int i = 0; i < n; i++)
            v[i] = v[i] * x[i] / (1 + length);
        s += length;
    }
    return s;
}

static double cosine_and_more(double x, CGRAD_INACTIVE double hint, double *slope) {
    *slope = -sin(x) * (hint > 0);
    return cos(x);
}

CGRAD_CUSTOM_VJP(cosine_and_more)
double cosine_and_more_adjoint(double x, double *x_bar, double hint, double *slope, double *slope_bar,
                               double seed) {
    double c = cosine_and_more(x, hint, slope);
    *x_bar += *slope * seed - c * *slope_bar;
    *slope_bar = 0;
    return c;
}

/* Once for its result alone, once for the memory alone. */
double ignored(double x) {
    double slope, s = cosine_and_more(x, x, &slope) * x;
    cosine_and_more(x * x, 1, &slope);
    return s + slope;
}

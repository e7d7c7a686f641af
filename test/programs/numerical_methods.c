#include <math.h>
#include <string.h>
#include <stdlib.h>
#include <stdio.h>
#include <assert.h>
/* CHECK kalman: z[n], q, r -> return
 *   int n = 6
 *   in double z[6] = random(0.5, 1.5)
 *   in double q = random(0.1, 0.5)
 *   in double r = random(0.5, 1.5)
 *   returns double
 */
/* CHECK heston: s0, v0, k, theta, sigma -> return
 *   in double s0 = random(0.9, 1.1)
 *   in double v0 = random(0.04, 0.09)
 *   in double k = random(1, 2)
 *   in double theta = random(0.04, 0.09)
 *   in double sigma = random(0.1, 0.3)
 *   int steps = 10
 *   int paths = 5
 *   returns double
 */
/* CHECK spline: y[n], at -> return
 *   int n = 6
 *   in double y[6] = random(0.5, 1.5)
 *   in double at = random(1.1, 3.9)
 *   returns double
 */
/* CHECK newton: a, b -> return
 *   in double a = random(1, 2)
 *   in double b = random(0.1, 0.3)
 *   returns double
 */
/* CHECK rk45: y0, k -> return
 *   in double y0 = random(0.5, 1.5)
 *   in double k = random(0.5, 1.5)
 *   returns double
 */
/* CHECK cg: a[n * n], b[n] -> x[n]
 *   int n = 4
 *   in double a[16] = {4, 1, 0, 0.5, 1, 5, 1, 0, 0, 1, 6, 1, 0.5, 0, 1, 7}
 *   in double b[4] = random(0.5, 1.5)
 *   out double x[4]
 */
/* CHECK hmm: logits[k * k], emis[k * m], pi[k] -> return
 *   int k = 3
 *   int m = 4
 *   int t = 5
 *   in double logits[9] = random(0.1, 0.9)
 *   in double emis[12] = random(0.1, 0.9)
 *   in double pi[3] = random(0.2, 0.8)
 *   const int obs[5] = {0, 2, 1, 3, 2}
 *   returns double
 */
/* CHECK softdtw: x[n], y[m], gamma -> return
 *   int n = 4
 *   int m = 5
 *   in double x[4] = random(0.5, 1.5)
 *   in double y[5] = random(0.5, 1.5)
 *   in double gamma = random(0.5, 1.5)
 *   returns double
 */
double kalman(int n, const double *z, double q, double r) {
    double x[2] = {0, 1}, P[2][2] = {{1, 0}, {0, 1}}, ll = 0;
    const double F[2][2] = {{1, 0.1}, {0, 1}};
    for (int t = 0; t < n; t++) {
        double xp[2], Pp[2][2], tmp[2][2];
        for (int i = 0; i < 2; i++) {
            xp[i] = 0;
            for (int j = 0; j < 2; j++) xp[i] += F[i][j] * x[j];
        }
        memset(tmp, 0, sizeof tmp);
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) for (int k = 0; k < 2; k++) tmp[i][j] += F[i][k] * P[k][j];
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) {
            Pp[i][j] = i == j ? q : 0.0;
            for (int k = 0; k < 2; k++) Pp[i][j] += tmp[i][k] * F[j][k];
        }
        double S = Pp[0][0] + r, e = z[t] - xp[0], K[2] = {Pp[0][0] / S, Pp[1][0] / S};
        ll -= 0.5 * (log(2 * 3.14159265358979 * S) + e * e / S);
        x[0] = xp[0] + K[0] * e; x[1] = xp[1] + K[1] * e;
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) P[i][j] = Pp[i][j] - K[i] * Pp[0][j];
    }
    return ll + x[1];
}
static unsigned lcg(unsigned *s) { return *s = *s * 1664525u + 1013904223u; }
static double uniform(unsigned *s) { return (lcg(s) >> 8) / 16777216.0; }
static double gauss(unsigned *state) {
    double s = 0;
    for (int i = 0; i < 12; ++i) s += uniform(state);
    return s - 6;
}
double heston(double s0, double v0, double k, double theta, double sigma, int steps, int paths) {
    unsigned seed = 42; double payoff = 0, dt = 1.0 / steps;
    for (int p = 0; p < paths; p++) {
        double s = s0, v = v0;
        for (int i = 0; i < steps; i++) {
            double w1 = gauss(&seed), w2 = gauss(&seed), vp = v > 0 ? v : 0;
            s *= exp(-0.5 * vp * dt + sqrt(vp * dt + 1e-12) * w1);
            v += k * (theta - vp) * dt + sigma * sqrt(vp * dt + 1e-12) * (0.3 * w1 + 0.95 * w2);
        }
        payoff += s > 0.5 ? s - 0.5 : 0;
    }
    return payoff / paths;
}
static int locate(double x, int n) { int i = (int)floor(x); return i < 0 ? 0 : i > n - 2 ? n - 2 : i; }
double spline(int n, const double *y, double at) {
    double m[32], c[32], d[32];
    m[0] = m[n - 1] = 0; c[0] = d[0] = 0;
    for (int i = 1; i < n - 1; i++) {
        double w = 4 - c[i - 1];
        c[i] = 1 / w;
        d[i] = (6 * (y[i + 1] - 2 * y[i] + y[i - 1]) - d[i - 1]) / w;
    }
    for (int i = n - 2; i > 0; i--) m[i] = d[i] - c[i] * m[i + 1];
    int i = locate(at, n); double t = at - i, u = 1 - t;
    return u * y[i] + t * y[i + 1] + ((u * u * u - u) * m[i] + (t * t * t - t) * m[i + 1]) / 6;
}
double newton(double a, double b) {
    double x = a; int it = 0;
    do {
        double f = x * x * x - a * x - b, df = 3 * x * x - a, step;
        if (fabs(df) < 1e-12) break;
        step = f / df; x -= step;
        if (fabs(step) < 1e-14) break;
    } while (++it < 50);
    return x;
}
static double rhs(double t, double y, double k) { return -k * y + sin(t); }
double rk45(double y0, double k) {
    double t = 0, y = y0, h = 0.1; int n = 0;
    while (t < 1 && n++ < 100) {
        double hh = h < 1 - t ? h : 1 - t;
        double k1 = rhs(t, y, k), k2 = rhs(t + hh / 2, y + hh / 2 * k1, k), k3 = rhs(t + hh, y - hh * k1 + 2 * hh * k2, k);
        double e = hh * (k1 - 2 * k2 + k3) / 6;
        if (fabs(e) < 1e-4) { t += hh; y += hh * (k1 + 4 * k2 + k3) / 6; if (fabs(e) < 1e-6) h = 1.5 * hh; continue; }
        h = hh * 0.5;
    }
    return y;
}
static double dot(int n, const double *a, const double *b) { double s = 0; while (n--) s += *a++ * *b++; return s; }
void cg(int n, const double *a, const double *b, double *x) {
    double *r = malloc(n * sizeof *r), *p = (double *)malloc(n * sizeof(double)), *ap = malloc(sizeof(double) * n);
    if (!r || !p || !ap) { free(r); free(p); free(ap); return; }
    for (int i = 0; i < n; i++) { x[i] = 0; p[i] = r[i] = b[i]; }
    double rr = dot(n, r, r);
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < n; i++) ap[i] = dot(n, a + i * n, p);
        double alpha = rr / dot(n, p, ap);
        for (int i = 0; i < n; i++) { x[i] += alpha * p[i]; r[i] -= alpha * ap[i]; }
        double next = dot(n, r, r), beta = next / rr;
        rr = next;
        if (sqrt(rr) < 1e-20) break;
        for (int i = 0; i < n; i++) p[i] = r[i] + beta * p[i];
    }
    free(r); free(p); free(ap);
}
double hmm(int k, int m, int t, const double *logits, const double *emis, const double *pi, const int *obs) {
    double alpha[8], next[8], ll = 0;
    for (int i = 0; i < k; i++) alpha[i] = pi[i] * emis[i * m + obs[0]];
    for (int s = 1; s < t; s++) {
        double norm = 0;
        for (int j = 0; j < k; j++) {
            next[j] = 0;
            for (int i = 0; i < k; i++) next[j] += alpha[i] * exp(logits[i * k + j]);
            next[j] *= emis[j * m + obs[s]];
            norm += next[j];
        }
        for (int j = 0; j < k; j++) alpha[j] = next[j] / norm;
        ll += log(norm);
    }
    return ll;
}
#define AT(i, j) d[(i) * (m + 1) + (j)]
#define MIN3(a, b, c) fmin(fmin(a, b), c)
double softdtw(int n, int m, const double *x, const double *y, double gamma) {
    double d[(n + 1) * (m + 1)];
    for (int i = 0; i <= n; i++) for (int j = 0; j <= m; j++) AT(i, j) = i || j ? 1e3 : 0;
    for (int i = 1; i <= n; i++) {
        for (int j = 1; j <= m; j++) {
            double a = AT(i - 1, j), b = AT(i, j - 1), c = AT(i - 1, j - 1), lo = MIN3(a, b, c);
            double s = exp(-(a - lo) / gamma) + exp(-(b - lo) / gamma) + exp(-(c - lo) / gamma);
            AT(i, j) = (x[i - 1] - y[j - 1]) * (x[i - 1] - y[j - 1]) + lo - gamma * log(s);
        }
    }
    return AT(n, m);
}

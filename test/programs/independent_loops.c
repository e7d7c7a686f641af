#include <math.h>
#include <stdlib.h>

/* CHECK-OPTIONS workspace */
/* CHECK windows: x[n * d] -> y[n * d]
 *   int n = 4
 *   int d = 3
 *   in double x[12] = random(0.5, 1.5)
 *   acc double y[12] = random(0.5, 1.5)
 */
/* CHECK pairs: x[n] -> err[2 * n]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out double err[10]
 */
/* CHECK scratch: x[n * d], w[d] -> return
 *   int n = 4
 *   int d = 3
 *   in double x[12] = random(0.5, 1.5)
 *   in double w[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK early: x[n], c -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   in double c = random(0.5, 1.5)
 *   returns double
 */
/* CHECK bodies: b[n] -> b[n], return
 *   int n = 4
 *   acc struct body b[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK moved: x[n], a[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   in double a[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK scatter_sum: x[n] -> y[3]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   acc double y[3] = random(0.5, 1.5)
 */

/* Loops whose iterations may be reversed one by one: windows of arrays, sums, scratch memory. */
struct body {
    double at[2], v, weight;
};

void windows(int n, int d, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        double norm = 0.1;
        for (int j = 0; j < d; j++)
            norm += x[i * d + j] * x[i * d + j];
        for (int j = 0; j < d; j++)
            y[i * d + j] *= sin(x[i * d + j]) / norm;
    }
}

static void residual(double a, double b, double *err) {
    double t = exp(a * 0.5);
    err[0] = t * b;
    err[1] = t - err[0] * err[0];
}

void pairs(int n, const double *x, double *err) {
    for (int i = n - 1; i >= 0; i--)
        residual(x[i], x[0], &err[2 * i]);
}

static double largest(int d, const double *t) {
    double max = t[0];
    for (int j = 1; j < d; j++) {
        if (t[j] > max)
            max = t[j];
    }
    return max;
}

double scratch(int n, int d, const double *x, const double *w) {
    double *t = malloc((size_t)d * sizeof *t);
    double sum = 0, direction[3];
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < d; j++)
            t[j] = x[i * d + j] * w[j];
        direction[0] = t[0];
        direction[1] = t[1] * direction[0];
        direction[2] = cos(t[2]);
        for (int j = 0; j < d; j++)
            t[j] = t[j] * t[j] + direction[j];
        sum += largest(d, t) * exp(direction[1]);
    }
    free(t);
    return 0.5 * sum - n;
}

double early(int n, const double *x, double c) {
    if (n < 1)
        return c * c;
    double sum = 1, half = c * 0.5;
    for (int i = 0; i < n; i++) {
        double s = sin(x[i] * half);
        if (s > 0.4) {
            double t = s * s;
            sum += t * c;
        } else {
            sum += exp(s);
        }
    }
    return sum / n + 2 * half;
}

double bodies(int n, struct body *b) {
    double energy = 0;
    for (int i = 0; i < n; i++) {
        struct body *p = &b[i];
        double speed = p->v * p->v;
        p->at[0] += p->at[1] * speed;
        p->at[1] = p->at[0] * p->weight;
        energy += 0.5 * p->weight * speed;
        p->v *= p->at[1];
    }
    return energy;
}

static double product(int n, const double *a) {
    double p = 1;
    for (int i = 0; i < n; i++)
        p *= a[i];
    return p;
}

/* What follows the loop has an active call, which moves before it. */
double moved(int n, const double *x, const double *a) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i] * a[i]);
    double scaled = product(n, a);
    double logarithm = log(scaled);
    return 3 * sum - logarithm;
}

void scatter_sum(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++)
        y[i * i % 3] += x[i] * x[i];
}

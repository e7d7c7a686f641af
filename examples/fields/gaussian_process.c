/* The log of the marginal likelihood of a Gaussian process, by Cholesky's factor of the covariance; its gradient by the kernel's
 * parameters fits them.
 * C. E. Rasmussen and C. K. I. Williams, Gaussian Processes for Machine Learning (2006), algorithm 2.1 on page 19 and equation
 * 5.9 on page 114. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>

struct kernel {
    double amplitude, length, noise;
};

static double covariance(const struct kernel *k, double distance) {
    double scaled = distance / k->length;
    return k->amplitude * k->amplitude * exp(-0.5 * scaled * scaled);
}

/* The lower factor in place, row by row; false if the matrix is not positive definite. */
static int cholesky(int n, double *a) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double sum = a[i * n + j];
            for (int k = 0; k < j; k++)
                sum -= a[i * n + k] * a[j * n + k];
            if (j < i)
                a[i * n + j] = sum / a[j * n + j];
            else if (sum > 0)
                a[i * n + i] = sqrt(sum);
            else
                return 0;
        }
    return 1;
}

CGRAD_GRAD(kernel[1], y[n])
double log_evidence(const struct kernel *kernel, int n, const double *x, const double *y) {
    double *l = malloc(sizeof(double) * n * n), *z = malloc(sizeof(double) * n);
    if (!l || !z)
        abort();
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++)
            l[i * n + j] = covariance(kernel, x[i] - x[j]) + (i == j ? kernel->noise * kernel->noise : 0);
    double result = -INFINITY;
    if (cholesky(n, l)) {
        result = -0.5 * n * log(2 * 3.14159265358979323846);
        for (int i = 0; i < n; i++) {
            z[i] = y[i];
            for (int j = 0; j < i; j++)
                z[i] -= l[i * n + j] * z[j];
            z[i] /= l[i * n + i];
            result -= 0.5 * z[i] * z[i] + log(l[i * n + i]);
        }
    }
    free(l);
    free(z);
    return result;
}

#ifdef WITH_MAIN
#define GAUSSIAN_PROCESS_GRAD_NO_TYPES
#include "expect.h"
#include "gaussian_process_grad.h"

int main(void) {
    /* Two points: the covariance has the eigenvalues v + c and v - c, for y1 + y2 and y1 - y2. */
    struct kernel kernel = {1.3, 0.8, 0.4}, bar;
    const double x[2] = {0, 0.5}, y[2] = {0.7, -0.2}, pi = acos(-1);
    double y_bar[2], value = log_evidence_grad(&kernel, &bar, 2, x, y, y_bar);
    double c = 1.69 * exp(-0.5 * 0.25 / 0.64), v = 1.69 + 0.16, p = v + c, q = v - c;
    double sum = 0.5 * 0.5 * 0.5, difference = 0.5 * 0.9 * 0.9;
    expect("evidence", value, -0.5 * (sum / p + difference / q + log(p * q)) - log(2 * pi), 1e-13);
    double by_p = 0.5 * (sum / (p * p) - 1 / p), by_q = 0.5 * (difference / (q * q) - 1 / q);
    expect("by the noise", bar.noise, (by_p + by_q) * 2 * kernel.noise, 1e-12);
    expect("by the amplitude", bar.amplitude, (by_p * (1.69 + c) + by_q * (1.69 - c)) * 2 / kernel.amplitude, 1e-12);
    expect("by the length", bar.length, (by_p - by_q) * c * 0.25 / pow(kernel.length, 3), 1e-12);
    expect("by y", y_bar[0], -0.5 * (0.5 / p + 0.9 / q), 1e-13);

    struct kernel flat = {1, 1e9, 0}; /* the same covariance everywhere: singular */
    expect("not positive definite", log_evidence_grad(&flat, &bar, 2, x, y, y_bar), -INFINITY, 0);
    return finish();
}
#endif

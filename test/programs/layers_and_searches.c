#include <math.h>
#include <stdlib.h>
/* CHECK loss: w[n_in * n_hid + n_hid], x[n_in], y -> return
 *   int n_in = 3
 *   int n_hid = 4
 *   in double w[16] = random(-1, 1)
 *   in double x[3] = random(-1, 1)
 *   in double y = 0.3
 *   returns double
 */
/* CHECK filter: x[n], a -> y[n]
 *   int n = 6
 *   in double x[6] = random(-1, 1)
 *   in double a = 0.4
 *   out double y[6]
 */
/* CHECK search: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(-1, 1)
 *   returns double
 */
enum { RELU, TANH };
static double act(int kind, double z) {
    switch (kind) {
    case RELU: return z > 0 ? z : 0.01 * z;
    case TANH: return tanh(z);
    default: return z;
    }
}
static void layer(int kind, int n, int m, const double *w, const double *in, double *out) {
    for (int j = 0; j < m; j++) {
        double z = 0;
        const double *row = w + j * n;
        for (int i = 0; i < n; i++)
            z += row[i] * in[i];
        out[j] = act(kind, z);
    }
}
double loss(int n_in, int n_hid, const double *w, const double *x, double y) {
    double *h = malloc(sizeof *h * (size_t)n_hid);
    double o;
    if (h == NULL)
        return 0;
    layer(TANH, n_in, n_hid, w, x, h);
    layer(RELU, n_hid, 1, w + n_in * n_hid, h, &o);
    free(h);
    double e = o - y;
    return e * e;
}
void filter(int n, const double *x, double a, double *y) {
    double state = 0, prev = 0;
    while (n--) {
        double in = *x++;
        state = a * state + (1 - a) * in * in;
        *y++ = state - (prev = 0.5 * prev + in);
    }
}
double search(int n, const double *x) {
    double best = -1e300;
    int at = -1;
    for (int i = 0; i < n; i++)
        if (x[i] > best) {
            best = x[i];
            at = i;
        }
    double lo = 0, hi = 4;
    for (int it = 0; it < 60; it++) {
        double mid = (lo + hi) / 2;
        if (mid * mid * mid > best + 2)
            hi = mid;
        else
            lo = mid;
        if (hi - lo < 1e-9)
            break;
    }
    double r = lo;
    for (int k = 0; k < 3; k++)
        r -= (r * r * r - best - 2) / (3 * r * r);
    return r * x[(at + 1) % n];
}

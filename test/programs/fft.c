#include <math.h>
#include <stdlib.h>

/* CHECK transform: re[n], im[n] -> re[n], im[n]
 *   int n = 8
 *   inout double re[8] = random(-1, 1)
 *   inout double im[8] = random(-1, 1)
 */
/* CHECK spectrum: x[2 * n] -> power[n]
 *   int n = 8
 *   in double x[16] = random(-1, 1)
 *   out double power[8]
 */

/* The fast Fourier transform: recursive with work arrays, and in place with bit reversal. */
void transform(int n, double *re, double *im) {
    if (n == 1)
        return;
    int half = n / 2;
    double *er = malloc(half * sizeof *er), *ei = malloc(half * sizeof *ei);
    double *odd = malloc(half * sizeof *odd), *oi = malloc(half * sizeof *oi);
    for (int k = 0; k < half; k++) {
        er[k] = re[2 * k];
        ei[k] = im[2 * k];
        odd[k] = re[2 * k + 1];
        oi[k] = im[2 * k + 1];
    }
    transform(half, er, ei);
    transform(half, odd, oi);
    for (int k = 0; k < half; k++) {
        double angle = -6.283185307179586 * k / n, c = cos(angle), s = sin(angle);
        double tr = c * odd[k] - s * oi[k], ti = c * oi[k] + s * odd[k];
        re[k] = er[k] + tr;
        im[k] = ei[k] + ti;
        re[k + half] = er[k] - tr;
        im[k + half] = ei[k] - ti;
    }
    free(er);
    free(ei);
    free(odd);
    free(oi);
}

static void swap(double *a, double *b) {
    double t = *a;
    *a = *b;
    *b = t;
}

static void in_place(double *data, int n) {
    for (int i = 0, j = 0; i < n; i++) {
        if (j > i) {
            swap(&data[2 * i], &data[2 * j]);
            swap(&data[2 * i + 1], &data[2 * j + 1]);
        }
        int m = n / 2;
        while (m >= 1 && j >= m) {
            j -= m;
            m /= 2;
        }
        j += m;
    }
    for (int step = 2; step <= n; step *= 2) {
        double theta = -6.283185307179586 / step;
        for (int start = 0; start < n; start += step)
            for (int k = 0; k < step / 2; k++) {
                double wr = cos(theta * k), wi = sin(theta * k);
                double *a = data + 2 * (start + k), *b = a + step;
                double tr = wr * b[0] - wi * b[1], ti = wr * b[1] + wi * b[0];
                b[0] = a[0] - tr;
                b[1] = a[1] - ti;
                a[0] += tr;
                a[1] += ti;
            }
    }
}

void spectrum(int n, const double *x, double *power) {
    double *data = malloc(2 * n * sizeof *data);
    for (int i = 0; i < 2 * n; i++)
        data[i] = x[i];
    in_place(data, n);
    for (int i = 0; i < n; i++)
        power[i] = data[2 * i] * data[2 * i] + data[2 * i + 1] * data[2 * i + 1];
    free(data);
}

#include <math.h>
#include <stdlib.h>

/* CHECK neighbours: x[n] -> y[n + 1]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   acc double y[6] = random(0.5, 1.5)
 */
/* CHECK scatter: x[n] -> y[3]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   acc double y[3] = random(0.5, 1.5)
 */
/* CHECK carried_scratch: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK zeroed: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK running: x[n] -> y[n], return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[5]
 *   returns double
 */
/* CHECK last_scratch: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK aliased: x[n] -> y[n + 1]
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   acc double y[5] = random(0.5, 1.5)
 */
/* CHECK behind: x[n], c -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   in double c = random(0.5, 1.5)
 *   returns double
 */
/* CHECK walking: x[n] -> y[n]
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   out double y[4]
 */
/* CHECK rows: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK swapped: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK narrow_stride: x[n * 3] -> y[n * 3]
 *   int n = 3
 *   in double x[9] = random(0.5, 1.5)
 *   acc double y[9] = random(0.5, 1.5)
 */
/* CHECK no_stride: x[n * 3] -> y[3]
 *   int n = 3
 *   int d = 0
 *   in double x[9] = random(0.5, 1.5)
 *   acc double y[3] = random(0.5, 1.5)
 */
/* CHECK overwritten_behind: x[n], c -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   in double c = random(0.5, 1.5)
 *   returns double
 */
/* CHECK called_sum: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK conditional_scratch: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */

/* CHECK partial_behind: x[n], a -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   double c = 1.5
 *   returns double
 */

/* Loops that look as if their iterations were independent. */
void neighbours(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        y[i] *= x[i];
        y[i + 1] = y[i] * x[i] + 0.5;
    }
}

void scatter(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++)
        y[i * i % 3] = x[i] * x[i];
}

double carried_scratch(int n, const double *x) {
    double t[2], sum = 0;
    for (int i = 0; i < n; i++) {
        if (i == 0)
            t[1] = x[0] * x[1];
        t[0] = t[1] * x[i];
        t[1] = t[0] + 0.5;
        sum += t[0] * t[0];
    }
    return sum;
}

double zeroed(int n, const double *x) {
    double *t = calloc(2, sizeof *t), sum = 0, s[2] = {0};
    for (int i = 0; i < n; i++) {
        t[1] += x[i];
        s[0] += x[i] * x[i];
        sum += t[1] * t[1] * s[0];
    }
    free(t);
    return sum;
}

double running(int n, const double *x, double *y) {
    double sum = 0, decay = 1;
    for (int i = 0; i < n; i++) {
        sum += x[i] * x[i];
        decay = 0.5 * decay * x[i] + 1;
        y[i] = sum * decay;
    }
    return decay;
}

double last_scratch(int n, const double *x) {
    double t[2], sum = 0;
    for (int i = 0; i < n; i++) {
        t[0] = x[i] * x[i];
        t[1] = t[0] * x[0];
        sum += t[1];
    }
    return sum + t[1] * t[0];
}

void aliased(int n, const double *x, double *y) {
    double *next = y + 1;
    for (int i = 0; i < n; i++) {
        next[i] += y[i] * x[i];
        y[i] = next[i] * 0.5;
    }
}

double behind(int n, const double *x, double c) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i] * c);
    double root = sqrt(sum);
    if (root > 2)
        return root * c;
    return sum * sum;
}

void walking(int n, const double *x, double *y) {
    const double *p = x;
    int at = 0;
    for (int i = 0; i < n; i++) {
        y[at] = *p * *p * x[0];
        at++;
        p++;
    }
}

double rows(int n, const double *x) {
    double a[5][2], sum = 0;
    a[0][0] = x[0];
    a[0][1] = x[1] * x[0];
    for (int i = 0; i < n; i++) {
        a[i + 1][0] = a[i][0] * x[i];
        a[i + 1][1] = a[i][1] + a[i + 1][0];
        sum += a[i][1] * a[i][1];
    }
    return sum;
}

double swapped(int n, const double *x) {
    double a[2] = {1, 2}, b[2], *now = a, *next = b, sum = 0;
    for (int i = 0; i < n; i++) {
        next[0] = now[1] * x[i];
        next[1] = now[0] + x[i];
        sum += next[0];
        double *swap = now;
        now = next;
        next = swap;
    }
    return sum;
}

void narrow_stride(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < 3; j++)
            y[i * 2 + j] = y[i * 2 + j] * x[3 * i + j];
}

void no_stride(int n, int d, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        y[i * d] = x[3 * i] * x[3 * i];
        y[i * d + 1] *= x[3 * i + 1];
    }
}

double overwritten_behind(int n, const double *x, double c) {
    double scale = c * c, shift = exp(c) * scale, sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i] * shift;
    scale = 3;
    sum = scale * sum;
    return sum;
}

static void add(double *to, double by) {
    *to += by * by;
}

static void grow(double *to, double by) {
    *to += by * *to;
}

double called_sum(int n, const double *x) {
    double sum = 0, grown = 1;
    for (int i = 0; i < n; i++) {
        add(&sum, x[i]);
        grow(&grown, x[i]);
    }
    return sum - 2 * grown;
}

double conditional_scratch(int n, const double *x) {
    double t[2], sum = 0;
    for (int i = 0; i < n; i++) {
        t[0] = x[i];
        if (i % 2 == 0)
            t[1] = x[i] * x[i];
        sum += t[0] * t[1];
    }
    return sum;
}

/* What follows the loop is reversed with a value of a library function that is kept there. */
double partial_behind(int n, const double *x, double a, double c) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
    return atan2(fmax(hypot(c, 1), a * a), 2 + cos(a)) + sum;
}

#include <math.h>
#include <stdlib.h>

/* goto: out of loops, to a cleanup, back, and both ways at once. */

/* CHECK search: x[n], limit -> return
 *   in double x[6] = random(0.2, 0.9)
 *   int n = 6
 *   in double limit = random(1, 2)
 *   returns double
 */
/* CHECK cleanups: x[n] -> y, return
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[1]
 *   int n = 5
 *   returns double
 */
/* CHECK power_sum: x -> return
 *   in double x = random(0.9, 1.1)
 *   returns double
 */
/* CHECK newton: a -> return
 *   in double a = random(1, 3)
 *   returns double
 */
/* CHECK machine_sum: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK rows: a[n] -> y
 *   in double a[9] = random(-1, 1)
 *   out double y[3]
 *   int n = 9
 */
/* CHECK middle_sum: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK retry: x[n] -> return
 *   in double x[6] = random(0.5, 1.5)
 *   int n = 6
 *   returns double
 */
/* CHECK norm: x[n] -> return
 *   in double x[6] = random(-1.5, 1.5)
 *   int n = 6
 *   returns double
 */
/* CHECK sorted: x[n] -> y
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[5]
 *   int n = 5
 */
/* CHECK arms_sum: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* Out of nested loops. */
double search(const double *x, int n, double limit) {
    double sum = 0, result;
    int i, j;
    for (i = 0; i < n; i++)
        for (j = 0; j < n; j++) {
            sum += x[i] * x[j];
            if (sum > limit)
                goto found;
        }
    return sum;
found:
    result = sum * x[i] + x[j];
    return result / limit;
}

/* Resources are released in turn, whatever happened. */
double cleanup(const double *x, double *y, int n, int kind) {
    double result = 0;
    double *first = malloc((size_t)n * sizeof *first);
    double *second = malloc((size_t)n * sizeof *second);
    y[0] = x[0];
    if (kind == 0)
        goto fail;
    for (int i = 0; i < n; i++) {
        first[i] = x[i] * x[i];
        if (kind == 1 && i == 3)
            goto fail_first;
        second[i] = sin(first[i]);
    }
    for (int i = 0; i < n; i++)
        result += second[i] * first[n - 1 - i];
    if (kind == 2)
        goto done;
    result *= x[1];
done:
    y[0] = result * x[2];
    free(second);
    free(first);
    return result;
fail_first:
    y[0] = first[2] * x[0];
fail:
    free(second);
    free(first);
    return y[0] + x[n - 1];
}

/* A loop by hand. */
double power(double x, int n) {
    double result = 1;
    int i = 0;
again:
    if (i >= n)
        goto end;
    result *= x + i;
    i++;
    goto again;
end:
    return result;
}

/* As translators from Fortran write it. */
double newton(double a) {
    double x, step;
    int k = 0;
    x = a;
L10:
    step = (x * x - a) / (2 * x);
    x -= step;
    if (fabs(step) < 1e-12)
        goto L20;
    if (++k > 50)
        goto L30;
    goto L10;
L20:
    return x;
L30:
    return -x;
}

/* States. */
double machine(double x, int start) {
    double y = x;
    int steps = 0;
    if (start == 1)
        goto b;
    if (start == 2)
        goto c;
a:
    y = sin(y) + x;
    if (steps++ > 6)
        goto end;
b:
    y *= 1.1;
    if (y < 1.5)
        goto a;
c:
    y -= 0.3 * x * y;
    steps++;
    if (steps < 5)
        goto a;
    if (steps < 9)
        goto b;
    if (steps < 12)
        goto c;
end:
    return y;
}

/* To the end of an iteration, and to the next row. */
void rows(const double *a, double *y, int n) {
    int row = 0;
    for (int k = 0; k < n; k++) {
        if (k % 3 == 0)
            y[row] = 0;
        if (a[k] < -0.5)
            goto skip;
        for (int j = 0; j < k; j++) {
            if (j == 4)
                goto skip;
            y[row] += a[k] * a[j];
        }
        y[row] += a[k];
    skip:
        if (k % 3 == 2)
            row++;
    }
}

/* Into the middle of a loop. */
double middle(double x, int n) {
    double y = x, z = 0;
    int i = 0;
    goto test;
body:
    y = y * x + 0.1;
    z += y;
    i++;
test:
    if (i < n)
        goto body;
    return z + y;
}

/* Back, in a loop with break and continue of its own. */
double retry(const double *x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        double step = x[i];
        int tries = 0;
    again:
        tries++;
        step *= 0.5 * x[0];
        if (tries > 3)
            continue;
        if (step < 0.01)
            break;
        if (step > 0.2)
            goto again;
        sum += step * step;
    }
    return sum;
}

/* Scaled sum of squares (Lawson et al., ACM TOMS 5 (1979) 308). */
double norm(const double *x, int n) {
    double scale = 0, sum = 1, result = 0;
    int i = 0;
    if (n < 1)
        goto out;
next:
    if (x[i] != 0) {
        double size = fabs(x[i]);
        if (scale < size) {
            double ratio = scale / size;
            sum = 1 + sum * ratio * ratio;
            scale = size;
            goto advance;
        }
        double ratio = size / scale;
        sum += ratio * ratio;
    }
advance:
    if (++i < n)
        goto next;
    result = scale * sqrt(sum);
out:
    return result;
}

/* Values that are declared on the way. */
void sorted(const double *x, double *y, int n) {
    for (int i = 0; i < n; i++)
        y[i] = x[i] * x[i];
sweep:;
    int changed = 0;
    for (int i = 0; i + 1 < n; i++) {
        double upper = y[i + 1];
        if (y[i] <= upper)
            goto next;
        y[i + 1] = y[i];
        y[i] = upper;
        changed = 1;
    next:;
    }
    if (changed)
        goto sweep;
    double last = y[n - 1];
    for (int i = 0; i < n; i++)
        y[i] /= last;
}

double arms(double x, int kind) {
    double y = x;
    switch (kind) {
    case 0: y = x * x; goto twice;
    case 1: y = sin(x); break;
    case 2:
        for (int i = 0; i < 3; i++) {
            y *= x;
            if (y > 2)
                goto done;
        }
        break;
    default: goto done;
    }
    y += x;
twice:
    y *= 2;
done:
    return y * y;
}

double power_sum(double x) {
    double sum = 0;
    for (int k = 0; k < 5; k++)
        sum += (k + 1) * power(x, k);
    return sum;
}

double machine_sum(double x) {
    double sum = 0;
    for (int k = 0; k < 4; k++)
        sum += (k + 1) * machine(x, k);
    return sum;
}

double middle_sum(double x) {
    double sum = 0;
    for (int k = 0; k < 5; k++)
        sum += (k + 1) * middle(x, k);
    return sum;
}

double arms_sum(double x) {
    double sum = 0;
    for (int k = 0; k < 5; k++)
        sum += (k + 1) * arms(x, k);
    return sum;
}

double cleanups(const double *x, double *y, int n) {
    double sum = 0, total = 0;
    for (int kind = 0; kind < 4; kind++) {
        sum += (kind + 1) * cleanup(x, y, n, kind);
        total += y[0] * sum;
    }
    y[0] = total;
    return sum;
}

/* CHECK cleans_up: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* Each allocation is tested, and all are given back in one place. */
double cleans_up(int n, const double *x) {
    double result = 0, *m = NULL, *w = NULL;
    m = malloc((size_t)n * sizeof *m);
    if (!m)
        goto out;
    w = malloc((size_t)n * sizeof *w);
    if (!w)
        goto out;
    for (int i = 0; i < n; i++) {
        w[i] = x[i] * x[n - 1 - i];
        m[i] = w[i] * x[0];
    }
    for (int i = 0; i < n; i++)
        result += m[i] * w[n - 1 - i];
out:
    free(w);
    free(m);
    return result;
}

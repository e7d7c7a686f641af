/* CHECK axpy: a, x[n], y[n] -> y[n]
 *   int n = 4
 *   in double a = random(-1, 1)
 *   in double x[4] = random(-1, 1)
 *   inout double y[4] = random(-1, 1)
 */
/* CHECK totals: x[n] -> sum, count
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   acc double sum[1] = {1.5}
 *   out double count[1]
 */
/* CHECK default_lists: x[n]
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   out double y[4]
 *   out double z[1]
 *   int weights[4] = {4, 3, 2, 1}
 */
/* CHECK loss: x[n] -> result
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   out double result[1] = {0.5}
 */

/* Outputs that are added to, scalar outputs, the default list of dependents. */
void axpy(int n, double a, const double *x, double *y) {
    for (int i = 0; i < n; i++)
        y[i] += a * x[i];
}

void totals(int n, const double *x, double *sum, double *count) {
    *count = 0;
    for (int i = 0; i < n; i++) {
        *sum += x[i] * x[i];
        *count = *count + 1;
    }
    count[0] *= x[0];
}

void default_lists(int n, const double *x, double *y, double *z, const int *weights) {
    *z = 0;
    for (int i = 0; i < n; i++) {
        y[i] = weights[i] * x[i] * x[i];
        *z += y[i];
    }
}

void loss(int n, const double *x, double *result) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i] * x[i];
    *result = sum;
}

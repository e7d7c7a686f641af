/* CHECK sorted: x[n] -> x[n]
 *   int n = 6
 *   inout double x[6] = random(-2, 2)
 */
/* CHECK selection: x[n], w[n] -> return
 *   int n = 6
 *   in double x[6] = random(-2, 2)
 *   in double w[6] = random(-2, 2)
 *   returns double
 */
/* CHECK reversed: x[n] -> x[n]
 *   int n = 5
 *   inout double x[5] = random(-2, 2)
 */

/* Values that change places, through functions with two pointers. */
static void swap(double *a, double *b) {
    double t = *a;
    *a = *b;
    *b = t;
}

void sorted(int n, double *x) {
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && x[j - 1] > x[j]; j--)
            swap(&x[j - 1], &x[j]);
    for (int i = 1; i < n; i++)
        x[i] *= x[i - 1];
}

double selection(int n, const double *x, const double *w) {
    int best = 0, second = -1;
    for (int i = 1; i < n; i++)
        if (x[i] > x[best]) {
            second = best;
            best = i;
        } else if (second < 0 || x[i] > x[second])
            second = i;
    return x[best] * w[best] + x[second] * x[second] * w[0];
}

void reversed(int n, double *x) {
    double *low = x, *high = x + n - 1;
    while (low < high) {
        swap(low++, high--);
        *low *= 1.5;
    }
}

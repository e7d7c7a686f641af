/* CHECK-OPTIONS workspace */
/* CHECK horner: c, x -> return
 *   in double c[4] = random(-1, 1)
 *   in double x = random(-1, 1)
 *   returns double
 */
/* CHECK prefix: x[n] -> y[n]
 *   int n = 6
 *   in double x[6] = random(-1, 1)
 *   out double y[6]
 */

/* Local arrays: initialized, partly initialized, two-dimensional, in a block that is entered often. */
double horner(const double c[4], double x) {
    double power[5] = {1};
    double row[2][3] = {{1, 2, 3}, {4, x, 6}};
    for (int i = 1; i < 5; i++)
        power[i] = power[i - 1] * x;
    double sum = row[1][1] * row[0][2];
    for (int i = 0; i < 4; i++)
        sum += c[i] * power[i + 1];
    return sum * power[0];
}

void prefix(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        double window[3] = {0, 0, 0};
        for (int j = 0; j < 3 && i + j < n; j++)
            window[j] = x[i + j] * (j + 1);
        window[0] = window[0] * window[1] + window[2];
        y[i] = window[0] * window[2];
    }
}

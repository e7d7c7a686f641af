/* CHECK ratio: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK scaled: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* Quotients of numbers whose squares are zero or infinite, as in recurrences that begin near the smallest number. */
double ratio(double x) {
    double f0 = 1e-250, f1 = 3e-250;
    for (int i = 1; i < 10; i++) {
        double f2 = 2 * i / x * f1 + f0;
        f0 = f1;
        f1 = f2;
    }
    double y = (f1 + f0) / (f0 * x);
    return y / (f1 * 1e250) + f0 / f1;
}

double scaled(int n, const double *x) {
    double sum = 0, large = 1e200;
    for (int i = 0; i < n; i++)
        sum += x[0] * large / (x[i] * large) + large * 1e-200 / (x[i] * x[0] * 1e-200 * large);
    return sum;
}

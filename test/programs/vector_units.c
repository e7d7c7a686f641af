/* CHECK sum: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */

/* What is written once for a vector unit and once for all machines is read in the second form. */
static double squared(double x) {
    double y = x * x;
#ifdef __SSE2__
    __asm__("" : "+m"(y)); /* stands for instructions that nobody here understands */
#endif
    return y;
}

double sum(int n, const double *x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += squared(x[i]) * x[0];
    return sum;
}

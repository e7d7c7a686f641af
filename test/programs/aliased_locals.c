/* CHECK aliases: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK chosen_pointer: a, b, pick -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   in double pick = random(0, 2)
 *   returns double
 */
/* CHECK overlap: x[n] -> x[n]
 *   int n = 6
 *   inout double x[6] = random(0.5, 1.5)
 */

/* Several pointers to one local array, pointers to scalars, pointers chosen by a condition. */
double aliases(int n, const double *x) {
    double work[8];
    double *first = work, *middle = &work[2], *last = work + 7;
    for (int i = 0; i < 8; i++)
        work[i] = x[i % n];
    first[2] *= 2;
    *middle += work[2] * work[3];
    middle[5] = *last * first[0];
    last[-5] *= *last;
    return work[2] * work[7];
}

double chosen_pointer(double a, double b, double pick) {
    double p = a * 2, q = b * b;
    double *target = pick > 1 ? &p : &q;
    double *const other = target == &p ? &q : &p;
    *target *= a + b;
    *other += *target * pick;
    target = &a;
    *target = a * p;
    return a + q;
}

void overlap(int n, double *x) {
    double *ahead = x + 1;
    for (int i = 0; i + 1 < n; i++)
        x[i] = x[i] * ahead[i];
    for (int i = n - 2; i >= 0; i--)
        ahead[i] += 0.5 * x[i];
}

/* CHECK choose: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK either: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* A pointer into a local variable or array whose place is recorded, and which may be null. */
double choose(double x) {
    double rest = 1, sum = 0;
    int count = 0;
    while (count < 5) {
        double *p = count % 2 ? &rest : 0;
        count++;
        if (p)
            *p = x * x;
        x *= 0.5;
        sum += x * rest;
    }
    return sum;
}

double either(double x) {
    double a[2] = {1, 2}, b[3] = {1, 1, 1}, sum = 0;
    int count = 0;
    while (count < 7) {
        double *p = 0;
        if (count % 3 == 1)
            p = a;
        else if (count % 3 == 2)
            p = b + 1;
        count++;
        if (p) {
            p++;
            *p = x * x + *p;
        }
        x *= 0.75;
        sum += x * a[1] + b[2] * b[1];
    }
    return sum;
}

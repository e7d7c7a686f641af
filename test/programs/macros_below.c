/* Names that become macros only further down. */
static double scaled(double C, int n) {
    double UNIT = C * C, sum = 0;
    for (int TIMES = 0; TIMES < n; TIMES++)
        sum += UNIT * C;
    return sum;
}

/* CHECK twice: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
double twice(double x, int n) {
    return scaled(x * 2, n) + scaled(1, n);
}

#define C (UNIT * 2)
#define UNIT 3
#define TIMES (C + 1)

/* CHECK timed: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
double timed(double x) {
    return x * x * TIMES + UNIT * x;
}

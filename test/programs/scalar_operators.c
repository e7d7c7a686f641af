/* CHECK fraction: x, y -> return
 *   in double x = random(2.1, 2.3)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK f: a, b -> return
 *   in double a = random(0.5, 2)
 *   in double b = random(0.5, 2)
 *   returns double
 */

/* Every arithmetic operator on scalars, mixed with integers. */
double f(double a, double b) {
    double sum = a + b, difference = a - b;
    double product = sum * difference;
    double quotient = product / (1 + a * b);
    int twice = 2;
    quotient += a;
    quotient -= b / twice;
    quotient *= -a;
    quotient /= +b;
    return quotient - (-sum) * 3;
}

/* What is taken away has no derivative: the adjoint and the tangent of x stay as they are. */
double fraction(double x, double y) {
    double whole;
    int n;
    x = x * 3;
    n = (int)x;
    x = x - n;
    whole = n * y;
    y = y + 1;
    return x * y + whole;
}

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

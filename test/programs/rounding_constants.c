/* CHECK-OPTIONS extended */
/* CHECK unwound: a -> return
 *   in long double a = random(4, 9)
 *   returns long double
 */
/* CHECK reduced: x[4] -> return
 *   in long double x[4] = random(-7.4, 7.4)
 *   returns long double
 */
/* CHECK shifted: x, c -> return
 *   in long double x = random(0.5, 1.5)
 *   in long double c = random(0.5, 1.5)
 *   returns long double
 */

/* A large constant, added and taken away again, rounds: that does not depend on x. */
long double unwound(long double a) {
    long double turn = 6.283185307179586L, round_to_nearest = 13835058055282163712.0L;
    long double k = a / turn + round_to_nearest - round_to_nearest;
    return a - k * turn;
}

#define BIG 13835058055282163712.0L

static long double nearest(long double x) {
    long double t = x + BIG;
    return t - BIG;
}

long double reduced(const long double *x) {
    long double sum = 0;
    for (int i = 0; i < 4; i++) {
        long double n = nearest(x[i]), whole = (x[i] * 2 - BIG) + BIG;
        sum += (x[i] - n) * (x[i] - n) + whole * x[i];
    }
    return sum;
}

/* What is not that large is an ordinary number, and so is what is not constant. */
long double shifted(long double x, long double c) {
    long double y = x + 1024.0 - 1024.0, z = c + x - c;
    return y * y + z * c;
}

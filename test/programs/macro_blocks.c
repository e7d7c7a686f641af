/* CHECK butterflies: p[8] -> p
 *   inout struct pair p[8] = random(-1, 1)
 *   int n = 4
 */
/* CHECK left: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 1
 *   returns double
 */
/* CHECK chosen: x[6] -> return
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
struct pair {
    double x, y;
};

#define ADD(to, a, b)           \
    do {                        \
        (to).x = (a).x + (b).x; \
        (to).y = (a).y + (b).y; \
    } while (0)
#define SUBTRACT(to, a, b)                  \
    do {                                    \
        const double x_ = (a).x, y_ = (a).y; \
        (to).x = x_ - (b).x;                \
        (to).y = y_ * (b).y;                \
    } while (0)

/* Blocks in the form of loops, as macros have them. */
void butterflies(struct pair *p, int n) {
    for (int i = 0; i < n; i++) {
        struct pair t;
        SUBTRACT(t, p[0], p[1]);
        ADD(p[1], p[0], p[1]);
        p[0] = t;
        p += 2;
    }
}

/* Their exits lead behind them; those of a switch or of a loop inside do not. */
static double leave(double x, int n) {
    double s = x;
    do {
        if (n > 4)
            break;
        s = s * x;
        switch (n) {
        case 1: s += x; break;
        case 2: s *= s; break;
        case 3: return s;
        default: s = s * 2;
        }
        for (int i = 0; i < n; i++) {
            if (i == 3)
                break;
            s = s * (x + i);
        }
        if (n == 2)
            continue;
        s = s + x * x;
    } while (0);
    return s * x;
}

double left(double x, int n) {
    return leave(x, n) + leave(x, n + 1) * leave(x, n + 2) + leave(x, n + 3) + leave(x, n + 4);
}

double chosen(const double *x) {
    double sum = 0;
    for (int i = 0; i < 6; i++)
        switch (i) {
        case 0:
            do {
                double y = x[i];
                if (y > 1)
                    break;
                sum += y * y;
            } while (0);
            break;
        case 1: do sum *= x[i]; while (0); break;
        default:
            do {
                do {
                    if (x[i] > 0.9)
                        break;
                    sum += sum * x[i];
                } while (0);
                if (x[i] > 1.2)
                    break;
                sum += x[i] * x[0];
            } while (0);
        }
    return sum;
}

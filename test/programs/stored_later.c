/* CHECK orbit: r, v -> return
 *   in double r = random(0.5, 1.5)
 *   in double v = random(0.5, 1.5)
 *   int n = 4
 *   returns double
 */
/* CHECK slots: r, v -> return
 *   in double r = random(0.5, 1.5)
 *   in double v = random(0.5, 1.5)
 *   int n = 5
 *   returns double
 */
/* A value is stored in a variable that is declared after it, and both come back from the record. */
#include <math.h>

struct state {
    double t, r, v;
};

double orbit(double r, double v, int n) {
    struct state now = {0, r, v};
    for (int i = 0; i < n; i++) {
        double time = i & 1 ? 1.5 : now.t + now.r;
        struct state next;
        next.t = time;
        next.r = now.r * time;
        next.v = sin(next.t) * time;
        now = next;
    }
    return now.r * now.v;
}

double slots(double r, double v, int n) {
    double x = r;
    for (int i = 0; i < n; i++) {
        double step = i & 1 ? v : x * v;
        int k;
        double a[8];
        k = i & 7;
        a[k] = step;
        x += step * sin(a[k]) * step;
    }
    return x;
}

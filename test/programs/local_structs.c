#include <math.h>
#include <string.h>

/* CHECK dual: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK frames: x[n] -> y[n]
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   out double y[4]
 */

/* Local structs: initializers with designators, copies, arrays in them, pointers to members, memcpy of a struct. */
struct complex {
    double re, im;
};

struct frame {
    struct complex z[2];
    double scale;
    int used;
};

static struct complex times(struct complex a, struct complex b) {
    struct complex c = {.im = a.re * b.im + a.im * b.re, .re = a.re * b.re - a.im * b.im};
    return c;
}

double dual(double x) {
    struct complex z = {x, 0.5}, one = {.re = 1}, power = one;
    for (int i = 0; i < 4; i++)
        power = times(power, z);
    double *part = &power.im;
    *part *= x;
    return power.re + *part;
}

void frames(int n, const double *x, double *y) {
    struct frame frame = {{{1, 0}, {0, 1}}, 1, 0}, saved;
    for (int i = 0; i < n; i++) {
        saved = frame;
        frame.z[i % 2] = times(saved.z[0], (struct complex){x[i], saved.z[1].im});
        frame.scale *= frame.z[0].re;
        frame.used++;
        struct frame copy;
        memcpy(&copy, &frame, sizeof copy);
        copy.z[1].re += x[0];
        y[i] = copy.z[0].im + copy.z[1].re * copy.scale * copy.used + saved.scale;
    }
}

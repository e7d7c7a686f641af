/* Says nothing about itself: included once, with the size that the includer defines before. */
#ifndef FILTER_STATES
#error "how many states?"
#endif

typedef struct {
    double x[FILTER_STATES], gain;
} filter;

static inline double filter_step(filter *f, double in) {
    double out = 0;
    for (int i = FILTER_STATES - 1; i > 0; i--)
        f->x[i] = f->x[i] + f->gain * (f->x[i - 1] - f->x[i]);
    f->x[0] += f->gain * (in - f->x[0]) FILTER_SATURATION;
    for (int i = 0; i < FILTER_STATES; i++)
        out += f->x[i] * f->x[i];
    return out;
}

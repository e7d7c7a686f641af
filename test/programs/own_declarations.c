/* CHECK f: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* No header of the library: its functions are declared here, and cos, which the derivative needs, is not. */
double sin(double);

typedef struct device {
    void (*start)(unsigned char *out, short data[8]);
    double gain;
} device;

static void first(unsigned char *out, short *data) {
    out[0] = (unsigned char)data[0];
}

static void prepare(device *d) {
    d->start = first;
}

double f(double x) {
    device d = {0};
    prepare(&d);
    d.gain = x * x;
    return sin(x) * d.gain;
}

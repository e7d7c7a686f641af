#include <math.h>

/* Global variables that requests list: g has its companions g_bar and g_dot. */

/* CHECK lookup: x, table -> return
 *   in double x = random(0.5, 1.5)
 *   global in double table[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK simulate: state, dt, friction, force -> state, energy
 *   global inout struct state state = {{1, 0.5}, 0.25, 3} then random(0.5, 1.5)
 *   in double dt = random(0.1, 0.2)
 *   global in double friction = random(0.5, 1.5)
 *   global in double force[3][2] = random(0.5, 1.5)
 *   global out double energy
 */
/* CHECK polynomial: x, coefficients -> return
 *   in double x = random(0.5, 1.5)
 *   global in double coefficients[3] = {1, -2, 0.5}
 *   returns double
 */
/* CHECK weighted: samples[count], scale -> return
 *   global pointer in double samples[5] = random(0.5, 1.5)
 *   global int count = 5
 *   global in float scale = 1.5f
 *   returns double
 */
/* CHECK smooth: samples[count], rate -> samples
 *   global pointer inout double samples[6] = random(0.5, 1.5)
 *   global int count = 6
 *   in double rate = random(0.1, 0.4)
 */
/* CHECK accumulate: x -> energy
 *   in double x = random(0.5, 1.5)
 *   global acc double energy = random(0.5, 1.5)
 */
/* CHECK loss_of: x[n] -> energy
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   global out double energy
 */
/* CHECK shared: a, table, energy -> energy, return
 *   global in double table[4] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   global inout double energy = random(0.5, 1.5)
 *   returns double
 */

struct state {
    double position[2];
    double speed;
    int steps;
};

double table[4] = {1, 2, 3, 4};
struct state state;
double friction = 0.5, energy;
double force[3][2];
double coefficients[3] = {1, -2, 0.5};
double *samples;
int count;
float scale = 1;

static double interpolate(double at) {
    int cell = (int)at;
    double part = at - cell;
    return (1 - part) * table[cell] + part * table[cell + 1];
}

double lookup(double x) {
    double sum = 0;
    for (int i = 0; i < 2; i++)
        sum += interpolate(x + i) * sin(x);
    return sum;
}

static void advance(int step, double dt) {
    for (int i = 0; i < 2; i++)
        state.position[i] += dt * state.speed * force[step % 3][i];
    state.speed -= dt * friction * state.speed * state.position[0];
}

void simulate(double dt) {
    energy = 0;
    for (int step = 0; step < state.steps; step++) {
        advance(step, dt);
        energy += state.speed * state.speed;
    }
}

double polynomial(double x) {
    double value = 0;
    for (int i = 2; i >= 0; i--)
        value = value * x + coefficients[i];
    return value;
}

double weighted(void) {
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += samples[i] * samples[i] * scale;
    return sum;
}

static void blend(double *left, const double *right, double rate) {
    *left += rate * (*right - *left) * samples[0];
}

/* The callee meets the samples twice: as arguments, and as what the global points to. */
void smooth(double rate) {
    double *p = samples;
    for (int i = 0; i + 1 < count; i++, p++)
        blend(p, p + 1, rate);
}

void accumulate(double x) {
    energy *= x;
    energy += x * x;
}

void loss_of(const double *x, int n) {
    energy = 0;
    for (int i = 0; i < n; i++)
        energy += x[i] * x[(i + 1) % n] * energy + x[i];
}

double shared(double a) {
    energy += a * table[1];
    return energy * interpolate(a);
}

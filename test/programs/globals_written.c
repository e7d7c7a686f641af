#include <math.h>

/* Global variables that functions write for one another: their companions live as long as the call. */

/* CHECK through_globals: x -> return
 *   in double x = random(0.5, 1.5)
 *   global double gain = 2.5
 *   global double buffer[6]
 *   returns double
 */
/* CHECK products: x[n] -> return
 *   in double x[5] = random(0.5, 1.5)
 *   int n = 5
 *   global double gain = 2.5
 *   returns double
 */
/* CHECK through_large: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 7
 *   returns double
 */
/* CHECK through_structs: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK descend: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 6
 *   global double depth_sum = 3
 *   returns double
 */

double gain = 1.5;
double buffer[6];
double large[60][20];
double depth_sum;

struct part {
    double mass;
    int kind;
    double charge;
};
struct state {
    double position[2];
    double speed;
    struct part parts[2];
};
struct state state;

static void fill(double x) {
    for (int i = 0; i < 6; i++)
        buffer[i] = sin(x * i) * gain;
    gain = x * x;
}

static double total(void) {
    double sum = 0;
    for (int i = 0; i < 6; i++)
        sum += buffer[i] * buffer[i];
    return sum;
}

/* The gain on entry is a constant, that on exit is used. */
double through_globals(double x) {
    fill(x);
    double first = total();
    fill(first);
    return gain * total() + first;
}

double products(const double *x, int n) {
    gain = x[0] * x[0];
    for (int i = 1; i < n; i++)
        gain *= x[i];
    return gain + x[0];
}

static void spread(double x, int n) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < 20; j++)
            large[i][j] = x * (i + 1) + j * x * x;
}

static double row_sum(double row[20]) {
    double sum = 0;
    for (int j = 0; j < 20; j++)
        sum += row[j] * row[j] * 0.01;
    return sum;
}

double through_large(double x, int n) {
    double sum = 0;
    spread(x, n);
    for (int i = 0; i < n; i++) {
        large[i][3] *= x;
        sum += row_sum(large[i]);
    }
    return sum;
}

static void move(double dt) {
    state.position[0] += dt * state.speed;
    state.position[1] -= dt * state.position[0];
    for (int k = 0; k < 2; k++)
        state.speed += state.parts[k].mass * state.parts[k].charge * dt;
}

double through_structs(double x, double y) {
    struct state start = {{x, y}, x * y, {{x, 0, 2}, {y, 1, 3}}};
    state = start;
    for (int i = 0; i < 3; i++) {
        move(0.125);
        state.parts[i % 2].charge *= state.position[0];
    }
    return state.position[0] * state.position[1] + state.speed;
}

static void deeper(double x, int n) {
    if (n == 0)
        return;
    depth_sum += 0.5 * x * depth_sum;
    deeper(x * depth_sum * 0.125, n - 1);
    depth_sum *= 1 + 0.25 * x;
}

double descend(double x, int n) {
    depth_sum = x;
    deeper(x, n);
    return depth_sum;
}

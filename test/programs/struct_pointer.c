#include <math.h>

/* CHECK kinetic: b[n] -> return
 *   int n = 3
 *   in struct body b[3] = random(0.5, 2)
 *   returns double
 */
/* CHECK push: b[n], dt -> b[n]
 *   int n = 3
 *   inout struct body b[3] = random(0.5, 2)
 *   in double dt = 0.25
 */

struct vector {
    double x, y, z;
};

struct body {
    int id;
    double mass;
    struct vector position, velocity;
    double charge[2];
};

double kinetic(int n, const struct body *b) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const struct vector *v = &b[i].velocity;
        sum += 0.5 * b[i].mass * (v->x * v->x + v->y * v->y + v->z * v->z);
    }
    return sum;
}

void push(int n, struct body *b, double dt) {
    for (int i = 0; i < n; i++) {
        b[i].position.x += dt * b[i].velocity.x;
        b[i].position.y += dt * b[i].velocity.y * b[i].charge[0];
        b[i].position.z += dt * sin(b[i].velocity.z) * b[i].charge[1] / b[i].mass;
    }
}

#include <math.h>

/* CHECK-OPTIONS workspace */
/* CHECK pendulum: angle, speed -> return
 *   in double angle = random(0.5, 1.5)
 *   in double speed = random(0.5, 1.5)
 *   int steps = 4
 *   returns double
 */

/* Constants and parameters of file scope that are read. */
static const double gravity = 9.81;
const double length_of[2] = {1.5, 0.5};
double damping = 0.125;
int scheme = 1;
enum { KEEP = 3 };
static const char *const names[] = {"a", "b"};

double pendulum(double angle, double speed, int steps) {
    double h = 0.0625;
    for (int i = 0; i < steps; i++) {
        double a = -gravity / length_of[i % 2] * sin(angle) - damping * speed;
        speed += h * a;
        angle += scheme == 1 ? h * speed : h * (speed - h * a);
        if (i > KEEP)
            break;
    }
    return angle * speed + names[0][0];
}

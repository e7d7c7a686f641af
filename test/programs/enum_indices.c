/* CHECK products: x
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK downward: x
 *   in double x[4] = random(0.5, 1.5)
 *   int last = 3
 *   returns double
 */
/* CHECK table: x -> y
 *   in double x[4] = random(0.5, 1.5)
 *   int n = 3
 *   out double y[4]
 */
/* CHECK below_zero: x
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
#include <math.h>

/* Loops whose index has an enum type, which compilers make one without signs if they can. */
enum ion { SODIUM, CHLORIDE, CALCIUM, SULFATE, IONS };
typedef enum { RED, GREEN, BLUE, COLOURS } colour;
enum side { LEFT = -1, MIDDLE, RIGHT };

double products(const double x[4]) {
    double product = 1, other = 1;
    for (enum ion i = SODIUM; i < IONS; i++)
        product *= x[i] + 0.1 * product;
    for (colour c = GREEN; c < COLOURS; c += 1)
        other = sin(other * x[c]);
    for (enum ion i = CHLORIDE; i <= SULFATE; i += 2)
        other *= x[i] * other;
    for (enum ion i = SODIUM; i != IONS; i++)
        product = product * x[i] + other;
    return product * other;
}

double downward(const double x[4], int last) {
    double product = 1;
    for (enum ion i = SULFATE; i > SODIUM; i--)
        product *= x[i] + 0.1 * product;
    for (enum ion i = IONS; i-- > 0;)
        product *= x[i] + 0.1 * product;
    for (enum ion i = (enum ion)last; i >= CALCIUM; --i)
        product *= x[i] + 0.1 * product;
    for (enum ion i = SODIUM; i < IONS; i++) {
        product *= x[i] * product;
        if (product > 3)
            break;
    }
    return product;
}

void table(const double x[4], int n, double y[4]) {
    for (enum ion i = SODIUM; i < IONS; i++)
        y[i] = x[i];
    for (enum ion i = CHLORIDE; (int)i < n; i++)
        for (enum ion j = SODIUM; j < i; j++)
            y[i] += y[j] * y[i] * x[i];
}

double below_zero(const double x[4]) {
    double product = 1;
    for (enum side s = LEFT; s <= RIGHT; s++)
        product *= x[s + 1] + 0.1 * product;
    for (enum side s = RIGHT; s >= LEFT; s--)
        product *= x[s + 1] + 0.1 * product;
    return product;
}

/* CHECK quadrature: a, b
 *   in double a = random(0, 1)
 *   in double b = random(1, 2)
 *   returns double
 */
/* CHECK spread: x[n]
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK table_sizes: x[4] -> y[4]
 *   in double x[4] = random(0.5, 1.5)
 *   out double y[4]
 */
#include <math.h>

/* Structs without a name, of variables in functions: a table, a pair of sums, elements of an array, a pointer to them. */
static double weighted(double at) {
    static const struct {
        double place, weight;
    } nodes[] = {{-0.577350269, 1}, {0.577350269, 1}};
    double sum = 0;
    for (unsigned i = 0; i < sizeof nodes / sizeof *nodes; i++)
        sum += nodes[i].weight * sin(at * nodes[i].place);
    return sum;
}

double quadrature(double a, double b) {
    static const struct { double place, weight; } nodes[2] = {{0.25, 3}, {0.75, 2}}, more = {0.5, 1};
    double sum = more.weight * exp(a + (b - a) * more.place);
    for (int i = 0; i < 2; i++)
        sum += nodes[i].weight * exp(a + (b - a) * nodes[i].place) * weighted(a * b);
    return sum;
}

double spread(int n, const double *x) {
    struct {
        double sum, squares;
    } s = {0, 0}, *p = &s;
    struct { double value[2]; int used; } kept[8];
    for (int i = 0; i < n; i++) {
        kept[i].value[0] = x[i] * x[i];
        kept[i].value[1] = sin(x[i]);
        kept[i].used = i % 3 != 1;
    }
    for (int i = 0; i < n; i++)
        if (kept[i].used) {
            p->sum += kept[i].value[0];
            s.squares += kept[i].value[0] * kept[i].value[1];
        }
    return s.squares / s.sum;
}

/* Types whose sizes are those of tables. */
static const double table[] = {1, 2, 0.5, 3};
#define COUNT(a) (sizeof(a) / sizeof *(a))
enum { ALL = COUNT(table), HALF = sizeof table / sizeof table[0] / 2, AFTER };
typedef double row[sizeof table / sizeof *table];
struct part { double values[HALF + COUNT(table) / 4]; };

void table_sizes(const double x[4], double y[4]) {
    row scaled;
    struct part part;
    for (int i = 0; i < ALL; i++)
        scaled[i] = table[i] * x[i] * x[i];
    for (int i = 0; i < AFTER; i++)
        part.values[i] = scaled[i] * x[3];
    for (int i = 0; i < ALL; i++)
        y[i] = i < AFTER ? part.values[i] * x[i] : scaled[i];
}

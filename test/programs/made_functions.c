/* CHECK f: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* Functions that macros make. */
#define MAKE(name, k)       \
    double name(double x) { \
        return k * x * x;   \
    }
#define GET(type, name)    \
    type get_##name(void); \
    type get_##name(void) { \
        return 3;          \
    }

double twice(double x);
double thrice(double x);
MAKE(twice, 2)
MAKE(thrice, 3)
GET(int, it)
static MAKE(inner, 5)

double f(double x) {
    return twice(x) + inner(thrice(x)) * get_it();
}

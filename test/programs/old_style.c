/* CHECK integrate: a, b -> return
 *   in double a = random(0, 0.5)
 *   in double b = random(1, 1.5)
 *   int n = 7
 *   returns double
 */
/* CHECK tridiagonal: a[n], b[n], c[n], r[n] -> u[n]
 *   in double a[5] = random(0.1, 0.5)
 *   in double b[5] = random(2, 3)
 *   in double c[5] = random(0.1, 0.5)
 *   in double r[5] = random(0.5, 1.5)
 *   out double u[5]
 *   int n = 5
 */
/* CHECK one_based: x[n] -> return
 *   in double x[4] = random(0.5, 1.5)
 *   int n = 4
 *   returns double
 */
/* CHECK unprototyped: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* C89: declarations at the top, one-based arrays, register, names in capitals. */
#define FUNC(x) ((x) * (x) / (1.0 + (x)))
#define SQR(a) ((sqrarg = (a)) == 0.0 ? 0.0 : sqrarg * sqrarg)
#define MAX_N 16

double integrate(double a, double b, int n) {
    register int i;
    double h, s, x;

    h = (b - a) / n;
    s = 0.5 * (FUNC(a) + FUNC(b));
    for (i = 1; i < n; i++) {
        x = a + i * h;
        s += FUNC(x);
    }
    return s * h;
}

void tridiagonal(const double *a, const double *b, const double *c, const double *r, double *u, int n) {
    int j;
    double bet, gam[MAX_N];

    u[0] = r[0] / (bet = b[0]);
    for (j = 1; j < n; j++) {
        gam[j] = c[j - 1] / bet;
        bet = b[j] - a[j] * gam[j];
        u[j] = (r[j] - a[j] * u[j - 1]) / bet;
    }
    for (j = (n - 2); j >= 0; j--)
        u[j] -= gam[j + 1] * u[j + 1];
}

double one_based(const double *x, int n) {
    double v[MAX_N + 1], sqrarg, s = 0.0;
    int i;

    for (i = 1; i <= n; i++)
        v[i] = x[i - 1];
    for (i = 1; i <= n; i++)
        s += SQR(v[i] - v[n + 1 - i]) + v[i] * v[1];
    return s;
}

/* Definitions without prototypes: what they are passed is promoted, whoever calls them. */
double scaled(a, n, x)
float a;
char n;
double x;
{
    return a * n * x;
}

double ratio(n, a)
short n;
float a;
{
    return n / a;
}

double unit() {
    return 1;
}

double later();

double unprototyped(double x) {
    return scaled(2.5f, 3, x * x) + ratio(7, 2.0f) * x * unit() + later() * x;
}

double later() {
    return 0.25;
}

#include <cgrad/cgrad.h>

/* CHECK norm: x
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   returns double
 *   modes jvp vjp split grad
 */
/* CHECK form: x, a, y
 *   int m = 2
 *   int n = 3
 *   in double x[2] = random(-1, 1)
 *   in double a[2][3] = random(-1, 1)
 *   in double y[3] = random(-1, 1)
 *   returns double
 *   modes grad vjp
 */
/* CHECK fixed: x -> loss
 *   in double x[3] = random(-1, 1)
 *   out double loss[1]
 *   modes grad
 */
/* CHECK-OPTIONS macros */

/* Extents that the prototype gives: x[n], x[static n], a[m][n], x[3]. Qualifiers of every kind. */
CGRAD_GRAD(x)
CGRAD_VJP(x)
CGRAD_JVP(x)
CGRAD_SPLIT(x)
double norm(int n, const double x[n]) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sum;
}

CGRAD_GRAD(x, a, y)
CGRAD_VJP(x, a, y)
double form(int m, int n, const double x[static m], const double a[const restrict m][n], const double y[restrict n]) {
    register double sum = 0;
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            sum += x[i] * a[i][j] * y[j];
    return sum;
}

#define SIZE 3
CGRAD_GRAD(x -> loss)
void fixed(const double x[SIZE], double *restrict loss) {
    *loss = 0;
    for (int i = 0; i < SIZE; i++)
        *loss += x[i] * x[i] * x[(i + 1) % SIZE];
}

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* CHECK reported: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK announced: x[n] -> y[n]
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   out double y[3]
 */

/* Output and assertions happen once. */
static void announce(const char *what, double value) {
    printf("%s = %g\n", what, value);
}

double reported(int n, const double *x) {
    double sum = 0;
    assert(n > 0 && x != NULL);
    printf("%d values\n", n);
    for (int i = 0; i < n; i++) {
        sum += x[i] * x[i];
        if (sum > 1)
            printf("x[%d] = %.3f: %.3f\n", i, x[i], sum);
        else
            puts("small");
    }
    assert(sum >= 0);
    if (sum < 0) {
        fprintf(stderr, "impossible: %g\n", sum);
        exit(1);
    }
    announce("sum", sum);
    return sum;
}

void announced(int n, const double *x, double *y) {
    clock_t start = clock();
    for (int i = 0; i < n; i++) {
        y[i] = x[i] * x[0];
        announce("element", y[i]);
    }
    if (clock() < start)
        abort();
    putchar('\n');
    fflush(stdout);
}

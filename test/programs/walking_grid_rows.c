#include <math.h>

/* CHECK walk_row: x[n], a -> return
 *   int n = 5
 *   in double x[5] = random(0.3, 1.4)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* A pointer that walks over a row of a local grid, in a loop, so that the reverse sweep needs it back. */
double walk_row(int n, const double *x, double a) {
    double sum = 0;
    for (int round = 0; round < 3; round++) {
        double grid[3][5];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < n; j++)
                grid[i][j] = a * x[j] + i * sum;
        const double *p = grid[2];
        for (int j = 0; j < n; j++)
            sum += sin(*p++);
    }
    return sum;
}

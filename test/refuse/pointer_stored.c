// OPTIONS --vjp=f:x[n]->return
#include <stdlib.h>
double f(int n, const double *x) {
    double *rows[2], sum = 0;
    for (int i = 0; i < 2; i++) {
        rows[i] = malloc((size_t)n * sizeof(double)); // EXPECT error: a pointer to active memory is stored
        for (int j = 0; j < n; j++)
            rows[i][j] = x[j] * x[0]; // NOTE: depends on 'x'
    }
    for (int j = 0; j < n; j++)
        sum += rows[0][j] * rows[1][j];
    free(rows[0]);
    free(rows[1]);
    return sum; // NOTE: the returned value depends on 'sum'
}

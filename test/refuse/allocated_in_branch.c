// OPTIONS --vjp=f:x[n]->return
#include <stdlib.h>
double f(int n, const double *x) {
    double *work = NULL; // EXPECT error: pointer 'work' may point into several arrays
    double sum = 0;
    for (int k = 0; k < n; k++) {
        if (k == 0)
            work = calloc((size_t)n, sizeof(double));
        work[k] = x[k] * x[k];
        sum += work[k] * work[0];
    }
    free(work);
    return sum;
}

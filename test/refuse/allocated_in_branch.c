// OPTIONS --vjp=f:x[n]->return
#include <stdlib.h>
double f(int n, const double *x) {
    double *work = NULL; // EXPECT error: pointer 'work' may point into several arrays
    double sum = 0;
    if (x[0] > 0) {
        work = calloc((size_t)n, sizeof(double));
        for (int i = 0; i < n; i++)
            work[i] = x[i] * x[i];
        sum = work[n - 1] * work[0];
    }
    free(work);
    return sum;
}

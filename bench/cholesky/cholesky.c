#include "cholesky.h"

#include <cgrad/cgrad.h>
#include <math.h>

CGRAD_VJP(a[n * n] -> a)
CGRAD_JVP(a[n * n] -> a)
void cholesky(int n, double *a) {
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
            for (int k = 0; k < j; k++)
                a[i * n + j] -= a[i * n + k] * a[j * n + k];
            a[i * n + j] /= a[j * n + j];
        }
        for (int k = 0; k < i; k++)
            a[i * n + i] -= a[i * n + k] * a[i * n + k];
        a[i * n + i] = sqrt(a[i * n + i]);
    }
}

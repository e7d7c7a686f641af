#include "crossentropy.h"

#include <cgrad/cgrad.h>
#include <math.h>

CGRAD_GRAD(logits[rows * v])
CGRAD_VJP(logits[rows * v])
CGRAD_JVP(logits[rows * v])
double cross_entropy(int rows, int v, const double *logits, const int *targets) {
    double loss = 0;
    for (int r = 0; r < rows; r++) {
        const double *row = logits + r * v;
        double max = row[0];
        for (int i = 1; i < v; i++)
            if (row[i] > max)
                max = row[i];
        double sum = 0;
        for (int i = 0; i < v; i++)
            sum += exp(row[i] - max);
        loss += log(sum) + max - row[targets[r]];
    }
    return loss / rows;
}

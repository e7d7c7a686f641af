#include "crossentropy.h"

#include <math.h>

/* The exponentials stay in the adjoint: they are the softmax but for a factor. */
double cross_entropy_hand(int rows, int v, const double *restrict logits, double *restrict logits_bar,
                          const int *restrict targets) {
    double loss = 0;
    for (int r = 0; r < rows; r++) {
        const double *row = logits + r * v;
        double *bar = logits_bar + r * v, max = row[0], sum = 0;
        for (int i = 1; i < v; i++)
            max = row[i] > max ? row[i] : max;
        for (int i = 0; i < v; i++) {
            bar[i] = exp(row[i] - max);
            sum += bar[i];
        }
        double scale = 1 / (sum * rows);
        for (int i = 0; i < v; i++)
            bar[i] *= scale;
        bar[targets[r]] -= 1.0 / rows;
        loss += log(sum) + max - row[targets[r]];
    }
    return loss / rows;
}

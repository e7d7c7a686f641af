/* Fits a decay to observations by gradient descent with momentum. */
#include "decay.h"
#include "decay_grad.h"

#include <math.h>
#include <stdio.h>

enum { N = 20 };

int main(void) {
    double t[N], y[N], p[PARAMETERS] = {1, 1, 0}, p_bar[PARAMETERS], move[PARAMETERS] = {0, 0, 0};
    for (int i = 0; i < N; i++) {
        t[i] = 0.1 * i;
        y[i] = 2.5 * exp(-1.7 * t[i]) + 0.4;
    }
    for (int step = 0; step < 2000; step++) {
        double loss = decay_loss_grad(N, t, y, p, p_bar);
        if (step % 400 == 0)
            printf("%4d  loss %.2e\n", step, loss);
        for (int k = 0; k < PARAMETERS; k++) {
            move[k] = 0.9 * move[k] - 0.01 * p_bar[k];
            p[k] += move[k];
        }
    }
    printf("fitted: %.3f exp(-%.3f t) + %.3f\n", p[0], p[1], p[2]);
    return 0;
}

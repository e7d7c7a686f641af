#include "neuron_grad.h"

#include <stdio.h>

int main(void) {
    double w[3] = {0.5, -0.25, 1}, x[3] = {1, 2, 0.5}, w_bar[3];
    double loss = neuron_loss_grad(3, w, w_bar, x, 1);
    printf("loss %.6f, gradient %.6f %.6f %.6f\n", loss, w_bar[0], w_bar[1], w_bar[2]);
    return 0;
}

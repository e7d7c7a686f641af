/* Checks the derivatives of log-sum-exp. */
#include "lse.h"
#include "lse_grad.h"
#include "model.h"
#include "precise.h"

static void primal(void *size, const double *x, double *y) {
    *y = log_sum_exp(*(int *)size, x);
}

static void jvp(void *size, const double *x, const double *x_dot, double *y, double *y_dot) {
    *y = log_sum_exp_jvp(*(int *)size, x, x_dot, y_dot);
}

static void vjp(void *size, const double *x, double *x_bar, double *y, double *y_bar) {
    *y = log_sum_exp_vjp(*(int *)size, x, x_bar, *y_bar);
}

static void grad(void *size, const double *x, double *x_bar, double *y) {
    *y = log_sum_exp_grad(*(int *)size, x, x_bar);
}

int main(void) {
    struct number_checks checks = {0, 0};
    struct number_random random = number_seed(3);
    for (int n = 1; n <= 1000; n *= 10) {
        double *x = model_random(&random, (size_t)n, -700, 700);
        for (int i = 0; i < n / 2; i++)
            x[i] /= 700;
        struct model model = {.name = "lse", .input_count = (size_t)n, .output_count = 1, .x = x, .context = &n,
                              .primal = primal, .precise = lse_precise, .jvp = jvp, .vjp = vjp, .grad = grad};
        model_check(&checks, &model);
        free(x);
    }
    return number_finish(&checks);
}

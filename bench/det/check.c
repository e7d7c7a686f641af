/* Checks the derivatives of the determinant by minors. */
#include "det.h"
#include "det_grad.h"
#include "model.h"
#include "precise.h"

static void primal(void *size, const double *a, double *y) {
    *y = determinant(*(int *)size, a);
}

static void jvp(void *size, const double *a, const double *a_dot, double *y, double *y_dot) {
    *y = determinant_jvp(*(int *)size, a, a_dot, y_dot);
}

static void vjp(void *size, const double *a, double *a_bar, double *y, double *y_bar) {
    *y = determinant_vjp(*(int *)size, a, a_bar, *y_bar);
}

static void grad(void *size, const double *a, double *a_bar, double *y) {
    *y = determinant_grad(*(int *)size, a, a_bar);
}

int main(void) {
    struct number_checks checks = {0, 0};
    struct number_random random = number_seed(10);
    for (int n = 1; n <= 7; n += 2) {
        size_t count = (size_t)(n * n);
        double *a = model_random(&random, count, -1, 1);
        struct model model = {.name = "det", .input_count = count, .output_count = 1, .x = a, .context = &n,
                              .primal = primal, .precise = det_precise, .jvp = jvp, .vjp = vjp, .grad = grad};
        model_check(&checks, &model);
        free(a);
    }
    return number_finish(&checks);
}

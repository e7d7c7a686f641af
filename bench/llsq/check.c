/* Checks the derivatives of linear least squares. */
#include "llsq.h"
#include "llsq_grad.h"
#include "model.h"
#include "precise.h"

/* The parts of the flat vectors. */
#define B(v) ((v) + p->m * p->n)
#define X(v) (B(v) + p->m)

static void primal(void *context, const double *v, double *y) {
    const struct llsq_problem *p = context;
    *y = least_squares(p->m, p->n, v, B(v), X(v));
}

static void jvp(void *context, const double *v, const double *v_dot, double *y, double *y_dot) {
    const struct llsq_problem *p = context;
    *y = least_squares_jvp(p->m, p->n, v, v_dot, B(v), B(v_dot), X(v), X(v_dot), y_dot);
}

static void vjp(void *context, const double *v, double *v_bar, double *y, double *y_bar) {
    const struct llsq_problem *p = context;
    *y = least_squares_vjp(p->m, p->n, v, v_bar, B(v), B(v_bar), X(v), X(v_bar), *y_bar);
}

/* The gradient by x alone, against the vjp by everything. */
static void check_grad(struct number_checks *checks, struct llsq_problem *p, const double *v) {
    size_t n = (size_t)p->n, count = (size_t)(p->m * p->n + p->m + p->n);
    double *v_bar = model_vector(count), *gradient = model_vector(n), y, one = 1;
    for (size_t i = 0; i < n; i++)
        gradient[i] = NAN;
    vjp(p, v, v_bar, &y, &one);
    number_check(checks, "value of grad", least_squares_grad(p->m, p->n, v, B(v), X(v), gradient) == y);
    number_check(checks, "value of grad without gradient", least_squares_grad(p->m, p->n, v, B(v), X(v), NULL) == y);
    long double *got = number_widen(n, gradient), *want = number_widen(n, X(v_bar));
    number_close_all(checks, "grad against vjp", n, got, want, 1e-12L);
    free(v_bar);
    free(gradient);
    free(got);
    free(want);
}

int main(void) {
    struct number_checks checks = {0, 0};
    struct number_random random = number_seed(9);
    struct llsq_problem problems[] = {{1, 1}, {7, 3}, {40, 60}};
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        struct llsq_problem *p = &problems[i];
        size_t count = (size_t)(p->m * p->n + p->m + p->n);
        double *v = model_random(&random, count, -1, 1);
        struct model model = {.name = "llsq", .input_count = count, .output_count = 1, .x = v, .context = p,
                              .primal = primal, .precise = llsq_precise, .jvp = jvp, .vjp = vjp};
        model_check(&checks, &model);
        check_grad(&checks, p, v);
        free(v);
    }
    return number_finish(&checks);
}

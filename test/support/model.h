/* model: checks the derivatives of a benchmark model, given as functions of flat vectors.
 *
 * The driver of a model wraps its functions so: x are the independents, y the dependents, one after another.
 * model_check compares jvp with differences of the same source in long double, vjp with jvp by the
 * dot-product identity, grad and split with vjp, and the values with those of the primal, bit by bit.
 */
#ifndef MODEL_H
#define MODEL_H

#include "numbers.h"

struct model {
    const char *name;
    size_t input_count, output_count;
    const double *x;
    void *context;
    void (*primal)(void *context, const double *x, double *y);
    number_function *precise;
    void (*jvp)(void *context, const double *x, const double *x_dot, double *y, double *y_dot);
    void (*vjp)(void *context, const double *x, double *x_bar, double *y, double *y_bar); /* x_bar += */
    void (*grad)(void *context, const double *x, double *x_bar, double *y); /* NULL: not scalar */
    long double identity_tolerance, difference_tolerance;                   /* 0: 1e-12, 1e-7 */
};

static inline double *model_vector(size_t count) {
    double *x = calloc(count + 1, sizeof *x);
    if (x == NULL)
        abort();
    return x;
}

static inline double *model_random(struct number_random *random, size_t count, double low, double high) {
    double *x = model_vector(count);
    for (size_t i = 0; i < count; i++)
        x[i] = (double)number_uniform(random, low, high);
    return x;
}

static inline void model_check_value(struct number_checks *checks, const struct model *model,
                                     const char *mode, const double *y, const double *want) {
    bool same = true;
    for (size_t i = 0; i < model->output_count; i++)
        same = same && y[i] == want[i];
    if (!number_count(checks, same))
        fprintf(stderr, "FAILED %s: the values after %s are not those of the primal\n", model->name, mode);
}

static inline long double model_dot(size_t count, const double *x, const double *y, long double *scale) {
    long double sum = 0;
    *scale = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (long double)x[i] * y[i];
        *scale += fabsl((long double)x[i] * y[i]);
    }
    return sum;
}

static inline void model_check_jvp(struct number_checks *checks, const struct model *model,
                                   const double *x_dot, const double *want_y, double *y_dot) {
    size_t m = model->output_count, n = model->input_count;
    double *y = model_vector(m);
    long double *want = number_vector(m), *x = number_widen(n, model->x), *dx = number_widen(n, x_dot);
    model->jvp(model->context, model->x, x_dot, y, y_dot);
    model_check_value(checks, model, "jvp", y, want_y);
    number_difference(model->precise, model->context, n, x, dx, m, want);
    long double *got = number_widen(m, y_dot);
    number_close_all(checks, "jvp against differences in long double", m, got, want,
                     model->difference_tolerance > 0 ? model->difference_tolerance : 1e-7L);
    free(y);
    free(want);
    free(x);
    free(dx);
    free(got);
}

static inline void model_check_vjp(struct number_checks *checks, const struct model *model,
                                   struct number_random *random, const double *x_dot, const double *y_dot,
                                   const double *want_y) {
    size_t m = model->output_count, n = model->input_count;
    double *y = model_vector(m), *x_bar = model_vector(n), *seed = model_random(random, m, -1, 1),
           *y_bar = model_vector(m);
    for (size_t i = 0; i < m; i++)
        y_bar[i] = seed[i];
    model->vjp(model->context, model->x, x_bar, y, y_bar);
    model_check_value(checks, model, "vjp", y, want_y);
    long double scale, other_scale, left = model_dot(n, x_bar, x_dot, &scale),
                                    right = model_dot(m, seed, y_dot, &other_scale);
    number_close(checks, "dot-product identity of vjp and jvp", left, right, fmaxl(scale, other_scale),
                 model->identity_tolerance > 0 ? model->identity_tolerance : 1e-12L);
    double *twice = model_vector(n);
    bool adds = true;
    for (size_t i = 0; i < n; i++)
        twice[i] = x_bar[i];
    for (size_t i = 0; i < m; i++)
        y_bar[i] = seed[i];
    model->vjp(model->context, model->x, twice, y, y_bar);
    for (size_t i = 0; i < n; i++)
        adds = adds && number_error(twice[i], 2 * (long double)x_bar[i], 1e-3L) <= 1e-10L;
    number_check(checks, "vjp adds to the adjoints of the independents", adds);
    free(y);
    free(x_bar);
    free(seed);
    free(y_bar);
    free(twice);
}

static inline void model_check_grad(struct number_checks *checks, const struct model *model,
                                    const double *want_y) {
    size_t n = model->input_count;
    double y = 0, again = 0, one = 1, *gradient = model_vector(n), *x_bar = model_vector(n);
    for (size_t i = 0; i < n; i++)
        gradient[i] = NAN;
    model->grad(model->context, model->x, gradient, &y);
    model_check_value(checks, model, "grad", &y, want_y);
    model->vjp(model->context, model->x, x_bar, &again, &one);
    long double *got = number_widen(n, gradient), *want = number_widen(n, x_bar);
    number_close_all(checks, "grad against vjp", n, got, want, 1e-12L);
    free(gradient);
    free(x_bar);
    free(got);
    free(want);
}

static inline void model_check(struct number_checks *checks, const struct model *model) {
    struct number_random random = number_seed(4711);
    size_t m = model->output_count, n = model->input_count;
    double *y = model_vector(m), *x_dot = model_random(&random, n, -1, 1), *y_dot = model_vector(m);
    long failed = checks->failed;
    model->primal(model->context, model->x, y);
    model_check_jvp(checks, model, x_dot, y, y_dot);
    model_check_vjp(checks, model, &random, x_dot, y_dot, y);
    if (model->grad)
        model_check_grad(checks, model, y);
    if (checks->failed > failed)
        fprintf(stderr, "... in %s\n", model->name);
    free(y);
    free(x_dot);
    free(y_dot);
}

#endif

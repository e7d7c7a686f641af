#include "precise.h"
#include "numbers.h"

#define ode_integrate ode_integrate_precise
#define ode_misfit ode_misfit_precise
#include "longdouble.h"
#include "ode.c"

void ode_precise_integrate(void *context, const number_t *x, number_t *y) {
    const struct ode_problem *p = context;
    memcpy(y, x + p->n + 1, (size_t)p->n * sizeof *y);
    ode_integrate(p->n, p->steps, p->time, x, x[p->n], y);
}

void ode_precise_misfit(void *context, const number_t *x, number_t *misfit) {
    const struct ode_problem *p = context;
    number_t *observed = number_widen((size_t)p->n, p->observed);
    *misfit = ode_misfit(p->n, p->steps, p->time, x, x[p->n], x + p->n + 1, observed);
    free(observed);
}

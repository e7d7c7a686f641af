/* The model once more, in long double, for differences: rate, exchange, y0 -> y at the end, misfit. */
#ifndef ODE_PRECISE_H
#define ODE_PRECISE_H

struct ode_problem {
    int n, steps;
    double time;
    const double *observed;
};

void ode_precise_integrate(void *problem, const long double *x, long double *y);
void ode_precise_misfit(void *problem, const long double *x, long double *misfit);

#endif

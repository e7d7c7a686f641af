/* ode: a chain of reacting species, integrated by the classical Runge-Kutta method. */
#ifndef ODE_H
#define ODE_H

/* Integrates y[n] from 0 to `time` in equal steps. rate[n] are the rates of growth, exchange the strength of coupling. */
void ode_integrate(int n, int steps, double time, const double *rate, double exchange, double *y);

/* Half the squared distance of the state at the end from observed[n], having started at y0[n]. */
double ode_misfit(int n, int steps, double time, const double *rate, double exchange, const double *y0,
                  const double *observed);

/* The gradient of the misfit, by hand; overwrites. */
double ode_misfit_hand(int n, int steps, double time, const double *rate, double *rate_bar, double exchange,
                       double *exchange_bar, const double *y0, double *y0_bar, const double *observed);

#endif

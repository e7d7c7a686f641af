/* brusselator: two reacting and diffusing substances on a torus. */
#ifndef BRUSSELATOR_H
#define BRUSSELATOR_H

/* The rates of change du[n * n], dv[n * n] of the concentrations u[n * n], v[n * n] at `time`. */
void brusselator(int n, double time, const double *u, const double *v, double *du, double *dv);

/* The adjoint, by hand; adds to u_bar and v_bar. It does not compute du and dv. */
void brusselator_hand(int n, const double *u, double *u_bar, const double *v, double *v_bar, const double *du_bar,
                      const double *dv_bar);

#endif

/* <cgrad/cgrad.h>: what a programmer writes into a source that cgrad differentiates.
 *
 * Every compiler but cgrad sees nothing: the macros vanish. cgrad defines __CGRAD__ while it reads a source,
 * and then they become annotations of the declaration that follows.
 *
 *     CGRAD_GRAD(x[n] -> return)
 *     double f(int n, const double *x);
 *
 * A request is   LIST [-> LIST]   with   LIST = ITEM {, ITEM}   and   ITEM = NAME [ '[' EXTENT ']' ] |
 * return: the independents, then the dependents. Without `->` the dependent is the returned value or, of a
 * void function, every non-const pointer to reals. An extent is a C expression over the other parameters.
 *
 * The text of a request is taken before macros are expanded in it (C11 6.10.3.2), so that names in it may be
 * macros too. Only a macro of your own around CGRAD_GRAD has its arguments expanded first.
 */
#ifndef CGRAD_CGRAD_H
#define CGRAD_CGRAD_H

/* ---- requests: before a function -------------------------------------------------------------------- */

#ifdef __CGRAD__

/* f_grad: the gradient of one scalar dependent (`x_bar = `) */
#define CGRAD_GRAD(...) __attribute__((annotate("cgrad:grad:" #__VA_ARGS__)))
/* f_vjp: adjoints for given seeds (`x_bar += `) */
#define CGRAD_VJP(...) __attribute__((annotate("cgrad:vjp:" #__VA_ARGS__)))
/* f_fwd and f_rev: vjp in two halves that share a record */
#define CGRAD_SPLIT(...) __attribute__((annotate("cgrad:split:" #__VA_ARGS__)))
/* f_jvp: tangents for given directions */
#define CGRAD_JVP(...) __attribute__((annotate("cgrad:jvp:" #__VA_ARGS__)))
/* f_hvp: Hessian times a direction */
#define CGRAD_HVP(...) __attribute__((annotate("cgrad:hvp:" #__VA_ARGS__)))
/* f_jacobian: M by N, row-major */
#define CGRAD_JACOBIAN(...) __attribute__((annotate("cgrad:jacobian:" #__VA_ARGS__)))
/* f_hessian: N by N, symmetric */
#define CGRAD_HESSIAN(...) __attribute__((annotate("cgrad:hessian:" #__VA_ARGS__)))

/* ---- control ---------------------------------------------------------------------------------------- */

/* on a function, parameter, variable or struct field: carries no derivative */
#define CGRAD_INACTIVE __attribute__((annotate("cgrad:inactive")))
/* before a function with the signature of f_vjp (f_jvp): used wherever f is called */
#define CGRAD_CUSTOM_VJP(f) __attribute__((annotate("cgrad:custom_vjp:" #f)))
#define CGRAD_CUSTOM_JVP(f) __attribute__((annotate("cgrad:custom_jvp:" #f)))
/* before a loop: bounds what it records. It changes no derivative and no compiler annotates statements, so it
 * leaves nothing behind in the program that is read either: cgrad finds it among the macro expansions. */
#define CGRAD_CHECKPOINT(...)

/* the value of x; its derivative is zero */
double cgrad_stop_gradient(double x);
/* In the body of a loop: it runs k times at most. With --workspace its record has room for that. */
#define CGRAD_MAX_TRIPS(k) cgrad_max_trips(k)
void cgrad_max_trips(long long k);

#else

#define CGRAD_GRAD(...)
#define CGRAD_VJP(...)
#define CGRAD_SPLIT(...)
#define CGRAD_JVP(...)
#define CGRAD_HVP(...)
#define CGRAD_JACOBIAN(...)
#define CGRAD_HESSIAN(...)
#define CGRAD_INACTIVE
#define CGRAD_CUSTOM_VJP(f)
#define CGRAD_CUSTOM_JVP(f)
#define CGRAD_CHECKPOINT(...)
#define cgrad_stop_gradient(x) ((x))
#define CGRAD_MAX_TRIPS(k) ((void)(k))
#define cgrad_max_trips(k) ((void)(k))

#endif

#endif

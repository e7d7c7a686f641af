/* check_program: a function of a test program, as check_program.py presents it to the driver.
 *
 * All parameters of the function that the request lists are laid out in one flat vector, the reals in the
 * order of the parameters, the returned value last; every real has a role. `primal` and `precise` are the
 * original source in its own precision and in long double; the rest calls generated functions (NULL where not
 * requested).
 */
#ifndef CHECK_PROGRAM_H
#define CHECK_PROGRAM_H

#include <stddef.h>

enum role {
    ROLE_IN,
    ROLE_OUT,        /* only written: the adjoint is zero on exit, the tangent on entry does not matter */
    ROLE_ACCUMULATE, /* dependent only, but the value on entry survives or is read */
    ROLE_INOUT,
    ROLE_RETURNED
};

struct subject {
    const char *name;
    size_t (*size)(void); /* reals in the flat vector */
    size_t (*observed)(
        void); /* values that can be seen after a call: all parameters, integers too, and the result */
    void (*roles)(enum role *roles);
    void (*start)(unsigned seed, long double *flat);
    void (*primal)(unsigned seed, const long double *flat, long double *after, long double *seen);
    void (*reread)(unsigned seed, const long double *flat, long double *after,
                   long double *seen); /* emitted again */
    void (*precise)(unsigned seed, const long double *flat, long double *after, long double *seen);
    void (*jvp)(unsigned seed, const long double *flat, long double *dot, long double *seen);
    void (*vjp)(unsigned seed, const long double *flat, long double *bar, long double *seen);
    void (*split)(unsigned seed, const long double *flat, long double *bar, long double *other_bar,
                  long double *seen);
    /* unwanted: this parameter's adjoint is NULL (counted over the independents; -1: none, -2: all) */
    void (*grad)(unsigned seed, const long double *flat, int unwanted, long double *bar, long double *seen);
    int independent_count;
    long double identity_tolerance, difference_tolerance;
    unsigned trials;
    int same_bits; /* the values must be those of the primal bit by bit */
};

extern const struct subject subjects[];
extern const size_t subject_count;
extern const int with_values; /* f_vjp and f_grad leave f's values behind, as without --no-primal */

#endif

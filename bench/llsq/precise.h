/* The model once more, in long double, for differences: a, b, x -> loss. */
#ifndef LLSQ_PRECISE_H
#define LLSQ_PRECISE_H

struct llsq_problem {
    int m, n;
};

void llsq_precise(void *problem, const long double *x, long double *loss);

#endif

/* The model once more, in long double, for differences. */
#ifndef LSE_PRECISE_H
#define LSE_PRECISE_H

void lse_precise(void *size, const long double *x, long double *y);

#endif

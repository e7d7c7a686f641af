/* The model once more, in long double, for differences: theta -> err; theta, us -> err. The context: whether it is mirrored. */
#ifndef HAND_PRECISE_H
#define HAND_PRECISE_H

void hand_precise(void *mirrored, const long double *theta, long double *err);
void hand_precise_complicated(void *mirrored, const long double *x, long double *err);

#endif

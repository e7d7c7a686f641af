/* The model once more, in long double, for differences. */
#ifndef DET_PRECISE_H
#define DET_PRECISE_H

void det_precise(void *size, const long double *a, long double *y);

#endif

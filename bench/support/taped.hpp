/* taped: a model's source, compiled as C++ with adouble for double, for ADOL-C. After this header, `double` means adouble until
 * TAPED_END; memory from malloc is constructed.
 *
 *     #include "taped.hpp"
 *     #define f f_taped
 *     #include "model.c"
 *     #include "taped_end.hpp"
 */
#ifndef TAPED_HPP
#define TAPED_HPP

#include <adolc/adolc.h>
#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct taped_memory {
    size_t bytes;
    template <class T> operator T *() const { return new T[bytes / sizeof(T)]; }
};

template <class T> void taped_copy(T *to, const T *from, size_t bytes) {
    for (size_t i = 0; i < bytes / sizeof(T); i++)
        to[i] = from[i];
}

/* Of what depends on no parameter. */
inline adouble lgamma(const adouble &x) { return lgamma(x.value()); }

inline adouble *taped_constants(size_t count, const double *x) {
    adouble *constants = new adouble[count];
    for (size_t i = 0; i < count; i++)
        constants[i] = x[i];
    return constants;
}

/* Tapes f of x[count] and takes its gradient; the value. Branches depend on values, so the tape is made each time. */
template <class F> double taped_gradient(size_t count, const double *x, double *gradient, F f) {
    adouble *independents = new adouble[count];
    double value;
    trace_on(0);
    for (size_t i = 0; i < count; i++)
        independents[i] <<= x[i];
    adouble result = f(independents);
    result >>= value;
    trace_off();
    ::gradient(0, (int)count, x, gradient);
    delete[] independents;
    return value;
}

#define double adouble
#define malloc(bytes) (taped_memory{(size_t)(bytes)})
#define free(memory) delete[] (memory)
#define memcpy(to, from, bytes) taped_copy(to, from, bytes)

#endif

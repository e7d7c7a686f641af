/* dispatch.h: calls through pointers in generated code.
 *
 * Generated code asks which function a pointer leads to, and differentiates that. cgrad_no_derivative(where) is called
 * where it leads to a function that had no derivative when the code was generated; `where` is the file and line of the
 * call in the source. It ends the process with a message on standard error; define CGRAD_NO_DERIVATIVE(where) before
 * the inclusion to do something else, which must not return.
 */
#ifndef CGRAD_DISPATCH_H
#define CGRAD_DISPATCH_H

#ifndef CGRAD_NO_DERIVATIVE
#include <stdio.h>
#include <stdlib.h>
#define CGRAD_NO_DERIVATIVE(where)                                                                           \
    (fprintf(stderr, "cgrad: %s: the pointer leads to a function without a derivative\n", where), abort())
#endif

#ifndef CGRAD_INLINE
#if defined(__GNUC__) || defined(__TINYC__)
#define CGRAD_INLINE static inline __attribute__((unused))
#else
#define CGRAD_INLINE static inline
#endif
#endif

#if defined(__GNUC__)
__attribute__((noreturn))
#endif
CGRAD_INLINE void cgrad_no_derivative(const char *where) {
    CGRAD_NO_DERIVATIVE(where);
}

#endif

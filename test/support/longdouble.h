/* longdouble: the program after this header computes in long double.
 *
 * For differences of a program written in double or float: the ORIGINAL source is compiled a second time,
 * behind this header, which first takes in every standard header (they must not see the macros), then spells
 * float and double as long double and every function of <math.h> by its l variant. What the program prints is
 * left out. A program that already says `long double` cannot be compiled so.
 *
 *     #include "numbers.h"
 *     #include "longdouble.h"
 *     #include "model.c"
 */
#ifndef LONGDOUBLE_H
#define LONGDOUBLE_H

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cgrad/cgrad.h>

static inline int longdouble_no_print(const char *format, ...) {
    (void)format;
    return 0;
}
static inline int longdouble_no_fprint(FILE *file, const char *format, ...) {
    (void)file;
    (void)format;
    return 0;
}

#define printf longdouble_no_print
#define fprintf longdouble_no_fprint
#define puts(text) longdouble_no_print(text)

#define double long double
#define float double

#define acos acosl
#define acosf acosl
#define asin asinl
#define asinf asinl
#define atan atanl
#define atanf atanl
#define atan2 atan2l
#define atan2f atan2l
#define cos cosl
#define cosf cosl
#define sin sinl
#define sinf sinl
#define tan tanl
#define tanf tanl
#define acosh acoshl
#define acoshf acoshl
#define asinh asinhl
#define asinhf asinhl
#define atanh atanhl
#define atanhf atanhl
#define cosh coshl
#define coshf coshl
#define sinh sinhl
#define sinhf sinhl
#define tanh tanhl
#define tanhf tanhl
#define exp expl
#define expf expl
#define exp2 exp2l
#define exp2f exp2l
#define expm1 expm1l
#define expm1f expm1l
#define frexp frexpl
#define frexpf frexpl
#define ldexp ldexpl
#define ldexpf ldexpl
#define log logl
#define logf logl
#define log10 log10l
#define log10f log10l
#define log1p log1pl
#define log1pf log1pl
#define log2 log2l
#define log2f log2l
#define logb logbl
#define logbf logbl
#define scalbn scalbnl
#define scalbnf scalbnl
#define scalbln scalblnl
#define scalblnf scalblnl
#define modf modfl
#define modff modfl
#define cbrt cbrtl
#define cbrtf cbrtl
#define fabs fabsl
#define fabsf fabsl
#define hypot hypotl
#define hypotf hypotl
#define pow powl
#define powf powl
#define sqrt sqrtl
#define sqrtf sqrtl
#define erf erfl
#define erff erfl
#define erfc erfcl
#define erfcf erfcl
#define lgamma lgammal
#define lgammaf lgammal
#define tgamma tgammal
#define tgammaf tgammal
#define ceil ceill
#define ceilf ceill
#define floor floorl
#define floorf floorl
#define nearbyint nearbyintl
#define nearbyintf nearbyintl
#define rint rintl
#define rintf rintl
#define round roundl
#define roundf roundl
#define trunc truncl
#define truncf truncl
#define lrint lrintl
#define lrintf lrintl
#define llrint llrintl
#define llrintf llrintl
#define lround lroundl
#define lroundf lroundl
#define llround llroundl
#define llroundf llroundl
#define fmod fmodl
#define fmodf fmodl
#define remainder remainderl
#define remainderf remainderl
#define remquo remquol
#define remquof remquol
#define copysign copysignl
#define copysignf copysignl
#define nextafter nextafterl
#define nextafterf nextafterl
#define fdim fdiml
#define fdimf fdiml
#define fmax fmaxl
#define fmaxf fmaxl
#define fmin fminl
#define fminf fminl
#define fma fmal
#define fmaf fmal
#define ilogb ilogbl
#define ilogbf ilogbl
#define nan nanl
#define nanf nanl

#endif

/* <cgrad/special.h>: special functions that derivatives need and the C library lacks.
 *
 *     cgrad_digamma(x)       psi(x): lgamma' = psi, tgamma' = tgamma psi
 *     cgrad_trigamma(x)      psi'(x)
 *     cgrad_polygamma(n, x)  the n-th derivative of psi, n = 0 to 32: its own is cgrad_polygamma(n + 1, x)
 *
 * with variants for float (f) and long double (l) as in <math.h>.
 *
 * Method: negative arguments by the reflection formula; positive ones are moved up by the recurrence to where
 * the asymptotic series is accurate. The formulas are those of the NIST Digital Library of Mathematical
 * Functions (DLMF), chapter 5. Everything is computed in long double and rounded once. Where that has 64 bits
 * or more, double results are good to 1e-15, relative to the larger term of the reflection if x < 0.
 *
 * Special values: at a pole the limit if both sides agree (trigamma(-2) is infinite) and at +-0 that from the
 * side of the sign, otherwise NaN. At infinity psi is infinite and its derivatives are 0; at -infinity all
 * are NaN, and so they are for orders outside 0 to 32. errno is not set.
 */
#ifndef CGRAD_SPECIAL_H
#define CGRAD_SPECIAL_H

#include <math.h>

#ifndef CGRAD_INLINE
#if defined(__GNUC__) || defined(__TINYC__)
#define CGRAD_INLINE static inline __attribute__((unused))
#else
#define CGRAD_INLINE static inline
#endif
#endif

#define CGRAD_POLYGAMMA_ORDERS 32
#define CGRAD_BERNOULLI_TERMS 9

/* The Bernoulli number B(2k), k = 1 to 9 (DLMF table 24.2.1). */
CGRAD_INLINE long double cgrad_bernoulli(int k) {
    static const long double numbers[CGRAD_BERNOULLI_TERMS] = {1 / 6.0L,   -1 / 30.0L,     1 / 42.0L,
                                                               -1 / 30.0L, 5 / 66.0L,      -691 / 2730.0L,
                                                               7 / 6.0L,   -3617 / 510.0L, 43867 / 798.0L};
    return numbers[k - 1];
}

/* ---- positive arguments ----------------------------------------------------------------------------- */

/* psi(x), x >= 15:  log x - 1/(2x) - sum B(2k) / (2k x^2k)  (DLMF 5.11.2). */
CGRAD_INLINE long double cgrad_digamma_large(long double x) {
    const long double w = 1 / (x * x);
    long double sum = 0;
    for (int k = CGRAD_BERNOULLI_TERMS; k >= 1; k--)
        sum = (sum + cgrad_bernoulli(k) / (2 * k)) * w;
    return logl(x) - 1 / (2 * x) - sum;
}

/* psi(x), 0 < x < 16, as its difference from psi(r) = 0, with both arguments moved up by 15 (DLMF 5.5.2):
 *     psi(x) = psi(x + 15) - psi(r + 15) + d (sum 1 / ((x + j) (r + j)), j < 15),   d = x - r.
 * The series above is subtracted term by term: the logarithms by log1p, the polynomials in w = z^-2 by their
 * divided difference, a double Horner scheme. So every term has the factor d and the sign of d: nothing
 * cancels, and psi keeps its relative accuracy around its root. */
CGRAD_INLINE long double cgrad_digamma_small(long double x) {
    const long double root_head = 1569415565 / 1073741824.0L; /* r in two parts, DLMF 5.4.20 */
    const long double root_rest = 3.30956468917688839200721328468e-10L;
    const long double r = root_head + root_rest, d = (x - root_head) - root_rest;
    const long double z = x + 15, z0 = r + 15, w = 1 / (z * z), w0 = 1 / (z0 * z0);
    long double moved = 0, polynomial = 0, difference = 0;
    for (int j = 14; j >= 0; j--)
        moved += 1 / ((x + j) * (r + j));
    for (int k = CGRAD_BERNOULLI_TERMS; k >= 0; k--) {
        difference = difference * w + polynomial;
        polynomial = polynomial * w0 + (k > 0 ? cgrad_bernoulli(k) / (2 * k) : 0);
    }
    return log1pl(d / z0) + d / (2 * z * z0) + d * (z + z0) * w * w0 * difference + d * moved;
}

/* x^-n, n >= 0; a loop because n is small. */
CGRAD_INLINE long double cgrad_inverse_power(long double x, int n) {
    long double power = 1;
    for (int i = 0; i < n; i++)
        power *= x;
    return 1 / power;
}

/* The absolute value of the n-th derivative of psi, n >= 1, x > 0: the recurrence (DLMF 5.15.5) and the
 * series (n-1)!/x^n + n!/(2 x^(n+1)) + sum B(2k) (2k+n-1)! / ((2k)! x^(2k+n))  (DLMF 5.15.9). */
CGRAD_INLINE long double cgrad_polygamma_positive(int n, long double x) {
    long double factorial = 1, moved = 0, term, sum; /* factorial: of n - 1 */
    for (int i = 2; i < n; i++)
        factorial *= i;
    for (; x < 16 + 2 * n; x += 1)
        moved += cgrad_inverse_power(x, n + 1);
    term = factorial * cgrad_inverse_power(x, n);
    sum = term + n * term / (2 * x);
    for (int k = 1; k <= CGRAD_BERNOULLI_TERMS; k++) {
        term *= (2 * k + n - 2) / (2 * k - 1.0L) * (2 * k + n - 1) / (2 * k) / x / x;
        sum += cgrad_bernoulli(k) * term;
    }
    return n * factorial * moved + sum;
}

/* ---- any argument ----------------------------------------------------------------------------------- */

/* The n-th derivative of pi cot(pi x), x not an integer. With c = cot(pi x), c' = -pi (1 + c^2), it is
 * pi^(n+1) P(c) with P = c for n = 0 and -(1 + c^2) P' of the P before. Near its zeros, the half integers, c
 * is computed as a tangent, so that it is small there rather than the rounding error of pi. */
CGRAD_INLINE long double cgrad_cotangent_derivative(int n, long double x) {
    const long double pi = 3.14159265358979323846264338327950288L;
    const long double part = x - roundl(x), size = fabsl(part);
    const long double c = copysignl(size < 0.25L ? 1 / tanl(pi * size) : tanl(pi * (0.5L - size)), part);
    long double p[CGRAD_POLYGAMMA_ORDERS + 4] = {0}, value = 0;
    p[1] = 1;
    for (int order = 1; order <= n; order++) {
        for (int i = 0; i <= order; i++)
            p[i] = -(i + 1) * p[i + 1];
        for (int i = order + 1; i >= 2; i--)
            p[i] += p[i - 2];
    }
    for (int i = n + 1; i >= 0; i--)
        value = value * c + p[i];
    return powl(pi, n + 1) * value;
}

/* At 0, at the negative integers and at -infinity. */
CGRAD_INLINE long double cgrad_polygamma_pole(int n, long double x) {
    if (isinf(x) || (x < 0 && n % 2 == 0))
        return NAN;
    return n % 2 == 1 ? INFINITY : copysignl(INFINITY, -x);
}

CGRAD_INLINE long double cgrad_polygammal(int n, long double x) {
    if (n < 0 || n > CGRAD_POLYGAMMA_ORDERS || isnan(x))
        return NAN;
    if (x <= 0 && x == floorl(x))
        return cgrad_polygamma_pole(n, x);
    if (x < 0) { /* DLMF 5.5.4 and 5.15.6 */
        const long double reflected = cgrad_polygammal(n, 1 - x);
        return (n % 2 == 0 ? reflected : -reflected) - cgrad_cotangent_derivative(n, x);
    }
    if (n == 0)
        return x < 16 ? cgrad_digamma_small(x) : cgrad_digamma_large(x);
    return n % 2 == 1 ? cgrad_polygamma_positive(n, x) : -cgrad_polygamma_positive(n, x);
}

CGRAD_INLINE double cgrad_polygamma(int n, double x) {
    return (double)cgrad_polygammal(n, x);
}

CGRAD_INLINE float cgrad_polygammaf(int n, float x) {
    return (float)cgrad_polygammal(n, x);
}

CGRAD_INLINE long double cgrad_digammal(long double x) {
    return cgrad_polygammal(0, x);
}

CGRAD_INLINE double cgrad_digamma(double x) {
    return (double)cgrad_polygammal(0, x);
}

CGRAD_INLINE float cgrad_digammaf(float x) {
    return (float)cgrad_polygammal(0, x);
}

CGRAD_INLINE long double cgrad_trigammal(long double x) {
    return cgrad_polygammal(1, x);
}

CGRAD_INLINE double cgrad_trigamma(double x) {
    return (double)cgrad_polygammal(1, x);
}

CGRAD_INLINE float cgrad_trigammaf(float x) {
    return (float)cgrad_polygammal(1, x);
}

#endif

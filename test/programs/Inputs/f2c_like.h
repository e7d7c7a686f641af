/* Macros in the manner of f2c.h. */
#ifndef F2C_LIKE_H
#define F2C_LIKE_H
typedef double doublereal;
typedef int integer;
#define abs(x) ((x) >= 0 ? (x) : -(x))
#define dabs(x) (doublereal) abs(x)
#define min(a, b) ((a) <= (b) ? (a) : (b))
#define max(a, b) ((a) >= (b) ? (a) : (b))
#endif

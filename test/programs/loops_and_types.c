#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <stdbool.h>
/* CHECK rev_ptr: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK neg_index: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[5]
 */
/* CHECK choose: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   int c = 1
 *   returns double
 */
/* CHECK real_loop: r, d -> return
 *   in double r = random(5.5, 9.5)
 *   in double d = random(0.5, 0.6)
 *   returns double
 */
/* CHECK time_loop: k, y -> return
 *   in double k = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK countdown: x[n] -> return
 *   size_t n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK ints: x, y -> return
 *   in double x = random(2.1, 2.9)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK vla: x[n * m] -> return
 *   int n = 3
 *   int m = 2
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK vlap: a[n] -> b[m]
 *   int n = 3
 *   int m = 2
 *   in double a[3][2] = random(0.5, 1.5)
 *   out double b[2][3]
 */
/* CHECK literals: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK conds: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK outs: x[n] -> lo, hi, return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out double lo[1]
 *   out double hi[1]
 *   returns double
 */
/* CHECK qsel: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK poly: c[n], x -> return
 *   int n = 4
 *   in double c[4] = random(0.5, 1.5)
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK horner_ptr: c[n], x -> return
 *   int n = 4
 *   in double c[4] = random(0.5, 1.5)
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK floats: x[n], a -> return
 *   int n = 4
 *   in float x[4] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns float
 */
/* CHECK matpow: x -> return
 *   in double x = random(0.1, 0.5)
 *   returns double
 */
/* CHECK flags: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK nested_ret: a[n * n] -> out, return
 *   int n = 3
 *   in double a[9] = random(0.5, 1.5)
 *   out double out[1]
 *   returns double
 */
/* CHECK swapstruct: p[2] -> p[2]
 *   acc struct part p[2] = random(0.5, 1.5)
 */
/* CHECK accum: x[n] -> acc
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   acc struct acc acc[1] = random(0.5, 1.5)
 */
/* CHECK gather: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
double rev_ptr(int n, const double *x) { const double *p = x + n, *e = x; double s = 1; while (p > e) { --p; s = s * 0.5 + *p * p[-(p - e)]; } return s; }
void neg_index(int n, const double *x, double *y) { double *e = y + n; for (int i = -n; i < 0; i++) e[i] = x[n + i] * x[n + i] + (i > -n ? e[i - 1] : 0); }
double choose(double a, double b, int c) { double *p = c ? &a : &b, *q = c ? &b : &a; *p *= *q; *(c ? p : q) += a * b; return a - *q * b; }
double real_loop(double r, double d) { double s = 0; for (double t = r; t > 1; t *= d) s += t * t; return s; }
double time_loop(double k, double y) { const double dt = 0.125; for (double t = 0; t < 1 - dt / 2; t += dt) { double h = dt; if (t > 0.4) h *= 0.5; y += h * (-k * y + t); } return y; }
double countdown(size_t n, const double *x) { double s = 0; while (n-- > 0) { if (n % 2) continue; s += x[n] * x[n] * (double)n; } return s; }
double ints(double x, double y) { int k = x; long l = (long)(y * 10); double z = k / 2 * x + (k % 2) * y; z += (double)(int)x * y; z *= l > 3 ? 2 : 1; k += 1.7 * x; return z + k * x * (5 / 2) + (char)3 * y; }
double vla(int n, int m, const double *x) { double a[n][m], b[m]; for (int j = 0; j < m; j++) b[j] = 0; for (int i = 0; i < n; i++) for (int j = 0; j < m; j++) { a[i][j] = x[i * m + j] * x[j]; b[j] += a[i][j] * (i ? a[i - 1][j] : 1); } double s = 1; for (int j = 0; j < m; j++) s *= b[j]; return s; }
void vlap(int n, int m, const double a[n][m], double b[m][n]) { for (int i = 0; i < n; i++) for (int j = 0; j < m; j++) b[j][i] = a[i][j] * a[n - 1 - i][j]; }
static double sum3(const double *p) { return p[0] + p[1] * p[2]; }
struct v2 { double x, y; };
static double dot2(const struct v2 *a, struct v2 b) { return a->x * b.x + a->y * b.y; }
double literals(double x, double y) { return sum3((double[]){x, y, x * y}) * dot2(&(struct v2){y, x}, (struct v2){.y = x, .x = y * y}); }
static bool grow(double *v, double by) { *v += by; return *v > 1.5; }
double conds(double x, double y) { double a = x, b = y; int n = 0; if (grow(&a, y) && grow(&b, a)) n++; if (grow(&a, b) || grow(&b, a * a)) n += 2; while (n < 6 && grow(&a, 0.1 * b)) n++; return a * b * n; }
double outs(int n, const double *x, double *lo, double *hi) { *lo = *hi = x[0]; double mean = 0; for (int i = 0; i < n; mean += x[i] / n, i++) { if (x[i] < *lo) *lo = x[i]; if (x[i] > *hi) *hi = x[i]; } *hi -= *lo; return mean * *hi; }
static double kth(double *a, int n, int k) { if (n == 1) return a[0]; double p = a[n / 2]; int i = 0, j = n - 1; while (i <= j) { while (a[i] < p) i++; while (a[j] > p) j--; if (i <= j) { double t = a[i]; a[i++] = a[j]; a[j--] = t; } } if (k <= j) return kth(a, j + 1, k); if (k >= i) return kth(a + i, n - i, k - i); return a[k]; }
double qsel(int n, const double *x) { double w[8]; memcpy(w, x, sizeof(double) * n); double m = kth(w, n, n / 2); return m * m + w[0]; }
double poly(int n, const double *c, double x) { double r = 0, p = 1; for (int i = 0; i < n; i++, p *= x) r += c[i] * p; return r; }
double horner_ptr(int n, const double *c, double x) { const double *p = &c[n]; double r = 0; do r = r * x + *--p; while (p != c); return r; }
float floats(int n, const float *x, double a) { float s = 0.1f; double t = 0; for (int i = 0; i < n; ++i) { s += x[i] * (float)a; t += (double)s * x[i] + sqrtf(x[i]); s -= 0.5f * t; } return (float)(s * t) / 3; }
static void mm(double a[2][2], double b[2][2], double c[2][2]) { double t[2][2] = {{0}}; for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) for (int k = 0; k < 2; k++) t[i][j] += a[i][k] * b[k][j]; memcpy(c, t, sizeof t); }
double matpow(double x) { double b[2][2] = {{x, 1}, {0.5, x * x}}, r[2][2] = {{1, 0}, {0, 1}}; for (unsigned n = 5; n; n >>= 1) { if (n & 1) mm(r, b, r); mm(b, b, b); } return r[0][1] + r[1][1]; }
double flags(int n, const double *x) { bool seen = false; double first = 0, rest = 1; for (int i = 0; i < n; i++) { if (!seen && x[i] > 0.8) { first = x[i] * x[0]; seen = true; continue; } if (seen) rest *= x[i]; else rest += x[i]; } return first * rest; }
double nested_ret(int n, const double *a, double *out) { *out = a[0]; for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) for (int k = 0; k < 2; k++) { *out *= a[i * n + j]; if (*out > 2 || (i == 2 && j == 1)) return *out * a[j] + k; } return *out; }
struct part { double m; struct v2 p[2]; };
void swapstruct(struct part *p) { struct part t = p[0]; p[0] = p[1]; p[1] = t; p[1].p[0] = p[0].p[1]; p[0].m *= t.p[1].y; p[1].p[1].x += p[0].p[0].x * t.m; }
struct acc { double sum, sq; float last; };
static struct acc add(struct acc a, double v) { a.sum += v; a.sq += v * v; a.last = (float)v; return a; }
void accum(int n, const double *x, struct acc *acc) { for (int i = 0; i < n; i++) *acc = add(*acc, x[i] * acc->sum); }
double gather(int n, const double *x) { int idx[8], m = 0; for (int i = 0; i < n; i++) if (x[i] > 0.7) idx[m++] = i; double s = 0; for (int i = 0; i < m; i++) { s = s * x[idx[m - 1 - i]] + x[idx[i]]; idx[i] = 0; } return s; }

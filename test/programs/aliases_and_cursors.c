#include <math.h>
#include <stdlib.h>
#include <string.h>
/* CHECK two_views: x[n] -> return
 *   int n = 4
 *   acc double x[4] = random(0.5, 1.5)
 *   returns double
 *   modes vjp jvp
 */
/* CHECK cond_alias: x[n], y[n] -> y[n], return
 *   int n = 4
 *   int k = 2
 *   in double x[4] = random(0.5, 1.5)
 *   acc double y[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK linked: b[n] -> return
 *   int n = 4
 *   in struct node b[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK field_out: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK bump: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK pswap: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 *   modes jvp vjp
 */
/* CHECK reader: x[n] -> return
 *   int n = 5
 *   in double x[5] = {0.5, 0.7, 0.9, -1, 1}
 *   returns double
 */
/* CHECK pairs: x[n], y[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   in double y[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK search: x[n], t -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   in double t = random(0.9, 1.1)
 *   returns double
 */
/* CHECK machine: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK even_odd: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK fibo: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK arr_struct: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK overlap: x[n] -> x[n]
 *   int n = 6
 *   acc double x[6] = random(0.5, 1.5)
 */
/* CHECK fill: x[n] -> y[n]
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   acc double y[6] = random(0.5, 1.5)
 */
/* CHECK inplace_callee: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK triang: l[n * (n + 1) / 2], x[n] -> return
 *   int n = 4
 *   in double l[10] = random(0.5, 1.5)
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK hist: x[n], w[n] -> h[4]
 *   int n = 6
 *   in double x[6] = random(0.1, 0.9)
 *   in double w[6] = random(0.5, 1.5)
 *   acc double h[4] = random(0.5, 1.5)
 */
/* CHECK state: s[1], u -> s[1]
 *   acc struct state s[1] = random(0.5, 1.5)
 *   in double u = random(0.5, 1.5)
 */
/* CHECK trapz: x[n], y[n] -> return
 *   int n = 5
 *   in double x[5] = {0, 0.2, 0.7, 1.1, 1.5}
 *   in double y[5] = random(0.5, 1.5)
 *   returns double
 */
struct view { double *a; const double *b; int n; };
static double run(struct view *v) { double s = 0; for (int i = 0; i < v->n; i++) { s += v->a[i] * v->b[i]; v->a[i] = s; } return s; }
double two_views(int n, double *x) { struct view v = {x, x, n}, w = {x, x + 1, n - 1}; double s = run(&v); return s * run(&w); }
double cond_alias(int n, int k, const double *x, double *y) { double t[4], s = 0; for (int i = 0; i < n; i++) t[i] = x[i] * x[i]; double *p = k > 1 ? t : y; const double *q = k > 1 ? y : t; for (int i = 0; i < n; i++) { p[i] *= q[i]; s += t[i] * y[i]; if (i == 1) { double *r = p; p = (double *)t; (void)r; y[i] = p[i] * s; } } return s; }
struct node { double v; int next; };
double linked(int n, const struct node *b) { struct node c[4]; double s = 0; for (int i = 0; i < n; i++) { c[i] = b[i]; c[i].next = (i * 3 + 1) % n; } int at = 0; for (int k = 0; k < 6; k++) { c[c[at].next].v *= c[at].v; s += c[at].v; at = c[at].next; } return s; }
struct st { double a, b, c; };
static void upd(struct st *s, double *out) { *out = s->a * s->b; s->b += *out; }
double field_out(double x, double y) { struct st s = {x, y, 1}; upd(&s, &s.c); upd(&s, &s.a); return s.a * s.b + s.c; }
static double take(const double **p) { return *(*p)++; }
static void skip(const double **p, int k) { *p += k; }
double bump(int n, const double *x) { const double *p = x; double s = take(&p); s *= take(&p); skip(&p, 1); return p < x + n ? s * take(&p) : s; }
static void swp(double **a, double **b) { double *t = *a; *a = *b; *b = t; }
double pswap(int n, const double *x) { double a[4], b[4], *p = a, *q = b; for (int i = 0; i < n; i++) { a[i] = x[i]; b[i] = x[i] * x[i]; } for (int k = 0; k < 3; k++) { for (int i = 0; i < n; i++) q[i] = p[i] * p[(i + 1) % n]; swp(&p, &q); } return p[0] + q[1] * a[2]; }
static double next(const double **p) { return *(*p)++; }
double reader(int n, const double *x) { const double *p = x; double d, s = 1; (void)n; while ((d = next(&p)) > 0) s = s * d + d * d; return s * *p; }
double pairs(int n, const double *x, const double *y) { const double *p, *q; double s = 0; for (p = x, q = y + n - 1; p < x + n; p++, q--) s += *p * *q * s + *p; return s; }
double search(int n, const double *x, double t) { int i; for (i = 0; i < n; i++) { if (x[i] > t) break; } double w = i < n ? x[i] : x[0]; int j = n; while (--j >= 0 && x[j] < t) { } return w * w * (j >= 0 ? x[j] : t) * (i + 1); }
enum mode { IDLE, RAMP, HOLD, STOP };
double machine(int n, const double *x) { enum mode m = IDLE; double y = 0.1, z = 1; for (int i = 0; i < n && m != STOP; i++) { switch (m) { case IDLE: y += x[i]; m = RAMP; /* fall through */ case RAMP: y *= x[i]; if (y > 1.2) m = HOLD; break; case HOLD: z += y * x[i]; if (z > 4) { m = STOP; break; } y -= 0.2; continue; default: z = 0; } z *= 1 + 0.1 * y; } return y * z; }
static double odd(double x, int n);
static double even(double x, int n) { return n == 0 ? x : x * odd(x * 0.9, n - 1); }
static double odd(double x, int n) { if (n == 0) return 1; double y = even(x + 0.1, n - 1); return y * y * 0.5; }
double even_odd(double x) { return even(x, 4) + odd(x, 3); }
static double fib(int n, double a, double b) { if (n < 2) return n ? b : a; double u = fib(n - 1, a, b), v = fib(n - 2, b, a); return u * 0.7 + v * u * 0.2; }
double fibo(double x, double y) { return fib(6, x, y); }
struct vec3 { double v[3]; int tag; };
static struct vec3 cross(struct vec3 a, struct vec3 b) { struct vec3 r = {{0}, a.tag}; for (int i = 0; i < 3; i++) { int j = (i + 1) % 3, k = (i + 2) % 3; r.v[i] = a.v[j] * b.v[k] - a.v[k] * b.v[j]; } return r; }
double arr_struct(const double *x) { struct vec3 a = {{x[0], x[1], 1}, 1}, b = {.v = {[2] = x[2], [0] = 0.5}}; struct vec3 c = cross(a, cross(b, a)); a = c; a.v[1] *= 2; return a.v[0] + c.v[1] * a.v[2] + cross(c, b).v[1]; }
void overlap(int n, double *x) { memmove(x + 1, x, (n - 1) * sizeof *x); x[0] *= x[2]; memmove(x, x + 2, 3 * sizeof(double)); memcpy(x + 4, x, 2 * sizeof x[0]); x[5] *= x[4]; }
void fill(int n, const double *x, double *y) { memset(y, 0, 3 * sizeof *y); for (int i = 0; i < n; i++) y[i] += x[i] * y[(i + 3) % n]; memset(&y[4], 0, sizeof *y); memcpy(y + 1, x, sizeof(double)); }
static void prefix(double *a, int n) { for (int i = 1; i < n; i++) a[i] *= a[i - 1]; }
double inplace_callee(int n, const double *x) { double w[4]; for (int i = 0; i < n; i++) w[i] = x[i]; prefix(w, n); double s = w[n - 1]; prefix(w, n); prefix(w + 1, n - 2); return s + w[n - 1] * w[1]; }
double triang(int n, const double *l, const double *x) { double y[4], s = 0; const double *p = l; for (int i = 0; i < n; i++) { y[i] = 0; for (int j = 0; j <= i; j++) y[i] += *p++ * x[j]; s += y[i] * y[i]; } int at = 0; for (int i = 0; i < n; i++) { at += i; s *= l[at + i] > 0 ? log(1 + l[at + i]) : 1; } return s; }
void hist(int n, const double *x, const double *w, double *h) { for (int i = 0; i < n; i++) { double u = x[i] * 3; int k = (int)u; double f = u - k; h[k] += w[i] * (1 - f); h[k + 1] += w[i] * f; } }
struct pid { double kp, ki, integral; }; struct state { double pos, vel; struct pid pid; };
void state(struct state *s, double u) { double e = u - s->pos; s->pid.integral += e * 0.1; double f = s->pid.kp * e + s->pid.ki * s->pid.integral; if (f > 1) f = 1; else if (f < -1) f = -1; s->vel += 0.1 * f; s->pos += 0.1 * s->vel; }
double trapz(int n, const double *x, const double *y) { double s = 0; for (int i = 1; i < n; i++) s += 0.5 * (x[i] - x[i - 1]) * (y[i] + y[i - 1]); return s * s; }

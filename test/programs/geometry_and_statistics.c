#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <stdbool.h>
#include <stddef.h>
/* CHECK qr: a[m * n] -> r[n * n]
 *   int m = 4
 *   int n = 3
 *   in double a[12] = random(0.5, 1.5)
 *   out double r[9]
 */
/* CHECK arm: q[3] -> return, tip[3]
 *   in double q[3] = random(0.1, 0.9)
 *   out double tip[3]
 *   returns double
 */
/* CHECK lj: x[n] -> return
 *   int n = 4
 *   in struct vec x[4] = random(0.2, 3.5)
 *   returns double
 */
/* CHECK mlp: p[1] -> return
 *   in struct mlp p[1] = random(0.1, 0.9)
 *   const double in[2] = {0.3, 0.7}
 *   returns double
 */
/* CHECK tree: s, k, r, v -> return
 *   in double s = random(0.9, 1.1)
 *   in double k = random(0.9, 1.1)
 *   in double r = random(0.01, 0.05)
 *   in double v = random(0.1, 0.3)
 *   bool american = 1
 *   returns double
 */
/* CHECK csr: val[nnz], x[n] -> y[n]
 *   int n = 4
 *   int nnz = 6
 *   const int ptr[5] = {0, 2, 3, 5, 6}
 *   const int col[6] = {0, 2, 1, 0, 3, 2}
 *   in double val[6] = random(0.5, 1.5)
 *   in double x[4] = random(0.5, 1.5)
 *   out double y[4]
 */
/* CHECK iir: b[3], a[3], x[n] -> y[n]
 *   int n = 7
 *   in double b[3] = random(0.1, 0.5)
 *   in double a[3] = random(0.1, 0.5)
 *   in double x[7] = random(0.5, 1.5)
 *   out double y[7]
 */
/* CHECK lu: a0[n * n], b[n] -> b[n], return
 *   int n = 3
 *   in double a0[9] = {0.1, 2, 1, 3, 0.5, 1, 1, 1, 4}
 *   acc double b[3] = random(0.5, 1.5)
 *   returns double
 *   modes vjp jvp
 */
/* CHECK rot: q, v -> return
 *   in quat q = random(0.2, 0.9)
 *   in struct vec v = random(0.5, 1.5)
 *   returns double
 */
/* CHECK ray: o, d -> return
 *   in struct vec o = random(0.1, 0.3)
 *   in struct vec d = random(0.5, 0.9)
 *   returns float
 */
/* CHECK onebased: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK stats: x[n] -> s
 *   size_t n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out struct stats s[1]
 */
struct vec { double x, y, z; };
typedef struct { double w, x, y, z; } quat;
struct mlp { double w1[3][2], b1[3], w2[3], b2; int act; };
struct stats { double mean, var, skew; int count; };

void qr(int m, int n, const double *a, double *r) {
    double q[4][3], w[4][3];
    for (int i = 0; i < m; i++) for (int j = 0; j < n; j++) w[i][j] = a[i * n + j];
    for (int k = 0; k < n; k++) {
        double norm = 0;
        for (int i = 0; i < m; i++) norm += w[i][k] * w[i][k];
        norm = sqrt(norm);
        r[k * n + k] = norm;
        for (int i = 0; i < m; i++) q[i][k] = w[i][k] / norm;
        for (int j = 0; j < n; j++) {
            if (j < k) { r[k * n + j] = 0; continue; }
            if (j == k) continue;
            double s = 0;
            for (int i = 0; i < m; i++) s += q[i][k] * w[i][j];
            r[k * n + j] = s;
            for (int i = 0; i < m; i++) w[i][j] -= s * q[i][k];
        }
    }
}
typedef double mat4[4][4];
static void identity(mat4 m) { for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) m[i][j] = (i == j); }
static void mul(mat4 a, mat4 b, mat4 out) {
    mat4 t;
    for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) { double s = 0; for (int k = 0; k < 4; k++) s += a[i][k] * b[k][j]; t[i][j] = s; }
    memcpy(out, t, sizeof(mat4));
}
static void dh(mat4 m, double theta, double d, double a, double alpha) {
    double ct = cos(theta), st = sin(theta), ca = cos(alpha), sa = sin(alpha);
    identity(m);
    m[0][0] = ct; m[0][1] = -st * ca; m[0][2] = st * sa; m[0][3] = a * ct;
    m[1][0] = st; m[1][1] = ct * ca; m[1][2] = -ct * sa; m[1][3] = a * st;
    m[2][1] = sa; m[2][2] = ca; m[2][3] = d;
}
double arm(const double q[3], double tip[3]) {
    static const double link[3][3] = {{0.1, 0.5, 0.3}, {0.2, 0.4, -0.3}, {0.0, 0.3, 0.1}};
    mat4 t, l;
    identity(t);
    for (int i = 0; i < 3; i++) { dh(l, q[i], link[i][0], link[i][1], link[i][2]); mul(t, l, t); }
    for (int i = 0; i < 3; i++) tip[i] = t[i][3];
    return sqrt(tip[0] * tip[0] + tip[1] * tip[1] + tip[2] * tip[2]);
}
static struct vec sub(struct vec a, struct vec b) { return (struct vec){a.x - b.x, a.y - b.y, a.z - b.z}; }
static inline double dotv(struct vec a, struct vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
double lj(int n, const struct vec *x) {
    double e = 0;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) {
            struct vec d = sub(x[i], x[j]);
            double r2 = dotv(d, d) + 0.5;
            if (r2 > 9) continue;
            double i6 = 1 / (r2 * r2 * r2);
            e += 4 * (i6 * i6 - i6);
        }
    return e;
}
enum { RELU, TANH, SIGMOID };
static double activate(double x, int kind) {
    switch (kind) {
    case RELU: return x > 0 ? x : 0.01 * x;
    case TANH: return tanh(x);
    case SIGMOID:
    default: return 1 / (1 + exp(-x));
    }
}
double mlp(const struct mlp *p, const double *in) {
    double h[3], out = p->b2;
    for (int i = 0; i < 3; i++) {
        h[i] = p->b1[i];
        for (int j = 0; j < 2; j++) h[i] += p->w1[i][j] * in[j];
        h[i] = activate(h[i], i);
    }
    for (const double *w = p->w2, *e = p->w2 + 3, *q = h; w != e; ++w, ++q) out += *w * *q;
    return out * out;
}
double tree(double s, double k, double r, double v, bool american) {
    enum { N = 8 };
    double val[N + 1], dt = 0.1, u = exp(v * sqrt(dt)), d = 1 / u, p = (exp(r * dt) - d) / (u - d), disc = exp(-r * dt);
    for (int i = 0; i <= N; i++) { double st = s * pow(u, N - 2 * i); val[i] = k > st ? k - st : 0; }
    for (int n = N - 1; n >= 0; --n)
        for (int i = 0; i <= n; ++i) {
            val[i] = disc * (p * val[i] + (1 - p) * val[i + 1]);
            if (american) { double ex = k - s * pow(u, n - 2 * i); if (ex > val[i]) val[i] = ex; }
        }
    return val[0];
}
void csr(int n, int nnz, const int *ptr, const int *col, const double *val, const double *x, double *y) {
    (void)nnz;
    for (int i = 0; i < n; i++) {
        double s = 0.0;
        for (int k = ptr[i]; k < ptr[i + 1]; k++) s += val[k] * x[col[k]];
        y[i] = s * s;
    }
}
void iir(int n, const double *b, const double *a, const double *x, double *y) {
    double z[3] = {0};
    for (int i = 0; i < n; i++) {
        double in = x[i], out = b[0] * in + z[0];
        for (int j = 1; j < 3; j++) z[j - 1] = b[j] * in - a[j] * out + (j + 1 < 3 ? z[j] : 0);
        *y++ = out;
    }
}
static void swap(double *a, double *b) { double t = *a; *a = *b; *b = t; }
double lu(int n, const double *a0, double *b) {
    double a[3][3], det = 1; int perm[3];
    memcpy(a, a0, sizeof a);
    for (int i = 0; i < n; i++) perm[i] = i;
    for (int k = 0; k < n; k++) {
        int piv = k;
        for (int i = k + 1; i < n; i++) if (fabs(a[i][k]) > fabs(a[piv][k])) piv = i;
        if (piv != k) {
            for (int j = 0; j < n; j++) swap(&a[k][j], &a[piv][j]);
            swap(b + k, b + piv); int t = perm[k]; perm[k] = perm[piv]; perm[piv] = t; det = -det;
        }
        det *= a[k][k];
        for (int i = k + 1; i < n; i++) {
            a[i][k] /= a[k][k];
            for (int j = k + 1; j < n; j++) a[i][j] -= a[i][k] * a[k][j];
            b[i] -= a[i][k] * b[k];
        }
    }
    for (int i = n; i-- > 0;) { for (int j = i + 1; j < n; j++) b[i] -= a[i][j] * b[j]; b[i] /= a[i][i]; }
    return det;
}
static quat conjugate(quat q) { q.x = -q.x; q.y = -q.y; q.z = -q.z; return q; }
static quat qmul(quat a, quat b) {
    quat r;
    r.w = a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z;
    r.x = a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y;
    r.y = a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x;
    r.z = a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w;
    return r;
}
double rot(quat q, struct vec v) {
    quat p = {0, v.x, v.y, v.z};
    quat r = qmul(qmul(q, p), conjugate(q));
    return r.x * 2 + r.y - conjugate(r).z;
}
float ray(struct vec o, struct vec d) {
    struct vec c = {1.5, 1.6, 1.7};
    struct vec oc = sub(o, c);
    float b = 2 * dotv(oc, d), cc = dotv(oc, oc) - 4.f, a = dotv(d, d);
    float disc = b * b - 4 * a * cc;
    if (disc < 0) return -1;
    return (-b + sqrtf(disc)) / (2 * a);
}
double onebased(int n, const double *x) {
    --x;
    double s = 0;
    for (int i = 1; i <= n; i++) s = 0.9 * s + x[i] * (i < n ? x[i + 1] : x[1]);
    return s;
}
void stats(size_t n, const double *x, struct stats *s) {
    double m = 0, v = 0, k = 0;
    for (size_t i = 0; i < n; i++) m += x[i];
    m /= n;
    for (size_t i = n; i-- > 0;) { double d = x[i] - m; v += d * d; k += d * d * d; }
    s->mean = m; s->var = v / (n - 1); s->skew = k / pow(v, 1.5); s->count = (int)n;
}

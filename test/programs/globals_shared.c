#include <math.h>

/* Globals that callees reach by name and through pointers at once. */

/* CHECK ring: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
double buf[3];
static void scale(double *a, int n) { for (int i = 0; i < n; i++) a[i] = a[i] * buf[(i + 1) % 3]; }
double ring(const double *x) {
    for (int i = 0; i < 3; i++) buf[i] = x[i];
    scale(buf, 3);
    return buf[0] + 2 * buf[1] + 3 * buf[2];
}

/* CHECK accumulated: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
double acc;
static double add(double v) { acc += v * v; return acc; }
double accumulated(const double *x) {
    acc = 1;
    double s = 0;
    for (int i = 0; i < 3; i++) s += add(x[i]) * acc;
    return s * acc;
}

/* CHECK both_ways: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
struct st { double a, b[2]; int n; } state;
static struct st *get(void) { return &state; }
static double step(struct st *p, double v) { p->a = p->a * v + state.b[0]; state.b[0] += p->a; return p->b[0]; }
double both_ways(const double *x) {
    struct st *p = get();
    p->a = x[0]; p->b[0] = x[1]; p->b[1] = 0;
    double r = 0;
    for (int i = 0; i < 3; i++) r += step(&state, x[i]) + step(p, x[2]);
    return r + state.a;
}

/* CHECK calculator: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
double stack[8]; int top;
static void push(double v) { stack[top++] = v; }
static double pop(void) { return stack[--top]; }
double calculator(double x) {
    top = 0;
    push(x); push(x * x); push(2);
    double a = pop() * pop();
    push(a); push(sin(a));
    while (top > 1) push(pop() + pop());
    return pop();
}

/* CHECK looked_up: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
double tbl[4]; int ready;
static double look(int i) { if (!ready) { for (int k = 0; k < 4; k++) tbl[k] = k * 0.5; ready = 1; } return tbl[i]; }
double looked_up(const double *x) {
    double s = 0;
    for (int i = 0; i < 3; i++) s += look(i) * x[i] * x[i];
    return s;
}

/* CHECK recursive: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
double last;
static double rec(int n, double v) { if (n == 0) { last = v; return v; } double r = rec(n - 1, v * 1.1) * v; last += r; return r + last; }
double recursive(const double *x) { last = x[1]; double r = rec(3, x[0]); return r * last + x[2]; }
/* CHECK products: x[3] -> y[2]
 *   in double x[3] = random(0.5, 1.5)
 *   out double y[2]
 */
double mat[2][2];
static void mul(double (*m)[2], const double *v, double *o) { for (int i = 0; i < 2; i++) { o[i] = 0; for (int j = 0; j < 2; j++) o[i] += m[i][j] * v[j]; } }
void products(const double *x, double *y) {
    mat[0][0] = x[0]; mat[0][1] = x[1]; mat[1][0] = x[2]; mat[1][1] = 1;
    mul(mat, x, y);
    mat[0][0] *= y[0];
    double t[2] = {y[0], y[1]};
    mul(mat, t, mat[1]);
    mul(mat, t, y);
}

// OPTIONS --vjp=f:x->return --vjp=g:x->return --vjp=h:x->return --vjp=k:v->return --vjp=m:x->return
// Structs by value carry values, and pointers in them lead to memory, const or not.
typedef struct {
    double x, y;
} vec;
typedef struct {
    double *data;
    const double *fixed;
} view;
vec outside(vec v, double s);
void fill(view v);
void fill_through(const view *v);
void look(view v);
double sum(view v);

static vec scale(vec v) {
    __asm__ volatile(""); // EXPECT error: 'scale' cannot be differentiated
    v.x *= 2;
    return v;
}
double f(double x) {
    vec v = {x, x * x};
    vec w = scale(v);
    return w.x;
}

double g(double x) {
    vec v = {x, x * x};
    vec w = outside(v, 2); // EXPECT error: no derivative is known for 'outside'
    return w.x;
}

double h(double x) {
    double a[2] = {x, x};
    view v = {a, a};
    fill(v); // EXPECT error: no derivative is known for 'fill'
    return a[0] * x;
}

double k(const view *v) {
    fill_through(v); // EXPECT error: no derivative is known for 'fill_through'
    return v->data[0] * v->data[1];
}

double m(double x) {
    double a[2] = {x, x};
    view v = {0, a};
    return sum(v); // EXPECT error: no derivative is known for 'sum'
}

// OPTIONS --vjp=f:x->return --vjp=g:p->return --jvp=h:p->return
struct rows {
    double *const first, *const second;
};
double f(double x[4]) {
    struct rows r = {x, x + 2}; // EXPECT error: 'r' has constant members
    return r.first[0] * r.second[1];
}

struct point {
    const double x[2];
    double y;
};
double g(const struct point *p) { // EXPECT error: 'p' has constant members
    return p->x[1] * p->y;
}
double h(struct point p) {
    return p.x[0] * p.y;
}

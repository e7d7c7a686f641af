// OPTIONS --vjp=f:x->return
struct rows {
    double *const first, *const second;
};
double f(double x[4]) {
    struct rows r = {x, x + 2}; // EXPECT error: 'r' has constant members
    return r.first[0] * r.second[1];
}

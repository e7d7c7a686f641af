// OPTIONS --vjp=twice:x[n]->return --vjp=swapped:x[n],y[n]->return --vjp=again:x[n]->return
struct cursor {
    const double *at;
    int left;
};

static double next(struct cursor *c) {
    c->left--;
    return *c->at++; // EXPECT error: a pointer to active memory is stored under a condition
}

double twice(int n, const double *x) {
    struct cursor c = {x, n}; // EXPECT error: a pointer to active memory is stored under a condition
    double first = next(&c);
    return first * next(&c);
}

double swapped(int n, const double *x, const double *y) {
    struct cursor a = {x, n}, b = {y, n}; // EXPECT error: a pointer to active memory is stored under a condition
    double first = a.at[0];
    a = b; // EXPECT error: a pointer to active memory is stored under a condition
    return first * a.at[0] * b.at[n - 1];
}

double again(int n, const double *x) {
    struct cursor c = {x, n}; // EXPECT error: a pointer to active memory is stored under a condition
    double first = c.at[0] * c.at[1];
    c.at = x + 1; // EXPECT error: a pointer to active memory is stored under a condition
    return first * c.at[0];
}

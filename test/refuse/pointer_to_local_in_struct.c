// OPTIONS --split=f:x->return
struct view {
    const double *table;
    int n;
};

static double weigh(const struct view *v, double x) {
    double sum = 1;
    for (int i = 0; i < v->n; i++)
        sum += sum * v->table[i] * x;
    return sum;
}

double f(double x) {
    double table[3] = {1, 2, 0.5};
    struct view v;
    v.table = table;
    v.n = 3;
    return weigh(&v, x); // EXPECT error: 'v' holds a pointer to a local variable
}

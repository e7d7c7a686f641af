// OPTIONS --split=f:x->return
struct node {
    double value;
    const struct node *left, *right;
};

static double evaluate(const struct node *n, double x) {
    return n ? n->value * evaluate(n->left, x) + x * evaluate(n->right, n->value) : x;
}

double f(const double *x) {
    struct node leaf = {x[0], 0, 0}, other = {x[1], 0, 0};
    struct node root = {x[2] * x[0], &leaf, &other};
    return evaluate(&root, x[3]); // EXPECT error: 'root' holds a pointer to a local variable
}

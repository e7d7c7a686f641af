// OPTIONS --vjp=f:x[n]->return
#include <stdlib.h>

struct node {
    double value;
    struct node *left, *right;
};

static struct node *insert(struct node *tree, double value) {
    if (!tree) {
        tree = malloc(sizeof *tree);
        tree->value = value * value;
        tree->left = tree->right = NULL;
    } else if (value < tree->value)
        tree->left = insert(tree->left, value);
    else
        tree->right = insert(tree->right, value);
    return tree;
}

static double total(struct node *tree) {
    return tree ? tree->value + total(tree->left) + total(tree->right) : 0;
}

double f(int n, const double *x) {
    struct node *tree = NULL;
    for (int i = 0; i < n; i++)
        tree = insert(tree, x[i]); // EXPECT error: it is not known which memory this real lies in
    return total(tree); // EXPECT error: it is not known which memory this real lies in
}

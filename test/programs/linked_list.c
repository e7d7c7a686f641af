/* CHECK along: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 *   modes jvp
 */

/* A list of nodes in a local array, linked in another order. */
struct node {
    double value;
    struct node *next;
};

double along(int n, const double *x) {
    struct node nodes[16], *first = 0;
    for (int i = 0; i < n; i++) {
        nodes[i].value = x[i] * x[0];
        if (i % 2) {
            nodes[i].next = first;
            first = &nodes[i];
        } else {
            nodes[i].next = first ? first->next : 0;
            if (first)
                first->next = &nodes[i];
            else
                first = &nodes[i];
        }
    }
    double sum = 1;
    for (struct node *node = first; node; node = node->next)
        sum = sum * node->value + 1;
    return sum;
}

/* CHECK pooled: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 *   modes jvp vjp grad
 */

/* A free list: each element begins with the place of the next, and what they are nobody says. */
struct heap {
    void *first;
    double scale;
};

static void give(struct heap *heap, void *element) {
    *(void **)element = heap->first;
    heap->first = element;
}

static void *take(struct heap *heap) {
    void *element = heap->first;
    if (element)
        heap->first = *(void **)element;
    return element;
}

double pooled(int n, const double *x) {
    void *elements[4][2];
    struct heap heap = {0, 1};
    double product = 1;
    for (int i = 0; i < 4; i++)
        give(&heap, elements[i]);
    for (int i = 0; i < n; i++)
        if (take(&heap))
            product *= x[i] * heap.scale;
    return product;
}

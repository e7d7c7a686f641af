/* However often it went round and whichever branch it took, c = k a for a number k: the gradient of the sum
 * of c is k everywhere, which is c / a.
 */
#include "doubling.h"
#include "doubling_grad.h"

#include <math.h>
#include <stdio.h>

static const struct {
    int rank;
    size_t shape[4];
} shapes[] = {{0, {1, 1, 1, 1}}, {1, {5, 1, 1, 1}}, {2, {3, 4, 1, 1}}, {3, {2, 3, 2, 1}}, {4, {2, 1, 3, 2}}};

/* Multiples of 1/256 in (0, 1). */
static double random_number(void) {
    static unsigned long state = 1;
    state = state * 1103515245ul + 12345ul;
    return (double)((state >> 16) % 255 + 1) / 256;
}

/* Whether a_bar, the gradient of the sum of c, is c / a. Ones for c_bar stand for that sum. */
static int check_gradient(const cgrad_tensor *a) {
    cgrad_tensor c = cgrad_tensor_create(a->rank, a->shape[0], a->shape[1], a->shape[2], a->shape[3]);
    cgrad_tensor a_bar = cgrad_tensor_create(a->rank, a->shape[0], a->shape[1], a->shape[2], a->shape[3]);
    cgrad_tensor c_bar = cgrad_tensor_create(a->rank, a->shape[0], a->shape[1], a->shape[2], a->shape[3]);
    cgrad_tensor_fill(&c_bar, 1);
    doubling_vjp(a, &a_bar, &c, &c_bar);

    int right = 1;
    for (size_t i = 0; i < cgrad_tensor_size(a); i++) {
        double want = c.data[i] / a->data[i];
        right = right && fabs(a_bar.data[i] - want) <= 1e-14 * fabs(want);
    }
    printf("rank %d, %2zu elements, sum %8.3f: gradient %7g everywhere, c / a = %7g%s\n", a->rank,
           cgrad_tensor_size(a), cgrad_tensor_reduce_sum(a), a_bar.data[0], c.data[0] / a->data[0],
           right ? "" : "   WRONG");
    cgrad_tensor_free(&c);
    cgrad_tensor_free(&a_bar);
    cgrad_tensor_free(&c_bar);
    return right;
}

/* Random elements, none of them 0; most have the sign of `size`. */
static cgrad_tensor create_random(int rank, const size_t shape[4], double size) {
    cgrad_tensor a = cgrad_tensor_create(rank, shape[0], shape[1], shape[2], shape[3]);
    for (size_t i = 0; i < cgrad_tensor_size(&a); i++)
        a.data[i] = size * (i % 4 == 3 ? -random_number() : random_number());
    return a;
}

int main(void) {
    static const double sizes[] = {1, -1, 400, -400};
    int passed = 0, failed = 0;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
            cgrad_tensor a = create_random(shapes[k].rank, shapes[k].shape, sizes[s]);
            int right = check_gradient(&a);
            passed += right;
            failed += !right;
            cgrad_tensor_free(&a);
        }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}

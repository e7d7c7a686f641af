/* Forward once, then in reverse once per output: dz/dx = 4 x^3, dy/dx = 2 x. */
#include "squares.h"
#include "squares_grad.h"

#include <math.h>
#include <stdio.h>

enum { N = 4 };

static int passed, failed;

static void expect(const char *what, const cgrad_tensor *got, const double want[N]) {
    printf("%s =", what);
    for (int i = 0; i < N; i++) {
        int right = fabs(got->data[i] - want[i]) <= 1e-14 * fabs(want[i]);
        passed += right;
        failed += !right;
        printf(" %g%s", got->data[i], right ? "" : " WRONG");
    }
    printf("\n");
}

int main(void) {
    cgrad_tensor x = cgrad_tensor_vector(N), y = cgrad_tensor_vector(N), z = cgrad_tensor_vector(N);
    cgrad_tensor x_bar = cgrad_tensor_vector(N), y_bar = cgrad_tensor_vector(N),
                 z_bar = cgrad_tensor_vector(N);
    for (int i = 0; i < N; i++)
        x.data[i] = i;

    cgrad_record record = {0};
    squares_fwd(&x, &y, &z, &record);
    expect("y    ", &y, (const double[N]){0, 1, 4, 9});
    expect("z    ", &z, (const double[N]){0, 1, 16, 81});

    cgrad_tensor_fill(&z_bar, 1); /* the seed: which output, and in which direction */
    squares_rev(&x, &x_bar, &y, &y_bar, &z, &z_bar, &record);
    expect("dz/dx", &x_bar, (const double[N]){0, 4, 32, 108});

    cgrad_tensor_fill(&x_bar, 0); /* adjoints of inputs are added to */
    cgrad_tensor_fill(&y_bar, 1);
    cgrad_tensor_fill(&z_bar, 0);
    squares_rev(&x, &x_bar, &y, &y_bar, &z, &z_bar, &record);
    expect("dy/dx", &x_bar, (const double[N]){0, 2, 4, 6});
    cgrad_record_free(&record);

    cgrad_tensor_free(&x);
    cgrad_tensor_free(&y);
    cgrad_tensor_free(&z);
    cgrad_tensor_free(&x_bar);
    cgrad_tensor_free(&y_bar);
    cgrad_tensor_free(&z_bar);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}

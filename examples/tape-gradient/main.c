/* The gradient of y = 2 x'x is 4 x. */
#include "quadratic.h"
#include "quadratic_grad.h"

#include <math.h>
#include <stdio.h>

static int passed, failed;

static void expect(const char *what, float got, float want) {
    int right = fabsf(got - want) <= 1e-6f * fabsf(want);
    passed += right;
    failed += !right;
    printf("%s = %g%s\n", what, (double)got, right ? "" : "   WRONG");
}

int main(void) {
    const float gradient[] = {0, 4, 8, 12};
    cgrad_tensorf x = cgrad_tensorf_matrix(4, 1), x_bar = cgrad_tensorf_matrix(4, 1);
    for (int i = 0; i < 4; i++)
        x.data[i] = (float)i;

    expect("y", quadratic_grad(&x, &x_bar), 28);
    for (int i = 0; i < 4; i++) {
        char name[20];
        snprintf(name, sizeof name, "dy/dx[%d]", i);
        expect(name, x_bar.data[i], gradient[i]);
    }

    cgrad_tensorf_free(&x);
    cgrad_tensorf_free(&x_bar);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}

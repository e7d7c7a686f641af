/* What the programs of this folder say about their numbers. */
#ifndef EXPECT_H
#define EXPECT_H

#include <math.h>
#include <stdio.h>

static int passed, failed;

/* Prints a number beside the one that is known from elsewhere; they may differ by `tolerance` of that one, or by `tolerance`
 * itself if that is 0. */
static inline void expect(const char *what, double got, double want, double tolerance) {
    int right = got == want || fabs(got - want) <= tolerance * (want == 0 ? 1 : fabs(want));
    passed += right;
    failed += !right;
    printf("%-44s %.10g%s", what, got, right ? "\n" : "   WRONG: ");
    if (!right)
        printf("%.17g instead of %.17g\n", got, want);
}

/* What main returns. */
static inline int finish(void) {
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}

#endif

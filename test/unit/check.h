/* check: counted checks for programs against the compiler's own layers. A failed check prints its place and
 * the program goes on; check_summary prints the last line, which the test runner counts, and gives the exit
 * status. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <string.h>

static int checks_passed, checks_failed;

static inline void check_count(int good, const char *what, const char *file, int line) {
    if (good) {
        checks_passed++;
        return;
    }
    checks_failed++;
    printf("%s:%d: failed: %s\n", file, line, what);
}

static inline void check_text_count(const char *actual, const char *expected, const char *file, int line) {
    int good = strcmp(actual, expected) == 0;
    check_count(good, "texts differ", file, line);
    if (!good)
        printf("---- actual\n%s\n---- expected\n%s\n----\n", actual, expected);
}

#define CHECK(condition) check_count((condition) ? 1 : 0, #condition, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text_count((actual), (expected), __FILE__, __LINE__)

static inline int check_summary(void) {
    printf("%d passed, %d failed\n", checks_passed, checks_failed);
    return checks_failed != 0;
}

#endif

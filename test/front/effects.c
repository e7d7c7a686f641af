// Side effects leave their expressions: in order, and values are saved only where an effect would change them.
// RUN: %cgrad --dump=front --stop-after=front %s -o %t.c | FileCheck %s

int next(int *state);
void use(double value, int index);

// CHECK-LABEL: double walk(
// CHECK: s += *p;
// CHECK-NEXT: p += 1;
// CHECK-NEXT: i += 1;
// CHECK-NEXT: s += p[i];
// CHECK-NEXT: use(p[i], ((n > 0) ? n : 1));
// CHECK-NEXT: i += 1;

double walk(int n, const double *p) {
    double s = 0;
    int i = 0;
    s += *p++;
    s += p[++i];
    use(p[i++], n > 0 ? n : 1);
    return s;
}

// CHECK-LABEL: int conditions(
// CHECK: int value_1 = (n > 3);
// CHECK-NEXT: n += -1;
// CHECK-NEXT: if (value_1) {
// CHECK: int next_1;
// CHECK-NEXT: next_1 = next(&a);
// CHECK-NEXT: int test_1 = 0;
// CHECK-NEXT: if (next_1) {
// CHECK-NEXT: int next_2;
// CHECK-NEXT: next_2 = next(&b);
// CHECK-NEXT: test_1 = (next_2 != 0);
// CHECK-NEXT: }
// CHECK-NEXT: if (test_1) {
// CHECK: if ((a > 2)) {
// CHECK-NEXT: b = next(&a);
// CHECK-NEXT: } else {
// CHECK-NEXT: b = 7;
// CHECK: return ((a && b) || (n ? a : b));

int conditions(int n, int a, int b) {
    if (n-- > 3)
        a++;
    if (next(&a) && next(&b))
        a = b;
    b = a > 2 ? next(&a) : 7;
    return (a && b) || (n ? a : b);
}

// CHECK-LABEL: double assignments(
// CHECK: z = x;
// CHECK-NEXT: y = z;
// CHECK-NEXT: y = (y * 2);
// CHECK-NEXT: y += -z;
// CHECK-NEXT: f += y;
// CHECK-NEXT: k = (k + y);
// CHECK-NEXT: c += 200;
// CHECK-NEXT: u = (u << k);
// CHECK-NEXT: use(1, 2);
// CHECK-NEXT: k = 3;
// CHECK-NEXT: z = k;

double assignments(double x, float f, int k, char c, unsigned u) {
    double y, z;
    y = z = x;
    y *= 2;
    y -= z;
    f += y;
    k += y;
    c += 200;
    u <<= k;
    z = (use(1, 2), k = 3);
    return y + z + f + c + u;
}

// The increment of an argument comes before the call if the assignment of its value would undo it.
// CHECK-LABEL: int same(
// CHECK: int value_1 = i;
// CHECK-NEXT: i += 1;
// CHECK-NEXT: i = conditions(value_1, 1, 2);

int same(int i) {
    i = conditions(i++, 1, 2);
    return i;
}

// A va_list is handed on.
// CHECK-LABEL: int printed(
// CHECK: vsnprintf_1 = vsnprintf(text, 10, format, list);
#include <stdarg.h>
#include <stdio.h>
int printed(char *text, const char *format, va_list list) {
    if (vsnprintf(text, 10, format, list) >= 10)
        return 1;
    return 0;
}

// RUN: %cgrad --stop-after=front -o - %s | FileCheck %s --strict-whitespace --match-full-lines
#include <math.h>

double assignments(int n, double *x) {
    double s = 0, t;
    int k = n;
    s = s + x[0];
    s = s - x[1] * 2;
    s = s * (x[2] + 1);
    s /= 3;
    t = 1 - s;
    k = k + 1;
    k--;
    k <<= 2;
    x += 1;
    *x = *x * s;
    x[k % 3] -= -t;
    return s + t;
}

double loops(int n, const double *x) {
    double s = 0;
    for (int i = 0; i < n; i++)
        s += x[i];
    for (int i = n - 1; i >= 0; i -= 2) {
        s *= x[i];
    }
    while (s > 10)
        s = sqrt(s);
    do
        s += 1;
    while (s < 0);
    for (;;) {
        if (s > 100)
            break;
        s = s * 2;
    }
    for (int i = 0; i < n; i++)
        ;
    return s;
}

double choices(int kind, double x) {
    double y;
    if (x < 0)
        y = -x;
    else if (x < 1)
        y = x * x;
    else
        y = 1;
    switch (kind) {
    case 0:
    case 1:
        y *= 2;
        break;
    case 2: {
        double z = sin(x);
        y += z * z;
        break;
    }
    default:
        return y;
    }
    return y + 1;
}

// CHECK:double assignments(int n, double *x) {
// CHECK-NEXT:    double s = 0;
// CHECK-NEXT:    double t;
// CHECK-NEXT:    int k = n;
// CHECK-NEXT:    s += x[0];
// CHECK-NEXT:    s -= x[1] * 2;
// CHECK-NEXT:    s *= x[2] + 1;
// CHECK-NEXT:    s /= 3;
// CHECK-NEXT:    t = 1 - s;
// CHECK-NEXT:    k++;
// CHECK-NEXT:    k--;
// CHECK-NEXT:    k <<= 2;
// CHECK-NEXT:    x++;
// CHECK-NEXT:    *x *= s;
// CHECK-NEXT:    x[k % 3] -= -t;
// CHECK-NEXT:    return s + t;
// CHECK-NEXT:}
// CHECK-EMPTY:
// CHECK-NEXT:double loops(int n, const double *x) {
// CHECK-NEXT:    double s = 0;
// CHECK-NEXT:    for (int i = 0; i < n; i++) {
// CHECK-NEXT:        s += x[i];
// CHECK-NEXT:    }
// CHECK-NEXT:    for (int i = n - 1; i >= 0; i -= 2) {
// CHECK-NEXT:        s *= x[i];
// CHECK-NEXT:    }
// CHECK-NEXT:    while (s > 10) {
// CHECK-NEXT:        s = sqrt(s);
// CHECK-NEXT:    }
// CHECK-NEXT:    do {
// CHECK-NEXT:        s += 1;
// CHECK-NEXT:    } while (s < 0);
// CHECK-NEXT:    while (1) {
// CHECK-NEXT:        if (s > 100) {
// CHECK-NEXT:            break;
// CHECK-NEXT:        }
// CHECK-NEXT:        s *= 2;
// CHECK-NEXT:    }
// CHECK-NEXT:    for (int i = 0; i < n; i++) {}
// CHECK-NEXT:    return s;
// CHECK-NEXT:}
// CHECK-EMPTY:
// CHECK-NEXT:double choices(int kind, double x) {
// CHECK-NEXT:    double result = 0.0;
// CHECK-NEXT:    int returned = 0;
// CHECK-NEXT:    double y;
// CHECK-NEXT:    if (x < 0) {
// CHECK-NEXT:        y = -x;
// CHECK-NEXT:    } else if (x < 1) {
// CHECK-NEXT:        y = x * x;
// CHECK-NEXT:    } else {
// CHECK-NEXT:        y = 1;
// CHECK-NEXT:    }
// CHECK-NEXT:    switch (kind) {
// CHECK-NEXT:    case 0: case 1:
// CHECK-NEXT:        y *= 2;
// CHECK-NEXT:        break;
// CHECK-NEXT:    case 2: {
// CHECK-NEXT:        double z = sin(x);
// CHECK-NEXT:        y += z * z;
// CHECK-NEXT:        break;
// CHECK-NEXT:    }
// CHECK-NEXT:    default:
// CHECK-NEXT:        result = y;
// CHECK-NEXT:        returned = 1;
// CHECK-NEXT:        break;
// CHECK-NEXT:    }
// CHECK-NEXT:    if (returned) {
// CHECK-NEXT:        return result;
// CHECK-NEXT:    }
// CHECK-NEXT:    return y + 1;
// CHECK-NEXT:}

// Arms of a switch do not fall through: the arm that does has a copy of what follows.
// RUN: %cgrad --dump=front --stop-after=front %s -o %t.c | FileCheck %s

enum kind { PLAIN, SQUARE = 4, CUBE };

// CHECK-LABEL: double power(
// CHECK: switch ((kind)) {
// CHECK-NEXT: case CUBE: {
// CHECK-NEXT: x = (x * x);
// CHECK-NEXT: x = (x * 2);
// CHECK-NEXT: }
// CHECK-NEXT: case SQUARE, PLAIN: {
// CHECK-NEXT: x = (x * 2);
// CHECK-NEXT: }
// CHECK-NEXT: default: {
// CHECK-NEXT: if ((x > 0)) {
// CHECK-NEXT: x = 1;
// CHECK-NEXT: } else {
// CHECK-NEXT: x = 3;

double power(enum kind kind, double x) {
    switch (kind) {
    case CUBE:
        x *= x;
        /* fall through */
    case SQUARE:
    case PLAIN:
        x *= 2;
        break;
    default:
        if (x > 0) {
            x = 1;
            break;
        }
        x = 3;
    }
    return x;
}

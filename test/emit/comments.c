// RUN: %cgrad --stop-after=front -o - %s | FileCheck %s --strict-whitespace --match-full-lines

/* The mean
     of a list. */
double mean(int n, const double *x) { // n > 0
    double s = 0; // sum
    /* all
       of them */
    for (int i = 0; i < n; i++) {
            // one by one
            // and slowly
            s += x[i]; /* add */
    }
    if (n == 1) // one
        return s;
    /* divide */
    return s / n;
}

// CHECK:/* The mean
// CHECK-NEXT:   of a list. */
// CHECK-NEXT:double mean(int n, const double *x) {
// CHECK-NEXT:    // n > 0
// CHECK-NEXT:    double s = 0; // sum
// CHECK-NEXT:    /* all
// CHECK-NEXT:       of them */
// CHECK-NEXT:    for (int i = 0; i < n; i++) {
// CHECK-NEXT:        // one by one
// CHECK-NEXT:        // and slowly
// CHECK-NEXT:        s += x[i]; /* add */
// CHECK-NEXT:    }
// CHECK-NEXT:    if (n == 1) {
// CHECK-NEXT:        // one
// CHECK-NEXT:        return s;
// CHECK-NEXT:    }
// CHECK-NEXT:    /* divide */
// CHECK-NEXT:    return s / n;
// CHECK-NEXT:}

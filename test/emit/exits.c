// RUN: %cgrad --stop-after=front -o - %s | FileCheck %s --strict-whitespace --match-full-lines

/* An early return needs nothing. */
double early(double x) {
    if (x < 0)
        return 0;
    if (x > 1) {
        x = 1 / x;
        return x;
    }
    return x * x;
}

/* What continue skips becomes a branch. */
void skipping(int n, double *x) {
    for (int i = 0; i < n; i++) {
        if (i % 2)
            continue; /* even ones only */
        x[i] *= 2;
        if (x[i] > 3)
            break;
        x[i] += 1;
    }
}

/* Several ways to what follows: a flag. */
void flagged(int n, double *x) {
    for (int i = 0; i < n; i++) {
        if (x[i] > 0) {
            if (x[i] > 9)
                break;
            x[i] -= 1;
        } else {
            x[i] += 1;
        }
        x[i] *= 2;
    }
}

/* A return out of two loops. */
double found(int m, int n, const double *x) {
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            if (x[i * n + j] > 0)
                return x[i * n + j];
    return -1;
}

/* The increment is behind every continue. */
double uncounted(const double *p, const double *end) {
    double s = 0;
    for (; p != end; p += *p > 0 ? 1 : 2) {
        if (*p == 3)
            continue;
        s += *p;
    }
    return s;
}

/* From a switch no loop can be left. */
double chosen(int n, const int *kind, const double *x) {
    double s = 0;
    for (int i = 0; i < n; i++) {
        switch (kind[i]) {
        case 0: continue;
        case 1: s += x[i]; break;
        case 2: return s;
        default: s -= x[i];
        }
        s *= 2;
    }
    return -s;
}

// CHECK:/* An early return needs nothing. */
// CHECK-NEXT:double early(double x) {
// CHECK-NEXT:    if (x < 0) {
// CHECK-NEXT:        return 0;
// CHECK-NEXT:    }
// CHECK-NEXT:    if (x > 1) {
// CHECK-NEXT:        x = 1 / x;
// CHECK-NEXT:        return x;
// CHECK-NEXT:    }
// CHECK-NEXT:    return x * x;
// CHECK-NEXT:}
// CHECK-EMPTY:
// CHECK-NEXT:/* What continue skips becomes a branch. */
// CHECK-NEXT:void skipping(int n, double *x) {
// CHECK-NEXT:    for (int i = 0; i < n; i++) {
// CHECK-NEXT:        /* even ones only */
// CHECK-NEXT:        if (!(i % 2)) {
// CHECK-NEXT:            x[i] *= 2;
// CHECK-NEXT:            if (x[i] > 3) {
// CHECK-NEXT:                break;
// CHECK-NEXT:            }
// CHECK-NEXT:            x[i] += 1;
// CHECK-NEXT:        }
// CHECK-NEXT:    }
// CHECK-NEXT:}
// CHECK-EMPTY:
// CHECK-NEXT:/* Several ways to what follows: a flag. */
// CHECK-NEXT:void flagged(int n, double *x) {
// CHECK-NEXT:    for (int i = 0; i < n; i++) {
// CHECK-NEXT:        int leave = 0;
// CHECK-NEXT:        if (x[i] > 0) {
// CHECK-NEXT:            if (x[i] > 9) {
// CHECK-NEXT:                leave = 1;
// CHECK-NEXT:            } else {
// CHECK-NEXT:                x[i] -= 1;
// CHECK-NEXT:            }
// CHECK-NEXT:        } else {
// CHECK-NEXT:            x[i] += 1;
// CHECK-NEXT:        }
// CHECK-NEXT:        if (leave) {
// CHECK-NEXT:            break;
// CHECK-NEXT:        }
// CHECK-NEXT:        x[i] *= 2;
// CHECK-NEXT:    }
// CHECK-NEXT:}
// CHECK-EMPTY:
// CHECK-NEXT:/* A return out of two loops. */
// CHECK-NEXT:double found(int m, int n, const double *x) {
// CHECK-NEXT:    double result = 0.0;
// CHECK-NEXT:    int returned = 0;
// CHECK-NEXT:    for (int i = 0; i < m; i++) {
// CHECK-NEXT:        for (int j = 0; j < n; j++) {
// CHECK-NEXT:            if (x[i * n + j] > 0) {
// CHECK-NEXT:                result = x[i * n + j];
// CHECK-NEXT:                returned = 1;
// CHECK-NEXT:                break;
// CHECK-NEXT:            }
// CHECK-NEXT:        }
// CHECK-NEXT:        if (returned) {
// CHECK-NEXT:            break;
// CHECK-NEXT:        }
// CHECK-NEXT:    }
// CHECK-NEXT:    if (returned) {
// CHECK-NEXT:        return result;
// CHECK-NEXT:    }
// CHECK-NEXT:    return -1;
// CHECK-NEXT:}
// CHECK-EMPTY:
// CHECK-NEXT:/* The increment is behind every continue. */
// CHECK-NEXT:double uncounted(const double *p, const double *end) {
// CHECK-NEXT:    double s = 0;
// CHECK-NEXT:    while (p != end) {
// CHECK-NEXT:        if (*p != 3) {
// CHECK-NEXT:            s += *p;
// CHECK-NEXT:        }
// CHECK-NEXT:        p += *p > 0 ? 1 : 2;
// CHECK-NEXT:    }
// CHECK-NEXT:    return s;
// CHECK-NEXT:}
// CHECK-EMPTY:
// CHECK-NEXT:/* From a switch no loop can be left. */
// CHECK-NEXT:double chosen(int n, const int *kind, const double *x) {
// CHECK-NEXT:    double result = 0.0;
// CHECK-NEXT:    int returned = 0;
// CHECK-NEXT:    double s = 0;
// CHECK-NEXT:    for (int i = 0; i < n; i++) {
// CHECK-NEXT:        int skip = 0;
// CHECK-NEXT:        switch (kind[i]) {
// CHECK-NEXT:        case 0:
// CHECK-NEXT:            skip = 1;
// CHECK-NEXT:            break;
// CHECK-NEXT:        case 1:
// CHECK-NEXT:            s += x[i];
// CHECK-NEXT:            break;
// CHECK-NEXT:        case 2:
// CHECK-NEXT:            result = s;
// CHECK-NEXT:            returned = 1;
// CHECK-NEXT:            break;
// CHECK-NEXT:        default:
// CHECK-NEXT:            s -= x[i];
// CHECK-NEXT:            break;
// CHECK-NEXT:        }
// CHECK-NEXT:        if (returned) {
// CHECK-NEXT:            break;
// CHECK-NEXT:        }
// CHECK-NEXT:        if (!skip) {
// CHECK-NEXT:            s *= 2;
// CHECK-NEXT:        }
// CHECK-NEXT:    }
// CHECK-NEXT:    if (returned) {
// CHECK-NEXT:        return result;
// CHECK-NEXT:    }
// CHECK-NEXT:    return -s;
// CHECK-NEXT:}

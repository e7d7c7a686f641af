#include <math.h>

/* CHECK behind_and: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK nested_choices: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK factors: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK mixed: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */

/* Values behind && and || that change: the decision as a whole is kept. */
double behind_and(int n, const double *x) {
    int k[6]; double s = 0;
    for (int i = 0; i < n; i++) k[i] = i % 2;
    for (int i = 0; i < n; i++) { s += i > 1 && k[i] ? x[i] : 3 * x[i]; k[i] = !k[i]; }
    return s;
}

double nested_choices(int n, const double *x) {
    int k[6]; double s = 0;
    for (int i = 0; i < n; i++) k[i] = i % 2;
    for (int i = 0; i < n; i++) { s += i > 1 ? (k[i] ? x[i] : 3 * x[i]) : s * x[0]; k[i] = !k[i]; }
    return s;
}

double factors(int n, const double *x) {
    int k[6];
    double w[6], s = 1;
    for (int i = 0; i < n; i++) { k[i] = i % 2; w[i] = x[i]; }
    for (int i = 0; i < n; i++) {
        s += x[i] * (i > 1 && k[i]) + x[(i < 5 && k[i + 1]) + (k[i] || w[i] > 1)] * s;
        s *= 1 + 0.1 * x[0] * (i > 0 || exp(w[i]) < 3);
        s += (i && (k[i] ? w[i - 1] : 2) > 1) ? x[i] * x[i] : x[0];
        k[i] = !k[i]; w[i] = 2 - w[i] * w[i];
    }
    return s;
}

double mixed(int n, const double *x) {
    double w[6], v[6], s = 0;
    int k[6];
    for (int i = 0; i < n; i++) { w[i] = x[i]; v[i] = 1; k[i] = i % 2; }
    for (int r = 0; r < 2; r++) {
        for (int i = 0; i < n; i++) {
            s += (i > 0 && w[i] > 1) ? x[i] : 2 * x[i];
            s += (i > 3 || w[i] < 1) ? s * x[i] : x[0];
            s += i > 1 && k[i] ? x[i] : 3 * x[i];
            double t = !(i > 2 && k[i - 1] == 0) ? x[i] : s;
            s = s * 0.3 + (i && (k[i] || w[i] > 0.8) ? t * x[1] : 0);
            s += i ? (w[i] > 1 ? (k[i] ? x[i] : 2 * x[i]) : x[2]) : x[3] * x[3];
            k[i] = !k[i]; w[i] = 2 - w[i];
            if (i > 0 && w[i - 1] > 1) s *= x[i]; else if (k[i] && w[i] < 1.2) s -= x[i] * x[1];
            while (w[i] > 0.7 && k[i]) { s += x[i] * x[i]; w[i] -= 0.3; }
            w[i] += 0.2;
            switch (k[i] + (w[i] > 1)) { case 0: s += x[0]; break; case 1: s *= x[1]; k[i] = 0; w[i] -= 0.5; break; default: s = sin(s); }
            for (int j = k[i]; j < 2 + (w[i] > 0.6); j++) { k[i] = j; s += x[j] * s * 0.1; }
        }
    }
    return s + w[0] * v[1];
}

#include <stdlib.h>
#include <string.h>

/* CHECK histogram: x[n] -> return
 *   int n = 8
 *   in double x[8] = random(0, 4)
 *   int counts[4] = {0, 0, 0, 0}
 *   returns double
 */
/* CHECK ranked: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(-1, 1)
 *   out double y[5]
 */
/* CHECK labelled: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(-1, 1)
 *   char label[16] = {0}
 *   double log[4] = {0}
 *   returns double
 */

/* Integer work arrays, counts, strings and constant real data that depend on active values only through decisions. */
double histogram(int n, const double *x, int *counts) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        int bin = (int)x[i];
        if (bin < 0 || bin > 3)
            continue;
        counts[bin]++;
        sum += x[i] * counts[bin];
    }
    return sum;
}

void ranked(int n, const double *x, double *y) {
    int *order = malloc(n * sizeof(int));
    double *weights = malloc(n * sizeof(double));
    for (int i = 0; i < n; i++) {
        order[i] = i;
        weights[i] = 1.0 / (i + 1);
    }
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && x[order[j]] > x[order[j - 1]]; j--) {
            int t = order[j];
            order[j] = order[j - 1];
            order[j - 1] = t;
        }
    for (int i = 0; i < n; i++)
        y[order[i]] = weights[i] * x[order[i]] * x[order[0]];
    free(weights);
    free(order);
}

double labelled(int n, const double *x, char *label, double *log) {
    const char *text = "positive";
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += x[i];
        if (x[i] < 0)
            text = "negative";
        log[i] = i * 0.5;
    }
    strcpy(label, text);
    log[3] = strlen(text);
    return label[0] == 'p' ? sum * sum * log[1] : sum * strlen(label);
}

/* How long patients stay in remission, with patients who left the study before they fell ill again (censored): the likelihood
 * of Weibull's distribution, whose scale depends on the treatment.
 * J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure Time Data, 2nd edition (2002), chapter 3; the data
 * are those of E. J. Freireich and others, Blood 21 (1963), 699-716. */
#include <cgrad/cgrad.h>
#include <math.h>

typedef enum { PLACEBO, DRUG } treatment;

typedef struct {
    int weeks;
    unsigned censored : 1;
} patient;

struct weibull {
    double log_shape, log_scale[2];
};

CGRAD_GRAD(p[1])
double survival(const struct weibull *p, int n, const patient *patients, treatment treatment) {
    double shape = exp(p->log_shape), scale = exp(p->log_scale[treatment]), sum = 0;
    while (n-- > 0) {
        double risk = pow(patients[n].weeks / scale, shape);
        sum -= risk;
        if (patients[n].censored)
            continue;
        sum += log(shape * risk / patients[n].weeks);
    }
    return sum;
}

#ifdef WITH_MAIN
#define WEIBULL_GRAD_NO_TYPES
#include "expect.h"
#include "weibull_grad.h"

static const patient drug[21] = {{6, 0},  {6, 0},  {6, 0},  {7, 0},  {10, 0}, {13, 0}, {16, 0},
                                 {22, 0}, {23, 0}, {6, 1},  {9, 1},  {10, 1}, {11, 1}, {17, 1},
                                 {19, 1}, {20, 1}, {25, 1}, {32, 1}, {32, 1}, {34, 1}, {35, 1}};

int main(void) {
    /* With shape 1 the best rate is failures by weeks: 9 / 359. */
    struct weibull p = {0, {0, log(359.0 / 9)}}, bar;
    expect("exponential: likelihood", survival_grad(&p, &bar, 21, drug, DRUG), 9 * log(9.0 / 359) - 9, 1e-13);
    expect("  by its scale", bar.log_scale[DRUG], 0, 1e-13);
    expect("  by that of the others", bar.log_scale[PLACEBO], 0, 0);
    double by_shape = 9;
    for (int i = 0; i < 21; i++)
        by_shape += ((drug[i].censored ? 0 : 1) - drug[i].weeks * 9.0 / 359) * log(drug[i].weeks * 9.0 / 359);
    expect("  by its shape", bar.log_shape, by_shape, 1e-13);

    for (int step = 0; step < 2000; step++) {
        survival_grad(&p, &bar, 21, drug, DRUG);
        p.log_shape += 0.03 * bar.log_shape;
        p.log_scale[DRUG] += 0.03 * bar.log_scale[DRUG];
    }
    double shape = exp(p.log_shape), risk = 0;
    for (int i = 0; i < 21; i++)
        risk += pow(drug[i].weeks, shape);
    expect("best: shape (literature: 1.354)", shape, 1.354, 1e-3);
    expect("  scale, from the shape", exp(p.log_scale[DRUG]), pow(risk / 9, 1 / shape), 1e-10);
    return finish();
}
#endif

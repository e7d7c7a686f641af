// A result that the adjoint of its own call reads is kept, in loops and between the two halves of a split.
#include <cgrad/tensor.h>
#include <math.h>

/* CHECK norms: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK once: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK squares: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */

/* CHECK sum: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
double sum(int n, const double *x) {
    double s = 0, length;
    for (int i = 0; i < n; i++) {
        cgrad_tensor t = cgrad_tensor_vector(2);
        t.data[0] = x[i];
        t.data[1] = x[i] * x[i];
        length = cgrad_tensor_norm(&t);
        s = s * s + 2 * length;
        cgrad_tensor_free(&t);
    }
    return s;
}

double norms(int n, const double *x) {
    double s = 0, length;
    for (int i = 0; i < n; i++) {
        cgrad_tensor t = cgrad_tensor_vector(2);
        t.data[0] = x[i];
        t.data[1] = x[i] * x[i];
        length = cgrad_tensor_norm(&t);
        s += length * x[i];
        cgrad_tensor_free(&t);
    }
    return s;
}

double once(const double *x) {
    cgrad_tensor t = cgrad_tensor_vector(3);
    t.data[0] = x[0];
    t.data[1] = x[1] * x[2];
    t.data[2] = x[2];
    double length = cgrad_tensor_norm(&t);
    cgrad_tensor_free(&t);
    return length * x[0];
}

double squares(const double *x) {
    cgrad_tensor t = cgrad_tensor_vector(3);
    double s = 0;
    for (int k = 0; k < 3; k++)
        t.data[k] = x[k] * x[k];
    for (int k = 0; k < 3; k++)
        s += sin(cgrad_tensor_norm(&t) * x[k]) * cgrad_tensor_dot(&t, &t);
    cgrad_tensor_free(&t);
    return s;
}

#include <math.h>

/* CHECK layernorm: x[n], gain[n], bias[n] -> y[n]
 *   in double x[4] = random(-1, 1)
 *   in double gain[4] = random(0.5, 1.5)
 *   in double bias[4] = random(-1, 1)
 *   out double y[4]
 *   int n = 4
 */
/* CHECK attention: q[t * d], k[t * d], v[t * d] -> out[t * d]
 *   out double out[6]
 *   in double q[6] = random(-1, 1)
 *   in double k[6] = random(-1, 1)
 *   in double v[6] = random(-1, 1)
 *   int t = 3
 *   int d = 2
 */
/* CHECK cross_entropy: logits[n * classes] -> return
 *   in double logits[6] = random(-1, 1)
 *   int label[2] = {2, 0}
 *   int n = 2
 *   int classes = 3
 *   returns double
 */
/* CHECK gelu: x[n] -> x[n]
 *   inout double x[4] = random(-1, 1)
 *   int n = 4
 */

/* Layers of neural networks. */
void layernorm(const double *x, const double *gain, const double *bias, double *y, int n) {
    double mean = 0.0, variance = 0.0;
    for (int i = 0; i < n; i++)
        mean += x[i];
    mean /= n;
    for (int i = 0; i < n; i++) {
        double shifted = x[i] - mean;
        variance += shifted * shifted;
    }
    double scale = 1.0 / sqrt(variance / n + 1e-5);
    for (int i = 0; i < n; i++)
        y[i] = (x[i] - mean) * scale * gain[i] + bias[i];
}

/* Causal attention of one head. */
void attention(double *out, const double *q, const double *k, const double *v, int t, int d) {
    double scores[16];
    double scale = 1 / sqrt((double)d);
    for (int i = 0; i < t; i++) {
        double max = -1e30, sum = 0;
        for (int j = 0; j <= i; j++) {
            double s = 0;
            for (int c = 0; c < d; c++)
                s += q[i * d + c] * k[j * d + c];
            scores[j] = s * scale;
            if (scores[j] > max)
                max = scores[j];
        }
        for (int j = 0; j <= i; j++)
            sum += scores[j] = exp(scores[j] - max);
        double *o = out + i * d;
        for (int c = 0; c < d; c++)
            o[c] = 0;
        for (int j = 0; j <= i; j++)
            for (int c = 0; c < d; c++)
                o[c] += scores[j] / sum * v[j * d + c];
    }
}

double cross_entropy(const double *logits, const int *label, int n, int classes) {
    double loss = 0;
    for (int i = 0; i < n; i++, logits += classes) {
        double max = logits[0], sum = 0;
        for (int j = 1; j < classes; j++)
            max = fmax(max, logits[j]);
        for (int j = 0; j < classes; j++)
            sum += exp(logits[j] - max);
        loss -= logits[label[i]] - max - log(sum);
    }
    return loss / n;
}

void gelu(double *x, int n) {
    for (int i = 0; i < n; i++)
        x[i] = 0.5 * x[i] * (1 + tanh(0.7978845608 * (x[i] + 0.044715 * x[i] * x[i] * x[i])));
}

/* transformer: the layers of a transformer, one function each. */
#ifndef TRANSFORMER_H
#define TRANSFORMER_H

/* Each row of x[rows * c], shifted and scaled to mean 0 and variance 1, then by weight[c] and bias[c]. */
void layernorm(int rows, int c, const double *x, const double *weight, const double *bias, double *out);

/* out[rows * m] = x[rows * c] times the transpose of weight[m * c], plus bias[m]. */
void linear_layer(int rows, int c, int m, const double *x, const double *weight, const double *bias, double *out);

/* Causal attention of `heads` heads over t positions. qkv[t * 3 c]: queries, keys and values of each position, c each;
 * out[t * c]. */
void attention(int t, int c, int heads, const double *qkv, double *out);

void gelu(int n, const double *x, double *out);

/* The adjoints, by hand. They add to the adjoints of inputs, and compute no outputs. */
void layernorm_hand(int rows, int c, const double *x, double *x_bar, const double *weight, double *weight_bar,
                    double *bias_bar, const double *out_bar);
void linear_layer_hand(int rows, int c, int m, const double *x, double *x_bar, const double *weight, double *weight_bar,
                       double *bias_bar, const double *out_bar);
void attention_hand(int t, int c, int heads, const double *qkv, double *qkv_bar, const double *out_bar);
void gelu_hand(int n, const double *x, double *x_bar, const double *out_bar);

#endif

/* Times the adjoints of a transformer's layers. */
#include "bench.h"
#include "transformer.h"
#include "transformer_grad.h"

#include <string.h>

enum { T = 128, C = 128, HEADS = 8, M = 4 * C };

/* Of one layer: its input, and in `bar` its adjoint with those of the parameters behind it; the rest as the layer needs. */
struct layer {
    const double *x, *weight, *bias, *seeds;
    double *out, *out_bar;
    size_t x_count, weight_count, out_count;
};

static void prepare(void *data) {
    struct layer *l = data;
    memcpy(l->out_bar, l->seeds, l->out_count * sizeof *l->out_bar);
}

#define WEIGHT_BAR (bar + l->x_count)
#define BIAS_BAR (bar + l->x_count + l->weight_count)

#define FUNCTIONS(name, primal, hand, cgrad)      \
    static void name##_primal(void *data) {       \
        struct layer *l = data;                   \
        primal;                                   \
    }                                             \
    static void name##_by_hand(void *data, double *bar) { \
        struct layer *l = data;                   \
        hand;                                     \
    }                                             \
    static void name##_cgrad(void *data, double *bar) { \
        struct layer *l = data;                   \
        cgrad;                                    \
    }

FUNCTIONS(layernorm, layernorm(T, C, l->x, l->weight, l->bias, l->out),
          layernorm_hand(T, C, l->x, bar, l->weight, WEIGHT_BAR, BIAS_BAR, l->out_bar),
          layernorm_vjp(T, C, l->x, bar, l->weight, WEIGHT_BAR, l->bias, BIAS_BAR, l->out, l->out_bar))
FUNCTIONS(linear_layer, linear_layer(T, C, M, l->x, l->weight, l->bias, l->out),
          linear_layer_hand(T, C, M, l->x, bar, l->weight, WEIGHT_BAR, BIAS_BAR, l->out_bar),
          linear_layer_vjp(T, C, M, l->x, bar, l->weight, WEIGHT_BAR, l->bias, BIAS_BAR, l->out, l->out_bar))
FUNCTIONS(attention, attention(T, C, HEADS, l->x, l->out), attention_hand(T, C, HEADS, l->x, bar, l->out_bar),
          attention_vjp(T, C, HEADS, l->x, bar, l->out, l->out_bar))
FUNCTIONS(gelu, gelu(T * M, l->x, l->out), gelu_hand(T * M, l->x, bar, l->out_bar),
          gelu_vjp(T * M, l->x, bar, l->out, l->out_bar))
static void time_layer(const char *problem, const char *size, size_t x, size_t weight, size_t bias, size_t out,
                       struct bench_case functions) {
    struct bench_random random = bench_seed(8);
    struct layer layer = {bench_random_vector(&random, x, -2, 2), bench_random_vector(&random, weight, -1, 1),
                          bench_random_vector(&random, bias, -1, 1), bench_random_vector(&random, out, -1, 1),
                          bench_vector(out), bench_vector(out), x, weight, out};
    functions.size = size;
    functions.problem = &layer;
    functions.count = x + weight + bias;
    functions.prepare = prepare;
    bench_run(problem, &functions);
}

#define OF(name) (struct bench_case){.primal = name##_primal, .hand = name##_by_hand, .cgrad = name##_cgrad}

int main(void) {
    time_layer("layernorm", "rows 128 c 128", T * C, C, C, T * C, OF(layernorm));
    time_layer("linear layer", "rows 128 c 128 m 512", T * C, M * C, M, T * M, OF(linear_layer));
    time_layer("attention", "t 128 c 128 heads 8", 3 * T * C, 0, 0, T * C, OF(attention));
    time_layer("gelu", "n 65536", T * M, 0, 0, T * M, OF(gelu));
    return bench_finish();
}

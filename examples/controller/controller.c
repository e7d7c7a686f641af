#include <cgrad/cgrad.h>

enum { STEPS = 40 };

/* A Duffing oscillator, pushed by a controller with four gains, from one place; what it costs to bring it to rest in STEPS
 * steps. All sizes are constant: so is what the gradient needs (cost_grad_workspace). */
CGRAD_GRAD(gains[4])
float cost(const float gains[4], float place, float speed) {
    const float step = 0.05f;
    float memory = 0, total = 0;
    for (int k = 0; k < STEPS; k++) {
        float push = -gains[0] * place - gains[1] * speed - gains[2] * memory - gains[3] * place * place * place;
        float force = place - place * place * place - 0.1f * speed + push;
        speed += step * force;
        place += step * speed;
        memory += step * place;
        total += step * (place * place + 0.1f * speed * speed + 0.01f * push * push);
    }
    return total;
}

// OPTIONS --vjp=step:dt->return
struct state {
    double position, velocity;
};

double step(struct state *state, double dt) {  // EXPECT-EITHER error: 'state'
    state->position += dt * state->velocity;   // EXPECT-EITHER error: 'state'
    return state->position;                    // EXPECT-EITHER error: 'state'
}

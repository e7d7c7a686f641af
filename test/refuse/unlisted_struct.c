// OPTIONS --vjp=step:dt->return
struct state {
    double position, velocity;
};

double step(struct state *state, double dt) {  // EXPECT error: 'state'
    state->position += dt * state->velocity;   // NOTE: 'state' depends on 'dt'
    return state->position;                    // NOTE: the returned value depends on 'state'
}

struct choose_arguments {
    double x;
    double returned;
    int present; /* never empty */
};

static inline void choose_open(struct choose_arguments *args) {
    memset(args, 0, sizeof *args);
}

static inline void choose_close(struct choose_arguments *args) {
    (void)args;
}

static inline void choose_initialize(struct choose_arguments *args, unsigned seed) {
    struct number_random random = number_seed(seed);
    (void)random;
    {
        args->x = (double)number_uniform(&random, 0.5,  1.5);
    }
    (void)args;
}

static inline size_t choose_read(const struct choose_arguments *args, number_t *flat) {
    size_t n = 0;
    flat[n++] = args->x;
    flat[n++] = args->returned;
    (void)args, (void)flat;
    return n;
}

static inline size_t choose_write(struct choose_arguments *args, const number_t *flat) {
    size_t n = 0;
    args->x = (double)flat[n++];
    args->returned = (double)flat[n++];
    (void)args, (void)flat;
    return n;
}

static inline size_t choose_observe(const struct choose_arguments *args, number_t *flat) {
    size_t n = 0;
    flat[n++] = args->x;
    flat[n++] = args->returned;
    (void)args, (void)flat;
    return n;
}

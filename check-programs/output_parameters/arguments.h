struct polar_arguments {
    double x;
    double y;
    double (*r)[1];
    double (*phi)[1];
    int present; /* never empty */
};

static inline void polar_open(struct polar_arguments *args) {
    memset(args, 0, sizeof *args);
    args->r = calloc(1, sizeof *args->r);
    args->phi = calloc(1, sizeof *args->phi);
}

static inline void polar_close(struct polar_arguments *args) {
    free(args->r);
    free(args->phi);
}

static inline void polar_initialize(struct polar_arguments *args, unsigned seed) {
    struct number_random random = number_seed(seed);
    (void)random;
    {
        args->x = (double)number_uniform(&random, 0.5,  1.5);
    }
    {
        args->y = (double)number_uniform(&random, 0.5,  1.5);
    }
    {
    }
    {
    }
    (void)args;
}

static inline size_t polar_read(const struct polar_arguments *args, number_t *flat) {
    size_t n = 0;
    flat[n++] = args->x;
    flat[n++] = args->y;
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        flat[n++] = (*args->r)[i0];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        flat[n++] = (*args->phi)[i0];
    }
    (void)args, (void)flat;
    return n;
}

static inline size_t polar_write(struct polar_arguments *args, const number_t *flat) {
    size_t n = 0;
    args->x = (double)flat[n++];
    args->y = (double)flat[n++];
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        (*args->r)[i0] = (double)flat[n++];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        (*args->phi)[i0] = (double)flat[n++];
    }
    (void)args, (void)flat;
    return n;
}

static inline size_t polar_observe(const struct polar_arguments *args, number_t *flat) {
    size_t n = 0;
    flat[n++] = args->x;
    flat[n++] = args->y;
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        flat[n++] = (*args->r)[i0];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        flat[n++] = (*args->phi)[i0];
    }
    (void)args, (void)flat;
    return n;
}

struct statistics_arguments {
    int n;
    double (*x)[5];
    double (*mean)[1];
    double (*variance)[1];
    double returned;
    int present; /* never empty */
};

static inline void statistics_open(struct statistics_arguments *args) {
    memset(args, 0, sizeof *args);
    args->x = calloc(1, sizeof *args->x);
    args->mean = calloc(1, sizeof *args->mean);
    args->variance = calloc(1, sizeof *args->variance);
}

static inline void statistics_close(struct statistics_arguments *args) {
    free(args->x);
    free(args->mean);
    free(args->variance);
}

static inline void statistics_initialize(struct statistics_arguments *args, unsigned seed) {
    struct number_random random = number_seed(seed);
    (void)random;
    {
        args->n = 5;
    }
    {
        for (size_t i0 = 0; i0 < (size_t)(5); i0++) {
            (*args->x)[i0] = (double)number_uniform(&random, 0.5,  1.5);
        }
    }
    {
    }
    {
    }
    (void)args;
}

static inline size_t statistics_read(const struct statistics_arguments *args, number_t *flat) {
    size_t n = 0;
    for (size_t i0 = 0; i0 < (size_t)(5); i0++) {
        flat[n++] = (*args->x)[i0];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        flat[n++] = (*args->mean)[i0];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        flat[n++] = (*args->variance)[i0];
    }
    flat[n++] = args->returned;
    (void)args, (void)flat;
    return n;
}

static inline size_t statistics_write(struct statistics_arguments *args, const number_t *flat) {
    size_t n = 0;
    for (size_t i0 = 0; i0 < (size_t)(5); i0++) {
        (*args->x)[i0] = (double)flat[n++];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        (*args->mean)[i0] = (double)flat[n++];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        (*args->variance)[i0] = (double)flat[n++];
    }
    args->returned = (double)flat[n++];
    (void)args, (void)flat;
    return n;
}

static inline size_t statistics_observe(const struct statistics_arguments *args, number_t *flat) {
    size_t n = 0;
    flat[n++] = (number_t)args->n;
    for (size_t i0 = 0; i0 < (size_t)(5); i0++) {
        flat[n++] = (*args->x)[i0];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        flat[n++] = (*args->mean)[i0];
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        flat[n++] = (*args->variance)[i0];
    }
    flat[n++] = args->returned;
    (void)args, (void)flat;
    return n;
}

struct through_arguments {
    double x;
    double returned;
    int present; /* never empty */
};

static inline void through_open(struct through_arguments *args) {
    memset(args, 0, sizeof *args);
}

static inline void through_close(struct through_arguments *args) {
    (void)args;
}

static inline void through_initialize(struct through_arguments *args, unsigned seed) {
    struct number_random random = number_seed(seed);
    (void)random;
    {
        args->x = (double)number_uniform(&random, 0.5,  1.5);
    }
    (void)args;
}

static inline size_t through_read(const struct through_arguments *args, number_t *flat) {
    size_t n = 0;
    flat[n++] = args->x;
    flat[n++] = args->returned;
    (void)args, (void)flat;
    return n;
}

static inline size_t through_write(struct through_arguments *args, const number_t *flat) {
    size_t n = 0;
    args->x = (double)flat[n++];
    args->returned = (double)flat[n++];
    (void)args, (void)flat;
    return n;
}

static inline size_t through_observe(const struct through_arguments *args, number_t *flat) {
    size_t n = 0;
    flat[n++] = args->x;
    flat[n++] = args->returned;
    (void)args, (void)flat;
    return n;
}

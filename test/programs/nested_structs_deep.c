#include <math.h>

/* CHECK settle: s -> s
 *   inout struct system s[1] = {{.bodies = {{.fixed = 2}, {.fixed = 1}}, .count = 2}} then random(0.5, 1.5)
 */
/* CHECK weigh: b -> return
 *   in struct body b = {.fixed = 1} then random(0.5, 1.5)
 *   returns double
 */

/* Members of members: arrays of structs in structs in arrays, rows of matrices in structs, copies of parts. */
struct pair {
    double p[2];
};

struct joint {
    struct pair pair;
    double angle;
};

struct frame {
    double m[2][2];
};

struct body {
    struct joint joints[2];
    int fixed;
    struct frame frame;
};

struct system {
    struct body bodies[2];
    int count;
};

static void turn(struct joint *j, const struct frame *f) {
    double p[2] = {j->pair.p[0], j->pair.p[1]};
    for (int i = 0; i < 2; i++)
        j->pair.p[i] = f->m[i][0] * p[0] + f->m[i][1] * p[1] * cos(j->angle);
}

void settle(struct system *s) {
    for (int b = 0; b < s->count; b++) {
        struct body *body = &s->bodies[b];
        for (int j = 0; j < body->fixed; j++)
            turn(&body->joints[j], &s->bodies[s->count - 1 - b].frame);
        struct joint saved = body->joints[0];
        double(*row)[2] = &body->frame.m[1];
        (*row)[0] *= saved.pair.p[1];
        body->joints[0].angle += body->joints[1].pair.p[0] * saved.angle;
        body->joints[1] = saved;
    }
    s->bodies[0].frame = s->bodies[1].frame;
}

static struct body rolled(struct body b, double by) {
    for (int j = 0; j < 2; j++) {
        b.joints[j].angle *= by;
        b.frame.m[j][1 - j] += b.joints[j].angle;
    }
    return b;
}

double weigh(struct body b) {
    struct body c = rolled(b, b.joints[0].angle), list[2] = {b, c};
    double sum = 0;
    for (int i = 0; i < 2; i++)
        sum += list[i].joints[i].angle * list[1 - i].frame.m[i][1 - i] * rolled(list[i], 0.5).joints[1].angle;
    return sum;
}

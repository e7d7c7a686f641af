#include <math.h>
#include <stdlib.h>

/* CHECK energy: particles[n], k -> return
 *   int n = 3
 *   in struct particle particles[3] = random(-1, 1)
 *   in double k = random(0.5, 1)
 *   returns double
 */
/* CHECK leapfrog: particles[n] -> particles[n]
 *   int n = 3
 *   int steps = 2
 *   double dt = 0.125
 *   inout struct particle particles[3] = random(-1, 1)
 */
/* CHECK total: list[n] -> return
 *   int n = 4
 *   in sample_t list[4] = random(0.5, 1.5)
 *   returns double
 */

/* Arrays of structs, structs in structs, typedefs, assignment of whole structs, work arrays of structs. */
typedef struct {
    double c[3];
} vec3;

struct particle {
    vec3 position, velocity;
    double mass;
    int frozen;
};

typedef struct sample {
    float weight;
    double value;
    char tag;
} sample_t;

static vec3 add(vec3 a, vec3 b, double scale) {
    vec3 sum;
    for (int i = 0; i < 3; i++)
        sum.c[i] = a.c[i] + scale * b.c[i];
    return sum;
}

static double square(const vec3 *v) {
    return v->c[0] * v->c[0] + v->c[1] * v->c[1] + v->c[2] * v->c[2];
}

double energy(int n, const struct particle *particles, double k) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        struct particle p = particles[i];
        sum += 0.5 * (1 + p.mass * p.mass) * square(&p.velocity);
        for (int j = 0; j < i; j++) {
            vec3 d = add(p.position, particles[j].position, -1);
            sum += k * sqrt(square(&d) + 0.01);
        }
    }
    return sum;
}

static void accelerations(int n, const struct particle *particles, vec3 *a) {
    for (int i = 0; i < n; i++) {
        vec3 zero = {{0}};
        a[i] = zero;
        for (int j = 0; j < n; j++) {
            if (i == j)
                continue;
            vec3 d = add(particles[j].position, particles[i].position, -1.0);
            a[i] = add(a[i], d, particles[j].mass / (square(&d) + 0.1));
        }
    }
}

void leapfrog(int n, int steps, double dt, struct particle *particles) {
    vec3 *a = malloc(n * sizeof *a);
    for (int t = 0; t < steps; t++) {
        accelerations(n, particles, a);
        for (struct particle *p = particles; p < particles + n; p++) {
            if (p->frozen)
                continue;
            p->velocity = add(p->velocity, a[p - particles], dt);
            p->position = add(p->position, p->velocity, dt);
        }
    }
    free(a);
}

double total(int n, const sample_t *list) {
    sample_t sum = {0, 0, 'a'};
    for (int i = 0; i < n; i++) {
        sum.weight += list[i].weight;
        sum.value += list[i].weight * list[i].value;
    }
    return sum.value / sum.weight;
}

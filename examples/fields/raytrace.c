/* The brightness that one ray brings back from a scene of balls above a floor: the nearest hit, Phong's light, and mirrors, by
 * recursion. The gradient moves things until a picture fits (inverse rendering); edges have none.
 * A. S. Glassner (editor), An Introduction to Ray Tracing (1989), chapters 2 and 4. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdbool.h>

struct v3 {
    float x, y, z;
};

struct ball {
    struct v3 centre;
    float radius, colour, mirror;
};

struct scene {
    struct ball balls[2];
    struct v3 light;
    float floor; /* its height */
};

static struct v3 along(struct v3 a, float t, struct v3 b) {
    return (struct v3){a.x + t * b.x, a.y + t * b.y, a.z + t * b.z};
}

static float dot(struct v3 a, struct v3 b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static struct v3 unit(struct v3 a) {
    float size = 1 / sqrtf(dot(a, a));
    return (struct v3){a.x * size, a.y * size, a.z * size};
}

static bool hits_ball(const struct ball *ball, struct v3 from, struct v3 direction, float *t) {
    struct v3 to = along(from, -1, ball->centre);
    float b = dot(to, direction), c = dot(to, to) - ball->radius * ball->radius, d = b * b - c;
    if (d < 0)
        return false;
    *t = -b - sqrtf(d);
    return *t > 1e-3f;
}

static float trace(const struct scene *scene, struct v3 from, struct v3 direction, int depth) {
    float nearest = 1e9f, t;
    int hit = -1;
    for (int i = 0; i < 2; i++)
        if (hits_ball(&scene->balls[i], from, direction, &t) && t < nearest) {
            nearest = t;
            hit = i;
        }
    if (hit < 0) {
        if (direction.y >= 0)
            return 0.2f + 0.3f * direction.y; /* the sky */
        struct v3 place = along(from, (scene->floor - from.y) / direction.y, direction);
        struct v3 up = unit(along(scene->light, -1, place));
        bool odd = ((int)floorf(place.x) + (int)floorf(place.z)) & 1;
        return (odd ? 0.9f : 0.1f) * up.y;
    }
    const struct ball *ball = &scene->balls[hit];
    struct v3 place = along(from, nearest, direction);
    struct v3 normal = unit(along(place, -1, ball->centre));
    struct v3 up = unit(along(scene->light, -1, place));
    float diffuse = fmaxf(0, dot(normal, up)), light = ball->colour * (0.1f + 0.9f * diffuse);
    if (depth == 0 || ball->mirror == 0)
        return light;
    struct v3 bounced = along(direction, -2 * dot(direction, normal), normal);
    light += 0.3f * powf(fmaxf(0, dot(bounced, up)), 20);
    return light + ball->mirror * trace(scene, place, bounced, depth - 1);
}

CGRAD_GRAD(scene[1])
float pixel(const struct scene *scene, float x, float y) {
    const struct v3 eye = {0, 1, -4};
    return trace(scene, eye, unit((struct v3){x, y, 2}), 3);
}

#ifdef WITH_MAIN
#define RAYTRACE_GRAD_NO_TYPES
#include "expect.h"
#include "raytrace_grad.h"

int main(void) {
    struct scene scene = {{{{0, 1, 0}, 1, 0.8f, 0}, {{1.8f, 0.7f, -0.4f}, 0.7f, 0.5f, 0.4f}}, {-2, 5, -3}, 0}, bar;
    /* Straight into the first ball: its nearest point is (0, 1, -1), the normal looks back. */
    float value = pixel_grad(&scene, &bar, 0, 0);
    double lx = -2, ly = 4, lz = -2, size = sqrt(lx * lx + ly * ly + lz * lz), cosine = -lz / size;
    expect("a ball, head on", value, 0.8 * (0.1 + 0.9 * cosine), 1e-6);
    expect("  by its colour", bar.balls[0].colour, 0.1 + 0.9 * cosine, 1e-6);
    expect("  by the light's height", bar.light.y, 0.8 * 0.9 * lz * ly / (size * size * size), 1e-5);
    /* The centre to the left: the normal there turns to the right. */
    expect("  by its place", bar.balls[0].centre.x, 0.8 * 0.9 * -lx / size, 1e-5);
    expect("  by the other ball", bar.balls[1].radius, 0, 0);

    value = pixel_grad(&scene, &bar, 0, -0.9f);
    double dy = -0.9 / sqrt(4.81), t = -1 / dy, z = -4 + t * 2 / sqrt(4.81), up = 5 / sqrt(4 + 25 + (-3 - z) * (-3 - z));
    expect("the floor", value, (int)floor(z) & 1 ? 0.9 * up : 0.1 * up, 1e-5);
    value = pixel_grad(&scene, &bar, 1.01f, -0.15f); /* the mirror */
    float step = 1e-2f;
    struct scene more = scene, less = scene;
    more.balls[1].mirror += step;
    less.balls[1].mirror -= step;
    float difference = (pixel(&more, 1.01f, -0.15f) - pixel(&less, 1.01f, -0.15f)) / (2 * step);
    expect("a mirror (difference)", bar.balls[1].mirror, difference, 1e-4);
    return finish();
}
#endif

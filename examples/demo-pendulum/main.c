/* Finds out what a filmed pendulum is made of: the parameters for which a simulation shows what the camera
 * saw. The gradient goes through every step of the simulation; cgrad wrote it from pendulum.c. */
#include "pendulum.h"
#include "pendulum_grad.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { UNKNOWNS = 5, FRAMES = 200, STEPS = 10, COLUMNS = 76, ROWS = 12 };

static const char *const names[UNKNOWNS] = {"stiffness", "damping", "drive", "angle", "speed"};
static const struct pendulum truth = {9.81 / 0.8, 0.12, 1.5, 1.9, -0.6};
static const struct pendulum guess = {9.0, 0.5, 0.5, 1.5, 0.0};

/* Uniform in [-1, 1]; the same numbers on every machine. */
static double noise(void) {
    static unsigned long state = 2463534242UL;
    state = (1664525UL * state + 1013904223UL) & 0xffffffffUL;
    return (double)state / 2147483648.0 - 1;
}

/* ---- the unknowns as a vector and as the model's struct --------------------------------------------------
 */

static struct pendulum to_pendulum(const double x[UNKNOWNS]) {
    struct pendulum p;
    memcpy(&p, x, sizeof p);
    return p;
}

static void to_vector(struct pendulum p, double x[UNKNOWNS]) {
    memcpy(x, &p, sizeof p);
}

static double loss_and_gradient(const double x[UNKNOWNS], const double *filmed, double gradient[UNKNOWNS]) {
    struct pendulum p_bar;
    double loss = pendulum_loss_grad(to_pendulum(x), &p_bar, FRAMES, STEPS, filmed);
    to_vector(p_bar, gradient);
    return loss;
}

static double dot(const double a[UNKNOWNS], const double b[UNKNOWNS]) {
    double sum = 0;
    for (int i = 0; i < UNKNOWNS; i++)
        sum += a[i] * b[i];
    return sum;
}

/* ---- the fit: quasi-Newton (BFGS) steps with the generated gradient
 * ----------------------------------------- */

struct fit {
    double x[UNKNOWNS], loss, gradient[UNKNOWNS];
    double inverse[UNKNOWNS][UNKNOWNS]; /* of the Hessian, as the gradients so far show it */
    const double *filmed;
};

static struct fit fit_begin(struct pendulum start, const double *filmed) {
    struct fit fit = {.filmed = filmed};
    to_vector(start, fit.x);
    fit.loss = loss_and_gradient(fit.x, filmed, fit.gradient);
    for (int i = 0; i < UNKNOWNS; i++)
        fit.inverse[i][i] = 1;
    return fit;
}

/* The BFGS formula: afterwards inverse * change = move. */
static void fit_learn(struct fit *fit, const double move[UNKNOWNS], const double change[UNKNOWNS]) {
    double scale = dot(move, change), image[UNKNOWNS];
    if (scale <= 0)
        return;
    for (int i = 0; i < UNKNOWNS; i++)
        image[i] = dot(fit->inverse[i], change);
    double weight = 1 + dot(change, image) / scale;
    for (int i = 0; i < UNKNOWNS; i++)
        for (int k = 0; k < UNKNOWNS; k++)
            fit->inverse[i][k] +=
                (weight * move[i] * move[k] - image[i] * move[k] - move[i] * image[k]) / scale;
}

/* Goes along the quasi-Newton direction, half as far as long as that does not reduce the loss; false: at the
 * bottom. */
static int fit_step(struct fit *fit) {
    double x[UNKNOWNS], gradient[UNKNOWNS], move[UNKNOWNS], change[UNKNOWNS], loss;
    for (int i = 0; i < UNKNOWNS; i++)
        move[i] = -dot(fit->inverse[i], fit->gradient);
    double slope = dot(move, fit->gradient), length = fmin(1, 0.5 / sqrt(dot(move, move)));
    for (;; length /= 2) {
        for (int i = 0; i < UNKNOWNS; i++)
            x[i] = fit->x[i] + length * move[i];
        loss = loss_and_gradient(x, fit->filmed, gradient);
        if (loss <= fit->loss + 1e-4 * length * slope)
            break;
        if (length < 1e-9)
            return 0;
    }
    for (int i = 0; i < UNKNOWNS; i++) {
        move[i] = x[i] - fit->x[i];
        change[i] = gradient[i] - fit->gradient[i];
    }
    fit_learn(fit, move, change);
    memcpy(fit->x, x, sizeof x);
    memcpy(fit->gradient, gradient, sizeof gradient);
    fit->loss = loss;
    return 1;
}

static struct fit fit_run(struct pendulum start, const double *filmed) {
    struct fit fit = fit_begin(start, filmed);
    printf("step   loss       |gradient|\n");
    for (int step = 0; step <= 80; step++) {
        double steepness = sqrt(dot(fit.gradient, fit.gradient));
        int done = steepness < 1e-7;
        if (step % 4 == 0 || done)
            printf("%4d   %.6f   %.1e\n", step, fit.loss, steepness);
        if (done || !fit_step(&fit))
            break;
    }
    return fit;
}

/* ---- what is shown --------------------------------------------------------------------------------------
 */

static void draw(char canvas[ROWS][COLUMNS + 1], const double *angles, char mark) {
    for (int column = 0; column < COLUMNS; column++) {
        double angle = angles[column * (FRAMES - 1) / (COLUMNS - 1)];
        int row = (int)((1 - angle / 2.1) * (ROWS - 1) / 2 + 0.5);
        if (row >= 0 && row < ROWS)
            canvas[row][column] = mark;
    }
}

static void show_films(const double *filmed, struct pendulum start, struct pendulum fitted) {
    char canvas[ROWS][COLUMNS + 1];
    double angles[FRAMES];
    for (int row = 0; row < ROWS; row++) {
        memset(canvas[row], ' ', COLUMNS);
        canvas[row][COLUMNS] = '\0';
    }
    pendulum_film(start, FRAMES, STEPS, angles);
    draw(canvas, angles, '.');
    draw(canvas, filmed, 'o');
    pendulum_film(fitted, FRAMES, STEPS, angles);
    draw(canvas, angles, '#');
    printf("\nangle over time: o filmed, # fitted (on it), . first guess\n");
    for (int row = 0; row < ROWS; row++)
        printf("  %s\n", canvas[row]);
}

static void show_unknowns(const double fitted[UNKNOWNS]) {
    double start[UNKNOWNS], real[UNKNOWNS];
    to_vector(guess, start);
    to_vector(truth, real);
    printf("\n             guess    fitted     truth\n");
    for (int i = 0; i < UNKNOWNS; i++)
        printf("%-10s %7.3f   %7.3f   %7.3f\n", names[i], start[i], fitted[i], real[i]);
}

/* The largest difference to central differences, relative to the gradient's length. */
static double gradient_error(const double x[UNKNOWNS], const double *filmed) {
    double gradient[UNKNOWNS], worst = 0;
    loss_and_gradient(x, filmed, gradient);
    for (int i = 0; i < UNKNOWNS; i++) {
        double at[UNKNOWNS], h = 1e-5;
        memcpy(at, x, sizeof at);
        at[i] = x[i] + h;
        double above = pendulum_loss(to_pendulum(at), FRAMES, STEPS, filmed);
        at[i] = x[i] - h;
        double below = pendulum_loss(to_pendulum(at), FRAMES, STEPS, filmed);
        worst = fmax(worst, fabs((above - below) / (2 * h) - gradient[i]));
    }
    return worst / sqrt(dot(gradient, gradient));
}

/* The time of the gradient in units of the time of the loss. */
static double gradient_cost(const double x[UNKNOWNS], const double *filmed) {
    enum { TIMES = 200 };
    double gradient[UNKNOWNS];
    volatile double sink = 0;
    clock_t start = clock();
    for (int i = 0; i < TIMES; i++)
        sink += pendulum_loss(to_pendulum(x), FRAMES, STEPS, filmed);
    clock_t middle = clock();
    for (int i = 0; i < TIMES; i++)
        sink += loss_and_gradient(x, filmed, gradient);
    clock_t end = clock();
    return (double)(end - middle) / (double)(middle - start + 1);
}

int main(void) {
    double filmed[FRAMES], start[UNKNOWNS];
    pendulum_film(truth, FRAMES, STEPS, filmed);
    for (int frame = 0; frame < FRAMES; frame++)
        filmed[frame] += 0.02 * noise();

    printf(
        "A camera filmed a pendulum (%d noisy angles). What are its parameters? The loss simulates %d\n"
        "steps; its gradient, by all %d parameters at once, is C that cgrad wrote from the simulation.\n\n",
        FRAMES, FRAMES * STEPS, UNKNOWNS);
    struct fit fit = fit_run(guess, filmed);
    show_films(filmed, guess, to_pendulum(fit.x));
    show_unknowns(fit.x);

    to_vector(guess, start);
    double error = gradient_error(start, filmed);
    printf("\nThe gradient agrees with finite differences to %.0e and takes the time of %.1f losses.\n",
           error, gradient_cost(start, filmed));
    return error < 1e-6 && fit.loss < 2e-4 ? 0 : 1;
}

/* How much light a stack of thin films on glass reflects: a product of 2 by 2 matrices of complex numbers. The gradient by the
 * indices and thicknesses designs coatings.
 * M. Born and E. Wolf, Principles of Optics, 7th edition (1999), section 1.6. */
#include <cgrad/cgrad.h>
#include <math.h>

struct film {
    double index, thickness;
};

/* Two reals that are one complex number, and a matrix of those. */
struct complex {
    double re, im;
};
struct matrix {
    struct complex at[2][2];
};

static struct complex plus(struct complex a, struct complex b) {
    return (struct complex){a.re + b.re, a.im + b.im};
}

static struct complex times(struct complex a, struct complex b) {
    return (struct complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static struct complex scaled(double s, struct complex a) {
    return (struct complex){s * a.re, s * a.im};
}

static double norm2(struct complex a) {
    return a.re * a.re + a.im * a.im;
}

static struct matrix product(struct matrix a, struct matrix b) {
    struct matrix c;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            c.at[i][j] = plus(times(a.at[i][0], b.at[0][j]), times(a.at[i][1], b.at[1][j]));
    return c;
}

static struct matrix film_matrix(struct film film, double wavelength) {
    double phase = 2 * 3.14159265358979323846 / wavelength * film.index * film.thickness;
    return (struct matrix){{{{cos(phase), 0}, {0, -sin(phase) / film.index}}, {{0, -sin(phase) * film.index}, {cos(phase), 0}}}};
}

/* From air, the light falls straight on the films, the first of them outermost. */
CGRAD_GRAD(films[count], wavelength)
double reflectance(int count, const struct film *films, double wavelength, double glass) {
    struct matrix stack = {{{{1, 0}, {0, 0}}, {{0, 0}, {1, 0}}}};
    for (const struct film *film = films; film < films + count; film++)
        stack = product(stack, film_matrix(*film, wavelength));
    struct complex electric = plus(stack.at[0][0], scaled(glass, stack.at[0][1]));
    struct complex magnetic = plus(stack.at[1][0], scaled(glass, stack.at[1][1]));
    return norm2(plus(electric, scaled(-1, magnetic))) / norm2(plus(electric, magnetic));
}

#ifdef WITH_MAIN
#define THIN_FILM_GRAD_NO_TYPES
#include "expect.h"
#include "thin_film_grad.h"

int main(void) {
    const double glass = 1.52, wavelength = 550, index = 1.38;
    struct film film[4] = {{index, wavelength / 4 / index}}, bar[4];
    double wavelength_bar, zero = (glass - index * index) / (glass + index * index);
    expect("a quarter of a wave", reflectance_grad(1, film, bar, wavelength, &wavelength_bar, glass), zero * zero, 1e-13);
    expect("  is best", bar[0].thickness, 0, 1e-15);
    expect("  by the index", bar[0].index,
           2 * zero * -4 * index * glass / pow(glass + index * index, 2), 1e-12);

    for (int i = 0; i < 4; i++)
        film[i] = (struct film){i % 2 ? 1.46 : 2.3, 60 + 11 * i};
    double r = reflectance_grad(4, film, bar, wavelength, &wavelength_bar, glass), sum = wavelength * wavelength_bar;
    for (int i = 0; i < 4; i++)
        sum += film[i].thickness * bar[i].thickness;
    expect("all lengths scaled: no change", sum, 0, 1e-13);
    double step = 1e-4;
    film[2].index += step;
    double more = reflectance(4, film, wavelength, glass);
    film[2].index -= 2 * step;
    double less = reflectance(4, film, wavelength, glass);
    expect("four films, by an index (difference)", bar[2].index, (more - less) / (2 * step), 1e-6);
    expect("  between 0 and 1", r > 0 && r < 1, 1, 0);
    return finish();
}
#endif

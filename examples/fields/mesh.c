/* A closed surface of triangles: its area, its volume, and the energy of a soap bubble with the pressure of the gas inside. The
 * gradient by the corners is the force on them.
 * The volume by Gauss's theorem: C. Zhang and T. Chen, International Conference on Image Processing (2001). */
#include <cgrad/cgrad.h>
#include <math.h>

struct mesh {
    int corners, faces;
    const int (*face)[3]; /* counterclockwise from outside */
    double (*place)[3];
};

static void subtract(const double a[3], const double b[3], double out[3]) {
    for (int i = 0; i < 3; i++)
        out[i] = a[i] - b[i];
}

static void cross(const double a[3], const double b[3], double out[3]) {
    for (int i = 0, j = 1, k = 2; i < 3; j = k, k = i++)
        out[i] = a[j] * b[k] - a[k] * b[j];
}

static void area_and_volume(const struct mesh *mesh, double *area, double *volume) {
    *area = *volume = 0;
    for (int f = 0; f < mesh->faces; f++) {
        const double *a = mesh->place[mesh->face[f][0]], *b = mesh->place[mesh->face[f][1]], *c = mesh->place[mesh->face[f][2]];
        double ab[3], ac[3], normal[3];
        subtract(b, a, ab);
        subtract(c, a, ac);
        cross(ab, ac, normal);
        *area += 0.5 * sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
        for (int i = 0; i < 3; i++)
            *volume += a[i] * normal[i] / 6;
    }
}

/* A fixed amount of gas: its energy falls with the logarithm of the volume. */
CGRAD_VJP(mesh[1], tension, gas)
CGRAD_JVP(mesh[1], tension, gas)
double bubble_energy(const struct mesh *mesh, double tension, double gas) {
    double area, volume;
    area_and_volume(mesh, &area, &volume);
    return 2 * tension * area - gas * log(volume);
}

#ifdef WITH_MAIN
#define MESH_GRAD_NO_TYPES
#include "expect.h"
#include "mesh_grad.h"

int main(void) {
    /* An octahedron with edges of sqrt(2): area 4 sqrt(3), volume 4/3. */
    static const int face[8][3] = {{0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}, {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}};
    double place[6][3] = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}, force[6][3] = {{0}};
    struct mesh mesh = {6, 8, face, place}, bar = {6, 8, face, force};
    double tension_bar = 0, gas_bar = 0;
    expect("energy", bubble_energy_vjp(&mesh, &bar, 0.5, &tension_bar, 3, &gas_bar, 1), 4 * sqrt(3) - 3 * log(4.0 / 3), 1e-14);
    expect("  by the tension: the area", tension_bar, 2 * 4 * sqrt(3), 1e-14);
    expect("  by the gas", gas_bar, -log(4.0 / 3), 1e-13);
    expect("  by a corner, outwards", force[4][2], (2 * 4 * sqrt(3) - 3 * 3) / 6, 1e-13);
    expect("  by a corner, sideways", force[4][0], 0, 1e-15);
    double sum = 0, turned = 0;
    place[0][1] = 0.3, place[4][2] = 1.7, place[3][0] = -0.4;
    for (int i = 0; i < 6; i++)
        force[i][0] = force[i][1] = force[i][2] = 0;
    bubble_energy_vjp(&mesh, &bar, 0.5, &tension_bar, 3, &gas_bar, 1);
    for (int i = 0; i < 6; i++) {
        sum += force[i][1];
        turned += place[i][0] * force[i][1] - place[i][1] * force[i][0];
    }
    expect("bent: no force on the whole", sum, 0, 1e-13);
    expect("bent: no torque", turned, 0, 1e-13);

    double step[6][3] = {{0.1, 0, 0.3}, {0}, {-0.2, 0.5, 0}, {0}, {0, 0, 1}, {0}}, slope, product = 0;
    struct mesh dot = {6, 8, face, step};
    bubble_energy_jvp(&mesh, &dot, 0.5, 0, 3, 0, &slope);
    for (int i = 0; i < 18; i++)
        product += step[i / 3][i % 3] * force[i / 3][i % 3];
    expect("bent: tangent and gradient", slope, product, 1e-13);
    return finish();
}
#endif

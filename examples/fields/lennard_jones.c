/* The energy of a cluster of atoms with Lennard-Jones potentials, cut off far outside; the forces are minus its gradient.
 * M. P. Allen and D. J. Tildesley, Computer Simulation of Liquids, 2nd edition (2017), section 1.3; the energies of the best
 * clusters: D. J. Wales and J. P. K. Doye, J. Phys. Chem. A 101 (1997), 5111-5116, table 1. */
#include <cgrad/cgrad.h>
#include <math.h>

struct atom {
    double x, y, z;
};

static double square(double x) {
    return x * x;
}

static double distance2(const struct atom *a, const struct atom *b) {
    return square(a->x - b->x) + square(a->y - b->y) + square(a->z - b->z);
}

/* In units of the depth of the well and of the distance where the potential is zero. */
CGRAD_GRAD(atoms[n])
double cluster_energy(int n, const struct atom *atoms) {
    const double cutoff = 8;
    double energy = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            double r2 = distance2(&atoms[i], &atoms[j]);
            if (r2 > cutoff * cutoff)
                continue;
            double r6 = 1 / (r2 * r2 * r2);
            energy += 4 * r6 * (r6 - 1);
        }
    return energy;
}

#ifdef WITH_MAIN
#define LENNARD_JONES_GRAD_NO_TYPES
#include "expect.h"
#include "lennard_jones_grad.h"

/* Downhill, with Barzilai and Borwein's steps. */
static double relax(int n, struct atom *atoms) {
    struct atom force[13], before[13];
    double rate = 1e-3, energy = cluster_energy_grad(n, atoms, force);
    for (int round = 0; round < 300; round++) {
        double moved = 0, bent = 0;
        for (int i = 0; i < n; i++) {
            before[i] = force[i];
            atoms[i].x -= rate * force[i].x;
            atoms[i].y -= rate * force[i].y;
            atoms[i].z -= rate * force[i].z;
        }
        energy = cluster_energy_grad(n, atoms, force);
        for (int i = 0; i < n; i++) {
            moved += rate * rate * (square(before[i].x) + square(before[i].y) + square(before[i].z));
            bent += rate * (before[i].x * (before[i].x - force[i].x) + before[i].y * (before[i].y - force[i].y)
                            + before[i].z * (before[i].z - force[i].z));
        }
        if (bent < 1e-20)
            break;
        rate = moved / bent;
    }
    return energy;
}

int main(void) {
    const double r = 1.3;
    struct atom pair[2] = {{0, 0, 0}, {0, r, 0}}, force[4];
    expect("energy of two atoms", cluster_energy_grad(2, pair, force), 4 * (pow(r, -12) - pow(r, -6)), 1e-14);
    expect("their slope", force[1].y, 24 * pow(r, -7) - 48 * pow(r, -13), 1e-13);
    expect("action is reaction", force[0].y, -force[1].y, 1e-15);

    const double s = pow(2, 1.0 / 6) / sqrt(8);
    struct atom tetrahedron[4] = {{s, s, s}, {s, -s, -s}, {-s, s, -s}, {-s, -s, s}};
    expect("a tetrahedron", cluster_energy_grad(4, tetrahedron, force), -6, 1e-13);
    expect("is at rest", force[2].x, 0, 1e-13);

    const double g = 0.618;
    struct atom icosahedron[13] = {{0, 0, 0},  {0, g, 1},   {0, -g, 1}, {0, g, -1},  {0, -g, -1}, {g, 1, 0}, {-g, 1, 0},
                                   {g, -1, 0}, {-g, -1, 0}, {1, 0, g},  {1, 0, -g}, {-1, 0, g},  {-1, 0, -g}};
    expect("13 atoms, relaxed (Wales and Doye)", relax(13, icosahedron), -44.326801, 1e-8);
    return finish();
}
#endif

#ifndef SPRING_H
#define SPRING_H

struct spring {
    double stiffness, terms[3];
};

double spring_energy(const struct spring *s, double x);

#endif

#include "precise.h"
#include "numbers.h"

#define hand_objective hand_objective_precise
#define hand_objective_complicated hand_objective_complicated_precise
#include "longdouble.h"
#include "hand.c"
#include "problem.h"

void hand_precise(void *mirrored, const number_t *theta, number_t *err) {
    struct hand_problem hand;
    hand_make(&hand, *(const int *)mirrored);
    hand_objective(&hand.model, theta, HAND_POINTS, hand.points, hand.correspondences, err);
}

void hand_precise_complicated(void *mirrored, const number_t *x, number_t *err) {
    struct hand_problem hand;
    hand_make(&hand, *(const int *)mirrored);
    hand_objective_complicated(&hand.model, x, HAND_POINTS, x + HAND_THETA, hand.points, hand.correspondences, err);
}

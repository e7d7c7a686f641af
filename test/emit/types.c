// RUN: %cgrad --stop-after=front -o - %s | FileCheck %s --strict-whitespace --match-full-lines
#include <stddef.h>

typedef double real;
typedef struct {
    real x, y;
} point;
struct node {
    point at;
    struct node *next;
};

static const real weights[2][3] = {{1, 2, 3}, {4, 5, 6}};

real declarations(size_t n, const real *const x, real (*rows)[3], const point *p, struct node *list) {
    point q = {p->x, 2.0};
    const point *pair[2] = {p, &q};
    real table[2][3] = {{0}};
    real (*row)[3] = &table[1];
    unsigned char flag = n > 3;
    const char *text = "a\tb";
    (*row)[0] = x[0] + rows[1][2] + (real)flag + (real)sizeof(point);
    for (struct node *l = list; l; l = l->next)
        q.x += l->at.x * (*pair)[1].y;
    return q.x + table[1][0] * weights[1][2] + (text[0] == 'a' ? 1.0f : 1e-3L);
}

// CHECK:real declarations(size_t n, const real *const x, real (*rows)[3], const point *p, struct node *list) {
// CHECK-NEXT:    point q = {p->x, 2.0};
// CHECK-NEXT:    const point *pair[2] = {p, &q};
// CHECK-NEXT:    real table[2][3] = {{[{][{]}}0}};
// CHECK-NEXT:    real (*row)[3] = &table[1];
// CHECK-NEXT:    unsigned char flag = n > 3;
// CHECK-NEXT:    const char *text = "a\tb";
// CHECK-NEXT:    (*row)[0] = x[0] + rows[1][2] + (real)flag + (real)sizeof(point);
// CHECK-NEXT:    for (struct node *l = list; l; l = l->next) {
// CHECK-NEXT:        q.x += l->at.x * (*pair)[1].y;
// CHECK-NEXT:    }
// CHECK-NEXT:    return q.x + table[1][0] * weights[1][2] + (text[0] == 'a' ? 1.0f : 1e-3L);
// CHECK-NEXT:}

// OPTIONS --vjp=swapped:x[n]->return --vjp=conditional:x[n]->return --vjp=listed:x[n]->return
#include <stdlib.h>

double swapped(int n, const double *x) {
    double *rows[2], sum = 0;
    for (int i = 0; i < 2; i++) {
        rows[i] = malloc((size_t)n * sizeof(double)); // EXPECT error: a pointer to active memory is stored under a condition
        for (int j = 0; j < n; j++)
            rows[i][j] = x[j] * x[0]; // NOTE: depends on 'x'
    }
    double *first = rows[0];
    rows[0] = rows[1]; // EXPECT error: a pointer to active memory is stored under a condition
    rows[1] = first;   // EXPECT error: a pointer to active memory is stored under a condition
    for (int j = 0; j < n; j++)
        sum += rows[0][j] * rows[1][j];
    free(rows[0]);
    free(rows[1]);
    return sum; // NOTE: the returned value depends on 'sum'
}

double conditional(int n, const double *x) {
    double own[4], *part[2] = {NULL};
    if (n > 2)
        part[1] = own; // EXPECT error: a pointer to active memory is stored under a condition
    for (int i = 0; part[1] && i < n; i++)
        part[1][i] = x[i] * x[0];
    return part[1] ? part[1][0] : x[0];
}

struct item {
    double value;
    struct item *next;
};

double listed(int n, const double *x) {
    struct item *list = NULL; // EXPECT error: pointer 'list' may point
    double sum = 0;
    for (int i = 0; i < n; i++) {
        struct item *item = malloc(sizeof *item);
        item->value = x[i] * x[0];
        item->next = list;
        list = item;      
    }
    while (list) {
        struct item *next = list->next;
        sum += list->value;
        free(list);
        list = next;
    }
    return sum;
}

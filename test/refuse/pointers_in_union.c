// OPTIONS --vjp=flip:a->a --jvp=moved:b->b --vjp=size:a->a
#include <string.h>
typedef struct {
    int rows, step;
    union {
        unsigned char *bytes;
        float *reals;
        double *precise;
    } data;
} matrix;

void flip(matrix *a) {
    unsigned char buffer[64];
    unsigned char *first = a->data.bytes, *last = first + (a->rows - 1) * a->step; // EXPECT error: the pointer 'bytes' shares its memory with a pointer to reals
    memcpy(buffer, first, (size_t)a->step);
    memcpy(first, last, (size_t)a->step);
    memcpy(last, buffer, (size_t)a->step);
}

struct buffer {
    int n;
    union {
        void *any;
        double *reals;
    };
};

static void clear(struct buffer *b) {
    memset(b->any, 0, 8); // EXPECT error: the pointer 'any' shares its memory with a pointer to reals
}

void moved(struct buffer *b) {
    clear(b);
}

float size(matrix *a) {
    a->rows++;
    return 0;
}

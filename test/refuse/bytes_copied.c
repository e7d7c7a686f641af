// OPTIONS --vjp=through_bytes:x->return --vjp=low_bit:x->return --vjp=moved:x->return
#include <stdint.h>
#include <string.h>

double through_bytes(double x) {
    char bytes[8];
    double y;
    memcpy(bytes, &x, 8); // EXPECT error: 'memcpy' between active memory of different types
    memcpy(&y, bytes, 8);
    return y * y;
}

double low_bit(double x) {
    uint64_t word;
    double y;
    memcpy(&word, &x, sizeof word); // EXPECT error: 'memcpy' between active memory of different types
    word &= ~(uint64_t)1;
    memcpy(&y, &word, sizeof y);
    return y * x;
}

static void copy(void *to, const void *from, size_t n) {
    char *a = to;
    const char *b = from;
    while (n--)
        *a++ = *b++;
}

static void pass_on(double *to, const double *from) {
    copy(to, from, sizeof *to); // EXPECT error: 'copy' reads or writes active values as bytes
}

double moved(double x) {
    double y;
    pass_on(&y, &x);
    return y * y;
}

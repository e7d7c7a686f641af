// OPTIONS --vjp=f:x->return
#include "no_such_header.h" // EXPECT error: 'no_such_header.h' file not found

double f(double x) {
    return x;
}

static TYPE NAME(squares)(int n, const TYPE *x) {
#define START 0
#define WEIGHT(i) 1
#include "body.h"
#undef WEIGHT
#undef START
}

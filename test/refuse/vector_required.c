// OPTIONS --vjp=f:x->return
#include <xmmintrin.h>
#ifndef __SSE__
#error "there is no other form"
#endif
float f(float x) {
    float r[4];
    __m128 v = _mm_set1_ps(x); // EXPECT error: vector types are not supported
    _mm_storeu_ps(r, v);
    return r[0];
}

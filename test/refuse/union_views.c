// OPTIONS --vjp=part:x->return --vjp=halves:x->return --vjp=hidden:x->return --vjp=shifted:x->return --vjp=passed:in->out
union beginning { // zero initializers clear the first member only
    double x, v[3];
};
double part(double x) {
    union beginning u;
    u.v[1] = x;           // EXPECT error: active values in a union
    return u.v[1] * u.x;  // EXPECT error: active values in a union
}

union halves {
    double d[2];
    float f[4];
};
double halves(double x) {
    union halves u;
    u.d[0] = x;    // EXPECT error: active values in a union
    return u.f[1]; // EXPECT error: active values in a union
}

struct hidden {
    double scale;
    union {
        double value;
        long bits;
    };
};
double hidden(double x) {
    struct hidden h;
    h.value = x;        // EXPECT error: active values in a union
    h.bits &= ~1L;
    return h.value * x; // EXPECT error: active values in a union
}

union shifted {
    struct {
        double a[2], b;
    };
    struct {
        double c, d[2];
    };
};
double shifted(double x) {
    union shifted u;
    u.a[1] = x;    // EXPECT error: active values in a union
    return u.d[0]; // EXPECT error: active values in a union
}

struct holder {
    double plain;
    union halves mixed;
};
void passed(const struct holder *in, struct holder *out) {
    struct holder between = *in; // EXPECT error: active values in a union
    *out = between;              // EXPECT error: active values in a union
}

// OPTIONS --grad=cube:x
// EXPECT-SOMEWHERE error: 'cube'
double square(double x) {
    return x * x;
}

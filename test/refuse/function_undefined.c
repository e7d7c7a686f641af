// OPTIONS --grad=square:x
double square(double x); // EXPECT-SOMEWHERE error: 'square'

double twice(double x) {
    return square(x) + square(x);
}

// OPTIONS --vjp=f:x->return
double f(double x, int n) {
    switch (n % 2) {
    case 0:
        do {
            x *= x;
    case 1:          // EXPECT-EITHER error: case
            x += 1;
        } while (--n > 0);
    }
    return x;
}

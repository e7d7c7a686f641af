// OPTIONS --vjp=f:x->return --vjp=g:x->return --vjp=h:x->return
double f(double x) {
    int i = 0;
    if (x > 10)
        goto inside; // EXPECT error: a goto into a loop or switch is not supported
    for (; i < 3; i++) {
        x *= 2;
    inside:
        x += 1;
    }
    return x;
}

double g(double x) {
    void *next = &&last; // EXPECT error: the address of a label
    goto *next;
last:
    return x * x;
}

double h(double x, int k) {
    switch (k) {
    case 0: x *= 2;
    case 1:
    again: // EXPECT error: a label in an arm of a switch that others fall into is not supported
        x *= 3;
        if (x < 10)
            goto again;
        break;
    }
    return x;
}

// OPTIONS --vjp=f:x,hidden->return --vjp=g:x,endless->return --vjp=h:x->fixed --vjp=k:x,count->return
static double hidden = 1;
extern double endless[];
const double fixed[2] = {1, 2};
int count;

void set_hidden(double value) {
    hidden = value;
}

double f(double x) { // EXPECT-SOMEWHERE error: the static variable 'hidden' cannot be listed for 'f'
    return hidden * x;
}

double g(double x) { // EXPECT-SOMEWHERE error: the size of the array 'endless', listed for 'g', is not known
    return endless[1] * x;
}

double h(double x) { // EXPECT-SOMEWHERE error: 'fixed' of 'h' points to const
    return fixed[1] * x;
}

double k(double x) { // EXPECT-SOMEWHERE error: 'count' of 'k' holds no reals
    return count * x;
}

// OPTIONS --vjp=keeps_pointer:x->return --vjp=writes_behind:a->return --grad=unknown_extent:a,table
double *kept, *work; // EXPECT error: derivative values flow through the memory behind the global variable 'work'
double *table;

static double use(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += kept[i] * kept[i];
    return sum;
}

/* The reverse sweep would find another pointer there. */
double keeps_pointer(double *x, int n) {
    kept = x; // EXPECT error: the global pointer 'kept' to active memory changes here
    return use(n);
}

/* Nobody says where the derivatives of what `work` points to are. */
double writes_behind(double a) {
    work[0] = a * a;
    return work[0] * a;
}

double unknown_extent(double a) { // EXPECT-SOMEWHERE error: the extent of 'table' is unknown
    return a * table[0];
}

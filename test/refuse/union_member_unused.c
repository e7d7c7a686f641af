// OPTIONS --vjp=f:u->return
union value { // EXPECT-EITHER error: 
    double real;
    int integer;
};

double f(union value u) { // EXPECT-EITHER error: 
    return u.real * u.real; // EXPECT-EITHER error: union
}

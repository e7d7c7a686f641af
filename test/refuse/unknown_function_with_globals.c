// OPTIONS --vjp=f:x->return
/* A function of another file may read and write every global variable. */
void adjust(void);
double state;

double f(double x) {
    state = x * x;
    adjust(); // EXPECT error: no derivative is known for 'adjust'
    return state * x;
}

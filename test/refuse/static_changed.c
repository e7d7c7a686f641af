// OPTIONS --grad=f:x --grad=g:x --grad=h:x
static double gain = 1; // EXPECT error: generated code needs the static variable 'gain'
static double *const place = &gain;
void set_gain(double g) {
    *place = g;
}
double f(double x) {
    return x * gain;
}

static double table[3] = {1, 2, 3}; // EXPECT error: generated code needs the static variable 'table'
double *its_table(void) {
    return table;
}
double g(double x) {
    return x * table[1];
}

static double offset; // EXPECT error: generated code needs the static variable 'offset'
void read_offset(void) {
    __asm__ volatile("" : "+m"(offset));
}
double h(double x) {
    return x * offset;
}


// OPTIONS --vjp=through:x->return --vjp=of:listed->return --vjp=table_only:x->return --jvp=through:x->return
struct { double level; } kept; // EXPECT error: generated code needs the variable 'kept', whose type has no name to declare it by
struct { double level; } listed[2]; // EXPECT error: generated code needs the variable 'listed', whose type has no name to declare it by
static const struct { double weight; } table[2] = {{1}, {2}};

double through(double x) {
    kept.level = x * x;
    return kept.level * x;
}

double of(double x) {
    return listed[1].level * x;
}

double table_only(double x) {
    return table[0].weight * x;
}

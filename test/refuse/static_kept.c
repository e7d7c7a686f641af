// OPTIONS --grad=last:x --grad=holes:x --grad=perhaps:x --grad=until:x --grad=count:x --grad=again:x
// OPTIONS --grad=longer:x --grad=first:x --grad=shown:x --grad=filter:x --grad=moved:x --grad=own:x

// What calls before have left there may be seen.
double last(double x, int n) {
    static double w[4]; // EXPECT error: static variable 'w'
    for (int i = 0; i < n; i++)
        w[i] = x;
    return w[3];
}

double holes(double x, int n) {
    static double some[4]; // EXPECT error: static variable 'some'
    for (int i = 0; i < n; i++)
        if (x > i)
            some[i] = x;
    return some[0];
}

double perhaps(double x, int n) {
    static double set; // EXPECT error: static variable 'set'
    while (n-- > 0)
        set = x;
    return set;
}

double until(double x, int n) {
    static double part[8]; // EXPECT error: static variable 'part'
    double sum = 0;
    for (int i = 0; i < 8; i++) {
        if (i == n)
            break;
        part[i] = x * i;
    }
    for (int i = 0; i < 8; i++)
        sum += part[i];
    return sum;
}

double count(double x) {
    static int calls; // EXPECT error: static variable 'calls'
    calls++;
    return x * calls;
}

double again(double x, int depth) {
    static double kept; // EXPECT error: static variable 'kept'
    kept = x;
    double inner = depth > 0 ? again(2 * x, depth - 1) : 0;
    return kept + inner;
}

double longer(double x, int n, int m) {
    static double v[8]; // EXPECT error: static variable 'v'
    double sum = 0;
    for (int i = 0; i < n; i++)
        v[i] = x;
    for (int i = 0; i < m; i++)
        sum += v[i];
    return sum;
}

double first(double x) {
    static double table[3]; // EXPECT error: static variable 'table'
    static int ready;       // EXPECT error: static variable 'ready'
    if (!ready) {
        table[0] = 2;
        table[1] = 3;
        table[2] = 4;
        ready = 1;
    }
    return x * table[1];
}

static double *place(double x) {
    static double out[2]; // EXPECT error: static variable 'out'
    out[0] = x;
    return out;
}

double shown(double x) {
    double *p = place(x);
    return p[0] * p[1]; // EXPECT error: it is not known which memory
}

double filter(double x) {
    static double before; // EXPECT error: static variable 'before'
    double y = x - before;
    before = x;
    return y;
}

double moved(double x, int n) {
    static double line[8]; // EXPECT error: static variable 'line'
    int k = n;
    for (int i = 0; i < k; i++)
        line[i] = x;
    k = 8;
    for (int i = 0; i < k; i++)
        x += line[i];
    return x;
}

double own(double x) {
    static double cell[2]; // EXPECT error: static variable 'cell'
    double *p = cell + 1;
    cell[0] = x;
    cell[1] = p[0];
    return cell[0] * cell[1];
}

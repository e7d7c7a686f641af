/* CHECK both: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK by_pointers: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK locals: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK record: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK powers: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK moved: x[n] -> x[n]
 *   int n = 6
 *   inout double x[6] = random(0.5, 1.5)
 */
/* CHECK elements: x[n] -> x[n]
 *   int n = 4
 *   inout double x[4] = random(0.5, 1.5)
 */
/* CHECK large: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* A callee gets a value and the place of the same variable: it goes on with the value after it has written there. */
static void turn(double a, double b, double *c, double *s) {
    *c = a - 2 * b;
    *s = a + b;
}

double both(double x, double y) {
    turn(x, y, &x, &y);
    return x * y;
}

double by_pointers(double x, double y) {
    double *p = &x, *q = &y;
    turn(x, y, p, q);
    return x * y;
}

static void twice(double a, double b, double *u, double *v) {
    turn(a, b, u, v);
    turn(*u, *v, u, v);
}

double locals(double x, double y) {
    double u, v;
    twice(x, y, &u, &v);
    turn(u, v, &u, &v);
    return u * v;
}

struct pair {
    double a, b;
};

static void turn_pair(struct pair from, struct pair *to) {
    to->a = from.a - 2 * from.b;
    to->b = from.a + from.b;
}

static void turn_members(struct pair from, double *a, double *b) {
    *a = from.a - 2 * from.b;
    *b = from.a + from.b;
}

double record(double x, double y) {
    struct pair pair = {x, y};
    turn_pair(pair, &pair);
    turn_members(pair, &pair.b, &pair.a);
    return pair.a * pair.b;
}

/* sums of angles, as in series for the moon */
static void add_angles(double c1, double s1, double c2, double s2, double *c, double *s) {
    *c = c1 * c2 - s1 * s2;
    *s = s1 * c2 + c1 * s2;
}

double powers(int n, const double *x) {
    double c = 1, s = 0;
    for (int i = 0; i < n; i++)
        add_angles(c, s, x[i], 1 - x[i], &c, &s);
    return c * s;
}

/* An index that is changed where it is declared, through a pointer: x[i + offset] is not x[i]. */
static void set_offset(int from, int *offset) {
    *offset += 1;
    *offset += from;
}

void moved(int n, double *x) {
    int offset = 0;
    set_offset(offset, &offset);
    for (int i = 0; i + offset < n; i++)
        x[i] = x[i] * x[i + offset];
}

/* Too large to be differentiated in place. */
static void turn_often(struct pair from, double angle, double *a, double *b, double *used) {
    double c = from.a, s = from.b;
    for (int i = 0; i < 20; i++) {
        double t = c - 0.01 * s;
        s = s + 0.01 * c;
        c = t;
    }
    *a = c * angle;
    *b = s + from.a * from.b;
    *used = angle * c;
}

void elements(int n, double *x) {
    for (int i = 0; i + 1 < n; i++) {
        struct pair pair = {x[i], x[i + 1]};
        turn_often(pair, x[i], &x[i + 1], &pair.a, &x[i]);
        x[i] += pair.a;
    }
}

double large(double x, double y) {
    struct pair pair = {x, y};
    double angle = x * y;
    turn_often(pair, angle, &pair.b, &pair.a, &angle);
    turn_often(pair, angle, &angle, &pair.a, &pair.b);
    return pair.a * pair.b + angle;
}

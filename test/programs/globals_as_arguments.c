/* Functions that meet a global twice: by its name, and through an argument that points to it. */

/* CHECK overwritten: a -> return
 *   in double a = random(0.5, 1.5)
 *   global double buffer[6]
 *   returns double
 */
/* CHECK nested: a -> return
 *   in double a = random(0.5, 1.5)
 *   global double buffer[6]
 *   returns double
 */
/* CHECK swept: a, buffer -> buffer
 *   in double a = random(0.5, 1.5)
 *   global inout double buffer[6] = random(0.5, 1.5)
 */
/* CHECK counted: a, buffer -> return
 *   in double a = random(0.5, 1.5)
 *   global in double buffer[6] = random(0.5, 1.5)
 *   global int limit = 6
 *   returns double
 */
/* CHECK one_element: a, buffer -> return, buffer
 *   in double a = random(0.5, 1.5)
 *   global inout double buffer[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK rows: a -> return
 *   in double a = random(0.5, 1.5)
 *   returns double
 */

double buffer[6];
double matrix[3][4];
int limit = 6;

/* The first assignment overwrites what the second reads, if p is the buffer. */
static double mix(double *p, double a) {
    p[0] = a * buffer[0];
    buffer[0] = p[0] * p[0] * a;
    p[1] = buffer[0] * buffer[1];
    return buffer[0] * p[1] + buffer[1] * a;
}

double overwritten(double a) {
    buffer[0] = a;
    buffer[1] = a * a;
    return mix(buffer, a) * buffer[1] + buffer[0];
}

static double deep(double *q, double a) {
    buffer[2] = q[2] * a;
    q[2] *= buffer[2];
    return q[2] * buffer[2];
}

static double through(double *p, double a) {
    p[0] += a;
    double value = deep(p, a);
    p[2] = value * buffer[0];
    return p[2] * p[0];
}

double nested(double a) {
    for (int i = 0; i < 6; i++)
        buffer[i] = a * (i + 1);
    return through(buffer, a * 0.5);
}

static void relax(double *to, const double *from, double a) {
    for (int i = 0; i < 6; i++)
        to[i] = from[i] * a + buffer[(i + 1) % 6] * to[i];
}

void swept(double a) {
    relax(buffer, buffer, a);
    double *other = buffer;
    relax(other, buffer, 0.5 * a);
}

static double shrink(int *bound, double a) {
    double sum = 0;
    for (int i = 0; i < limit; i++) {
        sum += a * buffer[i];
        *bound -= 1;
        a *= 1.25;
    }
    return sum;
}

double counted(double a) {
    return shrink(&limit, a) * limit;
}

static double by_address(double *x, double a) {
    *x = *x * a + buffer[3];
    buffer[3] *= *x;
    return *x * buffer[3];
}

double one_element(double a) {
    return by_address(&buffer[3], a) + by_address(&buffer[2], a);
}

static void scale_row(double row[4], double a) {
    for (int j = 0; j < 4; j++) {
        row[j] *= a + matrix[1][j];
        matrix[0][j] += row[j] * row[j];
    }
}

double rows(double a) {
    double sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            matrix[i][j] = a * i + 0.25 * j;
    for (int i = 0; i < 3; i++)
        scale_row(matrix[i], a);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            sum += matrix[i][j] * (1 + j);
    return sum;
}

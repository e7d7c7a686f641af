/* CHECK chain: a -> return
 *   in double a[3][4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK transposed: a, b -> b
 *   in double a[2][3] = random(0.5, 1.5)
 *   inout double b[3][2] = random(0.5, 1.5)
 */

/* Rows, elements and whole matrices as arguments; a pointer to a row. */
static double dot(int n, const double *a, const double *b) {
    double sum = 0;
    while (n--)
        sum += a[n] * b[n];
    return sum;
}

static void bump(double *x, double by) {
    *x += by * *x;
}

static void scale_rows(double a[][4], int rows, double s) {
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < 4; j++)
            a[i][j] *= s;
}

double chain(const double a[3][4]) {
    double b[3][4];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            b[i][j] = a[i][j];
    const double(*row)[4] = a;
    bump(&b[1][2], a[0][0]);
    bump(b[2], dot(4, a[0], a[1]));
    scale_rows(b + 1, 2, a[2][3]);
    double sum = dot(4, b[0], b[1]) + dot(2, &a[1][1], b[2] + 2);
    for (; row < a + 3; row++)
        sum += (*row)[1] * (*row)[3];
    return sum + dot(4, (const double[]){1, a[0][1], 2, a[0][2]}, b[1]);
}

void transposed(const double a[2][3], double b[3][2]) {
    double *flat = &b[0][0];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            b[j][i] = a[i][j] * b[j][i];
    for (int k = 0; k < 6; k++)
        flat[k] *= flat[(k + 1) % 6];
}

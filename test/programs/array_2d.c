/* CHECK multiply: a, b -> c
 *   in double a[3][4] = random(-1, 1)
 *   in double b[4][2] = random(-1, 1)
 *   out double c[3][2] = random(0, 1)
 */
/* CHECK trace_of_square: a -> return
 *   in double a[3][3] = random(-1, 1)
 *   returns double
 *   modes jvp vjp split
 */

/* Two-dimensional parameters with constant extents. */
void multiply(const double a[3][4], const double b[4][2], double c[3][2]) {
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 2; j++) {
            c[i][j] = 0;
            for (int k = 0; k < 4; k++)
                c[i][j] += a[i][k] * b[k][j];
        }
}

double trace_of_square(const double (*a)[3]) {
    double trace = 0;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
            trace += a[i][j] * a[j][i];
    return trace;
}

/* CHECK interpret: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   char program[11] = "+*x-+d*2q+"
 *   returns double
 */
/* CHECK machine: x[n] -> y[n]
 *   int n = 8
 *   in double x[8] = random(-1, 1)
 *   acc double y[8] = random(-1, 1)
 */

/* switch inside loops: break of the switch, continue of the loop, return; a state machine. */
double interpret(int n, const double *x, const char *program) {
    double a = 1;
    int at = 0;
    for (; *program != '\0'; program++) {
        switch (*program) {
        case '+':
            a += x[at];
            break;
        case '*':
            a *= x[at];
            continue;
        case '-':
            a -= 0.5 * x[at];
            /* fall through */
        case 'd':
            a *= a;
            break;
        case 'q':
            if (a > 2)
                return a * x[0];
            break;
        default:
            if (*program >= '0' && *program <= '9')
                a *= *program - '0';
            continue;
        }
        at = (at + 1) % n;
    }
    return a;
}

void machine(int n, const double *x, double *y) {
    enum { IDLE, UP, DOWN } state = IDLE;
    double level = 1;
    for (int i = 0; i < n; i++) {
        switch (state) {
        case IDLE:
            state = x[i] > 0 ? UP : DOWN;
            continue;
        case UP:
            level *= 1 + x[i];
            if (level > 1.5)
                state = DOWN;
            break;
        case DOWN:
            level -= x[i] * x[i];
            if (level < 0)
                state = IDLE;
        }
        y[i] += level;
    }
}

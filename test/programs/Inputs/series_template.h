/* Text that is included once for each set of macros, and defines a function for all. */
#define SERIES_TERMS 3

typedef struct {
    REAL first, ratio;
} SERIES;

static REAL NAME(term)(const SERIES *s, int k) {
    return k == 0 ? s->first : s->ratio * NAME(term)(s, k - 1);
}

REAL NAME(sum)(const SERIES *s) {
    REAL sum = 0;
    for (int k = 0; k < SERIES_TERMS; k++)
        sum += NAME(term)(s, k);
    return sum + NAME(shift);
}

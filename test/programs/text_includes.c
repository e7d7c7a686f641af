/* CHECK double_norm: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK float_norm: x[n] -> return
 *   int n = 5
 *   in float x[5] = random(0.5, 1.5)
 *   returns float
 */
/* CHECK double_scale: x[n], factor -> x[n]
 *   int n = 5
 *   inout double x[5] = random(0.5, 1.5)
 *   in double factor = random(0.5, 1.5)
 */
/* CHECK weighted: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK tabulated: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* Files that are included as text: templates, bodies, tables, types behind no guard. */
#include <math.h>

#include "Inputs/text/types.h"

#define TYPE double
#define NAME(name) double_##name
#define ROOT sqrt
#include "Inputs/text/template.c"
#undef TYPE
#undef NAME
#undef ROOT

#define TYPE float
#define NAME(name) float_##name
#define ROOT sqrtf
#include "Inputs/text/template.c"
#undef TYPE
#undef NAME
#undef ROOT

double factors[3] = {
#include "Inputs/text/factors.inc"
};

static const double table[] = {
#include "Inputs/text/factors.inc"
};

double weighted(int n, const double *x) {
#define TYPE double
#define START HALF
#define WEIGHT(i) factors[i]
#include "Inputs/text/body.h"
#undef WEIGHT
#undef START
#undef TYPE
}

double tabulated(double x) {
    return table[0] + x * (table[1] + x * table[2]);
}

// A body that cannot be represented matters only where a derivative is asked for.
// RUN: %cgrad --dump=front --stop-after=front %s -o %t.c | FileCheck %s
// RUN: not %cgrad --grad 'jump: x' %s -o %t_grad.c 2>&1 | FileCheck --check-prefix=JUMP %s

double jump(double x) {
    x *= x;
    __asm__("" : "+m"(x));
    return x;
}

// CHECK-NOT: jump
// CHECK: double plain(double x) {
// JUMP: refused_body.c:7:5: error: 'jump' cannot be differentiated: assembly is not supported

double plain(double x) {
    return x;
}

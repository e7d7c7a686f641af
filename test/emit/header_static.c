// A header's static variable that changes is another one in the file of the generated code; one that does not is a constant.
// RUN: split-file --leading-lines %s %t
// RUN: %status 1 %cgrad %t/model.c --grad 'f: x' -o %t/f.c 2>&1 | FileCheck %s --check-prefix=CHANGES
// RUN: %cgrad %t/model.c --grad 'g: x' -o %t/g.c

//--- model.h
#pragma once
// CHANGES: model.h:[[#@LINE+1]]:15: error: generated code needs the static variable 'gain', which changes
static double gain = 1;
static double offset = 2;

static inline void set_gain(double value) {
    gain = value;
}

//--- model.c
#include "model.h"

void prepare(void) {
    set_gain(3);
}

double f(double x) {
    return gain * x;
}

double g(double x) {
    return offset * x;
}

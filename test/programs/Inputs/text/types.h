struct window {
    int first, last;
};
#define HALF 0.5
extern double factors[3];

// OPTIONS --vjp=f:x,gain->return
double gain = 1; // EXPECT error: 'gain_bar' is defined here already
double gain_bar;

double f(double x) {
    return gain * x * gain_bar;
}

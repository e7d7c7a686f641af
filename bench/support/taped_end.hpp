/* The end of what taped.hpp begins. */
#undef double
#undef malloc
#undef free
#undef memcpy

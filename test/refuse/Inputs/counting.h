static inline int counted(void) {
    static int calls;
    return calls++;
}

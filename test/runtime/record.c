/* The record: everything comes back in the opposite order, in one sweep or several, across blocks and
 * threads. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>

static jmp_buf out_of_memory;
#define CGRAD_OUT_OF_MEMORY(bytes) longjmp(out_of_memory, 1)
#include <cgrad/tape.h>

#include "../support/numbers.h"
#include <pthread.h>

static struct number_checks checks;

static void check(const char *what, bool passed) {
    number_check(&checks, what, passed);
}

/* ---- empty records ---------------------------------------------------------------------------------- */

static void test_empty(void) {
    cgrad_record record = {0};
    check("an empty record holds nothing", cgrad_record_bytes(&record) == 0);
    cgrad_record_free(&record);
    cgrad_record_release(&record, cgrad_record_mark(&record));
    check("releasing nothing allocates nothing", record.block == NULL);
    cgrad_push_bytes(&record, NULL, 0);
    cgrad_cursor cursor = cgrad_record_end(&record);
    cgrad_pop_bytes(&cursor, NULL, 0);
    check("0 bytes are not recorded", record.block == NULL);
    cgrad_push_int(&record, 1);
    cgrad_record_free(&record);
    check("a freed record is empty", record.block == NULL && cgrad_record_bytes(&record) == 0);
    cgrad_push_int(&record, 2);
    cursor = cgrad_record_end(&record);
    check("a freed record may be used again", cgrad_pop_int(&cursor) == 2);
    cgrad_record_free(&record);
}

/* ---- scalars ---------------------------------------------------------------------------------------- */

static void test_scalars(void) {
    static const int there = 1;
    cgrad_record record = {0};
    cgrad_push_bool(&record, true);
    cgrad_push_char(&record, 'x');
    cgrad_push_signed_char(&record, -7);
    cgrad_push_unsigned_char(&record, 200);
    cgrad_push_short(&record, -300);
    cgrad_push_unsigned_short(&record, 60000);
    cgrad_push_int(&record, -70000);
    cgrad_push_unsigned_int(&record, 4000000000u);
    cgrad_push_long(&record, -5L);
    cgrad_push_unsigned_long(&record, 5UL);
    cgrad_push_long_long(&record, -6LL);
    cgrad_push_unsigned_long_long(&record, 6ULL);
    cgrad_push_size_t(&record, 42);
    cgrad_push_float(&record, 0.1f);
    cgrad_push_double(&record, 0.1);
    cgrad_push_long_double(&record, 0.1L);
    cgrad_push_pointer(&record, &there);
    check("scalars are packed", cgrad_record_bytes(&record) == 4 * sizeof(char) + 2 * sizeof(short) +
                                                                   2 * sizeof(int) + 2 * sizeof(long) +
                                                                   2 * sizeof(long long) + sizeof(size_t) +
                                                                   sizeof(float) + sizeof(double) +
                                                                   sizeof(long double) + sizeof(void *));
    cgrad_cursor cursor = cgrad_record_end(&record);
    check("pointer", cgrad_pop_pointer(&cursor) == &there);
    check("long double",
          memcmp(&(long double){cgrad_pop_long_double(&cursor)}, &(long double){0.1L}, 10) == 0);
    check("double", number_error(cgrad_pop_double(&cursor), 0.1, 0) == 0);
    check("float", number_error(cgrad_pop_float(&cursor), 0.1f, 0) == 0);
    check("size_t", cgrad_pop_size_t(&cursor) == 42);
    check("unsigned long long", cgrad_pop_unsigned_long_long(&cursor) == 6);
    check("long long", cgrad_pop_long_long(&cursor) == -6);
    check("unsigned long", cgrad_pop_unsigned_long(&cursor) == 5);
    check("long", cgrad_pop_long(&cursor) == -5);
    check("unsigned int", cgrad_pop_unsigned_int(&cursor) == 4000000000u);
    check("int", cgrad_pop_int(&cursor) == -70000);
    check("unsigned short", cgrad_pop_unsigned_short(&cursor) == 60000);
    check("short", cgrad_pop_short(&cursor) == -300);
    check("unsigned char", cgrad_pop_unsigned_char(&cursor) == 200);
    check("signed char", cgrad_pop_signed_char(&cursor) == -7);
    check("char", cgrad_pop_char(&cursor) == 'x');
    check("bool", cgrad_pop_bool(&cursor) == true);
    check("the sweep ends at the beginning", cursor.position == 0);
    cgrad_record_free(&record);
}

/* ---- long records: values of every size in a pseudo-random order, with arrays between them ---------- */

enum { LENGTH = 20000 };

/* The kind of entry i, and an array's length in bytes: some are larger than any block so far. */
static unsigned kind_of(unsigned i) {
    return (i * 2654435761u >> 16) % 6;
}

static size_t length_of(unsigned i) {
    return i % 4999 == 0 ? (size_t)300000 + i : i % 61;
}

static void push_entry(cgrad_record *record, unsigned i) {
    unsigned char *bytes;
    char text[61];
    switch (kind_of(i)) {
    case 0: cgrad_push_double(record, i); break;
    case 1: cgrad_push_float(record, (float)i); break;
    case 2: cgrad_push_bool(record, i % 2 == 0); break;
    case 3: cgrad_push_long_double(record, i); break;
    case 4:
        memset(text, (int)(i % 100), sizeof text);
        cgrad_push_bytes(record, text, i % 61);
        break;
    default:
        bytes = (unsigned char *)cgrad_record_alloc(record, length_of(i));
        memset(bytes, (int)(i % 251), length_of(i));
        break;
    }
}

static bool all_bytes(const unsigned char *bytes, size_t count, unsigned value) {
    for (size_t k = 0; k < count; k++)
        if (bytes[k] != value)
            return false;
    return true;
}

static bool pop_entry(cgrad_cursor *cursor, unsigned i) {
    unsigned char text[61];
    const unsigned char *bytes;
    switch (kind_of(i)) {
    case 0: return number_error(cgrad_pop_double(cursor), i, 0) == 0;
    case 1: return number_error(cgrad_pop_float(cursor), i, 0) == 0;
    case 2: return cgrad_pop_bool(cursor) == (i % 2 == 0);
    case 3: return number_error(cgrad_pop_long_double(cursor), i, 0) == 0;
    case 4: cgrad_pop_bytes(cursor, text, i % 61); return all_bytes(text, i % 61, i % 100);
    default:
        bytes = (const unsigned char *)cgrad_cursor_back(cursor, length_of(i));
        return (uintptr_t)bytes % CGRAD_RECORD_ALIGN == 0 && all_bytes(bytes, length_of(i), i % 251);
    }
}

static bool sweep(const cgrad_record *record, unsigned from, unsigned to) {
    bool same = true;
    cgrad_cursor cursor = cgrad_record_end(record);
    for (unsigned i = to; i-- > from;)
        same = pop_entry(&cursor, i) && same;
    return same;
}

static void test_long(void) {
    cgrad_record record = {0};
    for (unsigned i = 0; i < LENGTH; i++)
        push_entry(&record, i);
    check("a long record comes back", sweep(&record, 0, LENGTH));
    check("it comes back a second time", sweep(&record, 0, LENGTH));
    for (unsigned i = LENGTH; i < LENGTH + 1000; i++)
        push_entry(&record, i);
    check("a record goes on after a sweep", sweep(&record, 0, LENGTH + 1000));
    cgrad_record_free(&record);
}

static void test_addresses(void) {
    enum { COUNT = 500 };
    cgrad_record record = {0};
    double *array[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        array[i] = (double *)cgrad_record_alloc(&record, (i + 1) * sizeof(double));
        for (size_t k = 0; k <= i; k++)
            array[i][k] = (double)(i * k);
        cgrad_push_bool(&record, i % 3 == 0);
    }
    bool same = true;
    cgrad_cursor cursor = cgrad_record_end(&record);
    for (size_t i = COUNT; i-- > 0;) {
        same = cgrad_pop_bool(&cursor) == (i % 3 == 0) && same;
        double *back = (double *)cgrad_cursor_back(&cursor, (i + 1) * sizeof(double));
        same = back == array[i] && number_error(back[i], (number_t)(i * i), 0) == 0 && same;
    }
    check("arrays stay where they are", same);
    cgrad_record_free(&record);
}

/* ---- threads: one record, several cursors ----------------------------------------------------------- */

static void *sweep_in_thread(void *record) {
    return sweep((const cgrad_record *)record, 0, LENGTH) ? record : NULL;
}

/* Arrays of values, between entries of the stack; none for a count that is not positive. */
static void test_slots(void) {
    cgrad_record record = {0};
    bool same = true;
    for (int i = -1; i < 300; i++) {
        int *values = cgrad_record_slots(&record, i, sizeof(int));
        for (int k = 0; k < i; k++)
            values[k] = i + k;
        cgrad_push_int(&record, i);
    }
    cgrad_cursor cursor = cgrad_record_end(&record);
    for (int i = 299; i >= -1; i--) {
        same = same && cgrad_pop_int(&cursor) == i;
        const int *values = cgrad_cursor_slots(&cursor, i, sizeof(int));
        for (int k = 0; k < i; k++)
            same = same && values[k] == i + k;
    }
    check("slots come back in reverse order", same);
    cgrad_record_free(&record);
}

static void test_threads(void) {
    enum { THREADS = 4 };
    cgrad_record record = {0};
    pthread_t threads[THREADS];
    for (unsigned i = 0; i < LENGTH; i++)
        push_entry(&record, i);
    for (int t = 0; t < THREADS; t++)
        pthread_create(&threads[t], NULL, sweep_in_thread, &record);
    for (int t = 0; t < THREADS; t++) {
        void *result;
        pthread_join(threads[t], &result);
        check("a thread reads the record", result == &record);
    }
    cgrad_record_free(&record);
}

/* ---- marks: record and reverse a part, again and again ---------------------------------------------- */

static size_t count_blocks(const cgrad_record *record) {
    const struct cgrad_record_block *block = record->block;
    size_t count = 0;
    while (block && block->previous)
        block = block->previous;
    for (; block; block = block->next)
        count++;
    return count;
}

static void test_marks(unsigned before) {
    cgrad_record record = {0};
    size_t blocks = 0;
    bool same = true;
    for (unsigned i = 0; i < before; i++)
        push_entry(&record, i);
    size_t bytes = cgrad_record_bytes(&record);
    for (unsigned round = 0; round < 10; round++) {
        cgrad_mark mark = cgrad_record_mark(&record);
        for (unsigned i = before; i < before + 3000; i++)
            push_entry(&record, i);
        same = sweep(&record, 0, before + 3000) && same;
        cgrad_record_release(&record, mark);
        same = cgrad_record_bytes(&record) == bytes && sweep(&record, 0, before) && same;
        blocks = round == 0 ? count_blocks(&record) : blocks;
    }
    check("a released record goes back to its mark", same);
    check("released memory is used again", count_blocks(&record) == blocks);
    cgrad_record_free(&record);
}

/* A spare block that is too small stays behind the one that is made. */
static void test_spare_too_small(void) {
    cgrad_record record = {0};
    for (size_t round = 0; round < 50; round++) {
        cgrad_mark mark = cgrad_record_mark(&record);
        cgrad_push_size_t(&record, round);
        memset(cgrad_record_alloc(&record, 4000 + 100 * round), 1, 4000 + 100 * round);
        cgrad_push_size_t(&record, round);
        cgrad_cursor cursor = cgrad_record_end(&record);
        bool same = cgrad_pop_size_t(&cursor) == round;
        cgrad_cursor_back(&cursor, 4000 + 100 * round);
        check("growing arrays between releases", same && cgrad_pop_size_t(&cursor) == round);
        cgrad_record_release(&record, mark);
    }
    cgrad_record_free(&record);
}

/* ---- errors and companions of pointers -------------------------------------------------------------- */

static void test_out_of_memory(void) {
    static cgrad_record record; /* static: it must survive the longjmp */
    cgrad_push_int(&record, 7);
    if (setjmp(out_of_memory) == 0) {
        cgrad_record_alloc(&record, SIZE_MAX - 8);
        check("too much memory is refused", false);
    } else
        check("too much memory is refused", true);
    cgrad_cursor cursor = cgrad_record_end(&record);
    check("and the record is still there", cgrad_pop_int(&cursor) == 7);
    cgrad_record_free(&record);
}

static void test_shadow_pointer(void) {
    struct {
        int tag;
        double x[4];
    } primal = {0, {0}}, companion = {0, {0}};
    const double *q = &primal.x[2];
    check("a pointer into a struct", cgrad_shadow_pointer(q, &primal, &companion) == &companion.x[2]);
    check("no pointer, no companion", cgrad_shadow_pointer(NULL, &primal, &companion) == NULL);
    check("no companion block", cgrad_shadow_pointer(q, &primal, NULL) == NULL);
}

int main(void) {
    test_empty();
    test_scalars();
    test_long();
    test_addresses();
    test_slots();
    test_threads();
    test_marks(0);
    test_marks(1);
    test_marks(7000);
    test_spare_too_small();
    test_out_of_memory();
    test_shadow_pointer();
    return number_finish(&checks);
}

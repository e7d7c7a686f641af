/* arena, interner, map, bitset, text and files. */
#define _POSIX_C_SOURCE 200809L
#include "base/base.h"
#include "check.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_arena(struct arena *arena) {
    bool zeroed = true, aligned = true;
    for (size_t size = 1; size < 3000; size += 7) {
        unsigned char *memory = arena_alloc(arena, size);
        for (size_t i = 0; i < size; i++)
            zeroed = zeroed && memory[i] == 0;
        aligned = aligned && (uintptr_t)memory % _Alignof(max_align_t) == 0;
        memset(memory, 0xAB, size);
    }
    CHECK(zeroed);
    CHECK(aligned);
    char *large = arena_alloc(arena, 3 << 20);
    large[(3 << 20) - 1] = 1;
    char *small = arena_alloc(arena, 1);
    CHECK(*small == 0);
    CHECK_TEXT(arena_strdup(arena, "text"), "text");
    CHECK_TEXT(arena_strndup(arena, "text", 2), "te");
    CHECK_TEXT(arena_printf(arena, "%d %s", 7, "seven"), "7 seven");
}

static void test_vec(struct arena *arena) {
    VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        VEC_PUSH(arena, numbers, i * i);
    CHECK(numbers.count == 1000 && numbers.items[999] == 999 * 999 && numbers.items[3] == 9);
}

static void test_intern(struct arena *arena) {
    struct interner *in = interner_create(arena);
    char text[16];
    const char *first = intern(in, "n0");
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "n%d", i);
        intern(in, text);
    }
    snprintf(text, sizeof text, "n0");
    CHECK(intern(in, text) == first);
    CHECK(intern(in, "n4999") == intern_n(in, "n4999 and more", 5));
    CHECK(intern(in, "n1") != first);
    CHECK_TEXT(intern(in, ""), "");
}

static void test_map(struct arena *arena) {
    struct map *map = map_create(arena);
    static int values[1000];
    char key[16];
    for (int i = 0; i < 1000; i++) {
        snprintf(key, sizeof key, "k%d", i);
        map_put(map, key, &values[i]);
    }
    CHECK(map_count(map) == 1000);
    CHECK(map_get(map, "k0") == &values[0] && map_get(map, "k999") == &values[999]);
    CHECK(map_get(map, "k1000") == NULL);
    map_put(map, "k5", &values[6]);
    CHECK(map_get(map, "k5") == &values[6] && map_count(map) == 1000);
    CHECK_TEXT(map_key_at(map, 5), "k5");
    CHECK(map_value_at(map, 5) == &values[6]);
}

static void test_bitset(struct arena *arena) {
    struct bitset a = bitset_create(arena), b = bitset_create(arena);
    CHECK(bitset_empty(&a) && bitset_next(&a, 0) == SIZE_MAX);
    CHECK(bitset_add(&a, 3) && !bitset_add(&a, 3) && bitset_add(&a, 200) && bitset_add(&a, 63));
    CHECK(bitset_has(&a, 200) && !bitset_has(&a, 199) && !bitset_has(&a, 100000));
    CHECK(bitset_size(&a) == 3);
    CHECK(bitset_next(&a, 0) == 3 && bitset_next(&a, 4) == 63 && bitset_next(&a, 64) == 200);
    CHECK(bitset_next(&a, 201) == SIZE_MAX);
    CHECK(bitset_add(&b, 63) && bitset_intersects(&a, &b) && !bitset_union(&a, &b) && bitset_union(&b, &a));
    CHECK(bitset_equal(&a, &b));
    bitset_remove(&b, 200);
    CHECK(!bitset_equal(&a, &b) && bitset_size(&b) == 2);
    struct bitset copy = bitset_copy(&b);
    bitset_clear(&b);
    CHECK(bitset_empty(&b) && bitset_size(&copy) == 2);
    bitset_remove(&copy, 3);
    bitset_remove(&copy, 63);
    bitset_remove(&copy, 5000);
    CHECK(bitset_equal(&copy, &b) && bitset_empty(&copy) && !bitset_intersects(&a, &copy));
}

static void test_text(void) {
    struct text text = {0};
    CHECK_TEXT(text_string(&text), "");
    text_put(&text, "int f(void) {");
    text_newline(&text);
    text.indent++;
    text_printf(&text, "return %d;\n\n", 7);
    text_put(&text, "a");
    text_put(&text, "b\nc");
    text_raw(&text, "{\nraw\n");
    text.indent--;
    text_put(&text, "}\n");
    CHECK_TEXT(text_string(&text), "int f(void) {\n    return 7;\n\n    ab\n    c{\nraw\n}\n");
    text_free(&text);
    CHECK(text.data == NULL && text.length == 0);
    for (int i = 0; i < 10000; i++)
        text_put(&text, "0123456789");
    CHECK(text.length == 100000 && text.data[99999] == '9' && text.data[100000] == '\0');
    text_free(&text);
}

static void test_write(struct arena *arena, const char *folder) {
    const char *path = arena_printf(arena, "%s/out.c", folder),
               *link = arena_printf(arena, "%s/link.c", folder);
    size_t length = 0;
    CHECK(file_write_atomic(arena, path, "first", 5) && file_write_atomic(arena, path, "second\0third", 12));
    const char *read = file_read(arena, path, &length);
    CHECK(read && length == 12 && memcmp(read, "second\0third", 13) == 0);
    CHECK(chmod(path, 0640) == 0 && symlink("out.c", link) == 0 && file_write_atomic(arena, link, "new", 3));
    struct stat info;
    CHECK(lstat(link, &info) == 0 && S_ISLNK(info.st_mode));
    CHECK(stat(path, &info) == 0 && (info.st_mode & 0777) == 0640 && info.st_size == 3);
    CHECK_TEXT(file_read(arena, path, NULL), "new");
    unlink(link);
    unlink(path);
    CHECK(rmdir(folder) == 0); /* no temporary is left behind */
}

static void test_file(struct arena *arena) {
    char folder[] = "cgrad-unit-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    errno = 0;
    CHECK(file_read(arena, "no/such/file", NULL) == NULL && errno == ENOENT);
    CHECK(!file_write_atomic(arena, "no/such/file", "x", 1) && errno == ENOENT);
    CHECK(!file_write_atomic(arena, folder, "x", 1) && errno == EISDIR);
    CHECK(file_write_atomic(arena, "/dev/null", "x", 1));
    test_write(arena, folder);
}

int main(void) {
    struct arena *arena = arena_create();
    test_arena(arena);
    test_vec(arena);
    test_intern(arena);
    test_map(arena);
    test_bitset(arena);
    test_text();
    test_file(arena);
    arena_destroy(arena);
    return check_summary();
}

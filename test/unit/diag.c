/* Located messages: text, source line, caret, counts, options. */
#define _POSIX_C_SOURCE 200809L
#include "base/base.h"
#include "check.h"

#include <unistd.h>

static const char source[] = "first\n\tx = \xC3\xA9 + y;\r\nlast";
static char path[] = "cgrad-diag-source.c";

/* What the messages sent by `send` look like under the options. */
static const char *printed(struct arena *arena, struct diag_options options, void (*send)(struct diag *),
                           size_t *errors) {
    options.stream = tmpfile();
    struct diag *diag = diag_create(arena, options);
    send(diag);
    *errors = diag_error_count(diag);
    long length = ftell(options.stream);
    char *text = arena_alloc(arena, (size_t)length + 1);
    rewind(options.stream);
    size_t got = fread(text, 1, (size_t)length, options.stream);
    fclose(options.stream);
    return got == (size_t)length ? text : "";
}

static struct loc at(unsigned line, unsigned column) {
    return (struct loc){path, line, column};
}

static void send_error(struct diag *diag) {
    diag_report(diag, at(2, 11), ERR_READ_FILE, "x", "reason");
}

static void send_places(struct diag *diag) {
    diag_foreign(diag, DIAG_ERROR, at(3, 5), "end of line");
    diag_foreign(diag, DIAG_ERROR, at(9, 1), "no such line");
    diag_foreign(diag, DIAG_ERROR, at(1, 0), "no column");
    diag_foreign(diag, DIAG_ERROR, (struct loc){0}, "no place");
    diag_foreign(diag, DIAG_ERROR, (struct loc){"missing.c", 1, 1}, "no file");
}

static void send_repeated(struct diag *diag) {
    for (int i = 0; i < 2; i++) {
        diag_foreign(diag, DIAG_ERROR, at(9, 1), "one");
        diag_foreign(diag, DIAG_NOTE, at(9, 2), "why");
    }
    diag_foreign(diag, DIAG_ERROR, at(9, 3), "one");
    diag_foreign(diag, DIAG_NOTE, at(9, 2), "why");
}

static void send_warning(struct diag *diag) {
    diag_foreign(diag, DIAG_WARNING, at(9, 1), "careful");
    diag_foreign(diag, DIAG_NOTE, at(9, 2), "because");
}

static void test_places(struct arena *arena) {
    size_t errors;
    CHECK_TEXT(
        printed(arena, (struct diag_options){0}, send_error, &errors),
        "cgrad-diag-source.c:2:11: error: cannot read 'x': reason\n\tx = \xC3\xA9 + y;\n\t        ^\n");
    CHECK(errors == 1);
    CHECK_TEXT(printed(arena, (struct diag_options){0}, send_places, &errors),
               "cgrad-diag-source.c:3:5: error: end of line\nlast\n    ^\n"
               "cgrad-diag-source.c:9:1: error: no such line\n"
               "cgrad-diag-source.c:1: error: no column\nfirst\n"
               "cgrad: error: no place\n"
               "missing.c:1:1: error: no file\n");
    CHECK(errors == 5);
}

static void test_options(struct arena *arena) {
    size_t errors;
    CHECK_TEXT(printed(arena, (struct diag_options){0}, send_repeated, &errors),
               "cgrad-diag-source.c:9:1: error: one\ncgrad-diag-source.c:9:2: note: why\n"
               "cgrad-diag-source.c:9:3: error: one\ncgrad-diag-source.c:9:2: note: why\n");
    CHECK(errors == 2);
    CHECK_TEXT(printed(arena, (struct diag_options){.quiet = true}, send_warning, &errors), "");
    CHECK(errors == 0);
    CHECK_TEXT(printed(arena, (struct diag_options){.warnings_as_errors = true}, send_warning, &errors),
               "cgrad-diag-source.c:9:1: error: careful\ncgrad-diag-source.c:9:2: note: because\n");
    CHECK(errors == 1);
    CHECK_TEXT(printed(arena, (struct diag_options){.color = true}, send_warning, &errors),
               "\033[1mcgrad-diag-source.c:9:1: \033[1;35mwarning:\033[0m\033[1m careful\033[0m\n"
               "\033[1mcgrad-diag-source.c:9:2: \033[1;36mnote:\033[0m\033[1m because\033[0m\n");
}

int main(void) {
    struct arena *arena = arena_create();
    CHECK(file_write_atomic(arena, path, source, sizeof source - 1));
    test_places(arena);
    test_options(arena);
    unlink(path);
    arena_destroy(arena);
    return check_summary();
}

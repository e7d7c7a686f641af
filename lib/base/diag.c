/* diag: located messages. A message is printed once at one place; a note belongs to the message before it,
 * and is printed once for each of those. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

struct diag {
    struct arena *arena;
    struct diag_options options;
    size_t error_count;
    struct map *printed; /* messages by location and text */
    struct map *sources; /* path -> text, "" if it cannot be read */
    const char *parent;  /* the last message that is not a note */
    bool parent_hidden;  /* it was not printed: its notes are not either */
};

struct message {
    enum diag_severity severity;
    const char *format;
};

static const struct message messages[DIAG_COUNT] = {
#define DIAG(id, severity, format) [id] = {severity, format},
#include "base/diag.def"
#undef DIAG
};

struct diag *diag_create(struct arena *arena, struct diag_options options) {
    struct diag *diag = NEW(arena, struct diag);
    diag->arena = arena;
    diag->options = options;
    diag->printed = map_create(arena);
    diag->sources = map_create(arena);
    return diag;
}

size_t diag_error_count(const struct diag *diag) {
    return diag->error_count;
}

/* ---- the source line and its caret ----------------------------------------------------------- */

static const char *source_of(struct diag *diag, const char *file) {
    const char *text = map_get(diag->sources, file);
    if (text)
        return text;
    char *read = file_read(diag->arena, file, NULL);
    if (!read)
        read = arena_strdup(diag->arena, "");
    map_put(diag->sources, file, read);
    return read;
}

/* The start of the line, or NULL; its length without the line's end. */
static const char *find_line(const char *text, unsigned number, size_t *length) {
    for (unsigned line = 1; line < number; line++) {
        text = strchr(text, '\n');
        if (!text)
            return NULL;
        text++;
    }
    *length = strcspn(text, "\r\n");
    return *length ? text : NULL;
}

static void print_caret(struct diag *diag, const char *line, size_t length, unsigned column) {
    FILE *stream = diag->options.stream;
    for (size_t i = 0; i + 1 < column; i++) {
        unsigned char c = i < length ? (unsigned char)line[i] : ' ';
        if ((c & 0xC0) == 0x80) /* a later byte of a UTF-8 character takes no room of its own */
            continue;
        fputc(c == '\t' ? '\t' : ' ', stream);
    }
    fputs(diag->options.color ? "\033[1;32m^\033[0m\n" : "^\n", stream);
}

static void print_source(struct diag *diag, struct loc loc) {
    size_t length = 0;
    const char *line = find_line(source_of(diag, loc.file), loc.line, &length);
    if (!line)
        return;
    fprintf(diag->options.stream, "%.*s\n", (int)length, line);
    if (loc.column > 0 && loc.column <= length + 1)
        print_caret(diag, line, length, loc.column);
}

/* ---- messages ----------------------------------------------------------------------------------- */

static const char *severity_name(enum diag_severity severity) {
    switch (severity) {
    case DIAG_NOTE: return "note";
    case DIAG_WARNING: return "warning";
    case DIAG_ERROR: return "error";
    }
    return "";
}

static const char *severity_color(enum diag_severity severity) {
    switch (severity) {
    case DIAG_NOTE: return "\033[1;36m";
    case DIAG_WARNING: return "\033[1;35m";
    case DIAG_ERROR: return "\033[1;31m";
    }
    return "";
}

static const char *place_text(struct diag *diag, struct loc loc) {
    if (!loc.file)
        return "cgrad: ";
    if (loc.line == 0)
        return arena_printf(diag->arena, "%s: ", loc.file);
    if (loc.column == 0)
        return arena_printf(diag->arena, "%s:%u: ", loc.file, loc.line);
    return arena_printf(diag->arena, "%s:%u:%u: ", loc.file, loc.line, loc.column);
}

static void print_message(struct diag *diag, enum diag_severity severity, struct loc loc, const char *text) {
    bool color = diag->options.color;
    fprintf(diag->options.stream, "%s%s%s%s:%s %s%s\n", color ? "\033[1m" : "", place_text(diag, loc),
            color ? severity_color(severity) : "", severity_name(severity), color ? "\033[0m\033[1m" : "",
            text, color ? "\033[0m" : "");
    if (loc.file && loc.line > 0)
        print_source(diag, loc);
}

/* Whether the message is new; remembers it. */
static bool is_new(struct diag *diag, enum diag_severity severity, struct loc loc, const char *text) {
    const char *key =
        arena_printf(diag->arena, "%s%s: %s", place_text(diag, loc), severity_name(severity), text);
    if (severity == DIAG_NOTE)
        key = arena_printf(diag->arena, "%s\n%s", diag->parent ? diag->parent : "", key);
    else
        diag->parent = key;
    if (map_get(diag->printed, key))
        return false;
    map_put(diag->printed, key, diag);
    return true;
}

static void report(struct diag *diag, enum diag_severity severity, struct loc loc, const char *text) {
    if (severity == DIAG_WARNING && diag->options.warnings_as_errors)
        severity = DIAG_ERROR;
    bool fresh = is_new(diag, severity, loc, text);
    bool hidden = diag->options.quiet && severity != DIAG_ERROR;
    if (severity != DIAG_NOTE)
        diag->parent_hidden = hidden;
    if (severity == DIAG_ERROR && fresh)
        diag->error_count++;
    if (fresh && !hidden && !(severity == DIAG_NOTE && diag->parent_hidden))
        print_message(diag, severity, loc, text);
}

void diag_report(struct diag *diag, struct loc loc, enum diag_id id, ...) {
    va_list args;
    va_start(args, id);
    const char *text = arena_vprintf(diag->arena, messages[id].format, args);
    va_end(args);
    report(diag, messages[id].severity, loc, text);
}

void diag_foreign(struct diag *diag, enum diag_severity severity, struct loc loc, const char *text) {
    report(diag, severity, loc, text);
}

void cg_bug(const char *file, int line, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fflush(stdout);
    fprintf(stderr, "cgrad: internal error at %s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputs("\nThis is a defect of cgrad, not of the input; please report it.\n", stderr);
    va_end(args);
    abort();
}

/* runtime: which headers of <cgrad/...> a text needs, by the names that it mentions and they define: there is
 * no list to keep up to date. The texts are embedded at build time.
 */
#include "emit/print.h"

#include <string.h>

extern const char *const emit_runtime_special, *const emit_runtime_tape, *const emit_runtime_tensor,
    *const emit_runtime_cgrad, *const emit_runtime_dispatch, *const emit_runtime_check;

static const struct header {
    const char *base;
    const char *const *text;
    const char *condition; /* a macro without which the header is not asked for, and then the one ... */
    const char *empty;     /* ... macro of its that generated code mentions does nothing; or NULL */
} headers[] = {
    {"cgrad", &emit_runtime_cgrad, NULL, NULL},
    {"special", &emit_runtime_special, NULL, NULL},
    {"tape", &emit_runtime_tape, NULL, NULL},
    {"tensor", &emit_runtime_tensor, NULL, NULL},
    {"dispatch", &emit_runtime_dispatch, NULL, NULL},
    {"check", &emit_runtime_check, "CGRAD_CHECK", "CGRAD_CHECK_DISTINCT(...)"},
};

enum { HEADER_COUNT = sizeof headers / sizeof *headers };

static bool is_ours(const char *name) {
    return strncmp(name, "cgrad_", 6) == 0 || strncmp(name, "CGRAD_", 6) == 0;
}

runtime_set runtime_needed(const struct map *names) {
    runtime_set set = 0;
    for (size_t i = 0; i < map_count(names); i++) {
        const char *name = map_key_at(names, i);
        for (size_t h = 0; is_ours(name) && h < HEADER_COUNT; h++)
            if (count_mentions(*headers[h].text, name)) {
                set |= 1u << h;
                break;
            }
    }
    return set;
}

/* The header that the line includes, or HEADER_COUNT: none of ours. */
static size_t included_by(const char *line) {
    for (size_t h = 0; h < HEADER_COUNT; h++) {
        char start[64];
        snprintf(start, sizeof start, "#include <cgrad/%s.h>", headers[h].base);
        if (strncmp(line, start, strlen(start)) == 0)
            return h;
    }
    return HEADER_COUNT;
}

/* The text of a header, each header that it includes in its place, once. */
static void embed(struct text *out, size_t header, runtime_set *done) {
    if (*done & 1u << header)
        return;
    *done |= 1u << header;
    for (const char *line = *headers[header].text; *line;) {
        size_t length = strcspn(line, "\n"), included = included_by(line);
        if (included < HEADER_COUNT)
            embed(out, included, done);
        else
            text_put_n(out, line, length);
        if (line[length])
            text_newline(out);
        line += length + (line[length] != '\0');
    }
}

static void put_header_line(struct text *out, const struct header *header) {
    if (header->condition)
        text_printf(out, "#ifdef %s\n", header->condition);
    text_printf(out, "#include <cgrad/%s.h>\n", header->base);
    if (header->condition)
        text_printf(out, "#else\n#define %s ((void)0)\n#endif\n", header->empty);
}

void print_runtime(struct text *out, runtime_set set, bool standalone) {
    runtime_set done = 0;
    for (size_t h = 0; h < HEADER_COUNT; h++) {
        if (!(set & 1u << h))
            continue;
        if (standalone)
            embed(out, h, &done);
        else
            put_header_line(out, &headers[h]);
    }
    if (standalone && set)
        text_newline(out);
}

/* The table: rows one by one, and whether every function that a formula names has a row. doc/rules.md
 * explains the format. */
#include "rules/read.h"

#include <string.h>

static bool find_class(const char *word, enum call_class *class) {
    static const struct {
        const char *word;
        enum call_class class;
    } classes[] = {{"alloc", CALL_ALLOC}, {"free", CALL_FREE},   {"copy", CALL_COPY},
                   {"fill", CALL_FILL},   {"call", CALL_ACTIVE}, {"source", CALL_ACTIVE}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(classes[i].word, word) == 0) {
            *class = classes[i].class;
            return true;
        }
    return false;
}

static void read_row(struct reader *reader) {
    struct scanner *scanner = &reader->scanner;
    const char *word = scanner->text;
    enum call_class class;
    bool is_row = scanner->kind == TOKEN_ROW;
    if (is_row)
        scan_next(scanner);
    if (is_row && strcmp(word, "math") == 0)
        read_math(reader);
    else if (is_row && strcmp(word, "inactive") == 0)
        read_inactive(reader);
    else if (is_row && find_class(word, &class))
        read_call(reader, class, strcmp(word, "source") == 0);
    else
        scan_error(scanner, scanner->loc, ERR_RULE_ROW, word, "");
    if (scanner->kind != TOKEN_END && scanner->kind != TOKEN_ROW)
        scan_fail(scanner, "the next row in the first column");
}

/* Every function named in a formula must have a row: so the derivative of a derivative is known. */
static bool check_closed(struct reader *reader) {
    bool closed = true;
    for (size_t i = 0; i < reader->mentions.count; i++) {
        const struct mention *mention = &reader->mentions.items[i];
        const char *name = mention->formula->text;
        if (rules_math(reader->rules, name) || rules_callee(reader->rules, name))
            continue;
        scan_error(&reader->scanner, mention->formula->loc, ERR_RULE_CLOSED, name, mention->row->name);
        reader->scanner.failed = closed = false;
    }
    return closed;
}

bool table_read(struct rules *rules, struct diag *diag, const char *file, const char *text) {
    struct reader reader = {.scanner = {.arena = rules->arena, .diag = diag, .file = file}, .rules = rules};
    bool good = true;
    scan_start(&reader.scanner, text);
    while (reader.scanner.kind != TOKEN_END) {
        read_row(&reader);
        if (reader.scanner.failed) {
            good = false;
            scan_recover(&reader.scanner);
        }
    }
    return check_closed(&reader) && good;
}

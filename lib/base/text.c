/* text: output that grows on the heap. Each line that is not empty begins with the indentation in force when
 * its first character is written. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

void text_free(struct text *text) {
    free(text->data);
    *text = (struct text){0};
}

static void reserve(struct text *text, size_t more) {
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return;
    size_t room = needed > 2 * text->capacity ? needed + 64 : 2 * text->capacity;
    char *data = realloc(text->data, room);
    if (!data) {
        fputs("cgrad: out of memory\n", stderr);
        exit(3);
    }
    text->data = data;
    text->capacity = room;
}

static void append(struct text *text, const char *string, size_t length) {
    reserve(text, length);
    memcpy(text->data + text->length, string, length);
    text->length += length;
    text->data[text->length] = '\0';
}

static void begin_line(struct text *text) {
    if (text->line_begun)
        return;
    for (int level = 0; level < text->indent; level++)
        append(text, "    ", 4);
    text->line_begun = true;
}

void text_newline(struct text *text) {
    append(text, "\n", 1);
    text->line_begun = false;
}

void text_put_n(struct text *text, const char *string, size_t length) {
    while (length > 0) {
        const char *end = memchr(string, '\n', length);
        size_t part = end ? (size_t)(end - string) : length;
        if (part > 0) {
            begin_line(text);
            append(text, string, part);
        }
        if (!end)
            return;
        text_newline(text);
        string += part + 1;
        length -= part + 1;
    }
}

void text_put(struct text *text, const char *string) {
    text_put_n(text, string, strlen(string));
}

void text_printf(struct text *text, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        BUG("malformed format '%s'", format);
    struct text line = {0};
    reserve(&line, (size_t)length);
    vsnprintf(line.data, (size_t)length + 1, format, again);
    va_end(again);
    text_put_n(text, line.data, (size_t)length);
    text_free(&line);
}

void text_raw(struct text *text, const char *string) {
    size_t length = strlen(string);
    if (length == 0)
        return;
    append(text, string, length);
    text->line_begun = string[length - 1] != '\n';
}

const char *text_string(const struct text *text) {
    return text->data ? text->data : "";
}

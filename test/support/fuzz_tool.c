/* fuzz_tool: the whole of cgrad as a target of libFuzzer, which scripts/fuzz_tool.py drives.
 *
 * An input is a C file whose lines `// OPTIONS --vjp=f:x->return --workspace` say how cgrad is run on it (as
 * in test/refuse). Whatever it is, cg_run ends with 0, 1 or 2, in time, and without a word from the
 * sanitizers. If it is done, the parser accepts what was written; if not, nothing was written. The same input
 * gives the same bytes.
 */
#define _POSIX_C_SOURCE 200809L
#include "cgrad.h"
#include "fuzz_mutate.h"

#include <clang-c/Index.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_ROOM = 512, OPTION_MAX = 40, OUTPUTS = 2 };

#define INCLUDE_RUNTIME "-I" FUZZ_ROOT "/runtime"

static char folder[PATH_ROOM - 32], input_path[PATH_ROOM], output_path[OUTPUTS][PATH_ROOM];

struct content {
    char *data;
    size_t size;
};

/* ---- findings ------------------------------------------------------------------------------------ */

/* Ends the process as a crash does; the driver runs the input once more to see the message. */
static _Noreturn void finding(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("FINDING: ", stderr);
    vfprintf(stderr, format, args);
    fputs("\n", stderr);
    va_end(args);
    abort();
}

/* ---- files ---------------------------------------------------------------------------------------- */

static void remove_files(void) {
    unlink(input_path);
    for (int i = 0; i < OUTPUTS; i++)
        unlink(output_path[i]);
    rmdir(folder);
}

static void name_files(void) {
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/cgrad-fuzz-XXXXXX", parent ? parent : "/tmp");
    if (!mkdtemp(folder))
        finding("no folder to work in: %s", folder);
    snprintf(input_path, sizeof input_path, "%s/input.c", folder);
    snprintf(output_path[0], sizeof output_path[0], "%s/output.c", folder);
    snprintf(output_path[1], sizeof output_path[1], "%s/output.h", folder);
    atexit(remove_files);
}

static void write_input(const uint8_t *data, size_t size) {
    FILE *file = fopen(input_path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        finding("%s cannot be written", input_path);
}

/* Empty if there is no such file. */
static struct content read_file(const char *path) {
    struct content content = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return content;
    for (size_t room = 0;;) {
        if (content.size == room) {
            room = room ? 2 * room : 1 << 14;
            content.data = realloc(content.data, room);
        }
        size_t got = content.data ? fread(content.data + content.size, 1, room - content.size, file) : 0;
        content.size += got;
        if (got == 0)
            break;
    }
    fclose(file);
    return content;
}

/* ---- options of the input -------------------------------------------------------------------------- */

struct setup {
    struct cg_options options;
    struct cg_option_request requests[OPTION_MAX];
    const char *flags[OPTION_MAX + 1];
    char *words; /* of all OPTIONS lines, cut into pieces */
};

static void apply_request(struct setup *setup, char *word) {
    static const char *const modes[] = {"grad", "vjp", "split", "jvp", "hvp", "jacobian", "hessian"};
    char *equals = strchr(word, '=');
    if (!equals || setup->options.request_count == OPTION_MAX)
        return;
    *equals = '\0';
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(word, modes[i]) == 0)
            setup->requests[setup->options.request_count++] =
                (struct cg_option_request){modes[i], equals + 1};
}

static void apply_word(struct setup *setup, char *word) {
    struct cg_options *options = &setup->options;
    if (strncmp(word, "-D", 2) == 0 || strncmp(word, "-std=", 5) == 0) {
        if (options->flag_count < OPTION_MAX + 1)
            setup->flags[options->flag_count++] = word;
    } else if (strncmp(word, "--plan=", 7) == 0)
        options->plan = word + 7;
    else if (strcmp(word, "--stop-after=front") == 0)
        options->stop_after = "front";
    else if (strcmp(word, "--workspace") == 0)
        options->workspace = true;
    else if (strcmp(word, "--no-primal") == 0)
        options->no_primal = true;
    else if (strcmp(word, "--standalone") == 0)
        options->standalone = true;
    else if (strcmp(word, "--report") == 0)
        options->report = true;
    else if (strncmp(word, "--", 2) == 0)
        apply_request(setup, word + 2);
}

/* The rests of all lines with OPTIONS, one behind the other. */
static char *words_of(const uint8_t *data, size_t size) {
    char *text = calloc(1, size + 1), *words = calloc(1, size + 2);
    if (!text || !words)
        abort();
    memcpy(text, data, size);
    for (char *at = text; (at = strstr(at, OPTIONS_MARK));) {
        at += strlen(OPTIONS_MARK);
        size_t length = strcspn(at, "\n");
        strncat(words, at, length);
        strcat(words, " ");
        at += length;
    }
    free(text);
    return words;
}

static void setup_read(struct setup *setup, const uint8_t *data, size_t size) {
    *setup = (struct setup){.words = words_of(data, size)};
    setup->flags[setup->options.flag_count++] = INCLUDE_RUNTIME;
    for (char *word = strtok(setup->words, " \t\r"); word; word = strtok(NULL, " \t\r"))
        apply_word(setup, word);
    setup->options.input = input_path;
    setup->options.output = output_path[0];
    setup->options.flags = setup->flags;
    setup->options.requests = setup->requests;
    setup->options.color = CG_COLOR_NEVER;
}

/* ---- checks --------------------------------------------------------------------------------------- */

static void check_nothing_written(int status) {
    for (int i = 0; i < OUTPUTS; i++)
        if (access(output_path[i], F_OK) == 0)
            finding("status %d, but %s was written", status, output_path[i]);
}

static bool is_error(CXDiagnostic diagnostic) {
    return clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
}

bool fuzz_accepts(const char *text, size_t size) {
    static const char *const flags[] = {INCLUDE_RUNTIME, "-D__CGRAD__", "-w", "-ferror-limit=1"};
    static CXIndex index;
    struct CXUnsavedFile file = {"mutated.c", text, size};
    CXTranslationUnit unit = NULL;
    if (!index)
        index = clang_createIndex(0, 0);
    if (clang_parseTranslationUnit2(index, file.Filename, flags, sizeof flags / sizeof *flags, &file, 1, 0,
                                    &unit))
        return false;
    bool accepted = true;
    for (unsigned i = 0; i < clang_getNumDiagnostics(unit) && accepted; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        accepted = !is_error(diagnostic);
        clang_disposeDiagnostic(diagnostic);
    }
    clang_disposeTranslationUnit(unit);
    return accepted;
}

static void check_accepted(const struct setup *setup) {
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit unit = NULL;
    enum CXErrorCode code = clang_parseTranslationUnit2(index, output_path[0], setup->flags,
                                                        (int)setup->options.flag_count, NULL, 0, 0, &unit);
    if (code != CXError_Success)
        finding("the parser gives up on the output");
    for (unsigned i = 0; i < clang_getNumDiagnostics(unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        if (is_error(diagnostic)) {
            CXString text = clang_formatDiagnostic(diagnostic, CXDiagnostic_DisplaySourceLocation);
            finding("the output is no C: %s", clang_getCString(text));
        }
        clang_disposeDiagnostic(diagnostic);
    }
    clang_disposeTranslationUnit(unit);
    clang_disposeIndex(index);
}

static bool is_equal(struct content a, struct content b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static void check_repeatable(const struct setup *setup) {
    struct content first[OUTPUTS], second[OUTPUTS];
    for (int i = 0; i < OUTPUTS; i++)
        first[i] = read_file(output_path[i]);
    if (cg_run(&setup->options) != 0)
        finding("the second run fails");
    for (int i = 0; i < OUTPUTS; i++) {
        second[i] = read_file(output_path[i]);
        if (!is_equal(first[i], second[i]))
            finding("the second run writes something else to %s", output_path[i]);
        free(first[i].data);
        free(second[i].data);
    }
}

/* One input in four is run again: always the same ones. */
static bool is_run_again(const uint8_t *data, size_t size) {
    uint32_t hash = 0;
    for (size_t i = 0; i < size; i++)
        hash = hash * 31 + data[i];
    return hash % 4 == 0;
}

static void run(const struct setup *setup, bool again) {
    int status = cg_run(&setup->options);
    if (status < 0 || status > 2)
        finding("exit status %d", status);
    if (status != 0) {
        check_nothing_written(status);
        return;
    }
    check_accepted(setup);
    if (again)
        check_repeatable(setup);
    for (int i = 0; i < OUTPUTS; i++)
        unlink(output_path[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!*folder)
        name_files();
    struct setup setup;
    setup_read(&setup, data, size);
    write_input(data, size);
    run(&setup, is_run_again(data, size));
    free(setup.words);
    return 0;
}

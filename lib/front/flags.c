/* flags: what the C parser is given: the flags of the user or of compile_commands.json, less those that
 * change what it shows
 * (-fopenmp hides the bodies of loops) or that are about output; and where its own headers are (stddef.h and
 * friends).
 */
#define _GNU_SOURCE /* dladdr, realpath */
#include "front/front_private.h"

#include <clang-c/CXCompilationDatabase.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add(struct front *front, struct front_flags *flags, const char *flag) {
    VEC_PUSH(front->arena, flags->items, flag);
}

static bool starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* ---- which flags reach the parser --------------------------------------------------------------- */

/* Flags to leave out; with `operand` the next argument as well. */
static bool is_dropped(const char *flag, bool *operand) {
    static const char *const with_operand[] = {"-o", "-MF", "-MT", "-MQ", "-MJ", "--serialize-diagnostics"};
    static const char *const plain[] = {"-c",   "-S",  "-E",  "-M",    "-MM", "-MD",
                                        "-MMD", "-MP", "-MG", "-pipe", "-g"};
    static const char *const prefixes[] = {
        "-fopenmp", "-fopenacc", "-O", "-D_FORTIFY_SOURCE", "-Wp,", "-save-temps", "-o", "-MF", "-MT", "-MQ"};
    *operand = false;
    for (size_t i = 0; i < sizeof with_operand / sizeof *with_operand; i++)
        if (strcmp(flag, with_operand[i]) == 0)
            return *operand = true;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(flag, plain[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (starts_with(flag, prefixes[i]))
            return true;
    return false;
}

static void add_filtered(struct front *front, struct front_flags *flags, const char *const *items,
                         size_t count) {
    bool operand;
    for (size_t i = 0; i < count; i++) {
        if (is_dropped(items[i], &operand))
            i += operand;
        else
            add(front, flags, items[i]);
    }
}

static bool has_flag(const struct front_flags *flags, const char *prefix) {
    for (size_t i = 0; i < flags->items.count; i++)
        if (starts_with(flags->items.items[i], prefix))
            return true;
    return false;
}

/* ---- compile_commands.json ---------------------------------------------------------------------- */

/* The words of the command that are flags: without the compiler and the input. */
static void add_command(struct front *front, struct front_flags *flags, CXCompileCommand command) {
    VEC(const char *) words = {0};
    const char *input = front_string(front, clang_CompileCommand_getFilename(command));
    for (unsigned i = 1; i < clang_CompileCommand_getNumArgs(command); i++) {
        const char *word = front_string(front, clang_CompileCommand_getArg(command, i));
        const char *base = strrchr(input, '/') ? strrchr(input, '/') + 1 : input;
        const char *word_base = strrchr(word, '/') ? strrchr(word, '/') + 1 : word;
        bool is_input = *word != '-' && strcmp(base, word_base) == 0;
        if (!is_input && strcmp(word, "--") != 0)
            VEC_PUSH(front->arena, words, word);
    }
    const char *directory = front_string(front, clang_CompileCommand_getDirectory(command));
    add(front, flags, arena_printf(front->arena, "-working-directory=%s", directory));
    add_filtered(front, flags, words.items, words.count);
}

static void report_database(struct front *front, const char *directory, const char *what) {
    const char *text =
        arena_printf(front->arena,
                     "%s in '%s/compile_commands.json': give the flags on the command line, or "
                     "another directory with -p",
                     what, directory);
    diag_foreign(front->diag, DIAG_ERROR, (struct loc){0}, text);
}

static bool add_commands_of(struct front *front, struct front_flags *flags, CXCompilationDatabase database,
                            const char *directory) {
    CXCompileCommands commands = clang_CompilationDatabase_getCompileCommands(database, flags->input);
    bool found = commands && clang_CompileCommands_getSize(commands) > 0;
    if (found)
        add_command(front, flags, clang_CompileCommands_getCommand(commands, 0));
    else
        report_database(front, directory,
                        arena_printf(front->arena, "there is no command for '%s'", flags->input));
    if (commands)
        clang_CompileCommands_dispose(commands);
    return found;
}

/* The flags may be relative to another directory, so that the input must not be. */
static bool add_database(struct front *front, struct front_flags *flags, const char *directory) {
    CXCompilationDatabase_Error error;
    char absolute[PATH_MAX];
    if (realpath(flags->input, absolute))
        flags->input = arena_strdup(front->arena, absolute);
    CXCompilationDatabase database = clang_CompilationDatabase_fromDirectory(directory, &error);
    if (error != CXCompilationDatabase_NoError) {
        report_database(front, directory, "nothing can be read");
        return false;
    }
    bool found = add_commands_of(front, flags, database, directory);
    clang_CompilationDatabase_dispose(database);
    return found;
}

/* ---- the parser's own headers ------------------------------------------------------------------- */

static bool has_stddef(struct front *front, const char *resource) {
    return access(arena_printf(front->arena, "%s/include/stddef.h", resource), R_OK) == 0;
}

/* The parser finds them by itself where it is installed as its authors meant. */
static bool parser_finds_headers(struct front *front) {
    struct CXUnsavedFile probe = {"cgrad-probe.c", "#include <stddef.h>\n#include <float.h>\nsize_t probe;\n",
                                  0};
    probe.Length = strlen(probe.Contents);
    CXTranslationUnit tu = NULL;
    if (clang_parseTranslationUnit2(front->index, probe.Filename, NULL, 0, &probe, 1, 0, &tu) !=
        CXError_Success)
        return false;
    bool found = clang_getNumDiagnostics(tu) == 0;
    clang_disposeTranslationUnit(tu);
    return found;
}

/* The first number in "clang version 19.1.7". */
static unsigned parser_version(struct front *front) {
    const char *text = front_string(front, clang_getClangVersion());
    text += strcspn(text, "0123456789");
    return (unsigned)strtoul(text, NULL, 10);
}

/* The directory of the parser's library, or NULL. */
static const char *library_directory(struct front *front) {
    Dl_info info;
    char path[PATH_MAX];
    union {
        CXString (*function)(void);
        void *address;
    } known = {clang_getClangVersion};
    if (!dladdr(known.address, &info) || !realpath(info.dli_fname, path))
        return NULL;
    char *slash = strrchr(path, '/');
    return arena_strndup(front->arena, path, (size_t)(slash - path));
}

static const char *find_resource_directory(struct front *front) {
    unsigned version = parser_version(front);
    const char *beside = library_directory(front);
    const char *candidates[] = {
        beside ? arena_printf(front->arena, "%s/clang/%u", beside, version) : NULL,
        beside ? arena_printf(front->arena, "%s/../lib/clang/%u", beside, version) : NULL,
        beside ? arena_printf(front->arena, "%s/../llvm-%u/lib/clang/%u", beside, version, version) : NULL,
#ifdef CGRAD_RESOURCE_DIR
        CGRAD_RESOURCE_DIR,
#endif
        arena_printf(front->arena, "/usr/lib/llvm-%u/lib/clang/%u", version, version),
    };
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (candidates[i] && has_stddef(front, candidates[i]))
            return candidates[i];
    return NULL;
}

/* Without any of clang's, those of gcc serve. */
static const char *gcc_headers(struct front *front) {
    char line[PATH_MAX] = "";
    FILE *pipe = popen("gcc -print-file-name=include 2>/dev/null", "r");
    if (!pipe)
        return NULL;
    bool read = fgets(line, sizeof line, pipe) != NULL;
    pclose(pipe);
    line[strcspn(line, "\n")] = '\0';
    return read && *line == '/' ? arena_strdup(front->arena, line) : NULL;
}

static void add_headers(struct front *front, struct front_flags *flags) {
    if (has_flag(flags, "-resource-dir") || has_flag(flags, "-nostdinc") || parser_finds_headers(front))
        return;
    const char *resource = find_resource_directory(front);
    const char *gcc = resource ? NULL : gcc_headers(front);
    if (resource || gcc) {
        add(front, flags, resource ? "-resource-dir" : "-isystem");
        add(front, flags, resource ? resource : gcc);
    }
}

/* ---- where <cgrad/cgrad.h> is ----------------------------------------------------------------------- */

static bool has_runtime(struct front *front, const char *directory) {
    return access(arena_printf(front->arena, "%s/cgrad/cgrad.h", directory), R_OK) == 0;
}

/* The runtime of this installation, or of the checkout that this was built from. */
static const char *runtime_directory(struct front *front) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    while (length > 0 && path[length - 1] != '/')
        length--;
    const char *candidates[] = {
        length > 0 ? arena_printf(front->arena, "%.*s../include", (int)length, path) : NULL,
#ifdef CGRAD_RUNTIME_DIR
        CGRAD_RUNTIME_DIR,
#endif
    };
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (candidates[i] && has_runtime(front, candidates[i]))
            return candidates[i];
    return NULL;
}

/* Behind all other places: the user's -I says which runtime is meant. */
static void add_runtime(struct front *front, struct front_flags *flags) {
    const char *directory = runtime_directory(front);
    if (!directory)
        return;
    add(front, flags, "-idirafter");
    add(front, flags, directory);
}

/* ---- macros that say that there is a vector unit ------------------------------------------------------ */

void front_add_portable(struct front *front, struct front_flags *portable, const struct front_flags *flags) {
    static const char *const undefined[] = {"-U__MMX__",      "-U__SSE__",
                                            "-U__SSE2__",     "-U__SSE3__",
                                            "-U__SSSE3__",    "-U__SSE4_1__",
                                            "-U__SSE4_2__",   "-U__AVX__",
                                            "-U__AVX2__",     "-U__AVX512F__",
                                            "-U__FMA__",      "-U__ARM_NEON",
                                            "-U__ARM_NEON__", "-Wno-builtin-macro-redefined"};
    for (size_t i = 0; i < flags->items.count; i++)
        add(front, portable, flags->items.items[i]);
    for (size_t i = 0; i < sizeof undefined / sizeof *undefined; i++)
        add(front, portable, undefined[i]);
}

/* ---- all ---------------------------------------------------------------------------------------- */

bool front_collect_flags(struct front *front, const struct front_options *options,
                         struct front_flags *flags) {
    if (options->compdb && !add_database(front, flags, options->compdb))
        return false;
    add_filtered(front, flags, options->flags, options->flag_count);
    if (!has_flag(flags, "-std="))
        add(front, flags, "-std=gnu17");
    if (!has_flag(flags, "-x"))
        add(front, flags, "-xc");
    add(front, flags, "-D__CGRAD__");
    add(front, flags, "-Wno-unknown-warning-option");
    add(front, flags, "-Wno-pragma-once-outside-header"); /* in a text that is joined */
    add(front, flags, "-Wno-unused-command-line-argument");
    add(front, flags, "-Wno-ignored-optimization-argument");
    add(front, flags, "-ferror-limit=0");
    add_headers(front, flags);
    add_runtime(front, flags);
    return true;
}

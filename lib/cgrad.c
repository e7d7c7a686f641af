/* cgrad: the pipeline, from options to files, one call a line. It reads every layer and decides nothing about
 * C or derivatives; it owns the arena of the compilation, the names of the files and the order of the passes.
 *
 * Files are written last and only if no error was reported.
 */
#define _POSIX_C_SOURCE 200809L
#include "cgrad.h"

#include "base/base.h"
#include "ir/ir.h"
#include "rules/rules.h"
#include "front/front.h"
#include "emit/emit.h"
#include "ad/ad.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATUS_DONE, STATUS_ERRORS, STATUS_USAGE };

/* All that belongs to one run. The paths are NULL where nothing is written. */
struct run {
    const struct cg_options *options;
    struct arena *arena;
    struct diag *diag;
    struct types *types;
    struct rules *rules;
    struct unit *unit;
    VEC(const struct request_text *) requests;
    struct output output;
    struct text source, header, depfile;
    const char *header_path, *depfile_path;
    bool wrong_usage;
};

static const struct loc nowhere = {0};

/* ---- names of files ------------------------------------------------------------------------------ */

static bool is_stdout(const char *path) {
    return strcmp(path, "-") == 0;
}

/* A terminal, a pipe, /dev/null: nothing is written beside it. */
static bool is_stream(const char *path) {
    struct stat info;
    return is_stdout(path) || (stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode));
}

static bool is_same_file(const char *a, const char *b) {
    struct stat info_a, info_b;
    if (strcmp(a, b) == 0)
        return true;
    return stat(a, &info_a) == 0 && stat(b, &info_b) == 0 && S_ISREG(info_a.st_mode) &&
           info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;
}

/* `path` with `extension` in place of its own. */
static const char *with_extension(struct arena *arena, const char *path, const char *extension) {
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    size_t length = dot && dot > base ? (size_t)(dot - path) : strlen(path);
    return arena_printf(arena, "%.*s%s", (int)length, path, extension);
}

static bool refuse_usage(struct run *run) {
    run->wrong_usage = true;
    return false;
}

static bool name_files(struct run *run) {
    const struct cg_options *options = run->options;
    bool stream = is_stream(options->output);
    run->header_path = options->header;
    if (!options->header && !stream && !options->stop_after)
        run->header_path = with_extension(run->arena, options->output, ".h");
    if (run->header_path && is_same_file(run->header_path, options->output)) {
        diag_report(run->diag, nowhere, ERR_HEADER_IS_OUTPUT, options->output);
        return refuse_usage(run);
    }
    if (options->depfile && !options->depfile_path && stream) {
        diag_report(run->diag, nowhere, ERR_DEPFILE_UNNAMED);
        return refuse_usage(run);
    }
    if (options->depfile)
        run->depfile_path =
            options->depfile_path ? options->depfile_path : with_extension(run->arena, options->output, ".d");
    return true;
}

/* ---- requests of the command line --------------------------------------------------------------------- */

static const char *const mode_names[MODE_COUNT] = {
    [MODE_GRAD] = "grad", [MODE_VJP] = "vjp",           [MODE_SPLIT] = "split",    [MODE_JVP] = "jvp",
    [MODE_HVP] = "hvp",   [MODE_JACOBIAN] = "jacobian", [MODE_HESSIAN] = "hessian"};

static enum mode mode_of(const char *option) {
    for (size_t mode = 0; mode < MODE_COUNT; mode++)
        if (strcmp(mode_names[mode], option) == 0)
            return (enum mode)mode;
    BUG("no mode is called '%s'", option);
}

static const char *skip_space(const char *text) {
    while (isspace((unsigned char)*text))
        text++;
    return text;
}

static size_t identifier_length(const char *text) {
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_')
        length++;
    return isdigit((unsigned char)*text) ? 0 : length;
}

/* "f: x[n] -> return": the function, and the rest for those who know its parameters. */
static bool read_request(struct run *run, const struct cg_option_request *option) {
    const char *name = skip_space(option->text);
    size_t length = identifier_length(name);
    const char *colon = skip_space(name + length);
    if (length == 0 || *colon != ':') {
        diag_report(run->diag, nowhere, ERR_REQUEST_FORM, option->option, option->text, option->option);
        return refuse_usage(run);
    }
    struct request_text *request = NEW(run->arena, struct request_text);
    request->mode = mode_of(option->option);
    request->function = arena_strndup(run->arena, name, length);
    request->text = skip_space(colon + 1);
    VEC_PUSH(run->arena, run->requests, request);
    return true;
}

static bool read_option_requests(struct run *run) {
    for (size_t i = 0; i < run->options->request_count; i++)
        read_request(run, &run->options->requests[i]);
    return !run->wrong_usage;
}

/* ---- the passes -------------------------------------------------------------------------------------- */

static bool no_errors(const struct run *run) {
    return diag_error_count(run->diag) == 0;
}

static bool load_rules(struct run *run) {
    run->types = types_create(run->arena);
    run->rules = rules_create(run->arena, run->types);
    return !run->options->rules || rules_load(run->rules, run->diag, run->options->rules);
}

static void dump(const struct run *run, const char *pass, const struct func *func) {
    if (!run->options->dump || strcmp(run->options->dump, pass) != 0)
        return;
    struct text text = {0};
    func_dump(&text, func, NULL, NULL);
    fputs(text_string(&text), stdout);
    text_free(&text);
}

static void check_pass(const struct run *run, const char *pass, const struct func *func) {
    dump(run, pass, func);
    func_verify(run->unit, func, pass);
}

static bool parse_input(struct run *run) {
    const struct cg_options *options = run->options;
    struct front_options front = {.input = options->input,
                                  .further = options->further,
                                  .further_count = options->further_count,
                                  .flags = options->flags,
                                  .flag_count = options->flag_count,
                                  .compdb = options->compdb,
                                  .requests = run->requests.items,
                                  .request_count = run->requests.count};
    run->unit = front_parse(run->arena, run->diag, run->rules, run->types, &front);
    if (!run->unit || !no_errors(run))
        return false;
    for (size_t i = 0; i < run->unit->funcs.count; i++) {
        const struct func *func = run->unit->funcs.items[i];
        if (func->defined && !func->unsupported)
            check_pass(run, "front", func);
    }
    return true;
}

/* An output that is also read would be lost. */
static bool check_output_is_not_read(struct run *run) {
    const char *const written[] = {run->options->output, run->header_path, run->depfile_path};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        for (size_t k = 0; written[i] && k < run->unit->files.count; k++)
            if (is_same_file(written[i], run->unit->files.items[k])) {
                diag_report(run->diag, nowhere, ERR_OUTPUT_IS_INPUT, written[i]);
                return refuse_usage(run);
            }
    return true;
}

/* Requests of the source come first, then those of the command line. */
static bool collect_requests(struct run *run) {
    VEC(const struct request_text *) all = {0};
    for (size_t i = 0; i < run->unit->requests.count; i++)
        VEC_PUSH(run->arena, all, run->unit->requests.items[i]);
    for (size_t i = 0; i < run->requests.count; i++)
        VEC_PUSH(run->arena, all, run->requests.items[i]);
    run->requests.items = all.items;
    run->requests.count = all.count;
    run->requests.capacity = all.capacity;
    if (all.count == 0)
        diag_report(run->diag, (struct loc){.file = run->options->input}, ERR_NO_REQUEST);
    return all.count > 0;
}

static bool plan_is(const struct run *run, const char *name) {
    return run->options->plan && strcmp(run->options->plan, name) == 0;
}

static bool differentiate(struct run *run) {
    const struct ad_options options = {.requests = run->requests.items,
                                       .request_count = run->requests.count,
                                       .store_all = plan_is(run, "store-all"),
                                       .no_fuse = plan_is(run, "no-fuse"),
                                       .no_inline = plan_is(run, "no-inline"),
                                       .no_slots = plan_is(run, "no-slots"),
                                       .no_reuse = plan_is(run, "no-reuse"),
                                       .no_lift = plan_is(run, "no-lift"),
                                       .no_primal = run->options->no_primal,
                                       .workspace = run->options->workspace,
                                       .no_slices = plan_is(run, "no-slices"),
                                       .no_elements = plan_is(run, "no-elements"),
                                       .no_order = plan_is(run, "no-order"),
                                       .no_guard = plan_is(run, "no-guard"),
                                       .report = run->options->report};
    if (!ad_differentiate(run->unit, run->rules, &options, &run->output) || !no_errors(run))
        return false;
    for (size_t i = 0; i < run->output.funcs.count; i++)
        check_pass(run, "ad", run->output.funcs.items[i]);
    return true;
}

static bool print_output(struct run *run) {
    const struct emit_options options = {.output = run->options->output,
                                         .header = run->header_path,
                                         .version = CG_VERSION,
                                         .standalone = run->options->standalone};
    emit_unit(run->unit, &run->output, &options, &run->source, &run->header);
    return no_errors(run);
}

static bool print_identity(struct run *run) {
    emit_identity(run->unit, &run->source);
    return no_errors(run);
}

/* ---- files out --------------------------------------------------------------------------------------- */

/* A path as Make and Ninja read it. */
static void put_dependency(struct text *out, const char *path) {
    for (const char *p = path; *p; p++) {
        if (*p == ' ' || *p == '#')
            text_put(out, "\\");
        if (*p == '$')
            text_put(out, "$");
        text_put_n(out, p, 1);
    }
}

static bool print_depfile(struct run *run) {
    if (!run->depfile_path)
        return true;
    const struct cg_options *options = run->options;
    put_dependency(&run->depfile, options->depfile_target ? options->depfile_target : options->output);
    text_put(&run->depfile, ":");
    for (size_t i = 0; i < run->unit->files.count; i++) {
        text_put(&run->depfile, " \\\n  ");
        put_dependency(&run->depfile, run->unit->files.items[i]);
    }
    if (options->rules) {
        text_put(&run->depfile, " \\\n  ");
        put_dependency(&run->depfile, options->rules);
    }
    text_newline(&run->depfile);
    return true;
}

/* Adds the file to those that are written; standard output is written at once. */
static const char *add_file(const char *path, const struct text *text, struct file_text *files,
                            size_t *count) {
    if (!path)
        return NULL;
    if (is_stdout(path)) {
        bool written =
            fwrite(text_string(text), 1, text->length, stdout) == text->length && fflush(stdout) == 0;
        return written ? NULL : path;
    }
    files[(*count)++] = (struct file_text){path, text_string(text), text->length};
    return NULL;
}

static bool write_files(struct run *run) {
    struct file_text files[3];
    size_t count = 0;
    const char *failed = add_file(run->header_path, &run->header, files, &count);
    if (!failed)
        failed = add_file(run->depfile_path, &run->depfile, files, &count);
    if (!failed)
        failed = add_file(run->options->output, &run->source, files, &count);
    if (!failed)
        failed = file_write_all(run->arena, files, count);
    if (failed)
        diag_report(run->diag, nowhere, ERR_WRITE_FILE, failed, strerror(errno));
    return !failed;
}

/* ---- the pipeline ------------------------------------------------------------------------------------- */

static bool run_derivatives(struct run *run) {
    return collect_requests(run) /* of the source, then of the command line */
           && differentiate(run) /* a new function for every request */
           && print_output(run); /* source and header */
}

static bool print_code(struct run *run) {
    return run->options->stop_after ? print_identity(run) : run_derivatives(run);
}

static bool run_passes(struct run *run) {
    return name_files(run)                  /* header and depfile beside the output */
           && read_option_requests(run)     /* --grad 'f: x' */
           && load_rules(run)               /* what is known of functions without source */
           && parse_input(run)              /* C -> IR in normal form */
           && check_output_is_not_read(run) /* nothing that was read is overwritten */
           && print_code(run)               /* IR -> derivatives -> C */
           && print_depfile(run)            /* every file that was read */
           && write_files(run);             /* all or, after an error, none */
}

static bool wants_color(enum cg_color color) {
    switch (color) {
    case CG_COLOR_ALWAYS: return true;
    case CG_COLOR_NEVER: return false;
    case CG_COLOR_AUTO: break;
    }
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !getenv("NO_COLOR") && terminal && strcmp(terminal, "dumb") != 0;
}

int cg_run(const struct cg_options *options) {
    struct arena *arena = arena_create();
    struct run run = {.options = options, .arena = arena};
    run.diag = diag_create(arena, (struct diag_options){.color = wants_color(options->color),
                                                        .quiet = options->quiet,
                                                        .warnings_as_errors = options->warnings_as_errors,
                                                        .stream = stderr});
    bool done = run_passes(&run);
    text_free(&run.source);
    text_free(&run.header);
    text_free(&run.depfile);
    arena_destroy(arena);
    return done ? STATUS_DONE : run.wrong_usage ? STATUS_USAGE : STATUS_ERRORS;
}

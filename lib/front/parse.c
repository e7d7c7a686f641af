/* parse: the entrance. Flags, the parser's own headers, its diagnostics; then the order of things:
 * what the input declares, its text, the bodies.
 *
 * After an error of the parser nothing is lowered: it drops statements that it does not understand (`x = n +
 * undeclared;`).
 */
#include "front/front_private.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- diagnostics of the parser ------------------------------------------------------------------ */

static enum diag_severity severity_of(CXDiagnostic diagnostic) {
    enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(diagnostic);
    if (severity >= CXDiagnostic_Error)
        return DIAG_ERROR;
    return severity == CXDiagnostic_Warning ? DIAG_WARNING : DIAG_NOTE;
}

static void forward(struct front *front, CXDiagnostic diagnostic) {
    CXSourceLocation location = clang_getDiagnosticLocation(diagnostic);
    const char *text = front_string(front, clang_getDiagnosticSpelling(diagnostic));
    diag_foreign(front->diag, severity_of(diagnostic), front_loc(front, location), text);
    CXDiagnosticSet children = clang_getChildDiagnostics(diagnostic);
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(children); i++)
        forward(front, clang_getDiagnosticInSet(children, i));
}

/* Whether there were errors. */
static bool forward_diagnostics(struct front *front) {
    bool failed = false;
    for (unsigned i = 0; i < clang_getNumDiagnostics(front->tu); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(front->tu, i);
        enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(diagnostic);
        failed |= severity >= CXDiagnostic_Error;
        if (severity >= CXDiagnostic_Warning)
            forward(front, diagnostic);
        clang_disposeDiagnostic(diagnostic);
    }
    return failed;
}

/* ---- parsing ------------------------------------------------------------------------------------ */

static const char *parse_error(enum CXErrorCode code) {
    switch (code) {
    case CXError_Crashed: return "the C parser crashed";
    case CXError_InvalidArguments: return "the C parser does not take these flags";
    case CXError_Failure:
    case CXError_ASTReadError:
    case CXError_Success: break;
    }
    return "the C parser failed";
}

static bool parse_text(struct front *front, const struct front_flags *flags) {
    unsigned options = CXTranslationUnit_DetailedPreprocessingRecord;
    struct CXUnsavedFile joined = {flags->input, front->joined, front->joined_length};
    if (front->tu)
        clang_disposeTranslationUnit(front->tu);
    front->tu = NULL;
    enum CXErrorCode code =
        clang_parseTranslationUnit2(front->index, flags->input, flags->items.items, (int)flags->items.count,
                                    &joined, 1, options, &front->tu);
    if (code != CXError_Success || !front->tu) {
        diag_foreign(front->diag, DIAG_ERROR, (struct loc){front->unit->input, 1, 1}, parse_error(code));
        return false;
    }
    front->main_file = clang_getFile(front->tu, flags->input);
    return true;
}

static bool parse_pieces(struct front *front, const struct front_flags *flags) {
    do
        if (!parse_text(front, flags))
            return false;
    while (front_splice(front));
    return true;
}

static bool has_errors(CXTranslationUnit tu) {
    bool found = false;
    for (unsigned i = 0; i < clang_getNumDiagnostics(tu); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);
        found |= clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        clang_disposeDiagnostic(diagnostic);
    }
    return found;
}

/* What is written for vector units, too, is read in its portable form, unless there is none. */
static bool parse(struct front *front, const struct front_flags *flags) {
    struct front_flags portable = {.input = flags->input};
    front_add_portable(front, &portable, flags);
    if (!parse_pieces(front, &portable) || (has_errors(front->tu) && !parse_pieces(front, flags)))
        return false;
    return !forward_diagnostics(front);
}

static bool is_readable_file(struct front *front, const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) {
        diag_report(front->diag, (struct loc){0}, ERR_READ_FILE, path, strerror(errno));
        return false;
    }
    fclose(file);
    return true;
}

static bool is_readable(struct front *front, const struct front_options *options) {
    bool readable = is_readable_file(front, options->input);
    for (size_t i = 0; i < options->further_count; i++)
        readable &= is_readable_file(front, options->further[i]);
    return readable;
}

/* ---- files -------------------------------------------------------------------------------------- */

static void add_file(struct front *front, const char *name) {
    for (size_t i = 0; i < front->unit->files.count; i++)
        if (strcmp(front->unit->files.items[i], name) == 0)
            return;
    VEC_PUSH(front->arena, front->unit->files, name);
}

static void add_included(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data) {
    struct front *front = data;
    (void)stack;
    add_file(front, depth == 0 ? front->unit->input : front_string(front, clang_getFileName(file)));
}

static void note_files(struct front *front) {
    clang_getInclusions(front->tu, add_included, front);
    for (size_t i = 0; i < front->pieces.count; i++)
        add_file(front, front->pieces.items[i].file);
}

static enum CXChildVisitResult add_typedef(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct front *front = data;
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_TypedefDecl)
        map_put(front->typedefs, front_spelling(front, cursor), front);
    return CXChildVisit_Continue;
}

static void note_typedefs(struct front *front) {
    front->typedefs = map_create(front->arena);
    clang_visitChildren(clang_getTranslationUnitCursor(front->tu), add_typedef, front);
}

static bool is_skipped(const CXSourceRangeList *skipped, unsigned offset) {
    for (unsigned k = 0; k < skipped->count; k++) {
        unsigned begin, end;
        clang_getFileLocation(clang_getRangeStart(skipped->ranges[k]), NULL, NULL, NULL, &begin);
        clang_getFileLocation(clang_getRangeEnd(skipped->ranges[k]), NULL, NULL, NULL, &end);
        if (begin <= offset && offset < end)
            return true;
    }
    return false;
}

/* But for those behind an #if that does not hold: a main, say, that uses what is generated here. */
static void note_identifiers(struct front *front) {
    const struct token_table *table = front_tokens(front, front->main_file);
    CXSourceRangeList *skipped = clang_getSkippedRanges(front->tu, front->main_file);
    for (size_t i = 0; i < table->count; i++)
        if (table->items[i].kind == CXToken_Identifier && !is_skipped(skipped, table->items[i].begin))
            map_put(front->unit->identifiers, token_text(front, table, i), front);
    clang_disposeSourceRangeList(skipped);
}

/* ---- declarations and bodies -------------------------------------------------------------------- */

/* An inline function of a header can be asked for by name. */
static bool is_requested_here(struct front *front, CXCursor function) {
    return clang_isCursorDefinition(function) && !front_in_system_header(function) &&
           map_get(front->requested, front_spelling(front, function));
}

static enum CXChildVisitResult declare(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct front *front = data;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl)
        return CXChildVisit_Continue;
    map_put(front->unit->declared, front_spelling(front, cursor), front);
    if (front_in_input(front, cursor) || is_requested_here(front, cursor)) {
        front_function(front, cursor);
        front_annotations(front, cursor);
    }
    return CXChildVisit_Continue;
}

/* A function that is declared and never called needs no replacement. */
static void settle_custom(struct front *front, const struct custom *custom) {
    struct func *func = unit_find_func(front->unit, custom->function);
    if (!map_get(front->unit->declared, custom->function))
        diag_report(front->diag, custom->loc, ERR_CUSTOM_UNKNOWN, custom->replacement, custom->function,
                    custom->is_vjp ? "VJP" : "JVP");
    else if (func && custom->is_vjp)
        func->custom_vjp = custom->replacement;
    else if (func)
        func->custom_jvp = custom->replacement;
}

static void settle_customs(struct front *front) {
    for (size_t i = 0; i < front->customs.count; i++)
        settle_custom(front, &front->customs.items[i]);
}

/* Lowering a body may find further functions. */
static void lower_bodies(struct front *front) {
    for (size_t i = 0; i < front->bodies.count; i++)
        front_lower_function(front, front->bodies.items[i].func, front->bodies.items[i].definition);
}

static void read_unit(struct front *front) {
    note_files(front);
    note_identifiers(front);
    note_typedefs(front);
    front_collect_macros(front);
    front_collect_constants(front);
    front_carry(front);
    clang_visitChildren(clang_getTranslationUnitCursor(front->tu), declare, front);
    lower_bodies(front);
    settle_customs(front);
    front_sort_carried(front->unit);
    front_find_settings(front);
}

/* ---- the entrance ------------------------------------------------------------------------------- */

static void note_requests(struct front *front, const struct front_options *options) {
    front->requested = map_create(front->arena);
    for (size_t i = 0; i < options->request_count; i++)
        map_put(front->requested, options->requests[i]->function, front);
}

static struct unit *new_unit(struct arena *arena, struct diag *diag, struct types *types, const char *input) {
    struct unit *unit = NEW(arena, struct unit);
    unit->arena = arena;
    unit->types = types;
    unit->names = interner_create(arena);
    unit->diag = diag;
    unit->input = intern(unit->names, input);
    unit->identifiers = map_create(arena);
    unit->declared = map_create(arena);
    return unit;
}

struct unit *front_parse(struct arena *arena, struct diag *diag, const struct rules *rules,
                         struct types *types, const struct front_options *options) {
    struct front *front = NEW(arena, struct front);
    struct front_flags flags = {.input = options->input};
    front->arena = arena;
    front->diag = diag;
    front->rules = rules;
    front->types = types;
    front->unit = new_unit(arena, diag, types, options->input);
    front->stores = map_create(arena);
    front->local_types = map_create(arena);
    note_requests(front, options);
    if (!is_readable(front, options) || !front_begin_text(front, options->further, options->further_count))
        return NULL;
    front->index = clang_createIndex(0, 0);
    bool ready = front_collect_flags(front, options, &flags) && parse(front, &flags);
    if (ready)
        read_unit(front);
    if (front->tu)
        clang_disposeTranslationUnit(front->tu);
    clang_disposeIndex(front->index);
    return ready ? front->unit : NULL;
}

/* front, inside: what its files share. Only files that include this one know of libclang.
 *
 * parse.c      parsing, diagnostics, the order of things: front_parse; flags.c: the parser's flags and headers
 * splice.c     included files that are text of the input
 * cursor.c     questions to libclang: children, text, locations, a map keyed by declarations
 * tokens.c     one token table per file: comments, and what the cursors do not tell
 * macros.c     which expression is the whole expansion of which object-like macro
 * types.c      types, records, array extents
 * declare.c    functions and variables, on first sight; annotations
 * function.c   one body: parameters, names, refusal
 * expr.c       expressions; operator.c: operators, casts, sizeof; logical.c: && || ?:; call.c: calls; init.c:
 * initializers
 * effects.c    side effects moved out of expressions
 * stmt.c       statements; loop.c: loops; counted.c: which of them are counted; switch.c: switch
 * invariant.c  what a loop leaves unchanged
 * carry.c      the input's own text
 * extents.c    expressions in requests; constants.c: the constants that they may name
 */
#ifndef CG_FRONT_PRIVATE_H
#define CG_FRONT_PRIVATE_H

#include "front/front.h"

#include <clang-c/Index.h>
#include <setjmp.h>

struct front;

/* ---- flags.c ------------------------------------------------------------------------------------ */

struct front_flags {
    const char *input; /* as the parser is told */
    VEC(const char *) items;
};

/* False after an error, which is reported. */
bool front_collect_flags(struct front *front, const struct front_options *options, struct front_flags *flags);
/* The same flags, without the macros by which programs find out that there is a vector unit. */
void front_add_portable(struct front *front, struct front_flags *portable, const struct front_flags *flags);

/* ---- splice.c ----------------------------------------------------------------------------------- */

/* A part of the text that is parsed, and where the user wrote it. */
struct piece {
    const char *file, *text;
    size_t length;
    unsigned line;  /* of the file */
    unsigned start; /* line of the text */
};

/* The text of the input itself, behind further ones; false if it cannot be read. */
bool front_begin_text(struct front *front, const char *const *further, size_t count);
/* Joins what is included as text into it. False if there is nothing to join; else the text must be parsed again. */
bool front_splice(struct front *front);
/* From a line of the joined text to that of the file. */
void front_place(const struct front *front, struct loc *loc);

/* ---- cursor.c ----------------------------------------------------------------------------------- */

struct children {
    CXCursor *items;
    size_t count;
};

/* A range of one file, by offset; where a macro is expanded, the range of its use. */
struct extent {
    CXFile file;
    unsigned begin, end;
};

/* The string in the arena, interned; disposes of it. */
const char *front_string(struct front *front, CXString string);
const char *front_spelling(struct front *front, CXCursor cursor);
struct loc front_loc(struct front *front, CXSourceLocation location);
struct loc front_cursor_loc(struct front *front, CXCursor cursor);
struct extent front_extent(CXCursor cursor);
/* Whether both are in the same file, which may be NULL. */
bool front_same_file(CXFile a, CXFile b);
bool front_in_input(const struct front *front, CXCursor cursor);
bool front_in_system_header(CXCursor cursor);
struct children front_children(struct front *front, CXCursor cursor);
/* Those children that are expressions or statements: no references to types, no declarations, no attributes.
 */
struct children front_parts(struct front *front, CXCursor cursor);
/* The integer value of a constant expression; false if libclang cannot tell. Only for the shapes of doc that
 * do not crash: literals, sizeof, offsetof, case labels, enumerators. */
bool front_evaluate(CXCursor cursor, long long *value);

/* Declarations (by their canonical cursor) -> what they became. */
struct cursor_entry {
    CXCursor key;
    void *value;
};

struct cursor_map {
    struct cursor_entry *entries;
    size_t capacity, count;
};

void *front_map_get(const struct cursor_map *map, CXCursor cursor);
void front_map_put(struct front *front, struct cursor_map *map, CXCursor cursor, void *value);

/* ---- tokens.c ----------------------------------------------------------------------------------- */

struct token {
    unsigned begin, end, line;
    CXTokenKind kind;
    bool first;   /* on its line */
    bool claimed; /* a comment that already belongs to a statement or function */
};

struct token_table {
    CXFile file;
    const char *text;
    size_t length;
    struct token *items;
    size_t count;
};

/* The table of a file, made on first use. */
struct token_table *front_tokens(struct front *front, CXFile file);
/* The index of the first token that begins at or behind the offset; count if there is none. */
size_t token_find(const struct token_table *table, unsigned offset);
bool token_is(const struct token_table *table, size_t index, const char *text);
const char *token_text(struct front *front, const struct token_table *table, size_t index);
/* The next token at or behind index that is no comment. */
size_t token_skip_comments(const struct token_table *table, size_t index);
/* The text between two offsets, in the arena. */
const char *token_slice(struct front *front, const struct token_table *table, unsigned begin, unsigned end);
/* Comments of a construct, each given away once; NULL if there is none. Leading ones stand between the token
 * before it and the construct; a trailing one stands behind it on its last line; a heading one is above a
 * function, without a gap. */
const char *token_leading_comment(struct front *front, struct token_table *table, unsigned begin);
const char *token_heading_comment(struct front *front, struct token_table *table, unsigned begin);
const char *token_trailing_comment(struct front *front, struct token_table *table, unsigned end);
/* The text of the literal that a cursor is, inside macros too; NULL if it cannot be had. */
const char *front_literal_text(struct front *front, CXCursor literal);

/* ---- macros.c ----------------------------------------------------------------------------------- */

struct expansion {
    unsigned begin, end;
    CXCursor definition; /* null for a builtin macro */
    const char *name;
};

void front_collect_macros(struct front *front);
/* Whether the name is anywhere defined as an object-like macro. */
bool front_is_macro(const struct front *front, const char *name);
/* The macro use that covers exactly this range of the main file, or NULL. */
const struct expansion *front_expansion_at(const struct front *front, struct extent extent);
/* The object-like macro whose whole replacement the expression is, or NULL. */
const char *front_macro_name(struct front *front, CXCursor expression);

/* ---- types.c ------------------------------------------------------------------------------------ */

/* The extents written in a declarator, outermost first; `next` is the one to use. */
struct dims {
    struct expr **items;
    size_t count, next;
};

struct type *front_type(struct front *front, CXType type);
struct type *front_type_dims(struct front *front, CXType type, struct dims *dims);
/* How many array levels are written in the declarator itself: those of typedefs do not count. */
size_t front_array_levels(CXType type);

/* Whether members of anonymous members stand among the fields. */
/* The one real type that all of it is made of; SCALAR_COUNT: there is none. */
enum type_scalar front_sole_real(const struct type *type);
bool front_is_flattened(const struct front *front, const struct record *record);

/* ---- declare.c ---------------------------------------------------------------------------------- */

struct func *front_function(struct front *front, CXCursor declaration);
struct var *front_global(struct front *front, CXCursor declaration);
bool front_is_inactive(struct front *front, CXCursor declaration);
/* const, of an array that of its elements. */
bool front_is_const(const struct type *type);
/* Requests and custom rules in the annotations of a function of the input. */
void front_annotations(struct front *front, CXCursor function);

/* ---- summary.c: what a call may store to -------------------------------------------------------- */

/* Memory by the type that it is accessed as (C11 6.5p7): a bit per scalar type, one for pointers, one for
 * characters and whatever else may be anything. */
#define STORES_POINTER (1u << SCALAR_COUNT)
#define STORES_ANYTHING (1u << (SCALAR_COUNT + 1))

unsigned front_access_class(const struct type *type);
/* Whether a call depends on its arguments only, and does nothing but return a value. */
bool front_is_pure(struct front *front, const struct func *callee);
unsigned front_call_stores(struct front *front, const struct func *callee);

/* ---- function.c: the state of lowering one body ------------------------------------------------- */

/* Effects that happen at the next sequence point: `p += 1` of `*p++`. */
struct pending {
    struct pending *outer;
    VEC(struct stmt *) effects;
};

struct visible {
    const char *name;
    struct var *var;
};

struct lower {
    struct front *front;
    struct unit *unit;
    struct func *func;
    struct token_table *tokens;
    struct block *out; /* statements go here */
    struct pending *pending;
    VEC(struct visible) scope; /* names in sight */
    struct cursor_map locals;  /* declaration -> struct var */
    struct cursor_map taken;   /* declarations whose address is taken somewhere in the body */
    struct cursor_map changed; /* declarations assigned somewhere in the body */
    VEC(const char *) labels;  /* of goto, by number */
    bool in_macro;             /* inside an expression that is kept by its macro's name */
    jmp_buf refused;
};

/* Gives up on this body: the reason, for the user: what it is and what to write instead. */
void front_refuse(struct lower *lower, CXCursor cursor, const char *format, ...) CG_PRINTF(3, 4) CG_NORETURN;
/* Lowers the body of a defined function, or sets func->unsupported. */
void front_lower_function(struct front *front, struct func *func, CXCursor definition);
/* A new local of the user's, under a name that hides nothing. */
struct var *front_new_local(struct lower *lower, CXCursor declaration, enum var_kind kind, struct type *type);
struct var *front_temporary(struct lower *lower, const char *base, struct type *type);
/* The variable that a reference means. */
struct var *front_lookup(struct lower *lower, CXCursor declaration);
/* The extents among the children of a declaration. */
struct dims front_lower_dims(struct lower *lower, CXCursor declaration, bool is_parameter);
struct type *front_written_type(struct lower *lower, CXCursor cursor, CXType type);

/* ---- effects.c ---------------------------------------------------------------------------------- */

void front_emit(struct lower *lower, struct stmt *stmt);
/* Emits `to = from`, or `to += from`. */
void front_emit_set(struct lower *lower, struct expr *to, struct expr *from, bool add);
void front_defer(struct lower *lower, struct stmt *effect);
/* A sequence point: deferred effects happen, and those of `values` that they would change are saved before.
 */
void front_sequence_point(struct lower *lower, struct expr **values, size_t count);
/* Lets those effects of an argument list wait that neither the callee can see nor the assignment of its value
 * to `to`. */
void front_pass_on_effects(struct lower *lower, struct pending *inner, const struct expr *to);
/* The value in a fresh variable. */
struct expr *front_save(struct lower *lower, struct expr *value, const char *base);
struct expr *front_copy(struct lower *lower, const struct expr *expr);

/* Lowering into another block for a while, with sequence points of its own. */
struct detour {
    struct block *out;
    struct pending pending;
};
void front_detour_begin(struct lower *lower, struct detour *detour, struct block *block);
void front_detour_end(struct lower *lower, struct detour *detour);

/* ---- expr.c, operator.c, call.c, init.c --------------------------------------------------------- */

/* The value (or the lvalue) of an expression; its effects are emitted, or deferred to the next sequence
 * point. */
struct expr *front_lower_value(struct lower *lower, CXCursor cursor);
/* A full expression that is used as a value: ends with a sequence point. */
struct expr *front_lower_full(struct lower *lower, CXCursor cursor);
/* A full expression for its effects. */
void front_lower_effect(struct lower *lower, CXCursor cursor);
/* The expression's effects without a sequence point at the end. */
void front_lower_discarded(struct lower *lower, CXCursor cursor);
/* to = expression, calls and choices straight into `to`. */
void front_lower_into(struct lower *lower, struct expr *to, CXCursor cursor);
/* Whether front_lower_into assigns from inside of the expression. */
bool front_assigns_itself(struct lower *lower, CXCursor cursor);
/* The expression below parentheses and __extension__. */
CXCursor front_unwrapped(struct lower *lower, CXCursor cursor);

/* Refuses an expression or variable whose type the IR cannot represent. */
void front_check_type(struct lower *lower, CXCursor cursor);
/* ++ and -- whose value nobody uses. */
void front_lower_increment(struct lower *lower, CXCursor cursor);
struct expr *front_lower_unary(struct lower *lower, CXCursor cursor);
struct expr *front_lower_binary(struct lower *lower, CXCursor cursor);
struct expr *front_lower_compound(struct lower *lower, CXCursor cursor);
struct expr *front_lower_conditional(struct lower *lower, CXCursor cursor);
struct expr *front_lower_cast(struct lower *lower, CXCursor cursor);
struct expr *front_lower_unexposed(struct lower *lower, CXCursor cursor);
struct expr *front_lower_sizeof(struct lower *lower, CXCursor cursor);
/* The implicit conversion to a type; none where they have the same meaning. */
struct expr *front_convert(struct lower *lower, CXCursor cursor, struct expr *value, struct type *to);
/* The same between integers. */
struct expr *front_convert_int(struct lower *lower, struct expr *value, struct type *to);
bool front_is_assignment(CXCursor cursor);
/* logical.c */
struct expr *front_negate(struct lower *lower, struct expr *condition);
struct expr *front_lower_logical(struct lower *lower, CXCursor cursor);
bool front_is_logical(CXCursor cursor);
void front_lower_logical_effect(struct lower *lower, CXCursor cursor);
void front_lower_conditional_into(struct lower *lower, struct expr *to, CXCursor cursor);

/* Whether it is a call that stays a statement; where it is not, it is part of an expression. */
bool front_is_call_statement(struct lower *lower, CXCursor cursor);
struct expr *front_lower_call(struct lower *lower, CXCursor cursor);
/* The call below conversions of its void * to the pointer type `to`, or the expression itself. */
CXCursor front_memory_call(struct lower *lower, const struct type *to, CXCursor cursor);
/* The call with its value assigned to `to` (NULL: dropped). */
void front_lower_call_into(struct lower *lower, struct expr *to, CXCursor cursor);

/* The initializer of an object of this type, as one pure expression. */
struct expr *front_lower_initializer(struct lower *lower, struct type *type, CXCursor cursor);
struct expr *front_lower_compound_literal(struct lower *lower, CXCursor cursor);

/* ---- stmt.c, loop.c, switch.c, invariant.c ------------------------------------------------------ */

void front_lower_statement(struct lower *lower, CXCursor cursor);
/* A statement as the body of another: a compound statement's contents without a block of their own. */
void front_lower_body(struct lower *lower, CXCursor cursor, struct block *block);
/* The number of a label, for STMT_BREAK and its mark (front/jumps.h). */
unsigned front_label_bit(struct lower *lower, CXCursor cursor, const char *name);
struct stmt *front_label_mark(struct lower *lower, CXCursor cursor, unsigned label);
void front_lower_compound_items(struct lower *lower, CXCursor compound);
void front_lower_declaration(struct lower *lower, CXCursor variable);
void front_lower_while(struct lower *lower, CXCursor cursor);
void front_lower_do(struct lower *lower, CXCursor cursor);
void front_lower_for(struct lower *lower, CXCursor cursor);
void front_lower_switch(struct lower *lower, CXCursor cursor);
void front_add_increment_mark(struct lower *lower, struct block *body);

/* A loop whose parts are lowered, before it is decided what it becomes. */
struct loop_pieces {
    struct loc loc;
    struct block init, effects, increment, body; /* effects: of the condition */
    struct expr *condition;                      /* NULL: none */
    /* found by counted.c */
    struct var *index;
    struct expr *hi, *step;
    enum binary_op rel;
    struct expr *rest;  /* of the condition, which leaves the loop early; NULL: none */
    size_t step_at;     /* in the increment */
    struct block after; /* behind the loop */
};

/* The counted loop that the pieces make (what precedes it stays in init), or NULL. */
struct stmt *front_count_loop(struct lower *lower, struct loop_pieces *pieces);
/* if (!condition) break; */
struct stmt *front_way_out(struct lower *lower, struct expr *condition, struct loc loc);
/* Names declared from here on are forgotten by close. */
size_t front_open_scope(const struct lower *lower);
void front_close_scope(struct lower *lower, size_t mark);

/* Whether running the block leaves the value of the expression as it is. */
bool front_unchanged_by(struct lower *lower, const struct expr *expr, struct block *block);
bool front_expr_mentions(struct expr *expr, const struct var *var);
/* Whether a statement of the block, from this one on, reads, declares or assigns the variable. */
bool front_mentions(struct block *block, size_t from, const struct var *var);
/* Whether the block assigns the variable itself. */
bool front_assigns(struct block *block, const struct var *var);

/* ---- carry.c ------------------------------------------------------------------------------------ */

void front_carry(struct front *front);
void front_sort_carried(struct unit *unit);
/* A type declared inside a function, for file scope. */
void front_carry_local_type(struct lower *lower, CXCursor declaration);
/* `struct {...} table[5];` in a function: its type gets a name, for generated code to declare it by; false: it cannot. */
bool front_carry_nameless_type(struct lower *lower, CXCursor variable);
void front_carry_local_extern(struct lower *lower, CXCursor declaration);

/* ---- settings.c --------------------------------------------------------------------------------- */

void front_find_settings(struct front *front);

/* ---- extents.c, constants.c --------------------------------------------------------------------- */

/* An integer expression over constants, or NULL. */
struct expr *front_parse_constant(struct unit *unit, const char *text);
void front_collect_constants(struct front *front);

/* ---- the whole ---------------------------------------------------------------------------------- */

/* CGRAD_CUSTOM_VJP(function) before `replacement`. */
struct custom {
    const char *function, *replacement;
    bool is_vjp;
    struct loc loc;
};

struct body {
    struct func *func;
    CXCursor definition;
};

struct front {
    struct arena *arena;
    struct diag *diag;
    const struct rules *rules;
    struct types *types;
    struct unit *unit;
    CXIndex index;
    CXTranslationUnit tu;
    CXFile main_file;
    VEC(struct piece) pieces; /* of the joined text */
    VEC(const char *) joined_once;
    const char *joined; /* what is parsed as the input */
    size_t joined_length;
    unsigned rounds;
    VEC(struct token_table *) tables;
    struct map *carried_globals; /* names of unit->carried, up to carried_indexed */
    size_t carried_indexed;
    VEC(struct expansion) expansions; /* in the main file, by begin */
    struct map *macros;               /* name -> CXCursor *, the last definition */
    struct map *typedefs;             /* names of types, which no variable of generated code may hide */
    struct cursor_map records;        /* -> struct record */
    VEC(const struct record *) flattened;
    struct cursor_map functions; /* -> struct func */
    struct cursor_map globals;   /* -> struct var */
    VEC(struct body) bodies;     /* to be lowered; grows while they are */
    VEC(struct custom) customs;
    struct map *stores;      /* function name -> what it may store to */
    struct map *local_types; /* tags and typedefs hoisted out of functions */
    struct map *requested;   /* names of functions */
};

#endif

/* analysis: facts about functions, kept beside the IR and never in it. Everything here is conservative:
 * a fact says what may happen, on any path, in any order of iterations.
 *
 * Griewank & Walther, Evaluating Derivatives (2nd ed., SIAM 2008), sections 6.2 (activity) and 6.3;
 * Andersen, Program Analysis and Specialization for the C Programming Language (1994), chapter 4 (points-to).
 */
#ifndef CG_ANALYSIS_H
#define CG_ANALYSIS_H

#include "ir/ir.h"
#include "rules/rules.h"

/* ---- regions.c: named parts of memory, and where pointers may point -------------------------- */

/* A region is a set of memory cells of one type, named by the variable it hangs on and a path of steps. All
 * elements of an array are one region. The memory behind a pointer parameter is a region of its own: by
 * contract distinct pointers do not overlap. */
enum region_step { STEP_ROOT, STEP_FIELD, STEP_ELEMENT, STEP_TARGET };

struct region {
    unsigned id;
    enum region_step step;
    struct region *parent;
    struct var *root;
    const char *field;
    struct type *type; /* stripped */
    struct region *first_child, *next_sibling;
    struct bitset targets; /* of a pointer cell: the regions it may point to */
    const char *key;       /* private to region_key */
    bool has_targets;
    bool walked; /* TARGET: other elements than the first are accessed through the pointer */
};

/* Two parameters, a parameter and a global, or two globals whose memory may overlap in a call. The same twice:
 * the memory behind several pointers of it may. */
struct alias {
    const struct var *a, *b; /* a parameter of the function, or a global */
};

struct aliases {
    struct alias *items;
    size_t count, capacity;
};

struct regions {
    struct unit *unit;
    struct func *func;
    VEC(struct region *) all;
    VEC(struct region *) locals;   /* roots, by var->id */
    VEC(struct region *) globals;  /* roots of those that the function uses */
    const struct aliases *aliases; /* NULL: none */
    bool changed;                  /* private to the fixpoint */
};

struct facts;

struct region *region_of_var(struct regions *regions, struct var *var);
struct region *region_child(struct regions *regions, struct region *parent, enum region_step step,
                            const char *field);
/* The regions that the lvalue may name. */
void region_of_lvalue(struct regions *regions, const struct expr *lvalue, struct bitset *out);
/* The regions that the pointer (or decayed array) may point to. */
void region_of_pointer(struct regions *regions, const struct expr *pointer, struct bitset *out);
/* Adds the children of every region of the set; STEP_TARGET: what its pointer cells may point to. */
void region_step_set(struct regions *regions, const struct bitset *parents, enum region_step step,
                     const char *field, struct bitset *out);
/* What the pointers in these objects may point to. */
void region_add_pointed(struct regions *regions, const struct bitset *objects, struct bitset *out);
/* A pointer to these moves: from a member it may get to members of the same type beside it (`(&v.x)[1]`). */
void region_walk(struct regions *regions, struct bitset *set);
/* Regions of type void, the memory behind a `void *`, become of this type. */
void region_adopt_type(struct regions *regions, const struct bitset *behind, const struct type *target);
/* A pointer cell may from now on point to these. */
void region_add_targets(struct regions *regions, struct region *cell, const struct bitset *targets);
/* A leaf that is a real, or a union with reals in it. */
bool region_holds_reals(const struct region *region);
/* Adds the leaves contained in the region (fields, elements; not through pointers); `reals`: only those that
 * hold reals. */
void region_add_leaves(struct regions *regions, struct region *region, bool reals, struct bitset *out);
void region_set_leaves(struct regions *regions, const struct bitset *set, bool reals, struct bitset *out);
/* Adds everything reachable: contained leaves and, through pointers, what they point to. */
void region_add_reachable(struct regions *regions, struct region *region, struct bitset *out);
/* Whether a write to one may change the other. */
bool region_overlap(const struct regions *regions, const struct region *a, const struct region *b);
bool region_set_hits(const struct regions *regions, const struct bitset *set, const struct region *region);
bool region_sets_overlap(const struct regions *regions, const struct bitset *a, const struct bitset *b);
/* The path below a parameter or global, the same text in every copy of the function: "0*.w*". NULL for
 * locals. */
const char *region_key(struct regions *regions, const struct region *region);
/* The region with that key. */
struct region *region_find(struct regions *regions, const char *key);
/* Adds all that a function of another file may read and write: global variables that others can name, and
 * what they lead to. */
void region_add_common(struct regions *regions, const struct func *callee, struct bitset *out);
/* Memory that the caller can see: behind a parameter, or global. */
bool region_is_outer(const struct region *region);

/* ---- effects.c: what statements may read and write ------------------------------------------- */

struct effects {
    struct bitset reads, writes; /* scalar leaf regions */
};

/* Context-free facts of one function (the input's, or a working copy). Computed once and kept in the program.
 */
struct facts {
    struct func *func;
    struct regions *regions;
    struct effects *of_stmt; /* by stmt->id: with everything nested in it */
    struct effects total;
    struct bitset result_targets; /* where a returned pointer may point */
    bool calls_unknown;           /* calls a function with neither body nor row */
    bool takes_fresh;             /* pointers to reals in memory that a callee may have allocated */
    bool asked, loses;            /* private to facts_lose_reals: the answer */
    struct kept_leaves *kept;     /* private to call_leaves: its answers, by stmt->id */
    struct definitions *definitions; /* private to access.c */
    struct element_accesses *elements; /* private to element.c */
    bool open;                    /* private to program_facts, as are the next two: not complete yet */
    size_t position, low;
};

struct program {
    struct unit *unit;
    const struct rules *rules;
    struct map *facts;      /* of input functions, by name */
    struct map *activities; /* summaries of functions in context, by key */
    bool changed;           /* private to the fixpoints */
    VEC(struct facts *) open;
    struct facts *current;
};

struct program *program_create(struct unit *unit, const struct rules *rules);
/* After a change of the input's functions. */
void program_forget(struct program *program);
/* Facts of an input function; recursion is solved by iteration. */
struct facts *program_facts(struct program *program, struct func *func);
/* The function uses reals in memory that a callee allocates, or that is not known: what passes through them is
 * not seen. */
bool facts_lose_reals(struct facts *facts);
/* The callee reads or writes reals, and in which memory of the caller's is not known. */
bool call_loses_reals(struct program *program, struct facts *facts, const struct stmt *call);
/* Facts of a working copy; numbers its statements. aliases as in struct regions, or NULL. */
struct facts *facts_compute(struct program *program, struct func *func, const struct aliases *aliases);
/* The caller's regions that a callee's outer region stands for at this call. */
void call_map_region(struct program *program, struct facts *caller, const struct stmt *call,
                     struct facts *callee, const struct region *region, struct bitset *out);
struct kept_leaves *call_leaves_create(struct arena *arena, size_t stmt_count);
/* unknown.c: all that a function without body may read and write through an argument. */
void unknown_reads(struct regions *regions, const struct expr *arg, struct bitset *out);
void unknown_writes(struct regions *regions, const struct expr *arg, struct bitset *out);
/* The real leaves in what call_map_region finds. For complete facts: the answer is kept. */
const struct bitset *call_leaves(struct program *program, struct facts *caller, const struct stmt *call,
                                 struct facts *callee, const struct region *region);
/* The caller's real leaves that the callee reads (or writes) without seeing reals in them: as bytes, behind a `void *`. */
void call_untyped_reals(struct program *program, struct facts *caller, const struct stmt *call, bool writes,
                        struct bitset *out);
/* Reads of memory and variables by evaluating the expression. */
void expr_reads(struct regions *regions, const struct expr *expr, struct bitset *out);

/* ---- constants.c, scratch.c: static variables ---------------------------------------------------------- */

/* Turns static variables that every call writes before it reads them into local ones. */
void scratch_find(struct program *program);
/* Sets is_const of static variables that no function of the unit changes. */
void constants_find(struct program *program);

/* ---- activity.c: varied and useful ----------------------------------------------------------- */

/* Sets of real leaf regions; a value is active when it is varied (depends on an independent) and useful (a
 * dependent depends on it). Flow-insensitive: a region has one status in the whole function. */
struct activity {
    struct facts *facts;
    struct bitset varied, useful;
    bool result_varied, result_useful;
};

/* Keys (region_key) of what is varied on entry and useful on exit. */
struct context {
    struct map *varied, *useful; /* used as sets of keys */
    bool result_useful;
};

struct context *context_create(struct arena *arena);
const char *context_text(struct arena *arena, const struct context *context);

struct activity *activity_compute(struct program *program, struct facts *facts,
                                  const struct context *context);
/* The context in which `call` calls its callee. */
struct context *activity_call_context(struct program *program, const struct activity *activity,
                                      const struct stmt *call);
bool activity_region(const struct activity *activity, const struct region *region);
bool activity_any(const struct activity *activity, const struct bitset *regions);
/* An lvalue of real type, or an aggregate with an active part. */
bool activity_lvalue(const struct activity *activity, const struct expr *lvalue);
/* Some active memory lies in the variable or behind the pointer it holds. */
bool activity_reaches(const struct activity *activity, const struct expr *expr);
/* The value depends on active leaves in a differentiable way. */
bool activity_expr(struct program *program, const struct activity *activity, const struct expr *expr);
/* A call needs a derivative: it makes something active, or takes from something active. */
bool activity_call(struct program *program, const struct activity *activity, const struct stmt *call);

/* Visits the operands through which a derivative passes: not indices, conditions, comparisons, conversions to
 * integers, nor arguments whose partial is zero. Stops at lvalues. */
void expr_each_operand(const struct rules *rules, const struct expr *expr,
                       void (*visit)(const struct expr *lvalue, void *data), void *data);

/* ---- survive.c: is a value still there when the reverse sweep asks for it? ------------------- */

struct place { /* where a statement stands */
    struct block *block;
    size_t index;
    struct stmt *owner; /* the statement whose nested block this is, NULL for the function's body */
};

struct layout {
    struct place *of_stmt;     /* by stmt->id */
    struct place *decl_of_var; /* by var->id: block == NULL for parameters */
    bool *reversed_at_once;    /* by stmt->id, of a loop: the reverse sweep of an iteration follows it at once; NULL: none */
};

struct layout *layout_compute(struct arena *arena, struct func *func);
/* The block that declares the local variable which the region hangs on: it ends there. NULL: none. */
const struct block *layout_home(const struct layout *layout, const struct region *region);
bool stmt_writes(const struct facts *facts, const struct stmt *stmt, const struct region *region);
/* No write to the region follows `stmt` (its own write included if `own`) while the variable that it hangs on
 * is in scope, nor, in a loop that is reversed at once, in the iteration. */
bool region_survives(const struct facts *facts, const struct layout *layout, const struct stmt *stmt,
                     const struct region *region, bool own, const struct bitset *clobbered);
/* element.c: the element itself, where the region does not: no write reaches this element of it. */
bool element_survives(struct program *program, struct facts *facts, const struct layout *layout,
                      const struct stmt *stmt, const struct expr *lvalue, const struct region *region, bool own,
                      const struct bitset *clobbered);
/* The same up to the end of the block in which `stmt` stands. */
bool region_unchanged_in_block(const struct facts *facts, const struct layout *layout,
                               const struct stmt *stmt, const struct region *region);

/* ---- access.c: where an lvalue lies ---------------------------------------------------------- */

/* base[offset], said in the index of the loop around it and in what the loop leaves alone; base == NULL: it cannot be said so. */
struct element_place {
    struct expr *base, *offset;
};

struct element_place element_place(struct program *program, struct facts *facts, struct stmt *loop,
                                   const struct expr *lvalue);

/* ---- loops.c: which iterations are independent ------------------------------------------------ */

struct loop_query {
    struct stmt *loop;          /* STMT_FOR */
    struct stmt *const *around; /* loops around it that count as one with it, outermost first */
    size_t around_count;
};

/* No active value passes from one iteration to another, but for sums (`+=`) that the loop does not read: the
 * derivatives of the iterations may be taken in any order, each at once behind its iteration. The trip count
 * is known on entry. */
bool loop_is_independent(struct program *program, const struct activity *activity,
                         const struct layout *layout, const struct loop_query *query);
/* Neither loop takes active values from the other, nor overwrites what the other touches; both may add to the
 * same sums. */
bool loops_are_apart(struct program *program, const struct activity *activity, const struct loop_query *a,
                     const struct loop_query *b);

/* ---- affine.c: integer expressions as sums of products, and what the limits of loop indices prove about them -- */

/* A variable is an index, of a loop in one iteration or in another, later one (`later`), or any expression that the
 * loops leave alone. */
enum { AFFINE_TERMS = 12, AFFINE_FACTORS = 3, AFFINE_ROWS = 3 };

struct affine_var {
    const struct expr *value; /* EXPR_VAR for an index */
    bool later;
};

struct affine_term {
    long long coefficient;
    struct affine_var factors[AFFINE_FACTORS];
    unsigned count;
};

struct affine {
    struct affine_term terms[AFFINE_TERMS];
    unsigned count;
    long long constant;
    bool bad; /* not of this form */
};

/* lo <= index < hi */
struct affine_limit {
    struct affine_var index;
    struct affine lo, hi; /* bad: not known */
};

/* Every limit is said in terms of indices before it. */
struct affine_limits {
    VEC(struct affine_limit) list;
};

struct affine affine_constant(long long value);
struct affine affine_of_var(struct affine_var var);
struct affine affine_sum(const struct affine *a, const struct affine *b, long long factor /* of b */);
/* For an index that is later than its present self: it lies at least a step of the loop further; a step that is not
 * constant is known to be positive. */
void affine_limit_later(struct affine_limit *limit, const struct expr *step);
/* `later` says of an index whether the expression means its later value; other variables must be the same in both. */
typedef bool affine_is_index(const struct var *var, bool *later, void *data);
struct affine affine_of(const struct expr *e, affine_is_index *is_index, void *data);
/* Whether the form is at least `least`, whatever the indices are. */
bool affine_at_least(const struct affine *form, const struct affine_limits *limits, long long least);
bool affine_same_var(const struct affine_var *a, const struct affine_var *b);

/* base[offset], and further subscripts below that element. */
struct affine_place {
    struct affine offset;
    struct affine_row {
        struct affine index, extent; /* 0 <= index < extent, if the program is valid */
    } rows[AFFINE_ROWS];
    unsigned row_count;
};

/* The two places, below the same base, are never the same. */
bool affine_places_differ(const struct affine_place *a, const struct affine_place *b,
                          const struct affine_limits *limits);

#endif

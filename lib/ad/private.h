/* What the files of lib/ad share. A function goes through them in this order:
 *
 * work.c - a working copy: parameters never assigned, calls apart, scopes narrow (narrow.c), what pointers lead to
 * declared before them (widen.c), callees that manage memory or are small in place (inline.c, inline_small.c)
 *
 * check.c - what the activity shows to be impossible is refused
 *
 * fuse.c - loops whose iterations are independent are chosen to be reversed iteration by iteration
 *
 * spill.c - values that the reverse sweep needs and memory will not keep move into temporaries; one that is there
 * already (reuse.c), or one before the loop (lift.c)
 *
 * bases.c - pointers that walk in several arrays are followed by a variable that says in which
 *
 * record.c - which variables the reverse sweep needs, and how each comes back: it is there, it is computed
 * again, an update is undone, or the record gives it back; report.c prints that
 *
 * reverse.c - both sweeps, statement by statement, with reverse_loop.c for loops, scope.c for what blocks
 * begin and end with, adjoint.c for assignments, call.c for calls, save.c and slots.c for the record; or tangent.c and
 * tangent_call.c
 *
 * finish.c - the returned value, parameters that nobody needs
 *
 * pair.c does this for callees, request.c for what the user asked (request_read.c and hidden.c read it, gradient.c
 * wraps); output.c collects the functions.
 */
#ifndef CG_AD_PRIVATE_H
#define CG_AD_PRIVATE_H

#include "ad/ad.h"
#include "analysis/analysis.h"
#include "front/front.h"

struct var_list {
    struct var **items;
    size_t count, capacity;
};

struct ad {
    struct unit *unit;
    struct arena *arena;
    const struct rules *rules;
    const struct ad_options *options;
    struct program *program;
    struct output *output;
    struct map *pairs;      /* struct pair by key */
    struct map *tangents;   /* struct tangent by key */
    struct map *emitted;    /* names of functions in the output */
    struct map *companions; /* of listed globals: struct var by name */
    struct map *missing;    /* library functions without a derivative, reported once each */
    VEC(const char *) stubs; /* what to write for them */
};

/* How a variable's value comes to the reverse sweep of the block that declares it. */
enum keep {
    KEEP_UNNEEDED,
    KEEP_IN_SCOPE,  /* both sweeps see the same variable */
    KEEP_RECOMPUTE, /* its one definition is evaluated again, or it is read where it was stored */
    KEEP_RECORD     /* recorded at the end of the block */
};

/* One value on the record: the statement that pushes it and the one that pops it. */
struct save_entry {
    struct var *var;
    struct stmt *push, *pop; /* NULL: not built yet */
    unsigned number;
};

struct var_plan {
    struct stmt *definition; /* the only one, standing in the block that declares the variable; else NULL */
    unsigned definitions;
    struct stmt *stored; /* an assignment of the variable to memory, behind the definition in its block; or NULL */
    struct stmt
        *pointed;     /* of a pointer: the only definition but for null pointers, in the declaring block */
    unsigned targets; /* of a pointer: definitions but for null pointers */
    bool taken;       /* its address, or that of a part of it, is taken */
    bool scalar;      /* local, arithmetic or pointer, address not taken: restored, never spilled */
    bool required;    /* the reverse sweep reads its primal value */
    enum keep keep;
    bool active;              /* it has a companion (its own reals are active) */
    bool shadow;              /* pointer: its companion pointer is computed in the reverse sweep */
    bool recorded_early;      /* a break recorded it already */
    bool hoisted;             /* declared at the top of the function: both sweeps see it */
    struct save_entry *entry; /* the last one built */
};

struct stmt_plan {
    struct bitset saves; /* scalars (by var->id) whose values before the statement go to the record */
    bool undo;           /* `v += c` of an integer or pointer: the reverse sweep takes c off again */
    bool flips;          /* `v = -v` of an integer: the reverse sweep does the same */
    bool active; /* makes or moves an active value, here or in a nested statement; anything else is atomic */
    bool trip_increment; /* counts the iterations of the loop around it */
    struct var *trips;   /* of a loop: the variable that counts */
    bool dropped;        /* a free that the record does at the end */
    bool kept_alloc;     /* an allocation that the record frees at the end */
};

/* A value that moves from a loop to the place before it. */
struct lifted {
    const struct stmt *loop;
    struct var *var;
    struct expr *value;
};

struct fuse_barred {
    struct loc *items;
    size_t count, capacity;
};

/* What stands for a global variable's derivative in the function being built. */
struct global_companion {
    struct var *global, *companion;
    bool is_pointer; /* the companion is behind it */
    bool is_local;   /* of this call: declared here */
};

/* What a function must know of its caller: keys of its outer regions. NULL: none. */
struct surroundings {
    const struct aliases *aliases; /* as in struct regions */
    struct map *clobbered;         /* overwritten before the reverse sweep runs */
    struct map *moved;             /* local there: the reverse sweep has another copy of them */
};

/* One function on its way to its derivative. */
struct work {
    struct ad *ad;
    struct func *origin;
    struct func *func; /* the working copy */
    struct facts *facts;
    struct activity *activity;
    struct context *context;
    struct layout *layout;
    const struct aliases **aliases_of_call; /* private to pair.c: by stmt->id; NULL: not asked yet */
    struct surroundings around;
    struct bitset clobbered, moved;
    struct bitset kept; /* private to call.c: memory that is given back with the record */
    bool kept_known;
    struct bitset needed_regions; /* memory whose primal values the reverse sweep reads */
    struct var_plan *vars;        /* by var->id of func */
    struct stmt_plan *stmts;      /* by stmt->id of func */
    bool requested; /* a split that the user asked for: its reverse function reads a const record */
    bool split;     /* forward and reverse sweeps are two functions */
    bool failed, changed;
    bool *unwanted;    /* by stmt->id: only the primal's results need it, and they are not wanted; NULL: all are */
    unsigned surveyed; /* variables that `vars` knows */
    VEC(struct lifted) lifted;
    unsigned inlined;              /* statements of small callees taken in */
    VEC(struct stmt *) increments; /* trip increments */
    VEC(struct var *) counters;    /* trip counters of the loops in `counted`, in parallel */
    VEC(struct stmt *) counted;

    VEC(struct stmt *)
    fused; /* loops whose iterations are reversed at once, and branches that hold such loops */
    struct fuse_barred *barred; /* loops that are not to be fused after all; NULL: none is to be fused */

    VEC(const struct var *) selected; /* pointers with several bases, and in parallel what says which */
    VEC(struct var *) selectors;
    VEC(struct expr *) bases; /* numbered */

    /* what is being built */
    struct func *forward, *reverse; /* the same function unless split */
    struct copy_map forward_map, reverse_map;
    struct var **companions;    /* by var->id: variable in the reverse (or tangent) function; NULL: none */
    bool *companion_is_pointer; /* a by-value parameter's companion is behind a pointer */
    VEC(struct global_companion) globals;
    struct var *result; /* holds the value to return */
    struct var *result_companion;
    struct var *reverse_record; /* of a requested reverse function: its `const cgrad_record *record` */
    struct var *record_var, *cursor_var; /* NULL until something is recorded */
    bool records;                        /* something went to the record */
    VEC(struct save_entry *) entries;    /* scalars on the record */
    VEC(struct var *) slots;             /* arrays of the record */
    const struct scope *scope;           /* the blocks around, up to the loop: what a break leaves */
    struct block hoisted;                /* declarations at the top of the forward function */
    unsigned loop_depth;
    unsigned reverse_depth; /* loops around what is being built that are not fused */
    const char *suffix;     /* "_bar" or "_dot" */
};

/* ---- work.c ---------------------------------------------------------------------------------- */

struct work *work_create(struct ad *ad, struct func *origin, struct context *context,
                         const struct surroundings *around, bool split, bool tangent);
/* Computes facts, activity and layout of the working copy anew. */
void work_analyse(struct work *work);
/* What the load finds in the region stays there from the statement (before its own writes if `own`) until the reverse
 * sweep wants it. */
bool work_survives(struct work *work, const struct stmt *stmt, const struct expr *load,
                   const struct region *region, bool own);
/* Counts definitions and notes taken addresses: work->vars afresh. */
void work_survey(struct work *work);
/* Loops that the reverse sweep must repeat without knowing how often count their trips. */
void work_count_trips(struct work *work);
/* Replaces every statement of the block, innermost first, by what `rebuild` appends to `out`. */
void work_rebuild(struct work *work, struct block *block,
                  void (*rebuild)(struct work *work, struct stmt *stmt, struct block *out));
/* A name that is free in the function being built and stays free: the working copy has no such variable
 * either. */
const char *work_name(struct work *work, const struct func *func, const char *base);
struct var *work_temp(struct work *work, const char *base, struct type *type);
/* A local scalar whose address is not taken. */
bool work_is_scalar(const struct work *work, const struct var *var);
/* The statement itself is an assignment, call or return that makes or moves an active value. */
bool work_stmt_active(struct work *work, const struct stmt *stmt);
/* The variable whose own storage the lvalue lies in; NULL when it lies behind a pointer. */
struct var *work_storage(const struct expr *lvalue);
/* A null pointer constant. */
bool work_is_null(const struct expr *value);
/* A call that returns fresh memory. */
bool work_is_alloc(const struct work *work, const struct stmt *stmt);
/* The variable that counts the iterations of the loop, or NULL. */
struct var *work_counter(const struct work *work, const struct stmt *loop);
bool work_is_increment(const struct work *work, const struct stmt *stmt);
/* Whether the function can be differentiated at all; reports. */
bool work_check(struct ad *ad, struct func *origin, struct loc loc);

/* ---- why.c ----------------------------------------------------------------------------------- */

/* Notes behind an error: the statements by which the active memory depends on an independent, and a dependent
 * on it. */
void why_active(struct work *work, const struct bitset *regions);
/* The same of a value, or of what a pointer points to. */
void why_active_expr(struct work *work, const struct expr *e);

/* ---- check.c --------------------------------------------------------------------------------- */

/* Refuses what the activity shows to be impossible: reinterpreted reals, unions. Sets work->failed.
 */
void check_activity(struct work *work);
/* Copies of input functions for the functions that calls hand over to them; marks what cannot be resolved. */
void callbacks_resolve(struct unit *unit, const struct rules *rules);
/* Refuses, in reverse mode, pointers to active memory that are stored where their companions could not
 * follow. */
void check_stores(struct work *work);

/* ---- inline.c -------------------------------------------------------------------------------- */

/* Puts callees that manage memory for their caller in place of the calls. */
void inline_memory_calls(struct work *work);
/* The callee's body may take the place of calls: it is there, no rule or user's derivative stands for it, it
 * does not recur. */
bool inline_is_possible(struct ad *ad, struct func *callee);
/* The variable is assigned, or its address taken. */
bool inline_is_assigned(const struct func *func, const struct var *var);
/* All that the callee does with the pointer is to follow it or to pass it on. */
bool inline_is_followed(const struct func *callee, const struct var *param);
/* Appends the callee's body in place of the call. */
void inline_call(struct work *work, struct stmt *call, struct block *out);

/* (&x)->f becomes x.f, and the like. */
void inline_simplify(struct unit *unit, struct expr **e);

/* ---- allocate.c ------------------------------------------------------------------------------ */

/* Gives allocated memory its type at once: `t = malloc(n); p = (double *)t` becomes `p = malloc(n)`. */
void type_allocations(struct work *work);
/* `if (c) p = malloc(n)`: the memory is allocated before the `if`, under the same condition. */
void allocate_before_branches(struct work *work);

/* ---- setup.c --------------------------------------------------------------------------------- */

/* The local variable whose companion structure gets a pointer where the reverse sweep enters the variable's
 * block, as the statement gave one to the structure; NULL if it does not, or not so that it can be said
 * again. */
struct var *setup_root(struct work *work, const struct stmt *setup);
/* What it stores in memory, or in members, is stored by another statement as well; null pointers do not count. */
bool setup_stored_elsewhere(struct work *work, const struct stmt *setup);
void setup_each(struct work *work, const struct var *root, void (*visit)(struct stmt *setup, void *data), void *data);
/* The loops around it, up to the block of its root, innermost first. */
void setup_each_loop(struct work *work, const struct stmt *setup,
                     void (*visit)(struct stmt *loop, void *data), void *data);
/* It stores a pointer into a local variable, of which a reverse function has another copy: the pointer is
 * stored there again. */
bool setup_points_home(struct work *work, const struct stmt *setup);
/* A pointer in a structure that is built once: it is stored before it is read, and stays. */
bool setup_keeps(struct work *work, const struct expr *load);
/* Stores through local pointers that never change are said in terms of what those point to. */
void setup_say_in_full(struct work *work);

/* ---- inline_result.c -------------------------------------------------------------------------- */

/* `T v;`, near the end of `out`, if the call sets v and nothing mentions it before; or NULL. */
struct stmt *inline_declaration(const struct stmt *call, const struct block *out);
/* The struct in a variable of the callee's that v can stand for, or NULL. */
struct var *inline_built(struct func *callee, const struct var *v);
/* Those of a statement that the body stands for. */
void inline_keep_comments(const struct stmt *stmt, struct block *body);
/* With the callee's body copied, v standing for `built`: v is declared in the body, as far as that can be. */
void inline_declare(struct func *callee, struct stmt *decl, const struct var *built, struct block *out,
                    struct block *body);

/* ---- inline_small.c --------------------------------------------------------------------------- */

/* Puts small callees in place of active calls. */
void inline_small_calls(struct work *work);
/* The callee's statements if it is small, else 0. */
unsigned inline_small_size(struct ad *ad, struct func *callee);

/* ---- narrow.c -------------------------------------------------------------------------------- */

void narrow_scopes(struct unit *unit, struct func *func);

/* ---- widen.c --------------------------------------------------------------------------------- */

/* What a pointer is set to is declared before the pointer. */
void widen_scopes(struct unit *unit, struct func *func);

/* ---- rounding.c ------------------------------------------------------------------------------ */

/* A sum or difference whose value is a whole number: (x + c) - c with a large constant c. */
bool rounding_by_constant(struct work *work, const struct expr *node);

/* ---- linear.c: the only place that asks for a partial ---------------------------------------- */

/* The partial of node by its k-th operand; NULL means 1. `result`: an expression for the node's value, or
 * NULL. */
struct expr *linear_partial(struct work *work, const struct expr *node, size_t k, struct expr *result);
/* weight * partial, simplified; either may be NULL (1). */
struct expr *linear_times(struct unit *unit, struct expr *partial, struct expr *weight);
/* Operands of the node through which a derivative passes and that are active; false for lvalues and
 * constants. */
bool linear_operand_active(struct work *work, const struct expr *node, size_t k);
bool linear_is_leaf(const struct expr *expr);
/* The expression under real conversions. */
const struct expr *linear_strip(const struct expr *expr);
/* How often an active lvalue occurs as operand. */
size_t linear_count(struct work *work, const struct expr *expr);
/* The value that SET, DECL, or RETURN assigns; NULL for anything else. */
struct expr *linear_value(const struct stmt *stmt);
/* The assigned value's expression after the statement, if the partials may use it instead of computing it
 * again. */
struct expr *linear_result(struct work *work, const struct stmt *stmt);
/* The partials of the expression can be said by its value. */
bool linear_gives_partial(const struct expr *value);

/* Visits the nodes that are evaluated when the expression is; of an lvalue whose address alone is used
 * (`address`) only the way to it. Stops descending where visit returns false. */
typedef bool value_visitor(struct expr *expr, bool address, void *data);
void value_walk(struct expr *expr, value_visitor *visit, void *data);

/* Visits every expression that the reverse of the statement evaluates, in the state before it. With
 * `companion`, the expression is a pointer (or array) of which the companion is wanted, not the value. */
typedef void need_visitor(struct expr *expr, bool companion, void *data);
void needs_each(struct work *work, struct stmt *stmt, need_visitor *visit, void *data);

/* The same for the companion of an lvalue, and for passing a derivative through an expression. */
void needs_address(struct expr *lvalue, need_visitor *visit, void *data);
void needs_value(struct work *work, struct expr *value, need_visitor *visit, void *data);

/* ---- fuse.c ---------------------------------------------------------------------------------- */

/* Chooses the loops whose iterations are reversed at once, and moves what has nothing to do with them before
 * them. */
void fuse_loops(struct work *work);
bool fuse_is_fused(const struct work *work, const struct stmt *stmt);
/* The index of the fused statement in the block; the number of statements if there is none. */
size_t fuse_find(const struct work *work, const struct block *block);
/* With a plan made without fused loops: bars those that record nothing, since there is nothing to gain. */
void fuse_bar_idle(struct work *work);
/* With the plan made: bars the loops that cannot be fused since values would have to be restored around them.
 * True if there are any: a new working copy must be planned. */
bool fuse_fails(struct work *work);

/* ---- spill.c --------------------------------------------------------------------------------- */

void spill_values(struct work *work, bool memory);

/* ---- lift.c ---------------------------------------------------------------------------------- */

/* A variable for a value of the statement that is the same in every iteration of the counted loop around it,
 * or NULL. */
struct var *lift_value(struct work *work, const struct stmt *stmt, struct expr *value, const char *name);
/* Declares in `out` what was lifted from the loop, which comes next. */
void lift_place(struct work *work, const struct stmt *loop, struct block *out);

/* ---- reuse.c --------------------------------------------------------------------------------- */

/* A variable that holds the value already at the end of the statements `before`, or NULL. */
struct var *reuse_value(struct work *work, const struct block *before, struct expr *value);

/* ---- unwanted.c ------------------------------------------------------------------------------ */

/* The forward sweep does without the statement. */
bool unwanted_stmt(const struct work *work, const struct stmt *stmt);

/* ---- record.c, record_again.c ----------------------------------------------------------------- */

void record_plan(struct work *work);
/* A local record that holds pointers to active memory: its companion's pointers are set by these statements'
 * companions. */
bool record_has_setups(const struct work *work, const struct var *var);
void record_each_setup(struct work *work, const struct var *var,
                       void (*visit)(struct stmt *setup, void *data), void *data);
/* The assigned pointer of the variable's one definition can be said again at the end of its block. */
bool record_can_shadow(struct work *work, const struct var *pointer);
/* The variable's one definition can be evaluated again at the end of its block. */
bool record_can_recompute(struct work *work, const struct var *var);
/* The value can be evaluated again at the end of the statement's block. */
bool record_stays(struct work *work, const struct stmt *stmt, struct expr *value);
/* What has its value then: the definition's, or the memory that it was stored in. */
struct expr *record_again(struct work *work, const struct var *var);

/* ---- report.c -------------------------------------------------------------------------------- */

/* With --report: prints what the plan for this function is. */
void report_work(struct work *work, const char *name);

/* ---- companion.c ----------------------------------------------------------------------------- */

/* The type of companions: as the primal's, without const at any level. */
struct type *companion_type(struct ad *ad, struct type *type);
/* The companion of an lvalue, of a pointer value; in terms of the function being built, primal parts through
 * `map`. */
struct expr *companion_lvalue(struct work *work, const struct copy_map *map, const struct expr *lvalue);
/* A pointer to the bytes that it points to. */
struct expr *companion_bytes(struct unit *unit, struct expr *pointer, bool is_const);
struct expr *companion_pointer(struct work *work, const struct copy_map *map, const struct expr *pointer);
const char *companion_name(struct work *work, struct func *func, const char *primal);

/* ---- globals.c ------------------------------------------------------------------------------- */

/* The companion of a global variable in the function being built; NULL: it has none. */
struct expr *global_companion(struct work *work, const struct var *global);
/* Those that the function itself or its callees make active. */
struct var_list globals_active(struct work *work);
/* Companions of these as parameters of a callee's derivative, and what to pass for one of them. */
void globals_add_params(struct work *work, struct func *func, const struct var_list *list, bool tangent);
struct expr *global_argument(struct work *work, const struct var *global, bool tangent);
/* The companions that live in this function: their declarations at zero, and their end. */
void globals_declare(struct work *work, struct block *out);
/* One of them stands in the block. */
bool globals_mentioned(const struct work *work, struct block *block);
void globals_release(struct work *work, struct block *out);

/* ---- bases.c --------------------------------------------------------------------------------- */

/* The arrays in which a local pointer without a companion of its own may walk, as pointer expressions. */
struct bases {
    VEC(struct expr *) list;
    bool unknown; /* or elsewhere */
    bool null;    /* or nowhere */
};

const struct bases *bases_of(struct work *work, const struct var *pointer);
/* The only base; NULL and an error if that is not known. */
struct expr *bases_only(struct work *work, const struct var *pointer);
/* Gives every pointer with several bases a variable that says in which it walks. */
void bases_follow(struct work *work);
struct var *bases_selector(const struct work *work, const struct var *pointer);
/* One of the regions is storage of which the reverse sweep has another copy. */
bool bases_hit_moved(const struct work *work, const struct bitset *regions);
/* The pointer may lie in storage that the reverse sweep has another copy of: its distance is recorded
 * instead. */
bool bases_move(struct work *work, const struct var *pointer);
/* A base that is declared before the pointer: where one without a value may point, to be at a distance. NULL: none. */
struct expr *bases_initial(struct work *work, const struct var *pointer);
/* It lies there, but it is not known at which distance from what. */
bool bases_is_lost(struct work *work, const struct var *pointer);
/* The reverse sweep gets to the same memory: the last pointer on the way comes back, or none leads to such storage. */
bool bases_find(struct work *work, const struct expr *load);
/* A pointer in a structure to such storage. Those to active memory are said again (setup.c), this one is not. */
bool bases_is_stale(struct work *work, const struct region *cell);
struct expr *bases_distance(struct work *work, const struct copy_map *map, struct var *pointer);
struct expr *bases_place(struct work *work, const struct copy_map *map, struct var *pointer,
                         struct expr *distance);
/* The number by which selectors mean this base. */
size_t bases_number(struct work *work, struct expr *base);

/* ---- adjoint.c: the reverse of assignments --------------------------------------------------- */

/* Appends `companion of operands += partial * seed` for an assigned value; the seed is evaluated at least
 * once. */
void adjoint_value(struct work *work, const struct expr *value, struct expr *seed, struct expr *result,
                   struct block *out);
/* The reverse of `to = value`, `to += value`; `dies`: the companion of `to` is not read any more. */
void adjoint_assign(struct work *work, const struct expr *to, const struct expr *value, bool add, bool dies,
                    struct expr *result, struct block *out);
/* Sets every real leaf of the companion lvalue to zero. */
void adjoint_clear(struct work *work, struct expr *companion, struct block *out);
/* Visits the real leaves of a type as lvalues below `a` and `b` (same type; b may be NULL): loops over arrays
 * are generated. */
typedef void leaf_visitor(struct work *work, struct expr *a, struct expr *b, struct block *out);
/* Assigns the pointers in a record, and nothing else of it. */
void copy_pointers(struct work *work, struct func *func, struct expr *to, struct expr *from,
                   struct block *out);
void each_real_leaf(struct work *work, struct func *func, struct type *type, struct expr *a, struct expr *b,
                    leaf_visitor *leaf, struct block *out);

/* ---- tangent.c, reverse.c -------------------------------------------------------------------- */

void tangent_build(struct work *work);
/* The tangent of a value, NULL where it is zero. */
struct expr *tangent_value(struct work *work, const struct expr *value, struct expr *result);
void reverse_build(struct work *work);

/* ---- save.c: the record ---------------------------------------------------------------------- */

/* A variable of the working copy: from the forward sweep's to the reverse sweep's. */
void save_push(struct work *work, struct var *var, struct block *out);
void declare_record(struct work *work, struct block *out);
void declare_cursor(struct work *work, struct block *out);
void init_record(struct work *work, struct block *out);
void free_record(struct work *work, struct block *out);
void save_pop(struct work *work, struct var *var, struct block *out);
/* The entry that the statement pushes or pops, or NULL. */
/* A value or, as bytes, a whole variable; and back into `to`. */
void save_value(struct work *work, struct expr *value, struct block *out);
void save_restore(struct work *work, struct expr *to, struct block *out);
struct save_entry *save_entry_of(const struct work *work, const struct stmt *stmt);
struct expr *save_record(struct work *work);
struct expr *save_cursor(struct work *work);
struct func *runtime_func(struct ad *ad, const char *name, struct type *result, struct type *const *params,
                          size_t count);
struct expr *runtime_call(struct work *work, const char *name);

/* ---- pair.c, finish.c: functions that are built ----------------------------------------------- */

/* The context in which the function's own calls to itself, direct or not, need fixed parameters. */
bool func_is_recursive(struct func *func);
const char *fresh_func_name(struct ad *ad, const char *base);
/* Adds `(void)p;` for parameters that the function does not mention, and a lone result variable's
 * declaration. */
void finish_func(struct work *work, struct func *func);
bool func_mentions(struct func *func, const struct var *var);
/* The types of its parameters do: double (*m)[n]. */
bool func_signature_mentions(const struct func *func, const struct var *var);
/* Declares the variable that holds the value to return: where it gets it if that is one place, else at the
 * top. */
void declare_result(struct work *work, struct block *forward);
void return_result(struct work *work, struct func *func);
/* Adds the companion parameter of `param` behind the parameters so far. */
struct var *add_companion_param(struct work *work, struct func *func, const struct var *param, bool tangent);
/* Parameters of the working copy in a function to be built. */
struct var *add_primal_param(struct work *work, struct func *func, struct copy_map *map, size_t k);
void prepare_maps(struct work *work);

/* ---- output.c -------------------------------------------------------------------------------- */

void add_output(struct ad *ad, struct func *func, bool exported);
/* Helpers that are alike become one; those that nobody calls go. */
void output_finish(struct ad *ad);

#endif

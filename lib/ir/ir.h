/* ir: a pure, typed, structured representation of C functions. doc/ir.md states every invariant; ir_verify knows them.
 *
 * The front end produces it in normal form, analyses read it, transforms build new functions of the same kind,
 * and emit prints it. Nothing here knows of libclang or of derivatives.
 */
#ifndef CG_IR_H
#define CG_IR_H

#include "base/base.h"

/* ---- type.c: interned types: == compares ------------------------------------------------------ */

enum type_kind {
    TYPE_VOID,
    TYPE_INT,    /* every integer type, _Bool and char included */
    TYPE_REAL,   /* float, double, long double */
    TYPE_ENUM,
    TYPE_POINTER,
    TYPE_ARRAY,  /* of: element; count: NULL when incomplete ([]), an expression otherwise (constant or VLA) */
    TYPE_RECORD, /* struct or union */
    TYPE_FUNCTION,
    TYPE_NAMED,  /* typedef: prints as its name, means `under` */
    TYPE_OPAQUE  /* known by spelling only (va_list, FILE internals, vectors): never active */
};

enum type_scalar {
    SCALAR_BOOL, SCALAR_CHAR, SCALAR_SCHAR, SCALAR_UCHAR, SCALAR_SHORT, SCALAR_USHORT, SCALAR_INT, SCALAR_UINT,
    SCALAR_LONG, SCALAR_ULONG, SCALAR_LLONG, SCALAR_ULLONG, SCALAR_FLOAT, SCALAR_DOUBLE, SCALAR_LDOUBLE, SCALAR_COUNT
};

enum qualifier { QUAL_CONST = 1, QUAL_VOLATILE = 2, QUAL_RESTRICT = 4 };

struct field {
    const char *name;  /* NULL for an unnamed bit-field; anonymous members are given a name of their own in front */
    struct type *type;
    bool bit_field;
    bool inactive;     /* CGRAD_INACTIVE */
    bool overlaid;     /* other members that are not hold all of its reals */
};

struct record {
    const char *tag;   /* NULL when anonymous (then reached through a typedef) */
    bool by_union;     /* declared with the keyword union */
    bool is_union;     /* members overlap, if only those of an anonymous union in it: one region */
    bool puns;         /* is_union: what is written as one member may be read as another type or in parts */
    bool mixes_pointers; /* a pointer that leads to reals overlaps one that, by its type, does not */
    bool complete;
    struct field *fields;
    size_t field_count;
};

struct type {
    enum type_kind kind;
    unsigned quals;             /* of this level */
    struct type *plain;         /* the same type without its own qualifiers (this, if it has none) */
    enum type_scalar scalar;    /* INT, REAL */
    const char *name;           /* ENUM tag, NAMED, OPAQUE spelling */
    struct type *under;         /* POINTER: to; ARRAY: of; NAMED: meaning; FUNCTION: result */
    struct expr *count;         /* ARRAY */
    struct record *record;      /* RECORD */
    struct type **params;       /* FUNCTION */
    size_t param_count;
    bool variadic, no_prototype;
    unsigned id;
};

struct types; /* the table of interned types. Sugar (typedefs, qualifiers, a macro as an extent) makes a type of its own: ask
               * type_same for equal meaning. */

struct types *types_create(struct arena *arena);
struct type *type_void(struct types *types);
struct type *type_scalar(struct types *types, enum type_scalar scalar);
struct type *type_pointer(struct types *types, struct type *to);
/* Equal iff the counts are (expr_equal) and spelled alike: `x[N]` stays apart from `x[3]`. Qualifiers of an array go to its
 * elements. */
struct type *type_array(struct types *types, struct type *of, struct expr *count);
struct type *type_enum(struct types *types, const char *tag);
struct type *type_named(struct types *types, const char *name, struct type *meaning);
struct type *type_opaque(struct types *types, const char *spelling);
struct type *type_function(struct types *types, struct type *result, struct type **params, size_t count, bool variadic);
struct type *type_function_unprototyped(struct types *types, struct type *result); /* T f() */
/* One type for each `struct record`; the record may be completed later. */
struct type *type_record(struct types *types, struct record *record);
struct type *type_qualified(struct types *types, struct type *type, unsigned quals);

/* Looks through typedefs and drops top-level qualifiers: switch on the kind of this. Never NAMED. */
struct type *type_strip(const struct type *type);
/* Qualifiers of the top level, those of typedefs included. */
unsigned type_quals(const struct type *type);
/* The type without qualifiers, under its typedef name if that has none either. */
struct type *type_unqualified(struct type *type);
/* Equal meaning: typedefs looked through at every level, top-level qualifiers ignored; pointee qualifiers ignored too. */
bool type_same(const struct type *a, const struct type *b);
bool type_is_int(const struct type *type);     /* INT or ENUM */
bool type_is_real(const struct type *type);
bool type_is_arith(const struct type *type);
bool type_is_pointer(const struct type *type);
bool type_is_array(const struct type *type);
bool type_is_record(const struct type *type);
bool type_is_nameless(const struct type *type); /* a struct without tag or typedef, elements or a target of one */
bool type_is_scalar(const struct type *type);  /* arithmetic or pointer */
bool type_is_void(const struct type *type);
/* POINTER: pointee, ARRAY: element. */
struct type *type_target(const struct type *type);
/* The array as a pointer to its element, a function as a pointer to itself, anything else unchanged. */
struct type *type_decay(struct types *types, struct type *type);
/* Whether a real lies in the type itself (through arrays and records, not through pointers). */
bool type_holds_real(const struct type *type);
/* Whether a real can be reached, through pointers too. */
bool type_reaches_real(const struct type *type);
/* Whether a pointer lies in the type itself (through arrays and records). */
bool type_holds_pointer(const struct type *type);
/* Whether such a pointer may lead to reals: not one to characters, indices or functions. */
bool type_leads_to_reals(const struct type *type);
/* The usual arithmetic conversions (C11 6.3.1.8). */
struct type *type_common(struct types *types, struct type *a, struct type *b);
/* The integer promotions (C11 6.3.1.1). */
struct type *type_promoted(struct types *types, struct type *type);
const struct field *type_field(const struct type *record, const char *name);
/* The scalar's spelling: "unsigned int". */
const char *type_scalar_name(enum type_scalar scalar);

/* ---- variables ------------------------------------------------------------------------------ */

enum var_kind { VAR_PARAM, VAR_LOCAL, VAR_STATIC_LOCAL, VAR_GLOBAL };

struct var {
    enum var_kind kind;
    const char *name;
    const char *source_name; /* of an input function's parameter: as the input has it, where `name` may differ */
    struct type *type;      /* of a parameter: as adjusted (pointer), see `written` */
    struct type *written;   /* parameter written as an array: that array type (extents), else NULL */
    struct loc loc;
    bool inactive;          /* CGRAD_INACTIVE */
    bool address_taken;     /* & applied to it or to a part of it, set by the front end and kept by builders */
    struct func *function;  /* PARAM of a copy: the function that it points to in every call, or NULL */
    VEC(struct func *) functions; /* GLOBAL that is const or static: those that its initializer names */
    bool is_static;         /* GLOBAL: internal linkage */
    bool is_const;          /* GLOBAL, STATIC_LOCAL: its value never changes (const through all levels) */
    bool in_input;          /* GLOBAL: declared in the input itself, not in a header */
    unsigned id;            /* index in func->vars; globals: index in unit->globals */
};

/* ---- expressions: PURE: no assignment, no effect, no call but of pure mathematical functions --- */

enum expr_kind {
    EXPR_INT,     /* integer and character constants, enumerators: text is the spelling */
    EXPR_REAL,    /* floating constants: text is the exact spelling */
    EXPR_STRING,
    EXPR_NAMED,   /* a macro or enumerator kept by name: text; `arg[0]` is its meaning */
    EXPR_VAR,
    EXPR_FUNC,    /* a function designator */
    EXPR_UNARY,
    EXPR_BINARY,
    EXPR_COND,    /* arg[0] ? arg[1] : arg[2] */
    EXPR_CAST,    /* (type)arg[0]; implicit ones are not printed */
    EXPR_INDEX,   /* arg[0][arg[1]]; arg[0] is a pointer, or an array lvalue */
    EXPR_DEREF,   /* *arg[0] */
    EXPR_ADDR,    /* &arg[0] */
    EXPR_FIELD,   /* arg[0].name, or arg[0]->name when arg[0] is a pointer */
    EXPR_MATH,    /* call of a pure function with a `math` row in the rules: name, args */
    EXPR_SIZEOF,  /* sizeof(type) */
    EXPR_INIT     /* { args }: only as an initializer in a declaration; missing elements are zero */
};

enum unary_op { UNARY_NEG, UNARY_PLUS, UNARY_NOT /* ~ */, UNARY_LNOT };

enum binary_op {
    BINARY_ADD, BINARY_SUB, BINARY_MUL, BINARY_DIV, BINARY_REM, BINARY_SHL, BINARY_SHR, BINARY_AND, BINARY_OR,
    BINARY_XOR, BINARY_LT, BINARY_GT, BINARY_LE, BINARY_GE, BINARY_EQ, BINARY_NE, BINARY_LAND, BINARY_LOR
};

struct expr {
    enum expr_kind kind;
    struct type *type;     /* value type; an array lvalue keeps its array type until INDEX, ADDR or an implicit CAST decays it */
    struct loc loc;
    struct expr **args;
    size_t arg_count;
    union {
        enum unary_op unary;
        enum binary_op binary;
        bool implicit;             /* CAST */
        size_t inside;             /* ADDR of the first real of a row: how many members and elements it lies inside */
        const char *text;          /* INT REAL STRING NAMED */
        const char *name;          /* FIELD MATH */
        struct var *var;           /* VAR */
        struct func *func;         /* FUNC */
        struct type *of;           /* SIZEOF */
    } u;
    long long value;       /* INT: its value (also of character constants and enumerators) */
};

/* ---- statements --------------------------------------------------------------------------------- */

enum stmt_kind {
    STMT_DECL,      /* a local variable, initialised or not */
    STMT_SET,       /* to = from; with `add`: to += from */
    STMT_CALL,      /* to = call(args); to may be NULL. The only place of effects. */
    STMT_IF,
    STMT_FOR,       /* counted: trip count known on entry, index changed nowhere else */
    STMT_WHILE,     /* while (cond) body; do_while: tested after the body */
    STMT_SWITCH,    /* arms do not fall through and hold no BREAK of a loop around */
    STMT_BLOCK,
    STMT_RETURN,    /* in tail position, like BREAK and CONTINUE */
    STMT_BREAK,
    STMT_CONTINUE,  /* never in normal form: tail position makes it the end of the body */
    STMT_PUSH,      /* value of `to` goes to the record */
    STMT_POP,       /* `to` comes back from the record */
    STMT_RAW        /* text printed as it is: a comment, a pragma, a directive */
};

struct block {
    struct stmt **items;
    size_t count, capacity;
};

struct switch_arm {
    struct expr **values;   /* constant expressions; none with is_default: only the default */
    size_t value_count;
    bool is_default;
    struct block body;
};

struct stmt {
    enum stmt_kind kind;
    struct loc loc;
    const char *comment;    /* comment text that stands before the statement, verbatim with its delimiters, or NULL */
    const char *trailing;   /* comment at the end of its line */
    unsigned id;            /* in the function, from 1, given by func_number; 0: new since */
    unsigned leaves;        /* in the front end only, see front/jumps.h; else 0 */
    struct expr *to;        /* SET, CALL (or NULL), PUSH, POP: an lvalue */
    union {
        struct {
            struct var *var;
            struct expr *init; /* or NULL */
        } decl;
        struct {
            struct expr *from;
            bool add;
        } set;
        struct {
            struct func *callee;
            struct expr **args;
            size_t arg_count;
        } call;
        struct {
            struct expr *cond;
            struct block then, other;
        } branch;
        struct {
            /* for (index = lo; index REL hi; index += step). step: a non-zero integer constant or a loop-invariant
             * expression known positive; rel: LT LE for step > 0, GT GE for step < 0, NE for step = +-1.
             * lo, hi and step are evaluated from variables that the body does not change. */
            struct var *index;
            bool declares;     /* `for (int i = ...` */
            struct expr *lo, *hi, *step;
            enum binary_op rel;
            struct block body;
            bool has_break;    /* a BREAK or RETURN in the body leaves this loop early */
            struct stmt *upward; /* of a loop that reverses another: the head of a loop over the same values of its index, or
                                  * of the variable that the body's first statement declares, in the other's order; or NULL */
            const char *pragma;  /* printed before it, or NULL */
        } loop;
        struct {
            struct expr *cond;
            bool do_while;
            struct block body;
            bool has_break;
        } while_;
        struct {
            struct expr *value;
            struct switch_arm *arms;
            size_t arm_count;
        } switch_;
        struct block block;
        struct expr *value;    /* RETURN, or NULL */
        const char *text;      /* RAW */
    } u;
};

/* ---- functions and the translation unit ----------------------------------------------------------- */

enum mode { MODE_GRAD, MODE_VJP, MODE_SPLIT, MODE_JVP, MODE_HVP, MODE_JACOBIAN, MODE_HESSIAN, MODE_COUNT };

/* A request as written: the part after `f:` or between the parentheses of the macro. */
struct request_text {
    enum mode mode;
    const char *function;
    const char *text;
    const char *written; /* in the source: of a prototype, with its own names for the parameters; else NULL */
    struct loc loc;
};

struct func {
    const char *name;
    struct type *result;
    struct var **params;
    size_t param_count;
    bool variadic;
    bool promotes;           /* an old-style definition (C11 6.9.1p13): what it is passed is promoted */
    bool is_static;          /* internal linkage (static, or inline in the input) */
    bool in_input;           /* declared in the input itself */
    bool in_header;          /* declared in a file that the input includes (defined in the input or not) */
    bool in_system;          /* that file belongs to the system: the function knows no variable of the input */
    bool defined;            /* has a body in this translation unit */
    bool inactive;           /* CGRAD_INACTIVE */
    bool no_return;
    const char *custom_vjp, *custom_jvp; /* name of the user's function that replaces ours, or NULL */
    struct loc loc;
    const char *comment;     /* comment before the definition, or NULL */
    const char *unsupported; /* why the body could not be represented, or NULL; asked for only if differentiated */
    struct loc unsupported_loc;
    struct var *through;     /* no function, but what this parameter or local variable points to */
    struct func *original;   /* of a copy: the function of the input that has the same meaning, or NULL */
    struct loc openmp;       /* of the first OpenMP directive in the body; file == NULL: none */
    struct block body;       /* if defined and supported */
    VEC(struct var *) vars;  /* parameters first, then every local, var->id is the index */
    unsigned stmt_count;     /* after func_number */
    struct map *numbers;     /* private to func_fresh_name: where to go on counting, by base */
};

/* Something of the input's own text that generated code may need: carried over verbatim. */
enum carry_kind { CARRY_INCLUDE, CARRY_MACRO, CARRY_TYPE, CARRY_GLOBAL, CARRY_FUNCTION };

struct carry {
    enum carry_kind kind;
    const char *name;            /* INCLUDE: as spelled, with its delimiters: <math.h> or "model.h" */
    const char *path;            /* INCLUDE: the file it resolved to */
    const char *text;            /* the declaration's source text */
    const char *extern_text;     /* GLOBAL, FUNCTION with external linkage: what declares it elsewhere */
    const char **mentions;       /* identifiers in the text */
    size_t mention_count;
    bool is_static;              /* internal linkage: must be copied, cannot be referred to */
    bool is_const;
    bool is_setting;             /* MACRO: for headers that are included behind it */
    bool is_outdated;            /* a name in the text has become a macro further down */
    struct loc loc;
    unsigned position;           /* in the input: order of emission */
};

struct unit {
    struct arena *arena;
    struct types *types;
    struct interner *names;
    struct diag *diag;
    const char *input;                       /* path as given */
    VEC(const char *) further;               /* further inputs */
    VEC(struct func *) funcs;                /* in order of first declaration; also declared-only ones that are called */
    VEC(struct var *) globals;
    VEC(struct carry *) carried;             /* by position */
    VEC(struct request_text *) requests;     /* those in the source */
    VEC(const char *) files;                 /* every file read, for the depfile; the input first */
    struct map *identifiers;                 /* every identifier that occurs in the input: names to avoid */
    struct map *declared;                    /* names of all functions that the input and its headers declare */
    struct map *func_index, *global_index;   /* private to unit_find_func, unit_find_global */
    size_t funcs_indexed, globals_indexed;
    struct map *constants;                   /* enumerators and integer macros of the user: name -> struct expr */
};

/* ---- build.c: constructors. They fill in types, and fold nothing. ---------------------------------- */

struct expr *expr_int(struct unit *unit, long long value);                 /* of type int (long long if too large) */
struct expr *expr_int_typed(struct unit *unit, long long value, struct type *type);
struct expr *expr_real(struct unit *unit, const char *text, struct type *type);
struct expr *expr_zero(struct unit *unit, struct type *type);              /* 0, 0.0, 0.0f of the real or int type */
struct expr *expr_string(struct unit *unit, const char *text, struct type *type);
struct expr *expr_var(struct unit *unit, struct var *var);
struct expr *expr_func(struct unit *unit, struct func *func);
struct expr *expr_unary(struct unit *unit, enum unary_op op, struct expr *a);
struct expr *expr_binary(struct unit *unit, enum binary_op op, struct expr *a, struct expr *b);
struct expr *expr_cond(struct unit *unit, struct expr *cond, struct expr *then, struct expr *other);
struct expr *expr_cast(struct unit *unit, struct type *type, struct expr *a, bool implicit);
struct expr *expr_index(struct unit *unit, struct expr *base, struct expr *index);
struct expr *expr_deref(struct unit *unit, struct expr *pointer);
struct expr *expr_addr(struct unit *unit, struct expr *lvalue);            /* sets address_taken of the root */
void expr_take_address(const struct expr *lvalue);
struct expr *expr_field(struct unit *unit, struct expr *base, const char *name);
struct expr *expr_math(struct unit *unit, const char *name, struct type *type, struct expr **args, size_t count);
struct expr *expr_sizeof(struct unit *unit, struct type *type);
struct expr *expr_init(struct unit *unit, struct type *type, struct expr **args, size_t count);
struct expr *expr_named(struct unit *unit, const char *text, struct expr *meaning);

struct stmt *stmt_new(struct unit *unit, enum stmt_kind kind, struct loc loc);
struct stmt *stmt_decl(struct unit *unit, struct var *var, struct expr *init);
struct stmt *stmt_set(struct unit *unit, struct expr *to, struct expr *from, bool add);
struct stmt *stmt_call(struct unit *unit, struct expr *to, struct func *callee, struct expr **args, size_t count);
struct stmt *stmt_if(struct unit *unit, struct expr *cond);
struct stmt *stmt_block(struct unit *unit);
struct stmt *stmt_return(struct unit *unit, struct expr *value);
struct stmt *stmt_raw(struct unit *unit, const char *text);
void block_add(struct unit *unit, struct block *block, struct stmt *stmt);
void block_append(struct unit *unit, struct block *to, const struct block *from);
void block_insert(struct unit *unit, struct block *block, size_t at, struct stmt *stmt);
/* Whether a statement of the block itself is a declaration. */
bool block_declares(const struct block *block);

/* Not yet in unit->funcs: VEC_PUSH it there if calls shall find it. */
struct func *func_new(struct unit *unit, const char *name, struct type *result);
/* A new variable of the function; the name is taken as it is. VAR_PARAM: also appended to func->params (all parameters
 * before any local). */
struct var *func_add_var(struct unit *unit, struct func *func, enum var_kind kind, const char *name, struct type *type);
bool func_has_name(const struct func *func, const char *name);
/* `base`, or base_2, base_3...: a name that is not in `func`, not an identifier of the input and not a C keyword. */
const char *func_fresh_name(struct unit *unit, const struct func *func, const char *base);
/* The name by which C code calls it. */
const char *func_called_name(const struct func *func);
struct func *unit_find_func(const struct unit *unit, const char *name);
/* The parameter of this name in the input, or else the global variable; NULL if there is none. */
struct var *unit_find_variable(const struct unit *unit, const struct func *func, const char *name);
struct var *unit_find_global(const struct unit *unit, const char *name);
void unit_rename_func(struct unit *unit, struct func *func, const char *name);

/* ---- walk.c --------------------------------------------------------------------------------------- */

/* An integer constant expression of known value: constants, NAMED, implicit casts, operators; no sizeof. */
bool expr_is_const_int(const struct expr *expr, long long *value);
/* A floating or integer constant of exactly this value, however it is written: 1, 1.0f, 0x1p0. */
bool expr_is_number(const struct expr *expr, long double value);
/* Structurally equal: the same value if evaluated in the same state. */
bool expr_equal(const struct expr *a, const struct expr *b);
bool expr_is_lvalue(const struct expr *expr);
/* The expression without implicit casts and NAMED wrappers around it. */
struct expr *expr_strip(const struct expr *expr);
/* The integer expression without conversions between integer types and NAMED wrappers around it. */
const struct expr *expr_bare_int(const struct expr *expr);
/* The variable at the root of an lvalue path of fields, indices and dereferences; NULL if it is not rooted in one. */
struct var *expr_root(const struct expr *expr);
/* Calls visit on every node, parents first; stops descending where visit returns false. */
void expr_walk(struct expr *expr, bool (*visit)(struct expr *expr, void *data), void *data);
/* Every expression directly in the statement (not in nested statements): to, lo, hi, step, cond, from, args, the values of
 * a switch. Not the index variable of a FOR, nor the extents in the type of a declared VLA. */
void stmt_each_expr(struct stmt *stmt, void (*visit)(struct expr **expr, void *data), void *data);
/* expr_walk on each of these. */
void stmt_walk_exprs(struct stmt *stmt, bool (*visit)(struct expr *expr, void *data), void *data);
/* Every nested block directly in the statement. */
void stmt_each_block(struct stmt *stmt, void (*visit)(struct block *block, void *data), void *data);
/* Every statement below, parents first. */
void block_walk(struct block *block, void (*visit)(struct stmt *stmt, void *data), void *data);
/* How often the variable stands in the expression; in the statement itself (extents of a declared array and the index of
 * a FOR included); in all statements below. A variable that is only declared is not mentioned. */
unsigned expr_mentions(struct expr *expr, const struct var *var);
unsigned stmt_mentions(struct stmt *stmt, const struct var *var);
unsigned block_mentions(struct block *block, const struct var *var);
/* Puts the value in place of the variable, in the expression itself and in all expressions of the statement. */
struct expr *expr_put(struct expr *expr, const struct var *var, struct expr *value);
void stmt_put(struct stmt *stmt, const struct var *var, struct expr *value);
/* How many nodes it has. */
unsigned expr_size(struct expr *expr);
/* Gives every statement its id; returns the count. */
unsigned func_number(struct func *func);

/* ---- copy.c --------------------------------------------------------------------------------------- */

/* Replaces variables: map[var->id] if not NULL. Globals stay, and static locals that are not const: they have one instance. */
struct copy_map {
    struct unit *unit;
    struct expr **vars;   /* by var->id; may be NULL (keep all) */
    size_t var_count;
};

struct expr *expr_copy(const struct copy_map *map, const struct expr *expr);
struct stmt *stmt_copy(const struct copy_map *map, const struct stmt *stmt);
void block_copy(const struct copy_map *map, struct block *to, const struct block *from);
/* Types whose array counts mention replaced variables are rebuilt. */
struct type *type_copy(const struct copy_map *map, struct type *type);

/* ---- print.c: the dump, for people and tests --------------------------------------------------------- */

/* A C-like rendering of the function; `fact` (may be NULL) gives a note to print behind a statement. */
void func_dump(struct text *out, const struct func *func, const char *(*fact)(const struct stmt *, void *), void *data);

/* ---- verify.c: aborts with a message on the first broken invariant of doc/ir.md ------------------------ */

void func_verify(const struct unit *unit, const struct func *func, const char *after_pass);

#endif

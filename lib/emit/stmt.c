/* stmt: statements, one line each, in the form in which people write them: `x += e`, `i++`, `double t =
 * f(x);`, `else if`. What follows an early exit in the normal form (`if (c) { return a; } else { R }`) is
 * written without the else, as it was in the source.
 */
#include "emit/print.h"

#include <string.h>

/* The blocks whose declarations share a scope in the text. */
struct scope {
    const struct block *block;
    const struct scope *around; /* part of the same scope */
    const struct func *func;    /* whose parameters are in this scope, or NULL */
    bool is_arm;                /* behind a case label: no declarations */
};

static void print_list(struct text *out, const struct scope *scope);
static void print_stmt(struct text *out, const struct stmt *stmt, const struct scope *scope);

/* ---- lines ------------------------------------------------------------------------------------ */

/* Ends the line; a comment of several lines cannot stand behind it. */
static void end_line(struct text *out, const struct stmt *stmt) {
    if (stmt->trailing && !strchr(stmt->trailing, '\n'))
        text_printf(out, " %s", stmt->trailing);
    text_newline(out);
}

static void put_line(struct text *out, struct text *line, const struct stmt *stmt) {
    print_line(out, text_string(line));
    end_line(out, stmt);
    text_free(line);
}

static void print_comments(struct text *out, const struct stmt *stmt) {
    if (stmt->comment)
        print_comment(out, stmt->comment);
    if (stmt->trailing && strchr(stmt->trailing, '\n'))
        print_comment(out, stmt->trailing);
}

static void print_braced(struct text *out, const struct scope *scope) {
    out->indent++;
    print_list(out, scope);
    out->indent--;
    text_put(out, "}");
}

/* `head {`, the block, `}`; the line stays open. */
static void print_body(struct text *out, struct text *head, const struct block *body,
                       const struct stmt *stmt) {
    bool empty = body->count == 0;
    text_put(head, empty ? " {}" : " {");
    print_line(out, text_string(head));
    text_free(head);
    if (empty)
        return;
    end_line(out, stmt);
    print_braced(out, &(struct scope){.block = body});
}

/* ---- simple statements ------------------------------------------------------------------------ */

static bool is_one(const struct expr *expr, long long sign) {
    long long value;
    return type_is_int(expr->type) && expr_is_const_int(expr, &value) && value == sign;
}

static const struct expr *without_cast(const struct expr *expr) {
    return expr->kind == EXPR_CAST && expr->u.implicit ? expr->args[0] : expr;
}

static void print_to(struct text *out, const struct expr *to) {
    if (to->kind == EXPR_DEREF)
        text_put(out, "(");
    emit_expr(out, to);
    if (to->kind == EXPR_DEREF)
        text_put(out, ")");
}

static void print_update(struct text *out, const struct expr *to, enum binary_op op, const struct expr *by) {
    bool counts = (op == BINARY_ADD || op == BINARY_SUB) && !type_is_real(to->type);
    bool down = op == BINARY_SUB;
    if (counts && (is_one(by, 1) || is_one(by, -1))) {
        down ^= is_one(by, -1);
        print_to(out, to);
        text_put(out, down ? "--;" : "++;");
        return;
    }
    emit_expr(out, to);
    text_printf(out, " %s= ", binary_text(op));
    print_operand(out, op, to, by);
    text_put(out, ";");
}

static void print_add(struct text *out, const struct expr *to, const struct expr *by) {
    if (by->kind == EXPR_UNARY && by->u.unary == UNARY_NEG && type_is_real(to->type))
        print_update(out, to, BINARY_SUB, by->args[0]);
    else
        print_update(out, to, BINARY_ADD, by);
}

static bool has_assignment(enum binary_op op) {
    return op <= BINARY_XOR;
}

/* `x = x - e` is `x -= e`: the conversions are the same in both (C11 6.5.16.2p3). */
static bool is_update(const struct expr *to, const struct expr *from) {
    if (from->kind != EXPR_BINARY || !has_assignment(from->u.binary))
        return false;
    const struct expr *left = without_cast(from->args[0]);
    return !(left->kind == EXPR_CAST && left->u.implicit) && expr_equal(left, to);
}

static void print_set(struct text *out, const struct stmt *stmt) {
    const struct expr *from = stmt->u.set.from;
    if (stmt->u.set.add) {
        print_add(out, stmt->to, from);
        return;
    }
    const struct expr *bare = without_cast(from);
    if (is_update(stmt->to, bare)) {
        print_update(out, stmt->to, bare->u.binary, bare->args[1]);
        return;
    }
    emit_expr(out, stmt->to);
    text_put(out, " = ");
    print_assigned(out, stmt->to->type, from);
    text_put(out, ";");
}

static void put_call(struct text *out, const struct stmt *stmt) {
    print_call(out, stmt->u.call.callee, stmt->u.call.args, stmt->u.call.arg_count);
    text_put(out, ";");
}

static void put_declared(struct text *out, const struct var *var) {
    if (var->kind == VAR_STATIC_LOCAL)
        text_put(out, "static ");
    emit_declarator(out, var->type, var->name);
}

static void put_decl(struct text *out, const struct stmt *stmt) {
    put_declared(out, stmt->u.decl.var);
    if (stmt->u.decl.init) {
        text_put(out, " = ");
        print_assigned(out, stmt->u.decl.var->type, stmt->u.decl.init);
    }
    text_put(out, ";");
}

static void put_return(struct text *out, const struct stmt *stmt) {
    text_put(out, "return");
    if (stmt->u.value) {
        text_put(out, " ");
        print_value(out, stmt->u.value);
    }
    text_put(out, ";");
}

static void put_record_access(struct text *out, const struct stmt *stmt) {
    text_put(out, stmt->kind == STMT_PUSH ? "CGRAD_PUSH(&record, " : "CGRAD_POP(&cursor, ");
    emit_expr(out, stmt->to);
    text_put(out, ");");
}

static void put_simple(struct text *out, const struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_DECL: put_decl(out, stmt); break;
    case STMT_SET: print_set(out, stmt); break;
    case STMT_CALL:
        if (stmt->to) {
            emit_expr(out, stmt->to);
            text_put(out, " = ");
        }
        put_call(out, stmt);
        break;
    case STMT_RETURN: put_return(out, stmt); break;
    case STMT_BREAK: text_put(out, "break;"); break;
    case STMT_CONTINUE: text_put(out, "continue;"); break;
    case STMT_PUSH:
    case STMT_POP: put_record_access(out, stmt); break;
    case STMT_IF:
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_SWITCH:
    case STMT_BLOCK:
    case STMT_RAW: BUG("statement of kind %d is not simple", (int)stmt->kind);
    }
}

static void print_simple(struct text *out, const struct stmt *stmt) {
    struct text line = {0};
    put_simple(&line, stmt);
    put_line(out, &line, stmt);
}

/* A variable that is declared only to receive the call that follows: `double t = f(x);` */
static bool receives(const struct stmt *decl, const struct stmt *call) {
    return decl->kind == STMT_DECL && !decl->u.decl.init && decl->u.decl.var->kind == VAR_LOCAL &&
           call->kind == STMT_CALL && call->to && call->to->kind == EXPR_VAR &&
           call->to->u.var == decl->u.decl.var;
}

static void print_receiving(struct text *out, const struct stmt *decl, const struct stmt *call) {
    struct text line = {0};
    print_comments(out, decl);
    print_comments(out, call);
    put_declared(&line, decl->u.decl.var);
    text_put(&line, " = ");
    put_call(&line, call);
    put_line(out, &line, call->trailing ? call : decl);
}

/* ... and then is returned: `return f(x);` */
static bool returns_received(const struct stmt *decl, const struct stmt *call, const struct stmt *stmt) {
    return stmt->kind == STMT_RETURN && stmt->u.value && stmt->u.value->kind == EXPR_VAR &&
           stmt->u.value->u.var == decl->u.decl.var &&
           type_same(decl->u.decl.var->type, call->u.call.callee->result);
}

static void print_returning(struct text *out, const struct stmt *decl, const struct stmt *call,
                            const struct stmt *end) {
    struct text line = {0};
    print_comments(out, decl);
    print_comments(out, call);
    print_comments(out, end);
    text_put(&line, "return ");
    put_call(&line, call);
    put_line(out, &line, call->trailing ? call : end->trailing ? end : decl);
}

/* ---- loops ------------------------------------------------------------------------------------ */

static void put_step(struct text *out, struct expr *index, struct expr *step) {
    long long value;
    if (expr_is_const_int(step, &value) && value < 0 && value != -1)
        text_printf(out, "%s -= %lld", index->u.var->name, -value);
    else if (is_one(step, 1) || is_one(step, -1))
        text_printf(out, "%s%s", index->u.var->name, is_one(step, 1) ? "++" : "--");
    else {
        text_printf(out, "%s += ", index->u.var->name);
        print_operand(out, BINARY_ADD, index, step);
    }
}

static void print_for(struct text *out, const struct stmt *stmt) {
    struct var *var = stmt->u.loop.index;
    struct expr index = {.kind = EXPR_VAR, .type = var->type, .u.var = var};
    struct expr *sides[] = {&index, stmt->u.loop.hi};
    struct expr test = {.kind = EXPR_BINARY, .args = sides, .arg_count = 2, .u.binary = stmt->u.loop.rel};
    struct text head = {0};
    if (stmt->u.loop.pragma) {
        text_printf(out, "#pragma %s", stmt->u.loop.pragma);
        text_newline(out);
    }
    text_put(&head, "for (");
    if (stmt->u.loop.declares)
        emit_declarator(&head, var->type, var->name);
    else
        text_put(&head, var->name);
    text_put(&head, " = ");
    print_value(&head, stmt->u.loop.lo);
    text_put(&head, "; ");
    emit_expr(&head, &test);
    text_put(&head, "; ");
    put_step(&head, &index, stmt->u.loop.step);
    text_put(&head, ")");
    print_body(out, &head, &stmt->u.loop.body, stmt);
    text_newline(out);
}

static void print_while(struct text *out, const struct stmt *stmt) {
    struct text head = {0}, tail = {0};
    struct text *where = stmt->u.while_.do_while ? &tail : &head;
    text_put(where, "while (");
    print_condition(where, stmt->u.while_.cond);
    text_put(where, ")");
    if (stmt->u.while_.do_while) {
        text_put(&head, "do");
        text_put(&tail, ";");
    }
    print_body(out, &head, &stmt->u.while_.body, stmt);
    if (stmt->u.while_.do_while)
        text_printf(out, " %s", text_string(&tail));
    text_newline(out);
    text_free(&tail);
}

/* `for (p = x; p != end; p++)` that is not counted: a block with the declaration and a while whose body ends
 * with the update. */
static const struct stmt *loop_of(const struct stmt *stmt) {
    const struct block *block = &stmt->u.block;
    if (block->count != 2 || block->items[0]->kind != STMT_DECL || block->items[1]->kind != STMT_WHILE)
        return NULL;
    const struct stmt *decl = block->items[0], *loop = block->items[1];
    const struct block *body = &loop->u.while_.body;
    const struct stmt *last = body->count > 1 ? body->items[body->count - 1] : NULL;
    bool updates = last && last->kind == STMT_SET && last->to->kind == EXPR_VAR &&
                   last->to->u.var == decl->u.decl.var && !last->comment && !last->trailing;
    bool plain =
        decl->u.decl.init && !decl->comment && !decl->trailing && decl->u.decl.var->kind == VAR_LOCAL;
    return updates && plain && !loop->u.while_.do_while ? loop : NULL;
}

static void print_declaring_for(struct text *out, const struct stmt *decl, const struct stmt *loop) {
    struct block body = loop->u.while_.body;
    struct text head = {0};
    print_comments(out, loop);
    text_put(&head, "for (");
    put_decl(&head, decl);
    text_put(&head, " ");
    print_condition(&head, loop->u.while_.cond);
    text_put(&head, "; ");
    print_set(&head, body.items[--body.count]);
    head.data[--head.length] = '\0'; /* its semicolon */
    text_put(&head, ")");
    print_body(out, &head, &body, loop);
    text_newline(out);
}

/* ---- if --------------------------------------------------------------------------------------- */

static bool never_falls(const struct block *block);

static bool stmt_never_falls(const struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_CONTINUE: return true;
    case STMT_IF: return never_falls(&stmt->u.branch.then) && never_falls(&stmt->u.branch.other);
    case STMT_BLOCK: return never_falls(&stmt->u.block);
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_SWITCH:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
    return false;
}

static bool never_falls(const struct block *block) {
    return block->count > 0 && stmt_never_falls(block->items[block->count - 1]);
}

static bool declares(const struct block *block, const char *name) {
    for (size_t i = 0; i < block->count; i++) {
        const struct stmt *stmt = block->items[i];
        if (stmt->kind == STMT_DECL && strcmp(stmt->u.decl.var->name, name) == 0)
            return true;
    }
    return false;
}

static bool scope_declares(const struct scope *scope, const char *name) {
    for (; scope; scope = scope->around) {
        if (declares(scope->block, name))
            return true;
        for (size_t i = 0; scope->func && i < scope->func->param_count; i++)
            if (strcmp(scope->func->params[i]->name, name) == 0)
                return true;
    }
    return false;
}

/* Whether the block's declarations may stand in the scope itself. */
static bool fits_scope(const struct scope *scope, const struct block *block) {
    for (size_t i = 0; i < block->count; i++) {
        const struct stmt *stmt = block->items[i];
        if (stmt->kind == STMT_DECL && (scope->is_arm || scope_declares(scope, stmt->u.decl.var->name)))
            return false;
    }
    return true;
}

/* The else branch that can be written behind the if, or NULL. */
static const struct block *rest_behind(const struct stmt *stmt, const struct scope *scope) {
    bool is_last = scope && scope->block->count && scope->block->items[scope->block->count - 1] == stmt;
    bool can = is_last && stmt->u.branch.other.count && never_falls(&stmt->u.branch.then) &&
               fits_scope(scope, &stmt->u.branch.other);
    return can ? &stmt->u.branch.other : NULL;
}

static const struct stmt *else_if(const struct block *other) {
    const struct stmt *only = other->count == 1 ? other->items[0] : NULL;
    return only && only->kind == STMT_IF && !only->comment ? only : NULL;
}

static void print_if(struct text *out, const struct stmt *stmt, const struct scope *scope) {
    struct text head = {0};
    text_put(&head, "if (");
    print_condition(&head, stmt->u.branch.cond);
    text_put(&head, ")");
    print_body(out, &head, &stmt->u.branch.then, stmt);
    const struct block *rest = rest_behind(stmt, scope), *other = &stmt->u.branch.other;
    if (rest) {
        text_newline(out);
        print_list(out, &(struct scope){.block = rest, .around = scope, .is_arm = scope->is_arm});
        return;
    }
    if (other->count == 0) {
        text_newline(out);
        return;
    }
    text_put(out, " else ");
    if (else_if(other)) {
        print_if(out, else_if(other), NULL);
        return;
    }
    text_put(out, "{");
    text_newline(out);
    print_braced(out, &(struct scope){.block = other});
    text_newline(out);
}

/* ---- switch ----------------------------------------------------------------------------------- */

static void print_labels(struct text *out, const struct switch_arm *arm) {
    struct text line = {0};
    for (size_t i = 0; i < arm->value_count; i++) {
        text_put(&line, i > 0 ? " case " : "case ");
        emit_expr(&line, arm->values[i]);
        text_put(&line, ":");
    }
    if (arm->is_default)
        text_put(&line, arm->value_count ? " default:" : "default:");
    text_put(out, text_string(&line));
    text_free(&line);
}

static bool has_decl(const struct block *block) {
    for (size_t i = 0; i < block->count; i++)
        if (block->items[i]->kind == STMT_DECL)
            return true;
    return false;
}

/* `case 1: { ... }`: the arm is all in one block. */
static const struct block *arm_body(const struct switch_arm *arm) {
    const struct stmt *only = arm->body.count == 1 ? arm->body.items[0] : NULL;
    return only && only->kind == STMT_BLOCK && !only->comment && !only->trailing ? &only->u.block
                                                                                 : &arm->body;
}

static void print_arm(struct text *out, const struct switch_arm *arm) {
    const struct block *body = arm_body(arm);
    bool braces = has_decl(body);
    print_labels(out, arm);
    text_put(out, braces ? " {" : "");
    text_newline(out);
    out->indent++;
    print_list(out, &(struct scope){.block = body, .is_arm = !braces});
    if (!never_falls(body)) {
        text_put(out, "break;");
        text_newline(out);
    }
    out->indent--;
    if (braces) {
        text_put(out, "}");
        text_newline(out);
    }
}

static void print_switch(struct text *out, const struct stmt *stmt) {
    struct text head = {0};
    text_put(&head, "switch (");
    print_value(&head, stmt->u.switch_.value);
    text_put(&head, ") {");
    put_line(out, &head, stmt);
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
        print_arm(out, &stmt->u.switch_.arms[i]);
    text_put(out, "}");
    text_newline(out);
}

/* ---- all of them ------------------------------------------------------------------------------ */

static void print_raw(struct text *out, const char *text) {
    if (strncmp(text, "/*", 2) == 0 || strncmp(text, "//", 2) == 0) {
        print_comment(out, text);
        return;
    }
    print_line(out, text);
    text_newline(out);
}

static void print_block(struct text *out, const struct stmt *stmt) {
    if (loop_of(stmt)) {
        print_declaring_for(out, stmt->u.block.items[0], loop_of(stmt));
        return;
    }
    text_put(out, "{");
    end_line(out, stmt);
    print_braced(out, &(struct scope){.block = &stmt->u.block});
    text_newline(out);
}

static void print_stmt(struct text *out, const struct stmt *stmt, const struct scope *scope) {
    print_comments(out, stmt);
    switch (stmt->kind) {
    case STMT_IF: print_if(out, stmt, scope); break;
    case STMT_FOR: print_for(out, stmt); break;
    case STMT_WHILE: print_while(out, stmt); break;
    case STMT_SWITCH: print_switch(out, stmt); break;
    case STMT_BLOCK: print_block(out, stmt); break;
    case STMT_RAW: print_raw(out, stmt->u.text); break;
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP: print_simple(out, stmt); break;
    }
}

static void print_list(struct text *out, const struct scope *scope) {
    const struct block *block = scope->block;
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *const *next = block->items + i;
        size_t left = block->count - i;
        if (left > 2 && receives(next[0], next[1]) && returns_received(next[0], next[1], next[2])) {
            print_returning(out, next[0], next[1], next[2]);
            i += 2;
        } else if (left > 1 && receives(next[0], next[1])) {
            print_receiving(out, next[0], next[1]);
            i++;
        } else {
            print_stmt(out, block->items[i], scope);
        }
    }
}

void emit_stmt(struct text *out, const struct stmt *stmt) {
    print_stmt(out, stmt, NULL);
}

void emit_block(struct text *out, const struct block *block) {
    print_list(out, &(struct scope){.block = block});
}

void print_func_body(struct text *out, const struct func *func) {
    print_list(out, &(struct scope){.block = &func->body, .func = func});
}

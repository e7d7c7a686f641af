/* print: the dump: C-like, fully parenthesised, with types written from left to right (`double[3][n] *p`).
 * Its text is stable, for tests; it need not compile: C proper is the business of emit. Broken IR is printed
 * as far as it goes. */
#include "ir/ir.h"

struct dump {
    struct text *out;
    const char *(*fact)(const struct stmt *, void *);
    void *data;
};

static void dump_expr(struct text *out, const struct expr *expr);

/* ---- types ------------------------------------------------------------------------------------ */

static void dump_quals(struct text *out, unsigned quals) {
    if (quals & QUAL_CONST)
        text_put(out, "const ");
    if (quals & QUAL_VOLATILE)
        text_put(out, "volatile ");
}

static void dump_type(struct text *out, const struct type *type);

static void dump_array(struct text *out, const struct type *type) {
    const struct type *element = type;
    while (element->kind == TYPE_ARRAY)
        element = element->under;
    dump_type(out, element);
    for (; type->kind == TYPE_ARRAY; type = type->under) {
        text_put(out, "[");
        if (type->count)
            dump_expr(out, type->count);
        text_put(out, "]");
    }
}

static void dump_function_type(struct text *out, const struct type *type) {
    dump_type(out, type->under);
    text_put(out, "(");
    for (size_t i = 0; i < type->param_count; i++) {
        text_put(out, i ? ", " : "");
        dump_type(out, type->params[i]);
    }
    text_put(out, type->variadic ? ", ...)" : ")");
}

static void dump_pointer(struct text *out, const struct type *type) {
    dump_type(out, type->under);
    text_put(out, type->under->kind == TYPE_POINTER ? "*" : " *");
    if (type->quals & QUAL_CONST)
        text_put(out, "const");
    if (type->quals & QUAL_RESTRICT)
        text_put(out, "restrict");
}

static void dump_record(struct text *out, const struct record *record) {
    text_printf(out, "%s %s", record->by_union ? "union" : "struct",
                record->tag ? record->tag : "<anonymous>");
}

static void dump_type(struct text *out, const struct type *type) {
    if (!type) {
        text_put(out, "<no type>");
        return;
    }
    if (type->kind != TYPE_POINTER)
        dump_quals(out, type->quals);
    switch (type->kind) {
    case TYPE_VOID: text_put(out, "void"); break;
    case TYPE_INT:
    case TYPE_REAL: text_put(out, type_scalar_name(type->scalar)); break;
    case TYPE_ENUM: text_printf(out, "enum %s", type->name ? type->name : "<anonymous>"); break;
    case TYPE_POINTER: dump_pointer(out, type); break;
    case TYPE_ARRAY: dump_array(out, type); break;
    case TYPE_RECORD: dump_record(out, type->record); break;
    case TYPE_FUNCTION: dump_function_type(out, type); break;
    case TYPE_NAMED:
    case TYPE_OPAQUE: text_put(out, type->name); break;
    }
}

/* ---- expressions ------------------------------------------------------------------------------ */

static const char *unary_text(enum unary_op op) {
    switch (op) {
    case UNARY_NEG: return "-";
    case UNARY_PLUS: return "+";
    case UNARY_NOT: return "~";
    case UNARY_LNOT: return "!";
    }
    return "?";
}

static const char *binary_text(enum binary_op op) {
    switch (op) {
    case BINARY_ADD: return "+";
    case BINARY_SUB: return "-";
    case BINARY_MUL: return "*";
    case BINARY_DIV: return "/";
    case BINARY_REM: return "%";
    case BINARY_SHL: return "<<";
    case BINARY_SHR: return ">>";
    case BINARY_AND: return "&";
    case BINARY_OR: return "|";
    case BINARY_XOR: return "^";
    case BINARY_LT: return "<";
    case BINARY_GT: return ">";
    case BINARY_LE: return "<=";
    case BINARY_GE: return ">=";
    case BINARY_EQ: return "==";
    case BINARY_NE: return "!=";
    case BINARY_LAND: return "&&";
    case BINARY_LOR: return "||";
    }
    return "?";
}

static void dump_list(struct text *out, struct expr *const *exprs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        text_put(out, i ? ", " : "");
        dump_expr(out, exprs[i]);
    }
}

static void dump_cast(struct text *out, const struct expr *expr) {
    if (!expr->u.implicit) {
        text_put(out, "(");
        dump_type(out, expr->type);
        text_put(out, ")");
    }
    dump_expr(out, expr->args[0]);
}

static void dump_binary(struct text *out, const struct expr *expr) {
    text_put(out, "(");
    dump_expr(out, expr->args[0]);
    text_printf(out, " %s ", binary_text(expr->u.binary));
    dump_expr(out, expr->args[1]);
    text_put(out, ")");
}

static void dump_cond(struct text *out, const struct expr *expr) {
    text_put(out, "(");
    dump_expr(out, expr->args[0]);
    text_put(out, " ? ");
    dump_expr(out, expr->args[1]);
    text_put(out, " : ");
    dump_expr(out, expr->args[2]);
    text_put(out, ")");
}

/* `before` operand `after`, with the operand in parentheses where it is an operator itself. */
static void dump_around(struct text *out, const char *before, const struct expr *expr, const char *after) {
    bool wrap = expr && (expr->kind == EXPR_DEREF || expr->kind == EXPR_ADDR || expr->kind == EXPR_UNARY ||
                         expr->kind == EXPR_CAST);
    text_put(out, before);
    text_put(out, wrap ? "(" : "");
    dump_expr(out, expr);
    text_put(out, wrap ? ")" : "");
    text_put(out, after);
}

static void dump_field(struct text *out, const struct expr *expr) {
    dump_around(out, "", expr->args[0], type_is_pointer(expr->args[0]->type) ? "->" : ".");
    text_put(out, expr->u.name);
}

static void dump_call(struct text *out, const char *name, struct expr *const *args, size_t count) {
    text_printf(out, "%s(", name);
    dump_list(out, args, count);
    text_put(out, ")");
}

static void dump_index(struct text *out, const struct expr *expr) {
    dump_around(out, "", expr->args[0], "[");
    dump_expr(out, expr->args[1]);
    text_put(out, "]");
}

static void dump_sizeof(struct text *out, const struct expr *expr) {
    text_put(out, "sizeof(");
    dump_type(out, expr->u.of);
    text_put(out, ")");
}

static void dump_init(struct text *out, const struct expr *expr) {
    text_put(out, "{");
    dump_list(out, expr->args, expr->arg_count);
    text_put(out, "}");
}

static void dump_expr(struct text *out, const struct expr *expr) {
    if (!expr) {
        text_put(out, "<no expression>");
        return;
    }
    switch (expr->kind) {
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_NAMED: text_put(out, expr->u.text); break;
    case EXPR_VAR: text_put(out, expr->u.var->name); break;
    case EXPR_FUNC: text_put(out, expr->u.func->name); break;
    case EXPR_UNARY: dump_around(out, unary_text(expr->u.unary), expr->args[0], ""); break;
    case EXPR_BINARY: dump_binary(out, expr); break;
    case EXPR_COND: dump_cond(out, expr); break;
    case EXPR_CAST: dump_cast(out, expr); break;
    case EXPR_INDEX: dump_index(out, expr); break;
    case EXPR_DEREF: dump_around(out, "*", expr->args[0], ""); break;
    case EXPR_ADDR: dump_around(out, "&", expr->args[0], ""); break;
    case EXPR_FIELD: dump_field(out, expr); break;
    case EXPR_MATH: dump_call(out, expr->u.name, expr->args, expr->arg_count); break;
    case EXPR_SIZEOF: dump_sizeof(out, expr); break;
    case EXPR_INIT: dump_init(out, expr); break;
    }
}

/* ---- statements ------------------------------------------------------------------------------- */

static void dump_block(const struct dump *dump, const struct block *block);

static void dump_var(struct text *out, const struct var *var) {
    if (var->kind == VAR_STATIC_LOCAL)
        text_put(out, "static ");
    size_t start = out->length;
    dump_type(out, var->type);
    bool star = out->length > start && out->data[out->length - 1] == '*';
    text_printf(out, "%s%s", star ? "" : " ", var->name);
}

static void end_line(const struct dump *dump, const struct stmt *stmt) {
    const char *fact = dump->fact ? dump->fact(stmt, dump->data) : NULL;
    if (fact)
        text_printf(dump->out, "  // %s", fact);
    text_newline(dump->out);
}

/* ` {`, the fact, the statements, `}`: the line is left open. */
static void dump_body(const struct dump *dump, const struct stmt *stmt, const struct block *body) {
    text_put(dump->out, "{");
    end_line(dump, stmt);
    dump_block(dump, body);
    text_put(dump->out, "}");
}

static void dump_decl(struct text *out, const struct stmt *stmt) {
    dump_var(out, stmt->u.decl.var);
    if (stmt->u.decl.init) {
        text_put(out, " = ");
        dump_expr(out, stmt->u.decl.init);
    }
    text_put(out, ";");
}

static void dump_set(struct text *out, const struct stmt *stmt) {
    dump_expr(out, stmt->to);
    text_put(out, stmt->u.set.add ? " += " : " = ");
    dump_expr(out, stmt->u.set.from);
    text_put(out, ";");
}

static void dump_call_stmt(struct text *out, const struct stmt *stmt) {
    if (stmt->to) {
        dump_expr(out, stmt->to);
        text_put(out, " = ");
    }
    dump_call(out, stmt->u.call.callee->name, stmt->u.call.args, stmt->u.call.arg_count);
    text_put(out, ";");
}

static void dump_if(const struct dump *dump, const struct stmt *stmt) {
    dump_around(dump->out, "if (", stmt->u.branch.cond, ") ");
    dump_body(dump, stmt, &stmt->u.branch.then);
    if (stmt->u.branch.other.count > 0) {
        text_put(dump->out, " else {\n");
        dump_block(dump, &stmt->u.branch.other);
        text_put(dump->out, "}");
    }
    text_newline(dump->out);
}

static void dump_for(const struct dump *dump, const struct stmt *stmt) {
    struct text *out = dump->out;
    const char *index = stmt->u.loop.index->name;
    text_put(out, "for (");
    if (stmt->u.loop.declares)
        dump_var(out, stmt->u.loop.index);
    else
        text_put(out, index);
    text_put(out, " = ");
    dump_expr(out, stmt->u.loop.lo);
    text_printf(out, "; %s %s ", index, binary_text(stmt->u.loop.rel));
    dump_expr(out, stmt->u.loop.hi);
    text_printf(out, "; %s += ", index);
    dump_expr(out, stmt->u.loop.step);
    text_put(out, stmt->u.loop.has_break ? ") [break] " : ") ");
    dump_body(dump, stmt, &stmt->u.loop.body);
    text_newline(out);
}

static void dump_while(const struct dump *dump, const struct stmt *stmt) {
    const char *mark = stmt->u.while_.has_break ? " [break]" : "";
    if (stmt->u.while_.do_while) {
        text_printf(dump->out, "do%s ", mark);
        dump_body(dump, stmt, &stmt->u.while_.body);
        dump_around(dump->out, " while (", stmt->u.while_.cond, ");\n");
        return;
    }
    dump_around(dump->out, "while (", stmt->u.while_.cond, ")");
    text_printf(dump->out, "%s ", mark);
    dump_body(dump, stmt, &stmt->u.while_.body);
    text_newline(dump->out);
}

static void dump_arm(const struct dump *dump, const struct switch_arm *arm) {
    if (arm->value_count > 0) {
        text_put(dump->out, "case ");
        dump_list(dump->out, arm->values, arm->value_count);
        text_put(dump->out, arm->is_default ? ", default: {\n" : ": {\n");
    } else
        text_put(dump->out, "default: {\n");
    dump_block(dump, &arm->body);
    text_put(dump->out, "}\n");
}

static void dump_switch(const struct dump *dump, const struct stmt *stmt) {
    dump_around(dump->out, "switch (", stmt->u.switch_.value, ") {");
    end_line(dump, stmt);
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
        dump_arm(dump, &stmt->u.switch_.arms[i]);
    text_put(dump->out, "}\n");
}

static void dump_return(struct text *out, const struct stmt *stmt) {
    text_put(out, "return");
    if (stmt->u.value) {
        text_put(out, " ");
        dump_expr(out, stmt->u.value);
    }
    text_put(out, ";");
}

/* Statements of one line, without its end; false if it is none. */
static bool dump_simple(struct text *out, const struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_DECL: dump_decl(out, stmt); return true;
    case STMT_SET: dump_set(out, stmt); return true;
    case STMT_CALL: dump_call_stmt(out, stmt); return true;
    case STMT_RETURN: dump_return(out, stmt); return true;
    case STMT_BREAK: text_put(out, "break;"); return true;
    case STMT_CONTINUE: text_put(out, "continue;"); return true;
    case STMT_PUSH: dump_around(out, "push(", stmt->to, ");"); return true;
    case STMT_POP: dump_around(out, "pop(", stmt->to, ");"); return true;
    case STMT_RAW: text_put(out, stmt->u.text); return true;
    case STMT_IF:
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_SWITCH:
    case STMT_BLOCK: break;
    }
    return false;
}

static void dump_stmt(const struct dump *dump, const struct stmt *stmt) {
    if (!stmt) {
        text_put(dump->out, "<no statement>\n");
        return;
    }
    if (stmt->comment)
        text_printf(dump->out, "%s\n", stmt->comment);
    if (dump_simple(dump->out, stmt))
        end_line(dump, stmt);
    else if (stmt->kind == STMT_IF)
        dump_if(dump, stmt);
    else if (stmt->kind == STMT_FOR)
        dump_for(dump, stmt);
    else if (stmt->kind == STMT_WHILE)
        dump_while(dump, stmt);
    else if (stmt->kind == STMT_SWITCH)
        dump_switch(dump, stmt);
    else {
        dump_body(dump, stmt, &stmt->u.block);
        text_newline(dump->out);
    }
}

static void dump_block(const struct dump *dump, const struct block *block) {
    dump->out->indent++;
    for (size_t i = 0; i < block->count; i++)
        dump_stmt(dump, block->items[i]);
    dump->out->indent--;
}

void func_dump(struct text *out, const struct func *func, const char *(*fact)(const struct stmt *, void *),
               void *data) {
    struct dump dump = {out, fact, data};
    dump_type(out, func->result);
    text_printf(out, " %s(", func->name);
    for (size_t i = 0; i < func->param_count; i++) {
        text_put(out, i ? ", " : "");
        dump_var(out, func->params[i]);
    }
    text_put(out, func->variadic ? ", ...)" : ")");
    if (!func->defined) {
        text_put(out, ";\n");
        return;
    }
    text_put(out, " {\n");
    if (func->unsupported)
        text_printf(out, "    // unsupported: %s\n", func->unsupported);
    dump_block(&dump, &func->body);
    text_put(out, "}\n");
}

/* The command: arguments -> struct cg_options, nothing else. The options stand in options.def. */
#include "cgrad.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2 };

enum option_kind {
    OPTION_GROUP,
    OPTION_FLAG,
    OPTION_VALUE,
    OPTION_REQUEST,
    OPTION_PARSER,
    OPTION_JOINED,
    OPTION_ACTION
};

enum action { ACTION_RUN, ACTION_VERSION, ACTION_HELP };

struct option {
    enum option_kind kind;
    const char *name;     /* GROUP: its title */
    const char *argument; /* what --help calls the argument, or NULL */
    const char *choices;  /* VALUE: the words allowed, separated by |, or NULL */
    const char *help;
    size_t field; /* FLAG, VALUE: offset in struct arguments */
    enum action action;
};

/* The options as read so far. */
struct arguments {
    struct cg_options options;
    const char *color;
    enum action action;
    struct cg_option_request
        *requests; /* of `options`, still growing; as the flags: room for one per argument */
    const char **flags, **further;
};

#define FIELD(field) offsetof(struct arguments, field)

static const struct option option_table[] = {
#define GROUP(title) {OPTION_GROUP, title, NULL, NULL, NULL, 0, ACTION_RUN},
#define FLAG(name, field, help) {OPTION_FLAG, name, NULL, NULL, help, FIELD(field), ACTION_RUN},
#define VALUE(name, field, argument, choices, help)                                                          \
    {OPTION_VALUE, name, argument, choices, help, FIELD(field), ACTION_RUN},
#define REQUEST(name, help) {OPTION_REQUEST, name, "REQ", NULL, help, 0, ACTION_RUN},
#define PARSER(name, argument, help) {OPTION_PARSER, name, argument, NULL, help, 0, ACTION_RUN},
#define JOINED(name, argument, help) {OPTION_JOINED, name, argument, NULL, help, 0, ACTION_RUN},
#define ACTION(name, action, help) {OPTION_ACTION, name, NULL, NULL, help, 0, action},
#include "options.def"
};

static const size_t option_count = sizeof option_table / sizeof *option_table;

/* ---- messages --------------------------------------------------------------------------------- */

static bool usage_error(const char *what, const char *word, const char *hint) {
    fprintf(stderr, "cgrad: error: %s '%s'%s\n", what, word, hint);
    return false;
}

static void print_option(const struct option *option) {
    if (option->kind == OPTION_GROUP) {
        printf("\n%s:\n", option->name);
        return;
    }
    bool joined = option->kind == OPTION_JOINED;
    const char *argument = option->choices ? option->choices : option->argument ? option->argument : "";
    int width = printf("  %s%s%s", option->name, *argument && !joined ? " " : "", argument);
    printf("%*s%s\n", width < 26 ? 26 - width : 2, "", option->help);
}

static void print_help(void) {
    puts("usage: cgrad [options] INPUT.c [MORE.c ...] -o OUTPUT.c [-- COMPILER-FLAGS...]\n"
         "\n"
         "Reads C and writes C that computes derivatives of its functions: those annotated with\n"
         "the macros of <cgrad/cgrad.h>, and those requested by options. Several inputs are read as\n"
         "one, which defines the functions of all.");
    for (size_t i = 0; i < option_count; i++)
        print_option(&option_table[i]);
    puts("\nExit status: 0 done, 1 the input has errors, 2 wrong usage.");
}

/* ---- reading ----------------------------------------------------------------------------------- */

static bool starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Whether `word` is one of `choices`: "auto|always|never". */
static bool is_choice(const char *choices, const char *word) {
    size_t length = strlen(word);
    for (const char *choice = choices; *choice;) {
        size_t size = strcspn(choice, "|");
        if (size == length && strncmp(choice, word, size) == 0)
            return true;
        choice += size + (choice[size] == '|');
    }
    return false;
}

/* Whether `word` is this option, by itself or with its argument attached. */
static bool option_matches(const struct option *option, const char *word) {
    size_t length = strlen(option->name);
    if (option->kind == OPTION_GROUP || !starts_with(word, option->name))
        return false;
    if (option->kind == OPTION_JOINED || word[length] == '\0')
        return true;
    if (option->kind == OPTION_PARSER)
        return true;
    return option->argument && starts_with(option->name, "--") && word[length] == '=';
}

static const struct option *find_option(const char *word) {
    for (size_t i = 0; i < option_count; i++)
        if (option_matches(&option_table[i], word))
            return &option_table[i];
    return NULL;
}

static void add_flag(struct arguments *arguments, const char *flag) {
    arguments->flags[arguments->options.flag_count++] = flag;
}

static bool store_value(struct arguments *arguments, const struct option *option, const char *value) {
    if (option->choices && !is_choice(option->choices, value)) {
        fprintf(stderr, "cgrad: error: '%s' cannot be '%s': it is one of %s\n", option->name, value,
                option->choices);
        return false;
    }
    *(const char **)((char *)arguments + option->field) = value;
    return true;
}

static void add_request(struct arguments *arguments, const struct option *option, const char *text) {
    struct cg_option_request request = {option->name + strlen("--"), text};
    arguments->requests[arguments->options.request_count++] = request;
}

/* The option takes an argument: the rest of `word`, or the next word. */
static bool apply_with_argument(struct arguments *arguments, const struct option *option, char ***words) {
    const char *word = **words;
    const char *value = word + strlen(option->name);
    bool attached = *value != '\0';
    if (!attached)
        value = *++*words;
    if (!value)
        return usage_error("no argument behind", option->name, ": see 'cgrad --help'");
    if (option->kind == OPTION_PARSER) {
        add_flag(arguments, word);
        if (!attached)
            add_flag(arguments, value);
        return true;
    }
    value += attached; /* the = */
    if (option->kind == OPTION_VALUE)
        return store_value(arguments, option, value);
    add_request(arguments, option, value);
    return true;
}

/* Takes the option at *words; leaves *words at the last word that it used. */
static bool apply_option(struct arguments *arguments, const struct option *option, char ***words) {
    switch (option->kind) {
    case OPTION_GROUP: return false;
    case OPTION_FLAG: *(bool *)((char *)arguments + option->field) = true; return true;
    case OPTION_JOINED: add_flag(arguments, **words); return true;
    case OPTION_ACTION: arguments->action = option->action; return true;
    case OPTION_VALUE:
    case OPTION_REQUEST:
    case OPTION_PARSER: return apply_with_argument(arguments, option, words);
    }
    return false;
}

static void take_input(struct arguments *arguments, const char *word) {
    if (arguments->options.input)
        arguments->further[arguments->options.further_count++] = word;
    else
        arguments->options.input = word;
}

static bool read_arguments(struct arguments *arguments, char **words) {
    for (; *words && arguments->action == ACTION_RUN; words++) {
        if (strcmp(*words, "--") == 0) {
            while (*++words)
                add_flag(arguments, *words);
            return true;
        }
        const struct option *option = find_option(*words);
        if (!option && (*words)[0] != '-')
            take_input(arguments, *words);
        else if (!option)
            return usage_error("unknown option", *words,
                               ": see 'cgrad --help'; flags of the C compiler go behind '--'");
        else if (!apply_option(arguments, option, &words))
            return false;
    }
    return true;
}

static bool check_arguments(const struct arguments *arguments) {
    const char *missing = !arguments->options.input ? "no input file"
                          : !arguments->options.output
                              ? "no output: write -o FILE.c, or -o - for standard output"
                              : NULL;
    if (missing)
        fprintf(stderr,
                "cgrad: error: %s\nusage: cgrad [options] INPUT.c [MORE.c ...] -o OUTPUT.c [-- "
                "COMPILER-FLAGS...]\n",
                missing);
    return !missing;
}

static enum cg_color color_of(const char *word) {
    if (word && strcmp(word, "always") == 0)
        return CG_COLOR_ALWAYS;
    return word && strcmp(word, "never") == 0 ? CG_COLOR_NEVER : CG_COLOR_AUTO;
}

static int run(struct arguments *arguments) {
    if (!check_arguments(arguments))
        return EXIT_USAGE;
    struct cg_options *options = &arguments->options;
    options->requests = arguments->requests;
    options->flags = arguments->flags;
    options->further = arguments->further;
    options->color = color_of(arguments->color);
    options->depfile |= options->depfile_path || options->depfile_target;
    return cg_run(options);
}

static int act(struct arguments *arguments) {
    switch (arguments->action) {
    case ACTION_RUN: return run(arguments);
    case ACTION_VERSION: puts("cgrad " CG_VERSION); return EXIT_SUCCESS;
    case ACTION_HELP: print_help(); return EXIT_SUCCESS;
    }
    return EXIT_USAGE;
}

int main(int argc, char **argv) {
    struct arguments arguments = {.action = ACTION_RUN};
    arguments.requests = calloc((size_t)argc + 1, sizeof *arguments.requests);
    arguments.flags = calloc((size_t)argc + 1, sizeof *arguments.flags);
    arguments.further = calloc((size_t)argc + 1, sizeof *arguments.further);
    int status = EXIT_FAILURE;
    if (arguments.requests && arguments.flags && arguments.further)
        status = read_arguments(&arguments, argv + 1) ? act(&arguments) : EXIT_USAGE;
    free(arguments.requests);
    free(arguments.flags);
    free(arguments.further);
    return status;
}

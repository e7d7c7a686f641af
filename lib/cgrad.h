/* cgrad: the library behind the command. One call, no state kept. */
#ifndef CG_CGRAD_H
#define CG_CGRAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define CG_VERSION "0.1.0"

enum cg_color { CG_COLOR_AUTO, CG_COLOR_ALWAYS, CG_COLOR_NEVER };

struct cg_option_request {
    const char *option; /* "grad", "vjp", ... */
    const char *text;   /* "f: x[n] -> return" */
};

struct cg_options {
    const char *input, *output, *header;  /* header: NULL: beside the output */
    const char *const *further;           /* sources that are differentiated with the input */
    size_t further_count;
    const struct cg_option_request *requests;
    size_t request_count;
    const char *const *flags;             /* for the C parser */
    size_t flag_count;
    const char *compdb;
    bool depfile;                         /* -MD */
    const char *depfile_path, *depfile_target;
    bool standalone, no_primal, workspace, report, warnings_as_errors, quiet;
    enum cg_color color;
    const char *plan;                     /* NULL, "store-all", or "no-" and an optimization */
    const char *stop_after;               /* NULL, "front": for tests */
    const char *dump;                     /* NULL or a pass: print the IR after it */
    const char *rules;                    /* a user's rule file, or NULL */
};

/* 0: done; 1: the input has errors (reported on standard error; no output was touched); 2: wrong usage. */
int cg_run(const struct cg_options *options);

#endif

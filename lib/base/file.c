/* file: whole files in, whole files out. A reader of `path` sees the old contents or the new ones, never a
 * part. */
#define _POSIX_C_SOURCE 200809L
#define _XOPEN_SOURCE 700
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *read_stream(struct arena *arena, FILE *stream, size_t *length) {
    size_t count = 0, room = 1 << 14;
    char *data = arena_alloc(arena, room);
    for (size_t got; (got = fread(data + count, 1, room - count - 1, stream)) > 0;) {
        count += got;
        if (count + 1 < room)
            continue;
        char *larger = arena_alloc(arena, 2 * room);
        memcpy(larger, data, count);
        data = larger;
        room *= 2;
    }
    data[count] = '\0';
    if (length)
        *length = count;
    return ferror(stream) ? NULL : data;
}

char *file_read(struct arena *arena, const char *path, size_t *length) {
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return NULL;
    char *data = read_stream(arena, stream, length);
    int error = errno;
    fclose(stream);
    errno = error;
    return data;
}

static bool write_and_close(int fd, const char *data, size_t length) {
    int error = 0;
    while (length > 0 && !error) {
        ssize_t written = write(fd, data, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            error = errno;
        else {
            data += written;
            length -= (size_t)written;
        }
    }
    if (close(fd) != 0 && !error)
        error = errno;
    errno = error;
    return error == 0;
}

/* Devices and pipes (/dev/null, /dev/stdout) cannot be replaced by a file; they are written to. */
static bool write_special(const char *path, const char *data, size_t length) {
    int fd = open(path, O_WRONLY);
    return fd >= 0 && write_and_close(fd, data, length);
}

/* What was written so far of a file: its text stands under a temporary name beside `target`. */
struct staged {
    const char *target;    /* symbolic links followed: they stay what they are */
    const char *temporary; /* NULL: a device or pipe */
};

/* A new file beside `target`; its name goes to `staged`. */
static int open_temporary(struct arena *arena, struct staged *staged) {
    for (int attempt = 0; attempt < 100; attempt++) {
        staged->temporary = arena_printf(arena, "%s.%ld-%d.tmp", staged->target, (long)getpid(), attempt);
        int fd = open(staged->temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* `old`: the file that will be replaced, or NULL. */
static bool stage_regular(struct arena *arena, const struct file_text *file, const struct stat *old,
                          struct staged *staged) {
    char *resolved = old ? realpath(file->path, NULL) : NULL;
    staged->target = resolved ? arena_strdup(arena, resolved) : file->path;
    free(resolved);
    int fd = open_temporary(arena, staged);
    if (fd < 0)
        return false;
    /* Permission bits of a file that is replaced are kept where the system lets us; their loss is no error.
     */
    if (old && fchmod(fd, old->st_mode & 07777) != 0)
        errno = 0;
    if (write_and_close(fd, file->data, file->length))
        return true;
    int error = errno;
    unlink(staged->temporary);
    errno = error;
    return false;
}

static bool stage(struct arena *arena, const struct file_text *file, struct staged *staged) {
    struct stat old;
    if (stat(file->path, &old) != 0)
        return stage_regular(arena, file, NULL, staged);
    if (S_ISREG(old.st_mode))
        return stage_regular(arena, file, &old, staged);
    if (S_ISDIR(old.st_mode)) {
        errno = EISDIR;
        return false;
    }
    return access(file->path, W_OK) == 0;
}

static bool commit(const struct file_text *file, const struct staged *staged) {
    return staged->temporary ? rename(staged->temporary, staged->target) == 0
                             : write_special(file->path, file->data, file->length);
}

static void discard(const struct staged *staged, size_t count) {
    int error = errno;
    for (size_t i = 0; i < count; i++)
        if (staged[i].temporary)
            unlink(staged[i].temporary);
    errno = error;
}

const char *file_write_all(struct arena *arena, const struct file_text *files, size_t count) {
    struct staged *staged = NEW_ARRAY(arena, struct staged, count);
    for (size_t i = 0; i < count; i++)
        if (!stage(arena, &files[i], &staged[i])) {
            discard(staged, i);
            return files[i].path;
        }
    for (size_t i = 0; i < count; i++)
        if (!commit(&files[i], &staged[i])) {
            discard(staged + i, count - i);
            return files[i].path;
        }
    return NULL;
}

bool file_write_atomic(struct arena *arena, const char *path, const char *data, size_t length) {
    const struct file_text file = {path, data, length};
    return !file_write_all(arena, &file, 1);
}

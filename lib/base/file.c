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

/* A new file beside `path`; its name is written to `name`, which has room for it. */
static int open_temporary(const char *path, char *name, size_t room, mode_t mode) {
    for (int attempt = 0; attempt < 100; attempt++) {
        snprintf(name, room, "%s.%ld-%d.tmp", path, (long)getpid(), attempt);
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static bool replace_file(const char *path, const char *data, size_t length, const struct stat *old) {
    size_t room = strlen(path) + 64;
    char *name = malloc(room);
    if (!name)
        return false;
    int fd = open_temporary(path, name, room, 0666);
    bool opened = fd >= 0;
    /* Permission bits of a file that is replaced are kept where the system lets us; their loss is no error.
     */
    if (opened && old && fchmod(fd, old->st_mode & 07777) != 0)
        errno = 0;
    bool done = opened && write_and_close(fd, data, length) && rename(name, path) == 0;
    int error = errno;
    if (opened && !done)
        unlink(name);
    free(name);
    errno = error;
    return done;
}

bool file_write_atomic(struct arena *arena, const char *path, const char *data, size_t length) {
    struct stat old;
    if (stat(path, &old) != 0)
        return replace_file(path, data, length, NULL);
    if (S_ISDIR(old.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (!S_ISREG(old.st_mode))
        return write_special(path, data, length);
    char *resolved = realpath(path, NULL); /* a symbolic link stays one */
    const char *target = resolved ? arena_strdup(arena, resolved) : path;
    free(resolved);
    return replace_file(target, data, length, &old);
}

/* intern: a hash table of strings, open addressing with linear probing; at most half full. */
#include "base/base.h"

#include <string.h>

struct slot {
    const char *text;
    size_t length;
    uint64_t hash;
};

struct interner {
    struct arena *arena;
    struct slot *slots;
    size_t count, capacity; /* the capacity is a power of two */
};

struct interner *interner_create(struct arena *arena) {
    struct interner *in = NEW(arena, struct interner);
    in->arena = arena;
    in->capacity = 256;
    in->slots = NEW_ARRAY(arena, struct slot, in->capacity);
    return in;
}

static uint64_t hash_bytes(const char *text, size_t length) {
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash;
}

static struct slot *find_slot(const struct interner *in, const char *text, size_t length, uint64_t hash) {
    size_t i = hash & (in->capacity - 1);
    for (;; i = (i + 1) & (in->capacity - 1)) {
        struct slot *slot = &in->slots[i];
        if (!slot->text)
            return slot;
        if (slot->hash == hash && slot->length == length && memcmp(slot->text, text, length) == 0)
            return slot;
    }
}

static void grow(struct interner *in) {
    struct slot *old = in->slots;
    size_t old_capacity = in->capacity;
    in->capacity *= 2;
    in->slots = NEW_ARRAY(in->arena, struct slot, in->capacity);
    for (size_t i = 0; i < old_capacity; i++)
        if (old[i].text)
            *find_slot(in, old[i].text, old[i].length, old[i].hash) = old[i];
}

const char *intern_n(struct interner *in, const char *text, size_t length) {
    uint64_t hash = hash_bytes(text, length);
    struct slot *slot = find_slot(in, text, length, hash);
    if (slot->text)
        return slot->text;
    const char *copy = arena_strndup(in->arena, text, length);
    *slot = (struct slot){copy, length, hash};
    if (2 * ++in->count > in->capacity)
        grow(in);
    return copy;
}

const char *intern(struct interner *in, const char *text) {
    return intern_n(in, text, strlen(text));
}

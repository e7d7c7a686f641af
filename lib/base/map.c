/* map: string -> pointer. Entries stand in order of first insertion; a table of their numbers, open
 * addressing with linear probing and at most half full, finds them. Keys are copied. */
#include "base/base.h"

#include <string.h>

struct entry {
    const char *key;
    void *value;
};

struct map {
    struct arena *arena;
    VEC(struct entry) entries;
    size_t *table;   /* number of the entry plus one; 0: free */
    size_t capacity; /* of the table: a power of two */
};

struct map *map_create(struct arena *arena) {
    struct map *map = NEW(arena, struct map);
    map->arena = arena;
    map->capacity = 16;
    map->table = NEW_ARRAY(arena, size_t, map->capacity);
    return map;
}

static size_t hash_string(const char *key) {
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 1099511628211u;
    return (size_t)hash;
}

/* The place in the table that holds the key, or the free one where it belongs. */
static size_t *find_place(const struct map *map, const char *key) {
    size_t i = hash_string(key) & (map->capacity - 1);
    for (;; i = (i + 1) & (map->capacity - 1)) {
        size_t number = map->table[i];
        if (number == 0 || strcmp(map->entries.items[number - 1].key, key) == 0)
            return &map->table[i];
    }
}

void *map_get(const struct map *map, const char *key) {
    size_t number = *find_place(map, key);
    return number ? map->entries.items[number - 1].value : NULL;
}

static void grow(struct map *map) {
    map->capacity *= 2;
    map->table = NEW_ARRAY(map->arena, size_t, map->capacity);
    for (size_t i = 0; i < map->entries.count; i++)
        *find_place(map, map->entries.items[i].key) = i + 1;
}

void map_put(struct map *map, const char *key, void *value) {
    size_t *place = find_place(map, key);
    if (*place) {
        map->entries.items[*place - 1].value = value;
        return;
    }
    struct entry entry = {arena_strdup(map->arena, key), value};
    VEC_PUSH(map->arena, map->entries, entry);
    *place = map->entries.count;
    if (2 * map->entries.count > map->capacity)
        grow(map);
}

size_t map_count(const struct map *map) {
    return map->entries.count;
}

const char *map_key_at(const struct map *map, size_t index) {
    return map->entries.items[index].key;
}

void *map_value_at(const struct map *map, size_t index) {
    return map->entries.items[index].value;
}

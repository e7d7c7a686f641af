/* bitset: sets of small numbers as arrays of 64-bit words; words that are missing at the end are zero. */
#include "base/base.h"

#include <string.h>

enum { BITS = 64 };

struct bitset bitset_create(struct arena *arena) {
    return (struct bitset){arena, NULL, 0};
}

static void reserve_words(struct bitset *set, size_t count) {
    if (count <= set->word_count)
        return;
    size_t room = count > 2 * set->word_count ? count : 2 * set->word_count;
    uint64_t *words = NEW_ARRAY(set->arena, uint64_t, room);
    if (set->word_count)
        memcpy(words, set->words, set->word_count * sizeof *words);
    set->words = words;
    set->word_count = room;
}

struct bitset bitset_copy(const struct bitset *set) {
    struct bitset copy = bitset_create(set->arena);
    bitset_union(&copy, set);
    return copy;
}

static uint64_t word_at(const struct bitset *set, size_t index) {
    return index < set->word_count ? set->words[index] : 0;
}

static uint64_t mask_of(size_t member) {
    return (uint64_t)1 << (member % BITS);
}

bool bitset_has(const struct bitset *set, size_t member) {
    return (word_at(set, member / BITS) & mask_of(member)) != 0;
}

bool bitset_add(struct bitset *set, size_t member) {
    if (bitset_has(set, member))
        return false;
    reserve_words(set, member / BITS + 1);
    set->words[member / BITS] |= mask_of(member);
    return true;
}

void bitset_remove(struct bitset *set, size_t member) {
    if (bitset_has(set, member))
        set->words[member / BITS] &= ~mask_of(member);
}

bool bitset_union(struct bitset *to, const struct bitset *from) {
    bool changed = false;
    for (size_t i = from->word_count; i-- > 0;) {
        uint64_t fresh = from->words[i] & ~word_at(to, i);
        if (!fresh)
            continue;
        reserve_words(to, i + 1);
        to->words[i] |= fresh;
        changed = true;
    }
    return changed;
}

bool bitset_intersects(const struct bitset *a, const struct bitset *b) {
    for (size_t i = 0; i < a->word_count; i++)
        if (a->words[i] & word_at(b, i))
            return true;
    return false;
}

bool bitset_equal(const struct bitset *a, const struct bitset *b) {
    size_t count = a->word_count > b->word_count ? a->word_count : b->word_count;
    for (size_t i = 0; i < count; i++)
        if (word_at(a, i) != word_at(b, i))
            return false;
    return true;
}

bool bitset_empty(const struct bitset *set) {
    return bitset_next(set, 0) == SIZE_MAX;
}

void bitset_clear(struct bitset *set) {
    for (size_t i = 0; i < set->word_count; i++)
        set->words[i] = 0;
}

size_t bitset_size(const struct bitset *set) {
    size_t size = 0;
    for (size_t i = 0; i < set->word_count; i++)
        for (uint64_t word = set->words[i]; word; word &= word - 1)
            size++;
    return size;
}

size_t bitset_next(const struct bitset *set, size_t from) {
    size_t i = from / BITS;
    uint64_t word = word_at(set, i) & ~(mask_of(from) - 1);
    while (!word) {
        if (++i >= set->word_count)
            return SIZE_MAX;
        word = set->words[i];
    }
    size_t member = i * BITS;
    for (; !(word & 1); word >>= 1)
        member++;
    return member;
}

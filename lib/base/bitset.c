/* bitset: sets of small numbers as arrays of 64-bit words. Most sets are small and hold numbers that are near
 * each other, so the array is a window on the words that may have members; all others are zero. */
#include "base/base.h"

#include <string.h>

enum { BITS = 64 };

struct bitset bitset_create(struct arena *arena) {
    return (struct bitset){arena, NULL, 0, 0};
}

static size_t end_of(const struct bitset *set) {
    return set->first + set->word_count;
}

/* Widens the window to hold the word, at least to the double so that members in order cost little. */
static void reserve_word(struct bitset *set, size_t index) {
    size_t first = set->first, end = end_of(set);
    if (set->word_count == 0) {
        set->words = NEW_ARRAY(set->arena, uint64_t, 1);
        set->first = index;
        set->word_count = 1;
        return;
    }
    if (index >= first && index < end)
        return;
    if (index < first)
        first = first - index < set->word_count ? first - (first < set->word_count ? first : set->word_count)
                                                : index;
    else
        end = index + 1 - end < set->word_count ? end + set->word_count : index + 1;
    uint64_t *words = NEW_ARRAY(set->arena, uint64_t, end - first);
    memcpy(words + (set->first - first), set->words, set->word_count * sizeof *words);
    set->words = words;
    set->first = first;
    set->word_count = end - first;
}

struct bitset bitset_copy(const struct bitset *set) {
    struct bitset copy = bitset_create(set->arena);
    bitset_union(&copy, set);
    return copy;
}

static uint64_t word_at(const struct bitset *set, size_t index) {
    return index >= set->first && index < end_of(set) ? set->words[index - set->first] : 0;
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
    reserve_word(set, member / BITS);
    set->words[member / BITS - set->first] |= mask_of(member);
    return true;
}

void bitset_remove(struct bitset *set, size_t member) {
    if (bitset_has(set, member))
        set->words[member / BITS - set->first] &= ~mask_of(member);
}

bool bitset_union(struct bitset *to, const struct bitset *from) {
    bool changed = false;
    for (size_t i = end_of(from); i-- > from->first;) {
        uint64_t fresh = word_at(from, i) & ~word_at(to, i);
        if (!fresh)
            continue;
        reserve_word(to, i);
        to->words[i - to->first] |= fresh;
        changed = true;
    }
    return changed;
}

bool bitset_intersects(const struct bitset *a, const struct bitset *b) {
    for (size_t i = a->first; i < end_of(a); i++)
        if (word_at(a, i) & word_at(b, i))
            return true;
    return false;
}

bool bitset_equal(const struct bitset *a, const struct bitset *b) {
    for (size_t i = a->first; i < end_of(a); i++)
        if (word_at(a, i) != word_at(b, i))
            return false;
    for (size_t i = b->first; i < end_of(b); i++)
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
    size_t i = from / BITS, end = end_of(set);
    uint64_t word = word_at(set, i) & ~(mask_of(from) - 1);
    if (i < set->first && set->word_count) {
        i = set->first;
        word = set->words[0];
    }
    while (!word) {
        if (++i >= end)
            return SIZE_MAX;
        word = set->words[i - set->first];
    }
    size_t member = i * BITS;
    for (; !(word & 1); word >>= 1)
        member++;
    return member;
}

/* Sort keys of bytes: a quicksort that compares seven bytes at a time and looks at each byte of a key hardly twice. */
#ifndef ANYLABELING_NAMES_SORT_H
#define ANYLABELING_NAMES_SORT_H

#include <stdint.h>
#include <string.h>

/* A key from begin to end in some memory, the next bytes of it as a number, and which name it belongs to. */
typedef struct {
    uint64_t word;
    int64_t begin, end, name;
} SortKey;

/* Seven bytes, and below them how many there are, eight standing for more: of two keys that are equal up to the end of
 * one, the shorter is less. */
static inline uint64_t word_at(const uint8_t *memory, const SortKey *key, int64_t depth)
{
    const uint8_t *bytes = memory + key->begin + depth;
    int64_t left = key->end - key->begin - depth;
    uint64_t word = 0;
    if (left > 7) {
        for (int i = 0; i < 7; i++)
            word = word << 8 | bytes[i];
        return word << 8 | 8;
    }
    for (int64_t i = 0; i < 7; i++)
        word = word << 8 | (i < left ? bytes[i] : 0);
    return word << 8 | (uint64_t)(left > 0 ? left : 0);
}

static inline int key_order(const uint8_t *memory, const SortKey *first, const SortKey *second, int64_t depth)
{
    int64_t first_left = first->end - first->begin - depth, second_left = second->end - second->begin - depth;
    int64_t shorter = first_left < second_left ? first_left : second_left;
    if (first->word != second->word)
        return first->word < second->word ? -1 : 1;
    if (shorter > 0) {
        int order = memcmp(memory + first->begin + depth, memory + second->begin + depth, (size_t)shorter);
        if (order)
            return order;
    }
    return (first_left > second_left) - (first_left < second_left);
}

static void insertion_sort_keys(const uint8_t *memory, SortKey *keys, int64_t count, int64_t depth)
{
    for (int64_t i = 1; i < count; i++) {
        SortKey key = keys[i];
        int64_t place = i;
        for (; place > 0 && key_order(memory, &keys[place - 1], &key, depth) > 0; place--)
            keys[place] = keys[place - 1];
        keys[place] = key;
    }
}

static inline uint64_t median(uint64_t a, uint64_t b, uint64_t c)
{
    return a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
}

/* Sort keys that are equal up to depth and hold their words there. The order of equal keys is not defined. */
static void sort_keys(const uint8_t *memory, SortKey *keys, int64_t count, int64_t depth, uint64_t *random)
{
    while (count > 16) {
        uint64_t chosen[3];
        for (int i = 0; i < 3; i++) {
            /* By chance, so that no order of names is a bad one. */
            *random ^= *random << 13, *random ^= *random >> 7, *random ^= *random << 17;
            chosen[i] = keys[*random % (uint64_t)count].word;
        }
        uint64_t pivot = median(chosen[0], chosen[1], chosen[2]);
        int64_t low = 0, place = 0, high = count;
        while (place < high) {
            if (keys[place].word == pivot) {
                place++;
                continue;
            }
            SortKey key = keys[place];
            if (key.word < pivot) {
                keys[place++] = keys[low];
                keys[low++] = key;
            } else {
                keys[place] = keys[--high];
                keys[high] = key;
            }
        }
        int64_t sizes[3] = {low, high - low, count - high}, starts[3] = {0, low, high};
        /* Where the word says that the keys end there, they are equal. */
        if ((pivot & 0xFF) < 8)
            sizes[1] = 0;
        else
            for (int64_t i = low; i < high; i++)
                keys[i].word = word_at(memory, &keys[i], depth + 7);
        /* The largest part is next in this loop: calls then nest no deeper than a logarithm. */
        int largest = sizes[0] >= sizes[1] ? (sizes[0] >= sizes[2] ? 0 : 2) : (sizes[1] >= sizes[2] ? 1 : 2);
        for (int part = 0; part < 3; part++)
            if (part != largest && sizes[part] > 1)
                sort_keys(memory, keys + starts[part], sizes[part], depth + (part == 1 ? 7 : 0), random);
        keys += starts[largest];
        count = sizes[largest];
        depth += largest == 1 ? 7 : 0;
    }
    insertion_sort_keys(memory, keys, count, depth);
}

static inline int same_key(const uint8_t *memory, const SortKey *first, const SortKey *second)
{
    int64_t length = first->end - first->begin;
    return length == second->end - second->begin &&
           memcmp(memory + first->begin, memory + second->begin, (size_t)length) == 0;
}

#endif

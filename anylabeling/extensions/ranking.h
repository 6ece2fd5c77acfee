/* Order boxes by falling score: bits that sort as the scores do, and a radix sort of them. */
#ifndef ANYLABELING_RANKING_H
#define ANYLABELING_RANKING_H

#include <string.h>

#include "simd.h"

#define RADIX_MAX_BUCKETS 2048
#define RADIX_MAX_PASSES 4
#define FLOAT_INFINITE 0x7F800000u
#define DOUBLE_INFINITE 0x7FF0000000000000ull

/* Bits that rise as the score falls; both zeros are one. */
static inline uint64_t falling(float score)
{
    uint32_t bits;
    score += 0.0f;
    memcpy(&bits, &score, sizeof bits);
    return bits >> 31 ? bits : ~bits & 0x7FFFFFFFu;
}

/* The greatest magnitude among some numbers, as bits without the sign: those of finite numbers sort as the numbers. */
FOR_EACH_PROCESSOR
static uint32_t greatest_float_bits(const float *values, int64_t count)
{
    uint32_t greatest = 0;
    VECTORIZE_MAX(greatest)
    for (int64_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bits &= 0x7FFFFFFFu;
        greatest = bits > greatest ? bits : greatest;
    }
    return greatest;
}

FOR_EACH_PROCESSOR
static uint64_t greatest_double_bits(const double *values, int64_t count)
{
    uint64_t greatest = 0;
    VECTORIZE_MAX(greatest)
    for (int64_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bits &= 0x7FFFFFFFFFFFFFFFull;
        greatest = bits > greatest ? bits : greatest;
    }
    return greatest;
}

FOR_EACH_PROCESSOR
static void make_all_keys(const float *RESTRICT scores, int64_t count, uint64_t *RESTRICT keys)
{
    VECTORIZE
    for (int64_t i = 0; i < count; i++)
        keys[i] = falling(scores[i]) << 32 | (uint64_t)i;
}

/* Make a key of each box of which every number is finite: the score above, the index below. Returns how many, and the
 * greatest magnitude among the numbers of these boxes. */
static int64_t make_keys_float(const float *rows, const float *scores, int64_t count, int columns, uint64_t *keys,
                               double *greatest)
{
    uint32_t bits = greatest_float_bits(rows, count * columns);
    float value = 0.0f;
    int64_t usable = 0;
    if (bits < FLOAT_INFINITE && greatest_float_bits(scores, count) < FLOAT_INFINITE) {
        make_all_keys(scores, count, keys);
        usable = count;
    } else {
        uint32_t of_row;
        bits = 0;
        for (int64_t i = 0; i < count; i++) {
            of_row = greatest_float_bits(rows + i * columns, columns);
            if (of_row >= FLOAT_INFINITE || greatest_float_bits(scores + i, 1) >= FLOAT_INFINITE)
                continue;
            bits = of_row > bits ? of_row : bits;
            keys[usable++] = falling(scores[i]) << 32 | (uint64_t)i;
        }
    }
    memcpy(&value, &bits, sizeof value);
    *greatest = value;
    return usable;
}

static int64_t make_keys_double(const double *rows, const float *scores, int64_t count, int columns, uint64_t *keys,
                                double *greatest)
{
    uint64_t bits = greatest_double_bits(rows, count * columns);
    int64_t usable = 0;
    if (bits < DOUBLE_INFINITE && greatest_float_bits(scores, count) < FLOAT_INFINITE) {
        make_all_keys(scores, count, keys);
        usable = count;
    } else {
        uint64_t of_row;
        bits = 0;
        for (int64_t i = 0; i < count; i++) {
            of_row = greatest_double_bits(rows + i * columns, columns);
            if (of_row >= DOUBLE_INFINITE || greatest_float_bits(scores + i, 1) >= FLOAT_INFINITE)
                continue;
            bits = of_row > bits ? of_row : bits;
            keys[usable++] = falling(scores[i]) << 32 | (uint64_t)i;
        }
    }
    memcpy(greatest, &bits, sizeof bits);
    return usable;
}

/* Sort by some of the bits from a shift on, equal ones as they come; returns where the result lies, values or spare. */
static uint64_t *radix_sort(uint64_t *values, uint64_t *spare, int64_t count, uint64_t least, int shift, int bits,
                            int passes)
{
    uint32_t tables[RADIX_MAX_PASSES * RADIX_MAX_BUCKETS];
    const uint32_t mask = (1u << bits) - 1;
    memset(tables, 0, sizeof(uint32_t) * passes * (mask + 1));
    for (int64_t i = 0; i < count; i++) {
        uint64_t key = (values[i] - least) >> shift;
        for (int pass = 0; pass < passes; pass++)
            tables[pass * (mask + 1) + (key >> (bits * pass) & mask)]++;
    }
    for (int pass = 0; pass < passes; pass++, shift += bits) {
        uint32_t *table = tables + pass * (mask + 1), total = 0;
        if (table[(values[0] - least) >> shift & mask] == (uint32_t)count)
            continue;
        for (uint32_t bucket = 0; bucket <= mask; bucket++) {
            uint32_t size = table[bucket];
            table[bucket] = total;
            total += size;
        }
        for (int64_t i = 0; i < count; i++)
            spare[table[(values[i] - least) >> shift & mask]++] = values[i];
        uint64_t *swap = values;
        values = spare;
        spare = swap;
    }
    return values;
}

/* Sort by the upper 32 bits what is nearly sorted; gives up, with equal ones still as they came, and returns 0 when it
 * takes more than so many moves. */
static int insertion_sort(uint64_t *values, int64_t count, int64_t moves)
{
    for (int64_t i = 1; i < count; i++) {
        uint64_t value = values[i];
        int64_t place = i;
        for (; place > 0 && values[place - 1] >> 32 > value >> 32; place--)
            values[place] = values[place - 1];
        values[place] = value;
        moves -= i - place;
        if (moves < 0)
            return 0;
    }
    return 1;
}

FOR_EACH_PROCESSOR
static void ends_of_keys(const uint64_t *keys, int64_t count, uint32_t *ends)
{
    uint32_t least = UINT32_MAX, greatest = 0;
    VECTORIZE_MIN_MAX(least, greatest)
    for (int64_t i = 0; i < count; i++) {
        uint32_t key = (uint32_t)(keys[i] >> 32);
        least = key < least ? key : least;
        greatest = key > greatest ? key : greatest;
    }
    ends[0] = least;
    ends[1] = greatest;
}

/* Sort by the upper 32 bits, equal ones as they come; returns where the result lies, values or spare.
 *
 * The uppermost of the bits in which the keys differ leave few in the wrong order. Where they leave many, since most
 * keys lie close together and some far away, all bits are sorted by. */
static uint64_t *radix_sort_upper(uint64_t *values, uint64_t *spare, int64_t count)
{
    uint32_t ends[2];
    int used = 0;
    if (count <= 40) {
        insertion_sort(values, count, count * count);
        return values;
    }
    ends_of_keys(values, count, ends);
    const uint64_t least = (uint64_t)ends[0] << 32;
    while (used < 32 && (ends[1] - ends[0]) >> used)
        used++;
    /* Few values are sorted sooner with smaller tables. */
    const int bits = count < 1200 ? 8 : 11;
    const int skipped = used > 2 * bits ? used - 2 * bits : 0;
    uint64_t *sorted = radix_sort(values, spare, count, least, 32 + skipped, bits, 2);
    if (!skipped || insertion_sort(sorted, count, 4 * count))
        return sorted;
    return radix_sort(sorted, sorted == values ? spare : values, count, least, 32, bits, bits == 8 ? 4 : 3);
}

/* Find the least and the greatest class. */
FOR_EACH_PROCESSOR
static void ends_of_narrow(const int32_t *classes, int64_t count, int64_t *ends)
{
    int32_t least = classes[0], greatest = classes[0];
    VECTORIZE_MIN_MAX(least, greatest)
    for (int64_t i = 0; i < count; i++) {
        least = classes[i] < least ? classes[i] : least;
        greatest = classes[i] > greatest ? classes[i] : greatest;
    }
    ends[0] = least;
    ends[1] = greatest;
}

FOR_EACH_PROCESSOR
static void ends_of_wide(const int64_t *classes, int64_t count, int64_t *ends)
{
    int64_t least = classes[0], greatest = classes[0];
    VECTORIZE_MIN_MAX(least, greatest)
    for (int64_t i = 0; i < count; i++) {
        least = classes[i] < least ? classes[i] : least;
        greatest = classes[i] > greatest ? classes[i] : greatest;
    }
    ends[0] = least;
    ends[1] = greatest;
}

/* Copy classes so that they begin at 0. Those beyond the last number become it: another thread may write to them. */
FOR_EACH_PROCESSOR
static void copy_narrow(const int32_t *RESTRICT classes, int64_t count, int64_t least, uint32_t last,
                        uint32_t *RESTRICT copy)
{
    const uint32_t base = (uint32_t)least;
    VECTORIZE
    for (int64_t i = 0; i < count; i++) {
        uint32_t number = (uint32_t)classes[i] - base;
        copy[i] = number < last ? number : last;
    }
}

FOR_EACH_PROCESSOR
static void copy_wide(const int64_t *RESTRICT classes, int64_t count, int64_t least, uint32_t last,
                      uint32_t *RESTRICT copy)
{
    VECTORIZE
    for (int64_t i = 0; i < count; i++) {
        uint64_t number = (uint64_t)classes[i] - (uint64_t)least;
        copy[i] = (uint32_t)(number < last ? number : last);
    }
}

#endif

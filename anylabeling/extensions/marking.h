/* Suppression with wide vectors of floats, class by class: what mark_near.h needs, once for each width of vectors. */
#ifndef ANYLABELING_MARKING_H
#define ANYLABELING_MARKING_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

/* From so many boxes of a class on, finding the neighbours of a kept box is cheaper than testing all that are left. */
#define MARK_GRID_FROM 1024
/* Boxes are marked in groups of so many. */
#define MARK_GROUP 16
/* Boxes as mark_near.h has them, by place: corners, areas, which they are, and in bits who is not suppressed yet. In a
 * grid also where each rank lies, and where each cell starts. */
typedef struct {
    float *x1, *y1, *x2, *y2, *area;
    uint32_t *index, *places, *starts;
    uint16_t *alive;
} MarkArrays;

/* One class: its members by falling score, and the bounds of the test in floats. What boxes share is surely enough
 * beyond high * areas + least, and surely not below low * areas - least. */
typedef struct {
    MarkArrays arrays;
    const void *rows;
    const uint32_t *members;
    uint8_t *kept;
    int64_t count, limit;
    double threshold;
    float low, high, least, slack, most_ratio, doubled_share, reach_slack;
} MarkTask;

/* Cells over the doubled centres, row by row, and the greatest sides of the boxes. */
typedef struct {
    int64_t columns, rows;
    float left, top, per_x, per_y, widest, highest;
} MarkGrid;

/* There are at most so many columns and rows, and a cell for so many boxes or more. */
#define MARK_CELLS_ALONG 64
#define MARK_CELLS (MARK_CELLS_ALONG * MARK_CELLS_ALONG)
#define MARK_BOXES_PER_CELL 8.0

/* What rounding in floats can add to a distance, as a share of the greatest coordinate, or to a product of a few. */
#define MARK_ROUNDING 1e-6
/* What can vanish in floats when sides up to 1 are multiplied, several times over. */
#define MARK_VANISHING 4e-37
/* Where the greatest coordinate lies beyond these, areas could overflow or vanish in floats. */
#define MARK_LEAST 1e-10
#define MARK_LIMIT 1e15

#if defined(__x86_64__) && defined(__GNUC__)
static int64_t cells_along(float extent, float usual, int64_t count)
{
    double most = sqrt((double)count / MARK_BOXES_PER_CELL), cells = (double)extent / usual;
    most = most < MARK_CELLS_ALONG ? most : MARK_CELLS_ALONG;
    cells = cells < most ? cells : most;
    return cells > 1.0 ? (int64_t)cells : 1;
}

/* Choose cells about as wide and high as a usual box reaches, by the ends of some centres and the sums of the sides. */
static void choose_cells(const MarkTask *task, MarkGrid *grid, const float *low, const float *high, const float *sums,
                         int64_t looked)
{
    const float width = high[0] - low[0], height = high[1] - low[1], share = 2.0f * task->doubled_share / (float)looked;
    grid->left = low[0];
    grid->top = low[1];
    grid->columns = cells_along(width, sums[0] * share + task->reach_slack, task->count);
    grid->rows = cells_along(height, sums[1] * share + task->reach_slack, task->count);
    grid->per_x = width > 0.0f ? (float)grid->columns / width : 0.0f;
    grid->per_y = height > 0.0f ? (float)grid->rows / height : 0.0f;
}

#define MARK_NAME mark_near_256
#define MARK_TARGET "avx2"
#include "mark_near.h"
#undef MARK_NAME
#undef MARK_TARGET
#define MARK_NAME mark_near_512
#define MARK_TARGET "avx2,avx512f"
#define MARK_512
#include "mark_near.h"
#undef MARK_NAME
#undef MARK_TARGET
#undef MARK_512

/* The width of vectors that this processor has for boxes up to some coordinate: 512, 256 or 0 bits. */
static int marking_bits(double greatest)
{
    if (!(greatest > MARK_LEAST && greatest < MARK_LIMIT) || !__builtin_cpu_supports("avx2"))
        return 0;
    return __builtin_cpu_supports("avx512f") ? 512 : 256;
}

static int64_t marking_room(int64_t largest)
{
    return (largest + MARK_GROUP - 1) / MARK_GROUP * MARK_GROUP + MARK_GROUP;
}

/* How much memory is needed when the largest class has so many boxes. */
static size_t marking_bytes(int64_t largest)
{
    return (size_t)marking_room(largest) * (7 * 4 + 2) + (MARK_CELLS + 1) * 4 + 64;
}

/* Share out the memory. What vectors are read from comes first, in whole lines of the processor's cache. */
static void share_out(MarkArrays *arrays, char *memory, int64_t largest)
{
    const int64_t room = marking_room(largest);
    float *floats = (float *)(memory + (-(uintptr_t)memory & 63));
    arrays->x1 = floats;
    arrays->y1 = floats + room;
    arrays->x2 = floats + 2 * room;
    arrays->y2 = floats + 3 * room;
    arrays->area = floats + 4 * room;
    arrays->index = (uint32_t *)(floats + 5 * room);
    arrays->places = arrays->index + room;
    arrays->starts = arrays->places + room;
    arrays->alive = (uint16_t *)(arrays->starts + MARK_CELLS + 1);
}

/* Say in kept which boxes overlap none kept before in their class, at most limit in each. Members are the boxes by
 * class, within a class by falling score; starts says where each class begins. */
static void keep_by_marking(int bits, char *memory, const void *rows, int single, double greatest,
                            const uint32_t *members, const int64_t *starts, int64_t class_count, int64_t largest,
                            int64_t limit, double threshold, uint8_t *kept)
{
    const double share = threshold / (1.0 + threshold);
    MarkTask task;
    share_out(&task.arrays, memory, largest);
    task.rows = rows;
    task.kept = kept;
    task.limit = limit;
    task.threshold = threshold;
    task.low = (float)(share * (1.0 - 4.0 * MARK_ROUNDING));
    task.high = (float)(share * (1.0 + 4.0 * MARK_ROUNDING));
    task.least = (float)(MARK_VANISHING * (1.0 + greatest));
    task.slack = (float)(greatest * MARK_ROUNDING);
    task.most_ratio = threshold > 1e-30 ? (float)((1.0 + 10.0 * MARK_ROUNDING) / threshold) : INFINITY;
    task.doubled_share = (float)((1.0 - threshold) / (1.0 + threshold) * (1.0 + 10.0 * MARK_ROUNDING));
    task.reach_slack = 4.0f * task.slack;
    for (int64_t number = 0; number < class_count; number++) {
        task.members = members + starts[number];
        task.count = starts[number + 1] - starts[number];
        if (task.count == 1)
            kept[task.members[0]] = 1;
        else if (task.count > 1 && bits == 512)
            mark_near_512_keep(&task, single, task.count >= MARK_GRID_FROM);
        else if (task.count > 1)
            mark_near_256_keep(&task, single, task.count >= MARK_GRID_FROM);
    }
}
#else
static int marking_bits(double greatest)
{
    (void)greatest;
    return 0;
}

static size_t marking_bytes(int64_t largest)
{
    (void)largest;
    return 0;
}

static void keep_by_marking(int bits, char *memory, const void *rows, int single, double greatest,
                            const uint32_t *members, const int64_t *starts, int64_t class_count, int64_t largest,
                            int64_t limit, double threshold, uint8_t *kept)
{
    (void)bits, (void)memory, (void)rows, (void)single, (void)greatest, (void)members, (void)starts;
    (void)class_count, (void)largest, (void)limit, (void)threshold, (void)kept;
}
#endif

#endif

/* The inner loops of non-maximum suppression.
 *
 * Upright boxes lie in five arrays: left, top, right, bottom, area. All arithmetic is the reference's, in the same
 * order, so that a box is suppressed here exactly when it is there. That the intersection is not empty needs no test of
 * its own: with thresholds from 0 up, an empty one is never greater than its share of the union.
 */
#ifndef ANYLABELING_NMS_KERNELS_H
#define ANYLABELING_NMS_KERNELS_H

#include <math.h>
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

#include "simd.h"

/* Kept boxes are tested in groups of so many; the arrays end with boxes that overlap nothing. */
#define KEPT_GROUP 16
/* Boxes in a grid are marked in groups of so many; the arrays have room for one group more. */
#define MARKED_GROUP 16

typedef struct {
    double *x1, *y1, *x2, *y2, *area;
} BoxArrays;

typedef struct {
    double x1, y1, x2, y2, area;
} OneBox;

/* Say whether a box overlaps any of the kept ones by more than the threshold. */
FOR_EACH_PROCESSOR
static int overlaps_any(const BoxArrays *kept, int64_t count, const OneBox *box, double threshold)
{
    const double *RESTRICT kx1 = kept->x1, *RESTRICT ky1 = kept->y1;
    const double *RESTRICT kx2 = kept->x2, *RESTRICT ky2 = kept->y2, *RESTRICT karea = kept->area;
    const double x1 = box->x1, y1 = box->y1, x2 = box->x2, y2 = box->y2, area = box->area;
    for (int64_t start = 0; start < count; start += KEPT_GROUP) {
        int64_t hit = 0;
        VECTORIZE_OR(hit)
        for (int64_t i = start; i < start + KEPT_GROUP; i++) {
            double right = kx2[i] < x2 ? kx2[i] : x2, left = kx1[i] > x1 ? kx1[i] : x1;
            double bottom = ky2[i] < y2 ? ky2[i] : y2, top = ky1[i] > y1 ? ky1[i] : y1;
            double width = right - left, height = bottom - top;
            width = width > 0.0 ? width : 0.0;
            height = height > 0.0 ? height : 0.0;
            double inter = width * height;
            hit |= inter > threshold * (karea[i] + area - inter) ? 1 : 0;
        }
        if (hit)
            return 1;
    }
    return 0;
}

/* Keep the boxes of one class that overlap none kept before, passing over kept ones whose centres are too far away.
 *
 * Written out for AVX2, since compilers turn "is any of these near" into a chain of shuffles; can_keep_near says whether
 * this processor has it. The nearness is tested in floats, with a slack beyond all that rounding can do there, and those
 * near are tested exactly. kept_at needs room for whole groups. Returns how many are kept, at most limit. */
typedef struct {
    float *x, *y, *reach_x, *reach_y;
    double *area;
    uint32_t *index;
} KeptAt;

#if defined(__x86_64__) && defined(__GNUC__)
static int can_keep_near(void)
{
    return __builtin_cpu_supports("avx2");
}

__attribute__((target("avx2"), always_inline)) static inline __m256d row_of(const void *rows, int single, size_t index)
{
    return single ? _mm256_cvtps_pd(_mm_loadu_ps((const float *)rows + 4 * index))
                  : _mm256_loadu_pd((const double *)rows + 4 * index);
}

/* Width and height of what lies between the lower halves of one row and the upper halves of another, multiplied. */
__attribute__((target("avx2"), always_inline)) static inline double product_of_sides(__m256d low, __m256d high)
{
    __m128d sides = _mm_sub_pd(_mm256_extractf128_pd(high, 1), _mm256_castpd256_pd128(low));
    sides = _mm_max_pd(sides, _mm_setzero_pd());
    return _mm_cvtsd_f64(sides) * _mm_cvtsd_f64(_mm_unpackhi_pd(sides, sides));
}

__attribute__((target("avx2"), always_inline)) static inline int64_t keep_near_any(
    const void *rows, int single, const uint32_t *members, int64_t count, int64_t limit, double threshold, float share,
    float slack, const KeptAt *kept_at, uint8_t *kept)
{
    const __m256 no_sign = _mm256_set1_ps(-0.0f);
    int64_t found = 0;
    for (int64_t member = 0; member < count; member++) {
        const size_t index = members[member];
        if (member + 8 < count)
            prefetch((const char *)rows + (size_t)(single ? 16 : 32) * members[member + 8]);
        const __m256d row = row_of(rows, single, index);
        const double area = product_of_sides(row, row);
        const __m128 corners = _mm256_cvtpd_ps(row), other = _mm_movehl_ps(corners, corners);
        const __m128 centre = _mm_mul_ps(_mm_add_ps(corners, other), _mm_set1_ps(0.5f));
        const __m128 reach = _mm_add_ps(_mm_mul_ps(_mm_sub_ps(other, corners), _mm_set1_ps(share)),
                                        _mm_set1_ps(slack));
        const __m128 centre_y = _mm_shuffle_ps(centre, centre, 1), reach_y = _mm_shuffle_ps(reach, reach, 1);
        const __m256 xs = _mm256_broadcastss_ps(centre), ys = _mm256_broadcastss_ps(centre_y);
        const __m256 reaches_x = _mm256_broadcastss_ps(reach), reaches_y = _mm256_broadcastss_ps(reach_y);
        for (int64_t start = 0; start < found; start += KEPT_GROUP) {
            uint32_t near_ones = 0;
            for (int part = 0; part < KEPT_GROUP; part += 8) {
                const int64_t i = start + part;
                __m256 dx = _mm256_andnot_ps(no_sign, _mm256_sub_ps(_mm256_loadu_ps(kept_at->x + i), xs));
                __m256 dy = _mm256_andnot_ps(no_sign, _mm256_sub_ps(_mm256_loadu_ps(kept_at->y + i), ys));
                __m256 most_x = _mm256_add_ps(_mm256_loadu_ps(kept_at->reach_x + i), reaches_x);
                __m256 most_y = _mm256_add_ps(_mm256_loadu_ps(kept_at->reach_y + i), reaches_y);
                __m256 both = _mm256_and_ps(_mm256_cmp_ps(dx, most_x, _CMP_LT_OQ),
                                            _mm256_cmp_ps(dy, most_y, _CMP_LT_OQ));
                near_ones |= (uint32_t)_mm256_movemask_ps(both) << part;
            }
            for (; near_ones; near_ones &= near_ones - 1) {
                const int64_t i = start + __builtin_ctz(near_ones);
                const __m256d better = row_of(rows, single, kept_at->index[i]);
                const double inter = product_of_sides(_mm256_max_pd(better, row), _mm256_min_pd(better, row));
                if (inter > threshold * (kept_at->area[i] + area - inter))
                    goto next;
            }
        }
        if (found % KEPT_GROUP == 0)
            for (int64_t i = found; i < found + KEPT_GROUP; i++)
                kept_at->x[i] = INFINITY;
        kept_at->x[found] = _mm_cvtss_f32(centre);
        kept_at->y[found] = _mm_cvtss_f32(centre_y);
        kept_at->reach_x[found] = _mm_cvtss_f32(reach);
        kept_at->reach_y[found] = _mm_cvtss_f32(reach_y);
        kept_at->area[found] = area;
        kept_at->index[found] = (uint32_t)index;
        kept[index] = 1;
        if (++found == limit)
            break;
    next:;
    }
    return found;
}

__attribute__((target("avx2"))) static int64_t keep_near(
    const void *rows, int single, const uint32_t *members, int64_t count, int64_t limit, double threshold, double share,
    double slack, const KeptAt *kept_at, uint8_t *kept)
{
    if (single)
        return keep_near_any(rows, 1, members, count, limit, threshold, (float)share, (float)slack, kept_at, kept);
    return keep_near_any(rows, 0, members, count, limit, threshold, (float)share, (float)slack, kept_at, kept);
}
#else
static int can_keep_near(void)
{
    return 0;
}

static int64_t keep_near(const void *rows, int single, const uint32_t *members, int64_t count, int64_t limit,
                         double threshold, double share, double slack, const KeptAt *kept_at, uint8_t *kept)
{
    (void)rows, (void)single, (void)members, (void)count, (void)limit, (void)threshold, (void)share, (void)slack;
    (void)kept_at, (void)kept;
    return 0;
}
#endif

/* Mark in dead which boxes from some place to another overlap one box by more than the threshold; whole groups, so that
 * some after the end are tested, too. */
FOR_EACH_PROCESSOR
static void mark_overlapping(const BoxArrays *boxes, int64_t from, int64_t to, const OneBox *box, double threshold,
                             int64_t *RESTRICT dead)
{
    const double x1 = box->x1, y1 = box->y1, x2 = box->x2, y2 = box->y2, area = box->area;
    for (int64_t start = from; start < to; start += MARKED_GROUP) {
        const double *RESTRICT bx1 = boxes->x1 + start, *RESTRICT by1 = boxes->y1 + start;
        const double *RESTRICT bx2 = boxes->x2 + start, *RESTRICT by2 = boxes->y2 + start;
        const double *RESTRICT barea = boxes->area + start;
        int64_t *RESTRICT bdead = dead + start;
        VECTORIZE
        for (int64_t i = 0; i < MARKED_GROUP; i++) {
            double right = bx2[i] < x2 ? bx2[i] : x2, left = bx1[i] > x1 ? bx1[i] : x1;
            double bottom = by2[i] < y2 ? by2[i] : y2, top = by1[i] > y1 ? by1[i] : y1;
            double width = right - left, height = bottom - top;
            width = width > 0.0 ? width : 0.0;
            height = height > 0.0 ? height : 0.0;
            double inter = width * height;
            bdead[i] |= inter > threshold * (area + barea[i] - inter) ? 1 : 0;
        }
    }
}

/* Intersections over unions of one box with many, 0 where the union has no area. */
FOR_EACH_PROCESSOR
static void iou_row(const BoxArrays *boxes, int64_t count, const OneBox *box, double *RESTRICT row)
{
    const double *RESTRICT bx1 = boxes->x1, *RESTRICT by1 = boxes->y1;
    const double *RESTRICT bx2 = boxes->x2, *RESTRICT by2 = boxes->y2, *RESTRICT barea = boxes->area;
    const double x1 = box->x1, y1 = box->y1, x2 = box->x2, y2 = box->y2, area = box->area;
    VECTORIZE
    for (int64_t i = 0; i < count; i++) {
        double right = bx2[i] < x2 ? bx2[i] : x2, left = bx1[i] > x1 ? bx1[i] : x1;
        double bottom = by2[i] < y2 ? by2[i] : y2, top = by1[i] > y1 ? by1[i] : y1;
        double width = right - left, height = bottom - top;
        width = width > 0.0 ? width : 0.0;
        height = height > 0.0 ? height : 0.0;
        double inter = width * height, together = area + barea[i] - inter;
        row[i] = together > 0.0 ? inter / together : 0.0;
    }
}

/* The rectangle around the centres of boxes, their greatest sides and the sums of their sides. */
typedef struct {
    double left, top, right, bottom, widest, highest, widths, heights;
} Extent;

FOR_EACH_PROCESSOR
static void measure_boxes(const BoxArrays *boxes, int64_t count, Extent *extent)
{
    const double *RESTRICT bx1 = boxes->x1, *RESTRICT by1 = boxes->y1;
    const double *RESTRICT bx2 = boxes->x2, *RESTRICT by2 = boxes->y2;
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY, widest = 0.0, highest = 0.0;
    double widths = 0.0, heights = 0.0;
    VECTORIZE_MIN_MAX(left, right)
    for (int64_t i = 0; i < count; i++) {
        double x = (bx1[i] + bx2[i]) * 0.5;
        left = x < left ? x : left;
        right = x > right ? x : right;
    }
    VECTORIZE_MIN_MAX(top, bottom)
    for (int64_t i = 0; i < count; i++) {
        double y = (by1[i] + by2[i]) * 0.5;
        top = y < top ? y : top;
        bottom = y > bottom ? y : bottom;
    }
    VECTORIZE_SUM_MAX(widths, widest)
    for (int64_t i = 0; i < count; i++) {
        double width = bx2[i] - bx1[i];
        width = width > 0.0 ? width : 0.0;
        widths += width;
        widest = width > widest ? width : widest;
    }
    VECTORIZE_SUM_MAX(heights, highest)
    for (int64_t i = 0; i < count; i++) {
        double height = by2[i] - by1[i];
        height = height > 0.0 ? height : 0.0;
        heights += height;
        highest = height > highest ? height : highest;
    }
    *extent = (Extent){left, top, right, bottom, widest, highest, widths, heights};
}

#endif

/* The inner loops of non-maximum suppression.
 *
 * Upright boxes lie in five arrays: left, top, right, bottom, area. All arithmetic is the reference's, in the same
 * order, so that a box is suppressed here exactly when it is there. That the intersection is not empty needs no test of
 * its own: with thresholds from 0 up, an empty one is never greater than its share of the union.
 */
#ifndef ANYLABELING_NMS_KERNELS_H
#define ANYLABELING_NMS_KERNELS_H

#include <math.h>

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

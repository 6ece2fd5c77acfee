/* The area that rotated boxes share, and which of many is overlapped too much.
 *
 * All arithmetic is the reference's, in the same order, so that a box is suppressed here exactly when it is there.
 */
#ifndef ANYLABELING_ROTATED_KERNELS_H
#define ANYLABELING_ROTATED_KERNELS_H

#include <math.h>

#include "simd.h"

/* Kept boxes are tested in groups of so many; the arrays end with some that reach nothing. */
#define KEPT_GROUP 16

/* Half sides, the direction of the first side, the area and the upright rectangle around it all. */
typedef struct {
    double cx, cy, half_width, half_height, cosine, sine, area, x1, y1, x2, y2;
} RotatedBox;

/* The upright rectangles around kept boxes, and the areas of these boxes. */
typedef struct {
    double *x1, *y1, *x2, *y2, *area;
} Surroundings;

static inline double between(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* The signed area between the x axis and one edge, as far as it lies in a rectangle around the origin. */
static inline double area_under_edge(double xa, double ya, double xb, double yb, double half_width, double half_height)
{
    double dx = xb - xa, dy = yb - ya;
    if (dx == 0.0)
        return 0.0;
    double from_x = between(xa, -half_width, half_width), to_x = between(xb, -half_width, half_width);
    double from_y = ya + (from_x - xa) / dx * dy, to_y = ya + (to_x - xa) / dx * dy;
    double rise = to_y - from_y, low = 0.0, high = 1.0;
    if (rise != 0.0) {
        double enter = (-half_height - from_y) / rise, leave = (half_height - from_y) / rise;
        low = between(enter < leave ? enter : leave, 0.0, 1.0);
        high = between(enter < leave ? leave : enter, 0.0, 1.0);
    }
    double first = between(from_y, -half_height, half_height);
    double second = between(from_y + low * rise, -half_height, half_height);
    double third = between(from_y + high * rise, -half_height, half_height);
    double last = between(to_y, -half_height, half_height);
    double twice = low * (first + second) + (high - low) * (second + third) + (1.0 - high) * (third + last);
    return (to_x - from_x) * (twice * 0.5);
}

/* The area that two rotated boxes share: the edges of the second one, integrated inside the first one's own axes. */
static double rotated_intersection(const RotatedBox *first, const RotatedBox *second)
{
    double away_x = second->cx - first->cx, away_y = second->cy - first->cy;
    double x = away_x * first->cosine + away_y * first->sine, y = away_y * first->cosine - away_x * first->sine;
    double cosine = second->cosine * first->cosine + second->sine * first->sine;
    double sine = second->sine * first->cosine - second->cosine * first->sine;
    double a = cosine * second->half_width, b = sine * second->half_height;
    double c = sine * second->half_width, d = cosine * second->half_height;
    double xs[5] = {x - a + b, x + a + b, x + a - b, x - a - b, 0.0};
    double ys[5] = {y - c - d, y + c - d, y + c + d, y - c + d, 0.0};
    double area = 0.0;
    xs[4] = xs[0];
    ys[4] = ys[0];
    for (int edge = 0; edge < 4; edge++)
        area += area_under_edge(xs[edge], ys[edge], xs[edge + 1], ys[edge + 1], first->half_width, first->half_height);
    return fabs(area);
}

/* Say whether a rotated box overlaps any of the kept ones by more than the threshold. What two share is no more than
 * either's area and no more than what the rectangles around them share: most are passed over by that, many at a time.
 */
FOR_EACH_PROCESSOR
static int rotated_overlaps_any(const RotatedBox *kept, const Surroundings *around, int64_t count,
                                const RotatedBox *box, double threshold)
{
    const double *RESTRICT kx1 = around->x1, *RESTRICT ky1 = around->y1;
    const double *RESTRICT kx2 = around->x2, *RESTRICT ky2 = around->y2, *RESTRICT karea = around->area;
    const double x1 = box->x1, y1 = box->y1, x2 = box->x2, y2 = box->y2, area = box->area;
    /* inter > t * (a + b - inter) means inter > t / (1 + t) * (a + b); a little less, for what rounding does. */
    const double least_share = threshold / (1.0 + threshold) * (1.0 - 1e-9);
    for (int64_t start = 0; start < count; start += KEPT_GROUP) {
        int64_t near_ones = 0;
        VECTORIZE_OR(near_ones)
        for (int64_t i = 0; i < KEPT_GROUP; i++) {
            double right = kx2[start + i] < x2 ? kx2[start + i] : x2;
            double left = kx1[start + i] > x1 ? kx1[start + i] : x1;
            double bottom = ky2[start + i] < y2 ? ky2[start + i] : y2;
            double top = ky1[start + i] > y1 ? ky1[start + i] : y1;
            double width = right - left, height = bottom - top, other = karea[start + i];
            double most = (width > 0.0 ? width : 0.0) * (height > 0.0 ? height : 0.0);
            most = other < most ? other : most;
            most = area < most ? area : most;
            near_ones |= most > least_share * (other + area) ? (int64_t)1 << i : 0;
        }
        for (int64_t i = start; near_ones; i++, near_ones >>= 1) {
            if (near_ones & 1) {
                double inter = rotated_intersection(&kept[i], box);
                if (inter > threshold * (kept[i].area + area - inter))
                    return 1;
            }
        }
    }
    return 0;
}

#endif

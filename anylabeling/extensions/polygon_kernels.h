/* Inner loops over the corners of polygons. */
#ifndef ANYLABELING_POLYGON_KERNELS_H
#define ANYLABELING_POLYGON_KERNELS_H

#include <math.h>

#include "simd.h"

/* What is known of one outline. */
typedef struct {
    double area, perimeter, left, top, right, bottom;
} Measures;

/* Measure one closed outline of count corners, x and y in turn. */
FOR_EACH_PROCESSOR
static void measure_outline(const double *RESTRICT points, int64_t count, Measures *measures)
{
    /* Relative to a corner of their own, far-away small polygons keep their digits. */
    const double x0 = points[0], y0 = points[1];
    const double *last = points + 2 * (count - 1);
    double left = x0, right = x0, top = y0, bottom = y0;
    double twice = 0.0, length = sqrt((x0 - last[0]) * (x0 - last[0]) + (y0 - last[1]) * (y0 - last[1]));
    int64_t wrong_x = 0, wrong_y = 0, infinite = 0;
    VECTORIZE_SUMS(twice, length)
    for (int64_t i = 0; i < count - 1; i++) {
        double x1 = points[2 * i], y1 = points[2 * i + 1], x2 = points[2 * i + 2], y2 = points[2 * i + 3];
        double dx = x2 - x1, dy = y2 - y1;
        twice += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
        length += sqrt(dx * dx + dy * dy);
    }
    VECTORIZE_MIN_MAX(left, right)
    for (int64_t i = 0; i < count; i++) {
        double x = points[2 * i];
        left = x < left ? x : left;
        right = x > right ? x : right;
        wrong_x |= x != x;
        infinite |= x - x != 0.0;
    }
    VECTORIZE_MIN_MAX(top, bottom)
    for (int64_t i = 0; i < count; i++) {
        double y = points[2 * i + 1];
        top = y < top ? y : top;
        bottom = y > bottom ? y : bottom;
        wrong_y |= y != y;
        infinite |= y - y != 0.0;
    }
    if (!(length > 1e-140 && length < 1e140)) {
        /* Squares can overflow or vanish where lengths do not. */
        length = hypot(x0 - last[0], y0 - last[1]);
        for (int64_t i = 0; i < count - 1; i++)
            length += hypot(points[2 * i + 2] - points[2 * i], points[2 * i + 3] - points[2 * i + 1]);
    }
    measures->area = infinite ? NAN : fabs(twice) / 2.0;
    measures->perimeter = infinite ? NAN : length;
    measures->left = wrong_x ? NAN : left;
    measures->right = wrong_x ? NAN : right;
    measures->top = wrong_y ? NAN : top;
    measures->bottom = wrong_y ? NAN : bottom;
}

/* Say whether a point lies inside a closed outline, by the even-odd rule. */
static inline int is_inside(const double *points, int64_t count, double x, double y)
{
    int inside = 0;
    const double *from = points + 2 * (count - 1);
    for (const double *to = points; to < points + 2 * count; from = to, to += 2) {
        /* The edge that ends at a corner comes with that corner; the order of edges changes nothing. */
        if ((from[1] > y) != (to[1] > y) && from[0] + (y - from[1]) * (to[0] - from[0]) / (to[1] - from[1]) > x)
            inside ^= 1;
    }
    return inside;
}

/* Squared distances of the points between two others from the segment from the one to the other; returns the place of
 * the first farthest one, or -1 when none is farther than the limit. */
FOR_EACH_PROCESSOR
static int64_t farthest_from_segment(const double *RESTRICT xs, const double *RESTRICT ys, int64_t start, int64_t stop,
                                     double squared_limit, double *RESTRICT distances)
{
    const double ax = xs[start], ay = ys[start], bx = xs[stop], by = ys[stop], ux = bx - ax, uy = by - ay;
    const double squared_length = ux * ux + uy * uy, divisor = squared_length > 0.0 ? squared_length : 1.0;
    double greatest = -1.0;
    VECTORIZE_MAX(greatest)
    for (int64_t i = start + 1; i < stop; i++) {
        double dx = xs[i] - ax, dy = ys[i] - ay, ex = xs[i] - bx, ey = ys[i] - by;
        double place = dx * ux + dy * uy, cross = dx * uy - dy * ux;
        double to_line = cross * cross / divisor, to_start = dx * dx + dy * dy, to_stop = ex * ex + ey * ey;
        double distance = place >= squared_length ? to_stop : to_line;
        distance = place <= 0.0 ? to_start : distance;
        distances[i] = distance;
        greatest = distance > greatest ? distance : greatest;
    }
    if (!(greatest > squared_limit))
        return -1;
    for (int64_t i = start + 1; i < stop; i++)
        if (distances[i] == greatest)
            return i;
    return -1;
}

#endif

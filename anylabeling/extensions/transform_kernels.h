/* Affine maps of points, x and y in turn. */
#ifndef ANYLABELING_TRANSFORM_KERNELS_H
#define ANYLABELING_TRANSFORM_KERNELS_H

#include "simd.h"

/* The six numbers of the matrix, row by row, and the rectangle that the results are kept in. */
typedef struct {
    double a, b, c, d, e, f, left, top, right, bottom;
} Map;

static inline double kept_in(double value, double low, double high)
{
    value = value < low ? low : value;
    return value > high ? high : value;
}

#define DEFINE_MAPS(NAME, REAL)                                                                                       \
    FOR_EACH_PROCESSOR                                                                                                \
    static void scale_##NAME(const REAL *RESTRICT in, int64_t count, const Map *map, REAL *RESTRICT out)              \
    {                                                                                                                 \
        const double a = map->a, c = map->c, e = map->e, f = map->f;                                                  \
        VECTORIZE                                                                                                     \
        for (int64_t i = 0; i < count; i++) {                                                                         \
            out[2 * i] = (REAL)(a * in[2 * i] + c);                                                                   \
            out[2 * i + 1] = (REAL)(e * in[2 * i + 1] + f);                                                           \
        }                                                                                                             \
    }                                                                                                                 \
    FOR_EACH_PROCESSOR                                                                                                \
    static void scale_within_##NAME(const REAL *RESTRICT in, int64_t count, const Map *map, REAL *RESTRICT out)       \
    {                                                                                                                 \
        const double a = map->a, c = map->c, e = map->e, f = map->f;                                                  \
        const double left = map->left, top = map->top, right = map->right, bottom = map->bottom;                     \
        VECTORIZE                                                                                                     \
        for (int64_t i = 0; i < count; i++) {                                                                         \
            out[2 * i] = (REAL)kept_in(a * in[2 * i] + c, left, right);                                               \
            out[2 * i + 1] = (REAL)kept_in(e * in[2 * i + 1] + f, top, bottom);                                       \
        }                                                                                                             \
    }                                                                                                                 \
    FOR_EACH_PROCESSOR                                                                                                \
    static void map_##NAME(const REAL *RESTRICT in, int64_t count, const Map *map, REAL *RESTRICT out)                \
    {                                                                                                                 \
        const double a = map->a, b = map->b, c = map->c, d = map->d, e = map->e, f = map->f;                         \
        VECTORIZE                                                                                                     \
        for (int64_t i = 0; i < count; i++) {                                                                         \
            const double x = in[2 * i], y = in[2 * i + 1];                                                            \
            out[2 * i] = (REAL)(a * x + b * y + c);                                                                   \
            out[2 * i + 1] = (REAL)(d * x + e * y + f);                                                               \
        }                                                                                                             \
    }                                                                                                                 \
    FOR_EACH_PROCESSOR                                                                                                \
    static void map_within_##NAME(const REAL *RESTRICT in, int64_t count, const Map *map, REAL *RESTRICT out)         \
    {                                                                                                                 \
        const double a = map->a, b = map->b, c = map->c, d = map->d, e = map->e, f = map->f;                         \
        const double left = map->left, top = map->top, right = map->right, bottom = map->bottom;                     \
        VECTORIZE                                                                                                     \
        for (int64_t i = 0; i < count; i++) {                                                                         \
            const double x = in[2 * i], y = in[2 * i + 1];                                                            \
            out[2 * i] = (REAL)kept_in(a * x + b * y + c, left, right);                                               \
            out[2 * i + 1] = (REAL)kept_in(d * x + e * y + f, top, bottom);                                           \
        }                                                                                                             \
    }

DEFINE_MAPS(float, float)
DEFINE_MAPS(double, double)

#endif

/* Keep the boxes of one class that overlap none kept before, passing over kept ones that cannot overlap them enough.
 *
 * Along an axis, boxes with half sides a and b whose centres are d apart share at most a + b - d, and to share more than
 * t of their union they must share more than t / (1 + t) of the sum of their areas. That is tested in floats, with a
 * slack beyond all that rounding can do there, and what may overlap enough is tested exactly. Written out, since
 * compilers turn "does any of these" into a chain of shuffles. kept_at needs room for whole groups.
 *
 * Included by nms_kernels.h once for each width of vectors, with KEEP_NEAR_NAME and KEEP_NEAR_TARGET defined.
 */
#define KEEP_NEAR_JOINED(a, b) a##b
#define KEEP_NEAR_JOIN(a, b) KEEP_NEAR_JOINED(a, b)
#define KEEP_NEAR_CALLED(suffix) KEEP_NEAR_JOIN(KEEP_NEAR_NAME, suffix)
#define KEEP_NEAR_INLINE __attribute__((target(KEEP_NEAR_TARGET), always_inline)) static inline

/* Width and height of what lies between the lower halves of one row and the upper halves of another, multiplied. */
KEEP_NEAR_INLINE double KEEP_NEAR_CALLED(_product_of_sides)(__m256d low, __m256d high)
{
    __m128d sides = _mm_sub_pd(_mm256_extractf128_pd(high, 1), _mm256_castpd256_pd128(low));
    sides = _mm_max_pd(sides, _mm_setzero_pd());
    return _mm_cvtsd_f64(sides) * _mm_cvtsd_f64(_mm_unpackhi_pd(sides, sides));
}

KEEP_NEAR_INLINE __m256d KEEP_NEAR_CALLED(_row)(const void *rows, int single, size_t index)
{
    return single ? _mm256_cvtps_pd(_mm_loadu_ps((const float *)rows + 4 * index))
                  : _mm256_loadu_pd((const double *)rows + 4 * index);
}

/* Which of the sixteen kept boxes from some place on may overlap a box enough, as bits. */
KEEP_NEAR_INLINE uint32_t KEEP_NEAR_CALLED(_near)(const KeptAt *kept_at, int64_t start, __m128 centre, __m128 sides,
                                                  float least)
{
#ifdef KEEP_NEAR_512
    const __m512 x = _mm512_broadcastss_ps(centre), y = _mm512_broadcastss_ps(_mm_shuffle_ps(centre, centre, 1));
    const __m512 half_width = _mm512_broadcastss_ps(sides);
    const __m512 half_height = _mm512_broadcastss_ps(_mm_shuffle_ps(sides, sides, 1));
    __m512 dx = _mm512_abs_ps(_mm512_sub_ps(_mm512_loadu_ps(kept_at->x + start), x));
    __m512 dy = _mm512_abs_ps(_mm512_sub_ps(_mm512_loadu_ps(kept_at->y + start), y));
    __m512 width = _mm512_sub_ps(_mm512_add_ps(_mm512_loadu_ps(kept_at->half_width + start), half_width), dx);
    __m512 height = _mm512_sub_ps(_mm512_add_ps(_mm512_loadu_ps(kept_at->half_height + start), half_height), dy);
    __m512 most = _mm512_mul_ps(_mm512_max_ps(width, _mm512_setzero_ps()), height);
    __m512 needed = _mm512_add_ps(_mm512_loadu_ps(kept_at->least + start), _mm512_set1_ps(least));
    return _mm512_cmp_ps_mask(most, needed, _CMP_GT_OQ);
#else
    const __m256 x = _mm256_broadcastss_ps(centre), y = _mm256_broadcastss_ps(_mm_shuffle_ps(centre, centre, 1));
    const __m256 half_width = _mm256_broadcastss_ps(sides), no_sign = _mm256_set1_ps(-0.0f);
    const __m256 half_height = _mm256_broadcastss_ps(_mm_shuffle_ps(sides, sides, 1));
    uint32_t near_ones = 0;
    for (int part = 0; part < KEPT_GROUP; part += 8) {
        const int64_t i = start + part;
        __m256 dx = _mm256_andnot_ps(no_sign, _mm256_sub_ps(_mm256_loadu_ps(kept_at->x + i), x));
        __m256 dy = _mm256_andnot_ps(no_sign, _mm256_sub_ps(_mm256_loadu_ps(kept_at->y + i), y));
        __m256 width = _mm256_sub_ps(_mm256_add_ps(_mm256_loadu_ps(kept_at->half_width + i), half_width), dx);
        __m256 height = _mm256_sub_ps(_mm256_add_ps(_mm256_loadu_ps(kept_at->half_height + i), half_height), dy);
        __m256 most = _mm256_mul_ps(_mm256_max_ps(width, _mm256_setzero_ps()), height);
        __m256 needed = _mm256_add_ps(_mm256_loadu_ps(kept_at->least + i), _mm256_set1_ps(least));
        near_ones |= (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(most, needed, _CMP_GT_OQ)) << part;
    }
    return near_ones;
#endif
}

KEEP_NEAR_INLINE int64_t KEEP_NEAR_CALLED(_any)(const void *rows, int single, const uint32_t *members, int64_t count,
                                                int64_t limit, double threshold, double share, float slack,
                                                const KeptAt *kept_at, uint8_t *kept)
{
    int64_t found = 0;
    for (int64_t member = 0; member < count; member++) {
        const size_t index = members[member];
        if (member + 8 < count)
            prefetch((const char *)rows + (size_t)(single ? 16 : 32) * members[member + 8]);
        const __m256d row = KEEP_NEAR_CALLED(_row)(rows, single, index);
        const double area = KEEP_NEAR_CALLED(_product_of_sides)(row, row);
        const float least = (float)(area * share);
        const __m128 half = _mm_mul_ps(_mm256_cvtpd_ps(row), _mm_set1_ps(0.5f)), other = _mm_movehl_ps(half, half);
        const __m128 centre = _mm_add_ps(half, other), sides = _mm_add_ps(_mm_sub_ps(other, half), _mm_set1_ps(slack));
        for (int64_t start = 0; start < found; start += KEPT_GROUP) {
            uint32_t near_ones = KEEP_NEAR_CALLED(_near)(kept_at, start, centre, sides, least);
            for (; near_ones; near_ones &= near_ones - 1) {
                const int64_t i = start + __builtin_ctz(near_ones);
                const __m256d better = KEEP_NEAR_CALLED(_row)(rows, single, kept_at->index[i]);
                const double inter =
                    KEEP_NEAR_CALLED(_product_of_sides)(_mm256_max_pd(better, row), _mm256_min_pd(better, row));
                if (inter > threshold * (kept_at->area[i] + area - inter))
                    goto next;
            }
        }
        if (found % KEPT_GROUP == 0)
            for (int64_t i = found; i < found + KEPT_GROUP; i++)
                kept_at->least[i] = INFINITY;
        kept_at->x[found] = _mm_cvtss_f32(centre);
        kept_at->y[found] = _mm_cvtss_f32(_mm_shuffle_ps(centre, centre, 1));
        kept_at->half_width[found] = _mm_cvtss_f32(sides);
        kept_at->half_height[found] = _mm_cvtss_f32(_mm_shuffle_ps(sides, sides, 1));
        kept_at->least[found] = least;
        kept_at->area[found] = area;
        kept_at->index[found] = (uint32_t)index;
        kept[index] = 1;
        if (++found == limit)
            break;
    next:;
    }
    return found;
}

__attribute__((target(KEEP_NEAR_TARGET))) static int64_t KEEP_NEAR_CALLED(_single)(
    const void *rows, const uint32_t *members, int64_t count, int64_t limit, double threshold, double share, float slack,
    const KeptAt *kept_at, uint8_t *kept)
{
    return KEEP_NEAR_CALLED(_any)(rows, 1, members, count, limit, threshold, share, slack, kept_at, kept);
}

__attribute__((target(KEEP_NEAR_TARGET))) static int64_t KEEP_NEAR_CALLED(_double)(
    const void *rows, const uint32_t *members, int64_t count, int64_t limit, double threshold, double share, float slack,
    const KeptAt *kept_at, uint8_t *kept)
{
    return KEEP_NEAR_CALLED(_any)(rows, 0, members, count, limit, threshold, share, slack, kept_at, kept);
}

#undef KEEP_NEAR_INLINE
#undef KEEP_NEAR_CALLED
#undef KEEP_NEAR_JOIN
#undef KEEP_NEAR_JOINED

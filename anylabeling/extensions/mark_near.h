/* Keep the best boxes of one class and mark those that overlap one of them too much, sixteen at a time.
 *
 * To share more than t of their union, boxes must share more than t / (1 + t) of the sum of their areas. That is tested
 * in floats, with a slack beyond all that rounding can do there: nearly always it is sure whether boxes overlap enough,
 * and what is left is tested exactly, as the reference does. Boxes of doubles are widened by what floats cannot tell of
 * them, their areas are lessened, and all that may overlap enough is tested exactly. Written out, since compilers turn
 * "which of these" into a chain of shuffles.
 *
 * Included by marking.h once for each width of vectors, with MARK_NAME and MARK_TARGET defined.
 */
#define MARK_JOINED(a, b) a##b
#define MARK_JOIN(a, b) MARK_JOINED(a, b)
#define MARK_CALLED(suffix) MARK_JOIN(MARK_NAME, suffix)
#define MARK_INLINE __attribute__((target(MARK_TARGET), always_inline)) static inline

/* Width and height of what lies between the lower halves of one row and the upper halves of another, multiplied. */
MARK_INLINE double MARK_CALLED(_product_of_sides)(__m256d low, __m256d high)
{
    __m128d sides = _mm_sub_pd(_mm256_extractf128_pd(high, 1), _mm256_castpd256_pd128(low));
    sides = _mm_max_pd(sides, _mm_setzero_pd());
    return _mm_cvtsd_f64(sides) * _mm_cvtsd_f64(_mm_unpackhi_pd(sides, sides));
}

MARK_INLINE __m256d MARK_CALLED(_row)(const MarkTask *task, int single, size_t index)
{
    return single ? _mm256_cvtps_pd(_mm_loadu_ps((const float *)task->rows + 4 * index))
                  : _mm256_loadu_pd((const double *)task->rows + 4 * index);
}

/* The same in floats. */
MARK_INLINE __m128 MARK_CALLED(_float_row)(const MarkTask *task, int single, size_t index)
{
    return single ? _mm_loadu_ps((const float *)task->rows + 4 * index)
                  : _mm256_cvtpd_ps(_mm256_loadu_pd((const double *)task->rows + 4 * index));
}

/* Say whether one box overlaps another by more than the threshold, in the reference's arithmetic. */
MARK_INLINE int MARK_CALLED(_overlaps)(const MarkTask *task, int single, size_t better, size_t other)
{
    const __m256d a = MARK_CALLED(_row)(task, single, better), b = MARK_CALLED(_row)(task, single, other);
    const double inter = MARK_CALLED(_product_of_sides)(_mm256_max_pd(a, b), _mm256_min_pd(a, b));
    const double areas = MARK_CALLED(_product_of_sides)(a, a) + MARK_CALLED(_product_of_sides)(b, b);
    return inter > task->threshold * (areas - inter);
}

/* Lay out boxes by their places: corners and areas in arrays of their own, filled up to whole groups. */
MARK_INLINE void MARK_CALLED(_lay)(const MarkTask *task, int single, const uint32_t *index, int64_t count)
{
    const MarkArrays *at = &task->arrays;
    const float slack = single ? 0.0f : task->slack;
    const __m128 outwards = _mm_setr_ps(-slack, -slack, slack, slack);
    const int64_t last = count - 1, groups = (count + MARK_GROUP - 1) / MARK_GROUP;
    for (int64_t i = 0; i < groups * MARK_GROUP; i += 4) {
        __m128 rows[4];
        for (int part = 0; part < 4; part++)
            rows[part] = _mm_add_ps(
                MARK_CALLED(_float_row)(task, single, index[i + part < last ? i + part : last]), outwards);
        _MM_TRANSPOSE4_PS(rows[0], rows[1], rows[2], rows[3]);
        __m128 width = _mm_sub_ps(_mm_sub_ps(rows[2], rows[0]), _mm_set1_ps(4.0f * slack));
        __m128 height = _mm_sub_ps(_mm_sub_ps(rows[3], rows[1]), _mm_set1_ps(4.0f * slack));
        width = _mm_max_ps(width, _mm_setzero_ps());
        _mm_store_ps(at->area + i, _mm_mul_ps(width, _mm_max_ps(height, _mm_setzero_ps())));
        _mm_store_ps(at->x1 + i, rows[0]);
        _mm_store_ps(at->y1 + i, rows[1]);
        _mm_store_ps(at->x2 + i, rows[2]);
        _mm_store_ps(at->y2 + i, rows[3]);
    }
    memset(at->alive, 0xFF, groups * sizeof(uint16_t));
    if (count % MARK_GROUP)
        at->alive[groups - 1] = (uint16_t)((1u << count % MARK_GROUP) - 1);
}

/* Take out of some groups what the box at a place overlaps too much. Where that is rare to happen, to jump over what it
 * takes is cheaper: it need not be waited for. */
MARK_INLINE void MARK_CALLED(_mark)(const MarkTask *task, int single, const uint32_t *index, int64_t place,
                                    int64_t group, int64_t end, int rare)
{
    const MarkArrays *at = &task->arrays;
    const float area = at->area[place];
#ifdef MARK_512
    const __m512 x1 = _mm512_set1_ps(at->x1[place]), y1 = _mm512_set1_ps(at->y1[place]);
    const __m512 x2 = _mm512_set1_ps(at->x2[place]), y2 = _mm512_set1_ps(at->y2[place]);
    const __m512 low = _mm512_set1_ps(task->low), low_own = _mm512_set1_ps(task->low * area - task->least);
    const __m512 high = _mm512_set1_ps(task->high), high_own = _mm512_set1_ps(task->high * area + task->least);
#else
    const __m256 x1 = _mm256_set1_ps(at->x1[place]), y1 = _mm256_set1_ps(at->y1[place]);
    const __m256 x2 = _mm256_set1_ps(at->x2[place]), y2 = _mm256_set1_ps(at->y2[place]);
    const __m256 low = _mm256_set1_ps(task->low), low_own = _mm256_set1_ps(task->low * area - task->least);
    const __m256 high = _mm256_set1_ps(task->high), high_own = _mm256_set1_ps(task->high * area + task->least);
#endif
    for (; group < end; group++) {
        uint32_t near_ones = 0, sure = 0, left = at->alive[group];
#ifdef MARK_512
        const int64_t i = group * MARK_GROUP;
        __m512 width = _mm512_sub_ps(_mm512_min_ps(_mm512_load_ps(at->x2 + i), x2),
                                     _mm512_max_ps(_mm512_load_ps(at->x1 + i), x1));
        __m512 height = _mm512_sub_ps(_mm512_min_ps(_mm512_load_ps(at->y2 + i), y2),
                                      _mm512_max_ps(_mm512_load_ps(at->y1 + i), y1));
        __m512 inter = _mm512_mul_ps(width, height), areas = _mm512_load_ps(at->area + i);
        __mmask16 some = _mm512_cmp_ps_mask(_mm512_min_ps(width, height), _mm512_setzero_ps(), _CMP_GE_OQ);
        near_ones = _mm512_mask_cmp_ps_mask(some, inter, _mm512_fmadd_ps(areas, low, low_own), _CMP_GE_OQ);
        if (single)
            sure = _mm512_mask_cmp_ps_mask(some, inter, _mm512_fmadd_ps(areas, high, high_own), _CMP_GT_OQ);
#else
        for (int part = 0; part < MARK_GROUP; part += 8) {
            const int64_t i = group * MARK_GROUP + part;
            __m256 width = _mm256_sub_ps(_mm256_min_ps(_mm256_load_ps(at->x2 + i), x2),
                                         _mm256_max_ps(_mm256_load_ps(at->x1 + i), x1));
            __m256 height = _mm256_sub_ps(_mm256_min_ps(_mm256_load_ps(at->y2 + i), y2),
                                          _mm256_max_ps(_mm256_load_ps(at->y1 + i), y1));
            __m256 inter = _mm256_mul_ps(width, height), areas = _mm256_load_ps(at->area + i);
            __m256 some = _mm256_cmp_ps(_mm256_min_ps(width, height), _mm256_setzero_ps(), _CMP_GE_OQ);
            __m256 maybe = _mm256_cmp_ps(inter, _mm256_add_ps(_mm256_mul_ps(areas, low), low_own), _CMP_GE_OQ);
            near_ones |= (uint32_t)_mm256_movemask_ps(_mm256_and_ps(some, maybe)) << part;
            if (single) {
                maybe = _mm256_cmp_ps(inter, _mm256_add_ps(_mm256_mul_ps(areas, high), high_own), _CMP_GT_OQ);
                sure |= (uint32_t)_mm256_movemask_ps(_mm256_and_ps(some, maybe)) << part;
            }
        }
#endif
        if (rare && !(near_ones & left))
            continue;
        left &= ~sure;
        for (near_ones &= left; near_ones; near_ones &= near_ones - 1) {
            const int bit = __builtin_ctz(near_ones);
            if (MARK_CALLED(_overlaps)(task, single, index[place], index[group * MARK_GROUP + bit]))
                left &= ~(1u << bit);
        }
        at->alive[group] = (uint16_t)left;
    }
}

/* Keep the best box that is left, take out what it overlaps too much among all others, and so on. */
MARK_INLINE void MARK_CALLED(_keep_all)(const MarkTask *task, int single)
{
    const uint32_t *members = task->members;
    uint16_t *alive = task->arrays.alive;
    const int64_t groups = (task->count + MARK_GROUP - 1) / MARK_GROUP;
    int64_t found = 0;
    MARK_CALLED(_lay)(task, single, members, task->count);
    for (int64_t group = 0; group < groups; group++)
        while (alive[group]) {
            const int64_t place = group * MARK_GROUP + __builtin_ctz(alive[group]);
            alive[group] &= (uint16_t)(alive[group] - 1);
            task->kept[members[place]] = 1;
            if (++found == task->limit)
                return;
            MARK_CALLED(_mark)(task, single, members, place, group, groups, 1);
        }
}

/* The column and the row of cells in which a doubled centre lies, at the edges for those beyond the grid. It never falls
 * when the centre rises, whatever rounding does. */
MARK_INLINE __m128i MARK_CALLED(_cell)(const MarkGrid *grid, __m128 doubled)
{
    const __m128 most = _mm_setr_ps((float)(grid->columns - 1), (float)(grid->rows - 1), 0.0f, 0.0f);
    __m128 at = _mm_mul_ps(_mm_sub_ps(doubled, _mm_setr_ps(grid->left, grid->top, 0.0f, 0.0f)),
                           _mm_setr_ps(grid->per_x, grid->per_y, 0.0f, 0.0f));
    return _mm_cvttps_epi32(_mm_min_ps(_mm_max_ps(at, _mm_setzero_ps()), most));
}

/* Choose a grid by some of the boxes. */
MARK_INLINE void MARK_CALLED(_choose_grid)(const MarkTask *task, int single, MarkGrid *grid)
{
    const int64_t step = task->count / 64 > 1 ? task->count / 64 : 1;
    __m128 low = _mm_set1_ps(INFINITY), high = _mm_set1_ps(-INFINITY), sizes = _mm_setzero_ps();
    float ends[4], tops[4], sums[4];
    int64_t looked = 0;
    for (int64_t i = 0; i < task->count; i += step, looked++) {
        const __m128 row = MARK_CALLED(_float_row)(task, single, task->members[i]), other = _mm_movehl_ps(row, row);
        const __m128 centre = _mm_add_ps(row, other);
        low = _mm_min_ps(low, centre);
        high = _mm_max_ps(high, centre);
        sizes = _mm_add_ps(sizes, _mm_max_ps(_mm_sub_ps(other, row), _mm_setzero_ps()));
    }
    _mm_storeu_ps(ends, low);
    _mm_storeu_ps(tops, high);
    _mm_storeu_ps(sums, sizes);
    choose_cells(task, grid, ends, tops, sums, looked);
}

/* Sort the boxes into the cells, by rank within each. */
MARK_INLINE void MARK_CALLED(_fill)(const MarkTask *task, int single, MarkGrid *grid)
{
    const MarkArrays *at = &task->arrays;
    const int64_t cells = grid->columns * grid->rows;
    uint32_t total = 0;
    __m128 widest = _mm_setzero_ps();
    memset(at->starts, 0, (cells + 1) * sizeof(uint32_t));
    for (int64_t rank = 0; rank < task->count; rank++) {
        const __m128 row = MARK_CALLED(_float_row)(task, single, task->members[rank]), other = _mm_movehl_ps(row, row);
        const __m128i cell = MARK_CALLED(_cell)(grid, _mm_add_ps(row, other));
        const uint32_t number = (uint32_t)(_mm_extract_epi32(cell, 1) * (int)grid->columns + _mm_cvtsi128_si32(cell));
        widest = _mm_max_ps(widest, _mm_sub_ps(other, row));
        at->places[rank] = number;
        at->starts[number + 1]++;
    }
    grid->widest = _mm_cvtss_f32(widest);
    grid->highest = _mm_cvtss_f32(_mm_shuffle_ps(widest, widest, 1));
    for (int64_t cell = 0; cell <= cells; cell++)
        at->starts[cell] = total += at->starts[cell];
    for (int64_t rank = 0; rank < task->count; rank++) {
        const uint32_t place = at->starts[at->places[rank]]++;
        at->places[rank] = place;
        at->index[place] = task->members[rank];
    }
    /* Each start has moved on to the next one's. */
    memmove(at->starts + 1, at->starts, cells * sizeof(uint32_t));
    at->starts[0] = 0;
    MARK_CALLED(_lay)(task, single, at->index, task->count);
}

/* Keep the best box that is left, take out what it overlaps too much in the cells around it, and so on. With sides a
 * and b and centres d apart, the share of the union is at most (a + b)/2 - d over (a + b)/2 + d along one axis, and at
 * most b / a, so that d < (a + b)/2 * (1 - t)/(1 + t) and b < a / t. */
MARK_INLINE void MARK_CALLED(_keep_around)(const MarkTask *task, int single)
{
    const MarkArrays *at = &task->arrays;
    MarkGrid grid;
    int64_t found = 0;
    MARK_CALLED(_choose_grid)(task, single, &grid);
    MARK_CALLED(_fill)(task, single, &grid);
    for (int64_t rank = 0; rank < task->count; rank++) {
        const int64_t place = at->places[rank];
        if (!(at->alive[place / MARK_GROUP] >> place % MARK_GROUP & 1))
            continue;
        at->alive[place / MARK_GROUP] &= (uint16_t)~(1u << place % MARK_GROUP);
        task->kept[at->index[place]] = 1;
        if (++found == task->limit)
            return;
        const __m128 row = MARK_CALLED(_float_row)(task, single, at->index[place]), other = _mm_movehl_ps(row, row);
        const __m128 centre = _mm_add_ps(row, other), slack = _mm_set1_ps(task->reach_slack);
        const __m128 size = _mm_add_ps(_mm_sub_ps(other, row), slack);
        const __m128 greatest = _mm_setr_ps(grid.widest, grid.highest, 0.0f, 0.0f);
        __m128 reach = _mm_min_ps(_mm_mul_ps(size, _mm_set1_ps(task->most_ratio)), greatest);
        reach = _mm_add_ps(_mm_mul_ps(_mm_add_ps(reach, size), _mm_set1_ps(task->doubled_share)), slack);
        const __m128i first = MARK_CALLED(_cell)(&grid, _mm_sub_ps(centre, reach));
        const __m128i last = MARK_CALLED(_cell)(&grid, _mm_add_ps(centre, reach));
        const int64_t left = _mm_cvtsi128_si32(first), right = _mm_cvtsi128_si32(last);
        int64_t row_of_cells = _mm_extract_epi32(first, 1), end = _mm_extract_epi32(last, 1), done = 0;
        for (; row_of_cells <= end; row_of_cells++) {
            const uint32_t *starts = at->starts + row_of_cells * grid.columns;
            int64_t from = starts[left] / MARK_GROUP, to = (starts[right + 1] + MARK_GROUP - 1) / MARK_GROUP;
            from = from > done ? from : done;
            if (starts[left] < starts[right + 1] && from < to) {
                MARK_CALLED(_mark)(task, single, at->index, place, from, to, 0);
                done = to;
            }
        }
    }
}

__attribute__((target(MARK_TARGET))) static void MARK_CALLED(_keep)(const MarkTask *task, int single, int grid)
{
    if (grid && single)
        MARK_CALLED(_keep_around)(task, 1);
    else if (grid)
        MARK_CALLED(_keep_around)(task, 0);
    else if (single)
        MARK_CALLED(_keep_all)(task, 1);
    else
        MARK_CALLED(_keep_all)(task, 0);
}

#undef MARK_JOINED
#undef MARK_JOIN
#undef MARK_CALLED
#undef MARK_INLINE

# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Intersection over union of polygons, exact for all outlines by the even-odd rule, without the GIL.

A line sweeps over the edges from top to bottom. Between two heights at which edges begin or end, the edges that it
meets are sorted by where they are at the upper height. When they are in the same order at the lower height, the widths
between them are linear and the areas exact. When they are not, they cross: the line stops at the crossings, one after
the other, and each swaps two neighbours, so that it ends after as many stops as there are pairs in the wrong order,
whatever rounding does.
"""

cimport numpy as cnp
from libc.math cimport INFINITY
from libc.stdint cimport int64_t, uint8_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy

from anylabeling.extensions._arrays cimport checked_offsets, moderate_points
from anylabeling.extensions._build cimport ANYLABELING_INTERFACE, ANYLABELING_SOURCE_DIGEST, ANYLABELING_VERSION

cnp.import_array()

INTERFACE = ANYLABELING_INTERFACE
BUILT_FOR = ANYLABELING_VERSION.decode()
SOURCE_DIGEST = ANYLABELING_SOURCE_DIGEST.decode()

# Less than this share of the square around an outline is what rounding leaves of one without area.
cdef double NOISE = 1e-12

cdef enum:
    FIRST = 1
    SECOND = 2
    BOTH = 3
    SHORT_LIST = 12


cdef struct Edge:
    # From its upper end (x1, y1) to its lower end (x2, y2); y1 < y2.
    double y1
    double y2
    double x1
    double x2
    double slope


cdef struct Outline:
    Edge *edges
    int64_t count
    double left
    double top
    double right
    double bottom
    double area


cdef struct Met:
    # An edge that the line meets: where at the upper height, where at the lower one, and of which outline it is.
    double above
    double below
    const Edge *edge
    int side


cdef struct Scratch:
    # Room for all edges of two outlines; gaps are between neighbours that the line meets.
    Met *met
    Edge *edges
    double *gap_since
    int64_t *tree
    uint8_t *state


cdef inline size_t scratch_bytes(int64_t edges) noexcept nogil:
    return <size_t>edges * (sizeof(Met) + sizeof(Edge) + sizeof(double) + 4 * sizeof(int64_t) + 1) + 64


cdef inline Scratch cut_scratch(void *memory, int64_t edges) noexcept nogil:
    cdef Scratch scratch
    scratch.met = <Met *>memory
    scratch.edges = <Edge *>(scratch.met + edges)
    scratch.gap_since = <double *>(scratch.edges + edges)
    scratch.tree = <int64_t *>(scratch.gap_since + edges)
    scratch.state = <uint8_t *>(scratch.tree + 4 * edges)
    return scratch


cdef inline int64_t end_of_run(Edge *edges, int64_t begin, int64_t count) noexcept nogil:
    """Return where the edges stop to be sorted by their tops; a run that falls is turned around."""
    cdef int64_t end = begin + 1, low, high
    cdef Edge swap
    if end < count and edges[end].y1 < edges[begin].y1:
        while end < count and edges[end].y1 < edges[end - 1].y1:
            end += 1
        low = begin
        high = end - 1
        while low < high:
            swap = edges[low]
            edges[low] = edges[high]
            edges[high] = swap
            low += 1
            high -= 1
    while end < count and edges[end].y1 >= edges[end - 1].y1:
        end += 1
    return end


cdef void merge_runs(Edge *edges, int64_t middle, int64_t count, Edge *spare) noexcept nogil:
    """Merge two sorted runs, the second from middle on."""
    cdef int64_t left = 0, right = middle, place = 0
    memcpy(spare, edges, middle * sizeof(Edge))
    while left < middle:
        if right < count and edges[right].y1 < spare[left].y1:
            edges[place] = edges[right]
            right += 1
        else:
            edges[place] = spare[left]
            left += 1
        place += 1


cdef void merge_sort(Edge *edges, int64_t count, Edge *spare) noexcept nogil:
    """Sort by the tops: an outline is a chain of long runs up and down, which need no sorting but only merging."""
    cdef int64_t ends[64]
    cdef int64_t depth = 0, begin = 0, end
    # Neighbouring runs are merged while the newer is not much shorter: the stack stays as short as a logarithm.
    while begin < count:
        end = end_of_run(edges, begin, count)
        ends[depth] = begin
        depth += 1
        begin = end
        while depth > 1 and (begin == count or 2 * (begin - ends[depth - 1]) >= ends[depth - 1] - ends[depth - 2]):
            depth -= 1
            merge_runs(
                edges + ends[depth - 1], ends[depth] - ends[depth - 1], begin - ends[depth - 1], spare
            )


cdef void sort_edges(Edge *edges, int64_t count, Edge *spare) noexcept nogil:
    cdef int64_t place, hole
    cdef Edge edge
    if count > SHORT_LIST:
        merge_sort(edges, count, spare)
        return
    for place in range(1, count):
        edge = edges[place]
        hole = place
        while hole > 0 and edges[hole - 1].y1 > edge.y1:
            edges[hole] = edges[hole - 1]
            hole -= 1
        edges[hole] = edge


cdef void prepare(const double *points, int64_t count, double x0, double y0, Outline *outline, Edge *spare) noexcept nogil:
    """Make the edges of an outline, relative to a point, from top to bottom. It has room for count of them."""
    cdef int64_t place
    cdef double x1, y1, x2, y2
    cdef Edge *edge = outline.edges
    outline.left = outline.top = INFINITY
    outline.right = outline.bottom = -INFINITY
    outline.area = 0.0
    outline.count = 0
    if count < 3:
        return
    x1 = points[2 * count - 2] - x0
    y1 = points[2 * count - 1] - y0
    for place in range(count):
        x2 = points[2 * place] - x0
        y2 = points[2 * place + 1] - y0
        outline.left = min(outline.left, x2)
        outline.right = max(outline.right, x2)
        outline.top = min(outline.top, y2)
        outline.bottom = max(outline.bottom, y2)
        if y1 < y2:
            edge[0] = Edge(y1, y2, x1, x2, (x2 - x1) / (y2 - y1))
            edge += 1
        elif y2 < y1:
            edge[0] = Edge(y2, y1, x2, x1, (x2 - x1) / (y2 - y1))
            edge += 1
        x1 = x2
        y1 = y2
    outline.count = edge - outline.edges
    sort_edges(outline.edges, outline.count, spare)


cdef inline double place_at(const Edge *edge, double y) noexcept nogil:
    """Return where an edge is at a height, never beyond its ends."""
    cdef double x, low, high
    if y >= edge.y2:
        return edge.x2
    if y <= edge.y1:
        return edge.x1
    x = edge.x1 + (y - edge.y1) * edge.slope
    low = min(edge.x1, edge.x2)
    high = max(edge.x1, edge.x2)
    return low if x < low else high if x > high else x


cdef inline void sort_met(Met *met, int64_t count) noexcept nogil:
    """Sort by the place above, then by the one below; they nearly are."""
    cdef int64_t place, hole
    cdef Met one
    for place in range(1, count):
        one = met[place]
        hole = place
        while hole > 0 and (
            met[hole - 1].above > one.above or (met[hole - 1].above == one.above and met[hole - 1].below > one.below)
        ):
            met[hole] = met[hole - 1]
            hole -= 1
        if hole != place:
            met[hole] = one


cdef inline double crossing_at(const Met *met, double now) noexcept nogil:
    """Return the share of the way down at which an edge crosses the next one, not before now; infinite if it does not.
    """
    cdef double gap_above = met[1].above - met[0].above, gap_below = met[1].below - met[0].below
    if not gap_below < 0.0:
        return INFINITY
    return max(now, gap_above / (gap_above - gap_below)) if gap_above > 0.0 else now


cdef inline double gap_area(const Met *met, double since, double now) noexcept nogil:
    """Return the area between an edge and the next one."""
    cdef double middle = 0.5 * (since + now)
    cdef double gap_above = met[1].above - met[0].above, gap_below = met[1].below - met[0].below
    return (gap_above + (gap_below - gap_above) * middle) * (now - since)


cdef inline void climb(int64_t *tree, int64_t leaves, const double *cuts, int64_t leaf) noexcept nogil:
    """Bring a tree up to date, in which each knot names the lowest of its leaves, after one leaf has changed."""
    cdef int64_t knot = (leaves + leaf) // 2
    while knot:
        tree[knot] = tree[2 * knot] if cuts[tree[2 * knot]] <= cuts[tree[2 * knot + 1]] else tree[2 * knot + 1]
        knot //= 2


cdef void add_with_crossings(Scratch *scratch, int64_t count, double height, double *areas) noexcept nogil:
    """Add the areas of a part in which edges cross."""
    cdef Met *met = scratch.met
    cdef double *since = scratch.gap_since
    cdef uint8_t *state = scratch.state
    cdef double *cuts = <double *>scratch.edges
    cdef int64_t *tree = scratch.tree
    cdef int64_t gaps = count - 1, gap, place
    cdef double now = 0.0
    cdef Met swap
    for gap in range(gaps):
        since[gap] = 0.0
        state[gap] = met[gap].side ^ (state[gap - 1] if gap else 0)
        cuts[gap] = crossing_at(&met[gap], 0.0)
        tree[gaps + gap] = gap
    for place in range(gaps - 1, 0, -1):
        tree[place] = tree[2 * place] if cuts[tree[2 * place]] <= cuts[tree[2 * place + 1]] else tree[2 * place + 1]
    while True:
        gap = tree[1]
        if cuts[gap] == INFINITY:
            break
        now = min(cuts[gap], 1.0)
        for place in range(max(gap - 1, 0), min(gap + 2, gaps)):
            areas[state[place]] += height * gap_area(&met[place], since[place], now)
            since[place] = now
        swap = met[gap]
        met[gap] = met[gap + 1]
        met[gap + 1] = swap
        state[gap] = met[gap].side ^ (state[gap - 1] if gap else 0)
        for place in range(max(gap - 1, 0), min(gap + 2, gaps)):
            cuts[place] = crossing_at(&met[place], now)
            climb(tree, gaps, cuts, place)
    for gap in range(gaps):
        areas[state[gap]] += height * gap_area(&met[gap], since[gap], 1.0)


cdef inline void add_part(Scratch *scratch, int64_t count, double height, double *areas) noexcept nogil:
    """Add the areas between edges that begin above or at the top of a part and end at or below its end."""
    cdef const Met *met = scratch.met
    cdef int64_t place
    cdef int state = 0
    cdef bint crossed = False
    cdef double widths[4]
    widths[FIRST] = widths[SECOND] = widths[BOTH] = 0.0
    for place in range(count - 1):
        crossed |= met[place].below > met[place + 1].below
        state ^= met[place].side
        widths[state] += (met[place + 1].above - met[place].above) + (met[place + 1].below - met[place].below)
    if crossed:
        add_with_crossings(scratch, count, height, areas)
        return
    height *= 0.5
    areas[FIRST] += height * widths[FIRST]
    areas[SECOND] += height * widths[SECOND]
    areas[BOTH] += height * widths[BOTH]


cdef void sweep(
    const Outline *first, const Outline *second, double top, double bottom, Scratch *scratch, double *areas
) noexcept nogil:
    """Set the areas between two heights by what they are inside of: the first only, the second only, both."""
    cdef Met *met = scratch.met
    cdef const Edge *next_first = first.edges
    cdef const Edge *end_first = first.edges + first.count
    cdef const Edge *next_second = second.edges if second else NULL
    cdef const Edge *end_second = second.edges + second.count if second else NULL
    cdef int64_t place, left, count = 0
    cdef double y = top, next_y
    areas[0] = areas[FIRST] = areas[SECOND] = areas[BOTH] = 0.0
    while y < bottom:
        while next_first < end_first and next_first.y1 <= y:
            if next_first.y2 > y:
                met[count] = Met(place_at(next_first, y), 0.0, next_first, FIRST)
                count += 1
            next_first += 1
        while next_second < end_second and next_second.y1 <= y:
            if next_second.y2 > y:
                met[count] = Met(place_at(next_second, y), 0.0, next_second, SECOND)
                count += 1
            next_second += 1
        next_y = bottom
        if next_first < end_first:
            next_y = min(next_y, next_first.y1)
        if next_second < end_second:
            next_y = min(next_y, next_second.y1)
        for place in range(count):
            next_y = min(next_y, met[place].edge.y2)
        for place in range(count):
            met[place].below = place_at(met[place].edge, next_y)
        sort_met(met, count)
        add_part(scratch, count, next_y - y, areas)
        left = 0
        for place in range(count):
            if met[place].edge.y2 > next_y:
                met[left] = met[place]
                met[left].above = met[place].below
                left += 1
        count = left
        y = next_y


cdef inline double without_noise(const Outline *outline, double area) noexcept nogil:
    cdef double around = (outline.right - outline.left) + (outline.bottom - outline.top)
    return area if area > around * around * NOISE else 0.0


cdef void measure(Outline *outline, Scratch *scratch) noexcept nogil:
    cdef double areas[4]
    outline.area = 0.0
    if outline.count:
        sweep(outline, NULL, outline.top, outline.bottom, scratch, areas)
        outline.area = without_noise(outline, areas[FIRST])


cdef inline bint are_apart(const Outline *first, const Outline *second) noexcept nogil:
    return not (
        first.left < second.right and second.left < first.right
        and first.top < second.bottom and second.top < first.bottom
    )


cdef inline double share(double both, double together) noexcept nogil:
    return min(both / together, 1.0) if together > 0.0 and both > 0.0 else 0.0


cdef double overlap(const Outline *first, const Outline *second, Scratch *scratch) noexcept nogil:
    """Return the intersection over union of two measured outlines."""
    cdef double areas[4]
    if first.area == 0.0 or second.area == 0.0 or are_apart(first, second):
        return 0.0
    sweep(first, second, max(first.top, second.top), min(first.bottom, second.bottom), scratch, areas)
    return share(areas[BOTH], first.area + second.area - areas[BOTH])


cdef double overlap_alone(const Outline *first, const Outline *second, Scratch *scratch) noexcept nogil:
    """Return the intersection over union of two outlines that were not measured, by one sweep over both."""
    cdef double areas[4]
    if not first.count or not second.count or are_apart(first, second):
        return 0.0
    sweep(first, second, min(first.top, second.top), max(first.bottom, second.bottom), scratch, areas)
    if without_noise(first, areas[FIRST] + areas[BOTH]) == 0.0:
        return 0.0
    if without_noise(second, areas[SECOND] + areas[BOTH]) == 0.0:
        return 0.0
    return share(areas[BOTH], areas[FIRST] + areas[SECOND] + areas[BOTH])


def polygon_iou(points_a, points_b):
    """Return the intersection over union of two polygons; see ``anylabeling.accel.polygon_iou``."""
    points_a = moderate_points(points_a, "points_a")
    points_b = moderate_points(points_b, "points_b")
    cdef int64_t first_count = cnp.PyArray_DIM(<cnp.ndarray>points_a, 0)
    cdef int64_t second_count = cnp.PyArray_DIM(<cnp.ndarray>points_b, 0)
    cdef const double *first_points = <const double *>cnp.PyArray_DATA(<cnp.ndarray>points_a)
    cdef const double *second_points = <const double *>cnp.PyArray_DATA(<cnp.ndarray>points_b)
    cdef Outline first, second
    cdef double result = 0.0
    if first_count < 3 or second_count < 3:
        return 0.0
    cdef int64_t total = first_count + second_count
    cdef Edge *edges = <Edge *>malloc(<size_t>total * sizeof(Edge) + scratch_bytes(total))
    if edges == NULL:
        raise MemoryError()
    cdef Scratch scratch = cut_scratch(edges + total, total)
    first.edges = edges
    second.edges = edges + first_count
    with nogil:
        prepare(first_points, first_count, first_points[0], first_points[1], &first, scratch.edges)
        prepare(second_points, second_count, first_points[0], first_points[1], &second, scratch.edges)
        result = overlap_alone(&first, &second, &scratch)
    free(edges)
    return result


cdef void prepare_all(
    const double *points, const int64_t *offsets, int64_t count, double x0, double y0, Outline *outlines, Edge *edges,
    Scratch *scratch
) noexcept nogil:
    cdef int64_t number
    for number in range(count):
        outlines[number].edges = edges + offsets[number]
        prepare(
            points + 2 * offsets[number], offsets[number + 1] - offsets[number], x0, y0, &outlines[number], scratch.edges
        )
        measure(&outlines[number], scratch)


def polygon_iou_matrix(points_a, offsets_a, points_b, offsets_b):
    """Return the IoU of every polygon of one list with every one of another; see ``accel.polygon_iou_matrix``."""
    points_a = moderate_points(points_a, "points_a")
    offsets_a = checked_offsets(offsets_a, points_a)
    points_b = moderate_points(points_b, "points_b")
    offsets_b = checked_offsets(offsets_b, points_b)
    cdef cnp.npy_intp shape[2]
    shape[0] = cnp.PyArray_DIM(<cnp.ndarray>offsets_a, 0) - 1
    shape[1] = cnp.PyArray_DIM(<cnp.ndarray>offsets_b, 0) - 1
    cdef object result = cnp.PyArray_ZEROS(2, shape, cnp.NPY_DOUBLE, 0)
    cdef double *out = <double *>cnp.PyArray_DATA(<cnp.ndarray>result)
    cdef const double *first_points = <const double *>cnp.PyArray_DATA(<cnp.ndarray>points_a)
    cdef const double *second_points = <const double *>cnp.PyArray_DATA(<cnp.ndarray>points_b)
    cdef const int64_t *first_offsets = <const int64_t *>cnp.PyArray_DATA(<cnp.ndarray>offsets_a)
    cdef const int64_t *second_offsets = <const int64_t *>cnp.PyArray_DATA(<cnp.ndarray>offsets_b)
    cdef int64_t first_total = first_offsets[shape[0]], second_total = second_offsets[shape[1]], row, column
    if first_total == 0 or second_total == 0:
        return result
    cdef int64_t total = first_total + second_total, outline_count = shape[0] + shape[1]
    cdef Edge *edges = <Edge *>malloc(
        <size_t>total * sizeof(Edge) + <size_t>outline_count * sizeof(Outline) + scratch_bytes(total)
    )
    if edges == NULL:
        raise MemoryError()
    cdef Outline *firsts = <Outline *>(edges + total)
    cdef Outline *seconds = firsts + shape[0]
    cdef Scratch scratch = cut_scratch(seconds + shape[1], total)
    with nogil:
        prepare_all(first_points, first_offsets, shape[0], first_points[0], first_points[1], firsts, edges, &scratch)
        prepare_all(
            second_points, second_offsets, shape[1], first_points[0], first_points[1], seconds, edges + first_total, &scratch
        )
        for row in range(shape[0]):
            for column in range(shape[1]):
                if not are_apart(&firsts[row], &seconds[column]):
                    out[row * shape[1] + column] = overlap(&firsts[row], &seconds[column], &scratch)
    free(edges)
    return result

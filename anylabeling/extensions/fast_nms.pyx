# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Non-maximum suppression of upright boxes, exactly as the numpy reference does it, without the GIL.

The scores are sorted by radix, the boxes are put into buckets by class. Where the processor has wide vectors, each kept
box marks in floats what it overlaps too much. Elsewhere each box of a small bucket is tested against those kept before.
In a large bucket, a grid over the centres says which boxes can overlap a kept one enough at all.
"""

cimport numpy as cnp
from libc.math cimport INFINITY, isfinite, sqrt
from libc.stdint cimport int64_t, uint8_t, uint32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset

from anylabeling.extensions._arrays cimport rows_of, vector_of
from anylabeling.extensions._build cimport ANYLABELING_INTERFACE, ANYLABELING_SOURCE_DIGEST, ANYLABELING_VERSION
from anylabeling.extensions._ranking cimport (
    Arena,
    Buckets,
    check_count,
    checked_limit,
    checked_threshold,
    class_numbers,
    kept_indices,
    no_indices,
    ranking_bytes,
    take,
    take_ranking,
)

cnp.import_array()

INTERFACE = ANYLABELING_INTERFACE
BUILT_FOR = ANYLABELING_VERSION.decode()
SOURCE_DIGEST = ANYLABELING_SOURCE_DIGEST.decode()

cdef extern from "nms_kernels.h":
    enum:
        KEPT_GROUP
        MARKED_GROUP

    ctypedef struct BoxArrays:
        double *x1
        double *y1
        double *x2
        double *y2
        double *area

    ctypedef struct OneBox:
        double x1
        double y1
        double x2
        double y2
        double area

    ctypedef struct Extent:
        double left
        double top
        double right
        double bottom
        double widest
        double highest
        double widths
        double heights

    int overlaps_any(const BoxArrays *kept, int64_t count, const OneBox *box, double threshold) nogil
    void mark_overlapping(
        const BoxArrays *boxes, int64_t begin, int64_t end, const OneBox *box, double threshold, int64_t *dead
    ) nogil
    void iou_row(const BoxArrays *boxes, int64_t count, const OneBox *box, double *row) nogil
    void measure_boxes(const BoxArrays *boxes, int64_t count, Extent *extent) nogil

cdef extern from "marking.h":
    int marking_bits(double greatest) nogil
    size_t marking_bytes(int64_t largest) nogil
    void keep_by_marking(
        int bits, char *memory, const void *rows, bint single, double greatest, const uint32_t *members,
        const int64_t *starts, int64_t class_count, int64_t largest, int64_t limit, double threshold, uint8_t *kept
    ) nogil

cdef enum:
    # From so many boxes of a class on, finding the neighbours of a kept box is cheaper than testing all kept ones.
    GRID_FROM = 384
    MAX_GRID_SIDE = 1024
    MOST_SPARE_BYTES = 1 << 23

# What rounding can add to a distance between centres, as a share of the greatest coordinate.
cdef double ROUNDING = 1e-9
# Where the greatest coordinate lies beyond this, centres could overflow; no grid is used then.
cdef double GRID_LIMIT = 1e150

ctypedef fused real:
    float
    double


cdef struct Work:
    # Arrays for one bucket at a time, and what bounds the distance of boxes that overlap enough: with sides a and b and
    # centres d apart, the share of the union is at most (a + b)/2 - d over (a + b)/2 + d along one axis, and at most
    # b / a. So d < (a + b) * reach_share, and b < a / threshold.
    double threshold
    double reach_share
    double greatest
    BoxArrays staged
    BoxArrays placed
    int64_t *dead
    int64_t *places
    int64_t *owners
    int64_t *starts


cdef struct Block:
    char *memory
    size_t size_bytes


cdef struct Grid:
    # Cells over the centres of one bucket, row by row, so that a run of cells is a run of boxes.
    int64_t columns
    int64_t rows
    double per_x
    double per_y
    double slack
    Extent extent


cdef inline BoxArrays take_boxes(Arena *arena, int64_t count) noexcept nogil:
    cdef BoxArrays boxes
    cdef size_t size_bytes = <size_t>count * sizeof(double)
    boxes.x1 = <double *>take(arena, size_bytes)
    boxes.y1 = <double *>take(arena, size_bytes)
    boxes.x2 = <double *>take(arena, size_bytes)
    boxes.y2 = <double *>take(arena, size_bytes)
    boxes.area = <double *>take(arena, size_bytes)
    return boxes


cdef inline void put(const BoxArrays *boxes, int64_t place, const OneBox *box) noexcept nogil:
    boxes.x1[place] = box.x1
    boxes.y1[place] = box.y1
    boxes.x2[place] = box.x2
    boxes.y2[place] = box.y2
    boxes.area[place] = box.area


cdef inline OneBox get(const BoxArrays *boxes, int64_t place) noexcept nogil:
    return OneBox(boxes.x1[place], boxes.y1[place], boxes.x2[place], boxes.y2[place], boxes.area[place])


cdef inline OneBox read_box(const real *row) noexcept nogil:
    cdef OneBox box = OneBox(row[0], row[1], row[2], row[3], 0.0)
    cdef double width = box.x2 - box.x1, height = box.y2 - box.y1
    box.area = (width if width > 0.0 else 0.0) * (height if height > 0.0 else 0.0)
    return box


cdef inline int64_t padded(int64_t count) noexcept nogil:
    return (count + KEPT_GROUP - 1) // KEPT_GROUP * KEPT_GROUP + MARKED_GROUP


cdef void keep_by_list(
    const real *rows, Buckets *buckets, int64_t begin, int64_t end, int64_t limit, Work *work
) noexcept nogil:
    """Keep the boxes of one bucket that overlap none kept before, testing all of these."""
    cdef OneBox nothing = OneBox(INFINITY, INFINITY, -INFINITY, -INFINITY, 0.0)
    cdef OneBox box
    cdef int64_t place, filler, kept = 0
    cdef uint32_t index
    for place in range(begin, end):
        index = buckets.members[place]
        box = read_box(rows + 4 * <size_t>index)
        if overlaps_any(&work.staged, kept, &box, work.threshold):
            continue
        if kept % KEPT_GROUP == 0:
            for filler in range(kept, kept + KEPT_GROUP):
                put(&work.staged, filler, &nothing)
        put(&work.staged, kept, &box)
        buckets.kept[index] = 1
        kept += 1
        if kept == limit:
            return


cdef inline int64_t cell(double distance, double per_unit, int64_t cells) noexcept nogil:
    cdef double place = distance * per_unit
    if not place > 0.0:
        return 0
    return cells - 1 if place >= cells else <int64_t>place


cdef inline double reach(const Work *work, double size, double greatest_size, double slack) noexcept nogil:
    """Return how far from the centre of a box those of boxes can be that overlap it enough, along one axis."""
    cdef double other = greatest_size
    if work.threshold > 0.0:
        other = min(greatest_size, size / work.threshold * (1.0 + ROUNDING))
    return (size + other) * work.reach_share * (1.0 + ROUNDING) + slack


cdef bint lay_grid(
    Grid *grid, const real *rows, const Buckets *buckets, int64_t begin, int64_t count, Work *work
) noexcept nogil:
    """Gather the boxes of one bucket by rank and choose cells for them; return False when that cannot be done."""
    cdef OneBox box
    cdef Extent *extent = &grid.extent
    cdef int64_t number
    cdef double most, cells_x, cells_y
    if not work.greatest < GRID_LIMIT:
        return False
    for number in range(count):
        box = read_box(rows + 4 * <size_t>buckets.members[begin + number])
        put(&work.staged, number, &box)
    measure_boxes(&work.staged, count, extent)
    grid.slack = work.greatest * ROUNDING
    # A row of cells is about as high as a usual box reaches, a cell much narrower: its runs are cheap to cut.
    most = min(sqrt(<double>count), <double>MAX_GRID_SIDE)
    cells_y = (extent.bottom - extent.top) / (extent.heights / count * 2.0 * work.reach_share + grid.slack + 1e-300)
    cells_x = (extent.right - extent.left) / (extent.widths / count * 0.5 * work.reach_share + grid.slack + 1e-300)
    grid.rows = <int64_t>max(1.0, min(cells_y, most))
    grid.columns = <int64_t>max(1.0, min(cells_x, most * 2.0))
    grid.per_x = grid.columns / (extent.right - extent.left) if extent.right > extent.left else 0.0
    grid.per_y = grid.rows / (extent.bottom - extent.top) if extent.bottom > extent.top else 0.0
    return isfinite(grid.per_x) and isfinite(grid.per_y)


cdef void fill_grid(const Grid *grid, int64_t count, Work *work) noexcept nogil:
    """Put the boxes of one bucket into the cells: places says where each one lies, owners which lies where."""
    cdef const BoxArrays *staged = &work.staged
    cdef OneBox nothing = OneBox(INFINITY, INFINITY, -INFINITY, -INFINITY, 0.0)
    cdef OneBox box
    cdef int64_t *starts = work.starts
    cdef int64_t number, place, size, total = 0, cells = grid.columns * grid.rows
    memset(starts, 0, (cells + 1) * sizeof(int64_t))
    for number in range(count):
        place = cell((staged.y1[number] + staged.y2[number]) * 0.5 - grid.extent.top, grid.per_y, grid.rows)
        place *= grid.columns
        place += cell((staged.x1[number] + staged.x2[number]) * 0.5 - grid.extent.left, grid.per_x, grid.columns)
        work.places[number] = place
        starts[place] += 1
    for place in range(cells):
        size = starts[place]
        starts[place] = total
        total += size
    for number in range(count):
        place = starts[work.places[number]]
        starts[work.places[number]] += 1
        work.places[number] = place
        work.owners[place] = number
        box = get(staged, number)
        put(&work.placed, place, &box)
    for place in range(count, count + MARKED_GROUP):
        put(&work.placed, place, &nothing)
    # Each start has moved on to the next one's; move them back.
    for place in range(cells, 0, -1):
        starts[place] = starts[place - 1]
    starts[0] = 0
    memset(work.dead, 0, (count + MARKED_GROUP) * sizeof(int64_t))


cdef void thin_grid(const Grid *grid, int64_t next_number, Work *work) noexcept nogil:
    """Take out of the cells what is suppressed or was kept already; places of those are negative then."""
    cdef int64_t number, place, index, begin = 0, end, left = 0, cells = grid.columns * grid.rows
    cdef OneBox box
    for index in range(cells):
        end = work.starts[index + 1]
        work.starts[index] = left
        for place in range(begin, end):
            number = work.owners[place]
            if work.dead[place] or number < next_number:
                work.places[number] = -1
                continue
            box = get(&work.placed, place)
            put(&work.placed, left, &box)
            work.dead[left] = 0
            work.owners[left] = number
            work.places[number] = left
            left += 1
        begin = end
    work.starts[cells] = left


cdef void keep_by_grid(
    const Grid *grid, Buckets *buckets, int64_t begin, int64_t count, int64_t limit, Work *work
) noexcept nogil:
    """Keep the boxes of one bucket; each kept one marks those around it that overlap it too much."""
    cdef OneBox box
    cdef double x, y, reach_x, reach_y
    cdef int64_t number, place, row, first, last, left, right, kept = 0, thin_at = count // 16
    for number in range(count):
        if number == thin_at:
            thin_grid(grid, number, work)
            thin_at *= 2
        place = work.places[number]
        if place < 0 or work.dead[place]:
            continue
        buckets.kept[buckets.members[begin + number]] = 1
        kept += 1
        if kept == limit:
            return
        box = get(&work.placed, place)
        if box.area == 0.0:
            continue
        x = (box.x1 + box.x2) * 0.5 - grid.extent.left
        y = (box.y1 + box.y2) * 0.5 - grid.extent.top
        reach_x = reach(work, box.x2 - box.x1, grid.extent.widest, grid.slack)
        reach_y = reach(work, box.y2 - box.y1, grid.extent.highest, grid.slack)
        left = cell(x - reach_x, grid.per_x, grid.columns)
        right = cell(x + reach_x, grid.per_x, grid.columns)
        first = cell(y - reach_y, grid.per_y, grid.rows)
        last = cell(y + reach_y, grid.per_y, grid.rows)
        for row in range(first, last + 1):
            mark_overlapping(
                &work.placed, work.starts[row * grid.columns + left], work.starts[row * grid.columns + right + 1],
                &box, work.threshold, work.dead,
            )


cdef size_t work_bytes(int64_t largest) noexcept nogil:
    # Two sets of box arrays, five of whole numbers, one of them twice as long.
    return <size_t>padded(largest) * (2 * 40 + 6 * 8) + 15 * 64


cdef void take_work(Arena *arena, Work *work, int64_t largest) noexcept nogil:
    cdef int64_t room = padded(largest)
    work.staged = take_boxes(arena, room)
    if largest >= GRID_FROM:
        work.placed = take_boxes(arena, room)
        work.dead = <int64_t *>take(arena, room * sizeof(int64_t))
        work.places = <int64_t *>take(arena, room * sizeof(int64_t))
        work.owners = <int64_t *>take(arena, room * sizeof(int64_t))
        work.starts = <int64_t *>take(arena, (2 * room + 1) * sizeof(int64_t))


cdef void suppress(const real *rows, Buckets *buckets, int64_t limit, Work *work) noexcept nogil:
    """Mark which boxes are kept, bucket by bucket."""
    cdef int64_t number, begin, count
    cdef Grid grid
    for number in range(buckets.class_count):
        begin = buckets.starts[number]
        count = buckets.starts[number + 1] - begin
        if count == 1:
            buckets.kept[buckets.members[begin]] = 1
        elif count >= GRID_FROM and lay_grid(&grid, rows, buckets, begin, count, work):
            fill_grid(&grid, count, work)
            keep_by_grid(&grid, buckets, begin, count, limit, work)
        elif count > 0:
            keep_by_list(rows, buckets, begin, begin + count, limit, work)


# Memory of an earlier call: fresh memory costs a third of the time, since the system hands it out page by page.
cdef Block spare = Block(NULL, 0)


cdef Block borrow(size_t size_bytes):
    """Return memory of at least some size; it is NULL where there is none. The caller holds the GIL."""
    global spare
    cdef Block block = spare
    if block.memory != NULL and block.size_bytes >= size_bytes:
        spare.memory = NULL
        return block
    return Block(<char *>malloc(size_bytes), size_bytes)


cdef void give_back(Block block):
    """Keep the larger memory for the next call and free the other. The caller holds the GIL."""
    global spare
    cdef Block other = spare
    if block.size_bytes <= MOST_SPARE_BYTES and (other.memory == NULL or other.size_bytes < block.size_bytes):
        spare = block
        block = other
    free(block.memory)


def nms(boxes, scores, classes, iou_threshold, max_detections=300):
    """Suppress boxes that overlap a better one of the same class; see ``anylabeling.accel.nms``."""
    cdef Work work
    work.threshold = checked_threshold(iou_threshold)
    work.reach_share = (1.0 - work.threshold) / (1.0 + work.threshold) * 0.5
    cdef int64_t limit = checked_limit(max_detections)
    cdef bint single = cnp.PyArray_CheckExact(boxes) and cnp.PyArray_TYPE(<cnp.ndarray>boxes) == cnp.NPY_FLOAT
    boxes = rows_of(boxes, 4, cnp.NPY_FLOAT if single else cnp.NPY_DOUBLE, "boxes")
    scores = vector_of(scores, cnp.NPY_FLOAT, "scores")
    classes = class_numbers(classes)
    cdef int64_t count = check_count(boxes, scores, "scores")
    check_count(boxes, classes, "classes")
    if count == 0 or limit == 0:
        return no_indices()
    cdef void *rows = cnp.PyArray_DATA(<cnp.ndarray>boxes)
    cdef int bits
    cdef Buckets buckets
    cdef Block block = borrow(ranking_bytes(count) + max(work_bytes(count), marking_bytes(count)))
    cdef Arena arena = Arena(block.memory, 0)
    if arena.memory == NULL:
        raise MemoryError()
    try:
        take_ranking(&arena, &buckets, boxes, scores, classes, count)
        with nogil:
            bits = marking_bits(buckets.greatest)
            if bits:
                keep_by_marking(
                    bits, arena.memory + arena.used, rows, single, buckets.greatest, buckets.members, buckets.starts,
                    buckets.class_count, buckets.largest, limit, work.threshold, buckets.kept,
                )
            else:
                work.greatest = buckets.greatest
                take_work(&arena, &work, buckets.largest)
                if single:
                    suppress(<const float *>rows, &buckets, limit, &work)
                else:
                    suppress(<const double *>rows, &buckets, limit, &work)
        return kept_indices(&buckets, limit)
    finally:
        give_back(block)


def iou_matrix(boxes_a, boxes_b):
    """Return the IoU of every box of one list with every box of another; see ``anylabeling.accel.iou_matrix``."""
    first = rows_of(boxes_a, 4, cnp.NPY_DOUBLE, "boxes_a")
    second = rows_of(boxes_b, 4, cnp.NPY_DOUBLE, "boxes_b")
    cdef cnp.npy_intp shape[2]
    shape[0] = cnp.PyArray_DIM(<cnp.ndarray>first, 0)
    shape[1] = cnp.PyArray_DIM(<cnp.ndarray>second, 0)
    cdef object result = cnp.PyArray_EMPTY(2, shape, cnp.NPY_DOUBLE, 0)
    cdef double *out = <double *>cnp.PyArray_DATA(<cnp.ndarray>result)
    cdef const double *first_rows = <const double *>cnp.PyArray_DATA(<cnp.ndarray>first)
    cdef const double *second_rows = <const double *>cnp.PyArray_DATA(<cnp.ndarray>second)
    cdef Arena arena = Arena(<char *>malloc(<size_t>shape[1] * 40 + 5 * 64), 0)
    cdef BoxArrays arrays
    cdef OneBox box
    cdef cnp.npy_intp row
    if arena.memory == NULL:
        raise MemoryError()
    with nogil:
        arrays = take_boxes(&arena, shape[1])
        for row in range(shape[1]):
            box = read_box(second_rows + 4 * row)
            put(&arrays, row, &box)
        for row in range(shape[0]):
            box = read_box(first_rows + 4 * row)
            iou_row(&arrays, shape[1], &box, out + row * shape[1])
    free(arena.memory)
    return result

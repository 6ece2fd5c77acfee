# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Non-maximum suppression of rotated boxes, exactly as the numpy reference does it, without the GIL."""

cimport numpy as cnp
from libc.math cimport INFINITY, cos, fabs, sin
from libc.stdint cimport int64_t, uint32_t
from libc.stdlib cimport free, malloc

from anylabeling.extensions._arrays cimport LARGEST_COORDINATE, is_moderate, rows_of, vector_of
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

cdef extern from "rotated_kernels.h":
    enum:
        KEPT_GROUP

    ctypedef struct RotatedBox:
        double cx
        double cy
        double half_width
        double half_height
        double cosine
        double sine
        double area
        double x1
        double y1
        double x2
        double y2

    ctypedef struct Surroundings:
        double *x1
        double *y1
        double *x2
        double *y2
        double *area

    int rotated_overlaps_any(
        const RotatedBox *kept, const Surroundings *around, int64_t count, const RotatedBox *box, double threshold
    ) nogil

# Less than this share of the union is what rounding leaves of boxes that only touch.
cdef double NOISE = 1e-12
# What rounding can move a side of the rectangle around a box, as a share of the greatest number.
cdef double ROUNDING = 1e-9


cdef inline int64_t padded(int64_t count) noexcept nogil:
    return (count + KEPT_GROUP - 1) // KEPT_GROUP * KEPT_GROUP


cdef inline RotatedBox read_rotated(const double *row, double slack) noexcept nogil:
    cdef RotatedBox box
    cdef double width = row[2] if row[2] > 0.0 else 0.0, height = row[3] if row[3] > 0.0 else 0.0
    cdef double reach_x, reach_y
    box.cx = row[0]
    box.cy = row[1]
    box.half_width = width * 0.5
    box.half_height = height * 0.5
    box.cosine = cos(row[4])
    box.sine = sin(row[4])
    box.area = width * height
    reach_x = fabs(box.cosine) * box.half_width + fabs(box.sine) * box.half_height + slack
    reach_y = fabs(box.sine) * box.half_width + fabs(box.cosine) * box.half_height + slack
    box.x1 = box.cx - reach_x
    box.y1 = box.cy - reach_y
    box.x2 = box.cx + reach_x
    box.y2 = box.cy + reach_y
    return box


cdef inline void put(const Surroundings *around, int64_t place, const RotatedBox *box) noexcept nogil:
    around.x1[place] = box.x1
    around.y1[place] = box.y1
    around.x2[place] = box.x2
    around.y2[place] = box.y2
    around.area[place] = box.area


cdef void suppress(
    const double *rows, Buckets *buckets, double threshold, int64_t limit, RotatedBox *boxes,
    const Surroundings *around
) noexcept nogil:
    """Mark which boxes are kept: those of one class that overlap none kept before."""
    cdef RotatedBox box, nothing
    cdef int64_t number, place, filler, kept
    cdef uint32_t index
    cdef double slack = buckets.greatest * ROUNDING
    nothing.x1 = nothing.y1 = INFINITY
    nothing.x2 = nothing.y2 = -INFINITY
    nothing.area = 0.0
    for number in range(buckets.class_count):
        kept = 0
        for place in range(buckets.starts[number], buckets.starts[number + 1]):
            index = buckets.members[place]
            box = read_rotated(rows + 5 * <size_t>index, slack)
            if rotated_overlaps_any(boxes, around, kept, &box, threshold):
                continue
            buckets.kept[index] = 1
            if kept % KEPT_GROUP == 0:
                for filler in range(kept, kept + KEPT_GROUP):
                    put(around, filler, &nothing)
            boxes[kept] = box
            put(around, kept, &box)
            kept += 1
            if kept == limit:
                break


cdef object moderate_scores(object boxes, object scores):
    """Return scores of which those are no numbers whose box is too large to be computed with."""
    import numpy as np

    return np.where((np.abs(boxes) <= LARGEST_COORDINATE).all(axis=1), scores, np.float32(np.nan))


def nms_rotated(boxes, scores, classes, iou_threshold, max_detections=300):
    """Suppress rotated boxes that overlap a better one of the same class; see ``anylabeling.accel.nms_rotated``."""
    cdef double threshold = max(checked_threshold(iou_threshold), NOISE)
    cdef int64_t limit = checked_limit(max_detections)
    boxes = rows_of(boxes, 5, cnp.NPY_DOUBLE, "boxes")
    scores = vector_of(scores, cnp.NPY_FLOAT, "scores")
    classes = class_numbers(classes)
    cdef int64_t room, count = check_count(boxes, scores, "scores")
    check_count(boxes, classes, "classes")
    if count == 0 or limit == 0:
        return no_indices()
    if not is_moderate(<const double *>cnp.PyArray_DATA(<cnp.ndarray>boxes), 5 * count):
        scores = vector_of(moderate_scores(boxes, scores), cnp.NPY_FLOAT, "scores")
    cdef const double *rows = <const double *>cnp.PyArray_DATA(<cnp.ndarray>boxes)
    cdef Buckets buckets
    cdef Arena arena = Arena(<char *>malloc(ranking_bytes(count)), 0)
    cdef Arena work = Arena(NULL, 0)
    cdef RotatedBox *kept_boxes
    cdef Surroundings around
    if arena.memory == NULL:
        raise MemoryError()
    try:
        take_ranking(&arena, &buckets, boxes, scores, classes, count)
        room = padded(buckets.largest)
        work.memory = <char *>malloc(<size_t>room * (sizeof(RotatedBox) + 5 * sizeof(double)) + 6 * 64)
        if work.memory == NULL:
            raise MemoryError()
        with nogil:
            kept_boxes = <RotatedBox *>take(&work, room * sizeof(RotatedBox))
            around.x1 = <double *>take(&work, room * sizeof(double))
            around.y1 = <double *>take(&work, room * sizeof(double))
            around.x2 = <double *>take(&work, room * sizeof(double))
            around.y2 = <double *>take(&work, room * sizeof(double))
            around.area = <double *>take(&work, room * sizeof(double))
            suppress(rows, &buckets, threshold, limit, kept_boxes, &around)
        return kept_indices(&buckets, limit)
    finally:
        free(work.memory)
        free(arena.memory)

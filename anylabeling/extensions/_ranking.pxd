"""What upright and rotated boxes have in common: arguments, order by score, buckets by class, the result."""

cimport numpy as cnp
from cpython.number cimport PyNumber_Index
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from anylabeling.extensions._arrays cimport integers_of, is_ready

cdef extern from "ranking.h":
    int64_t make_keys_float(
        const float *rows, const float *scores, int64_t count, int columns, uint64_t *keys, double *greatest
    ) nogil
    int64_t make_keys_double(
        const double *rows, const float *scores, int64_t count, int columns, uint64_t *keys, double *greatest
    ) nogil
    uint64_t *radix_sort_upper(uint64_t *values, uint64_t *spare, int64_t count) nogil
    void ends_of_narrow(const int32_t *classes, int64_t count, int64_t *ends) nogil
    void ends_of_wide(const int64_t *classes, int64_t count, int64_t *ends) nogil
    void copy_narrow(const int32_t *classes, int64_t count, int64_t least, uint32_t last, uint32_t *copy) nogil
    void copy_wide(const int64_t *classes, int64_t count, int64_t least, uint32_t last, uint32_t *copy) nogil

cdef enum:
    # The sort keeps the index of a box in 32 bits, and there can be four class numbers per box.
    MAX_BOXES = 0x1FFFFFFF


cdef struct Arena:
    # Memory for one call, taken from the system once.
    char *memory
    size_t used


cdef struct Buckets:
    # Usable boxes by falling score; the same class by class ("members"); by index, which are kept; the greatest
    # magnitude of any number of a box; room for the result.
    int64_t count
    int64_t class_count
    int64_t largest
    uint32_t *by_score
    uint32_t *members
    int64_t *starts
    uint8_t *kept
    int64_t *results
    double greatest


cdef inline void *take(Arena *arena, size_t size_bytes) noexcept nogil:
    cdef void *place = arena.memory + arena.used
    arena.used += (size_bytes + 63) & ~<size_t>63
    return place


cdef inline double checked_threshold(object iou_threshold) except -1.0:
    cdef double threshold = iou_threshold
    if not 0.0 <= threshold <= 1.0:
        raise ValueError(f"iou_threshold must be from 0 to 1, not {iou_threshold}")
    return threshold


cdef inline int64_t checked_limit(object max_detections) except -1:
    cdef object limit = PyNumber_Index(max_detections)
    return <int64_t>max(0, min(limit, MAX_BOXES))


cdef inline int64_t check_count(object rows, object values, str name) except -1:
    cdef int64_t count = cnp.PyArray_DIM(<cnp.ndarray>rows, 0)
    cdef int64_t found = cnp.PyArray_DIM(<cnp.ndarray>values, 0)
    if found != count:
        raise ValueError(f"there must be as many {name} as boxes: {found} for {count}")
    if count > MAX_BOXES:
        raise ValueError(f"too many boxes: {count}")
    return count


cdef inline object class_numbers(object classes):
    """Return classes as int32 or int64, contiguous."""
    if is_ready(classes, cnp.NPY_INT32, 1):
        return classes
    return integers_of(classes, "classes")


cdef inline int64_t class_room(int64_t count) noexcept nogil:
    """Return how many class numbers have a bucket each before they are numbered anew."""
    return max(4 * count, <int64_t>1024)


cdef inline int64_t copy_classes(object classes, uint32_t *copy, int64_t count) except -1:
    """Copy classes so that they begin at 0; return how many there can be."""
    cdef int64_t ends[2]
    cdef bint narrow = cnp.PyArray_TYPE(<cnp.ndarray>classes) == cnp.NPY_INT32
    if narrow:
        ends_of_narrow(<const int32_t *>cnp.PyArray_DATA(<cnp.ndarray>classes), count, ends)
    else:
        ends_of_wide(<const int64_t *>cnp.PyArray_DATA(<cnp.ndarray>classes), count, ends)
    # Unsigned, since the difference of two signed ones can overflow.
    if <uint64_t>ends[1] - <uint64_t>ends[0] >= <uint64_t>class_room(count):
        import numpy as np

        classes = np.unique(classes, return_inverse=True)[1].reshape(-1).astype(np.int64)
        narrow = False
        ends[0] = 0
        ends[1] = count - 1
    cdef uint32_t last = <uint32_t>(<uint64_t>ends[1] - <uint64_t>ends[0])
    if narrow:
        copy_narrow(<const int32_t *>cnp.PyArray_DATA(<cnp.ndarray>classes), count, ends[0], last, copy)
    else:
        copy_wide(<const int64_t *>cnp.PyArray_DATA(<cnp.ndarray>classes), count, ends[0], last, copy)
    return <int64_t>last + 1


cdef inline size_t ranking_bytes(int64_t count) noexcept nogil:
    """Return how much of an arena take_ranking uses."""
    return <size_t>count * (3 * 8 + 3 * 4 + 1) + <size_t>class_room(count) * 16 + 9 * 64 + 16


cdef inline int take_ranking(
    Arena *arena, Buckets *buckets, object boxes, object scores, object classes, int64_t count
) except -1:
    """Order the boxes and put them into buckets. Boxes are float or double, scores float, all contiguous."""
    cdef uint32_t *numbers = <uint32_t *>take(arena, count * sizeof(uint32_t))
    cdef uint64_t *keys = <uint64_t *>take(arena, count * sizeof(uint64_t))
    cdef uint64_t *spare = <uint64_t *>take(arena, count * sizeof(uint64_t))
    buckets.results = <int64_t *>take(arena, count * sizeof(int64_t))
    cdef const void *rows = cnp.PyArray_DATA(<cnp.ndarray>boxes)
    cdef const float *score_values = <const float *>cnp.PyArray_DATA(<cnp.ndarray>scores)
    cdef int columns = cnp.PyArray_DIM(<cnp.ndarray>boxes, 1)
    cdef bint single = cnp.PyArray_TYPE(<cnp.ndarray>boxes) == cnp.NPY_FLOAT
    cdef int64_t *cursors
    buckets.class_count = copy_classes(classes, numbers, count)
    buckets.by_score = <uint32_t *>take(arena, count * sizeof(uint32_t))
    buckets.members = <uint32_t *>take(arena, count * sizeof(uint32_t))
    buckets.kept = <uint8_t *>take(arena, count)
    buckets.starts = <int64_t *>take(arena, (buckets.class_count + 1) * sizeof(int64_t))
    cursors = <int64_t *>take(arena, buckets.class_count * sizeof(int64_t))
    with nogil:
        if single:
            buckets.count = make_keys_float(
                <const float *>rows, score_values, count, columns, keys, &buckets.greatest
            )
        else:
            buckets.count = make_keys_double(
                <const double *>rows, score_values, count, columns, keys, &buckets.greatest
            )
        keys = radix_sort_upper(keys, spare, buckets.count)
        if count > 0:
            memset(buckets.kept, 0, count)
        bucket_by_class(buckets, keys, numbers, cursors)
    return 0


cdef inline void bucket_by_class(
    Buckets *buckets, uint64_t *keys, const uint32_t *numbers, int64_t *cursors
) noexcept nogil:
    """Order the boxes by class, within a class as they are. Classes are from 0 to class_count - 1."""
    cdef int64_t rank, size, total = 0, number
    cdef uint32_t index
    if buckets.class_count == 1:
        for rank in range(buckets.count):
            buckets.by_score[rank] = buckets.members[rank] = <uint32_t>keys[rank]
        buckets.starts[0] = 0
        buckets.starts[1] = buckets.largest = buckets.count
        return
    memset(cursors, 0, buckets.class_count * sizeof(int64_t))
    for rank in range(buckets.count):
        index = <uint32_t>keys[rank]
        buckets.by_score[rank] = index
        keys[rank] = numbers[index]
        cursors[keys[rank]] += 1
    buckets.largest = 0
    for number in range(buckets.class_count):
        size = cursors[number]
        buckets.starts[number] = cursors[number] = total
        total += size
        buckets.largest = max(buckets.largest, size)
    buckets.starts[buckets.class_count] = total
    for rank in range(buckets.count):
        buckets.members[cursors[keys[rank]]] = buckets.by_score[rank]
        cursors[keys[rank]] += 1


cdef inline object no_indices():
    cdef cnp.npy_intp none = 0
    return cnp.PyArray_EMPTY(1, &none, cnp.NPY_INT64, 0)


cdef inline object kept_indices(const Buckets *buckets, int64_t limit):
    """Return the indices of kept boxes by falling score, int64."""
    cdef cnp.npy_intp found = 0
    cdef int64_t rank
    # Without a branch for each box, which the processor would guess wrong at nearly every kept one.
    for rank in range(buckets.count):
        buckets.results[found] = buckets.by_score[rank]
        found += buckets.kept[buckets.by_score[rank]]
    if found > limit:
        found = limit
    cdef object result = cnp.PyArray_EMPTY(1, &found, cnp.NPY_INT64, 0)
    memcpy(cnp.PyArray_DATA(<cnp.ndarray>result), buckets.results, found * sizeof(int64_t))
    return result

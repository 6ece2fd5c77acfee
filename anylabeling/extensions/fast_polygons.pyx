# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Measures of many polygons in one pass, hit tests and simplification, without the GIL."""

cimport numpy as cnp
from libc.math cimport NAN
from libc.stdint cimport int64_t, uint8_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset

from anylabeling.extensions._arrays cimport LARGEST_COORDINATE, checked_offsets, moderate_points, rows_of
from anylabeling.extensions._build cimport ANYLABELING_INTERFACE, ANYLABELING_SOURCE_DIGEST, ANYLABELING_VERSION

cnp.import_array()

INTERFACE = ANYLABELING_INTERFACE
BUILT_FOR = ANYLABELING_VERSION.decode()
SOURCE_DIGEST = ANYLABELING_SOURCE_DIGEST.decode()

cdef extern from "polygon_kernels.h":
    ctypedef struct Measures:
        double area
        double perimeter
        double left
        double top
        double right
        double bottom

    void measure_outline(const double *points, int64_t count, Measures *measures) nogil
    int is_inside(const double *points, int64_t count, double x, double y) nogil
    int64_t farthest_from_segment(
        const double *xs, const double *ys, int64_t start, int64_t stop, double squared_limit, double *distances
    ) nogil

cdef enum:
    # From so many questions on, measuring each polygon first pays.
    MEASURE_FROM = 3

# What rounding can move the crossing of an edge with a line, as a share of the coordinates.
cdef double ROUNDING = 1e-12


cdef inline object new_array(int dimensions, cnp.npy_intp rows, cnp.npy_intp columns, int type_number):
    cdef cnp.npy_intp shape[2]
    shape[0] = rows
    shape[1] = columns
    return cnp.PyArray_EMPTY(dimensions, shape, type_number, 0)


cdef inline Measures measured(const double *points, const int64_t *offsets, int64_t number) noexcept nogil:
    cdef Measures measures
    cdef int64_t count = offsets[number + 1] - offsets[number]
    if count:
        measure_outline(points + 2 * offsets[number], count, &measures)
    else:
        measures = Measures(0.0, 0.0, NAN, NAN, NAN, NAN)
    return measures


cdef object measure(object points, object offsets, bint want_areas, bint want_perimeters, bint want_bounds):
    """Return the arrays that are wanted, and None for the others."""
    points = rows_of(points, 2, cnp.NPY_DOUBLE, "points")
    offsets = checked_offsets(offsets, points)
    cdef int64_t number, count = cnp.PyArray_DIM(<cnp.ndarray>offsets, 0) - 1
    cdef const double *corners = <const double *>cnp.PyArray_DATA(<cnp.ndarray>points)
    cdef const int64_t *starts = <const int64_t *>cnp.PyArray_DATA(<cnp.ndarray>offsets)
    areas = new_array(1, count, 0, cnp.NPY_DOUBLE) if want_areas else None
    perimeters = new_array(1, count, 0, cnp.NPY_DOUBLE) if want_perimeters else None
    bounds = new_array(2, count, 4, cnp.NPY_DOUBLE) if want_bounds else None
    cdef double *area = <double *>cnp.PyArray_DATA(<cnp.ndarray>areas) if want_areas else NULL
    cdef double *perimeter = <double *>cnp.PyArray_DATA(<cnp.ndarray>perimeters) if want_perimeters else NULL
    cdef double *bound = <double *>cnp.PyArray_DATA(<cnp.ndarray>bounds) if want_bounds else NULL
    cdef Measures measures
    with nogil:
        for number in range(count):
            measures = measured(corners, starts, number)
            if area:
                area[number] = measures.area
            if perimeter:
                perimeter[number] = measures.perimeter
            if bound:
                bound[4 * number] = measures.left
                bound[4 * number + 1] = measures.top
                bound[4 * number + 2] = measures.right
                bound[4 * number + 3] = measures.bottom
    return areas, perimeters, bounds


def polygon_measures(points, offsets):
    """Measure many polygons at once; see ``anylabeling.accel.polygon_measures``."""
    return measure(points, offsets, True, True, True)


def polygon_areas(points, offsets):
    """Return the area of each polygon; see ``anylabeling.accel.polygon_measures``."""
    return measure(points, offsets, True, False, False)[0]


def polygon_perimeters(points, offsets):
    """Return the length of each polygon's closed outline; see ``anylabeling.accel.polygon_measures``."""
    return measure(points, offsets, False, True, False)[1]


def polygon_bounds(points, offsets):
    """Return the rectangle around each polygon; see ``anylabeling.accel.polygon_measures``."""
    return measure(points, offsets, False, False, True)[2]


cdef inline bint may_hold(const Measures *measures, double x, double y) noexcept nogil:
    """Say whether a point lies in the rectangle around a polygon; whether numbers are missing, too."""
    cdef double slack = (abs(measures.left) + abs(measures.right)) * ROUNDING
    return not (
        y < measures.top or y > measures.bottom or x < measures.left - slack or x > measures.right + slack
    )


def points_in_polygons(queries, points, offsets):
    """Return which polygons hold which points; see ``anylabeling.accel.points_in_polygons``."""
    queries = rows_of(queries, 2, cnp.NPY_DOUBLE, "queries")
    points = rows_of(points, 2, cnp.NPY_DOUBLE, "points")
    offsets = checked_offsets(offsets, points)
    cdef int64_t question, number, length
    cdef int64_t questions = cnp.PyArray_DIM(<cnp.ndarray>queries, 0)
    cdef int64_t count = cnp.PyArray_DIM(<cnp.ndarray>offsets, 0) - 1
    cdef const double *places = <const double *>cnp.PyArray_DATA(<cnp.ndarray>queries)
    cdef const double *corners = <const double *>cnp.PyArray_DATA(<cnp.ndarray>points)
    cdef const int64_t *starts = <const int64_t *>cnp.PyArray_DATA(<cnp.ndarray>offsets)
    cdef object result = new_array(2, questions, count, cnp.NPY_BOOL)
    cdef uint8_t *inside = <uint8_t *>cnp.PyArray_DATA(<cnp.ndarray>result)
    cdef Measures measures
    cdef const double *outline
    cdef double x, y
    with nogil:
        for number in range(count):
            outline = corners + 2 * starts[number]
            length = starts[number + 1] - starts[number]
            if questions >= MEASURE_FROM:
                measures = measured(corners, starts, number)
            for question in range(questions):
                x = places[2 * question]
                y = places[2 * question + 1]
                if length < 3 or (questions >= MEASURE_FROM and not may_hold(&measures, x, y)):
                    inside[question * count + number] = 0
                else:
                    inside[question * count + number] = is_inside(outline, length, x, y)
    return result


cdef int64_t farthest_from(const double *points, int64_t count, int64_t index) noexcept nogil:
    """Return the first of the points that are farthest from one of them."""
    cdef double x = points[2 * index], y = points[2 * index + 1], greatest = -1.0, distance
    cdef int64_t place, farthest = index
    for place in range(count):
        distance = (points[2 * place] - x) * (points[2 * place] - x)
        distance += (points[2 * place + 1] - y) * (points[2 * place + 1] - y)
        if distance > greatest:
            greatest = distance
            farthest = place
    return farthest


cdef void mark_needed(
    const double *xs, const double *ys, int64_t start, int64_t stop, double squared_limit, double *distances,
    int64_t *stack, uint8_t *needed
) noexcept nogil:
    """Mark what Douglas and Peucker keep between two points of a line. The stack has room for two per point."""
    cdef int64_t depth = 2, farthest
    stack[0] = start
    stack[1] = stop
    while depth:
        depth -= 2
        start = stack[depth]
        stop = stack[depth + 1]
        if stop - start < 2:
            continue
        farthest = farthest_from_segment(xs, ys, start, stop, squared_limit, distances)
        if farthest < 0:
            continue
        needed[farthest] = 1
        stack[depth] = start
        stack[depth + 1] = farthest
        stack[depth + 2] = farthest
        stack[depth + 3] = stop
        depth += 4


cdef int64_t mark_closed(
    const double *points, int64_t count, double squared_limit, double *xs, double *ys, double *distances,
    int64_t *stack, uint8_t *needed
) noexcept nogil:
    """Mark by place in the line from first around to first what a closed outline needs; return first, or -1 when all
    points are one."""
    cdef int64_t first = farthest_from(points, count, 0), second = farthest_from(points, count, first), place, around
    cdef int64_t marked = 0
    if second == first:
        return -1
    for place in range(count + 1):
        around = first + place if first + place < count else first + place - count
        xs[place] = points[2 * around]
        ys[place] = points[2 * around + 1]
    second = second - first if second > first else second - first + count
    needed[0] = needed[second] = 1
    mark_needed(xs, ys, 0, second, squared_limit, distances, stack, needed)
    mark_needed(xs, ys, second, count, squared_limit, distances, stack, needed)
    for place in range(count):
        marked += needed[place]
    if marked == 2:
        keep_third(points, count, first, second, xs, ys, distances, needed)
    return first


cdef void keep_third(
    const double *points, int64_t count, int64_t first, int64_t second, double *xs, double *ys, double *distances,
    uint8_t *needed
) noexcept nogil:
    """Mark the first of the points farthest from the segment between the only two marked ones."""
    cdef int64_t place, farthest, around
    cdef double bx = xs[second], by = ys[second], ax = xs[0], ay = ys[0]
    # The line is laid anew: one end, all points as they were given, the other end.
    xs[0] = ax
    ys[0] = ay
    for place in range(count):
        xs[place + 1] = points[2 * place]
        ys[place + 1] = points[2 * place + 1]
    xs[count + 1] = bx
    ys[count + 1] = by
    farthest = farthest_from_segment(xs, ys, 0, count + 1, -1.0, distances)
    if farthest > 0:
        around = farthest - 1 - first
        needed[around if around >= 0 else around + count] = 1


cdef object chosen(const double *points, int64_t count, int64_t first, const uint8_t *needed):
    """Return the marked points in the order in which they were given."""
    cdef int64_t place, around, found = 0
    for place in range(count):
        found += needed[place]
    cdef object result = new_array(2, found, 2, cnp.NPY_DOUBLE)
    cdef double *out = <double *>cnp.PyArray_DATA(<cnp.ndarray>result)
    for place in range(count):
        around = place - first if place >= first else place - first + count
        if needed[around]:
            out[0] = points[2 * place]
            out[1] = points[2 * place + 1]
            out += 2
    return result


def simplify(points, tolerance, *, closed=True):
    """Leave out points that the outline does not need; see ``anylabeling.accel.simplify``."""
    cdef double limit = tolerance
    cdef bint is_closed = bool(closed)
    points = cnp.PyArray_NewCopy(<cnp.ndarray>moderate_points(points, "points"), cnp.NPY_CORDER)
    if not 0.0 <= limit <= LARGEST_COORDINATE:
        raise ValueError(f"tolerance must be from 0 to 1e+15, not {tolerance}")
    cdef int64_t first = 0, count = cnp.PyArray_DIM(<cnp.ndarray>points, 0), room = count + 2
    if count < 3:
        return points
    cdef const double *corners = <const double *>cnp.PyArray_DATA(<cnp.ndarray>points)
    # Two coordinates and a distance of each point, a stack of two numbers per point and two more, and a mark.
    cdef double *xs = <double *>malloc(<size_t>room * (3 * sizeof(double) + 2 * sizeof(int64_t) + 1) + 64)
    if xs == NULL:
        raise MemoryError()
    cdef double *ys = xs + room
    cdef double *distances = ys + room
    cdef int64_t *stack = <int64_t *>(distances + room)
    cdef uint8_t *needed = <uint8_t *>(stack + 2 * room + 4)
    cdef int64_t place
    try:
        with nogil:
            memset(needed, 0, room)
            if is_closed:
                first = mark_closed(corners, count, limit * limit, xs, ys, distances, stack, needed)
            else:
                for place in range(count):
                    xs[place] = corners[2 * place]
                    ys[place] = corners[2 * place + 1]
                needed[0] = needed[count - 1] = 1
                mark_needed(xs, ys, 0, count - 1, limit * limit, distances, stack, needed)
        if first < 0:
            # All points are one: the first of them is enough.
            return points[:1].copy()
        return chosen(corners, count, first, needed)
    finally:
        free(xs)

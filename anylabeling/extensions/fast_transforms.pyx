# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Affine maps of points in one pass, without the GIL."""

cimport numpy as cnp
from libc.math cimport isfinite
from libc.stdint cimport int64_t

from anylabeling.extensions._arrays cimport is_ready, number_array, rows_of
from anylabeling.extensions._build cimport ANYLABELING_INTERFACE, ANYLABELING_SOURCE_DIGEST, ANYLABELING_VERSION

cnp.import_array()

INTERFACE = ANYLABELING_INTERFACE
BUILT_FOR = ANYLABELING_VERSION.decode()
SOURCE_DIGEST = ANYLABELING_SOURCE_DIGEST.decode()

cdef extern from "transform_kernels.h":
    ctypedef struct Map:
        double a
        double b
        double c
        double d
        double e
        double f
        double left
        double top
        double right
        double bottom

    void scale_float(const float *points, int64_t count, const Map *map, float *out) nogil
    void scale_within_float(const float *points, int64_t count, const Map *map, float *out) nogil
    void map_float(const float *points, int64_t count, const Map *map, float *out) nogil
    void map_within_float(const float *points, int64_t count, const Map *map, float *out) nogil
    void scale_double(const double *points, int64_t count, const Map *map, double *out) nogil
    void scale_within_double(const double *points, int64_t count, const Map *map, double *out) nogil
    void map_double(const double *points, int64_t count, const Map *map, double *out) nogil
    void map_within_double(const double *points, int64_t count, const Map *map, double *out) nogil

cdef enum:
    # From so many points on, others may have the interpreter meanwhile.
    RELEASE_FROM = 1000


cdef int read_matrix(object matrix, Map *map) except -1:
    cdef const double *values
    if not is_ready(matrix, cnp.NPY_DOUBLE, 2):
        matrix = number_array(matrix, "matrix")
        if matrix.ndim == 2:
            matrix = cnp.PyArray_FROMANY(matrix, cnp.NPY_DOUBLE, 2, 2, cnp.NPY_ARRAY_CARRAY_RO | cnp.NPY_ARRAY_FORCECAST)
    if (
        cnp.PyArray_NDIM(<cnp.ndarray>matrix) != 2
        or cnp.PyArray_DIM(<cnp.ndarray>matrix, 0) != 2
        or cnp.PyArray_DIM(<cnp.ndarray>matrix, 1) != 3
    ):
        raise ValueError(f"matrix must have the shape (2, 3), not {matrix.shape}")
    values = <const double *>cnp.PyArray_DATA(<cnp.ndarray>matrix)
    map.a = values[0]
    map.b = values[1]
    map.c = values[2]
    map.d = values[3]
    map.e = values[4]
    map.f = values[5]
    if not (
        isfinite(map.a) and isfinite(map.b) and isfinite(map.c)
        and isfinite(map.d) and isfinite(map.e) and isfinite(map.f)
    ):
        raise ValueError("matrix must be finite")
    return 0


cdef int read_bounds(object bounds, Map *map) except -1:
    left, top, right, bottom = bounds
    map.left = left
    map.top = top
    map.right = right
    map.bottom = bottom
    if not (map.left <= map.right and map.top <= map.bottom):
        raise ValueError(f"bounds must be left, top, right, bottom, not {tuple(bounds)}")
    return 0


cdef void run(const void *points, int64_t count, const Map *map, void *out, bint single, bint within) noexcept nogil:
    cdef bint upright = map.b == 0.0 and map.d == 0.0
    if single:
        if upright and within:
            scale_within_float(<const float *>points, count, map, <float *>out)
        elif upright:
            scale_float(<const float *>points, count, map, <float *>out)
        elif within:
            map_within_float(<const float *>points, count, map, <float *>out)
        else:
            map_float(<const float *>points, count, map, <float *>out)
    elif upright and within:
        scale_within_double(<const double *>points, count, map, <double *>out)
    elif upright:
        scale_double(<const double *>points, count, map, <double *>out)
    elif within:
        map_within_double(<const double *>points, count, map, <double *>out)
    else:
        map_double(<const double *>points, count, map, <double *>out)


def transform_points(points, matrix, *, bounds=None):
    """Map points; see ``anylabeling.accel.transform_points``."""
    cdef Map map
    if not cnp.PyArray_CheckExact(points):
        points = number_array(points, "points")
    cdef bint single = cnp.PyArray_TYPE(<cnp.ndarray>points) == cnp.NPY_FLOAT
    cdef bint within = bounds is not None
    cdef int type_number = cnp.NPY_FLOAT if single else cnp.NPY_DOUBLE
    points = rows_of(points, 2, type_number, "points")
    read_matrix(matrix, &map)
    if within:
        read_bounds(bounds, &map)
    cdef cnp.npy_intp shape[2]
    shape[0] = cnp.PyArray_DIM(<cnp.ndarray>points, 0)
    shape[1] = 2
    cdef object result = cnp.PyArray_EMPTY(2, shape, type_number, 0)
    cdef const void *values = cnp.PyArray_DATA(<cnp.ndarray>points)
    cdef void *out = cnp.PyArray_DATA(<cnp.ndarray>result)
    if shape[0] < RELEASE_FROM:
        run(values, shape[0], &map, out, single, within)
    else:
        with nogil:
            run(values, shape[0], &map, out, single, within)
    return result

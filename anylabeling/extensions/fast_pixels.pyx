# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Pixels as planes of numbers in one pass, without the GIL."""

cimport numpy as cnp
from libc.stdint cimport int64_t, uint8_t

from operator import index

from anylabeling.extensions._build cimport ANYLABELING_INTERFACE, ANYLABELING_SOURCE_DIGEST, ANYLABELING_VERSION

cnp.import_array()

INTERFACE = ANYLABELING_INTERFACE
BUILT_FOR = ANYLABELING_VERSION.decode()
SOURCE_DIGEST = ANYLABELING_SOURCE_DIGEST.decode()

cdef extern from "pixel_kernels.h":
    void three_of_3(
        const uint8_t *pixels, int64_t width, float scale, float *first, float *second, float *third
    ) nogil
    void three_of_4(
        const uint8_t *pixels, int64_t width, float scale, float *first, float *second, float *third
    ) nogil
    void one_channel(const uint8_t *pixels, int64_t width, int64_t step, float scale, float *out) nogil

ctypedef struct Layout:
    int64_t height, width, step, row_bytes, plane_bytes, plane_row_bytes


cdef void unpack(
    const char *pixels, char *planes, const Layout *layout, const int64_t *channels, float scale
) noexcept nogil:
    cdef int64_t y
    cdef Py_ssize_t i
    cdef const uint8_t *row
    cdef float *rows[3]
    cdef float *of_channel[3]
    # The kernels write the channels 0, 1 and 2 in one pass, so each of them must be wanted once.
    cdef bint together = (
        (layout.step == 3 or layout.step == 4)
        and channels[0] < 3 and channels[1] < 3 and channels[2] < 3
        and channels[0] != channels[1] and channels[0] != channels[2] and channels[1] != channels[2]
    )
    for y in range(layout.height):
        row = <const uint8_t *>(pixels + y * layout.row_bytes)
        for i in range(3):
            rows[i] = <float *>(planes + i * layout.plane_bytes + y * layout.plane_row_bytes)
        if together:
            for i in range(3):
                of_channel[channels[i]] = rows[i]
            if layout.step == 3:
                three_of_3(row, layout.width, scale, of_channel[0], of_channel[1], of_channel[2])
            else:
                three_of_4(row, layout.width, scale, of_channel[0], of_channel[1], of_channel[2])
        else:
            for i in range(3):
                one_channel(row + channels[i], layout.width, layout.step, scale, rows[i])


cdef int read_channels(object channels, int64_t count, int64_t *places) except -1:
    cdef Py_ssize_t i
    first, second, third = channels
    for i, channel in enumerate((first, second, third)):
        place = index(channel)
        if not 0 <= place < count:
            raise ValueError(f"there is no channel {channel} among {count}")
        places[i] = place
    return 0


def unpack_planes(image, channels, double scale, planes):
    """Write three channels as planes; see ``anylabeling.accel.unpack_planes``."""
    cdef Layout layout
    cdef int64_t places[3]
    cdef float factor = <float>scale
    if not cnp.PyArray_Check(image) or cnp.PyArray_TYPE(<cnp.ndarray>image) != cnp.NPY_UINT8 or image.ndim != 3:
        raise ValueError("image must be uint8 (height, width, channels)")
    layout.height, layout.width, layout.step = image.shape
    read_channels(channels, layout.step, places)
    if (
        not cnp.PyArray_Check(planes)
        or cnp.PyArray_TYPE(<cnp.ndarray>planes) != cnp.NPY_FLOAT
        or planes.shape != (3, layout.height, layout.width)
        or not cnp.PyArray_ISBEHAVED(<cnp.ndarray>planes)
    ):
        raise ValueError(f"planes must be float32 (3, {layout.height}, {layout.width}) that can be written to")
    if image.strides[2] != 1 or image.strides[1] != layout.step:
        image = cnp.PyArray_FROMANY(image, cnp.NPY_UINT8, 3, 3, cnp.NPY_ARRAY_CARRAY_RO)
    cdef bint straight = planes.strides[2] == 4
    cdef object target = planes if straight else cnp.PyArray_EMPTY(
        3, cnp.PyArray_DIMS(<cnp.ndarray>planes), cnp.NPY_FLOAT, 0
    )
    layout.row_bytes = image.strides[0]
    layout.plane_bytes, layout.plane_row_bytes = target.strides[0], target.strides[1]
    cdef const char *pixels = cnp.PyArray_BYTES(<cnp.ndarray>image)
    cdef char *out = cnp.PyArray_BYTES(<cnp.ndarray>target)
    with nogil:
        unpack(pixels, out, &layout, places, factor)
    if not straight:
        planes[...] = target

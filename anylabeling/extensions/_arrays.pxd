"""Arrays of other people, checked and brought into the one form that the loops take."""

cimport numpy as cnp
from libc.stdint cimport int64_t

cdef extern from *:
    """
    #define LARGEST_COORDINATE 1e15
    """
    const double LARGEST_COORDINATE


cdef inline bint is_ready(object values, int type_number, int dimensions) noexcept:
    """Say whether an object is an aligned C-contiguous array of this type and number of dimensions."""
    return (
        cnp.PyArray_CheckExact(values)
        and cnp.PyArray_TYPE(<cnp.ndarray>values) == type_number
        and cnp.PyArray_NDIM(<cnp.ndarray>values) == dimensions
        and cnp.PyArray_ISCARRAY_RO(<cnp.ndarray>values)
    )


cdef inline object number_array(object values, str name):
    """Return an array of real numbers.

    Raises:
        TypeError: When the values are something else.
    """
    import numpy as np

    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be real numbers, not {array.dtype}")
    return array


cdef inline object rows_of(object values, Py_ssize_t columns, int type_number, str name):
    """Return rows of real numbers as a contiguous array of a numpy type.

    Raises:
        TypeError: When the values are no real numbers.
        ValueError: When they do not come in rows of this width.
    """
    cdef cnp.npy_intp shape[2]
    if is_ready(values, type_number, 2) and cnp.PyArray_DIM(<cnp.ndarray>values, 1) == columns:
        return values
    array = number_array(values, name)
    if array.size == 0:
        shape[0] = 0
        shape[1] = columns
        return cnp.PyArray_ZEROS(2, shape, type_number, 0)
    if array.ndim != 2 or array.shape[1] != columns:
        raise ValueError(f"{name} must have the shape (n, {columns}), not {array.shape}")
    return cnp.PyArray_FROMANY(array, type_number, 2, 2, cnp.NPY_ARRAY_CARRAY_RO | cnp.NPY_ARRAY_FORCECAST)


cdef inline object vector_of(object values, int type_number, str name):
    """Return one number per row as a contiguous array of a numpy type.

    Raises:
        TypeError: When the values are no real numbers.
        ValueError: When they have more than one dimension.
    """
    if is_ready(values, type_number, 1):
        return values
    array = number_array(values, name)
    if array.size == 0:
        array = array.reshape(0)
    if array.ndim != 1:
        raise ValueError(f"{name} must have the shape (n,), not {array.shape}")
    return cnp.PyArray_FROMANY(array, type_number, 1, 1, cnp.NPY_ARRAY_CARRAY_RO | cnp.NPY_ARRAY_FORCECAST)


cdef inline object integers_of(object values, str name):
    """Return whole numbers, int64, contiguous.

    Raises:
        TypeError: When the values are no integers.
        ValueError: When they have more than one dimension.
    """
    if is_ready(values, cnp.NPY_INT64, 1):
        return values
    array = number_array(values, name)
    if array.size and array.dtype.kind == "f":
        raise TypeError(f"{name} must be integers, not {array.dtype}")
    return vector_of(array, cnp.NPY_INT64, name)


cdef inline bint is_moderate(const double *values, int64_t count) noexcept nogil:
    """Say whether numbers are finite and small enough to be multiplied with each other a few times."""
    cdef int64_t place
    cdef bint moderate = True
    for place in range(count):
        moderate &= -LARGEST_COORDINATE <= values[place] <= LARGEST_COORDINATE
    return moderate


cdef inline object moderate_points(object values, str name):
    """Return points, float64 (n, 2), contiguous.

    Raises:
        TypeError: When the values are no real numbers.
        ValueError: When they do not come in pairs, are not finite or too large.
    """
    array = rows_of(values, 2, cnp.NPY_DOUBLE, name)
    if not is_moderate(<const double *>cnp.PyArray_DATA(<cnp.ndarray>array), cnp.PyArray_SIZE(<cnp.ndarray>array)):
        raise ValueError(f"{name} must be finite and at most 1e+15 in size")
    return array


cdef inline object checked_offsets(object values, object points):
    """Return offsets that surely rise from 0 to the number of points, in memory that nobody else writes to.

    Raises:
        TypeError: When they are no integers.
        ValueError: When they do not rise from 0 to the number of points.
    """
    cdef int64_t count = cnp.PyArray_DIM(<cnp.ndarray>points, 0)
    array = cnp.PyArray_NewCopy(<cnp.ndarray>integers_of(values, "offsets"), cnp.NPY_CORDER)
    cdef const int64_t *offsets = <const int64_t *>cnp.PyArray_DATA(<cnp.ndarray>array)
    cdef int64_t place, size = cnp.PyArray_DIM(<cnp.ndarray>array, 0)
    cdef bint rising = size > 0 and offsets[0] == 0 and offsets[size - 1] == count
    for place in range(1, size):
        rising &= offsets[place - 1] <= offsets[place]
    if not rising:
        raise ValueError("Offsets must rise from 0 to the number of points.")
    return array

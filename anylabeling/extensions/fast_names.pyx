# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Natural order of file names by keys of bytes, which are made and sorted without objects for each of them."""

from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memset

from anylabeling.extensions._build cimport ANYLABELING_INTERFACE, ANYLABELING_SOURCE_DIGEST, ANYLABELING_VERSION

INTERFACE = ANYLABELING_INTERFACE
BUILT_FOR = ANYLABELING_VERSION.decode()
SOURCE_DIGEST = ANYLABELING_SOURCE_DIGEST.decode()

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void *PyUnicode_DATA(object text)
    uint32_t PyUnicode_READ(int kind, void *data, Py_ssize_t index) nogil
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    bint PyUnicode_IS_ASCII(object text)
    object PyUnicode_DecodeUTF8(const char *text, Py_ssize_t size, const char *errors)

cdef extern from "names_sort.h":
    ctypedef struct SortKey:
        uint64_t word
        int64_t begin
        int64_t end
        int64_t name

    uint64_t word_at(const uint8_t *memory, const SortKey *key, int64_t depth) nogil
    void sort_keys(const uint8_t *memory, SortKey *keys, int64_t count, int64_t depth, uint64_t *random) nogil
    bint same_key(const uint8_t *memory, const SortKey *first, const SortKey *second) nogil

cdef enum:
    # The count of a number's digits is a character from here on, and at most the last one below the surrogates.
    FIRST_COUNT = 0x20
    LAST_COUNT = 0xD7FF


cdef struct Bytes:
    uint8_t *memory
    int64_t used
    int64_t size


cdef struct Text:
    int kind
    void *data
    int64_t length


cdef inline int64_t put_character(uint8_t *out, uint32_t character) noexcept nogil:
    """Write a character in UTF-8, lone surrogates, too: the order of the bytes is that of the characters."""
    if character < 0x80:
        out[0] = character
        return 1
    if character < 0x800:
        out[0] = 0xC0 | (character >> 6)
        out[1] = 0x80 | (character & 0x3F)
        return 2
    if character < 0x10000:
        out[0] = 0xE0 | (character >> 12)
        out[1] = 0x80 | (character >> 6 & 0x3F)
        out[2] = 0x80 | (character & 0x3F)
        return 3
    out[0] = 0xF0 | (character >> 18)
    out[1] = 0x80 | (character >> 12 & 0x3F)
    out[2] = 0x80 | (character >> 6 & 0x3F)
    out[3] = 0x80 | (character & 0x3F)
    return 4


cdef inline int64_t put_number(const Text *text, int64_t place, int64_t end, uint8_t *out) noexcept nogil:
    """Write the digits from place to end: a zero, how many there are without leading zeros, and these."""
    cdef int64_t written = 1
    out[0] = c"0"
    while place < end - 1 and PyUnicode_READ(text.kind, text.data, place) == c"0":
        place += 1
    written += put_character(out + 1, <uint32_t>min(end - place + FIRST_COUNT, LAST_COUNT))
    while place < end:
        out[written] = <uint8_t>PyUnicode_READ(text.kind, text.data, place)
        written += 1
        place += 1
    return written


cdef int64_t put_key(const Text *text, bint fold, uint8_t *out) noexcept nogil:
    """Write the key of a name; return how many bytes that took, at most four per character."""
    cdef int64_t place = 0, end, written = 0
    cdef uint32_t character
    while place < text.length:
        character = PyUnicode_READ(text.kind, text.data, place)
        if c"0" <= character <= c"9":
            end = place + 1
            while end < text.length and c"0" <= PyUnicode_READ(text.kind, text.data, end) <= c"9":
                end += 1
            written += put_number(text, place, end, out + written)
            place = end
            continue
        if character == c"/" or character == c"\\":
            character = 0
        elif character == c".":
            character = 1
        elif fold and c"A" <= character <= c"Z":
            character += 32
        written += put_character(out + written, character)
        place += 1
    return written


cdef int make_room(Bytes *keys, int64_t size_bytes) except -1:
    cdef uint8_t *memory
    if keys.used + size_bytes <= keys.size:
        return 0
    keys.size = max(2 * keys.size, keys.used + size_bytes, <int64_t>4096)
    memory = <uint8_t *>realloc(keys.memory, keys.size)
    if memory == NULL:
        raise MemoryError()
    keys.memory = memory
    return 0


cdef int add_key(Bytes *keys, object name, SortKey *key) except -1:
    """Append the key of a name and say where it lies."""
    cdef Text text
    cdef bint ascii_only
    if not isinstance(name, str):
        raise TypeError(f"names must be text, not {type(name).__name__}")
    ascii_only = PyUnicode_IS_ASCII(name)
    if not ascii_only:
        name = str.casefold(name)
    text.kind = PyUnicode_KIND(name)
    text.data = PyUnicode_DATA(name)
    text.length = PyUnicode_GET_LENGTH(name)
    make_room(keys, 4 * text.length + 4)
    key.begin = keys.used
    keys.used += put_key(&text, ascii_only, keys.memory + keys.used)
    key.end = keys.used
    return 0


def natural_sort_keys(names):
    """Return one key per name or path; see ``anylabeling.accel.natural_sort_keys``."""
    cdef Bytes keys = Bytes(NULL, 0, 0)
    cdef SortKey key
    result = []
    try:
        for name in names:
            keys.used = 0
            add_key(&keys, name, &key)
            result.append(PyUnicode_DecodeUTF8(<const char *>keys.memory, key.end, "surrogatepass"))
        return result
    finally:
        free(keys.memory)


def natural_sorted(names):
    """Return the names in natural order; see ``anylabeling.accel.natural_sorted``."""
    cdef list given = list(names)
    cdef int64_t count = len(given), place, begin
    cdef uint64_t random = 0x9E3779B97F4A7C15
    cdef Bytes keys = Bytes(NULL, 0, 0)
    cdef SortKey *order = <SortKey *>malloc(<size_t>(count + 1) * sizeof(SortKey))
    if order == NULL:
        raise MemoryError()
    try:
        for place in range(count):
            add_key(&keys, given[place], &order[place])
            order[place].name = place
        with nogil:
            for place in range(count):
                order[place].word = word_at(keys.memory, &order[place], 0)
            sort_keys(keys.memory, order, count, 0, &random)
        result = [given[order[place].name] for place in range(count)]
        begin = 0
        for place in range(1, count + 1):
            if place < count and same_key(keys.memory, &order[begin], &order[place]):
                continue
            if place - begin > 1:
                # Equal by the key: then by plain comparison, so that the result is always the same.
                result[begin:place] = sorted(result[begin:place])
            begin = place
        return result
    finally:
        free(order)
        free(keys.memory)

"""What setup_extensions.py builds into each module, so that a stale one is noticed."""

cdef extern from *:
    """
    #ifndef ANYLABELING_VERSION
    #define ANYLABELING_VERSION "unknown"
    #define ANYLABELING_SOURCE_DIGEST "unknown"
    #define ANYLABELING_INTERFACE 0
    #endif
    """
    const char *ANYLABELING_VERSION
    const char *ANYLABELING_SOURCE_DIGEST
    const int ANYLABELING_INTERFACE

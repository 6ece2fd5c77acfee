/* Compile a function several times, for processors with narrow and wide vectors; the loader takes the best one.
 *
 * The modules may be built on one machine and used on another of the same file system, so they must not need more than
 * the processor at hand has. Where the compiler or the C library cannot choose at load time, the plain version is all.
 */
#ifndef ANYLABELING_SIMD_H
#define ANYLABELING_SIMD_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__GLIBC__) && \
    ((defined(__clang__) && __clang_major__ >= 15) || (!defined(__clang__) && defined(__GNUC__) && __GNUC__ >= 11))
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

#if defined(__GNUC__)
#define prefetch(place) __builtin_prefetch(place)
#define RESTRICT __restrict__
#define PRAGMA_TEXT(text) _Pragma(#text)
#define VECTORIZE _Pragma("omp simd")
#define VECTORIZE_OR(variable) PRAGMA_TEXT(omp simd reduction(| : variable))
#define VECTORIZE_MAX(variable) PRAGMA_TEXT(omp simd reduction(max : variable))
#define VECTORIZE_MIN_MAX(low, high) PRAGMA_TEXT(omp simd reduction(min : low) reduction(max : high))
#define VECTORIZE_SUMS(first, second) PRAGMA_TEXT(omp simd reduction(+ : first) reduction(+ : second))
#define VECTORIZE_SUM_MAX(sum, high) PRAGMA_TEXT(omp simd reduction(+ : sum) reduction(max : high))
#else
#define prefetch(place) ((void)(place))
#if defined(_MSC_VER)
#define RESTRICT __restrict
#else
#define RESTRICT
#endif
#define VECTORIZE
#define VECTORIZE_OR(variable)
#define VECTORIZE_MAX(variable)
#define VECTORIZE_MIN_MAX(low, high)
#define VECTORIZE_SUMS(first, second)
#define VECTORIZE_SUM_MAX(sum, high)
#endif

#endif

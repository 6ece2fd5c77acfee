/* Rows of pixels, bytes side by side, as rows of numbers for each channel. */
#ifndef ANYLABELING_PIXEL_KERNELS_H
#define ANYLABELING_PIXEL_KERNELS_H

#include "simd.h"

/* Three channels in one pass: the bytes of a row are read once. STEP is the bytes of a pixel, known when compiled. */
#define DEFINE_THREE(STEP)                                                                                            \
    FOR_EACH_PROCESSOR                                                                                                \
    static void three_of_##STEP(const uint8_t *RESTRICT in, int64_t width, float scale, float *RESTRICT first,        \
                                float *RESTRICT second, float *RESTRICT third)                                        \
    {                                                                                                                 \
        VECTORIZE                                                                                                     \
        for (int64_t x = 0; x < width; x++) {                                                                         \
            first[x] = (float)in[STEP * x] * scale;                                                                   \
            second[x] = (float)in[STEP * x + 1] * scale;                                                              \
            third[x] = (float)in[STEP * x + 2] * scale;                                                               \
        }                                                                                                             \
    }

DEFINE_THREE(3)
DEFINE_THREE(4)

/* One channel, whatever the bytes of a pixel. */
static void one_channel(const uint8_t *RESTRICT in, int64_t width, int64_t step, float scale, float *RESTRICT out)
{
    for (int64_t x = 0; x < width; x++)
        out[x] = (float)in[step * x] * scale;
}

#endif

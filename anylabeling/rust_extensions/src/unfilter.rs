//! Undoing the filters of PNG rows, one row at a time or several side by side.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use crate::failure::Failure;

/// Bytes behind rows that loops may read or write.
pub const SLACK: usize = 8;

/// Undo one row's filter; all slices are longer than the row by SLACK, `packed` by one less.
#[inline(always)]
pub fn unfilter(pixel_bytes: usize, filter: u8, packed: &[u8], above: &[u8], row: &mut [u8]) -> Result<(), Failure> {
    match pixel_bytes {
        1 => unfilter_bytes::<1>(filter, packed, above, row),
        2 => unfilter_bytes::<2>(filter, packed, above, row),
        3 => unfilter_pixels::<3>(filter, packed, above, row),
        4 => unfilter_pixels::<4>(filter, packed, above, row),
        6 => unfilter_wide::<6>(filter, packed, above, row),
        _ => unfilter_wide::<8>(filter, packed, above, row),
    }
}

/// Undo one row's filter; `N` bytes per pixel. All slices are longer than the row.
#[inline(always)]
fn unfilter_bytes<const N: usize>(filter: u8, packed: &[u8], above: &[u8], row: &mut [u8]) -> Result<(), Failure> {
    let length = row.len() - SLACK;
    let (packed, above, row) = (&packed[..length], &above[..length], &mut row[..length]);
    match filter {
        0 => row.copy_from_slice(packed),
        2 => add_above(packed, above, row),
        1 | 3 | 4 => {
            let (mut left, mut diagonal) = ([0u8; N], [0u8; N]);
            for ((pixel, packed), up) in row.chunks_exact_mut(N).zip(packed.chunks_exact(N)).zip(above.chunks_exact(N))
            {
                for i in 0..N {
                    let guess = match filter {
                        1 => left[i],
                        3 => ((u16::from(left[i]) + u16::from(up[i])) >> 1) as u8,
                        _ => paeth(i16::from(left[i]), i16::from(up[i]), i16::from(diagonal[i])) as u8,
                    };
                    left[i] = packed[i].wrapping_add(guess);
                }
                diagonal.copy_from_slice(up);
                pixel.copy_from_slice(&left);
            }
        }
        _ => return Err(Failure::Damaged("filter")),
    }
    Ok(())
}

/// Undo one row's filter; `N` bytes per pixel, six or eight, which the fourth filter handles side by side.
#[inline(always)]
fn unfilter_wide<const N: usize>(filter: u8, packed: &[u8], above: &[u8], row: &mut [u8]) -> Result<(), Failure> {
    #[cfg(target_arch = "x86_64")]
    if filter == 4 {
        // SAFETY: SSE2 belongs to every x86-64.
        #[allow(unsafe_code)]
        unsafe {
            nearest_wide_sse2::<N>(row.len() - SLACK, packed, above, row);
        }
        return Ok(());
    }
    unfilter_bytes::<N>(filter, packed, above, row)
}

/// The fourth filter for up to eight bytes per pixel; see `nearest_pixels_sse2`.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse2")]
fn nearest_wide_sse2<const N: usize>(length: usize, packed: &[u8], above: &[u8], row: &mut [u8]) {
    let zero = _mm_setzero_si128();
    let byte = _mm_set1_epi16(0xFF);
    let lanes = |bytes: &[u8], position: usize| {
        let found = bytes.get(position..).and_then(|rest| rest.first_chunk::<8>());
        _mm_unpacklo_epi8(_mm_cvtsi64_si128(found.map_or(0, |raw| i64::from_le_bytes(*raw))), zero)
    };
    let distance = |difference| _mm_max_epi16(difference, _mm_sub_epi16(zero, difference));
    let choose = |mask, one, other| _mm_or_si128(_mm_and_si128(mask, one), _mm_andnot_si128(mask, other));
    let (mut left, mut diagonal) = (zero, zero);
    for position in (0..length).step_by(N) {
        let up = lanes(above, position);
        let (to_left, to_up) = (_mm_sub_epi16(up, diagonal), _mm_sub_epi16(left, diagonal));
        let to_diagonal = distance(_mm_add_epi16(to_left, to_up));
        let (to_left, to_up) = (distance(to_left), distance(to_up));
        let nearer = choose(_mm_cmpgt_epi16(to_left, to_up), up, left);
        let is_diagonal = _mm_cmpgt_epi16(_mm_min_epi16(to_left, to_up), to_diagonal);
        let guess = choose(is_diagonal, diagonal, nearer);
        left = _mm_and_si128(_mm_add_epi16(lanes(packed, position), guess), byte);
        diagonal = up;
        // With six bytes the last two are written over by the next pixel.
        if let Some(target) = row.get_mut(position..).and_then(|rest| rest.first_chunk_mut::<8>()) {
            *target = _mm_cvtsi128_si64(_mm_packus_epi16(left, zero)).to_le_bytes();
        }
    }
}

#[inline(always)]
fn add_above(packed: &[u8], above: &[u8], row: &mut [u8]) {
    for ((byte, &packed), &up) in row.iter_mut().zip(packed).zip(above) {
        *byte = packed.wrapping_add(up);
    }
}

#[inline(always)]
fn load(bytes: &[u8], position: usize) -> u32 {
    let found = bytes.get(position..).and_then(|rest| rest.first_chunk::<4>());
    found.map_or(0, |raw| u32::from_le_bytes(*raw))
}

/// Add four bytes to four bytes, each for itself.
#[inline(always)]
fn add_bytes(one: u32, other: u32) -> u32 {
    ((one & 0x7F7F_7F7F) + (other & 0x7F7F_7F7F)) ^ ((one ^ other) & 0x8080_8080)
}

/// Undo one row's filter; `N` bytes per pixel, three or four, which are handled as one number.
#[inline(always)]
fn unfilter_pixels<const N: usize>(filter: u8, packed: &[u8], above: &[u8], row: &mut [u8]) -> Result<(), Failure> {
    let length = row.len() - SLACK;
    match filter {
        0 => row[..length].copy_from_slice(&packed[..length]),
        1 => each_pixel::<N>(length, packed, above, row, |left, _up, _diagonal| left),
        2 => add_above(&packed[..length], &above[..length], &mut row[..length]),
        3 => each_pixel::<N>(length, packed, above, row, |left, up, _diagonal| {
            // The mean without the carries between bytes.
            (left & up) + (((left ^ up) & 0xFEFE_FEFE) >> 1)
        }),
        4 => nearest_pixels::<N>(length, packed, above, row),
        _ => return Err(Failure::Damaged("filter")),
    }
    Ok(())
}

#[inline(always)]
fn each_pixel<const N: usize>(
    length: usize,
    packed: &[u8],
    above: &[u8],
    row: &mut [u8],
    guess: impl Fn(u32, u32, u32) -> u32,
) {
    let mask = if N == 3 { 0x00FF_FFFF } else { u32::MAX };
    let (mut left, mut diagonal) = (0u32, 0u32);
    for position in (0..length).step_by(N) {
        let up = load(above, position) & mask;
        left = add_bytes(load(packed, position), guess(left, up, diagonal)) & mask;
        diagonal = up;
        // With three bytes the fourth is written over by the next pixel.
        if let Some(target) = row.get_mut(position..).and_then(|rest| rest.first_chunk_mut::<4>()) {
            *target = left.to_le_bytes();
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn nearest_pixels<const N: usize>(length: usize, packed: &[u8], above: &[u8], row: &mut [u8]) {
    // SAFETY: SSE2 belongs to every x86-64.
    #[allow(unsafe_code)]
    unsafe {
        nearest_pixels_sse2::<N>(length, packed, above, row);
    }
}

/// The fourth filter, with the channels of a pixel side by side.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse2")]
fn nearest_pixels_sse2<const N: usize>(length: usize, packed: &[u8], above: &[u8], row: &mut [u8]) {
    let zero = _mm_setzero_si128();
    let byte = _mm_set1_epi16(0xFF);
    let lanes = |bytes: &[u8], position| _mm_unpacklo_epi8(_mm_cvtsi32_si128(load(bytes, position) as i32), zero);
    let distance = |difference| _mm_max_epi16(difference, _mm_sub_epi16(zero, difference));
    // The bits of `one` where the mask is set, else those of `other`.
    let choose = |mask, one, other| _mm_or_si128(_mm_and_si128(mask, one), _mm_andnot_si128(mask, other));
    let (mut left, mut diagonal) = (zero, zero);
    for position in (0..length).step_by(N) {
        let up = lanes(above, position);
        let (to_left, to_up) = (_mm_sub_epi16(up, diagonal), _mm_sub_epi16(left, diagonal));
        let to_diagonal = distance(_mm_add_epi16(to_left, to_up));
        let (to_left, to_up) = (distance(to_left), distance(to_up));
        let nearer = choose(_mm_cmpgt_epi16(to_left, to_up), up, left);
        let is_diagonal = _mm_cmpgt_epi16(_mm_min_epi16(to_left, to_up), to_diagonal);
        let guess = choose(is_diagonal, diagonal, nearer);
        left = _mm_and_si128(_mm_add_epi16(lanes(packed, position), guess), byte);
        diagonal = up;
        if let Some(target) = row.get_mut(position..).and_then(|rest| rest.first_chunk_mut::<4>()) {
            *target = (_mm_cvtsi128_si32(_mm_packus_epi16(left, zero)) as u32).to_le_bytes();
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn nearest_pixels<const N: usize>(length: usize, packed: &[u8], above: &[u8], row: &mut [u8]) {
    each_pixel::<N>(length, packed, above, row, |left, up, diagonal| {
        let lanes = |pixel: u32| pixel.to_le_bytes().map(i16::from);
        let (left, up, diagonal) = (lanes(left), lanes(up), lanes(diagonal));
        let mut guess = [0u8; 4];
        for i in 0..4 {
            guess[i] = paeth(left[i], up[i], diagonal[i]) as u8;
        }
        u32::from_le_bytes(guess)
    });
}

/// The neighbour that is nearest to left + up - diagonal.
#[inline(always)]
fn paeth(left: i16, up: i16, diagonal: i16) -> i16 {
    let (to_left, to_up) = (up - diagonal, left - diagonal);
    let to_diagonal = (to_left + to_up).abs();
    let (to_left, to_up) = (to_left.abs(), to_up.abs());
    let nearer = if to_left <= to_up { left } else { up };
    if to_left.min(to_up) <= to_diagonal {
        nearer
    } else {
        diagonal
    }
}

/// Rows that are undone side by side.
pub const SIDE_BY_SIDE: usize = 4;

/// Undo the filters of four rows at once; three or four bytes per pixel.
///
/// A pixel waits for the one to the left of it, which takes as long for four pixels as for one. So each row runs one
/// pixel behind the row above it: what it needs from there was made a step before.
///
/// Args as for `unfilter`, with `above` the row above the first one. Returns false where nothing in these rows waits
/// for its left neighbour; nothing is done then.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
pub fn unfilter_four(
    pixel_bytes: usize,
    filters: [u8; SIDE_BY_SIDE],
    packed: [&[u8]; SIDE_BY_SIDE],
    above: &[u8],
    rows: &mut [Vec<u8>],
) -> Result<bool, Failure> {
    if filters.iter().any(|&filter| filter > 4) {
        return Err(Failure::Damaged("filter"));
    }
    let [first, second, third, fourth] = rows else {
        return Err(Failure::Internal);
    };
    let rows = [&mut first[..], &mut second[..], &mut third[..], &mut fourth[..]];
    match (filters, pixel_bytes) {
        (filters, _) if filters.iter().all(|&filter| matches!(filter, 0 | 2)) => return Ok(false),
        ([3, 3, 3, 3], 3) => wave::<3, 3>(filters, packed, above, rows),
        ([4, 4, 4, 4], 3) => wave::<3, 4>(filters, packed, above, rows),
        (_, 3) => wave::<3, 0>(filters, packed, above, rows),
        ([3, 3, 3, 3], 4) => wave::<4, 3>(filters, packed, above, rows),
        ([4, 4, 4, 4], 4) => wave::<4, 4>(filters, packed, above, rows),
        (_, 4) => wave::<4, 0>(filters, packed, above, rows),
        _ => return Ok(false),
    }
    Ok(true)
}

/// Which filter each row has, in lanes as `step` has them.
#[cfg(target_arch = "x86_64")]
struct Filters {
    left: __m256i,
    up: __m256i,
    mean: __m256i,
    nearest: __m256i,
}

/// One pixel of each row from the packed pixels, those to the left, above, and above those to the left.
///
/// There are four channels of 16 bits for each row, the first row lowest; the upper eight bits are zero. All rows have the filter `ONLY`, or any where
/// it is 0.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn step<const ONLY: u8>(filters: &Filters, packed: __m256i, left: __m256i, up: __m256i, diagonal: __m256i) -> __m256i {
    let mean = _mm256_srli_epi16(_mm256_add_epi16(left, up), 1);
    if ONLY == 3 {
        return _mm256_add_epi8(packed, mean);
    }
    let (to_left, to_up) = (_mm256_sub_epi16(up, diagonal), _mm256_sub_epi16(left, diagonal));
    let to_diagonal = _mm256_abs_epi16(_mm256_add_epi16(to_left, to_up));
    let (to_left, to_up) = (_mm256_abs_epi16(to_left), _mm256_abs_epi16(to_up));
    let nearer = _mm256_blendv_epi8(left, up, _mm256_cmpgt_epi16(to_left, to_up));
    let is_diagonal = _mm256_cmpgt_epi16(_mm256_min_epi16(to_left, to_up), to_diagonal);
    let nearest = _mm256_blendv_epi8(nearer, diagonal, is_diagonal);
    if ONLY == 4 {
        return _mm256_add_epi8(packed, nearest);
    }
    let (left, up) = (_mm256_and_si256(filters.left, left), _mm256_and_si256(filters.up, up));
    let (mean, nearest) = (_mm256_and_si256(filters.mean, mean), _mm256_and_si256(filters.nearest, nearest));
    let guess = _mm256_or_si256(_mm256_or_si256(left, up), _mm256_or_si256(mean, nearest));
    _mm256_add_epi8(packed, guess)
}

/// `N` bytes per pixel; for `ONLY` see `step`.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn wave<const N: usize, const ONLY: u8>(
    filters: [u8; SIDE_BY_SIDE],
    packed: [&[u8]; SIDE_BY_SIDE],
    above: &[u8],
    rows: [&mut [u8]; SIDE_BY_SIDE],
) {
    let lanes = |of: [i64; SIDE_BY_SIDE]| _mm256_set_epi64x(of[3], of[2], of[1], of[0]);
    let has = |wanted: u8| lanes(filters.map(|filter| -i64::from(filter == wanted)));
    let filters = Filters { left: has(1), up: has(2), mean: has(3), nearest: has(4) };
    let (zero, all) = (_mm256_setzero_si256(), _mm256_set1_epi16(-1));
    let (mut left, mut diagonal) = (zero, zero);
    // What comes of one pixel of each row: the first row's in the lowest 32 bits of the first half.
    let mut next = |pixels: [u32; SIDE_BY_SIDE], top: u32, begun: __m256i| {
        let [first, second, third, fourth] = pixels.map(|pixel| pixel as i32);
        let packed = _mm256_cvtepu8_epi16(_mm_set_epi32(fourth, third, second, first));
        let top = _mm256_zextsi128_si256(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(top as i32)));
        let up = _mm256_blend_epi32(_mm256_permute4x64_epi64(left, 0b10_01_00_00), top, 0b11);
        left = _mm256_and_si256(step::<ONLY>(&filters, packed, left, up, diagonal), begun);
        diagonal = up;
        let bytes = _mm256_packus_epi16(left, zero);
        (_mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1))
    };
    let [row0, row1, row2, row3] = rows;
    let width = (above.len() - SLACK) / N;
    let place = |time: usize, row: usize| time.checked_sub(row).map_or(usize::MAX, |column| column * N);
    let mut time = 0;
    while time < width + SIDE_BY_SIDE - 1 {
        if time == SIDE_BY_SIDE - 1 && width > SIDE_BY_SIDE {
            // All rows are under way. Slices of one length spare looking whether each place lies within them.
            let length = (width - time) * N + SLACK - N;
            let starts = [3 * N, 2 * N, N, 0];
            let (Some(top), Some(in0), Some(in1), Some(in2), Some(in3)) = (
                above.get(starts[0]..starts[0] + length),
                packed[0].get(starts[0]..starts[0] + length),
                packed[1].get(starts[1]..starts[1] + length),
                packed[2].get(starts[2]..starts[2] + length),
                packed[3].get(starts[3]..starts[3] + length),
            ) else {
                return;
            };
            let (Some(out0), Some(out1), Some(out2), Some(out3)) = (
                row0.get_mut(starts[0]..starts[0] + length),
                row1.get_mut(starts[1]..starts[1] + length),
                row2.get_mut(starts[2]..starts[2] + length),
                row3.get_mut(starts[3]..starts[3] + length),
            ) else {
                return;
            };
            let mut at = 0;
            while at + 4 <= length {
                let pixels = [load(in0, at), load(in1, at), load(in2, at), load(in3, at)];
                let (lower, upper) = next(pixels, load(top, at), all);
                store(out0, at, _mm_cvtsi128_si32(lower));
                store(out1, at, _mm_extract_epi32(lower, 1));
                store(out2, at, _mm_cvtsi128_si32(upper));
                store(out3, at, _mm_extract_epi32(upper, 1));
                at += N;
            }
            time += at / N;
            continue;
        }
        let places = [place(time, 0), place(time, 1), place(time, 2), place(time, 3)];
        let pixels = [0, 1, 2, 3].map(|row| load(packed[row], places[row]));
        // Rows that have not begun hold zeros.
        let begun = lanes([0, 1, 2, 3].map(|row| -i64::from(time >= row)));
        let (lower, upper) = next(pixels, load(above, places[0]), begun);
        // With three bytes the fourth is written over by the next pixel.
        store(row0, places[0], _mm_cvtsi128_si32(lower));
        store(row1, places[1], _mm_extract_epi32(lower, 1));
        store(row2, places[2], _mm_cvtsi128_si32(upper));
        store(row3, places[3], _mm_extract_epi32(upper, 1));
        time += 1;
    }
}

/// Write a pixel where there is room for it.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn store(row: &mut [u8], position: usize, pixel: i32) {
    if let Some(target) = row.get_mut(position..).and_then(|rest| rest.first_chunk_mut::<4>()) {
        *target = pixel.to_le_bytes();
    }
}

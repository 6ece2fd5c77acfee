//! PNG with 8 bits per channel, not interlaced.
//!
//! Format: Portable Network Graphics, third edition. The pixel data is inflated in one piece, which is what makes it
//! fast, then unfiltered and converted row by row. Everything else (16 bits, less than 8, interlacing, transparent
//! colours by key, animation, any irregularity) is refused, for another decoder to judge.

use std::cell::RefCell;

use crate::failure::Failure;
use crate::pixels::Layout;

const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";
/// Deflate cannot make more than this many bytes of one.
const MAX_INFLATION: usize = 1032;
const KEPT_BYTES: usize = 64 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Colour {
    Grey,
    Rgb,
    Palette,
    GreyAlpha,
    Rgba,
}

impl Colour {
    fn bytes(self) -> usize {
        match self {
            Colour::Grey | Colour::Palette => 1,
            Colour::GreyAlpha => 2,
            Colour::Rgb => 3,
            Colour::Rgba => 4,
        }
    }
}

/// The chunks of a file, checked.
pub struct Header<'a> {
    pub width: usize,
    pub height: usize,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
    colour: Colour,
    palette: &'a [u8],
    parts: Vec<&'a [u8]>,
}

impl<'a> Header<'a> {
    /// Read all chunks; the checksums of those that matter are verified.
    pub fn read(data: &'a [u8]) -> Result<Self, Failure> {
        if !data.starts_with(SIGNATURE) {
            return Err(Failure::Unsupported("not PNG"));
        }
        let mut rest = &data[SIGNATURE.len()..];
        let mut header: Option<Header> = None;
        let mut orientation = 0;
        loop {
            let (kind, body, behind) = split_chunk(rest)?;
            match (kind, &mut header) {
                (b"IHDR", None) => header = Some(Self::start(body)?),
                (_, None) => return Err(Failure::Damaged("no header chunk")),
                (b"PLTE", Some(header)) => header.palette = body,
                (b"IDAT", Some(header)) => header.parts.push(body),
                (b"eXIf", _) if orientation == 0 => orientation = crate::exif::orientation(body),
                (b"tRNS" | b"acTL", _) => return Err(Failure::Unsupported("transparent colours or animation")),
                (b"IEND", _) => break,
                ([b'A'..=b'Z', ..], _) => return Err(Failure::Unsupported("a critical chunk")),
                _ => {}
            }
            if matches!(kind, b"IHDR" | b"PLTE" | b"IDAT") {
                let stored = rest.get(8 + body.len()..).and_then(|tail| tail.first_chunk::<4>());
                let mut sum = libdeflater::Crc::new();
                sum.update(&rest[4..8 + body.len()]);
                if stored.map(|raw| u32::from_be_bytes(*raw)) != Some(sum.sum()) {
                    return Err(Failure::Damaged("checksum"));
                }
            }
            rest = behind;
        }
        let mut header = header.ok_or(Failure::Damaged("no header chunk"))?;
        header.orientation = orientation.max(1);
        Ok(header)
    }

    fn start(body: &[u8]) -> Result<Self, Failure> {
        let [w0, w1, w2, w3, h0, h1, h2, h3, depth, colour, 0, 0, interlacing] = *body else {
            return Err(Failure::Damaged("header chunk"));
        };
        let colour = match (depth, colour, interlacing) {
            (8, 0, 0) => Colour::Grey,
            (8, 2, 0) => Colour::Rgb,
            (8, 3, 0) => Colour::Palette,
            (8, 4, 0) => Colour::GreyAlpha,
            (8, 6, 0) => Colour::Rgba,
            _ => return Err(Failure::Unsupported("this depth or interlacing")),
        };
        let width = u32::from_be_bytes([w0, w1, w2, w3]) as usize;
        let height = u32::from_be_bytes([h0, h1, h2, h3]) as usize;
        // Larger sides are refused by other decoders too.
        if width == 0 || height == 0 || width > 1_000_000 || height > 1_000_000 {
            return Err(Failure::Damaged("size"));
        }
        Ok(Header { width, height, orientation: 1, colour, palette: &[], parts: Vec::new() })
    }
}

type Chunk<'a> = (&'a [u8; 4], &'a [u8], &'a [u8]);

/// Split the first chunk off: its kind, its body, and what follows.
fn split_chunk(data: &[u8]) -> Result<Chunk<'_>, Failure> {
    let length = u32::from_be_bytes(*data.first_chunk::<4>().ok_or(Failure::Truncated)?) as usize;
    let kind = data.get(4..).and_then(|rest| rest.first_chunk::<4>()).ok_or(Failure::Truncated)?;
    let end = length.checked_add(8).ok_or(Failure::Truncated)?;
    let body = data.get(8..end).ok_or(Failure::Truncated)?;
    let behind = data.get(end..).and_then(|rest| rest.get(4..)).ok_or(Failure::Truncated)?;
    Ok((kind, body, behind))
}

/// Bytes behind rows that loops may read or write.
const SLACK: usize = 8;

#[derive(Default)]
struct Scratch {
    packed: Vec<u8>,
    raw: Vec<u8>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Decode into `out`, rows without gaps; transparency is shown over white.
///
/// Returns whether anything is transparent.
pub fn decode(header: &Header, layout: Layout, out: &mut [u8]) -> Result<bool, Failure> {
    let row_bytes = header.width * header.colour.bytes();
    let raw_bytes = (row_bytes + 1).checked_mul(header.height).ok_or(Failure::TooLarge)?;
    let size = (header.width * layout.channels()).checked_mul(header.height).ok_or(Failure::TooLarge)?;
    let out = out.get_mut(..size).ok_or(Failure::TooLarge)?;
    let packed_bytes: usize = header.parts.iter().map(|part| part.len()).sum();
    if packed_bytes.saturating_mul(MAX_INFLATION) < raw_bytes {
        return Err(Failure::Truncated);
    }
    SCRATCH.with_borrow_mut(|scratch| {
        if scratch.raw.len() < raw_bytes + SLACK {
            scratch.raw = vec![0; raw_bytes + SLACK];
        }
        let result = inflate(header, scratch, raw_bytes)
            .and_then(|()| unpack(header, &scratch.raw[..raw_bytes + SLACK], layout, out));
        if scratch.raw.len() + scratch.packed.len() > KEPT_BYTES {
            *scratch = Scratch::default();
        }
        result
    })
}

fn inflate(header: &Header, scratch: &mut Scratch, raw_bytes: usize) -> Result<(), Failure> {
    let packed = match header.parts.as_slice() {
        [one] => *one,
        parts => {
            scratch.packed.clear();
            parts.iter().for_each(|part| scratch.packed.extend_from_slice(part));
            &scratch.packed
        }
    };
    let inflated = libdeflater::Decompressor::new().zlib_decompress(packed, &mut scratch.raw[..raw_bytes]);
    if inflated.map_err(|_| Failure::Damaged("compressed data"))? != raw_bytes {
        return Err(Failure::Truncated);
    }
    Ok(())
}

#[cfg(target_arch = "x86_64")]
fn unpack(header: &Header, raw: &[u8], layout: Layout, out: &mut [u8]) -> Result<bool, Failure> {
    #[target_feature(enable = "avx2")]
    fn with_avx2(header: &Header, raw: &[u8], layout: Layout, out: &mut [u8]) -> Result<bool, Failure> {
        unpack_rows(header, raw, layout, out)
    }

    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function was compiled for.
        #[allow(unsafe_code)]
        return unsafe { with_avx2(header, raw, layout, out) };
    }
    unpack_rows(header, raw, layout, out)
}

#[cfg(not(target_arch = "x86_64"))]
fn unpack(header: &Header, raw: &[u8], layout: Layout, out: &mut [u8]) -> Result<bool, Failure> {
    unpack_rows(header, raw, layout, out)
}

#[inline(always)]
fn unpack_rows(header: &Header, raw: &[u8], layout: Layout, out: &mut [u8]) -> Result<bool, Failure> {
    let palette = full_palette(header)?;
    let row_bytes = header.width * header.colour.bytes();
    // Two rows that stay in the cache; the one above the first holds zeros.
    let mut above = vec![0u8; row_bytes + SLACK];
    let mut row = vec![0u8; row_bytes + SLACK];
    let mut transparent = false;
    for (line, target) in out.chunks_exact_mut(header.width * layout.channels()).enumerate() {
        let start = line * (row_bytes + 1);
        let filter = *raw.get(start).ok_or(Failure::Internal)?;
        let packed = raw.get(start + 1..start + 1 + row_bytes + SLACK - 1).ok_or(Failure::Internal)?;
        match header.colour.bytes() {
            1 => unfilter_bytes::<1>(filter, packed, &above, &mut row)?,
            2 => unfilter_bytes::<2>(filter, packed, &above, &mut row)?,
            3 => unfilter_pixels::<3>(filter, packed, &above, &mut row)?,
            _ => unfilter_pixels::<4>(filter, packed, &above, &mut row)?,
        }
        transparent |= convert(header.colour, layout, &palette, &row[..row_bytes], target)?;
        std::mem::swap(&mut above, &mut row);
    }
    Ok(transparent)
}

/// The palette as RGB with room for every index; an index behind its end gives `None`.
fn full_palette(header: &Header) -> Result<Vec<[u8; 3]>, Failure> {
    if header.colour != Colour::Palette {
        return Ok(Vec::new());
    }
    if header.palette.is_empty() || !header.palette.len().is_multiple_of(3) || header.palette.len() > 768 {
        return Err(Failure::Damaged("palette"));
    }
    Ok(header.palette.chunks_exact(3).map(|rgb| [rgb[0], rgb[1], rgb[2]]).collect())
}

/// Undo one row's filter; `N` bytes per pixel, one or two. All slices are longer than the row.
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
    use std::arch::x86_64::*;

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

#[inline(always)]
fn over_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

#[inline(always)]
fn put(layout: Layout, rgb: [u8; 3], target: &mut [u8]) {
    match layout {
        Layout::Rgb => target.copy_from_slice(&rgb),
        Layout::Bgr => target.copy_from_slice(&[rgb[2], rgb[1], rgb[0]]),
        Layout::Bgra => target.copy_from_slice(&[rgb[2], rgb[1], rgb[0], 255]),
    }
}

/// Convert a row; returns whether anything in it is transparent.
#[inline(always)]
fn convert(
    colour: Colour,
    layout: Layout,
    palette: &[[u8; 3]],
    row: &[u8],
    target: &mut [u8],
) -> Result<bool, Failure> {
    match layout {
        Layout::Rgb => convert_to::<3>(colour, layout, palette, row, target),
        Layout::Bgr => convert_to::<3>(colour, layout, palette, row, target),
        Layout::Bgra => convert_to::<4>(colour, layout, palette, row, target),
    }
}

#[inline(always)]
fn convert_to<const N: usize>(
    colour: Colour,
    layout: Layout,
    palette: &[[u8; 3]],
    row: &[u8],
    target: &mut [u8],
) -> Result<bool, Failure> {
    let targets = target.chunks_exact_mut(N);
    match colour {
        Colour::Rgb if layout == Layout::Rgb => target.copy_from_slice(row),
        Colour::Rgb => {
            for (target, rgb) in targets.zip(row.chunks_exact(3)) {
                put(layout, [rgb[0], rgb[1], rgb[2]], target);
            }
        }
        Colour::Grey => {
            for (target, &grey) in targets.zip(row) {
                put(layout, [grey; 3], target);
            }
        }
        Colour::Palette => {
            for (target, &index) in targets.zip(row) {
                let rgb = palette.get(usize::from(index)).ok_or(Failure::Damaged("palette index"))?;
                put(layout, *rgb, target);
            }
        }
        Colour::GreyAlpha => {
            let lowest = row.chunks_exact(2).fold(255, |lowest, pixel| pixel[1].min(lowest));
            for (target, pixel) in targets.zip(row.chunks_exact(2)) {
                put(layout, [over_white(pixel[0], pixel[1]); 3], target);
            }
            return Ok(lowest < 255);
        }
        Colour::Rgba => {
            let lowest = row.chunks_exact(4).fold(255, |lowest, pixel| pixel[3].min(lowest));
            if lowest == 255 {
                for (target, rgba) in targets.zip(row.chunks_exact(4)) {
                    put(layout, [rgba[0], rgba[1], rgba[2]], target);
                }
                return Ok(false);
            }
            for (target, rgba) in targets.zip(row.chunks_exact(4)) {
                let [r, g, b] = [rgba[0], rgba[1], rgba[2]].map(|value| over_white(value, rgba[3]));
                put(layout, [r, g, b], target);
            }
            return Ok(true);
        }
    }
    Ok(false)
}

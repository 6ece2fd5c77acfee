//! PNG with 8 bits per channel, not interlaced.
//!
//! Format: Portable Network Graphics, third edition. The pixel data is inflated in one piece, which is what makes it
//! fast, then unfiltered and converted row by row. Everything else (16 bits, less than 8, interlacing, transparent
//! colours by key, animation, any irregularity) is refused, for another decoder to judge.

use std::cell::RefCell;

use crate::failure::Failure;
use crate::pixels::Layout;
#[cfg(target_arch = "x86_64")]
use crate::unfilter::unfilter_four;
use crate::unfilter::{unfilter, SIDE_BY_SIDE, SLACK};

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
        unpack_rows(header, raw, layout, out, |filters, packed, above, rows| {
            unfilter_four(header.colour.bytes(), filters, packed, above, rows)
        })
    }

    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function was compiled for.
        #[allow(unsafe_code)]
        return unsafe { with_avx2(header, raw, layout, out) };
    }
    unpack_rows(header, raw, layout, out, |_, _, _, _| Ok(false))
}

#[cfg(not(target_arch = "x86_64"))]
fn unpack(header: &Header, raw: &[u8], layout: Layout, out: &mut [u8]) -> Result<bool, Failure> {
    unpack_rows(header, raw, layout, out, |_, _, _, _| Ok(false))
}

/// Unfilter and convert all rows; `several` undoes the filters of some rows at once, or says that it does not.
#[inline(always)]
fn unpack_rows(
    header: &Header,
    raw: &[u8],
    layout: Layout,
    out: &mut [u8],
    several: impl Fn([u8; SIDE_BY_SIDE], [&[u8]; SIDE_BY_SIDE], &[u8], &mut [Vec<u8>]) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    let palette = full_palette(header)?;
    let pixel_bytes = header.colour.bytes();
    let row_bytes = header.width * pixel_bytes;
    // A few rows that stay in the cache; the one above the first holds zeros.
    let mut above = vec![0u8; row_bytes + SLACK];
    let mut rows = vec![vec![0u8; row_bytes + SLACK]; SIDE_BY_SIDE];
    let mut transparent = false;
    let filter_of = |line: usize| raw.get(line * (row_bytes + 1)).copied().ok_or(Failure::Internal);
    let packed_of = |line: usize| {
        let start = line * (row_bytes + 1) + 1;
        raw.get(start..start + row_bytes + SLACK - 1).ok_or(Failure::Internal)
    };
    let target_bytes = header.width * layout.channels();
    for (part, targets) in out.chunks_mut(target_bytes * SIDE_BY_SIDE).enumerate() {
        let line = part * SIDE_BY_SIDE;
        let count = targets.len() / target_bytes;
        let mut done = false;
        if count == SIDE_BY_SIDE {
            let filters = [filter_of(line)?, filter_of(line + 1)?, filter_of(line + 2)?, filter_of(line + 3)?];
            let packed = [packed_of(line)?, packed_of(line + 1)?, packed_of(line + 2)?, packed_of(line + 3)?];
            done = several(filters, packed, &above, &mut rows)?;
        }
        for (index, target) in targets.chunks_exact_mut(target_bytes).enumerate() {
            let (before, row) = rows.split_at_mut(index);
            let row = row.first_mut().ok_or(Failure::Internal)?;
            if !done {
                let above = before.last().unwrap_or(&above);
                unfilter(pixel_bytes, filter_of(line + index)?, packed_of(line + index)?, above, row)?;
            }
            transparent |= convert(header.colour, layout, &palette, &row[..row_bytes], target)?;
        }
        if let Some(last) = rows.last_mut() {
            std::mem::swap(&mut above, last);
        }
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

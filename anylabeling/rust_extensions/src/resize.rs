//! Bilinear resizing, and turning as EXIF says.

/// A picture's sides in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: usize,
    pub height: usize,
}

impl Size {
    /// The sides after turning by an EXIF orientation.
    pub fn turned(self, orientation: u8) -> Self {
        if orientation >= 5 {
            Size { width: self.height, height: self.width }
        } else {
            self
        }
    }
}

/// Where a picture lies in a frame: one scale for both sides, centred, rounded as letterboxes of detectors are.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    pub left: usize,
    pub top: usize,
    pub size: Size,
}

impl Fit {
    pub fn new(picture: Size, frame: Size) -> Self {
        let scale = (frame.width as f64 / picture.width as f64).min(frame.height as f64 / picture.height as f64);
        let side =
            |length: usize, limit: usize| ((length as f64 * scale).round_ties_even() as usize).clamp(1, limit.max(1));
        let size = Size { width: side(picture.width, frame.width), height: side(picture.height, frame.height) };
        let margin = |frame: usize, side: usize| {
            ((frame.saturating_sub(side)) as f64 / 2.0 - 0.1).round_ties_even().max(0.0) as usize
        };
        Fit { left: margin(frame.width, size.width), top: margin(frame.height, size.height), size }
    }
}

const WEIGHT_BITS: u32 = 11;

/// For each target position: the first source position and the weight of the one behind it, in 2048ths.
fn taps(source: usize, target: usize) -> Vec<(usize, u32)> {
    let ratio = source as f64 / target as f64;
    let last = source - 1;
    (0..target)
        .map(|index| {
            let place = ((index as f64 + 0.5) * ratio - 0.5).clamp(0.0, last as f64);
            let first = (place as usize).min(last.saturating_sub(1));
            let weight = ((place - first as f64) * f64::from(1 << WEIGHT_BITS)).round_ties_even() as u32;
            (first, weight)
        })
        .collect()
}

/// Resize RGB pixels; both slices must hold exactly the pixels of their sizes.
#[cfg(target_arch = "x86_64")]
pub fn resize(source: &[u8], from: Size, target: &mut [u8], to: Size) {
    #[target_feature(enable = "avx2")]
    fn with_avx2(source: &[u8], from: Size, target: &mut [u8], to: Size) {
        resize_rows(source, from, target, to);
    }

    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function was compiled for.
        #[allow(unsafe_code)]
        return unsafe { with_avx2(source, from, target, to) };
    }
    resize_rows(source, from, target, to);
}

/// Resize RGB pixels; both slices must hold exactly the pixels of their sizes.
#[cfg(not(target_arch = "x86_64"))]
pub fn resize(source: &[u8], from: Size, target: &mut [u8], to: Size) {
    resize_rows(source, from, target, to);
}

#[inline(always)]
fn resize_rows(source: &[u8], from: Size, target: &mut [u8], to: Size) {
    if from == to {
        target.copy_from_slice(source);
        return;
    }
    let columns = taps(from.width, to.width);
    let lines = taps(from.height, to.height);
    let row_bytes = from.width * 3;
    // The last pixel of a row is loaded with a byte behind it.
    let mut padded = vec![0u8; row_bytes + 4];
    let mut rows = [vec![0u32; to.width * 3 + 1], vec![0u32; to.width * 3 + 1]];
    let mut held = [usize::MAX; 2];
    for (&(first, weight), line) in lines.iter().zip(target.chunks_exact_mut(to.width * 3)) {
        let second = (first + 1).min(from.height - 1);
        if held[1] == first {
            rows.swap(0, 1);
            held = [first, usize::MAX];
        }
        for (slot, wanted) in [first, second].into_iter().enumerate() {
            if held[slot] != wanted {
                padded[..row_bytes].copy_from_slice(&source[wanted * row_bytes..(wanted + 1) * row_bytes]);
                blend_columns(&padded, &columns, &mut rows[slot]);
                held[slot] = wanted;
            }
        }
        let [upper, lower] = &rows;
        let (upper, lower) = (&upper[..line.len()], &lower[..line.len()]);
        for i in 0..line.len() {
            let sum = upper[i] * ((1 << WEIGHT_BITS) - weight) + lower[i] * weight;
            line[i] = ((sum + (1 << (2 * WEIGHT_BITS - 1))) >> (2 * WEIGHT_BITS)) as u8;
        }
    }
}

#[inline(always)]
fn blend_columns(source: &[u8], columns: &[(usize, u32)], target: &mut [u32]) {
    let pixel = |index: usize| -> [u8; 4] {
        source.get(3 * index..).and_then(|rest| rest.first_chunk::<4>()).copied().unwrap_or_default()
    };
    for (index, &(first, weight)) in columns.iter().enumerate() {
        // A picture of one column has no second one; its weight is zero.
        let (left, right) = (pixel(first), pixel(first + 1));
        let mut blended = [0u32; 4];
        for i in 0..4 {
            blended[i] = u32::from(left[i]) * ((1 << WEIGHT_BITS) - weight) + u32::from(right[i]) * weight;
        }
        // The fourth value is written over by the next pixel.
        if let Some(target) = target.get_mut(3 * index..).and_then(|rest| rest.first_chunk_mut::<4>()) {
            *target = blended;
        }
    }
}

/// Write RGB pixels, turned, into a frame that is `stride` bytes wide, with their first pixel at `start`.
pub fn place(source: &[u8], size: Size, orientation: u8, frame: &mut [u8], stride: usize, start: usize) {
    let turned = size.turned(orientation);
    if orientation == 1 {
        for (row, line) in source.chunks_exact(size.width * 3).enumerate() {
            let offset = start + row * stride;
            frame[offset..offset + line.len()].copy_from_slice(line);
        }
        return;
    }
    let (right, bottom) = (size.width - 1, size.height - 1);
    for row in 0..turned.height {
        let line = &mut frame[start + row * stride..][..turned.width * 3];
        for (column, pixel) in line.chunks_exact_mut(3).enumerate() {
            let (x, y) = match orientation {
                2 => (right - column, row),
                3 => (right - column, bottom - row),
                4 => (column, bottom - row),
                5 => (row, column),
                6 => (row, bottom - column),
                7 => (right - row, bottom - column),
                _ => (right - row, column),
            };
            pixel.copy_from_slice(&source[(y * size.width + x) * 3..][..3]);
        }
    }
}

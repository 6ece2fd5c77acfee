//! The layouts of pixels in memory, and the conversion of a row of luma and chroma to them.

/// Order of the channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Rgb,
    Bgr,
    Bgra,
}

impl Layout {
    pub fn channels(self) -> usize {
        match self {
            Layout::Bgra => 4,
            Layout::Rgb | Layout::Bgr => 3,
        }
    }

    /// The layout by its name in Python.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "RGB" => Some(Layout::Rgb),
            "BGR" => Some(Layout::Bgr),
            "BGRA" => Some(Layout::Bgra),
            _ => None,
        }
    }
}

/// Write pixels that are packed as 0xAARRGGBB, or 0xAABBGGRR for RGB, with three or four bytes each.
#[inline(always)]
fn store(layout: Layout, packed: impl Iterator<Item = u32>, out: &mut [u8]) {
    if layout == Layout::Bgra {
        for (target, pixel) in out.chunks_exact_mut(4).zip(packed) {
            target.copy_from_slice(&pixel.to_le_bytes());
        }
    } else {
        for (target, pixel) in out.chunks_exact_mut(3).zip(packed) {
            target.copy_from_slice(&pixel.to_le_bytes()[..3]);
        }
    }
}

/// Convert one row from full-range BT.601 (JFIF) with 16-bit fractions.
#[inline(always)]
pub fn from_ycc(layout: Layout, luma: &[u8], blue: &[u8], red: &[u8], out: &mut [u8]) {
    let pixels = luma.iter().zip(blue).zip(red).map(|((&luma, &blue), &red)| {
        let (luma, blue, red) = (i32::from(luma), i32::from(blue) - 128, i32::from(red) - 128);
        let r = luma + ((91_881 * red + 32_768) >> 16);
        let g = luma + ((-22_554 * blue - 46_802 * red + 32_768) >> 16);
        let b = luma + ((116_130 * blue + 32_768) >> 16);
        let (r, g, b) = (r.clamp(0, 255) as u32, g.clamp(0, 255) as u32, b.clamp(0, 255) as u32);
        if layout == Layout::Rgb {
            r | g << 8 | b << 16
        } else {
            b | g << 8 | r << 16 | 0xFF00_0000
        }
    });
    store(layout, pixels, out);
}

/// Convert one row of grey.
#[inline(always)]
pub fn from_grey(layout: Layout, grey: &[u8], out: &mut [u8]) {
    store(layout, grey.iter().map(|&grey| (u32::from(grey) * 0x0001_0101) | 0xFF00_0000), out);
}

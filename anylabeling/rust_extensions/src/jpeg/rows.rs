//! From the scan to rows of pixels, one row of blocks at a time.

use super::bits::{Bits, Scan};
use super::header::{Component, Header};
use super::huffman::{read_block, read_mean, Block, Factors, Table};
use super::{idct, upsample};
use crate::failure::Failure;
use crate::pixels::{from_grey, from_ycc, Layout};

/// Sides of a transform block in the file.
const BLOCK: usize = 8;
/// Bytes that loops may write behind a row's end.
const SLACK: usize = 16;

/// One component's part of a row of blocks, below the last row of the part before.
pub struct Strip<'a> {
    dc: &'a Table,
    ac: &'a Table,
    factors: &'a Factors,
    pub mean: i32,
    across: usize,
    down: usize,
    /// Samples a side that each block becomes.
    side: usize,
    stride: usize,
    samples: Vec<u8>,
}

impl<'a> Strip<'a> {
    fn new(header: &'a Header, component: &Component, side: usize, units: usize) -> Result<Self, Failure> {
        let missing = Failure::Damaged("missing tables");
        let stride = units * component.across * side + SLACK;
        Ok(Strip {
            dc: header.dc.get(component.dc).and_then(Option::as_ref).ok_or(missing)?,
            ac: header.ac.get(component.ac).and_then(Option::as_ref).ok_or(missing)?,
            factors: header.factors.get(component.factors).and_then(Option::as_ref).ok_or(missing)?,
            mean: 0,
            across: component.across,
            down: component.down,
            side,
            stride,
            samples: vec![0; (component.down * side + 1) * stride],
        })
    }

    fn rows(&self) -> usize {
        self.down * self.side
    }

    /// Row 0 is the last one of the strip before; the strip's own begin at 1.
    #[inline(always)]
    fn row(&self, row: usize, width: usize) -> &[u8] {
        let start = row * self.stride;
        &self.samples[start..start + width]
    }

    fn keep_last_row(&mut self) {
        let start = self.rows() * self.stride;
        self.samples.copy_within(start..start + self.stride, 0);
    }

    /// Read over the blocks of one unit.
    #[inline(always)]
    pub fn skip_unit(&mut self, bits: &mut Bits) -> Result<(), Failure> {
        for _ in 0..self.down * self.across {
            read_mean(bits, self.dc, self.ac, self.factors, &mut self.mean)?;
        }
        Ok(())
    }

    /// Read the blocks of one unit and transform them into their places.
    #[inline(always)]
    pub fn read_unit(&mut self, bits: &mut Bits, unit: usize, block: &mut Block) -> Result<(), Failure> {
        for down in 0..self.down {
            for across in 0..self.across {
                let column = (unit * self.across + across) * self.side;
                let start = (1 + down * self.side) * self.stride + column;
                let target = &mut self.samples[start..];
                if self.side == 1 {
                    let mean = read_mean(bits, self.dc, self.ac, self.factors, &mut self.mean)?;
                    target[0] = idct::flat_sample(mean);
                    continue;
                }
                let is_textured = read_block(bits, self.dc, self.ac, self.factors, &mut self.mean, block)?;
                if !is_textured {
                    let sample = idct::flat_sample(block[0]);
                    for line in target.chunks_mut(self.stride).take(self.side) {
                        line[..self.side].fill(sample);
                    }
                    continue;
                }
                match self.side {
                    8 => idct::full(block, target, self.stride),
                    4 => idct::half(block, target, self.stride),
                    _ => idct::quarter(block, target, self.stride),
                }
            }
        }
        Ok(())
    }
}

/// How chroma rows get the width and height of luma rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chroma {
    None,
    Same,
    Wide,
    WideAndTall,
}

/// Decode all rows of blocks. Compiled once for each set of processor features, hence inlined as a whole.
#[inline(always)]
pub fn decode(scan: &Scan, header: &Header, scale: usize, layout: Layout, out: &mut [u8]) -> Result<(), Failure> {
    let mut picture = Picture::new(header, (header.width, header.height), scale, layout)?;
    let mut bits = Bits::new(scan);
    let mut left = header.restart_interval;
    let mut block: Block = [0; 128];
    let mut next_restart = 0u8;
    for line in 0..picture.lines {
        for unit in 0..picture.units {
            if header.restart_interval > 0 {
                if left == 0 {
                    if bits.finish()? != 0xD0 + next_restart {
                        return Err(Failure::Damaged("restart mark"));
                    }
                    next_restart = (next_restart + 1) & 7;
                    left = header.restart_interval;
                    picture.strips.iter_mut().for_each(|strip| strip.mean = 0);
                }
                left -= 1;
            }
            for strip in &mut picture.strips {
                strip.read_unit(&mut bits, unit, &mut block)?;
            }
        }
        bits.check()?;
        picture.emit(line, out);
    }
    match bits.finish()? {
        0xD9 => Ok(()),
        _ => Err(Failure::Unsupported("something behind the scan")),
    }
}

/// What is decoded: the whole picture, or a part of it that begins at the edge of a unit.
pub struct Picture<'a> {
    pub strips: Vec<Strip<'a>>,
    chroma: Chroma,
    layout: Layout,
    width: usize,
    height: usize,
    chroma_width: usize,
    chroma_height: usize,
    /// Units (groups of blocks) across, and rows of them.
    pub units: usize,
    pub lines: usize,
    sums: Vec<u16>,
    wide: [Vec<u8>; 2],
    smallest_side: usize,
}

impl<'a> Picture<'a> {
    #[inline(always)]
    pub fn new(
        header: &'a Header,
        (full_width, full_height): (usize, usize),
        scale: usize,
        layout: Layout,
    ) -> Result<Self, Failure> {
        let luma = header.components.first().ok_or(Failure::Damaged("no components"))?;
        let side = BLOCK / scale;
        // Chroma that lies at half of both sides is transformed to twice the size rather than stretched afterwards.
        let is_quartered = (luma.across, luma.down) == (2, 2);
        let chroma_side = if is_quartered && scale > 1 { 2 * side } else { side };
        let chroma = match (header.components.len(), luma.across, is_quartered && scale > 1) {
            (1, ..) => Chroma::None,
            (_, 1, _) | (_, _, true) => Chroma::Same,
            _ if luma.down == 1 => Chroma::Wide,
            _ => Chroma::WideAndTall,
        };
        let units = full_width.div_ceil(BLOCK * luma.across);
        let lines = full_height.div_ceil(BLOCK * luma.down);
        let mut strips = Vec::with_capacity(3);
        for (index, component) in header.components.iter().enumerate() {
            strips.push(Strip::new(header, component, if index == 0 { side } else { chroma_side }, units)?);
        }
        let (width, height) = super::scaled_size(full_width, full_height, scale);
        let is_wide = matches!(chroma, Chroma::Wide | Chroma::WideAndTall);
        // Of the stored size, not of the scaled one: the two round differently.
        let (wide_divisor, tall_divisor) = (scale * 2, if chroma == Chroma::WideAndTall { scale * 2 } else { scale });
        let chroma_width = if is_wide { full_width.div_ceil(wide_divisor) } else { width };
        Ok(Picture {
            strips,
            chroma,
            layout,
            width,
            height,
            chroma_width,
            chroma_height: full_height.div_ceil(tall_divisor),
            units,
            lines,
            sums: vec![0; chroma_width],
            wide: [vec![0; 2 * chroma_width], vec![0; 2 * chroma_width]],
            smallest_side: side,
        })
    }

    /// Write the rows that are complete after a line of units, the last one of the line before included.
    #[inline(always)]
    pub fn emit(&mut self, line: usize, out: &mut [u8]) {
        let rows = self.strips.first().map_or(0, Strip::rows);
        let first = line * rows;
        let is_last = line + 1 == self.lines;
        if self.chroma == Chroma::WideAndTall && line > 0 {
            // Its chroma lies between the last row of the strip before and the first of this one.
            self.emit_row(first - 1, 0, 0, 1, out);
        }
        // The last row of a strip waits for the chroma below it.
        let ready = if self.chroma == Chroma::WideAndTall && !is_last { rows - 1 } else { rows };
        let chroma_above = line * rows / 2;
        for row in 0..ready.min(self.height.saturating_sub(first)) {
            if self.chroma == Chroma::WideAndTall {
                let near = 1 + row / 2;
                let far = if row % 2 == 0 {
                    if line == 0 && row == 0 {
                        near
                    } else {
                        near - 1
                    }
                } else if chroma_above + near < self.chroma_height {
                    near + 1
                } else {
                    near
                };
                self.emit_row(first + row, 1 + row, near, far, out);
            } else {
                self.emit_row(first + row, 1 + row, 1 + row, 1 + row, out);
            }
        }
        if self.chroma == Chroma::WideAndTall {
            self.strips.iter_mut().for_each(Strip::keep_last_row);
        }
    }

    /// Write one row of the picture from a row of luma and the rows of chroma nearest to it.
    #[inline(always)]
    fn emit_row(&mut self, row: usize, luma: usize, near: usize, far: usize, out: &mut [u8]) {
        let row_bytes = self.width * self.layout.channels();
        let Some(target) = out.get_mut(row * row_bytes..(row + 1) * row_bytes) else {
            return;
        };
        let [luma_strip, chroma_strips @ ..] = self.strips.as_slice() else {
            return;
        };
        let luma = luma_strip.row(luma, self.width);
        if self.chroma == Chroma::None {
            return from_grey(self.layout, luma, target);
        }
        let [blue_strip, red_strip] = chroma_strips else {
            return;
        };
        if self.chroma == Chroma::Same {
            let (blue, red) = (blue_strip.row(near, self.width), red_strip.row(near, self.width));
            return from_ycc(self.layout, luma, blue, red, target);
        }
        for (strip, wide) in chroma_strips.iter().zip(&mut self.wide) {
            let near = strip.row(near, self.chroma_width);
            if self.smallest_side == 1 {
                upsample::repeat(near, wide);
            } else if self.chroma == Chroma::Wide {
                upsample::wide(near, wide);
            } else {
                upsample::wide_between(near, strip.row(far, self.chroma_width), &mut self.sums, wide);
            }
        }
        let [blue, red] = &self.wide;
        from_ycc(self.layout, luma, &blue[..self.width], &red[..self.width], target);
    }
}

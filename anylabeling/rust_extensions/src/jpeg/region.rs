//! Parts of a sequential JPEG: one pass over the file keeps where groups of units begin, after which any part is
//! decoded from there, without what comes before it. The file is read piece by piece, never as a whole.

use super::bits::{Bits, Scan};
use super::header::Header;
use super::huffman::Block;
use super::rows::Picture;
use super::scaled_size;
use crate::failure::Failure;
use crate::pixels::Layout;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Pixels across between two points of the index.
const GROUP_PX: usize = 512;
/// Of larger pictures the points lie farther apart: 16 bytes each.
const MOST_POINTS: usize = 1 << 19;
const PIECE_BYTES: usize = 4 << 20;
const FIRST_HEADER_BYTES: usize = 64 << 10;
const MOST_HEADER_BYTES: usize = 64 << 20;
/// A block of 64 values with the longest codes and values (27 bits each), every byte followed by a stuffed zero.
const MOST_BLOCK_BYTES: usize = 64 * 27 / 8 * 2;
/// Restart marks and what is left of a byte, for each unit.
const MOST_UNIT_EXTRA_BYTES: usize = 8;
/// Read behind the last bit of a group: its byte with the stuffed zero, and a marker.
const TAIL_BYTES: usize = 8;

/// Where a group of units begins: bits from the file's start, and the means that its blocks go on from.
#[derive(Clone, Copy)]
struct Point {
    bit: u64,
    means: [i16; 3],
}

/// Where the groups of each line begin.
pub struct Index {
    points: Vec<Point>,
    end_bit: u64,
    units: usize,
    lines: usize,
    /// Units in a group, and groups in a line.
    every: usize,
    groups: usize,
}

/// A part of the picture in pixels of its scaled size, as it lies in the file.
#[derive(Clone, Copy)]
pub struct Window {
    pub left: usize,
    pub top: usize,
    pub width: usize,
    pub height: usize,
}

fn io_failure(error: std::io::Error) -> Failure {
    Failure::Io(error.raw_os_error().unwrap_or(0))
}

/// Read up to `size` bytes at `offset`, fewer at the file's end.
fn read_bytes(file: &mut File, offset: u64, size: usize, piece: &mut Vec<u8>) -> Result<(), Failure> {
    piece.clear();
    file.seek(SeekFrom::Start(offset)).map_err(io_failure)?;
    file.take(size as u64).read_to_end(piece).map_err(io_failure)?;
    Ok(())
}

/// Read the header of a file, and no more of the file than that takes.
pub fn read_header(path: &Path) -> Result<Header, Failure> {
    let mut file = File::open(path).map_err(io_failure)?;
    let mut piece = Vec::new();
    let mut size = FIRST_HEADER_BYTES;
    loop {
        read_bytes(&mut file, 0, size, &mut piece)?;
        match Header::read(&piece) {
            Err(Failure::Truncated) if piece.len() == size && size < MOST_HEADER_BYTES => size *= 4,
            result => return result,
        }
    }
}

/// Follows, in the bytes of the file, where the reader is in bytes without stuffing and markers.
#[derive(Default)]
struct Walker {
    raw: usize,
    plain: usize,
}

impl Walker {
    /// Return the place in `piece` of the plain byte `target`, before any marker that stands there.
    fn advance(&mut self, piece: &[u8], target: usize) -> usize {
        while self.plain < target {
            let rest = piece.get(self.raw..).unwrap_or_default();
            let near = memchr::memchr(0xFF, rest).unwrap_or(rest.len());
            let step = near.min(target - self.plain);
            self.raw += step;
            self.plain += step;
            if self.plain == target {
                break;
            }
            let Some(behind) = rest.get(near + 1..) else {
                break;
            };
            if behind.first() == Some(&0) {
                self.raw += 2;
                self.plain += 1;
            } else {
                self.raw += 2 + behind.iter().take_while(|&&byte| byte == 0xFF).count();
            }
        }
        self.raw
    }
}

/// Restart marks by the number of units read.
struct Restarts {
    interval: usize,
    left: usize,
    next: u8,
}

impl Restarts {
    fn before(unit: usize, interval: usize) -> Self {
        let (left, next) = match unit.checked_sub(1) {
            Some(last) if interval > 0 => (interval - 1 - last % interval, (last / interval) as u8 & 7),
            _ => (interval, 0),
        };
        Restarts { interval, left, next }
    }

    #[inline(always)]
    fn step(&mut self, bits: &mut Bits, picture: &mut Picture) -> Result<(), Failure> {
        if self.interval == 0 {
            return Ok(());
        }
        if self.left == 0 {
            if bits.finish()? != 0xD0 + self.next {
                return Err(Failure::Damaged("restart mark"));
            }
            self.next = (self.next + 1) & 7;
            self.left = self.interval;
            picture.strips.iter_mut().for_each(|strip| strip.mean = 0);
        }
        self.left -= 1;
        Ok(())
    }
}

fn means_of(picture: &Picture) -> [i16; 3] {
    let mut means = [0; 3];
    for (mean, strip) in means.iter_mut().zip(&picture.strips) {
        // Only these bits count: sums wrap.
        *mean = strip.mean as i16;
    }
    means
}

fn set_means(picture: &mut Picture, means: [i16; 3]) {
    for (strip, mean) in picture.strips.iter_mut().zip(means) {
        strip.mean = i32::from(mean);
    }
}

impl Index {
    /// Bytes that the index takes.
    pub fn size_bytes(&self) -> usize {
        self.points.len() * size_of::<Point>()
    }

    /// Go through the whole scan once.
    pub fn build(path: &Path, header: &Header, cancelled: &AtomicBool) -> Result<Self, Failure> {
        let mut file = File::open(path).map_err(io_failure)?;
        // One unit wide and high: only its tables and means are used.
        let mut picture = Picture::new(header, (1, 1), 8, Layout::Bgra)?;
        let across = header.components.first().map_or(1, |luma| luma.across);
        let down = header.components.first().map_or(1, |luma| luma.down);
        let (units, lines) = (header.width.div_ceil(8 * across), header.height.div_ceil(8 * down));
        let spacing = GROUP_PX / (8 * across);
        let most_groups = (MOST_POINTS / lines).max(1);
        let every = spacing.max(units.div_ceil(most_groups));
        let groups = units.div_ceil(every);
        let blocks: usize = header.components.iter().map(|component| component.across * component.down).sum();
        let most_group_bytes = every * (blocks * MOST_BLOCK_BYTES + MOST_UNIT_EXTRA_BYTES) + TAIL_BYTES;

        // Two bits are the least that a block takes: a short file is no reason for much memory.
        let file_bytes = file.metadata().map_err(io_failure)?.len();
        if file_bytes.saturating_mul(8) < (units * lines * blocks * 2) as u64 {
            return Err(Failure::Truncated);
        }
        let mut index = Index { points: Vec::with_capacity(lines * groups), end_bit: 0, units, lines, every, groups };
        let mut at = Point { bit: header.scan_start as u64 * 8, means: [0; 3] };
        let (mut piece, mut scan) = (Vec::new(), Scan::default());
        while index.points.len() < lines * groups {
            if cancelled.load(Ordering::Relaxed) {
                return Err(Failure::Cancelled);
            }
            read_bytes(&mut file, at.bit / 8, PIECE_BYTES.max(most_group_bytes), &mut piece)?;
            scan.load_piece(&piece);
            at = add_piece_of(&mut index, &piece, &scan, at, header, &mut picture)?;
        }
        index.end_bit = at.bit;
        Ok(index)
    }

    /// Add the groups that lie in a piece; returns where the next one begins.
    #[inline(always)]
    fn add_piece(
        &mut self,
        piece: &[u8],
        scan: &Scan,
        mut at: Point,
        header: &Header,
        picture: &mut Picture,
    ) -> Result<Point, Failure> {
        let base = at.bit / 8;
        let mut bits = Bits::behind(scan, (at.bit & 7) as u32);
        let mut walker = Walker::default();
        let (first, all) = (self.points.len(), self.lines * self.groups);
        let mut restarts = Restarts::before(self.first_unit(first), header.restart_interval);
        set_means(picture, at.means);
        while self.points.len() < all {
            let place = self.points.len();
            let count = self.first_unit(place + 1) - self.first_unit(place);
            match skip_units(count, &mut bits, &mut restarts, picture) {
                Ok(()) => self.points.push(at),
                // Cut by the end of the piece, unless it is the first group, which is in it as a whole.
                Err(_) if place > first => break,
                Err(failure) => return Err(failure),
            }
            let consumed = bits.consumed();
            let raw = walker.advance(piece, (consumed / 8) as usize);
            at = Point { bit: (base + raw as u64) * 8 + (consumed & 7), means: means_of(picture) };
        }
        Ok(at)
    }

    /// The number, from the picture's start, of the first unit of a group.
    fn first_unit(&self, place: usize) -> usize {
        place / self.groups * self.units + place % self.groups * self.every
    }

    /// The bit behind the group before `place`.
    fn bit_before(&self, place: usize) -> u64 {
        self.points.get(place).map_or(self.end_bit, |point| point.bit)
    }

    /// Decode a part into `out`, rows without gaps. `scale` is 1, 2, 4 or 8.
    pub fn read(
        &self,
        path: &Path,
        header: &Header,
        window: Window,
        scale: usize,
        layout: Layout,
        out: &mut [u8],
    ) -> Result<(), Failure> {
        let outside = Failure::Unsupported("a part outside of the picture");
        if !matches!(scale, 1 | 2 | 4 | 8) {
            return Err(Failure::Unsupported("this scale"));
        }
        let (width, height) = scaled_size(header.width, header.height, scale);
        let right = window.left.checked_add(window.width).filter(|&right| right <= width).ok_or(outside)?;
        let bottom = window.top.checked_add(window.height).filter(|&bottom| bottom <= height).ok_or(outside)?;
        if window.width == 0 || window.height == 0 {
            return Err(outside);
        }
        let luma = header.components.first().ok_or(Failure::Damaged("no components"))?;
        let (unit_width, unit_height) = (8 * luma.across, 8 * luma.down);
        // One unit more on each side: chroma between two units is mixed from both.
        let units = (window.left * scale / unit_width).saturating_sub(1)
            ..((right * scale).div_ceil(unit_width) + 1).min(self.units);
        let lines = (window.top * scale / unit_height).saturating_sub(1)
            ..((bottom * scale).div_ceil(unit_height) + 1).min(self.lines);
        let part_width = (units.len() * unit_width).min(header.width - units.start * unit_width);
        let part_height = (lines.len() * unit_height).min(header.height - lines.start * unit_height);
        let mut picture = Picture::new(header, (part_width, part_height), scale, layout)?;
        let (part_width, part_height) = scaled_size(part_width, part_height, scale);
        let mut part = vec![0; part_width * part_height * layout.channels()];
        let mut file = File::open(path).map_err(io_failure)?;
        let (mut piece, mut scan) = (Vec::new(), Scan::default());
        for line in lines.clone() {
            let place = line * self.groups + units.start / self.every;
            let behind = line * self.groups + (units.end - 1) / self.every + 1;
            let start = self.bit_before(place);
            let size = (self.bit_before(behind) / 8).saturating_sub(start / 8) as usize + TAIL_BYTES;
            read_bytes(&mut file, start / 8, size, &mut piece)?;
            scan.load_piece(&piece);
            read_line_of(self, &scan, place, &units, header, &mut picture)?;
            emit_of(&mut picture, line - lines.start, &mut part);
        }

        let channels = layout.channels();
        let left = (window.left - units.start * unit_width / scale) * channels;
        let top = window.top - lines.start * unit_height / scale;
        let row_bytes = window.width * channels;
        let out = out.get_mut(..row_bytes * window.height).ok_or(Failure::TooLarge)?;
        let rows = part.chunks_exact(part_width * channels).skip(top);
        for (target, row) in out.chunks_exact_mut(row_bytes).zip(rows) {
            target.copy_from_slice(row.get(left..left + row_bytes).ok_or(Failure::Internal)?);
        }
        Ok(())
    }

    /// Decode the wanted units of one line into the strips of `picture`, from the start of the group `place`.
    #[inline(always)]
    fn read_line(
        &self,
        scan: &Scan,
        place: usize,
        units: &Range<usize>,
        header: &Header,
        picture: &mut Picture,
    ) -> Result<(), Failure> {
        let point = self.points.get(place).ok_or(Failure::Internal)?;
        let mut bits = Bits::behind(scan, (point.bit & 7) as u32);
        let mut restarts = Restarts::before(self.first_unit(place), header.restart_interval);
        let mut block: Block = [0; 128];
        set_means(picture, point.means);
        skip_units(units.start - place % self.groups * self.every, &mut bits, &mut restarts, picture)?;
        for unit in 0..units.len() {
            restarts.step(&mut bits, picture)?;
            for strip in &mut picture.strips {
                strip.read_unit(&mut bits, unit, &mut block)?;
            }
        }
        bits.check()
    }
}

#[inline(always)]
fn skip_units(count: usize, bits: &mut Bits, restarts: &mut Restarts, picture: &mut Picture) -> Result<(), Failure> {
    for _ in 0..count {
        restarts.step(bits, picture)?;
        for strip in &mut picture.strips {
            strip.skip_unit(bits)?;
        }
    }
    bits.check()
}

dispatched! {
    fn add_piece_of(
        index: &mut Index, piece: &[u8], scan: &Scan, at: Point, header: &Header, picture: &mut Picture,
    ) -> Result<Point, Failure> {
        index.add_piece(piece, scan, at, header, picture)
    }
}

dispatched! {
    fn read_line_of(
        index: &Index, scan: &Scan, place: usize, units: &Range<usize>, header: &Header, picture: &mut Picture,
    ) -> Result<(), Failure> {
        index.read_line(scan, place, units, header, picture)
    }
}

dispatched! {
    fn emit_of(picture: &mut Picture, line: usize, out: &mut [u8]) -> () {
        picture.emit(line, out)
    }
}

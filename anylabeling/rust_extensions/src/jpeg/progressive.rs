//! Progressive JPEG at an eighth of its size, from the means of its blocks alone.
//!
//! Format: ITU-T T.81, annex G. The means have scans of their own, which come first; everything else is passed over. So
//! a picture whose coefficients would take gigabytes is there in a few bytes for each block.

use super::header::{u16_at, Component};
use crate::failure::Failure;
use crate::pixels::{from_grey, from_ycc, Layout};

const LOOK_SIZE: usize = 1 << 16;

/// The codes of a table: for each 16 bits, the length of the code that they begin with, and its symbol.
type Codes = Vec<(u8, u8)>;

/// The means of the blocks of one component.
#[derive(Default)]
struct Plane {
    component: Component,
    /// Blocks from one row to the next, those included that only fill up the last step of all components.
    stride: usize,
    /// Blocks that a scan of this component alone has.
    across: usize,
    down: usize,
    means: Vec<i16>,
}

#[derive(Default)]
struct Picture {
    width: usize,
    height: usize,
    most_across: usize,
    most_down: usize,
    planes: Vec<Plane>,
    factors: [i32; 4],
    codes: [Codes; 4],
    restart_interval: usize,
    jfif: bool,
    adobe_transform: Option<u8>,
}

/// Decode into `out`, rows without gaps; returns the size in pixels, an eighth of the picture's, rounded up.
pub fn decode_eighth(data: &[u8], layout: Layout, out: &mut [u8]) -> Result<(usize, usize), Failure> {
    if !data.starts_with(&[0xFF, 0xD8]) {
        return Err(Failure::Unsupported("not JPEG"));
    }
    let mut picture = Picture::default();
    let mut position = 2;
    loop {
        let (marker, start) = next_marker(data, position)?;
        if marker == 0xD9 {
            break;
        }
        let length = u16_at(data, start)?;
        let body = data.get(start + 2..start + length.max(2)).ok_or(Failure::Truncated)?;
        position = start + length;
        match marker {
            0xC2 => picture.read_frame(body)?,
            0xC4 => picture.read_tables(body)?,
            0xDB => picture.read_factors(body)?,
            0xDD => picture.restart_interval = u16_at(body, 0)?,
            0xDA => picture.read_scan(body, data.get(position..).ok_or(Failure::Truncated)?)?,
            0xE0 if body.starts_with(b"JFIF\0") => picture.jfif = true,
            0xEE if body.starts_with(b"Adobe") => picture.adobe_transform = body.get(11).copied(),
            0xC0..=0xCF => return Err(Failure::Unsupported("this coding process")),
            _ => {}
        }
    }
    picture.paint(layout, out)
}

/// The next marker that is no restart mark, and the position behind it; coded data in between is passed over.
fn next_marker(data: &[u8], mut position: usize) -> Result<(u8, usize), Failure> {
    loop {
        let rest = data.get(position..).ok_or(Failure::Truncated)?;
        position += memchr::memchr(0xFF, rest).ok_or(Failure::Truncated)? + 1;
        match data.get(position) {
            None => return Err(Failure::Truncated),
            Some(0xFF) => {}
            Some(0 | 0x01 | 0xD0..=0xD8) => position += 1,
            Some(&marker) => return Ok((marker, position + 1)),
        }
    }
}

impl Picture {
    fn read_frame(&mut self, body: &[u8]) -> Result<(), Failure> {
        if !self.planes.is_empty() {
            return Err(Failure::Damaged("two frames"));
        }
        let head = body.first_chunk::<6>().ok_or(Failure::Truncated)?;
        (self.height, self.width) = (u16_at(body, 1)?, u16_at(body, 3)?);
        let count = usize::from(head[5]);
        if head[0] != 8 || !matches!(count, 1 | 3) {
            return Err(Failure::Unsupported("this depth or number of components"));
        }
        if self.width == 0 || self.height == 0 || body.len() != 6 + 3 * count {
            return Err(Failure::Damaged("frame header"));
        }
        let components: Vec<Component> = body[6..].chunks_exact(3).map(Component::of_frame).collect();
        if components.iter().any(|each| !matches!(each.across, 1..=4) || !matches!(each.down, 1..=4)) {
            return Err(Failure::Damaged("sampling"));
        }
        self.most_across = components.iter().map(|each| each.across).max().unwrap_or(1);
        self.most_down = components.iter().map(|each| each.down).max().unwrap_or(1);
        let (columns, rows) = self.steps();
        for component in components {
            let blocks = |side: usize, part: usize, most: usize| (side * part).div_ceil(most).div_ceil(8);
            self.planes.push(Plane {
                component,
                stride: columns * component.across,
                across: blocks(self.width, component.across, self.most_across),
                down: blocks(self.height, component.down, self.most_down),
                means: vec![0; columns * component.across * rows * component.down],
            });
        }
        Ok(())
    }

    /// Steps of a scan of all components, across and down.
    fn steps(&self) -> (usize, usize) {
        (self.width.div_ceil(8 * self.most_across), self.height.div_ceil(8 * self.most_down))
    }

    fn read_tables(&mut self, mut body: &[u8]) -> Result<(), Failure> {
        while let Some((head, rest)) = body.split_first() {
            let counts = rest.first_chunk::<16>().ok_or(Failure::Damaged("Huffman table"))?;
            let total: usize = counts.iter().map(|&count| usize::from(count)).sum();
            let symbols = rest.get(16..16 + total).ok_or(Failure::Damaged("Huffman table"))?;
            if head >> 4 == 0 {
                let slot = self.codes.get_mut(usize::from(head & 15)).ok_or(Failure::Damaged("Huffman table"))?;
                *slot = codes_of(counts, symbols)?;
            }
            body = &rest[16 + total..];
        }
        Ok(())
    }

    fn read_factors(&mut self, mut body: &[u8]) -> Result<(), Failure> {
        while let Some((head, rest)) = body.split_first() {
            let size = if head >> 4 == 0 { 64 } else { 128 };
            let raw = rest.get(..size).ok_or(Failure::Damaged("quantisation table"))?;
            let slot = self.factors.get_mut(usize::from(head & 15)).ok_or(Failure::Damaged("quantisation table"))?;
            *slot = if size == 64 { i32::from(raw[0]) } else { i32::from(raw[0]) << 8 | i32::from(raw[1]) };
            body = &rest[size..];
        }
        Ok(())
    }

    /// Read a scan of means; what another scan holds is left alone.
    fn read_scan(&mut self, body: &[u8], data: &[u8]) -> Result<(), Failure> {
        let count = usize::from(*body.first().ok_or(Failure::Truncated)?);
        let [from, to, approximation] = *body.get(1 + 2 * count..).unwrap_or_default() else {
            return Err(Failure::Damaged("scan header"));
        };
        if (from, to) != (0, 0) {
            return if from == 0 { Err(Failure::Damaged("scan header")) } else { Ok(()) };
        }
        let mut places = Vec::new();
        for entry in body[1..1 + 2 * count].chunks_exact(2) {
            let place = self.planes.iter().position(|plane| plane.component.id == entry[0]);
            let place = place.ok_or(Failure::Damaged("scan header"))?;
            self.planes[place].component.dc = usize::from(entry[1] >> 4);
            places.push(place);
        }
        let (is_first, low) = (approximation >> 4 == 0, approximation & 15);
        if low > 13 || places.is_empty() {
            return Err(Failure::Damaged("scan header"));
        }
        let (columns, rows) = match places.as_slice() {
            [one] => (self.planes[*one].across, self.planes[*one].down),
            _ => self.steps(),
        };
        let is_alone = places.len() == 1;
        let mut bits = Bits { data, position: 0, word: 0, count: 0, missing: 0 };
        let (mut before, mut left) = ([0i32; 4], self.restart_interval);
        for step in 0..columns * rows {
            if self.restart_interval > 0 {
                if left == 0 {
                    bits.restart()?;
                    (before, left) = ([0; 4], self.restart_interval);
                }
                left -= 1;
            }
            let (row, column) = (step / columns, step % columns);
            for &place in &places {
                let plane = self.planes.get_mut(place).ok_or(Failure::Internal)?;
                let size = if is_alone { (1, 1) } else { (plane.component.across, plane.component.down) };
                for block in 0..size.0 * size.1 {
                    let (y, x) = (row * size.1 + block / size.0, column * size.0 + block % size.0);
                    let mean = plane.means.get_mut(y * plane.stride + x).ok_or(Failure::Internal)?;
                    if is_first {
                        let codes = self.codes.get(plane.component.dc).ok_or(Failure::Damaged("scan header"))?;
                        let before = before.get_mut(place).ok_or(Failure::Internal)?;
                        *before = before.wrapping_add(bits.difference(codes)?);
                        *mean = (*before << low) as i16;
                    } else {
                        *mean |= (bits.take(1)? as i16) << low;
                    }
                }
            }
        }
        Ok(())
    }

    fn paint(&self, layout: Layout, out: &mut [u8]) -> Result<(usize, usize), Failure> {
        let (width, height) = (self.width.div_ceil(8), self.height.div_ceil(8));
        let out = out.get_mut(..width * height * layout.channels()).ok_or(Failure::TooLarge)?;
        let ids: Vec<u8> = self.planes.iter().map(|plane| plane.component.id).collect();
        let is_ycc = self.jfif || self.adobe_transform.map_or(ids != *b"RGB", |transform| transform == 1);
        if self.planes.is_empty() || (self.planes.len() == 3 && !is_ycc) {
            return Err(Failure::Unsupported("this colour space"));
        }
        let mut rows = vec![vec![0u8; width]; self.planes.len()];
        for (y, line) in out.chunks_exact_mut(width * layout.channels()).enumerate() {
            for (plane, row) in self.planes.iter().zip(&mut rows) {
                let factor = *self.factors.get(plane.component.factors).ok_or(Failure::Damaged("frame header"))?;
                let start = y * plane.component.down / self.most_down * plane.stride;
                let means = plane.means.get(start..start + plane.stride).ok_or(Failure::Internal)?;
                for (x, value) in row.iter_mut().enumerate() {
                    let mean = means.get(x * plane.component.across / self.most_across).copied().unwrap_or(0);
                    *value = (((i32::from(mean) * factor + 4) >> 3) + 128).clamp(0, 255) as u8;
                }
            }
            match rows.as_slice() {
                [luma, blue, red] => from_ycc(layout, luma, blue, red, line),
                [grey] => from_grey(layout, grey, line),
                _ => return Err(Failure::Internal),
            }
        }
        Ok((width, height))
    }
}

fn codes_of(counts: &[u8; 16], symbols: &[u8]) -> Result<Codes, Failure> {
    let mut codes = vec![(0, 0); LOOK_SIZE];
    let (mut place, mut symbols) = (0usize, symbols.iter());
    for (length, &count) in (1u8..).zip(counts) {
        for &symbol in symbols.by_ref().take(usize::from(count)) {
            let size = LOOK_SIZE >> length;
            let target = codes.get_mut(place..place + size).ok_or(Failure::Damaged("Huffman table"))?;
            if symbol > 15 {
                return Err(Failure::Damaged("Huffman table"));
            }
            target.fill((length, symbol));
            place += size;
        }
    }
    Ok(codes)
}

/// The bits of a scan, most significant first; behind its end come zeros, for a while.
struct Bits<'a> {
    data: &'a [u8],
    position: usize,
    word: u64,
    count: u32,
    missing: u32,
}

impl Bits<'_> {
    #[inline(always)]
    fn fill(&mut self) -> Result<(), Failure> {
        while self.count <= 48 {
            let byte = match (self.data.get(self.position), self.data.get(self.position + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.position += 2;
                    0xFF
                }
                (Some(0xFF), _) | (None, _) => {
                    self.missing += 1;
                    if self.missing > 64 {
                        return Err(Failure::Truncated);
                    }
                    0
                }
                (Some(&byte), _) => {
                    self.position += 1;
                    byte
                }
            };
            self.word = self.word << 8 | u64::from(byte);
            self.count += 8;
        }
        Ok(())
    }

    /// The next bits, at most 16.
    #[inline(always)]
    fn take(&mut self, size: u32) -> Result<u32, Failure> {
        self.fill()?;
        self.count -= size;
        Ok((self.word >> self.count) as u32 & ((1 << size) - 1))
    }

    #[inline(always)]
    fn difference(&mut self, codes: &Codes) -> Result<i32, Failure> {
        self.fill()?;
        let next = (self.word >> (self.count - 16)) as usize & (LOOK_SIZE - 1);
        let &(length, size) = codes.get(next).ok_or(Failure::Damaged("scan header"))?;
        if length == 0 {
            return Err(Failure::Damaged("code"));
        }
        self.count -= u32::from(length);
        if size == 0 {
            return Ok(0);
        }
        let size = u32::from(size);
        let value = self.take(size)? as i32;
        Ok(if value >> (size - 1) == 0 { value - (1 << size) + 1 } else { value })
    }

    /// Go behind the next restart mark.
    fn restart(&mut self) -> Result<(), Failure> {
        (self.word, self.count, self.missing) = (0, 0, 0);
        loop {
            let rest = self.data.get(self.position..).ok_or(Failure::Truncated)?;
            self.position += memchr::memchr(0xFF, rest).ok_or(Failure::Truncated)? + 1;
            match self.data.get(self.position) {
                Some(0xD0..=0xD7) => {
                    self.position += 1;
                    return Ok(());
                }
                Some(0) => self.position += 1,
                Some(0xFF) => {}
                _ => return Err(Failure::Damaged("restart mark")),
            }
        }
    }
}

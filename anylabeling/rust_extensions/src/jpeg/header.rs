//! The segments before the scan.

use super::huffman::{Factors, Table};
use crate::failure::Failure;

/// One colour component of the frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct Component {
    pub id: u8,
    pub across: usize,
    pub down: usize,
    pub factors: usize,
    pub dc: usize,
    pub ac: usize,
}

impl Component {
    /// Read the three bytes of a frame header: id, sampling, table of factors.
    pub(super) fn of_frame(entry: &[u8]) -> Self {
        let [id, sampling, factors] = *entry else {
            return Component::default();
        };
        Component {
            id,
            across: usize::from(sampling >> 4),
            down: usize::from(sampling & 15),
            factors: usize::from(factors),
            ..Component::default()
        }
    }
}

/// What is needed to decode the one scan of a sequential picture.
#[derive(Default)]
pub struct Header {
    /// Stored width in pixels.
    pub width: usize,
    /// Stored height in pixels.
    pub height: usize,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
    pub(super) components: Vec<Component>,
    pub(super) factors: [Option<Box<Factors>>; 4],
    pub(super) dc: [Option<Table>; 4],
    pub(super) ac: [Option<Table>; 4],
    /// Blocks of the scan between restart marks; 0 for none.
    pub(super) restart_interval: usize,
    pub(super) scan_start: usize,
}

pub(super) fn u16_at(data: &[u8], position: usize) -> Result<usize, Failure> {
    let pair = data.get(position..position + 2).ok_or(Failure::Truncated)?;
    Ok(usize::from(pair[0]) << 8 | usize::from(pair[1]))
}

impl Header {
    /// Read all segments up to the data of the first scan, which must hold all components.
    pub fn read(data: &[u8]) -> Result<Self, Failure> {
        if !data.starts_with(&[0xFF, 0xD8]) {
            return Err(Failure::Unsupported("not JPEG"));
        }
        let mut header = Header { orientation: 0, ..Header::default() };
        let mut position = 2usize;
        let (mut jfif, mut adobe_transform) = (false, None);
        loop {
            if data.get(position) != Some(&0xFF) {
                return Err(if position >= data.len() { Failure::Truncated } else { Failure::Damaged("no marker") });
            }
            let marker = *data.get(position + 1).ok_or(Failure::Truncated)?;
            if marker == 0xFF {
                position += 1;
                continue;
            }
            position += 2;
            let length = u16_at(data, position)?;
            let body = data.get(position + 2..position + length.max(2)).ok_or(Failure::Truncated)?;
            match marker {
                0xC0 | 0xC1 => header.read_frame(body)?,
                0xC4 => header.read_tables(body)?,
                0xDB => header.read_factors(body)?,
                0xDD => header.restart_interval = u16_at(body, 0)?,
                0xDA => {
                    header.read_scan(body)?;
                    header.scan_start = position + length;
                    break;
                }
                0xE0 if body.len() >= 12 && body.starts_with(b"JFIF\0") => {
                    if body.get(5) != Some(&1) {
                        return Err(Failure::Unsupported("this JFIF version"));
                    }
                    jfif = true;
                }
                0xE1 => {
                    if header.orientation == 0 && body.starts_with(b"Exif\0\0") {
                        header.orientation = crate::exif::orientation(&data[position + 8..]);
                    }
                }
                0xEE if body.len() >= 10 && body.starts_with(b"Adobe") => adobe_transform = body.get(11).copied(),
                0xE0 | 0xE2..=0xEF | 0xFE => {}
                0xC2..=0xCF => return Err(Failure::Unsupported("this coding process")),
                _ => return Err(Failure::Unsupported("this marker")),
            }
            position += length;
        }
        header.orientation = header.orientation.max(1);
        header.check(jfif, adobe_transform)?;
        Ok(header)
    }

    fn read_frame(&mut self, body: &[u8]) -> Result<(), Failure> {
        if !self.components.is_empty() {
            return Err(Failure::Damaged("two frames"));
        }
        let head = body.first_chunk::<6>().ok_or(Failure::Truncated)?;
        if head[0] != 8 {
            return Err(Failure::Unsupported("this bit depth"));
        }
        (self.height, self.width) = (u16_at(body, 1)?, u16_at(body, 3)?);
        let count = usize::from(head[5]);
        if self.width == 0 || self.height == 0 || body.len() != 6 + 3 * count {
            return Err(Failure::Damaged("frame header"));
        }
        for entry in body[6..].chunks_exact(3) {
            self.components.push(Component::of_frame(entry));
        }
        Ok(())
    }

    fn read_tables(&mut self, mut body: &[u8]) -> Result<(), Failure> {
        while let Some((head, rest)) = body.split_first() {
            let counts = rest.first_chunk::<16>().ok_or(Failure::Damaged("Huffman table"))?;
            let total: usize = counts.iter().map(|&count| usize::from(count)).sum();
            let symbols = rest.get(16..16 + total).ok_or(Failure::Damaged("Huffman table"))?;
            let is_dc = head >> 4 == 0;
            let tables = match head >> 4 {
                0 => &mut self.dc,
                1 => &mut self.ac,
                _ => return Err(Failure::Damaged("Huffman table")),
            };
            let slot = tables.get_mut(usize::from(head & 15)).ok_or(Failure::Damaged("Huffman table"))?;
            *slot = Some(Table::new(counts, symbols, is_dc)?);
            body = &rest[16 + total..];
        }
        Ok(())
    }

    fn read_factors(&mut self, mut body: &[u8]) -> Result<(), Failure> {
        while let Some((head, rest)) = body.split_first() {
            if head >> 4 != 0 {
                return Err(Failure::Unsupported("16-bit quantisation"));
            }
            let raw = rest.first_chunk::<64>().ok_or(Failure::Damaged("quantisation table"))?;
            let slot = self.factors.get_mut(usize::from(head & 15)).ok_or(Failure::Damaged("quantisation table"))?;
            let mut factors: Factors = [0; 256];
            for (factor, &value) in factors.iter_mut().zip(raw) {
                *factor = i16::from(value);
            }
            *slot = Some(Box::new(factors));
            body = &rest[64..];
        }
        Ok(())
    }

    fn read_scan(&mut self, body: &[u8]) -> Result<(), Failure> {
        let count = usize::from(*body.first().ok_or(Failure::Truncated)?);
        if self.components.is_empty() || body.len() != 4 + 2 * count {
            return Err(Failure::Damaged("scan header"));
        }
        if count != self.components.len() {
            return Err(Failure::Unsupported("several scans"));
        }
        for (component, entry) in self.components.iter_mut().zip(body[1..].chunks_exact(2)) {
            if component.id != entry[0] {
                return Err(Failure::Unsupported("order of components"));
            }
            (component.dc, component.ac) = (usize::from(entry[1] >> 4), usize::from(entry[1] & 15));
        }
        if body.get(1 + 2 * count..) != Some(&[0, 63, 0]) {
            return Err(Failure::Unsupported("spectral selection"));
        }
        Ok(())
    }

    fn check(&mut self, jfif: bool, adobe_transform: Option<u8>) -> Result<(), Failure> {
        let ids: Vec<u8> = self.components.iter().map(|component| component.id).collect();
        match self.components.as_mut_slice() {
            // A single component is stored block by block, whatever its sampling says.
            [grey] => (grey.across, grey.down) = (1, 1),
            [luma, blue, red] => {
                let is_ycc = jfif || adobe_transform == Some(1) || (adobe_transform.is_none() && ids != *b"RGB");
                if !is_ycc || adobe_transform.is_some_and(|transform| transform > 1) {
                    return Err(Failure::Unsupported("this colour space"));
                }
                let luma_is_usual = matches!((luma.across, luma.down), (1, 1) | (2, 1) | (2, 2));
                let chroma_is_usual = [blue, red].iter().all(|chroma| (chroma.across, chroma.down) == (1, 1));
                if !luma_is_usual || !chroma_is_usual {
                    return Err(Failure::Unsupported("this sampling"));
                }
            }
            _ => return Err(Failure::Unsupported("number of components")),
        }
        for component in &self.components {
            let has_tables = self.factors.get(component.factors).is_some_and(Option::is_some)
                && self.dc.get(component.dc).is_some_and(Option::is_some)
                && self.ac.get(component.ac).is_some_and(Option::is_some);
            if !has_tables {
                return Err(Failure::Unsupported("missing tables"));
            }
        }
        Ok(())
    }
}

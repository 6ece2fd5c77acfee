//! The bits of a scan, most significant first.

use crate::failure::Failure;

/// Zeros behind the data, so that whole words can be read up to its end.
const PADDING: usize = 16;

/// A scan without the zero bytes that the format puts behind each 0xFF, cut at its restart marks.
#[derive(Default)]
pub struct Scan {
    bytes: Vec<u8>,
    /// Where each part ends in `bytes`, and the marker behind it.
    parts: Vec<(usize, u8)>,
}

impl Scan {
    /// Take the data from `start` to the first marker that is no restart mark; reuses the memory of the scan before.
    pub fn load(&mut self, data: &[u8], start: usize) -> Result<(), Failure> {
        self.bytes.clear();
        self.parts.clear();
        let mut rest = data.get(start..).ok_or(Failure::Truncated)?;
        self.bytes.reserve(rest.len() + PADDING);
        loop {
            let found = memchr::memchr(0xFF, rest).ok_or(Failure::Truncated)?;
            let (plain, behind) = rest.split_at(found + 1);
            let next = *behind.first().ok_or(Failure::Truncated)?;
            if next == 0 {
                self.bytes.extend_from_slice(plain);
                rest = &behind[1..];
                continue;
            }
            self.bytes.extend_from_slice(&plain[..found]);
            // Any number of 0xFF may stand before a marker.
            let fill = behind.iter().take_while(|&&byte| byte == 0xFF).count();
            let marker = *behind.get(fill).ok_or(Failure::Truncated)?;
            if marker == 0 {
                return Err(Failure::Damaged("fill bytes"));
            }
            self.parts.push((self.bytes.len(), marker));
            if !(0xD0..=0xD7).contains(&marker) {
                break;
            }
            rest = &behind[fill + 1..];
        }
        self.bytes.extend_from_slice(&[0; PADDING]);
        Ok(())
    }

    /// Take a piece that may begin and end anywhere within a scan, a part that is cut off at its end included.
    pub fn load_piece(&mut self, piece: &[u8]) {
        self.bytes.clear();
        self.parts.clear();
        let mut rest = piece;
        loop {
            let Some(found) = memchr::memchr(0xFF, rest) else {
                self.bytes.extend_from_slice(rest);
                break;
            };
            let (plain, behind) = rest.split_at(found + 1);
            if behind.first() == Some(&0) {
                self.bytes.extend_from_slice(plain);
                rest = &behind[1..];
                continue;
            }
            self.bytes.extend_from_slice(&plain[..found]);
            let fill = behind.iter().take_while(|&&byte| byte == 0xFF).count();
            let marker = behind.get(fill).copied().unwrap_or(0);
            if !(0xD0..=0xD7).contains(&marker) {
                break;
            }
            self.parts.push((self.bytes.len(), marker));
            rest = &behind[fill + 1..];
        }
        self.parts.push((self.bytes.len(), 0));
        self.bytes.extend_from_slice(&[0; PADDING]);
    }

    /// Give memory back that only a very large picture needs.
    pub fn trim(&mut self, keep_bytes: usize) {
        if self.bytes.capacity() > keep_bytes {
            self.bytes = Vec::new();
        }
    }
}

/// Reads the parts of a scan one after the other.
pub struct Bits<'a> {
    bytes: &'a [u8],
    parts: std::slice::Iter<'a, (usize, u8)>,
    end: usize,
    marker: u8,
    position: usize,
    /// The next bits, from the top; below `count` are those that follow, or zeros.
    window: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub fn new(scan: &'a Scan) -> Self {
        let mut parts = scan.parts.iter();
        let (end, marker) = parts.next().copied().unwrap_or_default();
        Bits { bytes: &scan.bytes, parts, end, marker, position: 0, window: 0, count: 0 }
    }

    /// Begin behind the first `skipped` bits, fewer than 8.
    pub fn behind(scan: &'a Scan, skipped: u32) -> Self {
        let mut bits = Bits::new(scan);
        bits.refill();
        bits.consume(skipped);
        bits
    }

    /// Bits of the scan's bytes that were read.
    pub fn consumed(&self) -> u64 {
        (self.position as u64 * 8).saturating_sub(u64::from(self.count))
    }

    /// Make at least 56 bits available.
    #[inline(always)]
    pub fn refill(&mut self) {
        let chunk = self.bytes.get(self.position..).and_then(|rest| rest.first_chunk::<8>());
        let next = chunk.map_or(0, |chunk| u64::from_be_bytes(*chunk));
        self.window |= next >> self.count;
        self.position += ((63 - self.count) >> 3) as usize;
        self.count |= 56;
    }

    /// The next bits from the top.
    #[inline(always)]
    pub fn window(&self) -> u64 {
        self.window
    }

    /// Drop bits that were made available before.
    #[inline(always)]
    pub fn consume(&mut self, count: u32) {
        self.window <<= count & 63;
        self.count = self.count.wrapping_sub(count) & 63;
    }

    fn left(&self) -> i64 {
        self.end as i64 * 8 - (self.position as i64 * 8 - i64::from(self.count))
    }

    /// Fail when more was consumed than this part holds.
    #[inline(always)]
    pub fn check(&self) -> Result<(), Failure> {
        if self.left() < 0 {
            return Err(Failure::Truncated);
        }
        Ok(())
    }

    /// Go on to the next part and return the marker before it; more than fill bits before that is an irregularity.
    pub fn finish(&mut self) -> Result<u8, Failure> {
        self.check()?;
        if self.left() >= 8 {
            return Err(Failure::Damaged("bytes between scan and marker"));
        }
        let marker = self.marker;
        (self.position, self.window, self.count) = (self.end, 0, 0);
        (self.end, self.marker) = self.parts.next().copied().unwrap_or((self.end, 0));
        Ok(marker)
    }
}

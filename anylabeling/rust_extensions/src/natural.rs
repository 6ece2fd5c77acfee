//! Natural order of file names, by byte keys.
//!
//! The order is that of `anylabeling.accel.natural_sorted`. All text here is UTF-8, in which surrogates (bytes of file
//! names that are no text) are written as three bytes, so that bytes compare as code points do.

use std::cmp::Ordering;

/// Append the key of a name whose letters are folded already.
fn push_key(folded: &[u8], key: &mut Vec<u8>) {
    let mut rest = folded;
    while let Some((&byte, behind)) = rest.split_first() {
        match byte {
            b'/' | b'\\' => key.push(0),
            b'.' => key.push(1),
            b'0'..=b'9' => {
                let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let (number, behind) = rest.split_at(count);
                push_number(number, key);
                rest = behind;
                continue;
            }
            _ => key.push(byte),
        }
        rest = behind;
    }
}

fn push_number(digits: &[u8], key: &mut Vec<u8>) {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    // The number zero keeps one of its digits.
    let digits = &digits[zeros.min(digits.len() - 1)..];
    // The count of digits first: of two numbers the longer is the greater. As a character below the surrogates.
    let mark = char::from_u32((digits.len() + 0x20).min(0xD7FF) as u32).unwrap_or(' ');
    key.push(b'0');
    key.extend_from_slice(mark.encode_utf8(&mut [0; 4]).as_bytes());
    key.extend_from_slice(digits);
}

/// The keys of many names, one after the other.
#[derive(Default)]
pub struct Keys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Keys {
    pub fn push_ascii(&mut self, name: &[u8]) {
        let start = self.bytes.len();
        push_key(name, &mut self.bytes);
        self.bytes[start..].make_ascii_lowercase();
        self.ends.push(self.bytes.len());
    }

    pub fn push_folded(&mut self, folded: &[u8]) {
        push_key(folded, &mut self.bytes);
        self.ends.push(self.bytes.len());
    }

    fn get(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.bytes[start..self.ends[index]]
    }

    /// Indices in order of the keys; equal ones as `compare` says.
    pub fn order(&self, compare: impl Fn(usize, usize) -> Ordering) -> Vec<u32> {
        let count = self.ends.len();
        let shared = self.shared_prefix();
        let mut items: Vec<(u64, u32)> =
            (0..count).map(|index| (head(&self.get(index)[shared..]), index as u32)).collect();
        items.sort_unstable_by(|one, other| {
            one.0.cmp(&other.0).then_with(|| {
                let (one, other) = (one.1 as usize, other.1 as usize);
                self.get(one)[shared..].cmp(&self.get(other)[shared..]).then_with(|| compare(one, other))
            })
        });
        items.into_iter().map(|(_, index)| index).collect()
    }

    fn shared_prefix(&self) -> usize {
        let Some(_) = self.ends.first() else {
            return 0;
        };
        let first = self.get(0);
        let mut shared = first.len();
        for index in 1..self.ends.len() {
            let key = self.get(index);
            let same = first[..shared].iter().zip(key).take_while(|(one, other)| one == other).count();
            shared = same;
        }
        shared
    }
}

/// The first eight bytes as a number that compares as they do; zeros stand for what is missing.
fn head(key: &[u8]) -> u64 {
    let mut raw = [0u8; 8];
    let count = key.len().min(8);
    raw[..count].copy_from_slice(&key[..count]);
    u64::from_be_bytes(raw)
}

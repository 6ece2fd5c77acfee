//! Huffman tables, and the blocks that are read with them.

use super::bits::Bits;
use crate::failure::Failure;

const LOOK_BITS: u32 = 12;
const LOOK_SIZE: usize = 1 << LOOK_BITS;
const PAIR_BITS: u32 = 11;
const PAIR_SIZE: usize = 1 << PAIR_BITS;

/// A run that leads behind the block: the mark for its end.
const RUN_END: u32 = 64;

/// Where coefficients that lie behind the block are written to.
const NOWHERE: usize = 64;

/// Room for a block and for what is written nowhere.
pub type Block = [i16; 128];

/// Where the coefficients of the file's order lie in a block.
const ZIGZAG: [u8; 256] = {
    let order = *b"\x00\x01\x08\x10\x09\x02\x03\x0a\x11\x18\x20\x19\x12\x0b\x04\x05\
        \x0c\x13\x1a\x21\x28\x30\x29\x22\x1b\x14\x0d\x06\x07\x0e\x15\x1c\
        \x23\x2a\x31\x38\x39\x32\x2b\x24\x1d\x16\x0f\x17\x1e\x25\x2c\x33\
        \x3a\x3b\x34\x2d\x26\x1f\x27\x2e\x35\x3c\x3d\x36\x2f\x37\x3e\x3f";
    let mut table = [NOWHERE as u8; 256];
    let mut place = 0;
    while place < 64 {
        table[place] = order[place];
        place += 1;
    }
    table
};

/// A symbol with its code: bits of both (0-4), bits of the value (5-8), run (9-15); 0 where the code is longer.
#[derive(Clone, Copy)]
struct Entry(u16);

impl Entry {
    fn new(length: u32, size: u32, run: u32) -> Self {
        Entry((length + size) as u16 | (size as u16) << 5 | (run as u16) << 9)
    }

    #[inline(always)]
    fn total(self) -> u32 {
        u32::from(self.0) & 31
    }

    #[inline(always)]
    fn size(self) -> u32 {
        (u32::from(self.0) >> 5) & 15
    }

    #[inline(always)]
    fn run(self) -> u32 {
        u32::from(self.0) >> 9
    }
}

/// One or two coefficients with their values, and perhaps the end of the block behind them.
///
/// Bits in all (0-3), end (7), places from here to the first (8-15) and second coefficient (16-23) and to what follows
/// (24-31), the two values (32-47, 48-63). No bits where the first coefficient does not fit.
#[derive(Clone, Copy)]
struct Pair(u64);

impl Pair {
    #[inline(always)]
    fn bits(self) -> u32 {
        self.0 as u32 & 15
    }

    #[inline(always)]
    fn is_end(self) -> bool {
        self.0 & 0x80 != 0
    }

    #[inline(always)]
    fn first(self) -> usize {
        (self.0 >> 8) as usize & 0xFF
    }

    #[inline(always)]
    fn second(self) -> usize {
        (self.0 >> 16) as usize & 0xFF
    }

    #[inline(always)]
    fn advance(self) -> usize {
        (self.0 >> 24) as usize & 0xFF
    }

    #[inline(always)]
    fn values(self) -> (i16, i16) {
        ((self.0 >> 32) as i16, (self.0 >> 48) as i16)
    }
}

/// One table of the file, prepared for reading.
pub struct Table {
    look: Box<[Entry; LOOK_SIZE]>,
    pairs: Box<[Pair; PAIR_SIZE]>,
    /// For blocks whose coefficients are not wanted, several symbols: bits (0-3), coefficients (4-11), end (12).
    skip: Box<[u16; LOOK_SIZE]>,
    /// For each length, the first longer code, at the top of 16 bits.
    limits: [u32; 17],
    offsets: [i32; 17],
    symbols: Vec<u8>,
    is_dc: bool,
}

impl Table {
    /// Build from the counts of codes per length (1 to 16) and their symbols; `is_dc` for differences of means.
    pub fn new(counts: &[u8; 16], symbols: &[u8], is_dc: bool) -> Result<Self, Failure> {
        if is_dc && symbols.iter().any(|&symbol| symbol > 11) {
            return Err(Failure::Unsupported("sizes of differences"));
        }
        let mut table = Table {
            look: Box::new([Entry(0); LOOK_SIZE]),
            pairs: Box::new([Pair(0); PAIR_SIZE]),
            skip: Box::new([0; LOOK_SIZE]),
            limits: [0; 17],
            offsets: [0; 17],
            symbols: symbols.to_vec(),
            is_dc,
        };
        let (mut code, mut index) = (0u32, 0usize);
        for (length, &count) in (1u32..).zip(counts) {
            table.offsets[length as usize] = index as i32 - code as i32;
            for _ in 0..count {
                let symbol = *symbols.get(index).ok_or(Failure::Damaged("Huffman table"))?;
                // A code of nothing but ones is not allowed.
                if code + 1 >= 1 << length {
                    return Err(Failure::Damaged("Huffman table"));
                }
                if length <= LOOK_BITS {
                    let first = (code << (LOOK_BITS - length)) as usize;
                    let entry = table.entry(symbol, length);
                    table.look[first..first + (1 << (LOOK_BITS - length))].fill(entry);
                }
                code += 1;
                index += 1;
            }
            table.limits[length as usize] = code << (16 - length);
            code <<= 1;
        }
        if !is_dc {
            table.build_skip();
            table.build_pairs();
        }
        Ok(table)
    }

    fn entry(&self, symbol: u8, length: u32) -> Entry {
        let symbol = u32::from(symbol);
        match (symbol >> 4, symbol & 15) {
            _ if self.is_dc => Entry::new(length, symbol, 0),
            // Sixteen zeros are fifteen and one that is written as a zero.
            (15, 0) => Entry::new(length, 0, 15),
            (_, 0) => Entry::new(length, 0, RUN_END),
            (run, size) => Entry::new(length, size, run),
        }
    }

    fn build_skip(&mut self) {
        for index in 0..LOOK_SIZE {
            let (mut used, mut coefficients, mut end) = (0u32, 0u32, 0u16);
            while used < LOOK_BITS {
                let entry = self.look[(index << used) & (LOOK_SIZE - 1)];
                if entry.0 == 0 || used + entry.total() > LOOK_BITS {
                    break;
                }
                used += entry.total();
                if entry.run() == RUN_END {
                    end = 1;
                    break;
                }
                coefficients += entry.run() + 1;
            }
            self.skip[index] = used as u16 | (coefficients as u16) << 4 | end << 12;
        }
    }

    fn build_pairs(&mut self) {
        for index in 0..PAIR_SIZE {
            let window = (index as u64) << (64 - PAIR_BITS);
            let (mut used, mut place, mut end, mut found) = (0u32, 0u32, 0u64, 0usize);
            let (mut places, mut values) = ([NOWHERE as u32; 2], [0i16; 2]);
            while used < PAIR_BITS {
                let entry = self.look[((window << used) >> (64 - LOOK_BITS)) as usize];
                if entry.0 == 0 || used + entry.total() > PAIR_BITS {
                    break;
                }
                if entry.run() == RUN_END {
                    used += entry.total();
                    end = 1;
                    break;
                }
                if found == 2 {
                    break;
                }
                places[found] = place + entry.run();
                values[found] = value(window << used, entry) as i16;
                place += entry.run() + 1;
                used += entry.total();
                found += 1;
            }
            self.pairs[index] = Pair(
                u64::from(used)
                    | end << 7
                    | u64::from(places[0]) << 8
                    | u64::from(places[1]) << 16
                    | u64::from(place) << 24
                    | u64::from(values[0] as u16) << 32
                    | u64::from(values[1] as u16) << 48,
            );
        }
    }

    /// Look a code up; 56 bits must be available, of which a look-up and its value take at most 27.
    #[inline(always)]
    fn look(&self, bits: &Bits) -> Entry {
        self.look[(bits.window() >> (64 - LOOK_BITS)) as usize]
    }

    /// Find a code that is longer than the look-up.
    #[cold]
    #[inline(never)]
    fn long_code(&self, window: u64) -> Result<Entry, Failure> {
        let next = (window >> 48) as u32;
        for length in LOOK_BITS + 1..=16 {
            if next < self.limits[length as usize] {
                let index = (next >> (16 - length)) as i32 + self.offsets[length as usize];
                let symbol = usize::try_from(index).ok().and_then(|index| self.symbols.get(index));
                return symbol.map(|&symbol| self.entry(symbol, length)).ok_or(Failure::Damaged("Huffman code"));
            }
        }
        Err(Failure::Damaged("Huffman code"))
    }
}

/// The value behind a code, by the entry that describes both.
#[inline(always)]
fn value(window: u64, entry: Entry) -> i32 {
    let size = entry.size();
    let behind = window << (entry.total() - size);
    let extra = ((behind >> 1) >> (63 - size)) as i32;
    // A leading zero means a negative value, counted from the lowest of its size.
    let lowest = (1i32 << size) - 1;
    if (behind as i64) < 0 {
        extra
    } else {
        extra - lowest
    }
}

/// Quantisation factors in the file's order, zeros behind; coefficients are multiplied with them as they are read.
pub type Factors = [i16; 256];

#[inline(always)]
fn read_difference(bits: &mut Bits, dc: &Table) -> Result<i32, Failure> {
    bits.refill();
    let mut entry = dc.look(bits);
    if entry.0 == 0 {
        entry = dc.long_code(bits.window())?;
    }
    let difference = value(bits.window(), entry);
    bits.consume(entry.total());
    Ok(difference)
}

/// Read a block: coefficients, multiplied, in rows.
///
/// Returns whether there is anything but its mean.
#[inline(always)]
pub fn read_block(
    bits: &mut Bits,
    dc: &Table,
    ac: &Table,
    factors: &Factors,
    mean: &mut i32,
    block: &mut Block,
) -> Result<bool, Failure> {
    block[..64].fill(0);
    *mean = mean.wrapping_add(read_difference(bits, dc)?);
    block[0] = (*mean as i16).wrapping_mul(factors[0]);
    let mut put = |place: usize, value: i16| {
        block[usize::from(ZIGZAG[place & 0xFF]) & 0x7F] = value.wrapping_mul(factors[place & 0xFF]);
    };
    let mut place = 1usize;
    'refill: loop {
        bits.refill();
        // Two look-ups of pairs and one of a coefficient fit into what is available.
        for _ in 0..2 {
            let pair = ac.pairs[(bits.window() >> (64 - PAIR_BITS)) as usize];
            // Near the block's end what follows may belong to the next one.
            if pair.bits() > 0 && place + pair.advance() < 64 {
                bits.consume(pair.bits());
                let values = pair.values();
                put(place + pair.first(), values.0);
                put(place + pair.second(), values.1);
                place += pair.advance();
                if pair.is_end() {
                    return Ok(place > 1);
                }
                continue;
            }
            let mut entry = ac.look(bits);
            if entry.0 == 0 {
                entry = ac.long_code(bits.window())?;
            }
            let value = value(bits.window(), entry) as i16;
            bits.consume(entry.total());
            if entry.run() == RUN_END {
                return Ok(place > 1);
            }
            place += entry.run() as usize;
            put(place, value);
            place += 1;
            if place > 63 {
                let is_full = place == 64;
                return if is_full { Ok(true) } else { Err(Failure::Damaged("too many coefficients")) };
            }
            continue 'refill;
        }
    }
}

/// Read a block for its mean only, which is returned multiplied.
#[inline(always)]
pub fn read_mean(bits: &mut Bits, dc: &Table, ac: &Table, factors: &Factors, mean: &mut i32) -> Result<i16, Failure> {
    *mean = mean.wrapping_add(read_difference(bits, dc)?);
    let mut place = 1u32;
    while place < 64 {
        bits.refill();
        let several = u32::from(ac.skip[(bits.window() >> (64 - LOOK_BITS)) as usize]);
        let coefficients = (several >> 4) & 0xFF;
        if several & 15 != 0 && place + coefficients < 64 {
            bits.consume(several & 15);
            place += coefficients;
            if several >> 12 != 0 {
                break;
            }
            continue;
        }
        let mut entry = ac.look(bits);
        if entry.0 == 0 {
            entry = ac.long_code(bits.window())?;
        }
        bits.consume(entry.total());
        if entry.run() == RUN_END {
            break;
        }
        place += entry.run() + 1;
    }
    if place > 64 {
        return Err(Failure::Damaged("too many coefficients"));
    }
    Ok((*mean as i16).wrapping_mul(factors[0]))
}

//! The inverse transform to 8, 4, 2 or 1 samples a side, in 32-bit integers.
//!
//! Method: C. Loeffler, A. Ligtenberg and G. Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications",
//! ICASSP 1989, with 13-bit constants; the smaller sizes average the samples of the full transform in pairs.

use super::huffman::Block;

const CONST_BITS: i32 = 13;
const PASS1_BITS: i32 = 2;

type Lanes = [i32; 8];

#[inline(always)]
fn round_shift(value: i32, bits: i32) -> i32 {
    value.wrapping_add(1 << (bits - 1)) >> bits
}

#[inline(always)]
fn to_sample(value: i32) -> u8 {
    value.wrapping_add(128).clamp(0, 255) as u8
}

#[inline(always)]
fn column_lanes(block: &Block) -> [Lanes; 8] {
    let mut lanes = [[0i32; 8]; 8];
    for row in 0..8 {
        for column in 0..8 {
            lanes[row][column] = i32::from(block[row * 8 + column]);
        }
    }
    lanes
}

#[inline(always)]
fn transpose(lanes: &[Lanes; 8]) -> [Lanes; 8] {
    let mut result = [[0i32; 8]; 8];
    for row in 0..8 {
        for column in 0..8 {
            result[column][row] = lanes[row][column];
        }
    }
    result
}

/// The one-dimensional transform on eight columns at once.
#[inline(always)]
fn pass8(input: &[Lanes; 8], shift: i32) -> [Lanes; 8] {
    let mut output = [[0i32; 8]; 8];
    for i in 0..8 {
        let [in0, in1, in2, in3, in4, in5, in6, in7] =
            [input[0][i], input[1][i], input[2][i], input[3][i], input[4][i], input[5][i], input[6][i], input[7][i]];
        let z1 = in2.wrapping_add(in6).wrapping_mul(4433);
        let even2 = z1.wrapping_add(in6.wrapping_mul(-15137));
        let even3 = z1.wrapping_add(in2.wrapping_mul(6270));
        let even0 = in0.wrapping_add(in4) << CONST_BITS;
        let even1 = in0.wrapping_sub(in4) << CONST_BITS;
        let sum0 = even0.wrapping_add(even3);
        let sum3 = even0.wrapping_sub(even3);
        let sum1 = even1.wrapping_add(even2);
        let sum2 = even1.wrapping_sub(even2);

        let z1 = in7.wrapping_add(in1).wrapping_mul(-7373);
        let z2 = in5.wrapping_add(in3).wrapping_mul(-20995);
        let z3 = in7.wrapping_add(in3);
        let z4 = in5.wrapping_add(in1);
        let z5 = z3.wrapping_add(z4).wrapping_mul(9633);
        let z3 = z3.wrapping_mul(-16069).wrapping_add(z5);
        let z4 = z4.wrapping_mul(-3196).wrapping_add(z5);
        let odd0 = in7.wrapping_mul(2446).wrapping_add(z1).wrapping_add(z3);
        let odd1 = in5.wrapping_mul(16819).wrapping_add(z2).wrapping_add(z4);
        let odd2 = in3.wrapping_mul(25172).wrapping_add(z2).wrapping_add(z3);
        let odd3 = in1.wrapping_mul(12299).wrapping_add(z1).wrapping_add(z4);

        output[0][i] = round_shift(sum0.wrapping_add(odd3), shift);
        output[7][i] = round_shift(sum0.wrapping_sub(odd3), shift);
        output[1][i] = round_shift(sum1.wrapping_add(odd2), shift);
        output[6][i] = round_shift(sum1.wrapping_sub(odd2), shift);
        output[2][i] = round_shift(sum2.wrapping_add(odd1), shift);
        output[5][i] = round_shift(sum2.wrapping_sub(odd1), shift);
        output[3][i] = round_shift(sum3.wrapping_add(odd0), shift);
        output[4][i] = round_shift(sum3.wrapping_sub(odd0), shift);
    }
    output
}

#[inline(always)]
fn pass4<const N: usize>(input: &[[i32; N]; 8], shift: i32) -> [[i32; N]; 4] {
    let mut output = [[0i32; N]; 4];
    for i in 0..N {
        let mean = input[0][i] << (CONST_BITS + 1);
        let even = input[2][i].wrapping_mul(15137).wrapping_add(input[6][i].wrapping_mul(-6270));
        let outer = mean.wrapping_add(even);
        let inner = mean.wrapping_sub(even);
        let odd0 = input[7][i]
            .wrapping_mul(-1730)
            .wrapping_add(input[5][i].wrapping_mul(11893))
            .wrapping_add(input[3][i].wrapping_mul(-17799))
            .wrapping_add(input[1][i].wrapping_mul(8697));
        let odd2 = input[7][i]
            .wrapping_mul(-4176)
            .wrapping_add(input[5][i].wrapping_mul(-4926))
            .wrapping_add(input[3][i].wrapping_mul(7373))
            .wrapping_add(input[1][i].wrapping_mul(20995));
        output[0][i] = round_shift(outer.wrapping_add(odd2), shift);
        output[3][i] = round_shift(outer.wrapping_sub(odd2), shift);
        output[1][i] = round_shift(inner.wrapping_add(odd0), shift);
        output[2][i] = round_shift(inner.wrapping_sub(odd0), shift);
    }
    output
}

#[inline(always)]
fn pass2<const N: usize>(input: &[[i32; N]; 8], shift: i32) -> [[i32; N]; 2] {
    let mut output = [[0i32; N]; 2];
    for i in 0..N {
        let mean = input[0][i] << (CONST_BITS + 2);
        let odd = input[7][i]
            .wrapping_mul(-5906)
            .wrapping_add(input[5][i].wrapping_mul(6967))
            .wrapping_add(input[3][i].wrapping_mul(-10426))
            .wrapping_add(input[1][i].wrapping_mul(29692));
        output[0][i] = round_shift(mean.wrapping_add(odd), shift);
        output[1][i] = round_shift(mean.wrapping_sub(odd), shift);
    }
    output
}

/// Sample of a block that holds nothing but its mean.
#[inline(always)]
pub fn flat_sample(mean: i16) -> u8 {
    to_sample(round_shift(i32::from(mean), 3))
}

/// Full size: 8x8 samples into rows of `target` that lie `stride` apart.
#[inline(always)]
pub fn full(block: &Block, target: &mut [u8], stride: usize) {
    let columns = transpose(&pass8(&column_lanes(block), CONST_BITS - PASS1_BITS));
    let rows = transpose(&pass8(&columns, CONST_BITS + PASS1_BITS + 3));
    for (row, line) in rows.iter().zip(target.chunks_mut(stride)) {
        if let Some(line) = line.first_chunk_mut::<8>() {
            for i in 0..8 {
                line[i] = to_sample(row[i]);
            }
        }
    }
}

/// Half size: 4x4 samples.
#[inline(always)]
pub fn half(block: &Block, target: &mut [u8], stride: usize) {
    let columns = pass4(&column_lanes(block), CONST_BITS - PASS1_BITS + 1);
    let mut turned = [[0i32; 4]; 8];
    for row in 0..4 {
        for column in 0..8 {
            turned[column][row] = columns[row][column];
        }
    }
    let rows = pass4(&turned, CONST_BITS + PASS1_BITS + 3 + 1);
    for (row, line) in target.chunks_mut(stride).take(4).enumerate() {
        if let Some(line) = line.first_chunk_mut::<4>() {
            for i in 0..4 {
                line[i] = to_sample(rows[i][row]);
            }
        }
    }
}

/// Quarter size: 2x2 samples.
#[inline(always)]
pub fn quarter(block: &Block, target: &mut [u8], stride: usize) {
    let columns = pass2(&column_lanes(block), CONST_BITS - PASS1_BITS + 2);
    let mut turned = [[0i32; 2]; 8];
    for row in 0..2 {
        for column in 0..8 {
            turned[column][row] = columns[row][column];
        }
    }
    let rows = pass2(&turned, CONST_BITS + PASS1_BITS + 3 + 2);
    for (row, line) in target.chunks_mut(stride).take(2).enumerate() {
        if let Some(line) = line.first_chunk_mut::<2>() {
            for i in 0..2 {
                line[i] = to_sample(rows[i][row]);
            }
        }
    }
}

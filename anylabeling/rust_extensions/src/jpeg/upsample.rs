//! Chroma of half width, or of half width and height, brought to full size with a triangle filter.

/// Double the width: three quarters of the nearer sample and one of the other.
#[inline(always)]
pub fn wide(input: &[u8], output: &mut [u8]) {
    let count = input.len();
    if count <= 2 {
        return repeat(input, output);
    }
    let at = |index: usize| u32::from(input[index]);
    output[0] = input[0];
    output[1] = ((at(0) * 3 + at(1) + 2) >> 2) as u8;
    let inner = output[2..2 * count - 2].chunks_exact_mut(2);
    for (pair, near) in inner.zip(input.windows(3)) {
        let centre = u32::from(near[1]) * 3;
        pair[0] = ((centre + u32::from(near[0]) + 1) >> 2) as u8;
        pair[1] = ((centre + u32::from(near[2]) + 2) >> 2) as u8;
    }
    output[2 * count - 2] = ((at(count - 1) * 3 + at(count - 2) + 1) >> 2) as u8;
    output[2 * count - 1] = input[count - 1];
}

/// Double the width between two rows, of which `near` counts three times; `sums` is room for one row.
#[inline(always)]
pub fn wide_between(near: &[u8], far: &[u8], sums: &mut [u16], output: &mut [u8]) {
    let count = near.len();
    if count <= 2 {
        return repeat(near, output);
    }
    let sums = &mut sums[..count];
    for ((sum, &near), &far) in sums.iter_mut().zip(near).zip(far) {
        *sum = u16::from(near) * 3 + u16::from(far);
    }
    output[0] = ((sums[0] * 4 + 8) >> 4) as u8;
    output[1] = ((sums[0] * 3 + sums[1] + 7) >> 4) as u8;
    let inner = output[2..2 * count - 2].chunks_exact_mut(2);
    for (pair, sum) in inner.zip(sums.windows(3)) {
        let centre = sum[1] * 3;
        pair[0] = ((centre + sum[0] + 8) >> 4) as u8;
        pair[1] = ((centre + sum[2] + 7) >> 4) as u8;
    }
    output[2 * count - 2] = ((sums[count - 1] * 3 + sums[count - 2] + 8) >> 4) as u8;
    output[2 * count - 1] = ((sums[count - 1] * 4 + 7) >> 4) as u8;
}

/// Double the width by repeating each sample.
#[inline(always)]
pub fn repeat(input: &[u8], output: &mut [u8]) {
    for (pair, &sample) in output.chunks_exact_mut(2).zip(input) {
        pair.fill(sample);
    }
}

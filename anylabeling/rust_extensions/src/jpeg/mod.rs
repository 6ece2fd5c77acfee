//! Sequential JPEG, at full size or scaled by 1/2, 1/4 or 1/8 inside the transform.
//!
//! Format: ITU-T T.81. The arithmetic of transform, chroma upsampling and colour conversion is the published integer
//! arithmetic that libjpeg and its descendants share, so that valid files give the same pixels. Everything unusual
//! (progressive, CMYK, rare sampling, any irregularity in the data) is refused, for another decoder to judge.

/// Make a function whose body, inlined as a whole, is compiled twice: for every processor, and for those with AVX2.
macro_rules! dispatched {
    (fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $result:ty { $body:expr }) => {
        fn $name($($argument: $type),*) -> $result {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt")]
                fn with_avx2($($argument: $type),*) -> $result {
                    $body
                }

                if is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("bmi1")
                    && is_x86_feature_detected!("bmi2")
                    && is_x86_feature_detected!("lzcnt")
                {
                    // SAFETY: the processor has what the function was compiled for.
                    #[allow(unsafe_code)]
                    return unsafe { with_avx2($($argument),*) };
                }
            }
            $body
        }
    };
}

mod bits;
mod header;
mod huffman;
mod idct;
pub mod progressive;
pub mod region;
mod rows;
mod upsample;

pub use header::Header;

use crate::failure::Failure;
use crate::pixels::Layout;
use bits::Scan;
use std::cell::RefCell;

const KEPT_SCAN_BYTES: usize = 16 << 20;

thread_local! {
    static SCAN: RefCell<Scan> = RefCell::default();
}

/// Sides of a picture that is scaled by 1/`scale`, rounded up as the format's decoders do.
pub fn scaled_size(width: usize, height: usize, scale: usize) -> (usize, usize) {
    (width.div_ceil(scale), height.div_ceil(scale))
}

/// Decode into `out`, rows without gaps.
///
/// `scale` is 1, 2, 4 or 8. Returns the size in pixels.
pub fn decode(
    data: &[u8],
    header: &Header,
    scale: usize,
    layout: Layout,
    out: &mut [u8],
) -> Result<(usize, usize), Failure> {
    if !matches!(scale, 1 | 2 | 4 | 8) {
        return Err(Failure::Unsupported("this scale"));
    }
    let (width, height) = scaled_size(header.width, header.height, scale);
    let size =
        width.checked_mul(height).and_then(|pixels| pixels.checked_mul(layout.channels())).ok_or(Failure::TooLarge)?;
    let out = out.get_mut(..size).ok_or(Failure::TooLarge)?;
    SCAN.with_borrow_mut(|scan| {
        let result = scan.load(data, header.scan_start).and_then(|()| dispatch(scan, header, scale, layout, out));
        scan.trim(KEPT_SCAN_BYTES);
        result
    })?;
    Ok((width, height))
}

dispatched! {
    fn dispatch(scan: &Scan, header: &Header, scale: usize, layout: Layout, out: &mut [u8]) -> Result<(), Failure> {
        rows::decode(scan, header, scale, layout, out)
    }
}

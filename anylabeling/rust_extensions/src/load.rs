//! Many pictures at once: read, decoded, resized and turned into frames that exist already.

use std::cell::RefCell;
use std::fs::File;
use std::io::Read;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::Mutex;

use crate::failure::{guarded, Failure};
use crate::pixels::Layout;
use crate::resize::{place, resize, Fit, Size};
use crate::{jpeg, png};

/// Largest picture that is decoded, in bytes with four channels, as in `anylabeling.codecs`.
const MAX_DECODED_BYTES: usize = 2 << 30;
const KEPT_BYTES: usize = 64 << 20;

/// A file's content, read or mapped.
enum Content {
    Read(Vec<u8>),
    Mapped(memmap2::Mmap),
}

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Content::Read(bytes) => bytes,
            Content::Mapped(map) => map,
        }
    }
}

fn open(path: &Path, map: bool) -> Result<Content, Failure> {
    let failure = |error: std::io::Error| Failure::Io(error.raw_os_error().unwrap_or(0));
    let mut file = File::open(path).map_err(failure)?;
    if map {
        // SAFETY: the content may change meanwhile, which gives other bytes and thereby wrong pixels at worst: nothing
        // keeps references into it beyond the call. A file that is cut while it is mapped ends the process, which is
        // why mapping is a choice of the caller.
        #[allow(unsafe_code)]
        return unsafe { memmap2::Mmap::map(&file) }.map(Content::Mapped).map_err(failure);
    }
    let mut bytes = Vec::with_capacity(file.metadata().map_err(failure)?.len() as usize + 1);
    file.read_to_end(&mut bytes).map_err(failure)?;
    Ok(Content::Read(bytes))
}

#[derive(Default)]
struct Scratch {
    pixels: Vec<u8>,
    resized: Vec<u8>,
}

impl Scratch {
    fn room(buffer: &mut Vec<u8>, size: usize) -> &mut [u8] {
        if buffer.len() < size {
            *buffer = vec![0; size];
        }
        &mut buffer[..size]
    }
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

fn check_size(width: usize, height: usize) -> Result<(), Failure> {
    match width.checked_mul(height).and_then(|pixels| pixels.checked_mul(4)) {
        Some(size) if size <= MAX_DECODED_BYTES => Ok(()),
        _ => Err(Failure::TooLarge),
    }
}

/// How to load: all pictures into frames of one size.
#[derive(Clone, Copy)]
pub struct Plan {
    pub frame: Size,
    /// Value of the frame where there is no picture.
    pub pad: u8,
    pub map: bool,
    pub threads: usize,
}

/// Load one picture into its frame (RGB); returns the picture's full size, turned.
pub fn load_into(path: &Path, plan: Plan, frame: &mut [u8]) -> Result<Size, Failure> {
    let content = open(path, plan.map)?;
    SCRATCH.with_borrow_mut(|scratch| {
        let result = decode_into(&content, plan, frame, scratch);
        if scratch.pixels.len() > KEPT_BYTES {
            scratch.pixels = Vec::new();
        }
        result
    })
}

fn decode_into(data: &[u8], plan: Plan, frame: &mut [u8], scratch: &mut Scratch) -> Result<Size, Failure> {
    let (full, orientation, decoded) = if data.starts_with(&[0xFF, 0xD8]) {
        let header = jpeg::Header::read(data)?;
        check_size(header.width, header.height)?;
        let full = Size { width: header.width, height: header.height };
        let wanted = Fit::new(full.turned(header.orientation), plan.frame).size;
        let long_side = wanted.width.max(wanted.height);
        let scale =
            [8, 4, 2].into_iter().find(|&scale| full.width.max(full.height).div_ceil(scale) >= long_side).unwrap_or(1);
        let (width, height) = jpeg::scaled_size(full.width, full.height, scale);
        let pixels = Scratch::room(&mut scratch.pixels, width * height * 3);
        jpeg::decode(data, &header, scale, Layout::Rgb, pixels)?;
        (full, header.orientation, Size { width, height })
    } else {
        let header = png::Header::read(data)?;
        check_size(header.width, header.height)?;
        let full = Size { width: header.width, height: header.height };
        let pixels = Scratch::room(&mut scratch.pixels, full.width * full.height * 3);
        png::decode(&header, Layout::Rgb, pixels)?;
        (full, header.orientation, full)
    };
    let fit = Fit::new(full.turned(orientation), plan.frame);
    // Resized as it lies in the file: turning is cheaper afterwards.
    let stored = fit.size.turned(orientation);
    let resized = Scratch::room(&mut scratch.resized, stored.width * stored.height * 3);
    resize(&scratch.pixels[..decoded.width * decoded.height * 3], decoded, resized, stored);
    let stride = plan.frame.width * 3;
    frame.fill(plan.pad);
    place(resized, stored, orientation, frame, stride, fit.top * stride + fit.left * 3);
    Ok(full.turned(orientation))
}

/// A frame and what became of it; each is taken by one thread.
type Slot<'a> = Mutex<(&'a mut [u8], Result<Size, Failure>)>;

/// Load many pictures on several threads, each into its frame of `out`; a failing one leaves its frame undefined.
pub fn load_all(paths: &[PathBuf], plan: Plan, out: &mut [u8], cancel: &AtomicBool) -> Vec<Result<Size, Failure>> {
    let next = AtomicUsize::new(0);
    let frame_bytes = plan.frame.width * plan.frame.height * 3;
    let frames: Vec<Slot> =
        out.chunks_exact_mut(frame_bytes).map(|frame| Mutex::new((frame, Err(Failure::Cancelled)))).collect();
    let work = || loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let (Some(path), Some(frame)) = (paths.get(index), frames.get(index)) else {
            return;
        };
        if cancel.load(Ordering::Relaxed) {
            return;
        }
        if let Ok(mut slot) = frame.lock() {
            let (frame, result) = &mut *slot;
            *result = guarded(|| load_into(path, plan, frame));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..plan.threads.clamp(1, 256).min(paths.len().max(1)) {
            // Where no thread can be started, this one does it all.
            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    frames.into_iter().map(|frame| frame.into_inner().map_or(Err(Failure::Internal), |slot| slot.1)).collect()
}

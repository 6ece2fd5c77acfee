//! The lines of a PNG file of any size, from the first to the last, without the whole in memory.
//!
//! Format: Portable Network Graphics, third edition. One thread reads the file and inflates, which takes most of the
//! time; the caller's undoes the filters meanwhile. Between the two are a few buffers that are used again and again.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{sync_channel, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use numpy::PyReadwriteArray1;
use pyo3::prelude::*;

use crate::failure::{guarded, Failure};
use crate::to_object;
#[cfg(target_arch = "x86_64")]
use crate::unfilter::unfilter_four;
use crate::unfilter::{unfilter, SIDE_BY_SIDE, SLACK};

/// Bytes before the place of writing that the decoder may look back at.
const HISTORY: usize = 32 << 10;
const PIECE: usize = 1 << 20;
const BUFFERS: usize = 4;

/// Inflated bytes, behind the history that the next ones need.
struct Piece {
    bytes: Vec<u8>,
    end: usize,
}

type Found = Result<Piece, Failure>;

/// The content of the pixel chunks, whose checksums are verified.
struct Packed {
    file: File,
    left: usize,
    sum: libdeflater::Crc,
    buffer: Vec<u8>,
}

fn unreadable(error: std::io::Error) -> Failure {
    Failure::Io(error.raw_os_error().unwrap_or(0))
}

impl Packed {
    /// Open a file whose first pixel chunk begins at `position`.
    fn open(path: &Path, position: u64) -> Result<Self, Failure> {
        let mut file = File::open(path).map_err(unreadable)?;
        file.seek(SeekFrom::Start(position)).map_err(unreadable)?;
        Ok(Packed { file, left: 0, sum: libdeflater::Crc::new(), buffer: Vec::new() })
    }

    /// Read more of the chunks into `buffer`; false behind the last one.
    fn refill(&mut self) -> Result<bool, Failure> {
        self.buffer.clear();
        while self.buffer.len() < PIECE {
            if self.left == 0 && !self.next_chunk()? {
                break;
            }
            let wanted = self.left.min(PIECE);
            let before = self.buffer.len();
            let found = (&self.file).take(wanted as u64).read_to_end(&mut self.buffer).map_err(unreadable)?;
            self.sum.update(self.buffer.get(before..).unwrap_or_default());
            self.left -= found;
            if found < wanted {
                return Err(Failure::Truncated);
            }
            if self.left == 0 && self.word()? != self.sum.sum() {
                return Err(Failure::Damaged("checksum"));
            }
        }
        Ok(!self.buffer.is_empty())
    }

    /// Go to the next pixel chunk that is not empty; false where another kind follows.
    fn next_chunk(&mut self) -> Result<bool, Failure> {
        while self.left == 0 {
            self.left = self.word()? as usize;
            let kind = self.word()?.to_be_bytes();
            if &kind != b"IDAT" {
                self.left = 0;
                return Ok(false);
            }
            self.sum = libdeflater::Crc::new();
            self.sum.update(&kind);
            if self.left == 0 && self.word()? != self.sum.sum() {
                return Err(Failure::Damaged("checksum"));
            }
        }
        Ok(true)
    }

    fn word(&mut self) -> Result<u32, Failure> {
        let mut raw = [0; 4];
        self.file.read_exact(&mut raw).map_err(|_| Failure::Truncated)?;
        Ok(u32::from_be_bytes(raw))
    }
}

/// Inflate all; ends where nobody takes the pieces any more.
fn inflate_all(mut packed: Packed, spare: &Receiver<Vec<u8>>, found: &SyncSender<Found>) {
    if let Err(failure) = guarded(|| inflate(&mut packed, spare, found)) {
        let _ = found.send(Err(failure));
    }
}

fn inflate(packed: &mut Packed, spare: &Receiver<Vec<u8>>, found: &SyncSender<Found>) -> Result<(), Failure> {
    let mut inflater = fdeflate::Decompressor::new();
    let mut history = vec![0u8; HISTORY];
    let (mut taken, mut has_more) = (0, true);
    while !inflater.is_done() {
        let Ok(mut bytes) = spare.recv() else {
            return Ok(());
        };
        bytes.resize(HISTORY + PIECE, 0);
        bytes[..HISTORY].copy_from_slice(&history);
        let mut end = HISTORY;
        while end < bytes.len() && !inflater.is_done() {
            if has_more && taken == packed.buffer.len() {
                has_more = packed.refill()?;
                taken = 0;
            }
            let input = packed.buffer.get(taken..).unwrap_or_default();
            let (read, written) = inflater.read(input, &mut bytes, end, !has_more).map_err(|error| match error {
                fdeflate::DecompressionError::InsufficientInput => Failure::Truncated,
                _ => Failure::Damaged("compressed data"),
            })?;
            taken += read;
            end += written;
            if read == 0 && written == 0 && !has_more {
                return Err(Failure::Truncated);
            }
        }
        history.copy_from_slice(&bytes[end - HISTORY..end]);
        if found.send(Ok(Piece { bytes, end })).is_err() {
            return Ok(());
        }
    }
    Err(Failure::Truncated)
}

struct Reading {
    found: Receiver<Found>,
    spare: SyncSender<Vec<u8>>,
    piece: Piece,
    at: usize,
    above: Vec<u8>,
    rows: Vec<Vec<u8>>,
    packed: Vec<Vec<u8>>,
}

impl Reading {
    fn start(path: &Path, position: u64) -> Result<Self, Failure> {
        let packed = Packed::open(path, position)?;
        let (spare, spare_taken) = sync_channel(BUFFERS);
        let (found_given, found) = sync_channel(BUFFERS);
        for _ in 0..BUFFERS {
            let _ = spare.send(Vec::new());
        }
        let work = move || inflate_all(packed, &spare_taken, &found_given);
        thread::Builder::new().name("png-inflate".to_owned()).spawn(work).map_err(unreadable)?;
        let piece = Piece { bytes: Vec::new(), end: 0 };
        Ok(Reading { found, spare, piece, at: 0, above: Vec::new(), rows: Vec::new(), packed: Vec::new() })
    }

    /// Copy the next inflated bytes.
    fn take(&mut self, mut target: &mut [u8]) -> Result<(), Failure> {
        while !target.is_empty() {
            if self.at == self.piece.end {
                let next = self.found.recv().unwrap_or(Err(Failure::Truncated))?;
                let done = std::mem::replace(&mut self.piece, next);
                if !done.bytes.is_empty() {
                    let _ = self.spare.try_send(done.bytes);
                }
                self.at = HISTORY;
            }
            let count = target.len().min(self.piece.end - self.at);
            let (now, later) = target.split_at_mut(count);
            now.copy_from_slice(&self.piece.bytes[self.at..self.at + count]);
            self.at += count;
            target = later;
        }
        Ok(())
    }

    /// Fill `out` with lines; `pixel_bytes` is how far the filters look to the left.
    fn read(&mut self, line_bytes: usize, pixel_bytes: usize, is_first: bool, out: &mut [u8]) -> Result<(), Failure> {
        if line_bytes == 0 || !matches!(pixel_bytes, 1 | 2 | 3 | 4 | 6 | 8) || !out.len().is_multiple_of(line_bytes) {
            return Err(Failure::Internal);
        }
        let size = line_bytes + SLACK;
        if is_first || self.above.len() != size {
            self.above = vec![0; size];
            self.rows = vec![vec![0; size]; SIDE_BY_SIDE];
            self.packed = vec![vec![0; size - 1]; SIDE_BY_SIDE];
        }
        for lines in out.chunks_mut(line_bytes * SIDE_BY_SIDE) {
            let count = lines.len() / line_bytes;
            let mut filters = [0u8; SIDE_BY_SIDE];
            let mut packed = std::mem::take(&mut self.packed);
            for (filter, packed) in filters.iter_mut().zip(&mut packed).take(count) {
                let mut first = [0u8];
                self.take(&mut first)?;
                *filter = first[0];
                self.take(packed.get_mut(..line_bytes).ok_or(Failure::Internal)?)?;
            }
            let done = count == SIDE_BY_SIDE && self.unfilter_four(pixel_bytes, filters, &packed)?;
            for (index, line) in lines.chunks_exact_mut(line_bytes).enumerate() {
                let (before, row) = self.rows.split_at_mut(index);
                let row = row.first_mut().ok_or(Failure::Internal)?;
                if !done {
                    let above = before.last().unwrap_or(&self.above);
                    unfilter(pixel_bytes, filters[index], &packed[index], above, row)?;
                }
                line.copy_from_slice(&row[..line_bytes]);
            }
            self.packed = packed;
            if let Some(last) = self.rows.get_mut(count - 1) {
                std::mem::swap(&mut self.above, last);
            }
        }
        Ok(())
    }

    #[cfg(target_arch = "x86_64")]
    fn unfilter_four(
        &mut self,
        pixel_bytes: usize,
        filters: [u8; SIDE_BY_SIDE],
        packed: &[Vec<u8>],
    ) -> Result<bool, Failure> {
        let [first, second, third, fourth] = packed else {
            return Err(Failure::Internal);
        };
        let packed = [&first[..], &second[..], &third[..], &fourth[..]];
        if !matches!(pixel_bytes, 3 | 4) || !is_x86_feature_detected!("avx2") {
            return Ok(false);
        }
        // SAFETY: the processor has what the function was compiled for.
        #[allow(unsafe_code)]
        unsafe {
            unfilter_four(pixel_bytes, filters, packed, &self.above, &mut self.rows)
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn unfilter_four(&mut self, _: usize, _: [u8; SIDE_BY_SIDE], _: &[Vec<u8>]) -> Result<bool, Failure> {
        Ok(false)
    }
}

/// The lines of one file, one after the other. Whoever drops it ends the reading.
#[pyclass(frozen, module = "anylabeling_rust")]
pub struct PngLines {
    path: PathBuf,
    position: u64,
    reading: Mutex<Option<Reading>>,
}

#[pymethods]
impl PngLines {
    /// Take a file whose first pixel chunk begins at `position`; it is opened by the first `read`.
    #[new]
    fn new(path: PathBuf, position: u64) -> Self {
        PngLines { path, position, reading: Mutex::new(None) }
    }

    /// Fill a uint8 array (n,) with the bytes of the next lines, their filters undone and left out.
    ///
    /// `is_first` says that nothing lies above the first of them. Returns True, or a text why not.
    fn read<'py>(
        &self,
        py: Python<'py>,
        line_bytes: usize,
        pixel_bytes: usize,
        is_first: bool,
        mut out: PyReadwriteArray1<'py, u8>,
    ) -> PyResult<Py<PyAny>> {
        let out = out.as_slice_mut()?;
        let result = py.detach(|| {
            guarded(|| {
                let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
                let mut under_way = match reading.take() {
                    Some(under_way) => under_way,
                    None => Reading::start(&self.path, self.position)?,
                };
                under_way.read(line_bytes, pixel_bytes, is_first, out)?;
                *reading = Some(under_way);
                Ok(true)
            })
        });
        to_object(py, result)
    }
}

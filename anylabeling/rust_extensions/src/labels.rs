//! What many label files say, read on several threads without the interpreter's lock.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use numpy::{PyArray1, ToPyArray};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::failure::{guarded, Failure};
use crate::label_json::{read, Rules};

const FILES_AT_ONCE: usize = 128;

const FINE: u8 = 0;
const CHECKED: u8 = 1;
const GONE: u8 = 2;
const ODD: u8 = 3;

/// What some files say, one after the other.
#[derive(Default)]
struct Facts {
    sizes: Vec<i64>,
    times: Vec<i64>,
    states: Vec<u8>,
    counts: Vec<u32>,
    boxes: Vec<f32>,
    scores: Vec<f32>,
    labels: Vec<u32>,
    names: Names,
    flags: Named,
    texts: Vec<(usize, String)>,
    kinds: Vec<u16>,
    details: Vec<Details>,
    tags: Named,
}

/// What few files have: the file, kinds of shapes that have no bit, groups, descriptions.
type Details = (usize, Vec<String>, Vec<i64>, String);

#[derive(Default)]
struct Names {
    list: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.list.len() as u32;
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

impl Facts {
    fn add_file(&mut self, path: &Path, rules: &Rules, max_bytes: u64, buffer: &mut Vec<u8>) {
        let (size, time, is_whole) = load(path, max_bytes, buffer).unwrap_or((-1, -1, false));
        self.sizes.push(size);
        self.times.push(time);
        let before = self.labels.len();
        let state = if size < 0 {
            GONE
        } else if !is_whole {
            ODD
        } else {
            self.add_content(buffer, rules).unwrap_or(ODD)
        };
        if state == ODD {
            self.labels.truncate(before);
            self.scores.truncate(before);
            self.boxes.truncate(4 * before);
        }
        self.states.push(state);
        self.kinds.resize(self.states.len(), 0);
        self.counts.push((self.labels.len() - before) as u32);
    }

    fn add_content(&mut self, data: &[u8], rules: &Rules) -> Option<u8> {
        let text = std::str::from_utf8(data).ok()?;
        let (boxes, scores, labels, names) = (&mut self.boxes, &mut self.scores, &mut self.labels, &mut self.names);
        let file = read(text, rules, |shape| {
            boxes.extend(shape.bounds.iter().map(|side| *side as f32));
            scores.push(shape.score as f32);
            labels.push(names.number(&shape.label));
        })
        .ok()?;
        let place = self.states.len();
        if !file.flags.is_empty() {
            self.flags.push((place, file.flags));
        }
        if !file.text.is_empty() {
            self.texts.push((place, file.text));
        }
        if !file.tags.is_empty() {
            self.tags.push((place, file.tags));
        }
        self.kinds.push(file.kinds);
        if !(file.other_kinds.is_empty() && file.groups.is_empty() && file.remarks.is_empty()) {
            self.details.push((place, file.other_kinds, file.groups, file.remarks));
        }
        Some(if file.checked { CHECKED } else { FINE })
    }

    fn append(&mut self, other: Facts) {
        let first = self.states.len();
        let numbers: Vec<u32> = other.names.list.iter().map(|name| self.names.number(name)).collect();
        self.labels.extend(other.labels.iter().map(|label| numbers[*label as usize]));
        self.sizes.extend(other.sizes);
        self.times.extend(other.times);
        self.states.extend(other.states);
        self.counts.extend(other.counts);
        self.boxes.extend(other.boxes);
        self.kinds.extend(other.kinds);
        self.details.extend(other.details.into_iter().map(|(place, a, b, c)| (first + place, a, b, c)));
        self.scores.extend(other.scores);
        self.flags.extend(other.flags.into_iter().map(|(place, names)| (first + place, names)));
        self.tags.extend(other.tags.into_iter().map(|(place, names)| (first + place, names)));
        self.texts.extend(other.texts.into_iter().map(|(place, text)| (first + place, text)));
    }
}

/// Read a file; returns its size and time of change as of the moment it was opened, and whether all of it was read.
fn load(path: &Path, max_bytes: u64, buffer: &mut Vec<u8>) -> std::io::Result<(i64, i64, bool)> {
    buffer.clear();
    let mut file = File::open(path)?;
    let status = file.metadata()?;
    let changed = status.modified()?;
    let time = match changed.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i64,
        Err(before) => -(before.duration().as_nanos() as i64),
    };
    let size = status.len();
    if !status.is_file() || size > max_bytes {
        return Ok((size as i64, time, false));
    }
    let wanted = size as usize;
    buffer.resize(wanted + 1, 0);
    let mut filled = 0;
    // One byte more than there should be, so that the end is seen without another call.
    while filled < buffer.len() {
        let count = file.read(&mut buffer[filled..])?;
        filled += count;
        if count == 0 || filled == wanted {
            break;
        }
    }
    buffer.truncate(filled);
    Ok((size as i64, time, filled == wanted))
}

fn read_all(paths: &[PathBuf], rules: &Rules, max_bytes: u64, threads: usize) -> Facts {
    let parts = paths.chunks(FILES_AT_ONCE).collect::<Vec<_>>();
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Facts)>> = Mutex::new(Vec::with_capacity(parts.len()));
    let work = || {
        let mut buffer = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = parts.get(number) else { return };
            let mut facts = Facts::default();
            for path in *part {
                facts.add_file(path, rules, max_bytes, &mut buffer);
            }
            done.lock().unwrap_or_else(PoisonError::into_inner).push((number, facts));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, 64).min(parts.len().max(1)) {
            scope.spawn(work);
        }
        work();
    });
    let mut read = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    read.sort_unstable_by_key(|(number, _)| *number);
    let mut all = Facts::default();
    for (_, facts) in read {
        all.append(facts);
    }
    all
}

type Array<'py, T> = Bound<'py, PyArray1<T>>;
type Columns<'py> = (
    Array<'py, i64>,
    Array<'py, i64>,
    Array<'py, u8>,
    Array<'py, u32>,
    Array<'py, f32>,
    Array<'py, f32>,
    Array<'py, u32>,
    Vec<String>,
    (Named, Named),
    Vec<(usize, String)>,
    Array<'py, u16>,
    Vec<Details>,
);
/// Names of what some files have: the file and the names.
type Named = Vec<(usize, Vec<String>)>;

/// Read label files.
///
/// Returns sizes and times in ns (n,) of the files as read, states (n,), numbers of shapes (n,), boxes (4 * shapes,),
/// scores and labels (shapes,), the names of the labels, (file, names) where a file has flags that are set, the same for
/// its tags, and (file, text) where it has texts; then a bit for each of the kinds of shapes in a file (n,), 1 << 14 for one that has no bit
/// and 1 << 15 for a difficult shape, and (file, kinds without a bit, groups, descriptions) where there are any of these. A state is 0, 1 (checked by a person), 2 (no such file) or 3 (read it in another way).
#[pyfunction]
#[pyo3(signature = (paths, helper_labels, kinds, max_bytes, max_coordinate, threads = 1))]
pub fn read_label_facts<'py>(
    py: Python<'py>,
    paths: Vec<PathBuf>,
    helper_labels: Vec<String>,
    kinds: Vec<String>,
    max_bytes: u64,
    max_coordinate: f64,
    threads: usize,
) -> PyResult<Columns<'py>> {
    let rules = Rules { helper_labels, max_coordinate, kinds };
    let facts = py
        .detach(|| guarded(|| Ok(read_all(&paths, &rules, max_bytes, threads))))
        .map_err(|failure: Failure| PyRuntimeError::new_err(failure.text()))?;
    Ok((
        facts.sizes.to_pyarray(py),
        facts.times.to_pyarray(py),
        facts.states.to_pyarray(py),
        facts.counts.to_pyarray(py),
        facts.boxes.to_pyarray(py),
        facts.scores.to_pyarray(py),
        facts.labels.to_pyarray(py),
        facts.names.list,
        (facts.flags, facts.tags),
        facts.texts,
        facts.kinds.to_pyarray(py),
        facts.details,
    ))
}

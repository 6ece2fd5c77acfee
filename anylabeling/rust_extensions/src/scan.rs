//! Listing the pictures of a folder tree in natural order, folder by folder, with the folders ahead listed on threads.

use std::collections::{HashSet, VecDeque};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rustix::fs::{Dir, FileType, Mode, OFlags};

use crate::failure::Failure;
use crate::natural::Keys;

/// Folders that may be listed before their turn comes.
const AHEAD: usize = 16;
const CHECK_EVERY: usize = 4096;

/// Folds the letters of names that are not ASCII, as Python does.
pub type Fold = fn(&[&[u8]]) -> Result<Vec<Vec<u8>>, Failure>;

/// What to look for; the same for the whole tree.
pub struct Query {
    /// Lower-case endings with their dot.
    pub suffixes: HashSet<String>,
    pub recursive: bool,
    pub real_root: PathBuf,
    pub fold: Fold,
}

/// The pictures and, marked by a trailing separator, the sub-folders of one folder, in natural order.
struct Listing {
    identity: (u64, u64),
    names: Names,
}

/// Many short names in one piece of memory.
#[derive(Default)]
struct Names {
    bytes: Vec<u8>,
    /// Start and end of each.
    spans: Vec<(usize, usize)>,
}

impl Names {
    fn push(&mut self, name: &[u8], mark: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(name);
        self.bytes.extend_from_slice(mark);
        self.spans.push((start, self.bytes.len()));
    }

    fn len(&self) -> usize {
        self.spans.len()
    }

    fn get(&self, index: usize) -> &[u8] {
        self.spans.get(index).and_then(|&(start, end)| self.bytes.get(start..end)).unwrap_or_default()
    }

    fn is_folder(&self, index: usize) -> bool {
        self.get(index).last() == Some(&b'/')
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|index| self.get(index))
    }
}

/// A text of Python's as bytes that compare as its code points do: bytes that are no text become surrogates.
pub fn comparable(name: &[u8]) -> Vec<u8> {
    let mut result = Vec::with_capacity(name.len() + 8);
    for chunk in name.utf8_chunks() {
        result.extend_from_slice(chunk.valid().as_bytes());
        for &byte in chunk.invalid() {
            // U+DC80 to U+DCFF, in the way UTF-8 would write them.
            result.extend_from_slice(&[0xED, 0xB0 | (byte >> 6), 0x80 | (byte & 0x3F)]);
        }
    }
    result
}

impl Query {
    fn has_suffix(&self, name: &[u8]) -> bool {
        match name.iter().rposition(|&byte| byte == b'.') {
            Some(dot) if dot > 0 => {
                let suffix = &name[dot..];
                let mut short = [0u8; 16];
                if suffix.is_ascii() && suffix.len() <= short.len() {
                    let short = &mut short[..suffix.len()];
                    short.copy_from_slice(suffix);
                    short.make_ascii_lowercase();
                    return std::str::from_utf8(short).is_ok_and(|suffix| self.suffixes.contains(suffix));
                }
                std::str::from_utf8(suffix).is_ok_and(|suffix| self.suffixes.contains(&suffix.to_lowercase()))
            }
            _ => false,
        }
    }

    /// Whether a link leads to a folder that holds the root, or lies within it.
    fn leads_back(&self, path: &Path) -> bool {
        fs::canonicalize(path)
            .is_ok_and(|target| target.starts_with(&self.real_root) || self.real_root.starts_with(&target))
    }

    fn list(&self, folder: &Path, cancel: &AtomicBool) -> Result<Listing, Failure> {
        let check = || if cancel.load(Ordering::Relaxed) { Err(Failure::Cancelled) } else { Ok(()) };
        check()?;
        let io = |error: rustix::io::Errno| Failure::Io(error.raw_os_error());
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let handle = rustix::fs::open(folder, flags, Mode::empty()).map_err(io)?;
        let status = rustix::fs::fstat(&handle).map_err(io)?;
        #[allow(clippy::unnecessary_cast)] // narrower on other systems
        let identity = (status.st_dev as u64, status.st_ino as u64);
        let mut names = Names::default();
        for (index, entry) in Dir::new(handle).map_err(io)?.enumerate() {
            if index % CHECK_EVERY == CHECK_EVERY - 1 {
                check()?;
            }
            let entry = entry.map_err(io)?;
            let name = entry.file_name().to_bytes();
            if name.first() == Some(&b'.') || name.is_empty() {
                continue;
            }
            let is_named_as_picture = self.has_suffix(name);
            let (mut kind, mut is_link) = (entry.file_type(), false);
            if matches!(kind, FileType::Symlink | FileType::Unknown) {
                if !is_named_as_picture && !self.recursive {
                    continue;
                }
                let path = folder.join(OsStr::from_bytes(name));
                is_link = fs::symlink_metadata(&path).is_ok_and(|status| status.is_symlink());
                kind = match fs::metadata(&path) {
                    Ok(status) if status.is_file() => FileType::RegularFile,
                    Ok(status) if status.is_dir() => FileType::Directory,
                    _ => continue,
                };
            }
            if is_named_as_picture && kind == FileType::RegularFile {
                names.push(name, b"");
            } else if self.recursive && kind == FileType::Directory {
                if is_link && self.leads_back(&folder.join(OsStr::from_bytes(name))) {
                    continue;
                }
                names.push(name, b"/");
            }
        }
        Ok(Listing { identity, names: sorted(names, self.fold)? })
    }
}

fn sorted(mut names: Names, fold: Fold) -> Result<Names, Failure> {
    let mut keys = Keys::default();
    let comparables: Vec<Vec<u8>> = names.iter().filter(|name| !name.is_ascii()).map(comparable).collect();
    let slices: Vec<&[u8]> = comparables.iter().map(Vec::as_slice).collect();
    let mut folded = if slices.is_empty() { Vec::new() } else { fold(&slices)? }.into_iter();
    for name in names.iter() {
        if name.is_ascii() {
            keys.push_ascii(name);
        } else {
            keys.push_folded(&folded.next().ok_or(Failure::Internal)?);
        }
    }
    let order = keys.order(|one, other| comparable(names.get(one)).cmp(&comparable(names.get(other))));
    let spans = order.into_iter().filter_map(|index| names.spans.get(index as usize).copied()).collect();
    names.spans = spans;
    Ok(names)
}

enum Progress {
    Waiting,
    Running,
    Done(Result<Listing, Failure>),
}

/// A folder that is listed ahead of its turn.
struct Job {
    folder: PathBuf,
    progress: Mutex<Progress>,
    changed: Condvar,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Job {
    fn run_if_waiting(&self, query: &Query, cancel: &AtomicBool) {
        {
            let mut progress = lock(&self.progress);
            if !matches!(*progress, Progress::Waiting) {
                return;
            }
            *progress = Progress::Running;
        }
        let result = crate::failure::guarded(|| query.list(&self.folder, cancel));
        *lock(&self.progress) = Progress::Done(result);
        self.changed.notify_all();
    }

    fn result(&self, query: &Query, cancel: &AtomicBool) -> Result<Listing, Failure> {
        self.run_if_waiting(query, cancel);
        let mut progress = lock(&self.progress);
        loop {
            match std::mem::replace(&mut *progress, Progress::Running) {
                Progress::Done(result) => return result,
                Progress::Running | Progress::Waiting => {
                    progress = self.changed.wait(progress).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Arc<Job>>,
    is_closed: bool,
}

/// Jobs for the threads of one call.
#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

impl Shared {
    fn work(&self, query: &Query, cancel: &AtomicBool) {
        let mut queue = lock(&self.queue);
        loop {
            if queue.is_closed {
                return;
            }
            if let Some(job) = queue.jobs.pop_front() {
                drop(queue);
                job.run_if_waiting(query, cancel);
                queue = lock(&self.queue);
            } else {
                queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn push(&self, job: Arc<Job>) {
        lock(&self.queue).jobs.push_back(job);
        self.changed.notify_one();
    }

    fn close(&self) {
        lock(&self.queue).is_closed = true;
        self.changed.notify_all();
    }
}

/// A folder whose entries are being handed out.
struct Frame {
    prefix: Vec<u8>,
    names: Names,
    next: usize,
    /// Entries before this one have their jobs.
    scouted: usize,
    jobs: VecDeque<(usize, Arc<Job>)>,
}

/// Paths of pictures, and folders that could not be listed, with the system's error number.
#[derive(Default)]
pub struct Batch {
    pub paths: Vec<u8>,
    pub ends: Vec<usize>,
    pub skipped: Vec<(OsString, i32)>,
}

/// One walk over a tree.
pub struct Walk {
    query: Query,
    threads: usize,
    tree: Tree,
}

#[derive(Default)]
struct Tree {
    visited: HashSet<(u64, u64)>,
    stack: Vec<Frame>,
}

impl Walk {
    /// List the root itself.
    pub fn start(root: &Path, query: Query, threads: usize, cancel: &AtomicBool) -> Result<Self, Failure> {
        let listing = query.list(root, cancel)?;
        let mut tree = Tree::default();
        tree.enter(root, listing);
        Ok(Walk { query, threads: threads.clamp(1, 64), tree })
    }

    /// Go on until `count` paths are found or the walk is over; an empty batch is the end.
    pub fn next_batch(&mut self, count: usize, cancel: &AtomicBool) -> Result<Batch, Failure> {
        let Walk { query, threads, tree } = self;
        let (query, threads) = (&*query, *threads);
        let mut batch = Batch::default();
        let shared = Shared::default();
        std::thread::scope(|scope| {
            let mut started = 1;
            let mut go_on = || {
                while let Some((folder, job)) = tree.next_folder(count, &mut batch) {
                    if threads > 1 {
                        let queued = tree.scout(&shared);
                        if started < threads && queued > 0 {
                            started += 1;
                            // Where no thread can be started, this one does it all.
                            let work = || shared.work(query, cancel);
                            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
                        }
                    }
                    let result = match job {
                        Some(job) => job.result(query, cancel),
                        None => query.list(&folder, cancel),
                    };
                    match result {
                        Ok(listing) => tree.enter(&folder, listing),
                        Err(Failure::Io(code)) => batch.skipped.push((folder.into_os_string(), code)),
                        Err(failure) => return Err(failure),
                    }
                }
                Ok(())
            };
            let result = go_on();
            shared.close();
            result
        })?;
        Ok(batch)
    }
}

impl Tree {
    fn enter(&mut self, folder: &Path, listing: Listing) {
        if listing.names.len() == 0 || !self.visited.insert(listing.identity) {
            return;
        }
        let mut prefix = folder.as_os_str().as_bytes().to_vec();
        if prefix.last() != Some(&b'/') {
            prefix.push(b'/');
        }
        self.stack.push(Frame { prefix, names: listing.names, next: 0, scouted: 0, jobs: VecDeque::new() });
    }

    /// Hand files out up to the next folder; None when there are enough or no more.
    fn next_folder(&mut self, count: usize, batch: &mut Batch) -> Option<(PathBuf, Option<Arc<Job>>)> {
        while let Some(frame) = self.stack.last_mut() {
            while frame.next < frame.names.len() {
                if batch.ends.len() >= count {
                    return None;
                }
                let index = frame.next;
                frame.next += 1;
                if frame.names.is_folder(index) {
                    let folder = frame.folder(index);
                    let has_job = frame.jobs.front().is_some_and(|(place, _)| *place == index);
                    let job = if has_job { frame.jobs.pop_front() } else { None };
                    return Some((folder, job.map(|(_, job)| job)));
                }
                batch.paths.extend_from_slice(&frame.prefix);
                batch.paths.extend_from_slice(frame.names.get(index));
                batch.ends.push(batch.paths.len());
            }
            self.stack.pop();
        }
        None
    }

    /// Make jobs of the next folders beside the present one; returns how many are new.
    fn scout(&mut self, shared: &Shared) -> usize {
        let Some(frame) = self.stack.last_mut() else {
            return 0;
        };
        let mut queued = 0;
        frame.scouted = frame.scouted.max(frame.next);
        while frame.jobs.len() < AHEAD && frame.scouted < frame.names.len() {
            let index = frame.scouted;
            frame.scouted += 1;
            if frame.names.is_folder(index) {
                let job = Arc::new(Job {
                    folder: frame.folder(index),
                    progress: Mutex::new(Progress::Waiting),
                    changed: Condvar::new(),
                });
                frame.jobs.push_back((index, Arc::clone(&job)));
                shared.push(job);
                queued += 1;
            }
        }
        queued
    }
}

impl Frame {
    fn folder(&self, index: usize) -> PathBuf {
        let name = self.names.get(index);
        let mut path = self.prefix.clone();
        path.extend_from_slice(name.strip_suffix(b"/").unwrap_or(name));
        PathBuf::from(OsString::from_vec(path))
    }
}

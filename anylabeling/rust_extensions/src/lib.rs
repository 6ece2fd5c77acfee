//! Compiled helpers of AnyLabeling. See README.md for what they are and how they are built.
//!
//! Everything that comes from a file is checked; a file that cannot be decoded here gives a text instead of pixels, and
//! the caller takes another decoder. The interpreter's lock is released during all work.

mod exif;
mod failure;
mod jpeg;
mod label_json;
mod labels;
mod lines;
mod load;
mod natural;
mod pixels;
mod png;
mod regions;
mod resize;
mod runs;
#[cfg(unix)]
mod scan;
#[cfg(unix)]
mod stat;
mod unfilter;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use numpy::{PyReadwriteArray1, PyReadwriteArray4, PyUntypedArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};
use pyo3::IntoPyObjectExt;

use failure::{guarded, Failure};
use pixels::Layout;
use resize::Size;

/// A flag that any thread may set to stop running work.
#[pyclass(frozen, module = "anylabeling_rust")]
#[derive(Default)]
struct CancelFlag {
    flag: Arc<AtomicBool>,
}

#[pymethods]
impl CancelFlag {
    #[new]
    fn new() -> Self {
        CancelFlag::default()
    }

    /// Ask the work to stop.
    fn set(&self) {
        self.flag.store(true, Ordering::Relaxed);
    }
}

fn flag_of(cancel: Option<&CancelFlag>) -> Arc<AtomicBool> {
    cancel.map_or_else(Arc::default, |cancel| Arc::clone(&cancel.flag))
}

fn layout_of(name: &str) -> PyResult<Layout> {
    Layout::from_name(name).ok_or_else(|| PyValueError::new_err(format!("unknown layout {name:?}")))
}

/// Decode a sequential JPEG into a uint8 array (n,), at 1/1, 1/2, 1/4 or 1/8 of its size, as it lies in the file.
///
/// Returns (width, height), or a text where another decoder is needed; the array's content is undefined then.
#[pyfunction]
fn decode_jpeg<'py>(
    py: Python<'py>,
    data: &Bound<'py, PyBytes>,
    layout: &str,
    scale: usize,
    mut out: PyReadwriteArray1<'py, u8>,
) -> PyResult<Py<PyAny>> {
    let layout = layout_of(layout)?;
    let (data, out) = (data.as_bytes(), out.as_slice_mut()?);
    let result = py.detach(|| {
        guarded(|| {
            let header = jpeg::Header::read(data)?;
            jpeg::decode(data, &header, scale, layout, out)
        })
    });
    to_object(py, result)
}

/// Decode a progressive JPEG into a uint8 array (n,), at 1/8 of its size, as it lies in the file.
///
/// Returns (width, height), or a text where another decoder is needed; the array's content is undefined then.
#[pyfunction]
fn decode_progressive_eighth<'py>(
    py: Python<'py>,
    data: &Bound<'py, PyBytes>,
    layout: &str,
    mut out: PyReadwriteArray1<'py, u8>,
) -> PyResult<Py<PyAny>> {
    let layout = layout_of(layout)?;
    let (data, out) = (data.as_bytes(), out.as_slice_mut()?);
    let result = py.detach(|| guarded(|| jpeg::progressive::decode_eighth(data, layout, out)));
    to_object(py, result)
}

/// Decode a PNG with 8 bits per channel into a uint8 array (n,), as it lies in the file, over white.
///
/// Returns whether anything is transparent, or a text where another decoder is needed.
#[pyfunction]
fn decode_png<'py>(
    py: Python<'py>,
    data: &Bound<'py, PyBytes>,
    layout: &str,
    mut out: PyReadwriteArray1<'py, u8>,
) -> PyResult<Py<PyAny>> {
    let layout = layout_of(layout)?;
    let (data, out) = (data.as_bytes(), out.as_slice_mut()?);
    let result = py.detach(|| guarded(|| png::decode(&png::Header::read(data)?, layout, out)));
    to_object(py, result)
}

fn to_object<'py, T: IntoPyObjectExt<'py>>(py: Python<'py>, result: Result<T, Failure>) -> PyResult<Py<PyAny>> {
    match result {
        Ok(value) => value.into_py_any(py),
        Err(failure) => failure.text().into_py_any(py),
    }
}

/// Load many JPEG and PNG files into uint8 frames (n, height, width, 3) RGB: fitted, centred, turned as EXIF says.
///
/// Returns, for each, (width, height) of the whole picture, or a text where another decoder is needed; that frame's
/// content is undefined. `map` maps files into memory instead of reading them: a file that is cut meanwhile then ends
/// the process.
#[pyfunction]
#[pyo3(signature = (paths, frames, *, pad = 114, threads = 1, map = false, cancel = None))]
fn load_images<'py>(
    py: Python<'py>,
    paths: Vec<PathBuf>,
    mut frames: PyReadwriteArray4<'py, u8>,
    pad: u8,
    threads: usize,
    map: bool,
    cancel: Option<&CancelFlag>,
) -> PyResult<Vec<Py<PyAny>>> {
    let &[count, height, width, channels] = frames.shape() else {
        return Err(PyValueError::new_err("the frames must have four dimensions"));
    };
    if count != paths.len() || channels != 3 || width == 0 || height == 0 {
        return Err(PyValueError::new_err("the frames must be (number of paths, height, width, 3)"));
    }
    let plan = load::Plan { frame: Size { width, height }, pad, map, threads };
    let (flag, out) = (flag_of(cancel), frames.as_slice_mut()?);
    let results = py.detach(|| load::load_all(&paths, plan, out, &flag));
    results.into_iter().map(|result| to_object(py, result.map(|size| (size.width, size.height)))).collect()
}

/// A text as UTF-8 in which lone surrogates are written like other characters.
fn comparable<'py>(text: &Bound<'py, PyString>) -> PyResult<Vec<u8>> {
    if let Ok(utf8) = text.to_str() {
        return Ok(utf8.as_bytes().to_vec());
    }
    let encoded = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
    encoded.extract::<Vec<u8>>()
}

fn casefold<'py>(text: &Bound<'py, PyString>) -> PyResult<Vec<u8>> {
    comparable(text.call_method0("casefold")?.cast::<PyString>()?)
}

/// Return the texts in natural order; equal ones by plain comparison.
#[pyfunction]
fn natural_sorted<'py>(py: Python<'py>, names: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    let mut texts: Vec<Bound<'py, PyString>> = Vec::new();
    let mut keys = natural::Keys::default();
    for name in names.try_iter()? {
        let text = name?.cast_into::<PyString>()?;
        match text.to_str() {
            Ok(utf8) if utf8.is_ascii() => keys.push_ascii(utf8.as_bytes()),
            _ => keys.push_folded(&casefold(&text)?),
        }
        texts.push(text);
    }
    // Equal keys are rare: what decides then is read again from the texts.
    let plain = |index: usize| comparable(&texts[index]).unwrap_or_default();
    let order = keys.order(|one, other| plain(one).cmp(&plain(other)));
    PyList::new(py, order.into_iter().map(|index| &texts[index as usize]))
}

#[cfg(unix)]
mod folders {
    //! What needs the file system of a Unix.

    use std::borrow::Cow;
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt;
    use std::sync::{Mutex, PoisonError};

    use super::*;
    use crate::scan::{Query, Walk};

    /// Fold names by Python's own rules, whose version of Unicode differs from one Python to the next.
    fn fold(names: &[&[u8]]) -> Result<Vec<Vec<u8>>, Failure> {
        Python::attach(|py| {
            names
                .iter()
                .map(|name| {
                    let bytes = PyBytes::new(py, name);
                    let text = bytes.call_method1("decode", ("utf-8", "surrogatepass"))?;
                    casefold(text.cast::<PyString>()?)
                })
                .collect::<PyResult<Vec<_>>>()
        })
        .map_err(|_| Failure::Internal)
    }

    /// A text by the bytes of a file name.
    fn path_text<'py>(py: Python<'py>, raw: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        match std::str::from_utf8(raw) {
            Ok(text) => Ok(PyString::new(py, text).into_any()),
            Err(_) => OsStr::from_bytes(raw).into_bound_py_any(py),
        }
    }

    type Found<'py> = (Vec<Bound<'py, PyAny>>, Vec<(Bound<'py, PyAny>, i32)>);

    /// One scan of a folder tree, in natural order, folder by folder.
    ///
    /// `start` lists the folder itself; `next_batch` goes on.
    #[pyclass(frozen, module = "anylabeling_rust")]
    pub struct FolderScan {
        walk: Mutex<Option<Walk>>,
        flag: Arc<AtomicBool>,
    }

    #[pymethods]
    impl FolderScan {
        #[new]
        #[pyo3(signature = (cancel = None))]
        fn new(cancel: Option<&CancelFlag>) -> Self {
            FolderScan { walk: Mutex::new(None), flag: flag_of(cancel) }
        }

        /// List `root`; returns 0, or the system's error number. `real_root` is its path without links.
        fn start(
            &self,
            py: Python<'_>,
            root: PathBuf,
            real_root: PathBuf,
            suffixes: Vec<String>,
            recursive: bool,
            threads: usize,
        ) -> i32 {
            let query = Query { suffixes: suffixes.into_iter().collect(), recursive, real_root, fold };
            match py.detach(|| guarded(|| Walk::start(&root, query, threads, &self.flag))) {
                Ok(walk) => {
                    *self.walk.lock().unwrap_or_else(PoisonError::into_inner) = Some(walk);
                    0
                }
                Err(Failure::Io(code)) => code,
                Err(_) => 0,
            }
        }

        /// Return (paths, [(folder that cannot be listed, error number)]), or None when stopped.
        ///
        /// Both are empty at the end.
        fn next_batch<'py>(&self, py: Python<'py>, count: usize) -> PyResult<Option<Found<'py>>> {
            let result = py.detach(|| {
                let mut walk = self.walk.lock().unwrap_or_else(PoisonError::into_inner);
                guarded(|| match walk.as_mut() {
                    Some(walk) if !self.flag.load(Ordering::Relaxed) => walk.next_batch(count, &self.flag),
                    _ => Err(Failure::Cancelled),
                })
            });
            let batch = match result {
                Ok(batch) => batch,
                Err(Failure::Cancelled) => return Ok(None),
                Err(failure) => return Err(PyValueError::new_err(failure.text())),
            };
            let mut paths = Vec::with_capacity(batch.ends.len());
            let mut start = 0;
            for &end in &batch.ends {
                paths.push(path_text(py, &batch.paths[start..end])?);
                start = end;
            }
            let skipped = batch
                .skipped
                .iter()
                .map(|(folder, code)| Ok((path_text(py, folder.as_bytes())?, *code)))
                .collect::<PyResult<_>>()?;
            Ok(Some((paths, skipped)))
        }
    }

    /// Fill int64 arrays (n,) with the sizes and modification times (ns) of files; -1 for those that cannot be read.
    #[pyfunction]
    #[pyo3(signature = (paths, sizes, times, threads = 1))]
    pub fn stat_files<'py>(
        py: Python<'py>,
        paths: &Bound<'py, PyAny>,
        mut sizes: PyReadwriteArray1<'py, i64>,
        mut times: PyReadwriteArray1<'py, i64>,
        threads: usize,
    ) -> PyResult<()> {
        let (sizes, times) = (sizes.as_slice_mut()?, times.as_slice_mut()?);
        // Held here, so that their texts can be read without the lock.
        let texts: Vec<Bound<'py, PyString>> =
            paths.try_iter()?.map(|path| Ok(path?.cast_into::<PyString>()?)).collect::<PyResult<_>>()?;
        if sizes.len() != texts.len() || times.len() != texts.len() {
            return Err(PyValueError::new_err("the arrays must have one entry per path"));
        }
        let paths: Vec<Cow<'_, OsStr>> = texts
            .iter()
            .map(|text| match text.to_str() {
                Ok(utf8) => Ok(Cow::Borrowed(OsStr::new(utf8))),
                Err(_) => text.extract::<OsString>().map(Cow::Owned),
            })
            .collect::<PyResult<_>>()?;
        py.detach(|| crate::stat::stat_all(&paths, sizes, times, threads));
        Ok(())
    }
}

#[pymodule]
fn anylabeling_rust(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<CancelFlag>()?;
    module.add_class::<lines::PngLines>()?;
    module.add_class::<regions::JpegRegions>()?;
    module.add_function(wrap_pyfunction!(decode_jpeg, module)?)?;
    module.add_function(wrap_pyfunction!(decode_png, module)?)?;
    module.add_function(wrap_pyfunction!(decode_progressive_eighth, module)?)?;
    module.add_function(wrap_pyfunction!(load_images, module)?)?;
    module.add_function(wrap_pyfunction!(labels::read_label_facts, module)?)?;
    module.add_function(wrap_pyfunction!(natural_sorted, module)?)?;
    module.add_function(wrap_pyfunction!(runs::names_of_run, module)?)?;
    #[cfg(unix)]
    {
        module.add_class::<folders::FolderScan>()?;
        module.add_function(wrap_pyfunction!(folders::stat_files, module)?)?;
    }
    Ok(())
}

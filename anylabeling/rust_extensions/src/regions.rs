//! Parts of large pictures, for Python.

use std::path::PathBuf;
use std::sync::OnceLock;

use numpy::PyReadwriteArray1;
use pyo3::prelude::*;
use pyo3::types::PyString;
use pyo3::IntoPyObjectExt;

use crate::failure::{guarded, Failure};
use crate::jpeg::region::{read_header, Index, Window};
use crate::jpeg::Header;
use crate::{flag_of, layout_of, to_object, CancelFlag};

/// A sequential JPEG file of which parts are decoded. Make one with `open`, then call `index` once.
#[pyclass(frozen, module = "anylabeling_rust")]
pub struct JpegRegions {
    path: PathBuf,
    header: Header,
    index: OnceLock<Index>,
}

#[pymethods]
impl JpegRegions {
    /// Read the header of a file; returns a text where another decoder is needed.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Py<PyAny>> {
        match py.detach(|| guarded(|| read_header(&path))) {
            Ok(header) => JpegRegions { path, header, index: OnceLock::new() }.into_py_any(py),
            Err(failure) => Ok(PyString::new(py, &failure.text()).into_any().unbind()),
        }
    }

    /// Go through the file once, which makes it ready for `read`; returns the bytes kept, or a text why not.
    #[pyo3(signature = (cancel = None))]
    fn index(&self, py: Python<'_>, cancel: Option<&CancelFlag>) -> PyResult<Py<PyAny>> {
        let flag = flag_of(cancel);
        let result = py.detach(|| {
            guarded(|| {
                if self.index.get().is_none() {
                    let index = Index::build(&self.path, &self.header, &flag)?;
                    let _ = self.index.set(index);
                }
                self.index.get().map(Index::size_bytes).ok_or(Failure::Internal)
            })
        });
        to_object(py, result)
    }

    /// Decode (left, top, width, height), in pixels of the picture divided by `scale`, into a uint8 array (n,).
    ///
    /// Returns True, or a text why not; the array's content is undefined then.
    fn read<'py>(
        &self,
        py: Python<'py>,
        window: (usize, usize, usize, usize),
        scale: usize,
        layout: &str,
        mut out: PyReadwriteArray1<'py, u8>,
    ) -> PyResult<Py<PyAny>> {
        let layout = layout_of(layout)?;
        let (left, top, width, height) = window;
        let window = Window { left, top, width, height };
        let out = out.as_slice_mut()?;
        let result = py.detach(|| {
            guarded(|| {
                let index = self.index.get().ok_or(Failure::Unsupported("no index"))?;
                index.read(&self.path, &self.header, window, scale, layout, out)
            })
        });
        to_object(py, result.map(|()| true))
    }
}

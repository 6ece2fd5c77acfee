//! Runs of paths in one folder.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

/// Take the file names of the paths from `first` on that lie in one folder.
///
/// `prefix` is the folder with the separator behind it. Returns the names in UTF-8 with zeros between them, and the place
/// of the first path that lies elsewhere; nothing where a path is no text.
#[pyfunction]
pub fn names_of_run<'py>(
    paths: &Bound<'py, PyTuple>,
    first: usize,
    prefix: &str,
    separator: char,
) -> PyResult<Option<(Bound<'py, PyBytes>, usize)>> {
    let mut names: Vec<u8> = Vec::new();
    let mut end = first;
    while end < paths.len() {
        let path = paths.get_item(end)?.cast_into::<PyString>()?;
        let Ok(path) = path.to_str() else { return Ok(None) };
        let Some(name) = path.strip_prefix(prefix).filter(|name| !name.contains(separator)) else { break };
        if end > first {
            names.push(0);
        }
        names.extend_from_slice(name.as_bytes());
        end += 1;
    }
    Ok(Some((PyBytes::new(paths.py(), &names), end)))
}

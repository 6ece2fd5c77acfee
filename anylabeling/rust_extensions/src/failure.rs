//! What can go wrong, as a value: nothing here panics on what a file holds.

use std::panic::{catch_unwind, AssertUnwindSafe};

/// Why a picture was not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A valid kind of file that is left to another decoder.
    Unsupported(&'static str),
    /// The data ends before the picture does.
    Truncated,
    /// The data makes no sense.
    Damaged(&'static str),
    /// More pixels than fit where they should go, or than the limit allows.
    TooLarge,
    /// The system does not let us read the file; its error number.
    Io(i32),
    /// Somebody asked to stop.
    Cancelled,
    /// A mistake in this library.
    Internal,
}

impl Failure {
    /// One line for logs and for the choice of another decoder.
    pub fn text(&self) -> String {
        match self {
            Failure::Unsupported(what) => format!("unsupported: {what}"),
            Failure::Truncated => "truncated".to_owned(),
            Failure::Damaged(what) => format!("damaged: {what}"),
            Failure::TooLarge => "too large".to_owned(),
            Failure::Io(code) => format!("unreadable: {code}"),
            Failure::Cancelled => "cancelled".to_owned(),
            Failure::Internal => "internal error".to_owned(),
        }
    }
}

/// Run a decoder; a panic inside, which would be a mistake of ours, becomes a failure too.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Failure::Internal))
}

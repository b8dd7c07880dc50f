//! File uploads as multipart/form-data. Files are read in chunks while they are sent, never whole into memory.

use std::fmt::{self, Debug, Display};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt as _, unfold};
use reqwest::multipart::{Form, Part};
use tokio::sync::mpsc;

use crate::client::transport::connection_tracker::ConnectionTracker;

const CHUNK_SIZE: usize = 64 * 1024;
/// Chunks that are read ahead of the network.
const READ_AHEAD: usize = 2;

/// The content of a file, opened for each attempt.
pub trait UploadSource: Debug + Send + Sync {
    /// Number of bytes, if it is known before they are read.
    fn size(&self) -> Option<u64>;
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
}

/// Receives the progress of a transfer.
pub trait Progress: Debug + Send + Sync {
    /// `done` bytes of `total` were transferred.
    fn report(&self, done: u64, total: Option<u64>);
}

/// A file to upload.
#[derive(Debug, Clone)]
pub struct Upload {
    pub filename: String,
    pub content: Arc<dyn UploadSource>,
}

/// Compares by identity: comparing the content would read it.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.content, &other.content)
    }
}

/// Content in memory.
#[derive(Debug)]
pub struct BytesSource(pub Bytes);

impl UploadSource for BytesSource {
    fn size(&self) -> Option<u64> {
        u64::try_from(self.0.len()).ok()
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(self.0.clone())))
    }
}

/// A file that could not be read to its end.
#[derive(Debug)]
pub(crate) struct FileReadError {
    name: String,
    pub cause: Arc<io::Error>,
}

impl FileReadError {
    fn new(upload: &Upload, error: io::Error) -> Self {
        Self { name: upload.filename.clone(), cause: Arc::new(error) }
    }
}

impl Display for FileReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the file {:?} cannot be read: {}", self.name, self.cause)
    }
}

impl std::error::Error for FileReadError {}

/// A file on disk.
#[derive(Debug)]
pub struct FileSource {
    path: PathBuf,
    size: u64,
}

impl FileSource {
    /// Checks that the file can be read, before anything is sent.
    pub fn new(path: &Path) -> io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::Error::other("is a folder, not a file"));
        }
        std::fs::File::open(path)?;
        Ok(Self { path: path.to_owned(), size: metadata.len() })
    }
}

impl UploadSource for FileSource {
    fn size(&self) -> Option<u64> {
        Some(self.size)
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        // Ignores what was appended since: the request declares the size.
        Ok(Box::new(std::fs::File::open(&self.path)?.take(self.size)))
    }
}

/// Builds the form of an upload: the other fields first, then the file.
pub(crate) fn build_form(
    fields: &[(String, String)],
    file_field: &str,
    upload: &Upload,
    progress: Option<Arc<dyn Progress>>,
    tracker: Arc<ConnectionTracker>,
) -> Result<Form, FileReadError> {
    let size = upload.content.size();
    let reader = upload.content.open().map_err(|error| FileReadError::new(upload, error))?;
    let chunks = chunk_stream(reader, size, progress);
    let named = upload.clone();
    let chunks = chunks.map(move |chunk| chunk.map_err(|error| FileReadError::new(&named, error)));
    // Each sent chunk counts as activity, so that a long upload does not run into the read timeout.
    let chunks = chunks.inspect(move |_| tracker.record_activity());
    let body = reqwest::Body::wrap_stream(chunks);
    let part = match size {
        Some(size) => Part::stream_with_length(body, size),
        None => Part::stream(body),
    };
    let form = fields.iter().fold(Form::new(), |form, (name, value)| form.text(name.clone(), value.clone()));
    Ok(form.part(file_field.to_owned(), part.file_name(upload.filename.clone())))
}

/// Reads in a thread for blocking work.
fn chunk_stream(
    mut reader: Box<dyn Read + Send>,
    size: Option<u64>,
    progress: Option<Arc<dyn Progress>>,
) -> impl Stream<Item = io::Result<Bytes>> {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    let task = tokio::task::spawn_blocking(move || {
        let mut done = 0_u64;
        // An attempt that has ended must not move the file on: the next one reads it too.
        while !sender.is_closed()
            && let Some(chunk) = read_chunk(&mut reader, size.map(|size| size - done)).transpose()
        {
            let is_error = chunk.is_err();
            done += chunk.as_ref().map_or(0, |bytes| bytes.len() as u64);
            if sender.blocking_send(chunk).is_err() || is_error {
                return;
            }
            if let Some(progress) = &progress {
                progress.report(done, size);
            }
        }
    });
    unfold((receiver, task), |(mut receiver, task)| async move { receiver.recv().await.map(|chunk| (chunk, (receiver, task))) })
}

/// The next bytes, up to the `left` ones that the request declares; `None` at the end. A file that has become shorter is an error.
fn read_chunk(reader: &mut Box<dyn Read + Send>, left: Option<u64>) -> io::Result<Option<Bytes>> {
    let mut chunk = Vec::with_capacity(CHUNK_SIZE);
    let size = left.map_or(CHUNK_SIZE as u64, |left| left.min(CHUNK_SIZE as u64));
    reader.by_ref().take(size).read_to_end(&mut chunk)?;
    match (chunk.is_empty(), left) {
        (false, _) => Ok(Some(Bytes::from(chunk))),
        (true, None | Some(0)) => Ok(None),
        (true, Some(left)) => {
            Err(io::Error::new(io::ErrorKind::UnexpectedEof, format!("it is {left} bytes shorter than when the upload began")))
        }
    }
}

//! Files on their way to the service: read piece by piece while they are sent, never whole in memory.

use std::fmt::Debug;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt as _, unfold};
use reqwest::multipart::{Form, Part};
use tokio::sync::mpsc;

use crate::client::transport::connection_tracker::ConnectionTracker;

/// Pieces are read ahead of the network by at most two of these.
const PIECE: usize = 64 * 1024;

/// Where a file's content comes from. It is opened anew for each attempt.
pub trait UploadSource: Debug + Send + Sync {
    /// Bytes in it, where that is known; the service is told before they come.
    fn size(&self) -> Option<u64>;
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
}

/// Told how many bytes have gone over, of how many.
pub trait Progress: Debug + Send + Sync {
    fn step(&self, done: u64, total: Option<u64>);
}

/// A file to be sent.
#[derive(Debug, Clone)]
pub struct Upload {
    pub filename: String,
    pub content: Arc<dyn UploadSource>,
}

/// The same content, not content that happens to be equal: comparing would read it.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.content, &other.content)
    }
}

/// Bytes that are in memory anyway.
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

/// A file on disk.
#[derive(Debug)]
pub struct FileSource {
    path: PathBuf,
    size: u64,
}

impl FileSource {
    /// The file's size is taken now: a file that is missing is told before anything is sent.
    pub fn new(path: &Path) -> io::Result<Self> {
        let about = std::fs::metadata(path)?;
        if !about.is_file() {
            return Err(io::Error::other("is a folder, not a file"));
        }
        std::fs::File::open(path)?;
        Ok(Self { path: path.to_owned(), size: about.len() })
    }
}

impl UploadSource for FileSource {
    fn size(&self) -> Option<u64> {
        Some(self.size)
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        // What is appended meanwhile is left out: the service was told the size.
        Ok(Box::new(std::fs::File::open(&self.path)?.take(self.size)))
    }
}

/// The multipart form of an upload: the other fields first, then the file.
pub(crate) fn form(
    fields: &[(String, String)],
    wire: &str,
    upload: &Upload,
    progress: Option<Arc<dyn Progress>>,
    course: Arc<ConnectionTracker>,
) -> io::Result<Form> {
    let size = upload.content.size();
    // Each piece that goes shows that the connection lives: a long upload is no silence.
    let pieces = pieces(upload.content.open()?, size, progress).inspect(move |_| course.step());
    let body = reqwest::Body::wrap_stream(pieces);
    let part = match size {
        Some(size) => Part::stream_with_length(body, size),
        None => Part::stream(body),
    };
    let part = part.file_name(upload.filename.clone());
    let texts = fields.iter().fold(Form::new(), |form, (name, value)| form.text(name.clone(), value.clone()));
    Ok(texts.part(wire.to_owned(), part))
}

/// The content in pieces. Reading blocks, so a thread for such work does it.
fn pieces(
    mut from: Box<dyn Read + Send>,
    size: Option<u64>,
    progress: Option<Arc<dyn Progress>>,
) -> impl Stream<Item = io::Result<Bytes>> {
    let (give, take) = mpsc::channel(2);
    let reading = tokio::task::spawn_blocking(move || {
        let mut done = 0_u64;
        loop {
            let piece = read_piece(&mut from).transpose();
            let Some(piece) = piece else { return };
            let failed = piece.is_err();
            done += piece.as_ref().map_or(0, |bytes| bytes.len() as u64);
            if give.blocking_send(piece).is_err() || failed {
                return;
            }
            if let Some(progress) = &progress {
                progress.step(done, size);
            }
        }
    });
    unfold((take, reading), |(mut take, reading)| async move { take.recv().await.map(|piece| (piece, (take, reading))) })
}

fn read_piece(from: &mut Box<dyn Read + Send>) -> io::Result<Option<Bytes>> {
    let mut piece = Vec::with_capacity(PIECE);
    from.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
    Ok((!piece.is_empty()).then(|| Bytes::from(piece)))
}

//! Answers that go to a file as they come: whole there, or not there at all.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file being written beside its final place, which it takes only when it is whole.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    partial: PathBuf,
    file: Option<File>,
}

impl AtomicFile {
    pub fn begin(target: &Path) -> io::Result<Self> {
        let mut name = target.file_name().ok_or_else(|| io::Error::other("names no file"))?.to_owned();
        name.push(format!(".{:08x}.partial", fastrand::u32(..)));
        let partial = target.with_file_name(name);
        let file = File::options().write(true).create_new(true).open(&partial)?;
        Ok(Self { target: target.to_owned(), partial, file: Some(file) })
    }

    pub fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(piece))
    }

    pub fn finish(mut self) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            file.sync_all()?;
        }
        std::fs::rename(&self.partial, &self.target)
    }
}

impl Drop for AtomicFile {
    /// An answer that broke off leaves nothing behind; after `finish` there is nothing left to remove.
    fn drop(&mut self) {
        drop(self.file.take());
        let _ = std::fs::remove_file(&self.partial);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn whole_or_not_at_all() {
        let folder = std::env::temp_dir().join(format!("sparkbot-save-{:08x}", fastrand::u32(..)));
        std::fs::create_dir(&folder).unwrap();
        let target = folder.join("menu.pdf");
        let mut saving = AtomicFile::begin(&target).unwrap();
        saving.write(b"half").unwrap();
        drop(saving);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        let mut saving = AtomicFile::begin(&target).unwrap();
        saving.write(b"whole").unwrap();
        saving.finish().unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"whole");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

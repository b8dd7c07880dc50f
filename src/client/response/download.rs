//! Downloads: a file appears at its path only when it is complete.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A temporary file in the target's folder, renamed to the target when it is complete. Dropping it deletes it.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    file: NamedTempFile,
}

impl AtomicFile {
    /// Creates the temporary file in the target's folder. Fails if the folder is missing or not writable.
    pub fn create(target: &Path) -> io::Result<Self> {
        let mut prefix = target.file_name().ok_or_else(|| io::Error::other("the path has no file name"))?.to_owned();
        prefix.push(".");
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".partial").rand_bytes(8);
        // The permissions of any new file, by the umask; those of a temporary file would be 0600.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self { target: target.to_owned(), file: builder.tempfile_in(folder)? })
    }

    /// Appends a chunk.
    pub fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.file.as_file_mut().write_all(chunk)
    }

    /// Writes the file to the disk, then renames it to the target, replacing an older file.
    pub fn persist(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(&self.target)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[cfg(unix)]
    #[test]
    fn file_has_the_permissions_of_any_new_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        std::fs::write(folder.path().join("plain"), "").unwrap();
        AtomicFile::create(&folder.path().join("download")).unwrap().persist().unwrap();
        assert_eq!(mode("download"), mode("plain"));
    }
}

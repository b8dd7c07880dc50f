//! Downloads: a path receives complete content, or nothing.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::client::response::output::{OutputTarget, folder_of, open_existing};

/// The content of a download, on disk until it is complete. Dropping it deletes it.
#[derive(Debug)]
pub enum Download {
    /// In the target's folder; renamed to the target.
    Replacing { target: PathBuf, file: NamedTempFile },
    /// In a nameless file, because what was written into a FIFO or a device can't be taken back by a retry.
    WritingInto { target: PathBuf, file: File },
}

impl Download {
    /// Fails if the path can't be written: its folder is missing, it is a folder.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(match OutputTarget::of(path)? {
            OutputTarget::Replace(target) => Self::Replacing { file: create_next_to(&target)?, target },
            OutputTarget::WriteInto(target) => Self::WritingInto { target, file: tempfile::tempfile()? },
        })
    }

    /// Appends a chunk.
    pub fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        match self {
            Self::Replacing { file, .. } => file.as_file_mut().write_all(chunk),
            Self::WritingInto { file, .. } => file.write_all(chunk),
        }
    }

    /// Hands over the complete content. The reader of a FIFO can take any time, in which other calls go on.
    pub async fn finish(self) -> io::Result<()> {
        match self {
            Self::Replacing { target, file } => {
                file.as_file().sync_all()?;
                file.persist(target)?;
                Ok(())
            }
            Self::WritingInto { target, file } => {
                tokio::task::spawn_blocking(move || copy_into(file, &target)).await.map_err(io::Error::other)?
            }
        }
    }
}

fn create_next_to(target: &Path) -> io::Result<NamedTempFile> {
    let mut prefix = target.file_name().ok_or_else(|| io::Error::other("the path has no file name"))?.to_owned();
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".partial").rand_bytes(8);
    let replaced = std::fs::metadata(target).map(|file| file.permissions()).ok();
    // The permissions of the file that it replaces, or by the umask those of any new file; a temporary file's would be 0600.
    #[cfg(unix)]
    builder.permissions(replaced.clone().unwrap_or_else(|| std::os::unix::fs::PermissionsExt::from_mode(0o666)));
    let file = builder.tempfile_in(folder_of(target))?;
    // The umask takes bits away from those of a new file, not from these. Some file systems have no permissions to set.
    replaced.map(|permissions| file.as_file().set_permissions(permissions));
    Ok(file)
}

fn copy_into(mut content: File, target: &Path) -> io::Result<()> {
    content.rewind()?;
    io::copy(&mut content, &mut open_existing(target)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[cfg(unix)]
    #[tokio::test]
    async fn file_has_the_permissions_of_any_new_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        std::fs::write(folder.path().join("plain"), "").unwrap();
        Download::create(&folder.path().join("download")).unwrap().finish().await.unwrap();
        assert_eq!(mode("download"), mode("plain"));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn replaced_file_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("private");
        for mode in [0o600, 0o666, 0o640] {
            std::fs::write(&path, "old").unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let download = Download::create(&path).unwrap();
            download.finish().await.unwrap();
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
        }
    }
}

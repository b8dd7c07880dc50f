//! Where an output goes: a regular file is replaced, anything else is written into.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// As many links as Linux follows.
const MAX_LINKS: usize = 40;

/// What writing to a path means. A link stays; its target is meant.
#[derive(Debug, PartialEq)]
pub enum OutputTarget {
    /// A regular file, or none yet: a complete file is renamed to this path.
    Replace(PathBuf),
    /// A FIFO, a device, a socket or an open descriptor (`/dev/stdout`), which a file in its place would destroy.
    WriteInto(PathBuf),
}

impl OutputTarget {
    /// What is at the path now.
    pub fn of(path: &Path) -> io::Result<Self> {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(found) if !found.is_file() => return Ok(Self::WriteInto(path.to_owned())),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(follow_links(path)?.map_or_else(|| Self::WriteInto(path.to_owned()), Self::Replace))
    }
}

/// The path at the end of all links, which need not exist; none if a link stands for an open file.
fn follow_links(path: &Path) -> io::Result<Option<PathBuf>> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
            return Ok(Some(path));
        }
        if folder_of(&path).canonicalize()?.starts_with("/proc") {
            return Ok(None);
        }
        path = folder_of(&path).join(fs::read_link(&path)?);
    }
    Err(io::Error::other("too many symbolic links"))
}

/// The folder of a file; `.` if the path has none.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Opens what is there, without creating a file. A FIFO waits for its reader.
pub fn open_existing(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).truncate(true).open(path)
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn regular_and_new_files_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        assert_eq!(OutputTarget::of(&path).unwrap(), OutputTarget::Replace(path.clone()));
        fs::write(&path, "").unwrap();
        assert_eq!(OutputTarget::of(&path).unwrap(), OutputTarget::Replace(path));
    }

    #[test]
    fn target_of_a_link_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        symlink("second", &first).unwrap();
        symlink("missing", &second).unwrap();
        assert_eq!(OutputTarget::of(&first).unwrap(), OutputTarget::Replace(folder.path().join("missing")));
    }

    #[test]
    fn devices_and_descriptors_are_written_into() {
        for path in ["/dev/null", "/dev/stdout"] {
            assert_eq!(OutputTarget::of(Path::new(path)).unwrap(), OutputTarget::WriteInto(path.into()));
        }
    }

    #[test]
    fn folders_and_circular_links_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        symlink("link", &link).unwrap();
        OutputTarget::of(folder.path()).unwrap_err();
        OutputTarget::of(&link).unwrap_err();
    }
}

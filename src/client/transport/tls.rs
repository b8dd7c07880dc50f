//! Whom the client trusts: certificates are always verified, only the list of authorities can be chosen.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::transport::environment::TrustStoreInfo;

/// Variables that name a file of authorities, as other clients read them; the first that is set is used. SSL_CERT_FILE and
/// SSL_CERT_DIR come before them, and go together.
const BUNDLES: [&str; 2] = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];
const FILE: &str = "SSL_CERT_FILE";
const FOLDERS: &str = "SSL_CERT_DIR";

pub(crate) fn config(config: &Config) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::config(format!("TLS cannot be set up: {error}")))?;
    Ok(versions.with_root_certificates(roots(config)?).with_no_client_auth())
}

/// Where the authorities come from: the argument, the environment, or the system.
#[derive(Debug)]
enum Source<'a> {
    File(&'a Path),
    /// A path, and the variable that names it.
    Environment(Vec<(&'static str, PathBuf)>),
    System,
}

/// Refuses a path that was named and cannot be read, before any call is made. What is in it is read with the first call.
pub(crate) fn check(config: &Config) -> Result<(), Error> {
    if !config.base.https {
        return Ok(());
    }
    match source(config) {
        Source::File(path) => readable("ca_bundle", path),
        Source::Environment(paths) => paths.iter().try_for_each(|(name, path)| readable(name, path)),
        Source::System => Ok(()),
    }
}

/// The authorities that a client trusts, read anew.
pub(crate) fn trust(config: &Config) -> Result<TrustStoreInfo, Error> {
    let (source, paths) = match source(config) {
        Source::File(path) => ("ca_bundle".to_owned(), vec![path.to_owned()]),
        Source::Environment(named) => {
            let (mut names, paths): (Vec<_>, Vec<_>) = named.into_iter().unzip();
            names.dedup();
            (names.join(", "), paths)
        }
        Source::System => ("system".to_owned(), Vec::new()),
    };
    Ok(TrustStoreInfo { source, paths, authorities: roots(config)?.len() })
}

fn source(config: &Config) -> Source<'_> {
    if let Some(path) = &config.ca_bundle {
        return Source::File(path);
    }
    let folders = set(FOLDERS).map(|folders| std::env::split_paths(&folders).map(|path| (FOLDERS, path)).collect::<Vec<_>>());
    let named: Vec<_> =
        set(FILE).map(|path| (FILE, PathBuf::from(path))).into_iter().chain(folders.unwrap_or_default()).collect();
    if !named.is_empty() {
        return Source::Environment(named);
    }
    let bundle = BUNDLES.into_iter().find_map(|name| Some((name, PathBuf::from(set(name)?))));
    bundle.map_or(Source::System, |bundle| Source::Environment(vec![bundle]))
}

fn set(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn readable(named_by: &str, path: &Path) -> Result<(), Error> {
    let read = match named_by {
        FOLDERS => std::fs::read_dir(path).map(drop),
        _ if path.is_dir() => Err(std::io::Error::other("it is a folder, not a file")),
        _ => std::fs::File::open(path).map(drop),
    };
    read.map_err(|error| problem(named_by, path, &format!("which cannot be read: {error}")))
}

fn problem(named_by: &str, path: &Path, problem: &str) -> Error {
    Error::config(format!("{named_by} names {}, {problem}", path.display()))
}

fn roots(config: &Config) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    match source(config) {
        Source::File(path) => add_file(&mut store, "ca_bundle", path)?,
        // Reading authorities takes milliseconds, and http needs none; an http proxy in front changes nothing.
        _ if !config.base.https => {}
        Source::Environment(paths) => {
            for (name, path) in &paths {
                if *name == FOLDERS { add_folder(&mut store, path)? } else { add_file(&mut store, name, path)? }
            }
        }
        Source::System => return from_system(),
    }
    Ok(store)
}

fn add_file(store: &mut RootCertStore, named_by: &str, path: &Path) -> Result<(), Error> {
    let fail = |text: String| problem(named_by, path, &text);
    let certificates = CertificateDer::pem_file_iter(path).map_err(|error| fail(format!("which cannot be read: {error}")))?;
    let before = store.len();
    for certificate in certificates {
        let certificate = certificate.map_err(|error| fail(format!("which is no PEM file: {error}")))?;
        store.add(certificate).map_err(|error| fail(format!("which holds a broken certificate: {error}")))?;
    }
    if store.len() == before {
        return Err(fail("which holds no certificate; it should be a PEM file with -----BEGIN CERTIFICATE-----".to_owned()));
    }
    Ok(())
}

/// A folder holds other files too: what is no certificate in it is passed over.
fn add_folder(store: &mut RootCertStore, path: &Path) -> Result<(), Error> {
    let found = rustls_native_certs::load_certs_from_paths(None, Some(path));
    if let (true, Some(error)) = (found.certs.is_empty(), found.errors.first()) {
        return Err(problem(FOLDERS, path, &format!("which cannot be read: {error}")));
    }
    if store.add_parsable_certificates(found.certs).0 == 0 {
        return Err(problem(
            FOLDERS,
            path,
            "which holds no certificate; it should hold PEM files, as `openssl rehash` leaves them",
        ));
    }
    Ok(())
}

fn from_system() -> Result<RootCertStore, Error> {
    let found = rustls_native_certs::load_native_certs();
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(found.certs);
    if !store.is_empty() {
        return Ok(store);
    }
    let reason = found.errors.first().map(|error| format!(" ({error})")).unwrap_or_default();
    Err(Error::config(format!(
        "no certificate authorities were found on this system{reason}; install the package ca-certificates, \
         or pass ca_bundle=\"/path/to/bundle.pem\" (SSL_CERT_FILE works too)"
    )))
}

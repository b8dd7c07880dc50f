//! TLS: certificates are always verified; only the certificate authorities can be chosen. `docs/decisions/0008-tls.md` has
//! the reasons.

use std::ffi::OsString;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::CertificateResult;

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::transport::trust::TrustVerifier;

/// Variables that name a file of certificate authorities, as other clients read them; the first that is set is used.
/// SSL_CERT_FILE and SSL_CERT_DIR take precedence, and are used together.
const BUNDLE_VARS: [&str; 2] = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];
const CERT_FILE_VAR: &str = "SSL_CERT_FILE";
const CERT_DIR_VAR: &str = "SSL_CERT_DIR";
const CA_BUNDLE: &str = "ca_bundle";

/// The certificate authorities of a client.
#[derive(Debug, PartialEq, Eq)]
pub struct TrustStoreInfo {
    /// `ca_bundle`, the environment variables, or `system`.
    pub source: String,
    pub paths: Vec<PathBuf>,
    /// Number of certificates.
    pub authorities: usize,
}

/// A file or folder of certificate authorities.
struct CaPath {
    /// The argument or variable that names it.
    name: &'static str,
    path: PathBuf,
}

/// Without `uses_tls`, no certificate is loaded: that takes milliseconds.
pub(super) fn client_config(
    config: &Config,
    uses_tls: bool,
    client_certificate: Option<&Arc<CertifiedKey>>,
) -> Result<ClientConfig, Error> {
    let invalid = |error: &dyn Display| Error::config(format!("TLS cannot be configured: {error}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| invalid(&error))?;
    if !uses_tls {
        return Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    }
    let verifier = TrustVerifier::new(load_root_store(config)?, provider).map_err(|error| invalid(&error))?;
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    Ok(match client_certificate {
        Some(certificate) => builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(Arc::clone(certificate)))),
        None => builder.with_no_client_auth(),
    })
}

/// Fails if a configured path cannot be read. Its content is read with the first call.
pub(super) fn check_ca_paths(config: &Config) -> Result<(), Error> {
    ca_paths(config).iter().try_for_each(CaPath::check_readable)
}

pub(super) fn trust_store_info(config: &Config) -> Result<TrustStoreInfo, Error> {
    let (mut names, paths): (Vec<_>, Vec<_>) = ca_paths(config).into_iter().map(|ca| (ca.name, ca.path)).unzip();
    names.dedup();
    let source = if names.is_empty() { "system".to_owned() } else { names.join(", ") };
    Ok(TrustStoreInfo { source, paths, authorities: load_root_store(config)?.len() })
}

/// The paths of the argument or of the environment; none means the system's certificate authorities.
fn ca_paths(config: &Config) -> Vec<CaPath> {
    if let Some(path) = &config.ca_bundle {
        return vec![CaPath { name: CA_BUNDLE, path: path.clone() }];
    }
    let file = env_var(CERT_FILE_VAR).map(|path| CaPath { name: CERT_FILE_VAR, path: path.into() });
    let folders = env_var(CERT_DIR_VAR).unwrap_or_default();
    let folders = std::env::split_paths(&folders).filter(|path| !path.as_os_str().is_empty());
    let paths: Vec<_> = file.into_iter().chain(folders.map(|path| CaPath { name: CERT_DIR_VAR, path })).collect();
    if !paths.is_empty() {
        return paths;
    }
    let bundle = BUNDLE_VARS.into_iter().find_map(|name| Some(CaPath { name, path: env_var(name)?.into() }));
    bundle.into_iter().collect()
}

fn env_var(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

impl CaPath {
    fn is_folder(&self) -> bool {
        self.name == CERT_DIR_VAR
    }

    fn check_readable(&self) -> Result<(), Error> {
        let result = match &self.path {
            path if self.is_folder() => std::fs::read_dir(path).map(drop),
            path if path.is_dir() => Err(std::io::Error::other("it is a folder, not a file")),
            path => std::fs::File::open(path).map(drop),
        };
        result.map_err(|error| self.read_error(error))
    }

    fn add_to(&self, store: &mut RootCertStore) -> Result<(), Error> {
        let before = store.len();
        if self.is_folder() {
            self.add_folder(store)?;
        } else {
            self.add_file(store)?;
        }
        if store.len() > before {
            return Ok(());
        }
        let expected =
            if self.is_folder() { "PEM files named by `openssl rehash`" } else { "a PEM file with -----BEGIN CERTIFICATE-----" };
        Err(self.error(&format!("contains no certificate; expected {expected}")))
    }

    fn add_file(&self, store: &mut RootCertStore) -> Result<(), Error> {
        for certificate in CertificateDer::pem_file_iter(&self.path).map_err(|error| self.read_error(error))? {
            let certificate = certificate.map_err(|error| self.error(&format!("is not a PEM file: {error}")))?;
            store.add(certificate).map_err(|error| self.error(&format!("contains an invalid certificate: {error}")))?;
        }
        Ok(())
    }

    /// Ignores files without a certificate: folders contain other files too.
    fn add_folder(&self, store: &mut RootCertStore) -> Result<(), Error> {
        let loaded = rustls_native_certs::load_certs_from_paths(None, Some(&self.path));
        if let (true, Some(error)) = (loaded.certs.is_empty(), loaded.errors.first()) {
            return Err(self.read_error(error));
        }
        store.add_parsable_certificates(loaded.certs);
        Ok(())
    }

    fn read_error(&self, error: impl Display) -> Error {
        self.error(&format!("cannot be read: {error}"))
    }

    fn error(&self, message: &str) -> Error {
        Error::config(format!("{} names {}, which {message}", self.name, self.path.display()))
    }
}

fn load_root_store(config: &Config) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    let paths = ca_paths(config);
    if paths.is_empty() {
        return load_system_store();
    }
    paths.iter().try_for_each(|path| path.add_to(&mut store))?;
    Ok(store)
}

fn load_system_store() -> Result<RootCertStore, Error> {
    let loaded = load_system_certificates();
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(loaded.certs);
    if !store.is_empty() {
        return Ok(store);
    }
    let reason = loaded.errors.first().map(|error| format!(" ({error})")).unwrap_or_default();
    Err(Error::config(format!(
        "no certificate authorities were found on this system{reason}; install the package ca-certificates, \
         or pass ca_bundle=\"/path/to/bundle.pem\" (SSL_CERT_FILE works too)"
    )))
}

/// Without the variables, which the library takes for paths even if they are empty.
#[cfg(all(unix, not(target_os = "macos")))]
fn load_system_certificates() -> CertificateResult {
    let found = openssl_probe::probe();
    let folders = found.cert_dir.iter().map(|folder| rustls_native_certs::load_certs_from_paths(None, Some(folder)));
    let file = rustls_native_certs::load_certs_from_paths(found.cert_file.as_deref(), None);
    folders.fold(file, |mut all, loaded| {
        all.certs.extend(loaded.certs);
        all.errors.extend(loaded.errors);
        all
    })
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn load_system_certificates() -> CertificateResult {
    rustls_native_certs::load_native_certs()
}

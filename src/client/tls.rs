//! Whom the client trusts: certificates are always verified, only the list of authorities can be chosen.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use super::config::Config;
use super::failure::Failure;

/// Variables that name a file of authorities, as other clients read them; the first that is set is used.
/// SSL_CERT_FILE and SSL_CERT_DIR are read with the system's store.
const BUNDLES: [&str; 2] = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];

pub(super) fn config(config: &Config) -> Result<ClientConfig, Failure> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::config(format!("TLS cannot be set up: {error}")))?;
    Ok(versions.with_root_certificates(roots(config)?).with_no_client_auth())
}

fn roots(config: &Config) -> Result<RootCertStore, Failure> {
    if let Some(path) = &config.ca_bundle {
        return from_file(path, "ca_bundle");
    }
    // Reading the system's authorities takes milliseconds, and http needs none; an http proxy in front changes nothing.
    if !config.base.https {
        return Ok(RootCertStore::empty());
    }
    if !is_set("SSL_CERT_FILE") && !is_set("SSL_CERT_DIR") {
        for name in BUNDLES {
            if let Some(path) = std::env::var_os(name).filter(|path| !path.is_empty()) {
                return from_file(&PathBuf::from(path), name);
            }
        }
    }
    from_system()
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn from_file(path: &Path, named_by: &str) -> Result<RootCertStore, Failure> {
    let fail = |problem: String| Failure::config(format!("{named_by} names {}, {problem}", path.display()));
    let certificates = CertificateDer::pem_file_iter(path).map_err(|error| fail(format!("which cannot be read: {error}")))?;
    let mut store = RootCertStore::empty();
    for certificate in certificates {
        let certificate = certificate.map_err(|error| fail(format!("which is no PEM file: {error}")))?;
        store.add(certificate).map_err(|error| fail(format!("which holds a broken certificate: {error}")))?;
    }
    if store.is_empty() {
        return Err(fail("which holds no certificate; it should be a PEM file with -----BEGIN CERTIFICATE-----".to_owned()));
    }
    Ok(store)
}

fn from_system() -> Result<RootCertStore, Failure> {
    let found = rustls_native_certs::load_native_certs();
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(found.certs);
    if !store.is_empty() {
        return Ok(store);
    }
    let reason = found.errors.first().map(|error| format!(" ({error})")).unwrap_or_default();
    Err(Failure::config(format!(
        "no certificate authorities were found on this system{reason}; install the package ca-certificates, \
         or pass ca_bundle=\"/path/to/bundle.pem\" (SSL_CERT_FILE works too)"
    )))
}

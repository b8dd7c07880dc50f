//! The certificate with which a client identifies itself to the service (mutual TLS).
//!
//! No message contains anything of a file but its path: the file may hold a private key.

use std::path::{Path, PathBuf};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use crate::client::error::Error;

/// The PEM files of a certificate chain and of its private key; both may be the same file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    pub certificates: PathBuf,
    pub key: PathBuf,
}

/// Fails if a file cannot be read, or if the key is not that of the certificate.
pub(super) fn load(paths: &ClientCertificate) -> Result<CertifiedKey, Error> {
    let certificates = read_certificates(&paths.certificates)?;
    let key = read_key(&paths.key)?;
    CertifiedKey::from_der(certificates, key, &rustls::crypto::ring::default_provider()).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => invalid(
            &paths.key,
            &format!(
                "contains the private key of another certificate than {}; pass the pair that was issued together",
                paths.certificates.display()
            ),
        ),
        rustls::Error::InvalidCertificate(_) => invalid(&paths.certificates, "begins with an invalid certificate"),
        _ => invalid(&paths.key, "contains a private key that is neither RSA of 2048 bits or more, ECDSA nor Ed25519"),
    })
}

fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let content = read(path)?;
    let certificates = CertificateDer::pem_slice_iter(&content).collect::<Result<Vec<_>, _>>();
    let certificates = certificates.map_err(|_| invalid(path, "is not a valid PEM file"))?;
    if certificates.is_empty() {
        return Err(invalid(path, "contains no certificate; expected a PEM file with -----BEGIN CERTIFICATE-----"));
    }
    Ok(certificates)
}

fn read_key(path: &Path) -> Result<PrivateKeyDer<'static>, Error> {
    let content = read(path)?;
    if memchr::memmem::find(&content, b"ENCRYPTED").is_some() {
        let path = path.display();
        return Err(Error::config(format!(
            "client_cert names {path}, which contains an encrypted private key; write it without a password to a file that only \
             your program can read: openssl pkey -in {path} -out key.pem"
        )));
    }
    match PrivateKeyDer::from_pem_slice(&content) {
        Ok(key) => Ok(key),
        Err(rustls::pki_types::pem::Error::NoItemsFound) => Err(invalid(
            path,
            "contains no private key; pass a PEM file with the certificate and the key, or client_cert=(certificate, key)",
        )),
        Err(_) => Err(invalid(path, "is not a valid PEM file")),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| invalid(path, &format!("cannot be read: {error}")))
}

fn invalid(path: &Path, problem: &str) -> Error {
    Error::config(format!("client_cert names {}, which {problem}", path.display()))
}

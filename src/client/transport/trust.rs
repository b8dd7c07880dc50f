//! Verifies the certificate of a server, as webpki does, with one addition: a server may present a trusted certificate itself.
//!
//! webpki never accepts a certificate authority as the certificate of a server. Self-signed certificates are authorities by
//! default (`openssl req -x509`), and other clients accept one that is in their bundle.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{VerifierBuilderError, WebPkiServerVerifier, verify_server_name};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

#[derive(Debug)]
pub(super) struct TrustVerifier {
    roots: Arc<RootCertStore>,
    webpki: Arc<WebPkiServerVerifier>,
}

impl TrustVerifier {
    /// Trusts `roots` as authorities, and as certificates of servers. Fails if there are none.
    pub fn new(roots: RootCertStore, provider: Arc<CryptoProvider>) -> Result<Self, VerifierBuilderError> {
        let roots = Arc::new(roots);
        let webpki = WebPkiServerVerifier::builder_with_provider(Arc::clone(&roots), provider).build()?;
        Ok(Self { roots, webpki })
    }

    /// Whether the certificate has the name and the key of a trusted one; the handshake proves that the server has the key.
    fn is_root(&self, certificate: &CertificateDer<'_>) -> bool {
        let mut presented = RootCertStore::empty();
        let added = presented.add(certificate.clone().into_owned());
        added.is_ok() && presented.roots.iter().any(|root| self.roots.roots.contains(root))
    }
}

/// webpki checks the validity period before that.
fn is_authority_as_server(error: &Error) -> bool {
    match error {
        Error::InvalidCertificate(CertificateError::Other(other)) => {
            other.0.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity)
        }
        _ => false,
    }
}

impl ServerCertVerifier for TrustVerifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.webpki.verify_server_cert(certificate, intermediates, name, ocsp_response, now) {
            Err(error) if is_authority_as_server(&error) && self.is_root(certificate) => {
                verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
                Ok(ServerCertVerified::assertion())
            }
            result => result,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.webpki.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.webpki.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.webpki.supported_verify_schemes()
    }
}

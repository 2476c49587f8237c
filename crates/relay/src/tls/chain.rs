//! Chains that came without the certificate of the issuer: the commonest fault of servers, and one that browsers make up
//! for by fetching it or by having it.

use reachcheck_wire::{Certificate, CertificateFault};
use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::ParsedCertificate;
use x509_parser::oid_registry::OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS;
use x509_parser::prelude::{GeneralName, ParsedExtension, X509Certificate};

/// Completes what is told of a certificate that no authority was found for. Its dates were looked at before; its name was
/// not, so where that is another the name is the fault.
pub(super) fn complete(
    met: Certificate,
    end_entity: &CertificateDer<'_>,
    others: &[CertificateDer<'_>],
    name: &ServerName<'_>,
) -> Certificate {
    if met.fault != Some(CertificateFault::Untrusted) || !lacks_issuer(end_entity, others) {
        return met;
    }
    let is_its_name = ParsedCertificate::try_from(end_entity)
        .is_ok_and(|parsed| verify_server_name(&parsed, name).is_ok());
    if is_its_name {
        return Certificate {
            lacks_issuer: true,
            ..met
        };
    }
    Certificate {
        fault: Some(CertificateFault::WrongName),
        ..met
    }
}

/// Whether the certificate of the issuer is not among those that came, and is to be had by what the certificate says. One
/// that says nothing of it cannot be completed by anybody.
fn lacks_issuer(end_entity: &CertificateDer<'_>, others: &[CertificateDer<'_>]) -> bool {
    let Ok((_, certificate)) = x509_parser::parse_x509_certificate(end_entity) else {
        return false;
    };
    let issuer = certificate.issuer().as_raw();
    let is_issuer = |other: &CertificateDer<'_>| {
        x509_parser::parse_x509_certificate(other)
            .is_ok_and(|(_, other)| other.subject().as_raw() == issuer)
    };
    issuer != certificate.subject().as_raw()
        && !others.iter().any(is_issuer)
        && says_where_its_issuer_is(&certificate)
}

fn says_where_its_issuer_is(certificate: &X509Certificate<'_>) -> bool {
    let extensions = certificate.extensions().iter();
    extensions
        .filter_map(|extension| match extension.parsed_extension() {
            ParsedExtension::AuthorityInfoAccess(access) => Some(&access.accessdescs),
            _ => None,
        })
        .flatten()
        .any(|access| {
            access.access_method == OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS
                && matches!(access.access_location, GeneralName::URI(_))
        })
}

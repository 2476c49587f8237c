//! The lab's private certificate authority, and the certificates it gives.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, ensure};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

use serde::{Deserialize, Serialize};

use crate::addresses;

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    /// Another authority gave it, which nobody trusts.
    Untrusted,
    /// It gave itself.
    SelfSigned,
    /// It is over.
    Expired,
    /// It has not begun.
    NotYetValid,
    /// It begins in twelve hours.
    BeginsTomorrow,
    /// It is for another name.
    WrongName,
}

impl Flaw {
    /// Every flaw.
    pub const ALL: [Self; 6] = [
        Self::Untrusted,
        Self::SelfSigned,
        Self::Expired,
        Self::NotYetValid,
        Self::BeginsTomorrow,
        Self::WrongName,
    ];

    /// Where chain and key of a certificate with this flaw lie.
    #[must_use]
    pub fn files(self, folder: &Path) -> (PathBuf, PathBuf) {
        let file = |ending: &str| folder.join(format!("{self:?}.{ending}"));
        (file("pem"), file("key"))
    }

    fn create(self, folder: &Path, issuer: &Issuer<'_, KeyPair>) -> Result<()> {
        let key = KeyPair::generate()?;
        let names = match self {
            Self::WrongName => vec!["elsewhere.example".to_owned()],
            _ => host_names(),
        };
        let mut host = CertificateParams::new(names)?;
        host.distinguished_name = name("Reachcheck Lab hosts");
        match self {
            Self::Expired => host.not_after = rcgen::date_time_ymd(2024, 1, 1),
            Self::NotYetValid => host.not_before = rcgen::date_time_ymd(2090, 1, 1),
            Self::BeginsTomorrow => {
                host.not_before = (SystemTime::now() + Duration::from_secs(12 * 3600)).into();
            }
            Self::Untrusted | Self::SelfSigned | Self::WrongName => {}
        }
        let certificate = match self {
            Self::SelfSigned => host.self_signed(&key)?,
            Self::Untrusted => {
                let stranger_key = KeyPair::generate()?;
                host.signed_by(
                    &key,
                    &Issuer::new(authority_parameters("Somebody else's CA"), stranger_key),
                )?
            }
            Self::Expired | Self::NotYetValid | Self::BeginsTomorrow | Self::WrongName => {
                host.signed_by(&key, issuer)?
            }
        };
        let (cert_file, key_file) = self.files(folder);
        fs::write(cert_file, certificate.pem())?;
        fs::write(key_file, key.serialize_pem())?;
        Ok(())
    }
}

/// Files of the authority and of the one certificate that names every host of the lab.
#[derive(Clone, Debug)]
pub struct Authority {
    /// The authority's certificate (PEM).
    pub ca: PathBuf,
    /// Its key (PEM), for boxes that make certificates up.
    pub ca_key: PathBuf,
    /// The hosts' chain (PEM).
    pub cert: PathBuf,
    /// Its key (PEM).
    pub key: PathBuf,
}

impl Authority {
    /// Makes an authority and a certificate for every name of the lab, in a folder.
    ///
    /// # Errors
    /// From the cryptography or the file system.
    pub fn create(folder: &Path) -> Result<Self> {
        let ca_key = KeyPair::generate()?;
        let ca = authority_parameters("Reachcheck Lab CA");
        let ca_certificate = ca.self_signed(&ca_key)?;
        let ca_key_pem = ca_key.serialize_pem();
        let issuer = Issuer::new(ca, ca_key);

        let host_key = KeyPair::generate()?;
        let mut host = CertificateParams::new(host_names())?;
        host.distinguished_name = name("Reachcheck Lab hosts");
        let host_certificate = host.signed_by(&host_key, &issuer)?;
        for flaw in Flaw::ALL {
            flaw.create(folder, &issuer)?;
        }

        let authority = Self {
            ca: folder.join("ca.pem"),
            ca_key: folder.join("ca.key"),
            cert: folder.join("hosts.pem"),
            key: folder.join("hosts.key"),
        };
        fs::write(&authority.ca, ca_certificate.pem())?;
        fs::write(&authority.ca_key, ca_key_pem)?;
        fs::write(&authority.cert, host_certificate.pem())?;
        fs::write(&authority.key, host_key.serialize_pem())?;
        Ok(authority)
    }

    /// Puts the authority into an NSS database, which both browsers read: Chromium's lies below the home
    /// folder, Firefox's in the profile.
    ///
    /// # Errors
    /// If `certutil` (Debian's libnss3-tools) fails.
    pub fn trust_in(&self, database: &Path) -> Result<()> {
        fs::create_dir_all(database)?;
        let database = format!("sql:{}", database.display());
        let certutil = |arguments: &[&str]| -> Result<()> {
            let output = Command::new("certutil")
                .args(arguments)
                // It asks for passwords, and for ever where nobody answers.
                .stdin(Stdio::null())
                .output()
                .context("certutil (Debian package libnss3-tools)")?;
            ensure!(
                output.status.success(),
                "certutil {arguments:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            Ok(())
        };
        certutil(&["-N", "-d", &database, "--empty-password"])?;
        let ca = self.ca.to_string_lossy();
        certutil(&["-A", "-d", &database, "-n", "lab", "-t", "C,,", "-i", &ca])
    }
}

fn host_names() -> Vec<String> {
    let names = addresses::names().into_iter();
    names.map(|(name, _)| name).collect()
}

fn authority_parameters(common: &str) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = name(common);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common);
    name
}

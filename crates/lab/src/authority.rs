//! The lab's private certificate authority, and the certificates it gives.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

use crate::addresses;

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
        let mut ca = CertificateParams::default();
        ca.distinguished_name = name("Reachcheck Lab CA");
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let ca_certificate = ca.self_signed(&ca_key)?;
        let ca_key_pem = ca_key.serialize_pem();
        let issuer = Issuer::new(ca, ca_key);

        let hosts: Vec<String> = addresses::names()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let host_key = KeyPair::generate()?;
        let mut host = CertificateParams::new(hosts)?;
        host.distinguished_name = name("Reachcheck Lab hosts");
        let host_certificate = host.signed_by(&host_key, &issuer)?;

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

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common);
    name
}

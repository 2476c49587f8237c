//! A certificate authority of our own that speaks ACME (RFC 8555) and proves names by TLS-ALPN (RFC 8737). What it is
//! told it holds against the specifications, and keeps what is wrong.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, IsCa, Issuer, KeyPair,
};
use ring::{digest, signature};
use rustls_pki_types::CertificateDer;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::harness::certificate::{acceptor, provider, trusting};

/// What it does with the next order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// A certificate that is valid from a second ago for so many seconds.
    Issues(u64),
    /// No: too many of them.
    Refuses,
    /// It looks for the name, and says that it is somebody else's.
    SeesSomebodyElse,
    /// Nothing is answered.
    IsSilent,
}

#[derive(Default)]
struct Known {
    nonces: HashSet<String>,
    /// Public keys by account, uncompressed, and the thumbprint of each.
    accounts: HashMap<String, (Vec<u8>, String)>,
    /// Whom it may write to, of every account.
    contacts: Vec<String>,
    names: Vec<String>,
    token: String,
    proven: HashSet<String>,
    /// Whether it has looked for the names of this order.
    looked: bool,
    chain: String,
    count: u64,
    orders: usize,
    manners: Vec<Manner>,
    wrong: Vec<String>,
}

pub struct Authority {
    pub directory: String,
    /// Signs what it issues, and its own HTTPS certificate.
    pub root: CertificateDer<'static>,
    pub root_pem: String,
    base: String,
    issuer: Issuer<'static, KeyPair>,
    known: Mutex<Known>,
    /// Where names lead to.
    pub relay: watch::Sender<Option<SocketAddr>>,
}

/// `Replay-Nonce`, `Location`, status and body.
struct Answer(u16, Option<String>, String);

fn answer(status: u16, body: &Value) -> Answer {
    Answer(status, None, body.to_string())
}

fn problem(status: u16, kind: &str, detail: &str) -> Answer {
    let kind = format!("urn:ietf:params:acme:error:{kind}");
    answer(status, &json!({"type": kind, "detail": detail}))
}

impl Authority {
    pub async fn start(manners: &[Manner]) -> Arc<Self> {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).expect("signed");
        let issuer = Issuer::new(params, key);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let base = format!("https://localhost:{port}");
        let authority = Arc::new(Self {
            directory: format!("{base}/directory"),
            root: root.der().clone(),
            root_pem: root.pem(),
            base,
            issuer,
            known: Mutex::new(Known {
                manners: manners.to_vec(),
                ..Known::default()
            }),
            relay: watch::Sender::new(None),
        });
        let own = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
        let shown = params.signed_by(&own, &authority.issuer).expect("signed");
        let tls = acceptor(vec![shown.der().clone()], &own.serialize_pem());
        let serving = authority.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (authority, tls) = (serving.clone(), tls.clone());
                tokio::spawn(async move { authority.serve(stream, tls).await });
            }
        });
        authority
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().expect("not poisoned")
    }

    /// What was not as the specifications want it.
    pub fn wrong(&self) -> Vec<String> {
        self.known().wrong.clone()
    }

    pub fn orders(&self) -> usize {
        self.known().orders
    }

    /// Whom it was told to write to.
    pub fn contacts(&self) -> Vec<String> {
        self.known().contacts.clone()
    }

    /// Changes what it does with orders from here on.
    pub fn now(&self, manners: &[Manner]) {
        self.known().manners = manners.to_vec();
    }

    /// The manner of this order, and of those after the last that is given.
    fn manner(&self) -> Manner {
        let known = self.known();
        let index = known.orders.saturating_sub(1).min(known.manners.len() - 1);
        known.manners[index]
    }

    async fn serve(self: Arc<Self>, stream: TcpStream, tls: TlsAcceptor) -> Option<()> {
        let mut stream = tls.accept(stream).await.ok()?;
        let mut bytes = Vec::new();
        let (head, mut body) = loop {
            if stream.read_buf(&mut bytes).await.ok()? == 0 {
                return None;
            }
            let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
                break (head.clone(), bytes[end + 4..].to_vec());
            }
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse().ok())?
        });
        let length: usize = length.unwrap_or(0);
        while body.len() < length {
            if stream.read_buf(&mut body).await.ok()? == 0 {
                return None;
            }
        }
        let mut words = head.split(' ');
        let (method, path) = (words.next()?, words.next()?);
        let Answer(status, location, text) = self.answer(method, path, &body).await?;
        let nonce = {
            let mut known = self.known();
            known.count += 1;
            let nonce = format!("nonce-{}", known.count);
            known.nonces.insert(nonce.clone());
            nonce
        };
        let location = location.map_or_else(String::new, |at| format!("Location: {at}\r\n"));
        let answer = format!(
            "HTTP/1.1 {status} X\r\nReplay-Nonce: {nonce}\r\n{location}Content-Length: {}\r\nConnection: close\r\n\r\n{text}",
            text.len()
        );
        stream.write_all(answer.as_bytes()).await.ok()?;
        stream.shutdown().await.ok()
    }

    /// `None`: nothing is answered.
    async fn answer(&self, method: &str, path: &str, body: &[u8]) -> Option<Answer> {
        let base = &self.base;
        match (method, path) {
            ("GET", "/directory") => {
                if self.known().manners.first() == Some(&Manner::IsSilent) {
                    tokio::time::sleep(Duration::from_secs(600)).await;
                }
                Some(answer(
                    200,
                    &json!({"newNonce": format!("{base}/nonce"), "newAccount": format!("{base}/account"),
                        "newOrder": format!("{base}/order"), "meta": {"termsOfService": format!("{base}/terms")}}),
                ))
            }
            ("HEAD", "/nonce") => Some(Answer(200, None, String::new())),
            ("POST", path) => Some(match self.checked(path, body) {
                Ok((account, payload)) => self.post(path, &account, &payload).await,
                Err(why) => {
                    self.known().wrong.push(format!("{path}: {why}"));
                    problem(400, "malformed", &why)
                }
            }),
            _ => {
                self.known().wrong.push(format!("{method} {path}"));
                Some(problem(404, "malformed", "there is no such thing"))
            }
        }
    }

    /// Account and payload of a signed request (RFC 8555 section 6.2).
    fn checked(&self, path: &str, body: &[u8]) -> Result<(String, Value), String> {
        let body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let field = |name: &str| body[name].as_str().ok_or(format!("no {name}"));
        let (protected, payload) = (field("protected")?, field("payload")?);
        let header: Value =
            serde_json::from_slice(&unbase64(protected)?).map_err(|e| e.to_string())?;
        let mut known = self.known();
        if header["alg"] != "ES256" {
            return Err("not signed by ES256".to_owned());
        }
        if header["url"] != json!(format!("{}{path}", self.base)) {
            return Err(format!("signed for {}", header["url"]));
        }
        if !known
            .nonces
            .remove(header["nonce"].as_str().unwrap_or_default())
        {
            return Err("a nonce that is not ours, or was used".to_owned());
        }
        let (account, key) = if path == "/account" {
            let jwk = &header["jwk"];
            let part = |name: &str| unbase64(jwk[name].as_str().unwrap_or_default());
            let key = [vec![4], part("x")?, part("y")?].concat();
            // RFC 7638: these fields alone, in this order.
            let print = format!(
                r#"{{"crv":{},"kty":{},"x":{},"y":{}}}"#,
                jwk["crv"], jwk["kty"], jwk["x"], jwk["y"]
            );
            let print = base64(digest::digest(&digest::SHA256, print.as_bytes()).as_ref());
            let account = format!("{}/account/{print}", self.base);
            known.accounts.insert(account.clone(), (key.clone(), print));
            (account, key)
        } else {
            let account = header["kid"].as_str().unwrap_or_default().to_owned();
            let (key, _) = known.accounts.get(&account).ok_or("an unknown account")?;
            (account, key.clone())
        };
        let signed = format!("{protected}.{payload}");
        signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, key)
            .verify(signed.as_bytes(), &unbase64(field("signature")?)?)
            .map_err(|_| "a signature that is not its account's".to_owned())?;
        let payload = unbase64(payload)?;
        let payload = if payload.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&payload).map_err(|error| error.to_string())?
        };
        Ok((account, payload))
    }

    async fn post(&self, path: &str, account: &str, payload: &Value) -> Answer {
        let base = &self.base;
        let (what, name) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
        match what {
            "account" => {
                if payload["termsOfServiceAgreed"] != json!(true) {
                    return problem(403, "userActionRequired", "the terms");
                }
                let contacts = payload["contact"].as_array().into_iter().flatten();
                let contacts = contacts.filter_map(|contact| Some(contact.as_str()?.to_owned()));
                self.known().contacts.extend(contacts);
                Answer(
                    201,
                    Some(account.to_owned()),
                    r#"{"status":"valid"}"#.to_owned(),
                )
            }
            "order" if name.is_empty() => {
                let token = {
                    let mut known = self.known();
                    known.orders += 1;
                    format!("token-of-order-{}", known.orders)
                };
                if self.manner() == Manner::Refuses {
                    return problem(429, "rateLimited", "too many certificates for this name");
                }
                let names = payload["identifiers"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default();
                let names = names.iter().filter_map(|name| name["value"].as_str());
                let mut known = self.known();
                known.names = names.map(str::to_owned).collect();
                known.token = token;
                known.proven.clear();
                known.looked = false;
                known.chain.clear();
                drop(known);
                let Answer(_, _, order) = self.order();
                Answer(201, Some(format!("{base}/order/1")), order)
            }
            "order" => self.order(),
            "authorization" => self.authorization(name),
            "challenge" => {
                let sees = match self.manner() {
                    Manner::SeesSomebodyElse => Err("another certificate there".to_owned()),
                    _ => self.look(name, account).await,
                };
                match sees {
                    Ok(()) => {
                        self.known().proven.insert(name.to_owned());
                    }
                    Err(_) if self.manner() == Manner::SeesSomebodyElse => {
                        self.known().looked = true
                    }
                    Err(why) => self.known().wrong.push(format!("{name}: {why}")),
                }
                answer(
                    200,
                    &json!({"type": "tls-alpn-01", "url": format!("{base}{path}"), "status": "processing"}),
                )
            }
            "finalize" => match self.issue(payload) {
                Ok(()) => self.order(),
                Err(why) => {
                    self.known().wrong.push(why.clone());
                    problem(400, "badCSR", &why)
                }
            },
            "certificate" => Answer(200, None, self.known().chain.clone()),
            _ => problem(404, "malformed", "there is no such thing"),
        }
    }

    fn order(&self) -> Answer {
        let (base, known) = (&self.base, self.known());
        let ways: Vec<String> = known
            .names
            .iter()
            .map(|name| format!("{base}/authorization/{name}"))
            .collect();
        let is_proven = known.names.iter().all(|name| known.proven.contains(name));
        let mut order = json!({"status": if is_proven { "ready" } else { "pending" }, "authorizations": ways,
            "finalize": format!("{base}/finalize/1")});
        if is_proven && !known.chain.is_empty() {
            order["status"] = json!("valid");
            order["certificate"] = json!(format!("{base}/certificate/{}", known.orders));
        }
        answer(200, &order)
    }

    fn authorization(&self, name: &str) -> Answer {
        let manner = self.manner();
        let known = self.known();
        let url = |kind: &str| format!("{}/challenge{kind}/{name}", self.base);
        let mut challenge = json!({"type": "tls-alpn-01", "url": url(""), "token": known.token, "status": "pending"});
        let mut status = "pending";
        if known.proven.contains(name) {
            status = "valid";
        } else if manner == Manner::SeesSomebodyElse && known.looked {
            status = "invalid";
            challenge["error"] = json!({"type": "urn:ietf:params:acme:error:unauthorized", "detail": "another certificate is there"});
        }
        // What this client cannot do comes first.
        let other = json!({"type": "dns-account-01", "url": url("-other"), "token": "t", "status": "pending"});
        drop(known);
        answer(
            200,
            &json!({"status": status, "identifier": {"type": "dns", "value": name}, "challenges": [other, challenge]}),
        )
    }

    /// Whether the relay proves a name (RFC 8737 section 3).
    async fn look(&self, name: &str, account: &str) -> Result<(), String> {
        let expected = {
            let known = self.known();
            let print = &known.accounts[account].1;
            let said = format!("{}.{print}", known.token);
            digest::digest(&digest::SHA256, said.as_bytes())
        };
        // A relay may have ordered before its own start was heard of here.
        let mut relay = self.relay.subscribe();
        let known = relay.wait_for(Option::is_some).await;
        let address = known.ok().and_then(|known| *known).ok_or("no relay")?;
        let mut config = trusting_anybody();
        config.alpn_protocols = vec![b"acme-tls/1".to_vec()];
        let stream = TcpStream::connect(address)
            .await
            .map_err(|e| e.to_string())?;
        let server = name.to_owned().try_into().map_err(|_| "a name")?;
        let stream = TlsConnector::from(Arc::new(config))
            .connect(server, stream)
            .await
            .map_err(|error| error.to_string())?;
        let (_, session) = stream.get_ref();
        if session.alpn_protocol() != Some(b"acme-tls/1") {
            return Err("another protocol".to_owned());
        }
        let shown = session.peer_certificates().unwrap_or_default();
        let [shown] = shown else {
            return Err(format!("{} certificates", shown.len()));
        };
        let (_, parsed) = x509_parser::parse_x509_certificate(shown).map_err(|e| e.to_string())?;
        let names = parsed
            .subject_alternative_name()
            .map_err(|e| e.to_string())?;
        let names = &names.ok_or("no names")?.value.general_names;
        if !matches!(&names[..], [x509_parser::extensions::GeneralName::DNSName(one)] if *one == name)
        {
            return Err(format!("a certificate for {names:?}"));
        }
        let identifier = parsed
            .extensions()
            .iter()
            .find(|extension| extension.oid.to_id_string() == "1.3.6.1.5.5.7.1.31")
            .ok_or("no acmeIdentifier")?;
        let octets = [&[4, 32], expected.as_ref()].concat();
        if !identifier.critical || identifier.value != octets {
            return Err("another key authorization, or not critical".to_owned());
        }
        Ok(())
    }

    fn issue(&self, payload: &Value) -> Result<(), String> {
        let Manner::Issues(seconds) = self.manner() else {
            return Err("nothing to issue".to_owned());
        };
        let csr = unbase64(payload["csr"].as_str().unwrap_or_default())?;
        let mut request =
            CertificateSigningRequestParams::from_der(&csr.into()).map_err(|e| e.to_string())?;
        let mut known = self.known();
        let names: Vec<String> = request
            .params
            .subject_alt_names
            .iter()
            .filter_map(|name| match name {
                rcgen::SanType::DnsName(name) => Some(name.to_string()),
                _ => None,
            })
            .collect();
        if names != known.names {
            return Err(format!("asked for {names:?}"));
        }
        let now = SystemTime::now();
        request.params.not_before = (now - Duration::from_secs(1)).into();
        request.params.not_after = (now + Duration::from_secs(seconds)).into();
        request.params.serial_number = Some(known.orders.to_be_bytes().to_vec().into());
        let issued = request.signed_by(&self.issuer).map_err(|e| e.to_string())?;
        known.chain = issued.pem();
        Ok(())
    }

    /// A client that trusts what this authority issues.
    pub fn client(&self) -> Arc<rustls::ClientConfig> {
        trusting(self.root.clone())
    }

    /// Writes what relays are to trust.
    pub fn write(&self, folder: &Path) -> String {
        let file = folder.join("authority.pem");
        std::fs::write(&file, &self.root_pem).expect("written");
        file.to_string_lossy().into_owned()
    }
}

/// A challenge's certificate is signed by itself (RFC 8737 section 3).
fn trusting_anybody() -> rustls::ClientConfig {
    rustls::ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody))
        .with_no_client_auth()
}

#[derive(Debug)]
struct Anybody;

impl rustls::client::danger::ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &rustls_pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls_pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        Ok(rustls::client::danger::HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        Ok(rustls::client::danger::HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 for addresses, without padding (RFC 4648 section 5).
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let all = three
            .iter()
            .fold(0_u32, |all, byte| all << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            let index = usize::try_from(all >> (18 - 6 * place) & 63).expect("six bits");
            text.push(char::from(ALPHABET[index]));
        }
    }
    text
}

fn unbase64(text: &str) -> Result<Vec<u8>, String> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let six = ALPHABET
            .iter()
            .position(|known| *known == letter)
            .ok_or("not base64url")?;
        bits = bits << 6 | u32::try_from(six).expect("six bits");
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).expect("eight bits"));
        }
    }
    Ok(bytes)
}

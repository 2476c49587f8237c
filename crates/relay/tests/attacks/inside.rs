//! A network namespace in which every address there is belongs to this machine, and the test answers for names.
//! Whatever is dialled there reaches the test.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use tokio::net::{TcpListener, UdpSocket};

const INSIDE: &str = "REACHCHECK_TEST_INSIDE";

/// Runs a test again in a namespace, and says whether this is that run.
///
/// A machine that gives nobody a namespace cannot run these tests: that fails, and says so.
pub fn is_inside<T: Fn()>(_: T) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let name = std::any::type_name::<T>();
    let (_, name) = name.split_once("::").expect("it is in a module");
    let folder = tempfile::tempdir().expect("a folder");
    let resolver = folder.path().join("resolv.conf");
    std::fs::write(
        &resolver,
        "nameserver 127.0.0.1\nsearch search.example\noptions timeout:1 attempts:2\n",
    )
    .expect("written");
    let script = r#"set -e; ip link set lo up
        ip route add local 0.0.0.0/0 dev lo; ip -6 route add local ::/0 dev lo
        ip -6 addr add 2606:4700::1111/128 dev lo nodad
        echo 1 > /proc/sys/net/ipv6/ip_nonlocal_bind
        mount --bind "$1" /etc/resolv.conf; shift; exec "$@""#;
    // Root in a namespace of users too, for who is not root outside.
    let output = Command::new("unshare")
        .args([
            "--user",
            "--map-root-user",
            "--net",
            "--mount",
            "sh",
            "-c",
            script,
            "sh",
        ])
        .arg(&resolver)
        .arg(std::env::current_exe().expect("this test"))
        .args(["--exact", name, "--nocapture", "--test-threads", "1"])
        .env(INSIDE, "1")
        .stderr(Stdio::inherit())
        .output();
    let output = output.expect("unshare (Debian: util-linux) and ip (Debian: iproute2)");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        // A name that no test has would be a success, too.
        output.status.success() && said.contains(" 1 passed"),
        "in a namespace of its own (unshare --user --net): {}\n{said}",
        output.status
    );
    false
}

/// Whoever is connected to, at any address: how often each was.
pub struct Everywhere {
    pub port: u16,
    dialled: Arc<Mutex<BTreeMap<IpAddr, usize>>>,
}

impl Everywhere {
    /// Listens on one port of every address, and closes what comes.
    pub async fn listen() -> Self {
        let v6 = TcpListener::bind("[::]:0").await.expect("a port");
        let port = v6.local_addr().expect("an address").port();
        let dialled = Arc::new(Mutex::new(BTreeMap::new()));
        let counted = dialled.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = v6.accept().await {
                let address = stream.local_addr().expect("an address").ip().to_canonical();
                *counted
                    .lock()
                    .expect("not poisoned")
                    .entry(address)
                    .or_default() += 1;
            }
        });
        Self { port, dialled }
    }

    pub fn dialled(&self) -> BTreeMap<IpAddr, usize> {
        self.dialled.lock().expect("not poisoned").clone()
    }
}

/// A name server. It asks `answer` for the addresses of a name, and says how often it has been asked for that
/// name's IPv4 addresses before.
pub struct Names {
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Names {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Names {
    pub async fn serve(answer: impl Fn(&str, usize) -> Vec<IpAddr> + Send + 'static) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:53")
            .await
            .expect("the port of names");
        let asked = Arc::new(Mutex::new(BTreeMap::<String, usize>::new()));
        let counted = asked.clone();
        let serving = tokio::spawn(async move {
            let mut bytes = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut bytes).await {
                let Some((name, kind, question)) = question(&bytes[..length]) else {
                    continue;
                };
                let before = {
                    let mut counted = counted.lock().expect("not poisoned");
                    let count = counted.entry(name.clone()).or_default();
                    // IPv4 is asked for first; both halves of a lookup get the same answer.
                    if kind == A {
                        *count += 1;
                    }
                    count.saturating_sub(1)
                };
                let addresses = answer(&name, before);
                let message = response(&bytes[..2], kind, &question, &addresses);
                let _ = socket.send_to(&message, from).await;
            }
        });
        Self { asked, serving }
    }

    /// How often this name was looked up.
    pub fn asked(&self, name: &str) -> usize {
        let asked = self.asked.lock().expect("not poisoned");
        asked.get(name).copied().unwrap_or_default()
    }
}

/// Types of records (RFC 1035, RFC 3596).
const A: u16 = 1;
const AAAA: u16 = 28;

/// Name, type and bytes of a message's question.
fn question(message: &[u8]) -> Option<(String, u16, Vec<u8>)> {
    let (mut labels, mut at) = (Vec::new(), 12);
    loop {
        let length = usize::from(*message.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(message.get(at..at + length)?).into_owned());
        at += length;
    }
    let kind = u16::from_be_bytes([*message.get(at)?, *message.get(at + 1)?]);
    Some((labels.join("."), kind, message.get(12..at + 4)?.to_vec()))
}

fn response(id: &[u8], kind: u16, question: &[u8], addresses: &[IpAddr]) -> Vec<u8> {
    let data: Vec<Vec<u8>> = addresses
        .iter()
        .filter_map(|address| match (kind, address) {
            (A, IpAddr::V4(v4)) => Some(v4.octets().to_vec()),
            (AAAA, IpAddr::V6(v6)) => Some(v6.octets().to_vec()),
            _ => None,
        })
        .collect();
    let mut message = id.to_vec();
    message.extend([0x81, 0x80, 0, 1]);
    message.extend(u16::try_from(data.len()).expect("few").to_be_bytes());
    message.extend([0; 4]);
    message.extend(question);
    for octets in data {
        message.extend([0xc0, 12]);
        message.extend(kind.to_be_bytes());
        message.extend([0, 1, 0, 0, 0, 0]);
        message.extend(u16::try_from(octets.len()).expect("few").to_be_bytes());
        message.extend(octets);
    }
    message
}

/// An address of IPv6 in a network of its own, and each in another site.
pub fn rotating(number: u32) -> IpAddr {
    let bits = 0x2a00_u128 << 112 | u128::from(number) << 80 | 1;
    Ipv6Addr::from_bits(bits).into()
}

/// An address of the loopback network.
pub const fn loopback(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(127, 0, 1, last))
}

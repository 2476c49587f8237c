//! Certificates by ACME, from an authority of our own: had, shown, kept, renewed; and what it looks like where there is
//! none.

pub mod authority;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::TlsConnector;

use self::authority::{Authority, Manner};
use crate::harness::{Relay, get, get_over, until};

const NAMES: [&str; 2] = ["relay.test", "check.relay.test"];
/// Ninety days.
const LONG: u64 = 90 * 86_400;
const CHALLENGE: &str = "/relay/v1/challenge?nonce=abcdefgh12345678";

fn relay(authority: &Authority, folder: &Path) -> Relay {
    let (state, trusted) = (folder.join("state"), authority.write(folder));
    let names = NAMES.join(",");
    let relay = Relay::without_tls()
        .flags(&["--acme-domain", &names])
        .flags(&["--acme-contact", "operator@relay.test"])
        .flags(&["--acme-state", state.to_str().expect("text")])
        .flags(&["--acme-directory", &authority.directory])
        .flags(&["--trust-ca", &trusted])
        .start();
    authority.relay.send_replace(Some(relay.address()));
    relay
}

/// The serial number (an order's number) of the certificate that is shown for a name, if a client that trusts the
/// authority gets an answer by it.
async fn shown(authority: &Authority, relay: &Relay, name: &'static str) -> Option<u64> {
    let name = name.try_into().expect("a name");
    let mut stream = TlsConnector::from(authority.client())
        .connect(name, relay.plain().await)
        .await
        .ok()?;
    let answer = get_over(&mut stream, CHALLENGE, "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let (_, session) = stream.get_ref();
    let certificate = session.peer_certificates()?.first()?.clone();
    let (_, parsed) = x509_parser::parse_x509_certificate(&certificate).ok()?;
    let serial = parsed.raw_serial().iter();
    Some(serial.fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

async fn shows(authority: &Authority, relay: &Relay, wanted: u64) {
    let is_shown = async || (shown(authority, relay, NAMES[0]).await == Some(wanted)).then_some(());
    until(&format!("certificate {wanted}"), is_shown).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_had_shown_and_kept_for_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority: Arc<Authority> = Authority::start(&[Manner::Issues(LONG)]).await;
    let first = relay(&authority, folder.path());
    shows(&authority, &first, 1).await;
    assert_eq!(
        shown(&authority, &first, NAMES[1]).await,
        Some(1),
        "each name"
    );
    assert_eq!(authority.wrong(), Vec::<String>::new());
    first.says("certificate: a new one is in force").await;
    first.says("certificate: kept").await;
    first.signal("HUP");
    first.says("reloaded").await;
    assert_eq!(
        shown(&authority, &first, NAMES[0]).await,
        Some(1),
        "a reload leaves it"
    );
    assert_eq!(first.admin("/readyz").await.0, 200);
    drop(first);
    assert!(for_others(&folder.path().join("state")).is_empty());
    // No authority is needed any more.
    authority.now(&[Manner::IsSilent]);
    let second = relay(&authority, folder.path());
    shows(&authority, &second, 1).await;
    second
        .says("certificate: the one that was kept is in force")
        .await;
    assert_eq!(authority.orders(), 1);
    assert_eq!(second.admin("/readyz").await.0, 200);
}

/// Files and folders, this one included, that are not their owner's alone.
fn for_others(folder: &Path) -> Vec<(PathBuf, u32)> {
    use std::os::unix::fs::PermissionsExt as _;
    let entries = std::fs::read_dir(folder).expect("a folder");
    let all = entries.map(|entry| entry.expect("an entry").path());
    all.chain([folder.to_owned()])
        .map(|path| {
            let metadata = std::fs::metadata(&path).expect("there");
            (path, metadata.permissions().mode() & 0o777)
        })
        .filter(|(_, mode)| mode & 0o077 != 0)
        .collect()
}

/// A folder of somebody who made it by hand, or an older relay's.
#[tokio::test(flavor = "multi_thread")]
async fn account_and_key_are_nobody_elses_to_read_in_a_folder_that_was_there_before() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("state");
    std::fs::create_dir(&state).expect("made");
    std::fs::write(state.join("older"), "a key").expect("written");
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&state, open).expect("set");
    assert_eq!(for_others(&state).len(), 2);
    let authority = Authority::start(&[Manner::Issues(LONG)]).await;
    let relay = relay(&authority, folder.path());
    shows(&authority, &relay, 1).await;
    relay.says("certificate: kept").await;
    // Its mode is its own, beside the folder's: a folder may be copied.
    assert!(std::fs::read_dir(&state).expect("a folder").count() >= 2);
    assert_eq!(for_others(&state), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_renewed_in_time_and_the_old_one_stays_until_then() {
    let folder = tempfile::tempdir().expect("a folder");
    // Of the first a third is left after 4 s; its renewal is refused once.
    let authority =
        Authority::start(&[Manner::Issues(8), Manner::Refuses, Manner::Issues(LONG)]).await;
    let relay = relay(&authority, folder.path());
    shows(&authority, &relay, 1).await;
    relay
        .says("certificate: not renewed for relay.test, check.relay.test")
        .await;
    relay.says("too many certificates for this name").await;
    assert_eq!(
        shown(&authority, &relay, NAMES[0]).await,
        Some(1),
        "it is still valid"
    );
    shows(&authority, &relay, 3).await;
    assert_eq!(authority.wrong(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_certificate_it_says_why_lives_and_tries_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::start(&[
        Manner::Refuses,
        Manner::SeesSomebodyElse,
        Manner::Issues(LONG),
    ])
    .await;
    let relay = relay(&authority, folder.path());
    relay
        .says("certificate: none for relay.test, check.relay.test")
        .await;
    relay.says("429").await;
    relay.says("too many certificates for this name").await;
    assert_eq!(shown(&authority, &relay, NAMES[0]).await, None);
    assert_eq!(relay.admin("/readyz").await.0, 503);
    let answer = get(relay.address(), CHALLENGE, "").await;
    assert_eq!(answer.expect("an answer without TLS").status, 200);
    relay
        .says("the authority did not find relay.test here: another certificate is there")
        .await;
    shows(&authority, &relay, 3).await;
    let is_ready = async || (relay.admin("/readyz").await.0 == 200).then_some(());
    until("readiness", is_ready).await;
    assert_eq!(authority.wrong(), Vec::<String>::new());
    // One line a record, and no secrets of the challenge.
    let log = relay.log();
    assert!(log.lines().all(|line| line.len() < 1_000), "{log}");
    assert!(!log.contains("token-of-order"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_says_nothing_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::start(&[Manner::IsSilent]).await;
    let relay = relay(&authority, folder.path());
    relay
        .says("certificate: none yet, the authority does not answer")
        .await;
    assert_eq!(shown(&authority, &relay, NAMES[0]).await, None);
    let answer = get(relay.address(), CHALLENGE, "").await;
    assert_eq!(answer.expect("an answer without TLS").status, 200);
    // It lives, and cannot be used yet; a reload makes no difference.
    relay.signal("HUP");
    relay.says("reloaded").await;
    let not_yet = (503, "no certificate yet\n".to_owned());
    assert_eq!(relay.admin("/readyz").await, not_yet);
    assert_eq!(relay.admin("/healthz").await.0, 200);
    let (_, metrics) = relay.admin("/metrics").await;
    assert!(metrics.contains("reachcheck_relay_ready 0"), "{metrics}");
}

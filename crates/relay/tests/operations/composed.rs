//! The compose file. No container engine is needed: what it says is read, and the relay is run by that very entry point and
//! environment, with folders of this test in the place of the container's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use reachcheck_wire as wire;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use yaml_rust2::Yaml;

use super::{documents, files_needed, read, shipped, stopping, texts, uncommented};
use crate::acme::authority::{Authority, Manner};
use crate::harness::{Answer, Process, command, get, get_over, until};

const HOST: &str = "check.relay.test";
const CONTACT: &str = "operator@relay.test";
const PAGE: &str = "<!doctype html><title>The page</title>";
const NINETY_DAYS: u64 = 90 * 86_400;

/// A service of a compose file.
struct Service(Yaml);

impl Service {
    fn shipped() -> Self {
        Self::read(&shipped("compose.yaml"))
    }

    /// The only one of a file, its variables replaced.
    fn read(text: &str) -> Self {
        let compose = &documents(&interpolated(text).0)[0];
        let services = compose["services"].as_hash().expect("services");
        assert_eq!(services.len(), 1);
        // What is mounted and attached is declared.
        assert!(compose["volumes"].as_hash().is_some_and(|it| it.len() == 1));
        assert!(
            compose["networks"]
                .as_hash()
                .is_some_and(|it| it.len() == 1)
        );
        Self(services.values().next().expect("one").clone())
    }

    fn environment(&self) -> BTreeMap<String, String> {
        let environment = self.0["environment"].as_hash().expect("variables");
        let text = |yaml: &Yaml| yaml.as_str().expect("a text").to_owned();
        let pairs = environment.iter();
        pairs
            .map(|(name, value)| (text(name), text(value)))
            .collect()
    }

    /// Where in the container something is mounted, by what it is.
    fn mounts(&self) -> BTreeMap<String, String> {
        let mount = |mount: &str| {
            let (from, to) = mount.split_once(':').expect("from and to");
            (from.to_owned(), to.trim_end_matches(":ro").to_owned())
        };
        texts(&self.0["volumes"]).into_iter().map(mount).collect()
    }

    /// Its entry point, to be run here: folders of the container are moved below this one, every port is any that is free, and
    /// certificates come from this authority.
    fn command(&self, folder: &Path, authority: &Authority) -> std::process::Command {
        let entry = texts(&self.0["entrypoint"]);
        assert_eq!(entry[0], "reachcheck-relay");
        let mut command = command(&entry[1..]);
        for (name, value) in self.environment() {
            let value = match value.strip_prefix('/') {
                Some(below) => folder.join(below).to_string_lossy().into_owned(),
                None => value,
            };
            command.env(name, value);
        }
        let listen: Vec<String> = self
            .listened()
            .iter()
            .map(|(address, _)| format!("{address}:0"))
            .collect();
        command
            .env("REACHCHECK_LISTEN", listen.join(","))
            .env("REACHCHECK_ADMIN", "127.0.0.1:0")
            .env("REACHCHECK_ACME_DIRECTORY", &authority.directory)
            .env("REACHCHECK_TRUST_CA", authority.write(folder));
        command
    }

    /// Address and port of each listener.
    fn listened(&self) -> Vec<(String, String)> {
        let listen = &self.environment()["REACHCHECK_LISTEN"];
        let parts = listen
            .split(',')
            .map(|it| it.rsplit_once(':').expect("a port"));
        parts.map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    }
}

/// A text with its variables replaced, and their names.
fn interpolated(text: &str) -> (String, BTreeSet<String>) {
    let (mut out, mut names) = (String::new(), BTreeSet::new());
    let mut parts = text.split("${");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (variable, rest) = part.split_once('}').expect("an end");
        let name = variable.split(':').next().unwrap_or_default();
        out.push_str(match name {
            "REACHCHECK_HOST" => HOST,
            "REACHCHECK_CONTACT" => CONTACT,
            other => panic!("a third variable: {other}"),
        });
        out.push_str(rest);
        names.insert(name.to_owned());
    }
    (out, names)
}

/// An answer by HTTPS, as somebody gets it who trusts the authority.
async fn ask(authority: &Authority, port: u16, path: &str, headers: &str) -> Option<Answer> {
    let name = HOST.try_into().expect("a name");
    let stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let client = TlsConnector::from(authority.client());
    let stream = client.connect(name, stream).await.ok()?;
    Some(get_over(stream, path, headers).await)
}

/// Runs it as composed, waits for its certificate, and gives the ports of its listeners.
async fn run(service: &Service, folder: &Path, authority: &Authority) -> (Process, Vec<u16>) {
    let (process, addresses) = Process::start(&mut service.command(folder, authority));
    let ports: Vec<u16> = addresses.iter().map(std::net::SocketAddr::port).collect();
    let https = ([127, 0, 0, 1], ports[0]).into();
    authority.relay.send_replace(Some(https));
    let answers = async || ask(authority, ports[0], "/", "").await;
    let answer = until("a certificate", answers).await;
    assert_eq!(answer.said(), (200, PAGE.to_owned()));
    (process, ports)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_gets_a_certificate_serves_the_page_and_answers_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let service = Service::shipped();
    let environment = service.environment();
    let page = folder.path().join(&environment["REACHCHECK_PAGE"][1..]);
    std::fs::create_dir_all(&page).expect("made");
    std::fs::write(page.join("index.html"), PAGE).expect("written");
    let authority = Authority::start(&[Manner::Issues(NINETY_DAYS)]).await;
    let (process, ports) = run(&service, folder.path(), &authority).await;
    assert_eq!(authority.contacts(), [format!("mailto:{CONTACT}")]);

    // The page finds its relay, which takes it for its own and for one outside.
    let settings = ask(&authority, ports[0], "/config.json", "").await;
    let (_, settings) = settings.expect("settings").said();
    assert!(settings.contains(r#"[{"url":"relay/"}]"#), "{settings}");
    let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
    for (origin, is_allowed) in [(HOST, true), ("other.relay.test", false)] {
        let headers = format!("Origin: https://{origin}\r\n");
        let answer = ask(&authority, ports[0], path, &headers).await;
        let challenge: wire::Challenge =
            wire::decode(&answer.expect("an answer").body).expect("a challenge");
        assert_eq!(challenge.origin_allowed, is_allowed, "{origin}");
        assert!(challenge.outside);
        // As agents see them.
        assert_eq!(challenge.ports, [443, 80, 5222]);
    }
    // Whoever types the name alone comes to port 80.
    let plain = ([127, 0, 0, 1], ports[1]).into();
    let answer = get(plain, "/", "").await.expect("an answer");
    assert!(answer.head.contains("location: https://"), "{answer:?}");

    // The engine's question.
    let health = texts(&service.0["healthcheck"]["test"]);
    assert_eq!(health[..2], ["CMD", "reachcheck-relay"]);
    let mut asked = command(&health[2..]);
    asked.env("REACHCHECK_ADMIN", process.admin_address().to_string());
    assert!(asked.status().expect("an end").success());

    // Replaced by a newer one, it has the certificate that was kept in the volume.
    drop(process);
    run(&service, folder.path(), &authority).await;
    assert_eq!(authority.orders(), 1);
    assert_eq!(authority.wrong(), Vec::<String>::new());
}

#[test]
fn two_variables_are_all_that_it_asks_for() {
    let text = shipped("compose.yaml");
    let body: String = text.lines().filter(|it| !it.starts_with('#')).collect();
    let (_, names) = interpolated(&body);
    assert_eq!(names.len(), 2);
    for name in names {
        // Its absence is said before anything is begun.
        assert!(body.contains(&format!("${{{name}:?")), "{name}");
        assert!(text.contains(&format!("{name}=")), "{name}");
    }
}

#[test]
fn ports_are_mapped_as_they_are_listened_at_and_announced() {
    let service = Service::shipped();
    let environment = service.environment();
    let public = environment["REACHCHECK_PUBLIC_PORTS"].split(',');
    let pairs = public.zip(service.listened());
    let expected: Vec<String> = pairs
        .map(|(public, (_, own))| format!("{public}:{own}"))
        .collect();
    assert_eq!(texts(&service.0["ports"]), expected);
    assert_eq!(expected.len(), 3);
    // Bound to one family, agents of the other would be the proxy's address.
    let is_both = |(address, _): &(String, String)| address == "[::]";
    assert!(service.listened().iter().all(is_both));
    let compose = &documents(&shipped("compose.yaml"))[0];
    let network = texts(&service.0["networks"])[0];
    assert_eq!(
        compose["networks"][network]["enable_ipv6"].as_bool(),
        Some(true)
    );
}

#[test]
fn what_it_names_is_in_the_image() {
    let service = Service::shipped();
    let environment = service.environment();
    let containerfile = shipped("Containerfile");
    let build = &service.0["build"];
    assert_eq!(build["dockerfile"].as_str(), Some("deploy/Containerfile"));
    assert_eq!(build["context"].as_str(), Some(".."));
    let target = build["target"].as_str().expect("a stage");
    assert!(containerfile.contains(&format!("FROM run AS {target}\n")));
    let page = &environment["REACHCHECK_PAGE"];
    let copied = format!("COPY --from=page /source/dist {page}\n");
    assert!(containerfile.contains(&copied), "{copied}");
    // A volume that is mounted for the first time takes owner and rights of the folder below it.
    let state = &environment["REACHCHECK_ACME_STATE"];
    assert_eq!(service.mounts()["state"], *state);
    let made = format!("RUN install -d -o 65532 -g 65532 -m 0700 {state}\nUSER 65532:65532\n");
    assert!(containerfile.contains(&made), "{made}");
    let image = format!("reachcheck:{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(service.0["image"].as_str(), Some(&*image));
}

#[test]
fn it_is_closed_waited_for_and_may_open_files() {
    let service = Service::shipped().0;
    assert_eq!(service["read_only"].as_bool(), Some(true));
    assert_eq!(texts(&service["cap_drop"]), ["ALL"]);
    assert_eq!(texts(&service["security_opt"]), ["no-new-privileges:true"]);
    assert!(service["privileged"].is_badvalue() && service["cap_add"].is_badvalue());
    let files = service["ulimits"]["nofile"].as_i64().expect("a number");
    assert!(u64::try_from(files).is_ok_and(|files| files >= files_needed()));
    let grace = service["stop_grace_period"].as_str().expect("a time");
    let grace: u64 = grace.trim_end_matches('s').parse().expect("seconds");
    assert!(grace > stopping().as_secs(), "{grace}");
    assert_eq!(service["restart"].as_str(), Some("unless-stopped"));
}

#[test]
fn settings_of_the_page_can_be_given() {
    let is_meant = |line: &str| line.contains("config.json");
    let text = shipped("compose.yaml");
    let service = Service::read(&uncommented(&text, is_meant));
    let environment = service.environment();
    let settings = &environment["REACHCHECK_CONFIG"];
    assert_eq!(service.mounts()["./config.json"], *settings);
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("config.json");
    std::fs::write(&place, read("docs/example.config.json")).expect("written");
    let page = folder.path().join("page");
    std::fs::create_dir(&page).expect("made");
    std::fs::write(page.join("index.html"), PAGE).expect("written");
    let checked = command(&["check-config"])
        .envs(&environment)
        .env("REACHCHECK_CONFIG", &place)
        .env("REACHCHECK_PAGE", &page)
        .output()
        .expect("the relay");
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(checked.status.success(), "{said}");
}

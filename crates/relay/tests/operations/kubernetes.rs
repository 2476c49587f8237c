//! The Kubernetes manifest: the schemas take it, its parts fit each other, and its network policy is the relay's own wall once
//! more.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;
use reachcheck_relay::config::PartialConfig;
use yaml_rust2::Yaml;

use super::{INTERNET, NOT_THE_INTERNET, documents, shipped, stopping, texts, tool, top};

fn of_kind(kind: &str) -> Yaml {
    let all = documents(&shipped("kubernetes.yaml"));
    let mut found = all
        .into_iter()
        .filter(|document| document["kind"].as_str() == Some(kind));
    let only = found.next().unwrap_or_else(|| panic!("no {kind}"));
    assert!(found.next().is_none(), "one {kind}");
    only
}

/// The settings file inside the manifest.
pub fn settings() -> String {
    let map = of_kind("ConfigMap");
    map["data"]["relay.toml"]
        .as_str()
        .expect("a text")
        .to_owned()
}

fn given() -> PartialConfig {
    PartialConfig::parse_settings(&settings()).expect("valid settings")
}

fn container(deployment: &Yaml) -> &Yaml {
    &deployment["spec"]["template"]["spec"]["containers"][0]
}

/// Numbers of ports, by a field of each.
fn ports(list: &Yaml, field: &str) -> BTreeSet<u16> {
    let port = |port: &Yaml| u16::try_from(port[field].as_i64()?).ok();
    let list = list.as_vec().expect("ports");
    list.iter().filter_map(port).collect()
}

/// The ports that the settings listen at.
fn listened() -> BTreeSet<u16> {
    given()
        .listen
        .iter()
        .map(std::net::SocketAddr::port)
        .collect()
}

#[test]
fn the_schemas_of_kubernetes_take_the_manifest() {
    let run = |file: &str| {
        let validated = tool(super::KUBERNETES_VALIDATE)?
            .args(["--strict", file])
            .output()
            .expect("kubernetes-validate");
        let said = [validated.stdout, validated.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        Some((validated.status.success(), said))
    };
    let manifest = top("deploy/kubernetes.yaml");
    let Some((valid, said)) = run(&manifest.to_string_lossy()) else {
        return;
    };
    assert!(valid, "{said}");
    assert_eq!(said.matches(" passed for resource ").count(), 5, "{said}");
    // It does look.
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken.yaml");
    let text = shipped("kubernetes.yaml").replace("policyTypes:", "policyTipes:");
    std::fs::write(&broken, text).expect("written");
    let (valid, said) = run(&broken.to_string_lossy()).expect("it was there");
    assert!(!valid && said.contains("policyTipes"), "{said}");
}

#[test]
fn every_part_of_the_manifest_is_about_the_same_pods_and_ports() {
    let deployment = of_kind("Deployment");
    let labels = &deployment["spec"]["template"]["metadata"]["labels"];
    let policy = of_kind("NetworkPolicy");
    let service = of_kind("Service");
    for selector in [
        &deployment["spec"]["selector"]["matchLabels"],
        &policy["spec"]["podSelector"]["matchLabels"],
        &service["spec"]["selector"],
        &of_kind("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
    ] {
        assert!(!labels.is_badvalue());
        assert_eq!(selector, labels);
    }
    let admin = given().admin.expect("an admin listener").port();
    let mut all = listened();
    all.insert(admin);
    assert_eq!(
        ports(&container(&deployment)["ports"], "containerPort"),
        all
    );
    let public: BTreeSet<u16> = given().public_port.into_iter().collect();
    assert_eq!(ports(&service["spec"]["ports"], "port"), public);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        container(&deployment)["image"].as_str(),
        Some(&*format!("reachcheck-relay:{version}"))
    );
}

#[test]
fn whoever_ends_a_pod_waits_for_the_balancer_and_for_the_drain() {
    let deployment = of_kind("Deployment");
    let spec = &deployment["spec"]["template"]["spec"];
    let before = texts(&container(&deployment)["lifecycle"]["preStop"]["exec"]["command"]);
    let before: u64 = before[1].parse().expect("seconds");
    let grace = spec["terminationGracePeriodSeconds"].as_i64();
    let grace = Duration::from_secs(grace.and_then(|grace| grace.try_into().ok()).expect("s"));
    assert!(
        grace > Duration::from_secs(before) + stopping(),
        "{grace:?}"
    );
}

#[test]
fn everybody_may_ask_and_metrics_are_for_the_monitoring_alone() {
    let policy = of_kind("NetworkPolicy");
    assert_eq!(texts(&policy["spec"]["policyTypes"]), ["Ingress", "Egress"]);
    let ingress = policy["spec"]["ingress"].as_vec().expect("rules");
    let (mut of_all, mut of_some) = (BTreeSet::new(), BTreeSet::new());
    for rule in ingress {
        // A rule without ports is one for every port.
        assert!(!rule["ports"].is_badvalue());
        let whose = if rule["from"].is_badvalue() {
            &mut of_all
        } else {
            &mut of_some
        };
        whose.extend(ports(&rule["ports"], "port"));
    }
    assert_eq!(of_all, listened());
    let admin = given().admin.expect("an admin listener").port();
    assert_eq!(of_some, BTreeSet::from([admin]));
}

/// What the policy lets pods dial: an address's network, less the exceptions in it.
fn may_be_dialled(policy: &Yaml, address: IpAddr) -> bool {
    let mut may = false;
    for rule in policy["spec"]["egress"].as_vec().expect("rules") {
        let Some(to) = rule["to"].as_vec() else {
            // To everybody: a name server, and nothing else.
            assert_eq!(ports(&rule["ports"], "port"), BTreeSet::from([53]));
            continue;
        };
        for block in to {
            let block = &block["ipBlock"];
            let net = |text: &str| text.parse::<IpNet>().expect("a network");
            let all = net(block["cidr"].as_str().expect("a network"));
            let but: Vec<IpNet> = texts(&block["except"]).into_iter().map(net).collect();
            for net in &but {
                assert!(all.contains(net), "{net} is not in {all}");
            }
            may |= all.contains(&address) && !but.iter().any(|net| net.contains(&address));
        }
    }
    may
}

#[test]
fn pods_reach_the_internet_and_no_network_beside_it() {
    let policy = of_kind("NetworkPolicy");
    let may = |address: &str| may_be_dialled(&policy, address.parse().expect("an address"));
    for address in INTERNET {
        assert!(may(address), "{address}");
    }
    for address in NOT_THE_INTERNET {
        assert!(!may(address), "{address}");
    }
    for address in ["127.0.0.1", "::1", "::ffff:10.0.0.1"] {
        assert!(!may(address), "{address}");
    }
}

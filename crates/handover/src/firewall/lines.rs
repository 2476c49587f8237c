//! Ready lines for common tools. Each works by name: where a tool knows addresses only, the lines say how the
//! name becomes one there.

use super::{Allow, FirewallRequest};
use crate::layout::TextLayout;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};

pub fn write(request: &FirewallRequest, lang: Lang, page: &mut TextLayout) {
    let mut section = |title: Ui, lines: Vec<String>| {
        page.blank();
        page.paragraph("", text::ui(lang, title));
        for line in lines {
            page.line(&format!("   {line}"));
        }
    };
    section(Ui::LinesSquid, squid(request));
    section(Ui::LinesPac, pac(request));
    section(Ui::LinesWindows, windows(request));
    section(Ui::LinesNftables, nftables(request));
    section(Ui::LinesDnsmasq, dnsmasq(request));
}

/// Hosts for which something holds, each once.
fn hosts(request: &FirewallRequest, wanted: impl Fn(&Allow) -> bool) -> Vec<&str> {
    let mut hosts = Vec::new();
    for line in request.allow.iter().filter(|line| wanted(line)) {
        if !hosts.contains(&line.host.as_str()) {
            hosts.push(line.host.as_str());
        }
    }
    hosts
}

/// Ports, each once, and the hosts of each.
fn by_port(request: &FirewallRequest) -> Vec<(u16, Vec<&str>)> {
    let mut ports: Vec<u16> = Vec::new();
    for line in &request.allow {
        if !ports.contains(&line.port) {
            ports.push(line.port);
        }
    }
    ports
        .into_iter()
        .map(|port| (port, hosts(request, |line| line.port == port)))
        .collect()
}

fn squid(request: &FirewallRequest) -> Vec<String> {
    let mut lines = Vec::new();
    for (port, hosts) in by_port(request) {
        lines.extend(
            hosts
                .iter()
                .map(|host| format!("acl calls_{port} dstdomain {host}")),
        );
        lines.push(format!("acl port_{port} port {port}"));
        lines.push(format!("http_access allow calls_{port} port_{port}"));
    }
    let exempt = hosts(request, |line| line.is_exempt || line.any_protocol);
    if !exempt.is_empty() {
        lines.extend(
            exempt
                .iter()
                .map(|host| format!("acl calls_tls ssl::server_name {host}")),
        );
        lines.push("ssl_bump splice calls_tls".to_owned());
    }
    if request.allow.iter().any(|line| line.any_protocol) {
        lines.push("on_unsupported_protocol tunnel all".to_owned());
    }
    lines
}

fn pac(request: &FirewallRequest) -> Vec<String> {
    let hosts: Vec<String> = hosts(request, |_| true)
        .iter()
        .map(|host| format!("  \"{host}\""))
        .collect();
    let mut lines = vec!["var calls = [".to_owned()];
    lines.extend(hosts.join(",\n").lines().map(str::to_owned));
    lines.push("];".to_owned());
    lines.push("if (calls.indexOf(host) >= 0) return \"DIRECT\";".to_owned());
    lines
}

fn windows(request: &FirewallRequest) -> Vec<String> {
    let mut lines = Vec::new();
    for (port, hosts) in by_port(request) {
        lines.push("foreach ($name in @(".to_owned());
        let names: Vec<String> = hosts.iter().map(|host| format!("    '{host}'")).collect();
        lines.extend(names.join(",\n").lines().map(str::to_owned));
        lines.extend(
            [
                ")) {",
                "  $id = '{' + (New-Guid).ToString() + '}'",
                "  New-NetFirewallDynamicKeywordAddress -Id $id -Keyword $name `",
                "    -AutoResolve $true",
                "  New-NetFirewallRule -DisplayName \"Allow $name\" `",
                "    -Direction Outbound -Action Allow -Protocol TCP `",
            ]
            .map(str::to_owned),
        );
        lines.push(format!(
            "    -RemotePort {port} -RemoteDynamicKeywordAddresses $id"
        ));
        lines.push("}".to_owned());
    }
    lines
}

fn nftables(request: &FirewallRequest) -> Vec<String> {
    let mut lines = Vec::new();
    for (port, _) in by_port(request) {
        for (version, family) in [(4, "ip"), (6, "ip6")] {
            lines.push(format!(
                "add set inet filter c{port}v{version} {{ type ipv{version}_addr; }}"
            ));
            lines.push(format!(
                "insert rule inet filter forward {family} daddr @c{port}v{version} tcp dport {port} accept"
            ));
        }
    }
    lines
}

fn dnsmasq(request: &FirewallRequest) -> Vec<String> {
    let mut lines = Vec::new();
    for (port, hosts) in by_port(request) {
        for version in [4, 6] {
            lines.extend(
                hosts
                    .iter()
                    .map(|host| format!("nftset=/{host}/{version}#inet#filter#c{port}v{version}")),
            );
        }
    }
    lines
}

//! Ready lines for common tools. Each works by name: where a tool knows addresses only, the lines say how the
//! name becomes one there. None opens more than the hosts that the request names, nor for longer than they have their
//! addresses.

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
    let unlike_tls = squid_unlike_tls(request);
    if !unlike_tls.is_empty() {
        section(Ui::LinesSquidUnlikeTls, unlike_tls);
    }
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
    by_port_where(request, |_| true)
}

/// Ports at which something holds, each once, and the hosts of each for which it does.
fn by_port_where(
    request: &FirewallRequest,
    wanted: impl Fn(&Allow) -> bool,
) -> Vec<(u16, Vec<&str>)> {
    let mut ports: Vec<u16> = Vec::new();
    for line in request.allow.iter().filter(|line| wanted(line)) {
        if !ports.contains(&line.port) {
            ports.push(line.port);
        }
    }
    let hosts = |port| hosts(request, |line| line.port == port && wanted(line));
    ports.into_iter().map(|port| (port, hosts(port))).collect()
}

/// Without `-n`, an address whose owner lets it be looked up as one of these names would pass as well.
fn squid(request: &FirewallRequest) -> Vec<String> {
    let mut lines = Vec::new();
    for (port, hosts) in by_port(request) {
        lines.extend(
            hosts
                .iter()
                .map(|host| format!("acl calls_{port} dstdomain -n {host}")),
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
    lines
}

/// What a Squid that intercepts connections does with those that do not begin as TLS does. It has no name for them, only
/// the address and port they were made to.
fn squid_unlike_tls(request: &FirewallRequest) -> Vec<String> {
    let mut lines = Vec::new();
    for (port, hosts) in by_port_where(request, |line| line.any_protocol) {
        lines.extend(
            hosts
                .iter()
                .map(|host| format!("acl to_calls_{port} localip {host}")),
        );
        lines.push(format!("acl to_port_{port} localport {port}"));
        lines.push(format!(
            "on_unsupported_protocol tunnel to_calls_{port} to_port_{port}"
        ));
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
                "    -AutoResolve $true -ErrorAction Stop",
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
                "add set inet filter c{port}v{version} {{ type ipv{version}_addr; flags timeout; timeout 1d; }}"
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

#[cfg(test)]
mod tests {
    use super::{nftables, squid, squid_unlike_tls, windows};
    use crate::firewall::{Allow, FirewallRequest, Purpose};

    fn allow(host: &str, port: u16, any_protocol: bool) -> Allow {
        Allow {
            host: host.to_owned(),
            port,
            purpose: Purpose::Tcp,
            is_exempt: false,
            any_protocol,
            no_login: false,
            speaks_tls: None,
        }
    }

    fn request() -> FirewallRequest {
        FirewallRequest {
            provider: "PROVIDER".to_owned(),
            allow: vec![
                allow("a.example", 443, true),
                allow("b.example", 443, false),
                allow("c.example", 8443, true),
                allow("d.example", 5222, false),
            ],
            unlisted: Vec::new(),
            keep_idle: false,
            web_socket: false,
        }
    }

    #[test]
    fn what_is_not_tls_passes_squid_to_the_named_hosts_at_their_ports_alone() {
        assert_eq!(
            squid_unlike_tls(&request()),
            [
                "acl to_calls_443 localip a.example",
                "acl to_port_443 localport 443",
                "on_unsupported_protocol tunnel to_calls_443 to_port_443",
                "acl to_calls_8443 localip c.example",
                "acl to_port_8443 localport 8443",
                "on_unsupported_protocol tunnel to_calls_8443 to_port_8443",
            ]
        );
        let mut tls = request();
        for line in &mut tls.allow {
            line.any_protocol = false;
        }
        assert!(squid_unlike_tls(&tls).is_empty());
    }

    #[test]
    fn no_line_of_squid_is_about_everybody_or_asks_who_an_address_is() {
        for line in [squid(&request()), squid_unlike_tls(&request())].concat() {
            assert!(!line.split(' ').any(|word| word == "all"), "{line}");
            assert!(
                !line.contains("dstdomain") || line.contains(" -n "),
                "{line}"
            );
        }
    }

    #[test]
    fn every_set_of_nftables_forgets_its_addresses() {
        let lines = nftables(&request());
        let mut sets = lines.iter().filter(|line| line.starts_with("add set"));
        assert_eq!(sets.clone().count(), 6);
        assert!(
            sets.all(|line| line.ends_with("_addr; flags timeout; timeout 1d; }")),
            "{lines:?}"
        );
    }

    #[test]
    fn no_rule_of_windows_is_made_without_its_addresses() {
        let lines = windows(&request());
        let made = lines.iter().filter(|line| line.contains("-AutoResolve"));
        assert!(made.clone().count() == 3 && made.clone().all(|line| line.ends_with("Stop")));
    }
}

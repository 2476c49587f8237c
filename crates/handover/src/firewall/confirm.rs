//! Commands that show, from the same network, whether the request was carried out, and what each should say.

use super::{Allow, FirewallRequest, Purpose};
use crate::layout::TextLayout;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};

/// Seconds that `curl` waits at most.
const CURL: &str = "curl -vm9";

pub fn write(request: &FirewallRequest, lang: Lang, page: &mut TextLayout) {
    let ui = |key| text::ui(lang, key);
    page.blank();
    page.paragraph("", ui(Ui::ReportConfirm));
    let mut commands = |title: Ui, expected: &[Ui], command: &dyn Fn(&Allow) -> Option<String>| {
        let lines: Vec<String> = request.allow.iter().filter_map(command).collect();
        if lines.is_empty() {
            return;
        }
        page.paragraph("  ", &format!("- {}", ui(title)));
        for line in lines {
            // A command stays in one piece, however long.
            page.line(&format!("    {line}"));
        }
        for expected in expected {
            page.indented(
                "    ",
                &format!("{}: {}", ui(Ui::ReportExpected), ui(*expected)),
            );
        }
    };
    let is_web = |line: &Allow| matches!(line.purpose, Purpose::Https | Purpose::Port80);
    commands(Ui::ConfirmPowerShell, &[Ui::ExpectPowerShell], &|line| {
        Some(format!(
            "Test-NetConnection {} -Port {}",
            line.host, line.port
        ))
    });
    for (wanted, expected) in [(true, Ui::ExpectHttp), (false, Ui::ExpectConnected)] {
        commands(Ui::ConfirmCurl, &[expected], &|line| {
            (is_web(line) == wanted).then(|| format!("{CURL} --noproxy \"*\" {}", url(line)))
        });
    }
    commands(Ui::ConfirmCurlProxy, &[Ui::ExpectProxy], &|line| {
        Some(format!("{CURL} -px http://PROXY:8080 {}", url(line)))
    });
    for (wanted, expected) in [
        (Some(true), Ui::ExpectCertificate),
        (Some(false), Ui::ExpectNoTls),
        (None, Ui::ExpectPerhapsTls),
    ] {
        commands(Ui::ConfirmOpenssl, &[expected], &|line| {
            let is_encrypted = matches!(line.purpose, Purpose::Https | Purpose::Tcp);
            (is_encrypted && line.speaks_tls == wanted)
                .then(|| format!("openssl s_client -connect {}:{}", line.host, line.port))
        });
    }
}

/// The address that `curl` asks: the host's root, since any answer shows that the way is open.
fn url(line: &Allow) -> String {
    let (scheme, usual) = match line.purpose {
        Purpose::Https => ("https", 443),
        Purpose::Port80 => ("http", 80),
        // No protocol of the web: to connect is all.
        Purpose::Tcp | Purpose::Port5222 => ("telnet", 0),
    };
    if line.port == usual {
        format!("{scheme}://{}/", line.host)
    } else {
        format!("{scheme}://{}:{}", line.host, line.port)
    }
}

//! Namespaces: entering our own, making the others, and running commands in them.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

/// Set inside the lab.
const INSIDE: &str = "REACHCHECK_LAB_INSIDE";

/// Whether this process already stands inside.
#[must_use]
pub fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// The command that starts this program again in namespaces of its own (user, where we are not root; network, mounts,
/// processes), with these arguments. Nothing outside is touched, and nothing is left behind: when the first process of
/// a process namespace ends, all of it ends, and it ends with the command.
///
/// # Errors
/// If the system does not say where this program lies.
pub fn command_inside<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Command> {
    let mut command = Command::new("unshare");
    command.args([
        "--net",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
    ]);
    if !nix::unistd::Uid::effective().is_root() {
        command.args(["--user", "--map-root-user"]);
    }
    command
        .arg(std::env::current_exe()?)
        .args(arguments)
        .env(INSIDE, note());
    Ok(command)
}

/// The file in which a program that stands inside finds its process id as the system outside knows it.
fn note() -> PathBuf {
    std::env::temp_dir().join(format!("reachcheck-lab-{}", std::process::id()))
}

/// Starts this program again in namespaces of its own, waits for it, and gives its result.
///
/// # Errors
/// If `unshare` cannot be started; what the system refuses, it says itself.
pub fn enter() -> Result<ExitCode> {
    let mut child = command_inside(std::env::args_os().skip(1))?
        .spawn()
        .context("unshare (util-linux)")?;
    // Only for those who want to look inside: a system that does not tell is no reason to stop.
    for _ in 0..200 {
        if let Some(process) = child_of(child.id()) {
            std::fs::write(note(), process)?;
            break;
        }
        if child.try_wait()?.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let status = child.wait()?;
    let _ = std::fs::remove_file(note());
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The first child of a process.
fn child_of(process: u32) -> Option<String> {
    let children = format!("/proc/{process}/task/{process}/children");
    let children = std::fs::read_to_string(children).ok()?;
    children.split_whitespace().next().map(str::to_owned)
}

/// The id under which the system outside knows this process; inside it is 1.
#[must_use]
pub fn process_seen_from_outside() -> Option<u32> {
    let note = std::env::var_os(INSIDE)?;
    let process = std::fs::read_to_string(&note).ok()?;
    let _ = std::fs::remove_file(&note);
    process.trim().parse().ok()
}

/// The beginning of a command line that runs a program beside this process, from outside.
#[must_use]
pub fn enter_command(process: u32) -> String {
    // Inside, we are root in any case; whether we are outside, the system's map of users says.
    let map = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let own_users = !map.contains("4294967295");
    let user = if own_users {
        " -U --preserve-credentials"
    } else {
        ""
    };
    format!("nsenter -t {process}{user} -n -m -p")
}

/// Another network namespace, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// Ours: the agent's computer.
    Agent,
    /// The site's gateway.
    Gateway,
    /// Everything beyond the path.
    Outside,
    /// The relay's machine.
    Relay,
}

impl Namespace {
    /// Those that have to be made; ours is there already.
    pub const OTHERS: [Self; 3] = [Self::Gateway, Self::Outside, Self::Relay];

    const fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Gateway => "gateway",
            Self::Outside => "outside",
            Self::Relay => "relay",
        }
    }

    /// Where its handle lies.
    #[must_use]
    pub fn handle(self) -> String {
        format!("/run/netns/{}", self.name())
    }

    /// A command that will run in it, and end with us.
    #[must_use]
    pub fn command(self, program: &str) -> Command {
        match self {
            Self::Agent => Command::new(program),
            _ => {
                let mut command = Command::new("ip");
                command.args(["netns", "exec", self.name(), program]);
                command
            }
        }
    }

    /// Runs a command line in it and waits.
    ///
    /// # Errors
    /// With what the command said, if it fails.
    pub fn run(self, line: &str) -> Result<()> {
        let mut words = line.split_whitespace();
        let program = words.next().context("an empty command")?;
        let output = self
            .command(program)
            .args(words)
            .output()
            .with_context(|| program.to_owned())?;
        ensure!(
            output.status.success(),
            "{} in {}: {line}\n{}",
            output.status,
            self.name(),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }

    /// Runs a script of `nft` in it.
    ///
    /// # Errors
    /// With what `nft` said, if it fails.
    pub fn nft(self, script: &str) -> Result<()> {
        use std::io::Write as _;
        let mut child = self
            .command("nft")
            .args(["-f", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("nft (Debian package nftables)")?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(script.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        ensure!(
            output.status.success(),
            "nft in {}: {script}\n{}{}",
            self.name(),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }

    /// Starts a command in it that knows names by this `resolv.conf`.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn spawn_with_resolver(
        self,
        resolver: &Path,
        program: &Path,
        arguments: &[String],
        log: &Path,
    ) -> Result<ChildProcess> {
        // A mount namespace of its own, so that only this process sees the file.
        // Others' computers do not share the agent's cache of names.
        let hide = ["mount -t tmpfs tmpfs /run/nscd;", ""][usize::from(self == Self::Agent)];
        let script = format!(r#"mount --bind "$1" /etc/resolv.conf; {hide} shift; exec "$@""#);
        let mut command = self.command("unshare");
        command
            .args(["--mount", "sh", "-c", &script, "sh"])
            .arg(resolver)
            .arg(program)
            .args(arguments);
        spawn(command, log)
    }
}

/// Starts a command whose output goes to a file.
///
/// # Errors
/// If it cannot be started.
pub fn spawn(mut command: Command, log: &Path) -> Result<ChildProcess> {
    let file = std::fs::File::options()
        .create(true)
        .append(true)
        .open(log)?;
    command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .process_group(0);
    let child = command
        .spawn()
        .with_context(|| format!("{:?}", command.get_program()))?;
    Ok(ChildProcess(child))
}

/// A process that ends when this is dropped, with all it has started.
#[derive(Debug)]
pub struct ChildProcess(Child);

impl ChildProcess {
    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(Some(_)))
    }

    /// Asks it to end, and waits until it has.
    ///
    /// # Errors
    /// If it does not in time; it is killed then.
    pub fn terminate(mut self, patience: Duration) -> Result<()> {
        let id = nix::unistd::Pid::from_raw(i32::try_from(self.0.id())?);
        nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGTERM)?;
        let deadline = Instant::now() + patience;
        while !self.has_ended() {
            ensure!(Instant::now() < deadline, "still there after {patience:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        if let Ok(id) = i32::try_from(self.0.id()) {
            let group = nix::unistd::Pid::from_raw(id);
            let _ = nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGKILL);
        }
        let _ = self.0.wait();
    }
}

/// Makes the other namespaces and the links between them; the path itself is [`crate::path`]'s.
///
/// # Errors
/// With the command that failed: without root, usually because the system does not allow user
/// namespaces.
pub fn build() -> Result<()> {
    use Namespace::{Agent, Gateway, Outside, Relay};
    if !is_inside() {
        bail!("the lab is built inside namespaces of its own");
    }
    // `ip netns` keeps its handles in the one; programs look for the system's cache of names in the other.
    Agent.run("mount --make-rprivate /")?;
    for own in ["/run/netns", "/run/nscd"] {
        std::fs::create_dir_all(own)?;
        Agent.run(&format!("mount -t tmpfs tmpfs {own}"))?;
    }
    // Semaphores lie there under names made of process ids, which another lab beside this one has as well.
    Agent.run("mount -t tmpfs tmpfs /dev/shm")?;
    without_ipv6(Agent)?;
    for namespace in Namespace::OTHERS {
        Agent.run(&format!("ip netns add {}", namespace.name()))?;
        without_ipv6(namespace)?;
        namespace.run("ip link set lo up")?;
        namespace.run("sysctl -qw net.ipv4.ip_forward=1")?;
    }
    Agent.run("ip link set lo up")?;
    for line in [
        "ip link add lan0 type veth peer name lan1 netns gateway",
        "ip addr add 10.0.0.2/24 dev lan0",
        "ip link set lan0 up",
        "ip route add default via 10.0.0.1",
    ] {
        Agent.run(line)?;
    }
    for line in ["ip addr add 10.0.0.1/24 dev lan1", "ip link set lan1 up"] {
        Gateway.run(line)?;
    }
    for line in [
        "ip link add wan0 type veth peer name wan1 netns relay",
        "ip addr add 203.0.113.65/30 dev wan0",
        "ip link set wan0 up",
        "ip addr add 203.0.113.53/32 dev lo",
    ] {
        Outside.run(line)?;
    }
    for address in crate::addresses::of_hosts() {
        Outside.run(&format!("ip addr add {address}/32 dev lo"))?;
    }
    for line in [
        "ip addr add 203.0.113.66/30 dev wan1",
        "ip link set wan1 up",
        "ip route add default via 203.0.113.65",
    ] {
        Relay.run(line)?;
    }
    Ok(())
}

/// The lab speaks IPv4 alone. Left on, each link would get an IPv6 address of its own a second or two after
/// it came up, and a browser that sees an address appear ends the connections it has just opened.
fn without_ipv6(namespace: Namespace) -> Result<()> {
    for scope in ["all", "default"] {
        namespace.run(&format!("sysctl -qw net.ipv6.conf.{scope}.disable_ipv6=1"))?;
    }
    Ok(())
}

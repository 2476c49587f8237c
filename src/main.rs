//! Mounts the check; nothing else.

fn main() {
    reachcheck::mount_check();
}

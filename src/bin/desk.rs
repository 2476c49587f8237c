//! Mounts what the helpdesk needs; nothing else. A program of its own, so that no agent waits for it.

fn main() {
    reachcheck::mount_desk();
}

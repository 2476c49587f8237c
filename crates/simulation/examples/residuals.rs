use reachcheck_lab::engine::Engine;
use reachcheck_simulation::{noise::Noise, recordings};
fn main() {
    let noise = Noise::read(&recordings()).expect("x");
    for engine in Engine::ALL {
        for (kind, samples) in noise.of(engine).all() {
            let mut s = samples.clone();
            s.sort_by(f64::total_cmp);
            let q = |p: f64| s[((s.len() - 1) as f64 * p) as usize].round();
            println!(
                "{} {:?} n={} min {} 10% {} 50% {} 75% {} 90% {} 95% {} max {}",
                engine.name(),
                kind,
                s.len(),
                q(0.0),
                q(0.1),
                q(0.5),
                q(0.75),
                q(0.9),
                q(0.95),
                q(1.0)
            );
        }
    }
}

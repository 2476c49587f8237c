//! What is looked at or measured in the lab, alone: worlds by hand, pictures, times, memory. The tests are `harness.rs`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use reachcheck_e2e::settings::Settings;
use reachcheck_e2e::{by_hand, demo, gallery, relay, run_as_helper, smooth, speed, torture};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::namespaces;
use reachcheck_lab::under::{self, Condition};
use reachcheck_lab::world::{Lab, World};

const USAGE: &str = "\
reachcheck-e2e --list             names the worlds, and the conditions that they can be put under
reachcheck-e2e --world NAME [--under NAME,NAME]   builds one world and keeps it until Ctrl+C
reachcheck-e2e --read-link ENGINE WORLD PAGE   the link of that world's report, from its recording
reachcheck-e2e --speed [ENGINE]   how soon the verdict comes, beside the bound that no order of probes beats
reachcheck-e2e --first-load       first text, first probe and verdict on a slow line (Chromium)
reachcheck-e2e --smooth           first paint, first probe, long tasks, memory over many runs (Chromium)
reachcheck-e2e --torture [FROM TO]   each call of the page to the browser, of those numbers, goes wrong once (Chromium)
reachcheck-e2e --gallery FOLDER   a picture of each state, finding, theme, width and language, and what does not fit in it";

fn main() -> ExitCode {
    if let Some(code) = run_as_helper() {
        return code;
    }
    match start() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("e2e: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What to do.
enum Order {
    World(String, Vec<Condition>),
    Speed(Vec<Engine>),
    FirstLoad,
    Smooth,
    Gallery(PathBuf),
    Torture(u64, u64),
}

fn order(words: &[&str]) -> Result<Option<Order>> {
    let engine = |name: &str| Engine::ALL.into_iter().find(|it| it.name() == name);
    Ok(Some(match words {
        ["--world", name] => Order::World((*name).to_owned(), Vec::new()),
        ["--world", name, "--under", names] => {
            Order::World((*name).to_owned(), under::named(names)?)
        }
        ["--speed"] => Order::Speed(Engine::CORE.to_vec()),
        ["--speed", name] => match engine(name) {
            Some(engine) => Order::Speed(vec![engine]),
            None => return Ok(None),
        },
        ["--first-load"] => Order::FirstLoad,
        ["--smooth"] => Order::Smooth,
        ["--torture"] => Order::Torture(1, u64::MAX),
        ["--torture", from, to] => Order::Torture(from.parse()?, to.parse()?),
        ["--gallery", folder] => Order::Gallery(PathBuf::from(folder)),
        _ => return Ok(None),
    }))
}

fn start() -> Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words == ["--list"] {
        by_hand::list();
        return Ok(ExitCode::SUCCESS);
    }
    if let ["--read-link", engine, world, page] = words[..] {
        let engine = Engine::ALL.into_iter().find(|it| it.name() == engine);
        let engine = engine.ok_or_else(|| anyhow::anyhow!("engines: chromium, firefox, webkit"))?;
        println!("{}", demo::read_link(engine, world, page)?);
        return Ok(ExitCode::SUCCESS);
    }
    let Some(order) = order(&words)? else {
        anyhow::bail!("unknown: {}\n{USAGE}", words.join(" "));
    };
    if !namespaces::is_inside() {
        return namespaces::enter();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir()?;
    let page = Settings::page()?;
    let missed = runtime.block_on(async {
        let lab = Lab::build(folder.path(), &page, relay()?)?;
        match order {
            Order::World(name, under) => by_hand::stand(&lab, &name, &under).await.map(|()| 0),
            Order::Speed(engines) => speed::run(&lab, &engines).await,
            Order::FirstLoad => speed::first_load(&lab).await,
            Order::Smooth => smooth::run(&lab).await,
            Order::Torture(from, to) => {
                let browser =
                    Browser::start(Engine::Chromium, &lab, World::default().setting()).await?;
                let standing = lab.stand(&World::default())?;
                torture::every(&browser, &standing.url, from, to).await
            }
            Order::Gallery(to) => {
                std::fs::create_dir_all(&to)?;
                gallery::run(&lab, &page, &to).await
            }
        }
    })?;
    Ok(if missed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

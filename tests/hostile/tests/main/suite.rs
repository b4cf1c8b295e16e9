//! Runs groups of scripts.

use std::sync::Mutex;

use crate::case::{Case, Group};
use crate::engine::Engine;
use crate::header::Unstoppable;
use crate::host::{Answer, Host, Request};
use crate::summary::Summary;
use crate::tier::Tier;
use crate::verdict;

/// How many scripts there have to be at least.
const ENOUGH: usize = 850;

/// How often a script may try to come back on time. The promise is about the sandbox, and a machine that does other
/// things at the same moment breaks it for everybody.
const ATTEMPTS: usize = 3;

/// The groups that `cargo xtask test` runs on the engine that wasn't chosen, too: what a script can reach, claim and break,
/// which is little to run and where two engines differ most.
const SMOKE: [&str; 10] = [
    "code-and-imports",
    "constructor-walks",
    "forgeries",
    "iterators-and-species",
    "ops-and-globals",
    "prototype-pollution",
    "proxies-and-getters",
    "source-text",
    "stack-traces",
    "values-at-the-border",
];

/// Hosts that lived through all that they were asked so far.
static HOSTS: Mutex<Vec<Host>> = Mutex::new(Vec::new());

/// A suite that lost its scripts would pass.
pub(crate) fn is_large_enough(groups: &[std::sync::Arc<Group>]) -> Result<(), String> {
    let cases: Vec<&Case> = groups.iter().flat_map(|group| &group.cases).collect();
    let mut titles: Vec<&str> = cases.iter().map(|case| case.title.as_str()).collect();
    titles.sort_unstable();
    if let Some([title, _]) = titles
        .array_windows()
        .find(|[first, second]| first == second)
    {
        return Err(format!("two scripts are called `{title}`"));
    }
    if let Some(missing) = SMOKE
        .iter()
        .find(|name| groups.iter().all(|group| group.name != **name))
    {
        return Err(format!("there is no group `{missing}`"));
    }
    if cases.len() < ENOUGH {
        return Err(format!(
            "there are {} scripts, fewer than {ENOUGH}",
            cases.len()
        ));
    }
    Ok(())
}

/// The name of a group's test in a tier.
pub(crate) fn name(tier: Tier, group: &Group) -> String {
    let part = if SMOKE.contains(&group.name.as_str()) {
        "smoke"
    } else {
        "more"
    };
    format!("{part}::{}::{}", tier.name(), group.name)
}

/// Runs the scripts of a group one after the other, and collects what is wrong.
pub(crate) fn run_group(tier: Tier, group: &Group, summary: &Summary) -> Result<(), String> {
    let mut problems = Vec::new();
    for case in &group.cases {
        if case.header.left_out().is_some() {
            summary.left_out(tier);
            continue;
        }
        let result = run(tier, case, summary);
        summary.count(tier, result.is_ok());
        if let Err(problem) = result {
            problems.push(format!("{}: {problem}", case.title));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n\n"))
    }
}

fn run(tier: Tier, case: &Case, summary: &Summary) -> Result<(), String> {
    let mut late = None;
    for _ in 0..ATTEMPTS {
        let answer = ask(tier, case);
        verdict::judge(tier, case, &answer)?;
        late = verdict::lateness(case, &answer);
        match late {
            Some(late) if late > verdict::ON_TIME && tier.always_comes_back() => {}
            _ => break,
        }
    }
    if let Some(late) = late {
        summary.came_back(tier, &case.title, late);
        if tier.always_comes_back() && late > verdict::ON_TIME {
            return Err(format!(
                "came back {late:?} after its limit, {ATTEMPTS} times"
            ));
        }
    }
    Ok(())
}

fn ask(tier: Tier, case: &Case) -> Answer {
    let mut host = HOSTS.lock().unwrap().pop().unwrap_or_else(Host::start);
    let answer = host.ask(&Request {
        tier,
        limits: case.header.limits(),
        script: case.script.clone(),
        may_go_on: matches!(
            case.header.unstoppable(Engine::THIS, tier),
            Some(Unstoppable::GoesOn | Unstoppable::MayGoOn)
        ),
        looks_after: true,
    });
    // A host with a busy thread would slow the next script down.
    if let Answer::Report { report, .. } = &answer
        && report.goes_on != Some(true)
        && case.header.unstoppable(Engine::THIS, tier).is_none()
    {
        HOSTS.lock().unwrap().push(host);
    }
    answer
}

/// Ends the hosts that are left.
pub(crate) fn end_hosts() {
    HOSTS.lock().unwrap().clear();
}

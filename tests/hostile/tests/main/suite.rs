//! Runs groups of scripts.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::case::{Case, Group};
use crate::clocks;
use crate::engine::Engine;
use crate::header::Unstoppable;
use crate::host::{Answer, Host, Request};
use crate::limits;
use crate::summary::{Passed, Summary};
use crate::tier::Tier;
use crate::verdict::{self, Verdict};

/// How many scripts there are. Whoever adds one counts it here, so that none gets lost unseen.
const SCRIPTS: usize = 984;

/// How often a script may try to come back on time. The promise is about the sandbox, and a machine that does other
/// things at the same moment breaks it for everybody.
const ATTEMPTS: usize = 3;

/// Of so many scripts of a group, one may need another try. More would be no busy machine, but a sandbox that is often late.
const TRIED_AGAIN: usize = 20;

/// The groups that `cargo xtask test` runs on the engine that wasn't chosen, too: what a script can reach, claim and break,
/// which is little to run and where two engines differ most.
pub(crate) const SMOKE: [&str; 10] = [
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
pub(crate) fn is_complete(groups: &[Arc<Group>]) -> Result<(), String> {
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
    if cases.len() != SCRIPTS {
        return Err(format!(
            "there are {} scripts, and `SCRIPTS` in `suite.rs` says {SCRIPTS}",
            cases.len()
        ));
    }
    Ok(())
}

/// Each limit has at least two scripts in its group: one that goes just as far as it may, and one that goes further.
pub(crate) fn has_scripts_for_each_limit(groups: &[Arc<Group>]) -> Result<(), String> {
    let cases = groups.iter().filter(|group| group.name == "limits");
    let limits: Vec<_> = cases
        .flat_map(|group| &group.cases)
        .map(|case| limits::unusual(&case.header.limits()))
        .collect();
    let names = limits::unusual(&limits::usual_limits()).map(|(name, _)| name);
    let scripts = |name| limits.iter().filter(move |all| all.contains(&(name, true)));
    match names.into_iter().find(|name| scripts(*name).count() < 2) {
        Some(name) => Err(format!(
            "the group `limits` has no two scripts for `{name}`"
        )),
        None => Ok(()),
    }
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
    let mut tried_again = Vec::new();
    for case in &group.cases {
        if case.header.left_out().is_some() {
            summary.left_out(tier);
            continue;
        }
        let result = run(tier, case, summary);
        summary.count(tier, &result);
        match result {
            Ok(Passed::Again) => tried_again.push(case.title.as_str()),
            Ok(Passed::AtOnce | Passed::EndedTheHost) => {}
            Err(problem) => problems.push(format!("{}: {problem}", case.title)),
        }
    }
    if tried_again.len() > 1.max(group.cases.len() / TRIED_AGAIN) {
        problems.push(format!(
            "{} scripts came back on time only when they were tried again: {}",
            tried_again.len(),
            tried_again.join("; ")
        ));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n\n"))
    }
}

fn run(tier: Tier, case: &Case, summary: &Summary) -> Result<Passed, String> {
    let mut problem = String::new();
    for attempt in 1..=ATTEMPTS {
        let answer = ask(tier, case);
        let (late, next) = match verdict::judge(tier, case, &answer)? {
            Verdict::EndedTheHost => return Ok(Passed::EndedTheHost),
            Verdict::CameBack { late, next } => (late, next),
        };
        if let Some(late) = late {
            summary.came_back(tier, &case.title, late);
        }
        problem = match (late, too_slow(case, &answer)) {
            (Some(late), _) if late > clocks::ON_TIME => {
                format!("came back {late:?} after its limit, {ATTEMPTS} times")
            }
            (None, Some(longer)) => {
                format!("took {longer:?} longer than it may by itself, {ATTEMPTS} times")
            }
            _ => {
                if attempt == 1 && next == 1 {
                    return Ok(Passed::AtOnce);
                }
                summary.tried_again(tier, &case.title);
                return Ok(Passed::Again);
            }
        };
    }
    Err(problem)
}

fn too_slow(case: &Case, answer: &Answer) -> Option<Duration> {
    match answer {
        Answer::Report { report, .. } => clocks::too_slow(&case.header.limits(), report),
        Answer::Died(_) | Answer::Hung => None,
    }
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

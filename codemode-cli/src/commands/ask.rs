//! `codemode-cli run` with `--ask` or a policy: a person decides on calls.

use std::collections::HashSet;
use std::io::{self, BufRead as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use codemode_runtime::{CallRequest, Decision, Policy, Question, Questions};

/// How much of a call's argument is shown, in characters.
const MAX_SHOWN: usize = 2_000;

/// Asks on standard error and reads the answer from standard input. Tools that say that they change nothing aren't asked
/// about.
#[derive(Default)]
pub(crate) struct Ask {
    /// What is always allowed. Held while a question is open, so that there is one at a time.
    allowed: Arc<Mutex<HashSet<Always>>>,
}

/// A tool, and what was asked about it: another question may have another answer.
type Always = (String, Option<String>);

impl Policy for Ask {
    fn decide(&self, call: &CallRequest<'_>) -> Decision {
        if call.annotations.is_read_only() {
            return Decision::Allow;
        }
        self.ask(&Question::from(*call))
    }
}

impl Questions for Ask {
    fn ask(&self, question: &Question<'_>) -> Decision {
        let asked = (
            question.call.tool.to_owned(),
            question.text.map(str::to_owned),
        );
        let question = shown(question);
        let allowed = Arc::clone(&self.allowed);
        Decision::Wait(Box::pin(async move {
            let answer = tokio::task::spawn_blocking(move || {
                let mut allowed = allowed.lock().unwrap_or_else(PoisonError::into_inner);
                decide(asked, &question, &mut allowed)
            });
            answer
                .await
                .unwrap_or_else(|error| Decision::Deny(error.to_string()))
        }))
    }
}

fn decide(asked: Always, question: &str, allowed: &mut HashSet<Always>) -> Decision {
    if allowed.contains(&asked) {
        return Decision::Allow;
    }
    loop {
        let answer = match ask(question) {
            Ok(Some(answer)) => answer,
            Ok(None) => return Decision::Deny("there is nobody to ask".to_owned()),
            Err(error) => return Decision::Deny(format!("nobody could be asked: {error}")),
        };
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" => return Decision::Allow,
            "n" | "no" => return Decision::Deny("the user said no".to_owned()),
            "a" | "always" => {
                allowed.insert(asked);
                return Decision::Allow;
            }
            // Anything else is a slip, and no decision.
            _ => {}
        }
    }
}

/// The line that was answered; `None` at the end of standard input.
fn ask(question: &str) -> io::Result<Option<String>> {
    let mut screen = io::stderr().lock();
    write!(screen, "{question}\n[y]es, [n]o, [a]lways for this tool? ")?;
    screen.flush()?;
    // The script may end meanwhile, and there is something to say about that.
    drop(screen);
    let mut answer = String::new();
    let bytes = io::stdin().lock().read_line(&mut answer)?;
    Ok((bytes > 0).then_some(answer))
}

fn shown(Question { call, text, .. }: &Question<'_>) -> String {
    let words = text.map(|text| format!("{text}\n")).unwrap_or_default();
    let warning = if call.annotations.destructive == Some(true) {
        ", which may delete or overwrite something"
    } else {
        ""
    };
    let input = if call.arguments.is_empty() {
        String::new()
    } else {
        format!(": {}", harmless(call.arguments))
    };
    format!(
        "{words}the script wants to call {}{warning}{input}",
        call.tool
    )
}

/// The text without what a terminal would obey or show in another order, up to a length.
fn harmless(text: &str) -> String {
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == MAX_SHOWN {
            shown.push_str("… (cut)");
            break;
        }
        let is_bidirectional = matches!(character, '\u{61c}' | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || is_bidirectional {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        let text = "\"a\u{1b}[2J\u{9b}1A\u{202e}b\nä\"";
        assert_eq!(harmless(text), "\"a\\u{1b}[2J\\u{9b}1A\\u{202e}b\\u{a}ä\"");
        let long = harmless(&"x".repeat(5_000));
        assert_eq!(long.len(), MAX_SHOWN + "… (cut)".len());
    }
}

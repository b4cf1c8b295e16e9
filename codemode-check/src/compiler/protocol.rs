//! The compiler's API: JSON-RPC over its standard input and output, and the files that it believes to be on a disk.
//!
//! The compiler asks for every file that it wants to see. It gets the script, the declarations, and from the real disk
//! nothing but its own declarations of the language.

use std::collections::HashMap;
use std::io::{self, BufRead, Read, Write};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What the compiler asks its client for.
pub(crate) const CALLBACKS: &str =
    "readFile,fileExists,directoryExists,getAccessibleEntries,realpath";

/// The folder of everything that isn't there.
pub(crate) const ROOT: &str = "/codemode";

/// The largest message that is taken; a script can make the compiler say a lot.
const MAX_MESSAGE: usize = 64 * 1024 * 1024;

/// A conversation with a compiler.
pub(crate) struct Connection<W, R> {
    pub(crate) input: W,
    pub(crate) output: R,
    pub(crate) files: HashMap<String, Arc<str>>,
    /// Where the compiler's own declarations are, with a slash at its end.
    pub(crate) libraries: String,
    pub(crate) last_request: u64,
}

/// One message of the compiler: a request of its own, or the answer to one of ours.
#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    params: Value,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    error: Option<Value>,
}

impl<W: Write, R: BufRead> Connection<W, R> {
    /// Asks for something, and answers what the compiler asks meanwhile.
    pub(crate) fn request<T: DeserializeOwned>(
        &mut self,
        method: &str,
        params: &Value,
    ) -> io::Result<T> {
        self.last_request += 1;
        let id = self.last_request;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        loop {
            let message = self.receive()?;
            if let Some(asked) = &message.method {
                // A request has a number, a notification has none and wants no answer.
                if !message.id.is_null() {
                    let result = self.answer(asked, &message.params);
                    let id = &message.id;
                    self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }))?;
                }
            } else if message.id == id {
                return match message.error {
                    Some(error) => Err(io::Error::other(format!("{method}: {error}"))),
                    None => Ok(serde_json::from_value(message.result)?),
                };
            }
        }
    }

    fn answer(&self, asked: &str, path: &Value) -> Value {
        let path = path.as_str().unwrap_or_default();
        let is_library = path
            .strip_prefix(&self.libraries)
            .is_some_and(|name| name.starts_with("lib.") && !name.contains('/'));
        match asked {
            // Nothing means: read it from the disk.
            "readFile" if is_library => Value::Null,
            "readFile" => {
                let text: Option<&str> = self.files.get(path).map(AsRef::as_ref);
                json!({ "content": text })
            }
            "fileExists" => json!(is_library || self.files.contains_key(path)),
            "directoryExists" => {
                let folder = format!("{}/", path.trim_end_matches('/'));
                json!(self.files.keys().any(|file| file.starts_with(&folder)))
            }
            "getAccessibleEntries" => json!({ "files": [], "directories": [] }),
            "realpath" => json!(path),
            _ => Value::Null,
        }
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        self.input.flush()
    }

    fn receive(&mut self) -> io::Result<Message> {
        let mut length = None;
        loop {
            let mut line = String::new();
            if self.output.by_ref().take(1024).read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse::<usize>().ok();
            }
        }
        let length = length
            .filter(|length| *length <= MAX_MESSAGE)
            .ok_or_else(|| io::Error::other("a message without a length, or a huge one"))?;
        let mut text = vec![0; length];
        self.output.read_exact(&mut text)?;
        Ok(serde_json::from_slice(&text)?)
    }
}

/// What `updateSnapshot` answers, as far as it is used.
#[derive(Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) snapshot: u64,
}

/// A diagnostic of the API. Positions count UTF-16 units from the start of the file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ApiDiagnostic {
    /// Empty for what is about no file.
    #[serde(default)]
    pub(crate) file_name: String,
    pub(crate) pos: usize,
    pub(crate) code: u32,
    pub(crate) category: u32,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) message_chain: Vec<ApiDiagnostic>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(said: &str) -> Connection<Vec<u8>, &[u8]> {
        let files = [("/codemode/script.ts".to_owned(), Arc::from("let a"))];
        Connection {
            input: Vec::new(),
            output: said.as_bytes(),
            files: files.into(),
            libraries: "/npm/lib/".to_owned(),
            last_request: 0,
        }
    }

    #[test]
    fn nothing_of_the_disk_is_shown_but_the_language_itself() {
        let connection = connection("");
        let read = |path: &str| connection.answer("readFile", &json!(path));
        assert_eq!(read("/codemode/script.ts"), json!({ "content": "let a" }));
        assert_eq!(read("/npm/lib/lib.es5.d.ts"), Value::Null);
        for hidden in [
            "/etc/passwd",
            "/npm/lib/../secret",
            "/npm/lib/lib.x/../../../etc/passwd",
            "/npm/lib/tsc",
            "/codemode/other.ts",
            "",
        ] {
            assert_eq!(read(hidden), json!({ "content": null }), "{hidden}");
            assert_eq!(
                connection.answer("fileExists", &json!(hidden)),
                json!(false)
            );
        }
        assert_eq!(
            connection.answer("directoryExists", &json!("/codemode")),
            json!(true)
        );
        assert_eq!(
            connection.answer("directoryExists", &json!("/etc")),
            json!(false)
        );
    }

    #[test]
    fn questions_are_answered_while_an_answer_is_awaited() {
        let said = |message: Value| {
            let text = message.to_string();
            format!("Content-Length: {}\r\n\r\n{text}", text.len())
        };
        let all = said(json!({ "id": 7, "method": "fileExists", "params": "/codemode/script.ts" }))
            + &said(json!({ "method": "note" }))
            + &said(json!({ "id": 1, "result": { "snapshot": 3 } }));
        let mut connection = connection(&all);
        let snapshot: Snapshot = connection.request("updateSnapshot", &json!({})).unwrap();
        assert_eq!(snapshot.snapshot, 3);
        let sent = String::from_utf8(connection.input).unwrap();
        let answer = sent.lines().last().unwrap();
        for part in ["\"id\":7", "\"result\":true"] {
            assert!(answer.contains(part), "{sent}");
        }
    }

    #[test]
    fn a_compiler_that_talks_nonsense_is_an_error() {
        for said in [
            "",
            "\r\n",
            "Content-Length: x\r\n\r\n",
            "Content-Length: 99999999999\r\n\r\n",
            "Content-Length: 5\r\n\r\n{}",
            "Content-Length: 2\r\n\r\n[]",
        ] {
            let asked = connection(said).request::<Snapshot>("updateSnapshot", &Value::Null);
            assert!(asked.is_err(), "{said:?}");
        }
    }
}

//! The whole loop, against an endpoint that has its lines by heart.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::thread::JoinHandle;

use agent::conversation::Endpoint;
use agent::pantry::Pantry;
use agent::{Agent, AgentError};
use codemode_runtime::Sandbox;
use serde_json::{Value, json};

/// Answers each request with the next line, and returns what it was asked, with its headers.
fn endpoint(lines: Vec<(u16, Value)>) -> (String, JoinHandle<Vec<(String, Value)>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1/", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for (status, line) in lines {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream);
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let length = head
                .lines()
                .find_map(|line| {
                    line.to_ascii_lowercase()
                        .strip_prefix("content-length:")?
                        .trim()
                        .parse()
                        .ok()
                })
                .unwrap();
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            asked.push((head, serde_json::from_slice(&body).unwrap()));
            let text = line.to_string();
            let answer = format!(
                "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{text}",
                text.len()
            );
            reader.get_mut().write_all(answer.as_bytes()).unwrap();
        }
        asked
    });
    (url, serving)
}

fn says(message: &Value) -> (u16, Value) {
    (200, json!({ "choices": [{ "message": message }] }))
}

fn writes(id: &str, script: &str) -> (u16, Value) {
    let arguments = json!({ "script": script }).to_string();
    says(
        &json!({ "role": "assistant", "content": null, "tool_calls": [
        { "id": id, "type": "function", "function": { "name": "run_script", "arguments": arguments } },
    ] }),
    )
}

fn agent(url: &str) -> Agent {
    let sandbox = Sandbox::builder()
        .state(Pantry::with([("flour", 900), ("salt", 50)]))
        .build()
        .unwrap();
    Agent::new(
        Endpoint::new(url, "scripted", Some("the-key".to_owned())),
        sandbox,
    )
    .unwrap()
}

#[tokio::test]
async fn the_model_writes_scripts_reads_what_came_of_them_and_answers() {
    let (url, serving) = endpoint(vec![
        writes(
            "1",
            "return await pantry.take({ name: 'sugar', grams: 10 })",
        ),
        writes(
            "2",
            "await pantry.take({ name: 'flour', grams: 250 }); return await pantry.list()",
        ),
        says(&json!({ "role": "assistant", "content": "650 g of flour are left." })),
    ]);
    let answer = agent(&url).answer("Bake a cake.").await.unwrap();
    assert_eq!(answer, "650 g of flour are left.");

    let asked = serving.join().unwrap();
    let (head, first) = &asked[0];
    assert!(head.starts_with("POST /v1/chat/completions "), "{head}");
    assert!(
        head.to_ascii_lowercase()
            .contains("authorization: bearer the-key"),
        "{head}"
    );
    assert_eq!(first["model"], "scripted");
    let prompt = first["messages"][0]["content"].as_str().unwrap();
    assert!(prompt.contains("function take(input:"), "{prompt}");
    let last = &asked[2].1["messages"];
    let result = |place: usize| last[place]["content"].as_str().unwrap();
    assert_eq!(last[3]["tool_call_id"], "1");
    assert!(result(3).contains("there is no sugar"), "{}", result(3));
    assert_eq!(last[5]["tool_call_id"], "2");
    assert!(result(5).contains("650"), "{}", result(5));
}

#[tokio::test]
async fn a_model_that_never_ends_is_stopped() {
    let (url, serving) = endpoint((0..8).map(|_| writes("x", "return 1")).collect());
    let error = agent(&url).answer("Go on.").await.unwrap_err();
    assert!(matches!(error, AgentError::NoEnd), "{error}");
    serving.join().unwrap();
}

#[tokio::test]
async fn what_an_endpoint_refuses_is_said_without_the_key() {
    let (url, serving) = endpoint(vec![(401, json!({ "error": "no such key" }))]);
    let error = agent(&url).answer("Hello.").await.unwrap_err().to_string();
    assert!(
        error.contains("status 401") && error.contains("no such key"),
        "{error}"
    );
    assert!(!error.contains("the-key"), "{error}");
    serving.join().unwrap();
}

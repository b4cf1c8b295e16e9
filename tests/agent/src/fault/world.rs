//! What there isn't around a script, and what it may not do.

use super::{Fault, Original};

type Line = (&'static str, &'static [&'static str]);

fn fault(kind: &'static str, (line, parts): Line, script: String) -> Fault {
    Fault {
        kind,
        what: format!("`{line}`"),
        script,
        repair: vec![parts.iter().map(|part| (*part).to_owned()).collect()],
    }
}

/// The script behind a line.
fn behind(original: &Original, line: &str) -> String {
    format!("{line}\n{}", original.code.text)
}

pub(super) fn absent_global(original: &Original) -> Vec<Fault> {
    const LINES: &[Line] = &[
        (
            "const page = await fetch(\"https://example.com/data.json\");",
            &["tools"],
        ),
        ("const fs = require(\"fs\");", &["namespaces", "tool"]),
        ("const home = process.env.HOME;", &["tool"]),
        (
            "const bytes = Buffer.from(\"text\").toString(\"base64\");",
            &["Uint8Array"],
        ),
        (
            "const text = fs.readFileSync(\"/project/a.txt\", \"utf8\");",
            &["tool"],
        ),
        (
            "const page = await axios.get(\"https://example.com\");",
            &["tools"],
        ),
        (
            "const token = localStorage.getItem(\"token\");",
            &["return", "$store"],
        ),
        ("const here = __dirname;", &["namespaces", "tool"]),
        ("await sleep(100);", &["setTimeout"]),
        ("print(\"start\");", &["console.log"]),
        ("const title = document.title;", &["text", "strings"]),
        ("process.stdout.write(\"start\");", &["console.log", "tool"]),
        ("setImmediate(() => {});", &["setTimeout"]),
        ("const sorted = _.sortBy([2, 1]);", &["arrays"]),
    ];
    let each = (0..3).map(|step| LINES[(3 * original.number + step) % LINES.len()]);
    each.map(|line| fault("an absent global", line, behind(original, line.0)))
        .collect()
}

pub(super) fn import(original: &Original) -> Vec<Fault> {
    const PARTS: &[&str] = &["namespaces", "without an import", "no modules"];
    const LINES: &[&str] = &[
        "import { readFile } from \"node:fs/promises\";",
        "import axios from \"axios\";",
        "import * as path from \"path\";",
        "const fs = await import(\"fs\");",
        "import \"dotenv/config\";",
    ];
    let line = LINES[original.number % LINES.len()];
    vec![fault("an import", (line, PARTS), behind(original, line))]
}

pub(super) fn too_many_calls(original: &Original) -> Vec<Fault> {
    let loops: [Line; 2] = [
        (
            "for (let at = 0; at < 5000; at++) await pantry.list();",
            &["1000"],
        ),
        (
            "await Promise.all(Array.from({ length: 1500 }, () => pantry.list()));",
            &["1000"],
        ),
    ];
    let is_here = original.namespaces.iter().any(|name| name == "pantry");
    // Twice is enough: it takes its time.
    if !is_here || original.code.text.contains("analytics") || original.code.text.contains("email")
    {
        return Vec::new();
    }
    let line = loops[original.number % 2];
    vec![fault(
        "more calls than allowed",
        line,
        behind(original, line.0),
    )]
}

pub(super) fn no_end(original: &Original) -> Vec<Fault> {
    const TIMEOUT: &[&str] = &["limit of 2s"];
    let lines: [Line; 4] = [
        ("while (true) {}", TIMEOUT),
        ("for (;;) await null;", TIMEOUT),
        (
            "await new Promise(() => {});",
            &["a promise that nothing can settle"],
        ),
        (
            "await new Promise((done) => setTimeout(done, 60_000));",
            TIMEOUT,
        ),
    ];
    let is_here = original
        .namespaces
        .iter()
        .any(|name| name == "sequentialThinking");
    let line = lines[original.number % lines.len()];
    if is_here {
        vec![fault("no end", line, behind(original, line.0))]
    } else {
        Vec::new()
    }
}

pub(super) fn shell(original: &Original) -> Vec<Fault> {
    const PARTS: &[&str] = &["TypeScript", "shell"];
    const LINES: &[&str] = &[
        "ls -la /project",
        "cat /project/app.log | grep ERROR | wc -l",
        "curl -s https://example.com/data.json",
        "python3 -c 'print(1 + 1)'",
        "npm install lodash",
        "echo hello > /project/a.txt",
        "git status && git log --oneline",
        "cd /project && mkdir -p work/in work/out",
        "#!/bin/bash\nfor name in *.jpeg; do mv \"$name\" \"${name%.jpeg}.jpg\"; done",
        "grep -r \"TODO\" .",
        "rm -rf /project/work",
        "sed -i 's/80/8080/' /project/settings.toml",
    ];
    let line = LINES[original.number % LINES.len()];
    if original.number < 2 * LINES.len() {
        vec![fault("a shell command", (line, PARTS), line.to_owned())]
    } else {
        Vec::new()
    }
}

pub(super) fn global_variable(original: &Original) -> Vec<Fault> {
    const PARTS: &[&str] = &["let", "const", "`let`", "$store", "variable"];
    const LINES: &[&str] = &[
        "globalThis.total = 0;",
        "global.cache = {};",
        "window.result = [];",
        "self.seen = new Set();",
        "(globalThis as any).state = { step: 1 };",
    ];
    let line = LINES[original.number % LINES.len()];
    vec![fault(
        "a variable of the global object",
        (line, PARTS),
        behind(original, line),
    )]
}

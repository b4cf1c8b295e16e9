//! Makes the snapshot that isolates start from: the engine with the sandbox's bootstrap in it, and no tools.
//!
//! Here and never at run time, since an engine that makes a snapshot seeds its randomness with a constant.

#[cfg(feature = "v8")]
#[path = "src/sandbox/isolate/world/boot.rs"]
mod boot;
#[cfg(feature = "v8")]
#[path = "src/sandbox/isolate/world/ops.rs"]
#[allow(dead_code, reason = "nothing is called while a snapshot is made")]
mod ops;
#[cfg(feature = "v8")]
#[path = "src/sandbox/isolate/world/web.rs"]
mod web;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    #[cfg(feature = "v8")]
    if let Err(error) = snapshot() {
        panic!("the sandbox's snapshot can't be made: {error}");
    }
}

#[cfg(feature = "v8")]
fn snapshot() -> Result<(), Box<dyn std::error::Error>> {
    use deno_core::snapshot::{CreateSnapshotOptions, create_snapshot};

    // All isolates of a process share the part of a snapshot that is never written, whichever one was loaded first, and in a
    // release build nothing checks that it's the same for all. Unextended, it's that of the engine's own default, so that
    // the host program may have isolates of its own.
    deno_core::v8_set_flags(vec![
        "codemode".to_owned(),
        "--no-extensible-ro-snapshot".to_owned(),
    ]);
    let snapshot = create_snapshot(
        CreateSnapshotOptions {
            cargo_manifest_dir: env!("CARGO_MANIFEST_DIR"),
            startup_snapshot: None,
            skip_op_registration: false,
            extensions: vec![ops::extension()],
            extension_transpiler: None,
            with_runtime_cb: Some(Box::new(|engine| {
                for (name, text) in boot::FILES {
                    run(engine, name, text);
                }
            })),
        },
        None,
    )?;
    let path = std::path::Path::new(&std::env::var("OUT_DIR")?).join("snapshot.bin");
    std::fs::write(path, snapshot.output)?;
    Ok(())
}

/// Runs a file with all of its functions compiled: their code is then part of the snapshot, and no isolate has to compile
/// them.
#[cfg(feature = "v8")]
fn run(engine: &mut deno_core::JsRuntimeForSnapshot, name: &str, text: &str) {
    use deno_core::v8;
    use deno_core::v8::script_compiler::{CompileOptions, NoCacheReason, Source, compile};

    deno_core::scope!(scope, engine);
    v8::tc_scope!(let scope, scope);
    let ran = (|| {
        let resource = v8::String::new(scope, name)?.into();
        let origin = v8::ScriptOrigin::new(
            scope, resource, 0, 0, false, 0, None, false, false, false, None,
        );
        let text = v8::String::new(scope, text)?;
        let mut source = Source::new(text, Some(&origin));
        let eager = CompileOptions::EagerCompile;
        compile(scope, &mut source, eager, NoCacheReason::NoReason)?.run(scope)
    })();
    if ran.is_none() {
        let thrown = scope
            .exception()
            .map(|error| error.to_rust_string_lossy(scope));
        panic!("{name} fails: {}", thrown.unwrap_or_default());
    }
}

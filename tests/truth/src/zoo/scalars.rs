//! Strings, booleans, nothing, anything, and pointers to them

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::ffi::{CString, OsString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex, RwLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Anything {
    value: Value,
    list: Vec<Value>,
    maybe: Option<Value>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Thing {
    name: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Pointers {
    boxed: Box<Thing>,
    shared: Arc<Thing>,
    text: Cow<'static, str>,
    slice: Arc<[u8]>,
}

#[derive(Serialize, JsonSchema)]
struct Texts {
    fixed: &'static str,
    boxed: Box<str>,
}

fn thing() -> Thing {
    Thing { name: "a".to_owned() }
}

super::entry::zoo! {
    both bool: [true, false];
    both char: ['a', '"', '🙂'];
    both String: [String::new(), "\\ \" \n \u{0} </script> ${x} `".to_owned()];
    both (): [()];
    both Value: [Value::Null, json!({ "a": [1, "b", { "c": null }] })];
    both Anything: [Anything { value: json!(1), list: vec![json!("a")], maybe: None }];
    both Box<Thing>: [Box::new(thing())];
    both Rc<Thing>: [Rc::new(thing())];
    both Arc<str>: [Arc::from("a")];
    both Cow<'static, str>: [Cow::Borrowed("a")];
    both Cell<u8>: [Cell::new(1)];
    both RefCell<Thing>: [RefCell::new(thing())];
    both Mutex<u8>: [Mutex::new(1)];
    both RwLock<u8>: [RwLock::new(1)];
    both Reverse<u8>: [Reverse(1)];
    both Pointers: [Pointers { boxed: Box::new(thing()), shared: Arc::new(thing()), text: Cow::Borrowed("a"), slice: Arc::from([1]) }];
    output Texts: [Texts { fixed: "a", boxed: Box::from("b") }];
    both PathBuf: [PathBuf::from("/a/b")];
    both OsString: [OsString::from("a")];
    both CString: [CString::from(c"a")];
    both IpAddr: [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    both Ipv4Addr: [Ipv4Addr::LOCALHOST];
    both Ipv6Addr: [Ipv6Addr::LOCALHOST];
    both SocketAddr: [SocketAddr::from(([127, 0, 0, 1], 80))];
}

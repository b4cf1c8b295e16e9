//! The tools that the texts use.

use std::sync::{Arc, Mutex};

use codemode_runtime::{CallContext, Catalogue, HostedCall, Sandbox, ToolError, ToolHost, ToolSet};
use serde_json::{Value, json};

/// Weather, and a list of tasks that is empty at first.
pub(crate) struct Office {
    pub(crate) catalogue: Catalogue,
    tasks: Mutex<Vec<Value>>,
}

impl Office {
    pub(crate) fn new() -> Self {
        let tools = include_str!("office.json");
        Self {
            catalogue: Catalogue::from_tools(serde_json::from_str(tools).unwrap()),
            tasks: Mutex::default(),
        }
    }

    pub(crate) fn sandbox() -> Sandbox {
        let builder = Sandbox::builder().tools(ToolSet::empty());
        builder.host(Arc::new(Self::new())).build().unwrap()
    }

    fn answer(&self, tool: &str, input: &Value) -> Result<Value, ToolError> {
        match tool {
            "weather.getForecast" => {
                let city = input["city"]
                    .as_str()
                    .ok_or_else(|| ToolError::input("city: a string is needed"))?;
                let high = match city {
                    "Paris" => 21,
                    "Oslo" => 12,
                    _ => return Err(ToolError::failed(format!("there is no city `{city}`"))),
                };
                Ok(json!({ "city": city, "high": high, "low": high - 9 }))
            }
            "weather.listCities" => Ok(json!(["Oslo", "Paris"])),
            "tasks.add" => {
                let mut tasks = self.tasks.lock().unwrap();
                let task = json!({
                    "id": tasks.len() + 1,
                    "title": input["title"],
                    "done": input["done"].as_bool().unwrap_or_default(),
                });
                tasks.push(task.clone());
                Ok(task)
            }
            "tasks.list" => Ok(json!(*self.tasks.lock().unwrap())),
            _ => Err(ToolError::failed("out of order")),
        }
    }
}

impl ToolHost for Office {
    fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    fn call(&self, index: usize, _call: CallContext, input: String) -> HostedCall {
        let input = serde_json::from_str(&input).unwrap_or_default();
        let answer = self.answer(&self.catalogue.tools()[index].path(), &input);
        Box::pin(async move { answer.map(|value| value.to_string()) })
    }
}

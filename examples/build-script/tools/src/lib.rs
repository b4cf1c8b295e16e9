//! Two tools about the weather, which is always the same here.

use codemode_runtime::tool;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A scale of temperature.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Water freezes at 0.
    Celsius,
    /// Water freezes at 32.
    Fahrenheit,
}

/// The weather of one day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Forecast {
    /// The city, as it was asked for.
    pub city: String,
    /// Highest temperature of the day.
    pub high: f64,
    /// Lowest temperature of the night after it.
    pub low: f64,
    /// Probability of rain, from 0 to 1.
    pub rain: f64,
}

/// Cities with a forecast.
#[tool(namespace = "weather")]
pub fn cities() -> Vec<String> {
    vec!["Bergen".into(), "Seville".into()]
}

/// Tomorrow's weather in a city, or null for a city without a forecast.
#[tool(namespace = "weather")]
pub fn forecast(
    /// One of those that `cities` lists.
    city: String,
    /// Scale of the temperatures.
    #[tool(default = Unit::Celsius)]
    unit: Unit,
) -> Option<Forecast> {
    let (high, low, rain) = match city.as_str() {
        "Bergen" => (9.0, 5.0, 0.9),
        "Seville" => (21.0, 12.0, 0.1),
        _ => return None,
    };
    let temperature = |celsius: f64| match unit {
        Unit::Celsius => celsius,
        Unit::Fahrenheit => celsius * 9.0 / 5.0 + 32.0,
    };
    Some(Forecast {
        city,
        high: temperature(high),
        low: temperature(low),
        rain,
    })
}

//! Enums, externally tagged

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
enum Color {
    Red,
    Green,
    Blue,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum Only {
    One,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum Never {}

#[derive(Deserialize, Serialize, JsonSchema)]
enum DocumentedUnits {
    /// Nobody has seen it.
    Draft,
    /// Everybody may.
    Published,
    Archived,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Size {
    width: u32,
    height: u32,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum Shapes {
    Nothing,
    Square(u32),
    Sized(Size),
    Rectangle(u32, u32),
    Circle { radius: f64, label: Option<String> },
    NoPlaces(),
    NoFields {},
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum DocumentedShapes {
    /// Nothing at all.
    Nothing,
    /// All sides are the same.
    Square(u32),
    /// Round.
    Circle {
        /// From the middle to the edge.
        radius: f64,
    },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Holding {
    MaybeNumber(Option<u8>),
    UnitInside(()),
    ListOf(Vec<Color>),
    Boxed(Box<Size>),
    OtherEnum(Color),
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum Skipping {
    Kept,
    #[serde(skip)]
    Skipped,
    #[serde(skip_serializing)]
    OnlyRead,
    #[serde(skip_deserializing)]
    OnlyWritten(u8),
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum OneDataVariant {
    Value(String),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
enum ExactVariants {
    Point { x: i32, y: i32 },
    Unit,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum WithOther {
    Known,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum DefaultsInside {
    Search {
        text: String,
        #[serde(default)]
        limit: u8,
    },
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct HoldsEnums {
    color: Color,
    shape: Shapes,
    maybe: Option<Color>,
    list: Vec<Shapes>,
}

fn size() -> Size {
    Size { width: 1, height: 2 }
}

fn shapes() -> Vec<Shapes> {
    vec![
        Shapes::Nothing,
        Shapes::Square(1),
        Shapes::Sized(size()),
        Shapes::Rectangle(1, 2),
        Shapes::Circle { radius: 1.5, label: None },
        Shapes::NoPlaces(),
        Shapes::NoFields {},
    ]
}

super::entry::zoo! {
    both Color: [Color::Red, Color::Green, Color::Blue];
    both Only: [Only::One];
    both Never: [];
    both DocumentedUnits: [DocumentedUnits::Draft, DocumentedUnits::Published, DocumentedUnits::Archived];
    both Shapes: shapes();
    both DocumentedShapes: [DocumentedShapes::Nothing, DocumentedShapes::Square(1), DocumentedShapes::Circle { radius: 0.5 }];
    both Holding: [Holding::MaybeNumber(None), Holding::MaybeNumber(Some(1)), Holding::UnitInside(()), Holding::ListOf(vec![Color::Red]), Holding::Boxed(Box::new(size())), Holding::OtherEnum(Color::Blue)];
    both Skipping: [Skipping::Kept, Skipping::OnlyWritten(1)];
    input Skipping: [serde_json::json!("Kept"), serde_json::json!("OnlyRead")];
    both OneDataVariant: [OneDataVariant::Value("a".to_owned())];
    both ExactVariants: [ExactVariants::Point { x: 1, y: -1 }, ExactVariants::Unit];
    both WithOther: [WithOther::Known, WithOther::Unknown];
    input WithOther: [serde_json::json!("another")];
    both DefaultsInside: [DefaultsInside::Search { text: "a".to_owned(), limit: 1 }];
    both HoldsEnums: [HoldsEnums { color: Color::Red, shape: Shapes::Nothing, maybe: None, list: shapes() }];
    both Result<u8, String>: [Ok(1), Err("a".to_owned())];
    both Option<Color>: [None, Some(Color::Green)];
}

//! What types without a name are called: by the part that they play where they stand.

use super::names;

/// Where a type stands.
#[derive(Clone, Copy)]
pub(super) struct Role<'a> {
    outer: Option<&'a Role<'a>>,
    kind: Kind<'a>,
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    Declared(&'a str),
    Input(&'a str),
    Result(&'a str),
    Property(&'a str),
    Item,
}

impl<'a> Role<'a> {
    /// A type with a name.
    pub(super) fn declared(name: &'a str) -> Self {
        Self::outermost(Kind::Declared(name))
    }

    /// What a function takes.
    pub(super) fn input(function: &'a str) -> Self {
        Self::outermost(Kind::Input(function))
    }

    /// What a function gives.
    pub(super) fn result(function: &'a str) -> Self {
        Self::outermost(Kind::Result(function))
    }

    fn outermost(kind: Kind<'a>) -> Self {
        Self { outer: None, kind }
    }

    pub(super) fn property(&'a self, name: &'a str) -> Self {
        Self {
            outer: Some(self),
            kind: Kind::Property(name),
        }
    }

    /// One of several in an array or a map.
    pub(super) fn item(&'a self) -> Self {
        Self {
            outer: Some(self),
            kind: Kind::Item,
        }
    }

    /// The function that takes the type as it is.
    pub(super) fn taken_by(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Input(function) => Some(function),
            _ => None,
        }
    }

    /// Whether the type is there for something, and not only passed or known by a name.
    pub(super) fn is_said(&self) -> bool {
        matches!(self.kind, Kind::Result(_) | Kind::Property(_) | Kind::Item)
    }

    /// What the type is called: an item of `entities` is an `Entity`, and the result of `getOrder` an `Order`.
    pub(super) fn name(&self) -> String {
        let name = match (self.kind, self.outer) {
            (Kind::Declared(name), _) => name.to_owned(),
            (Kind::Input(function), _) => format!("{}Input", capital(function)),
            (Kind::Result(function), _) => {
                subject(function).unwrap_or_else(|| format!("{}Result", capital(function)))
            }
            (Kind::Property(name), _) => capital(name),
            (Kind::Item, outer) => {
                let all = outer.map(Role::name).unwrap_or_default();
                singular(&all).unwrap_or_else(|| format!("{all}Item"))
            }
        };
        names::type_name(&name)
    }

    /// The same with what it belongs to, for where another type has the name: the item of an order's `items` is an `OrderItem`.
    pub(super) fn full_name(&self) -> String {
        match self.kind {
            Kind::Declared(_) | Kind::Input(_) => self.name(),
            Kind::Result(function) => format!("{}Result", capital(function)),
            Kind::Property(_) | Kind::Item => {
                names::type_name(&format!("{}{}", self.owner(), self.name()))
            }
        }
    }

    /// What the nearest object around is called.
    fn owner(&self) -> String {
        match (self.kind, self.outer) {
            (Kind::Item, Some(outer)) => outer.owner(),
            (Kind::Property(_), Some(outer)) => match outer.kind {
                Kind::Property(_) | Kind::Item => outer.name(),
                _ => outer.owner(),
            },
            (Kind::Declared(name), _) => {
                let of_function = ["Input", "Output"]
                    .iter()
                    .find_map(|end| name.strip_suffix(end));
                of_function.map_or_else(|| name.to_owned(), about)
            }
            (Kind::Input(function) | Kind::Result(function), _) => about(function),
            (Kind::Item | Kind::Property(_), None) => String::new(),
        }
    }
}

/// What a function is about; if its name doesn't say so, the function itself.
pub(super) fn about(function: &str) -> String {
    subject(function).unwrap_or_else(|| capital(function))
}

/// The name of a property or a function as that of a type.
fn capital(name: &str) -> String {
    names::type_name(&name.replace('_', " "))
}

/// Words with which functions begin that give or make what the rest of their names says.
const VERBS: &[&str] = &[
    "add", "create", "describe", "fetch", "find", "generate", "get", "list", "load", "make",
    "query", "read", "retrieve", "search", "show", "update",
];

/// What a function is about, if its name says so: `Order` of `getOrder`.
fn subject(function: &str) -> Option<String> {
    let words = words(function);
    let (verb, others) = words.split_first()?;
    let is_verb = VERBS.contains(&verb.to_lowercase().as_str());
    (is_verb && !others.is_empty()).then(|| capital(&others.join("_")))
}

/// The words of an identifier.
pub(super) fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut was_lower = false;
    for (at, letter) in name.char_indices() {
        if !letter.is_alphanumeric() || letter.is_uppercase() && was_lower {
            words.push(&name[start..at]);
            start = at;
            if !letter.is_alphanumeric() {
                start += letter.len_utf8();
            }
        }
        was_lower = !letter.is_uppercase();
    }
    words.push(&name[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Plurals that don't only end otherwise.
const IRREGULAR: &[(&str, &str)] = &[
    ("children", "child"),
    ("cookies", "cookie"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("movies", "movie"),
    ("people", "person"),
    ("statuses", "status"),
    ("vertices", "vertex"),
];

/// Words that look like plurals.
const NO_PLURALS: &[&str] = &["is", "news", "series", "species", "ss", "us"];

/// One of what a name says that there are several of.
pub(super) fn singular(name: &str) -> Option<String> {
    let last = words(name).last().copied()?;
    let before = name.strip_suffix(last)?;
    let lower = last.to_lowercase();
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == lower) {
        return Some(format!("{before}{}", capital(one)));
    }
    if NO_PLURALS.iter().any(|end| lower.ends_with(end)) {
        return None;
    }
    let one = match lower.strip_suffix("es") {
        Some(stem) if stem.ends_with('i') && stem.len() > 2 => {
            format!("{}y", &last[..last.len() - 3])
        }
        Some(stem)
            if ["ch", "sh", "ss", "x"]
                .iter()
                .any(|end| stem.ends_with(end)) =>
        {
            last[..last.len() - 2].to_owned()
        }
        _ => last.strip_suffix('s')?.to_owned(),
    };
    (!one.is_empty()).then(|| format!("{before}{one}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_called_by_what_it_is_where_it_stands() {
        let input = Role::input("createOrder");
        let result = Role::result("listOrders");
        let declared = Role::declared("Customer");
        let orders = result.item();
        let items = orders.property("line_items");
        let root = Role::declared("CreateOrderInput");
        let dates = declared.property("dates");
        let cases = [
            (input, "CreateOrderInput", "CreateOrderInput"),
            (input.property("address"), "Address", "OrderAddress"),
            (Role::result("getOrder"), "Order", "GetOrderResult"),
            (Role::result("find"), "FindResult", "FindResult"),
            (
                Role::result("deleteOrder"),
                "DeleteOrderResult",
                "DeleteOrderResult",
            ),
            (result, "Orders", "ListOrdersResult"),
            (orders, "Order", "OrdersOrder"),
            (items, "LineItems", "OrderLineItems"),
            (items.item(), "LineItem", "OrderLineItem"),
            (root.property("a"), "A", "OrderA"),
            (dates.item(), "Date_", "CustomerDate_"),
        ];
        for (role, name, full_name) in cases {
            assert_eq!(
                (role.name(), role.full_name()),
                (name.to_owned(), full_name.to_owned())
            );
        }
    }

    #[test]
    fn one_of_several_is_called_so() {
        for (many, one) in [
            ("Entities", Some("Entity")),
            ("Addresses", Some("Address")),
            ("Boxes", Some("Box")),
            ("Branches", Some("Branch")),
            ("TimeZones", Some("TimeZone")),
            ("Databases", Some("Database")),
            ("Nodes", Some("Node")),
            ("subChildren", Some("subChild")),
            ("People", Some("Person")),
            ("URLs", Some("URL")),
            ("Ties", Some("Tie")),
            ("Status", None),
            ("Series", None),
            ("Data", None),
            ("S", None),
            ("", None),
        ] {
            assert_eq!(singular(many).as_deref(), one, "{many}");
        }
    }
}

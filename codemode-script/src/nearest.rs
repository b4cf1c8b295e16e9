//! The name that somebody meant who wrote another one.

/// The name that differs least from the wrong one; `None` if all differ too much.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (wrong.chars().count() / 3).clamp(1, 4);
    names
        .into_iter()
        .filter(|name| *name != wrong)
        .map(|name| (distance(wrong, name), name))
        // Of two letters, one that differs says nothing.
        .filter(|(distance, name)| *distance <= most && 2 * distance < longer(wrong, name))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Whether somebody may have meant this name, as far as others think so.
pub fn may_mean(wrong: &str, name: &str) -> bool {
    let most = (wrong.chars().count() / 3).clamp(2, 4);
    let distance = distance(wrong, name);
    distance <= most && 2 * distance < longer(wrong, name)
}

fn longer(a: &str, b: &str) -> usize {
    a.chars().count().max(b.chars().count())
}

/// How many letters have to be put in, left out, replaced or swapped with their neighbour; upper and lower case are one.
fn distance(a: &str, b: &str) -> usize {
    let letters = |text: &str| {
        text.chars()
            .take(64)
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    strsim::osa_distance(&letters(a), &letters(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_what_was_meant() {
        let names = ["getForecast", "listCities", "add", "list", "archive"];
        for (wrong, meant) in [
            ("getForcast", Some("getForecast")),
            ("getforecast", Some("getForecast")),
            ("listCites", Some("listCities")),
            ("lsit", Some("list")),
            ("ad", Some("add")),
            ("remove", None),
            ("", None),
            ("x", None),
            ("as", None),
        ] {
            assert_eq!(nearest(wrong, names), meant, "{wrong}");
        }
    }

    #[test]
    fn of_several_names_that_are_near_the_nearest_one_was_meant() {
        // They differ in one letter, in two and in three.
        let names = ["getForecast", "getForecasts", "getForecasts2"];
        for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let names = order.map(|number| names[number]);
            assert_eq!(
                nearest("getForcast", names),
                Some("getForecast"),
                "{names:?}"
            );
        }
    }

    #[test]
    fn a_third_of_a_name_may_be_wrong_but_four_letters_at_most_and_less_than_half_of_it() {
        for (wrong, name, near, may_be_meant) in [
            // Three of nine letters.
            ("listfiles", "listpages", true, true),
            // Three of six, in a longer name.
            ("abcdef", "abcdxyz", false, false),
            // Two letters of five: too many to be suggested, and few enough to be believed.
            ("teams", "terms!", false, true),
            // Four letters and five of a long name.
            (
                "getOrganizationMembers",
                "getOrganizationPerson",
                false,
                false,
            ),
            ("getOrganizationMembers", "getOrganizationMemos", true, true),
            // One letter of two, and of three.
            ("as", "is", false, false),
            ("ad", "add", true, true),
            ("ab", "cd", false, false),
        ] {
            assert_eq!(nearest(wrong, [name]), near.then_some(name), "{wrong}");
            assert_eq!(may_mean(wrong, name), may_be_meant, "{wrong} {name}");
        }
    }
}

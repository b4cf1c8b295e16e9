//! What operations are called.

use super::*;

fn said(place: &str, tag: &str, id: &str) -> Said {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let (method, path) = place.split_once(' ').unwrap();
    Said {
        id: text(id),
        tag: text(tag),
        method: Method::ALL
            .into_iter()
            .find(|known| known.as_str() == method),
        path: path.to_owned(),
    }
}

fn called(operations: &[Said], only: Option<&str>) -> Vec<String> {
    let all = all(operations, only);
    all.into_iter()
        .map(|called| format!("{}.{}", called.namespace, called.name))
        .collect()
}

#[test]
fn an_operation_is_called_as_a_person_would_call_it() {
    let cases = [
        (
            "GET /orgs/{org}/repos",
            "repos",
            "repos/list-for-org",
            "repos.listForOrg",
        ),
        ("GET /pets", "pets", "pets_list", "pets.list"),
        ("GET /pets", "pets", "petsList", "pets.list"),
        ("POST /pet", "pet", "addPet", "pet.add"),
        (
            "GET /pet/findByStatus",
            "pet",
            "findPetsByStatus",
            "pet.findPetsByStatus",
        ),
        (
            "GET /cats",
            "Cats",
            "CatsController_findAll",
            "cats.findAll",
        ),
        (
            "GET /api/v1/pods/{name}",
            "core_v1",
            "readCoreV1NamespacedPod",
            "coreV1.readNamespacedPod",
        ),
        (
            "GET /v1/accounts/{account}",
            "",
            "GetAccountsAccount",
            "accounts.getAccount",
        ),
        (
            "GET /items/{item_id}",
            "items",
            "read_item_items__item_id__get",
            "items.readItem",
        ),
        ("GET /items/{item_id}", "items", "", "items.getByItemId"),
        (
            "GET /orgs/{org}/{repo}/keys",
            "",
            "",
            "orgs.getByOrgAndRepoKeys",
        ),
        ("DELETE /items", "items", "", "items.delete_"),
        ("DELETE /", "", "", "root.delete_"),
        (
            "POST /x",
            "Pull Requests",
            "pulls/create",
            "pullRequests.pullsCreate",
        ),
        ("GET /x", "console", "then", "console_.then_"),
        ("GET /x", "users", "users", "users.users"),
        ("GET /x", "…", "…", "x.get"),
    ];
    for (place, tag, id, expected) in cases {
        assert_eq!(
            called(&[said(place, tag, id)], None),
            [expected],
            "{place} {tag} {id}"
        );
    }
}

#[test]
fn in_one_namespace_the_tag_is_part_of_the_name() {
    let operations = [
        said("GET /a", "repos", "repos/list-for-org"),
        said("GET /b", "repos", "listForOrg"),
        said("GET /c", "", "ping"),
        said("GET /d/{id}", "d", ""),
    ];
    let expected = [
        "hub.reposListForOrg",
        "hub.listForOrg",
        "hub.ping",
        "hub.getDById",
    ];
    assert_eq!(called(&operations, Some("hub")), expected);
}

#[test]
fn operations_that_come_to_one_name_are_told_apart_whatever_their_order() {
    let operations = [
        said("GET /pets", "pets", "pets_list"),
        said("GET /v2/pets", "pets", "list"),
        said("GET /v3/pets", "pets", "list"),
        said("GET /a-b", "x", ""),
        said("GET /a_b", "x", ""),
        said("GET /a/b", "x", ""),
    ];
    let expected = [
        "pets.list",
        "pets.listGetV2Pets",
        "pets.listGetV3Pets",
        "x.getAB",
        "x.getAB_3",
        "x.getAB_2",
    ];
    let mut pairs: Vec<_> = operations.iter().cloned().zip(expected).collect();
    for _ in 0..pairs.len() {
        pairs.rotate_left(1);
        let (operations, expected): (Vec<_>, Vec<_>) = pairs.iter().cloned().unzip();
        assert_eq!(called(&operations, None), expected);
    }
}

#[test]
fn names_stay_when_the_document_grows() {
    let before = [
        said("GET /pets", "pets", "pets/list"),
        said("GET /pets/{id}", "pets", ""),
        said("GET /orgs", "", "orgs/get"),
    ];
    let names = called(&before, None);
    let mut after = vec![
        said("GET /apes", "pets", "apes/list"),
        said("GET /pets/{id}/owner", "pets", ""),
    ];
    after.extend(before);
    after.insert(0, said("GET /a", "orgs", "orgs/find"));
    assert_eq!(called(&after, None)[3..], names);
}

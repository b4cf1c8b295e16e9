//! Which crate has the tools, and how it is built.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::path::PathBuf;

use cargo_metadata::{
    DependencyKind, Metadata, MetadataCommand, Node, NodeDep, Package, PackageId, TargetKind,
};

use crate::arguments::Target;
use crate::error::CliError;

const RUNTIME: &str = "codemode-runtime";

/// A crate with tools, and its surroundings.
#[derive(Debug)]
pub(crate) struct Project {
    /// The package's name.
    pub(crate) package: String,
    /// The folder of its Cargo.toml.
    pub(crate) folder: PathBuf,
    pub(crate) features: Vec<String>,
    pub(crate) workspace_root: PathBuf,
    pub(crate) target_directory: PathBuf,
    /// The folders of the package, and of those that it uses, as far as they are no registry's.
    pub(crate) local_packages: BTreeSet<PathBuf>,
    /// The runtime that the package uses; the runner must use the same one.
    pub(crate) runtime: Source,
    /// The crates that the package uses, itself or through another one, and that use the runtime in turn.
    pub(crate) may_have_tools: Vec<Used>,
}

/// A crate that another one uses.
#[derive(Debug)]
pub(crate) struct Used {
    pub(crate) id: PackageId,
    /// What the code of the other calls it.
    pub(crate) name: String,
    /// The package of the other.
    pub(crate) user: String,
}

/// Where the crates of this project come from, as the package at hand sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A registry, with the exact version.
    Registry { version: String },
    /// A git repository: its address and the commit.
    Git { url: String, rev: String },
    /// The folder that holds the crates' folders.
    Folder(PathBuf),
}

/// Where cargo puts what it builds of a crate. A question that it answers at once, since it needs no other crate for it.
pub(crate) fn target_directory(target: &Target) -> Option<PathBuf> {
    let metadata = command(target).no_deps().exec().ok()?;
    Some(metadata.target_directory.into_std_path_buf())
}

/// The folder of the crate, as far as that can be told without building anything.
#[cfg(feature = "engine")]
pub(crate) fn folder_of(target: &Target) -> Option<PathBuf> {
    if let Some(name) = &target.package {
        let metadata = command(target).no_deps().exec().ok()?;
        let packages = metadata.workspace_packages();
        let package = packages
            .iter()
            .find(|package| package.name.as_str() == name);
        return package.map(|package| folder(package));
    }
    if let Some(manifest) = &target.manifest_path {
        let folder = manifest.parent()?;
        let here = folder.as_os_str().is_empty();
        return Some(if here { ".".into() } else { folder.to_owned() });
    }
    let here = std::env::current_dir().ok()?;
    let mut folders = here.ancestors();
    let folder = folders.find(|folder| folder.join("Cargo.toml").is_file())?;
    Some(if folder == here {
        ".".into()
    } else {
        folder.to_owned()
    })
}

fn command(target: &Target) -> MetadataCommand {
    let mut command = MetadataCommand::new();
    if let Some(path) = &target.manifest_path {
        command.manifest_path(path);
    }
    command
}

impl Project {
    /// Asks cargo about the crate.
    pub(crate) fn find(target: &Target) -> Result<Self, CliError> {
        let metadata = command(target).exec()?;
        let (package, runtime) = choose(&metadata, target)?;
        if !package.targets.iter().any(is_library) {
            return Err(CliError::OnlyBinary(package.name.to_string()));
        }
        let local = reachable(&metadata, package).filter(|package| package.source.is_none());
        Ok(Self {
            package: package.name.to_string(),
            folder: folder(package),
            local_packages: local.map(folder).collect(),
            features: target.features.clone(),
            workspace_root: metadata.workspace_root.clone().into_std_path_buf(),
            target_directory: metadata.target_directory.clone().into_std_path_buf(),
            runtime: source(runtime),
            may_have_tools: users_of(&metadata, runtime, package),
        })
    }
}

/// The package with tools, and the runtime that it uses.
fn choose<'a>(
    metadata: &'a Metadata,
    target: &Target,
) -> Result<(&'a Package, &'a Package), CliError> {
    let members = metadata.workspace_packages();
    if let Some(name) = &target.package {
        let package = members
            .iter()
            .find(|package| package.name.as_str() == name)
            .ok_or_else(|| CliError::UnknownPackage {
                name: name.clone(),
                known: names(&members),
            })?;
        return runtime_of(metadata, package)
            .map(|runtime| (*package, runtime))
            .ok_or_else(|| CliError::NoTools(name.clone()));
    }
    if let Some(root) = metadata.root_package() {
        return runtime_of(metadata, root)
            .map(|runtime| (root, runtime))
            .ok_or_else(|| CliError::NoTools(root.name.to_string()));
    }
    let candidates: Vec<_> = members
        .iter()
        .filter_map(|package| Some((*package, runtime_of(metadata, package)?)))
        .collect();
    match candidates.as_slice() {
        [] => Err(CliError::NoToolPackage),
        [only] => Ok(*only),
        several => Err(CliError::SeveralPackages(
            several
                .iter()
                .map(|(package, _)| package.name.to_string())
                .collect(),
        )),
    }
}

fn names(packages: &[&Package]) -> Vec<String> {
    packages
        .iter()
        .map(|package| package.name.to_string())
        .collect()
}

/// The runtime that a package uses, itself or through another crate.
fn runtime_of<'a>(metadata: &'a Metadata, package: &'a Package) -> Option<&'a Package> {
    reachable(metadata, package)
        .find(|other| other.id != package.id && other.name.as_str() == RUNTIME)
}

/// A package and all that it uses, itself or through another crate.
fn reachable<'a>(
    metadata: &'a Metadata,
    package: &'a Package,
) -> impl Iterator<Item = &'a Package> + use<'a> {
    let nodes: HashMap<&PackageId, _> = metadata
        .resolve
        .iter()
        .flat_map(|resolve| &resolve.nodes)
        .map(|node| (&node.id, node))
        .collect();
    let mut seen = HashSet::from([&package.id]);
    let mut open = vec![&package.id];
    std::iter::from_fn(move || {
        let id = open.pop()?;
        let used = nodes
            .get(id)
            .into_iter()
            .flat_map(|node| &node.dependencies);
        open.extend(used.filter(|id| seen.insert(id)));
        Some(&metadata[id])
    })
}

/// The crates below a package that use the runtime. What only tests or build scripts use isn't part of a program.
fn users_of(metadata: &Metadata, runtime: &Package, package: &Package) -> Vec<Used> {
    let nodes: HashMap<&PackageId, &Node> = metadata
        .resolve
        .iter()
        .flat_map(|resolve| &resolve.nodes)
        .map(|node| (&node.id, node))
        .collect();
    let linked = |id: &PackageId| -> Vec<&NodeDep> {
        let used = nodes.get(id).into_iter().flat_map(|node| &node.deps);
        let is_linked = |dependency: &&NodeDep| {
            let kinds = &dependency.dep_kinds;
            kinds.iter().any(|it| it.kind == DependencyKind::Normal)
        };
        used.filter(is_linked).collect()
    };
    let mut seen = HashSet::from([&package.id, &runtime.id]);
    let mut open = VecDeque::from([&package.id]);
    let mut users = Vec::new();
    while let Some(id) = open.pop_front() {
        for dependency in linked(id) {
            if !seen.insert(&dependency.pkg) {
                continue;
            }
            open.push_back(&dependency.pkg);
            if runtime_of(metadata, &metadata[&dependency.pkg]).is_some() {
                users.push(Used {
                    id: dependency.pkg.clone(),
                    name: dependency.name.clone(),
                    user: metadata[id].name.to_string(),
                });
            }
        }
    }
    users
}

fn folder(package: &Package) -> PathBuf {
    let folder = package.manifest_path.parent();
    folder
        .map(|folder| folder.as_std_path().to_owned())
        .unwrap_or_default()
}

fn is_library(target: &cargo_metadata::Target) -> bool {
    target
        .kind
        .iter()
        .any(|kind| matches!(kind, TargetKind::Lib | TargetKind::RLib))
}

fn source(runtime: &Package) -> Source {
    let Some(source) = &runtime.source else {
        let folder = runtime
            .manifest_path
            .parent()
            .and_then(|folder| folder.parent())
            .map(|folder| folder.as_std_path().to_owned())
            .unwrap_or_default();
        return Source::Folder(folder);
    };
    match source
        .repr
        .strip_prefix("git+")
        .and_then(|git| git.split_once('#'))
    {
        Some((url, rev)) => Source::Git {
            url: url.split('?').next().unwrap_or(url).to_owned(),
            rev: rev.to_owned(),
        },
        None => Source::Registry {
            version: runtime.version.to_string(),
        },
    }
}

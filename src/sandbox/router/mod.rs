//! From method and path to the operation: a tree built from the table's paths.

pub(crate) mod operation_matcher;

use std::collections::HashMap;

use http::Method;
use percent_encoding::percent_decode_str;

use crate::api::{self, ModelError, Operation};
use crate::sandbox::handlers;
use crate::sandbox::handlers::crud;
use crate::sandbox::handlers::crud::Handler;

/// An operation with what answers it.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    pub operation: &'static Operation,
    pub handler: Handler,
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, Node>,
    placeholder: Option<Box<Node>>,
    /// By method. Where several rows share one, their bodies tell them apart: `choose`.
    routes: Vec<(Method, Vec<Route>)>,
}

/// What a method and path lead to.
#[derive(Debug)]
pub enum RouteLookup<'a> {
    /// The routes, which share the method and the path, and the values of their placeholders in the order of the path.
    Routes(&'a [Route], Vec<String>),
    /// The path exists for these other methods.
    OtherMethods(Vec<Method>),
    Nothing,
}

/// All routes of the table.
#[derive(Debug)]
pub struct Router {
    root: Node,
}

impl Router {
    pub fn of_the_table() -> Result<Self, ModelError> {
        let mut root = Node::default();
        for operation in api::operations()? {
            // A row that nothing answers yet has no route; `tests::PENDING` lists such rows.
            let Ok(handler) = handler(&operation.name, &operation.sandbox) else { continue };
            root.place(&operation.path).add(&operation.method, Route { operation, handler });
        }
        Ok(Self { root })
    }

    /// `path` is under the base path, as it was on the wire.
    pub fn find(&self, method: &Method, path: &str) -> RouteLookup<'_> {
        let pieces: Vec<String> = path.split('/').skip(1).map(decoded).collect();
        let mut values = Vec::new();
        let Some(node) = self.root.reach(&pieces, &mut values) else { return RouteLookup::Nothing };
        let wanted = if method == Method::HEAD { &Method::GET } else { method };
        match node.routes.iter().find(|(known, _)| known == wanted) {
            Some((_, routes)) => RouteLookup::Routes(routes, values),
            None => RouteLookup::OtherMethods(node.routes.iter().map(|(known, _)| known.clone()).collect()),
        }
    }
}

impl Node {
    fn place(&mut self, path: &str) -> &mut Node {
        path.split('/').skip(1).fold(self, |node, piece| {
            if piece.starts_with('{') {
                node.placeholder.get_or_insert_default()
            } else {
                node.literals.entry(piece.to_owned()).or_default()
            }
        })
    }

    fn add(&mut self, method: &Method, route: Route) {
        match self.routes.iter_mut().find(|(known, _)| known == method) {
            Some((_, routes)) => routes.push(route),
            None => self.routes.push((method.clone(), vec![route])),
        }
    }

    /// The node with routes at the end of `pieces`; a literal is preferred to a placeholder.
    fn reach(&self, pieces: &[String], values: &mut Vec<String>) -> Option<&Node> {
        let Some((first, rest)) = pieces.split_first() else {
            return (!self.routes.is_empty()).then_some(self);
        };
        let literal = self.literals.get(first).and_then(|node| node.reach(rest, values));
        literal.or_else(|| {
            let node = self.placeholder.as_deref().filter(|_| !first.is_empty())?;
            let depth = values.len();
            values.push(first.clone());
            let reached = node.reach(rest, values);
            if reached.is_none() {
                values.truncate(depth);
            }
            reached
        })
    }
}

/// What a row's `sandbox` says.
fn handler(name: &str, sandbox: &str) -> Result<Handler, ModelError> {
    let known = match sandbox.split_once(':') {
        Some(("crud", rest)) => crud::handler(rest),
        Some(("handler", name)) => handlers::find(name).map(Handler::Custom),
        _ => None,
    };
    known.ok_or_else(|| ModelError::new(name, format!("the sandbox has no `{sandbox}`")))
}

fn decoded(piece: &str) -> String {
    percent_decode_str(piece).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    fn router() -> Router {
        Router::of_the_table().unwrap()
    }

    fn found(method: Method, path: &str) -> (String, Vec<String>) {
        match router().find(&method, path) {
            RouteLookup::Routes([route], values) => (route.operation.name.clone(), values),
            other => panic!("{method} {path}: {other:?}"),
        }
    }

    #[test]
    fn a_row_that_nothing_answers_is_refused() {
        for nothing in ["crud:dreams.list", "crud:chats.paint", "handler:vanish"] {
            assert!(handler("chats.get", nothing).unwrap_err().to_string().contains(nothing));
        }
    }

    #[test]
    fn placeholders_are_decoded_after_the_path_is_split() {
        assert_eq!(found(Method::GET, "/chat/d/chats/1%40c.us").1, ["d", "1@c.us"]);
        assert_eq!(found(Method::GET, "/chat/d/chats/a%2Fb").1, ["d", "a/b"]);
        assert_eq!(found(Method::HEAD, "/devices").0, "devices.list");
    }

    #[test]
    fn other_methods_and_other_paths_are_told_apart() {
        assert!(
            matches!(router().find(&Method::POST, "/devices/d/sync"), RouteLookup::OtherMethods(known) if known == [Method::GET])
        );
        for path in ["", "/", "/devices/", "/chat/d", "/chat//chats", "/nothing"] {
            assert!(matches!(router().find(&Method::GET, path), RouteLookup::Nothing), "{path}");
        }
    }
}

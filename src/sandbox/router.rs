//! Maps methods and paths to operations: a tree built from the paths of the API model.

use std::collections::HashMap;

use http::Method;
use percent_encoding::percent_decode_str;

use crate::api::{self, ModelError, Operation};
use crate::sandbox::handlers::registry;
use crate::sandbox::handlers::registry::Handler;

/// The older name of the paths under `/chat/`, which public clients still use.
const CHAT_ALIAS: &str = "io";

/// An operation and its handler.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    pub operation: &'static Operation,
    pub handler: Handler,
}

impl Route {
    /// Whether the device's session must be online.
    pub fn needs_session(&self) -> bool {
        matches!(self.handler, Handler::Custom(handler) if handler.needs_session)
    }
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, Node>,
    placeholder: Option<Box<Node>>,
    /// By method. Operations that share a method and path are distinguished by the body: `operation_matcher`.
    routes: Vec<(Method, Vec<Route>)>,
}

/// The result of a lookup.
#[derive(Debug)]
pub enum RouteLookup<'a> {
    /// The routes of the method and path, and the values of the path's placeholders in their order.
    Routes(&'a [Route], Vec<String>),
    /// The path exists for these other methods.
    OtherMethods(Vec<Method>),
    NotFound,
}

/// The routes of all operations.
#[derive(Debug)]
pub struct Router {
    root: Node,
}

impl Router {
    /// The routes of all operations that have a handler. Fails if the API model cannot be loaded.
    pub fn from_model() -> Result<Self, ModelError> {
        let mut root = Node::default();
        for operation in api::operations()? {
            // An operation without a handler has no route; a test lists such operations.
            let Ok(handler) = find_handler(&operation.name, &operation.sandbox) else { continue };
            root.node_for(&operation.path).add(&operation.method, Route { operation, handler });
        }
        Ok(Self { root })
    }

    /// Looks up a percent-encoded path without the base path.
    pub fn find(&self, method: &Method, path: &str) -> RouteLookup<'_> {
        // The service ignores a slash at the end.
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut segments: Vec<String> = path.split('/').skip(1).map(decode).collect();
        let mut values = Vec::new();
        use_current_names(&mut segments);
        let Some(node) = self.root.find_node(&segments, &mut values) else { return RouteLookup::NotFound };
        let method = if method == Method::HEAD { &Method::GET } else { method };
        match node.routes.iter().find(|(known, _)| known == method) {
            Some((_, routes)) => RouteLookup::Routes(routes, values),
            None => RouteLookup::OtherMethods(node.routes.iter().map(|(known, _)| known.clone()).collect()),
        }
    }
}

impl Node {
    fn node_for(&mut self, path: &str) -> &mut Node {
        path.split('/').skip(1).fold(self, |node, segment| {
            if segment.starts_with('{') {
                node.placeholder.get_or_insert_default()
            } else {
                node.literals.entry(segment.to_owned()).or_default()
            }
        })
    }

    fn add(&mut self, method: &Method, route: Route) {
        match self.routes.iter_mut().find(|(known, _)| known == method) {
            Some((_, routes)) => routes.push(route),
            None => self.routes.push((method.clone(), vec![route])),
        }
    }

    /// The node with routes at the end of a path; a literal has precedence over a placeholder.
    fn find_node(&self, segments: &[String], values: &mut Vec<String>) -> Option<&Node> {
        let Some((first, rest)) = segments.split_first() else {
            return (!self.routes.is_empty()).then_some(self);
        };
        let literal = self.literals.get(first).and_then(|node| node.find_node(rest, values));
        literal.or_else(|| {
            let placeholder = self.placeholder.as_deref().filter(|_| !first.is_empty())?;
            let depth = values.len();
            values.push(first.clone());
            let node = placeholder.find_node(rest, values);
            if node.is_none() {
                values.truncate(depth);
            }
            node
        })
    }
}

/// The handler that an operation's `sandbox` key names.
fn find_handler(operation: &str, key: &str) -> Result<Handler, ModelError> {
    let handler = match key.split_once(':') {
        Some(("crud", name)) => registry::find_crud(name),
        Some(("handler", name)) => registry::find_custom(name),
        _ => None,
    };
    handler.ok_or_else(|| ModelError::new(operation, format!("the sandbox has no `{key}`")))
}

/// Replaces older and other names of paths that public clients use: `/io/…`, and `/chat/{device}/labels`.
fn use_current_names(segments: &mut [String]) {
    if let Some(first) = segments.first_mut().filter(|first| *first == CHAT_ALIAS) {
        "chat".clone_into(first);
    }
    if let [first, _, last] = segments
        && (first.as_str(), last.as_str()) == ("chat", "labels")
    {
        "devices".clone_into(first);
    }
}

fn decode(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    fn find(method: Method, path: &str) -> (String, Vec<String>) {
        match Router::from_model().unwrap().find(&method, path) {
            RouteLookup::Routes([route], values) => (route.operation.name.clone(), values),
            other => panic!("{method} {path}: {other:?}"),
        }
    }

    #[test]
    fn unknown_handlers_are_rejected() {
        for key in ["crud:dreams.list", "crud:chats.paint", "handler:vanish"] {
            assert!(find_handler("chats.get", key).unwrap_err().to_string().contains(key));
        }
    }

    #[test]
    fn placeholders_are_decoded_after_the_path_is_split() {
        assert_eq!(find(Method::GET, "/chat/d/chats/1%40c.us").1, ["d", "1@c.us"]);
        assert_eq!(find(Method::GET, "/chat/d/chats/a%2Fb").1, ["d", "a/b"]);
        assert_eq!(find(Method::HEAD, "/devices").0, "devices.list");
        assert_eq!(find(Method::GET, "/devices/").0, "devices.list");
        assert_eq!(find(Method::GET, "/io/d/chats").0, "chats.list");
        assert_eq!(find(Method::GET, "/chat/d/labels"), ("labels.list".to_owned(), vec!["d".to_owned()]));
    }

    #[test]
    fn other_methods_and_unknown_paths_are_distinguished() {
        let router = Router::from_model().unwrap();
        let lookup = router.find(&Method::POST, "/devices/d/sync");
        assert!(matches!(lookup, RouteLookup::OtherMethods(methods) if methods == [Method::GET]));
        for path in ["", "/", "/devices//", "/chat/d", "/chat//chats", "/nothing"] {
            assert!(matches!(router.find(&Method::GET, path), RouteLookup::NotFound), "{path}");
        }
    }
}

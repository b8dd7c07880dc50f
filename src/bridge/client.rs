//! The client behind `sparkbot.Client` and `sparkbot.AsyncClient`: one generic call, blocking or awaited.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use http::header::CONTENT_TYPE;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::api::{self, Operation, ParameterType};
use crate::bridge::call_trace::CallTrace;
use crate::bridge::extract;
use crate::bridge::extract::{ConversionError, NaPolicy};
use crate::bridge::{errors, files, json, options, runtime};
use crate::client::api_key::ApiKey;
use crate::client::config::{CallOptions, Config, Limits, RetryPolicy, Timeouts};
use crate::client::request::base_url::BaseUrl;
use crate::client::{Client, CustomRequest, Error, Request, Response, RuntimeKind, Value};

/// Settings, pace and connections of a client.
#[derive(Debug)]
#[pyclass(name = "ClientCore", module = "sparkbot._sparkbot", frozen)]
pub struct ClientCore {
    pub(super) client: Arc<Client>,
    /// Options that every call of this client has.
    pub(super) defaults: CallOptions,
}

/// How an answer is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ResponseMode {
    Decoded,
    Raw,
}

impl ResponseMode {
    pub(super) fn from_raw(raw: bool) -> Self {
        if raw { Self::Raw } else { Self::Decoded }
    }
}

/// Arguments of one call that are not public options.
#[derive(Default)]
pub(super) struct CallExtras<'a> {
    /// The file that the response body is written to.
    pub save_to: Option<PathBuf>,
    pub trace: Option<&'a CallTrace>,
}

#[pymethods]
impl ClientCore {
    #[new]
    #[pyo3(signature = (api_key, base_url, user_agent, *, timeout, max_retries, retry, calls_per_second, max_in_flight, max_response_bytes, proxy, ca_bundle, allow_http, validate, on_bad_unicode))]
    #[allow(clippy::too_many_arguments)]
    fn new(
        py: Python<'_>,
        api_key: &str,
        base_url: &str,
        user_agent: String,
        timeout: Option<&Bound<'_, PyAny>>,
        max_retries: Option<&Bound<'_, PyAny>>,
        retry: Option<&Bound<'_, PyAny>>,
        calls_per_second: Option<f64>,
        max_in_flight: usize,
        max_response_bytes: usize,
        proxy: Option<String>,
        ca_bundle: Option<PathBuf>,
        allow_http: bool,
        validate: &Bound<'_, PyAny>,
        on_bad_unicode: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let made = (|| {
            if calls_per_second.is_some_and(|rate| !(rate > 0.0 && rate.is_finite())) {
                return Err(Error::config("calls_per_second is not above 0; leave it None for no limit"));
            }
            if max_in_flight == 0 || max_in_flight > 100_000 {
                return Err(Error::config("max_in_flight is not between 1 and 100000"));
            }
            Client::new(Config {
                api_key: ApiKey::new(api_key)?,
                base_url: BaseUrl::parse(base_url, allow_http)?,
                user_agent,
                timeouts: timeout
                    .map_or_else(|| Ok(Timeouts::default()), |value| Ok(options::timeouts(value)?.or(Timeouts::default())))?,
                retry: options::retry_policy(retry, max_retries, RetryPolicy::default())?,
                limits: Limits { calls_per_second, max_in_flight, max_response_bytes },
                proxy,
                ca_bundle,
                validate: options::validate(validate)?,
                on_bad_unicode: options::bad_unicode(on_bad_unicode)?,
            })
        })();
        let client = made.map_err(|failure| errors::raise(py, &failure))?;
        Ok(Self { client: Arc::new(client), defaults: CallOptions::default() })
    }

    /// The same client, with these options for every call.
    fn with_options(&self, py: Python<'_>, options: &Bound<'_, PyDict>) -> PyResult<Self> {
        let defaults = self.options(py, Some(options))?;
        Ok(Self { client: Arc::clone(&self.client), defaults })
    }

    /// Whether both are one client, with other options at the most.
    fn is_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.client, &other.client)
    }

    #[getter]
    fn base_url(&self) -> &str {
        self.client.config.base_url.as_str()
    }

    /// The proxy before the service; the source, paths and number of the certificate authorities. Nothing is sent.
    #[allow(clippy::type_complexity, reason = "a tuple for one reader in Python")]
    fn surroundings(&self, py: Python<'_>) -> PyResult<(Option<String>, Option<(String, Vec<PathBuf>, usize)>)> {
        let found = py.detach(|| self.client.network_environment()).map_err(|failure| errors::raise(py, &failure))?;
        Ok((found.proxy, found.trust_store.map(|trust| (trust.source, trust.paths, trust.authorities))))
    }

    /// Calls an operation. Returns its response, or with `awaited` an awaitable of it.
    #[pyo3(signature = (operation, arguments, options, raw, awaited, save_to=None, trace=None, /))]
    #[allow(clippy::too_many_arguments)]
    fn call<'py>(
        &self,
        py: Python<'py>,
        operation: &str,
        arguments: &Bound<'py, PyTuple>,
        options: Option<&Bound<'py, PyDict>>,
        raw: bool,
        awaited: bool,
        save_to: Option<PathBuf>,
        trace: Option<&CallTrace>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = self.plan(py, operation, arguments, options, CallExtras { save_to, trace })?;
        self.send(py, request, ResponseMode::from_raw(raw), awaited)
    }

    /// Any method and path.
    #[pyo3(signature = (method, path, query, body, idempotent, options, raw, awaited, trace=None, /))]
    #[allow(clippy::too_many_arguments)]
    fn request<'py>(
        &self,
        py: Python<'py>,
        method: String,
        path: String,
        query: Option<&Bound<'py, PyAny>>,
        body: Option<&Bound<'py, PyAny>>,
        idempotent: Option<bool>,
        options: Option<&Bound<'py, PyDict>>,
        raw: bool,
        awaited: bool,
        trace: Option<&CallTrace>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = self.plan_free(py, method, path, query, body, idempotent, options, trace)?;
        self.send(py, request, ResponseMode::from_raw(raw), awaited)
    }

    /// Closes idle connections. Calls under way go on; a later call opens new connections.
    fn close(&self) {
        self.client.close();
    }
}

impl ClientCore {
    fn options(&self, py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<CallOptions> {
        let config = &self.client.config;
        let given = options::call_options(options, config, &self.defaults).map_err(|failure| errors::raise(py, &failure))?;
        Ok(given.or(&self.defaults))
    }

    /// The options of one call: its own, then the client's.
    fn call_options(
        &self,
        py: Python<'_>,
        options: Option<&Bound<'_, PyDict>>,
        extras: CallExtras<'_>,
    ) -> PyResult<Cow<'_, CallOptions>> {
        let mut merged = match options {
            None => Cow::Borrowed(&self.defaults),
            Some(_) => Cow::Owned(self.options(py, options)?),
        };
        if let Some(path) = extras.save_to {
            merged.to_mut().save_to = Some(path);
        }
        if let Some(trace) = extras.trace {
            merged.to_mut().attempt_log = Some(Arc::clone(&trace.notes));
        }
        Ok(merged)
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn plan_free(
        &self,
        py: Python<'_>,
        method: String,
        path: String,
        query: Option<&Bound<'_, PyAny>>,
        body: Option<&Bound<'_, PyAny>>,
        idempotent: Option<bool>,
        options: Option<&Bound<'_, PyDict>>,
        trace: Option<&CallTrace>,
    ) -> PyResult<Request> {
        let part = |name: &str, object: Option<&Bound<'_, PyAny>>| {
            object
                .map(|object| {
                    extract::value(object, NaPolicy::ConversionError)
                        .map_err(|refused| argument_error(py, "request", name, &refused))
                })
                .transpose()
        };
        let query = match part("query", query)? {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Object(pairs)) => pairs,
            Some(_) => return Err(PyTypeError::new_err("query is not a mapping of names to values")),
        };
        let custom = CustomRequest { method, path, query, body: part("json", body)?, idempotent };
        let options = self.call_options(py, options, CallExtras { trace, ..CallExtras::default() })?;
        self.client.build_custom_request(custom, &options).map_err(|failure| errors::raise(py, &failure))
    }

    pub(super) fn plan(
        &self,
        py: Python<'_>,
        operation: &str,
        arguments: &Bound<'_, PyTuple>,
        options: Option<&Bound<'_, PyDict>>,
        extras: CallExtras<'_>,
    ) -> PyResult<Request> {
        let operation = api::operation(operation).map_err(|error| PyTypeError::new_err(error.to_string()))?;
        let values = values(py, operation, arguments)?;
        let request = self.client.build_request(operation, &values, &*self.call_options(py, options, extras)?);
        let request = request.map_err(|failure| errors::raise(py, &failure))?;
        errors::warn(py, &request.warnings)?;
        Ok(request)
    }

    fn send<'py>(&self, py: Python<'py>, request: Request, form: ResponseMode, awaited: bool) -> PyResult<Bound<'py, PyAny>> {
        if awaited { self.awaited(py, request, form) } else { self.blocking(py, request, form) }
    }

    fn blocking<'py>(&self, py: Python<'py>, request: Request, form: ResponseMode) -> PyResult<Bound<'py, PyAny>> {
        let result = runtime::wait(py, self.client.send(&request, RuntimeKind::Blocking, runtime::generation()))?;
        CompletedCall { client: Arc::clone(&self.client), request, result, form }.into_pyobject(py)
    }

    fn awaited<'py>(&self, py: Python<'py>, request: Request, form: ResponseMode) -> PyResult<Bound<'py, PyAny>> {
        let client = Arc::clone(&self.client);
        let generation = runtime::generation();
        runtime::awaitable(py, async move {
            let result = client.send(&request, RuntimeKind::Async, generation).await;
            Ok(CompletedCall { client, request, result, form })
        })
    }
}

/// The arguments of a call as values.
fn values(py: Python<'_>, operation: &Operation, arguments: &Bound<'_, PyTuple>) -> PyResult<Vec<Value>> {
    if arguments.len() != operation.parameters.len() {
        let message = format!("{} takes {} arguments, not {}", operation.name, operation.parameters.len(), arguments.len());
        return Err(PyTypeError::new_err(message));
    }
    let pairs = arguments.iter_borrowed().zip(&operation.parameters);
    pairs
        .map(|(object, parameter)| {
            let value = match parameter.ty {
                ParameterType::File => files::file(&object),
                _ => extract::value(&object, NaPolicy::ConversionError),
            };
            value.map_err(|refused| argument_error(py, &operation.name, &parameter.name, &refused))
        })
        .collect()
}

fn argument_error(py: Python<'_>, operation: &str, parameter: &str, refused: &ConversionError) -> PyErr {
    let field = format!("{parameter}{}", refused.path);
    errors::raise(py, &Error::argument(operation, &field, &refused.problem))
}

/// A call that has ended, on its way to Python.
pub(super) struct CompletedCall {
    pub client: Arc<Client>,
    pub request: Request,
    pub result: Result<Response, Error>,
    pub form: ResponseMode,
}

impl<'py> IntoPyObject<'py> for CompletedCall {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let reply = self.result.map_err(|failure| errors::raise(py, &failure))?;
        errors::warn(py, &reply.warnings)?;
        let (operation, config) = (&self.request.operation, &self.client.config);
        match self.form {
            ResponseMode::Raw => errors::raw_response(py, &reply, operation, config.on_bad_unicode),
            ResponseMode::Decoded if self.request.policy.is_binary => binary(py, &reply, self.request.sinks.save_to.as_deref()),
            ResponseMode::Decoded => json::read(py, &reply.body, operation, config.on_bad_unicode)?
                .map_err(|problem| errors::raise(py, &reply.invalid_json_error(&self.request, &problem, &config.api_key))),
        }
    }
}

/// Bytes that know what they are, or the path of the file that they are in.
fn binary<'py>(py: Python<'py>, reply: &Response, saved_to: Option<&Path>) -> PyResult<Bound<'py, PyAny>> {
    static BINARY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if let Some(path) = saved_to {
        return Ok(path.into_pyobject(py)?.into_any());
    }
    let kind = reply.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    BINARY.import(py, "sparkbot.response", "Binary")?.call1((PyBytes::new(py, &reply.body), kind))
}

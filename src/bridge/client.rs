//! The client of `sparkbot.Client` and `sparkbot.AsyncClient`: one generic call, blocking or awaited.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use http::header::CONTENT_TYPE;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::api::{self, Operation, ParameterType};
use crate::bridge::call_trace::{CallLogger, CallTrace};
use crate::bridge::extract;
use crate::bridge::extract::{ConversionError, NaPolicy};
use crate::bridge::once::Once;
use crate::bridge::{errors, files, json, options, runtime};
use crate::client::api_key::ApiKey;
use crate::client::config::{CallOptions, Config, Limits, RetryPolicy, Timeouts};
use crate::client::request::base_url::BaseUrl;
use crate::client::{Client, CustomRequest, Error, Request, Response, RuntimeKind, Value};

/// Settings, rate limiter and connections of a client.
#[derive(Debug)]
#[pyclass(name = "ClientCore", module = "sparkbot._sparkbot", frozen)]
pub struct ClientCore {
    pub(super) client: Arc<Client>,
    /// Options of every call, set by `with_options`.
    pub(super) defaults: CallOptions,
}

/// How requests reach the service.
#[derive(Debug)]
#[pyclass(name = "NetworkEnvironment", module = "sparkbot._sparkbot", frozen, get_all)]
pub struct NetworkEnvironment {
    proxy: Option<String>,
    /// `None` over plain HTTP.
    trust_store: Option<TrustStore>,
}

/// The certificate authorities that are trusted.
#[derive(Debug, Clone)]
#[pyclass(name = "TrustStore", module = "sparkbot._sparkbot", frozen, get_all)]
pub struct TrustStore {
    source: String,
    paths: Vec<PathBuf>,
    certificates: usize,
}

/// How a response is returned.
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
    #[pyo3(signature = (api_key, base_url, user_agent, *, timeout, max_retries, retry, calls_per_second, max_in_flight, max_response_bytes, proxy, ca_bundle, client_cert, http2, allow_http, validate, on_bad_unicode))]
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
        client_cert: Option<&Bound<'_, PyAny>>,
        http2: &Bound<'_, PyAny>,
        allow_http: bool,
        validate: &Bound<'_, PyAny>,
        on_bad_unicode: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let client = (|| {
            if calls_per_second.is_some_and(|rate| !(rate > 0.0 && rate.is_finite())) {
                return Err(Error::config("calls_per_second is not above 0; pass None for no limit"));
            }
            if max_in_flight == 0 || max_in_flight > 100_000 {
                return Err(Error::config("max_in_flight is not from 1 to 100000"));
            }
            Client::new(Config {
                api_key: ApiKey::new(api_key)?,
                base_url: BaseUrl::parse(base_url, allow_http)?,
                user_agent,
                timeouts: timeout.map_or_else(
                    || Ok(Timeouts::default()),
                    |value| Ok(options::parse_timeouts(value)?.or(Timeouts::default())),
                )?,
                retry: options::parse_retry_policy(retry, max_retries, RetryPolicy::default())?,
                limits: Limits { calls_per_second, max_in_flight, max_response_bytes },
                proxy,
                ca_bundle,
                client_certificate: client_cert.map(options::parse_client_certificate).transpose()?,
                http2: options::parse_http2(http2)?,
                validate: options::parse_validate(validate)?,
                on_bad_unicode: options::parse_bad_unicode(on_bad_unicode)?,
            })
        })();
        let client = client.map_err(|error| errors::to_py_err(py, &error))?;
        Ok(Self { client: Arc::new(client), defaults: CallOptions::default() })
    }

    /// A client with these options for every call, which shares connections and limits with this one.
    fn with_options(&self, py: Python<'_>, options: &Bound<'_, PyDict>) -> PyResult<Self> {
        let defaults = self.merge_options(py, Some(options))?;
        Ok(Self { client: Arc::clone(&self.client), defaults })
    }

    /// Whether both share connections and limits.
    fn shares_client_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.client, &other.client)
    }

    #[getter]
    fn base_url(&self) -> &str {
        self.client.config.base_url.as_str()
    }

    /// The proxy and trust store that calls use. Sends nothing.
    fn network_environment(&self, py: Python<'_>) -> PyResult<NetworkEnvironment> {
        let environment = py.detach(|| self.client.network_environment()).map_err(|error| errors::to_py_err(py, &error))?;
        let trust_store = environment.trust_store.map(|trust| TrustStore {
            source: trust.source,
            paths: trust.paths,
            certificates: trust.authorities,
        });
        Ok(NetworkEnvironment { proxy: environment.proxy, trust_store })
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
        let request = self.build_request(py, operation, arguments, options, CallExtras { save_to, trace })?;
        self.execute(py, request, ResponseMode::from_raw(raw), awaited)
    }

    /// Sends a request with any method and path.
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
        let request = self.build_custom_request(py, method, path, query, body, idempotent, options, trace)?;
        self.execute(py, request, ResponseMode::from_raw(raw), awaited)
    }

    /// Closes idle connections. Calls in flight continue; a later call opens new connections.
    fn close(&self) {
        self.client.close();
    }
}

impl ClientCore {
    fn merge_options(&self, py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<CallOptions> {
        let config = &self.client.config;
        let parsed = options::call_options(options, config, &self.defaults).map_err(|error| errors::to_py_err(py, &error))?;
        Ok(parsed.or(&self.defaults))
    }

    /// The options of one call, with those of the client for what it leaves unset.
    fn call_options(
        &self,
        py: Python<'_>,
        options: Option<&Bound<'_, PyDict>>,
        extras: CallExtras<'_>,
    ) -> PyResult<Cow<'_, CallOptions>> {
        let mut merged = match options {
            None => Cow::Borrowed(&self.defaults),
            Some(_) => Cow::Owned(self.merge_options(py, options)?),
        };
        if let Some(path) = extras.save_to {
            merged.to_mut().save_to = Some(path);
        }
        if let Some(trace) = extras.trace {
            merged.to_mut().attempt_log = Some(Arc::clone(&trace.log));
        }
        Ok(merged)
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn build_custom_request(
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
        let convert = |name: &str, object: Option<&Bound<'_, PyAny>>| {
            object
                .map(|object| {
                    extract::to_value(object, NaPolicy::Reject).map_err(|error| argument_error(py, "request", name, &error))
                })
                .transpose()
        };
        let query = match convert("query", query)? {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Object(pairs)) => pairs,
            Some(_) => return Err(PyTypeError::new_err("query is not a mapping of names to values")),
        };
        let custom = CustomRequest { method, path, query, body: convert("json", body)?, idempotent };
        let options = self.call_options(py, options, CallExtras { trace, ..CallExtras::default() })?;
        self.client.build_custom_request(custom, &options).map_err(|error| errors::to_py_err(py, &error))
    }

    pub(super) fn build_request(
        &self,
        py: Python<'_>,
        operation: &str,
        arguments: &Bound<'_, PyTuple>,
        options: Option<&Bound<'_, PyDict>>,
        extras: CallExtras<'_>,
    ) -> PyResult<Request> {
        let operation = api::operation(operation).map_err(|error| PyTypeError::new_err(error.to_string()))?;
        let values = convert_arguments(py, operation, arguments)?;
        let request = self.client.build_request(operation, &values, &*self.call_options(py, options, extras)?);
        let request = request.map_err(|error| errors::to_py_err(py, &error))?;
        errors::warn(py, &request.warnings)?;
        Ok(request)
    }

    fn execute<'py>(
        &self,
        py: Python<'py>,
        mut request: Request,
        mode: ResponseMode,
        awaited: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (client, generation) = (Arc::clone(&self.client), runtime::fork_generation());
        let logger = CallLogger::of_request(&mut request);
        if awaited {
            let call = async move {
                let result = client.send(&request, RuntimeKind::Async, generation).await;
                Ok(CompletedCall { client, request, result, mode })
            };
            return runtime::future_into_py(py, call, Some(logger));
        }
        let result = runtime::block_on(py, client.send(&request, RuntimeKind::Blocking, generation));
        logger.report(py)?;
        CompletedCall { client, request, result: result?, mode }.into_pyobject(py)
    }
}

/// Converts the arguments of a call.
fn convert_arguments(py: Python<'_>, operation: &Operation, arguments: &Bound<'_, PyTuple>) -> PyResult<Vec<Value>> {
    if arguments.len() != operation.parameters.len() {
        let message = format!("{} takes {} arguments, not {}", operation.name, operation.parameters.len(), arguments.len());
        return Err(PyTypeError::new_err(message));
    }
    let pairs = arguments.iter_borrowed().zip(&operation.parameters);
    pairs
        .map(|(object, parameter)| {
            let value = match parameter.ty {
                ParameterType::File => files::to_upload(&object),
                _ => extract::to_value(&object, NaPolicy::Reject),
            };
            value.map_err(|error| argument_error(py, &operation.name, &parameter.name, &error))
        })
        .collect()
}

fn argument_error(py: Python<'_>, operation: &str, parameter: &str, error: &ConversionError) -> PyErr {
    let field = format!("{parameter}{}", error.path);
    errors::to_py_err(py, &Error::argument(operation, &field, &error.message))
}

/// A completed call, to be converted to a Python object.
pub(super) struct CompletedCall {
    pub client: Arc<Client>,
    pub request: Request,
    pub result: Result<Response, Error>,
    pub mode: ResponseMode,
}

impl<'py> IntoPyObject<'py> for CompletedCall {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let response = self.result.map_err(|error| errors::to_py_err(py, &error))?;
        errors::warn(py, &response.warnings)?;
        let (operation, config) = (self.request.operation, &self.client.config);
        match self.mode {
            ResponseMode::Raw => errors::raw_response(py, &response, operation, config.on_bad_unicode),
            ResponseMode::Decoded if self.request.policy.is_binary => {
                to_binary(py, &response, self.request.sinks.save_to.as_deref())
            }
            ResponseMode::Decoded => json::read(py, &response.body, operation, config.on_bad_unicode)?
                .map_err(|message| errors::to_py_err(py, &response.invalid_json_error(&self.request, &message, &config.api_key))),
        }
    }
}

/// The `Binary` of a response, or the path of the file that it was saved to.
fn to_binary<'py>(py: Python<'py>, response: &Response, path: Option<&Path>) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: Once<PyAny> = Once::new();
    if let Some(path) = path {
        return files::python_path(py, path);
    }
    let content_type = response.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    CLASS.import(py, "sparkbot.response", "Binary")?.call1((PyBytes::new(py, &response.body), content_type))
}

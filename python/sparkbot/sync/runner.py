"""Prepares a run from its options and drives its pipeline, blocking or awaited."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from sparkbot import errors
from sparkbot._dispatch import run_sync
from sparkbot.batch import progress, validation
from sparkbot.phones import PhoneOptions
from sparkbot.sync import executor
from sparkbot.sync.columns import selection
from sparkbot.sync.columns.null_words import NULL_WORDS, NullWords
from sparkbot.sync.columns.reserved import CONTACT_COLUMN
from sparkbot.sync.devices import DeviceResolver
from sparkbot.sync.options import read_options, repeated
from sparkbot.sync.pipeline import BATCH, RunContext, SyncPipeline
from sparkbot.sync.report import writers
from sparkbot.sync.report.report import Report
from sparkbot.tabular import sources
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterator
    from pathlib import Path

    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.columns.fields import MappedColumns
    from sparkbot.sync.columns.mapping import ColumnMapping
    from sparkbot.sync.options import Device, ResolvedOptions
    from sparkbot.sync.removal import RemovedContacts
    from sparkbot.sync.resume import ResumeState
    from sparkbot.sync.row_hooks import RowHooks
    from sparkbot.tabular.rows import Row


class SyncRunner:
    """A run; it can be iterated over once."""

    def __init__(self, client: Any, device: Device, source: Any, options: ResolvedOptions) -> None:
        from sparkbot.client import AsyncClient

        self.is_async = isinstance(client, AsyncClient)
        self._options = options
        self._client = client
        self._source = source
        self._mapping = self._read_mapping()
        self._country_code = self._phone_setting("country_code")
        self._country_column = self._phone_setting("country_column")
        self._device, self.device_column = self._select_device(device)
        is_dry_run = options["dry_run"]
        self._devices = DeviceResolver("" if is_dry_run else self._device, None if is_dry_run else self.device_column)
        if options["via"] == "bulk" and not is_dry_run and client._dispatcher.has_own_hooks:
            raise errors.InvalidArgumentError(
                "the client has hooks, which are called for each row's own call, and bulk has none: give a client without "
                "hooks, or remove via",
                field="via",
            )
        self._bulk = executor.BULK if options["via"] == "bulk" else None
        self._limit = validation.resolve_rate_limit(options["calls_per_second"], getattr(client, "base_url", None))
        self._report_path, self._dead_letters_path = self._check_paths()
        self.report = Report(
            max_failures_kept=options["max_failures_kept"],
            dry_run=is_dry_run,
            calls_per_second=self._limit,
            dead_letters=str(self._dead_letters_path) if self._dead_letters_path else None,
            device=self._device if isinstance(self._device, str) else None,
            options=repeated(options),
        )
        self._is_prepared = False

    def _read_mapping(self) -> ColumnMapping | None:
        source = self._options["mapping"]
        if source is None:
            return None
        from sparkbot.sync.columns.mapping import read

        return read(source)

    def _select_device(self, device: Device) -> tuple[Device, str | None]:
        """The default device and the column that names devices; arguments override the mapping."""
        if self._mapping is None:
            return device, self._options["device_column"]
        if callable(device):
            return device, None
        return device if device is not None else self._mapping.device, self._mapping.device_column

    def _check_paths(self) -> tuple[Path | None, Path | None]:
        report, dead_letters = self._options["report"], self._options["dead_letters"]
        report_path = writers.check_path(report, self._source, suffixes=writers.REPORT_SUFFIXES) if report else None
        letters_path = writers.check_path(dead_letters, self._source, option="dead_letters") if dead_letters else None
        if letters_path is not None and report_path is not None and letters_path.resolve() == report_path.resolve():
            raise InputError(f"report and dead_letters are both {str(report_path)!r}: give two files")
        return report_path, letters_path

    def _phone_setting(self, name: Literal["country_code", "country_column"]) -> str | None:
        """A setting of phone numbers; an option overrides the mapping."""
        setting: str | None = self._options[name]
        return setting if setting is not None or self._mapping is None else getattr(self._mapping, name)

    def prepare(self) -> None:
        """Opens the input and selects its columns. Raises before anything is sent if they can't be used."""
        if self._is_prepared:
            return
        self._is_prepared = True
        self._rows = sources.read(self._source, read_options(self._options))
        self._columns = self._select_columns()
        self.report.notes = [*self._rows.notes, *self._columns.notes]
        if self._options["on_removed"] == "clear" and (self._rows.total == 0 or not self._rows.columns):
            raise InputError("the input has no rows, so on_removed='clear' would clear every contact: check how it is made")
        if self._rows.total == 0:
            self._report_no_rows()
        has_fingerprint = self._has_journal and self._rows.fingerprint is not None
        self._fingerprint = self._rows.fingerprint() if has_fingerprint else None  # type: ignore[misc]  # checked above

    def _report_no_rows(self) -> None:
        if self._options["fail_on_empty"]:
            raise InputError("the input has no rows: check how it is made, or allow it without fail_on_empty (--fail-on-empty)")
        self.report.notes.append("the input has no rows")

    @property
    def _has_journal(self) -> bool:
        return self._options["journal"] is not None and not self._options["dry_run"]

    def stream(self) -> Generator[Outcome]:
        """Yields the outcomes; leaving the loop stops the run."""
        self.prepare()
        with self._open_pipeline() as run:
            for batch in self._lookahead(run):
                run_sync(self._resolve_devices(run, batch))
                run.preload(batch)
            while run.is_running:
                batch = self._read(capacity := run.capacity)
                run_sync(self._resolve_devices(run, batch))
                run.submit(batch, capacity)
                if run.hooks is not None:
                    run_sync(run.hooks.dispatch(run.executor))
                yield from run.emit()
                run.collect(run.executor.take(BATCH, run.take_timeout))
                if self._input_may_block:
                    run.checkpoint()
                yield from run.emit()
            self._check_rows()
            if removal := self._open_removal(run):
                run.expect_removed(removal.count())
                for outcome in removal.clear():
                    yield run.emit_removed(outcome)

    async def stream_async(self) -> AsyncGenerator[Outcome]:
        """As `stream`, awaited. Reading files and committing run in other threads."""
        import asyncio

        if sources.is_thread_safe(self._source):
            await asyncio.to_thread(self.prepare)
        else:
            self.prepare()
        with self._open_pipeline() as run:
            lookahead = self._lookahead(run)
            end: list[Row] = []
            while batch := await asyncio.to_thread(next, lookahead, end):
                await self._resolve_devices(run, batch)
                await asyncio.to_thread(run.preload, batch)
            while run.is_running:
                capacity = run.capacity
                batch = await asyncio.to_thread(self._read, capacity) if self._rows.thread_safe else self._read(capacity)
                await self._resolve_devices(run, batch)
                if run.resume:
                    await asyncio.to_thread(run.submit, batch, capacity)
                else:
                    run.submit(batch, capacity)
                if run.hooks is not None:
                    await run.hooks.dispatch(run.executor)
                async for outcome in self._emit_async(run):
                    yield outcome
                run.collect(await run.executor.take_async(BATCH, run.take_timeout))
                if self._input_may_block and run.resume:
                    await asyncio.to_thread(run.checkpoint)
                async for outcome in self._emit_async(run):
                    yield outcome
            self._check_rows()
            if removal := self._open_removal(run):
                run.expect_removed(await asyncio.to_thread(removal.count))
                async for outcome in removal.clear_async():
                    yield run.emit_removed(outcome)

    def _check_rows(self) -> None:
        """Reports a source without rows whose number was not known."""
        if self._rows.total is None and self.report.rows == 0:
            self._report_no_rows()

    def _open_removal(self, run: SyncPipeline) -> RemovedContacts | None:
        """Clears contacts that left the input, if the run does. All rows are done before."""
        if run.resume is None or run.resume.ownership is None or self._options["on_removed"] != "clear":
            return None
        from sparkbot.sync.removal import RemovedContacts

        run.resume.complete()
        ownership = run.resume.ownership
        ownership.remember_names(self._devices.ids_by_name)
        return RemovedContacts(self._client, ownership, self._options, self.report, self._limit)

    async def _emit_async(self, run: SyncPipeline) -> AsyncGenerator[Outcome]:
        for outcome in run.emit():
            if run.hooks is not None:
                await run.hooks.wait()
            yield outcome

    @property
    def _input_may_block(self) -> bool:
        """Whether the next rows may take long to arrive; outcomes do not wait for them then."""
        return not self._rows.thread_safe

    def _read(self, capacity: int) -> list[Row]:
        return list(islice(self._rows.stream, capacity))

    def _lookahead(self, run: SyncPipeline) -> Iterator[list[Row]]:
        """Reads the input an extra time if the journal needs to know it in advance and the input can be read again."""
        if run.resume is None or not run.resume.needs_lookahead or self._rows.reread is None:
            return
        stream = self._rows.reread()
        while batch := list(islice(stream, BATCH)):
            yield batch

    async def _resolve_devices(self, run: SyncPipeline, batch: list[Row]) -> None:
        """Looks up the devices that the rows name. Suspends for an async client only."""
        for name in self._devices.unknown_names(batch):
            try:
                device = "" if self._options["dry_run"] else (await self._find_device(name))["id"]
            except (errors.InvalidArgumentError, errors.NotFoundError) as error:
                if self._devices.single_device is not None:
                    raise
                self._devices.register_error(name, str(error))
            else:
                self._devices.register(name, device, run.executor.register_device(device))

    async def _find_device(self, name: str) -> Any:
        device = self._client.devices.find(name)
        return await device if self.is_async else device

    def _select_columns(self) -> selection.Columns | MappedColumns:
        options, headers = self._options, self._rows.columns
        if not headers:
            return selection.Columns((), (), (), frozenset(), False, NullWords())
        # The cells of an export are values of the service.
        default = () if CONTACT_COLUMN in headers else NULL_WORDS
        nulls = NullWords(default if options["null_words"] is None else options["null_words"])
        if self._mapping is not None:
            columns: selection.Columns | MappedColumns = self._mapping.columns(headers, nulls)
        else:
            columns = selection.select(
                headers,
                id_column=options["id_column"],
                map=options["map"],
                only=options["only"],
                exclude=options["exclude"],
                device=options["device_column"],
                keys=options["keys"],
                nulls=nulls,
                index_names=self._rows.index_names,
            )
        selection.check_country_column(headers, self._country_column, self._rows.index_names)
        selection.reject_float32(self._rows.float32_columns, columns.contact, self.device_column)
        return columns

    def _open_pipeline(self) -> SyncPipeline:
        return SyncPipeline(
            RunContext(
                options=self._options,
                report=self.report,
                columns=self._columns,
                country_column=self._country_column,
                devices=self._devices,
                total=self._rows.total,
                is_async=self.is_async,
                bulk=self._bulk,
                executor=self._open_executor(),
                resume=self._open_resume_state(),
                # After the executor and the journal: the report of an earlier run is not replaced before all options are valid.
                writers=self._open_writers(),
                hooks=self._open_hooks(),
                instrumentation=None if self._options["dry_run"] else self._client._dispatcher.instrumentation,
                reporters=progress.open_reporters(self._options["progress"], self._options["on_progress"]),
            )
        )

    def _open_executor(self) -> executor.RowExecutor:
        options, keys = self._options, list(self._columns.keys)
        phones = PhoneOptions(self._country_code, options["ambiguous"], options["several"])
        empty = self._columns.empty(options["empty"])
        if self._bulk is not None and "clear" in empty:
            raise errors.InvalidArgumentError(
                "cells that are cleared need the keys of the contact, and via='bulk' reads no contacts: skip empty cells, or "
                "remove via",
                field="empty",
            )
        try:
            if options["dry_run"]:
                return executor.DryRunExecutor(
                    keys,
                    phones=phones,
                    empty=empty,
                    compare=options["compare"],
                    resolves=options["resolve"] == "all",
                    batching=self._bulk,
                )
            from sparkbot._sparkbot import SyncExecutor

            return SyncExecutor(
                self._client._core,
                keys,
                phones=phones,
                empty=empty,
                on_missing=options["on_missing"],
                resolve=options["resolve"],
                diff_before_write=options["compare"] == "service",
                concurrency=options["concurrency"],
                calls_per_second=self._limit,
                offline_timeout=float(options["offline_timeout"]),
                bulk=self._bulk,
            )
        except errors.SparkBotError:
            raise
        except ValueError as error:
            raise errors.InvalidArgumentError(str(error)) from None

    def _open_resume_state(self) -> ResumeState | None:
        if not self._has_journal:
            return None
        from sparkbot.sync.resume import ResumeState

        return ResumeState(self._options, self._definition(), self._fingerprint, self._columns.keys)

    def _definition(self) -> dict[str, Any]:
        """What identifies the run: if one of these differs, the same row is written elsewhere or with other values."""
        return {
            "the service": getattr(self._client, "base_url", None),
            "the device": self._device if isinstance(self._device, str) else None,
            "the column of the device": self.device_column,
            "the columns of the contact": list(self._columns.contact),
            "the metadata": self._columns.definition(),
            "country_code": self._country_code,
            "the column of the country": self._country_column,
            "ambiguous": self._options["ambiguous"],
            "several": self._options["several"],
            "empty": self._options["empty"],
        }

    def _open_hooks(self) -> RowHooks | None:
        """Calls the client's hooks for rows, if it has any; a dry run makes no calls, and bulk none for a row."""
        if self._options["dry_run"] or self._bulk is not None or not self._client._dispatcher.has_hooks:
            return None
        from sparkbot.sync.row_hooks import RowHooks

        return RowHooks(self._client._dispatcher, self._devices, awaited=self.is_async)

    def _open_writers(self) -> list[writers.OutcomeWriter]:
        opened: list[writers.OutcomeWriter] = []
        if self._report_path:
            opened.append(writers.open_writer(self._report_path, self._rows.columns, self.report))
        if self._options["dry_run"] and self._options["on_removed"] == "clear":
            from sparkbot.sync.removal_estimate import RemovalEstimate

            # The first: the others may write the report, which it completes.
            opened.insert(0, RemovalEstimate(self._options, self.report, self._device, self.device_column, self._definition()))
        if self._dead_letters_path:
            opened.append(writers.DeadLetterWriter(self._dead_letters_path, self._rows.columns))
        return opened

"""One run, from its options to its last outcome: what is the same whether it is awaited or not."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from sparkbot import errors
from sparkbot.batch import progress, validation
from sparkbot.sync import executor, pipeline, rows
from sparkbot.sync.columns import selection
from sparkbot.sync.devices import DeviceResolver
from sparkbot.sync.errors import InputError
from sparkbot.sync.options import Settings
from sparkbot.sync.report import writers
from sparkbot.sync.report.report import Report

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterator

    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.columns.fields import MappedColumns
    from sparkbot.sync.columns.mapping import ColumnMapping
    from sparkbot.sync.options import Device
    from sparkbot.sync.resume import ResumeState
    from sparkbot.sync.row_hooks import RowHooks

__all__ = ["Settings", "SyncRunner"]


class SyncRunner:
    """A run that can be looped over once."""

    def __init__(self, client: Any, device: Device, source: Any, settings: Settings) -> None:
        from sparkbot.client import AsyncClient

        self.is_async = isinstance(client, AsyncClient)
        self.settings = settings
        self._mapping = self._read_mapping()
        device, self.device_column = self._named_devices(device)
        self.routes = DeviceResolver("" if settings.dry_run else device, None if settings.dry_run else self.device_column)
        if settings.via == "bulk" and not settings.dry_run and client._caller.is_hooked:
            raise errors.InvalidArgumentError(
                "the client's hooks are told of each row's own call, and in bulk it has none: give a client without hooks, or "
                "leave via away",
                field="via",
            )
        self._client = client
        self._source = source
        self._limit = validation.resolve_rate_limit(settings.calls_per_second, getattr(client, "base_url", None))
        self._target = writers.check_path(settings.report, source, forms=writers.REPORT_FORMS) if settings.report else None
        self._letters = writers.check_path(settings.dead_letters, source, what="dead_letters") if settings.dead_letters else None
        if self._letters is not None and self._letters == self._target:
            raise InputError(f"report and dead_letters are both {str(self._target)!r}: give each a file of its own")
        self.report = Report(max_failures_kept=settings.max_failures_kept, dry_run=settings.dry_run)
        self.report.calls_per_second = self._limit
        self.report.dead_letters = str(self._letters) if self._letters else None
        self.report.device = device if isinstance(device, str) else None
        self.report.options = settings.repeated()
        self._is_prepared = False

    def _read_mapping(self) -> ColumnMapping | None:
        if self.settings.mapping is None:
            return None
        from sparkbot.sync.columns.mapping import read

        return read(self.settings.mapping)

    def _named_devices(self, device: Device) -> tuple[Device, str | None]:
        """What names the number of a row: what the run was given comes before what the mapping says."""
        if self._mapping is None:
            return device, self.settings.device_column
        if callable(device):
            return device, None
        return device if device is not None else self._mapping.device, self._mapping.device_column

    @property
    def batching(self) -> executor.Batching | None:
        """How rows are put together; None where each has a call of its own."""
        return executor.BULK if self.settings.via == "bulk" else None

    @property
    def _country_code(self) -> str | None:
        given = self.settings.country_code
        return given if given is not None or self._mapping is None else self._mapping.country_code

    def prepare(self) -> None:
        """Opens the input and chooses its columns; nothing is sent before they have proved right."""
        if self._is_prepared:
            return
        self._is_prepared = True
        self._rows = rows.read(self._source)
        self.columns = self._chosen_columns()
        keeps = self.settings.journal is not None and not self.settings.dry_run
        self._fingerprint = self._rows.fingerprint() if keeps else None

    def stream(self) -> Generator[Outcome]:
        """The outcomes, one by one; leaving the loop stops the run."""
        self.prepare()
        with pipeline.SyncPipeline(self) as run:
            for batch in self._ahead(run):
                self._learn_all(run, batch)
                run.foresee(batch)
            while run.goes_on:
                batch = self._read(room := run.room)
                self._learn_all(run, batch)
                run.exchange(batch, room)
                if run.hooks is not None:
                    run.hooks.release(run.engine)
                yield from run.settle()
                run.receive(run.engine.take(pipeline.BATCH, run.patience))
                if self._may_wait:
                    run.secure()
                yield from run.settle()

    async def stream_async(self) -> AsyncGenerator[Outcome]:
        """The same, awaited. What takes time besides the calls is done in other threads: reading files, committing."""
        import asyncio

        if rows.in_any_thread(self._source):
            await asyncio.to_thread(self.prepare)
        else:
            self.prepare()
        with pipeline.SyncPipeline(self) as run:
            ahead = self._ahead(run)
            end: list[rows.Row] = []
            while batch := await asyncio.to_thread(next, ahead, end):
                for name in self.routes.unknown(batch):
                    await self._learn_awaited(run, name)
                await asyncio.to_thread(run.foresee, batch)
            while run.goes_on:
                room = run.room
                batch = await asyncio.to_thread(self._read, room) if self._rows.in_any_thread else self._read(room)
                for name in self.routes.unknown(batch):
                    await self._learn_awaited(run, name)
                if run.memory:
                    await asyncio.to_thread(run.exchange, batch, room)
                else:
                    run.exchange(batch, room)
                if run.hooks is not None:
                    await run.hooks.release_awaited(run.engine)
                async for outcome in self._settled(run):
                    yield outcome
                run.receive(await run.engine.take_async(pipeline.BATCH, run.patience))
                if self._may_wait and run.memory:
                    await asyncio.to_thread(run.secure)
                async for outcome in self._settled(run):
                    yield outcome

    async def _settled(self, run: pipeline.SyncPipeline) -> AsyncGenerator[Outcome]:
        for outcome in run.settle():
            if run.hooks is not None:
                await run.hooks.settle()
            yield outcome

    @property
    def _may_wait(self) -> bool:
        """Whether the next rows may be long in coming: outcomes do not wait for them then."""
        return not self._rows.in_any_thread

    def _read(self, room: int) -> list[rows.Row]:
        return list(islice(self._rows.stream, room))

    def _ahead(self, run: pipeline.SyncPipeline) -> Iterator[list[rows.Row]]:
        """The input once more, where that can be had and the journal needs to know it beforehand."""
        if run.memory is None or not run.memory.looks_ahead or self._rows.again is None:
            return
        stream = self._rows.again().stream
        while batch := list(islice(stream, pipeline.BATCH)):
            yield batch

    def _learn_all(self, run: pipeline.SyncPipeline, batch: list[rows.Row]) -> None:
        for name in self.routes.unknown(batch):
            self._learn(run, name, partial(self._client.devices.find, name) if self._client else None)

    def _learn(self, run: pipeline.SyncPipeline, name: str, find: Any) -> None:
        try:
            device = find()["id"] if find and not self.settings.dry_run else ""
        except (errors.InvalidArgumentError, errors.NotFoundError) as error:
            self._refuse(name, error)
        else:
            self.routes.learn(name, device, run.engine.device(device))

    async def _learn_awaited(self, run: pipeline.SyncPipeline, name: str) -> None:
        try:
            device = "" if self.settings.dry_run else (await self._client.devices.find(name))["id"]
        except (errors.InvalidArgumentError, errors.NotFoundError) as error:
            self._refuse(name, error)
        else:
            self.routes.learn(name, device, run.engine.device(device))

    def _refuse(self, name: str, error: errors.SparkBotError) -> None:
        if self.routes.only is not None:
            raise error
        self.routes.learn_problem(name, str(error))

    def _chosen_columns(self) -> selection.Columns | MappedColumns:
        chosen, headers = self.settings, self._rows.columns
        if not headers:
            return selection.Columns("", (), (), frozenset(), False)
        if self._mapping is not None:
            found: selection.Columns | MappedColumns = self._mapping.columns(headers)
        else:
            found = selection.choose(
                headers,
                id_column=chosen.id_column,
                map=chosen.map,
                only=chosen.only,
                exclude=chosen.exclude,
                device=chosen.device_column,
            )
        selection.refuse_coarse(self._rows.coarse, found.contact, self.device_column)
        return found

    def open_engine(self) -> executor.RowExecutor:
        try:
            return self._engine()
        except errors.SparkBotError:
            raise
        except ValueError as error:
            raise errors.InvalidArgumentError(str(error)) from None

    def _engine(self) -> executor.RowExecutor:
        chosen, keys, code = self.settings, list(self.columns.keys), self._country_code
        empty = self.columns.empty(chosen.empty)
        if chosen.dry_run:
            return executor.DryRunExecutor(keys, country_code=code, empty=empty, compare=chosen.compare, batching=self.batching)
        from sparkbot._sparkbot import SyncExecutor

        run: executor.RowExecutor = SyncExecutor(
            self._client._core,
            keys,
            country_code=code,
            empty=empty,
            on_missing=chosen.on_missing,
            compares=chosen.compare == "service",
            concurrency=chosen.concurrency,
            calls_per_second=self._limit,
            offline_patience=float(chosen.offline_patience),
            batching=self.batching,
        )
        return run

    def open_memory(self) -> ResumeState | None:
        """The journal of the run, if it has one; a dry run has not."""
        chosen = self.settings
        if chosen.journal is None or chosen.dry_run:
            return None
        from sparkbot.sync.resume import ResumeState

        return ResumeState(chosen, self._identity(), self._fingerprint)

    def _identity(self) -> dict[str, Any]:
        """What makes a run another one: the same row would be written elsewhere, or as something else."""
        chosen = self.settings
        return {
            "the service": self._client.base_url,
            "the device": self.routes.default,
            "the column of the device": self.device_column,
            "the column of the contact": self.columns.contact,
            "the metadata": self.columns.identity(),
            "country_code": self._country_code,
            "empty": chosen.empty,
        }

    def open_hooks(self) -> RowHooks | None:
        """What tells the client's hooks of rows, if it has any; a dry run has no calls."""
        if self.settings.dry_run or not self._client._caller.is_hooked:
            return None
        from sparkbot.sync.row_hooks import RowHooks

        return RowHooks(self._client._caller, self.routes, awaited=self.is_async)

    def open_writers(self) -> list[writers.OutcomeWriter]:
        found: list[writers.OutcomeWriter] = []
        if self._target:
            found.append(writers.open_writer(self._target, self._rows.columns, self.report))
        if self._letters:
            from sparkbot.sync.report.dead_letters import DeadLetters

            found.append(DeadLetters(self._letters, self._rows.columns))
        return found

    def open_reporters(self) -> list[progress.ProgressReporter]:
        return progress.open_reporters(self.settings.progress, self.settings.on_progress)

    @property
    def total(self) -> int | None:
        return self._rows.total

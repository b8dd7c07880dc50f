"""A report as HTML: a page that stands alone, and a few lines for a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sparkbot.batch.latency import PERCENTILES, format_milliseconds
from sparkbot.batch.progress import format_duration
from sparkbot.sync.report import svg
from sparkbot.sync.report.estimate import calls_needed

if TYPE_CHECKING:
    from sparkbot.sync.report.report import ErrorKind, Report

# Blue and orange are told apart by everyone who sees colours at all.
_STYLE = """
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1d2430; --soft: #667085; --rule: #e3e7ee;
  --ok: #3b78d8; --skipped: #a3adbd; --failed: #d9541e; --unknown: #e3b11b; --held: #8b5cf6; }
@media (prefers-color-scheme: dark) { :root { --page: #12161d; --card: #1b212b; --text: #e6eaf0; --soft: #98a2b3; --rule: #2d3542;
  --ok: #5b95f0; --skipped: #667084; --failed: #f07a46; --unknown: #f0c545; --held: #a78bfa; } }
* { box-sizing: border-box }
body { margin: 0; padding: 2rem 1rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
main { max-width: 60rem; margin: auto }
h1 { font-size: 1.5rem; margin: 0 0 .2rem } h2 { font-size: 1rem; margin: 0 0 .8rem }
p { margin: .2rem 0 } .soft { color: var(--soft) }
section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1.1rem 1.2rem; margin: 1rem 0 }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)); gap: .8rem; margin: 1rem 0 }
.tiles div { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: .6rem .9rem }
.tiles dt { color: var(--soft); font-size: .8rem } .tiles dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums }
dl { margin: 0 } svg { display: block; width: 100%; height: auto } svg.bar { height: 22px; border-radius: 5px }
svg text { font-size: 12px; fill: var(--soft) } svg .strong { fill: var(--text) }
.calls { fill: none; stroke: var(--text); stroke-width: 1.2; stroke-opacity: .75 }
.rule { stroke: var(--rule) } .mark { stroke: var(--text); stroke-dasharray: 3 3; stroke-width: 1 }
.ok { fill: var(--ok) } .skipped { fill: var(--skipped) } .failed { fill: var(--failed) } .unknown { fill: var(--unknown) }
.held { fill: var(--held) }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; padding: 0; margin: .8rem 0 0 }
ul.legend svg { display: inline-block; width: 11px; height: 11px; margin-right: .4rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0;
  border-top: 1px solid var(--rule) } td { overflow-wrap: anywhere }
th { color: var(--soft); font-weight: 500; border: 0; white-space: nowrap }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } th.number { text-align: right }
"""
# Notebooks align cells to the right, which suits numbers but not sentences.
_LEFT = ' style="text-align: left"'


def page(report: Report) -> str:
    """The page. Nothing in it is loaded from elsewhere."""
    title = f"{'Dry run' if report.dry_run else 'Sync'} of {report.rows:,} rows"
    parts = [
        f'<h1>{escape(title)}</h1><p class="soft">{escape(_under(report))}</p>',
        _tiles(report),
        _section("Outcomes", svg.outcomes({str(status): count for status, count in report.counts.items()}) + _legend(report)),
        _section("Rows a second", svg.throughput(report.timeline.intervals()) + _held_back(report)),
        _section("How long answers took", svg.latencies(report.latency)),
        _section("What went wrong", _kinds(report)),
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    # Should anything ever slip through the escaping, the browser runs and loads nothing.
    rules = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    body = "\n".join(part for part in parts if part)
    head = f"<head>{head}{rules}<title>{escape(title)}</title><style>{_STYLE}</style></head>"
    return f'<!doctype html>\n<html lang="en">{head}\n<body><main>\n{body}\n</main></body></html>\n'


def summary(report: Report) -> str:
    """The counts and kinds of errors, as a notebook shows them."""
    lines: list[tuple[str, str, str]] = [(status, f"{count:,}", "") for status, count in report.counts.items()]
    lines += [(kind.name, f"{kind.count:,}", kind.told()[0]) for kind in report.kinds.values()]
    cells = "".join("<tr>" + "".join(f"<td{_LEFT}>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines)
    said = [f"{report}{' (dry run: nothing was sent)' if report.dry_run else ''}"]
    said += [f"Answers took {report.latency}"] if report.latency.count else []
    said += [f"Held back: {'; '.join(report.held_back_by)}"] if report.held_back_by else []
    table = f"<table><tr><th></th><th{_LEFT}>rows</th><th{_LEFT}>first</th></tr>{cells}</table>"
    return "".join(f"<p>{escape(line)}</p>" for line in said) + table


def _under(report: Report) -> str:
    begun = f"{report.begun:%Y-%m-%d %H:%M} UTC"
    if report.dry_run:
        return f"{begun} · nothing was sent; the run takes {calls_needed(report)}"
    parts = [begun, f"through {report.device}" if report.device else ""]
    parts += [f"{report.resumed:,} rows were done by an earlier run" if report.resumed else ""]
    parts += [] if report.sample is None else ["written in bulk, {:,} rows read back, {:,} of them held".format(*report.sample)]
    parts += [f"stopped: {report.not_begun:,} more rows were not begun" if report.not_begun else ""]
    return " · ".join(part for part in parts if part)


def _tiles(report: Report) -> str:
    tiles = {"rows": f"{report.rows:,}", "calls": f"{report.calls:,}", "took": format_duration(report.elapsed)}
    if not report.dry_run:
        tiles |= {"rows a second": f"{report.rows_per_second:,.1f}", "calls a second": f"{report.mean_calls_per_second:,.1f}"}
    if report.latency.count:
        tiles |= {
            f"{name} of answers": format_milliseconds(report.latency.percentile(share)) for name, share in PERCENTILES.items()
        }
        tiles["longest answer"] = format_milliseconds(report.latency.max)
    inner = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in tiles.items())
    return f'<dl class="tiles">{inner}</dl>'


def _section(title: str, inner: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inner}</section>" if inner else ""


def _legend(report: Report) -> str:
    total = report.rows or 1
    said = {"ok": "ok", "skipped": "skipped", "failed": "failed", "unknown": "unknown (may have been written)"}
    if report.dry_run:
        said["ok"] = "would be written"
    items = (
        f'<li>{_swatch(status)}{escape(said[status])} <b>{count:,}</b> <span class="soft">{100 * count / total:.1f} %</span></li>'
        for status, count in report.counts.items()
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


def _swatch(kind: str) -> str:
    return f'<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="{kind}" width="10" height="10" rx="2"/></svg>'


def _held_back(report: Report) -> str:
    if report.dry_run:
        return ""
    reasons = report.held_back_by or ["nothing: neither a limit nor the service slowed the run down"]
    held = f"<li>{_swatch('held')}<b>Held back by</b> {escape('; '.join(reasons))}</li>"
    line = '<svg viewBox="0 0 10 10" aria-hidden="true"><path class="calls" d="M0 5H10"/></svg>'
    return (
        f'<ul class="legend">{held}<li>{line}calls a second; outcomes come in the order of the rows, so they may wait</li></ul>'
    )


def _kinds(report: Report) -> str:
    if not report.kinds:
        return ""
    kinds = sorted(report.kinds.values(), key=lambda kind: -kind.count)
    head = '<tr><th>error</th><th class="number">rows</th><th>examples, with contacts and values masked</th></tr>'
    return f"<table>{head}{''.join(_kind(kind) for kind in kinds)}</table>{_where(report)}"


def _kind(kind: ErrorKind) -> str:
    examples = "".join(f"<p>{escape(one)}</p>" for one in kind.told())
    return f'<tr><td>{escape(kind.name)}</td><td class="number">{kind.count:,}</td><td>{examples}</td></tr>'


def _where(report: Report) -> str:
    if report.dead_letters is None or not (report.failed or report.unknown):
        return ""
    return f'<p class="soft">The rows that were not written are in {escape(report.dead_letters)}.</p>'

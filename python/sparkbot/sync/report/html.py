"""A report as HTML: a standalone page, and a summary for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sparkbot.batch.latency import PERCENTILES, format_milliseconds
from sparkbot.batch.progress import format_duration
from sparkbot.sync.report import svg
from sparkbot.sync.report.estimate import estimate_calls

if TYPE_CHECKING:
    from sparkbot.sync.report.report import Report

# Blue and orange are distinguishable with every common type of color blindness.
_STYLE = """
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1d2430; --soft: #667085; --rule: #e3e7ee;
  --ok: #3b78d8; --skipped: #a3adbd; --failed: #d9541e; --unknown: #e3b11b; --throttled: #8b5cf6; }
@media (prefers-color-scheme: dark) { :root { --page: #12161d; --card: #1b212b; --text: #e6eaf0; --soft: #98a2b3; --rule: #2d3542;
  --ok: #5b95f0; --skipped: #667084; --failed: #f07a46; --unknown: #f0c545; --throttled: #a78bfa; } }
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
.throttled { fill: var(--throttled) }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; padding: 0; margin: .8rem 0 0 }
ul.legend svg { display: inline-block; width: 11px; height: 11px; margin-right: .4rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0;
  border-top: 1px solid var(--rule) } td { overflow-wrap: anywhere }
th { color: var(--soft); font-weight: 500; border: 0; white-space: nowrap }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } th.number { text-align: right }
"""
# Notebooks align cells to the right, which suits numbers but not sentences.
_LEFT = ' style="text-align: left"'


def render_page(report: Report) -> str:
    """The report as a page that loads nothing."""
    title = f"{'Dry run' if report.dry_run else 'Sync'} of {report.rows:,} rows"
    parts = [
        f'<h1>{escape(title)}</h1><p class="soft">{escape(_subtitle(report))}</p>',
        _tiles(report),
        _section("Outcomes", svg.outcomes({str(status): count for status, count in report.counts.items()}) + _legend(report)),
        _section("Rows per second", svg.throughput(report.timeline.intervals()) + _throttling(report)),
        _section("Response times", svg.latencies(report.latency)),
        _section("Errors", _errors(report)),
    ]
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    # If escaping ever failed, the browser would still run and load nothing.
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    head = f"<head>{meta}{policy}<title>{escape(title)}</title><style>{_STYLE}</style></head>"
    body = "\n".join(part for part in parts if part)
    return f'<!doctype html>\n<html lang="en">{head}\n<body><main>\n{body}\n</main></body></html>\n'


def render_summary(report: Report) -> str:
    """The counts and types of errors, for a notebook."""
    lines = [(str(status), f"{count:,}", "") for status, count in report.counts.items()]
    lines += [(kind.name, f"{kind.count:,}", kind.examples[0]) for kind in report.errors_by_type.values()]
    cells = "".join("<tr>" + "".join(f"<td{_LEFT}>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines)
    texts = [f"{report}{' (dry run: nothing was sent)' if report.dry_run else ''}"]
    texts += [f"Response times: {report.latency}"] if report.latency.count else []
    texts += [f"Throttled: {'; '.join(report.throttling_reasons)}"] if report.throttling_reasons else []
    table = f"<table><tr><th></th><th{_LEFT}>rows</th><th{_LEFT}>first</th></tr>{cells}</table>"
    return "".join(f"<p>{escape(text)}</p>" for text in texts) + table


def _subtitle(report: Report) -> str:
    begun = f"{report.begun:%Y-%m-%d %H:%M} UTC"
    if report.dry_run:
        return f"{begun} · nothing was sent; the run takes {estimate_calls(report)}"
    parts = [begun, f"through {report.device}" if report.device else ""]
    parts += [f"{report.resumed:,} rows were done by an earlier run" if report.resumed else ""]
    parts += [f"{report.removed:,} contacts left the input" if report.removed else ""]
    parts += [] if report.sample is None else ["written in bulk, {:,} rows read back, {:,} of them held".format(*report.sample)]
    parts += [f"stopped: {report.not_begun:,} more rows were not started" if report.not_begun else ""]
    return " · ".join(part for part in (*parts, *report.phone_notes) if part)


def _tiles(report: Report) -> str:
    tiles = {"rows": f"{report.rows:,}", "calls": f"{report.calls:,}", "took": format_duration(report.elapsed)}
    if not report.dry_run:
        tiles |= {"rows per second": f"{report.rows_per_second:,.1f}", "calls per second": f"{report.mean_calls_per_second:,.1f}"}
    if report.latency.count:
        times = {f"{name} response": report.latency.percentile(q) for name, q in PERCENTILES.items()}
        times["slowest response"] = report.latency.max
        tiles |= {name: format_milliseconds(seconds) for name, seconds in times.items()}
    inner = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in tiles.items())
    return f'<dl class="tiles">{inner}</dl>'


def _section(title: str, inner: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inner}</section>" if inner else ""


def _legend(report: Report) -> str:
    total = report.rows or 1
    labels = {"unknown": "unknown (may have been written)"} | ({"ok": "would be written"} if report.dry_run else {})
    items = (
        f"<li>{_swatch(status)}{escape(labels.get(status, status))} <b>{count:,}</b> "
        f'<span class="soft">{100 * count / total:.1f} %</span></li>'
        for status, count in report.counts.items()
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


def _swatch(css_class: str) -> str:
    return f'<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="{css_class}" width="10" height="10" rx="2"/></svg>'


def _throttling(report: Report) -> str:
    if report.dry_run:
        return ""
    reasons = report.throttling_reasons or ["nothing: neither a limit nor the service slowed the run down"]
    throttled = f"<li>{_swatch('throttled')}<b>Throttled by</b> {escape('; '.join(reasons))}</li>"
    line = '<svg viewBox="0 0 10 10" aria-hidden="true"><path class="calls" d="M0 5H10"/></svg>'
    note = "calls per second; outcomes keep the order of the rows, so they may come later"
    return f'<ul class="legend">{throttled}<li>{line}{note}</li></ul>'


def _errors(report: Report) -> str:
    if not report.errors_by_type:
        return ""
    lines = ""
    for kind in sorted(report.errors_by_type.values(), key=lambda kind: -kind.count):
        examples = "".join(f"<p>{escape(example)}</p>" for example in kind.examples)
        lines += f'<tr><td>{escape(kind.name)}</td><td class="number">{kind.count:,}</td><td>{examples}</td></tr>'
    head = '<tr><th>error</th><th class="number">rows</th><th>examples, with contacts and values redacted</th></tr>'
    path = report.dead_letters
    note = f'<p class="soft">The rows that were not written are in {escape(path)}.</p>' if path else ""
    return f"<table>{head}{lines}</table>{note}"

"""Contacts by their metadata, with a chart to select from. It needs no account.

pip install "sparkbot[arrow]" marimo altair duckdb && marimo edit explore_contacts.py
"""

import marimo

app = marimo.App(width="medium", app_title="Contacts by their metadata")


@app.cell
def _():
    import altair as alt
    import duckdb
    import marimo as mo

    import sparkbot

    return alt, duckdb, mo, sparkbot


@app.cell
def _(mo):
    mo.md(
        """
        # Contacts by their metadata

        This notebook reads the contacts of a number as Arrow data, groups them with DuckDB, and shows
        them in a chart. Select bars, and the table shows their contacts. Then write a note onto them:
        nothing is sent before the button is pressed, although cells run whenever something above them
        changes.
        """
    )
    return


@app.cell
def _(sparkbot):
    # A local server. For your account: `client = sparkbot.Client(key, base_url="https://HOST/v1")`.
    sandbox = sparkbot.Sandbox().start()
    client = sandbox.client()
    device = client.devices.find("Support")["id"]
    return client, device, sandbox


@app.cell
def _(client, device, mo, sparkbot):
    people = sparkbot.export_contacts(client, device, library="arrow")
    metadata = [name for name in people.column_names if not name.startswith("sparkbot_")]
    key = mo.ui.dropdown(metadata, value="tier", label="Group by")
    return key, people


@app.cell
def _(duckdb, key, people):
    labeled = duckdb.sql(f"""
        SELECT sparkbot_wid AS wid, sparkbot_name AS name, coalesce("{key.value}", 'none') AS value
        FROM people
    """).to_arrow_table()
    groups = duckdb.sql(
        "SELECT value, count(*) AS contacts FROM labeled GROUP BY value"
    ).to_arrow_table()
    return groups, labeled


@app.cell
def _(alt, groups, key, labeled, mo):
    bars = (
        alt.Chart(groups)
        .mark_bar()
        .encode(
            x=alt.X("contacts:Q", title="contacts"),
            y=alt.Y("value:N", sort="-x", title=key.value),
            tooltip=["value:N", "contacts:Q"],
        )
        .properties(width=560, height=180)
    )
    chart = mo.ui.altair_chart(bars)
    mo.vstack([mo.md(f"**{labeled.num_rows} contacts**"), key, chart])
    return (chart,)


@app.cell
def _(chart, duckdb, groups, labeled):
    # Without a selection, all contacts.
    picked = chart.value if chart.value.num_rows else groups
    selected = duckdb.sql("SELECT * FROM labeled SEMI JOIN picked USING (value)").to_arrow_table()
    selected
    return picked, selected


@app.cell
def _(mo, selected):
    note = mo.ui.text("spring campaign", label="note")
    send = mo.ui.run_button(label=f"Write it onto {selected.num_rows} contacts")
    mo.hstack([note, send], justify="start")
    return note, send


@app.cell
def _(send):
    confirmed = send.value
    return (confirmed,)


@app.cell
def _(client, confirmed, device, mo, note, selected, sparkbot):
    mo.stop(not confirmed, mo.md("Nothing was sent."))
    rows = [{"wid": wid, "note": note.value} for wid in selected["wid"].to_pylist()]
    report = sparkbot.sync_metadata(client, device, rows, progress="off").raise_for_failures()
    report
    return (report,)


if __name__ == "__main__":
    app.run()

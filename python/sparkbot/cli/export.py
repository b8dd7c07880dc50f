"""`sparkbot export`: writes contacts with their metadata to a file."""

from __future__ import annotations

import click

from sparkbot.cli.streams import print_json


@click.command()
@click.argument("device")
@click.option("--out", required=True, metavar="FILE", help="File to write: FILE.csv, FILE.jsonl or FILE.parquet.")
@click.option("--metadata", "keys", multiple=True, help="Metadata key to write; all by default. Repeatable.")
@click.option("--label", "labels", multiple=True, help="Only contacts with this label. Repeatable.")
@click.option("--spreadsheet", is_flag=True, help="Put ' before cells of a CSV file that a spreadsheet would read as a formula.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--base-url", help="Base URL of the service; SPARKBOT_BASE_URL if omitted.")
def export(
    device: str,
    out: str,
    keys: tuple[str, ...],
    labels: tuple[str, ...],
    spreadsheet: bool,
    as_json: bool,
    base_url: str | None,
) -> int:
    """Write the contacts of DEVICE (id, phone number or alias), with their metadata, to a file.

    `sparkbot sync` can read the file; syncing it unchanged changes nothing. FILE is replaced when the new one is complete; an
    interrupted export leaves it unchanged.
    """
    from sparkbot import Client, export_contacts

    try:
        with Client(base_url=base_url) as client:
            result = export_contacts(
                client,
                device,
                out,
                keys=keys or None,
                filters={"labels": list(labels)} if labels else None,
                spreadsheet=spreadsheet,
                progress="bar",
            )
    except KeyboardInterrupt:
        click.echo("Interrupted: nothing was written.", err=True)
        return 130
    if as_json:
        print_json(result.to_dict())
    else:
        click.echo(str(result))
    return 0

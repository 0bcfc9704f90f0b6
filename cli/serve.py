"""`rhrt serve`: rhrt as a service, for forms and for pages."""

from __future__ import annotations

from pathlib import Path

import click

from rhrt.faults import BadInput, Fault
from rhrt.rulebook.load import load_rulebook


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port.")
@click.option("--rulebook", "names", multiple=True, metavar="ID|PATH", help="A rulebook. Can be given again.")
@click.option("--origin", "origins", multiple=True, metavar="https://…", help="A site whose pages may ask.")
@click.option("--key-file", type=click.Path(path_type=Path), help="A file with the key that callers must send.")
@click.option("--root-path", default="", metavar="/PATH", help="The path that a reverse proxy gives it.")
@click.option("--demonstration", is_flag=True, help="Also serve a mock referral form.")
@click.option("--govuk", type=click.Path(path_type=Path), help="The folder that rhrt govuk filled.")
def command(
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    key_file: Path | None,
    root_path: str,
    demonstration: bool,
    govuk: Path | None,
) -> None:
    """Answer over HTTP. Nothing is stored, and nothing that is sent is logged."""
    try:
        import uvicorn

        from rhrt.web.application import application
        from rhrt.web.settings import Settings
    except ModuleNotFoundError as missing:
        remedy = "Install it: pip install 'rhrt[web]'."
        raise BadInput([Fault("rhrt serve", f"This needs {missing.name}, which is not here.", remedy)]) from None
    settings = Settings(
        rulebooks=tuple(load_rulebook(name) for name in names or (None,)),
        origins=origins,
        key=key_file.read_text(encoding="utf-8").strip() if key_file else None,
        root_path=root_path,
        demonstration=demonstration,
        govuk=govuk,
    )
    click.echo(f"Open http://{host}:{port}{root_path}/check in a browser. To stop: Ctrl-C.")
    uvicorn.run(application(settings), host=host, port=port, access_log=False, server_header=False, ws="none")

"""`rhrt serve`: rhrt as a service, for forms and for pages."""

import gc
import re
import socket
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path

import click
from rhrt_cli.options import FileName, folder_of, need

from rhrt.faults import BadInput, Fault
from rhrt.files import decode, read_bytes
from rhrt.rulebook.load import load_rulebook
from rhrt.rulebook.model import Rulebook
from rhrt.search.meaning import meaning
from rhrt.web.settings import Settings

SHORTEST_KEY = 16
"""How many characters a key has at least."""

_PAGES_SEND_NO_KEY = (
    "Warning: --origin and --key-file are given together. Pages in a browser will not be answered, for they cannot "
    "send the key: the prompt shows no suggestion. Leave out --key-file. Or let your own server pass on what pages "
    "ask, with the key, and name that server in the prompt's endpoint."
)
_NO_PROXY = (
    "Warning: other machines can reach this service at {}. It does not encrypt, and does not limit how often one "
    "may ask. Let a proxy do both, and name its path with --root-path. Without --host, only this machine can ask."
)
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
_ROOT_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")
_KEY = re.compile(rf"[!-~]{{{SHORTEST_KEY},}}")


@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0: any.")
@click.option("--rulebook", "names", multiple=True, metavar="ID|PATH", help="A rulebook. Can be given again.")
@click.option("--origin", "origins", multiple=True, metavar="SITE", help="A site whose pages may ask.")
@click.option("--key-file", type=FileName(), metavar="FILE", help="A file with the key of the API.")
@click.option("--root-path", default="", metavar="/PATH", help="The path under which a reverse proxy puts it.")
@click.option("--demonstration", is_flag=True, help="Also serve a mock referral form, to try it with.")
@click.option("--govuk", type=FileName(), metavar="FOLDER", help="The folder that `rhrt govuk` filled.")
def command(
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    key_file: str | None,
    root_path: str,
    demonstration: bool,
    govuk: str | None,
) -> None:
    """Answer over HTTP, for forms and for pages.

    Nothing is stored, and nothing that is sent is logged. The first rulebook given is the default.
    """
    need("rhrt serve", "web", "uvicorn", "rhrt.web.application")
    fill = "Fill one: rhrt govuk FOLDER."
    settings = Settings(
        rulebooks=_rulebooks(names or (None,)),
        origins=tuple(
            _fitting(_ORIGIN, one, "--origin", "Write it as https://forms.example.org.") for one in origins
        ),
        key=_key(key_file) if key_file else None,
        root_path=_fitting(_ROOT_PATH, root_path, "--root-path", "Write it as /rhrt, without a slash at its end."),
        demonstration=demonstration,
        govuk=folder_of(govuk, Fault("--govuk", f"There is no folder '{govuk[:200]}'.", fill)) if govuk else None,
        by_meaning=meaning(),
    )
    with _listening(host, port) as listener:
        for warning in _warnings(settings, listener.getsockname()[0]):
            click.echo(warning, err=True)
        _serve(settings, listener)


def _serve(settings: Settings, listener: socket.socket) -> None:
    """Answer until somebody stops it. What is under way then may end."""
    from rhrt.web.application import application
    from rhrt.web.connections import server

    serving = server(application(settings))
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Open http://{shown}:{port}{settings.root_path}/check in a browser. To stop: Ctrl-C.")
    gc.freeze()  # what was made so far stays: to look through all of it again and again costs 50 ms each time
    gc.enable()  # a command that lives for a moment does without; this one does not
    try:
        serving.run(sockets=[listener])
    except KeyboardInterrupt:
        click.echo("Stopped.")


def _warnings(settings: Settings, address: str) -> Iterator[str]:
    """Give what is allowed and is seldom meant."""
    if settings.origins and settings.key:
        yield _PAGES_SEND_NO_KEY
    if not (settings.root_path or ip_address(address.partition("%")[0]).is_loopback):
        yield _NO_PROXY.format(address)


def _rulebooks(names: Sequence[str | None]) -> tuple[Rulebook, ...]:
    loaded: dict[str, Rulebook] = {}
    for name in names:
        rulebook = load_rulebook(name)
        if rulebook.id in loaded:
            what = f"There are two rulebooks with the id '{rulebook.id}'."
            raise BadInput([Fault("--rulebook", what, "Leave one out, or give it another id.")])
        loaded[rulebook.id] = rulebook
    return tuple(loaded.values())


def _fitting(pattern: re.Pattern[str], given: str, option: str, remedy: str) -> str:
    if pattern.fullmatch(given):
        return given
    raise BadInput([Fault(option, f"'{given[:80]}' cannot be used here.", remedy)])


def _key(file: str) -> str:
    key = decode(file, read_bytes(Path(file), pipes=True)).strip()
    if _KEY.fullmatch(key):
        return key
    what = f"A key has {SHORTEST_KEY} characters or more: letters, digits and signs, without spaces."
    raise BadInput([Fault(file, what, "Make one: openssl rand -hex 32.")])


def _listening(host: str, port: int) -> socket.socket:
    """Listen at an address. Raises BadInput where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "the address cannot be used"
        what = f"Port {port} of {host[:80]} is not free for it: {why}."
        remedy = "Choose another with --port, or stop what uses it."
        raise BadInput([Fault("rhrt serve", what, remedy)]) from None
    # asyncio does this only for sockets it made itself; without it an answer can wait 40 ms for the network.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener

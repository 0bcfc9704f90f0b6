"""What a command writes: forms for machines and pages as UTF-8 wherever they go, and words in any encoding.

And where it cannot be written, on a full disk or to a pipe that is closed, that is said in a sentence.
"""

import codecs
import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from traceback import walk_tb
from typing import IO, Any

import click

from rhrt.faults import BadInput, Fault

PLAIN = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "•": "*",
    "→": "->",
    "£": "GBP ",
}
"""What is written where an encoding lacks a sign. Letters lose their accents; anything else is a question mark."""

_PLAINLY = "rhrt-plainly"
_ASCII = "rhrt-ascii"
_FULL = {errno.ENOSPC, errno.EDQUOT}


def write(text: str, form: str = "text", *, err: bool = False) -> None:
    """Write an answer: as text for people to read, and in any other form as UTF-8, to the byte."""
    if form == "text":
        click.echo(text, nl=False, err=err)
    else:  # to what lies under the stream of text, which would put the mark of its own encoding first
        stream = sys.stderr if err else sys.stdout
        click.echo(text.encode("utf-8", "backslashreplace"), getattr(stream, "buffer", None), nl=False, err=err)


def as_json(document: Any) -> str:
    """Write what machines read, ending in a line break."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def say(text: str) -> None:
    """Say something beside the answer. Where that cannot be written either, the exit code alone must say it."""
    try:
        click.echo(text, err=True)
    except OSError:
        _let_go()


def prepare() -> None:
    """Let no character stop what is printed, and read what is sent to standard input as UTF-8 in any locale."""
    if sys.stdin is None:
        sys.stdin = _closed(os.O_WRONLY, "r")
    if sys.stdout is None:
        sys.stdout = _closed(os.O_RDONLY, "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            ascii_ = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=_ASCII if ascii_ else None, errors=_PLAINLY)
    if isinstance(sys.stdin, TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")


def _closed(way: int, mode: str) -> IO[Any]:
    """Give what stands for a stream that was closed before we began: it has its number, and fails when used."""
    return os.fdopen(os.open(os.devnull, way), mode, encoding="utf-8")


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of writing into a sentence, and one of reading an answer into no answer. Leave any other."""
    try:
        yield
    except OSError as error:
        at = {frame.f_code for frame, _ in walk_tb(error.__traceback__)}
        if click.echo.__code__ in at:
            _let_go()
            fault = Fault("standard output", *_why(error))
        elif error.errno in _FULL:
            what = f"A file could not be written: {error.strerror}."
            fault = Fault(str(error.filename or "rhrt"), what, "Make room, then try again.")
        elif click.prompt.__code__ in at:
            raise click.Abort from None
        else:
            raise
    else:
        return
    raise BadInput([fault])


def _why(error: OSError) -> tuple[str, str]:
    if error.errno == errno.EPIPE:
        what = "Not all of it was written, because what reads it has stopped."
        return what, "To see all of it, read it to its end or send it to a file."
    if error.errno == errno.EBADF:
        return "It is closed, so nothing could be written.", "Send it to a terminal or a file."
    return f"Not all of it could be written: {error.strerror}.", "Make room, or send it elsewhere."


def _let_go() -> None:
    """Forget what cannot be written. Python would try again at its end, fail, and say so at length."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # what was closed before we began is none
        try:
            stream.flush()
        except OSError:
            with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - it is no path
                os.dup2(nowhere.fileno(), stream.fileno())


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Give plain words for what an encoding cannot write, and an escape for half a character. For `codecs`."""
    from unicodedata import normalize  # only where something is lacking

    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    plain = [
        ascii(one)[1:-1]
        if "\ud800" <= one <= "\udfff"
        else PLAIN.get(one) or normalize("NFKD", one).encode("ascii", "ignore").decode() or "?"
        for one in lacking
    ]
    return "".join(plain), error.end


def _ascii(name: str) -> codecs.CodecInfo | None:
    """Give ASCII by a name of ours, for `codecs`. By its own click takes it for a mistake, and writes UTF-8."""
    if name.replace("_", "-") != _ASCII:
        return None
    own = codecs.lookup("ascii")
    coders = (own.streamreader, own.streamwriter, own.incrementalencoder, own.incrementaldecoder)
    return codecs.CodecInfo(own.encode, own.decode, *coders, name=_ASCII)


codecs.register(_ascii)
codecs.register_error(_PLAINLY, _plainly)

"""How the service answers: a document as JSON, a page that is filled in, a file as it was written."""

import mimetypes
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic_core import to_json

CACHING = "public, max-age=300"


def answer(document: Any) -> Response:
    """Answer with a document as JSON."""
    return Response(to_json(document), media_type="application/json")


def add_files(router: APIRouter, folder: Path, names: tuple[str, ...], below: str = "/") -> None:
    """Serve files of a folder below a path."""
    for name in names:
        _add_file(router, folder / name, below + name)


def templates(folder: Path) -> Environment:
    """Give the templates of a folder. What is filled in is escaped, and a gap is an error."""
    loader = FileSystemLoader(folder)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def page(html: str) -> Response:
    """Answer with a page. It is never kept: it may show what somebody typed."""
    return Response(html, media_type="text/html", headers={"Cache-Control": "no-store"})


def _add_file(router: APIRouter, file: Path, path: str) -> None:
    content = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0]

    @router.get(path)
    async def written() -> Response:
        """Give the file."""
        return Response(content, media_type=kind, headers={"Cache-Control": CACHING})

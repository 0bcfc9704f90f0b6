"""GOV.UK Frontend as published: which version, how it is known to be that, and what is taken from it.

Its typeface and the crown are for services of central government alone, so neither is taken.
"""

import io
import re
import tarfile
from base64 import b64encode
from hashlib import sha512

from rhrt.faults import BadInput, Fault

PACKAGE, VERSION = "govuk-frontend", "6.3.0"
"""The package, at the version that the macros of govuk-frontend-jinja 4.1 are for."""

INTEGRITY = "sha512-cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA=="
"""The hash of its archive, as npm gives it."""

STYLES, SCRIPT = f"{PACKAGE}-{VERSION}.min.css", f"{PACKAGE}-{VERSION}.min.js"
FILES = (STYLES, SCRIPT)
"""What is taken, by the names under which it is kept and served."""

_FOLDER = "package/dist/govuk/"


def taken_from(archive: bytes, integrity: str = INTEGRITY) -> dict[str, bytes]:
    """Take the styles and the script out of the archive. Raises BadInput where it is not the one expected."""
    found = f"sha512-{b64encode(sha512(archive).digest()).decode()}"
    if found != integrity:
        what = f"This is not {PACKAGE} {VERSION} as published: its hash is {found}."
        raise BadInput([Fault(PACKAGE, what, "Do not use it. Look at where npm fetches packages from.")])
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as opened:
        styles = _member(opened, f"{PACKAGE}.min.css")
        script = _member(opened, f"{PACKAGE}.min.js")
    return {STYLES: _without_brand(styles).encode(), SCRIPT: _without_map(script).encode()}


def _member(archive: tarfile.TarFile, name: str) -> str:
    member = archive.extractfile(_FOLDER + name)
    assert member is not None  # noqa: S101 - the archive is the one expected, so it holds this file
    return member.read().decode()


def _without_brand(styles: str) -> str:
    """Leave out the typeface and whatever asks for a picture: the crest."""
    styles = re.sub(r"@font-face\{[^}]*\}", "", styles)
    styles = styles.replace("GDS Transport,arial,sans-serif", "Arial,Helvetica,sans-serif")
    styles = re.sub(r"(?<=[{;])[a-z-]+:url\([^)]*\)[^;}]*;?", "", styles)
    return _without_map(styles)


def _without_map(text: str) -> str:
    return re.sub(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)\s*$", "", text)

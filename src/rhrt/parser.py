"""The parser of YAML that files are read with: libyaml, or PyYAML's own where it was installed without libyaml.

PyYAML's own takes about ten times as long. Where it reads otherwise than libyaml, it is set right here.
"""

from __future__ import annotations

import re

import yaml
from yaml.scanner import ScannerError

_NO_CHARACTER = re.compile(r"d[89a-f]..|0000d[89a-f]..|(?!00(0|10))........", re.IGNORECASE)
"""The digits of an escape that stands for half a character or for none."""


class Slower(yaml.SafeLoader):
    """PyYAML's own parser, with what libyaml has and it lacks."""

    def scan_to_next_token(self) -> None:
        """Pass over tabs between words, as over spaces."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_plain_spaces(self, indent: int, start_mark: yaml.Mark) -> list[str] | None:
        """Give what stands between two words without quotes: tabs are a part of it."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        between = super().prefix(length)
        if "\t" not in between:
            return super().scan_plain_spaces(indent, start_mark)
        self.forward(length)
        at_end = self.peek() in "\r\n\x85\u2028\u2029"
        return super().scan_plain_spaces(indent, start_mark) if at_end else [between]

    def prefix(self, length: int = 1) -> str:
        """Give the next characters. Raises ScannerError where they are an escape that stands for no character."""
        found = str(super().prefix(length))
        escaped = self.buffer[max(self.pointer - 2, 0) : self.pointer], length
        if escaped in {("\\u", 4), ("\\U", 8)} and _NO_CHARACTER.fullmatch(found):
            raise ScannerError(None, None, "found an escape that stands for no character", self.get_mark())
        return found


PARSER: type[yaml.CSafeLoader | Slower] = getattr(yaml, "CSafeLoader", Slower)
"""The faster one that there is."""

"""One person's answers (Rückmeldung), and the plain bytes that go into a box."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.items import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1


@dataclass(frozen=True, slots=True)
class Response:
    """Answers by key: an item's code, or session code, ``--`` and item code."""

    answers: Mapping[str, Answer]

    def encode(self) -> bytes:
        """Codes and values in a fixed order; no language, no wording, no client; a version byte first."""
        rows = [[key, list(a.choices), a.text] for key, a in sorted(self.answers.items())]
        return (
            bytes([VERSION]) + json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
        )


SentRow = tuple[str, Sequence[str], str]
"""Key, choices and text of one answer."""


def decode_response(plain: bytes) -> Response:
    """The response that `encode` made; ValueError if it is not one."""
    return Response(
        {key: Answer(tuple(choices), text) for key, choices, text in decode_rows(plain)}
    )


def decode_rows(plain: bytes) -> list[SentRow]:
    """The answers of a response that `encode` made, one after the other; ValueError if it is not one."""
    if plain[:1] != bytes([VERSION]):
        msg = "unknown version of a response"
        raise ValueError(msg)
    rows: list[SentRow] = json.loads(plain[1:])
    return rows

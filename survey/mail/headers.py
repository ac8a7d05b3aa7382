"""Headers as mails need them: long links whole, and thousands of mails a minute."""

from __future__ import annotations

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from email.policy import EmailPolicy, Policy

KEPT_ON_ONE_LINE = (
    "auto-submitted",
    "content-language",
    "date",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "message-id",
    "mime-version",
    "x-auto-response-suppress",
)
"""Short ASCII of our own making, and links, which folding would write as encoded words that open nothing."""


class _OneLine(UnstructuredHeader):
    """A header that stays as it is. The policy refuses line breaks before anything comes here."""

    name: str
    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Nothing to find out."""
        kwds["parse_tree"] = kwds["decoded"] = value

    def fold(self, *, policy: Policy) -> str:
        """The header as it was given."""
        return f"{self.name}: {self}{policy.linesep}"


class _Headers(HeaderRegistry):
    """The standard library makes a new class for every header of every mail; here each is made once."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        key = name.lower()
        if key not in self._made:
            self._made[key] = super().__getitem__(key)
        return self._made[key]


def mail_policy() -> EmailPolicy[Any]:
    """How our mails are written: the SMTP policy with these headers."""
    headers = _Headers()
    for name in KEPT_ON_ONE_LINE:
        headers.map_to_type(name, _OneLine)  # type: ignore[arg-type]  # the registry adds the base class itself
    policy: EmailPolicy[Any] = SMTP.clone(header_factory=headers)
    return policy

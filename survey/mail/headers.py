"""Headers as mails need them: long links whole, and thousands of mails a minute."""

from __future__ import annotations

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import EmailPolicy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from email.policy import Policy

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

SHARED = frozenset({"from", "reply-to", "subject", "content-transfer-encoding"})
"""Headers that all mails of a campaign in one language share; nobody's address or link is among them."""


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

    def __call__(self, name: str, value: Any) -> BaseHeader:  # noqa: ANN401 -- the registry's own signature
        """The parsed header; what all mails of a campaign share is parsed once."""
        if name.lower() in SHARED and isinstance(value, str):
            return self._parsed(name, value)
        return super().__call__(name, value)

    @lru_cache(maxsize=64)  # noqa: B019 -- one registry lives as long as the process
    def _parsed(self, name: str, value: str) -> BaseHeader:
        return super().__call__(name, value)

    def __getitem__(self, name: str) -> type[BaseHeader]:
        key = name.lower()
        if key not in self._made:
            self._made[key] = super().__getitem__(key)
        return self._made[key]


class _MailPolicy(EmailPolicy):
    """Folds a header that many mails share once."""

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 -- the policy's own signature
        """The header as it leaves."""
        if name.lower() in SHARED and isinstance(value, BaseHeader):
            return _folded(self, name, value)
        return super().fold_binary(name, value)


@lru_cache(maxsize=64)
def _folded(policy: _MailPolicy, name: str, value: Any) -> bytes:  # noqa: ANN401 -- a header of any class
    return EmailPolicy.fold_binary(policy, name, value)


def mail_policy() -> EmailPolicy[Any]:
    """How our mails are written: the SMTP policy with these headers."""
    headers = _Headers()
    for name in KEPT_ON_ONE_LINE:
        headers.map_to_type(name, _OneLine)  # type: ignore[arg-type]  # the registry adds the base class itself
    return _MailPolicy(max_line_length=78, linesep="\r\n", header_factory=headers)

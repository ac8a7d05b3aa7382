"""What the receiving mail server wrote about a mail: Authentication-Results (RFC 8601) and the way it came (Received).

Everything here reads hostile text: lengths are limited, nothing is searched twice, and what does not follow the grammar
is no result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from email.message import Message

LONGEST_HEADER = 8000
MOST_HEADERS = 50
_HEADER = "authentication-results"
_TOKEN = re.compile(r'"(?:[^"\\\r\n]|\\.)*"|[^\s;()="]+|[;=]')
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_WITH = re.compile(r"(?<=\swith\s)[A-Za-z0-9]{3,20}(?=[\s;])")
_PROTECTED = frozenset({"ESMTPS", "ESMTPSA", "UTF8SMTPS", "UTF8SMTPSA", "LMTPS", "LMTPSA"})
_OPEN = frozenset({"SMTP", "ESMTP", "ESMTPA", "UTF8SMTP", "UTF8SMTPA"})
_OWN_MACHINE = re.compile(r"^from\s+(?:localhost|\S*\s*\(.{0,200}\[(?:127\.|IPv6:::1))", re.DOTALL)


class Verdict(StrEnum):
    """What became of one test."""

    PASSED = "passed"
    FAILED = "failed"
    MISSING = "missing"
    """The receiving server says nothing of it."""


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result: ``dkim=pass header.d=example.org``."""

    method: str
    value: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Authentication:
    """One Authentication-Results header."""

    server: str
    """Who wrote it (authserv-id)."""
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the way of one mail tells about all others."""

    dkim: Verdict
    spf: Verdict
    dmarc: Verdict
    tls: Verdict

    @property
    def has_passed(self) -> bool:
        """True if every test passed."""
        return {self.dkim, self.spf, self.dmarc, self.tls} == {Verdict.PASSED}


def read_header(text: str) -> Authentication | None:
    """The header's content; None if it does not follow the grammar."""
    plain = _without_comments(text[: LONGEST_HEADER + 1])
    if plain is None or len(text) > LONGEST_HEADER:
        return None
    first, *parts = _split(plain)
    if not first or not _NAME.fullmatch(first[0]) or len(first) > 2:  # noqa: PLR2004 -- name and version
        return None
    found: list[Result] = []
    for part in parts:
        if part in ([], ["none"]):
            continue
        result = _result(part)
        if result is None:
            return None
        found.append(result)
    return Authentication(first[0].casefold(), tuple(found))


def findings(message: Message, *, domain: str, servers: frozenset[str]) -> Findings:
    """What the receiving server found; `domain` is the sender's, `servers` whom to believe: if empty, the last one."""
    results = [r for one in _believed(message, servers) for r in one.results]
    return Findings(
        dkim=_verdict([r for r in results if r.method == "dkim"], domain, ("header.d", "header.i")),
        spf=_verdict([r for r in results if r.method == "spf"], domain, ()),
        dmarc=_verdict([r for r in results if r.method == "dmarc"], domain, ("header.from",)),
        tls=_tls(message),
    )


def _believed(message: Message, servers: frozenset[str]) -> Iterator[Authentication]:
    """Headers of the receiving server: the sender can write some too, but they lie below the last server's stamp."""
    received = 0
    for name, value in message.items()[: MOST_HEADERS * 4]:
        if name.casefold() == "received":
            received += 1
        elif name.casefold() == _HEADER:
            read = read_header(str(value))
            if read is None:
                continue
            if read.server in servers if servers else received <= 1:
                yield read


def _verdict(results: Sequence[Result], domain: str, names: tuple[str, ...]) -> Verdict:
    told = [r for r in results if r.value not in {"none", "neutral"}]
    if not told:
        return Verdict.MISSING
    if any(r.value == "pass" and _is_aligned(r, domain, names) for r in told):
        return Verdict.PASSED
    return Verdict.FAILED


def _is_aligned(result: Result, domain: str, names: tuple[str, ...]) -> bool:
    """Whether the result is about the sender's own domain, or one above or below it."""
    told = [result.properties[name] for name in names if name in result.properties]
    if not names or not told:
        return not names
    ours = domain.casefold()
    return any(
        ours == theirs or ours.endswith(f".{theirs}") or theirs.endswith(f".{ours}")
        for theirs in (value.casefold().rpartition("@")[2] for value in told)
        if "." in theirs
    )


def _tls(message: Message) -> Verdict:
    """Whether every way between two machines was protected."""
    kinds: list[str] = []
    for value in (message.get_all("Received") or [])[:MOST_HEADERS]:
        text = str(value)[:LONGEST_HEADER]
        found = _WITH.search(text)
        if found is None or _OWN_MACHINE.match(text.strip()):
            continue
        kinds.append(found[0].upper())
    told = [kind for kind in kinds if kind in _PROTECTED | _OPEN]
    if not told:
        return Verdict.MISSING
    return Verdict.PASSED if all(kind in _PROTECTED for kind in told) else Verdict.FAILED


def _without_comments(text: str) -> str | None:
    """The text without what stands in parentheses; None if they do not close."""
    kept: list[str] = []
    depth = 0
    is_quoted = is_escaped = False
    for character in text:
        if is_escaped:
            is_escaped = False
        elif character == "\\" and (is_quoted or depth):
            is_escaped = True
        elif character == '"' and not depth:
            is_quoted = not is_quoted
        elif character == "(" and not is_quoted:
            depth += 1
            kept.append(" ")
        elif character == ")" and not is_quoted:
            depth -= 1
            if depth < 0:
                return None
            continue
        if not depth:
            kept.append(character)
    return None if depth or is_quoted else "".join(kept)


def _split(plain: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for found in _TOKEN.finditer(plain):
        word = found[0]
        if word == ";":
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _result(part: list[str]) -> Result | None:
    """``dkim = pass reason = "…" header.d = example.org``."""
    pairs: list[tuple[str, str]] = []
    tokens = iter(part)
    for name in tokens:
        if next(tokens, "") != "=":
            return None
        value = next(tokens, "")
        if not value or value == "=" or not _NAME.match(name):
            return None
        pairs.append((name.casefold(), value.strip('"')))
    if not pairs:
        return None
    (method, value), *rest = pairs
    return Result(method.partition("/")[0], value.casefold(), dict(rest))

"""The attacks: what an onlooker has got hold of goes in, people linked to what they answered come out.

Controls run the very same functions where they must succeed.
"""

from __future__ import annotations

import base64
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from survey.auditing.canaries import people_in, sightings
from survey.auditing.derived_keys import codes_from, keys_from, materials
from survey.auditing.guessing import guesses_by_length
from survey.errors import KeyMissing
from survey.model.response import decode_response
from survey.urn.keys import HOST_SECRET, KeyRing
from survey.urn.sealing import (
    BoxUnopenable,
    draft_slot,
    open_box,
    open_draft_box,
    public_key_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from survey.auditing.logging_proxy import Line

_ECHO = frozenset({200, 422})
_FOUND = 303
_PIECE = 48


def keys_in_mails(mails: Mapping[int, tuple[str, ...]], edition_id: str) -> frozenset[bytes]:
    """Every key that can be made from what all mails hold."""
    pieces = materials(text for texts in mails.values() for text in texts)
    return frozenset(key for piece in pieces for key in keys_from(piece, edition_id))


def codes_in_mails(mails: Mapping[int, tuple[str, ...]], edition_id: str) -> frozenset[bytes]:
    """Every code of a draft that can be made from what all mails hold."""
    pieces = materials(text for texts in mails.values() for text in texts)
    return frozenset(code for piece in pieces for code in codes_from(piece, edition_id))


def codes_in_log(lines: Iterable[str]) -> frozenset[bytes]:
    """Codes that stand in the paths of a log."""
    found = set()
    for line in lines:
        _, there, rest = line.partition("/weiter/")
        code = rest[:22].encode()
        if there and len(code) == 22:  # noqa: PLR2004 -- sixteen bytes in base64
            found.add(base64.urlsafe_b64decode(code + b"=="))
    return frozenset(found)


def opened_boxes(
    boxes: Mapping[int, tuple[str, bytes]],
    keys: Iterable[bytes],
    *,
    edition_id: str,
    public_key: bytes,
) -> frozenset[int]:
    """People whose answers come out of the box that is known to be theirs."""
    fitting = [key for key in keys if len(key) == len(public_key)]
    fitting = [key for key in fitting if public_key_of(key) == public_key]
    linked = set()
    for person, (slot, box) in boxes.items():
        for key in fitting:
            try:
                response = decode_response(open_box(key, edition_id, slot, box))
            except (BoxUnopenable, ValueError):
                continue
            if response.answers:
                linked.add(person)
    return frozenset(linked)


def opened_drafts(
    drafts: Mapping[str, bytes], codes: Iterable[bytes], *, edition_id: str
) -> frozenset[int]:
    """People whose draft one of the codes opens."""
    linked: set[int] = set()
    for code in codes:
        box = drafts.get(draft_slot(edition_id, code))
        if box is not None:
            linked |= people_in(open_draft_box(edition_id, code, box))
    return frozenset(linked)


def told_by_lengths(
    lengths: Mapping[int, int], written: Mapping[int, int], *, all_seen: Iterable[int]
) -> frozenset[int]:
    """People told by the lengths of what holds their answers; of two lengths the rarer one tells of people."""
    linked = set(guesses_by_length(lengths, written))
    if len(set(all_seen)) > 1:
        usual = Counter(lengths.values()).most_common(1)[0][0] if lengths else 0
        linked |= {person for person, length in lengths.items() if length != usual}
    return frozenset(linked)


def told_by_replies(
    lines: Sequence[Line], tokens: Mapping[int, str], written: Mapping[int, int]
) -> frozenset[int]:
    """People told by how long the service's replies are: pages with answers, errors, drafts, thanks."""
    person_of = {token: person for person, token in tokens.items()}
    kinds: dict[str, dict[int, int]] = defaultdict(dict)
    seen: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        parts = line.path.split("?")[0].split("/")
        if len(parts) < 3 or parts[1] != "f" or parts[2] not in person_of:  # noqa: PLR2004 -- "", f, token
            continue
        kind = _kind(line, parts[3:])
        if kind:
            kinds[kind][person_of[parts[2]]] = line.reply_bytes
            seen[kind].add(line.reply_bytes)
    return frozenset().union(
        *(told_by_lengths(kinds[kind], written, all_seen=seen[kind]) for kind in kinds)
    )


def _kind(line: Line, rest: Sequence[str]) -> str:
    """Pages that must look alike from outside; empty for pages that hold no answers."""
    is_form = not rest or rest[0] == "weiter"
    if line.status in _ECHO and is_form and (line.method == "POST" or rest):
        return "echo"
    if line.method == "POST" or rest:
        return f"{line.method} {'form' if is_form else rest[0]} {line.status}"
    return ""


def told_by_requests(
    lines: Sequence[Line], tokens: Mapping[int, str], written: Mapping[int, int]
) -> frozenset[int]:
    """People told by the length of what their browsers sent: the service cannot hide it."""
    sent: dict[int, int] = {}
    for person, token in tokens.items():
        lengths = [
            line.request_bytes
            for line in lines
            if line.status == _FOUND and line.path.startswith(f"/f/{token}")
        ]
        if lengths:
            sent[person] = lengths[-1]
    return guesses_by_length(sent, written)


def seconds_to_answer(lines: Sequence[Line], tokens: Mapping[int, str]) -> dict[int, float]:
    """How long the service took to store each person's answers."""
    return {
        person: line.seconds
        for person, token in tokens.items()
        for line in lines
        if line.status == _FOUND and line.path.startswith(f"/f/{token}")
    }


def tokens_in(contents: Iterable[bytes], tokens: Mapping[int, str]) -> frozenset[int]:
    """People whose link lies there, whole or only its secret, as it is written or as it is."""
    whole = b"\n".join(contents)
    secrets = {person: token.split(".")[1] for person, token in tokens.items()}
    return frozenset(
        person
        for person, secret in secrets.items()
        if secret.encode() in whole or base64.urlsafe_b64decode(secret + "==") in whole
    )


def boxes_left(contents: Iterable[bytes], boxes: Mapping[int, tuple[str, bytes]]) -> frozenset[int]:
    """People whose box lies there still, whole or in part."""
    whole = b"\n".join(contents)
    return frozenset(person for person, (_, box) in boxes.items() if box[:_PIECE] in whole)


def joined_rows(rows: Iterable[tuple[str, tuple[object, ...]]]) -> frozenset[int]:
    """People of whom two texts stand in one row."""
    linked: set[int] = set()
    for _, row in rows:
        content = b"\x1f".join(_bytes(value) for value in row)
        places = Counter(person for person, _ in sightings(content))
        linked |= {person for person, times in places.items() if times > 1}
    return frozenset(linked)


def keys_left(folders: Iterable[Path], edition_id: str, private_key: bytes) -> frozenset[bytes]:
    """Private keys that lie in the folders: wrapped beside a host's secret, or as they are, in any notation."""
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    found: set[bytes] = set()
    for path in files:
        if path.name != f"{edition_id}.key":
            continue
        for secret in (other for other in files if other.name == HOST_SECRET):
            try:
                found.add(KeyRing(path.parent, secret.parent).private_key(edition_id))
            except KeyMissing:
                continue
    notations = (private_key, private_key.hex().encode(), base64.b64encode(private_key)[:-1])
    if any(one in path.read_bytes() for path in files for one in notations):
        found.add(private_key)
    return frozenset(found)


def _bytes(value: object) -> bytes:
    match value:
        case bytes():
            return value
        case str():
            return value.encode()
        case _:
            return str(value).encode()

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
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from survey.auditing.canaries import Sighting
    from survey.auditing.logging_proxy import Line

    Rows = Iterable[tuple[str, tuple[object, ...]]]
    """Rows of tables, with the tables' names."""

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


def fitting(keys: Iterable[bytes], public_keys: frozenset[bytes]) -> frozenset[bytes]:
    """Those of the keys that belong to one of the public keys."""
    lengths = {len(key) for key in public_keys}
    return frozenset(k for k in keys if len(k) in lengths and public_key_of(k) in public_keys)


def opened_boxes(
    boxes: Mapping[int, tuple[str, bytes]],
    keys: Iterable[bytes],
    *,
    edition_id: str,
    public_key: bytes,
) -> frozenset[int]:
    """People whose answers come out of the box that is known to be theirs."""
    own = fitting(keys, frozenset({public_key}))
    linked = set()
    for person, (slot, box) in boxes.items():
        for key in own:
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
    seen = _replies(lines, tokens)
    return frozenset().union(
        *(
            told_by_lengths(dict(replies), written, all_seen=(length for _, length in replies))
            for replies in seen.values()
        )
    )


def people_replied_to(lines: Sequence[Line], tokens: Mapping[int, str]) -> frozenset[int]:
    """People to whom the service has sent pages that must look alike."""
    return frozenset(
        person for replies in _replies(lines, tokens).values() for person, _ in replies
    )


def _replies(lines: Sequence[Line], tokens: Mapping[int, str]) -> dict[str, list[tuple[int, int]]]:
    """By kind of page: to whom, and how long, in their order."""
    person_of = {token: person for person, token in tokens.items()}
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        parts = line.path.split("?")[0].split("/")
        if len(parts) < 3 or parts[1] != "f" or parts[2] not in person_of:  # noqa: PLR2004 -- "", f, token
            continue
        kind = _kind(line, parts[3:])
        if kind:
            seen[kind].append((person_of[parts[2]], line.reply_bytes))
    return seen


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


def boxes_left(
    contents: Iterable[bytes], boxes: Mapping[int, Sequence[tuple[str, bytes]]]
) -> frozenset[int]:
    """People of whom a box lies there still: its beginning, its middle or its end, which lie on several pages."""
    whole = b"\n".join(contents)
    return frozenset(
        person
        for person, own in boxes.items()
        if any(piece in whole for _, box in own for piece in _pieces(box))
    )


def _pieces(box: bytes) -> tuple[bytes, ...]:
    middle = len(box) // 2
    return box[:_PIECE], box[middle : middle + _PIECE], box[-_PIECE:]


def joined_rows(rows: Rows) -> frozenset[int]:
    """People of whom two texts stand in one row."""
    return frozenset().union(*(_writing_twice(seen) for seen in _sightings_by_row(rows)))


def writers_of_two(rows: Rows) -> frozenset[int]:
    """People of whom two texts are kept, in whatever rows."""
    return _writing_twice(frozenset().union(*_sightings_by_row(rows)))


def _sightings_by_row(rows: Rows) -> Iterator[frozenset[Sighting]]:
    return (sightings(b"\x1f".join(_bytes(value) for value in row)) for _, row in rows)


def _writing_twice(seen: frozenset[Sighting]) -> frozenset[int]:
    places = Counter(person for person, _ in seen)
    return frozenset(person for person, times in places.items() if times > 1)


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

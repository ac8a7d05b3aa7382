"""The programme as organisers write it in an edition file: its rounds, its sessions and their links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.model.programme import Programme, Round, Session, SessionKind

if TYPE_CHECKING:
    from forms.toml_keys import Keys

MOST_SESSIONS = 60
MOST_ROUNDS = 12


def read_programme(keys: Keys) -> Programme:
    """The programme that the file lists; what is wrong with it is refused at its place."""
    rounds = tuple(_round(each) for each in keys.tables("rounds"))
    codes = tuple(r.code for r in rounds)
    sessions = tuple(_session(each, codes) for each in keys.tables("sessions"))
    _check_unique(keys, "rounds", codes)
    _check_unique(keys, "sessions", tuple(s.code for s in sessions))
    if len(sessions) > MOST_SESSIONS or len(rounds) > MOST_ROUNDS:
        keys.refuse(
            "Das Programm ist zu lang. Erlaubt sind höchstens %(sessions)s Programmpunkte und %(rounds)s Runden.",
            sessions=MOST_SESSIONS,
            rounds=MOST_ROUNDS,
        )
    for code in codes:
        if code and code not in {s.round for s in sessions}:
            keys.refuse(
                "In der Runde „%(code)s“ gibt es keinen Programmpunkt.", "rounds", code=code
            )
    default = Programme().most_sessions_per_person
    return Programme(
        sessions,
        rounds,
        keys.number(
            "most_sessions_per_person",
            min(default, len(rounds)) if rounds else default,
            least=1,
            most=max(len(rounds), default) if not rounds else len(rounds),
        ),
    )


def _check_unique(keys: Keys, key: str, codes: tuple[str, ...]) -> None:
    for nth, code in enumerate(codes):
        if code and code in codes[:nth]:
            keys.refuse(
                "Den Code „%(code)s“ gibt es mehrmals. Jeder Code darf nur einmal vorkommen.",
                key,
                nth=nth,
                code=code,
            )


def _round(keys: Keys) -> Round:
    made = Round(keys.code("code"), keys.wording("title"))
    keys.finish()
    return made


def _session(keys: Keys, rounds: tuple[str, ...]) -> Session:
    round_ = keys.text("round") if keys.has("round") else None
    if round_ is not None and round_ not in rounds and keys.is_sound("round"):
        keys.refuse(
            "Eine Runde „%(value)s“ gibt es nicht. Es gibt: %(known)s.",
            "round",
            value=round_[:60],
            known=", ".join(rounds) or "–",
        )
    session = Session(
        code=keys.code("code"),
        title=keys.wording("title"),
        kind=keys.one_of("kind", SessionKind),
        round=round_,
        speakers=keys.texts("speakers"),
        recording=_link(keys, "recording"),
        is_rated=keys.truth("rated", otherwise=True),
        is_cancelled=keys.truth("cancelled", otherwise=False),
    )
    keys.finish()
    return session


def _link(keys: Keys, key: str) -> str | None:
    if not keys.has(key):
        return None
    value = keys.text(key)
    if keys.is_sound(key) and not is_https(value):
        keys.refuse(
            "„%(value)s“ ist kein vollständiger Link, der mit https:// beginnt.",
            key,
            value=value[:100],
        )
    return value


def is_https(value: str) -> bool:
    """True for a whole link that begins with https."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and "." in (parts.hostname or "")
        and not re.search(r"[\s<>\"]", value)
    )

"""An edition with workshops in two rounds, and what lists of its people say."""

from __future__ import annotations

from forms.edition_file import read_edition_file
from forms.registration_list import read_registration_list
from survey.language.wording import Wording
from survey.model.event import Edition
from survey.model.invitation import Registration
from tests.forms.test_edition_file import MINIMAL

PROGRAMME = """
[[rounds]]
code = "round1"
title = "Vormittag"

[[rounds]]
code = "round2"
title = "Nachmittag"

[[sessions]]
code = "keynote"
title = "Eröffnung"
kind = "keynote"

[[sessions]]
code = "town"
title = { de = "Digitale Stadt", en = "Digital town" }
kind = "workshop"
round = "round1"

[[sessions]]
code = "office"
title = "Homeoffice, Führung und Recht"
kind = "workshop"
round = "round1"

[[sessions]]
code = "village"
title = "Digitale Dörfer – Smarte Lösungen"
kind = "workshop"
round = "round2"

[[sessions]]
code = "check"
title = "Zukunfts-Check Dorf"
kind = "workshop"
round = "round2"

[[sessions]]
code = "youth"
title = "Jugend beteiligen"
kind = "workshop"
round = "round2"
cancelled = true
"""
EDITION = read_edition_file((MINIMAL + PROGRAMME).encode(), "edition.toml")


def registrations(text: str, *, edition: Edition = EDITION) -> tuple[Registration, ...]:
    """What a list without faults says."""
    found = read_registration_list(text.encode(), "liste.csv", edition)
    assert found.faults == ()
    return found.registrations


def faults(text: str, *, edition: Edition = EDITION) -> list[tuple[int | None, str, str]]:
    """Line, column and sentence of every fault of a list."""
    found = read_registration_list(text.encode(), "liste.csv", edition)
    said = []
    for fault in found.faults:
        facts = {k: v.de if isinstance(v, Wording) else v for k, v in fault.facts}
        said.append((fault.line, fault.place, fault.key % facts))
    return said

"""Questions to which few wrote something: read by organisers, quoted in no report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.counting import count_edition
from survey.reporting.publish import publish
from survey.reporting.published import published_summary
from survey.reporting.quotes import release_quote, texts_to_read
from tests.counting.ballots import be_silent, close, people_answer
from tests.events import congress
from tests.people import open_edition, store_edition
from tests.workplace import OLGA, signed_in_client

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock
    from tests.workplace import Workplace

TEXTS = "/arbeit/ausgaben/kk2020/ergebnisse/texte?zeigen=alle"
FEW = "Hier haben weniger als 10 Menschen etwas geschrieben."


def test_where_few_wrote_the_page_says_that_no_report_quotes_them(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    people_answer(inst, open_edition(inst, store_edition(inst, congress())), 24)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    of_few = next(t for t in texts_to_read(inst, "kk2020") if t.session == "ws01")
    release_quote(inst, "kk2020", of_few.id)
    publish(inst, "kk2020")

    page = signed_in_client(workplace.inst, OLGA).get(TEXTS)

    questions = ["".join(field.itertext()) for field in page.markup.all("fieldset")]
    assert [FEW in text for text in questions] == ["@example.org" in text for text in questions]
    assert page.text().count(FEW) == 1
    about = next(s for s in published_summary(inst, "kk2020").sessions if s.session.code == "ws01")
    assert [f.quotes for f in about.findings if hasattr(f, "quotes")] == [()]

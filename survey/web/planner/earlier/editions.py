"""The editions of a series that were asked elsewhere: shown and deleted; and the mappings that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.earlier_mapping_file import write_mapping
from survey.earlier.editions import delete_earlier, find_earlier
from survey.earlier.holding import held_survey
from survey.earlier.mappings import delete_mapping, find_mapping, kept_mappings
from survey.model.summary import Base
from survey.reporting.publication_log import earlier_findings
from survey.web.attachment import attachment
from survey.web.planner.earlier.held import HERE, new_address
from survey.web.planner.earlier.shown import base_in_words, shown_questions
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.comparing.series import Series
    from survey.model.earlier import EarlierEdition
    from survey.web.workplace.desk import Desk


def show_editions(desk: Desk) -> Response:
    """Every edition from elsewhere, and the mappings that are kept."""
    series = desk.series()
    return desk.draw(
        "workplace/earlier/editions.html",
        series=series,
        entries=[
            (series_address(series, HERE, one.id), one, _base(desk, one))
            for one in reversed(series.earlier)
        ],
        kept=kept_mappings(desk.inst, desk.organisation.id),
        held=held_survey(desk.inst, series, account=desk.person.id),
        here=series_address(series, HERE),
        new=new_address(series),
    )


def show_edition(desk: Desk) -> Response:
    """What is here of it."""
    series, edition = _edition(desk)
    found = earlier_findings(edition, threshold=edition.disclosure_threshold)
    return desk.draw(
        "workplace/earlier/edition.html",
        series=series,
        edition_from_elsewhere=edition,
        base=_base(desk, edition),
        questions=shown_questions(desk.words, found),
        here=series_address(series, HERE, edition.id),
        back=series_address(series, HERE),
    )


def show_deletion(desk: Desk) -> Response:
    """What deleting it would do."""
    series, edition = _edition(desk)
    return desk.draw(
        "workplace/earlier/deletion.html",
        series=series,
        title=edition.title,
        is_mapping=False,
        back=series_address(series, HERE, edition.id),
    )


def delete_edition(desk: Desk) -> Response:
    """It is gone."""
    series, edition = _edition(desk)
    delete_earlier(desk.inst, series.owner, edition)
    return desk.go(
        series_address(series, HERE),
        notice=desk.words.gettext("Die frühere Ausgabe ist gelöscht."),
    )


def hand_over_kept_mapping(desk: Desk) -> Response:
    """A kept mapping as a file."""
    kept = find_mapping(desk.inst, desk.series().owner, desk.part("mapping"))
    text = write_mapping(kept.questions)
    return attachment(text.encode(), name=f"{kept.address}.toml", media_type="application/toml")


def show_mapping_deletion(desk: Desk) -> Response:
    """What deleting a kept mapping would do."""
    series = desk.series()
    kept = find_mapping(desk.inst, series.owner, desk.part("mapping"))
    return desk.draw(
        "workplace/earlier/deletion.html",
        series=series,
        title=kept.name,
        is_mapping=True,
        back=series_address(series, HERE),
    )


def delete_kept_mapping(desk: Desk) -> Response:
    """It is gone."""
    series = desk.series()
    kept = find_mapping(desk.inst, series.owner, desk.part("mapping"))
    delete_mapping(desk.inst, series.owner, kept)
    return desk.go(
        series_address(series, HERE), notice=desk.words.gettext("Die Zuordnung ist gelöscht.")
    )


def _edition(desk: Desk) -> tuple[Series, EarlierEdition]:
    series = desk.series()
    found = find_earlier(desk.inst, series.owner, series.name, desk.part("earlier"))
    return series, found


def _base(desk: Desk, edition: EarlierEdition) -> str:
    if edition.answered is None:
        return desk.words.gettext("Wie viele geantwortet haben, ist unbekannt.")
    return base_in_words(desk.words, Base(edition.answered, edition.invited))

"""All facts of an edition, and changing a group of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.edition_law import broken_rules
from survey import editing, housekeeping
from survey.errors import ChangedMeanwhile, NotAllowed
from survey.model.send_off import is_reserved_address
from survey.web.organiser.edition.fact_words import GROUPS, shown_facts
from survey.web.organiser.edition.revisions import revision_seen
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.organiser.edition.fact_words import FactGroup, Shown
    from survey.web.workplace.desk import Desk


def show_facts(desk: Desk) -> Response:
    """Everything the edition says of itself, group by group."""
    record = desk.edition()
    return desk.draw(
        "workplace/edition/facts.html",
        edition=record,
        groups=[(group, shown_facts(desk, record, group)) for group in GROUPS],
        is_open=record.opens is not None,
        nobodys=_addresses_of_nobody(record),
    )


def show_group(desk: Desk, *, group: FactGroup) -> Response:
    """What of the group may change as a form, the rest as text with its reason."""
    record = desk.edition()
    shown = group.form(record.edition).shown(record.edition, zone=desk.inst.settings.zone)
    form = group.form(record.edition)(data=shown)
    return _draw(desk, record, group, _prepared(desk, record, form))


def receive_group(desk: Desk, *, group: FactGroup) -> Response:
    """The group is changed, as far as it may."""
    record = desk.edition()
    form = _prepared(desk, record, group.form(record.edition).typed(desk.fields))
    if not list(form) or not form.validate():
        return _draw(desk, record, group, form, status=422)
    zone = desk.inst.settings.zone
    changed = form.applied(record.edition, zone=zone)
    broken = broken_rules(changed, zone=zone, before=record.edition)
    if broken:
        return _draw(desk, record, group, form, others=broken, status=422)
    try:
        parts = editing.change(desk.inst, record, changed, based_on=revision_seen(desk))
    except ChangedMeanwhile as refusal:
        return _draw(desk, record, group, form, others=(refusal.why,), status=409)
    except NotAllowed as refusal:
        return _draw(desk, record, group, form, others=(refusal.why,), status=422)
    say = desk.words.gettext
    notice = say("Gespeichert.") if parts else say("Es hat sich nichts geändert.")
    return desk.go(edition_address(record, "angaben"), notice=notice)


def _addresses_of_nobody(record: EditionRecord) -> tuple[str, ...]:
    """Addresses out of an example, which keep a real edition's first mail from leaving."""
    edition = record.edition
    if edition.is_made_up or record.opens is not None:
        return ()
    known = dict.fromkeys((edition.sender, edition.contact))
    return tuple(address for address in known if is_reserved_address(address))


def _prepared(desk: Desk, record: EditionRecord, form: Any) -> Any:  # noqa: ANN401 -- WTForms has no types
    profile = housekeeping.profile_of(desk.inst, record.owner)
    form.prepare(record, words=desk.words, profile=profile)
    return form


def _draw(
    desk: Desk,
    record: EditionRecord,
    group: FactGroup,
    form: Any,  # noqa: ANN401 -- WTForms has no types
    *,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    shown = shown_facts(desk, record, group)
    return desk.draw(
        "workplace/edition/fact_group.html",
        status=status,
        edition=record,
        group=group,
        form=form,
        others=others,
        frozen=_frozen(record, shown, {field.name for field in form}),
        is_conflict=status == 409,  # noqa: PLR2004 -- Conflict
        now_shown=shown,
        is_open=record.opens is not None,
    )


def _frozen(record: EditionRecord, shown: Shown, names: set[str]) -> Shown:
    """What the form has no field for: before the first mail, the short name only."""
    kept = {name for name, _label, _text in shown} - names if record.opens else {"name"}
    return tuple(fact for fact in shown if fact[0] in kept and not fact[0].startswith("next_"))

"""What has to be thought of beside the changes between two editions, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.comparison import Caution

if TYPE_CHECKING:
    from exports.comparison_values import ValueWords
    from survey.model.comparison import ComparedEdition


class CautionWords:
    """How one language speaks of what stands between two editions."""

    def __init__(
        self, values: ValueWords, *, newest: ComparedEdition, base: ComparedEdition
    ) -> None:
        self._values = values
        self._newest = newest
        self._base = base

    def sentence(self, caution: Caution) -> str:
        """What has to be thought of beside the changes between the two editions."""
        newest, base = self._newest, self._base
        match caution:
            case Caution.OTHER_FORMAT:
                return self._values.say(
                    "Das Format war ein anderes: %(base)s %(old)s, %(newest)s %(new)s. Es ist nicht das Einzige, was "
                    "anders war: Keine Veränderung lässt sich ihm allein zuschreiben.",
                    base=base.label,
                    old=self._values.format(base),
                    newest=newest.label,
                    new=self._values.format(newest),
                )
            case Caution.RESPONSE_GAP:
                return self._values.say(
                    "Es haben verschieden viele geantwortet, %(base)s: %(old)s, %(newest)s: %(new)s. Wer das eine Mal "
                    "geschwiegen hat, kann das andere Mal geantwortet haben.",
                    base=base.label,
                    old=self._values.took_part(base),
                    newest=newest.label,
                    new=self._values.took_part(newest),
                )
            case Caution.OTHER_TOOL:
                return self._other_tool()
            case Caution.UNKNOWN_POPULATION:
                unknown = [e.label for e in (base, newest) if e.invited is None]
                return self._values.say(
                    "Wie viele hätten antworten können, weiß niemand (%(editions)s). Dort gibt es keine Rücklaufquote "
                    "und keine Spanne „ohne Annahme“.",
                    editions=", ".join(unknown or [base.label]),
                )

    def _other_tool(self) -> str:
        newest, base = self._newest, self._base
        elsewhere = [edition for edition in (base, newest) if edition.source]
        if not elsewhere:
            return self._values.say(
                "Der Fragebogen sah in der Ausgabe %(base)s anders aus als in der Ausgabe %(newest)s. Manche "
                "Unterschiede können auch daher kommen.",
                base=base.label,
                newest=newest.label,
            )
        return self._values.say(
            "Mit einem anderen Werkzeug gefragt wurde: %(editions)s. Manche Unterschiede können auch daher kommen.",
            editions=", ".join(f"{edition.label} ({edition.source})" for edition in elsewhere),
        )

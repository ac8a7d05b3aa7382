"""The forms of signing in, of one's own account, and of colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from email_validator import EmailNotValidError, validate_email
from wtforms import EmailField, PasswordField, RadioField, StringField
from wtforms.fields import SelectChoice

from forms.workplace_form import AtMost, Filled, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.model.workplace import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wtforms import Form

    from survey.errors import Problem

MOST_NAME = 100
LANGUAGES = (SelectChoice("de", "Deutsch"), SelectChoice("en", "English"))
ROLES = (
    (Role.ORGANISER.value, _("Organisation: darf alles")),
    (
        Role.PLANNER.value,
        _("Planung: sieht die Ergebnisse, vergleicht Ausgaben und plant die nächste"),
    ),
)
_NO_ADDRESS = problem("Geben Sie eine Mailadresse an, so: name@example.org")
_NO_PASSWORD = problem("Geben Sie Ihr Passwort an.")
_NO_CODE = problem("Geben Sie den Code an.")


def stripped(text: str | None) -> str:
    """The text without space around it, as managers and telephones add it."""
    return (text or "").strip()


def in_one_line(text: str | None) -> str:
    """The text without line breaks and spare space."""
    return " ".join((text or "").split())


class MailAddress:
    """Something that can be a mail address."""

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse what no mail can go to."""
        del form
        try:
            # No look at the network: whether there is such an address shows when its mail arrives.
            validate_email(field.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise Refused(_NO_ADDRESS) from error


class OneOf:
    """One of the choices that were offered."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, otherwise: Problem) -> None:
        self.otherwise = otherwise

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse nothing at all, and what was not offered."""
        del form
        if field.data not in {choice.value for choice in field.choices}:
            raise Refused(self.otherwise)


def _password(label: str) -> Any:  # noqa: ANN401 -- WTForms has no types
    return PasswordField(
        label, [Filled(_NO_PASSWORD)], render_kw={"autocomplete": "current-password"}
    )


def _new_password(label: str) -> Any:  # noqa: ANN401 -- WTForms has no types
    return PasswordField(
        label,
        [Filled(problem("Denken Sie sich ein Passwort aus."))],
        render_kw={"autocomplete": "new-password"},
    )


def _code(label: str) -> Any:  # noqa: ANN401 -- WTForms has no types
    return StringField(
        label,
        [Filled(_NO_CODE)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"},
    )


def _own_name() -> Any:  # noqa: ANN401 -- WTForms has no types
    return StringField(
        _("Ihr Name"),
        [
            Filled(problem("Geben Sie Ihren Namen an.")),
            AtMost(MOST_NAME, problem("Kürzen Sie den Namen auf 100 Zeichen.")),
        ],
        filters=[in_one_line],
        render_kw={"autocomplete": "name"},
    )


def _own_address(label: str) -> Any:  # noqa: ANN401 -- WTForms has no types
    return EmailField(
        label,
        [Filled(_NO_ADDRESS), MailAddress()],
        filters=[stripped],
        render_kw={"autocomplete": "username"},
    )


def _role() -> Any:  # noqa: ANN401 -- WTForms has no types
    return RadioField(
        _("Rolle"),
        [OneOf(problem("Wählen Sie eine Rolle."))],
        choices=[SelectChoice(*role) for role in ROLES],
        validate_choice=False,
    )


def _language(label: str) -> Any:  # noqa: ANN401 -- WTForms has no types
    return RadioField(
        label,
        [OneOf(problem("Wählen Sie eine Sprache."))],
        choices=list(LANGUAGES),
        validate_choice=False,
    )


class AddressForm(WorkplaceForm):
    """Whom a link goes to."""

    address = _own_address(_("Mailadresse"))


class SignInForm(AddressForm):
    """Address and password."""

    password = _password(_("Passwort"))


class PasswordForm(WorkplaceForm):
    """The password again."""

    password = _password(_("Passwort"))


class CodeForm(WorkplaceForm):
    """A code of the app, or a recovery code."""

    app_code = _code(_("Code"))


class NewPasswordForm(WorkplaceForm):
    """A new password."""

    new_password = _new_password(_("Neues Passwort"))


class ProvenNewPasswordForm(NewPasswordForm):
    """A new password, and a code, since a link by mail alone is not enough."""

    app_code = _code(_("Code aus der App, oder ein Notfallcode"))


class ChangePasswordForm(WorkplaceForm):
    """The password so far, and the next one."""

    old_password = _password(_("Bisheriges Passwort"))
    new_password = _new_password(_("Neues Passwort"))


class JoinForm(WorkplaceForm):
    """Who a colleague is, and the password."""

    name = _own_name()
    new_password = _new_password(_("Passwort"))


class FirstStartForm(WorkplaceForm):
    """Which organisation this is for, and who the first person is."""

    organisation = StringField(
        _("Name Ihrer Organisation"),
        [
            Filled(problem("Geben Sie an, wie Ihre Organisation heißt.")),
            AtMost(MOST_NAME, problem("Kürzen Sie den Namen auf 100 Zeichen.")),
        ],
        filters=[in_one_line],
        render_kw={"autocomplete": "organization"},
    )
    name = _own_name()
    address = _own_address(_("Ihre Mailadresse"))
    new_password = _new_password(_("Passwort"))


class AccountForm(WorkplaceForm):
    """Name and language."""

    name = _own_name()
    language = _language(_("Sprache des Arbeitsplatzes"))


class _WithRole(WorkplaceForm):
    def in_words(self, say: Callable[[str], str]) -> None:
        """The roles in the reader's language."""
        self.role.choices = [SelectChoice(value, say(label)) for value, label in ROLES]


class RoleForm(_WithRole):
    """What somebody may do."""

    role = _role()


class InviteForm(_WithRole):
    """Who is to come, and as what."""

    address = EmailField(
        _("Mailadresse"),
        [Filled(_NO_ADDRESS), MailAddress()],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )
    role = _role()
    language = _language(_("Sprache der Einladung"))

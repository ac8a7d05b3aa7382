"""The static half of the accessibility checklist: one rule each, a page in, what is wrong with it out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import html5lib
from lxml import html as lxml_html

from tests.unwatched import unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Element = Any  # xml.etree elements; html5lib has no types
EMPTY_LINK_TEXTS = {
    "hier",
    "hier klicken",
    "here",
    "click here",
    "mehr",
    "more",
    "link",
    "weiterlesen",
}
_WORDS = re.compile(r">[^<]+")
_VALUE = re.compile(r'="[^"]*"')
# In words, only these can be faults.
_TELLING = re.compile(r"&[#\w]*;?|[^\t\n -~\xa0-\ufdcf\ufdf0-\ufffd]")
_FAULTLESS: set[bytes] = set()
NOT_LABELLED = {"hidden", "submit"}


@dataclass(frozen=True, slots=True)
class Markup:
    """One page as a browser reads it."""

    root: Element
    parents: dict[Element, Element]
    parse_errors: tuple[str, ...]

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of these names, in document order."""
        return [e for e in self.root.iter() if not tags or e.tag in tags]

    def ids(self) -> list[str]:
        return [e.get("id") for e in self.root.iter() if isinstance(e.tag, str) and e.get("id")]

    def by_id(self, wanted: str) -> Element | None:
        return next((e for e in self.all() if e.get("id") == wanted), None)

    def above(self, element: Element) -> Iterator[Element]:
        while element in self.parents:
            element = self.parents[element]
            yield element

    def controls(self) -> list[Element]:
        """What a person fills in."""
        return [
            e for e in self.all("input", "select", "textarea") if e.get("type") not in NOT_LABELLED
        ]


def read_markup(html: str) -> Markup:
    """The page, parsed by the rules that browsers follow; quickly, where one built like it was without fault."""
    built = _built(html)
    if built in _FAULTLESS:
        return read_quickly(html)
    markup = _read_strictly(html)
    if not markup.parse_errors:
        _FAULTLESS.add(built)
    return markup


def read_quickly(html: str) -> Markup:
    """The page, parsed without asking whether it is valid."""
    root = lxml_html.document_fromstring(html)
    return Markup(root, {child: parent for parent in root.iter() for child in parent}, ())


def _built(html: str) -> bytes:
    bare = _WORDS.sub(lambda found: ">" + "".join(_TELLING.findall(found[0])), html)
    bare = _VALUE.sub(lambda found: '="' + "".join(_TELLING.findall(found[0])) + '"', bare)
    return hashlib.sha256(bare.encode()).digest()


def _read_strictly(html: str) -> Markup:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    with unwatched():
        root = parser.parse(html)
    parents = {child: parent for parent in root.iter() for child in parent}
    errors = tuple(f"{place}: {code}" for place, code, _ in parser.errors)
    return Markup(root, parents, errors)


def text(element: Element) -> str:
    """What is read aloud of an element."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def html_is_valid(page: Markup) -> list[str]:
    return list(page.parse_errors)


def language_is_named(page: Markup) -> list[str]:
    return [] if page.root.get("lang") in {"de", "en"} else ["html has no lang"]


def language_entries_carry_their_language(page: Markup) -> list[str]:
    navs = [e for e in page.all("nav") if "languages" in e.get("class", "")]
    if len(navs) != 1:
        return [f"{len(navs)} language switches"]
    entries = [e for e in navs[0].iter() if e.tag in {"a", "button", "b"}]
    return [f"no lang: {text(e)}" for e in entries if not e.get("lang")]


def title_starts_with_the_heading(page: Markup) -> list[str]:
    titles, headings = page.all("title"), page.all("h1")
    if len(titles) != 1 or not headings:
        return ["no title or no h1"]
    start = rf"(?:Fehler: |Error: )?(?:[^–]* \d+ [^–]* \d+ – )?{re.escape(text(headings[0]))} – ."
    return [] if re.match(start, text(titles[0])) else [f"title {text(titles[0])!r}"]


def one_first_heading_and_no_level_left_out(page: Markup) -> list[str]:
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    found = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    before = levels[:1] + levels[:-1]
    return found + [
        f"h{last} followed by h{level}"
        for last, level in zip(before, levels, strict=True)
        if level > last + 1
    ]


def landmarks_are_there(page: Markup) -> list[str]:
    found = [
        f"{len(page.all(t))} {t}" for t in ("main", "header", "footer") if len(page.all(t)) != 1
    ]
    return found + ["nav without a name" for e in page.all("nav") if not e.get("aria-label")]


def skip_link_comes_first(page: Markup) -> list[str]:
    first = next(
        (
            e
            for e in page.all("a", "button", "input", "select", "textarea")
            if e.get("tabindex") != "-1"
        ),
        None,
    )
    if first is None or not first.get("href", "").startswith("#"):
        return ["the first stop is no skip link"]
    target = page.by_id(first.get("href")[1:])
    if target is None or target.get("tabindex") != "-1":
        return ["the skip link's target takes no focus"]
    return []


def choices_stand_in_a_fieldset_with_legend(page: Markup) -> list[str]:
    found = []
    for control in page.all("input"):
        if control.get("type") in {"radio", "checkbox"}:
            fieldset = next((e for e in page.above(control) if e.tag == "fieldset"), None)
            first = fieldset[0] if fieldset is not None and len(fieldset) else None
            if first is None or first.tag != "legend" or not text(first):
                found.append(f"no legend: {control.get('name')}={control.get('value')}")
    return found


def controls_have_visible_labels(page: Markup) -> list[str]:
    labelled = {e.get("for"): text(e) for e in page.all("label") if e.get("for")}
    found = []
    for control in page.controls():
        around = next((e for e in page.above(control) if e.tag == "label"), None)
        name = text(around) if around is not None else labelled.get(control.get("id"), "")
        if not name:
            found.append(f"no label: {control.get('name')}")
    return found + ["button without text" for e in page.all("button") if not text(e)]


def placeholders_are_no_labels(page: Markup) -> list[str]:
    return [f"placeholder: {e.get('name')}" for e in page.controls() if e.get("placeholder")]


def references_lead_somewhere(page: Markup) -> list[str]:
    ids = set(page.ids())
    found = []
    for element in page.all():
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
            named = (element.get(attribute) or "").split() if isinstance(element.tag, str) else []
            found += [f"{attribute} {name}" for name in named if name not in ids]
    links = (e.get("href") or "" for e in page.all("a"))
    return found + [
        f"href {link}" for link in links if link.startswith("#") and link[1:] not in ids
    ]


def ids_are_unique(page: Markup) -> list[str]:
    ids = page.ids()
    return [f"id {name} twice" for name in sorted({i for i in ids if ids.count(i) > 1})]


def nothing_jumps_the_queue(page: Markup) -> list[str]:
    return [
        f"{e.tag} has {'autofocus' if e.get('autofocus') is not None else 'a positive tabindex'}"
        for e in page.all()
        if isinstance(e.tag, str)
        and (e.get("autofocus") is not None or int(e.get("tabindex") or 0) > 0)
    ]


def errors_are_linked_and_summed_up(page: Markup) -> list[str]:
    described = {
        name
        for e in page.all()
        if isinstance(e.tag, str)
        for name in (e.get("aria-describedby") or "").split()
    }
    summary = page.by_id("summary")
    links = [] if summary is None else [e for e in summary.iter() if e.tag == "a"]
    found = []
    for element in page.all("p"):
        if "err" in element.get("class", "").split() and text(element):
            holders = [element, *page.above(element)]
            if not any(e.get("id") in described for e in holders if e.get("id")):
                found.append(f"not described by: {text(element)}")
            if text(element) not in {text(a) for a in links}:
                found.append(f"not in the summary: {text(element)}")
    controls = {e.get("id") for e in page.controls()}
    return found + [
        f"leads to no control: {text(a)}" for a in links if a.get("href", "")[1:] not in controls
    ]


def zooming_is_allowed(page: Markup) -> list[str]:
    views = [e.get("content", "") for e in page.all("meta") if e.get("name") == "viewport"]
    if len(views) != 1:
        return ["no viewport"]
    return [views[0]] if re.search("maximum-scale|user-scalable", views[0]) else []


def nothing_reloads_by_itself(page: Markup) -> list[str]:
    return [
        "meta refresh" for e in page.all("meta") if e.get("http-equiv", "").lower() == "refresh"
    ]


def forms_post_to_their_own_address(page: Markup) -> list[str]:
    return [
        "form with an action, without POST or with browser bubbles"
        for e in page.all("form")
        if not _leads_somewhere_known(e)
        or (e.get("method") != "post" and e.get("role") != "search")
        or e.get("novalidate") is None
    ]


def forms_can_be_sent(page: Markup) -> list[str]:
    buttons = page.all("button")
    return [
        "form without a button"
        for form in page.all("form")
        if not any(form in page.above(b) or b.get("form") == form.get("id", "") for b in buttons)
    ]


def _leads_somewhere_known(form: Element) -> bool:
    # A row of a table in the workplace has buttons of its own; participants' forms never have an address.
    action = form.get("action")
    return action is None or action.startswith("/arbeit")


def links_mean_something_alone(page: Markup) -> list[str]:
    return [
        f"link text {text(e)!r}"
        for e in page.all("a")
        if not text(e) or text(e).lower().rstrip(".") in EMPTY_LINK_TEXTS
    ]


def nothing_is_styled_or_scripted_inline(page: Markup) -> list[str]:
    return [
        f"{e.tag} {name}"
        for e in page.all()
        if isinstance(e.tag, str)
        for name in e.keys()  # noqa: SIM118 -- an element, no mapping
        if name == "style" or name.startswith("on") or name == "accesskey"
    ]


def footer_is_complete(page: Markup) -> list[str]:
    links = [e.get("href", "") for f in page.all("footer") for e in f.iter() if e.tag == "a"]
    places = [re.split(r"[/?#]", link)[1] if link.startswith("/") else link for link in links]
    wanted = [
        "hilfe",
        "datenschutz",
        "versprechen",
        "barrierefreiheit",
        "barrierefreiheit",
        "hilfe",
    ]
    return [] if places == wanted else [f"footer {places}"]


RULES: tuple[Callable[[Markup], list[str]], ...] = (
    html_is_valid,
    language_is_named,
    language_entries_carry_their_language,
    title_starts_with_the_heading,
    one_first_heading_and_no_level_left_out,
    landmarks_are_there,
    skip_link_comes_first,
    choices_stand_in_a_fieldset_with_legend,
    controls_have_visible_labels,
    placeholders_are_no_labels,
    references_lead_somewhere,
    ids_are_unique,
    nothing_jumps_the_queue,
    errors_are_linked_and_summed_up,
    zooming_is_allowed,
    nothing_reloads_by_itself,
    forms_post_to_their_own_address,
    forms_can_be_sent,
    links_mean_something_alone,
    nothing_is_styled_or_scripted_inline,
    footer_is_complete,
)


def everything_wrong(page: Markup) -> list[str]:
    """What every rule finds."""
    with unwatched():
        return [f"{rule.__name__}: {found}" for rule in RULES for found in rule(page)]

"""What the sources must not hold: each rule is first shown to find what it is for."""

from __future__ import annotations

import ast
import re
import signal
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

ROOT = Path(__file__).parents[2]
ROOMS = ("survey", "forms", "exports")
RUNS_SQL = frozenset({"execute", "executemany", "executescript"})
UNPACKS_OBJECTS = frozenset(
    {"pickle", "cPickle", "dill", "marshal", "shelve", "yaml", "jsonpickle"}
)
MAKES_CODE = frozenset({"eval", "exec", "compile", "__import__"})
ENTITY_EXPANDERS = frozenset({"xml", "lxml"})
WEAK_CHANCE = frozenset({"random", "numpy.random"})
SEEDED_ON_PURPOSE = (
    "survey/rehearsal/",
    "survey/demonstration/",
    "survey/auditing/",
    "survey/commands/auditing.py",
)
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|ALTER|CREATE|DROP|PRAGMA|WITH)\b")
OF_OUR_OWN_NAMES = {
    "survey/storage/commit_count.py": "a number of the database's own",
    "survey/storage/copied.py": "names of tables out of the schema, in copies for the linkage attack",
    "survey/storage/postgresql_tables.py": "names of tables out of the schema, quoted by the driver",
    "survey/storage/postgresql_upkeep.py": "names of tables out of the schema, quoted by the driver",
    "survey/storage/sqlite.py": "the time to wait for a lock, a number in the source",
    "survey/storage/sqlite_tables.py": "names of tables and columns out of the schema, to carry their rows",
    "survey/storage/upkeep.py": "names of tables out of the schema, to count their rows",
}
"""Where a statement is put together all the same: of nothing that came from outside."""
WAYS = frozenset({"match", "fullmatch", "search", "sub", "split", "findall", "finditer"})
Judge = Callable[..., Any]
"""One way to use one pattern."""
LONG = 50_000
CPU_SECONDS = 0.5
"""A pattern that looks at every place twice takes minutes for so long a text; others a thousandth of this."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the service, read."""

    path: str
    nodes: tuple[ast.AST, ...]


@cache
def sources() -> tuple[Source, ...]:
    """Every file of the service."""
    return tuple(
        source_of(path.read_text(encoding="utf-8"), path=path.relative_to(ROOT).as_posix())
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    )


def source_of(text: str, *, path: str = "planted.py") -> Source:
    """The text, read."""
    return Source(path, tuple(ast.walk(ast.parse(text))))


def built_sql(source: Source) -> list[str]:
    """Statements that are put together as they are run."""
    return [
        f"{source.path}:{node.lineno}"
        for node in source.nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in RUNS_SQL
        and node.args
        and _is_put_together(node.args[0])
    ]


def spoken_sql(source: Source) -> list[str]:
    """Texts with parts to fill in that begin as a statement does, wherever they are run."""
    return [
        f"{source.path}:{node.lineno}"
        for node in source.nodes
        if isinstance(node, ast.JoinedStr | ast.BinOp)
        and STATEMENT.match(_first_words(node))
        and _is_put_together(node)
    ]


def _is_put_together(node: ast.expr) -> bool:
    return any(
        isinstance(inner, ast.JoinedStr | ast.BinOp)
        or (isinstance(inner, ast.Attribute) and inner.attr in {"format", "join", "replace"})
        for inner in ast.walk(node)
    )


def _first_words(node: ast.expr) -> str:
    first = next((n for n in ast.walk(node) if isinstance(n, ast.Constant)), None)
    return str(first.value) if first is not None else ""


def imported(source: Source) -> Iterator[tuple[str, int]]:
    """Modules, and the lines that import them."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def imports_of(source: Source, modules: frozenset[str]) -> list[str]:
    """Where the source imports one of those, or something inside it."""
    return [
        f"{source.path}:{line} {name}"
        for name, line in imported(source)
        if name in modules or name.partition(".")[0] in modules
    ]


def made_code(source: Source) -> list[str]:
    """Calls that turn text into code or into a template."""
    return [
        f"{source.path}:{node.lineno}"
        for node in source.nodes
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in MAKES_CODE)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == "from_string")
        )
    ]


def compared_openly(source: Source) -> list[str]:
    """Comparisons by == of something made by a keyed hash."""
    return [
        f"{source.path}:{node.lineno}"
        for node in source.nodes
        if isinstance(node, ast.Compare)
        and any(isinstance(operation, ast.Eq | ast.NotEq) for operation in node.ops)
        and any(
            isinstance(side, ast.Call)
            and isinstance(side.func, ast.Attribute)
            and side.func.attr in {"digest", "hexdigest"}
            and "hmac" in ast.unparse(side)
            for side in (node.left, *node.comparators)
        )
    ]


def test_each_rule_finds_what_it_is_for() -> None:
    assert built_sql(source_of("c.execute(f'SELECT {x}')")) == ["planted.py:1"]
    assert built_sql(source_of("c.execute('SELECT ' + x)")) == ["planted.py:1"]
    assert built_sql(source_of("c.execute('SELECT {}'.format(x))")) == ["planted.py:1"]
    assert built_sql(source_of("Q = 'SELECT 1'\nc.execute(Q)")) == []
    assert spoken_sql(source_of("Q = f'SELECT {x}'")) == ["planted.py:1"]
    assert spoken_sql(source_of("Q = 'DELETE FROM ' + x")) == ["planted.py:1"]
    assert made_code(source_of("eval(x)\nenvironment.from_string(x)")) == [
        "planted.py:1",
        "planted.py:2",
    ]
    assert imports_of(source_of("import pickle"), UNPACKS_OBJECTS) == ["planted.py:1 pickle"]
    assert imports_of(source_of("from yaml import load"), UNPACKS_OBJECTS)
    assert imports_of(source_of("import xml.etree.ElementTree"), ENTITY_EXPANDERS)
    assert compared_openly(source_of("hmac.new(k, m, 'sha256').digest() == x")) == ["planted.py:1"]


@pytest.mark.proves("S4")
def test_every_statement_is_written_out_and_takes_parameters() -> None:
    found = {
        one.partition(":")[0]
        for source in sources()
        for one in (*built_sql(source), *spoken_sql(source))
    }

    assert found == set(OF_OUR_OWN_NAMES)


@pytest.mark.proves("S6")
def test_no_text_becomes_code_or_a_template() -> None:
    assert [one for source in sources() for one in made_code(source)] == []


@pytest.mark.proves("S12")
def test_nothing_that_can_make_objects_is_imported() -> None:
    found = [one for source in sources() for one in imports_of(source, UNPACKS_OBJECTS)]

    assert found == []


@pytest.mark.proves("S11")
def test_no_parser_that_expands_entities_is_imported() -> None:
    found = {
        one.partition(":")[0]
        for source in sources()
        for one in imports_of(source, ENTITY_EXPANDERS)
    }

    assert found == {"forms/limesurvey_xml.py"}  # refuses every declaration of an entity itself


@pytest.mark.proves("S41")
def test_chance_that_can_be_foretold_is_for_made_up_people_only() -> None:
    found = [
        one
        for source in sources()
        if not source.path.startswith(SEEDED_ON_PURPOSE)
        for one in imports_of(source, WEAK_CHANCE)
    ]

    assert found == []


@pytest.mark.proves("S41")
def test_keyed_hashes_are_compared_in_constant_time() -> None:
    assert [one for source in sources() for one in compared_openly(source)] == []


@pytest.mark.proves("S2", "S6")
def test_no_template_lets_markup_through() -> None:
    opening = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(", re.IGNORECASE)
    assert opening.search("{{ name | safe }}")
    templates = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    assert len(templates) > 100

    found = [p.name for p in templates if opening.search(p.read_text(encoding="utf-8"))]

    assert found == []


@pytest.mark.proves("S2")
def test_what_is_translated_out_of_a_variable_is_escaped_all_the_same() -> None:
    # What _() gives back counts as markup; a text that somebody typed may have come to it as a label.
    variable = re.compile(r"\b_\(\s*[^\"'\s][^)]*\)(?!\|forceescape)")
    assert variable.search("{{ _(f.label.text) }}")
    assert not variable.search('{{ _("Weiter") }}{{ _(f.label.text)|forceescape }}')

    found = {
        path.name: variable.findall(path.read_text(encoding="utf-8"))
        for path in (ROOT / "templates").rglob("*.html")
    }

    assert {name: places for name, places in found.items() if places} == {}


def patterns(read: Sequence[Source]) -> dict[str, Judge]:
    """Every pattern of these files, wherever it is made, in each way in which it may be used."""
    ways = _ways_of_names(read)
    found: dict[str, Judge] = {}
    for source in read:
        names = _named_patterns(source)
        for node in source.nodes:
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=way), args=[first, *_]
                ) if way in WAYS | {"compile"}:
                    compiled = re.compile(_written(first), _flags(node))
                    name = names.get(node)
                    if way != "compile":
                        used = {way}
                    elif name is not None:
                        used = ways[name] or {"search"}
                    else:  # in a table, say: in every way in which this file uses anything
                        used = _ways_in(source) or {"search"}
                    key = f"{source.path}:{node.lineno}:{node.col_offset} {name or ''}"
                    found |= {f"{key}.{one}": getattr(compiled, one) for one in used}
    return found


def _named_patterns(source: Source) -> dict[ast.AST, str]:
    """The name of each pattern that is given one at once."""
    found: dict[ast.AST, str] = {}
    for node in source.nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as made):
                found[made] = name
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call() as made):
                found[made] = name
    return found


def _ways_of_names(read: Sequence[Source]) -> defaultdict[str, set[str]]:
    """How something of that name is used, in any file: a pattern may be used where it is imported."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for source in read:
        for node in source.nodes:
            match node:
                case ast.Attribute(
                    value=ast.Name(id=name) | ast.Attribute(attr=name), attr=way
                ) if way in WAYS:
                    found[name].add(way)
    return found


def _ways_in(source: Source) -> set[str]:
    return {
        node.attr
        for node in source.nodes
        if isinstance(node, ast.Attribute)
        and node.attr in WAYS
        and not (isinstance(node.value, ast.Name) and node.value.id == "re")
    }


def _flags(call: ast.Call) -> re.RegexFlag:
    """What the call says besides the pattern: `re.IGNORECASE | re.DOTALL`."""
    found = re.NOFLAG
    for argument in (*call.args[1:], *(keyword.value for keyword in call.keywords)):
        for node in ast.walk(argument):
            match node:
                case ast.Attribute(value=ast.Name(id="re"), attr=name) if name.isupper():
                    found |= re.RegexFlag[name]
    return found


def _written(pattern: ast.expr) -> str | bytes:
    """The pattern as it is written, with an x for what is filled in."""
    match pattern:
        case ast.Constant(value=str() | bytes() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(
                str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts
            )
        case ast.Call(func=ast.Attribute(value=text, attr="encode")):
            return str(_written(text)).encode()
        case _:
            raise AssertionError(ast.unparse(pattern))  # this test has to learn how it is written


def hostile_texts() -> list[str]:
    """Texts that nearly fit something, over and over."""
    parts = (
        "a",
        "1",
        "9.",
        " ",
        "\n",
        "-",
        "a.",
        "a@",
        "=?",
        "<",
        "{",
        "\\",
        '"',
        "(",
        "a ",
        "a=",
        "_",
    )
    return [part * (LONG // len(part)) + "!" for part in parts] + ["x" + " " * LONG + "x"]


class TooLong(Exception):
    """A pattern took longer than any sound one does."""


def within_limit(work: Judge) -> bool:
    """False if that took more processor time than is allowed; other programs' time does not count."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS)
    try:
        work()
    except TooLong:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


def is_sound(judge: Judge) -> bool:
    """True if every hostile text is judged at once."""
    is_text = isinstance(judge.__self__.pattern, str)  # type: ignore[attr-defined]
    texts = [text if is_text else text.encode() for text in hostile_texts()]
    return all(within_limit(partial(_judged, judge, text)) for text in texts)


def _judged(judge: Judge, text: str | bytes) -> None:
    match judge.__name__:
        case "sub":
            judge("", text)
        case "finditer":
            deque(judge(text), maxlen=0)
        case _:
            judge(text)


def test_a_pattern_that_tries_everything_is_found() -> None:
    assert not is_sound(re.compile(r"(a+)+$").fullmatch)
    assert not is_sound(re.compile(r"\s+$").search)
    assert is_sound(re.compile(r"\s*a").match)


def test_a_pattern_is_found_wherever_it_is_made() -> None:
    planted = """
NAMED: Final = re.compile("a+$", re.IGNORECASE)
TABLE = ((1, re.compile(rf"b+{x}$")),)
def f(text):
    NAMED.fullmatch(text)
    for _, pattern in TABLE:
        pattern.finditer(text)
    return re.sub("c+", "", text, flags=re.DOTALL | re.MULTILINE)
"""

    found = patterns([source_of(planted)])

    assert sorted(
        (judge.__self__.pattern, judge.__name__, judge.__self__.flags & ~re.UNICODE)  # type: ignore[attr-defined]
        for judge in found.values()
    ) == [
        ("a+$", "fullmatch", re.IGNORECASE),
        ("b+x$", "finditer", 0),
        ("b+x$", "fullmatch", 0),
        ("c+", "sub", re.DOTALL | re.MULTILINE),
    ]


@pytest.mark.proves("S10")
def test_no_pattern_of_the_service_takes_long_for_a_long_text() -> None:
    assert [
        f"{source.path}:{node.lineno}"
        for source in sources()
        for node in source.nodes
        if (isinstance(node, ast.ImportFrom) and node.module == "re")
        or (
            isinstance(node, ast.Import)
            and any(alias.name == "re" and alias.asname for alias in node.names)
        )
    ] == []  # as anything but `re.` it would not be found
    found = patterns(sources())
    assert len(found) > 80
    assert any(name.startswith("survey/marking.py:3") for name in found)  # in a table there

    assert [name for name, judge in found.items() if not is_sound(judge)] == []

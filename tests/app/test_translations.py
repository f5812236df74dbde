"""English is complete: every string extracted, translated, compiled, and not left in French."""

import ast
import importlib.util
import shutil
from pathlib import Path

import pytest
from django.utils import translation

TOOL = Path(__file__).resolve().parents[2] / "tools" / "translations.py"
spec = importlib.util.spec_from_file_location("translations_tool", TOOL)
tool = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tool)


@pytest.mark.parametrize("room", tool.rooms())
def test_the_english_of_a_room_is_complete_and_compiled(room):
    assert tool.faults(tool.rooms()[room]) == []


@pytest.fixture
def one_room(tmp_path, monkeypatch):
    """A copy of a translated room, to damage."""
    monkeypatch.setattr(tool, "APP", tmp_path)
    shutil.copytree(TOOL.parents[1] / "src/terreau/app/portfolio", tmp_path / "portfolio")
    assert tool.faults(tmp_path / "portfolio") == []
    return tmp_path / "portfolio"


def rewrite(room, old, new):
    po = tool.po_path(room)
    text = po.read_text(encoding="utf-8")
    assert old in text
    po.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    "old, new, fault",
    [
        ('"Add a service"', '""', "untranslated"),
        ('"Add a service"', '"Ajouter un service"', "English same as French"),
        ('"Service “%(name)s”"', '"Service “%(nom)s”"', "placeholders differ"),
        ('"Add a service"', '"Add one service"', "stale .mo"),
    ],
)
def test_a_fault_of_translation_is_seen(one_room, old, new, fault):
    rewrite(one_room, old, new)
    assert any(found.startswith(fault) for found in tool.faults(one_room))


def test_a_new_string_is_seen(one_room):
    (one_room / "templates/portfolio/services.html").write_text('{% translate "Jamais vu" %}', encoding="utf-8")
    assert "not extracted: Jamais vu" in tool.faults(one_room)


def test_extraction_reads_python_templates_plurals_and_arguments(tmp_path, monkeypatch):
    monkeypatch.setattr(tool, "APP", tmp_path)
    folder = tmp_path / "room"
    (folder / "templates").mkdir(parents=True)
    (folder / "a.py").write_text('x = _("Un")\ny = ngettext("%(n)s mot", "%(n)s mots", 2)\n', encoding="utf-8")
    page = (
        "{% load i18n %}{{ x|default:_('Deux') }}{% translate \"L'eau\" %}"
        "{% blocktranslate trimmed count n=n %}{{ n }} ligne{% plural %}{{ n }} lignes{% endblocktranslate %}"
    )
    (folder / "templates" / "b.html").write_text(page, encoding="utf-8")
    found = {m.id for m in tool.extracted(folder) if m.id}
    assert found == {"Un", ("%(n)s mot", "%(n)s mots"), "Deux", "L'eau", ("%(n)s ligne", "%(n)s lignes")}


def test_no_string_to_translate_hides_inside_an_f_string():
    """Babel does not look there: the English page would say it in French."""
    called = {"gettext", "ngettext", "pgettext", "_"}
    hidden = [
        f"{path.name}:{node.lineno}"
        for path in tool.APP.rglob("*.py")
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", ["0 service", "1 service", "2 services"]), ("en", ["0 services", "1 service", "2 services"])],
)
def test_each_language_counts_its_own_way(language, said):
    with translation.override(language):
        counted = [translation.ngettext("%(n)s service", "%(n)s services", n) % {"n": n} for n in range(3)]
    assert counted == said

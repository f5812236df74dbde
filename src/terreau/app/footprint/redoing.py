"""Doing a figure again elsewhere: a command, and an archive with everything that decides it (refaire ce calcul)."""

from __future__ import annotations

import json
import shlex
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from terreau.app.footprint import results
from terreau.app.tasks.door import digest_of
from terreau.inventory.decisions import NONE

if TYPE_CHECKING:
    from terreau.app.footprint.results import Asked

BUNDLE = "footprint.redo"
OWN = "jeux"
"""Folder, beside the script, where an organisation puts the packs that the archive may not carry."""

SCRIPT = """\
\"\"\"{title}\"\"\"

import json
from datetime import date
from pathlib import Path

from terreau.footprint import explain, footprint
from terreau.inventory.decisions import Decisions
from terreau.inventory.reconciliation.sources import NamedSource

here = Path(__file__).parent
sources = json.loads((here / "sources.json").read_text(encoding="utf-8"))
result = footprint(
    [NamedSource(path=here / file, name=name) for file, name in sources.items()],
    rules={rules!r},
    factors={factors},
    zone={zone!r},
    people={people!r},
    at=date.fromisoformat({at!r}),
    pue={pue!r},
    lifespans={lifespans!r},
    decisions=Decisions.from_json(json.loads((here / "decisions.json").read_text(encoding="utf-8"))),
)
assert result.run == {run!r}, {differs!r}
print(json.dumps(explain(result, {criterion!r}, {where!r}).as_json({language!r}), ensure_ascii=False, indent=1))
"""


def run(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What decides the figure: doing it again gives the same bytes."""
    decided = told["decided_by"]
    return [
        (gettext("Calcul"), told["run"][:16]),
        (gettext("Facteurs"), f"{told['factor_set']} · {decided['factor_set']['digest'][:8]}"),
        (gettext("Règles"), told["rules"]),
        (gettext("Instantanés"), ", ".join(one[:8] for one in decided["snapshots"])),
        (gettext("Moteur"), f"Terreau {decided['engine']['terreau']}"),
    ]


def command(told: Mapping[str, Any], where: Mapping[str, str]) -> str:
    """The same figure in a shell, in the folder where the archive was opened: every parameter is said."""
    chosen = told["decided_by"]["parameters"]
    parts = ["terreau explain *.parquet", f"--criterion {told['criterion']}"]
    parts += [f"--where {shlex.quote(f'{axis}={value}')}" for axis, value in where.items()]
    parts += [f"--rules {told['rules']}", f"--zone {chosen['zone']}", f"--at {chosen['at']}"]
    if _with_own_packs(told):
        parts.append(f"--factors {OWN}")
    if chosen["people"]:
        parts.append(f"--people {chosen['people']:g}")
    if chosen["pue"]:
        parts.append(f"--pue {chosen['pue']:g}")
    parts += [f"--lifespan {category}={years:g}" for category, years in chosen["lifespans"].items()]
    return " ".join(parts)


def _with_own_packs(told: Mapping[str, Any]) -> bool:
    return "+" in told["factor_set"]


def beyond_the_command(asked: Asked) -> str:
    """What the command cannot be told, '' when it says everything."""
    decisions = asked.inputs.decisions
    settled = decisions != NONE
    if asked.own_packs:
        return gettext(
            "Vos propres jeux de facteurs ne sont pas dans l'archive, leur licence étant à vous : posez-les dans un dossier « jeux » à côté de refaire.py."
        )
    if settled:
        return gettext(
            "La commande ne connaît pas ce que vous avez réglé à la main ; refaire.py, dans l'archive, en tient compte."
        )
    return ""


def kept(asked: Asked, criterion: str, where: dict[str, str], language: str) -> Path:
    """The archive that does a figure again, made at the first asking, by a worker when a page asks."""
    name = f"refaire-{criterion}-{digest_of(where)[:12]}-{language}.zip"
    inputs = {"criterion": criterion, "where": where, "language": language}

    def make(path: Path) -> None:
        bundle(path, asked, results.why(asked, language, criterion, where)["json"], where, language)

    return asked.file(name, make, BUNDLE, inputs)


def bundle(path: Path, asked: Asked, told: Mapping[str, Any], where: Mapping[str, str], language: str) -> None:
    """A ZIP: the snapshots with their manifests, what was settled by hand, and ``refaire.py`` which does it all again."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for snapshot in asked.inputs.snapshots:
            for one in (snapshot, snapshot.with_suffix(".json")):
                archive.write(one, one.name)
        archive.writestr("decisions.json", json.dumps(asked.inputs.decisions.as_json(), ensure_ascii=False, indent=1))
        named = {one.path.name: one.name for one in asked.inputs.sources}
        archive.writestr("sources.json", json.dumps(named, ensure_ascii=False, indent=1))
        archive.writestr("refaire.py", script(told, where, language))
        archive.writestr("commande.txt", command(told, where) + "\n")


def script(told: Mapping[str, Any], where: Mapping[str, str], language: str) -> str:
    """A few lines of Python that give the same figure, or say that it is another."""
    chosen = told["decided_by"]["parameters"]
    return SCRIPT.format(
        title=gettext("Refait ce calcul : python refaire.py"),
        differs=gettext("Autre calcul : version de Terreau, facteurs ou règles diffèrent."),
        **{name: chosen[name] for name in ("zone", "people", "at", "pue", "lifespans")},
        **{name: told[name] for name in ("rules", "run", "criterion")},
        factors=f"here / {OWN!r}" if _with_own_packs(told) else repr(told["factor_set"]),
        where=dict(where),
        language=language,
    )

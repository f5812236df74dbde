"""Small packs written by hand, so that every figure can be checked with a pencil."""

from pathlib import Path

import pytest

from terreau.factors.packs import SHIPPED

PAPERS = {
    "publisher": '"Commune de Valmont"',
    "title": '"Relevés de la commune"',
    "version": '"2026"',
    "licence": '"Apache-2.0"',
    "redistribution": '"private"',
    "link": '"https://example.org/releves"',
    "checked_on": "2026-01-15",
    "best_before": "2028-01-15",
    "notes": '"Relevés au wattmètre"',
}
HEADERS = "kind,subject,criterion,stage,value,low,high,unit,method,source,year,flags,note_fr,note_en"
ITEM_HEADERS = (
    "category,size_class,default,label_fr,label_en,family,pue_applies,climate,"
    "climate_harmonised,minerals,others,others_scaling,water,proxy,confidence"
)


def write_pack(
    folder: Path,
    rows: str,
    *,
    items: str = "",
    more: str = "",
    without: str = "",
    headers: str = HEADERS,
    **papers: str,
) -> Path:
    """A pack folder; ``papers`` replace the default ones, ``without`` names one to leave out."""
    folder.mkdir(parents=True, exist_ok=True)
    said = {name: value for name, value in {**PAPERS, **papers}.items() if name != without}
    lines = [f"{name} = {value}" for name, value in said.items()]
    (folder / "pack.toml").write_text("\n".join(lines) + "\n" + more, encoding="utf-8")
    (folder / "factors.csv").write_text(f"{headers}\n{rows.strip()}\n", encoding="utf-8")
    if items:
        (folder / "items.csv").write_text(f"{ITEM_HEADERS}\n{items.strip()}\n", encoding="utf-8")
    return folder


def needs(*packs: str) -> pytest.MarkDecorator:
    """Skip when a removable pack was removed."""
    gone = [name for name in packs if not (SHIPPED / name).exists()]
    return pytest.mark.skipif(bool(gone), reason=f"removed: {', '.join(gone)}")

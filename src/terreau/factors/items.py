"""Items: what one owns, and where each of its factors is found (équipements types).

An item is a category and a size class: ``laptop/standard``. Its recipe names, for each group of criteria, the
published figure to take. References are ``table#device/variant``, or ``table#item``, as in the packs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from terreau.factors.delimited import headers_and_lines
from terreau.kernel.errors import TerreauError

COLUMNS = (
    "category", "size_class", "default", "label_fr", "label_en", "family", "pue_applies", "climate",
    "climate_harmonised", "minerals", "others", "others_scaling", "water", "proxy", "confidence",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item and its recipe.

    climate: the figure of its sheet; climate_harmonised: the same brought to the scale of the French base, used
    when present so that a ranking keeps one family; minerals beats others for resource_use_minerals_metals;
    others_scaling: ``ratio_cc`` multiplies by the climate retained over the climate of the proxy.
    """

    category: str
    size_class: str
    default: bool
    fr: str
    en: str
    family: str
    pue_applies: str
    climate: str
    climate_harmonised: str
    minerals: str
    others: str
    others_scaling: str
    water: str
    proxy: str
    confidence: str

    @cached_property
    def key(self) -> str:
        """``category/size_class``."""
        return f"{self.category}/{self.size_class}"


def read_items(path: Path, pack: str) -> tuple[Item, ...]:
    """The items of ``items.csv``; none when the pack has no such file; TerreauError when a column is absent."""
    if not path.is_file():
        return ()
    headers, lines = headers_and_lines(path)
    check_columns(headers, needed=COLUMNS, known=COLUMNS, pack=pack)
    return tuple(_item(dict(zip(headers, cells, strict=False))) for _, cells in lines)


def check_columns(headers: Sequence[str], *, needed: Sequence[str], known: Sequence[str], pack: str) -> None:
    """TerreauError when a column is lacking, or misnamed and so lost."""
    lacking = [name for name in needed if name not in headers]
    unknown = sorted(set(headers) - set(known))
    if lacking or unknown:
        raise TerreauError(
            "factors.columns", pack=pack, lacking=", ".join(lacking) or "–", unknown=", ".join(unknown) or "–"
        )


def _item(cells: Mapping[str, str]) -> Item:
    texts = {name: cells[name] for name in COLUMNS if name not in ("default", "label_fr", "label_en")}
    return Item(default=cells["default"] == "yes", fr=cells["label_fr"], en=cells["label_en"], **texts)

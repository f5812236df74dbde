"""What a device is, from its model and its type word: the model speaks first, a hypervisor before all (catégorie).

Only distinct values are read; joining them back to the lines is the caller's affair.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from terreau.inventory import sizes, typewords
from terreau.inventory.productlines import VIRTUAL, Recognised, match_text, recognise
from terreau.inventory.sizes import SizeClass
from terreau.inventory.typewords import TypeRead
from terreau.kernel.text import normal

Pair = tuple[str | None, str | None, str | None, str | None]  # maker, model, type word, screen size, as written

_KIN = (
    {"desktop", "mini_pc", "all_in_one", "workstation", "thin_client", "server"},  # "Tower" is said of servers too
    {"laptop", "tablet", "workstation"},  # a two-in-one is called either
    {"server", "blade", "nas", "storage_array"},
    {"monitor", "large_display", "projector"},
    {"printer_laser", "printer_inkjet", "multifunction"},
    {"smartphone", "feature_phone"},
    {"switch", "router", "firewall", "access_point"},
    {"dock", "webcam", "headset", "keyboard", "mouse"},
)
_REFINED = {"desktop": {"mini_pc", "all_in_one"}, "server": {"blade"}}  # form factors a chassis word may add
_SCREENS = {"monitor", "large_display"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What was understood of one device.

    category, size_class: public keys, None when unknown or outside the public list; size_known: the class
    was read, not assumed. level: "model", "type" or "none". virtual: a guest, never hardware.
    word: the vocabulary's own category. model_key: "maker model" in normal form, '' without a model.
    first_year: the line cannot exist before. contradiction: the category of a type word that disagrees.
    quantity_hint: a proposal ("n=12", "bundle=desktop+monitor", "skip") to apply and to confirm.
    others: what else a bundle holds and how many per set ("UC + 2 écrans": two monitors).
    """

    category: str | None = None
    size_class: str | None = None
    level: str = "none"
    size_known: bool = False
    virtual: bool = False
    maker: str = ""
    model_key: str = ""
    line: str = ""
    first_year: int | None = None
    contradiction: str | None = None
    quantity_hint: str | None = None
    word: str = ""
    others: tuple[SizeClass, int] | None = None


def classify(pairs: Iterable[Pair]) -> dict[Pair, Classification]:
    """Classify each distinct (maker, model, type word, screen size); any of them may be None."""
    models: dict[tuple[str, str, bool], tuple[str, str, str | None, dict[str, Recognised]]] = {}
    found: dict[Pair, Classification] = {}
    for pair in pairs:
        if pair in found:
            continue
        maker, model, type_word, screen_size = pair
        said = typewords.read(normal(type_word or ""))
        key = (maker or "", model or "", said.word in _SCREENS)
        if key not in models:
            models[key] = _model(*key)
        found[pair] = _one(models[key], said, type_word, screen_size)
    return found


def classify_one(maker: str | None = None, model: str | None = None, type_word: str | None = None,
                 screen_size: str | None = None) -> Classification:  # fmt: skip
    """Classify one device."""
    pair = (maker, model, type_word, screen_size)
    return classify([pair])[pair]


def _model(maker: str, model: str, screen: bool) -> tuple[str, str, str | None, dict[str, Recognised]]:
    bare, hint = typewords.quantity_in_model(normal(model))
    name, text = match_text(maker, bare, screen=screen)
    return name, text, hint, recognise(text)


def _one(read: tuple[str, str, str | None, dict[str, Recognised]], said: TypeRead, type_word: str | None,
         screen_size: str | None) -> Classification:  # fmt: skip
    name, text, hint, lines = read
    word, model, level = _decide(lines, said)
    product = model.product if model else None
    known = Classification(
        level=level, virtual=word == VIRTUAL, word=word, maker=name or (product.maker if product else ""),
        model_key=text if text != normal(name) else "", line=product.line if product else "",
        first_year=model.first_year if model else None, contradiction=_contradiction(word, level, said),
        quantity_hint=said.hint or hint,
    )  # fmt: skip
    if not word or word == VIRTUAL:
        return known
    line = "" if "/" in known.line else known.line  # "Catalyst / Nexus" names neighbours, not this device
    clues = f"{text} ¦ {normal(type_word or '')} ¦ {normal(line)}"
    size = sizes.place(
        word, form=product.size if product else "", clues=clues, by_model=level == "model",
        inches=_inches(word, screen_size, text, model, said, normal(type_word or "")),
    )  # fmt: skip
    size = _labelled(size, level, normal(type_word or ""))
    if size is None:
        return known
    others = _others(word, said, normal(type_word or ""))
    return replace(known, category=size.category, size_class=size.size_class, size_known=size.known, others=others)


def _others(word: str, said: TypeRead, type_text: str) -> tuple[SizeClass, int] | None:
    """What a bundle holds besides the device named by ``word``: the screens of a computer, the computer of a screen."""
    if not (said.hint or "").startswith("bundle="):
        return None
    parts = (said.hint or "").removeprefix("bundle=").split("+")
    rest = [part for part in parts if (part in _SCREENS) != (word in _SCREENS)]
    if not rest:
        return None
    size = sizes.place(rest[0], inches=sizes.inches_in(type_text) if rest[0] in _SCREENS else None)
    return (size, len(rest)) if size else None


def _labelled(size: SizeClass | None, level: str, type_word: str) -> SizeClass | None:
    """Our own label in the type column is the class itself, unless a model already tells another."""
    label = sizes.labelled(type_word)
    completes = label and size and size.category == label.category and not size.known
    return label if label and (level == "type" or completes) else size


def _decide(lines: dict[str, Recognised], said: TypeRead) -> tuple[str, Recognised | None, str]:
    """The word that wins, the product line it rests on, and the level: README of the vocabulary, precedence 1 to 7."""
    for confidence in ("high", "medium"):
        if confidence in lines:
            model = lines[confidence]
            return _refined(model, said), model, "model"
        if said.word and said.confidence == confidence:
            return said.word, _agreeing(lines.get("medium"), said.word), "type"
    if "low" in lines:
        return lines["low"].product.word, lines["low"], "model"
    return "", None, "none"


def _agreeing(model: Recognised | None, word: str) -> Recognised | None:
    return model if model and model.product.word == word else None


def _refined(model: Recognised, said: TypeRead) -> str:
    """The model's category, its form factor completed by the chassis word (OptiPlex 3080 + "Mini PC")."""
    word = model.product.word
    if not model.product.size and said.confidence == "high" and said.word in _REFINED.get(word, ()):
        return said.word
    return word


def _contradiction(word: str, level: str, said: TypeRead) -> str | None:
    """The public category of a sure type word that disagrees with the model: often a bundle, or a wrong paste."""
    if level != "model" or said.confidence != "high" or said.word in ("", word, "other", VIRTUAL):
        return None
    if word in (VIRTUAL, "other", "") or any({word, said.word} <= kin for kin in _KIN):
        return None
    size = sizes.place(said.word)
    return size.category if size else None


def _inches(word: str, screen_size: str | None, text: str, model: Recognised | None, said: TypeRead,
            type_text: str) -> float | None:  # fmt: skip
    """The diagonal, from the surest place: the column of sizes, a size marked in the model, its line, the type word."""
    if word not in _SCREENS:
        return None
    return (sizes.inches(screen_size) or (model.inches if model and model.product.word in _SCREENS else None)
            or sizes.inches_in(text) or said.inches or sizes.inches_in(type_text))  # fmt: skip

"""From the document of an edition to its records: every field checked, every finding told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.referentials import applying
from terreau.referentials.edition import (
    DMR,
    FACETS,
    MODES,
    SINGLE,
    Criterion,
    Duty,
    Edition,
    Facet,
    Head,
    Level,
    Papers,
    ProfileQuestion,
    Reading,
    Rubric,
    Theme,
    Variant,
    Verdict,
    Wording,
    Words,
)
from terreau.referentials.gathering import Fields, Gathering

CONCERNS = ("organisation", "service")
STEPS = ("high", "medium", "low")
WCAG_LEVELS = ("A", "AA", "AAA")
MOST_CRITERIA = 2_000
Document = Mapping[str, Any]


def edition_from(document: Document, where: str, *, key: str | None = None) -> Edition:
    """The edition a document describes; ``key`` replaces the one it gives (a private edition is named by us).

    TerreauError referentials.edition_refused lists every finding, with its place.
    """
    gathering = Gathering(where)
    fields = Fields(gathering, document, "")
    edition = _edition(fields, key)
    fields.done()
    if not edition.criteria or len(edition.criteria) > MOST_CRITERIA:
        gathering.say("criteria_count", "themes", count=len(edition.criteria), most=MOST_CRITERIA)
    gathering.refuse_if_any()
    return edition


def head_from(document: Document, where: str) -> Head:
    """The head of an edition from a document that may lack its themes."""
    gathering = Gathering(where)
    head = _edition(Fields(gathering, {**document, "themes": []}, ""), None, only_head=True).head
    gathering.refuse_if_any()
    return head


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the head declares and the criteria may name."""

    edition: str
    mode: str
    scale: tuple[str, ...]
    levels: tuple[str, ...]
    professions: tuple[str, ...]
    profile: tuple[str, ...]
    variants: tuple[str, ...]
    reformulation: bool


def _edition(fields: Fields, key: str | None, *, only_head: bool = False) -> Edition:
    given = fields.key()
    wording, source = fields.inner("wording"), fields.inner("source")
    head: dict[str, Any] = {
        "key": key or given,
        "version": fields.text("version", required=True),
        "supersedes": fields.text("supersedes"),
        "title": fields.words("title", required=True),
        "summary": fields.words("summary"),
        "authority": fields.words("authority"),
        "link": fields.link(),
        "concerns": fields.texts("concerns", CONCERNS) or ("organisation",),
        "mode": fields.choice("mode", MODES, required=True),
        "reformulation": fields.flag("reformulation"),
        "licence": wording.text("licence", required=True) if wording else "",
        "licence_note": wording.words("note") if wording else Words(fr="", en=""),
        "source": _papers(source) if source else None,
        "scoring": fields.texts("scoring"),
        "scale": tuple(_verdict(item) for item in fields.each("scale", "scale")),
        "levels": tuple(_level(item) for item in fields.each("levels", "level")),
        "profile": tuple(_profile(item) for item in fields.each("profile", "profile")),
        "professions": _professions(fields),
    }
    asked = tuple(question.key for question in head["profile"])
    head["variants"] = tuple(_variant(item, asked) for item in fields.each("variants", "variant"))
    if wording:
        wording.done()
    if only_head:
        return Edition(**head, themes=())
    if head["mode"] in (DMR, SINGLE) and not head["scale"]:
        fields.gathering.say("missing", "scale", fields.line)
    declared = Declared(
        edition=head["key"],
        mode=head["mode"],
        scale=tuple(verdict.key for verdict in head["scale"]),
        levels=tuple(level.key for level in head["levels"]),
        professions=tuple(head["professions"]),
        profile=asked,
        variants=tuple(variant.key for variant in head["variants"]),
        reformulation=head["reformulation"],
    )
    return Edition(**head, themes=_themes(fields, declared))


def _papers(fields: Fields) -> Papers:
    made = Papers(
        publisher=fields.words("publisher", required=True),
        title=fields.words("title", required=True),
        version=fields.text("version", required=True),
        licence=fields.text("licence", required=True),
        link=fields.link(),
        checked_on=fields.day("checked_on"),
        best_before=fields.day("best_before"),
    )
    fields.done()
    return made


def _verdict(fields: Fields) -> Verdict:
    made = Verdict(key=fields.key(), share=fields.fraction("share"), label=fields.words("label", required=True))
    if made.share is not None and made.share > 1:
        fields.gathering.say("bad_number", f"{fields.at} › share", fields.line, value=str(made.share))
    fields.done()
    return made


def _level(fields: Fields) -> Level:
    made = Level(
        key=fields.key(),
        title=fields.words("title", required=True),
        meaning=fields.words("meaning"),
        points=fields.fraction("points"),
    )
    fields.done()
    return made


def _profile(fields: Fields) -> ProfileQuestion:
    made = ProfileQuestion(key=fields.key(), question=fields.words("question", required=True))
    fields.done()
    return made


def _variant(fields: Fields, asked: tuple[str, ...]) -> Variant:
    preset = Fields(fields.gathering, fields.mapping("profile"), f"{fields.at} › profile")
    for name in preset.held:
        preset.check(name, name, asked)
    made = Variant(
        key=fields.key(),
        title=fields.words("title", required=True),
        profile={name: preset.flag(name) for name in preset.held},
    )
    fields.done()
    return made


def _professions(fields: Fields) -> dict[str, Words]:
    held = Fields(fields.gathering, fields.mapping("professions"), "professions")
    return {name: held.words(name, required=True) for name in held.held}


def _themes(fields: Fields, declared: Declared) -> tuple[Theme, ...]:
    themes, rubrics_seen, criteria_seen = [], set[str](), set[str]()
    for item in fields.each("themes", "theme", required=True):
        theme, rubrics = item.key(), []
        title = item.words("title", required=True)
        for inner in item.each("rubrics", "rubric", required=True):
            rubrics.append(_rubric(inner, theme, declared, criteria_seen))
            _once(inner, rubrics[-1].key, rubrics_seen)
        item.done()
        themes.append(Theme(key=theme, title=title, rubrics=tuple(rubrics)))
    return tuple(themes)


def _rubric(fields: Fields, theme: str, declared: Declared, seen: set[str]) -> Rubric:
    key, criteria = fields.key(), []
    title = fields.words("title", required=True)
    for item in fields.each("criteria", "criterion", required=True):
        criteria.append(_criterion(item, theme, key, declared))
        _once(item, criteria[-1].short, seen)
    fields.done()
    return Rubric(key=key, title=title, theme=theme, criteria=tuple(criteria))


def _once(fields: Fields, key: str, seen: set[str]) -> None:
    """A finding when a key was met in another part of the edition (the same list was checked already)."""
    if key in seen:
        fields.gathering.say("twice", fields.at, fields.line)
    seen.add(key)


def _criterion(fields: Fields, theme: str, rubric: str, declared: Declared) -> Criterion:
    key = fields.key()
    made = Criterion(
        key=f"{declared.edition}:{key}",
        number=fields.text("number") or key,
        question=fields.words("question", required=True),
        theme=theme,
        rubric=rubric,
        why=fields.words("why"),
        facets=_facets(fields, declared),
        good_evidence=fields.words("good_evidence"),
        professions=fields.texts("professions", declared.professions),
        applies_if=_applies_if(fields, declared),
        not_applicable_because=fields.words("not_applicable_because"),
        priority=fields.choice("priority", STEPS),
        difficulty=fields.choice("difficulty", STEPS),
        weight=fields.fraction("weight"),
        points=fields.fraction("points"),
        thresholds=_thresholds(fields, declared),
        only_for=fields.texts("only_for", declared.variants),
        wording_for=_wordings(fields, declared),
        link=fields.link(),
        refs=fields.texts("refs"),
        level=fields.choice("level", WCAG_LEVELS),
        duty=_duty(fields),
        reading=_reading(fields),
        reformulation=fields.flag("reformulation", declared.reformulation),
    )
    if made.applies_if and not made.not_applicable_because:
        fields.gathering.say("missing", f"{fields.at} › not_applicable_because", fields.line)
    fields.done()
    return made


def _facets(fields: Fields, declared: Declared) -> tuple[Facet, ...]:
    allowed = FACETS.get(declared.mode, ())
    expects = Fields(fields.gathering, fields.mapping("expects"), f"{fields.at} › expects")
    for name in expects.held:
        expects.check(name, name, allowed)
    if declared.mode == DMR and not expects.held:
        fields.gathering.say("missing", expects.at, fields.line)
    kept = allowed if declared.mode == SINGLE else tuple(name for name in allowed if name in expects.held)
    return tuple(Facet(key=name, expects=expects.words(name)) for name in kept)


def _applies_if(fields: Fields, declared: Declared) -> str:
    expression = fields.text("applies_if")
    if not expression:
        return ""
    at = f"{fields.at} › applies_if"
    try:
        for name in sorted(applying.names(expression) - set(declared.profile)):
            known = ", ".join(declared.profile) or "-"
            fields.gathering.say("unknown_choice", at, fields.line, value=name, known=known)
    except TerreauError as refused:
        fields.gathering.say("expression", at, fields.line, **refused.facts)
    return expression


def _thresholds(fields: Fields, declared: Declared) -> dict[str, dict[str, str]]:
    held = Fields(fields.gathering, fields.mapping("thresholds"), f"{fields.at} › thresholds")
    made: dict[str, dict[str, str]] = {}
    for level in held.held:
        held.check(level, level, declared.levels)
        asked = Fields(fields.gathering, held.mapping(level), f"{held.at} › {level}")
        for facet in asked.held:
            asked.check(facet, facet, FACETS.get(declared.mode, ()))
        made[level] = {facet: asked.choice(facet, declared.scale) for facet in asked.held}
    return made


def _wordings(fields: Fields, declared: Declared) -> dict[str, Wording]:
    held = Fields(fields.gathering, fields.mapping("wording_for"), f"{fields.at} › wording_for")
    made: dict[str, Wording] = {}
    for variant in held.held:
        held.check(variant, variant, declared.variants)
        own = Fields(fields.gathering, held.mapping(variant), f"{held.at} › {variant}")
        expects = Fields(fields.gathering, own.mapping("expects"), f"{own.at} › expects")
        for name in expects.held:
            expects.check(name, name, FACETS.get(declared.mode, ()))
        made[variant] = Wording(
            question=own.words("question"),
            why=own.words("why"),
            good_evidence=own.words("good_evidence"),
            facets=tuple(Facet(key=name, expects=expects.words(name)) for name in expects.held),
        )
        own.done()
    return made


def _duty(fields: Fields) -> Duty | None:
    held = fields.inner("duty")
    if held is None:
        return None
    made = Duty(due=held.day("due"), every=held.text("every"))
    held.done()
    return None if made == Duty() else made


def _reading(fields: Fields) -> Reading | None:
    held = fields.inner("reading")
    if held is None:
        return None
    made = Reading(
        notions=held.many_words("notions"),
        positive=held.many_words("positive"),
        vigilance=held.many_words("vigilance"),
        recommendations=held.many_words("recommendations"),
        questions=held.many_words("questions"),
    )
    held.done()
    return None if made == Reading() else made

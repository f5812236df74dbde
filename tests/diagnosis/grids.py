"""Tiny editions and answers, made by hand: each figure can be checked on paper."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from terreau.diagnosis.records import AnswerRecord, AssessmentRecord, FacetAnswer
from terreau.referentials.edition import Criterion, Edition, Facet, Level, Rubric, Theme, Verdict, Words

DMR_SCALE = (("none", Fraction(0)), ("partial", Fraction(1, 2)), ("yes", Fraction(1)))
SINGLE_SCALE = (("failed", Fraction(0)), ("passed", Fraction(1)), ("untested", None))
DMR = ("documents", "means", "results")


def words(text: str) -> Words:
    return Words(fr=text, en=text)


def criterion(short: str, facets=DMR, **more) -> Criterion:
    """``short`` is "theme.rubric.number": criterion 1.1.2 is in rubric 1.1 of theme 1."""
    theme, rubric, _ = short.split(".")
    return Criterion(
        key=f"g:{short}", number=short, question=words(f"{short} ?"), theme=theme, rubric=f"{theme}.{rubric}",
        facets=tuple(Facet(key=facet) for facet in facets), **more,
    )  # fmt: skip


def edition(criteria, *, mode="dmr", scale=None, scoring=("nr-terreau-1",), levels=(), **more) -> Edition:
    """An edition of these criteria, put in their themes and rubrics."""
    themes: dict[str, dict[str, list[Criterion]]] = {}
    for one in criteria:
        themes.setdefault(one.theme, {}).setdefault(one.rubric, []).append(one)
    made = tuple(
        Theme(key=key, title=words(key), rubrics=tuple(
            Rubric(key=name, title=words(name), theme=key, criteria=tuple(held)) for name, held in rubrics.items()))
        for key, rubrics in themes.items()
    )  # fmt: skip
    scale = scale or (DMR_SCALE if mode == "dmr" else SINGLE_SCALE if mode == "single" else ())
    return Edition(
        key="g", version="1", title=words("g"), mode=mode, themes=made, scoring=tuple(scoring), levels=tuple(levels),
        scale=tuple(Verdict(key=key, share=share, label=words(key)) for key, share in scale), **more,
    )  # fmt: skip


def single(count: int, **more) -> Edition:
    """``count`` single-verdict criteria 1.1.1, 1.1.2, …; ``each`` gives their own fields."""
    each = more.pop("each", lambda n: {})
    return edition([criterion(f"1.1.{n}", ("verdict",), **each(n)) for n in range(1, count + 1)], mode="single", **more)


def level(key: str, points=None) -> Level:
    return Level(key=key, title=words(key), points=None if points is None else Fraction(points))


def answer(short: str, *verdicts, facets=DMR, na=None, **more) -> AnswerRecord:
    """Verdicts in the order of the facets, None for an unanswered one; ``na`` is a reason, '' for none."""
    facets = ("verdict",) if len(verdicts) == 1 else facets
    given = tuple(FacetAnswer(facet=facet, verdict=verdict) for facet, verdict in zip(facets, verdicts, strict=False))
    out = {} if na is None else {"applicable": False, "reason": na}
    return AnswerRecord(criterion=f"g:{short}", facets=given, **out, **more)


def answers(*given: AnswerRecord) -> dict[str, AnswerRecord]:
    return {one.criterion: one for one in given}


def assessment(*given: AnswerRecord, **more) -> AssessmentRecord:
    base = AssessmentRecord(
        edition="g", version="1", period=(date(2025, 1, 1), date(2025, 12, 31)), as_of=date(2026, 3, 1)
    )
    return replace(base, answers=answers(*given), **more)

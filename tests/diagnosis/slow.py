"""A second way to score, written apart: one loop, no shared code, as one would do it on paper."""

from fractions import Fraction


def weights(rule, criterion):
    if rule == "rgesn-priority-1":
        return Fraction({"high": "1.5", "medium": "1.25"}.get(criterion.priority, "1"))
    if rule == "rgesn-priority-difficulty-1":
        return Fraction(
            (1, 3)[criterion.priority == "high"] * (["low", "medium", "high"].index(criterion.difficulty) + 1)
        )
    if rule == "points-1":
        return criterion.points
    return Fraction(1)


def outcome(rule, edition, criterion, answer, facet, otherwise):
    """What one facet got; None when it is out of the count, ``otherwise`` when nobody answered."""
    if answer is not None and answer.applicable is False:
        return None if answer.reason.strip() else Fraction(0)
    verdict = next((f.verdict for f in answer.facets if f.facet == facet), None) if answer else None
    for step in edition.scale:
        if step.key == verdict and step.share is not None:
            return Fraction(int(step.share == 1)) if rule == "duties-1" else step.share
    return otherwise


def mean(rule, edition, answers, otherwise, only=None):
    """Weighted mean of what was got; facets share the weight of their criterion unless ``only`` one is looked at."""
    up = down = Fraction(0)
    for criterion in edition.criteria:
        keys = [facet.key for facet in criterion.facets]
        for facet in keys:
            if only not in (None, facet):
                continue
            got = outcome(rule, edition, criterion, answers.get(criterion.key), facet, otherwise)
            if got is None:
                continue
            weight = weights(rule, criterion) / (1 if only else len(keys))
            up, down = up + weight * got, down + weight
    return up / down if down else None


def three(rule, edition, answers, only=None):
    """Floor, value, ceiling."""
    return tuple(mean(rule, edition, answers, otherwise, only) for otherwise in (Fraction(0), None, Fraction(1)))


def level_reached(edition, answers, otherwise=Fraction(0)):
    """Walk the levels up until one criterion is short."""
    shares = {step.key: step.share for step in edition.scale}
    best = None
    for level in edition.levels:
        asked = 0
        for criterion in edition.criteria:
            for facet, verdict in criterion.thresholds.get(level.key, {}).items():
                got = outcome("", edition, criterion, answers.get(criterion.key), facet, otherwise)
                if got is None:
                    continue
                asked += 1
                if got < shares[verdict]:
                    return best
        best = level.key if asked else best
    return best

"""A term: a number that remembers how it was made, and writes itself in French and English (terme).

Formulas are plain functions without types. Fed with numbers they compute; fed with terms they
compute the same thing and also say it: the sentence shown *is* the formula run.
"""

from __future__ import annotations

from dataclasses import dataclass

_SUM, _PRODUCT, _ATOM = 1, 2, 3
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Term:
    """A value with its words (``fr``, ``en``), its figures and how tightly its last operation binds."""

    fr: str
    en: str
    figures_fr: str
    figures_en: str
    value: float
    binds: int = _ATOM

    def sentence(self, language: str = "fr") -> str:
        """The formula in words: « présence × kWh par an »."""
        return self.en if language == "en" else self.fr

    def figures(self, language: str = "fr") -> str:
        """The same formula with its figures: « 12 × 29,02 »."""
        return self.figures_en if language == "en" else self.figures_fr

    def __add__(self, other: Term | float) -> Term:
        return _joined(self, "+", _term(other), self.value + _term(other).value, _SUM)

    def __radd__(self, other: float) -> Term:
        return _term(other) + self

    def __sub__(self, other: Term | float) -> Term:
        return _joined(self, "−", _term(other), self.value - _term(other).value, _SUM)

    def __rsub__(self, other: float) -> Term:
        return _term(other) - self

    def __mul__(self, other: Term | float) -> Term:
        return _joined(self, "×", _term(other), self.value * _term(other).value, _PRODUCT)

    def __rmul__(self, other: float) -> Term:
        return _term(other) * self

    def __truediv__(self, other: Term | float) -> Term:
        return _joined(self, "÷", _term(other), self.value / _term(other).value, _PRODUCT)

    def __rtruediv__(self, other: float) -> Term:
        return _term(other) / self

    def larger(self, other: Term | float) -> Term:
        """The greater of the two, said so."""
        second = _term(other)
        return Term(
            f"le plus grand de [{self.fr} ; {second.fr}]",
            f"the greater of [{self.en}; {second.en}]",
            f"max[{self.figures_fr} ; {second.figures_fr}]",
            f"max[{self.figures_en}; {second.figures_en}]",
            max(self.value, second.value),
        )

    def named(self, fr: str, en: str) -> Term:
        """The same value under a name of its own, for the next formula to use it in one word."""
        return term(fr, en, self.value)


def term(fr: str, en: str, value: float, unit: tuple[str, str] = ("", "")) -> Term:
    """A named input, in words of both languages, with its value and the unit its figures say, if any."""
    figures_fr, figures_en = f"{figure(value, 'fr')} {unit[0]}".rstrip(), f"{figure(value, 'en')} {unit[1]}".rstrip()
    return Term(fr, en, figures_fr, figures_en, float(value))


def figure(value: float, language: str = "fr") -> str:
    """A number as written inside a formula: six significant digits, thousands and decimals as in ``language``."""
    mantissa, _, exponent = f"{value:.5e}".partition("e")
    if value and not -5 <= int(exponent) <= 11:
        written = f"{float(mantissa):g} × 10{str(int(exponent)).translate(_RAISED)}"
    else:
        written = f"{float(f'{value:.6g}'):,.{max(5 - int(exponent), 0)}f}"
        written = written.rstrip("0").rstrip(".") if "." in written else written
    return written if language == "en" else written.replace(",", "\u202f").replace(".", ",")


def _term(thing: Term | float) -> Term:
    if isinstance(thing, Term):
        return thing
    return Term(figure(thing, "fr"), figure(thing, "en"), figure(thing, "fr"), figure(thing, "en"), float(thing))


def _joined(one: Term, sign: str, other: Term, value: float, binds: int) -> Term:
    """``one sign other``; brackets where the order of operations would otherwise be read wrongly."""
    left = one.binds < binds
    right = other.binds < binds or (other.binds == binds and sign in "−÷")

    def both(first: str, second: str) -> str:
        return f"{_bracketed(first, left)} {sign} {_bracketed(second, right)}"

    return Term(
        both(one.fr, other.fr),
        both(one.en, other.en),
        both(one.figures_fr, other.figures_fr),
        both(one.figures_en, other.figures_en),
        value,
        binds,
    )


def _bracketed(text: str, needed: bool) -> str:
    return f"({text})" if needed else text

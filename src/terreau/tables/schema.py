"""A table's schema: a list one can read aloud; it feeds the check, the template and the help page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: ``name`` in code, what a person calls it, and what its cells may hold.

    kind: "text", "date", "number" or "choice"; ``choices`` gives the values of the last one.
    """

    name: str
    kind: str
    fr: str
    en: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    help_fr: str = ""
    help_en: str = ""
    example: str = ""

    def label(self, language: str = "fr") -> str:
        """The heading in ``language``."""
        return self.en if language == "en" else self.fr

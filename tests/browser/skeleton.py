"""What a page is made of, whatever language its words are in: the same in both, it is read by axe once."""

from html.parser import HTMLParser

# Their values are words, addresses or places in a drawing: that they are there matters, not what they say.
WORDED = {"title", "aria-label", "aria-description", "placeholder", "alt", "label", "value", "summary",
          "data-label"}  # fmt: skip
LED_TO = {"href", "action", "formaction", "src", "hreflang"}
DRAWN = {"d", "points", "transform", "viewbox", "x", "x1", "x2", "y", "y1", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry",
         "width", "height"}  # fmt: skip
LANGUAGES = {"fr", "en"}


def skeleton(sent: str) -> list[object]:
    """Its elements in their order with what they are given; of words, only which of them are the same.

    Rules that read words ask whether there are any, and whether two names are one: that is kept. Contrast is not
    here, nor what depends on the place that words take.
    """
    read = _Skeleton()
    read.feed(sent)
    read.close()
    read.told()
    return read.bones


class _Skeleton(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.bones: list[object] = []
        self.known: dict[str, int] = {}
        self.saying = ""

    def told(self) -> None:
        """The words since the last element: none, or which of those already met."""
        if words := " ".join(self.saying.split()):
            self.bones.append(self._word(words))
        self.saying = ""

    def _word(self, words: str) -> int:
        return self.known.setdefault(" ".join(words.split()).casefold(), len(self.known))

    def _given(self, name: str, value: str | None) -> tuple[str, object]:
        if name in WORDED:
            return name, self._word(value) if value and value.strip() else None
        if name == "href" and value and value.startswith("#"):
            return name, value
        if name in LED_TO or name in DRAWN:
            return name, bool(value)
        if name == "lang":
            return name, value in LANGUAGES
        return name, value

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.told()
        given = dict(attrs)
        if tag == "meta" and given.get("name") != "viewport":
            given.pop("content", None)
        self.bones.append((tag, *sorted(self._given(name, value) for name, value in given.items())))

    def handle_endtag(self, tag: str) -> None:
        self.told()
        self.bones.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.saying += data

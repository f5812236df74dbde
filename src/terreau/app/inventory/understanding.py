"""From what the child process understood to what the page prints, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from terreau.app.inventory import corrections, showing, sorting
from terreau.app.inventory.models import Draft
from terreau.kernel.errors import words_of
from terreau.publishing import numbers

MOST_QUESTIONS = 6
MOST_FINDINGS = 10
MOST_SAMPLE_COLUMNS = 7
MOST_DIFFERENCES = 8
READ_DAYS = ("read", "value", "today")  # facts that are dates as we read them; "text" stays as written
NOT_QUESTIONS = ("inventory.column_unknown", "inventory.column_close")


def page(draft: Draft, chosen: str, lang: str, sent: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything the page prints. ``chosen``: rank of the sheet shown in detail, from 1; ``sent``: corrections refused."""
    told = draft.understood
    sheets = told["sheets"]
    rank = next((index for index in range(len(sheets)) if chosen == str(index + 1)), 0)
    summary = told["summary"]
    return {
        "counted": round(summary["quantity"]),
        "counted_text": numbers.count(summary["quantity"], lang),
        "sheets": [{**_counts(one, lang), "shown": index == rank} for index, one in enumerate(sheets)],
        "sheet": _sheet(sheets[rank], draft.choices, lang, sent or {}),
        "digest": told["snapshot"]["sha256"],
        "apart": _apart(summary, lang),
        "set_aside": _set_aside(summary["set_aside"], lang),
        "overlaps": [_overlap(one, lang) for one in summary["overlaps"][:5]],
        "to_explain": any(summary["lines"][kind] for kind in ("doubtful", "rejected")) or summary["kept"].get("merged"),
        "difference": _difference(told.get("difference"), lang),
        "fields": list(corrections.field_words(lang)),
        "corrected": bool(draft.choices),
    }


def _counts(one: Mapping[str, Any], lang: str) -> dict[str, Any]:
    lines = {kind: numbers.count(n, lang) for kind, n in one["lines"].items()}
    return {"name": one["name"], "profile": sorting.tool_name(one["profile"]), **lines}


def _sheet(one: Mapping[str, Any], choices: Mapping[str, Any], lang: str, sent: Mapping[str, str]) -> dict[str, Any]:
    fill_down, orders = choices.get("fill_down", {}), choices.get("date_orders", {})
    unknown = [(index, column) for index, column in enumerate(one["columns"]) if column["field"] == "unknown"]
    found = _findings(one, lang)
    width = min(len(one["sample_headers"]), MOST_SAMPLE_COLUMNS)
    return {
        "name": one["name"],
        "width": len(one["columns"]),
        "understood": _understood(one["columns"], lang),
        "questions": [
            {"index": index, "header": column["header"], "proposal": sent.get(f"c{index}", _proposed(column, lang)), "sample": _proposal(column)}
            for index, column in unknown[:MOST_QUESTIONS]
        ],
        "more_questions": _more(len(unknown) - MOST_QUESTIONS, lang),
        "dates": _dates(one["columns"], orders),
        "filled": [
            {"index": index, "header": column["header"], "checked": bool(column["filled"])}
            for index, column in enumerate(one["columns"])
            if column["filled"] or column["key"] in fill_down
        ][:4],
        "settled": [
            {"number": index + 1, "header": column["header"], "word": _word(column["field"], lang)}
            for index, column in enumerate(one["columns"]) if column["field"] not in ("unknown", "ignore")
        ],
        "column": sent.get("column", ""),
        "becomes": sent.get("becomes", ""),
        "findings": found[:MOST_FINDINGS],
        "more_findings": gettext("%(n)d autres constats, dans le fichier des raisons.") % {"n": len(found) - MOST_FINDINGS}
        if len(found) > MOST_FINDINGS else "",
        "facts": _facts(one, _dates_proven(one["columns"], orders), lang),
        "sample_headers": _sample_headers(one, lang)[:width],
        "samples": [row[:width] for row in one["sample_rows"]],
    }  # fmt: skip


def _sample_headers(one: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    """Each heading as written, with the words of what it was taken for when they differ."""
    fields = {column["header"]: column["field"] for column in one["columns"]}
    words = [(header, _word(fields.get(header, ""), lang)) for header in one["sample_headers"]]
    return [(header, word if word != header else "") for header, word in words]


def _understood(columns: list[dict[str, Any]], lang: str) -> str:
    read = [column for column in columns if column["field"] not in ("unknown", "ignore", "personal")]
    personal = [column["header"] for column in columns if column["field"] == "personal"]
    said = ngettext("%(n)d colonne comprise sur %(all)d.", "%(n)d colonnes comprises sur %(all)d.", len(read))
    said = said % {"n": len(read), "all": len(columns)}
    if personal:
        said += " " + gettext("Écartées, car elles parlent de personnes : %(names)s.") % {
            "names": ", ".join(personal[:6])
        }
    return said


def _proposal(column: Mapping[str, Any]) -> str:
    return gettext("Ressemble à « %(known)s ».") % {"known": column["proposal"]} if column["proposal"] else ""


def _proposed(column: Mapping[str, Any], lang: str) -> str:
    """The words of the field that the nearest known heading feeds, '' without one."""
    if not column["proposal"]:
        return ""
    from terreau.inventory.headers import understand

    field = understand([column["proposal"]]).fields.get(0, "")
    return _word(field, lang) if field in corrections.field_words(lang).values() else ""


def _more(left: int, lang: str) -> str:
    if left <= 0:
        return ""
    return ngettext("%(n)s autre colonne inconnue ne sera pas lue.", "%(n)s autres colonnes inconnues ne seront pas lues.",
                    left) % {"n": numbers.count(left, lang)}  # fmt: skip


def _dates(columns: list[dict[str, Any]], chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Columns whose days and months a person must tell apart, or told apart already; the others prove it themselves."""
    orders = [
        ("", gettext("comme proposé")),
        ("dmy", gettext("jour, mois, année")),
        ("mdy", gettext("mois, jour, année")),
    ]
    return [
        {"index": index, "header": column["header"], "order": chosen.get(column["key"], ""), "orders": orders,
         "sample": ", ".join(column["samples"])}
        for index, column in enumerate(columns) if column["date_order"] == "undecided" or column["key"] in chosen
    ][:4]  # fmt: skip


def _dates_proven(columns: list[dict[str, Any]], chosen: Mapping[str, str]) -> str:
    """What the dates of the file prove of their own order, '' when they prove nothing."""
    words = {"dmy": gettext("jour, mois, année"), "mdy": gettext("mois, jour, année")}
    proven = {column["date_order"] for column in columns if column["key"] not in chosen} & set(words)
    return words[proven.pop()] if len(proven) == 1 else ""


def _word(field: str, lang: str) -> str:
    return gettext("écartée (personnes)") if field == "personal" else corrections.word_of(field, lang)


def _findings(one: Mapping[str, Any], lang: str) -> list[dict[str, str]]:
    found = [
        {**_words(code, {"column": column, **facts}, lang), "where": ""}
        for column, code, facts in one["remarks"]
        if code not in NOT_QUESTIONS
    ]
    for group in one["groups"]:
        facts = {**group["facts"], "lines": group["lines"]}
        found.append({**_words(group["code"], facts, lang), "where": _where(group, lang)})
    return found


def _words(code: str, facts: dict[str, Any], lang: str) -> dict[str, str]:
    words = words_of(code, {name: _day(name, fact, lang) for name, fact in facts.items()}, lang)
    return {"what": words.what, "why": words.why, "remedy": words.remedy}


def _day(name: str, fact: Any, lang: str) -> Any:
    """A date that we read, written as this page writes dates; any other fact as it is."""
    if name not in READ_DAYS or not isinstance(fact, str):
        return fact
    try:
        return numbers.day(date.fromisoformat(fact), lang)
    except ValueError:
        return fact


def _where(group: Mapping[str, Any], lang: str) -> str:
    if group["lines"] == 1:
        return ""
    shown = ", ".join(str(line) for line in group["where"])
    left = group["lines"] - len(group["where"])
    more = gettext(" et %(n)s autres") % {"n": numbers.count(left, lang)} if left > 0 else ""
    facts = {"n": numbers.count(group["lines"], lang), "column": group["column"], "shown": shown, "more": more}
    if group["column"]:
        return gettext("%(n)s lignes, colonne « %(column)s » : %(shown)s%(more)s.") % facts
    return gettext("%(n)s lignes : %(shown)s%(more)s.") % facts


def _facts(one: Mapping[str, Any], dates: str, lang: str) -> list[tuple[str, str]]:
    separators = {
        ";": gettext("point-virgule"),
        ",": gettext("virgule"),
        "\t": gettext("tabulation"),
        "|": gettext("barre"),
    }
    facts = [
        (gettext("Reconnu comme"), sorting.tool_name(one["profile"])),
        (gettext("Encodage"), one["encoding"]),
        (gettext("Séparateur"), separators.get(one["separator"], one["separator"])),
        (gettext("Décimales"), {",": gettext("virgule"), ".": gettext("point")}.get(one["decimal"], "")),
        (gettext("Ordre des dates"), dates),
        (gettext("Intitulés"), gettext("ligne %(n)d") % {"n": one["header_line"]}),
        (gettext("Type par défaut"), one["type_word"]),
    ]
    return [(name, value) for name, value in facts if value]


def _apart(summary: Mapping[str, Any], lang: str) -> str:
    said = [f"{words.lower()} {numbers.count(summary['kept'][fate], lang)}"
            for fate, words in showing.fates().items() if summary["kept"].get(fate)]  # fmt: skip
    return ", ".join(said)


def _set_aside(counts: Mapping[str, int], lang: str) -> str:
    return ", ".join(_aside(kind, n) % {"n": numbers.count(n, lang)} for kind, n in counts.items() if n)


def _aside(kind: str, n: int) -> str:
    words = {
        "title": ngettext("%(n)s titre", "%(n)s titres", n),
        "blank": ngettext("%(n)s ligne vide", "%(n)s lignes vides", n),
        "total": ngettext("%(n)s total", "%(n)s totaux", n),
        "subtotal": ngettext("%(n)s sous-total", "%(n)s sous-totaux", n),
        "datacentre": ngettext("%(n)s salle machine", "%(n)s salles machines", n),
        "repeated_header": ngettext("%(n)s ligne d'intitulés répétée", "%(n)s lignes d'intitulés répétées", n),
    }
    return words.get(kind, "%(n)s " + kind)


def _overlap(one: Mapping[str, Any], lang: str) -> str:
    first, second = one["files"]
    facts = {"n": numbers.count(one["devices"], lang), "first": first, "second": second}
    return (
        gettext("%(n)s équipements sont à la fois dans « %(first)s » et dans « %(second)s » : comptés une fois.")
        % facts
    )


def _difference(one: Mapping[str, Any] | None, lang: str) -> dict[str, Any] | None:
    if one is None:
        return None
    facts = {kind: numbers.count(one[kind], lang) for kind in ("new", "gone", "changed", "same")}
    sentence = gettext(
        "Depuis l'instantané précédent de cette source, nouveaux : %(new)s ; disparus : %(gone)s ; changés : %(changed)s ; identiques : %(same)s."
    )
    rows = [{"name": name, "text": gettext("nouveau")} for name in one["new_names"][:3]]
    rows += [{"name": name, "text": gettext("disparu")} for name in one["gone_names"][:3]]
    rows += [
        {"name": change["name"], "text": gettext("%(column)s : %(before)s devient %(after)s") % _change(change, lang)}
        for change in one["changes"]
    ]
    return {"sentence": sentence % facts, "rows": rows[:MOST_DIFFERENCES]}


def _change(change: Mapping[str, str], lang: str) -> dict[str, str]:
    from terreau.inventory.device import column

    return {
        "column": column(change["column"]).label(lang),
        "before": change["before"] or "–",
        "after": change["after"] or "–",
    }

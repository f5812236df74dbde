"""From a reconciliation to what its pages print: texts in the language of the page, nothing computed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terreau.app.inventory import kinds
from terreau.app.inventory.models import Decision
from terreau.publishing import chart, numbers

MOST_QUESTIONS = 4
MOST_FIELDS = 8
MOST_ROOMS = 12
MOST_NAMED = 3  # sources named in one sentence
SHORT_LISTS = {
    "unknown_to_inventory": "inconnus",
    "not_seen_90_days": "pas-vus",
    "personal": "personnels",
    "unknown_personal": "inconnus-personnels",
    "unknown_in_question": "inconnus-en-question",
    "personal_in_question": "personnels-en-question",
}
LIST_OF = {address: key for key, address in SHORT_LISTS.items()}


def page(told: Mapping[str, Any], slug: str, decisions: Sequence[Decision]) -> dict[str, Any]:
    """Everything the page of the whole prints."""
    lang = kinds.language()
    questions = [question(one, slug, lang) for one in told["to_decide"]]
    return {
        "lead": _lead(told, lang),
        "shared": numbers.count(_shared(told), lang),
        "virtual": virtual(told, lang),
        "chart": picture(told, lang),
        "overlaps": [overlap(one, lang) for one in told["overlaps"][:6]],
        "questions": questions[:MOST_QUESTIONS],
        "more_pairs": told["all_pairs"] > 0,
        "all_pairs": numbers.count(told["all_pairs"], lang),
        "whose": listing_card(told, "personal_in_question", slug, lang),
        "fields": [_field(one, lang) for one in told["disagreements"][:MOST_FIELDS]],
        "lists": [listing_card(told, key, slug, lang) for key in ("unknown_to_inventory", "not_seen_90_days", "personal")],
        "decisions": [decision(one, lang) for one in decisions],
        "rooms": [room(one, lang) for one in told["rooms"][:MOST_ROOMS]],
        "rooms_unknown": _few(told["rooms_unknown"]),
    }  # fmt: skip


def list_words() -> dict[str, tuple[str, str, str]]:
    """For each list of devices: its title, what it means, and what is said when it is empty."""
    return {
        "unknown_to_inventory": (
            gettext("Vus par un outil, inconnus de l'inventaire"),
            gettext("Un gestionnaire de terminaux ou un agent les voit ; aucun inventaire ne les connaît. Ils sont comptés : il reste à les inscrire."),
            gettext("Tout ce que vos outils voient est à l'inventaire."),
        ),
        "not_seen_90_days": (
            gettext("À l'inventaire, pas vus depuis 90 jours"),
            gettext("Comptés, mais aucun outil ne les a vus depuis 90 jours : au fond d'un tiroir, sortis, ou éteints ? Une recherche commence ici."),
            gettext("Tout ce que l'inventaire compte a été vu depuis 90 jours, ou aucun outil ne couvre ces catégories."),
        ),
        "personal": (
            gettext("Appareils personnels"),
            gettext("Mis à part : ils n'appartiennent pas à l'organisation et ne pèsent pas dans son empreinte."),
            gettext("Aucune source ne signale d'appareil personnel."),
        ),
        "unknown_personal": (
            gettext("Appareils personnels inconnus de l'inventaire"),
            gettext("Personnels selon l'outil qui les voit : c'est normal qu'aucun inventaire ne les connaisse."),
            gettext("Aucun."),
        ),
        "unknown_in_question": (
            gettext("Inconnus de l'inventaire, sauf si vous les rapprochez"),
            gettext("Chacun porte le nom d'un appareil de l'inventaire : répondez aux questions, ils trouveront leur place."),
            gettext("Aucune question ne les concerne."),
        ),
        "personal_in_question": (
            gettext("À l'inventaire, mais personnels selon un outil"),
            gettext("Ils sont à leur utilisateur selon l'outil, et l'inventaire les connaît : ils ne sont pas comptés tant que personne ne dit à qui ils sont."),
            gettext("Aucun, ou vous avez répondu pour tous."),
        ),
    }  # fmt: skip


def listing_card(told: Mapping[str, Any], key: str, slug: str, lang: str) -> dict[str, Any]:
    """A list in short: how many, of what, where it is read in full."""
    one, (title, meaning, empty) = told[key], list_words()[key]
    by_category = [
        f"{_small(kinds.label(category))} {numbers.count(n, lang)}" for category, n in one["by_category"].items()
    ]
    left = len(by_category) - 4
    more = (
        " " + ngettext("et %(n)d autre catégorie", "et %(n)d autres catégories", left) % {"n": left} if left > 0 else ""
    )
    return {
        "key": SHORT_LISTS[key], "title": title, "meaning": meaning if one["count"] else empty,
        "count": numbers.count(one["quantity"], lang), "some": bool(one["count"]),
        "of_what": ", ".join(by_category[:4]) + more, "url": reverse("parc:reconcile_list", args=[slug, SHORT_LISTS[key]]),
        "also": _also(told, lang) if key == "unknown_to_inventory" else "",
    }  # fmt: skip


def _small(label: str) -> str:
    """Within a sentence: « mini-PC », « téléphone IP »."""
    return label[:1].lower() + label[1:]


def _also(told: Mapping[str, Any], lang: str) -> str:
    """What stands beside the unknown devices: the personal ones, and those a question may place."""
    personal, asked = told["unknown_personal"]["count"], told["unknown_in_question"]["count"]
    said = [
        ngettext("%(n)s autre est personnel", "%(n)s autres sont personnels", personal) % {"n": numbers.count(personal, lang)}
        if personal else "",
        ngettext("%(n)s dépend d'une réponse", "%(n)s dépendent d'une réponse", asked) % {"n": numbers.count(asked, lang)}
        if asked else "",
    ]  # fmt: skip
    return ", ".join(filter(None, said))


def device_row(one: Mapping[str, Any], slug: str, lang: str) -> dict[str, str]:
    """One device of a list, as printed."""
    return {
        "label": one["label"] or gettext("sans numéro"),
        "url": reverse("parc:device_lineage", args=[slug, one["device"]]),
        "what": " · ".join(filter(None, (kinds.label(one["category"]), one["model"]))),
        "where": " · ".join(dict.fromkeys(filter(None, (one["entity"], one["site"])))) or "–",
        "seen": numbers.dated(one["last_seen_on"], lang) if one["last_seen_on"] else "–",
        "sources": _few(one["sources"]),
        "value": one["key"],
    }


def question(one: Mapping[str, Any], slug: str, lang: str) -> dict[str, Any]:
    """One of the decisions that matter most: the question in words, and the answers offered."""
    if one["pair"]:
        return {**pair(one["pair"], slug, lang), "kind": one["kind"]}
    found = one["disagreement"]
    label = found["label"] or gettext("sans numéro")
    words = {
        "gone_but_seen": gettext("« %(label)s » est sorti du parc selon une source, et vu depuis par une autre."),
        "personal_but_listed": gettext(
            "« %(label)s » est dans l'inventaire, mais personnel selon l'outil qui le voit : il n'est pas compté."
        ),
        "category": gettext("« %(label)s » est deux sortes d'appareil selon les sources."),
    }
    return {
        "kind": one["kind"], "what": words.get(one["kind"], "« %(label)s »") % {"label": label},
        "said": [(each["source"], value_text(found["field"], each["value"], lang) if each["value"] else gettext("ne le dit pas")) for each in found["said"]], "url": reverse("parc:device_lineage", args=[slug, found["device"]]),
        "value": found["key"] if one["kind"] == "personal_but_listed" else "", "label": label,
    }  # fmt: skip


def pair(one: Mapping[str, Any], slug: str, lang: str) -> dict[str, Any]:
    """Two devices that may be one, each in a sentence, and what they share."""
    words = {
        "name_and_site": gettext("Même nom et même lieu, « %(value)s » : un seul appareil ?"),
        "name": gettext("Même nom, « %(value)s », et un lieu manque : un seul appareil ?"),
        "other_maker": gettext(
            "Même numéro, « %(value)s », pour deux fabricants ou deux sortes d'appareil : vraiment deux appareils ?"
        ),
    }
    return {
        "kind": "apart" if one["why"] == "other_maker" else "same",
        "what": words.get(one["why"], "%(value)s") % {"value": one["value"]},
        "said": [_device_said(one[side], lang) for side in ("first", "second")],
        "value": json.dumps(one["keys"], ensure_ascii=False), "url": "",
    }  # fmt: skip


def pair_label(one: Mapping[str, Any]) -> str:
    """How a decision about two devices is remembered in words."""
    sides = [one["first"], one["second"]]
    return " / ".join(f"{side['label'] or '–'} ({', '.join(side['sources'])})" for side in sides)


def disagreement(one: Mapping[str, Any], slug: str, lang: str) -> dict[str, Any]:
    """One device of which sources say different things: who says what, and what is kept."""
    return {
        "label": one["label"] or gettext("sans numéro"), "said": _said(one, lang), "lesser": one["lesser"],
        "chosen": value_text(one["field"], one["chosen"], lang),
        "url": reverse("parc:device_lineage", args=[slug, one["device"]]),
    }  # fmt: skip


def field_label(field: str, lang: str) -> str:
    """A field of the device, in words."""
    from terreau.inventory.device import DEVICE

    known = {one.name: one.label(lang) for one in DEVICE}
    own = {"category": gettext("Catégorie"), "entered_on": gettext("Date d'entrée"), "left_on": gettext("Date de sortie"),
           "date": gettext("Date d'entrée"), "maker": gettext("Fabricant"), "fate": gettext("Sort")}  # fmt: skip
    return own.get(field) or known.get(field, field)


def value_text(field: str, value: str, lang: str) -> str:
    """What a source says of a field, as people read it: categories, statuses and dates are kept as keys."""
    from terreau.inventory.device import CHOICE_WORDS

    place = 1 if lang == "en" else 0
    if not value:
        return "–"
    if field == "status" and " · " in value:  # a status and the day it is known by
        status, day = value.split(" · ", 1)
        return f"{value_text('status', status, lang)}, {numbers.dated(day, lang)}"
    if field == "category":
        return kinds.label(value)
    words = CHOICE_WORDS.get(field, {})
    if value in words:
        return words[value][place]
    return numbers.dated(value, lang) if field.endswith("_on") else value


def room(one: Mapping[str, Any], lang: str) -> dict[str, str]:
    """A machine room that sources describe otherwise, and what is kept."""

    def told(said: Mapping[str, Any]) -> str:
        pue = gettext("PUE %(pue)s") % {"pue": numbers.number(float(said["pue"]), lang)} if said["pue"] else ""
        return ", ".join(filter(None, (said["country"], pue))) or gettext("ni pays ni PUE")

    return {"name": one["name"], "said": " ; ".join(told(said) for said in one["said"]), "kept": told(one["kept"])}


def decision(one: Decision, lang: str) -> dict[str, Any]:
    """A decision already made, in words."""
    words = {Decision.SAME: gettext("un seul appareil"), Decision.APART: gettext("deux appareils"),
             Decision.SOURCES: gettext("ordre choisi"), Decision.OWNER: owner(one)}  # fmt: skip
    label = one.subject.get("label") or gettext("Ordre des sources")
    return {"pk": one.pk, "label": label, "answer": words[one.kind], "day": numbers.day(one.created_at.date(), lang)}


def owner(one: Decision) -> str:
    """Whose device a person said it is, '' for another decision."""
    said = {"org": gettext("à l'organisation, compté"), "personal": gettext("personnel, à part")}
    return said.get(one.answer.get("ownership", ""), "")


def picture(told: Mapping[str, Any], lang: str) -> Any:
    """What the sources share, drawn: one bar per source, the devices that another source knows too first."""
    if len(told["sources"]) < 2:
        return None
    parts = (
        chart.Part(gettext("aussi connus d'une autre source"), "leaf"),
        chart.Part(gettext("connus d'elle seule"), "straw"),
    )
    bars = [
        chart.Bar(label=one["name"], values=(one["devices"] - one["alone"], one["alone"])) for one in told["sources"]
    ]
    return chart.shared_bars(
        key="partage", title=gettext("Ce que chaque source connaît"), axis=gettext("Source"), unit=gettext("appareils ou lots"),
        parts=parts, bars=bars, language=lang,
    )  # fmt: skip


def virtual(told: Mapping[str, Any], lang: str) -> str:
    """How many virtual machines there are, and which sources say them; '' without any."""
    said = [f"{one['name']} {numbers.count(one['virtual'], lang)}" for one in told["sources"] if one["virtual"]]
    facts = {"n": numbers.count(told["virtual"], lang), "sources": _few(said)}
    words = ngettext("%(n)s machine virtuelle, gardée à part : ce n'est pas un appareil (%(sources)s).",
                     "%(n)s machines virtuelles, gardées à part : ce ne sont pas des appareils (%(sources)s).", told["virtual"])  # fmt: skip
    return words % facts if said else ""


def overlap(one: Mapping[str, Any], lang: str) -> str:
    """How many devices two lists share, and what tells it, in words."""
    first, second = one["files"]
    by = {"serial": gettext("par numéro de série"), "imei": gettext("par IMEI"), "decision": gettext("par décision")}
    facts = {
        "n": numbers.count(one["devices"], lang),
        "first": first,
        "second": second,
        "by": by.get(one["by"], one["by"]),
    }
    said = ngettext("%(n)s appareil commun à « %(first)s » et « %(second)s », %(by)s.",
                    "%(n)s appareils communs à « %(first)s » et « %(second)s », %(by)s.", round(one["devices"]))  # fmt: skip
    return said % facts


def fates() -> dict[str, str]:
    """What becomes of one device, in words."""
    return {"virtual": gettext("machine virtuelle"), "personal": gettext("appareil personnel"),
            "retired": gettext("sorti du parc"), "stock": gettext("en stock")}  # fmt: skip


def together(told: Mapping[str, Any] | None) -> str:
    """One sentence for the page of the fleet: how many devices several sources know; '' when nobody knows yet."""
    if not told:
        return ""
    lang = kinds.language()
    shared = _shared(told)
    said = ngettext("%(n)s appareil connu de plusieurs sources, compté une fois.",
                    "%(n)s appareils connus de plusieurs sources, comptés une fois.", shared) % {"n": numbers.count(shared, lang)}  # fmt: skip
    unknown = told["unknown_to_inventory"]["quantity"]
    if unknown:
        said += " " + ngettext("%(n)s vu par un outil, inconnu de l'inventaire.", "%(n)s vus par un outil, inconnus de l'inventaire.",
                               round(unknown)) % {"n": numbers.count(unknown, lang)}  # fmt: skip
    return said


def _lead(told: Mapping[str, Any], lang: str) -> str:
    sources = ngettext("%(n)d source", "%(n)d sources", len(told["sources"])) % {"n": len(told["sources"])}
    facts = {
        "sources": sources,
        "rows": numbers.count(told["rows"], lang),
        "devices": numbers.count(told["devices"], lang),
    }
    return (
        gettext(
            "%(sources)s, %(rows)s lignes, %(devices)s appareils ou lots : chacun est compté une fois, et garde toutes ses lignes."
        )
        % facts
    )


def _shared(told: Mapping[str, Any]) -> int:
    return sum(n for number, n in told["shared"].items() if int(number) > 1)


def _field(one: Mapping[str, Any], lang: str) -> dict[str, Any]:
    example = next(iter(one["examples"]), None)
    return {
        "field": one["field"], "label": field_label(one["field"], lang), "count": numbers.count(one["count"], lang),
        "lesser": numbers.count(one["lesser"], lang) if one["lesser"] else "–",
        "example": sentence(example, lang) if example else "",
    }  # fmt: skip


def sentence(one: Mapping[str, Any], lang: str) -> str:
    """« GLPI dit T14, Intune dit 20W0 ; retenu : T14 »."""
    chosen = value_text(one["field"], one["chosen"], lang)
    return gettext("%(said)s ; retenu : %(chosen)s") % {"said": _few(_said(one, lang)), "chosen": chosen}


def _said(one: Mapping[str, Any], lang: str) -> list[str]:
    words = gettext("%(source)s dit « %(value)s »")
    return [
        words % {"source": each["source"], "value": value_text(one["field"], each["value"], lang)}
        for each in one["said"]
    ]


def _few(names: Sequence[str]) -> str:
    """The first ones, and how many more: twenty sources make no sentence."""
    left = len(names) - MOST_NAMED
    more = ngettext(" et %(n)d autre", " et %(n)d autres", left) % {"n": left} if left > 0 else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _device_said(one: Mapping[str, Any], lang: str) -> tuple[str, str]:
    serial = gettext("n° de série %(serial)s") % {"serial": one["serial"]} if one["serial"] else ""
    parts = (one["label"], one["model"] or kinds.label(one["category"]), serial, one["site"])
    return _few(one["sources"]), " · ".join(filter(None, parts))

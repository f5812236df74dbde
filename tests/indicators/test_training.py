"""Training: people without their names, rates with both terms, and files whose lines are all accounted for."""

import json
import re
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.indicators import apart
from terreau.indicators.attendance_file import read_attendances, read_staff
from terreau.indicators.catalogue import indicators
from terreau.indicators.people import handles, same_people
from terreau.indicators.training import Attendance, Course, Staffed, onboarding_rates, training_rates
from terreau.indicators.training_columns import attendance_template, staff_template
from terreau.indicators.training_paths import DATA, EVERYBODY, path_of, professions, training_paths
from terreau.kernel import canonical
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from terreau.referentials.library import edition

KEY, OTHER = b"0123456789abcdef", b"fedcba9876543210"
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
AT = date(2026, 11, 22)
START = Course(key="start", title="Premier jour", onboarding=True)
CODE = Course(key="code", title="Écoconcevoir", professions=("design",))
COURSES = (START, CODE)


def who(name, number=""):
    return handles(KEY, name=name, number=number)


def went(name, course="start", on=date(2026, 3, 10), **more):
    return Attendance(person=who(name), course=course, followed_on=on, **more)


def here(name, profession="it", **more):
    return Staffed(person=who(name), profession=profession, **more)


def told(rates):
    return {one.profession: (one.measured.numerator, one.measured.denominator, one.measured.value) for one in rates}


@pytest.mark.parametrize(
    "spelt",
    [
        "dupont jean",
        "DUPONT, Jean",
        "M. Jean Dupont",
        "Jéan  DUPONT",
        "jean.dupont@example.org",
        "Jean-Dupont",
        "Mr Jean DUPONT",
    ],
)
def test_one_person_spelt_in_many_ways_is_one(spelt):
    assert who(spelt) == who("Jean DUPONT")


def test_two_people_are_two_and_another_key_makes_another_identifier():
    assert who("Jeanne Dupont") != who("Jean Dupont")
    assert handles(OTHER, name="Jean Dupont") != who("Jean Dupont")
    assert who("?") == who("") == ()


def test_a_short_key_is_refused():
    with pytest.raises(TerreauError, match="training_key_short"):
        handles(b"secret", name="Jean Dupont")


NAMES = st.lists(st.text("abcdefghijklmnopqrstuvwxyzéèïô", min_size=2, max_size=9), min_size=1, max_size=4)


@given(NAMES, st.randoms(use_true_random=False), st.sampled_from([" ", "-", ", ", "  "]))
@settings(max_examples=50)
def test_the_order_case_and_accents_of_a_name_count_for_nothing_and_it_never_shows(words, random, between):
    shuffled = [word.upper() if random.random() < 0.5 else word.capitalize() for word in words]
    random.shuffle(shuffled)
    made = who(" ".join(words))
    assert who(between.join(shuffled)) == made
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in made)


def test_a_name_goes_with_its_number_but_namesakes_stay_apart():
    known, lone = who("Jean Dupont", "A12"), who("Jean Dupont")
    assert len(set(same_people([known, lone]).values())) == 1
    other = who("Jean Dupont", "B34")
    people = same_people([known, other, lone])
    assert len({people[known[0]], people[other[0]], people[lone[0]]}) == 3


def test_three_of_four_trained_and_each_profession_has_its_rate():
    staff = [here("A A"), here("B B"), here("C C", "design"), here("D D", "design")]
    rates = told(
        training_rates(
            COURSES, [went("A A"), went("a a", "code"), went("C C", "code"), went("D D")], period=YEAR, staff=staff
        )
    )
    assert rates == {"": (3, 4, 0.75), "design": (2, 2, 1.0), "it": (1, 2, 0.5)}


def test_a_course_counts_only_for_the_professions_it_concerns_and_in_its_period():
    staff = [here("A A"), here("B B", "design")]
    late, other = went("B B", "code", date(2027, 1, 1)), went("A A", "code")
    assert told(training_rates(COURSES, [late, other], period=YEAR, staff=staff))[""] == (0, 2, 0.0)


def test_those_who_left_or_are_unknown_are_left_out_and_counted():
    staff = [here("A A"), here("B B", left_on=date(2026, 6, 30))]
    whole = training_rates(COURSES, [went("A A"), went("B B"), went("Z Z")], period=YEAR, staff=staff)[0]
    assert (whole.measured.numerator, whole.measured.denominator) == (1, 1)
    assert [(row.value, row.fr) for row in whole.measured.excluded] == [
        (2, "Formées, mais absentes de la liste des effectifs")
    ]


@pytest.mark.parametrize(
    ("headcounts", "code"),
    [(None, "denominator_absent"), ({"it": 0}, "denominator_zero"), ({"it": 1}, "more_trained_than_people")],
)
def test_a_rate_without_a_headcount_that_holds_is_absent_with_the_reason(headcounts, code):
    attendances = [went("A A", profession="it"), went("B B", profession="it")]
    whole = training_rates(COURSES, attendances, period=YEAR, headcounts=headcounts)[0]
    assert (whole.measured.value, whole.reason.code) == (None, f"indicators.{code}")
    assert whole.reason.words("fr").remedy
    assert "‹" not in str(whole.reason.words("en"))


def test_headcounts_are_enough_for_a_rate_and_one_lacking_spoils_the_whole_only():
    attendances = [went("A A", profession="it"), went("B B", profession="design")]
    assert told(training_rates(COURSES, attendances, period=YEAR, headcounts={"it": 4, "design": 2}))[""] == (
        2,
        6,
        pytest.approx(1 / 3),
    )
    rates = told(training_rates(COURSES, attendances, period=YEAR, headcounts={"it": 4}))
    assert rates == {"": (2, None, None), "design": (1, None, None), "it": (1, 4, 0.25)}


def test_onboarding_counts_those_whose_delay_is_over():
    arrived = date(2026, 2, 1)
    staff = [
        here("A A", arrived_on=arrived), here("B B", arrived_on=arrived), here("C C", arrived_on=arrived),
        here("D D", arrived_on=date(2026, 12, 5)), here("E E", arrived_on=arrived, left_on=date(2026, 2, 20)),
        here("F F", arrived_on=date(2020, 1, 1)), here("G G"),
    ]  # fmt: skip
    attendances = [went("A A", on=arrived + timedelta(days=30)), went("B B", on=arrived + timedelta(days=31)),
                   went("C C", "code", arrived), went("D D", on=date(2026, 12, 6)), went("F F")]  # fmt: skip
    whole, it = onboarding_rates(COURSES, attendances, period=YEAR, staff=staff, days=30)
    assert (whole.measured.numerator, whole.measured.denominator, whole.measured.value) == (1, 3, pytest.approx(1 / 3))
    assert it.profession == "it"
    assert [(row.value, row.en) for row in whole.measured.excluded] == [
        (1, "Arrived, delay still running"), (1, "Left before the end of their delay")]  # fmt: skip


def test_an_onboarding_course_for_another_profession_is_nobody_s_onboarding():
    shop = Course(key="shop", title="Premier jour en boutique", professions=("sales",), onboarding=True)
    staff = [here("A A", arrived_on=date(2026, 2, 1)), here("B B", "sales", arrived_on=date(2026, 2, 1))]
    attendances = [went("A A", "shop", date(2026, 2, 2)), went("B B", "shop", date(2026, 2, 2))]
    assert told(onboarding_rates([shop], attendances, period=YEAR, staff=staff)) == {
        "": (1, 2, 0.5), "it": (0, 1, 0.0), "sales": (1, 1, 1.0)
    }  # fmt: skip


def test_onboarding_without_a_list_of_staff_needs_the_number_of_arrivals():
    attendances = [went("A A", arrived_on=date(2026, 3, 1), profession="it")]
    assert told(onboarding_rates(COURSES, attendances, period=YEAR, arrivals={"it": 2}))[""] == (1, 2, 0.5)
    assert onboarding_rates(COURSES, attendances, period=YEAR)[0].reason.code == "indicators.denominator_absent"


def test_a_list_of_staff_where_nobody_is_due_counts_nobody_rather_than_an_unknown_number():
    long_there, gone = here("A A", arrived_on=date(2020, 1, 1)), here("B B", left_on=date(2025, 6, 30))
    for (whole,) in (onboarding_rates(COURSES, [], period=YEAR, staff=[long_there]), training_rates(COURSES, [], period=YEAR, staff=[gone])):  # fmt: skip
        assert (whole.measured.denominator, whole.measured.value) == (0, None)
        assert whole.reason.code == "indicators.denominator_zero"


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["start", "code"]), st.integers(0, 500)), max_size=20),
       st.lists(st.tuples(st.sampled_from(["it", "design"]), st.integers(-400, 300)), min_size=1, max_size=6))  # fmt: skip
@settings(max_examples=50)
def test_a_rate_is_a_share_its_whole_is_the_sum_and_one_more_attendance_never_lowers_it(followed, people):
    first = date(2026, 1, 1)
    staff = [
        here(f"p{n} q{n}", profession, arrived_on=first + timedelta(days=came))
        for n, (profession, came) in enumerate(people)
    ]
    attendances = [went(f"q{n} P{n}", course, first + timedelta(days=day)) for n, course, day in followed]
    for rate in (training_rates, onboarding_rates):
        whole, *parts = rate(COURSES, attendances, period=YEAR, staff=staff)
        for one in (whole, *parts):
            assert one.reason is not None if one.measured.value is None else 0 <= one.measured.value <= 1
        assert whole.measured.numerator == sum(one.measured.numerator for one in parts)
        fewer = rate(COURSES, attendances[:-1], period=YEAR, staff=staff)[0]
        assert (fewer.measured.value or 0) <= (whole.measured.value or 0)


def written(tmp_path, text, name="formation.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def attendances_of(tmp_path, text, name="formation.csv"):
    return read_attendances(
        written(tmp_path, text, name), name=name, key=KEY, courses=COURSES, professions=professions(), at=AT
    )


def codes(line):
    return [one.code.partition(".")[2] for one in line.remarks]


FILE = """Nom;Prénom;Métier;Formation;Date;Date d'arrivée
DUPONT;Jean;Informatique et sécurité;Premier jour;14/03/2026;01/03/2026
Dupont;jean;it;start;14/03/2026;
Durand;Zoé;Astronaute;Premier jour;20/03/2026;
Durand;Zoé;it;Premier jours;21/03/2026;
;;it;start;22/03/2026;
Durand;Zoé;it;;23/03/2026;
Durand;Zoé;it;start;;
Durand;Zoé;it;start;Durand Zoé;
Durand;Zoé;it;Zoé Durand;24/03/2026;
Durand;Zoé;it;start;24/03/2027;
Durand;Zoé;Zoé;code;24/03/2026;jadis
Durand;Zoé;design;écoconcevoir;2025;
"""


def test_every_line_of_attendances_is_told_and_no_name_remains(tmp_path):
    read = attendances_of(tmp_path, FILE)
    assert [codes(line) for line in read.lines] == [
        [], ["attendance_twice"], ["profession_unknown"], ["course_unknown"], ["person_absent"], ["course_absent"], ["session_undated"],
        ["session_unreadable"], ["course_unknown"], ["session_to_come"], ["profession_unknown", "day_left_out"], [],
    ]  # fmt: skip
    assert (read.counts.lines, read.counts.accepted, read.counts.doubtful, read.counts.rejected) == (12, 2, 2, 8)
    assert read.attendances[0] == Attendance(person=who("Jean Dupont"), course="start", followed_on=date(2026, 3, 14), profession="it",
                                             arrived_on=date(2026, 3, 1))  # fmt: skip
    assert read.lines[3].remarks[0].facts["nearest"] == "Premier jour"  # its title, not our key
    assert "La plus proche est : aucune." in read.lines[8].remarks[0].words("fr").why
    assert all("formation" in read.lines[n].remarks[0].words("fr").why for n in (6, 7))  # attendances have no curve
    said = repr(read) + "".join(
        str(one.words(language)) for line in read.lines for one in line.remarks for language in ("fr", "en")
    )
    assert not re.search("dupont|durand|zo[ée]|jean", said, re.IGNORECASE)
    assert "‹" not in said


def test_a_sheet_or_a_column_named_after_somebody_is_not_quoted(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Jean Dupont"
    for row in [
        ["Nom", "Formation", "Date", "Zoé Durand"],
        ["Jean Dupont", "start", date(2026, 3, 14), "x"],
        ["Zoé Durand", "Atelier de Zoé", 2025, ""],
    ]:
        book.active.append(row)
    other = book.create_sheet("Durand")
    for row in [["Zoé Durand", "présente"], ["Zoé Durand", "absente"]]:
        other.append(row)
    book.create_sheet("Dupont")
    book.save(tmp_path / "f.xlsx")
    read = attendances_of(tmp_path, (tmp_path / "f.xlsx").read_bytes(), "f.xlsx")
    assert [(one.sheet, one.outcome) for one in read.lines][:2] == [("1", "accepted"), ("1", "rejected")]
    said = repr(read) + "".join(
        str(one.words("fr")) for one in (*read.findings, *(one for line in read.lines for one in line.remarks))
    )
    assert not re.search("dupont|durand|zo[ée]|jean", said, re.IGNORECASE)
    assert "indicators.columns_not_read" in [one.code for one in read.findings]


def test_a_name_in_the_wrong_column_or_in_brackets_in_a_heading_is_not_quoted_either(tmp_path):
    swapped = "Nom (Jean Dupont);Métier;Formation;Date;Date d'arrivée\nInformatique;Jean Dupont;start;14/03/2026;Zoé\n"
    swapped += "Achats;it;Jean Dupont;14/03/2026;\nAchats;it;start;Zoé Durand;\n"
    read = attendances_of(tmp_path, swapped)
    assert [codes(line) for line in read.lines] == [
        ["profession_unknown", "day_left_out"],
        ["course_unknown"],
        ["session_unreadable"],
    ]
    said = repr(read) + "".join(str(one.words("fr")) for line in read.lines for one in line.remarks)
    assert not re.search("dupont|durand|zo[ée]|jean", said, re.IGNORECASE)
    assert read.lines[1].remarks[0].column == "Formation"


def test_a_slip_in_a_course_we_know_and_a_day_in_figures_are_quoted(tmp_path):
    read = attendances_of(tmp_path, "Nom;Formation;Date\nDurand;Premier jours;14/03/2026\nDurand;start;31/02/2026\n")
    assert "« Premier jours »" in read.lines[0].remarks[0].words("fr").what
    assert "31/02/2026" in read.lines[1].remarks[0].words("fr").what


def test_the_same_attendance_in_two_sheets_counts_once_even_on_the_same_line(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for sheet in (book.active, book.create_sheet("2")):
        for row in (["Nom", "Formation", "Date"], ["Zoé Durand", "start", date(2026, 3, 14)]):
            sheet.append(row)
    book.save(tmp_path / "f.xlsx")
    read = attendances_of(tmp_path, (tmp_path / "f.xlsx").read_bytes(), "f.xlsx")
    assert [(one.outcome, codes(one)) for one in read.lines] == [("accepted", []), ("rejected", ["attendance_twice"])]


def test_a_file_of_people_read_apart_says_the_same_in_plain_values(tmp_path):
    read = attendances_of(tmp_path, FILE)
    words = {key: {"fr": one.fr, "en": one.en} for key, one in professions().items()}
    plain = apart.attendances(path=str(tmp_path / "formation.csv"), name="formation.csv", key=KEY.hex(), at=AT.isoformat(), professions=words,
                              courses=[asdict(one) for one in COURSES])  # fmt: skip
    told = json.loads(json.dumps(plain))
    assert [canonical.record(Attendance, one["record"]) for one in told["lines"] if one["record"]] == list(
        read.attendances
    )
    assert told["counts"] == {"lines": 12, "accepted": 2, "doubtful": 2, "rejected": 8, "set_aside": 0}
    staff = written(tmp_path, "Name,Profession\nJean Dupont,it\n", "s.csv")
    (line,) = apart.staff(path=str(staff), name="s.csv", key=KEY.hex(), at=AT.isoformat(), professions=words)["lines"]
    assert canonical.record(Staffed, line["record"]) == here("Jean Dupont")


def test_an_attendance_goes_to_json_and_back():
    one = went("Jean Dupont", profession="it")
    assert canonical.record(Attendance, json.loads(canonical.text(one))) == one


def test_the_list_of_staff_is_read_and_meets_the_attendances_whatever_the_spelling(tmp_path):
    text = "Matricule,Name,Job title,Hire date,End date\nA1,Jean Dupont,IT and security,2026-01-05,\nB2,Zoé Durand,design,2026-05-01,2026-04-01\nA1,Jean Dupont,it,,\nC3,,hr,,\n"
    read = read_staff(written(tmp_path, text), name="staff.csv", key=KEY, professions=professions(), at=AT)
    assert [codes(line) for line in read.lines] == [[], ["departure_before_arrival"], ["person_twice"], []]
    assert [one.profession for one in read.staff] == ["it", "design", "hr"]
    rates = training_rates(COURSES, attendances_of(tmp_path, FILE).attendances, period=YEAR, staff=read.staff)
    assert told(rates) == {
        "": (2, 3, pytest.approx(2 / 3)),
        "design": (1, 1, 1.0),
        "hr": (0, 1, 0.0),
        "it": (1, 1, 1.0),
    }


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_templates_are_read_back_without_a_line(tmp_path, format, language):
    read = attendances_of(tmp_path, attendance_template(format, language), f"a.{format}")
    assert (read.lines, [one.code for one in read.findings]) == ((), ["tables.header_only"])
    staff = written(tmp_path, staff_template(format, language), f"s.{format}")
    assert read_staff(staff, name=f"s.{format}", key=KEY, professions=professions(), at=AT).lines == ()


def test_an_address_or_a_number_is_enough_to_tell_people_apart(tmp_path):
    read = attendances_of(tmp_path, "Courriel;Formation;Date\njean.dupont@example.org;start;14/03/2026\n")
    assert read.attendances[0].person == who("Jean Dupont")
    with pytest.raises(TerreauError, match="people_columns_missing"):
        attendances_of(tmp_path, "Formation;Date\nstart;14/03/2026\n")


@pytest.mark.parametrize("path", training_paths(), ids=lambda one: one.key)
def test_each_path_is_whole_and_names_indicators_that_exist(path):
    known = {one.key for one in indicators()}
    assert path.key == EVERYBODY or path.key in edition("nr-terreau").professions
    assert 3 <= len(path.steps) <= 6
    assert path.hours > 0
    for step in path.steps:
        assert set(step.serves) <= known, step.key
        assert step.serves
    assert (DATA / f"{path.key}.yaml").is_file()


def test_every_profession_of_our_own_edition_has_its_path_and_all_begin_alike():
    assert dict(professions()) == dict(edition("nr-terreau").professions)
    assert (
        [step.key for step in path_of("it")][:3]
        == [step.key for step in path_of("nobody")]
        == [step.key for step in path_of("")]
    )


def test_a_path_of_one_s_own_is_read_and_refused_when_it_lacks_something(tmp_path):
    (tmp_path / "sales.yaml").write_text('key: sales\nname: {fr: "Vente", en: "Sales"}\nwhy: {fr: "a", en: "b"}\nsteps:\n'
        '  - {key: one, kind: practice, title: {fr: "t", en: "t"}, able: {fr: "x", en: "y"}, hours: 1}\n', encoding="utf-8")  # fmt: skip
    assert list(professions(tmp_path)) == ["sales"]
    (tmp_path / "sales.yaml").write_text(
        'key: sales\nname: {fr: "Vente"}\nwhy: {fr: "a", en: "b"}\nsteps: [{key: one}]\n', encoding="utf-8"
    )
    with pytest.raises(TerreauError, match="path_refused"):
        training_paths(tmp_path)


def test_attendances_dated_in_two_orders_name_the_lines_that_contradict(tmp_path):
    text = "Nom;Formation;Date\nDupont;start;30/03/2026\nDurand;start;03/30/2026\nMartin;start;04/03/2026\n"
    read = attendances_of(tmp_path, text)
    assert [codes(line)[-1:] for line in read.lines] == [[], ["date_orders_mixed"], ["date_orders_mixed"]]
    assert "« 30/03/2026 » (ligne 2)" in read.lines[2].remarks[-1].words("fr").why

from __future__ import annotations

import json

import polars as pl
import pytest
from names_at_hand import answers, names, verdicts

from recon import (
    Judgement,
    Judgements,
    Kind,
    Matching,
    Said,
    describe_names,
    match_names,
    match_pairs,
    weights_from_text,
)

CHAIN = "Harbor Family Partners Society"


def clients(left: pl.DataFrame, right: pl.DataFrame, *told: Judgement) -> Matching:
    return match_names(left, right, kind=Kind.CLIENT, judgements=Judgements(told))


def said(verdict: Said, bought: str, billed: str, by: str = "jo") -> Judgement:
    return Judgement(Kind.CLIENT, bought, billed, verdict, by)


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("Acme Manufacturing, Inc.", "ACME MANUFACTURING"),
        ("The Wayne Foundation", "Wayne Foundation LLC"),
        ("Müller & Söhne GmbH", "Muller and Sohne"),
        ("A.B.C. Plumbing", "ABC Plumbing Ltd"),
        ("Stark Industries (Managed)", "Stark Industries"),
        ("Wonka Confections", "C-1042 - Wonka Confections"),
        ("Hooli Intl Svcs", "Hooli International Services"),
        ("AchieveNBCInc.", "Achieve NBC, Inc."),
        ("INITRODECORP.", "Initrode"),
        ("L.S.ReyesProducts", "LS Reyes Products"),
        ("Initech - HQ", "Initech"),
        ("McKesson", "McKesson Corporation"),
        ("eBay", "eBay Inc"),
        ("Retina Clinic London", "RETINACLINICLONDON"),
        ("Head Start Day Care", "Headstart Daycare"),
        ("Harbor Dental Group Inc Harbor Den", "Harbor Dental Group"),
        ("Harbor Dental - Harbor Dental West", "Harbor Dental West"),
        ("Harbour Theatre", "Harbor Theater Inc"),
    ],
)
def test_a_name_is_the_same_however_it_is_dressed(bought: str, billed: str) -> None:
    matching = clients(names(bought, "Globex"), names("Umbrella Group", billed))

    assert answers(matching)["0"] == "1"


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("Acme Dental, Naperville", "Acme Dental, Chicago"),
        ("Acme Dental - North", "Acme Dental - South"),
        ("Acme Dental (Sydney)", "Acme Dental (London)"),
        ("Acme Dental Location 2", "Acme Dental Location 3"),
        ("Acme (UK)", "Acme (US)"),
        ("Acme Dental North", "Acme Dental South"),
    ],
)
def test_two_places_of_one_name_are_never_certain_to_be_one(bought: str, billed: str) -> None:
    assert verdicts(clients(names(bought, "Globex"), names(billed, "Globex Inc")))["0"] != "certain"


def test_a_word_is_a_name_of_its_own_where_every_other_name_with_it_has_its_like() -> None:
    alike = names("Acme", "Acme Dental", "Acme Roofing")
    assert set(verdicts(clients(alike, alike)).values()) == {"certain"}

    shortened = clients(names("Acme", "Acme Dental"), names("Acme", "Acme Dental Group", "Acme Dental Labs"))
    assert verdicts(shortened)["0"] != "certain", "it may be short for either"


@pytest.mark.parametrize(
    ("bought", "billed", "numbers"),
    [
        ("Achieve Roofing II", "Achieve Roofing", 1),
        ("Achieve Roofing II", "Achieve Roofing III", 2),
        ("Little Hands (87th)", "Little Hands (43rd)", 2),
        ("Achieve Roofing I", "Achieve Roofing Vi", 1),
        ("Achieve Roofing V", "Achieve Roofing", 0),
    ],
)
def test_numbers_are_numbers_in_roman_figures_too(bought: str, billed: str, numbers: int) -> None:
    described = describe_names(names(bought), names(billed), Kind.CLIENT)

    assert described["number left over"].item() == numbers


def test_what_is_left_over_and_shared_is_weighed_as_a_whole() -> None:
    described = describe_names(names("Oak Hollow Dental", "Fern"), names("Oak Hollow", "Stone"), Kind.CLIENT)
    told = described.filter((pl.col("left_id") == "0") & (pl.col("right_id") == "0")).to_dicts()[0]

    assert told["all left over on one side"] == pytest.approx(told["bought word left over"])
    assert told["all left over on either side"] == 0
    assert told["all shared"] > told["rarest shared word"]


def found_of_the_site(*others: str) -> float:
    """Say how much of a site's long name its short one covers, beside other names."""
    described = describe_names(names("Little Giants"), names(f"{CHAIN} Little Giants", *others), Kind.CLIENT)
    return float(described.filter(pl.col("right_id") == "0")["billed words found"].item())


def test_what_many_names_begin_with_hides_no_site_that_is_called_by_its_own_name_alone() -> None:
    alone = found_of_the_site("Oak Hollow", "Fern Bridge", "Maple Yard", "Cedar Point", "Stone Mill")
    chain = [f"{CHAIN} {site}" for site in ("Oak Hollow", "Fern Bridge", "Maple Yard", "Cedar Point", "Stone Mill")]

    assert alone < 0.4
    assert found_of_the_site(*chain) > 0.75


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("Saint Mary Clinic (Maine)", "Saint Mary Clinic (Reno)"),
        ("Acme Dental (Sydney)", "Acme Dental, Stotfold"),
        ("Acme Dental, Rockford", "Acme Dental, Yorkville"),
    ],
)
def test_a_place_need_not_be_known_to_differ_from_another(bought: str, billed: str) -> None:
    assert clients(names(bought), names(billed)).candidates["probability"].item() <= 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [("(NZ)", "(New Zealand)"), ("(India)", ", Government of India"), ("(United", "(United States)")],
)
def test_two_ways_to_write_one_place_are_no_two_places(one: str, other: str) -> None:
    described = describe_names(names(f"Atomic Board {one}"), names(f"Atomic Board {other}"), Kind.CLIENT)

    assert described["in brackets"].to_list() == [2]


def test_what_differs_but_the_place_is_said() -> None:
    (row,) = clients(names("Acme Dental, Naperville"), names("Acme Dental, Chicago")).candidates.to_dicts()

    assert row["reasons"] == [
        "places differ: Naperville and Chicago",
        "'Acme Dental, Naperville' and 'Acme Dental, Chicago' say the same but for the place",
    ]


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("KMB Foods", "KMB Goods"),
        ("Baker Law", "Baker Lawn"),
        ("Smith Dental", "Smith Rental"),
        ("Riverside Dental", "Riverview Dental"),
        ("Casa Fino", "Casa Pino"),
        ("Peterson Law", "Petersen Law"),
        ("Hartford Dental", "Dartford Dental"),
        ("Harbor Storage 1201", "Harbor Storage 1202"),
    ],
)
def test_a_letter_that_makes_another_word_is_a_question(bought: str, billed: str) -> None:
    matching = clients(names(bought, "Globex"), names(billed, "Globex Inc"))

    assert verdicts(matching)["0"] == "unsure"
    assert matching.candidates["reasons"].to_list() == [
        [f"'{bought}' and '{billed}' are spelled alike, but may be two names"]
    ]


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("KMB Foods", "KMB Fods"),
        ("Baker Construction", "Baker Constructoin"),
        ("Green Valley Farm", "Green Valley Farms"),
        ("Rio Star Foods", "Rio Star Foosd"),
        (("KMB Foods", "kmb.com"), ("KMB Goods", "kmb.com")),
    ],
)
def test_a_letter_that_makes_no_word_is_a_slip_and_so_is_one_within_a_domain(
    bought: str | tuple[str, str], billed: str | tuple[str, str]
) -> None:
    assert answers(clients(names(bought, "Globex"), names(billed, "Globex Inc")))["0"] == "0"


@pytest.mark.parametrize("sister", ["Smith Dental Lab", "Smith Dental Holdings", "Smith Dental Realty"])
def test_a_sister_companys_word_is_a_question(sister: str) -> None:
    others = ("Globex Foods", "Hooli Services", "Initech", "Umbrella Group", "Wonka Sweets", "Stark Industries")

    assert verdicts(clients(names(sister, *others), names("Smith Dental", *others)))["0"] == "unsure"


def test_a_word_that_both_sides_write_is_a_word_although_nobody_knows_it() -> None:
    bought, billed = ["Zorbex Marketing", "Globex"], ["Zorbax Marketing", "Globex Inc"]
    others = ["Zorbex Supply Chain", "Zorbax Wholesale Meats"]

    assert verdicts(clients(names(*bought), names(*billed)))["0"] == "certain"
    assert verdicts(clients(names(*bought, *others), names(*billed, *others)))["0"] == "unsure"


def test_names_of_blanks_only_are_never_certain_to_be_one() -> None:
    assert verdicts(clients(names(" ", "Globex"), names(" ", "Globex Inc")))["0"] != "certain"


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("LUC Ghana", "Lakeside University College Ghana"),
        ("IU Health University Hospital", "Indiana University Hospital"),
    ],
)
def test_initials_of_a_part_of_a_name_bring_it_to_a_person(bought: str, billed: str) -> None:
    matching = clients(names(bought, "Acme Ghana"), names(billed, "Lakeside Foods"))

    shown = (
        matching.matches.filter(pl.col("left_id") == "0")["right_id"].to_list()
        + matching.candidates.filter((pl.col("left_id") == "0") & (pl.col("rank") == 1))["right_id"].to_list()
    )
    assert "0" in shown


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("Summit Dental - Denver", "Summit Dental - Boise"),
        ("Acme Dental - Naperville", "Acme Dental - Aurora"),
        ("First Baptist Church of Plano", "First Baptist Church of Frisco"),
        ("Kingsway Church Dallas", "Kingsway Church Austin"),
        ("Sunrise Senior Living", "Sunset Senior Living"),
    ],
)
@pytest.mark.parametrize(
    "others", [(), ("Oak Vet", "Pine Law", "River Bank", "Sunny Spa", "Zeta Motors", "Hill Foods")]
)
def test_sisters_whose_names_both_say_more_are_never_certain_to_be_one(
    bought: str, billed: str, others: tuple[str, ...]
) -> None:
    inc = [f"{other} Inc" for other in others]
    assert verdicts(clients(names(bought, *others), names(billed, *inc)))["0"] != "certain"


@pytest.mark.parametrize(
    ("bought", "billed", "verdict"),
    [
        ("cornerstonetx.org", "cornerstoneok.org", "unsure"),
        ("cornerstonechurch.onmicrosoft.com", "ccok.org", "certain"),
    ],
)
@pytest.mark.parametrize("others", [2, 7])
def test_one_name_of_two_web_sites_is_a_question_but_a_tenants_name_is_no_site(
    bought: str, billed: str, verdict: str, others: int
) -> None:
    rest = [f"Client{at} Services" for at in range(others)]
    left, right = (
        pl.DataFrame(
            {
                "id": [str(at) for at in range(others + 1)],
                "name": ["Cornerstone Church", *(f"{name}{end}" for name in rest)],
                "domain": [site, *(f"{name.split()[0]}.com".lower() for name in rest)],
            }
        )
        for site, end in ((bought, ""), (billed, " Inc"))
    )
    assert verdicts(clients(left, right))["0"] == verdict


def test_a_name_with_a_capital_inside_is_one_word_where_others_write_it_so() -> None:
    shortened = clients(names("LiDestri", "Umbrella"), names("LiDestri Foods Inc.", "Umbrella Group"))
    opened = clients(names("AchieveNBC", "Umbrella"), names("Achieve NBC Inc.", "Umbrella Group"))

    assert shortened.candidates["reasons"].to_list()[0] == ["'LiDestri' shortens 'LiDestri Foods Inc.'"]
    assert answers(opened)["0"] == "0"


def test_a_name_spaced_differently_is_asked_about_where_it_may_be_short_for_another() -> None:
    matching = clients(names("Mc Kesson", "Umbrella"), names("McKesson", "McKesson Medical"))

    assert verdicts(matching)["0"] == "unsure"


@pytest.mark.parametrize(
    ("bought", "billed", "other"),
    [
        ("Acme Dental - Naperville", "Acme Dental Naperville", "Acme Dental Chicago"),
        ("Hooli (Chicago)", "HOOLI CHICAGO", "Hooli Elgin"),
        ("Initech, London", "Initech London", "Initech Paris"),
        ("Globex - Site 2", "Globex Site 2", "Globex Site 3"),
    ],
)
def test_a_place_that_one_side_sets_off_is_one_place(bought: str, billed: str, other: str) -> None:
    assert answers(clients(names(bought, "Umbrella"), names(other, billed)))["0"] == "1"


@pytest.mark.parametrize(
    ("bought", "billed"),
    [("Orchid", "Ocrhid Inc"), ("Chrus", "Chorus"), ("Maeia's", "Maria's Fashions"), ("Hooli", "Holli Ltd")],
)
def test_a_name_of_one_mistyped_word_is_found(bought: str, billed: str) -> None:
    matching = clients(names(bought, "Globex"), names("Globex", "Umbrella Group", billed))

    first = matching.candidates.filter((pl.col("left_id") == "0") & (pl.col("rank") == 1))["right_id"].to_list()
    assert verdicts(matching)["0"] != "none"
    assert [*first, answers(matching)["0"]][0] == "2"


def test_equal_stable_ids_are_one_client_whatever_the_names_say() -> None:
    tenant = "6c1d7a3e-1b2c-4d5e-8f90-a1b2c3d4e5f6"
    bought = names("Kardo 1").with_columns(stable_id=pl.lit(tenant.upper()))
    billed = names("Onaca New Corporation", "Kardo").with_columns(stable_id=pl.Series([tenant, None]))

    row = clients(bought, billed).matches.row(0, named=True)

    assert (row["right_id"], row["path"]) == ("0", "id")
    assert row["reasons"] == [f"same id {tenant.upper()}"]


def test_a_short_number_that_both_systems_happen_to_use_is_no_evidence() -> None:
    bought = names("Acme").with_columns(stable_id=pl.lit("228"))
    billed = names("Globex").with_columns(stable_id=pl.lit("228"))

    assert verdicts(clients(bought, billed)) == {"0": "none"}


def test_two_equally_good_candidates_are_a_question_and_both_are_shown() -> None:
    matching = clients(names("Acme"), names("Acme Inc", "Acme LLC"))

    assert verdicts(matching) == {"0": "unsure"}
    assert matching.candidates["right_id"].to_list() == ["0", "1"]


def test_a_domain_tells_namesakes_apart() -> None:
    matching = clients(names(("Acme", "acme.com")), names(("Acme Inc", "acme.com"), ("Acme LLC", "acme-pumps.net")))

    assert answers(matching) == {"0": "0"}
    assert "same domain acme.com" in matching.matches["reasons"][0]


def test_a_mail_domain_anyone_may_have_is_no_evidence() -> None:
    matching = clients(names(("Acme Bakery", "gmail.com")), names(("Zenith Plumbing", "gmail.com")))

    assert verdicts(matching) == {"0": "none"}


def test_a_person_who_says_same_beats_every_score() -> None:
    matching = clients(names("Redondo's"), names("Froeco, LLC", "Redondo's"), said(Said.SAME, "redondos", "FROECO LLC"))

    assert answers(matching) == {"0": "0"}
    assert matching.matches["path"].to_list() == ["judgement"]
    assert matching.matches["reasons"].to_list() == [["jo said these are the same"]]


def test_where_people_settled_all_of_one_side_the_rest_of_the_other_is_left_alone() -> None:
    told = [said(Said.SAME, "Acme", "Umbrella"), said(Said.SAME, "Globex", "Initech")]

    matching = clients(names("Acme", "Globex"), names("Umbrella", "Initech", "Acme"), *told)

    assert answers(matching) == {"0": "0", "1": "1"}
    assert matching.candidates.is_empty()


def test_a_judged_name_that_two_have_is_answered_alike_whatever_the_order_and_however_often() -> None:
    twice = names(*[f"Acme {n % 300}" for n in range(600)])
    told = [said(Said.SAME, f"Globex {n}", f"acme {n}") for n in range(300)] + [said(Said.SAME, "nobody", "nobody")]
    bought = names(*[f"Globex {n}" for n in range(300)])

    first, again = clients(bought, twice, *told), clients(bought.reverse(), twice.reverse(), *told)

    assert None not in answers(first).values()
    assert answers(first) == answers(again)


def test_a_judged_name_whose_answer_stands_twice_under_one_id_is_answered_once() -> None:
    zed = pl.DataFrame({"id": ["9", "9", "8"], "name": ["Zed", "Zed", "Bolt"]})

    matching = clients(names("Acme", "Bolt"), zed, said(Said.SAME, "Acme", "Zed"))

    assert matching.matches["right_id"].to_list() == ["9", "8"]


def test_a_refused_pair_is_never_proposed_again() -> None:
    matching = clients(names("Acme Inc"), names("Acme"), said(Said.DIFFERENT, "Acme Inc", "Acme"))

    assert verdicts(matching) == {"0": "none"}
    assert matching.candidates.is_empty()


def test_a_later_answer_wins_and_an_answer_can_be_taken_back() -> None:
    same, different = said(Said.SAME, "Kardo", "Onaca"), said(Said.DIFFERENT, "Kardo", "Onaca")

    assert answers(clients(names("Kardo"), names("Onaca"), different, same)) == {"0": "0"}
    assert answers(clients(names("Kardo"), names("Onaca"), same, different)) == {"0": None}
    assert answers(clients(names("Kardo"), names("Onaca"), same, said(Said.TAKEN_BACK, "Kardo", "Onaca"))) == {
        "0": None
    }


def test_an_unsure_answer_keeps_a_good_match_a_question() -> None:
    matching = clients(names("Acme Inc"), names("Acme"), said(Said.UNSURE, "Acme Inc", "Acme"))

    assert verdicts(matching) == {"0": "unsure"}


def test_a_stable_id_may_stand_for_a_name_in_a_judgement() -> None:
    bought = names("Kardo").with_columns(stable_id=pl.lit("T-77"))

    assert answers(clients(bought, names("Onaca"), said(Said.SAME, "T-77", "Onaca"))) == {"0": "0"}


@pytest.mark.parametrize("empty", ["left", "right", "both"])
def test_a_side_without_names_is_no_problem(empty: str) -> None:
    none = names()
    left, right = (none if empty in {side, "both"} else names("Acme") for side in ("left", "right"))

    assert set(verdicts(clients(left, right)).values()) <= {"none"}


def test_hostile_names_get_an_answer_or_a_question() -> None:
    odd = [
        "",
        " ",
        "A",
        "Inc",
        "🎉",
        "🎉🎉",
        "شركة أكمي",
        "株式会社アクメ",
        "x" * 5000,
        "Ltd Ltd Ltd",
        "\x00",
        "&",
        "e\u0301",
        "—",
    ]
    matching = clients(names(*odd), names(*reversed(odd)))

    assert matching.matches.height == len(odd)
    assert answers(matching)["4"] == str(len(odd) - 1 - 4)
    assert answers(matching)["6"] == str(len(odd) - 1 - 6)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("name", ["Acme", "Acme Dental Group", "A", "🎉", "شركة أكمي"])
def test_ten_thousand_identical_names_are_a_question_each(kind: Kind, name: str) -> None:
    crowd = names(*[name] * 10_000)

    assert set(verdicts(match_names(crowd, crowd, kind=kind)).values()) == {"unsure"}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    ("bought", "billed"), [("Acme Dental", "ACME Dental"), ("Widget (Blue)", "Widget, blue"), ("🎉", "🎉")]
)
def test_equal_names_are_a_question_even_for_weights_that_believe_in_nothing(
    kind: Kind, bought: str, billed: str
) -> None:
    nothing = {"start": -20.0, "rules": []}
    doubting = weights_from_text(json.dumps({"version": "doubting", "alone": nothing, "among_rivals": nothing}))

    matching = match_names(names(bought, bought), names(billed, billed, "Globex"), kind=kind, weights=doubting)

    assert verdicts(matching) == {"0": "unsure", "1": "unsure"}
    assert set(matching.candidates["right_id"]) == {"0", "1"}
    assert {reason for (reason,) in matching.matches["reasons"]} == {"the same name, but that alone does not settle it"}


def test_equal_names_that_a_person_refused_are_no_question() -> None:
    refused = said(Said.DIFFERENT, "Acme Dental", "Acme Dental")

    assert verdicts(clients(names("Acme Dental"), names("Acme Dental"), refused)) == {"0": "none"}


def test_the_same_name_twice_on_one_side_is_a_question_and_both_are_shown() -> None:
    matching = clients(names("Acme Dental", "Globex"), names("Acme Dental", "Acme Dental", "Globex"))

    assert verdicts(matching) == {"0": "unsure", "1": "certain"}
    assert set(matching.candidates["right_id"]) == {"0", "1"}


def test_names_of_five_thousand_letters_that_begin_apart_are_told_apart() -> None:
    long = [f"{letter * 20} {'very long name ' * 333}" for letter in "abcdefgh"]

    assert answers(clients(names(*long), names(*reversed(long)))) == {str(n): str(7 - n) for n in range(8)}


def test_a_crowd_of_names_that_share_all_their_words_is_no_crowd_of_pairs() -> None:
    left, right = (names(*(f"{word} Group Services {n}" for n in range(3_000))) for word in ("The", "A"))

    described = describe_names(left, right, Kind.CLIENT)

    assert described.height < 30 * left.height


def test_names_of_words_that_thousands_have_are_compared_by_two_of_them_and_by_what_a_slip_meant() -> None:
    starts = "Al Ash Bar Clay Dun Fair Hath Ken Lang Mor Nor Sel Win"
    ends = "bank brook burn den ford leigh stone ville wald wick"
    crowd = [start + end for start in starts.split() for end in ends.split()]
    others = [f"{one} {two} Engineering" for one in crowd for two in crowd]
    bought = ["Kenwick Hathwick Lenleigh LLC", "Winwick Kenwald Logistics", "Norville-Winleigh Engineering Inc."]
    billed = ["Kenwick Hathwick Lenlegh", "Winwick Kenwald Lgstcs Co", "Norvile Winleigh Engineering"]

    described = describe_names(names(*bought, *others), names(*billed, *others), Kind.CLIENT)

    met = set(described.select("left_id", "right_id").iter_rows())
    assert {("0", "0"), ("1", "1"), ("2", "2")} <= met


@pytest.mark.parametrize(
    ("short", "long", "explained"),
    [
        ("WHO", "World Health Organization", 1.0),
        ("DoD", "United States Department of Defense", 0.5),
        ("CRUK", "Cancer Research UK", 0.75),
        ("DCRCs", "Dementia Collaborative Research Centres", 1.0),
        ("WIDGETS", "World Health Organization", None),
    ],
)
def test_a_name_of_letters_meets_the_words_it_may_stand_for(short: str, long: str, explained: float | None) -> None:
    for left, right in ((short, long), (long, short)):
        described = describe_names(names(left), names(right), Kind.CLIENT)

        assert described["letters explained"].to_list() == ([] if explained is None else [pytest.approx(explained)])


def test_what_is_said_of_a_sister_takes_no_client_its_own_name() -> None:
    told = Judgement(Kind.CLIENT, "Acme Holdings East", "Acme Holdings", Said.SAME)

    found = clients(names("Acme Holdings", "Acme Holdings East", "Globex"), names("Acme Holdings", "Globex"), told)

    assert answers(found) == {"0": "0", "1": "0", "2": "1"}


def test_a_name_that_was_refused_is_not_taken_for_its_equal() -> None:
    told = [
        Judgement(Kind.CLIENT, "Acme Holdings East", "Acme Holdings", Said.SAME),
        Judgement(Kind.CLIENT, "Acme Holdings", "Acme Holdings", Said.DIFFERENT),
    ]

    found = clients(names("Acme Holdings", "Acme Holdings East"), names("Acme Holdings"), *told)

    assert answers(found) == {"0": None, "1": "0"}


def test_of_names_alike_but_for_their_legal_form_the_one_that_has_it_leads() -> None:
    bought = names("Blue Owl Capital Inc.", "Blue Owl Capital Corp", "Globex")

    ranked = match_pairs(bought, names("Blue Owl Capital Corporation", "Hooli"), kind=Kind.CLIENT)

    chances = dict(ranked.select("left_id", "score").iter_rows())
    assert chances["1"] > chances["0"] + 0.05


@pytest.mark.parametrize(
    ("short", "word", "is_one"),
    [
        ("mgmt", "management", True),
        ("plbg", "plumbing", True),
        ("plmbrs", "plumbers", True),
        ("brn", "barn", True),
        ("hp", "hilltop", False),  # two letters may be anything
        ("mgm", "management", False),  # it ends otherwise
        ("crt", "cabinetrestoration", False),  # too little of it is left
    ],
)
def test_a_word_without_its_vowels_is_that_word_to_a_degree(short: str, word: str, *, is_one: bool) -> None:
    told = describe_names(names(f"Zephyr {short}"), names(f"Zephyr {word}"), Kind.CLIENT).row(0, named=True)

    assert (told["words left over"] == 0) == is_one
    assert not told["alike words that are two"]


@pytest.mark.parametrize(
    ("short", "long", "left_over"),
    [
        ("Ravenswood Community CCC", "Ravenswood Community Child Care Center", 0),
        ("N.W.H.C. of Denver", "Northwest Wellness & Health Clinic of Denver", 0),
        ("Ravenswood Community CCC", "Ravenswood Community Center for Children", 4),  # its letters stand otherwise
        ("Z.C. Catering", "Zephyr Corner Catering", 0),
        ("Zephyr Ox", "Zephyr Oak Xylophones", 3),  # a word of two letters
        ("Zephyr Corner CCC", "Zephyr Corner Care Center", 3),  # Corner is said already
    ],
)
def test_a_word_within_a_name_may_be_the_initials_of_other_words(short: str, long: str, left_over: int) -> None:
    for bought, billed in ((short, long), (long, short)):
        told = describe_names(names(bought), names(billed), Kind.CLIENT).row(0, named=True)

        assert told["words left over"] == left_over


def test_initials_within_a_name_are_said_to_be_that() -> None:
    ranked = match_pairs(names("Ravenswood CCC"), names("Ravenswood Child Care Center"), kind=Kind.CLIENT)

    assert ranked["reasons"].to_list() == [["'Ravenswood CCC' has initials of words of 'Ravenswood Child Care Center'"]]


def test_women_are_no_other_word_than_a_woman() -> None:
    bought, billed = names("Woman's Clinic", "Fireman Supply"), names("Women's Clinic", "Firemen Supply")

    described = describe_names(bought, billed, Kind.CLIENT).filter(pl.col("left_id") == pl.col("right_id"))

    assert described.select("words left over", "alike words that are two").rows() == [(0, 0), (0, 0)]


def test_a_word_in_another_form_is_nearly_the_same_word() -> None:
    bought, billed = names("Seaman's Mission", "Globex"), names("Seamen's Mission", "Globex Inc")
    described = describe_names(bought, billed, Kind.CLIENT).filter(pl.col("left_id") == pl.col("right_id"))

    assert described["bought words found"][0] > 0.98
    assert answers(clients(bought, billed))["0"] == "0"


def test_what_is_called_two_things_on_both_sides_is_listed_as_each_of_them() -> None:
    bought = names("Ezzard Charles", "Ezzard Charles School", "Globex")
    billed = names("EZZARD CHARLES SCHOOL", "Ezzard Charles", "Globex Inc")

    pairs = match_pairs(bought, billed, kind=Kind.CLIENT)

    told = {
        (left, right): verdict for left, right, verdict in pairs.select("left_id", "right_id", "verdict").iter_rows()
    }
    assert {pair for pair, verdict in told.items() if verdict == "certain"} == {("0", "1"), ("1", "0"), ("2", "2")}
    assert {("0", "0"), ("1", "1")} & set(told)
    assert answers(clients(bought, billed)) == {"0": "1", "1": "0", "2": "2"}

"""The picture of a suggestion: a fan with a band for each level of the rulebook."""

from __future__ import annotations

from dataclasses import replace
from math import atan2, degrees
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Rulebook, Suggestion
from rhrt.present.picture import as_svg
from tests.pictures import of_five_levels, suggested

EXAMPLE = str(Path(__file__).parents[1] / "rules" / "example-record.yaml")
SVG = "{http://www.w3.org/2000/svg}"
MARKS = {"Suggested", "Could be", "Your level"}


def drawn(suggestion: Suggestion) -> ElementTree.Element:
    return parsed(as_svg(suggestion))


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - rhrt's own


def words(picture: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in picture.iter(f"{SVG}text")]


def marked(picture: ElementTree.Element) -> dict[str, int]:
    """Give the level under whose number each mark is written."""
    levels: dict[str, int] = {}
    level = 0
    for said in words(picture):
        level = int(said) if said.isdigit() else level
        if said in MARKS:
            assert said not in levels, "a mark stands once"
            levels[said] = level
    return levels


def pointed_at(picture: ElementTree.Element, bands: int) -> int:
    """Give the place of the band at which the needle points, from 1."""
    (needle,) = picture.iter(f"{SVG}polygon")
    (hub,) = (one for one in picture.iter(f"{SVG}circle") if "stroke" not in one.attrib)
    x, y = map(float, needle.attrib["points"].split()[1].split(","))
    angle = degrees(atan2(float(hub.attrib["cy"]) - y, x - float(hub.attrib["cx"])))
    return int((180 - angle) / (180 / bands)) + 1


def lightness(colour: str) -> float:
    """Give the relative luminance of a colour, as WCAG defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_each_level_of_the_rulebook_has_a_band_with_its_number_and_name(rulebook: Rulebook) -> None:
    for one in (rulebook, of_five_levels(rulebook)):
        picture = drawn(replace(suggested(rulebook, 2), rulebook=one))
        assert len(list(picture.iter(f"{SVG}path"))) == len(one.levels)
        said = " ".join(words(picture))
        for level in one.levels:
            assert f"{level.level} {level.name}" in said
            assert f"Level {one.levels[-1].level}, {one.levels[-1].name}" in (picture.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_level_suggested_has_the_thick_outline_the_needle_and_the_word(rulebook: Rulebook, level: int) -> None:
    for one in (rulebook, of_five_levels(rulebook)):
        picture = drawn(replace(suggested(rulebook, level), rulebook=one))
        assert marked(picture) == {"Suggested": level}
        assert pointed_at(picture, len(one.levels)) == level
        assert sum(path.get("stroke-width") == "6" for path in picture.iter(f"{SVG}path")) == 1
        assert f"Suggested: Level {level}, {one.level[level].name}" in (picture.findtext(f"{SVG}title") or "")


def test_where_no_level_is_suggested_none_is_marked_and_it_says_so(rulebook: Rulebook) -> None:
    picture = drawn(suggested(rulebook, None))
    assert marked(picture) == {}
    assert " ".join(words(picture)).endswith("No level suggested")
    assert not list(picture.iter(f"{SVG}polygon")), "no needle"
    assert not [path for path in picture.iter(f"{SVG}path") if "stroke-width" in path.attrib]
    assert "No level suggested." in (picture.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("level", [None, 2, 3])
def test_what_it_could_be_is_dashed_and_said(rulebook: Rulebook, level: int | None) -> None:
    picture = drawn(suggested(rulebook, level, not_known=4))
    assert marked(picture) == {"Could be": 4} | ({"Suggested": level} if level else {})
    assert sum("stroke-dasharray" in path.attrib for path in picture.iter(f"{SVG}path")) == 1
    assert "stroke-dasharray" not in as_svg(suggested(rulebook, 4, not_known=4)), "it is that already"
    assert "Could be: Level 4, Specialist." in (picture.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("own", [2, 3])
def test_the_practitioner_s_own_level_is_marked_where_it_differs_and_where_it_agrees(
    rulebook: Rulebook, own: int
) -> None:
    picture = drawn(suggested(rulebook, 3, own=own))
    assert marked(picture) == {"Suggested": 3, "Your level": own}
    assert f"Your level: Level {own}," in (picture.findtext(f"{SVG}desc") or "")
    assert len([one for one in picture.iter(f"{SVG}circle") if "stroke" in one.attrib]) == 1


def test_the_picture_has_a_text_alternative_and_scales(rulebook: Rulebook) -> None:
    picture = drawn(suggested(rulebook, 3))
    assert picture.tag == f"{SVG}svg"
    assert picture.get("role") == "img"
    named = {one.get("id") for one in (picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")) if one is not None}
    assert set((picture.get("aria-labelledby") or "").split()) == named
    assert "viewBox" in picture.attrib
    assert "width" not in picture.attrib


def test_bands_are_told_apart_without_colour_and_words_are_read_on_all_of_them(rulebook: Rulebook) -> None:
    for one in (rulebook, of_five_levels(rulebook)):
        picture = drawn(replace(suggested(rulebook, None), rulebook=one))
        ink = lightness(picture.attrib["fill"])
        fills = [lightness(path.attrib["fill"]) for path in picture.iter(f"{SVG}path")]
        assert fills == sorted(fills, reverse=True), "each level is darker than the one below"
        assert len(set(fills)) == len(one.levels)
        assert min((fill + 0.05) / (ink + 0.05) for fill in fills) >= 7


def test_the_picture_is_small_the_same_every_time_and_fetches_nothing(rulebook: Rulebook) -> None:
    suggestion = replace(suggested(rulebook, 3, not_known=4, own=3), rulebook=of_five_levels(rulebook))
    picture = as_svg(suggestion)
    assert picture == as_svg(suggestion)
    assert len(picture.encode()) < 8192
    for word in ("<script", "<style", "href", "url(", "@import"):
        assert word not in picture
    assert picture.count("http") == 1, "the namespace"


def test_names_are_escaped(rulebook: Rulebook) -> None:
    name = '<script>"it\'s"</script>&'
    levels = tuple(replace(level, name=name) for level in rulebook.levels)
    suggestion = replace(suggested(rulebook, 3, not_known=4), rulebook=replace(rulebook, levels=levels))
    assert "<script" not in as_svg(suggestion)
    assert words(drawn(suggestion)).count(name) == 4


def test_the_command_prints_the_picture_of_a_file_and_of_options(rulebook: Rulebook) -> None:
    of_file = CliRunner().invoke(main, ["picture", EXAMPLE])
    assert marked(parsed(of_file.stdout)) == {"Suggested": 3, "Could be": 4, "Your level": 3}
    of_options = CliRunner().invoke(
        main, ["picture", "-", "--present", "abuse-or-neglect"], input=Path(EXAMPLE).read_text("utf-8")
    )
    assert marked(parsed(of_options.stdout)) == {"Suggested": 4, "Your level": 3}
    wrong = CliRunner().invoke(main, ["picture", "--present", "nothing-like-it"])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert CliRunner().invoke(main, ["picture"]).stdout == as_svg(suggested(rulebook, None))

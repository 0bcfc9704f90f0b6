"""Records read against a rulebook; and parts that do not change once made."""

from __future__ import annotations

import pickle
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhrt import Record, Rulebook, assess, load_rulebook
from rhrt.faults import BadInput
from rhrt.part import Part
from rhrt.record import Child, Marks, check
from rhrt.rulebook import snapshot
from rhrt.rulebook.kinds import Source
from rhrt.rulebook.model import Retired
from rhrt.steward.cases import examples, read_cases
from rhrt.steward.compare.compare import compare
from rhrt.steward.folder import open_folder
from rhrt.testing.strategies import records
from tests.conftest import RULEBOOK_FOLDER
from tests.steward import rulebook_in


def test_an_old_id_is_read_as_the_indicator_that_it_now_is(rulebook: Rulebook) -> None:
    renamed = replace(rulebook, aliases={"going-hungry": "lack-of-food"})
    record = Record.model_validate({"indicators": {"present": ["going-hungry", "lack-of-food"]}})
    assert check(record, renamed).present == ("lack-of-food",)
    assert [reason.indicator for reason in assess(record, renamed).reasons] == ["lack-of-food"]


def test_what_is_left_out_is_the_default_and_what_is_left_empty_is_left_out(rulebook: Rulebook) -> None:
    empty = {
        "indicators": {"present": None},
        "child": None,
        "situation": None,
        "circumstances": None,
        "judgement": None,
    }
    assert check(Record.model_validate(empty), rulebook) == check(Record(), rulebook)
    assert check(Record(), rulebook).answers == tuple(field.values[0] for field in rulebook.situation)


def test_a_record_holds_no_text_but_ids_and_answers(rulebook: Rulebook) -> None:
    """Every word of a checked record is one of the rulebook's own: nothing typed can be kept in it."""
    record = {
        "child": {"age_band": "5-9"},
        "indicators": {"present": ["lack-of-food"], "absent": ["unemployment"], "not_known": ["abuse-or-neglect"]},
        "circumstances": ["young-carer"],
        "situation": {"consent": "given"},
        "judgement": {"level": 3, "reason": "knows-more"},
    }
    words = {
        rulebook.id,
        *rulebook.indicator,
        *rulebook.field,
        *(value for field in rulebook.situation for value in field.values),
        *(band.id for band in rulebook.age_bands),
        *(circumstance.id for circumstance in rulebook.circumstances),
        *(reason.id for reason in rulebook.difference.reasons),
    }
    checked = check(Record.model_validate(record), rulebook)
    held = [one for part in checked for one in (part if isinstance(part, tuple) else (part,))]
    assert {one for one in held if isinstance(one, str)} <= words


def test_a_part_cannot_be_changed_and_equals_another_with_the_same_values() -> None:
    child = Child(age_band="5-9")
    with pytest.raises(FrozenInstanceError):
        child.age_band = "10-12"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del child.age_band
    assert child == Child(age_band="5-9")
    assert child != Child(age_band="10-12")
    assert child != Source(document="d", section="s")
    assert len({child, Child(age_band="5-9")}) == 1
    assert repr(child) == "Child(age_band='5-9')"
    assert pickle.loads(pickle.dumps(child)) == child  # noqa: S301 - our own bytes


def test_a_snapshot_is_used_only_for_the_files_and_the_version_it_was_made_from(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert snapshot.read_snapshot(tmp_path, rulebook.sha256, load_rulebook) is None
    snapshot.write_snapshot(tmp_path, rulebook)
    kept = snapshot.read_snapshot(tmp_path, rulebook.sha256, load_rulebook)
    assert kept is not None
    assert repr(kept.actions) == repr(rulebook.actions)
    assert kept.indicators == rulebook.indicators
    assert snapshot.read_snapshot(tmp_path, "0" * 64, load_rulebook) is None
    monkeypatch.setattr(snapshot, "VERSION", "0.0.0")
    assert snapshot.read_snapshot(tmp_path, rulebook.sha256, load_rulebook) is None


def test_the_same_files_give_the_same_hash_wherever_they_lie(rulebook: Rulebook, tmp_path: Path) -> None:
    for path in (path for at in ("*", "indicators/*", "ways/*") for path in RULEBOOK_FOLDER.glob(f"{at}.yaml")):
        copy = tmp_path / path.relative_to(RULEBOOK_FOLDER)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    elsewhere = load_rulebook(tmp_path)
    assert elsewhere.sha256 == rulebook.sha256
    assert elsewhere.indicators == rulebook.indicators


def turned(value: Any) -> Any:
    """Make the same again, every mapping in it with its keys in the opposite order."""
    if isinstance(value, Part):
        return type(value)(**{name: turned(own) for name, own in value.as_dict().items()})
    if isinstance(value, Mapping):
        return {key: turned(own) for key, own in reversed([*value.items()])}
    return tuple(map(turned, value)) if isinstance(value, tuple) else value


def parts(value: Any) -> Iterator[Part]:
    """Give every part within a value, itself included."""
    if isinstance(value, Part):
        yield value
        value = value.as_dict()
    if isinstance(value, Mapping | tuple):
        for own in value.values() if isinstance(value, Mapping) else value:
            yield from parts(own)


@given(written=records(load_rulebook()), data=st.data())
def test_equal_records_and_answers_are_one_in_a_set_in_whatever_order_their_keys_were_written(
    written: dict[str, Any], data: st.DataObject
) -> None:
    answers = data.draw(st.permutations(list(written["situation"].items())))
    first = Record.model_validate(written)
    second = Record.model_validate({**written, "situation": dict(answers)})
    assert first == second
    assert len({first, second}) == 1
    assert {first: 1}[second] == 1
    suggestion = assess(first)
    for part in parts((*suggestion.would_change, suggestion.receipt, *suggestion.reasons)):
        assert part == turned(part)
        assert hash(part) == hash(turned(part))


def test_parts_of_every_kind_are_hashed_as_they_are_compared(rulebook: Rulebook) -> None:
    every = [*parts(tuple(vars(rulebook).values()))]
    cases = read_cases(RULEBOOK_FOLDER / "cases")
    every += parts(tuple(cases.values()))
    for part in every:
        assert part == turned(part)
        assert hash(part) == hash(turned(part))
        assert part != turned(part).as_dict()
    several = {type(part).__name__ for part in every for own in part.as_dict().values() if has_keys(own)}
    assert several >= {"Case", "Finding", "Urgency", "Prompt", "SafetySentence", "WhatIf"}
    assert hash(Child()) != hash(Child(age_band="5-9"))
    assert (Child(age_band="5-9"), hash(Child())) != (Child(), hash(Child()))
    assert len({Marks(present=("a",)), Marks(absent=("a",)), Marks(present=("a", "b"))}) == 3


def has_keys(value: Any) -> bool:
    """Say whether there is a mapping of two keys or more in a value, which could be written in two orders."""
    if isinstance(value, Mapping):
        return len(value) > 1
    return isinstance(value, tuple) and any(map(has_keys, value))


def test_a_case_whose_answers_are_written_in_another_order_is_counted_once(tmp_path: Path) -> None:
    old = Path(__file__).parent / "checks" / "base"
    new = tmp_path / "new"
    for folder, answers in (
        (tmp_path / "old", "danger: no, harm_suspected: no"),
        (new, "harm_suspected: no, danger: no"),
    ):
        shutil.copytree(old, folder)
        case = folder / "cases" / "doing-well.yaml"
        text = case.read_text(encoding="utf-8")
        case.write_text(text.replace("\nexpected", f"\n  situation: {{{answers}}}\nexpected", 1), encoding="utf-8")
    found = compare(open_folder(tmp_path / "old"), open_folder(new))
    told = [example for file, case in read_cases(new / "cases").items() for example in examples(file, case)]
    assert len(found.tried) == len(told) == 4


def test_a_rulebook_altered_in_memory_has_not_the_hash_nor_the_receipt_of_another(rulebook: Rulebook) -> None:
    altered = replace(rulebook, notice="Another notice.")
    assert len({rulebook.sha256, altered.sha256, replace(altered, notice="A third.").sha256}) == 3
    assert altered.sha256 == replace(rulebook, notice="Another notice.").sha256
    assert assess(Record(), altered).receipt.rulebook_sha256 == altered.sha256
    read = load_rulebook(RULEBOOK_FOLDER)
    assert read.sha256 == rulebook.sha256, "of files it is the hash of the files, wherever they lie"
    assert pickle.loads(pickle.dumps(read)).sha256 == read.sha256  # noqa: S301


def with_a_sign_taken_out(rulebook: Rulebook) -> Rulebook:
    kept = tuple(one for one in rulebook.indicators if one.id != "leisure-access-poor")
    retired = (Retired(id="leisure-access-poor", last_edition="1 - 11/20"),)
    return replace(rulebook, edition="2 - 04/24", indicators=kept, retired=retired)


@pytest.mark.parametrize("mark", ["present", "absent", "not_known"])
def test_a_record_with_a_sign_that_was_taken_out_is_refused_and_says_until_when_it_was_there(
    rulebook: Rulebook, mark: str
) -> None:
    record = Record.model_validate({"indicators": {mark: ["leisure-access-poor"]}})
    assert check(record, rulebook)
    with pytest.raises(BadInput) as refused:
        check(record, with_a_sign_taken_out(rulebook))
    (fault,) = refused.value.faults
    assert fault.where == f"$.indicators.{mark}[0]"
    assert fault.what == (
        "'leisure-access-poor' was in the framework until edition 1 - 11/20 and has been taken out."
    )
    assert fault.remedy == "Take it out of the record.", "no sign is suggested in its place"


def test_a_place_that_still_names_a_sign_taken_out_is_said_to_and_no_other_sign_is_offered(tmp_path: Path) -> None:
    folder = rulebook_in(tmp_path)
    file = folder / "indicators" / "level-2-additional.yaml"
    before, after = re.split(r"(?=  - id: leisure-access-poor\n)", file.read_text(encoding="utf-8"))
    file.write_text(before + re.sub(r"\A.*?(?=  - id: )", "", after[1:], flags=re.DOTALL), encoding="utf-8")
    taken_out = 'retired:\n  - {id: leisure-access-poor, last_edition: "1 - 11/20"}\n'
    with (folder / "rulebook.yaml").open("a", encoding="utf-8") as written:
        written.write(taken_out)
    with pytest.raises(BadInput) as refused:
        load_rulebook(folder)
    told = [f"{fault.what} {fault.remedy}" for fault in refused.value.faults if "ladders.yaml" in fault.where]
    assert told == [
        "'leisure-access-poor' was in the framework until edition 1 - 11/20 and has been taken out. "
        "Take it out here too, or keep the sign."
    ]

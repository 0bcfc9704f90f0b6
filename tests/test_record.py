"""Records read against a rulebook; and parts that do not change once made."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from rhrt import Record, Rulebook, assess
from rhrt.faults import BadInput
from rhrt.record import Child, check
from rhrt.rulebook import snapshot
from rhrt.rulebook.load import load_rulebook
from rhrt.rulebook.model import Retired, Source
from tests.conftest import RULEBOOK_FOLDER


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
    assert snapshot.read_snapshot(tmp_path, rulebook.sha256) is None
    snapshot.write_snapshot(tmp_path, rulebook)
    kept = snapshot.read_snapshot(tmp_path, rulebook.sha256)
    assert kept is not None
    assert repr(kept.actions) == repr(rulebook.actions)
    assert kept.indicators == rulebook.indicators
    assert snapshot.read_snapshot(tmp_path, "0" * 64) is None
    monkeypatch.setattr(snapshot, "VERSION", "0.0.0")
    assert snapshot.read_snapshot(tmp_path, rulebook.sha256) is None


def test_the_same_files_give_the_same_hash_wherever_they_lie(rulebook: Rulebook, tmp_path: Path) -> None:
    for path in [*RULEBOOK_FOLDER.glob("*.yaml"), *RULEBOOK_FOLDER.glob("indicators/*.yaml")]:
        copy = tmp_path / path.relative_to(RULEBOOK_FOLDER)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    elsewhere = load_rulebook(tmp_path)
    assert elsewhere.sha256 == rulebook.sha256
    assert elsewhere.indicators == rulebook.indicators


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

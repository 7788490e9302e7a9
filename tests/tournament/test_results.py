"""What is stored is what the tournament gives: a slice is played again, the rest fits together."""

import json

import numpy as np
import pytest

from rectified.tournament import (
    CONTESTANTS,
    TASKS,
    compare_with,
    load_results,
    paired_interval,
    play,
    sign_flip_p_value,
    train,
)
from rectified.tournament.contest import FINAL_SEEDS, RATES, SCALES, TUNING_SEEDS
from tools.tournament import STORE, lines, rounded

#: Six digits are stored: half a unit of the sixth is 5e-6 of the number at most. On another machine
#: sums are rounded differently: start weights that are off by 1e-13, a thousand times as much,
#: move no number of these slices by more than 3e-10.
STORED_TO = 5.1e-6


@pytest.fixture(scope="module")
def results():
    return load_results()


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_a_slice_played_again_is_what_is_stored(name, results):
    stored, again = results["tasks"]["penguins"][name], play(TASKS["penguins"], CONTESTANTS[name])
    assert (again["rate"], again["scale"]) == (stored["rate"], stored["scale"])
    np.testing.assert_allclose(again["scores"], stored["scores"], rtol=STORED_TO)
    np.testing.assert_allclose(again["tuning"], stored["tuning"], rtol=STORED_TO)


def test_final_scores_follow_from_the_chosen_settings(results):
    stored = results["tasks"]["sine"]["relu"]
    settings = (np.full(len(FINAL_SEEDS), stored[key]) for key in ("rate", "scale"))
    _, scores = train(TASKS["sine"], CONTESTANTS["relu"], FINAL_SEEDS, *settings)
    np.testing.assert_allclose(scores, stored["scores"], rtol=STORED_TO)


def test_everybody_played_everything_with_the_settings_of_the_code(results):
    assert results["settings"] == {
        "rates": list(RATES),
        "scales": list(SCALES),
        "tuning_seeds": list(TUNING_SEEDS),
        "final_seeds": list(FINAL_SEEDS),
    }
    assert list(results["tasks"]) == list(TASKS)
    for played in results["tasks"].values():
        assert list(played) == list(CONTESTANTS)
        for result in played.values():
            assert result["tuning"].shape == (len(SCALES), len(RATES))
            assert result["scores"].shape == (len(FINAL_SEEDS),)
            assert np.isfinite(result["scores"]).all()


def test_the_best_setting_was_chosen(results):
    for played in results["tasks"].values():
        for result in played.values():
            chosen = result["tuning"][SCALES.index(result["scale"]), RATES.index(result["rate"])]
            assert chosen == result["tuning"].min()


def test_no_seed_is_both_for_choosing_and_for_the_score():
    assert len(FINAL_SEEDS) >= 10
    assert not set(FINAL_SEEDS) & set(TUNING_SEEDS)


def test_a_comparison_is_that_of_the_scores(results):
    rows = compare_with("relu", results, ["digits", "sine"])
    assert len(rows) == 2 * (len(CONTESTANTS) - 2)  # neither ReLU itself nor the control
    row = next(row for row in rows if (row.task, row.name) == ("sine", "gelu"))
    played = results["tasks"]["sine"]
    differences = played["gelu"]["scores"] - played["relu"]["scores"]
    assert (row.difference, row.low, row.high) == paired_interval(differences)
    assert row.p == sign_flip_p_value(differences)
    assert row.p <= row.adjusted <= len(rows) * row.p
    assert row.measurable == (row.adjusted < 0.05)


def test_more_comparisons_ask_for_more_evidence(results):
    few = {row.name: row.adjusted for row in compare_with("relu", results, ["sine"])}
    many = {row.name: row.adjusted for row in compare_with("relu", results) if row.task == "sine"}
    assert all(many[name] >= adjusted for name, adjusted in few.items())


def test_the_store_is_written_as_it_is_read():
    stored = {
        "settings": {"rates": [0.1]},
        "tasks": {"one": {"relu": rounded({"rate": 0.1, "scores": [1 / 3, 2.0]})}},
    }
    assert '"scores": [0.333333, 2.0]' in lines(stored)
    text = STORE.read_text("utf-8")
    assert lines(json.loads(text)) == text

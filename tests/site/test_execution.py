"""What a chapter's stored outputs depend on."""

import pytest
from rectified_site.execution import PROCESSOR, execution_key

from tools.book import ROOT


def test_equal_states_have_equal_keys():
    assert execution_key(ROOT) == execution_key(ROOT)


@pytest.mark.parametrize("name", PROCESSOR)
def test_another_processor_has_another_key(name, monkeypatch):
    here = execution_key(ROOT)
    monkeypatch.setenv(name, "other")
    assert execution_key(ROOT) != here

from __future__ import annotations

import pytest

from vstar_data.adapters import make_adapter
from vstar_data.recipe.loading import load_recipe
from vstar_data.records import Split


@pytest.mark.parametrize(
    ("name", "adapter"), [*((f"kinetics{size}", "kinetics") for size in (400, 600, 700)), ("table", "table")]
)
def test_the_recipe_loads_and_leaves_paths_to_the_user(name, adapter):
    recipe = load_recipe(name)
    source = recipe.sources[0]
    assert (source.adapter, source.split, source.annotations, source.videos) == (adapter, Split.TRAIN, None, None)
    assert make_adapter(source.adapter, source.adapter_options).needs.count("--") == 2
    assert (recipe.frames.count, recipe.frames.max_side) == (8, 448)
    assert (recipe.generate.samples, recipe.generate.rationalizations) == (1, 1)
    assert recipe.verification.profile == "strict"


def test_columns_can_be_set_from_outside():
    recipe = load_recipe("table", assignments=("adapter_options.columns.class=label",))
    assert recipe.sources[0].adapter_options == {"columns": {"class": "label"}}

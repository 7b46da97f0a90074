"""Noise and arg-max draw from the softmax of the filtered scores, row by row."""

from __future__ import annotations

import torch
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.engines.sampling import RowSampler, filtered, gumbel
from vstar_data.records import Sampling

SCORES = torch.tensor([2.0, 1.0, 0.0, -1.0, 1.5])

some_scores = st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=30).map(torch.tensor)


def sampling(temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> Sampling:
    return Sampling(max_new_tokens=1, temperature=temperature, top_k=top_k, top_p=top_p)


def test_the_draws_follow_the_softmax() -> None:
    draws = 4000
    rows = SCORES.expand(draws, -1)
    sampler = RowSampler([sampling(temperature=0.8)] * draws, range(draws))
    counts = torch.bincount(sampler(rows, rows).argmax(dim=-1), minlength=5) / draws
    assert torch.allclose(counts, torch.softmax(SCORES / 0.8, dim=-1), atol=0.03)


def test_a_row_draws_on_from_step_to_step() -> None:
    sampler = RowSampler([sampling()], [11])
    flat = torch.zeros(1, 1000)
    assert len({int(sampler(flat, flat).argmax()) for _ in range(20)}) > 15


def test_a_row_is_the_same_alone_and_among_others() -> None:
    rows = torch.randn(3, 50, generator=torch.Generator().manual_seed(1))
    together = RowSampler([sampling()] * 3, [4, 5, 6])(rows, rows)
    for place, seed in enumerate((4, 5, 6)):
        alone = RowSampler([sampling()], [seed])(rows[place : place + 1], rows[place : place + 1])
        assert torch.equal(alone[0], together[place])


def test_the_global_generator_is_neither_read_nor_moved() -> None:
    torch.manual_seed(0)
    before = torch.get_rng_state()
    first = RowSampler([sampling()], [3])(SCORES[None], SCORES[None])
    assert torch.equal(torch.get_rng_state(), before)
    torch.manual_seed(1)
    assert torch.equal(RowSampler([sampling()], [3])(SCORES[None], SCORES[None]), first)


def test_temperature_zero_is_greedy() -> None:
    assert torch.equal(RowSampler([sampling(0.0)], [3])(SCORES[None], SCORES[None])[0], SCORES)


def test_large_seeds_are_taken() -> None:
    RowSampler([sampling()], [2**64 - 1])(SCORES[None], SCORES[None])


def test_top_k() -> None:
    kept = filtered(SCORES, sampling(top_k=2)).isfinite()
    assert kept.tolist() == [True, False, False, False, True]
    assert filtered(SCORES, sampling(top_k=99)).isfinite().all()


def test_top_p_keeps_the_fewest_that_reach_it() -> None:
    shares = torch.tensor([0.5, 0.3, 0.15, 0.05])
    for top_p, kept in ((0.4, 1), (0.6, 2), (0.79, 2), (0.9, 3), (0.96, 4)):
        assert int(filtered(shares.log(), sampling(top_p=top_p)).isfinite().sum()) == kept


@given(some_scores, st.floats(0.1, 5), st.integers(0, 40), st.floats(0, 1))
def test_the_best_token_always_stays(scores: torch.Tensor, temperature: float, top_k: int, top_p: float) -> None:
    kept = filtered(scores, sampling(temperature, top_k, top_p))
    assert kept[scores.argmax()].isfinite()
    finite = kept.isfinite()
    assert torch.allclose(kept[finite], scores[finite] / temperature)
    assert scores[~finite].numel() == 0 or scores[~finite].max() <= scores[finite].min()


def test_gumbel_noise_is_finite_at_the_ends() -> None:
    assert gumbel(torch.tensor([0.0, 0.5, 1 - 2**-24])).isfinite().all()

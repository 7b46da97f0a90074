"""Sampling with a seed per row: the text of a request is the same alone and in any batch.

`generate` draws one multinomial for the whole batch from the global generator, so a row's text would depend on its
neighbours. Here each row adds Gumbel noise of its own to its filtered scores and the largest wins, which is a draw from
their softmax (Gumbel 1954; the "Gumbel-max trick"); `generate` is then told not to sample.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from vstar_data.records import Sampling


class RowSampler:
    """A logits processor after which the arg-max of a row is a draw from it.

    The noise comes from a generator on the CPU, so that it does not depend on the device. A row of temperature 0 is
    left as it is: its arg-max is the greedy choice.

    Args:
        samplings: For each row how its next token is chosen.
        seeds: For each row its seed.
    """

    def __init__(self, samplings: Sequence[Sampling], seeds: Sequence[int]) -> None:
        self._samplings = samplings
        self._generators = [torch.Generator().manual_seed(seed % 2**63) for seed in seeds]

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Returns the scores (rows x vocabulary) with the filters and the noise of each row applied."""
        rows = []
        for row, sampling, generator in zip(scores.float(), self._samplings, self._generators, strict=True):
            if sampling.temperature == 0:
                rows.append(row)
                continue
            uniform = torch.rand(row.shape[-1], generator=generator).to(row.device)
            rows.append(filtered(row, sampling) + gumbel(uniform))
        return torch.stack(rows)


def filtered(scores: torch.Tensor, sampling: Sampling) -> torch.Tensor:
    """Divides scores by the temperature and removes (to minus infinity) what top-k and then top-p exclude.

    Args:
        scores: The scores of one row, one per token of the vocabulary.
        sampling: `temperature` above 0; `top_k` 0 and `top_p` 1 remove nothing. Top-p keeps the smallest set of the
            likeliest tokens whose probabilities reach it, never less than one.
    """
    scores = scores / sampling.temperature
    if 0 < sampling.top_k < scores.shape[-1]:
        weakest = torch.topk(scores, sampling.top_k).values[-1]
        scores = scores.masked_fill(scores < weakest, -torch.inf)
    if sampling.top_p < 1:
        ordered, places = torch.sort(scores, descending=True, stable=True)
        shares = torch.softmax(ordered, dim=-1)
        outside = torch.cumsum(shares, dim=-1) - shares >= sampling.top_p
        outside[0] = False
        scores = scores.masked_fill(torch.zeros_like(outside).scatter(0, places, outside), -torch.inf)
    return scores


def gumbel(uniform: torch.Tensor) -> torch.Tensor:
    """Turns numbers that are uniform in [0, 1) into standard Gumbel noise, always finite."""
    tiny = torch.finfo(uniform.dtype).tiny
    return -torch.log(-torch.log(uniform.clamp(min=tiny)))

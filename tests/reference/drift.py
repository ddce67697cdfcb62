"""Drift: by how much a year's failures depart from what the years before predict.

Run through reference.py --drift. Random groups of UN members, issue general, consensus, each
member tabling in turn. See README.md for the readings chosen.
"""

import sys
import time

import numpy as np
from scipy.special import ndtr

GAP = 1.6
POINT = {"model_share": 0.05, "half_life": 1.5}
FIRST_YEAR = 2016
SIZES = 2, 19  # members of a random group
VARIANCE_GROUPS, VARIANCE_DRAWS = 100, 100
CHUNK = 20  # draws held in memory at a time


def random_groups(rng, world, count):
    sizes = rng.integers(SIZES[0], SIZES[1] + 1, count)
    return [rng.choice(len(world.un), size, replace=False) for size in sizes]


class Ballots:
    """The general roll calls a vote table knows, as arrays (UN members x roll calls)."""

    def __init__(self, world, table, only=None):
        relevance, _ = world.relevance("general", 0.3)
        keep = relevance[table.rows] > 0
        if only is not None:
            keep &= table.year == only
        self.year = table.year[keep]
        self.a, self.b = table.params[keep].T
        self.theta = np.stack([table.theta_in(m)[keep] for m in world.un])
        cast = world.ballots[table.rows[keep]].T
        self.said_yes, self.said_no = (cast == "Y").astype(float), (cast == "N").astype(float)
        self.present = self.said_yes + self.said_no + (cast == "A") > 0

    def chances(self, model_share, shift=None):
        """(yes, no) as arrays (members, draws, roll calls)."""
        shift = np.zeros((len(self.theta), 1)) if shift is None else shift
        model_share = np.asarray(model_share, dtype=float)[None, :, None]
        eta = self.a + self.b * (self.theta[:, None, :] + shift[:, :, None])
        share = np.where(self.present[:, None, :], model_share, 1.0)
        yes = share * ndtr(eta) + (1 - share) * self.said_yes[:, None, :]
        no = share * ndtr(-GAP - eta) + (1 - share) * self.said_no[:, None, :]
        return yes, no

    def recency(self, half_life):
        half_life = np.asarray(half_life, dtype=float)[:, None]
        return 0.5 ** ((self.year.max() - self.year) / half_life)


def consensus_failures(yes, no, weight):
    """Chance to fail by consensus, for each convenor in turn: (members, draws).

    yes, no: (members, draws, roll calls); weight: (draws, roll calls).
    """
    n = len(yes)
    need = n // 2  # yes votes beside the convenor's own
    stay = 1 - yes - no  # neither yes nor a veto
    shape = (need + 1,) + yes.shape[1:]
    # tails[k][t]: nobody from member k on says no, and at least t of them say yes
    tails = [None] * (n + 1)
    tails[n] = np.zeros(shape)
    tails[n][0] = 1.0
    for k in range(n - 1, 0, -1):
        tails[k] = stay[k] * tails[k + 1]
        tails[k][1:] += yes[k] * tails[k + 1][:-1]
        tails[k][0] += yes[k] * tails[k + 1][0]
    # before[a]: nobody before member k says no, and a of them say yes (the last: or more)
    before = np.zeros(shape)
    before[0] = 1.0
    fail = np.empty((n, yes.shape[1]))
    for k in range(n):
        passing = (before * tails[k + 1][::-1]).sum(0)
        tabled = weight * yes[k]
        fail[k] = 1 - (tabled * passing).sum(1) / tabled.sum(1)
        grown = before * stay[k]
        grown[1:] += before[:-1] * yes[k]
        grown[-1] += before[-1] * yes[k]
        before = grown
    return fail


class Draws:
    """The draws of the vote table, the same for every group."""

    def __init__(self, rng, world, count):
        low, high = (
            np.array([world.raw(f"unga_ideal_point_{end}", m) for m in world.un])
            for end in ("q5", "q95")
        )
        self.count = count
        self.shift = rng.standard_normal((len(world.un), count)) * ((high - low) / 3.29)[:, None]
        self.model_share = rng.uniform(0.02, 0.20, count)
        self.half_life = rng.uniform(1.0, 3.0, count)
        self.seeds = rng.integers(0, 2**63, count)

    def deadlock(self, ballots, groups):
        """(groups, draws): deadlock of one question, each member tabling in turn."""
        answer = np.empty((len(groups), self.count))
        calls = len(ballots.year)
        for start in range(0, self.count, CHUNK):
            part = slice(start, min(start + CHUNK, self.count))
            yes, no = ballots.chances(self.model_share[part], self.shift[:, part])
            times = np.stack(
                [
                    np.bincount(np.random.default_rng(s).integers(0, calls, calls), minlength=calls)
                    for s in self.seeds[part]
                ]
            )
            weight = times * ballots.recency(self.half_life[part])
            for g, group in enumerate(groups):
                answer[g, part] = consensus_failures(yes[group], no[group], weight).mean(0)
        return answer


def logit(p):
    return np.log(p / (1 - p))


def agreement(predicted, actual, prefix=""):
    return {
        f"{prefix}correlation": float(np.corrcoef(predicted, actual)[0, 1]),
        f"{prefix}mean_absolute_error": float(np.abs(predicted - actual).mean()),
        f"{prefix}mean_error": float((actual - predicted).mean()),
    }


def drift(world, seed, count, draws, say=lambda text: print(text, file=sys.stderr)):
    began = time.time()
    rng = np.random.default_rng(seed)
    groups = random_groups(rng, world, count)
    years = range(FIRST_YEAR, int(world.year.max()) + 1)
    before = {y: Ballots(world, world.before(y)) for y in years}
    predicted, actual, led, led_actual, questions = {}, {}, {}, {}, {}
    for y in years:
        of_year = Ballots(world, world.votes, only=y)
        questions[y] = len(of_year.year)
        sides = []
        for ballots, share, weight in (
            (before[y], [POINT["model_share"]], before[y].recency([POINT["half_life"]])),
            (of_year, [0.0], np.ones((1, questions[y]))),
        ):
            yes, no = ballots.chances(share)
            sides.append([consensus_failures(yes[g], no[g], weight)[:, 0] for g in groups])
        predicted[y], actual[y] = (np.array([f.mean() for f in side]) for side in sides)
        led[y], led_actual[y] = (np.array([f[0] for f in side]) for side in sides)
        say(f"{y}: {questions[y]} questions, {time.time() - began:.0f} s")

    departure = {}
    for y in years:
        low = 1 / (2 * questions[y])
        p, q = (np.clip(side[y], low, 1 - low) for side in (predicted, actual))
        departure[y] = logit(q) - logit(p)
    some = Draws(np.random.default_rng([seed, 1]), world, VARIANCE_DRAWS)
    drawn = some.deadlock(Ballots(world, world.votes), groups[:VARIANCE_GROUPS])
    other = float(logit(drawn).var(axis=1).mean())

    def sigmas(chosen):
        common = np.mean([departure[y].mean() ** 2 for y in chosen])
        own = np.mean([departure[y].var() for y in chosen]) - other
        return float(np.sqrt(common)), float(np.sqrt(max(own, 0.0)))

    sigma_year, sigma_own = sigmas(years)
    say(f"sigma_year {sigma_year:.4f}, sigma_own {sigma_own:.4f}, {time.time() - began:.0f} s")
    answer = {
        "seed": seed,
        "groups": count,
        "sigma_year": sigma_year,
        "sigma_own": sigma_own,
        "variance_within_year": float(np.mean([departure[y].var() for y in years])),
        "variance_of_other_draws": other,
        "years": [],
    }
    many = Draws(np.random.default_rng([seed, 2]), world, draws) if draws else None
    for y in years:
        row = {
            "year": y,
            "questions": questions[y],
            "mean": float(departure[y].mean()),
            "variance": float(departure[y].var()),
            **agreement(predicted[y], actual[y]),
            **agreement(led[y], led_actual[y], "convened_"),
        }
        if many is not None:
            common, own = sigmas([other_year for other_year in years if other_year != y])
            drawn = many.deadlock(before[y], groups)
            noise = np.random.default_rng([seed, 3, y])
            moved = logit(drawn) + common * noise.standard_normal((1, draws))
            moved += own * noise.standard_normal(drawn.shape)
            row["sigma_year_of_others"], row["sigma_own_of_others"] = common, own
            row["variance_of_draws_before"] = float(logit(drawn).var(axis=1).mean())
            for key, values in (("coverage", moved), ("coverage_without_drift", logit(drawn))):
                low, high = np.quantile(1 / (1 + np.exp(-values)), [0.05, 0.95], axis=1)
                row[key] = float(((low <= actual[y]) & (actual[y] <= high)).mean())
        answer["years"].append(row)
        say(", ".join(f"{k} {v:.4g}" for k, v in row.items()) + f", {time.time() - began:.0f} s")
    both = (np.concatenate([side[y] for y in years]) for side in (predicted, actual))
    answer["all_years"] = agreement(*both)
    if many is not None:
        answer["all_years"]["coverage"] = float(np.mean([r["coverage"] for r in answer["years"]]))
    return answer

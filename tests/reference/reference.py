"""Independent reference implementation of Convenor's measures (point estimates).

Usage: python3 reference.py --data DIR CASES.json > answers.json
       python3 reference.py --data DIR --track TRACK_CASES.json > track_answers.json
       python3 reference.py --data DIR --drift > drift_answers.json

DIR holds the program's own tables (assets/data). Needs numpy and scipy.
See README.md beside this file for the case format, the methods and the readings chosen
where the definition leaves room.
"""

import argparse
import collections
import csv
import json
import math
import os
import sys
from fractions import Fraction

import numpy as np
from scipy.special import ndtr

sys.dont_write_bytecode = True
from drift import drift  # noqa: E402

# ---------------------------------------------------------------- parameters

GAP = 1.6
PRIOR_MEAN = np.array([1.54, -1.10])
PRIOR_VARIANCE = np.array([1.35, 3.30])
LAMBDA = 0.05
HALF_LIFE = 1.5
RELATED_WEIGHT = 0.3
TRACK_FROM, TRACK_QUESTIONS = 2016, 5
TOLERANCE = Fraction(1, 10**9)
UNITS = 2**16
ENUMERATE_UP_TO = 28  # voting members; above this, weights are taken in integer units
POLES = ("USA", "CHN")

# issue: (direct topics or None for all, related topics, capability, people, programme in US$ m)
ISSUES = {
    "general": (None, set(), "gdp", "population", 1000.0),
    "climate": ({"environment"}, {"development"}, "ghg", "population", 100000.0),
    "pandemic": ({"health"}, {"development"}, "health", "population", 10500.0),
    "technology": ({"technology"}, {"development"}, "rd", "internet", 1000.0),
    "trade": ({"trade"}, {"development", "sanctions"}, "trade", "population", 500.0),
    "security": ({"arms", "conflict", "nuclear"}, set(), "military", "population", 2000.0),
    "nuclear": ({"nuclear"}, {"arms"}, "military", "population", 450.0),
    "human_rights": ({"rights"}, set(), "gdp", "population", 500.0),
    "development": ({"development"}, {"trade", "environment"}, "aid", "population", 30000.0),
}
NEVER = "me"
ARMS = {"arms", "nuclear"}

OPEN_ENDED = 240  # months
UNIT_COST = {"ad_hoc": 0.25, "light": 1.2, "standing": 9.0}
PAIR_COST = 0.02

WEIGHTS = {
    "people": 0.20,
    "regions": 0.15,
    "accountability": 0.15,
    "parity": 0.10,
    "convenor": 0.15,
    "capability": 0.15,
    "independence": 0.10,
}

HALF = {"basis": "members", "share": "1/2", "strict": True}
NAMED_RULES = {
    "consensus": {"criteria": [HALF], "veto": "all"},
    "unanimity": {"criteria": [{"basis": "members", "share": 1}]},
    "simple_majority": {"criteria": [HALF]},
    "two_thirds": {"criteria": [{"basis": "members", "share": "2/3"}]},
    "present_and_voting": {"criteria": [{**HALF, "of": "voting"}]},
    "two_thirds_present_and_voting": {
        "criteria": [{"basis": "members", "share": "2/3", "of": "voting"}]
    },
    "eu_qualified_majority": {
        "criteria": [
            {"basis": "members", "share": "0.55"},
            {"basis": "population", "share": "0.65"},
        ],
        "blocking_minority": 4,
    },
    "security_council": {
        "criteria": [{"basis": "members", "share": "0.6"}],
        "veto": ["CHN", "FRA", "RUS", "GBR", "USA"],
    },
}


# ---------------------------------------------------------------- the data


def read_csv(folder, name):
    # csv keeps every field as text, so Namibia's "NA" stays what it is.
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def number(text):
    text = (text or "").strip()
    return float(text) if text else None


class World:
    """Every figure of the tables, with the rules for missing ones."""

    def __init__(self, folder):
        countries = read_csv(folder, "countries.csv")
        self.actors = [row["iso3"] for row in countries]
        self.region = {row["iso3"]: row["region"] for row in countries}
        self.subregion = {row["iso3"]: row["subregion"] for row in countries}
        self.un = sorted(r["iso3"] for r in countries if r["kind"] == "un_member")
        self.is_un = set(self.un)

        self.table = collections.defaultdict(dict)
        for row in read_csv(folder, "indicators.csv"):
            value = number(row["value"])
            if value is not None:
                self.table[row["indicator"]][row["iso3"]] = value

        self.theta_by_year = collections.defaultdict(dict)
        for row in read_csv(folder, "ideal_points.csv"):
            for key, text in row.items():
                if key != "iso3" and number(text) is not None:
                    self.theta_by_year[row["iso3"]][int(key)] = number(text)

        self.partners = collections.defaultdict(dict)
        for row in read_csv(folder, "trade_partners.csv"):
            share = number(row["share_pct"])
            if share is not None:
                flow = self.partners[row["iso3"], row["flow"]]
                flow[row["partner_iso3"]] = flow.get(row["partner_iso3"], 0.0) + share

        self.roll_calls = read_csv(folder, "roll_calls.csv")
        self.year = np.array([int(r["year"]) for r in self.roll_calls])
        self.topics = [set(r["topics"].strip().split("|")) - {""} for r in self.roll_calls]
        for row in self.roll_calls:
            if len(row["ballots"]) != len(self.un):
                raise SystemExit(f"{row['resolution']}: wrong number of ballots")
        self.ballots = np.array([list(r["ballots"]) for r in self.roll_calls])
        self.seat = {iso3: k for k, iso3 in enumerate(self.un)}

        self._world_total = {}
        self._median = {}
        rates = self.table["un_assessment_rate_pct"]
        self.rate_per_gdp = sum(rates.get(a, 0.0) for a in self.un) / sum(
            self.gdp(a) or 0.0 for a in self.un
        )
        self.votes = VoteTable(self)
        self._before = {}

    # figures; None where there is none

    def raw(self, indicator, iso3):
        return self.table[indicator].get(iso3)

    def first(self, iso3, *indicators):
        for indicator in indicators:
            value = self.raw(indicator, iso3)
            if value is not None:
                return value
        return None

    def gdp(self, iso3):
        return self.first(iso3, "gdp_usd", "gdp_usd_fb")

    def population(self, iso3):
        return self.first(iso3, "population", "population_fb")

    def share_of(self, iso3, indicator, base):
        share, total = self.raw(indicator, iso3), base(iso3)
        return None if share is None or total is None else share / 100.0 * total

    def quantity(self, kind, iso3):
        if kind == "gdp":
            return self.gdp(iso3)
        if kind == "population":
            return self.population(iso3)
        if kind == "ghg":
            return self.raw("ghg_total_mt", iso3)
        if kind == "health":
            return self.share_of(iso3, "health_exp_pct_gdp", self.gdp)
        if kind == "rd":
            return self.share_of(iso3, "rd_exp_pct_gdp", self.gdp)
        if kind == "internet":
            return self.share_of(iso3, "internet_users_pct", self.population)
        if kind == "trade":
            sold, bought = self.raw("exports_usd", iso3), self.raw("imports_usd", iso3)
            return None if sold is None or bought is None else sold + bought
        if kind == "military":
            spent = self.raw("military_exp_usd_derived", iso3)
            if spent is None:
                spent = self.share_of(iso3, "military_exp_pct_gdp_fb", self.gdp)
            return spent
        if kind == "aid":
            return self.raw("oda_given_2023usd", iso3)
        raise KeyError(kind)

    def world_total(self, kind):
        if kind not in self._world_total:
            values = (self.quantity(kind, a) for a in self.actors)
            self._world_total[kind] = sum(v for v in values if v is not None)
        return self._world_total[kind]

    def neighbours(self, indicator, iso3):
        """(value, imputed): the median of UN members of the subregion stands in."""
        value = self.raw(indicator, iso3)
        if value is not None:
            return value, False
        key = indicator, self.subregion[iso3]
        if key not in self._median:
            found = [
                self.raw(indicator, a)
                for a in self.un
                if self.subregion[a] == key[1] and self.raw(indicator, a) is not None
            ]
            self._median[key] = float(np.median(found)) if found else None
        return self._median[key], True

    def assessment(self, iso3):
        rate = self.raw("un_assessment_rate_pct", iso3)
        if rate is not None:
            return rate, False
        gdp = self.gdp(iso3)
        return (0.001 if gdp is None else gdp * self.rate_per_gdp), True

    def theta(self, iso3):
        return self.neighbours("unga_ideal_point", iso3)[0]

    def before(self, year):
        """The vote table of somebody who knows the roll calls and ideal points before a year."""
        if year not in self._before:
            self._before[year] = VoteTable(self, year)
        return self._before[year]

    def relevance(self, issue, related_weight):
        """Relevance of every roll call to an issue, and which are direct."""
        direct, related = ISSUES[issue][:2]
        value = np.zeros(len(self.topics))
        is_direct = np.zeros(len(self.topics), dtype=bool)
        for k, topics in enumerate(self.topics):
            if NEVER in topics:
                continue
            if direct is None or topics & direct:
                value[k], is_direct[k] = 1.0, True
            elif topics & related and (not topics & ARMS or related & ARMS):
                value[k] = related_weight
        return value, is_direct


class VoteTable:
    """Fitted roll calls and chances of votes: of all years, or of those before one year."""

    def __init__(self, world, before=None):
        self.world, self.before = world, before
        known = np.ones(len(world.year), dtype=bool) if before is None else world.year < before
        self.rows = np.flatnonzero(known)
        self.year = world.year[self.rows]
        self.known = {
            iso3: {y: v for y, v in points.items() if before is None or y < before}
            for iso3, points in world.theta_by_year.items()
        }
        self._votes = {}
        self.fit()

    def latest(self, iso3):
        """The latest ideal point, or what stands in for it; None where nothing does."""
        if self.before is None:
            return self.world.theta(iso3)
        if self.known.get(iso3):
            return self.known[iso3][max(self.known[iso3])]
        near = [
            self.known[a][max(self.known[a])]
            for a in self.world.un
            if self.known.get(a) and self.world.subregion[a] == self.world.subregion[iso3]
        ]
        return float(np.median(near)) if near else None

    def theta_in(self, iso3):
        """Ideal points in the roll calls' years: the year's, else the nearest, else the latest."""
        known = self.known.get(iso3)
        if not known:
            latest = self.latest(iso3)
            return np.full(len(self.year), np.nan if latest is None else latest)
        years = self.year.tolist()
        chosen = {y: known[min(known, key=lambda k: (abs(k - y), k))] for y in set(years)}
        return np.array([chosen[y] for y in years])

    def fit(self):
        """(a, b) of every roll call: Newton on the log posterior, which is concave."""
        theta = np.stack([self.theta_in(a) for a in self.world.un], axis=1)
        ballots = self.world.ballots[self.rows]
        said_yes, said_no = ballots == "Y", ballots == "N"
        abstained = ballots == "A"
        params = np.tile(PRIOR_MEAN, (len(self.year), 1))

        def objective(p):
            yes, no, rest = three_way(p[:, :1] + p[:, 1:] * theta)
            chance = np.where(said_yes, yes, np.where(said_no, no, rest))
            logs = np.where(said_yes | said_no | abstained, np.log(chance), 0.0)
            return logs.sum(1) - ((p - PRIOR_MEAN) ** 2 / (2 * PRIOR_VARIANCE)).sum(1)

        def derivatives(p):
            eta = p[:, :1] + p[:, 1:] * theta
            yes, no, rest = three_way(eta)
            up, down = density(eta), density(GAP + eta)
            first = np.where(said_yes, up / yes, np.where(said_no, -down / no, 0.0))
            first = np.where(abstained, (down - up) / rest, first)
            second = np.where(said_yes, -eta * up / yes, 0.0)
            second = np.where(said_no, (GAP + eta) * down / no, second)
            second = np.where(abstained, (eta * up - (GAP + eta) * down) / rest, second)
            voted = said_yes | said_no | abstained
            second = np.where(voted, second - first**2, 0.0)
            slope = np.stack([first.sum(1), (first * theta).sum(1)], axis=1)
            slope -= (p - PRIOR_MEAN) / PRIOR_VARIANCE
            aa = second.sum(1) - 1 / PRIOR_VARIANCE[0]
            ab = (second * theta).sum(1)
            bb = (second * theta**2).sum(1) - 1 / PRIOR_VARIANCE[1]
            return slope, aa, ab, bb

        value = objective(params)
        for _ in range(200):
            slope, aa, ab, bb = derivatives(params)
            if np.abs(slope).max() < 1e-9:
                break
            det = aa * bb - ab * ab
            step = np.stack(
                [
                    -(bb * slope[:, 0] - ab * slope[:, 1]) / det,
                    -(aa * slope[:, 1] - ab * slope[:, 0]) / det,
                ],
                axis=1,
            )
            size = np.ones(len(params))
            for _ in range(40):  # halve the step wherever it does not climb
                trial = params + size[:, None] * step
                reached = objective(trial)
                worse = ~(reached >= value - 1e-10)
                if not worse.any():
                    break
                size[worse] /= 2
            params, value = trial, reached
        if np.abs(slope).max() >= 1e-6:
            raise SystemExit("the roll-call fit did not converge")
        self.params, self.gradient = params, float(np.abs(slope).max())

    def votes(self, iso3, model_share=LAMBDA):
        """(yes, no) of an actor on every roll call, before domestic backing."""
        key = iso3, model_share
        if key not in self._votes:
            eta = self.params[:, 0] + self.params[:, 1] * self.theta_in(iso3)
            yes, no, _ = three_way(eta)
            if iso3 in self.world.seat:
                ballot = self.world.ballots[self.rows, self.world.seat[iso3]]
                present = np.isin(ballot, ["Y", "N", "A"])
                mixed_yes = (1 - model_share) * (ballot == "Y") + model_share * yes
                mixed_no = (1 - model_share) * (ballot == "N") + model_share * no
                yes = np.where(present, mixed_yes, yes)
                no = np.where(present, mixed_no, no)
            self._votes[key] = yes, no
        return self._votes[key]

    def weights(self, relevance, half_life):
        """u of every roll call; the latest year is the last one this table knows."""
        return relevance[self.rows] * 0.5 ** ((self.year.max() - self.year) / half_life)


def density(x):
    return np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


def three_way(eta):
    """P(yes), P(no), P(abstain), each accurate in the tails and never quite zero."""
    yes, no = ndtr(eta), ndtr(-GAP - eta)
    low = eta < -GAP / 2
    rest = np.where(low, ndtr(GAP + eta) - ndtr(eta), ndtr(-eta) - ndtr(-GAP - eta))
    tiny = 1e-300
    return np.maximum(yes, tiny), np.maximum(no, tiny), np.maximum(rest, tiny)


# ---------------------------------------------------------------- decision rules


class Undefined(Exception):
    """A measure without meaning; the text is the reason."""


class Rule:
    """A decision rule applied to a list of voting members."""

    def __init__(self, world, spec, members, flags):
        spec = NAMED_RULES[spec] if isinstance(spec, str) else spec
        self.n = len(members)
        veto = spec.get("veto") or []
        holders = set(members) if veto == "all" else set(veto)
        self.veto = np.array([m in holders for m in members])
        for outside in sorted(holders - set(members)):
            flags.append(f"veto holder outside the grouping: {outside}")
        self.blocking = int(spec.get("blocking_minority") or 0)
        if self.blocking and self.n <= self.blocking:
            flags.append("weight hardly matters: no more members than the blocking minority")

        self.count_needed = 0
        self.weighted = []  # (weights as Fractions, share, strict)
        self.voting = []  # the same, of those who vote yes or no, and whether it can be waived
        for criterion in spec["criteria"]:
            share = Fraction(str(criterion["share"]))
            strict = bool(criterion.get("strict", False))
            of_those_voting = criterion.get("of", "all") == "voting"
            if criterion["basis"] == "members" and of_those_voting:
                self.voting.append(([Fraction(1)] * self.n, share, strict, False))
                continue
            if criterion["basis"] == "members":
                quota = share * self.n
                passing = (c for c in range(self.n + 1) if meets(c, quota, strict))
                self.count_needed = max(self.count_needed, next(passing, self.n + 1))
                continue
            weights = []
            for m in members:
                w = self.weight(world, criterion, m)
                if w is None:
                    flags.append(f"no weight ({criterion['basis']}), counted as 0: {m}")
                weights.append(Fraction(0) if w is None else Fraction(repr(w)))
            if sum(weights) == 0:
                raise Undefined("all decision weights are zero")
            if of_those_voting:
                self.voting.append((weights, share, strict, True))
            else:
                self.weighted.append((weights, share, strict))

        # From this count on, fewer than `blocking` members fail to vote yes.
        self.waive_from = self.n - self.blocking + 1 if self.blocking else None
        if self.waive_from is not None:
            self.waive_from = max(self.waive_from, 0)

    @staticmethod
    def weight(world, criterion, iso3):
        basis = criterion["basis"]
        if basis == "custom":
            value = (criterion.get("custom") or {}).get(iso3)
            return None if value is None else float(value)
        if basis == "assessment":
            return world.assessment(iso3)[0]
        return {"population": world.population, "gdp": world.gdp}[basis](iso3)

    def in_units(self):
        """Integer weights and whether they are exact, per weighted criterion."""
        answer = []
        for weights, _, _ in self.weighted:
            exact = None
            for power in range(7):
                scaled = [w * 10**power for w in weights]
                if all(s.denominator == 1 for s in scaled):
                    if sum(scaled) <= UNITS:
                        exact = [int(s) for s in scaled]
                    break
            if exact is not None:
                answer.append((exact, True))
            else:
                total = sum(weights)
                rounded = [math.floor(w * UNITS / total + Fraction(1, 2)) for w in weights]
                answer.append((rounded, False))
        return answer


def meets(weight, quota, strict):
    if strict:
        return weight > quota * (1 + TOLERANCE)
    return weight >= quota * (1 - TOLERANCE)


class Chances:
    """P(pass) per roll call when one member lead convenes, for every lead asked for.

    `yes`, `no` are arrays (roll calls x members) after domestic backing; a convenor's own
    vote is yes with chance d_l, abstention otherwise.
    """

    def __init__(self, rule, yes, no, backing, convenors, rounded=False):
        self.rule, self.backing, self.convenors = rule, backing, convenors
        self.yes = yes
        self.stay = 1 - yes - np.where(rule.veto[None, :], no, 0.0)
        self.rounded = rounded
        self.rows = len(yes)
        # Apart from an abstention; a veto holder's no fails the proposal, and so counts nowhere.
        self.against = np.where(rule.veto[None, :], 0.0, no)
        self.abstain = 1 - yes - no

    def factors(self, lead, k):
        """(yes, stay) of member k when lead convenes."""
        if k == lead:
            d = np.full(self.rows, self.backing[lead])
            return d, 1 - d
        return self.yes[:, k], self.stay[:, k]

    def answer(self):
        rule = self.rule
        if rule.voting:
            return {lead: self.by_states(lead) for lead in self.convenors}
        if not rule.weighted:
            return {lead: self.by_count(lead) for lead in self.convenors}
        if rule.n <= ENUMERATE_UP_TO:
            return self.by_halves()
        if len(rule.weighted) == 1 and rule.blocking == 0 and rule.count_needed == 0:
            return self.by_transform()
        if len(rule.weighted) == 1:
            return {lead: self.by_grid(lead) for lead in self.convenors}
        raise SystemExit("two weighted criteria with this many members are not supported")

    # rules on the number of members only

    def by_count(self, lead):
        n = self.rule.n
        poly = np.zeros((self.rows, n + 1))
        poly[:, 0] = 1
        for k in range(n):
            yes, stay = self.factors(lead, k)
            grown = poly * stay[:, None]
            grown[:, 1:] += poly[:, :-1] * yes[:, None]
            poly = grown
        return poly[:, self.rule.count_needed :].sum(1)

    # criteria of those who vote yes or no: all distinct sums of the votes so far, exactly

    def by_states(self, lead):
        """Sums so far: yes votes, yes weights, and weights of yes and of no of those voting."""
        rule = self.rule
        zero = 0, (Fraction(0),) * len(rule.weighted), (Fraction(0),) * (2 * len(rule.voting))
        states = {zero: np.ones(self.rows)}
        for k in range(rule.n):
            if k == lead:
                d = np.full(self.rows, self.backing[lead])
                chances = d, 1 - d, np.zeros(self.rows)
            else:
                chances = self.yes[:, k], self.abstain[:, k], self.against[:, k]
            grown = {}
            for (count, sums, votes), chance in states.items():
                more = tuple(s + w[k] for s, (w, _, _) in zip(sums, rule.weighted))
                own = [v[0][k] for v in rule.voting]
                for vote, of_vote in enumerate(chances):
                    key = (
                        count + (vote == 0),
                        more if vote == 0 else sums,
                        tuple(
                            total + (own[at // 2] if (vote, at % 2) in ((0, 0), (2, 1)) else 0)
                            for at, total in enumerate(votes)
                        ),
                    )
                    if key in grown:
                        grown[key] += chance * of_vote
                    else:
                        grown[key] = chance * of_vote
            states = grown
        answer = np.zeros(self.rows)
        for (count, sums, votes), chance in states.items():
            waived = rule.waive_from is not None and count >= rule.waive_from
            passes = count >= rule.count_needed
            for total, (weights, share, strict) in zip(sums, rule.weighted):
                passes &= waived or meets(total, share * sum(weights), strict)
            for at, (_, share, strict, waivable) in enumerate(rule.voting):
                yes, total = votes[2 * at], votes[2 * at] + votes[2 * at + 1]
                met = total > 0 and meets(yes, share * total, strict)
                passes &= met or (waived and waivable)
            if passes:
                answer += chance
        return answer

    # exact weights, all subsets, the members split into two halves

    def by_halves(self):
        n = self.rule.n
        first, second = list(range(n // 2)), list(range(n // 2, n))
        size = 2 ** len(first), 2 ** len(second)
        left = self.subset_chances(first, None)
        right = self.subset_chances(second, None)
        onto_left = np.zeros((size[0], self.rows))
        onto_right = np.zeros((size[1], self.rows))
        count = [bit_counts(len(first)), bit_counts(len(second))]
        sums = self.half_sums(first, second)
        chunk = max(1, 2**24 // size[1])
        for start in range(0, size[0], chunk):
            rows = slice(start, start + chunk)
            c = count[0][rows, None] + count[1][None, :]
            heavy = np.ones(c.shape, dtype=bool)
            for left_sum, right_sum, quota, strict in sums:
                w = left_sum[rows, None] + right_sum[None, :]
                heavy &= (w > quota) if strict else (w >= quota)
            if self.rule.waive_from is not None:
                heavy |= c >= self.rule.waive_from
            heavy &= c >= self.rule.count_needed
            heavy = heavy.astype(float)
            onto_left[rows] = heavy @ right
            onto_right += heavy.T @ left[rows]
        answer = {}
        for lead in self.convenors:
            if lead in first:
                answer[lead] = (self.subset_chances(first, lead) * onto_left).sum(0)
            else:
                answer[lead] = (self.subset_chances(second, lead) * onto_right).sum(0)
        return answer

    def subset_chances(self, half, lead):
        """Chance of each subset of yes votes in a half: (2^|half|, roll calls)."""
        chances = np.ones((1, self.rows))
        for k in half:
            yes, stay = self.factors(lead, k)
            chances = np.concatenate([chances * stay, chances * yes])
        return chances

    def half_sums(self, first, second):
        """Subset weights of both halves as floats, with the quota including its tolerance.

        The tolerance, 1e-9 of the quota, is far above the error of these sums."""
        out = []
        units = self.rule.in_units()
        for (weights, share, strict), (whole, _) in zip(self.rule.weighted, units):
            used = [Fraction(w) for w in whole] if self.rounded else weights
            total = sum(used)
            quota = share * total * ((1 + TOLERANCE) if strict else (1 - TOLERANCE))
            scaled = [float(w / total) for w in used]
            sums = []
            for half in (first, second):
                s = np.zeros(1)
                for k in half:
                    s = np.concatenate([s, s + scaled[k]])
                sums.append(s)
            out.append((sums[0], sums[1], float(quota / total), strict))
        return out

    # many members, weights in integer units

    def quota_in_units(self):
        (whole, _), (_, share, strict) = self.rule.in_units()[0], self.rule.weighted[0]
        total = sum(whole)
        quota = share * total * ((1 + TOLERANCE) if strict else (1 - TOLERANCE))
        lowest = math.floor(quota) + 1 if strict else math.ceil(quota)
        return whole, total, max(lowest, 0)

    def by_transform(self):
        """One weighted criterion: P(pass) from the characteristic function.

        Leaving one member out by prefix and suffix products serves all convenors at once.
        """
        whole, total, lowest = self.quota_in_units()
        n, points = self.rule.n, total + 1
        tail = np.zeros(points)
        tail[lowest:] = 1.0
        spectrum = np.conj(np.fft.rfft(tail)) / points  # P = sum over t of f(t) * this
        double = np.full(len(spectrum), 2.0)
        double[0] = 1.0
        if points % 2 == 0:
            double[-1] = 1.0
        spectrum = spectrum * double
        answer = {lead: np.zeros(self.rows) for lead in self.convenors}
        chunk = max(1, int(4e6 / (self.rows * (n + 1))))
        for start in range(0, len(spectrum), chunk):
            t = np.arange(start, min(start + chunk, len(spectrum)))
            spins = [np.exp(-2j * np.pi * ((t * w) % points) / points) for w in whole]
            suffix = [None] * (n + 1)
            suffix[n] = np.broadcast_to(spectrum[t], (self.rows, len(t)))
            for k in range(n - 1, -1, -1):
                each = self.stay[:, k, None] + self.yes[:, k, None] * spins[k]
                suffix[k] = suffix[k + 1] * each
            prefix = np.ones((self.rows, len(t)), dtype=complex)
            for k in range(n):
                if k in answer:
                    d = self.backing[k]
                    own = (1 - d) + d * spins[k]
                    answer[k] += (prefix * suffix[k + 1] * own).sum(1).real
                each = self.stay[:, k, None] + self.yes[:, k, None] * spins[k]
                prefix = prefix * each
        return answer

    def by_grid(self, lead):
        """One weighted criterion with a count (or blocking minority) beside it."""
        whole, total, lowest = self.quota_in_units()
        n = self.rule.n
        order = sorted(range(n), key=lambda k: whole[k])
        halves = order[0::2], order[1::2]
        need, waive = self.rule.count_needed, self.rule.waive_from
        answer = np.zeros(self.rows)
        for j in range(self.rows):
            grids = []
            for half in halves:
                grid, room = np.zeros((len(half) + 1, 1)), 1
                grid[0, 0] = 1
                for step, k in enumerate(half):
                    yes, stay = self.factors(lead, k)
                    wider = np.zeros((len(half) + 1, room + whole[k]))
                    wider[: step + 1, :room] = grid[: step + 1] * stay[j]
                    wider[1 : step + 2, whole[k] :] += grid[: step + 1] * yes[j]
                    grid, room = wider, room + whole[k]
                grids.append(grid)
            a, b = grids
            # b[c, w] becomes the chance of at least c votes and at least weight w
            b = b[::-1, ::-1].cumsum(0).cumsum(1)[::-1, ::-1]

            def at_least(count, weight):
                rest = weight - np.arange(a.shape[1])
                heavy = rest < b.shape[1]
                rest = np.clip(rest, 0, b.shape[1] - 1)
                chance = 0.0
                for c in range(a.shape[0]):
                    d = max(count - c, 0)
                    if d < b.shape[0]:
                        chance += float((a[c] * np.where(heavy, b[d, rest], 0.0)).sum())
                return chance

            answer[j] = at_least(need, lowest)
            if waive is not None:
                light = max(waive, need)
                answer[j] += at_least(light, 0) - at_least(light, lowest)
        return answer


def bit_counts(bits):
    counts = np.zeros(1, dtype=np.int16)
    for _ in range(bits):
        counts = np.concatenate([counts, counts + 1])
    return counts


# ---------------------------------------------------------------- the measures


def roll_calls_of(world, case):
    """How many roll calls stand behind an issue, and what they are worth."""
    relevance, direct = world.relevance(case["issue"], case["related_weight"])
    u = world.votes.weights(relevance, case["half_life"])
    return {
        "roll_calls": int((u > 0).sum()),
        "direct": int(direct.sum()),
        "related": int(((u > 0) & ~direct).sum()),
        "effective_roll_calls": float(u.sum() ** 2 / (u**2).sum()) if u.any() else 0.0,
    }


def convened(world, table, u, case, rule, members, leads, model_share=LAMBDA, rounded=False):
    """(chance to fail or None, share tabled and passed) for each convenor in turn."""
    used = np.flatnonzero(u > 0)
    u = u[used]
    votes = [table.votes(m, model_share) for m in members]
    wish = np.stack([yes[used] for yes, _ in votes], axis=1)
    no = np.stack([against[used] for _, against in votes], axis=1)
    backing = [float(case["backing"].get(m, 1.0)) for m in members]
    yes = wish * np.array(backing)[None, :]
    convenors = [members.index(m) for m in leads] or list(range(len(members)))
    passing = Chances(rule, yes, no, backing, convenors, rounded).answer()
    fail, reach = [], []
    for lead in convenors:
        weight = u * wish[:, lead]
        tabled, passed = weight.sum(), (weight * passing[lead]).sum()
        fail.append(min(max(1 - passed / tabled, 0.0), 1.0) if tabled > 0 else None)
        reach.append(passed / u.sum())
    return fail, reach


def deadlock_and_reach(world, case, members, leads, flags, details):
    """(D, R) as fractions for k questions."""
    relevance, _ = world.relevance(case["issue"], case["related_weight"])
    u = world.votes.weights(relevance, case["half_life"])
    if not u.any():
        raise Undefined("no usable roll call")
    rule = Rule(world, case["rule"], members, flags)

    def averages(rounded):
        fail, reach = convened(
            world, world.votes, u, case, rule, members, leads, rounded=rounded
        )
        return float(np.mean(fail)), float(np.mean(reach))

    once, reach = averages(False)
    k = case["questions"]
    details["deadlock_one_question"] = 100 * once
    if rule.weighted and not all(exact for _, exact in rule.in_units()):
        if rule.n <= ENUMERATE_UP_TO:
            coarse, coarse_reach = averages(True)
            details["deadlock_in_units"] = 100 * (1 - (1 - coarse) ** k)
            details["reach_in_units"] = 100 * coarse_reach
        else:
            flags.append("decision weights rounded to units of 1/65536 of the total")
    return 1 - (1 - once) ** k, reach


def mean(values, weights=None):
    """Mean of what is there; None where nothing is (or all its weights are zero)."""
    weights = [1.0] * len(values) if weights is None else weights
    pairs = [(v, w) for v, w in zip(values, weights) if v is not None]
    total = sum(w for _, w in pairs)
    return sum(v * w for v, w in pairs) / total if total > 0 else None


def smallness(world, iso3):
    people = world.population(iso3)
    return None if people is None else 1 / (1 + (people / 25e6) ** 2)


def honest_broker(world, iso3):
    small = smallness(world, iso3)
    theta = world.theta(iso3)
    governance = world.neighbours("wgi_gov_effectiveness", iso3)[0]
    a, b = (world.theta(p) for p in POLES)
    if small is None or theta is None or governance is None or a == b:
        return None
    off_centre = abs(abs(theta - a) - abs(theta - b)) / abs(a - b)
    return (small * math.exp(-2 * off_centre**2) * float(ndtr(governance))) ** (1 / 3)


def exposure(world, iso3, rival, flags):
    if iso3 == rival:
        return 1.0
    shares = []
    for flow in ("export", "import"):
        listed = world.partners.get((iso3, flow))
        if listed:
            if rival not in listed:
                flags.append(f"below the fifth partner ({flow}): {iso3}")
            shares.append(listed.get(rival, 0.0) / 100.0)
    return mean(shares) if shares else None


def world_share(world, kind, members, flags):
    values = [world.quantity(kind, m) for m in members]
    for m, v in zip(members, values):
        if v is None:
            flags.append(f"missing {kind}, counted as 0: {m}")
    return sum(v for v in values if v is not None) / world.world_total(kind)


def legitimacy(world, case, members, leads, flags):
    _, _, capability, people, _ = ISSUES[case["issue"]]
    here = collections.Counter(world.region[m] for m in members)
    everywhere = collections.Counter(world.region[m] for m in world.un)
    gap = sum(
        abs(here[r] / len(members) - everywhere[r] / len(world.un))
        for r in set(here) | set(everywhere)
    )
    gdp = [world.gdp(m) for m in members]
    gdp_or_zero = [g or 0.0 for g in gdp]
    for indicator in ("unga_ideal_point", "vdem_polyarchy", "wgi_gov_effectiveness"):
        for m in members:
            value, imputed = world.neighbours(indicator, m)
            if value is None:
                flags.append(f"no figure ({indicator}): {m}")
            elif imputed:
                flags.append(f"estimated from neighbours ({indicator}): {m}")
    if leads:
        convenor = mean([honest_broker(world, m) for m in leads])
    else:
        convenor = mean([honest_broker(world, m) for m in members], gdp_or_zero)
    rival = mean([exposure(world, m, case["rival"], flags) for m in members])
    components = {
        "people": world_share(world, people, members, flags),
        "regions": 1 - gap / 2,
        "accountability": mean([world.neighbours("vdem_polyarchy", m)[0] for m in members]),
        "parity": 1 - max(gdp_or_zero) / sum(gdp_or_zero) if sum(gdp_or_zero) > 0 else None,
        "convenor": convenor,
        "capability": world_share(world, capability, members, flags),
        "independence": None if rival is None else 1 - rival,
    }
    for name, value in components.items():
        if value is None:
            flags.append(f"dropped component: {name}")
    names = [name for name in components if components[name] is not None]
    score = mean([components[k] for k in names], [WEIGHTS[k] for k in names])
    return None if score is None else 100 * score, components


def cost(world, case, members, leads, deadlock, flags):
    """(C, K): cost relative to going alone, and coordination in US$ m a year."""
    n, sponsor = len(members), case["sponsor"]
    programme = case["programme"] or ISSUES[case["issue"]][4]
    coordination = 0.0
    if n > 1:
        points = [world.theta(m) for m in members]
        spread = float(np.std([p for p in points if p is not None]))
        pairs = PAIR_COST * n * (n - 1) / 2 * (1 + spread)
        coordination = UNIT_COST[case["form"]] * n + (pairs / 2 if leads else pairs)
    if deadlock is None:
        return None, coordination
    if sponsor not in members:
        return 100 * deadlock, coordination
    rates = {}
    for m in members:
        rates[m], imputed = world.assessment(m)
        if imputed:
            flags.append(f"assessment rate estimated: {m}")
    total = sum(rates.values())
    own = rates[sponsor] / total
    backing = case["backing"]
    delivered = own + sum(
        float(backing.get(m, 1.0)) * rates[m] / total for m in members if m != sponsor
    )
    together = programme * ((1 - deadlock) * own / delivered + deadlock)
    return 100 * (coordination * own + together) / programme, coordination


def microlateral(world, case, members, leads, flags):
    if leads:
        small = mean([smallness(world, m) for m in leads])
    else:
        weights = [world.gdp(m) or 0.0 for m in members]
        small = mean([smallness(world, m) for m in members], weights)
    others = [m for m in members if m not in leads]
    held = sum(world.gdp(m) or 0.0 for m in others) / world.world_total("gdp")
    timebound = min(1.0, 24 / (case["months"] or OPEN_ENDED))
    factors = [small, min(1.0, held / 0.5), 1 / case["questions"], timebound]
    if small is None:
        flags.append("dropped factor of the microlateral fit: small_lead")
    factors = [f for f in factors if f is not None]
    return 100 * math.prod(factors) ** (1 / len(factors))


DEFAULTS = {
    "name": "",
    "members": [],
    "leads": [],
    "observers": [],
    "issue": "general",
    "rule": "consensus",
    "questions": 1,
    "months": 24,
    "form": "light",
    "sponsor": "USA",
    "rival": "CHN",
    "programme": None,
    "backing": {},
    "half_life": HALF_LIFE,
    "related_weight": RELATED_WEIGHT,
}


def complete(world, given):
    """(case with its defaults, voting members, convenors)."""
    case = {key: given[key] if given.get(key) is not None else DEFAULTS[key] for key in DEFAULTS}
    if "months" in given:
        case["months"] = given["months"]  # null is open-ended
    members = list(dict.fromkeys(case["members"] + case["leads"]))
    leads = list(dict.fromkeys(case["leads"]))
    for m in members + case["observers"] + [case["sponsor"], case["rival"]]:
        if m not in world.region:
            raise SystemExit(f"{case['name']}: no such actor: {m}")
    return case, members, leads


def evaluate(world, given):
    case, members, leads = complete(world, given)
    flags, details = [], {}
    answer = {
        "name": case["name"],
        "deadlock": None,
        "reach": None,
        "legitimacy": None,
        "cost": None,
        "microlateral": None,
        "components": dict.fromkeys(WEIGHTS),
        "sponsor": case["sponsor"],
        "stays_out": case["sponsor"] not in members,
        "coordination_musd": None,
    } | roll_calls_of(world, case)
    if members:
        deadlock = None
        try:
            deadlock, reach = deadlock_and_reach(world, case, members, leads, flags, details)
            answer["deadlock"], answer["reach"] = 100 * deadlock, 100 * reach
        except Undefined as reason:
            flags.append(f"deadlock, reach and cost are not defined: {reason}")
        answer["legitimacy"], answer["components"] = legitimacy(world, case, members, leads, flags)
        answer["cost"], answer["coordination_musd"] = cost(
            world, case, members, leads, deadlock, flags
        )
        answer["microlateral"] = microlateral(world, case, members, leads, flags)
        answer.update(details)
    else:
        flags.append("not defined: no voting member")
    answer["flags"] = list(dict.fromkeys(flags))
    return answer


# ---------------------------------------------------------------- track record by year


def track(world, given):
    """For each year, what the years before predict for one question, beside what happened."""
    case, members, leads = complete(world, given)
    flags, years, left_out = [], [], []
    rule = Rule(world, case["rule"], members, flags)
    relevance, _ = world.relevance(case["issue"], case["related_weight"])
    for year in range(TRACK_FROM, int(world.year.max()) + 1):
        of_year = np.where(world.year == year, relevance, 0.0)
        questions = int((of_year > 0).sum())
        if questions < TRACK_QUESTIONS:
            left_out.append(year)
            continue
        known = world.before(year)
        u = known.weights(relevance, case["half_life"])
        predicted = actual = None
        if u.any():
            predicted, _ = convened(world, known, u, case, rule, members, leads)
        else:
            flags.append(f"{year}: no roll call of the issue before it")
        actual, _ = convened(
            world, world.votes, of_year, case, rule, members, leads, model_share=0.0
        )
        idle = [k for k, share in enumerate(actual) if share is None]
        for k in idle:
            flags.append(f"{year}: would have tabled nothing: {(leads or members)[k]}")
        predicted, actual = mean(predicted or []), mean(actual)
        years.append(
            {
                "year": year,
                "questions": questions,
                "predicted": None if predicted is None else 100 * predicted,
                "actual": None if actual is None else 100 * actual,
            }
        )
    return {"name": case["name"], "years": years, "left_out": left_out, "flags": flags}


def rounded(value):
    if isinstance(value, bool) or not isinstance(value, (float, dict, list)):
        return value
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return round(value, 9)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="folder of the program's tables")
    parser.add_argument("--fit", help="also write the fitted roll calls to this CSV file")
    parser.add_argument("--track", action="store_true", help="the track record by year instead")
    parser.add_argument("--drift", action="store_true", help="the drift from year to year instead")
    parser.add_argument("--seed", type=int, default=1, help="of the random groups of --drift")
    parser.add_argument("--groups", type=int, default=500, help="random groups of --drift")
    parser.add_argument("--draws", type=int, default=400, help="draws of its coverage, 0 for none")
    parser.add_argument("cases", nargs="?", help="JSON array of cases")
    options = parser.parse_args()
    if options.cases is None and not options.drift:
        parser.error("a file of cases is needed")
    world = World(options.data)
    if options.drift:
        found = drift(world, options.seed, options.groups, options.draws)
        json.dump(rounded(found), sys.stdout, indent=1)
        print()
        return
    if options.fit:
        with open(options.fit, "w", encoding="utf-8", newline="") as handle:
            out = csv.writer(handle)
            out.writerow(["resolution", "a", "b"])
            for row, (a, b) in zip(world.roll_calls, world.votes.params):
                out.writerow([row["resolution"], f"{a:.9f}", f"{b:.9f}"])
    with open(options.cases, encoding="utf-8") as handle:
        cases = json.load(handle)
    answers = []
    for case in cases:
        answers.append(rounded((track if options.track else evaluate)(world, case)))
        print(f"{len(answers)}/{len(cases)} {answers[-1]['name']}", file=sys.stderr)
    json.dump(answers, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()

//! Every chart there is: the one list that the screen, tables and tests loop over.

use std::collections::BTreeSet;

use super::{
    Chart, FAILING, LEFT, Scene, composition, cost_by_member, cost_in_parts, failing, fit, gets, left, leverage, moves,
    power, scorecard, stay, strip, track, tradeoff, years,
};
use crate::analysis::measures::{self, Measure};

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Rows with bars.
    Rows,
    /// A field with two axes.
    Field,
    /// One axis with places on it.
    Strip,
    /// Lines over years.
    Years,
}

/// What “?” says of a chart.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// What is measured.
    pub meaning: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// How to read the picture.
    pub reading: &'static str,
}

/// A chart that can be opened.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The name in the remembered layout.
    pub id: &'static str,
    /// The name in the list of charts.
    pub title: &'static str,
    /// What “?” says.
    pub about: About,
    /// Whether it is open at first.
    pub opens: bool,
    /// How it is drawn.
    pub picture: Picture,
    /// The measure that is compared, if the chart is about one.
    pub measure: Option<&'static Measure>,
    /// Whether it is about the selected grouping alone.
    pub of_one: bool,
    make: fn(Scene<'_>) -> Option<Chart>,
}

impl Kind {
    /// The chart. Where no grouping is selected, an empty one that says so.
    #[must_use]
    pub fn chart(&self, scene: Scene<'_>) -> Chart {
        (self.make)(scene).unwrap_or_else(|| Chart::empty(self.title, "Select a grouping to see this chart."))
    }
}

/// The names of the charts that are open at first.
#[must_use]
pub fn open_at_first() -> BTreeSet<String> {
    CATALOGUE.iter().filter(|kind| kind.opens).map(|kind| kind.id.to_owned()).collect()
}

/// The chart with a name.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Kind> {
    CATALOGUE.iter().find(|kind| kind.id == id)
}

/// The name of the chart of why proposals fail.
pub const FAILING_ID: &str = "failing";
/// The name of the track record by year, which takes a while to compute.
pub const YEARS: &str = "track-record-by-year";
/// The name of the chart of who would stay.
pub const STAY: &str = "stay";
/// The name of the chart of moves, which needs what takes a while to compute.
pub const MOVES: &str = "moves";

const BARS: &str = "One bar a grouping. Dotted lines are venues that exist, and going alone, on the issue and mandate of the \
                    selected grouping. A thin line through the end of a bar holds 90 % of the draws. A dashed outline is \
                    what a release would make of it.";

const fn of_measure(measure: &'static Measure, opens: bool, make: fn(Scene<'_>) -> Option<Chart>) -> Kind {
    Kind {
        id: measure.name,
        title: measure.label,
        about: About { meaning: measure.meaning, formula: measure.formula, reading: BARS },
        opens,
        picture: Picture::Rows,
        measure: Some(measure),
        of_one: false,
        make,
    }
}

const fn of_one(id: &'static str, title: &'static str, about: About, make: fn(Scene<'_>) -> Option<Chart>) -> Kind {
    Kind { id, title, about, opens: false, picture: Picture::Rows, measure: None, of_one: true, make }
}

/// Every chart, in the order in which they are shown.
pub static CATALOGUE: [Kind; 19] = [
    of_measure(&measures::LEGITIMACY, true, |scene| {
        Some(scorecard(&measures::LEGITIMACY, scene.rows, scene.baselines, scene.ranges, scene.sponsor))
    }),
    of_measure(&measures::COST, true, |scene| {
        Some(scorecard(&measures::COST, scene.rows, scene.baselines, scene.ranges, scene.sponsor))
    }),
    of_measure(&measures::DEADLOCK, true, |scene| {
        Some(scorecard(&measures::DEADLOCK, scene.rows, scene.baselines, scene.ranges, scene.sponsor))
    }),
    of_measure(&measures::MICROLATERAL, false, |scene| {
        Some(scorecard(&measures::MICROLATERAL, scene.rows, &[], scene.ranges, scene.sponsor))
    }),
    Kind {
        id: "trade-off",
        title: "Trade-off",
        about: About {
            meaning: "Cost to the sponsor against legitimacy: what a more legitimate grouping costs, and which groupings no \
                      other beats.",
            formula: "A grouping is beaten if another has lower cost and at least its legitimacy, or the same cost and \
                      more legitimacy. The thin line joins those that are not beaten.",
            reading: "Upper left is best. The shade inside a disc is deadlock risk, also written beside it; the size is \
                      the number of members. Small rings are venues that exist.",
        },
        opens: true,
        picture: Picture::Field,
        measure: None,
        of_one: false,
        make: |scene| Some(tradeoff(scene.rows, scene.baselines, scene.ranges)),
    },
    Kind {
        id: "bridge",
        title: "Who has to be bridged",
        about: About {
            meaning: "Where the members stand in votes of the General Assembly. Consensus has to bridge the whole shaded \
                      span; a convenor near its middle has least far to go.",
            formula: "The latest ideal point of each actor, estimated from its final-passage votes; without a seat, the \
                      median of its neighbours.",
            reading: "Dots are voting members, the large dot with a light centre convenes, a second ring marks a veto that \
                      others lack, dashed rings are the two poles where they are not members. Names that find no room are \
                      in the tip and the table.",
        },
        picture: Picture::Strip,
        opens: true,
        measure: None,
        of_one: true,
        make: |scene| scene.selected.map(|of| strip(scene.engine, of)),
    },
    of_one(
        "composition",
        "What legitimacy is made of",
        About {
            meaning: "What each of the seven components adds to the legitimacy of the selected grouping.",
            formula: "points = 100 · weight · component, weights scaled to 1 over the components that have a figure",
            reading: "Each bar begins where the last one ended; the last bar is the sum. “12.4 of 20” means 12.4 points \
                      where full marks would give 20.",
        },
        |scene| scene.selected.map(|of| composition(of.grouping, of.report)),
    ),
    of_one(
        "cost-parts",
        "Cost in its three parts",
        About {
            meaning: "What the sponsor expects to pay with the selected grouping: coordination, its own share of the \
                      programme, and going alone after all if the grouping deadlocks.",
            formula: "C = 100 · K · s ÷ B + 100 · (1 − D) · s ÷ τ + 100 · D, with K coordination, B programme, s the \
                      sponsor's share, τ the share delivered, D deadlock risk",
            reading: "Each bar begins where the last one ended; the last bar is the sum. The dotted line is going alone.",
        },
        |scene| scene.selected.map(|of| cost_in_parts(of.grouping, of.report, scene.sponsor)),
    ),
    of_one(
        "cost-members",
        "Who pays what",
        About {
            meaning: "How the members of the selected grouping share coordination and programme, if it delivers.",
            formula: "Shares follow the rule under Assumptions, by default UN assessment rates scaled to 1; the sum paid is \
                      share · (K + B).",
            reading: "The longest bar pays most. The tip and the table add what cost would be if that member were the \
                      sponsor.",
        },
        |scene| scene.selected.map(|of| cost_by_member(&scene.engine.atlas, of.grouping, of.report)),
    ),
    of_one(
        MOVES,
        "What to do next",
        About {
            meaning: "The changes of one seat in the selected grouping that help most: somebody joins, leaves or convenes.",
            formula: "Every measure is computed anew for each actor that could join, as member or as convenor, each member \
                      that could leave, and each that could convene alone.",
            reading: "Bars are points gained in the measure named above them. The tip and the table tell what the move does \
                      to the other measures: what helps one often hurts another.",
        },
        |scene| scene.selected.map(|of| moves(scene.engine, of)),
    ),
    of_one(
        FAILING_ID,
        FAILING,
        About {
            meaning: "Which parts of the decision rule stop what is tabled, and how deadlock risk adds up from them.",
            formula: "What the first criterion stops, what the next one stops besides, then vetoes, then that several questions \
                      must be settled. Beside it: how often a part is not met, and how often it is all that fails.",
            reading: "Each bar begins where the last one ended; the last bar is deadlock risk. The order is that of the rule: a \
                      part that comes later can only stop what is left.",
        },
        |scene| scene.selected.map(|of| failing(scene.engine, of)),
    ),
    of_one(
        "agenda",
        LEFT,
        About {
            meaning: "How much of the whole agenda of the issue is left as reach, after what nobody tables and what the rule \
                      stops.",
            formula: "From 100 %: less what the convenor would not table (mean over those who table in turn), less what each part of \
                      the rule stops.",
            reading: "Each bar begins where the last one ended; the last bar is reach.",
        },
        |scene| scene.selected.map(|of| left(scene.engine, of)),
    ),
    of_one(
        "power",
        "Voting power",
        About {
            meaning: "How much the decision rule itself leaves to each member of the selected grouping, and how often that \
                      member's no decides.",
            formula: "Bars: normalised Banzhaf index, the share of all cases, every vote a coin flip, in which this \
                      member's vote decides. Diamonds: the chance that the member votes no and the proposal fails, but would pass \
                      with its yes, over what is tabled.",
            reading: "Under consensus and unanimity power is equal and whose no stands alone most often blocks most: look at the \
                      diamonds.",
        },
        |scene| scene.selected.map(|of| power(scene.engine, of)),
    ),
    of_one(
        STAY,
        "Who would stay",
        About {
            meaning: "Whether members of the selected grouping gain by leaving and living off what the others do, and from \
                      which exclusion of outsiders on each of them stays.",
            formula: "ε = (C − Q) ÷ (1 − Q): C what the member pays inside, going alone = 1, and Q the deadlock risk \
                      without it. Exclusion needed: the greatest ε of all members, at least 0.",
            reading: "Who is at the top leaves first. The line is where all stay; a bar beyond 100 % leaves even if outsiders \
                      get nothing.",
        },
        |scene| scene.selected.map(|of| stay(scene.engine, of)),
    ),
    of_one(
        "gets",
        "Who gets what",
        About {
            meaning: "How often each member of the selected grouping gets its way on one question, beside what it pays.",
            formula: "Overruled: it votes no and the proposal passes. Frustrated: it votes yes and the proposal fails. \
                      Success: neither; who abstains counts as content.",
            reading: "A long bar with a diamond far to the left is a member that gets much for little. The table has \
                      voting power besides.",
        },
        |scene| scene.selected.map(|of| gets(scene.engine, of)),
    ),
    of_one(
        "track-record",
        "Track record",
        About {
            meaning: "How often the members of the selected grouping really voted together on the issue, beside what the \
                      fitted model says without looking at their votes.",
            formula: "Share of roll calls with at least one member present; observed: among those present; model: the \
                      product of the members' fitted chances, averaged over the roll calls.",
            reading: "Where the two bars of a pair are close, the model can be trusted for groupings that never met.",
        },
        |scene| scene.selected.map(|of| track(scene.engine, of)),
    ),
    Kind {
        picture: Picture::Years,
        ..of_one(
            YEARS,
            "Track record by year",
            About {
                meaning: "Had the program been asked before each year: how many of the year's questions would the selected \
                          grouping fail on, and how many did it fail on with the votes as they were then cast?",
                formula: "Predicted: D₁ from the roll calls, their fit and the ideal points of the years before alone, with its \
                          90 % interval. Happened: the share of the year's questions of the issue that fail under the \
                          grouping's rule, those present as they voted, absences filled by the fit of all years.",
                reading: "Under each year stands its number of questions. Where the full line leaves the thin upright \
                          intervals, alignments moved by more than the years before would tell, as in 2022.",
            },
            |scene| scene.selected.map(years),
        )
    },
    of_one(
        "leverage",
        "Leverage of the rival",
        About {
            meaning: "Through whom the rival could bend the selected grouping, and whether one member towers over the rest.",
            formula: "Trade: mean of the rival's share in exports and in imports, 0 where it is not among the five partners \
                      listed. Votes alike: share of roll calls on which both were present and voted the same, recent \
                      ones counted more.",
            reading: "A long bar with a diamond far to the right is a member that trades much with the rival and votes like \
                      it. The last rows name the largest economy and the largest vote.",
        },
        |scene| scene.selected.map(|of| leverage(scene.engine, of)),
    ),
    of_one(
        "fit",
        "What microlateral fit is made of",
        About {
            meaning: "The four factors of small-country leadership with large-state participation, niche and time-bound.",
            formula: "M = 100 · (small lead · participation · niche · time-bound)^¼",
            reading: "The fit is no better than its weakest factors allow: a factor of 0 makes it 0.",
        },
        |scene| scene.selected.map(|of| fit(of.grouping, of.report)),
    ),
];

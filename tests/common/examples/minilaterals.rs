//! The ninth example: groupings formed or enlarged since 2021.

use convenor::data::Atlas;
use convenor::model::{Form, Issue, Workspace};

use super::{From, OPEN_ENDED, Spec, spec, workspace};

fn minilateral(code: &'static str, name: &'static str, issue: Issue, months: Option<u32>, notes: &'static str) -> Spec {
    spec(From::Minilateral(code), name, issue, months, notes)
}

fn specs() -> Vec<Spec> {
    let mut specs = wide();
    specs.extend(narrow());
    specs
}

/// Those with more than a dozen members.
fn wide() -> Vec<Spec> {
    vec![
        minilateral(
            "MSP",
            "Minerals Security Partnership",
            Issue::Technology,
            OPEN_ENDED,
            "Governments that bring money into mines and plants for critical minerals, since 2022; members as of March \
             2025, without a convenor, because the chair goes round. Belgium, New Zealand and Poland are observers. The \
             issue is technology, because batteries and chips are what these minerals are for; set it to trade to see the \
             other side. Consensus, one question and the ad hoc form are assumptions.",
        ),
        Spec {
            form: Form::Light,
            ..minilateral(
                "PAC",
                "Partnership for Atlantic Cooperation",
                Issue::Climate,
                OPEN_ENDED,
                "States on both sides of the Atlantic, north and south: 32 at the start in September 2023, and ten that \
                 had joined a year later. A 43rd is reported and could not be found. The issue is climate, because the \
                 ocean, its health and those who live from it are what it is about; set it to development to see it from \
                 its southern shore. No convenor is listed. Consensus, one question and a light secretariat are assumptions.",
            )
        },
        minilateral(
            "ARTEMIS_2024",
            "Artemis Accords",
            Issue::Technology,
            OPEN_ENDED,
            "The fifty states that had signed these principles for the civil use of outer space by 11 December 2024; when \
             each signed is not in the table. The issue is technology, where votes on outer space belong. Nothing is \
             decided together: consensus, like one question and the ad hoc form, is an assumption, and stands for what \
             nobody among them would object to.",
        ),
        minilateral(
            "GMP_2021",
            "Global Methane Pledge",
            Issue::Climate,
            Some(110),
            "The states on the list of its launch at Glasgow on 2 November 2021; others have joined since and are not \
             listed. The United States and the European Union convened it; the Union counts in no measure. The pledge \
             runs to the end of 2030, 110 months. Consensus, one question and the ad hoc form are assumptions: in \
             truth each participant cuts what it promised.",
        ),
        Spec {
            questions: 4,
            form: Form::Light,
            ..minilateral(
                "IPEF",
                "Indo-Pacific Economic Framework",
                Issue::Trade,
                OPEN_ENDED,
                "Fourteen states, launched in May 2022. Four questions, an assumption, after its four pillars: trade, supply \
                 chains, clean economy, fair economy; India stays out of the first, which is not modelled. Consensus \
                 and a light secretariat are assumptions.",
            )
        },
    ]
}

/// Those of four.
fn narrow() -> Vec<Spec> {
    vec![
        minilateral(
            "I2U2",
            "I2U2",
            Issue::Development,
            OPEN_ENDED,
            "India, Israel, the United Arab Emirates and the United States, since 2022. The issue is development, because \
             food, water, energy and transport are what it puts money into. Consensus, one question and the ad hoc \
             form are assumptions.",
        ),
        minilateral(
            "CHIP4",
            "Chip 4",
            Issue::Technology,
            OPEN_ENDED,
            "Japan, South Korea, Taiwan and the United States, as proposed in 2022 for the supply of semiconductors. \
             Taiwan has no seat in the General Assembly: its votes are modelled from an estimated ideal point. Consensus, \
             one question and the ad hoc form are assumptions.",
        ),
        minilateral(
            "SQUAD",
            "Squad",
            Issue::Security,
            OPEN_ENDED,
            "Australia, Japan, the Philippines and the United States, whose ministers of defence have met since 2023. \
             Consensus, one question and the ad hoc form are assumptions.",
        ),
    ]
}

pub fn minilaterals(atlas: &Atlas) -> Workspace {
    workspace(
        atlas,
        "Minilaterals of today",
        "Eight groupings formed or enlarged since 2021, from four members to a hundred. Only the Global Methane Pledge has \
         a convenor listed. Give another one a small convenor, and see what it would table and what it would fail on.",
        specs(),
    )
}

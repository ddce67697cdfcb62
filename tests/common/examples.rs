//! Makes the example workspaces of `saves/` from the tables, so that members and convenors are exactly theirs.

mod minilaterals;

use std::sync::Arc;

use convenor::data::{Atlas, Body, BodyKind, CountryId};
use convenor::model::{
    Basis, Criterion, CustomRule, DecisionRule, Form, Grouping, Issue, Mandate, NamedRule, Role, Seat, Share, Workspace,
};

const UNCHECKED: &str = "The list of members is general knowledge and was not checked against a source.";
const PARTLY_CHECKED: &str = "Part of the list of members is general knowledge and was not checked against a source.";

/// Where the members of a grouping come from.
enum From {
    Proposal(&'static str),
    Organisation(&'static str),
    Minilateral(&'static str),
    /// An organisation as it was before somebody joined, given by the code in the table.
    Without(&'static str, &'static str),
    UnMembers,
    /// Nowhere: made for the example.
    Nowhere,
}

/// A grouping in short.
struct Spec {
    from: From,
    name: &'static str,
    issue: Issue,
    rule: DecisionRule,
    questions: u32,
    months: Option<u32>,
    form: Form,
    notes: &'static str,
}

const OPEN_ENDED: Option<u32> = None;

fn named(rule: NamedRule) -> DecisionRule {
    DecisionRule::Named(rule)
}

/// Consensus, one question, ad hoc: what most of these are.
fn spec(from: From, name: &'static str, issue: Issue, months: Option<u32>, notes: &'static str) -> Spec {
    Spec { from, name, issue, rule: named(NamedRule::Consensus), questions: 1, months, form: Form::AdHoc, notes }
}

/// All examples: the name of the file, and what is in it.
pub fn build(atlas: &Atlas) -> Vec<(&'static str, Workspace)> {
    vec![
        ("techno-democracies.convenor", techno_democracies(atlas)),
        ("indo-pacific.convenor", indo_pacific(atlas)),
        ("climate.convenor", climate(atlas)),
        ("pandemic.convenor", pandemic(atlas)),
        ("trade.convenor", trade(atlas)),
        ("deadlocked-venues.convenor", deadlocked_venues(atlas)),
        ("iran-deal.convenor", iran_deal(atlas)),
        ("online-extremism.convenor", online_extremism(atlas)),
        ("minilaterals.convenor", minilaterals::minilaterals(atlas)),
    ]
}

fn workspace(atlas: &Atlas, title: &str, notes: &str, specs: Vec<Spec>) -> Workspace {
    let mut workspace = Workspace::new(title);
    notes.clone_into(&mut workspace.notes);
    for spec in specs {
        let grouping = grouping(atlas, &workspace, spec);
        workspace.groupings.push(Arc::new(grouping));
    }
    workspace
}

fn grouping(atlas: &Atlas, workspace: &Workspace, spec: Spec) -> Grouping {
    let mut grouping = Grouping::new(workspace.free_id(), spec.name, workspace.free_colour());
    grouping.issue = spec.issue;
    grouping.rule = spec.rule;
    grouping.mandate = Mandate { questions: spec.questions, months: spec.months };
    grouping.form = spec.form;
    spec.notes.clone_into(&mut grouping.notes);
    match spec.from {
        From::Proposal(code) => seat(&mut grouping, atlas.body(BodyKind::Proposal, code).unwrap(), atlas),
        From::Organisation(code) => seat(&mut grouping, atlas.body(BodyKind::Organisation, code).unwrap(), atlas),
        From::Minilateral(code) => seat(&mut grouping, atlas.body(BodyKind::Minilateral, code).unwrap(), atlas),
        From::Without(code, joined_later) => {
            let mut body = atlas.body(BodyKind::Organisation, code).unwrap().clone();
            body.seats.retain(|seat| seat.code != joined_later);
            seat(&mut grouping, &body, atlas);
        }
        From::UnMembers => {
            let members = atlas.countries.iter().filter(|country| country.is_un_member());
            grouping.seats = members.map(|country| Seat::new(country.id, Role::Member)).collect();
        }
        From::Nowhere => {}
    }
    grouping
}

/// Seats a body, and says if the table was not checked.
fn seat(grouping: &mut Grouping, body: &Body, atlas: &Atlas) {
    let loose = |source: &str| source.contains("unverified") || source.contains("general knowledge");
    let is_actor = |code: &str| code.parse::<CountryId>().is_ok_and(|id| atlas.actor(id).is_some());
    let (unchecked, checked): (Vec<_>, Vec<_>) =
        body.seats.iter().filter(|seat| is_actor(&seat.code)).partition(|seat| loose(&seat.source));
    let caution = match (unchecked.is_empty(), checked.is_empty()) {
        (true, _) => "",
        (false, true) => UNCHECKED,
        (false, false) => PARTLY_CHECKED,
    };
    format!("{} {caution}", grouping.notes).trim().clone_into(&mut grouping.notes);
    grouping.seat_body(body, atlas);
}

fn techno_democracies(atlas: &Atlas) -> Workspace {
    let technology = |code, name, months, notes| spec(From::Proposal(code), name, Issue::Technology, months, notes);
    let specs = vec![
        Spec {
            form: Form::Light,
            ..technology(
                "T12",
                "T-12",
                Some(24),
                "Twelve technology-minded democracies, as Jared Cohen and Richard Fontaine listed them in Foreign Affairs \
                 (13 October 2020). No convenor is listed. Consensus, one question, two years and a light secretariat \
                 are assumptions.",
            )
        },
        Spec {
            form: Form::Light,
            ..technology(
                "D10",
                "D-10",
                Some(24),
                "The G7 with Australia, India and South Korea, a format that the British government put forward in 2020. \
                 No convenor is listed. Consensus, one question, two years and a light secretariat are assumptions, \
                 the same as for T-12, so that only the members differ.",
            )
        },
        technology(
            "DIGITAL_NATIONS",
            "Digital Nations",
            OPEN_ENDED,
            "Governments that are ahead in digital services; it began in 2014 with Estonia, New Zealand and the United \
             Kingdom among its founders, who are its convenors here. It has no end. Consensus, one question and the ad hoc \
             form are assumptions.",
        ),
    ];
    workspace(
        atlas,
        "Techno-democracies",
        "Three ways to gather democracies around technology: by weight (T-12, D-10) and by practice (Digital \
         Nations, convened by Estonia, New Zealand and the United Kingdom). Make one member of T-12 its convenor and see what changes.",
        specs,
    )
}

fn indo_pacific(atlas: &Atlas) -> Workspace {
    let security = |from, name, months, notes| spec(from, name, Issue::Security, months, notes);
    let specs = vec![
        security(
            From::Proposal("QUAD"),
            "Quad",
            OPEN_ENDED,
            "Australia, India, Japan and the United States, in dialogue since 2007, with a pause. No secretariat, no end. \
             Consensus and one question are assumptions.",
        ),
        security(
            From::Proposal("QUAD_PLUS"),
            "Quad-plus, March 2020",
            Some(12),
            "The Quad with New Zealand, South Korea and Viet Nam, in calls held from March 2020. The calls were about \
             the pandemic; security is set here so that it can stand beside the Quad. One year, consensus and one question \
             are assumptions.",
        ),
        security(
            From::Proposal("QUAD_PLUS_VAR"),
            "Quad-plus, May 2020",
            Some(12),
            "The Quad with Brazil, Israel and South Korea, in a call of May 2020; reports differ on who took part. \
             One year, consensus, one question and the issue are assumptions.",
        ),
        security(
            From::Organisation("AUKUS"),
            "AUKUS",
            OPEN_ENDED,
            "The security partnership that Australia, the United Kingdom and the United States announced in September 2021. \
             Consensus and one question are assumptions.",
        ),
    ];
    workspace(
        atlas,
        "Indo-Pacific",
        "Four groupings in the Indo-Pacific as of 2020 and 2021, from three members to seven. None has a convenor listed.",
        specs,
    )
}

fn climate(atlas: &Atlas) -> Workspace {
    let climate = |code, name, months, notes| spec(From::Proposal(code), name, Issue::Climate, months, notes);
    let light = |spec: Spec| Spec { form: Form::Light, ..spec };
    let specs = vec![
        climate(
            "LEADERS_CLIMATE_2021",
            "Leaders Summit on Climate 2021",
            Some(7),
            "Forty leaders whom the United States invited for 22 and 23 April 2021. Counted until the Glasgow \
             conference in November 2021, seven months: an assumption, as are consensus and one question. Two of the \
             forty were the presidents of the European Commission and Council.",
        ),
        climate(
            "HAC",
            "High Ambition Coalition",
            Some(6),
            "Convened by the Marshall Islands around the Paris conference of 2015. Only a few of its members are listed here, \
             because no full list of that time was found: read its figures with that in mind. Six months, \
             consensus and one question are assumptions.",
        ),
        light(climate(
            "BOGA",
            "Beyond Oil and Gas Alliance",
            OPEN_ENDED,
            "Launched at Glasgow in 2021 by Denmark and Costa Rica. The core members are members here; associate members and \
             friends are observers. Provinces and regions that are core members are left out. Consensus, one question \
             and a light secretariat are assumptions.",
        )),
        light(climate(
            "PPCA_2017",
            "Powering Past Coal Alliance",
            OPEN_ENDED,
            "Launched by Canada and the United Kingdom in November 2017; the national governments at its launch. \
             Consensus, one question and a light secretariat are assumptions.",
        )),
        light(climate(
            "OCEAN_PANEL",
            "Ocean Panel",
            Some(60),
            "Heads of government convened by Norway and Palau since 2018; the fourteen members of 2020. They promised \
             plans for their waters within five years, hence 60 months. Consensus, one question and a light secretariat \
             are assumptions.",
        )),
        Spec {
            questions: 3,
            form: Form::Standing,
            ..spec(
                From::Organisation("PARIS_2021"),
                "Paris Agreement",
                Issue::Climate,
                OPEN_ENDED,
                "The states party to it at the end of 2021: all members of the United Nations but Eritrea, Iran, Libya \
                 and Yemen, with the Cook Islands, Niue and Palestine. Its parties decide by consensus, because they \
                 never agreed on rules for voting. Three questions, after the three themes of its global \
                 stocktake (mitigation, adaptation, finance and other support): an assumption. It has a standing secretariat.",
            )
        },
    ];
    workspace(
        atlas,
        "Climate",
        "One summit, four coalitions of the willing and the treaty they surround. Compare small convenors (Marshall Islands; \
         Denmark and Costa Rica; Norway and Palau) with a large one, and all of them with 192 parties under consensus.",
        specs,
    )
}

fn pandemic(atlas: &Atlas) -> Workspace {
    let pandemic = |from, name, months, notes| spec(from, name, Issue::Pandemic, months, notes);
    let specs = vec![
        pandemic(
            From::Proposal("COVAX_FRIENDS"),
            "Friends of the COVAX Facility",
            Some(24),
            "Governments that backed joint buying of vaccines in 2020, convened by Singapore and Switzerland. \
             Two years, consensus and one question are assumptions.",
        ),
        Spec {
            rule: named(NamedRule::TwoThirds),
            form: Form::Standing,
            ..pandemic(
                From::Organisation("WHO_2021"),
                "World Health Organization",
                OPEN_ENDED,
                "Its 194 member states in 2021: all members of the United Nations but Liechtenstein, with the Cook Islands \
                 and Niue. Conventions are adopted by two thirds of the Health Assembly (Article 19 of its constitution); \
                 two thirds of all members are asked for here, where the Assembly counts those present and voting. One \
                 question is an assumption.",
            )
        },
        pandemic(
            From::Without("G20", "AFU"),
            "G20 of 2021",
            OPEN_ENDED,
            "Nineteen states, by consensus, without a secretariat. The European Union is a member too, but counts in \
             no measure; the African Union joined only in September 2023. One question is an assumption.",
        ),
        draft_pact(),
    ];
    let mut workspace = workspace(
        atlas,
        "Pandemic",
        "Who could settle how vaccines and data are shared? A circle of friends, the organisation of all, the club of the \
         largest, and a draft of our own with small convenors and large participants.",
        specs,
    );
    if let Some(draft) = workspace.groupings.last_mut() {
        seat_draft(Arc::make_mut(draft));
    }
    workspace
}

fn draft_pact() -> Spec {
    Spec {
        rule: named(NamedRule::TwoThirds),
        form: Form::Light,
        ..spec(
            From::Nowhere,
            "Small hosts, large participants",
            Issue::Pandemic,
            Some(18),
            "A draft made for this example; nobody proposed it. One narrow question: to share data on new viruses \
             and a fixed part of the vaccines made. \
             Convenors are three small states from three regions with a record on the matter: Norway chaired, with \
             South Africa, the council of the ACT-Accelerator; Costa Rica asked the World Health Organization for the \
             technology pool C-TAP; Singapore convened, with Switzerland, the Friends of the COVAX Facility. \
             Participants are large states of all five world regions that buy, make or need vaccines at scale, rivals \
             among them. Switzerland is an observer. \
             Two thirds, so that no single participant can block; eighteen months, so that it ends; a light \
             secretariat. All of this is choice, not record: change it and see what it is worth.",
        )
    }
}

fn seat_draft(grouping: &mut Grouping) {
    let seats = |codes: &str, role: Role| -> Vec<Seat> {
        codes.split(' ').map(|code| Seat::new(code.parse::<CountryId>().unwrap(), role)).collect()
    };
    grouping.seats = seats("NOR CRI SGP", Role::Convenor);
    grouping.seats.extend(seats("USA BRA MEX GBR DEU IND CHN JPN KOR IDN ZAF NGA AUS", Role::Member));
    grouping.seats.extend(seats("CHE", Role::Observer));
}

/// Entry into force of the TPP: six of twelve members with 85 % of the GDP.
fn tpp_clause() -> DecisionRule {
    DecisionRule::Custom(Box::new(CustomRule {
        criteria: vec![
            Criterion::new(Basis::Members, Share::Fraction(1, 2)),
            Criterion::new(Basis::Gdp, Share::Number(0.85)),
        ],
        ..CustomRule::default()
    }))
}

fn trade(atlas: &Atlas) -> Workspace {
    let trade = |code, name, months, notes| Spec {
        form: Form::Light,
        ..spec(From::Proposal(code), name, Issue::Trade, months, notes)
    };
    let specs = vec![
        Spec {
            rule: tpp_clause(),
            ..trade(
                "TPP12",
                "TPP-12, United States backing 0.3",
                OPEN_ENDED,
                "The twelve that signed in 2016, under the treaty's own clause: in force once six of them with 85 % \
                 of their GDP ratify (the treaty took the GDP of 2013, the program takes the latest). The chance of 0.3 that an \
                 American yes survives at home is an assumption; in fact the United States withdrew in January 2017. \
                 One question and a light secretariat are assumptions.",
            )
        },
        Spec {
            rule: tpp_clause(),
            ..trade(
                "TPP12",
                "TPP-12, full backing",
                OPEN_ENDED,
                "The same twelve under the same clause, as if every yes survived at home. Only the backing differs from \
                 the grouping beside it.",
            )
        },
        trade(
            "CPTPP11",
            "CPTPP-11",
            OPEN_ENDED,
            "The eleven that went on without the United States and signed in 2018. Its commission decides by consensus. \
             The United States, sponsor by default, stays out here: choose Japan as sponsor for its own view. One question \
             and a light secretariat are assumptions.",
        ),
        trade(
            "DEPA",
            "DEPA",
            OPEN_ENDED,
            "The digital economy agreement of Chile, New Zealand and Singapore (2020): all three convene. South Korea \
             joined in 2024 and is not listed. Consensus, one question and a light secretariat are assumptions.",
        ),
        Spec {
            form: Form::AdHoc,
            ..trade(
                "ACCTS",
                "ACCTS",
                Some(24),
                "The agreement on climate change, trade and sustainability, convened by New Zealand; its six negotiators of 2019 to \
                 2021. Costa Rica, Iceland, New Zealand and Switzerland signed it in November 2024. Two years of talks, consensus \
                 and one question are assumptions.",
            )
        },
    ];
    let mut workspace = workspace(
        atlas,
        "Trade",
        "What weak backing at home does to a large pact, and what smaller ones give up and gain. The two TPP-12 \
         differ only in the backing of the United States.",
        specs,
    );
    if let Some(seat) = Arc::make_mut(&mut workspace.groupings[0]).seat_mut(CountryId::new(*b"USA")) {
        seat.backing = 0.3;
    }
    workspace
}

fn deadlocked_venues(atlas: &Atlas) -> Workspace {
    let standing = |from, name, issue, rule, notes| Spec {
        rule: named(rule),
        form: Form::Standing,
        ..spec(from, name, issue, OPEN_ENDED, notes)
    };
    let specs = vec![
        standing(
            From::Organisation("UNSC_2021"),
            "Security Council 2021",
            Issue::Security,
            NamedRule::SecurityCouncil,
            "Its fifteen members in 2021. Nine must vote yes, and none of the five permanent members may vote no. One \
             question is an assumption.",
        ),
        Spec {
            form: Form::AdHoc,
            ..standing(
                From::Without("G20", "AFU"),
                "G20 of 2021",
                Issue::General,
                NamedRule::Consensus,
                "Nineteen states, by consensus, without a secretariat. The European Union is a member too, but counts in \
                 no measure; the African Union joined only in September 2023. One question is an assumption.",
            )
        },
        standing(
            From::Organisation("UNHRC_2021"),
            "Human Rights Council 2021",
            Issue::HumanRights,
            NamedRule::SimpleMajority,
            "Its 47 members in 2021. More than half of all members are asked for here, where the Council counts those present and \
             voting. One question is an assumption.",
        ),
        standing(
            From::UnMembers,
            "General Assembly",
            Issue::General,
            NamedRule::SimpleMajority,
            "The 193 members of the United Nations, as the list of countries has them. More than half of all members are \
             asked for here, where the Assembly counts those present and voting, and asks for two thirds on important \
             questions. It agrees on texts; it commits nobody. One question is an assumption.",
        ),
    ];
    workspace(
        atlas,
        "Deadlocked venues",
        "Four venues that exist, under their own rules, each on the issue it deals with. They are what a new grouping would have to \
         do better than.",
        specs,
    )
}

fn iran_deal(atlas: &Atlas) -> Workspace {
    let deal = Spec {
        questions: 3,
        ..spec(
            From::Proposal("JCPOA"),
            "JCPOA",
            Issue::Nuclear,
            Some(120),
            "The states party to the nuclear agreement with Iran of 2015. Its joint commission decides by consensus. Three questions, \
             an assumption: limits on enrichment, inspections, relief from sanctions. Ten years, as its text provides. \
             The United States withdrew in May 2018; set its backing lower, or take it out, to see what is left.",
        )
    };
    workspace(
        atlas,
        "Iran deal",
        "A single grouping with rivals on both sides of the table and three questions to settle. See how much deadlock risk each \
         question adds.",
        vec![deal],
    )
}

fn online_extremism(atlas: &Atlas) -> Workspace {
    let call = spec(
        From::Proposal("CHRISTCHURCH_CALL"),
        "Christchurch Call",
        Issue::HumanRights,
        OPEN_ENDED,
        "Governments that supported the call of May 2019 against violent extremism online from the start, convened by New \
         Zealand and France; firms took part too and are not counted. The issue is human rights, because what states \
         dispute here is the line between harm and free speech, and votes on human rights show that better than votes on \
         technology, which are largely about arms in space and in computer networks. Set it to technology and the people \
         affected become internet users, the capability research spending. Consensus, one question and the ad hoc form are assumptions.",
    );
    workspace(
        atlas,
        "Online extremism",
        "A small and a large convenor together, and a question that is narrow but open-ended. Give the mandate an end and \
         watch the microlateral fit.",
        vec![call],
    )
}

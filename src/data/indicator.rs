//! Figures about actors.

/// One published figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// In the indicator's unit.
    pub value: f64,
    /// The year the figure is for.
    pub year: u16,
}

/// One indicator with its latest value for every actor that has one.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// The code in the tables, such as `gdp_usd`.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// The unit of every value.
    pub unit: String,
    /// The subject it belongs to.
    pub group: String,
    /// The key of its [`Source`](super::Source).
    pub source: String,
    /// One entry an actor, in the order of [`Atlas::countries`](super::Atlas::countries).
    pub figures: Vec<Option<Figure>>,
}

impl Indicator {
    /// How many actors have a figure.
    #[must_use]
    pub fn coverage(&self) -> usize {
        self.figures.iter().flatten().count()
    }

    /// The oldest and the latest year among the figures; `None` without figures.
    #[must_use]
    pub fn years(&self) -> Option<(u16, u16)> {
        let years = || self.figures.iter().flatten().map(|figure| figure.year);
        years().min().zip(years().max())
    }
}

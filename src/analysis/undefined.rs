//! Why a measure has no meaning.

/// A figure, or the reason why there is none.
pub type Defined<T> = Result<T, Undefined>;

/// Why a measure has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// Nobody votes.
    #[error("no voting member")]
    NoVotingMember,
    /// No roll call bears on the issue, or the half-life leaves no weight.
    #[error("no usable roll call on this issue")]
    NoRollCall,
    /// The convenors would table nothing at all.
    #[error("the convenors would table nothing")]
    NothingTabled,
    /// The weights of a criterion are all zero.
    #[error("all decision weights are zero")]
    NoWeight,
    /// The two poles have the same ideal point.
    #[error("the two poles stand at the same point")]
    PolesAlike,
    /// No actor has the figure.
    #[error("no figure for any member")]
    NoFigure,
    /// All weights of legitimacy are zero, or no component has a figure.
    #[error("no component of legitimacy has weight and figure")]
    NoComponent,
    /// Nobody pays.
    #[error("nobody pays: all burden shares are zero")]
    NobodyPays,
    /// The programme costs nothing.
    #[error("the programme costs nothing")]
    NoProgramme,
    /// Votes are coin flips.
    #[error("reach has no meaning in a-priori mode")]
    APriori,
    /// Defined at the point estimate, and in no draw.
    #[error("not defined in any draw")]
    NoDraw,
    /// Nobody else votes, or the grouping fails for certain without the member: leaving compares with nothing.
    #[error("no member could leave and find the rest able to act")]
    NoExit,
    /// The case is about questions of the user's own alone, and nobody has a stance on any.
    #[error("no question of your own has a stance yet")]
    NoStance,
    /// The case is about questions of the user's own.
    #[error("nobody has voted on questions of your own")]
    OwnQuestions,
    /// The rule is too large to be computed.
    #[error("the rule is too large to be computed for so many members")]
    TooLarge,
}

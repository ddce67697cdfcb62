//! The parts of a file's schema whose form in a file is not that in memory.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::grouping::{WrittenGrouping, WrittenSeat};
use super::{CustomRule, DecisionRule, Grouping, NamedRule, Seat, Share, Veto};
use crate::data::CountryId;

impl JsonSchema for CountryId {
    fn schema_name() -> Cow<'static, str> {
        "CountryId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The code of an actor: ISO 3166-1 alpha-3, XKX for Kosovo.",
            "type": "string",
            "pattern": "^[A-Z]{3}$",
        })
    }
}

impl JsonSchema for Seat {
    fn schema_name() -> Cow<'static, str> {
        "Seat".into()
    }

    fn json_schema(of: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A seat: the code alone for a member with full backing at home, else an object.",
            "anyOf": [of.subschema_for::<CountryId>(), of.subschema_for::<WrittenSeat>()],
        })
    }
}

impl JsonSchema for Grouping {
    fn schema_name() -> Cow<'static, str> {
        "Grouping".into()
    }

    fn json_schema(of: &mut SchemaGenerator) -> Schema {
        WrittenGrouping::json_schema(of)
    }
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A share of a total: a number from 0 to 1, or a fraction such as \"2/3\".",
            "anyOf": [
                { "type": "number", "minimum": 0, "maximum": 1 },
                { "type": "string", "pattern": "^ *[0-9]+ */ *[0-9]+ *$" },
            ],
        })
    }
}

impl JsonSchema for Veto {
    fn schema_name() -> Cow<'static, str> {
        "Veto".into()
    }

    fn json_schema(of: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Whose no blocks: \"all\" for every voting member's, or the actors listed; those outside the grouping are ignored.",
            "anyOf": [{ "const": "all" }, of.subschema_for::<Vec<CountryId>>()],
        })
    }
}

impl JsonSchema for DecisionRule {
    fn schema_name() -> Cow<'static, str> {
        "DecisionRule".into()
    }

    fn json_schema(of: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A named rule, or a rule in full.",
            "anyOf": [of.subschema_for::<NamedRule>(), of.subschema_for::<CustomRule>()],
        })
    }
}

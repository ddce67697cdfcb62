//! How the command line writes JSON.

use serde::Serialize;
use serde_json::{Number, Value};

use super::failure::Failure;

/// On one line.
///
/// # Errors
/// The answer has no form in JSON: a fault of the program.
pub fn line(answer: &impl Serialize) -> Result<String, Failure> {
    Ok(value(answer)?.to_string())
}

/// On many lines, to be read by people too.
///
/// # Errors
/// The answer has no form in JSON: a fault of the program.
pub fn page(answer: &impl Serialize) -> Result<String, Failure> {
    Ok(format!("{:#}\n", value(answer)?))
}

fn value(answer: &impl Serialize) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(answer).map_err(Failure::of)?;
    without_minus_zero(&mut value);
    Ok(value)
}

/// An empty sum is −0; nobody means it.
fn without_minus_zero(value: &mut Value) {
    match value {
        Value::Number(number) if number.as_f64().is_some_and(|number| number == 0.0 && number.is_sign_negative()) => {
            *value = Number::from_f64(0.0).map_or(Value::Null, Value::Number);
        }
        Value::Array(list) => list.iter_mut().for_each(without_minus_zero),
        Value::Object(fields) => fields.values_mut().for_each(without_minus_zero),
        _ => {}
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn zero_has_no_sign_and_all_else_stays_as_it_is() {
        let value = json!({"b": [-0.0, 0.0, -0.1, 0, -1], "a": {"c": -0.0, "d": null}});
        assert_eq!(line(&value).unwrap(), r#"{"b":[0.0,0.0,-0.1,0,-1],"a":{"c":0.0,"d":null}}"#);
        assert_eq!(page(&json!([-0.0])).unwrap(), "[\n  0.0\n]\n");
    }
}

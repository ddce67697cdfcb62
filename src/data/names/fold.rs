//! One way to write a name, whoever typed it.

/// Words that names are written with or without.
const IGNORED: [&str; 25] = [
    "the", "of", "and", "de", "du", "des", "del", "la", "le", "les", "el", "los", "las", "l", "d", "et", "y", "und",
    "der", "die", "das", "и", "do", "da", "e",
];

/// Words of names and their abbreviations, each with what it is compared by.
const STEMS: [(&str, &str); 44] = [
    ("rep", "republic"),
    ("dem", "democratic"),
    ("peoples", "people"),
    ("isl", "island"),
    ("is", "island"),
    ("islands", "island"),
    ("st", "saint"),
    ("sts", "state"),
    ("states", "state"),
    ("fed", "federal"),
    ("federated", "federal"),
    ("federation", "federal"),
    ("federative", "federal"),
    ("eq", "equatorial"),
    ("equat", "equatorial"),
    ("cent", "central"),
    ("afr", "african"),
    ("plur", "plurinational"),
    ("bol", "bolivarian"),
    ("utd", "united"),
    ("n", "north"),
    ("s", "south"),
    ("w", "west"),
    ("no", "north"),
    ("so", "south"),
    ("western", "west"),
    ("eastern", "east"),
    ("northern", "north"),
    ("southern", "south"),
    ("terr", "territory"),
    ("territories", "territory"),
    ("grenadine", "grenadines"),
    ("gren", "grenadines"),
    ("herz", "herzegovina"),
    ("arabic", "arab"),
    // Written as one.
    ("dr", "democratic republic"),
    ("dpr", "democratic people republic"),
    ("pdr", "democratic people republic"),
    ("pr", "people republic"),
    ("rb", "bolivarian republic"),
    ("ur", "republic united"),
    ("fs", "federal state"),
    ("ro", "republic"),
    ("ir", "islamic republic"),
];

/// Lower case; Latin letters without accents, composed or not; one kind of apostrophe and dash; one space where there is
/// white space. Letters that only look other (wide Latin, Arabic alef with hamza, Russian ё and й) are as the plain one.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() && !letter.is_ascii_whitespace() {
            out.push(letter.to_ascii_lowercase());
        } else if letter.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_mark(letter) {
            push_folded(letter, &mut out);
        }
    }
    out
}

fn push_folded(letter: char, out: &mut String) {
    match letter {
        'Ё' | 'ё' => out.push('е'),
        'Й' | 'й' => out.push('и'),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' => out.push('ي'),
        'ة' => out.push('ه'),
        // Latin letters, their wide forms, quotes and dashes.
        '\u{a0}'..='\u{24f}'
        | '\u{2b0}'..='\u{2ff}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{2010}'..='\u{205e}'
        | '\u{2212}'
        | '\u{fb00}'..='\u{fb06}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff01}'..='\u{ff5e}' => out.push_str(&any_ascii::any_ascii_char(letter).to_ascii_lowercase()),
        _ => out.extend(letter.to_lowercase().filter(|letter| !is_mark(*letter))),
    }
}

/// Accents that stand after their letter, signs of direction, and what has no width.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}'
        | '\u{ad}'
        | '\u{640}'
        | '\u{64b}'..='\u{655}'
        | '\u{670}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}')
}

/// What names are compared by: the words of the folded name with one space between them. Letters with points are one word,
/// “’s” is left out, & is “and”.
#[must_use]
pub fn key(text: &str) -> String {
    let folded: Vec<char> = fold(text).chars().collect();
    let is_word = |at: usize| folded.get(at).is_some_and(|letter: &char| letter.is_alphanumeric());
    let mut out = String::with_capacity(folded.len());
    let (mut at, mut length) = (0, 0);
    while let Some(&letter) = folded.get(at) {
        at += 1;
        if letter.is_alphanumeric() {
            out.push(letter);
            length += 1;
            continue;
        }
        let alone = is_word(at) && !is_word(at + 1);
        if letter == '.' && length == 1 && alone {
            length = 0;
            continue;
        }
        if letter == '\'' && length > 1 && folded.get(at) == Some(&'s') && alone {
            at += 1;
            continue;
        }
        if letter == '&' {
            push_word(&mut out, "and");
        }
        if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
        length = 0;
    }
    out.truncate(out.trim_end().len());
    out
}

fn push_word(out: &mut String, word: &str) {
    if !out.ends_with(' ') && !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// The words of a key in order of the alphabet, abbreviations written out and small words left out, so that “Korea, Rep.” is
/// “Republic of Korea”. Empty if nothing but small words is left.
pub(super) fn bag(key: &str) -> String {
    let kept: Vec<&str> = key.split(' ').filter(|word| !IGNORED.contains(word)).collect();
    // An abbreviation alone stands for nothing.
    if let [word] = kept[..] {
        return word.to_owned();
    }
    let mut words: Vec<&str> = Vec::new();
    for word in kept {
        let written_out = STEMS.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| *long);
        words.extend(written_out.split(' '));
    }
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{bag, fold, key};

    #[test]
    fn letters_fold_however_they_are_composed() {
        assert_eq!(fold("İSTANBUL Ærø ẞ"), "istanbul aero ss");
        assert_eq!(fold("Co\u{302}te\u{a0} d’Ivoire"), "cote d'ivoire");
        assert_eq!(fold("Йемен"), fold("И\u{306}емен"));
        assert_eq!(fold("Guinea–Bissau"), fold("Guinea\u{2011}Bissau"));
        assert_eq!(fold(" ＵＫ "), " uk ");
        assert_eq!(fold("أوكرانيا"), fold("اوكرانيا"));
    }

    #[test]
    fn a_key_has_words_and_nothing_else() {
        assert_eq!(key(" U.S.A. "), "usa");
        assert_eq!(key("S. Sudan"), "s sudan");
        assert_eq!(key("Lao People’s Dem.Rep."), "lao people dem rep");
        assert_eq!(key("Trinidad&Tobago"), "trinidad and tobago");
        assert_eq!(key("Iran (Islamic Republic of)"), "iran islamic republic of");
        assert_eq!(key("中国（香港）"), "中国 香港");
        assert_eq!(key("–"), "");
    }

    #[test]
    fn a_bag_knows_abbreviations_and_no_order() {
        assert_eq!(bag(&key("Korea, Dem. People's Rep.")), bag(&key("Democratic People’s Republic of Korea")));
        assert_ne!(bag(&key("Korea, Rep.")), bag(&key("Korea, Dem. People's Rep.")));
        assert_eq!(bag(&key("the")), "");
    }
}

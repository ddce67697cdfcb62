//! The words and marks of Rust code.

/// A word or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A name, a keyword or a number.
    Word(String),
    /// `::`
    Path,
    /// Any other letter.
    Mark(char),
}

/// The words and marks of a file, without comments, texts, letters and lifetimes.
pub fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.chars().collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or('\0');
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut found = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        match (at(place), at(place + 1)) {
            ('/', '/') => {
                while place < letters.len() && at(place) != '\n' {
                    place += 1;
                }
            }
            ('/', '*') => {
                let mut depth = 0;
                loop {
                    match (at(place), at(place + 1)) {
                        ('/', '*') => (depth, place) = (depth + 1, place + 2),
                        ('*', '/') => (depth, place) = (depth - 1, place + 2),
                        _ => place += 1,
                    }
                    if depth == 0 || place >= letters.len() {
                        break;
                    }
                }
            }
            ('"', _) => place = after_text(&letters, place),
            // A letter, unless it is a lifetime.
            ('\'', '\\') => {
                place = (place + 3..letters.len()).find(|end| at(*end) == '\'').map_or(letters.len(), |end| end + 1);
            }
            ('\'', _) if at(place + 2) == '\'' => place += 3,
            ('\'', _) => place += 1,
            (':', ':') => {
                found.push(Token::Path);
                place += 2;
            }
            (letter, _) if is_word(letter) => {
                let end = (place..letters.len()).find(|end| !is_word(at(*end))).unwrap_or(letters.len());
                let word: String = letters[place..end].iter().collect();
                place = end;
                let raw = matches!(word.as_str(), "r" | "b" | "br" | "c" | "cr");
                match at(end) {
                    '"' if raw && !word.contains('r') => place = after_text(&letters, end),
                    '"' | '#' if raw && word.contains('r') => match after_raw(&letters, end) {
                        Some(after) => place = after,
                        // A raw name: r#type.
                        None => place = end + 1,
                    },
                    '\'' if word == "b" => {}
                    _ => found.push(Token::Word(word)),
                }
            }
            (letter, _) => {
                if !letter.is_whitespace() {
                    found.push(Token::Mark(letter));
                }
                place += 1;
            }
        }
    }
    found
}

fn after_text(letters: &[char], quote: usize) -> usize {
    let mut place = quote + 1;
    while place < letters.len() && letters[place] != '"' {
        place += if letters[place] == '\\' { 2 } else { 1 };
    }
    place + 1
}

/// After a raw text whose hashes or quote begin at `from`; `None` if it is none.
fn after_raw(letters: &[char], from: usize) -> Option<usize> {
    let hashes = letters[from..].iter().take_while(|letter| **letter == '#').count();
    if letters.get(from + hashes) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let first = from + hashes + 1;
    let found = (first..letters.len()).find(|place| letters[*place..].starts_with(&end));
    Some(found.map_or(letters.len(), |place| place + end.len()))
}

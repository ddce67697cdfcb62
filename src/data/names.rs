//! Finding actors by what people call them.

use std::collections::HashMap;

use super::{Country, CountryId};

/// Codes that ISO 3166 or the World Bank once used for actors that still exist, each for one actor only.
const FORMER_CODES: [(&str, CountryId); 13] = [
    ("ADO", CountryId::new(*b"AND")),
    ("AFI", CountryId::new(*b"DJI")),
    ("BUR", CountryId::new(*b"MMR")),
    ("BYS", CountryId::new(*b"BLR")),
    ("DHY", CountryId::new(*b"BEN")),
    ("HVO", CountryId::new(*b"BFA")),
    ("KSV", CountryId::new(*b"XKX")),
    ("NHB", CountryId::new(*b"VUT")),
    ("RHO", CountryId::new(*b"ZWE")),
    ("ROM", CountryId::new(*b"ROU")),
    ("TMP", CountryId::new(*b"TLS")),
    ("WBG", CountryId::new(*b"PSE")),
    ("ZAR", CountryId::new(*b"COD")),
];

/// Lower case, without the accents of Latin letters.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ē' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ç' | 'č' => 'c',
            'ñ' => 'n',
            'š' | 'ş' => 's',
            'ž' => 'z',
            'ğ' => 'g',
            '’' => '\'',
            other => other,
        })
        .collect()
}

/// The actors by code, former code and name.
pub(super) struct Register {
    by_word: HashMap<String, Option<CountryId>>,
}

impl Register {
    /// Of all actors. A word that stands for two actors stands for none, unless it is the code of one.
    pub(super) fn new(countries: &[Country]) -> Self {
        let mut by_word = HashMap::new();
        for country in countries {
            let names = [&country.name, &country.official_name].into_iter().chain(&country.alt_names);
            for name in names {
                let known = by_word.entry(fold(name)).or_insert(Some(country.id));
                if *known != Some(country.id) {
                    *known = None;
                }
            }
        }
        let is_actor = |id: CountryId| countries.iter().any(|country| country.id == id);
        let former = FORMER_CODES.into_iter().filter(|(_, id)| is_actor(*id));
        let codes = countries.iter().map(|country| (country.id.as_str(), country.id));
        for (code, id) in former.chain(codes) {
            by_word.insert(code.to_lowercase(), Some(id));
        }
        Self { by_word }
    }

    /// The actor that a word stands for; `None` if there is none, or more than one.
    pub(super) fn find(&self, word: &str) -> Option<CountryId> {
        self.by_word.get(&fold(word)).copied().flatten()
    }
}

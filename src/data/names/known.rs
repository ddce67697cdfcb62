//! What tables of names do not say: codes of former times, and words that stand for no actor of today.

use crate::data::CountryId;

/// Codes that ISO 3166 or the World Bank once used for actors that still exist, each for one actor only.
pub(super) const FORMER_CODES: [(&str, CountryId); 13] = [
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

/// Words that stand for more than one actor, for a part of one, or for one that is no more; with those that may be meant, the
/// likeliest first, by code.
pub(super) const UNCERTAIN: [(&str, &str); 23] = [
    ("Congo;Kongo;Конго;الكونغو;刚果;Belgian Congo", "COG COD"),
    ("Korea;Corée;Corea;Корея;كوريا", "KOR PRK"),
    ("England;Angleterre;Inglaterra;Англия;إنجلترا;英格兰", "GBR"),
    ("Scotland;Schottland;Écosse;Escocia;Шотландия", "GBR"),
    ("Wales", "GBR"),
    ("Northern Ireland;Nordirland", "GBR"),
    ("Soviet Union;USSR;U.S.S.R.;Union of Soviet Socialist Republics;URSS;Sowjetunion;Советский Союз;СССР;苏联", "RUS"),
    ("Yugoslavia;Jugoslawien;Yougoslavie;Югославия;SFRY", "SRB HRV BIH SVN MKD MNE XKX"),
    ("Serbia and Montenegro", "SRB MNE"),
    ("Czechoslovakia;Tschechoslowakei;Tchécoslovaquie;Чехословакия", "CZE SVK"),
    ("East Germany;German Democratic Republic;GDR;DDR", "DEU"),
    ("Tanganyika", "TZA"),
    ("Zanzibar", "TZA"),
    ("United Arab Republic", "EGY SYR"),
    ("Sahrawi", "ESH"),
    ("Kurdistan", "IRQ TUR IRN SYR"),
    ("Somaliland", "SOM"),
    ("Transnistria", "MDA"),
    ("South Yemen;North Yemen", "YEM"),
    ("South Vietnam;North Vietnam", "VNM"),
    ("Greenland;Faroe Islands", "DNK"),
    ("Puerto Rico;Guam", "USA"),
    ("Virgin Islands", "USA GBR"),
];

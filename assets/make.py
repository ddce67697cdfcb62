#!/usr/bin/env python3
"""Write the compact tables under assets/ from the folder of source tables.

    python3 assets/make.py SOURCE_FOLDER [--flags FOLDER] [--fonts FOLDER]

SOURCE_FOLDER  the country tables (countries.csv, indicators.csv, …, map/)
--flags        a folder of Twemoji SVG files (1f1e6-1f1e8.svg, …): rewrites assets/flags/flags.tsv
--fonts        the unpacked package @ibm/plex 4.0.2: copies two fonts and their licence text

Only the standard library is used. Two runs on the same input give identical bytes. Any doubt about
the input ends the run with the file and the row; nothing is repaired in silence.
"""

import argparse
import csv
import datetime
import decimal
import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"

DROPPED_INDICATORS = {"vdem_polyarchy_v16"}
PSEUDO = ("EUU", "AFU", "PYF", "NCL")
IDEAL_YEARS = range(2012, 2025)
# Topics that roll calls are coded to, in the order of the source.
TOPICS = ("me nuclear arms conflict rights colonial environment technology health trade sanctions "
          "development governance").split()

# Corrections to the source's country rows: (iso3, column) -> (text expected there, text written).
COUNTRY_FIXES = {
    ("CIV", "official_name"): ("Ivory Coast", "Republic of Côte d'Ivoire"),
    ("COK", "official_name"): ("Cook Islands **", "Cook Islands"),
    ("ESH", "official_name"): ("Western Sahara (Sahrawi Arab Democratic Republic in the AU)",
                               "Western Sahara"),
    ("KAZ", "capital"): ("Nur-Sultan", "Astana"),
    ("NIU", "official_name"): ("Niue **", "Niue"),
    ("TUR", "official_name"): ("Türkiye", "Republic of Türkiye"),
}

# Other names an analyst would type. ASCII forms of names with accents are added by the script.
ALT_NAMES = {
    "ALB": "Shqipëria",
    "ARE": "UAE;Emirates;U.A.E.",
    "ARM": "Hayastan",
    "ATG": "Antigua & Barbuda;Antigua",
    "AUT": "Österreich;Oesterreich",
    "BEL": "België;Belgique;Belgien",
    "BFA": "Upper Volta",
    "BGR": "Balgariya",
    "BHS": "The Bahamas",
    "BIH": "Bosnia;Bosnia & Herzegovina;BiH;Bosna i Hercegovina",
    "BLR": "Byelorussia;Belorussia",
    "BLZ": "British Honduras",
    "BRA": "Brasil",
    "BWA": "Bechuanaland",
    "CAF": "CAR;Central Africa;République centrafricaine",
    "CHE": "Schweiz;Suisse;Svizzera;Confoederatio Helvetica",
    "CHN": "PRC;P.R. China;Mainland China;Zhongguo",
    "CIV": "Ivory Coast;Cote d Ivoire",
    "CMR": "Cameroun",
    "COD": "DRC;DR Congo;D.R. Congo;Democratic Republic of Congo;Congo-Kinshasa;Zaire;"
           "République démocratique du Congo",
    "COG": "Republic of Congo;Congo;Congo Republic;Congo-Brazzaville",
    "COM": "Comores",
    "CPV": "Cape Verde",
    "CYP": "Kypros;Kıbrıs",
    "CZE": "Česko;Česká republika",
    "DEU": "Deutschland;Bundesrepublik Deutschland;FRG;West Germany;Allemagne",
    "DNK": "Danmark",
    "DOM": "República Dominicana",
    "DZA": "Algérie;Al-Jazair",
    "EGY": "Misr",
    "ESH": "Sahrawi Arab Democratic Republic;SADR;Sahrawi Republic;Spanish Sahara",
    "ESP": "España;Espagne",
    "EST": "Eesti",
    "ETH": "Abyssinia",
    "FIN": "Suomi",
    "FRA": "République française;Frankreich",
    "GBR": "UK;U.K.;Great Britain;Britain;England",
    "GEO": "Sakartvelo",
    "GHA": "Gold Coast",
    "GIN": "Guinée;Guinea-Conakry",
    "GMB": "The Gambia",
    "GNB": "Guinea Bissau;Portuguese Guinea",
    "GNQ": "Guinea Ecuatorial;Spanish Guinea",
    "GRC": "Hellas;Ellada",
    "GUY": "British Guiana",
    "HKG": "Hongkong;HKSAR;Hong Kong SAR;Hong Kong, China",
    "HRV": "Hrvatska",
    "HUN": "Magyarország",
    "IND": "Bharat",
    "IRL": "Éire;Republic of Ireland;Irish Republic",
    "IRN": "Persia",
    "ISR": "Yisrael",
    "ITA": "Italia;Repubblica Italiana",
    "JPN": "Nippon;Nihon",
    "KAZ": "Qazaqstan",
    "KGZ": "Kirghizia;Kirgizstan",
    "KHM": "Kampuchea",
    "KIR": "Gilbert Islands",
    "KNA": "St. Kitts and Nevis;St Kitts and Nevis;St Kitts;Saint Kitts & Nevis;Saint Christopher and Nevis",
    "KOR": "ROK;Korea;Korea, South;Hanguk",
    "LAO": "Lao PDR;Lao",
    "LBN": "Liban;Lubnan",
    "LBY": "Libyan Arab Jamahiriya",
    "LCA": "St. Lucia;St Lucia",
    "LKA": "Ceylon",
    "LSO": "Basutoland",
    "LTU": "Lietuva",
    "LUX": "Lëtzebuerg;Luxemburg",
    "LVA": "Latvija",
    "MAC": "Macau;Macao SAR;Macao, China;Macau SAR",
    "MAR": "Maroc;Al-Maghrib",
    "MDA": "Moldavia",
    "MEX": "México;Estados Unidos Mexicanos",
    "MHL": "Marshalls;RMI",
    "MKD": "Macedonia;FYROM;Former Yugoslav Republic of Macedonia;Severna Makedonija;FYR Macedonia",
    "MMR": "Burma",
    "MNE": "Crna Gora",
    "MNG": "Mongol Uls",
    "MOZ": "Moçambique",
    "MRT": "Mauritanie",
    "MWI": "Nyasaland",
    "NAM": "South West Africa",
    "NLD": "Holland;The Netherlands;Nederland;Pays-Bas",
    "NOR": "Norge;Noreg",
    "NZL": "NZ;Aotearoa",
    "PER": "Perú",
    "PHL": "Pilipinas;The Philippines",
    "PNG": "PNG",
    "POL": "Polska",
    "PRK": "DPRK;D.P.R.K.;Korea, North;Choson",
    "PRT": "República Portuguesa",
    "PSE": "Palestinian Authority;Palestinian Territories;Occupied Palestinian Territory;"
           "West Bank and Gaza;OPT",
    "ROU": "România;Rumania;Roumania",
    "RUS": "Rossiya;Soviet Union;USSR",
    "RWA": "Ruanda",
    "SAU": "KSA",
    "SLB": "Solomons;Solomon Is.",
    "SRB": "Srbija",
    "SSD": "S. Sudan",
    "STP": "São Tomé and Príncipe;Sao Tome;Sao Tome & Principe;São Tomé e Príncipe",
    "SUR": "Dutch Guiana;Surinam",
    "SVK": "Slovensko;Slovak Rep.",
    "SVN": "Slovenija",
    "SWE": "Sverige",
    "SWZ": "Swaziland",
    "TCD": "Tchad",
    "THA": "Siam;Prathet Thai",
    "TJK": "Tadjikistan;Tadzhikistan",
    "TLS": "East Timor;Timor Leste",
    "TTO": "Trinidad;Trinidad & Tobago;T&T",
    "TUN": "Tunisie",
    "TUR": "Turkey;Republic of Turkey",
    "TUV": "Ellice Islands",
    "TWN": "ROC;Republic of China;Chinese Taipei;Formosa;Taiwan, China;"
           "Separate Customs Territory of Taiwan, Penghu, Kinmen and Matsu",
    "TZA": "Tanganyika;Zanzibar",
    "UKR": "Ukraina;The Ukraine;Ukrayina",
    "USA": "US;U.S.;U.S.A.;America;États-Unis;Estados Unidos",
    "UZB": "Uzbekiston",
    "VAT": "Vatican;Vatican City;Vatican City State;Santa Sede",
    "VCT": "St. Vincent and the Grenadines;St Vincent and the Grenadines;St Vincent;Saint Vincent",
    "VNM": "Viet Nam;Việt Nam",
    "VUT": "New Hebrides",
    "WSM": "Western Samoa",
    "XKX": "Kosova",
    "ZAF": "RSA;Suid-Afrika;S. Africa",
    "ZMB": "Northern Rhodesia",
    "ZWE": "Rhodesia;Southern Rhodesia",
}

# org -> (short display name, full label), in the order of the output.
ORGANISATIONS = {
    "EU": ("EU", "European Union"),
    "UNSC_2021": ("UN Security Council 2021", "United Nations Security Council, members in 2021"),
    "UNSC_2026": ("UN Security Council 2026", "United Nations Security Council, members in 2026"),
    "UNHRC_2021": ("UN Human Rights Council 2021", "United Nations Human Rights Council, members in 2021"),
    "WHO_2021": ("WHO 2021", "World Health Organization, member states in 2021"),
    "PARIS_2021": ("Paris Agreement 2021", "Parties to the Paris Agreement on climate change at the end of 2021"),
    "G7": ("G7", "Group of Seven"),
    "G20": ("G20", "Group of Twenty"),
    "NATO": ("NATO", "North Atlantic Treaty Organization"),
    "OECD": ("OECD", "Organisation for Economic Co-operation and Development"),
    "WTO": ("WTO", "World Trade Organization"),
    "AU": ("African Union", "African Union"),
    "ASEAN": ("ASEAN", "Association of Southeast Asian Nations"),
    "LAS": ("Arab League", "League of Arab States"),
    "OAS": ("OAS", "Organization of American States"),
    "COMMONWEALTH": ("Commonwealth", "Commonwealth of Nations"),
    "COUNCIL_OF_EUROPE": ("Council of Europe", "Council of Europe"),
    "OSCE": ("OSCE", "Organization for Security and Co-operation in Europe"),
    "OIC": ("OIC", "Organisation of Islamic Cooperation"),
    "OIF": ("Francophonie", "Organisation internationale de la Francophonie"),
    "NAM": ("Non-Aligned", "Non-Aligned Movement"),
    "G77": ("G77", "Group of 77"),
    "LDC": ("LDCs", "Least developed countries (United Nations list)"),
    "AOSIS": ("AOSIS", "Alliance of Small Island States"),
    "CVF_V20_2021": ("CVF-V20 2021", "Climate Vulnerable Forum and Vulnerable Twenty Group, members in 2021"),
    "HIGH_AMBITION_COALITION": ("High Ambition Coalition", "High Ambition Coalition (convener and named founders only)"),
    "FORUM_OF_SMALL_STATES": ("Forum of Small States", "Forum of Small States (convener only: the full list was not found)"),
    "DIGITAL_NATIONS": ("Digital Nations", "Digital Nations (governments leading in digital services)"),
    "BRICS_2021": ("BRICS 2021", "BRICS, members in 2021"),
    "BRICS_2025": ("BRICS 2025", "BRICS, members in 2025"),
    "SCO": ("SCO", "Shanghai Cooperation Organisation"),
    "CSTO": ("CSTO", "Collective Security Treaty Organization"),
    "EAEU": ("EAEU", "Eurasian Economic Union"),
    "APEC": ("APEC", "Asia-Pacific Economic Cooperation"),
    "RCEP": ("RCEP", "Regional Comprehensive Economic Partnership"),
    "CPTPP": ("CPTPP", "Comprehensive and Progressive Agreement for Trans-Pacific Partnership"),
    "QUAD": ("Quad", "Quadrilateral Security Dialogue"),
    "AUKUS": ("AUKUS", "AUKUS security partnership of Australia, the United Kingdom and the United States"),
    "FIVE_EYES": ("Five Eyes", "Five Eyes intelligence alliance"),
    "GCC": ("GCC", "Gulf Cooperation Council"),
    "OPEC": ("OPEC", "Organization of the Petroleum Exporting Countries"),
    "SAARC": ("SAARC", "South Asian Association for Regional Cooperation"),
    "PIF": ("Pacific Islands Forum", "Pacific Islands Forum"),
    "CARICOM": ("CARICOM", "Caribbean Community"),
    "MERCOSUR": ("Mercosur", "Southern Common Market"),
    "PACIFIC_ALLIANCE": ("Pacific Alliance", "Pacific Alliance"),
    "NORDIC_COUNCIL": ("Nordic Council", "Nordic Council"),
    "VISEGRAD": ("Visegrad Four", "Visegrad Group"),
    "EFTA": ("EFTA", "European Free Trade Association"),
    "ARCTIC_COUNCIL": ("Arctic Council", "Arctic Council"),
    "MIKTA": ("MIKTA", "Mexico, Indonesia, Republic of Korea, Türkiye and Australia partnership"),
    "IBSA": ("IBSA", "India, Brazil and South Africa Dialogue Forum"),
}

# Long source texts of memberships.csv -> (short code, source_id). {} stands for the Factbook's own
# abbreviation of the organisation, which becomes the end of the code.
MEMBERSHIP_SOURCES = [
    (r"general knowledge, unverified", "unverified", "general_knowledge"),
    (r"openclimatedata/countrygroups \(Oct 2024\)", "countrygroups", "countrygroups"),
    (r"compiled: public membership list, checked against CIA World Factbook \((.+)\)",
     "checked-{}", "factbook"),
    (r"CIA World Factbook \((.+)\);.*", "factbook-{}", "factbook"),
    (r"compiled: checked against several news reports of the 3 June 2025 election",
     "news-unsc-2025", "general_knowledge"),
    (r"compiled: checked against a COP21 press report", "news-cop21", "general_knowledge"),
    (r"compiled: checked against highambitioncoalition\.org about page",
     "hac-site", "general_knowledge"),
]

# Wording of proposals_2021.csv that is tidied: pattern of the source's text -> text written.
PROPOSAL_SOURCE_TEXT = {
    r"as named in .+; matches UK government 2020-21 proposal \(general knowledge\)":
        "matches the UK government proposal of 2020-21; general knowledge, unverified",
    r"as named in [a-z ]+": "general knowledge, unverified",
    r"general knowledge, unverified \(well-documented White House list; .+\)":
        "general knowledge, unverified (from the White House list of invitees)",
    r"(checked: )(Cohen and Fontaine, Foreign Affairs, 13 Oct 2020), .+": r"\1list in \2",
}

# Groupings since 2021: group -> (label expected in the source, short display name, full label).
MINILATERALS = {
    "MSP": ("Minerals Security Partnership", "Minerals Security Partnership",
            "Minerals Security Partnership"),
    "PAC": ("Partnership for Atlantic Cooperation", "Atlantic Cooperation",
            "Partnership for Atlantic Cooperation"),
    "ARTEMIS_2024": ("Artemis Accords (50 signatories, 11 Dec 2024)", "Artemis Accords",
                     "Artemis Accords, the 50 signatories of 11 December 2024"),
    "GMP_2021": ("Global Methane Pledge, launch list COP26", "Global Methane Pledge",
                 "Global Methane Pledge, the list of its launch at COP26"),
    "BBNJ_EARLY": ("High Seas Treaty, first seven ratifications (June 2024; 60th was Morocco 2025-09-19)",
                   "High Seas Treaty, first seven",
                   "High Seas Treaty, the first seven to ratify (June 2024; Morocco was the 60th, 2025-09-19)"),
    "IPEF": ("Indo-Pacific Economic Framework", "IPEF", "Indo-Pacific Economic Framework"),
    "I2U2": ("India, Israel, UAE, US", "I2U2",
             "I2U2: India, Israel, United Arab Emirates, United States"),
    "CHIP4": ("Chip 4 (proposed)", "Chip 4", "Chip 4, as proposed"),
    "SQUAD": ("Squad", "Squad", "Squad: Australia, Japan, Philippines, United States"),
}
MINILATERAL_ROLES = ("convenor", "founder", "joined", "member", "observer", "participant", "ratified",
                     "signatory")
# What the source says of a row that nobody checked, and what is written instead.
UNCHECKED = ("general knowledge, not checked here", "general knowledge, unverified")

FONT_PACKAGE_VERSION = "4.0.2"

# Corrections to sources.csv: (source_id, column) -> (text expected there, text written).
SOURCE_FIXES = {
    ("countrygroups", "licence"): ("see repository", "CC0 (as stated in its package.json)"),
    ("gapminder_ft", "title"): ("Fasttrack (CO2 from Global Carbon Project; CPI from Transparency "
                                "International; UN peacekeepers; World Bank income levels)",
                                "Fasttrack (CO2 from Global Carbon Project; UN peacekeepers; "
                                "World Bank income levels)"),
    ("gapminder_ft", "licence"): ("CC BY 4.0 for the compilation; CPI itself is CC BY-ND 4.0",
                                  "CC BY 4.0"),
}

EXTRA_SOURCES = [
    {
        "source_id": "twemoji",
        "title": "Twemoji flag graphics",
        "publisher": "Twitter, Inc. and other contributors; jdecked/twemoji",
        "licence": "CC BY 4.0 (graphics)",
        "public_location": "crate twemoji-assets 1.5.1; github.com/jdecked/twemoji",
        "vintage": "17.0.2",
        "reuse": "attribution",
        "notes": "flags of regional indicator pairs; markup put on one line, not redrawn",
    },
    {
        "source_id": "ibm_plex",
        "title": "IBM Plex Sans",
        "publisher": "IBM Corp.",
        "licence": "SIL Open Font License 1.1",
        "public_location": "github.com/IBM/plex; npm package @ibm/plex 4.0.2",
        "vintage": FONT_PACKAGE_VERSION,
        "reuse": "open",
        "notes": "the licence text must stay with the fonts; reserved font name Plex",
    },
    {
        "source_id": "cldr",
        "title": "Common Locale Data Repository, names of territories in seven languages",
        "publisher": "Unicode, Inc.",
        "licence": "Unicode License V3",
        "public_location": "cldr.unicode.org; as packaged in Babel 2.18.0 (PyPI)",
        "vintage": "47",
        "reuse": "attribution",
        "notes": "English, French, Spanish, German, Arabic, Chinese, Russian; the licence text must stay with the names",
    },
]

KINDS = {"un_member": 193, "un_observer": 2, "associated_state": 2, "non_self_governing": 1,
         "special_region": 2, "other": 2}
VOTING_ROLES = {"member", "permanent_member", "elected_member", "non_enumerated_member"}
ORG_SIZES = {"EU": 27, "NATO": 32, "OECD": 38, "ASEAN": 11, "AU": 55, "WTO": 166,
             "COMMONWEALTH": 56, "AOSIS": 39, "SCO": 10, "G20": 21}
# Population shares without a rule of their own: they serve the 62 % check of EU28_NICE.
EU_SHARES_ONLY = {"EU28_POP_2014"}
EU_TOTALS = [17, 58, 63, 76, 87, 124, 321, 345, 352]


def fail(where, message):
    sys.exit(f"make.py: {where}: {message}")


def check(ok, where, message):
    if not ok:
        fail(where, message)


class Table:
    """One source CSV, every row checked for width and stray white space."""

    def __init__(self, folder, name, columns=None):
        self.name = name
        path = folder / name
        check(path.is_file(), path, "missing")
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.reader(handle, strict=True))
        check(rows, name, "empty")
        self.head = rows[0]
        if columns is not None:
            check(self.head == columns.split(","), name, f"column heads are {self.head}")
        self.rows = []
        for number, row in enumerate(rows[1:], 2):
            check(len(row) == len(self.head), self.at(number), f"{len(row)} fields")
            check(all(v == v.strip() and "\n" not in v for v in row), self.at(number),
                  "stray white space")
            self.rows.append((number, dict(zip(self.head, row))))

    def at(self, number):
        return f"{self.name} row {number}"


def number(text, where, allow_empty=False):
    if text == "" and allow_empty:
        return None
    check(re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text) is not None, where,
          f"not a number: {text!r}")
    return decimal.Decimal(text)


def year(text, where, allow_empty=False):
    if text == "" and allow_empty:
        return None
    check(re.fullmatch(r"(19|20)\d\d", text) is not None, where, f"not a year: {text!r}")
    return int(text)


def flag(text, where):
    check(text in ("true", "false"), where, f"not true or false: {text!r}")
    return "1" if text == "true" else "0"


def write_table(name, head, rows):
    path = DATA / name
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        out.writerow(head)
        for row in rows:
            check(len(row) == len(head), name, f"row of {len(row)} fields: {row}")
            out.writerow(row)


def write_bytes(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def plain(text):
    """ASCII form of a Latin name."""
    text = text.translate(str.maketrans({"ı": "i", "ø": "o", "ß": "ss", "ð": "d", "’": "'"}))
    stripped = "".join(c for c in unicodedata.normalize("NFKD", text)
                       if not unicodedata.combining(c))
    return stripped


def alternative_names(iso3, row):
    own = [row["name"], row["official_name"]]
    names = []
    for text in own + [a for a in ALT_NAMES.get(iso3, "").split(";") if a]:
        for form in (text, plain(text)):
            if form not in own and form not in names:
                names.append(form)
        check(plain(text).isascii(), f"ALT_NAMES {iso3}", f"no ASCII form of {text!r}")
    return names


def countries(folder):
    table = Table(folder, "countries.csv",
                  "iso3,iso2,m49,name,official_name,region,subregion,un_member,kind,capital,lat,lon,"
                  "area_km2,landlocked,ldc,lldc,sids,wb_income_group_2024,source_id")
    check(len(table.rows) == 202, table.name, f"{len(table.rows)} rows, not 202")
    fixes = dict(COUNTRY_FIXES)
    seen, kinds, out, regions = {}, {}, {}, {}
    for line, row in table.rows:
        where, iso3 = table.at(line), row["iso3"]
        check(re.fullmatch(r"[A-Z]{3}", iso3) and iso3 not in out, where, f"bad iso3 {iso3!r}")
        check(re.fullmatch(r"[A-Z]{2}", row["iso2"]), where, f"bad iso2 {row['iso2']!r}")
        check(re.fullmatch(r"\d{3}", row["m49"]) or iso3 == "XKX", where, f"bad m49 {row['m49']!r}")
        for column, (old, new) in [(c, v) for (i, c), v in COUNTRY_FIXES.items() if i == iso3]:
            check(row[column] == old, where, f"{column} is {row[column]!r}, a fix expects {old!r}")
            row[column] = new
            del fixes[iso3, column]
        for column in ("name", "official_name", "region", "subregion", "capital"):
            check(row[column], where, f"no {column}")
        check(";" not in row["name"], where, "semicolon in the name")
        check((row["un_member"] == "true") == (row["kind"] == "un_member"), where, "kind, un_member")
        kinds[row["kind"]] = kinds.get(row["kind"], 0) + 1
        check(regions.setdefault(row["subregion"], row["region"]) == row["region"], where,
              f"subregion {row['subregion']} in two regions")
        check(abs(number(row["lat"], where)) <= 90 and abs(number(row["lon"], where)) <= 180,
              where, "lat, lon")
        check(number(row["area_km2"], where) > 0, where, "area")
        check(row["wb_income_group_2024"] in ("", "Low income", "Lower middle income",
                                              "Upper middle income", "High income"),
              where, f"income group {row['wb_income_group_2024']!r}")
        for key, value in (("iso2", row["iso2"]), ("m49", row["m49"])):
            check(seen.setdefault((key, value), iso3) == iso3, where, f"{key} {value} twice")
        names = alternative_names(iso3, row)
        for name in {n.casefold() for n in [row["name"], row["official_name"], *names]}:
            check(seen.setdefault(("name", name), iso3) == iso3, where,
                  f"the name {name!r} also stands for {seen['name', name]}")
        out[iso3] = [iso3, row["iso2"], row["m49"], row["name"], row["official_name"],
                     ";".join(names), row["region"], row["subregion"], row["kind"], row["capital"],
                     row["lat"], row["lon"], row["area_km2"], row["wb_income_group_2024"],
                     flag(row["ldc"], where), flag(row["sids"], where), flag(row["landlocked"], where)]
        check(row["source_id"] == "country_codes;factbook", where, "source_id")
    check(kinds == KINDS, table.name, f"kinds {kinds}")
    check(not fixes, "COUNTRY_FIXES", f"not used: {fixes}")
    check(set(ALT_NAMES) <= set(out), "ALT_NAMES", f"unknown: {set(ALT_NAMES) - set(out)}")
    write_table("countries.csv",
                "iso3,iso2,m49,name,official_name,alt_names,region,subregion,kind,capital,lat,lon,"
                "area_km2,income_group,ldc,sids,landlocked".split(","),
                [out[k] for k in sorted(out)])
    members = sorted(k for k, v in out.items() if v[8] == "un_member")
    return out, members


def indicators(folder, actors, members):
    meta = Table(folder, "indicator_meta.csv",
                 "indicator,label,unit,group,source_id,un_members_covered,actors_covered,"
                 "oldest_year,median_year,latest_year")
    kept, rows_meta = {}, []
    for line, row in meta.rows:
        check(row["indicator"] not in kept, meta.at(line), "twice")
        kept[row["indicator"]] = row
        if row["indicator"] not in DROPPED_INDICATORS:
            rows_meta.append([row[k] for k in ("indicator", "label", "unit", "group", "source_id")])
    check(DROPPED_INDICATORS <= set(kept), meta.name, "an indicator to drop is not there")
    labels = {}
    for row in rows_meta:
        # The source abbreviates the second and later labels of a family as "... lower bound".
        if row[1].startswith("... "):
            row[1] = f"{labels[row[3]]}: {row[1][4:]}"
        else:
            labels[row[3]] = row[1].split(",")[0] if row[1].startswith("UNGA") else row[1]
    table = Table(folder, "indicators.csv", "iso3,indicator,year,value,unit,source_id")
    values = {}
    for line, row in table.rows:
        where, name = table.at(line), row["indicator"]
        check(row["iso3"] in actors, where, f"unknown actor {row['iso3']}")
        check(name in kept, where, f"{name} has no meta row")
        check(row["unit"] == kept[name]["unit"], where, "unit differs from indicator_meta.csv")
        check(row["source_id"] == kept[name]["source_id"], where,
              "source_id differs from indicator_meta.csv")
        check((name, row["iso3"]) not in values, where, "twice")
        year(row["year"], where)
        number(row["value"], where)
        values[name, row["iso3"]] = (row["year"], row["value"])
    for name, row in kept.items():
        have = {i for n, i in values if n == name}
        un = len(have & set(members))
        check((un, len(have)) == (int(row["un_members_covered"]), int(row["actors_covered"])),
              meta.name, f"{name} covers {un} and {len(have)}")
    def total(name):
        return sum(decimal.Decimal(v[1]) for (n, i), v in values.items() if n == name and i in members)
    check(abs(total("population") - 8_100_000_000) < 10_000_000, table.name, "population sum")
    check(abs(total("un_assessment_rate_pct") - 100) < decimal.Decimal("0.001"), table.name,
          "assessment rates")
    write_table("indicators.csv", ["iso3", "indicator", "year", "value"],
                [[i, n, *values[n, i]] for n, i in sorted(values) if n not in DROPPED_INDICATORS])
    write_table("indicator_meta.csv", ["indicator", "label", "unit", "group", "source_id"], rows_meta)
    return {row[4] for row in rows_meta}


def ideal_points(folder, members):
    table = Table(folder, "history.csv", "iso3,indicator,year,value,source_id")
    found = {}
    for line, row in table.rows:
        if row["indicator"] != "unga_ideal_point":
            continue
        where = table.at(line)
        check(row["iso3"] in members, where, f"not a UN member: {row['iso3']}")
        check(row["source_id"] == "bsv_2025", where, "source_id")
        key = (row["iso3"], year(row["year"], where))
        check(key not in found, where, "twice")
        number(row["value"], where)
        found[key] = row["value"]
    rows = [[i] + [found.get((i, y), "") for y in IDEAL_YEARS] for i in members]
    for row in rows:
        if "" in row:
            print(f"ideal_points.csv: {row[0]} has no value for",
                  " ".join(str(y) for y, v in zip(IDEAL_YEARS, row[1:]) if v == ""))
        check(any(row[1:]), table.name, f"{row[0]} has no ideal point at all")
    write_table("ideal_points.csv", ["iso3", *map(str, IDEAL_YEARS)], rows)


def memberships(folder, actors):
    table = Table(folder, "memberships.csv", "org,iso3,role,since,source,note")
    check(len(table.rows) == 1801, table.name, f"{len(table.rows)} rows, not 1801")
    codes, texts, seen, rows, size = {}, {}, set(), [], {}
    for line, row in table.rows:
        where = table.at(line)
        check(row["org"] in ORGANISATIONS, where, f"no display name for {row['org']}")
        check(row["iso3"] in actors or row["iso3"] in PSEUDO, where, f"unknown {row['iso3']}")
        check((row["org"], row["iso3"]) not in seen, where, "twice")
        check(re.fullmatch(r"[a-z_0-9]+", row["role"]), where, f"bad role {row['role']!r}")
        year(row["since"], where, allow_empty=True)
        seen.add((row["org"], row["iso3"]))
        if row["source"] not in codes:
            for pattern, code, source_id in MEMBERSHIP_SOURCES:
                match = re.fullmatch(pattern, row["source"])
                if match:
                    part = match.group(1) if match.groups() else ""
                    code = code.format(re.sub(r"[^a-z0-9]+", "-", part.lower()))
                    check(code not in texts, where, f"the code {code} has two texts")
                    texts[code] = (row["source"], source_id)
                    codes[row["source"]] = code
                    break
            else:
                fail(where, f"no short code for the source {row['source']!r}")
        if row["role"] in VOTING_ROLES:
            size[row["org"]] = size.get(row["org"], 0) + 1
        rows.append([row["org"], row["iso3"], row["role"], row["since"], row["note"],
                     codes[row["source"]]])
    for org, expected in ORG_SIZES.items():
        check(size[org] == expected, table.name, f"{org} has {size[org]} members, not {expected}")
    used = {r[0] for r in rows}
    check(used == set(ORGANISATIONS), "ORGANISATIONS", f"unused: {set(ORGANISATIONS) - used}")
    order = {org: k for k, org in enumerate(ORGANISATIONS)}
    rows.sort(key=lambda r: order[r[0]])
    write_table("organisations.csv", ["org", "short", "label"],
                [[org, *names] for org, names in ORGANISATIONS.items()])
    write_table("memberships.csv", ["org", "iso3", "role", "since", "note", "source"], rows)
    write_table("membership_sources.csv", ["source", "text", "source_id"],
                [[c, *texts[c]] for c in sorted(texts)])
    return {v[1] for v in texts.values()}


def proposals(folder, actors):
    table = Table(folder, "proposals_2021.csv", "group,label,iso3,role,year,source,note")
    labels, rows, seen, unused = {}, [], set(), set(PROPOSAL_SOURCE_TEXT)
    for line, row in table.rows:
        where = table.at(line)
        check(row["iso3"] in actors or row["iso3"] in PSEUDO, where, f"unknown {row['iso3']}")
        check(labels.setdefault(row["group"], row["label"]) == row["label"], where, "two labels")
        check((row["group"], row["iso3"]) not in seen, where, "twice")
        seen.add((row["group"], row["iso3"]))
        year(row["year"], where)
        check(row["role"] in ("lead", "host", "member", "invitee", "associate", "friend"), where,
              f"bad role {row['role']!r}")
        check(row["source"], where, "no source")
        for pattern, written in PROPOSAL_SOURCE_TEXT.items():
            match = re.fullmatch(pattern, row["source"])
            if match:
                unused.discard(pattern)
                row["source"] = match.expand(written)
                break
        rows.append([row[k] for k in table.head])
    check(not unused, "PROPOSAL_SOURCE_TEXT", f"not used: {unused}")
    write_table("proposals.csv", table.head, rows)


def minilaterals(folder, actors):
    table = Table(folder, "groupings_since_2021.csv", "group,label,iso3,role,since,as_of,source,note")
    day = r"(19|20)\d\d(-\d\d(-\d\d)?)?"
    rows, seen, roles, unchecked = [], set(), set(), 0
    for line, row in table.rows:
        where = table.at(line)
        check(row["group"] in MINILATERALS, where, f"no display name for {row['group']}")
        expected, short, label = MINILATERALS[row["group"]]
        check(row["label"] == expected, where, f"the label is not {expected!r}")
        check(row["iso3"] in actors or row["iso3"] in PSEUDO, where, f"unknown {row['iso3']}")
        check((row["group"], row["iso3"]) not in seen, where, "twice")
        seen.add((row["group"], row["iso3"]))
        check(row["role"] in MINILATERAL_ROLES, where, f"bad role {row['role']!r}")
        roles.add(row["role"])
        check(re.fullmatch(day, row["since"]) or row["since"] == "", where, "since")
        check(re.fullmatch(day, row["as_of"]), where, "as_of")
        check(row["source"], where, "no source")
        source = row["source"]
        if source == UNCHECKED[0]:
            unchecked += 1
            source = UNCHECKED[1]
        check("knowledge" not in source or source == UNCHECKED[1], where, f"source {source!r}")
        rows.append([row["group"], short, label, row["iso3"], row["role"], row["since"], row["as_of"],
                     source, row["note"]])
    used = {group for group, _ in seen}
    check(used == set(MINILATERALS), "MINILATERALS", f"unused: {set(MINILATERALS) - used}")
    check(roles == set(MINILATERAL_ROLES), "MINILATERAL_ROLES", "one is not used")
    check(unchecked, "UNCHECKED", "not used")
    write_table("minilaterals.csv",
                ["group", "short", "label", "iso3", "role", "since", "as_of", "source", "note"], rows)
    return {"groupings_since_2021"}


def trade(folder, actors):
    table = Table(folder, "trade_partners.csv", "iso3,flow,partner_iso3,share_pct,year,source_id")
    rows, seen, total, unknown = [], set(), {}, {}
    for line, row in table.rows:
        where = table.at(line)
        check(row["source_id"] == "factbook", where, "source_id")
        check(row["iso3"] in actors, where, f"unknown {row['iso3']}")
        check(re.fullmatch(r"[A-Z]{3}", row["partner_iso3"]), where, "bad partner")
        if row["partner_iso3"] not in actors:
            unknown[row["partner_iso3"]] = unknown.get(row["partner_iso3"], 0) + 1
        check(row["flow"] in ("export", "import"), where, f"bad flow {row['flow']!r}")
        key = (row["iso3"], row["flow"])
        check((key, row["partner_iso3"]) not in seen, where, "twice")
        check(row["iso3"] != row["partner_iso3"], where, "its own partner")
        seen.add((key, row["partner_iso3"]))
        total[key] = total.get(key, 0) + number(row["share_pct"], where)
        check(total[key] <= 101, where, f"shares sum to {total[key]}")
        year(row["year"], where)
        rows.append([row[k] for k in table.head[:-1]])
    if unknown:
        print("trade_partners.csv: partners that are no actors:",
              " ".join(f"{k}×{v}" for k, v in sorted(unknown.items())))
    write_table("trade_partners.csv", table.head[:-1], rows)


def roll_calls(folder, members):
    table = Table(folder, "unga_votes.csv")
    head = "resolution,year,session,date,topics,title,yes,no,abstain,absent,source_id".split(",")
    check(table.head[:len(head)] == head, table.name, f"column heads are {table.head[:len(head)]}")
    check(table.head[len(head):] == members, table.name,
          "the ballot columns are not the UN members sorted by iso3")
    check(len(table.rows) == 1132, table.name, f"{len(table.rows)} rows, not 1132")
    rows, seen, ballots_seen, sources, uncoded = [], set(), {}, set(), 0
    for line, row in table.rows:
        where = table.at(line)
        check(row["resolution"] and row["resolution"] not in seen, where, "resolution twice or empty")
        seen.add(row["resolution"])
        check(datetime.date.fromisoformat(row["date"]).year == year(row["year"], where), where,
              "date and year")
        check(re.fullmatch(r"\d\d|ES-\d\d", row["session"]), where, "session")
        topics = row["topics"].split("|") if row["topics"] else []
        check(all(t in TOPICS for t in topics) and len(set(topics)) == len(topics), where, "topics")
        uncoded += not topics
        check(row["title"], where, "no title")
        ballots = "".join(row[m] for m in members)
        check(re.fullmatch(r"[YNAX]{193}", ballots), where, "ballots")
        other = ballots_seen.setdefault((row["session"], ballots), row["resolution"])
        check(other == row["resolution"], where, f"the ballots of {other} of the same session")
        printed = tuple(int(row[k]) for k in ("yes", "no", "abstain", "absent"))
        counted = tuple(ballots.count(c) for c in "YNAX")
        check(printed == counted, where, f"totals {printed}, ballots {counted}")
        sources.add(row["source_id"])
        rows.append([row[k] for k in ("resolution", "year", "session", "date", "topics", "title",
                                      "source_id")] + [ballots])
    check(uncoded == 2, table.name, f"{uncoded} rows without a topic, not 2")
    write_table("roll_calls.csv", ["resolution", "year", "session", "date", "topics", "title",
                                   "source_id", "ballots"], rows)
    return sources


def council(folder, actors):
    votes = Table(folder, "eu_council.csv", "regime,iso3,year_from,year_to,votes,population_pct,source_id")
    rules = Table(folder, "eu_council_rules.csv",
                  "regime,valid_from,valid_to,members,total_votes,quota_votes,min_members,"
                  "min_population_pct,note,source_id")
    totals, sizes, people, seen = {}, {}, {}, set()
    for line, row in votes.rows:
        where = votes.at(line)
        check(row["iso3"] in actors, where, f"unknown {row['iso3']}")
        check((row["regime"], row["iso3"]) not in seen, where, "twice")
        seen.add((row["regime"], row["iso3"]))
        regime = row["regime"]
        totals[regime] = totals.get(regime, 0) + (number(row["votes"], where, True) or 0)
        people[regime] = people.get(regime, 0) + (number(row["population_pct"], where, True) or 0)
        sizes[regime] = sizes.get(regime, 0) + 1
    for line, row in rules.rows:
        where, regime = rules.at(line), row["regime"]
        check(sizes.get(regime) == int(row["members"]), where, f"{sizes.get(regime)} members")
        check(totals[regime] == (number(row["total_votes"], where, True) or 0), where,
              f"votes sum to {totals[regime]}")
        check(people[regime] == 0 or abs(people[regime] - 100) < decimal.Decimal("0.05"), where,
              f"population shares sum to {people[regime]}")
    ruled = {r["regime"] for _, r in rules.rows}
    check(set(sizes) - ruled == EU_SHARES_ONLY and ruled <= set(sizes), rules.name, "regimes")
    for regime in EU_SHARES_ONLY:
        check(totals[regime] == 0 and abs(people[regime] - 100) < decimal.Decimal("0.05"),
              votes.name, f"{regime}: votes {totals[regime]}, shares {people[regime]}")
    check([int(totals[r["regime"]]) for _, r in rules.rows if r["total_votes"]] == EU_TOTALS,
          rules.name, "vote totals")
    for table in (votes, rules):
        write_table(table.name, table.head, [[row[k] for k in table.head] for _, row in table.rows])
    return {r["source_id"] for t in (votes, rules) for _, r in t.rows}


def imf(folder, actors):
    table = Table(folder, "imf_votes.csv",
                  "iso3,votes,votes_pct,quota_sdr_millions,quota_pct,date,source_id")
    total, rows = 0, []
    for line, row in table.rows:
        where = table.at(line)
        check(row["iso3"] in actors and row["iso3"] not in {r[0] for r in rows}, where, "iso3")
        check(row["date"] == "2022-10-02" and row["source_id"] == "imf_2022", where, "date, source")
        total += int(row["votes"])
        rows.append([row[k] for k in table.head])
    check(total == 5_039_930 and len(rows) == 190, table.name, f"{total} votes, {len(rows)} rows")
    write_table("imf_votes.csv", table.head, rows)
    return {"imf_2022"}


def sources(folder, used):
    table = Table(folder, "sources.csv",
                  "source_id,title,publisher,licence,public_location,vintage,reuse,notes")
    rows, fixes = [], dict(SOURCE_FIXES)
    for line, row in table.rows:
        check(row["source_id"] not in {r[0] for r in rows}, table.at(line), "twice")
        for column in table.head:
            if (row["source_id"], column) in fixes:
                old, new = fixes.pop((row["source_id"], column))
                check(row[column] == old, table.at(line), f"{column} is not {old!r}")
                row[column] = new
        if row["source_id"] in used:
            rows.append([row[k] for k in table.head])
    for extra in EXTRA_SOURCES:
        extra = {k: v.replace(FONT_PACKAGE_VERSION, FONT_PACKAGE_VERSION) for k, v in extra.items()}
        rows.append([extra[k] for k in table.head])
    check(not fixes, "SOURCE_FIXES", f"not used: {fixes}")
    missing = used - {r[0] for r in rows}
    check(not missing, table.name, f"no row for {missing}")
    dropped = {r["source_id"] for _, r in table.rows} - used
    print("sources.csv: left out because nothing refers to it:", " ".join(sorted(dropped)) or "-")
    write_table("sources.csv", table.head, rows)


def maps(folder, actors):
    for scale in ("110m", "50m"):
        name = f"countries-{scale}.topo.json"
        topo = json.loads((folder / "map" / name).read_text(encoding="utf-8"))
        check(topo["type"] == "Topology" and list(topo["objects"]) == ["countries"], name, "objects")
        shapes = []
        for shape in topo["objects"]["countries"]["geometries"]:
            old = shape.get("properties", {})
            iso3 = old.get("iso3") or ""
            check(bool(old.get("actor")) == (iso3 in actors), name, f"actor of {old}")
            # Nothing is drawn for a shape without an outline.
            check(shape["type"] in ("Polygon", "MultiPolygon"), name, f"type of {old}")
            kept = {"iso3": iso3, "name": old["name"], "actor": bool(old.get("actor"))}
            if old.get("attach_to"):
                check(old["attach_to"] in actors, name, f"attach_to of {old}")
                kept["attach_to"] = old["attach_to"]
            shapes.append({"type": shape["type"], "arcs": shape["arcs"], "properties": kept})
        shapes.sort(key=lambda s: (s["properties"]["iso3"] or "~", s["properties"]["name"]))
        out = {"type": "Topology", "bbox": topo["bbox"], "transform": topo["transform"],
               "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}},
               "arcs": topo["arcs"]}
        text = json.dumps(out, ensure_ascii=False, separators=(",", ":"))
        write_bytes(HERE / "map" / name, (text + "\n").encode())
        drawn = {s["properties"]["iso3"] for s in shapes}
        print(f"{name}: {len(shapes)} shapes, actors without one: {len(set(actors) - drawn)}")


def flags(folder, actors):
    lines, missing = [], []
    for iso2 in sorted(row[1] for row in actors.values()):
        points = "-".join(f"{0x1F1E6 + ord(c) - ord('A'):x}" for c in iso2)
        path = folder / f"{points}.svg"
        if not path.is_file():
            missing.append(iso2)
            continue
        svg = " ".join(path.read_text(encoding="utf-8").split())
        check(svg.startswith("<svg ") and svg.endswith("</svg>"), path, "not one svg element")
        check("<script" not in svg and "http" not in svg.replace("http://www.w3.org/2000/svg", ""),
              path, "refers outside")
        lines.append(f"{iso2}\t{svg}\n")
    write_bytes(HERE / "flags" / "flags.tsv", "".join(lines).encode())
    print(f"flags.tsv: {len(lines)} flags, missing: {' '.join(missing) or '-'}")


def fonts(folder):
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    check((package["name"], package["version"]) == ("@ibm/plex", FONT_PACKAGE_VERSION),
          folder, "not the package version named in sources.csv")
    for weight in ("Regular", "SemiBold"):
        name = f"IBMPlexSans-{weight}.ttf"
        font = (folder / "IBM-Plex-Sans" / "fonts" / "complete" / "ttf" / name).read_bytes()
        check(font[:4] == bytes([0, 1, 0, 0]), name, "not a TrueType font")
        write_bytes(HERE / "fonts" / name, font)
    text = (folder / "LICENSE.txt").read_text(encoding="utf-8")
    check("SIL OPEN FONT LICENSE Version 1.1" in text, "LICENSE.txt", "not the expected licence")
    write_bytes(HERE / "fonts" / "OFL.txt", "".join(f"{line.rstrip()}\n" for line in text.splitlines())
                .encode())


def main():
    parser = argparse.ArgumentParser(description="Write the compact tables under assets/.")
    parser.add_argument("source", type=Path, help="folder of the source tables")
    parser.add_argument("--flags", type=Path, help="folder of Twemoji SVG files")
    parser.add_argument("--fonts", type=Path, help="folder with the IBM Plex Sans files")
    options = parser.parse_args()
    DATA.mkdir(parents=True, exist_ok=True)

    actors, members = countries(options.source)
    used = {"country_codes", "factbook", "bsv_2025", "natural_earth", "general_knowledge"}
    used |= indicators(options.source, actors, members)
    ideal_points(options.source, members)
    used |= memberships(options.source, actors)
    proposals(options.source, actors)
    used |= minilaterals(options.source, actors)
    trade(options.source, actors)
    used |= roll_calls(options.source, members)
    used |= council(options.source, actors)
    used |= imf(options.source, actors)
    sources(options.source, used)
    maps(options.source, actors)
    if options.flags:
        flags(options.flags, actors)
    if options.fonts:
        fonts(options.fonts)


if __name__ == "__main__":
    main()

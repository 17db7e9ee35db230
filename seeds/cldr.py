"""Makes the files of the catalogue that hold what the Unicode CLDR knows: `python -m seeds.cldr`.

Names of states, and their capitals where the CLDR has them as cities of time zones, in every language of the
catalogue. What is written by hand beside them extends them, and wins where both claim a name.
"""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml
from babel import Locale
from babel.core import get_global

from processors.languages import LANGUAGES

CAPITALS: Final = {  # those among the cities of time zones; that of Andorra and that of Qatar are named for the state
    "AF": "Asia/Kabul", "AL": "Europe/Tirane", "AM": "Asia/Yerevan", "AO": "Africa/Luanda",
    "AR": "America/Buenos_Aires", "AT": "Europe/Vienna", "AZ": "Asia/Baku", "BD": "Asia/Dhaka", "BE": "Europe/Brussels",
    "BF": "Africa/Ouagadougou", "BG": "Europe/Sofia", "BI": "Africa/Bujumbura", "BT": "Asia/Thimphu",
    "BW": "Africa/Gaborone", "BY": "Europe/Minsk", "CD": "Africa/Kinshasa", "CF": "Africa/Bangui",
    "CG": "Africa/Brazzaville", "CU": "America/Havana", "CY": "Asia/Nicosia", "CZ": "Europe/Prague",
    "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "DZ": "Africa/Algiers", "EE": "Europe/Tallinn",
    "EG": "Africa/Cairo", "ER": "Africa/Asmera", "ES": "Europe/Madrid", "ET": "Africa/Addis_Ababa",
    "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GA": "Africa/Libreville", "GB": "Europe/London",
    "GE": "Asia/Tbilisi", "GH": "Africa/Accra", "GN": "Africa/Conakry", "GR": "Europe/Athens", "GW": "Africa/Bissau",
    "HR": "Europe/Zagreb", "HT": "America/Port-au-Prince", "HU": "Europe/Budapest", "ID": "Asia/Jakarta",
    "IE": "Europe/Dublin", "IQ": "Asia/Baghdad", "IR": "Asia/Tehran", "IS": "Atlantic/Reykjavik", "IT": "Europe/Rome",
    "JO": "Asia/Amman", "JP": "Asia/Tokyo", "KE": "Africa/Nairobi", "KG": "Asia/Bishkek", "KH": "Asia/Phnom_Penh",
    "KP": "Asia/Pyongyang", "KR": "Asia/Seoul", "LA": "Asia/Vientiane", "LB": "Asia/Beirut", "LR": "Africa/Monrovia",
    "LT": "Europe/Vilnius", "LV": "Europe/Riga", "LY": "Africa/Tripoli", "MD": "Europe/Chisinau",
    "ME": "Europe/Podgorica", "MG": "Indian/Antananarivo", "MK": "Europe/Skopje", "ML": "Africa/Bamako",
    "MR": "Africa/Nouakchott", "MY": "Asia/Kuala_Lumpur", "MZ": "Africa/Maputo", "NA": "Africa/Windhoek",
    "NE": "Africa/Niamey", "NI": "America/Managua", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo",
    "NP": "Asia/Katmandu", "OM": "Asia/Muscat",
    "PE": "America/Lima", "PG": "Pacific/Port_Moresby", "PH": "Asia/Manila", "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon", "PY": "America/Asuncion", "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade", "RU": "Europe/Moscow", "RW": "Africa/Kigali", "SA": "Asia/Riyadh", "SD": "Africa/Khartoum",
    "SE": "Europe/Stockholm", "SI": "Europe/Ljubljana", "SK": "Europe/Bratislava", "SL": "Africa/Freetown",
    "SN": "Africa/Dakar", "SO": "Africa/Mogadishu", "SS": "Africa/Juba", "SY": "Asia/Damascus", "TD": "Africa/Ndjamena",
    "TG": "Africa/Lome", "TH": "Asia/Bangkok", "TJ": "Asia/Dushanbe", "TM": "Asia/Ashgabat", "TN": "Africa/Tunis",
    "TW": "Asia/Taipei", "UA": "Europe/Kiev", "UG": "Africa/Kampala", "UY": "America/Montevideo", "UZ": "Asia/Tashkent",
    "VE": "America/Caracas", "ZM": "Africa/Lusaka", "ZW": "Africa/Harare",
}  # fmt: skip
VARIETIES: Final = {"zh": ("zh_Hant", "zh_Hant_HK"), "pt": ("pt_PT",)}
"""Varieties of a language that are written otherwise."""


def main() -> None:
    """Write a file for each language."""
    catalogue = Path(str(files("seeds"))) / "catalogue"
    listed = yaml.safe_load((catalogue / "states.yaml").read_text("utf-8"))
    states = [entry["id"].removeprefix("state/") for entry in listed]
    (catalogue / "cldr").mkdir(exist_ok=True)
    for lang in LANGUAGES:
        (catalogue / "cldr" / f"{lang}.yaml").write_text("\n".join(lines(lang, states)) + "\n", "utf-8")


def lines(lang: str, states: Iterable[str]) -> Iterable[str]:
    """Yield the lines of one language's file."""
    locales = [Locale.parse(tag) for tag in (lang, *VARIETIES.get(lang, ()))]
    yield f"# Names and capitals of states in {locales[0].english_name}, from the Unicode CLDR; made by seeds/cldr.py."
    yield f"lang: {lang}"
    yield f"made_from: CLDR {get_global('cldr')['version']}"
    for code in states:
        names = _distinct(name for locale in locales for name in _names(locale, code))
        zone = CAPITALS.get(code)
        capitals = _distinct(city for locale in locales if zone and (city := _city(locale, zone)))
        found = {"name": names, "capital": capitals}
        fields = (f"{key}: [{', '.join(map(_quoted, words))}]" for key, words in found.items() if words)
        if names or capitals:
            yield f"state/{code}: {{{', '.join(fields)}}}"


def _names(locale: Locale, code: str) -> Iterable[str]:
    found: dict[str, Any] = locale._data["territories"]  # noqa: SLF001 - `territories` leaves the short ones out
    for key in (code, f"{code}_short", f"{code}-alt-short", f"{code}-alt-variant"):
        if found.get(key):
            yield found[key].partition(" (")[0]
            yield found[key]


def _city(locale: Locale, zone: str) -> str | None:
    found = locale.time_zones.get(zone, {})
    city: str | None = found.get("city")
    if city is None and locale.script in (None, "Latn") and locale.language == "en":
        return zone.rpartition("/")[2].replace("_", " ")
    return city


def _distinct(names: Iterable[str]) -> list[str]:
    return [*dict.fromkeys(name for name in names if "(" not in name)]


def _quoted(name: str) -> str:
    return yaml.safe_dump(name, allow_unicode=True, default_flow_style=True, width=1000).splitlines()[0]


if __name__ == "__main__":
    main()

"""Countries and what is theirs: "Kazakhstan" and "Kazakh" name the same, "Austria" and "Australian" do not."""

from __future__ import annotations

_SAME = (
    "afghanistan afghan afghans", "albania albanian albanians", "algeria algerian algerians", "africa african africans",
    "america american americans", "argentina argentine argentinian argentines", "armenia armenian armenians",
    "asia asian asians", "australia australian australians", "austria austrian austrians",
    "azerbaijan azerbaijani azerbaijanis", "bangladesh bangladeshi", "belarus belarusian belarusians",
    "belgium belgian belgians", "bolivia bolivian bolivians", "bosnia bosnian bosnians", "brazil brazilian brazilians",
    "britain british briton britons", "bulgaria bulgarian bulgarians", "cambodia cambodian cambodians",
    "canada canadian canadians", "chile chilean chileans", "china chinese", "colombia colombian colombians",
    "croatia croatian croatians croat croats", "cuba cuban cubans", "cyprus cypriot cypriots", "czechia czech czechs",
    "denmark danish dane danes", "ecuador ecuadorian", "egypt egyptian egyptians", "england english englishman",
    "estonia estonian estonians", "ethiopia ethiopian ethiopians", "europe european europeans",
    "finland finnish finn finns", "france french frenchman", "georgia georgian georgians",
    "germany german germans", "ghana ghanaian", "greece greek greeks", "hungary hungarian hungarians",
    "iceland icelandic icelander icelanders", "india indian indians", "indonesia indonesian indonesians",
    "iran iranian iranians", "iraq iraqi iraqis", "ireland irish irishman", "israel israeli israelis",
    "italy italian italians", "jamaica jamaican jamaicans", "japan japanese", "jordan jordanian jordanians",
    "kazakhstan kazakh kazakhs kazakhstani", "kenya kenyan kenyans", "kosovo kosovar kosovars",
    "kuwait kuwaiti kuwaitis", "kyrgyzstan kyrgyz", "latvia latvian latvians", "lebanon lebanese",
    "libya libyan libyans", "lithuania lithuanian lithuanians", "luxembourg luxembourgish",
    "malaysia malaysian malaysians", "malta maltese", "mexico mexican mexicans", "moldova moldovan moldovans",
    "mongolia mongolian mongolians", "montenegro montenegrin", "morocco moroccan moroccans", "nepal nepalese nepali",
    "netherlands dutch dutchman", "nigeria nigerian nigerians", "norway norwegian norwegians",
    "pakistan pakistani pakistanis", "palestine palestinian palestinians", "peru peruvian peruvians",
    "philippines philippine filipino filipinos", "poland polish pole poles", "portugal portuguese",
    "romania romanian romanians", "rome roman romans", "russia russian russians", "scotland scottish scot scots",
    "serbia serbian serbians serb serbs", "singapore singaporean", "slovakia slovak slovaks",
    "slovenia slovenian slovenians slovene", "somalia somali somalis", "spain spanish spaniard spaniards",
    "sudan sudanese", "sweden swedish swede swedes", "switzerland swiss", "syria syrian syrians", "taiwan taiwanese",
    "tajikistan tajik tajiks", "thailand thai thais", "tunisia tunisian tunisians", "turkey turkish turk turks",
    "turkmenistan turkmen", "uganda ugandan ugandans", "ukraine ukrainian ukrainians", "uruguay uruguayan",
    "uzbekistan uzbek uzbeks", "venezuela venezuelan venezuelans", "venice venetian venetians",
    "vietnam vietnamese", "wales welsh welshman", "yemen yemeni yemenis",
)  # fmt: skip
_COUNTRY = {word: words.split()[0] for words in _SAME for word in words.split()}


def country_of(word: str) -> str:
    """The country that a word names or belongs to; any other word itself."""
    return _COUNTRY.get(word, word)


def is_of_country(word: str) -> bool:
    """Whether a word names a country, its people or what is theirs."""
    return word in _COUNTRY

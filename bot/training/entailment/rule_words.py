"""Words that the rules know: verbs with their forms, numbers, units, and words that may stand for each other."""

from __future__ import annotations


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


def table(text: str) -> list[tuple[str, str]]:
    """The two sides of each entry of a table."""
    entries = [entry.split() for entry in text.replace("\n", "").split("|")]
    return [(one.replace("_", " "), other.replace("_", " ")) for one, other in entries]


# Present, past, participle.
_IRREGULAR = """
be was been|become became become|begin began begun|break broke broken|bring brought brought|build built built|
buy bought bought|catch caught caught|choose chose chosen|come came come|cut cut cut|do did done|draw drew drawn|
drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|fight fought fought|find found found|fly flew flown|
get got got|give gave given|go went gone|grow grew grown|have had had|hear heard heard|hit hit hit|hold held held|
keep kept kept|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|lose lost lost|
make made made|meet met met|overthrow overthrew overthrown|pay paid paid|put put put|read read read|ride rode ridden|
rise rose risen|run ran run|say said said|see saw seen|sell sold sold|send sent sent|set set set|shoot shot shot|
show showed shown|sing sang sung|speak spoke spoken|spend spent spent|spread spread spread|stand stood stood|
steal stole stolen|strike struck struck|sweep swept swept|take took taken|teach taught taught|tell told told|
think thought thought|throw threw thrown|understand understood understood|undertake undertook undertaken|
wear wore worn|win won won|withdraw withdrew withdrawn|write wrote written
"""
FORMS = [tuple(entry.split()) for entry in _IRREGULAR.replace("\n", "").split("|")]
PAST = {present: past for present, past, _ in FORMS}
PAST_OF_PARTICIPLE = {participle: past for _, past, participle in FORMS}
PARTICIPLE_OF_PAST = {past: participle for _, past, participle in FORMS}
# Deeds of one to another, in the past; both ways round they would say different things.
DEEDS = frozenset(
    words_of(
        "abandoned acquired adopted appointed arrested assassinated attacked bombed built bought captured commissioned "
        "composed conquered created criticized criticised defeated designed destroyed developed directed discovered "
        "drew edited elected employed established executed financed forced founded funded helped hired influenced "
        "inherited inspired introduced invaded invented invited killed launched led lost made murdered named occupied "
        "opposed overthrew owned painted persuaded praised produced promoted protected published purchased recorded "
        "rejected released rescued ruled sent shot sold sponsored stole struck succeeded supported sued taught took "
        "trained translated visited voiced warned won wrote"
    )
)
DOUBLED = frozenset(words_of("admit ban commit drop equip fit occur permit plan prefer refer run stop submit transfer"))

ONES = words_of(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = words_of("twenty thirty forty fifty sixty seventy eighty ninety")
IN_WORDS = dict(enumerate(ONES)) | {
    10 * ten + one: word + (f"-{ONES[one]}" if one else "") for ten, word in enumerate(TENS, 2) for one in range(10)
}
IN_DIGITS = {word: number for number, word in IN_WORDS.items() if number > 1}
ORDINALS = words_of("first second third fourth fifth sixth seventh eighth ninth tenth")
SHORT_ORDINALS = dict(zip(ORDINALS, words_of("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th"), strict=True)) | {
    "eighteenth": "18th",
    "nineteenth": "19th",
    "twentieth": "20th",
    "seventeenth": "17th",
    "sixteenth": "16th",
}

# Units of which one is mistaken for the other.
MISTAKEN_UNITS = """
litres gallons|liters gallons|MW MWh|megawatts megawatt-hours|kW kWh|km miles|kilometres miles|kilometers miles|
metres feet|meters feet|m ft|kg lb|kilograms pounds|tonnes kilograms|tons pounds|percent percentage_points|
per_cent percentage_points|million billion|million thousand|thousand million|hours minutes|hours days|days weeks|
weeks months|months years|days years|acres hectares|square_miles square_kilometres|km2 sq_mi|°C °F|inches feet|
centimetres inches|centimeters inches|mm cm|mg g
"""
# Units and their abbreviations.
SAME_UNITS = """
km kilometres|km kilometers|kilometres kilometers|MW megawatts|kW kilowatts|kg kilograms|% percent|% per_cent|
percent per_cent|metres meters|litres liters|tonnes metric_tons|square_miles sq_mi|square_kilometres km2|ft feet|
mm millimetres|cm centimetres|mg milligrams|hours hrs|minutes mins|°C degrees_Celsius|°F degrees_Fahrenheit|
miles mi|acres ac|m metres|m meters
"""


# Words for which others may stand, whatever they are said of.
SYNONYMS = """
began started|purchased bought|film movie|situated located|assisted helped|attempted tried|approximately about|
children kids|physicians doctors|automobile car|additionally also|
frequently often|nearly almost|obtained got|resided lived|constructed built|demonstrated showed|largest biggest|
large big|small little|entire whole|primarily mainly|mostly mainly|commenced began|concluded ended|
established founded|requires needs|required needed|residents inhabitants|in_order_to to|due_to because_of|
because_of owing_to|prior_to before|throughout all_through|consists_of is_made_up_of|a_number_of several|
led_to resulted_in|linked_to associated_with|as_well_as and_also|regarding about|upon on|whilst while|amongst among|
numerous many|sufficient enough|received got|permitted allowed|prohibited banned|selected chosen|
acquired obtained|utilized used|utilised used|beneath under|rapidly quickly|initially at_first|
eventually in_the_end|currently at_present|usually generally|typically usually|is_known_as is_called|
was_known_as was_called|including such_as|such_as like|annually every_year|
famous well-known|well-known famous|difficult hard|
difficulties problems|individuals people|error mistake|wealthy rich|assist help|attempt try|purchase buy|
require need|provide offer|provides offers|provided offered|demonstrate show|contains holds|
may might|might may|could might|cannot can't|did_not didn't|does_not doesn't|was_not wasn't|were_not weren't|
is_not isn't|are_not aren't|do_not don't|has_not hasn't|have_not haven't|had_not hadn't|would_not wouldn't|
could_not couldn't|should_not shouldn't|will_not won't|never at_no_time|no_longer not_any_more|rarely seldom|
seldom rarely|hardly_any almost_no|little_evidence not_much_evidence|
except_for apart_from|except_for with_the_exception_of|nearly_all almost_all|most_of the_majority_of|
all_of every_one_of|always at_all_times|often frequently|the_last the_final|
because since|because as|provided_that as_long_as|
allegedly reportedly|probably likely|perhaps possibly|only solely|planned_to intended_to|intended_to planned_to|
tried_to attempted_to|was_expected_to was_supposed_to|claimed_that asserted_that|believed_that thought_that|
argued_that claimed_that|until till|formerly previously|previously formerly|originally at_first|
former one-time|not_all not_every_one_of|proposed suggested|both_of the_two|rose climbed|fell dropped
"""

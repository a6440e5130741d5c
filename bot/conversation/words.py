"""Lists of English words by which names are told from other words, and from each other."""

from __future__ import annotations

from retrieval.text.terms import fold_words

# Small words that stand inside names: "Bank of the Nation", "Ludwig van Beethoven".
INSIDE = frozenset(fold_words("al bin da de del di du la le of the van von y"))
# Words that begin a sentence and no name, beside the stop words.
OPENERS = frozenset(
    fold_words(
        "according after all also although amid among another any anyone anything are aren besides both can could "
        "did do does don despite during each either every following has have how however if in is later many may "
        "might much must neither none nobody nothing one other others perhaps shall should since some someone "
        "something still such than thank thanks though thus today tell together two under until unlike upon was "
        "were what when where whether which while who whom whose why will with within without would yes yesterday "
        "yet please give list name show describe explain hi hello ok okay"
    )
)
# They have capital letters, and a question about them names them itself.
CALENDAR = frozenset(
    fold_words(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december"
    )
)
# A person's name without them is the better one.
OFFICES = frozenset(
    fold_words(
        "mr mrs ms miss dr sir president prime minister premier chancellor senator representative governor mayor "
        "general colonel captain major professor judge"
    )
)
TITLES = OFFICES.union(fold_words("dame lord lady king queen prince princess bishop pope emperor empress"))
# Names with one of these words are no person's.
THINGS = frozenset(
    fold_words(
        "academy act agency airlines airport album alliance army association award awards bank battle board bridge "
        "building bureau cathedral central championship championships church city club college commission committee "
        "company conference constitution corporation council county court crisis cup day department district empire "
        "federation festival force forces foundation fund gallery game games government group hall hospital house "
        "industries institute international island islands lake language league library lighthouse ltd inc magazine "
        "market memorial ministry mountain mountains museum music navy north ocean office olympics orchestra "
        "organisation organization park party police policy prize program project province radio records region "
        "republic revolution river road school sea senate series service show society south square stadium state "
        "states station street studio studios team television theater theatre times tour tower town treaty union "
        "united university valley village war west east world"
    )
)
# What stands before the name of a work, of a group, of a place.
WORK_WORDS = frozenset(
    fold_words(
        "album albums book books ep episode film films game hit magazine movie movies musical novel opera play poem "
        "record series show single singles song songs titled called tour track"
    )
)
GROUP_WORDS = frozenset(
    fold_words("band brand club company firm group label newspaper organisation organization party ship team")
)
PLACE_WORDS = frozenset(fold_words("city country island province region state town village"))
# "New York", "San Marino"
PLACE_BEGINNINGS = frozenset(fold_words("cape el fort lake las los mount new port rio san santa st"))
# Words of grammar that the stop words lack.
GRAMMAR = frozenset(
    fold_words(
        "anyone anything everybody everyone everything many much nobody nothing one people somebody someone something"
    )
)
# They end as "worker", "actor" and "artist" do, and are nobody.
NO_PERSONS = frozenset(
    fold_words(
        "border center centre chapter character color colour computer corner counter danger disaster door error "
        "factor flavor flavour floor letter list matter mirror motor number offer order other paper power river "
        "sector summer tower twist waist water weather winter"
    )
)

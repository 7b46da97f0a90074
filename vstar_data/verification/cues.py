"""The cues of negation, doubt, mere mention and depiction that `assertion` looks for. Data only."""

from __future__ import annotations

import re

from vstar_data.verification.hints import Hinted, Remembered
from vstar_data.verification.words import word_set

NEGATORS = word_set("not never neither nor no none nobody nothing without hardly barely scarcely cannot nowhere")
DENYING = word_set(
    "fail refuse avoid decline deny exclude lack prevent forbid unable rule dismiss reject abstain "
    "unlikely improbable doubtful implausible"
)
"""Verbs and adjectives that negate what they govern; an even number of cues cancels out."""

DENIALS = NEGATORS | DENYING | {"almost", "nearly", "but", "try", "attempt"}
"""Cues that belong to a passage which tells of an outcome that does not come."""

SHOWING = word_set("show demonstrate")
NARROW = frozenset({"no", "without"})
HARMLESS_AFTER_NOT = frozenset(["only", "just", "merely", "simply", "solely", "surprisingly"])
HARMLESS_AFTER_NO = frozenset(["doubt", "question", "wonder", "surprise", "matter", "mistaking", "mistake", "denying"])
DOUBTLESS = frozenset({"doubt", "mistake", "mistaking"})
"""Nouns that a `no` denies, with words between, without denying what follows: `leaves no room for doubt`."""
STOPPING = frozenset(["stop", "cease", "quit", "help", "resist", "finish"])
ANSWER_KEYS = word_set(
    "answer action activity label class category sport event task verb motion choice final decision prediction result "
    "conclusion verdict"
)
KEY = re.compile(r"[\s\-*#>|\"'`_\d.]*([^\W\d_]+)(?:\s[^\W\d_]+)?[\"'`*_]*\s*[:|]")
WANTING = word_set(
    "want plan intend hope wish try-to prepare decide refuse need like love wait promise threaten long expect "
    "learn dream daydream fantasize think talk speak hear read-about ask wonder mention discuss"
)
COMMIT_AFTER_WOULD = word_set(
    "say call describe guess label name classify argue conclude title put answer be bet estimate settle opt"
)
GRADING = word_set("give rate estimate score judge place award")
GRADERS = word_set("judge judges jury panel referee referees examiner examiners one")
IDEAL = word_set(
    "best worst perfect ideal maximum minimum highest lowest full possible usual average other next previous"
)
DEPICTION = word_set("poster picture photo photograph painting drawing statue sticker logo advertisement book film")
MILD = word_set(
    "may might could perhaps maybe possibly probably likely seem appear apparently presumably suggest "
    "resemble look think believe guess assume suspect"
)
WEAK = word_set("may might could can suggest resemble look seem appear possibly perhaps maybe")
SCOPE_ENDS = word_set(
    "but however though although yet because since so while whereas when instead as rather therefore thus hence"
)
HARD_GLUE = Remembered(r"[;:\u2013\u2014]|\s-\s|\.\.\.|\(|\)")
UNCLEAR = Hinted(
    r"\b(?:unclear|uncertain|unsure|not (?:clear|certain|sure|obvious|known)|"
    r"hard to (?:say|tell)|difficult to (?:say|tell)"
    r"|impossible to (?:say|tell)|(?:can(?:'|\u2019)?t|cannot|can not|could(?:n't| not)) (?:say|tell|determine|be sure)"
    r"|do(?:n't| not) know|no idea|undecided|(?:just )?as likely|equally (?:likely|possible|plausible)|who knows)\b"
)
POST_DENIAL = re.compile(
    r"\s*(?:(?:is|are|was|were|can|could|would|does|do|has|have|seems?)\s*)(?:n['\u2019]t|not|never|nowhere|hardly)?\s*"
    r"(?:\w+\s+){0,2}?(?:ruled out|excluded|absent|out of the question|unlikely|wrong|"
    r"incorrect|false|not the case|nowhere"
    r"|missing|impossible|dismissed|rejected|not (?:what|shown|seen|visible|happening|the|taking|present|performed|done"
    r"|possible|right|correct|going|likely|it|depicted|occurring|involved|part|true))\b",
)
POST_NOT = re.compile(
    r"\s*(?:is|are|was|were|does|do|did|can|could|has|have)\s*(?:n['\u2019]t|\s*not|"
    r"\s*never)\s+(?:what|shown|seen|visible"
    r"|happening|the|taking|present|performed|done|possible|right|correct|going|likely|it|depicted|occurring|involved"
    r"|happen|occur|take|appear|fit|match|apply|being|a)\b"
)
UNCHECKED = re.compile(r"(?:\[ \]|[\u2610\u274c\u2717\u2718])\s*[*_`\"']*\Z")
CROSSED = re.compile(r"[*_`\"'.]*\s*[\u274c\u2717\u2718]")
"""An item of a list that is not ticked, or that is crossed out."""
ECHO = re.compile(
    r"\b(?:you (?:ask|asked|are asking|want(?:ed)? to know|wonder)|(?:the )?question (?:is|asks|was)"
    r"|i (?:was|am) asked)\b[^.;]{0,20}\b(?:whether|if)\b"
)
JSON_KEY = re.compile(r"[{,]\s*[\"'][^\"'\n]{1,40}[\"']\s*:")
CANDIDATES = Hinted(
    r"(?<!likely )(?<!best )(?<!only )(?<!final )(?<!strongest )(?<!plausible )(?<!chosen )(?<!right )(?<!correct )"
    r"\b(?:candidates?|options|possibilities|hypothes[ie]s|alternatives|choices|considered|shortlist"
    r"|possible (?:labels|classes|actions|activities|answers|categories))\b"
    r"[\"'`*_]*(?: (?:here|that come to mind))?\s*(?::|\b(?:is|are|were|include|would be)\b)"
)
"""Announces what is only weighed: `candidates are ...`, `first hypothesis: ...`."""
OFFERED = re.compile(
    r"\s*is what (?:he|she|they|i|we|you|one) (?:would|could|should|wants?|wanted|used to|might|hopes?)\b"
    r"|\s*(?:is|are|was|were|will be) (?:\w+ly )?(?:offered|sold|advertised|taught|announced|forbidden|allowed"
    r"|prohibited|mentioned|discussed|planned|scheduled)\b"
)
GUESSED = re.compile(
    r"\s*(?:would be|would have been|might be|could be|was|is) (?:my|a|an|the|one) (?:\w+ )?(?:guess|thought|candidate"
    r"|possibility|option|idea|impression)\b"
)
YES_REPLY = re.compile(
    r"(?:yes|yeah|yep|yup|indeed|definitely|certainly|absolutely|of course|correct|right|exactly|sure)\b(?! not)"
)
NO_REPLY = re.compile(
    r"(?:no|nope|nah|never|hardly|not (?:at all|really|quite)"
    r"|(?:definitely|certainly|absolutely|of course|surely) not)\b"
)
INSCRIBED = Hinted(
    r"\b(?:shirt|t-shirt|sign|poster|banner|song|book|sticker|logo|cap|mug|hat|cover|billboard|flyer|leaflet|placard"
    r"|jacket|hoodie|magazine|sweatshirt|slogan|headline)\b[^.;]{0,40}?\b(?:says?|points?|advertises?|announces?"
    r"|promises?|invites?|reads?|called|titled|entitled|named|saying|reading|spells?)\b[^.;]{0,30}\Z"
    r"|\b(?:photos?|photographs?|paintings?|drawings?|one of the pictures|murals?)\b[^.;]{0,20}"
    r"\b(?:shows?|showing|depicts?|depicting|of)\b[^.;]{0,40}\Z"
)
"""What is written or sung in the picture is not what happens in it."""
GENERAL = re.compile(
    r"\s*(?:is|are|can be) (?:(?:very|quite|really|so|always|a) )*(?:important|fun|healthy|good|dangerous|difficult"
    r"|hard|easy|popular|common|great|essential|tiring|relaxing|boring|(?:his|her) (?:hobby|job|passion))\b"
)
SEEMING = Hinted(
    r"\b(?:may|might|could|would|at first|at first glance|first|initially)\b[^.;]*\b(?:look|looks|looked|seem|seems"
    r"|seemed|appear|appears|appeared)\b"
)
BUT = re.compile(r",? (?:but|yet|although|though|however)\b")
COMPARED = frozenset({"more", "better", "rather", "likelier", "less", "worse", "closer"})
"""Comparatives: what follows their `than` is not what is chosen."""
BETWEEN = re.compile(r"\W*(?:as )?between\b[^,;:]*\Z")
BEFORE_THE_CLIP = re.compile(r"\bbefore the (?:clip|video|footage|scene|recording|camera)\b")
RULE_OF_TABLE = re.compile(r"\s*\|?\s*:?-{2,}")
OTHER_TIME = re.compile(
    r"[^,;.]{0,25}\b(?:last (?:night|week|month|year|winter|summer|spring|fall|autumn)|yesterday|(?:years?|months?"
    r"|weeks?|days?) ago|in (?:his|her|their) (?:youth|childhood)|tomorrow|next (?:week|month|year|time)|later on)\b"
)
HAD_TO_CHOOSE = re.compile(
    r"if (?:i|we|you) (?:had|have|were|was|am|are) (?:forced )?to (?:choose|guess|say|pick|name|bet|decide)"
)
BELIEVED = frozenset({"thought", "believed", "assumed", "suspected", "expected", "guessed", "supposed"})
TELLING = frozenset({"explain", "describe", "tell", "discuss", "teach", "learn", "know", "ask", "wonder", "read"})
FAILED = Hinted(r"\bbut\b|\bin vain\b|\bwithout success\b|\bunsuccessful|\bfail|\bnever\b|\bgives? up\b")
POST_CELL = re.compile(
    r"[\"'`*_]*\s*[|:]\s*[\"'`*_]*"
    r"(?:no|not|false|absent)\b(?!\s*(?:one|doubt|longer|[a-z]+ing))"
)
POST_NO = re.compile(
    r"\s*(?:[:=]|\?)\s*(?:no|false|not)\b|\s+[-\u2013\u2014]\s*(?:no|false|absent)\b(?=\W*(?:\n|\Z))|"
    r"\s*,?\s*(?:no|not)\s*[.!]?\s*\Z"
)

"""The cues of negation, doubt, mere mention and depiction that `assertion` looks for. Data only."""

from __future__ import annotations

import re

from vstar_data.verification.words import word_set

NEGATORS = word_set("not never neither nor no none nobody nothing without hardly barely scarcely cannot nowhere")
DENYING = word_set("fail refuse avoid decline deny exclude lack prevent forbid unable rule dismiss reject abstain")
"""Verbs and adjectives that negate what they govern; an even number of cues cancels out."""

NARROW = frozenset({"no", "without"})
HARMLESS_AFTER_NOT = frozenset(["only", "just", "merely", "simply", "solely", "surprisingly"])
HARMLESS_AFTER_NO = frozenset(["doubt", "question", "wonder", "surprise", "matter", "longer-lasting"])
STOPPING = frozenset(["stop", "cease", "quit", "help", "resist", "finish"])
ANSWER_KEYS = word_set("answer action activity label class category sport event task verb motion choice")
KEY = re.compile(r"[\s\-*#>|\"'`_\d.]*([^\W\d_]+)(?:\s[^\W\d_]+)?[\"'`*_]*\s*[:|]")
WANTING = word_set(
    "want plan intend hope wish try-to prepare decide refuse need like love wait promise threaten long expect "
    "learn dream think talk speak hear read-about ask wonder mention discuss"
)
COMMIT_AFTER_WOULD = word_set("say call describe guess label name classify argue conclude title put answer be")
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
HARD_GLUE = re.compile(r"[;:\u2013\u2014]|\s-\s|\.\.\.|\(|\)")
UNCLEAR = re.compile(
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
OFFERED = re.compile(
    r"\s*(?:is|are|was|were|will be) (?:\w+ly )?(?:offered|sold|advertised|taught|announced|forbidden|allowed"
    r"|prohibited|mentioned|discussed|planned|scheduled)\b"
)
GUESSED = re.compile(
    r"\s*(?:would be|would have been|might be|could be|was|is) (?:my|a|an|the|one) (?:\w+ )?(?:guess|thought|candidate"
    r"|possibility|option|idea|impression)\b"
)
BELIEVED = frozenset({"thought", "believed", "assumed", "suspected", "expected", "guessed", "supposed"})
TELLING = frozenset({"explain", "describe", "tell", "discuss", "teach", "learn", "know", "ask", "wonder", "read"})
FAILED = re.compile(r"\bbut\b|\bin vain\b|\bwithout success\b|\bunsuccessful|\bfail|\bnever\b|\bgives? up\b")
POST_CELL = re.compile(
    r"[\"'`*_]*\s*[|:]\s*[\"'`*_]*"
    r"(?:no|not|false|absent)\b(?!\s*(?:one|doubt|longer|[a-z]+ing))"
)
POST_NO = re.compile(r"\s*(?:[:=]|\?)\s*(?:no|false|not)\b|\s*,?\s*(?:no|not)\s*[.!]?\s*\Z")

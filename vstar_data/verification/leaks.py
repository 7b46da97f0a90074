"""Hint leaks: whether a rationalized answer shows that it was told the label.

`So the answer is ...` is how an answer concludes and gives nothing away; `since the answer is ...` argues from it.
"""

from __future__ import annotations

import re

from vstar_data.verification.hints import Hinted

_TOLD = (
    r"(?:given|provided|supplied|stated|specified|mentioned|known|hinted|annotated|"
    r"ground[- ]truth|reference|expected|target|gold)"
)
_THING = (
    r"(?:answers?|labels?|annotations?|hints?|ground[- ]truth|solutions?|captions?|metadata|tags?|answer key|key|prompt"
    r"|score|class|category|action|activity|value|number|rating|result|time ?(?:span|stamps?|window|s)?|interval|choice"
    r"|option|description|conclusion|statement|claim|information"
    r"|steps?|events?|segments?|phase|moves?)"
)
_SAYS = (
    r"(?:says?|said|states?|stated|tells?|told|indicates?|indicated|reads|shows|gives?|"
    r"gave|mentions?|specif(?:y|ies|ied)|suggests?|claims?|confirms?|reveals?|"
    r"puts?|lists?|records?|notes?)"
)
_SOURCE = (
    r"(?:answers?|labels?|annotations?|hints?|ground[- ]truth|solutions?|captions?|metadata|answer key|prompt|tags?)"
)
_BASIS = (
    r"(?:as|according to|based (?:up)?on|going by|judging by|per|following|relying on|"
    r"consistent with|in line with|(?:built|founded|based|resting|rests|relies) on|matches|"
    r"matching|agrees? with|in accordance with|fits|confirm(?:s|ing)?|justif(?:y|ies|ying)|"
    r"support(?:s|ing)?|explain(?:s|ing)?|"
    r"thanks to|due to|from|by|with|given|knowing|using|in agreement with|"
    r"corresponds? (?:to|with)|to reach|to arrive at)"
)
_LEAKS = (
    rf"\b(?:the|this|that|an?|my|our|your) (?:\w+ )?{_TOLD} (?:correct )?{_THING}\b(?! (?:video|clip|frames?))",
    rf"\b(?:the|this|that|your) (?:{_SOURCE}|description|information|category|class|conclusion) {_TOLD}\b",
    r"\bi (?:was|am|have been) asked to (?:justify|explain|support|rationali[sz]e|argue)\b",
    rf"\b{_THING} (?:that |which )?(?:was|is|were|has been|i was|we were|i am|we are|you) (?:{_TOLD}|told|gave)\b",
    rf"\b(?:the|this|that|your) {_SOURCE} (?:\w+ly )?{_SAYS}\b",
    rf"\b{_BASIS} (?:the|this|that|your|its) (?:\w+ )?{_SOURCE}\b(?! (?:(?:on|of|"
    rf"in) the (?:bottle|box|can|package|jar|bag|shirt)|(?:at|on|in|across|below|above) the (?:very )?(?:bottom|top|"
    rf"screen|picture|image|video|frame|corner|lower|upper|left|right|clip)|burn[te]|printed|overlaid|displayed|sewn))",
    r"\b(?:since|because|given that|knowing that|as|seeing that|if) (?:the|its|"
    r"my) (?:\w+ )?(?:answer|label|annotation|ground[- ]truth|hint) (?:is|was|being)\b",
    r"\b(?:i|we) (?:was|were|am|are|have been|had been|'ve been) (?:told|given|informed|provided)\b",
    r"\b(?:it|this|which) (?:is|was|has been) (?:already )?(?:given|provided|stated|told|"
    r"supplied)(?: to (?:me|us))?\b(?! (?:a|an|the|to (?!me|us)))",
    r"\bas (?:given|provided|stated|labell?ed|annotated|hinted|told|specified|"
    r"indicated by the)\b(?! (?:above|earlier|before))",
    r"\b(?:the|this|that) hint\b",
    r"\bground[- ]truth\b",
    r"\b(?:you|the user|the prompt|the question) (?:already )?(?:told|gave|provided|said|stated|supplied|mentioned)\b",
    r"\b(?:the prompt|the question|the hint) (?:already |itself )?(?:tells?|gives?|provides?|says|states?|reveals?)\b",
    r"\bannotators?\b",
    rf"\b(?:the|this) {_SOURCE} (?:for|of|to) (?:this|the) (?:video|clip|question|sample|item)\b",
    r"\b(?:is|was|are|were) label+ed (?:as|with)\b",
    r"\bthe dataset\b",
)
_ANY = Hinted("|".join(f"(?:{leak})" for leak in _LEAKS), re.IGNORECASE)


def leak(answer: str) -> tuple[int, int] | None:
    """Returns the code points of the first passage that reveals a hint, or None.

    Args:
        answer: A rationalized answer.
    """
    found = _ANY.search(answer.replace("\u2019", "'"))
    return found.span() if found else None

"""The bank of wordings: questions by label kind, in the project's own words. Data only.

`{name}` is the label's name, `{question}` a question of the dataset, `{choices}` its lettered choices, `{scale}` the
range and unit of a number (starts with a space, or is empty). No wording says what it asks for; the lint checks.
"""

from __future__ import annotations

CLASS = (
    "What is happening in this video?",
    "What action takes place in this clip?",
    "Which activity does the video show?",
    "What is going on in the scene?",
    "How would you name the main action of this video?",
    "What is being done in this clip?",
    "Which single activity describes the video best?",
    "Watch the clip: what happens in it?",
    "What does this video show?",
    "Name the action that can be seen in the video.",
    "What kind of activity is recorded here?",
    "If you had to title this clip by its action, what would the title be?",
    "What takes place from the beginning to the end of the clip?",
)

CLASSES = (
    "Which actions take place in this video?",
    "What are all the activities in this clip?",
    "Name every action that can be seen in the video.",
    "What different things are being done in the scene?",
    "Which activities does the video show?",
    "List the actions of this clip.",
    "What are the main actions of this video?",
    "Watch the clip: which actions occur in it?",
    "Several actions can be seen here. Which ones?",
    "What activities are recorded in this video?",
    "Tell me each action that happens in the clip.",
    "Which actions would you tag this video with?",
)

QA = (
    "{question}",
    "Watch the video and answer: {question}",
    "Here is a question about the clip. {question}",
    "Look closely at the video. {question}",
    "Based on what can be seen, {question}",
    "About this clip: {question}",
    "Use the video to answer this. {question}",
    "Please answer from the video: {question}",
    "Consider the whole clip. {question}",
    "One question on this video: {question}",
    "After watching the clip, tell me: {question}",
    "{question} Answer from what the video shows.",
)

QA_WITH_CHOICES = (
    "{question} Choose from: {choices}",
    "{question} The options are: {choices}",
    "Watch the video and choose. {question} {choices}",
    "{question} Pick one: {choices}",
    "Which option is right? {question} {choices}",
    "{question} Select the right option: {choices}",
    "About this clip: {question} {choices}",
    "Look closely at the video. {question} Options: {choices}",
    "{question} Only one of these is right: {choices}",
    "Use the video to decide. {question} {choices}",
    "Here is a question with its options. {question} {choices}",
    "{question} Decide between: {choices}",
)

NUMBER = (
    "What is the {name} in this video? Give a number{scale}.",
    "Give the {name} as a number{scale}.",
    "Estimate the {name}{scale}.",
    "How high is the {name}? Answer with a number{scale}.",
    "Which value does the {name} have{scale}?",
    "Watch the clip and state the {name}{scale}.",
    "What number would you give for the {name}{scale}?",
    "Tell me the {name} of this clip{scale}.",
    "Determine the {name} from the video{scale}.",
    "From what you see, what is the {name}{scale}?",
    "Put a number on the {name}{scale}.",
    "What {name} does the video show? Answer with a number{scale}.",
)

SEGMENT = (
    "When does this happen: {name}? Give the start and the end in seconds.",
    "From when to when does this take place: {name}? Answer in seconds.",
    "Find the part of the video where this happens: {name}. When does it start and end, in seconds?",
    "At which time does this begin, and at which time is it over: {name}? Use seconds.",
    "Give the start time and the end time, in seconds, of this event: {name}.",
    "Between which two times, in seconds, can this be seen: {name}?",
    "Locate this event in the video: {name}. State its start and end in seconds.",
    "In which time span does this occur: {name}? Give both ends in seconds.",
    "Which seconds of the clip show this: {name}? Give start and end.",
    "Tell me when this starts and when it stops, in seconds: {name}.",
    "Mark the moment this begins and the moment it ends, in seconds: {name}.",
    "Over which interval of the video does this go on: {name}? Answer with two times in seconds.",
)

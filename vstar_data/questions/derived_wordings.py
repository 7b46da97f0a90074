"""The bank of wordings, second part: questions about steps, moments, windows, boxes, relations, statements. Data only.

As in `wordings.py`: a wording asks in plain words, does not contain what it asks for, and demands all that the answer
is judged by. Words in braces are filled in.
"""

from __future__ import annotations

SEQUENCE = (
    "Which steps does the video show, and in what order?",
    "Name the steps of this clip one after the other.",
    "In what order do the parts of this activity follow each other?",
    "List everything that is done here, from first to last.",
    "What is done first, what next, and what at the end? Name every step.",
    "Give the sequence of steps that can be seen.",
    "Break the activity of this video down into its steps, in order.",
    "Describe the course of this clip step by step.",
    "Watch the clip and tell each of its stages in the order of time.",
    "How does this proceed? Name all steps in their order.",
    "What are the successive steps in this video?",
    "Put the steps of this clip into words, in the order in which they happen.",
)

AFTER = (
    "What comes right after this step: {step}?",
    "Which step follows directly on this one: {step}?",
    "This is done in the video: {step}. What is done next?",
    "What happens immediately after the following step: {step}?",
    "Once this is over, what is the next step: {step}?",
    "Name the step that comes next after: {step}.",
    "After this step, what does the video show: {step}?",
    "Which step is the successor of this one: {step}?",
    "Look for this step: {step}. Which one follows it?",
    "What is the very next thing after this: {step}?",
    "As soon as this has been done, what follows: {step}?",
    "Tell me the step straight after this one: {step}.",
)

BEFORE = (
    "What comes right before this step: {step}?",
    "Which step directly precedes this one: {step}?",
    "This is done in the video: {step}. What was done just before?",
    "What happens immediately before the following step: {step}?",
    "Which step leads up to this one: {step}?",
    "Name the step that comes just before: {step}.",
    "Before this step, what does the video show: {step}?",
    "Which step is the predecessor of this one: {step}?",
    "Look for this step: {step}. Which one precedes it?",
    "What is the very last thing before this: {step}?",
    "By the time this begins, which step has just ended: {step}?",
    "Tell me the step straight before this one: {step}.",
)

ASSESSMENT = (
    "Name the steps in their order, then give {numbers}.",
    "Which steps does the video show, in what order? Also give {numbers}.",
    "Judge this performance: its steps from first to last, and {numbers}.",
    "List the steps one after the other and estimate {numbers}.",
    "Describe the course of the clip step by step, and state {numbers}.",
    "Watch closely. What are the steps, in order, and what would you give for {numbers}?",
    "Break the activity down into its steps, in order, and put figures on {numbers}.",
    "Assess what you see: all steps in the order of time, and {numbers}.",
    "First the sequence of steps, then {numbers}: what are they?",
    "Give the successive steps, followed by {numbers}.",
    "What is done first, what next, what last? And what do you estimate for {numbers}?",
    "Write an assessment: the steps in order, and {numbers}.",
)

BETWEEN = (
    "What happens between {start} and {end} seconds?",
    "What is done from second {start} to second {end}?",
    "Which event fills the time from {start} s to {end} s?",
    "Look at the part from {start} to {end} seconds. What takes place there?",
    "Between second {start} and second {end}, what can be seen?",
    "Name what goes on from {start} to {end} seconds into the clip.",
    "What does the video show in the window [{start} s, {end} s]?",
    "Consider only the seconds {start} to {end}: what happens?",
    "Which action belongs to the interval from {start} to {end} seconds?",
    "Tell me what takes place in the clip from {start} s until {end} s.",
    "What is going on between the times {start} s and {end} s?",
    "Starting at {start} seconds and ending at {end} seconds, what is shown?",
)

BETWEEN_ALL = (
    "What happens between {start} and {end} seconds? Name everything.",
    "Which things are done from second {start} to second {end}?",
    "Which events fill the time from {start} s to {end} s?",
    "Look at the part from {start} to {end} seconds. What different things take place there?",
    "Between second {start} and second {end}, several things can be seen. Which ones?",
    "Name all that goes on from {start} to {end} seconds into the clip.",
    "What does the video show in the window [{start} s, {end} s]? List every event.",
    "Consider only the seconds {start} to {end}: which things happen?",
    "Which actions belong to the interval from {start} to {end} seconds?",
    "Tell me everything that takes place in the clip from {start} s until {end} s.",
    "What are all the things going on between the times {start} s and {end} s?",
    "Starting at {start} seconds and ending at {end} seconds, which events are shown?",
)

SUPPORT = (
    'The question "{question}" has the answer "{answer}". Which part of the video shows it? '
    "Give the start and the end in seconds.",
    'Somebody asks "{question}" and is told "{answer}". From when to when, in seconds, can that be seen?',
    'Question: "{question}" Answer: "{answer}" In which time span is the evidence? Give both ends in seconds.',
    'To see why "{answer}" answers "{question}", which seconds must one watch? Give start and end.',
    'Where in the clip does one find "{answer}" as the answer to "{question}"? State start and end in seconds.',
    'Locate the part that supports the answer "{answer}" to the question "{question}": its start and end in seconds.',
    'Which window of the video, in seconds, proves the answer "{answer}" to "{question}"?',
    '"{question}" is answered by "{answer}". Between which two times, in seconds, does the video show this?',
    'Find the moments that justify "{answer}" as the answer to "{question}". Start and end in seconds, please.',
    'Over which interval, in seconds, does the clip show that "{answer}" is the answer to "{question}"?',
    'When does the evidence for "{answer}" begin, and when does it end, if one asks "{question}"? Use seconds.',
    'Give the start time and the end time, in seconds, of what answers "{question}" with "{answer}".',
)

TIMESTAMP = (
    "At which second does this happen: {name}?",
    "When exactly does this occur: {name}? Answer in seconds.",
    "Give the moment of this event in seconds: {name}.",
    "How many seconds into the clip is it when this happens: {name}?",
    "At what time, in seconds, can this be seen: {name}?",
    "Find the moment of the following event, in seconds: {name}.",
    "State the time in seconds at which this takes place: {name}.",
    "Pin down in seconds when this comes about: {name}.",
    "Which second of the video shows this: {name}?",
    "Tell me the time of this event, in seconds from the start: {name}.",
    "Name the point in time, in seconds, of this: {name}.",
    "If you had to stop the video at this event, at which second would it be: {name}?",
)

BOX = (
    "Where is this at {time} seconds: {name}? Give its box as [x1, y1, x2, y2] with numbers from 0 to 1.",
    "Draw a box around this at {time} seconds: {name}. Answer as [x1, y1, x2, y2], from 0 to 1.",
    "Locate this in the picture at {time} seconds: {name}. Give [x1, y1, x2, y2] between 0 and 1.",
    "At {time} seconds, which box encloses this: {name}? Write [x1, y1, x2, y2], normalised to 0..1.",
    "Give the bounding box at {time} s, as [x1, y1, x2, y2] in fractions of width and height, of: {name}.",
    "In which region of the frame is this at {time} seconds: {name}? Answer [x1, y1, x2, y2] from 0 to 1.",
    "Mark this in the frame at second {time}: {name}. Use [x1, y1, x2, y2] with values from 0 to 1.",
    "What are the corners of the box around this at {time} s: {name}? [x1, y1, x2, y2], each from 0 to 1.",
    "Look at second {time}. Which box holds this: {name}? Reply with [x1, y1, x2, y2] in 0..1.",
    "State the position at {time} seconds, as [x1, y1, x2, y2] with 0 to 1 for the whole picture, of: {name}.",
    "Find this at {time} seconds and frame it: {name}. Give [x1, y1, x2, y2] as fractions from 0 to 1.",
    "Tell me the box of the following at {time} s, in the form [x1, y1, x2, y2] from 0 to 1: {name}.",
)

OBJECT_IN_BOX = (
    "What is in the box {box} at {time} seconds?",
    "At {time} seconds, what does the box {box} show?",
    "Look at the region {box} at second {time}. What is there?",
    "Which object fills the box {box} at {time} s?",
    "Name what can be seen inside {box} at {time} seconds.",
    "The box {box} is drawn into the frame at {time} seconds. What does it enclose?",
    "What lies within the corners {box} at second {time}?",
    "Identify the content of the region {box} at {time} s.",
    "At second {time}, which thing is framed by {box}?",
    "In the picture at {time} seconds, what is at {box}?",
    "Tell me what the bounding box {box} holds at {time} seconds.",
    "What would you call the thing in {box}, {time} seconds into the clip?",
)

SAME_OBJECT = (
    "Do the box {box} at {time} seconds and the box {other} at {later} seconds show the same object?",
    "Is the thing in {box} at {time} s the same as the one in {other} at {later} s?",
    "Compare the region {box} at second {time} with the region {other} at second {later}: is it the same object?",
    "At {time} seconds look at {box}, at {later} seconds at {other}. Is it one and the same object?",
    "Does {other} at {later} seconds hold the same object as {box} at {time} seconds?",
    "Are the object in {box} at {time} s and the object in {other} at {later} s the same?",
    "Two boxes: {box} at second {time} and {other} at second {later}. Do they show the same object?",
    "Would you say that {box} at {time} seconds and {other} at {later} seconds enclose the same thing?",
    "Is it the same object that appears in {box} at {time} s and in {other} at {later} s?",
    "Check whether the boxes {box} at {time} s and {other} at {later} s show the same object. Do they?",
    "Does one object fill both {box} at {time} seconds and {other} at {later} seconds?",
    "Tell me whether {box} at second {time} and {other} at second {later} show the same object.",
)

RELATION = (
    "How do these two relate in the video: {subject} and {object}?",
    "What is the relation between the first and the second: {subject}, {object}?",
    "What does the video show about these two: {subject} and {object}? Say who does or is what to whom.",
    "Describe how these stand to each other: {subject} and {object}.",
    "What connects these two in the clip: {subject} and {object}?",
    "In one sentence, with both of them in it: how does the first relate to the second? {subject}; {object}.",
    "Which relation holds from the first to the second: {subject} and {object}?",
    "Look at these two: {subject} and {object}. What is the one to the other?",
    "Watch the clip and say how the first stands to the second: {subject}, {object}.",
    "What is between these two: {subject} and {object}? Answer in a sentence.",
    "Put the relation of these two into a sentence: {subject} and {object}.",
    "Tell me what the first does to the second, or how it stands to it: {subject}, {object}.",
)

RELATIONS = (
    "Name every relation between these two in the video: {subject} and {object}.",
    "How do these two relate? Name all that holds: {subject} and {object}.",
    "Several things hold between these two. Which ones? {subject} and {object}.",
    "Describe fully how these stand to each other: {subject} and {object}.",
    "Which relations hold from the first to the second: {subject}, {object}?",
    "List all that connects these two in the clip: {subject} and {object}.",
    "In how many ways do these two relate, and in which? {subject} and {object}.",
    "Say everything that the first does to the second, or how it stands to it: {subject}, {object}.",
    "Look at these two: {subject} and {object}. What are all their relations?",
    "Watch the clip and name each relation of the first to the second: {subject}, {object}.",
    "Put all relations of these two into sentences: {subject} and {object}.",
    "Tell me each way in which the first relates to the second: {subject}, {object}.",
)

BOOLEAN = (
    "Is this true of the video: {name}?",
    "Does this hold in the clip: {name}? Answer yes or no, and say why.",
    "Would you agree, having watched the video: {name}?",
    "Yes or no: {name}?",
    "Decide from the video whether this is so: {name}.",
    "Is it the case here: {name}?",
    "Check this statement against the clip: {name}. Is it right?",
    "Watch the video. Is the following right: {name}?",
    "Can you confirm this from the clip: {name}?",
    "True or false, going by the video: {name}?",
    "Does the video bear this out: {name}?",
    "Judge by what you see: {name}. Is that so?",
)

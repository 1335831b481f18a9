"""The phrases and verbs of a sentence, read from small words and capitals, without a parser."""

"""The nouns of distributed marketing and their rules; no input, no output, no clock, no SDK."""

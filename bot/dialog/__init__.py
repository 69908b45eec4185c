"""The words, which slot is asked next, and how an answer is read; used by handlers and cards."""

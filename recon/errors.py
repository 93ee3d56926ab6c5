"""Sentences that stop us: what happened, what I saw, what to do."""


class Stopped(Exception):  # noqa: N818 - named for what happened; a person reads it
    """I had to stop."""

    def __init__(self, sentence: str = "") -> None:
        """Keep the sentence the person will read; without one, the class's own."""
        super().__init__(sentence or (type(self).__doc__ or "").strip())


class UnreadableFile(Stopped):
    """I can't read this file as a table of lines."""


class UnansweredQuestion(Stopped):
    """I need an answer before I can go on."""


class NothingCounted(Stopped):
    """No line of this file says how many seats, so there is nothing to compare."""


class MixedCurrencies(Stopped):
    """These amounts are in different currencies, so I will not add them."""


class LostLines(Stopped):
    """Some lines of the files are in no class or in two; the result can't be trusted."""


class UnreadableAnswers(Stopped):
    """I can't read what people have answered so far (judgements, rules or profiles)."""


class UnknownGap(Stopped):
    """There is no such gap in this result."""

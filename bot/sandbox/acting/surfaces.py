"""What a person looks at, and what there is to press."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.acting.acts import Act, CannotDo, Json
from bot.sandbox.blocks.reading import every_element
from bot.sandbox.state.records import Message, Person, View


@dataclass(frozen=True, slots=True)
class Surface:
    """What a person looks at while pressing: a message or a view, with the blocks they see."""

    person: Person
    blocks: Sequence[Json]
    message: Message | None = None
    view: View | None = None


def surface(act: Act) -> Surface:
    """Find what someone looks at: a message by its time stamp, else the home tab or the modal."""
    person = act.person()
    if act.text("ts"):
        message = act.message(person)
        attached = [block for one in message.attachments for block in one.get("blocks", [])]
        seen = act.given.get("as_seen") or [*message.blocks, *attached]
        return Surface(person, seen, message=message)
    view = act.home(person) if act.given.get("home") else act.modal(person)
    return Surface(person, view.body["blocks"], view=view)


def found_element(seen: Surface, wanted: str, kinds: tuple[str, ...]) -> tuple[Json, Json]:
    """Find the one thing of these kinds that a person means, by what it says or by its action id."""
    here = [(block, element) for block, element in every_element(seen.blocks) if element["type"] in kinds]
    visible = [pair for pair in here if seen.person.id in pair[1].get("visible_to_user_ids", [seen.person.id])]
    meant = [pair for pair in visible if wanted in names_of(*pair)]
    if len(meant) == 1:
        return meant[0]
    known = ", ".join(sorted({repr(names_of(*pair)[0]) for pair in visible})) or "nothing"
    how_many = "more than one" if meant else "no"
    raise CannotDo(f"{seen.person.real_name} sees {how_many} {wanted!r} there. What can be pressed: {known}.")


def names_of(block: Json, element: Json) -> list[str]:
    """List what people, and tests, may call an element."""
    parts: tuple[Json | None, ...] = (element.get("text"), block.get("label"), element.get("placeholder"))
    spoken = [part.get("text", "") for part in parts if part]
    ids = [
        element.get("action_id", ""),
        f"{element.get('action_id')}={element.get('value')}",
        block.get("block_id", ""),
        f"{block.get('block_id')}/{element.get('action_id')}",
    ]
    return [name for name in (*spoken, *ids) if name]

"""The guide: its steps, its files, and next week."""

from datetime import datetime

from bot.sandbox.acting.acts import Act, CannotDo, Json
from bot.sandbox.acting.posting import hand_in
from bot.sandbox.psa.addresses import exported
from bot.sandbox.psa.books import pass_time
from bot.sandbox.psa.sheet import read_additions
from bot.sandbox.state.files import describe_file
from bot.sandbox.state.guides import Guide
from bot.sandbox.state.records import Tick


def guide_of(act: Act) -> Guide:
    """Find the guide there is."""
    if act.world.guide is None:
        raise CannotDo("There is no guide here.")
    return act.world.guide


async def see_guide(act: Act) -> Json:
    """See the steps, and which are done; without a guide there are none."""
    guide = act.world.guide
    steps = guide.steps if guide else []
    done = {tick.step for tick in act.world.state.ticks}
    return {
        "title": guide.told["title"] if guide else "",
        "steps": [{**step, "done": step["id"] in done} for step in steps],
        "has_psa": any(True for _ in act.world.state.additions),
        "now": act.world.clock.now(),
    }


async def tick(act: Act) -> Json:
    """Mark a step as done."""
    step = guide_of(act).step(act.text("step"))
    if step is None:
        raise CannotDo(f"The guide has no step {act.text('step')!r}.")
    act.world.state.ticks.put(Tick(step["id"]))
    return {}


async def take_sample(act: Act) -> Json:
    """Take one of the guide's files in hand: as it lies there, or as the PSA exports it now."""
    person, guide, name = act.person(), guide_of(act), act.text("name")
    if name not in {file for step in guide.steps for file in step.get("files") or ()}:
        raise CannotDo(f"The guide has no file {name!r}.")
    live = name in guide.billed and any(True for _ in act.world.state.additions)
    contents = exported(act.world).encode() if live else guide.read(name)
    return describe_file(act.world, hand_in(act.world, person, name, contents))


async def move_on(act: Act) -> Json:
    """Let time pass until the day a step names, and let the desk bill what it would have by then."""
    guide, step = guide_of(act), guide_of(act).step(act.text("step"))
    if step is None or "until" not in step:
        raise CannotDo(f"No time passes in {act.text('step')!r}.")
    clock, until = act.world.clock, datetime.fromisoformat(step["until"]).timestamp()
    clock.advance(max(0.0, until - clock.now()))
    act.world.remember_the_time()
    if step.get("billed") and act.world.state.ticks.get(step["id"]) is None:
        before, after = (read_additions(guide.read(name).decode("utf-8-sig")) for name in step["billed"])
        pass_time(act.world, before, after)
    act.world.state.ticks.put(Tick(step["id"]))
    return {"now": clock.now()}

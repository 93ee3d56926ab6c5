"""The page on its own: what is drawn, what can be done by keyboard, and what can't be done to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.conftest import Visit
from browser.listener import Listener
from playwright.sync_api import Route, expect
from xlsxwriter import Workbook

from bot.sandbox import Sandbox

Json = dict[str, Any]

BILLING = "C0BILLING01"
HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> &lt;b&gt; </div> javascript:alert(3)'


def test_markup_is_drawn_as_slack_draws_it(slack: Sandbox, listener: Listener, visit: Visit) -> None:
    text = (
        "*bold* _italic_ ~gone~ `co*de*` <https://example.com/a?b=1&amp;c=2|a link> <@U0JO0000001> <#C0GENERAL01>"
        " :tada:\n&gt; quoted\n```\nfenced *not bold*\n```\n2 &lt; 3 &amp; 4"
    )
    listener.posts(text)

    said = visit(slack).message("bold")

    for tag, inside in {"strong": "bold", "em": "italic", "s": "gone", "blockquote": "quoted"}.items():
        expect(said.locator(tag).filter(has_text=inside)).to_have_count(1)
    expect(said.locator("code").first).to_have_text("co*de*")
    expect(said.locator("pre")).to_have_text("fenced *not bold*")
    link = said.get_by_role("link", name="a link")
    expect(link).to_have_attribute("href", "https://example.com/a?b=1&c=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(said).to_contain_text("@Jo Adams")
    expect(said).to_contain_text("#general")
    expect(said).to_contain_text("🎉")
    expect(said).to_contain_text("2 < 3 & 4")


def test_whatever_anybody_writes_stays_text(slack: Sandbox, listener: Listener, visit: Visit) -> None:
    cell, button = {"type": "raw_text", "text": HOSTILE}, listener.button(HOSTILE[:70], "go")
    dana = slack.person("dana")
    dana.says(HOSTILE, "billing")
    dana.drops('"><img src=x onerror=alert(1)>.csv', HOSTILE.encode(), "billing")
    blocks = [listener.section(HOSTILE), {"type": "table", "rows": [[cell], [cell]]}, listener.actions(button)]
    listener.posts(HOSTILE, [*blocks, {"type": "header", "text": {"type": "plain_text", "text": HOSTILE[:150]}}])
    listener.posts("<javascript:alert(1)|press me>")

    visitor = visit(slack)
    expect(visitor.message("press me")).to_be_visible()

    assert visitor.page.locator("main img, main script, main b").count() == 0
    assert visitor.page.get_by_role("link", name="press me").count() == 0
    expect(visitor.main.get_by_text(HOSTILE, exact=True)).to_have_count(4)  # said, a cell, a cell, a heading


def test_an_empty_channel_says_what_can_be_done_in_it(slack: Sandbox, visit: Visit) -> None:
    visitor = visit(slack)

    expect(visitor.main.get_by_role("heading", name="This is the beginning of #billing")).to_be_visible()
    expect(visitor.main).to_contain_text("drop files here, or type / for a command")


@pytest.mark.parametrize("width", [1360, 390])
def test_a_table_of_an_alert_fits_its_thread(slack: Sandbox, listener: Listener, visit: Visit, width: int) -> None:
    first = slack.person("dana").says("first", "billing")
    rows = [
        ["Product", "A month", "What", "Bought", "Billed"],
        ["NinjaOne Management", "about $207.00", "2 not billed", "46", "44"],
    ]
    table = {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": one} for one in row] for row in rows],
        "column_settings": [{"is_wrapped": True}, {"align": "right"}, {"is_wrapped": True}, {"align": "right"}],
    }
    listener.client.chat_postMessage(channel=BILLING, thread_ts=first.ts, text="A table", blocks=[table])
    visitor = visit(slack, viewport={"width": width, "height": 800})

    visitor.opens_thread("first")

    drawn = visitor.thread.get_by_role("region", name="Table")
    expect(drawn).to_be_visible()
    assert drawn.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_a_click_is_seen_at_once_and_its_answer_without_a_reload(
    slack: Sandbox, listener: Listener, visit: Visit
) -> None:
    listener.posts("Press", [listener.section("Press"), listener.actions(listener.button("Go", "slow"))])
    visitor = visit(slack)

    visitor.presses("Go")

    expect(visitor.main.get_by_role("button", name="Go")).to_have_attribute("aria-busy", "true")
    listener.may_answer.set()
    expect(visitor.message("Pressed")).to_be_visible()
    assert listener.pressed == ["slow"]


def test_a_question_comes_first_and_no_is_an_answer(slack: Sandbox, listener: Listener, visit: Visit) -> None:
    words = {name: {"type": "plain_text", "text": text} for name, text in {"title": "Sure?", "deny": "No"}.items()}
    confirm = {
        **words,
        "text": {"type": "mrkdwn", "text": "*Really*"},
        "confirm": {"type": "plain_text", "text": "Yes"},
    }
    listener.may_answer.set()
    listener.posts("Ask", [listener.actions(listener.button("Go", "go", confirm=confirm))])
    visitor = visit(slack)

    visitor.presses("Go")
    expect(visitor.page.get_by_role("dialog").locator("strong")).to_have_text("Really")
    visitor.presses("No")
    visitor.presses("Go")
    visitor.presses("Yes")

    expect(visitor.message("Pressed")).to_be_visible()
    assert listener.pressed == ["go"]


def test_a_form_is_filled_in_by_keyboard_and_its_errors_are_told(
    slack: Sandbox, listener: Listener, visit: Visit
) -> None:
    visitor = visit(slack)
    visitor.writes("/reconcile form")
    expect(visitor.modal).to_be_visible()
    keys = visitor.page.keyboard

    expect(visitor.modal.get_by_label("Name")).to_be_focused()
    keys.type("Acme")
    keys.press("Tab")
    keys.type("11052026")
    for _ in range(12):
        if visitor.modal.get_by_role("combobox", name="Colour").evaluate("one => one === document.activeElement"):
            break
        keys.press("Tab")
    keys.type("gre")
    expect(visitor.modal.get_by_role("option")).to_have_text(["Green"])
    keys.press("Enter")
    expect(visitor.modal.get_by_text("from the mountains")).to_be_visible()
    visitor.modal.get_by_label("Cheese").check()
    visitor.modal.get_by_label("Large").check()
    visitor.modal.get_by_label("Seats").fill("3")
    visitor.modal.get_by_role("combobox", name="Who").fill("sam")
    visitor.modal.get_by_role("option", name="Sam Brook").click()
    visitor.modal.get_by_role("combobox", name="Found").fill("wa")
    visitor.modal.get_by_role("option", name="wa found").click()
    visitor.presses("Send", visitor.modal)
    expect(visitor.modal.get_by_role("alert")).to_have_text("Not Acme, please.")
    expect(visitor.modal.get_by_label("Name")).to_be_focused()
    visitor.modal.get_by_label("Name").fill("Bolt")
    visitor.presses("Send", visitor.modal)
    expect(visitor.modal).to_have_count(0)

    assert listener.submitted == {
        "name": "Bolt",
        "day": "2026-11-05",
        "colour": "green",
        "extras": ["cheese"],
        "size": "large",
        "seats": "3",
        "who": "U0SAM000001",
        "found": "wa",
    }


def test_escape_closes_a_form_and_the_focus_never_leaves_it(slack: Sandbox, listener: Listener, visit: Visit) -> None:
    visitor = visit(slack)
    visitor.writes("/reconcile form")
    expect(visitor.modal).to_be_visible()

    for _ in range(30):
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("!document.activeElement.closest('main, nav, aside')")
    visitor.modal.get_by_label("Name").focus()
    visitor.page.keyboard.press("Escape")

    expect(visitor.modal).to_have_count(0)
    assert listener.submitted == {}


def test_a_command_is_completed_and_what_is_wrong_with_one_is_said(
    slack: Sandbox, listener: Listener, visit: Visit
) -> None:
    visitor = visit(slack)
    box = visitor.main.locator(".composer textarea")

    box.fill("/re")
    expect(visitor.page.get_by_role("option")).to_contain_text("/reconcile")
    box.press("Tab")
    expect(box).to_have_value("/reconcile ")
    visitor.writes("/nothing")
    expect(visitor.page.get_by_role("status")).to_contain_text("/nothing is not a valid command.")
    expect(box).to_have_value("/nothing")
    assert listener.pressed == []


def test_people_are_mentioned_by_typing_and_see_that_it_is_for_them(slack: Sandbox, visit: Visit) -> None:
    dana = visit(slack)
    box = dana.main.locator(".composer textarea")
    box.press_sequentially("hello @sa")
    dana.page.get_by_role("option", name="Sam Brook").wait_for()
    box.press("Enter")
    expect(box).to_have_value("hello @sam ")
    box.press("Enter")
    expect(dana.message("hello").locator(".mention")).to_have_text("@Sam Brook")

    sam = visit(slack, "sam")

    expect(sam.message("hello").locator(".mention.me")).to_be_visible()


def test_news_is_marked_until_it_is_seen_and_somebody_else_can_be_become(slack: Sandbox, visit: Visit) -> None:
    jo = visit(slack, "jo", viewport={"width": 1200, "height": 700})
    jo.page.get_by_role("button", name="general", exact=True).click()
    slack.person("dana").says("news", "billing")

    expect(jo.page.get_by_role("button", name="billing, 1 new")).to_be_visible()
    jo.page.get_by_role("button", name="billing, 1 new").click()
    jo.sees("news")
    expect(jo.page.get_by_role("button", name="billing", exact=True)).to_be_visible()

    jo.page.get_by_role("button", name="You are Jo Adams. Be somebody else").click()
    jo.page.get_by_role("menuitemradio", name="Finn Keller").click()
    expect(jo.page.get_by_role("button", name="You are Finn Keller. Be somebody else")).to_be_visible()
    expect(jo.page.get_by_role("button", name="finance", exact=True)).to_be_visible()


def test_a_file_is_dropped_looked_into_and_sent(slack: Sandbox, visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "seats.csv"
    file.write_text('client,seats\n"Acme, Inc.",12\n', encoding="utf-8")
    visitor = visit(slack)

    visitor.main.locator("input[type=file]").set_input_files(file)
    expect(visitor.page.locator(".staged td")).to_have_text(["client", "seats", "Acme, Inc.", "12"])
    visitor.presses("Send")
    visitor.presses("Look into seats.csv", visitor.main)

    expect(visitor.page.get_by_role("dialog").locator("td").nth(2)).to_have_text("Acme, Inc.")
    assert slack.person("jo").sees("billing")[-1].files[0]["name"] == "seats.csv"


def test_a_file_that_is_on_its_way_can_be_sent_once_it_is_there(slack: Sandbox, visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "seats.csv"
    file.write_text("client,seats\nAcme,12\n", encoding="utf-8")
    visitor = visit(slack)
    on_its_way: list[Route] = []

    def hold(route: Route) -> None:
        on_its_way.append(route)

    visitor.page.route("**/_/upload?*", hold)

    visitor.main.locator("input[type=file]").set_input_files(file)
    expect(visitor.page.locator(".staged")).to_contain_text("on its way")
    expect(visitor.button("Send", visitor.main)).to_be_disabled()
    on_its_way[0].continue_()
    visitor.presses("Send")

    expect(visitor.button("Look into seats.csv", visitor.main)).to_be_visible()


def test_files_of_one_name_are_told_apart_and_many_leave_the_button_in_reach(
    slack: Sandbox, visit: Visit, tmp_path: Path
) -> None:
    visitor = visit(slack)
    waiting = visitor.page.locator(".staged > li")
    for at in range(9):
        file = tmp_path / str(at) / "seats.csv"
        file.parent.mkdir()
        file.write_text(f"client,seats\nAcme,{at}\n", encoding="utf-8")
        visitor.main.locator("input[type=file]").set_input_files(file)
        expect(waiting.nth(at).locator("td").last).to_have_text(str(at))

    expect(visitor.button("Send", visitor.main)).to_be_in_viewport()
    waiting.first.get_by_role("button", name="Remove seats.csv").click()
    expect(waiting).to_have_count(8)
    expect(waiting.first.locator("td").last).to_have_text("1")


@pytest.mark.parametrize("name", ["seats.xlsx", "seats.csv"])
def test_workbooks_and_files_from_windows_are_looked_into(
    slack: Sandbox, visit: Visit, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    rows = [("Kunde", "", "Anzahl"), ("Müller & Söhne <GmbH>", "", 12)]
    if name.endswith("xlsx"):
        with Workbook(file) as book:
            sheet = book.add_worksheet("Rechnung")
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    else:
        file.write_bytes("\n".join(";".join(map(str, row)) for row in rows).encode("cp1252"))
    visitor = visit(slack)

    visitor.main.locator("input[type=file]").set_input_files(file)
    expect(visitor.page.locator(".staged td")).to_have_text(["Kunde", "", "Anzahl", "Müller & Söhne <GmbH>", "", "12"])
    visitor.presses("Send")
    visitor.presses(f"Look into {name}", visitor.main)

    expect(visitor.page.get_by_role("dialog").locator("td").nth(3)).to_have_text("Müller & Söhne <GmbH>")


def test_what_is_for_one_person_alone_is_seen_by_them_alone(slack: Sandbox, listener: Listener, visit: Visit) -> None:
    listener.whispers("for Dana alone", slack.person("dana").id)
    dana, jo = visit(slack), visit(slack, "jo")

    expect(dana.message("for Dana alone")).to_contain_text("Only visible to you")
    slack.person("dana").says("after it", "billing")
    expect(jo.message("after it")).to_be_visible()
    expect(jo.main.get_by_text("for Dana alone")).to_have_count(0)


def test_the_home_tab_and_a_menu_work_by_keyboard(slack: Sandbox, listener: Listener, visit: Visit) -> None:
    listener.may_answer.set()
    visitor = visit(slack)
    visitor.page.get_by_role("button", name="Gapwatch", exact=True).click()
    expect(visitor.page.get_by_role("tabpanel")).to_contain_text("Your queue")

    visitor.page.get_by_role("button", name="More actions").click()
    expect(visitor.page.get_by_role("menuitem", name="First")).to_be_focused()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_role("tabpanel")).to_contain_text("Chosen: second")


def test_the_shortcut_of_a_message_is_in_its_menu(slack: Sandbox, listener: Listener, visit: Visit) -> None:
    slack.person("dana").says("an export", "billing")
    visitor = visit(slack)
    visitor.message("an export").hover()

    visitor.message("an export").get_by_role("button", name="More actions").click()
    visitor.page.get_by_role("menuitem", name="Reconcile this file").click()

    expect(visitor.modal.get_by_role("heading")).to_have_text("A form")
    assert listener.submitted == {}


def test_on_a_phone_one_thing_is_shown_at_a_time(slack: Sandbox, visit: Visit) -> None:
    first = slack.person("dana").says("first", "billing")
    slack.person("jo").says("an answer", "billing", thread=first)
    phone = visit(slack, viewport={"width": 390, "height": 780}, has_touch=True)

    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(phone.page.get_by_role("navigation")).to_be_hidden()
    phone.opens_thread("first")
    expect(phone.main).to_be_hidden()
    phone.presses("Close thread")
    phone.page.get_by_role("button", name="Copperline IT").click()
    expect(phone.page.get_by_role("navigation")).to_be_visible()
    phone.page.get_by_role("button", name="general", exact=True).click()
    expect(phone.page.get_by_role("heading", name="#general", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [(740, 360), (680, 425), (340, 212)])  # a phone on its side; 200 % and 400 % larger
def test_a_short_window_scrolls_rather_than_hide_what_is_said(
    guided: Sandbox, visit: Visit, size: tuple[int, int]
) -> None:
    for at in range(9):
        guided.person("dana").says(f"message {at}", "billing")
    visitor = visit(guided, viewport={"width": size[0], "height": size[1]})

    visitor.sees("message 8")
    stream = visitor.main.locator(".stream").bounding_box()
    assert stream is not None
    assert stream["height"] >= 100
    visitor.button("Send", visitor.main).scroll_into_view_if_needed()
    expect(visitor.button("Send", visitor.main)).to_be_in_viewport()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_guide_is_as_far_in_every_tab(guided: Sandbox, visit: Visit) -> None:
    here, there = visit(guided), visit(guided)
    there.is_led_to("Say who looks after whom")

    here.presses("Skip")

    there.is_led_to("Drop the two exports")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_light_or_dark_as_the_device_is_until_somebody_chooses(slack: Sandbox, visit: Visit, scheme: str) -> None:
    visitor = visit(slack, color_scheme=scheme)
    other = "Light" if scheme == "dark" else "Dark"
    before = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")

    visitor.presses(other)
    after = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
    visitor.page.reload()
    visitor.main.wait_for()

    assert before != after
    assert visitor.page.evaluate("getComputedStyle(document.body).backgroundColor") == after


def test_while_the_sandbox_is_away_the_page_says_so_and_goes_on_after_it(slack: Sandbox, visit: Visit) -> None:
    visitor = visit(slack)
    slack.thread.close()
    expect(visitor.page.get_by_role("status")).to_contain_text("The sandbox does not answer.")

    slack.address = slack.thread.open()
    slack.person("dana").says("back again", "billing")

    visitor.sees("back again")
    expect(visitor.page.get_by_role("status")).not_to_contain_text("does not answer")
    visitor.troubles.clear()  # the browser complained of what could not be reached, and rightly


def test_a_quantity_is_kept_while_somebody_types_it(guided: Sandbox, visit: Visit) -> None:
    dana = visit(guided)
    dana.goes("dana", "psa")
    dana.page.get_by_label("Find additions").fill("Halvorsen")
    quantity = dana.page.get_by_label("Quantity, Halvorsen Freight, Microsoft 365 Business Premium")
    quantity.fill("34")
    with dana.page.expect_response("**/psa/additions"):  # the books are read anew when somebody says something
        guided.person("jo").says("news", "general")
    expect(dana.page.get_by_role("button", name="general, 1 new")).to_be_visible()

    expect(quantity).to_have_value("34")
    quantity.press("Enter")

    expect(dana.page.get_by_text("1 corrected here")).to_be_visible()
    expect(quantity).to_have_value("34")


def test_an_address_that_leads_nowhere_leads_to_what_is_there(slack: Sandbox, visit: Visit) -> None:
    visitor = visit(slack)

    for address in ("nobody/nowhere", f"dana/{BILLING}/1.5", "dana/C0FINANCE01"):
        visitor.goes(address)
        expect(visitor.page.get_by_role("heading", name="#billing", exact=True)).to_be_visible()
    visitor.troubles.clear()  # as above

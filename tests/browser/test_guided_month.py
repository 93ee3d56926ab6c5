"""The guided month, played in a browser from the first drop to the weekly summary."""

from __future__ import annotations

from browser.conftest import Visit
from browser.visitor import Visitor
from playwright.sync_api import expect

from bot.sandbox import Workspace


def test_the_guided_month_can_be_played(trying: Workspace, visit: Visit) -> None:
    dana = visit(trying)

    drops_the_exports(dana)
    decides(dana)
    corrects_the_psa(dana)
    lets_a_week_pass(dana)
    looks_on_a_phone(visit(trying, "jo", viewport={"width": 390, "height": 844}, color_scheme="dark"))


def drops_the_exports(visitor: Visitor) -> None:
    visitor.is_led_to("Say who looks after whom")
    visitor.presses("Attach the file")
    expect(visitor.page.locator(".staged .sheet")).to_contain_text("jo@copperline.example")
    visitor.presses("Send")

    visitor.is_led_to("Drop the two exports")
    visitor.presses("Attach the files")
    expect(visitor.page.locator(".staged .sheet")).to_have_count(2)
    visitor.shows("exports-in-hand")
    visitor.presses("Send")
    visitor.sees("October 2026: about $959.54 and C$46.58 a month not billed")
    visitor.is_led_to("Follow an alert")
    visitor.shows("result")


def decides(visitor: Visitor) -> None:
    visitor.presses("Take me there")
    visitor.opens_thread("Halvorsen Freight")
    visitor.is_led_to("Ask why")
    visitor.shows("alert")
    gap = visitor.gap("Business Premium")
    visitor.presses("Why?", gap)
    visitor.sees("What would settle it", visitor.thread)
    expect(visitor.thread.get_by_text("Only visible to you")).to_be_visible()
    visitor.shows("why")

    visitor.is_led_to("Approve a correction")
    visitor.presses("Approve", gap)
    visitor.sees("Approved by", visitor.thread)
    visitor.is_led_to("Dismiss another")
    visitor.shows("approved")

    visitor.opens_thread("Eastlake")
    visitor.presses("Dismiss…", visitor.gap("Exclaimer"))
    visitor.modal.get_by_label("Bundled").check()
    visitor.modal.get_by_label("Until").fill("2027-03-31")
    visitor.shows("dismiss")
    visitor.presses("Dismiss", visitor.modal)
    visitor.sees("bundled until 31 Mar 2027", visitor.thread)

    visitor.is_led_to("Change your mind")
    visitor.presses("Undo", visitor.message("bundled until 31 Mar 2027", visitor.thread))
    expect(visitor.gap("Exclaimer")).to_be_visible()

    visitor.presses("Same as…", visitor.gap("Proofpoint"))
    search = visitor.modal.get_by_role("combobox")
    search.fill("Email Sec")
    visitor.modal.get_by_role("option", name="Email Security Gateway - Advanced").click()
    expect(search).to_have_value("Email Security Gateway - Advanced (Proofpoint)")
    visitor.shows("same-as")
    visitor.page.keyboard.press("Escape")
    expect(visitor.modal).to_have_count(0)

    visitor.is_led_to("Settle a name")
    visitor.presses("Take me there")
    visitor.opens_thread("October 2026")
    visitor.presses("Same as Stonewall Pizza (Ferraro)", visitor.message("Ferraro", visitor.thread))
    visitor.sees("3 below your thresholds", visitor.thread)
    visitor.shows("settled")
    visitor.is_led_to("Fix it in the PSA")


def corrects_the_psa(visitor: Visitor) -> None:
    visitor.presses("Take me there")
    quantity = visitor.page.get_by_label("Quantity, Halvorsen Freight, Microsoft 365 Business Premium")
    expect(quantity).to_have_value("31")
    quantity.fill("34")
    quantity.press("Enter")
    expect(visitor.page.get_by_text("217 additions, 1 corrected here")).to_be_visible()
    visitor.shows("psa")
    visitor.is_led_to("Some days pass")


def lets_a_week_pass(visitor: Visitor) -> None:
    visitor.presses("Go to Friday")
    visitor.is_led_to("Drop the new exports")
    visitor.presses("Attach the files")
    expect(visitor.page.locator(".staged .sheet")).to_have_count(2)
    visitor.presses("Send")
    visitor.sees("November 2026")
    visitor.shows("second-result")

    visitor.is_led_to("See what became of it")
    visitor.presses("Take me there")
    visitor.opens_thread("Halvorsen Freight")
    visitor.sees("recovered", visitor.thread)
    visitor.shows("recovered")

    visitor.goes("sam", "messages")
    visitor.opens_thread("Westmere")
    visitor.sees("Grew from about $157.50 to about $283.50 a month", visitor.thread)
    visitor.shows("grown")
    visitor.is_led_to("Read the week")
    visitor.presses("Go to next week")
    visitor.sees("Week of 2 Nov 2026: $78.00 a month recovered")
    visitor.is_led_to("That was the month")
    picture = visitor.page.get_by_role("article").last.get_by_role("img", name="$78.00")
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    visitor.shows("week")


def looks_on_a_phone(visitor: Visitor) -> None:
    visitor.presses("Hide")
    visitor.goes("jo", "messages")
    visitor.opens_thread("Eastlake")
    visitor.thread.get_by_role("article").first.scroll_into_view_if_needed()
    visitor.shows("phone")

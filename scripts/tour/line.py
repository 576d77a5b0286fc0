"""The support line from both sides: somebody writes on a phone, an advocate answers at the desk."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from scripts.tour.camera import PHONE, Shown, new_page, save
from scripts.tour.staff import staff_page
from tests.journeys.live import LiveSite

PASSPHRASE = "seven otters row home"  # noqa: S105 - of a picture
HERS = "I want to leave before the weekend. I have two boys and a dog."
HIS_OWN = "Estoy en el trabajo. ¿Puedo escribir ahora?"
ANSWER = "I am here. Take your time. Is it safe to write just now?"
SECOND = "There are places that take boys and dogs. Shall we look together?"

SHOWN: list[Shown] = [
    ("phone-talk", "what she should know before she writes to the line, and three ways"),
    ("phone-chat", "a chat; her own browser locks and opens the words"),
    ("phone-words", "six words to come back with"),
    ("phone-back", "coming back"),
    ("phone-chat-es-no-script", "the same chat in Spanish on a phone that runs no scripts"),
    ("staff-gate", "an advocate's first visit: her key is made in her own browser"),
    ("staff-desk", "the desk: who waits, and chats side by side"),
    ("staff-figures", "waits and loads for coordinators; counts under five are not shown"),
    ("staff-roster", "who is on, which is what visitors are told"),
    ("staff-desk-es", "the same desk for somebody who chose Spanish"),
]


def look_at_the_line(browser: Browser, site: LiveSite) -> list[Shown]:
    """Hold two chats, one with scripts and one without, and take both sides of them."""
    desk = staff_page(browser, site, "coordinator")
    desk.goto("/staff/desk/")
    desk.wait_for_selector("[data-room=make]:not([hidden])")
    save(desk, "staff-gate")
    _come_on(desk)
    hers = _open_chat(browser, site)
    his = _open_chat_without_scripts(browser, site)
    _answer(desk, hers)
    save(desk, "staff-desk")
    his.click("[data-line=refresh]")
    his.evaluate("document.querySelector('#back').scrollIntoView()")
    save(his, "phone-chat-es-no-script")
    _keep(hers)
    _look_back(browser, site)
    for name, path in (("staff-figures", "figures"), ("staff-roster", "roster")):
        desk.goto(f"/staff/desk/{path}/")
        save(desk, name)
    _look_in_spanish(desk)
    for page in (desk, hers, his):
        page.context.close()
    return SHOWN


def _come_on(desk: Page) -> None:
    """Make her key and the team's, and be on."""
    desk.fill("#make-passphrase", PASSPHRASE)
    desk.fill("#make-again", PASSPHRASE)
    desk.click("[data-room=make] .button")
    desk.wait_for_selector("[data-room=code]:not([hidden])")
    desk.fill("#code-last", desk.inner_text("[data-code]")[-4:])
    desk.click("[data-room=code] form .button")
    desk.click("[data-make-first]")
    desk.wait_for_selector("[data-make-first]", state="hidden")
    desk.click("[data-presence=on]")
    desk.wait_for_selector("[data-presence=on][aria-pressed=true]")


def _open_chat(browser: Browser, site: LiveSite) -> Page:
    page = new_page(browser, site.base, PHONE)
    page.goto("/en/talk/")
    save(page, "phone-talk")
    page.click("[data-line=chat] button.button")
    page.fill("#text", HERS)
    page.click("[data-line=write] .button")
    page.get_by_text(HERS).wait_for()
    return page


def _open_chat_without_scripts(browser: Browser, site: LiveSite) -> Page:
    page = new_page(browser, site.base, PHONE, scripts=False)
    page.goto("/es/talk/")
    page.click("[data-line=chat] button.button")
    page.locator(".soon, [data-line=chat-page]").first.wait_for()
    if page.locator(".soon").count():
        page.click(".soon")
    field = page.frame_locator("iframe[name=line-write]")
    field.locator("textarea").fill(HIS_OWN)
    field.locator("button").click()
    field.locator("[role=status]:not(:empty)").wait_for()
    return page


def _answer(desk: Page, hers: Page) -> None:
    """Take both, and answer her, so that her pane is the one in use."""
    for _ in range(2):
        desk.click("[data-show=waiting]")
        desk.click("[data-queue] li button >> nth=0")
        desk.wait_for_selector(".pane.is-new, .pane textarea:focus")
    pane = desk.locator(".pane").filter(has_text=HERS)
    for words in (ANSWER, SECOND):
        pane.locator("[data-write] textarea").fill(words)
        pane.locator("[data-write] textarea").press("Enter")
        hers.get_by_text(words).wait_for()
    hers.evaluate("document.querySelector('#back').scrollIntoView()")
    save(hers, "phone-chat")


def _look_in_spanish(desk: Page) -> None:
    """Take the same desk in Spanish, her key opened again; what follows is in English as before."""
    _choose_language(desk, "es")
    desk.goto("/staff/desk/")
    desk.fill("#unlock-passphrase", PASSPHRASE)
    desk.click("[data-room=unlock] .button >> nth=0")
    desk.get_by_text(ANSWER).wait_for()
    desk.wait_for_selector(".pane >> nth=1")
    desk.click("[data-show=chats]")
    save(desk, "staff-desk-es")
    _choose_language(desk, "en")


def _choose_language(desk: Page, code: str) -> None:
    desk.goto("/staff/me/")
    desk.select_option("[name=language]", code)
    desk.click("[action$='/me/language/'] button")
    desk.wait_for_selector(f"html[lang={code}]")


def _keep(hers: Page) -> None:
    hers.click("[data-line=keep]")
    hers.wait_for_selector(".six li >> nth=5")
    hers.evaluate("document.querySelector('.six').scrollIntoView({block: 'center'})")
    save(hers, "phone-words")


def _look_back(browser: Browser, site: LiveSite) -> None:
    page = new_page(browser, site.base, PHONE)
    page.goto("/en/talk/back/")
    page.wait_for_selector("#words")
    save(page, "phone-back")
    page.context.close()

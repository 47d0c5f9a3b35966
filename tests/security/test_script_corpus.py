"""Whatever is typed into any field: nothing runs when it is shown, and it is shown as typed.

Source: OWASP ASVS 5.0, 1.2. The corpus follows OWASP's cheat sheet on filter evasion.
"""

import bleach
import pytest
from playwright.sync_api import Dialog, Page

from portal.core.prose import prose
from tests.access.scene import Scene
from tests.fixtures.browser import Live, OpenWindow
from tests.fixtures.people import SomePerson
from tests.security.forms import Field, Form, walk
from tests.security.typist import Reached, Typist

CORPUS = (
    "<script>ran()</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT>",
    "</textarea></title><script>ran()</script>",
    "<img src=x onerror=ran()>",
    "<svg onload=ran()><animate onbegin=ran() attributeName=x dur=1s>",
    "<svg><script>ran()</script></svg>",
    "<math><mi xlink:href=javascript:ran()>x</mi></math>",
    '"autofocus onfocus="ran()',
    "' style='background:url(javascript:ran())",
    "<a href=javascript:ran()>a way on</a>",
    "javascript:ran()",
    "https://example.org/'onmouseover='ran()",
    'https://example.org/"onclick="ran()',
    "data:text/html,<script>ran()</script>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<b>a tag that is never closed <i><table><td>",
    "<!-- a remark that never ends",
    "<![CDATA[<script>ran()</script>]]>",
    "{{7*7}} ${7*7} {% raw %} #{7*7} <%= 7*7 %>",
    "{{ config }} %(name)s {0} %s",
    "&lt;script&gt; &#x3C;script&#x3E; &amp;",
    "a\u202etxt.exe\u202c and \u2066on\u2069",
    "a null\x00byte and a bell\x07",
    "\U0001f9d8\U0001f3fd\u200d\u2640\ufe0f \U0001d4d7\U0001d4ee\U0001d4f5\U0001d4f5\U0001d4f8",
    "Z\u0334\u0338\u0351\u030aalgo\u0321\u0328",
    "w" * 180,
    "<base href=//example.org><meta http-equiv=refresh content=0;url=//example.org>",
    "<form action=//example.org><button>Send</button></form>",
    "<style>*{display:none}</style><link rel=stylesheet href=//example.org>",
)
SHORT = "\"'><img src=x onerror=ran()></title><script>ran()</script>{{7*7}}"
ONLY_SEEN_APART = ("\x00", "\u202e", "\u2066")
WATCH = """
window.violations = [];
window.hasRun = false;
window.ran = () => { window.hasRun = true; };
document.addEventListener("securitypolicyviolation",
  (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
LOOK = """() => ({
  hasRun: window.hasRun, violations: window.violations, address: location.origin,
  text: document.body.innerText + [...document.querySelectorAll("input,textarea")]
    .map((each) => each.value).join("\\n"),
  strange: document.querySelectorAll("main script, iframe, object, embed, base, main style, math, "
    + "main [onerror], main [onload], [onfocus], a[href^='javascript' i]").length,
})"""


class Attacker(Typist):
    """Types the corpus: all of it where there is room, the worst of it where there is little."""

    def try_what_goes_wrong(self, form: Form) -> None:
        """Nothing here goes wrong on purpose."""

    def word_for(self, each: Field) -> str:
        if each.name == "address":
            return super().word_for(each)
        self.reached.words += 1
        return "\n".join(CORPUS) if each.kind == "textarea" else SHORT


@pytest.mark.browser
@pytest.mark.timeout(400)
def test_nothing_that_was_typed_runs_and_all_is_shown(live: Live, open_window: OpenWindow) -> None:
    live.app.config["RATELIMIT_ENABLED"] = False
    scene, reached = Scene(live.app), Reached()
    roles = {"owner": scene.ingrid, "worker": scene.anna}
    attackers = {role: Attacker(scene, role, scene.client(role), reached) for role in roles}
    for role in (*roles, "owner"):
        attackers[role].fill_everything()
    assert len(reached.endpoints) > 40
    shown = [
        look_everywhere(open_window(), live.url, scene, person, role)
        for role, person in roles.items()
    ]
    words = " ".join("\n".join(shown).split())
    typed = [each for each in (*CORPUS, SHORT) if not any(odd in each for odd in ONLY_SEEN_APART)]
    assert [each for each in typed if " ".join(each.split()) not in words] == []


def look_everywhere(page: Page, url: str, scene: Scene, person: SomePerson, role: str) -> str:
    """See every page that shows what was typed; gives all that is to be read there."""
    dialogs: list[str] = []

    def note_dialog(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    errors: list[str] = []
    page.add_init_script(WATCH)
    page.on("dialog", note_dialog)
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    name = person.cookie_name()
    page.context.add_cookies([{"name": name, "value": person.new_cookie(), "url": url}])
    seen = []
    pages = walk(scene, role, person.new_client())
    shown = (each for each in pages if each.status_code == 200 and each.mimetype == "text/html")
    hostile = [each for each in shown if "ran()" in each.text]
    assert len(hostile) > 15
    for path in (each.request.full_path.rstrip("?") for each in hostile):
        page.goto(path, wait_until="load")
        found = page.evaluate(LOOK)
        assert not found["hasRun"], path
        assert found["violations"] == [], path
        assert found["strange"] == 0, path
        assert found["address"] == url, path
        seen.append(found["text"])
    assert dialogs == []
    assert errors == []
    return "\n".join(seen)


@pytest.mark.parametrize("typed", CORPUS)
def test_a_second_opinion_finds_nothing_to_take_away(typed: str) -> None:
    made = str(prose(typed))
    again = bleach.clean(
        made, tags={"p", "a", "br"}, attributes={"a": ["href", "rel", "target"]}, strip=True
    )
    assert again == bleach.clean(again, tags={"p", "a", "br"}, attributes={"a": ["href", "rel"]})
    assert again.count("<") == made.count("<")

// Where the page begins: it draws what the state says, and follows what happens.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Asking } from "./asking.js";
import { Guide } from "./guide.js";
import { AppPlace } from "./home.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { Modal } from "./modal.js";
import { Notes } from "./notes.js";
import { Psa } from "./psa.js";
import { Room, Thread } from "./room.js";
import { Sidebar } from "./sidebar.js";
import { follow, look, readAddress, tell, useState_ } from "./state.js";

function Page() {
  const { seen, here } = useState_();
  const [isSideOpen, setSide] = useState(false);
  const total = seen ? seen.channels.reduce((sum, one) => sum + one.unread, 0) : 0;
  useEffect(() => {
    if (seen) document.title = `${total ? `(${total}) ` : ""}${seen.team}`;
  }, [total, seen?.team]);
  if (!seen) return html`<p class="loading">Opening the workspace …</p><${Notes} />`;
  const thread = seen.place?.thread && here.thread;
  return html`
    <a class="skip" href="#main" onClick=${(event) => (event.preventDefault(), document.querySelector("main textarea, main [tabindex]")?.focus())}>Skip to messages</a>
    <${Guide} />
    <div class="workspace ${thread ? "with-thread" : ""} ${isSideOpen ? "side-open" : ""}">
      <button type="button" class="side-button" aria-expanded=${isSideOpen} onClick=${() => setSide(!isSideOpen)}><${Icon} name="menu" /> ${seen.team}</button>
      <${Sidebar} onGone=${() => setSide(false)} />
      <main id="main"><${Place} /></main>
      ${thread && html`<${Thread} />`}
    </div>
    <${Modal} /><${Asking} /><${Notes} />`;
}

function Place() {
  const { here, seen } = useState_();
  useEffect(() => tell({ act: "visit" }), [here.person, here.place]);
  if (here.place === "psa") return html`<${Psa} />`;
  const bot = seen.channels.find((one) => one.kind === "im" && one.other === seen.app.user);
  if (["home", "messages"].includes(here.place) || (bot && here.place === bot.id)) return html`<${AppPlace} />`;
  return html`<${Room} key=${`${here.person}/${here.place}`} />`;
}

readAddress();
addEventListener("popstate", () => (readAddress(), look()));
document.addEventListener("visibilitychange", () => look().catch(() => {}));
const page = document.getElementById("page");
page.replaceChildren();
render(html`<${Page} />`, page);
follow();

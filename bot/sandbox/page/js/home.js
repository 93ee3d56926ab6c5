// The app's own place: its home tab, and the direct messages with it.
import { useEffect } from "preact/hooks";
import { Blocks } from "./blocks.js";
import { html } from "./html.js";
import { Room } from "./room.js";
import { act } from "./desk.js";
import { go, look, state } from "./state.js";

export function AppPlace() {
  const { here, seen } = state;
  const tab = here.place === "home" ? "home" : "messages";
  useEffect(() => {
    act("home", { as: here.person, tab }).then(look).catch(() => {});
  }, [here.person, tab]);
  const head = html`<header class="head app-head">
    <h2>${seen.app.name}</h2>
    <div role="tablist" aria-label=${seen.app.name}>
      ${[["home", "Home"], ["messages", "Messages"]].map(([place, name]) => html`<button type="button" role="tab" id="tab-${place}"
        aria-selected=${tab === place} onClick=${() => go({ place })}>${name}</button>`)}
    </div>
  </header>`;
  if (tab === "messages") return html`<${Room} head=${head} />`;
  return html`<section class="room">${head}<div class="home" role="tabpanel" aria-labelledby="tab-home" tabindex="0"><${Home} view=${seen.screen.home} name=${seen.app.name} /></div></section>`;
}

function Home({ view, name }) {
  if (!view) return html`<p class="quiet">${name} has not drawn a home tab yet.</p>`;
  return html`<${Blocks} blocks=${view.blocks} spot=${{ kind: "home", view: view.id, values: view.state.values }} />`;
}

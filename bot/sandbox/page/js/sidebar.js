// The side: who one is, the channels and direct messages, what is new in them, and what stands beside Slack.
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { MenuButton } from "./menu.js";
import { Face, personOf } from "./people.js";
import { does, go, state } from "./state.js";
import { switchTheme, themeNow } from "./themes.js";

const unreadIn = (one) => one.unread + Object.values(one.unread_threads).reduce((sum, count) => sum + count, 0);

export function Sidebar({ onGone }) {
  const { seen, here } = state;
  const open = (place) => (go({ place }), onGone());
  const rooms = seen.channels.filter((one) => one.kind !== "im" && (one.is_member || !one.archived));
  const bot = seen.app.user;
  const talks = seen.channels.filter((one) => one.kind === "im" && one.other !== bot);
  const withBot = seen.channels.find((one) => one.kind === "im" && one.other === bot);
  const tools = state.guide?.has_psa ? [["psa", "PSA: what is billed"]] : [];
  return html`<nav class="sidebar" aria-label="Channels and direct messages">
    <${Who} />
    <h2>Channels</h2>
    <ul>${rooms.map((one) => html`<${Row} key=${one.id} sign=${one.kind === "private" ? "lock" : "hash"} name=${one.name} isOn=${here.place === one.id}
      unread=${unreadIn(one)} isFaint=${!one.is_member} onOpen=${() => open(one.id)} />`)}</ul>
    <h2>Direct messages</h2>
    <ul>
      ${talks.map((one) => html`<${Row} key=${one.id} face=${one.other} name=${personOf(one.other).real_name} isOn=${here.place === one.id}
        unread=${unreadIn(one)} onOpen=${() => open(one.id)} />`)}
      ${bot && html`<${Row} face=${bot} name=${seen.app.name} mark="APP" isOn=${["home", "messages", withBot?.id].includes(here.place)}
        unread=${withBot ? unreadIn(withBot) : 0} onOpen=${() => open(withBot && unreadIn(withBot) ? "messages" : "home")} />`}
    </ul>
    ${tools.length > 0 && html`<h2>Beside Slack</h2>
      <ul>${tools.map(([place, name]) => html`<${Row} sign="table" name=${name} isOn=${here.place === place} unread=${0} onOpen=${() => open(place)} />`)}</ul>`}
    <div class="sidebar-foot">
      <button type="button" class="as-link" onClick=${switchTheme}><${Icon} name=${themeNow() === "dark" ? "sun" : "moon"} size=${14} /> ${themeNow() === "dark" ? "Light" : "Dark"}</button>
      <span class="quiet">Local sandbox, not Slack</span>
    </div>
  </nav>`;
}

function Row({ sign, face, name, mark, isOn, unread, isFaint, onOpen }) {
  const spoken = unread ? `${name}, ${unread} new` : name;
  return html`<li><button type="button" class="row ${unread ? "new" : ""} ${isFaint ? "faint" : ""}" aria-current=${isOn ? "page" : undefined}
    aria-label=${spoken} onClick=${onOpen}>
    ${face ? html`<${Face} id=${face} size="small" />` : html`<span class="row-sign"><${Icon} name=${sign} size=${15} /></span>`}
    <span class="row-name">${name}</span>${mark && html`<span class="app-mark">${mark}</span>`}
    ${unread > 0 && html`<span class="badge">${unread}</span>`}
  </button></li>`;
}

function Who() {
  const { seen } = state;
  const me = personOf(seen.me);
  const others = Object.values(seen.people).filter((one) => !one.is_bot && !one.deleted);
  const items = others.map((one) => ({
    sign: html`<${Face} id=${one.id} size="small" />`,
    label: one.real_name,
    about: one.unread && one.id !== seen.me ? `${one.title} · ${one.unread} new` : one.title,
    isOn: one.id === seen.me,
    name: one.name,
  }));
  const become = ({ name }) => go({ person: name, place: ["home", "messages", "psa"].includes(state.here.place) ? state.here.place : keptPlace() });
  const elsewhere = others.some((one) => one.unread && one.id !== seen.me);
  return html`<div class="who">
    <h1>${seen.team}</h1>
    <${MenuButton} kind="person" label="You are ${me.real_name}. Be somebody else" items=${items} onPick=${become}
      sign=${html`<${Face} id=${me.id} /><span class="who-words"><strong>${me.real_name}</strong><small>${me.title}</small></span>
      ${elsewhere && html`<span class="dot" title="Somebody else has news"></span>`}<${Icon} name="down" size=${16} />`} />
  </div>`;
}

// A channel that everybody sees stays open; a private one is left behind.
function keptPlace() {
  const here = state.seen.channels.find((one) => one.id === state.here.place);
  return here?.kind === "public" ? here.id : "";
}

export const join = (channel) => does("enter", { channel }, "join");

// One message: who said it, what it says, its files, its thread, and what can be done with it.
import { Component } from "preact";
import { Blocks } from "./blocks.js";
import { full, shortTime, time } from "./dates.js";
import { Files } from "./files.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { MenuButton } from "./menu.js";
import { Mrkdwn } from "./mrkdwn.js";
import { Face, personOf } from "./people.js";
import { does, go, state } from "./state.js";

const DIFFERENT = ["message", "isFirst", "inThread", "unread", "turn"];

// Redrawn only when something about it changed; `turn` counts what is under way in it.
export class Message extends Component {
  shouldComponentUpdate(next) {
    return DIFFERENT.some((name) => next[name] !== this.props[name]);
  }

  render({ message, isFirst, inThread, unread }) {
    const person = personOf(message.user);
    const name = message.username || person.real_name;
    const label = `${name}, ${full(message.ts)}`;
    const kind = `message ${isFirst ? "first" : "more"} ${message.is_ephemeral ? "ephemeral" : ""}`;
    return html`<article class=${kind} aria-label=${label} data-ts=${message.ts}>
      ${isFirst ? html`<${Face} id=${message.user} />` : html`<time class="beside">${shortTime(message.ts)}</time>`}
      <div class="said">
        ${message.is_ephemeral && html`<p class="only-you"><${Icon} name="eye" size=${14} /> Only visible to you</p>`}
        ${isFirst && html`<p class="by"><strong>${name}</strong>${person.is_bot && html`<span class="app-mark">APP</span>`}
          <time title=${full(message.ts)}>${time(message.ts)}</time></p>`}
        ${message.subtype === "thread_broadcast" && html`<p class="quiet">replied to a thread</p>`}
        <${Said} message=${message} />
        ${message.edited && html`<span class="quiet"> (edited)</span>`}
        ${message.files && html`<${Files} files=${message.files} />`}
        ${!inThread && message.reply_count > 0 && html`<${Replies} message=${message} unread=${unread} />`}
      </div>
      <${Tools} message=${message} inThread=${inThread} />
    </article>`;
  }
}

const attached = (message) => (message.attachments ?? []).flatMap((one) => one.blocks ?? []);

function Said({ message }) {
  const blocks = message.blocks ?? [];
  const all = [...blocks, ...attached(message)];
  const spot = { kind: "message", channel: message.channel, ts: message.ts, blocks: all };
  const isTyped = blocks.length === 0 || (!message.bot_id && blocks.every((block) => block.type === "rich_text"));
  return html`
    ${isTyped ? message.text && html`<${Mrkdwn} text=${message.text} />` : html`<${Blocks} blocks=${blocks} spot=${spot} />`}
    ${(message.attachments ?? []).map((one) => html`<div class="attachment">
      ${one.pretext && html`<${Mrkdwn} text=${one.pretext} />`}
      ${one.blocks ? html`<${Blocks} blocks=${one.blocks} spot=${spot} />` : html`<${Mrkdwn} text=${one.text ?? one.fallback ?? ""} />`}
    </div>`)}`;
}

function Replies({ message, unread }) {
  const count = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  return html`<button type="button" class="replies" onClick=${() => go({ place: state.here.place, thread: message.ts })}>
    ${message.reply_users.map((id) => html`<${Face} key=${id} id=${id} size="tiny" />`)}
    <strong>${count}</strong>${unread > 0 && html`<span class="badge">${unread} new</span>`}
    <span class="quiet">last at ${time(message.latest_reply)}</span>
  </button>`;
}

function Tools({ message, inThread }) {
  const shortcuts = state.seen.app.shortcuts.filter((one) => one.type === "message");
  const where = { channel: message.channel, ts: message.ts };
  const mine = message.user === state.seen.me;
  const items = [
    ...shortcuts.map((one) => ({ label: one.name, about: state.seen.app.name, run: () => does("shortcut", { what: one.callback_id, ...where }) })),
    ...(mine ? [{ label: "Delete message", kind: "danger", run: () => does("unsay", where) }] : []),
  ];
  if (message.is_ephemeral || message.subtype === "tombstone") return null;
  const open = () => go({ place: state.here.place, thread: message.thread_ts || message.ts });
  return html`<div class="tools">
    ${!inThread && html`<button type="button" class="sign" aria-label="Reply in thread" title="Reply in thread" onClick=${open}><${Icon} name="reply" size=${16} /></button>`}
    ${items.length > 0 && html`<${MenuButton} label="More actions" sign=${html`<${Icon} name="more" size=${16} />`} items=${items} onPick=${(item) => item.run()} />`}
  </div>`;
}

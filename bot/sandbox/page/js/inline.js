// Links, mentions and dates within a line.
import { dotOf, emojiOf } from "./emoji.js";
import { html } from "./html.js";
import { go, state } from "./state.js";
import { day, time } from "./dates.js";

const SAFE = /^(https?:|mailto:|tel:)/i;
const MESSAGE = /\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?(?:\?.*thread_ts=([\d.]+))?/;

export function Link({ href, children }) {
  if (!SAFE.test(href)) return html`<span>${children}</span>`;
  const inside = /\.slack\.com\/archives\//.test(href) && MESSAGE.exec(href);
  const follow = (event) => {
    event.preventDefault();
    go({ place: inside[1], thread: inside[4] ?? (inside[2] ? `${inside[2]}.${inside[3]}` : "") });
  };
  return html`<a href=${href} target="_blank" rel="noopener noreferrer" onClick=${inside ? follow : undefined}>
    ${children}
  </a>`;
}

export function Mention({ id, label }) {
  const known = state.seen?.people[id];
  const isMe = id === state.seen?.me;
  return html`<span class=${isMe ? "mention me" : "mention"}>@${label ?? known?.real_name ?? id}</span>`;
}

export function Channel({ id, label }) {
  const known = state.seen?.channels.find((one) => one.id === id);
  const name = label || known?.name || id;
  return html`<button type="button" class="mention as-link" onClick=${() => go({ place: id })}>#${name}</button>`;
}

export function Emoji({ name }) {
  const colour = dotOf(name);
  return colour ? html`<span class="emoji-dot ${colour}" role="img" aria-label="${colour} circle"></span>` : (emojiOf(name) ?? `:${name}:`);
}

// As in `<!date^1767225600^{date_short} at {time}|1 Jan 2026>`.
export function When({ told, fallback }) {
  const [, seconds, pattern] = told.split("^");
  const at = Number(seconds);
  if (!Number.isFinite(at) || !pattern) return html`<span>${fallback ?? ""}</span>`;
  const text = pattern
    .replace(/\{date[a-z_]*\}/g, day(at, "long"))
    .replace(/\{time[a-z_]*\}/g, time(at))
    .replace(/\{ago\}/g, day(at, "long"));
  return html`<time datetime=${new Date(at * 1000).toISOString()}>${text}</time>`;
}

// Slack's markup, drawn: bold, italics, strike, code, quotes, links, mentions, dates, emoji.
import { html } from "./html.js";
import { Channel, Emoji, Link, Mention, When } from "./inline.js";

const FENCE = /```\n?([\s\S]*?)\n?```/g;
const TOKEN = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    ":(?<emoji>[a-z0-9_+'-]+(?:::skin-tone-\\d)?):",
    "(?<![\\w*])\\*(?<bold>(?=\\S)[^*\\n]*?[^\\s*])\\*(?![\\w*])",
    "(?<![\\w_])_(?<italic>(?=\\S)[^_\\n]*?[^\\s_])_(?![\\w_])",
    "(?<![\\w~])~(?<strike>(?=\\S)[^~\\n]*?[^\\s~])~(?![\\w~])",
  ].join("|"),
  "g",
);

export const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export function Mrkdwn({ text }) {
  return html`<div class="mrkdwn">${fenced(text)}</div>`;
}

export function fenced(text) {
  return split(text, FENCE, (found) => html`<pre><code>${plain(bare(found[1]))}</code></pre>`, quoted);
}

function quoted(text) {
  const parts = [];
  for (const line of text.split("\n")) {
    const isQuote = /^(&gt;|>)\s?/.test(line);
    const last = parts.at(-1);
    const said = isQuote ? line.replace(/^(&gt;|>)\s?/, "") : line;
    if (last && last.isQuote === isQuote) last.lines.push(said);
    else parts.push({ isQuote, lines: [said] });
  }
  return parts.map(({ isQuote, lines }) => (isQuote ? html`<blockquote>${broken(lines)}</blockquote>` : broken(lines)));
}

const broken = (lines) => lines.flatMap((line, place) => (place ? [html`<br />`, ...inline(line)] : inline(line)));

export function inline(text) {
  return split(text, TOKEN, drawn, (rest) => [plain(rest)]);
}

function drawn({ groups }) {
  if (groups.code) return html`<code>${plain(bare(groups.code))}</code>`;
  if (groups.angle) return angled(groups.angle);
  if (groups.emoji) return html`<${Emoji} name=${groups.emoji} />`;
  if (groups.bold) return html`<strong>${inline(groups.bold)}</strong>`;
  if (groups.italic) return html`<em>${inline(groups.italic)}</em>`;
  return html`<s>${inline(groups.strike)}</s>`;
}

function angled(inside) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (target.startsWith("@")) return html`<${Mention} id=${target.slice(1)} label=${label} />`;
  if (target.startsWith("#")) return html`<${Channel} id=${target.slice(1)} label=${label} />`;
  if (target.startsWith("!date^")) return html`<${When} told=${target} fallback=${label} />`;
  if (target.startsWith("!")) return html`<span class="mention">@${label ?? target.slice(1)}</span>`;
  return html`<${Link} href=${plain(target)}>${label ? inline(label) : plain(target)}<//>`;
}

// In code, a link shows its address and nothing is bold.
const bare = (text) => text.replace(/<(https?:[^|>]+)(\|[^>]*)?>/g, "$1");

function split(text, pattern, draw, between) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > end) parts.push(...between(text.slice(end, found.index)));
    parts.push(draw(found));
    end = found.index + found[0].length;
  }
  if (end < text.length) parts.push(...between(text.slice(end)));
  return parts;
}

// Rich text, drawn: sections, lists, quotes and code, as people and apps write them.
import { html } from "./html.js";
import { Channel, Emoji, Link, Mention } from "./inline.js";

export function Rich({ block }) {
  return html`<div class="rich">${block.elements.map(part)}</div>`;
}

function part(element) {
  switch (element.type) {
    case "rich_text_list":
      return list(element);
    case "rich_text_quote":
      return html`<blockquote>${element.elements.map(piece)}</blockquote>`;
    case "rich_text_preformatted":
      return html`<pre><code>${element.elements.map(piece)}</code></pre>`;
    default:
      return html`<p>${element.elements.map(piece)}</p>`;
  }
}

function list(element) {
  const items = element.elements.map((item) => html`<li>${item.elements.map(piece)}</li>`);
  const deep = `indent-${Math.min(element.indent ?? 0, 5)}`;
  if (element.style === "ordered") return html`<ol class=${deep} start=${(element.offset ?? 0) + 1}>${items}</ol>`;
  return html`<ul class=${deep}>${items}</ul>`;
}

function piece(element) {
  switch (element.type) {
    case "text":
      return styled(element.text, element.style);
    case "link":
      return styled(html`<${Link} href=${element.url}>${element.text || element.url}<//>`, element.style);
    case "user":
      return html`<${Mention} id=${element.user_id} />`;
    case "channel":
      return html`<${Channel} id=${element.channel_id} />`;
    case "broadcast":
      return html`<span class="mention">@${element.range}</span>`;
    case "emoji":
      return html`<${Emoji} name=${element.name} />`;
    case "date":
      return element.fallback ?? "";
    default:
      return null;
  }
}

function styled(inside, style = {}) {
  let drawn = inside;
  if (style.code) drawn = html`<code>${drawn}</code>`;
  if (style.strike) drawn = html`<s>${drawn}</s>`;
  if (style.italic) drawn = html`<em>${drawn}</em>`;
  if (style.bold) drawn = html`<strong>${drawn}</strong>`;
  return drawn;
}

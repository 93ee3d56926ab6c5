// The markdown block: headings, lists and paragraphs of standard Markdown, as far as apps use it here.
import { html } from "./html.js";
import { Link } from "./inline.js";

const PIECE = /`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*]+)\*|_(?<under>[^_]+)_|~~(?<strike>[^~]+)~~|\[(?<label>[^\]]+)\]\((?<href>[^)\s]+)\)/g;

export function Markdown({ block }) {
  return html`<div class="rich">${block.text.split(/\n{2,}/).map(paragraph)}</div>`;
}

function paragraph(text) {
  const lines = text.split("\n");
  const heading = /^(#{1,6})\s+(.*)$/.exec(text);
  if (heading) return html`<h4>${pieces(heading[2])}</h4>`;
  if (lines.every((line) => /^[-*]\s/.test(line))) return html`<ul>${lines.map((line) => html`<li>${pieces(line.slice(2))}</li>`)}</ul>`;
  if (lines.every((line) => /^\d+\.\s/.test(line))) return html`<ol>${lines.map((line) => html`<li>${pieces(line.replace(/^\d+\.\s/, ""))}</li>`)}</ol>`;
  if (lines.every((line) => line.startsWith(">"))) return html`<blockquote>${pieces(lines.map((line) => line.slice(1).trim()).join(" "))}</blockquote>`;
  return html`<p>${lines.flatMap((line, at) => (at ? [html`<br />`, ...pieces(line)] : pieces(line)))}</p>`;
}

function pieces(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(PIECE)) {
    parts.push(text.slice(end, found.index), drawn(found.groups));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

function drawn({ code, bold, italic, under, strike, label, href }) {
  if (code) return html`<code>${code}</code>`;
  if (bold) return html`<strong>${bold}</strong>`;
  if (strike) return html`<s>${strike}</s>`;
  if (href) return html`<${Link} href=${href}>${label}<//>`;
  return html`<em>${italic ?? under}</em>`;
}

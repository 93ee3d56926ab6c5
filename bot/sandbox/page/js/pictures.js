// Pictures: those in the sandbox are shown; those elsewhere are only named, for nothing is fetched from the network.
import { addressOf } from "./desk.js";
import { html } from "./html.js";
import { Link } from "./inline.js";

const FILE = /\/files-pri\/[A-Z0-9]+-(F[A-Z0-9]+)\//;

function sourceOf({ image_url: url, slack_file: file }) {
  const id = file?.id ?? FILE.exec(file?.url ?? url ?? "")?.[1];
  return id ? addressOf(id) : "";
}

export function Picture({ of, kind }) {
  const source = sourceOf(of);
  const title = of.title?.text;
  const shown = source
    ? html`<img class="picture ${kind}" src=${source} alt=${of.alt_text ?? ""} loading="lazy" />`
    : html`<${Link} href=${of.image_url ?? ""}>${of.alt_text}<//>`;
  if (kind !== "wide") return shown;
  return html`<figure>${title && html`<figcaption>${title}</figcaption>`}${shown}</figure>`;
}

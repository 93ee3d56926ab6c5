// Files in messages: what they are, a look inside, and the way to have them.
import { useEffect, useRef, useState } from "preact/hooks";
import { addressOf } from "./desk.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { isTable, readRows } from "./sheets.js";

const UNITS = ["B", "kB", "MB", "GB"];
const ROWS_SHOWN = 100;

export function sizeOf(bytes) {
  const power = bytes ? Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1) : 0;
  const amount = bytes / 1000 ** power;
  return `${power ? amount.toFixed(1) : amount} ${UNITS[power]}`;
}

const isPicture = (file) => file.mimetype?.startsWith("image/");

export function Files({ files }) {
  return html`<div class="files">${files.map((file) => html`<${One} key=${file.id} file=${file} />`)}</div>`;
}

function One({ file }) {
  const [isOpen, setOpen] = useState(false);
  if (file.mode === "tombstone") return html`<p class="quiet">This file was deleted.</p>`;
  const address = addressOf(file.id);
  const looks = isPicture(file) || isTable(file.name);
  return html`<div class="file">
    ${isPicture(file) && html`<img class="picture wide" src=${address} alt=${file.title} loading="lazy" />`}
    <div class="file-line">
      <span class="file-sign" aria-hidden="true">${(file.filetype ?? "").slice(0, 4)}</span>
      <span class="file-words"><strong>${file.name}</strong><small>${file.pretty_type} · ${sizeOf(file.size)}</small></span>
      ${looks && html`<button type="button" class="button" onClick=${() => setOpen(true)} aria-label="Look into ${file.name}">Look</button>`}
      <a class="button" href=${address} download=${file.name} aria-label="Download ${file.name}">Download</a>
    </div>
    ${isOpen && html`<${Look} file=${file} onClose=${() => setOpen(false)} />`}
  </div>`;
}

function Look({ file, onClose }) {
  const box = useRef(null);
  const [rows, setRows] = useState(null);
  useEffect(() => box.current.showModal(), []);
  useEffect(() => {
    if (isTable(file.name)) fetch(addressOf(file.id)).then((read) => readRows(file.name, read.body, ROWS_SHOWN)).then(setRows);
  }, []);
  return html`<dialog class="look" ref=${box} aria-label=${file.name} onClose=${onClose}>
    <div class="dialog-head"><h2>${file.name}</h2><button type="button" class="sign" aria-label="Close" onClick=${() => box.current.close()}><${Icon} name="close" /></button></div>
    ${isPicture(file) ? html`<img class="picture whole" src=${addressOf(file.id)} alt=${file.title} />` : html`<${Sheet} rows=${rows ?? []} />`}
  </dialog>`;
}

export function Sheet({ rows }) {
  return html`<div class="table sheet" role="region" aria-label="Rows" tabindex="0"><table><tbody>
    ${rows.map((row, at) => html`<tr><th scope="row">${at + 1}</th>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
  </tbody></table></div>`;
}

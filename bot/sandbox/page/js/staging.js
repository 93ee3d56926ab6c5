// Files that wait to be sent: handed in at once, shown with their first rows, taken away again if not wanted.
import { useEffect, useState } from "preact/hooks";
import { addressOf, handIn } from "./desk.js";
import { Sheet, sizeOf } from "./files.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { isTable, readRows } from "./sheets.js";
import { draw, note, state } from "./state.js";

const ROWS = 6;
let taken = 0;

export function stage(at, list) {
  for (const file of list) stageOne(at, file);
}

async function stageOne(at, file) {
  const waiting = { key: (taken += 1), name: file.name, size: file.size, head: isTable(file.name) ? await readRows(file.name, file.stream(), ROWS) : null };
  put(at, [...here(at), waiting]);
  try {
    const made = await handIn(state.here.person, file);
    put(at, here(at).map((one) => (one === waiting ? { ...one, id: made.id } : one)));
  } catch (flaw) {
    note(`${file.name} could not be handed in: ${flaw.message}`, "warning");
    put(at, here(at).filter((one) => one !== waiting));
  }
}

export const here = (at) => state.staged[at] ?? [];

export function put(at, files) {
  state.staged[at] = files;
  draw();
}

export function Staged({ at }) {
  if (!here(at).length) return null;
  const drop = (file) => put(at, here(at).filter((one) => one !== file));
  return html`<ul class="staged" aria-label="Files to send">${here(at).map((file) => html`<li key=${file.key ?? file.id} aria-busy=${!file.id}>
    <div class="file-line">
      <span class="file-sign" aria-hidden="true">${file.name.split(".").at(-1).slice(0, 4)}</span>
      <span class="file-words"><strong>${file.name}</strong><small>${sizeOf(file.size)}${file.id ? "" : " · on its way …"}</small></span>
      <button type="button" class="sign" aria-label="Remove ${file.name}" onClick=${() => drop(file)}><${Icon} name="close" /></button>
    </div>
    <${Head} file=${file} />
  </li>`)}</ul>`;
}

function Head({ file }) {
  const [rows, setRows] = useState(file.head);
  useEffect(() => {
    if (!rows && file.id && isTable(file.name)) fetch(addressOf(file.id)).then((read) => readRows(file.name, read.body, ROWS)).then(setRows);
  }, [file.id]);
  return rows?.length ? html`<${Sheet} rows=${rows} />` : null;
}

// Tables in messages, the plain ones and those that can be sorted.
import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Rich } from "./rich.js";

const cell = (one) => (one.type === "rich_text" ? html`<${Rich} block=${one} />` : String(one.text ?? one.value ?? one.number ?? ""));
const looks = (column) => `${column?.align ?? "left"} ${column?.is_wrapped ? "wrapped" : ""}`;

export function Table({ block }) {
  const [head, ...rows] = block.rows;
  const columns = block.column_settings ?? [];
  return html`<div class="table" role="region" aria-label="Table" tabindex="0">
    <table>
      <thead><tr>${head.map((one, at) => html`<th scope="col" class=${looks(columns[at])}>${cell(one)}</th>`)}</tr></thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((one, at) => html`<td class=${looks(columns[at])}>${cell(one)}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

const worth = (one) => one?.value ?? one?.number ?? one?.text ?? "";

function inOrder(rows, { column, isUp }) {
  if (column < 0) return rows;
  const sign = isUp ? 1 : -1;
  return [...rows].sort((one, other) => sign * String(worth(one[column])).localeCompare(String(worth(other[column])), undefined, { numeric: true }));
}

export function DataTable({ block }) {
  const [order, setOrder] = useState({ column: -1, isUp: true });
  const [page, setPage] = useState(0);
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const pages = Math.ceil(rows.length / size);
  const shown = inOrder(rows, order).slice(page * size, (page + 1) * size);
  const turn = (column) => setOrder({ column, isUp: order.column === column ? !order.isUp : true });
  const sorted = (at) => (order.column !== at ? "none" : order.isUp ? "ascending" : "descending");
  return html`<div class="table" role="region" aria-label=${block.caption} tabindex="0">
    <table>
      <caption>${block.caption}</caption>
      <thead><tr>${head.map((one, at) => html`<th scope="col" aria-sort=${sorted(at)}>
        <button type="button" class="as-link" onClick=${() => turn(at)}>${cell(one)}</button></th>`)}</tr></thead>
      <tbody>${shown.map((row) => html`<tr>${row.map((one) => html`<td>${cell(one)}</td>`)}</tr>`)}</tbody>
    </table>
    ${pages > 1 && html`<div class="pages">
      <button type="button" disabled=${page === 0} onClick=${() => setPage(page - 1)}>Earlier</button>
      <span>${page + 1} of ${pages}</span>
      <button type="button" disabled=${page + 1 >= pages} onClick=${() => setPage(page + 1)}>Later</button>
    </div>`}
  </div>`;
}

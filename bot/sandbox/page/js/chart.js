// Charts in messages, drawn as bars that a screen reader can read as a table.
import { html } from "./html.js";

export function Chart({ block }) {
  const rows = rowsOf(block.chart);
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), 1);
  return html`<figure class="chart">
    <figcaption>${block.title}</figcaption>
    <table>
      ${rows.map((row) => html`<tr>
        <th scope="row">${row.label}</th>
        <td><meter min="0" max=${most} value=${Math.abs(row.value)}></meter></td>
        <td class="right">${row.value}</td>
      </tr>`)}
    </table>
  </figure>`;
}

function rowsOf(chart) {
  if (chart.type === "pie") return chart.segments;
  const isOne = chart.series.length === 1;
  return chart.series.flatMap((series) =>
    series.data.map((point) => ({ ...point, label: isOne ? point.label : `${series.name}, ${point.label}` })),
  );
}

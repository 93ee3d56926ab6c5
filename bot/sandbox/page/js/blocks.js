// Block Kit, drawn: every block an app may send, on any surface.
import { html } from "./html.js";
import { Action } from "./elements.js";
import { Field } from "./field.js";
import { Chart } from "./chart.js";
import { Link } from "./inline.js";
import { Markdown } from "./markdown.js";
import { Picture } from "./pictures.js";
import { Rich } from "./rich.js";
import { DataTable, Table } from "./tables.js";
import { Words } from "./words.js";

const inContext = (one) => (one.type === "image" ? html`<${Picture} of=${one} kind="tiny" />` : html`<${Words} of=${one} />`);

const DRAWN = {
  section: Section,
  header: ({ block }) => html`<h3 class="header">${block.text.text}</h3>`,
  context: ({ block }) => html`<div class="context">${block.elements.map(inContext)}</div>`,
  divider: () => html`<hr />`,
  actions: ({ block, spot }) => html`<div class="actions">${each(block.elements, block, spot)}</div>`,
  context_actions: ({ block, spot }) => html`<div class="actions">${each(block.elements, block, spot)}</div>`,
  input: Field,
  image: ({ block }) => html`<${Picture} of=${block} kind="wide" />`,
  rich_text: Rich,
  table: Table,
  data_table: DataTable,
  data_visualization: Chart,
  markdown: Markdown,
  alert: ({ block }) => html`<div class="alert ${block.level ?? "default"}" role="note"><${Words} of=${block.text} /></div>`,
  card: Card,
  carousel: ({ block, spot }) => html`<div class="carousel">${block.elements.map((one) => html`<${Card} block=${one} spot=${spot} />`)}</div>`,
  container: Container,
  task_card: Task,
  plan: ({ block }) => html`<div class="card"><strong>${block.title}</strong>${block.tasks.map((one) => html`<${Task} block=${one} />`)}</div>`,
  video: Video,
};

export function Blocks({ blocks, spot }) {
  return html`<div class="blocks">${blocks.map((block) => html`<${Block} key=${block.block_id} block=${block} spot=${spot} />`)}</div>`;
}

export function Block({ block, spot }) {
  const Drawn = DRAWN[block.type];
  return Drawn ? html`<${Drawn} block=${block} spot=${spot} />` : html`<p class="quiet">[${block.type}]</p>`;
}

function each(elements, block, spot) {
  return elements.map((element) => html`<${Action} key=${element.action_id} element=${element} block=${block} spot=${spot} />`);
}

function Section({ block, spot }) {
  const { accessory } = block;
  const side =
    accessory?.type === "image"
      ? html`<${Picture} of=${accessory} kind="thumb" />`
      : accessory && html`<${Action} element=${accessory} block=${block} spot=${spot} />`;
  return html`<div class="section">
    <div class="section-words">
      ${block.text && html`<${Words} of=${block.text} />`}
      ${block.fields && html`<div class="fields">${block.fields.map((one) => html`<${Words} of=${one} />`)}</div>`}
    </div>
    ${side && html`<div class="accessory">${side}</div>`}
  </div>`;
}

function Card({ block, spot }) {
  return html`<div class="card">
    ${block.hero_image && html`<${Picture} of=${block.hero_image} kind="wide" />`}
    ${block.title && html`<strong><${Words} of=${block.title} /></strong>`}
    ${block.subtitle && html`<div class="quiet"><${Words} of=${block.subtitle} /></div>`}
    ${block.body && html`<${Words} of=${block.body} />`}
    ${block.actions && html`<div class="actions">${each(block.actions, block, spot)}</div>`}
  </div>`;
}

function Container({ block, spot }) {
  const inside = html`<${Blocks} blocks=${block.child_blocks} spot=${spot} />`;
  const title = block.title ? html`<${Words} of=${block.title} />` : html`<${Rich} block=${block.rich_text_title} />`;
  if (!block.is_collapsible) return html`<div class="card"><strong>${title}</strong>${inside}</div>`;
  return html`<details class="card" open=${!block.default_collapsed}><summary>${title}</summary>${inside}</details>`;
}

const SIGNS = { pending: "○", in_progress: "◐", complete: "●", error: "✕" };

function Task({ block }) {
  return html`<div class="task">
    <span aria-hidden="true">${SIGNS[block.status] ?? "○"}</span> ${block.title}
    ${block.details && html`<${Rich} block=${block.details} />`} ${block.output && html`<${Rich} block=${block.output} />`}
  </div>`;
}

function Video({ block }) {
  return html`<div class="card"><${Link} href=${block.title_url ?? block.video_url}>${block.title.text}<//>
    <div class="quiet">${block.alt_text}</div></div>`;
}

// A piece of text of a block: with Slack's markup, or as it stands.
import { html } from "./html.js";
import { Mrkdwn } from "./mrkdwn.js";

export const Words = ({ of }) => (of.type === "mrkdwn" ? html`<${Mrkdwn} text=${of.text} />` : html`<span class="plain">${of.text}</span>`);

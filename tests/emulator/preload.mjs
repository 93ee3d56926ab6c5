// Subscribes an app to the emulator's events, which real Slack lets people do on the app's settings page.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.env.EMULATOR_DIST;
const exportsSlack = (name) => /export \{[^}]*slackPlugin/.test(readFileSync(join(folder, name), "utf8"));
const file = readdirSync(folder).filter((name) => /^dist-.*\.js$/.test(name)).find(exportsSlack);
const { slackPlugin } = await import(pathToFileURL(join(folder, file)).href);
const register = slackPlugin.register;

slackPlugin.register = function (app, store, webhooks, baseUrl, tokens) {
  register.call(this, app, store, webhooks, baseUrl, tokens);
  webhooks.register({ url: process.env.EMULATOR_EVENTS_URL, events: ["*"], active: true, owner: "slack" });
};

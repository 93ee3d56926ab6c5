// The way to the sandbox: what people do goes to its `/_/` addresses, and news comes from there.

export class CannotDo extends Error {}

async function read(response) {
  const body = await response.json();
  if (body.error) throw new CannotDo(body.error);
  return body;
}

export async function act(name, given) {
  const sent = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) };
  return read(await fetch(`/_/${name}`, sent));
}

export async function handIn(person, file) {
  const where = new URLSearchParams({ as: person, name: file.name });
  return read(await fetch(`/_/upload?${where}`, { method: "POST", body: file }));
}

export async function news(since, signal) {
  return (await read(await fetch(`/_/wait?since=${since}&seconds=25`, { signal }))).version;
}

export const addressOf = (file) => `/_/file/${encodeURIComponent(file)}`;

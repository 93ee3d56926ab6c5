// The first rows of a file, for a look inside; the bot reads it far more carefully.
import { firstOf, readWorkbook } from "./workbook.js";

const MARKS = [",", ";", "\t", "|"];
const HEAD = 200_000;
const WHOLE = 20_000_000;

export const isTable = (name) => /\.(csv|tsv|txt|xlsx)$/i.test(name);

// A workbook's list of parts is at its end, so it is needed whole; one that is too large is not looked into.
export async function readRows(name, stream, most) {
  const isWorkbook = /\.xlsx$/i.test(name);
  const bytes = await firstOf(stream, isWorkbook ? WHOLE : HEAD);
  return isWorkbook ? readWorkbook(bytes, most).catch(() => []) : readTable(textOf(bytes), most);
}

// What is not UTF-8 comes from Windows, as a rule.
function textOf(bytes) {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  const text = new TextDecoder().decode(bytes);
  return text.slice(0, -1).includes("\uFFFD") ? new TextDecoder("windows-1252").decode(bytes) : text;
}

function readTable(text, most) {
  const clean = text.replace(/^\uFEFF/, "");
  const mark = markOf(clean.slice(0, 4000));
  const rows = [[""]];
  let isQuoted = false;
  for (let at = 0; at < clean.length; at += 1) {
    const sign = clean[at];
    const row = rows.at(-1);
    if (sign === '"' && isQuoted && clean[at + 1] === '"') row[row.length - 1] += clean[(at += 1)];
    else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === mark && !isQuoted) row.push("");
    else if (sign === "\n" && !isQuoted) {
      if (rows.length === most) break;
      rows.push([""]);
    } else if (sign !== "\r" || isQuoted) row[row.length - 1] += sign;
  }
  return rows.filter((row) => row.length > 1 || row[0]);
}

function markOf(head) {
  const counts = MARKS.map((mark) => head.split(mark).length);
  return MARKS[counts.indexOf(Math.max(...counts))];
}

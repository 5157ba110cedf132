// What the buttons of the editor do to a text, as pure functions: text and selection in, text and selection out.

export interface Edit {
  text: string;
  from: number;
  to: number;
}

const LIST = /^(\s*)(?:([-*+])|(\d+)([.)]))\s+(?:\[[ x]\]\s+)?/;

/** The selection between two marks; marked already, the marks are taken away. */
export function wrapped({ text, from, to }: Edit, mark: string, sample: string): Edit {
  const [before, chosen, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  if (before.endsWith(mark) && after.startsWith(mark)) {
    return { text: before.slice(0, -mark.length) + chosen + after.slice(mark.length), from: from - mark.length, to: to - mark.length };
  }
  const said = chosen || sample;
  return { text: before + mark + said + mark + after, from: from + mark.length, to: from + mark.length + said.length };
}

/** Every line of the selection with a beginning; where all have it, it goes. `begin` may count the lines. */
export function begun({ text, from, to }: Edit, begin: (n: number) => string, known: RegExp): Edit {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const end = text.indexOf("\n", to) === -1 ? text.length : text.indexOf("\n", to);
  const lines = text.slice(start, end).split("\n");
  const all = lines.every((line) => known.test(line));
  const made = lines.map((line, n) => (all ? line.replace(known, "") : begin(n + 1) + line.replace(LIST, ""))).join("\n");
  return { text: text.slice(0, start) + made + text.slice(end), from: start, to: start + made.length };
}

/** Something put where the selection stands; the cursor goes behind it. */
export function inserted({ text, from, to }: Edit, what: string): Edit {
  const made = text.slice(0, from) + what + text.slice(to);
  return { text: made, from: from + what.length, to: from + what.length };
}

/** A link of the selection, its address selected to be typed over. */
export function linked(edit: Edit, sample: string): Edit {
  const said = edit.text.slice(edit.from, edit.to) || sample;
  const made = inserted(edit, `[${said}](https://)`);
  const address = edit.from + said.length + 3;
  return { ...made, from: address, to: address + "https://".length };
}

/** A block on lines of its own. */
export function blockAt(edit: Edit, block: string): Edit {
  const before = edit.text.slice(0, edit.from);
  const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  return inserted(edit, `${lead}${block}\n\n`);
}

/** Return within a list begins the next point; in an empty point it ends the list. Null where there is no list. */
export function nextPoint(edit: Edit): Edit | null {
  if (edit.from !== edit.to) return null;
  const start = edit.text.lastIndexOf("\n", edit.from - 1) + 1;
  const line = edit.text.slice(start, edit.from);
  const found = LIST.exec(line);
  if (!found) return null;
  if (line.length === found[0].length) return { text: edit.text.slice(0, start) + edit.text.slice(edit.from), from: start, to: start };
  const mark = found[2] ?? `${Number(found[3]) + 1}${found[4]}`;
  return inserted(edit, `\n${found[1]}${mark} `);
}

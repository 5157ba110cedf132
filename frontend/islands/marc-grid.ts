// <marc-grid>: the lines of a MARC record as a grid for the keyboard. The textarea inside stays the truth: what the grid does is written
// there, so the form, its check and its draft work as they do without this island.
import { Definitions } from "./marc-definitions";
import { Edits, LINKS, newField } from "./marc-edits";
import { HeadingChoices } from "./heading-choices";
import { kindsOf } from "./marc-headings";
import { fromLines, toLines, type Field } from "./marc-lines";
import { MarcPanel } from "./marc-panel";
import { button, element, wordsOf } from "./elements";

const FIXED = new Set(["LDR", "006", "007", "008"]);
const LETTERS_A_ROW = 72;

class MarcGrid extends HTMLElement {
  private readonly grid = element("div", { class: "marc-rows" });
  private readonly say = element("p", { class: "quiet small", role: "status" });
  private edits = new Edits([]);
  private words: (name: string) => string = (name) => name;
  private definitions: Definitions | null = null;
  private panel!: MarcPanel;
  private choices!: HeadingChoices;
  private lines!: HTMLTextAreaElement;
  private textView!: HTMLElement;
  private gridView!: HTMLElement;

  connectedCallback(): void {
    this.lines = this.querySelector("textarea")!;
    this.textView = this.lines.closest<HTMLElement>(".field")!;
    this.words = wordsOf(this.getAttribute("words") ?? "");
    this.panel = new MarcPanel(this.words, this.getAttribute("records") ?? "", {
      insert: (fields) => this.change(() => this.edits.insert(Math.max(1, this.edits.at.field + 1), fields)),
      place: (field, start, length, code) => this.change(() => this.edits.setPlace(field, start, length, code), false),
      term: (field, subfields) => this.change(() => this.edits.setSubfields(field, subfields)),
    });
    this.choices = new HeadingChoices(this.getAttribute("headings") ?? "", this.words("headings"), (_, { ind1, codes, subfields }) =>
      this.change(() => this.edits.setHeading(this.edits.at.field, ind1, codes, subfields)),
    );
    this.gridView = element("div", { class: "marc-grid" }, this.toolbar(), this.panel.element, this.grid, this.say);
    this.append(this.gridView);
    this.lines.addEventListener("input", () => this.told());
    this.grid.addEventListener("input", (event) => this.onInput(event as InputEvent));
    this.grid.addEventListener("focusout", () => this.choices.close());
    this.grid.addEventListener("focusin", (event) => this.onFocus(event.target as HTMLElement));
    this.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("click", this.onLink);
    this.showGrid();
    void this.load();
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.onLink);
  }

  private async load(): Promise<void> {
    const answer = await fetch(this.getAttribute("definitions") ?? "");
    if (!answer.ok) return;
    this.definitions = new Definitions(await answer.json(), this.getAttribute("language") ?? "id");
    this.panel.definitions = this.definitions;
    this.edits.fields.forEach((field, at) => this.explain(this.rowAt(at), field, at));
    if (this.panel.isBeside && !this.panel.isOpen) this.panel.say(this.words("keys"), this.words("key_list"));
  }

  private toolbar(): HTMLElement {
    const told = (name: string, run: () => void) => button(this.words(name), run);
    return element(
      "div",
      { class: "row marc-tools", role: "toolbar", "aria-label": "MARC" },
      told("add", () => this.addField()),
      told("undo", () => this.travel("undo")),
      told("redo", () => this.travel("redo")),
      told("jump", () => this.jump()),
      told("paste", () => this.panel.paste()),
      told("keys", () => this.panel.say(this.words("keys"), this.words("key_list"))),
      told("text_view", () => this.showText()),
    );
  }

  private showGrid(): void {
    const { fields, bad } = fromLines(this.lines.value);
    if (bad.length) {
      this.textView.before(element("p", { class: "say no", role: "alert" }, `${this.words("unreadable")} ${bad.join(" · ")}`));
      this.showText();
      return;
    }
    this.edits = new Edits(fields);
    [this.textView.hidden, this.gridView.hidden] = [true, false];
    this.draw();
  }

  private showText(): void {
    [this.textView.hidden, this.gridView.hidden] = [false, true];
    if (!this.textView.querySelector("button")) {
      this.textView.append(
        button(this.words("grid_view"), () => {
          this.querySelector(":scope > .say")?.remove();
          this.showGrid();
        }),
      );
    }
  }

  /** Do an edit, write it into the lines, and draw the grid anew (or leave it: the field edited shows it already). */
  private change(edit: () => unknown, redraw = true): void {
    const isUnlinked = edit() === true;
    this.lines.value = toLines(this.edits.fields);
    this.lines.dispatchEvent(new Event("input", { bubbles: true }));
    if (isUnlinked) this.say.textContent = this.words("unlinked");
    if (redraw) this.draw(true);
    else if (isUnlinked) this.forgetLinks(this.edits.at.field);
    else this.drawValue(this.edits.at.field);
  }

  private told(): void {
    this.lines.dispatchEvent(new CustomEvent("marc-changed", { bubbles: true }));
  }

  private draw(focus = false): void {
    this.grid.replaceChildren(...this.edits.fields.map((field, at) => this.row(field, at)));
    if (focus) this.focusAt();
  }

  private row(field: Field, at: number): HTMLElement {
    const input = (part: string, value: string, name: string, size: number) =>
      element("input", { class: part, "data-part": part, value, "aria-label": `${field.tag} ${name}`, maxlength: String(size), size: String(size), autocomplete: "off", spellcheck: "false" });
    const tag = input("tag", field.tag, this.words("tag"), 3);
    if (field.tag === "LDR") tag.setAttribute("readonly", "");
    const head = element("div", { class: "marc-head" }, tag);
    if (field.subfields) {
      head.append(input("ind1", field.ind1.trim(), this.words("indicator1"), 1), input("ind2", field.ind2.trim(), this.words("indicator2"), 1));
    }
    const body = element("div", { class: "marc-body" }, element("span", { class: "marc-label small quiet" }));
    if (field.subfields === null) body.append(this.text(field, -1, field.value));
    field.subfields?.forEach(([code, text], n) => {
      const codeInput = input("code", code, this.words("code"), 1);
      codeInput.dataset["sub"] = String(n);
      body.append(element("div", { class: "marc-sub" }, element("span", { "aria-hidden": "true" }, "$"), codeInput, this.text(field, n, text)));
    });
    const row = element("div", { class: "marc-row", role: "group", "data-field": String(at) }, head, body, this.tools(at, field));
    this.explain(row, field, at);
    return row;
  }

  /** What the definitions say of a field. They may come after the first letters were typed, and never take the row from under them. */
  private explain(row: HTMLElement | null, field: Field, at: number): void {
    const label = field.tag === "LDR" ? this.words("leader") : (this.definitions?.label(field.tag) ?? "");
    const body = row?.querySelector(".marc-body");
    row?.setAttribute("aria-label", `${field.tag} ${label}`);
    body?.querySelector(".marc-label")?.replaceChildren(label);
    const hasCodes = FIXED.has(field.tag) || (this.definitions?.terms(field.tag).length ?? 0) > 0;
    if (hasCodes && !body?.querySelector(":scope > button")) body?.append(button(this.words(FIXED.has(field.tag) ? "codes" : "choose"), () => this.openCodes(at)));
  }

  /** The same by touch: what the keys do to a field. */
  private tools(at: number, field: Field): HTMLElement {
    const told = (sign: string, name: string, run: () => void) => {
      const made = button(sign, () => this.change(run));
      made.setAttribute("aria-label", `${sign} ${this.words(name)} ${field.tag}`); // whoever says what they see is understood
      made.title = this.words(name);
      made.tabIndex = -1;
      return made;
    };
    const tools = element("div", { class: "marc-row-tools" });
    const help = button("?", () => this.panel.help(field));
    help.setAttribute("aria-label", `${this.words("help")} ${field.tag}`);
    help.tabIndex = -1;
    tools.append(help);
    if (field.tag === "LDR") return tools;
    if (field.subfields) tools.append(told("+$", "subfield", () => this.edits.addSubfield(at, (field.subfields?.length ?? 1) - 1)));
    tools.append(
      told("×2", "duplicate", () => this.edits.duplicate(at)),
      told("↑", "up", () => this.edits.move(at, -1)),
      told("↓", "down", () => this.edits.move(at, 1)),
      told("✕", "remove", () => this.edits.remove(at)),
    );
    return tools;
  }

  private text(field: Field, sub: number, value: string): HTMLElement {
    const name = sub < 0 ? field.tag : `${field.tag} $${field.subfields?.[sub]?.[0] ?? ""}`;
    const rows = String(Math.min(12, Math.max(1, Math.ceil(value.length / LETTERS_A_ROW))));
    const made = element("textarea", { class: sub < 0 ? "text fixed" : "text", "data-part": "text", "data-sub": String(Math.max(0, sub)), rows, dir: sub < 0 ? "ltr" : "auto", "aria-label": `${name} ${this.words("text")}`, spellcheck: "false" });
    (made as HTMLTextAreaElement).value = value;
    return made;
  }

  private placeOf(target: HTMLElement): { field: number; sub: number; part: string } {
    const row = target.closest<HTMLElement>(".marc-row");
    return { field: Number(row?.dataset["field"] ?? -1), sub: Number(target.dataset["sub"] ?? 0), part: target.dataset["part"] ?? "" };
  }

  private onInput(event: InputEvent): void {
    const target = event.target as HTMLInputElement | HTMLTextAreaElement;
    const { field, sub, part } = this.placeOf(target);
    if (field < 0) return;
    if (event.inputType === "insertFromPaste" && /[\r\n]/.test(target.value)) target.value = target.value.replace(/\s*[\r\n]+\s*/g, " ").trimEnd();
    const value = target.value;
    const kind = this.edits.fields[field]!.subfields === null;
    if (part === "tag") this.change(() => this.edits.setTag(field, value.toUpperCase()), false);
    else if (part === "ind1" || part === "ind2") this.change(() => this.edits.setIndicator(field, part === "ind1" ? 1 : 2, value), false);
    else if (part === "code") this.change(() => this.edits.setCode(field, sub, value), LINKS.includes(value));
    else this.change(() => this.edits.setText(field, sub, value), false);
    if (part === "text") this.choices.typed(target, value, kindsOf(this.edits.fields[field]!.tag, this.edits.fields[field]!.subfields?.[this.placeOf(target).sub]?.[0] ?? ""));
    if (part === "tag" && value.length === 3) {
      if (kind !== (this.edits.fields[field]!.subfields === null)) this.draw(true);
      this.explain(this.rowAt(field), this.edits.fields[field]!, field);
      if (this.panel.isBeside) this.panel.help(this.edits.fields[field]!);
      this.rowAt(field)?.querySelector<HTMLElement>("[data-part=ind1], [data-part=text]")?.focus();
    } else if (part !== "text" && part !== "tag" && value.length === 1) this.next(target);
  }

  /** Take the links that went out of the row, and leave the box that is typed in where it is. */
  private forgetLinks(field: number): void {
    const kept = this.edits.fields[field]!.subfields ?? [];
    const shown = [...(this.rowAt(field)?.querySelectorAll<HTMLElement>(".marc-sub") ?? [])];
    shown.filter((each) => LINKS.includes(each.querySelector<HTMLInputElement>(".code")!.value)).forEach((each) => each.remove());
    const left = shown.filter((each) => each.isConnected);
    kept.forEach((_, at) => left[at]?.querySelectorAll<HTMLElement>("[data-sub]").forEach((each) => (each.dataset["sub"] = String(at))));
  }

  /** A place of one character is full: on to the next. */
  private next(target: HTMLElement): void {
    const places = [...(target.closest(".marc-row")?.querySelectorAll<HTMLElement>("[data-part]") ?? [])];
    places[places.indexOf(target) + 1]?.focus();
  }

  /** Show again what a fixed field says, after a code was chosen for it. */
  private drawValue(field: number): void {
    const one = this.edits.fields[field];
    const shown = this.rowAt(field)?.querySelector<HTMLTextAreaElement>(".fixed");
    if (one?.subfields === null && shown && shown.value !== one.value) shown.value = one.value;
  }

  private onFocus(target: HTMLElement): void {
    const { field, sub } = this.placeOf(target);
    if (field < 0) return;
    if (field !== this.edits.at.field && this.panel.isBeside) this.panel.help(this.edits.fields[field]!);
    this.edits.at = { field, subfield: sub };
    if (target instanceof HTMLInputElement) target.select();
  }

  private rowAt(field: number): HTMLElement | null {
    return this.grid.querySelector(`[data-field="${field}"]`);
  }

  private focusAt(): void {
    const { field, subfield } = this.edits.at;
    const row = this.rowAt(field);
    const one = this.edits.fields[field];
    const empty = one?.tag === "" ? "[data-part=tag]" : one?.subfields?.[subfield]?.[0] === "" ? `[data-part=code][data-sub="${subfield}"]` : `[data-part=text][data-sub="${subfield}"]`;
    (row?.querySelector<HTMLElement>(empty) ?? row?.querySelector<HTMLElement>("textarea, input"))?.focus();
  }

  private addField(): void {
    this.change(() => this.edits.insert(this.edits.at.field + 1, [newField("")]));
  }

  private travel(way: "undo" | "redo"): void {
    this.change(() => void this.edits[way]());
    this.say.textContent = "";
  }

  private jump(): void {
    this.panel.ask(this.words("jump"), (tag) => {
      const { at, found } = this.edits.placeOf(tag);
      if (found) this.edits.at = { field: at, subfield: 0 };
      else if (tag.length === 3) this.change(() => this.edits.insert(at, [newField(tag)]));
      this.focusAt();
    });
  }

  private openCodes(at: number): void {
    this.edits.at = { field: at, subfield: 0 };
    this.panel.codes(this.edits.fields[at]!, at, this.edits.fields[0]?.value ?? "", () => this.focusAt());
  }

  private readonly onLink = (event: MouseEvent): void => {
    const link = (event.target as HTMLElement).closest<HTMLElement>("[data-marc-at]");
    if (!link || this.gridView.hidden) return;
    event.preventDefault();
    const at = Number(link.dataset["marcAt"]) + (this.edits.fields[0]?.tag === "LDR" ? 1 : 0);
    this.edits.at = { field: at, subfield: 0 };
    this.focusAt();
  };

  private onKey(event: KeyboardEvent): void {
    if (this.gridView.hidden || event.isComposing || this.choices.key(event)) return;
    const run = this.deed(event);
    if (!run) return;
    event.preventDefault();
    run();
  }

  /** What a key does here; undefined leaves it to the browser. */
  private deed(event: KeyboardEvent): (() => void) | undefined {
    const { field, subfield } = this.edits.at;
    const inGrid = this.grid.contains(event.target as Node);
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = key === "ArrowUp" ? -1 : 1;
    if (command && key === "s") return () => this.closest("form")?.requestSubmit();
    if (command && key === "z") return () => this.travel(event.shiftKey ? "redo" : "undo");
    if (command && key === "y") return () => this.travel("redo");
    if (command && key === "g") return () => this.jump();
    if (key === "F4") return () => this.panel.paste();
    if (key === "Escape" && this.panel.isOpen) return () => (this.panel.close(), this.focusAt());
    if (!inGrid) return undefined;
    if (command && key === "Enter") return () => this.addField();
    if (key === "Enter" && !event.shiftKey) return () => this.change(() => this.edits.addSubfield(field, subfield));
    if (command && key === "d") return () => this.change(() => this.edits.duplicate(field));
    if (command && event.shiftKey && key === "k") return () => this.change(() => this.edits.remove(field));
    if (command && key === "Backspace" && this.isEmpty()) return () => this.change(() => this.edits.removeSubfield(field, subfield));
    if (event.altKey && event.shiftKey && key.startsWith("Arrow")) return () => this.change(() => this.edits.moveSubfield(field, subfield, step));
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) return () => this.change(() => this.edits.move(field, step));
    if (key === "F2") return () => this.openCodes(field);
    if (key === "F1") return () => this.panel.help(this.edits.fields[field]!);
    return undefined;
  }

  private isEmpty(): boolean {
    const { field, subfield } = this.edits.at;
    return this.edits.fields[field]?.subfields?.[subfield]?.[1] === "";
  }
}

customElements.define("marc-grid", MarcGrid);

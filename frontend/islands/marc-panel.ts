// The panel beside the grid: help for a field, codes of fixed fields, terms of 33X, text to paste, a tag to go to.
import { button, element } from "./elements";
import type { Definitions, FixedPlace } from "./marc-definitions";
import { fromLines, type Field } from "./marc-lines";

interface Deeds {
  insert(fields: Field[]): void;
  place(field: number, start: number, length: number, code: string): void;
  term(field: number, subfields: [string, string][]): void;
}

const SOURCES: Record<string, string> = { "336": "rdacontent", "337": "rdamedia", "338": "rdacarrier" };
const MOST_CODES_TO_TYPE = 4;

export class MarcPanel {
  readonly element = element("aside", { class: "marc-panel card flat", hidden: "" });
  definitions: Definitions | null = null;

  constructor(
    private readonly words: (name: string) => string,
    private readonly records: string,
    private readonly deeds: Deeds,
  ) {}

  /** Whether there is room for the panel beside the grid, so that it may open by itself without moving what one is about to touch. */
  get isBeside(): boolean {
    return window.matchMedia("(min-width: 1180px)").matches;
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  close(): void {
    this.element.hidden = true;
  }

  private show(heading: string, ...body: (Node | string)[]): void {
    const close = button(this.words("close"), () => this.close());
    this.element.replaceChildren(element("div", { class: "row spread" }, element("h3", {}, heading), close), ...body);
    this.element.hidden = false;
  }

  say(heading: string, text: string): void {
    this.show(heading, element("ul", { class: "small" }, ...text.split(" · ").map((line) => element("li", {}, line))));
  }

  /** What a field is for, its indicators and its subfields. */
  help(field: Field): void {
    const told = this.definitions?.field(field.tag);
    const label = field.tag === "LDR" ? this.words("leader") : (this.definitions?.label(field.tag) ?? "");
    const text = this.definitions?.help(field.tag) ?? "";
    if (!told) {
      const unknown = field.tag.includes("9") ? "local_tag" : "unknown_tag";
      this.show(`${field.tag} ${label}`, element("p", {}, text || (field.tag.length === 3 && field.tag !== "LDR" && !field.tag.startsWith("00") ? this.words(unknown) : "")));
      return;
    }
    const name = (english: string) => this.definitions!.name(english);
    const facts = element("dl", { class: "facts small" });
    for (const [which, indicator] of [["indicator1", told.ind1], ["indicator2", told.ind2]] as const) {
      if (!indicator) continue;
      const codes = Object.entries(indicator.codes).map(([code, said]) => element("div", {}, element("code", {}, code === " " ? "#" : code), ` ${name(said)}`));
      facts.append(element("dt", {}, this.words(which)), element("dd", {}, `${name(indicator.label)}`, ...codes));
    }
    for (const [code, [said, repeats]] of Object.entries(told.subfields)) {
      facts.append(element("dt", {}, element("code", {}, `$${code}`)), element("dd", {}, name(said), repeats ? element("span", { class: "quiet" }, ` · ${this.words("repeatable")}`) : ""));
    }
    const repeats = this.words(told.repeat ? "repeatable" : "single");
    const more = element("details", {}, element("summary", {}, this.words("help")), facts);
    this.show(`${field.tag} ${label}`, element("p", {}, `${text} (${repeats})`.trim()), more);
  }

  /** The codes of the leader, 006, 007 and 008 one place after the other; or the terms of 336–338. */
  codes(field: Field, at: number, leader: string, done: () => void): void {
    if (SOURCES[field.tag]) return this.terms(field, at, done);
    const places = this.definitions?.places(field, leader) ?? [];
    if (!places.length) return this.show(`${this.words("codes")} ${field.tag}`, this.words("no_codes"));
    const list = element("div", { class: "fields" }, ...places.map((place) => this.place(place, field, at)));
    this.show(`${this.words("codes")} ${field.tag}`, list);
    this.element.querySelector<HTMLElement>("select, input")?.focus();
    void done;
  }

  private place(place: FixedPlace, field: Field, at: number): HTMLElement {
    const end = place.start + place.length - 1;
    const where = place.length === 1 ? String(place.start).padStart(2, "0") : `${String(place.start).padStart(2, "0")}–${String(end).padStart(2, "0")}`;
    const held = field.value.padEnd(place.start + place.length).slice(place.start, place.start + place.length);
    const width = Math.max(0, ...place.codes.map(([code]) => code.length));
    const takesText = place.codes.length === 0 || width > place.length || (width === 1 && place.length > 1) || place.codes.some(([code]) => code.includes("-") && code.length > place.length);
    const control = takesText && place.length <= MOST_CODES_TO_TYPE * 2 ? this.typed(place, held) : this.chosen(place, held);
    control.addEventListener("change", () => this.deeds.place(at, place.start, place.length, control.value));
    const label = element("label", {}, element("span", { class: "num quiet" }, where), ` ${place.label}`, control);
    const many = takesText && place.codes.length ? element("details", { class: "small quiet" }, element("summary", {}, this.words("help")), ...place.codes.map(([code, said]) => element("div", {}, element("code", {}, code === " " ? "#" : code), ` ${said}`))) : "";
    return element("div", { class: "field" }, label, many);
  }

  private typed(place: FixedPlace, held: string): HTMLInputElement {
    return element("input", { value: held, maxlength: String(place.length), size: String(place.length), class: "input fixed", autocomplete: "off", spellcheck: "false" });
  }

  private chosen(place: FixedPlace, held: string): HTMLSelectElement {
    const known = place.codes.some(([code]) => code === held);
    const others = known ? [] : [[held, this.words("other")] as [string, string]];
    const made = element("select", { class: "input" });
    for (const [code, said] of [...others, ...place.codes]) {
      const option = element("option", { value: code }, `${code.replace(/ /g, "#")} ${said}`);
      option.selected = code === held;
      made.append(option);
    }
    return made;
  }

  private terms(field: Field, at: number, done: () => void): void {
    const terms = this.definitions?.terms(field.tag) ?? [];
    const made = element("select", { class: "input", "aria-label": this.words("choose") }, element("option", { value: "" }, this.words("choose")), ...terms.map(({ said, code }) => element("option", { value: code }, said)));
    made.addEventListener("change", () => {
      const chosen = terms.find(({ code }) => code === made.value);
      if (!chosen) return;
      const rest = (field.subfields ?? []).filter(([code]) => !"ab2".includes(code));
      this.deeds.term(at, [["a", chosen.term], ["b", chosen.code], ["2", SOURCES[field.tag]!], ...rest]);
      this.close();
      done();
    });
    this.show(`${field.tag} ${this.definitions?.label(field.tag) ?? ""}`, made);
    made.focus();
  }

  /** Lines to put in behind the present field: pasted, or fetched from another title. */
  paste(): void {
    const text = element("textarea", { rows: "6", class: "input marc-lines", "aria-label": this.words("paste"), spellcheck: "false" });
    const number = element("input", { class: "input", inputmode: "numeric", size: "8", "aria-label": this.words("number"), placeholder: this.words("number") });
    const said = element("p", { class: "errors", role: "alert" });
    const fetchLines = async () => {
      const answer = /^\d+$/.test(number.value.trim()) ? await fetch(`${this.records}${number.value.trim()}/lines`) : null;
      said.textContent = answer?.ok ? "" : this.words("not_found");
      if (answer?.ok) text.value = await answer.text();
      text.focus();
    };
    const insert = () => {
      const { fields, bad } = fromLines(text.value);
      said.textContent = bad.length ? `${this.words("unreadable")} ${bad.join(" · ")}` : "";
      if (bad.length) return;
      this.deeds.insert(fields.filter((field) => field.tag !== "LDR" && field.tag !== "001" && field.tag !== "003" && field.tag !== "005"));
      this.close();
    };
    const row = element("div", { class: "row" }, number, button(this.words("fetch"), () => void fetchLines()), button(this.words("insert"), insert));
    this.show(this.words("paste"), element("p", { class: "small" }, this.words("paste_help")), text, row, said);
    text.focus();
  }

  /** Ask for a tag. */
  ask(heading: string, answer: (tag: string) => void): void {
    const input = element("input", { class: "input", maxlength: "3", size: "4", "aria-label": heading, list: "marc-tags", autocomplete: "off" });
    const list = element("datalist", { id: "marc-tags" }, ...(this.definitions?.tags ?? []).map(([tag, label]) => element("option", { value: tag }, `${tag} ${label}`)));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
      answer(input.value.trim());
    });
    this.show(heading, input, list);
    input.focus();
  }
}

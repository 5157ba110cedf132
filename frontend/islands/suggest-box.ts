// <suggest-box src="/search/suggestions" label="…">: around a search field; offers titles, creators and subjects while one types.
// A combobox as ARIA describes it: arrows choose, Enter goes there, Escape closes. Typing on abandons the question before.
interface Suggestion {
  kind: string;
  label: string;
  note: string;
  address: string;
}

const PAUSE = 150;
const SHORTEST = 2;

export class SuggestBox extends HTMLElement {
  private input: HTMLInputElement | null = null;
  private list: HTMLElement | null = null;
  private chosen = -1;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;

  connectedCallback(): void {
    this.input = this.querySelector("input");
    if (!this.input || this.list) return;
    this.list = document.createElement("ul");
    this.list.id = `${this.id || "suggest"}-list`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.append(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    }))
      this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event as KeyboardEvent));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), PAUSE));
  }

  private later(): void {
    clearTimeout(this.waiting);
    this.asking?.abort();
    const text = this.input?.value.trim() ?? "";
    if (text.length < SHORTEST) return this.close();
    this.waiting = setTimeout(() => void this.ask(text), PAUSE);
  }

  private async ask(text: string): Promise<void> {
    this.asking = new AbortController();
    try {
      const address = `${this.getAttribute("src")}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok) this.show(((await answer.json()) as { suggestions: Suggestion[] }).suggestions);
    } catch {
      // abandoned, or the line is down: the field works without
    }
  }

  private show(suggestions: Suggestion[]): void {
    if (!this.list || !this.input) return;
    this.chosen = -1;
    this.list.replaceChildren(...suggestions.map((each, place) => this.option(each, place)));
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  private option(each: Suggestion, place: number): HTMLElement {
    const option = document.createElement("li");
    option.id = `${this.list?.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("data-kind", each.kind);
    const link = document.createElement("a");
    link.setAttribute("href", each.address);
    link.setAttribute("tabindex", "-1");
    link.textContent = each.label;
    const note = document.createElement("span");
    note.setAttribute("class", "quiet small");
    note.textContent = each.note;
    option.append(link, note);
    return option;
  }

  private key(event: KeyboardEvent): void {
    const options = [...(this.list?.children ?? [])];
    if (event.key === "Escape" && !this.list?.hidden) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      this.choose(options, this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      location.assign(options[this.chosen]?.querySelector("a")?.getAttribute("href") ?? "");
    }
  }

  /** Mark the option; before the first and behind the last lies the field itself. */
  private choose(options: Element[], place: number): void {
    this.chosen = place < -1 ? options.length - 1 : place >= options.length ? -1 : place;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.chosen)));
    const marked = options[this.chosen];
    if (marked) this.input?.setAttribute("aria-activedescendant", marked.id);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.show([]);
  }
}

customElements.define("suggest-box", SuggestBox);

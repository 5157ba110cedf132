// Established headings while one types a name or a subject: a list under the box, for the keyboard as ARIA describes it. Down and up
// mark one, Enter takes it, Escape closes. Whoever types on abandons the question before; without an answer the box works as it is.
import { element } from "./elements";

export interface Heading {
  heading: string;
  see: string;
  key: number;
  kind: string;
  ind1: string;
  codes: string;
  subfields: [string, string][];
}

const PAUSE = 150;
const SHORTEST = 2;

export class HeadingChoices {
  private readonly list: HTMLElement;
  private box: HTMLElement | null = null;
  private headings: Heading[] = [];
  private marked = -1;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;

  constructor(
    private readonly source: string,
    label: string,
    private readonly take: (box: HTMLElement, heading: Heading) => void,
  ) {
    this.list = element("ul", { id: "heading-choices", class: "choices", role: "listbox", "aria-label": label });
    this.list.hidden = true;
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = (event.target as HTMLElement).closest<HTMLElement>("[role=option]");
      if (option) this.choose(Number(option.dataset["place"]));
    });
  }

  get isOpen(): boolean {
    return !this.list.hidden;
  }

  /** What stands in the box now: ask for headings of these kinds that begin so. */
  typed(box: HTMLElement, text: string, kinds: string): void {
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (text.trim().length < SHORTEST || !kinds) return this.close();
    this.waiting = setTimeout(() => void this.ask(box, text.trim(), kinds), PAUSE);
  }

  private async ask(box: HTMLElement, text: string, kinds: string): Promise<void> {
    this.asking = new AbortController();
    try {
      const address = `${this.source}?field=1&kinds=${kinds}&q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok) this.show(box, ((await answer.json()) as { suggestions: Heading[] }).suggestions, text);
    } catch {
      // abandoned, or the line is down
    }
  }

  private show(box: HTMLElement, headings: Heading[], text: string): void {
    const only = headings.length === 1 && headings[0]?.heading === text;
    [this.box, this.headings, this.marked] = [box, only ? [] : headings, -1];
    this.list.replaceChildren(...this.headings.map((each, place) => this.option(each, place)));
    this.list.hidden = this.headings.length === 0;
    if (this.list.hidden) return this.release();
    box.after(this.list);
    this.list.scrollIntoView?.({ block: "nearest" });
    for (const [name, value] of [["aria-autocomplete", "list"], ["aria-controls", this.list.id], ["aria-expanded", "true"]]) box.setAttribute(name!, value!);
  }

  private option(each: Heading, place: number): HTMLElement {
    const note = each.see ? `← ${each.see}` : each.kind;
    const option = element("li", { id: `heading-choice-${place}`, role: "option", "aria-selected": "false", "data-place": String(place) }, element("span", {}, each.heading), element("span", { class: "quiet small" }, note));
    return option;
  }

  /** Whether the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.mark(this.marked + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter" && !event.shiftKey && this.marked >= 0) this.choose(this.marked);
    else return false;
    event.preventDefault();
    return true;
  }

  /** Mark the option; before the first and behind the last lies the box itself. */
  private mark(place: number): void {
    this.marked = place < -1 ? this.headings.length - 1 : place >= this.headings.length ? -1 : place;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === this.marked)));
    const option = this.list.children[this.marked];
    if (option) this.box?.setAttribute("aria-activedescendant", option.id);
    else this.box?.removeAttribute("aria-activedescendant");
    option?.scrollIntoView?.({ block: "nearest" });
  }

  private choose(place: number): void {
    const [box, heading] = [this.box, this.headings[place]];
    this.close();
    if (box && heading) this.take(box, heading);
  }

  close(): void {
    clearTimeout(this.waiting);
    this.asking?.abort();
    [this.headings, this.list.hidden] = [[], true];
    this.release();
  }

  private release(): void {
    this.box?.removeAttribute("aria-activedescendant");
    this.box?.removeAttribute("aria-expanded");
  }
}

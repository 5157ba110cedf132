// The panels of the reader: contents, finding inside, marks, and looks. Each is a dialog of the page that the server has written.
import type { BookReader } from "./book-reader";
import { button, element } from "./elements";
import { hitsInKept } from "./kept-words";
import { patience } from "./patience";
import { percent, spot, type Chapter, type Hit, type Looks } from "./reading-places";
import type { Mark } from "./reading-sync";

const PATIENCE = 8000;

type Name = "contents" | "find" | "marks" | "looks";

export class Panels {
  private chapters: Chapter[] = [];
  private timer = 0;

  constructor(private readonly reader: BookReader) {
    for (const name of ["contents", "find", "marks", "looks"] as const) {
      for (const opener of reader.querySelectorAll(`[data-open="${name}"]`)) {
        opener.addEventListener("click", (event) => {
          event.preventDefault();
          this.open(name);
        });
      }
      this.panel(name)?.addEventListener("click", (event) => event.target === event.currentTarget && this.close());
    }
    for (const closer of reader.querySelectorAll("[data-close]")) closer.addEventListener("click", () => this.close());
    this.prepareFind();
    this.prepareMarks();
    this.prepareLooks();
  }

  private panel(name: Name): HTMLDialogElement | null {
    return this.reader.querySelector<HTMLDialogElement>(`dialog[data-panel="${name}"]`);
  }

  open(name: Name): void {
    this.close();
    this.panel(name)?.showModal();
  }

  close(): void {
    for (const each of this.reader.querySelectorAll<HTMLDialogElement>("dialog[open]")) each.close();
  }

  async fillChapters(): Promise<void> {
    const shown = this.panel("contents")?.querySelector("[data-list]");
    const given = [...(shown?.querySelectorAll<HTMLAnchorElement>("a[data-chapter]") ?? [])];
    for (const link of given) link.addEventListener("click", (event) => this.chapter(event, link.dataset["chapter"]!));
    if (given.length || !shown) return;
    this.chapters = await this.reader.view.chapters();
    const lines = this.chapters.map((each) => {
      const link = element("a", { href: "#", class: `deep-${Math.min(3, each.depth)}` }, each.title || "…");
      link.addEventListener("click", (event) => this.chapter(event, each.href));
      return element("li", {}, link);
    });
    if (lines.length) shown.replaceChildren(...lines);
  }

  private chapter(event: Event, href: string): void {
    event.preventDefault();
    this.close();
    void this.reader.view.goToChapter(href);
  }

  private prepareFind(): void {
    const form = this.panel("find")?.querySelector("form");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.find(String(new FormData(form).get("q") ?? ""));
    });
  }

  /** Somebody came from a search: what they asked for is shown on the page. */
  openAsked(): void {
    const asked = new URLSearchParams(location.search).get("q");
    const input = this.panel("find")?.querySelector<HTMLInputElement>("input[name=q]");
    if (asked && input) {
      input.value = asked;
      void this.find(asked, Number(new URLSearchParams(location.search).get("page")));
    }
  }

  private async find(words: string, goTo = 0): Promise<void> {
    const list = this.panel("find")!.querySelector("[data-list]")!;
    const status = this.panel("find")!.querySelector("[data-status]")!;
    const hits = (await this.hits(words)) ?? (await hitsInKept(this.reader.address, words));
    status.textContent = hits?.length ? `${hits.length} ${this.reader.word("hits")}` : this.reader.word(hits ? "no-hits" : "not-found-in");
    if (!hits) return;
    list.replaceChildren(...hits.map((hit) => this.hit(hit, words)));
    const wanted = hits.find((hit) => hit.number === goTo);
    if (wanted) await this.reader.view.goToHit(wanted, words);
  }

  /** What the server finds; null where it does not answer. */
  private async hits(words: string): Promise<Hit[] | null> {
    try {
      const answer = await fetch(`${this.reader.address}find?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" }, signal: patience(PATIENCE) });
      return answer.ok ? ((await answer.json()) as { hits: Hit[] }).hits : null;
    } catch {
      return null;
    }
  }

  private hit(hit: Hit, words: string): HTMLLIElement {
    const said = hit.pieces.map(([text, asked]) => (asked ? element("mark", {}, text) : text));
    const go = element("a", { href: "#" }, element("b", {}, this.reader.word("page").replace("0", hit.label)), element("span", { class: "small" }, ...said));
    go.addEventListener("click", (event) => {
      event.preventDefault();
      this.close();
      void this.reader.view.goToHit(hit, words);
    });
    return element("li", {}, go);
  }

  private prepareMarks(): void {
    const panel = this.panel("marks");
    for (const each of this.reader.querySelectorAll("[data-bookmark]")) each.addEventListener("click", () => this.reader.bookmark());
    for (const each of this.reader.querySelectorAll<HTMLElement>("[data-highlight]")) {
      each.addEventListener("pointerdown", (event) => event.preventDefault());
      each.addEventListener("click", () => this.reader.highlight(each.dataset["highlight"]!));
    }
    panel?.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = panel.querySelector<HTMLTextAreaElement>("textarea")!;
      if (!field.value.trim() || !this.reader.here) return;
      this.reader.sync.put({ kind: "note", locator: this.reader.view.chosen() ?? spot(this.reader.here), note: field.value.trim() });
      field.value = "";
      this.reader.afterMark(this.reader.word("noted"));
    });
  }

  listMarks(): void {
    const list = this.panel("marks")?.querySelector("[data-list]");
    const marks = this.reader.sync.marks;
    list?.replaceChildren(...marks.map((mark) => this.line(mark)));
    const empty = this.panel("marks")?.querySelector<HTMLElement>("[data-empty]");
    if (empty) empty.hidden = marks.length > 0;
  }

  private line(mark: Mark): HTMLLIElement {
    const place = mark.locator.locations?.position;
    const where = place ? this.reader.word("page").replace("0", String(place)) : `${percent(mark.locator)} %`;
    const go = element("a", { href: "#", class: "stack tight" }, element("b", {}, `${this.reader.word(mark.kind)} · ${where}`));
    const words = mark.locator.text?.highlight ?? mark.locator.text?.after;
    if (words) go.append(element("span", { class: `quote ${mark.colour}` }, words));
    if (mark.note) go.append(element("span", {}, mark.note));
    if (mark.beside) go.append(element("span", { class: "small quiet" }, this.reader.word("from-elsewhere")));
    go.addEventListener("click", (event) => {
      event.preventDefault();
      this.close();
      void this.reader.view.goTo(mark.locator);
    });
    const away = button(this.reader.word("remove"), () => {
      this.reader.sync.remove(mark.key);
      this.reader.afterMark(this.reader.word("removed"));
    });
    return element("li", { class: "row spread" }, go, away);
  }

  /** The voices of this device, for those who want another than the one of the language. */
  listVoices(voices: SpeechSynthesisVoice[]): void {
    const field = this.panel("looks")?.querySelector<HTMLSelectElement>("select[name=voice]");
    if (!field) return;
    const [usual] = field.options;
    field.replaceChildren(usual!, ...voices.map((each) => element("option", { value: each.voiceURI }, `${each.name} (${each.lang})`)));
    for (const each of this.panel("looks")!.querySelectorAll<HTMLElement>("[data-voiced]")) each.hidden = false;
    this.onLooks();
  }

  private get fields(): Iterable<HTMLInputElement | HTMLSelectElement> {
    return this.panel("looks")?.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input[name], select[name]") ?? [];
  }

  private prepareLooks(): void {
    for (const field of this.fields) {
      field.addEventListener("input", () => {
        const value = field instanceof HTMLSelectElement ? field.value : field.type === "checkbox" ? field.checked : field.type === "radio" ? field.value : Number(field.value);
        clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.reader.wear({ [field.name]: value } as Partial<Looks>), field.type === "range" ? 80 : 0);
      });
    }
  }

  /** Shows the present looks in their fields. */
  onLooks(): void {
    const looks = this.reader.looks as unknown as Record<string, unknown>;
    for (const field of this.fields) {
      if (field instanceof HTMLSelectElement) field.value = String(looks[field.name]);
      else if (field.type === "checkbox") field.checked = Boolean(looks[field.name]);
      else if (field.type === "radio") field.checked = looks[field.name] === field.value;
      else field.value = String(looks[field.name]);
    }
  }

  /** Nothing in the panels follows the place but the note on whether it is marked. */
  onPlace(): void {
    const position = this.reader.here?.locations?.position;
    const marked = this.reader.sync.marks.some((mark) => mark.kind === "bookmark" && position !== undefined && mark.locator.locations?.position === position);
    for (const each of this.reader.querySelectorAll("[data-bookmark]")) each.setAttribute("aria-pressed", String(marked));
  }
}

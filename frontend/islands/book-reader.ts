// <book-reader>: the shell around whatever is read. It turns pages, keeps the place and the marks together with the server, finds, reads
// aloud, and remembers how somebody likes to read. Without it the page is a page with links to the next one.
import { cookie, element, wordsOf } from "./elements";
import { keptFile } from "./kept-files";
import { keepWhenAsked } from "./reader-keeping";
import { MediaView } from "./reading-media";
import { PagesView } from "./reading-pages";
import { Panels } from "./reading-panels";
import { percent, spot, type Locator, type Looks, type View } from "./reading-places";
import { ReadAloud } from "./reading-aloud";
import { Sync, type Position } from "./reading-sync";

const PATIENCE = 3000;
const SEND_AFTER = 1500;
const LOOK_AGAIN = 60_000;
const SWIPE = 50;
const LOOKS: Looks = { size: 1, spacing: 1.5, theme: "auto", serif: false, rate: 1, voice: "" };

export class BookReader extends HTMLElement {
  view!: View;
  sync!: Sync;
  readonly word = wordsOf("reader-words");
  looks: Looks = { ...LOOKS, ...(JSON.parse(localStorage.getItem("lumbung-looks") ?? "{}") as Partial<Looks>) };
  here: Locator | null = null;
  private said = "";
  private timer = 0;
  private panels!: Panels;
  private aloud!: ReadAloud;

  connectedCallback(): void {
    void this.begin();
  }

  get address(): string {
    return this.getAttribute("address")!;
  }

  /** Who reads here, by a number; empty for those who have not signed in. */
  get reader(): string {
    return this.getAttribute("reader") ?? "";
  }

  get kind(): string {
    return this.getAttribute("kind")!;
  }

  get stage(): HTMLElement {
    return this.querySelector<HTMLElement>("[data-stage]")!;
  }

  get total(): number {
    return Number(this.getAttribute("pages")) || 1;
  }

  private async begin(): Promise<void> {
    this.sync = new Sync(`${this.address}reading`, this.reader, () => cookie("csrftoken"));
    this.sync.onPlaceLost = () => location.reload();
    this.panels = new Panels(this);
    const brought = this.sync.bring();
    const elsewhere = await Promise.race([brought, new Promise<null>((go) => setTimeout(() => go(null), PATIENCE))]);
    this.view = await this.viewOf();
    await this.view.open(this.asked() ?? elsewhere?.locator ?? this.sync.position?.locator ?? null, this.onMoved);
    this.wear();
    this.showMarks();
    this.listen();
    this.prepareVoice();
    void this.panels.fillChapters();
    this.panels.openAsked();
    this.dataset["ready"] = "";
    void keepWhenAsked(this);
    void brought.then((late) => late && late !== elsewhere && this.offer(late)).then(() => this.showMarks());
  }

  private async viewOf(): Promise<View> {
    if (this.kind === "epub") {
      const { bookView } = (await import(new URL(this.getAttribute("epub")!, location.href).href)) as typeof import("./reader-epub");
      return bookView(this.stage, this.address, this.onKey);
    }
    if (this.kind === "pdf") return new PagesView(this.stage, this.address, this.total, (number) => this.word("page").replace("0", String(number)));
    const tiles = this.getAttribute("tiles");
    if (this.kind === "image" && tiles) {
      try {
        const { imageView } = (await import(new URL(this.getAttribute("image")!, location.href).href)) as typeof import("./reader-image");
        const whole = (await keptFile(this.address)) && this.getAttribute("whole");
        const picture = imageView(this.stage, whole ? { type: "image", url: whole } : tiles, this.querySelector("[data-place]")!.textContent!.trim(), this.querySelector("h1")!.textContent!);
        await picture.begin();
        return picture;
      } catch {
        // Without its tiles the picture is shown as it is.
      }
    }
    if (this.kind === "image") void this.showWhole();
    return new MediaView(this.stage);
  }

  /** A picture without tiles comes whole, in the place of the light one that stood in the page until then. */
  private async showWhole(): Promise<void> {
    const light = this.stage.querySelector<HTMLImageElement>("img[data-whole]");
    if (!light) return;
    const whole = new Image();
    whole.src = light.dataset["whole"]!;
    await whole.decode().then(() => (light.src = whole.src), () => undefined);
  }

  /** Reading aloud, where what is read has words and the device has a voice. */
  private prepareVoice(): void {
    const view = this.view;
    this.aloud = new ReadAloud(
      {
        words: () => view.words(),
        language: () => view.language?.() || this.getAttribute("language") || "id",
        show: (sentence) => view.show?.(sentence),
        onwards: async () => (await view.onwards?.()) ?? false,
      },
      () => this.looks,
    );
    const button = this.querySelector<HTMLButtonElement>("[data-aloud]");
    if (!button) return;
    this.aloud.onVoices = (voices) => {
      button.hidden = false;
      this.panels.listVoices(voices);
    };
    this.aloud.onState = () => {
      button.setAttribute("aria-pressed", String(this.aloud.state !== "still"));
      this.classList.toggle("is-read-aloud", this.aloud.state !== "still");
      this.querySelector("[data-voice-toggle]")!.textContent = this.word(this.aloud.state === "paused" ? "voice-on" : "voice-pause");
    };
    this.press("[data-aloud]", () => this.aloud.toggle());
    this.press("[data-voice-toggle]", () => this.aloud.toggle());
    this.press("[data-voice-skip]", () => this.aloud.skip());
    this.press("[data-voice-stop]", () => this.aloud.stop());
    this.aloud.begin();
  }

  /** The page that the address asks for, when somebody came here from a page that was found. */
  private asked(): Locator | null {
    const page = new URLSearchParams(location.search).get("page");
    const hit = this.dataset["href"];
    if (!page) return null;
    if (this.kind === "epub") return hit ? { href: hit, type: "application/xhtml+xml", locations: { progression: Number(this.dataset["progression"]) } } : null;
    return { href: `pages/${page}.jpg`, type: "image/jpeg", locations: { position: Number(page) } };
  }

  private readonly onMoved = (place: Locator, said: string): void => {
    const first = this.here === null;
    [this.here, this.said] = [place, said];
    this.tellPlace();
    if (first && !this.asked()) return;
    this.sync.moveTo(place);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.sync.bring(), SEND_AFTER);
  };

  private tellPlace(): void {
    const place = this.here!;
    const number = place.locations?.position;
    const told = number ? `${number} / ${this.total}` : `${percent(place)} %`;
    const shown = this.kind === "image" ? this.said : this.said && !number ? `${this.said} · ${told}` : told;
    this.querySelector("[data-place]")!.textContent = shown;
    const slider = this.querySelector<HTMLInputElement>("[data-slider]");
    if (slider) slider.value = String(Math.round((place.locations?.totalProgression ?? 0) * 1000));
    this.panels.onPlace();
  }

  private listen(): void {
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("visibilitychange", () => void this.onSeen());
    window.addEventListener("online", () => void this.onSeen());
    window.setInterval(() => document.visibilityState === "visible" && void this.onSeen(), LOOK_AGAIN);
    document.addEventListener("selectionchange", () => this.onChosen());
    window.setInterval(() => this.kind === "epub" && this.onChosen(), 700);
    if (this.kind !== "image") {
      this.press("[data-next]", () => this.turn(1));
      this.press("[data-previous]", () => this.turn(-1));
    }
    for (const [name, by] of [["nearer", 1], ["farther", -1], ["whole", 0]] as const) this.press(`[data-${name}]`, () => this.view.zoom?.(by));
    this.press("[data-turn]", () => this.view.turnAround?.());
    this.querySelector<HTMLInputElement>("[data-slider]")?.addEventListener("change", (event) => void this.slideTo(Number((event.target as HTMLInputElement).value) / 1000));
    let from: number | null = null;
    this.stage.addEventListener("touchstart", (event) => (from = event.touches.length === 1 ? event.touches[0]!.clientX : null), { passive: true });
    this.stage.addEventListener("touchend", (event) => {
      const by = from === null ? 0 : event.changedTouches[0]!.clientX - from;
      if (this.kind === "pdf" && this.looks.size <= 1 && Math.abs(by) > SWIPE && document.getSelection()?.isCollapsed !== false) this.turn(by < 0 ? 1 : -1);
    });
  }

  /** The buttons to highlight with come when there is something to highlight. */
  private onChosen(): void {
    this.classList.toggle("has-choice", this.kind !== "audio" && this.kind !== "video" && this.view.chosen() !== null);
  }

  private press(selector: string, run: () => void): void {
    this.querySelector(selector)?.addEventListener("click", (event) => {
      event.preventDefault();
      run();
    });
  }

  turn(by: 1 | -1): void {
    this.aloud.stop();
    void (by > 0 ? this.view.next() : this.view.previous());
  }

  private async slideTo(part: number): Promise<void> {
    if (this.kind === "pdf") await this.view.goToChapter(String(Math.round(part * (this.total - 1)) + 1));
    else await this.view.goTo({ href: "", type: "", locations: { totalProgression: part } });
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const at = event.target as HTMLElement | null;
    if (event.altKey || event.ctrlKey || event.metaKey || at?.closest?.("input, textarea, select, audio, video, dialog")) return;
    const run: Record<string, () => void> = {
      ArrowRight: () => this.turn(1), PageDown: () => this.turn(1), ArrowLeft: () => this.turn(-1), PageUp: () => this.turn(-1),
      " ": () => this.turn(event.shiftKey ? -1 : 1), "/": () => this.panels.open("find"), f: () => this.panels.open("find"),
      b: () => this.bookmark(), c: () => this.panels.open("contents"), m: () => this.panels.open("marks"), s: () => this.panels.open("looks"),
      "+": () => this.wear({ size: Math.min(3, this.looks.size + 0.25) }), "-": () => this.wear({ size: Math.max(0.5, this.looks.size - 0.25) }),
      r: () => !this.querySelector<HTMLButtonElement>("[data-aloud]")?.hidden && this.aloud.toggle(),
      ...this.ownKeys(),
    };
    if (at?.closest?.("button, a") && event.key === " ") return;
    if (run[event.key]) {
      event.preventDefault();
      run[event.key]!();
    }
  };

  /** What keys do otherwise in pictures and recordings. */
  private ownKeys(): Record<string, () => void> {
    const view = this.view;
    if (view.play) return { " ": () => view.play!(), k: () => view.play!() };
    if (!view.zoom) return {};
    const go = (by: 1 | -1) => () => view.pan!(by) || this.querySelector<HTMLAnchorElement>(by > 0 ? "a[data-next][href]" : "a[data-previous][href]")?.click();
    const page = (by: 1 | -1) => () => this.querySelector<HTMLAnchorElement>(by > 0 ? "a[data-next][href]" : "a[data-previous][href]")?.click();
    return {
      "+": () => view.zoom!(1), "=": () => view.zoom!(1), "-": () => view.zoom!(-1), "0": () => view.zoom!(0), r: () => view.turnAround!(),
      ArrowRight: go(1), ArrowLeft: go(-1), ArrowDown: () => view.pan!(0, 1), ArrowUp: () => view.pan!(0, -1), PageDown: page(1), PageUp: page(-1), " ": page(1),
    };
  }

  bookmark(): void {
    if (!this.here) return;
    this.sync.put({ kind: "bookmark", locator: spot(this.here), note: "" });
    this.afterMark(this.word("bookmarked"));
  }

  /** Marks what is selected; without a selection says what to do. */
  highlight(colour: string, note = ""): void {
    const chosen = this.view.chosen();
    if (!chosen) return this.tell(this.word("select-first"));
    this.sync.put({ kind: note ? "note" : "highlight", locator: chosen, note, colour });
    this.afterMark(this.word("highlighted"));
  }

  afterMark(said: string): void {
    this.tell(said);
    this.showMarks();
    void this.sync.bring().then(() => this.showMarks());
  }

  showMarks(): void {
    this.view.mark(this.sync.marks.map(({ key, locator, colour }) => ({ key, locator, colour })));
    this.panels.listMarks();
  }

  wear(change: Partial<Looks> = {}): void {
    this.looks = { ...this.looks, ...change };
    localStorage.setItem("lumbung-looks", JSON.stringify(this.looks));
    this.dataset["theme"] = this.looks.theme;
    this.view.look(this.looks);
    this.panels.onLooks();
  }

  /** The page is looked at again: has another device read on meanwhile? */
  private async onSeen(): Promise<void> {
    if (document.visibilityState !== "visible") return void this.sync.bring();
    const elsewhere = await this.sync.bring();
    this.showMarks();
    if (elsewhere) this.offer(elsewhere);
  }

  private offer(elsewhere: Position): void {
    const box = this.querySelector<HTMLElement>("[data-elsewhere]")!;
    const place = elsewhere.locator.locations?.position;
    const go = element("button", { type: "button", class: "button small main" }, this.word("go-there"));
    go.addEventListener("click", () => {
      box.hidden = true;
      void this.view.goTo(elsewhere.locator);
    });
    const stay = element("button", { type: "button", class: "button small" }, this.word("stay-here"));
    stay.addEventListener("click", () => {
      box.hidden = true;
      if (this.here) this.sync.moveTo(this.here);
    });
    box.replaceChildren(`${this.word("elsewhere")} ${place ?? `${percent(elsewhere.locator)} %`} `, go, " ", stay);
    box.hidden = false;
  }

  tell(said: string): void {
    this.querySelector("[data-said]")!.textContent = said;
  }
}

customElements.define("book-reader", BookReader);

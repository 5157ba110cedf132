// EPUBs, by foliate-js: parts of the book are fetched one by one as they are reached. Loaded by the reader for books alone.
import { EPUB } from "foliate-js/epub.js";
import { Overlayer } from "foliate-js/overlayer.js";
import { View as BookView, type Heading, type Place } from "foliate-js/view.js";
import { FlowingText } from "./flowing-text";
import { cfiOf, type Chapter, type Hit, type Locator, type Looks, type View } from "./reading-places";

const INK: Record<Looks["theme"], [string, string]> = { auto: ["", ""], paper: ["#1f2a44", "#fbf8f1"], sepia: ["#4a3a22", "#f3e7cf"], night: ["#d9d5ca", "#14171f"] };
const COLOURS: Record<string, string> = { grain: "#e9b949", leaf: "#7fc4a4", clay: "#dd9775", said: "#8fb4e8" };
const SAID = 160;

class EpubView implements View {
  private readonly view = new BookView();
  private place: Place | null = null;
  private moved: (place: Locator, said: string) => void = () => undefined;
  private shown: string[] = [];
  private marks: { key: string; locator: Locator; colour: string }[] = [];
  private turning: Promise<void> = Promise.resolve();
  private flowing: { doc: Document; text: FlowingText; at: number } | null = null;
  private said = "";

  constructor(
    private readonly stage: HTMLElement,
    private readonly address: string,
    private readonly pressed: (event: KeyboardEvent) => void,
  ) {}

  async open(at: Locator | null, moved: (place: Locator, said: string) => void): Promise<void> {
    this.moved = moved;
    const sizes = new Map<string, number>();
    const loader = {
      loadText: (name: string) => this.fetched(name, (answer) => answer.text()),
      loadBlob: (name: string) => this.fetched(name, (answer) => answer.blob()),
      getSize: (name: string) => sizes.get(name) ?? 1000,
      sha1: sha1,
    };
    for (const [name, size] of await this.sizes()) sizes.set(name, size);
    const book = await new EPUB(loader).init();
    book.transformTarget.addEventListener("data", (event) => {
      const entry = (event as CustomEvent<{ data: Promise<string | Blob> | string | Blob; type: string }>).detail;
      if (entry.type.includes("html") || entry.type.includes("svg")) entry.data = Promise.resolve(entry.data).then((data) => (typeof data === "string" ? stayingHere(data, entry.type) : data));
    });
    this.stage.replaceChildren(this.view);
    await this.view.open(book);
    this.view.addEventListener("relocate", (event) => this.onMoved((event as CustomEvent<Place>).detail));
    this.view.addEventListener("load", (event) => this.onLoad((event as CustomEvent<{ doc: Document }>).detail.doc));
    this.view.addEventListener("external-link", (event) => event.preventDefault());
    this.view.addEventListener("create-overlay", () => this.mark(this.marks));
    this.view.addEventListener("draw-annotation", (event) => {
      const { draw, annotation } = (event as CustomEvent<{ draw: (func: unknown, options: unknown) => void; annotation: { color?: string } }>).detail;
      draw(Overlayer.highlight, { color: annotation.color });
    });
    await this.view.init({ lastLocation: cfiOf(at), showTextStart: !cfiOf(at) });
    if (!cfiOf(at) && at?.href) await this.goTo(at);
  }

  next(): Promise<void> {
    return (this.turning = this.turning.then(() => this.view.next()));
  }

  previous(): Promise<void> {
    return (this.turning = this.turning.then(() => this.view.prev()));
  }

  async goTo(place: Locator): Promise<void> {
    const cfi = cfiOf(place);
    if (cfi) await this.view.goTo(cfi);
    else if (!place.href) await this.view.goToFraction(place.locations?.totalProgression ?? 0);
    else await this.goToPart(place.href, place.locations?.progression ?? 0);
  }

  async goToChapter(href: string): Promise<void> {
    await this.view.goTo(href);
  }

  async goToHit(hit: Hit, words: string): Promise<void> {
    await this.goToPart(hit.href, hit.progression);
    const asked = hit.pieces.find(([, marked]) => marked)?.[0] ?? words;
    this.point(asked, hit.progression);
  }

  async chapters(): Promise<Chapter[]> {
    const lines = (headings: Heading[], depth: number): Chapter[] =>
      headings.flatMap((each) => [{ title: each.label?.trim() ?? "", href: each.href, depth }, ...lines(each.subitems ?? [], depth + 1)]);
    return lines(this.view.book.toc ?? [], 0);
  }

  words(): string {
    const doc = this.place?.range?.startContainer.ownerDocument;
    if (!doc) return "";
    const text = this.flowing?.doc === doc ? this.flowing.text : new FlowingText(doc);
    this.flowing = { doc, text, at: text.beginningOf(this.place!.range!) };
    return text.text.slice(this.flowing.at);
  }

  show(sentence: string | null): void {
    if (this.said) void this.view.addAnnotation({ value: this.said }, true);
    this.said = "";
    const content = this.view.renderer.getContents().find((each) => each.doc === this.flowing?.doc);
    const from = sentence && this.flowing ? this.flowing.text.text.indexOf(sentence, this.flowing.at) : -1;
    if (!content || !this.flowing || !sentence || from < 0) return;
    this.flowing.at = from + sentence.length;
    const range = this.flowing.text.range(from, this.flowing.at);
    this.said = this.view.getCFI(content.index, range);
    void this.view.addAnnotation({ value: this.said, color: COLOURS["said"]! });
    if ((this.place?.range?.comparePoint(range.startContainer, range.startOffset) ?? 0) > 0) void this.view.goTo(this.said);
  }

  async onwards(): Promise<boolean> {
    const index = (this.view.renderer.getContents()[0]?.index ?? 0) + 1;
    if (index >= this.view.book.sections.length) return false;
    await this.view.renderer.goTo({ index, anchor: 0 });
    return true;
  }

  language(): string {
    return this.view.book.metadata?.language ?? "";
  }

  chosen(): Locator | null {
    for (const { doc, index } of this.view.renderer.getContents()) {
      const selection = doc.getSelection();
      if (!selection || selection.isCollapsed) continue;
      const range = selection.getRangeAt(0);
      const said = range.toString().replace(/\s+/g, " ").trim().slice(0, 2000);
      return { ...this.located(index, this.view.getCFI(index, range)), text: { highlight: said } };
    }
    return null;
  }

  mark(places: { key: string; locator: Locator; colour: string }[]): void {
    for (const value of this.shown) void this.view.addAnnotation({ value }, true);
    this.marks = places;
    this.shown = places.map((each) => cfiOf(each.locator)).filter((cfi) => cfi !== null);
    for (const { locator, colour } of places) {
      const cfi = cfiOf(locator);
      if (cfi && locator.text?.highlight) void this.view.addAnnotation({ value: cfi, color: COLOURS[colour] ?? colour });
    }
  }

  look(looks: Looks): void {
    const [ink, paper] = INK[looks.theme];
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const [text, ground] = ink ? [ink, paper] : dark ? INK.night : INK.paper;
    this.view.renderer.setAttribute("max-inline-size", "640px");
    this.view.renderer.setAttribute("margin", "32px");
    this.view.renderer.setStyles?.(`
      html { color-scheme: ${ground === INK.night[1] ? "dark" : "light"}; background: ${ground}; color: ${text}; font-size: ${looks.size * 100}%; line-height: ${looks.spacing}; ${looks.serif ? "font-family: Georgia, serif;" : ""} }
      body { background: none !important; color: inherit; }
      p, li, blockquote, dd { line-height: ${looks.spacing}; hanging-punctuation: allow-end last; }
      a:any-link { color: inherit; }
      pre { white-space: pre-wrap !important; }`);
    this.stage.style.background = ground;
  }

  private async goToPart(href: string, progression: number): Promise<void> {
    const index = this.view.book.sections.findIndex((section) => section.id === href);
    if (index >= 0) await this.view.renderer.goTo({ index, anchor: progression });
  }

  /** Turns to the words themselves, which stand somewhere from this part of the section on. */
  private point(asked: string, progression: number): void {
    const content = this.view.renderer.getContents()[0];
    if (!content) return;
    const walker = content.doc.createTreeWalker(content.doc.body, NodeFilter.SHOW_TEXT);
    const total = content.doc.body.textContent?.length ?? 0;
    for (let node = walker.nextNode(), at = 0; node; at += node.textContent?.length ?? 0, node = walker.nextNode()) {
      const found = (node.textContent ?? "").toLowerCase().indexOf(asked.toLowerCase());
      if (found < 0 || at + found < total * progression - SAID) continue;
      const range = content.doc.createRange();
      range.setStart(node, found);
      range.setEnd(node, found + asked.length);
      const cfi = this.view.getCFI(content.index, range);
      void this.view.goTo(cfi);
      void this.view.addAnnotation({ value: cfi, color: COLOURS["grain"] });
      this.shown.push(cfi);
      return;
    }
  }

  private onMoved(place: Place): void {
    this.place = place;
    const [content] = this.view.renderer.getContents();
    const locator = this.located(place.section?.current ?? content?.index ?? 0, place.cfi);
    const said = (place.range?.toString() ?? "").replace(/\s+/g, " ").trim().slice(0, SAID);
    this.moved({ ...locator, ...(said ? { text: { highlight: said } } : {}) }, place.tocItem?.label?.trim() ?? "");
  }

  private located(index: number, cfi: string): Locator {
    const total = this.place?.fraction ?? 0;
    const href = this.view.book.sections[index]?.id ?? "";
    return { href, type: "application/xhtml+xml", locations: { fragments: [cfi], totalProgression: Math.min(1, Math.max(0, total)) } };
  }

  private onLoad(doc: Document): void {
    doc.addEventListener("keydown", this.pressed);
    for (const field of doc.querySelectorAll("form, input, button")) field.setAttribute("disabled", "");
  }

  private async fetched<T>(name: string, read: (answer: Response) => Promise<T>): Promise<T | null> {
    const answer = await fetch(`${this.address}parts/${name.split("/").map(encodeURIComponent).join("/")}`).catch(() => null);
    return answer?.ok ? read(answer) : null;
  }

  /** How long the parts are, so that the way through the book is counted truly. */
  private async sizes(): Promise<[string, number][]> {
    const answer = await fetch(`${this.address}sizes.json`);
    return answer.ok ? Object.entries((await answer.json()) as Record<string, number>) : [];
  }
}

/** The page without orders to the browser to go elsewhere, which would leave the reader with a page that cannot be loaded. */
function stayingHere(page: string, type: string): string {
  const leaving = /http-equiv/i.test(page) ? new DOMParser().parseFromString(page, type as DOMParserSupportedType) : null;
  const orders = leaving?.querySelectorAll('meta[http-equiv="refresh" i]') ?? [];
  if (!leaving || !orders.length) return page;
  for (const each of orders) each.removeAttribute("http-equiv");
  return new XMLSerializer().serializeToString(leaving);
}

async function sha1(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text)));
}

export function bookView(stage: HTMLElement, address: string, pressed: (event: KeyboardEvent) => void): View {
  return new EpubView(stage, address, pressed);
}

// A PDF, page by page: the picture of the page from the server with its words over it, invisible and yet to be selected, found and read
// aloud. The file itself stays where it is.
import { element } from "./elements";
import { pageOf, pagePlace, partsOf, type Chapter, type Hit, type Locator, type Looks, type View } from "./reading-places";

interface Page {
  number: number;
  lines: [string, number, number, number, number][];
}

const WIDTHS = [360, 720, 1080, 1440, 2160];

/** How wide the page is shown, as the server's page says it too; where pixels are very fine, fewer do. */
const sizesAt = (size: number) => `(min-resolution: 2.5dppx) ${60 * size}vw, (min-width: 900px) ${900 * size}px, ${100 * size}vw`;

export class PagesView implements View {
  private number = 1;
  private page: Page | null = null;
  private moved: (place: Locator, said: string) => void = () => undefined;
  private marks: { key: string; locator: Locator; colour: string }[] = [];
  private asked = "";
  private readonly figure = element("figure", { class: "leaf" });
  private readonly picture: HTMLImageElement;
  /** The page whose picture came within the page of the reader, while that one is shown: light, and good for so many pixels. */
  private came = 0;
  private readonly words_ = element("div", { class: "leaf-words" });
  private readonly glow = element("div", { class: "leaf-glow", "aria-hidden": "true" });
  private size = 1;
  private said = { parts: [] as { line: number; from: number; to: number }[], end: 0 };

  constructor(
    private readonly stage: HTMLElement,
    private readonly address: string,
    private readonly total: number,
    private readonly pageName: (number: number) => string,
  ) {
    this.picture = stage.querySelector<HTMLImageElement>(".leaf img") ?? element("img", {});
    this.picture.draggable = false;
    this.came = Number(this.picture.dataset["page"] ?? 0);
  }

  /** The picture that came with the page is kept: on a slow line a sharper one takes its time. */
  async open(at: Locator | null, moved: (place: Locator, said: string) => void): Promise<void> {
    this.moved = moved;
    this.figure.append(this.picture, this.glow, this.words_);
    this.stage.replaceChildren(this.figure);
    this.picture.addEventListener("load", () => this.figure.classList.remove("turning"));
    this.picture.addEventListener("error", () => this.figure.classList.remove("turning"));
    await this.turnTo(pageOf(at));
  }

  next(): Promise<void> {
    return this.turnTo(this.number + 1);
  }

  previous(): Promise<void> {
    return this.turnTo(this.number - 1);
  }

  goTo(place: Locator): Promise<void> {
    return this.turnTo(pageOf(place));
  }

  goToChapter(href: string): Promise<void> {
    return this.turnTo(Number(href));
  }

  async goToHit(hit: Hit, words: string): Promise<void> {
    this.asked = words;
    await this.turnTo(hit.number);
  }

  async chapters(): Promise<Chapter[]> {
    return [];
  }

  words(): string {
    this.said.end = 0;
    return this.page?.lines.map((line) => line[0].trim()).join(" ") ?? "";
  }

  show(sentence: string | null): void {
    const lines = this.page?.lines.map((line) => line[0]) ?? [];
    this.said = (sentence && partsOf(lines, sentence, this.said.end)) || { parts: [], end: this.said.end };
    this.paint();
    this.glow.querySelector(".said")?.scrollIntoView({ block: "nearest" });
  }

  async onwards(): Promise<boolean> {
    if (this.number >= this.total) return false;
    await this.turnTo(this.number + 1);
    return true;
  }

  chosen(): Locator | null {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !this.words_.contains(selection.anchorNode)) return null;
    return pagePlace(this.number, this.total, selection.toString().replace(/\s+/g, " ").trim());
  }

  mark(places: { key: string; locator: Locator; colour: string }[]): void {
    this.marks = places;
    this.paint();
  }

  look(looks: Looks): void {
    this.size = looks.size;
    this.figure.style.setProperty("--leaf-size", String(looks.size));
    if (this.page) this.draw();
  }

  private async turnTo(number: number): Promise<void> {
    this.number = Math.min(Math.max(1, number), this.total);
    this.draw();
    this.words_.replaceChildren();
    this.glow.replaceChildren();
    this.said = { parts: [], end: 0 };
    this.moved(pagePlace(this.number, this.total), this.pageName(this.number));
    this.stage.scrollTo({ top: 0 });
    const wanted = this.number;
    const page = await this.fetched(wanted);
    if (wanted !== this.number) return;
    this.page = page;
    this.write();
    this.paint();
    const next = () => wanted === this.number && wanted < this.total && this.fill(new Image(), wanted + 1);
    void this.whenShown().then(() => this.sharpen()).then(next);
  }

  /** When this page is there to be read: only then the next one may take its share of the line. */
  private whenShown(): Promise<unknown> {
    return this.picture.decode().catch(() => undefined);
  }

  private async fetched(number: number): Promise<Page> {
    try {
      const answer = await fetch(`${this.address}pages/${number}.json`);
      if (answer.ok) return (await answer.json()) as Page;
    } catch {
      // Without a connection the picture alone is shown, if it was kept.
    }
    return { number, lines: [] };
  }

  private draw(): void {
    this.picture.sizes = sizesAt(this.size);
    if (this.number === this.came) return void (this.page && this.sharpen());
    if (this.picture.srcset === picturesOf(this.address, this.number)) return;
    this.figure.classList.add("turning");
    this.came = 0;
    this.fill(this.picture, this.number);
    this.picture.alt = this.pageName(this.number);
  }

  /** A sharper picture takes the place of the one that came first, where this screen shows more; it is fetched aside, when nothing else is waited for. */
  private async sharpen(): Promise<void> {
    const number = this.came;
    if (number !== this.number || Number(this.picture.dataset["goodFor"]) >= this.pixels()) return;
    const sharper = new Image();
    this.fill(sharper, number);
    if (!(await sharper.decode().then(() => true, () => false)) || number !== this.number) return;
    this.came = 0;
    this.fill(this.picture, number);
  }

  /** How many pixels wide the page is drawn, by the rule of `sizesAt`. */
  private pixels(): number {
    return this.figure.clientWidth * devicePixelRatio * (devicePixelRatio >= 2.5 ? 0.6 : 1);
  }

  private fill(picture: HTMLImageElement, number: number): void {
    picture.sizes = sizesAt(this.size);
    picture.srcset = picturesOf(this.address, number);
  }

  /** Each line where it stands, as wide as it is drawn: what is selected over the picture is what is seen. */
  private write(): void {
    const height = () => this.figure.clientHeight || 1;
    const lines = (this.page?.lines ?? []).map(([text, left, top, wide, high]) => {
      const line = element("span", {}, text, " ");
      Object.assign(line.style, { left: `${left * 100}%`, top: `${top * 100}%`, fontSize: `calc(var(--leaf-height, ${height()}px) * ${high} * 0.86)` });
      line.dataset["wide"] = String(wide);
      return line;
    });
    this.words_.replaceChildren(...lines);
    const fit = () => {
      this.figure.style.setProperty("--leaf-height", `${height()}px`);
      for (const line of lines) {
        const natural = line.offsetWidth || 1;
        line.style.transform = `scaleX(${(Number(line.dataset["wide"]) * this.figure.clientWidth) / natural})`;
      }
    };
    if (this.picture.complete) fit();
    this.picture.onload = fit;
  }

  /** What was marked and what was asked for, as a glow behind the words. */
  private paint(): void {
    const boxes: HTMLElement[] = [];
    for (const [at, [text, left, top, wide, high]] of (this.page?.lines ?? []).entries()) {
      const said = this.said.parts.filter((each) => each.line === at).map((each) => ({ ...each, colour: "said" }));
      for (const { from, to, colour } of [...this.spans(text), ...said]) {
        const box = element("i", { class: `glow ${colour}` });
        const [begin, end] = this.stretch(at, from, to) ?? [from / Math.max(1, text.length), to / Math.max(1, text.length)];
        Object.assign(box.style, { left: `${(left + begin * wide) * 100}%`, top: `${top * 100}%`, width: `${(end - begin) * wide * 100}%`, height: `${high * 100}%` });
        boxes.push(box);
      }
    }
    this.glow.replaceChildren(...boxes);
  }

  /** Where in its line, from 0 to 1, a piece of it stands: as the words over the picture have it, since letters are not equally wide. */
  private stretch(line: number, from: number, to: number): [number, number] | null {
    const [words, range] = [this.words_.children[line]?.firstChild, document.createRange()];
    const length = words?.textContent?.length ?? 0;
    if (!words || to > length) return null;
    const box = (start: number, end: number) => (range.setStart(words, start), range.setEnd(words, end), range.getBoundingClientRect());
    const [whole, piece] = [box(0, length), box(from, to)];
    return whole.width ? [(piece.left - whole.left) / whole.width, (piece.right - whole.left) / whole.width] : null;
  }

  private spans(line: string): { from: number; to: number; colour: string }[] {
    const found: { from: number; to: number; colour: string }[] = [];
    const low = line.toLowerCase();
    for (const word of this.asked.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []) {
      for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + word.length)) found.push({ from: at, to: at + word.length, colour: "asked" });
    }
    for (const mark of this.marks) {
      if (pageOf(mark.locator) !== this.number) continue;
      const said = (mark.locator.text?.highlight ?? "").toLowerCase();
      const within = said.length > 2 && (said.includes(low.trim()) ? [0, line.length] : low.includes(said) ? [low.indexOf(said), low.indexOf(said) + said.length] : overlap(low, said));
      if (within) found.push({ from: within[0]!, to: within[1]!, colour: mark.colour });
    }
    return found;
  }
}

/** The picture of a page in every width there is, for the browser to choose from. */
function picturesOf(address: string, number: number): string {
  return WIDTHS.map((width) => `${address}pages/${number}.jpg?w=${width} ${width}w`).join(", ");
}

/** Where a marked text that runs over several lines meets this line: at its end or at its beginning. */
function overlap(line: string, said: string): [number, number] | false {
  for (let length = Math.min(line.length, said.length); length > 5; length--) {
    if (line.endsWith(said.slice(0, length))) return [line.length - length, line.length];
    if (line.startsWith(said.slice(-length))) return [0, length];
  }
  return false;
}

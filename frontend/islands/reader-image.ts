// Pictures of pages, by OpenSeadragon: deep zoom over the tiles that the library cuts (IIIF). Loaded by the reader for pictures alone.
import OpenSeadragon from "openseadragon";
import type { Chapter, Hit, Locator, Looks, View } from "./reading-places";

const STEP = 1.5;
const MOST = 4;

/** Where tiles are described, or one picture of all. */
type Tiles = string | { type: "image"; url: string };

class ImageView implements View {
  private viewer!: OpenSeadragon.Viewer;
  private moved: (place: Locator, said: string) => void = () => undefined;
  private size = 0;

  constructor(
    private readonly stage: HTMLElement,
    private readonly tiles: Tiles,
    private readonly told: string,
    private readonly title: string,
  ) {}

  /** The picture is there, in the place of the one that stood in the page until the first tile came; fails where its tiles cannot be had. */
  async begin(): Promise<void> {
    const figure = document.createElement("figure");
    figure.className = "deep";
    figure.setAttribute("role", "img");
    figure.setAttribute("aria-label", this.title);
    const before = [...this.stage.children];
    this.stage.append(figure);
    this.viewer = OpenSeadragon({
      element: figure,
      tileSources: this.tiles,
      drawer: "canvas",
      showNavigationControl: false,
      maxZoomPixelRatio: MOST,
      visibilityRatio: 0.6,
      animationTime: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.4,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { pinchRotate: false },
      keyboardNavEnabled: false,
    });
    await new Promise<void>((done, failed) => {
      this.viewer.addOnceHandler("open", () => done());
      this.viewer.addOnceHandler("open-failed", () => failed(new Error("no tiles")));
    }).catch((error: unknown) => {
      this.viewer.destroy();
      figure.remove();
      throw error;
    });
    await new Promise<void>((done) => {
      this.viewer.addOnceHandler("tile-drawn", () => done());
      this.viewer.addOnceHandler("tile-load-failed", () => done());
    });
    for (const each of before) if (each.matches(".leaf")) each.remove();
  }

  async open(at: Locator | null, moved: (place: Locator, said: string) => void): Promise<void> {
    this.moved = moved;
    if (at) await this.goTo(at);
    this.viewer.addHandler("animation-finish", () => this.tell());
    this.tell();
  }

  async next(): Promise<void> {
    this.pan(1);
  }

  async previous(): Promise<void> {
    this.pan(-1);
  }

  async goTo(place: Locator): Promise<void> {
    const named = place.locations?.fragments?.map((each) => /^xywh=percent:([\d.]+),([\d.]+),([\d.]+),([\d.]+)$/.exec(each)).find(Boolean);
    if (!named) return;
    const [x, y, wide, high] = named.slice(1).map((each) => Number(each) / 100) as [number, number, number, number];
    const { x: fullWide, y: fullHigh } = this.whole();
    this.viewer.viewport.fitBounds(this.item.imageToViewportRectangle(x * fullWide, y * fullHigh, wide * fullWide, high * fullHigh), true);
  }

  async goToChapter(href: string): Promise<void> {
    location.assign(href);
  }

  async goToHit(_hit: Hit, _words: string): Promise<void> {
    // A picture has no words to be found in.
  }

  async chapters(): Promise<Chapter[]> {
    return [];
  }

  words(): string {
    return "";
  }

  chosen(): Locator | null {
    return null;
  }

  mark(): void {
    // Marks of a picture stand in the list alone.
  }

  /** As large as somebody likes: 1 is the whole picture. */
  look(looks: Looks): void {
    const first = this.size === 0;
    if (looks.size === this.size) return;
    this.size = looks.size;
    if (!first) this.viewer.viewport.zoomTo(this.viewer.viewport.getHomeZoom() * Math.max(1, looks.size));
  }

  zoom(by: 1 | -1 | 0): void {
    if (by === 0) this.viewer.viewport.goHome();
    else this.viewer.viewport.zoomBy(by > 0 ? STEP : 1 / STEP).applyConstraints();
  }

  turnAround(): void {
    this.viewer.viewport.setRotation((this.viewer.viewport.getRotation() + 90) % 360);
  }

  /** Whether more of the picture lies that way, which is then shown. */
  pan(sideways: number, down = 0): boolean {
    const seen = this.viewer.viewport.getBounds();
    const before = this.viewer.viewport.getCenter(false);
    this.viewer.viewport.panBy(new OpenSeadragon.Point(sideways * seen.width * 0.4, down * seen.height * 0.4)).applyConstraints();
    const after = this.viewer.viewport.getCenter(false);
    return Math.abs(after.x - before.x) + Math.abs(after.y - before.y) > seen.width * 0.02;
  }

  private get item(): OpenSeadragon.TiledImage {
    return this.viewer.world.getItemAt(0);
  }

  private whole(): OpenSeadragon.Point {
    return this.item.getContentSize();
  }

  private tell(): void {
    const zoom = Math.round((this.viewer.viewport.getZoom(false) / this.viewer.viewport.getHomeZoom()) * 100);
    const seen = this.item.viewportToImageRectangle(this.viewer.viewport.getBounds(false));
    const { x: wide, y: high } = this.whole();
    const part = (value: number, of: number): string => Math.max(0, Math.min(100, (value / of) * 100)).toFixed(2);
    const fragment = `xywh=percent:${part(seen.x, wide)},${part(seen.y, high)},${part(seen.width, wide)},${part(seen.height, high)}`;
    this.moved({ href: "play", type: "image/jpeg", locations: { fragments: [fragment], totalProgression: 1 } }, `${this.told} · ${zoom} %`);
  }
}

/** The view of one picture. `tiles` is where it comes from, `told` says which of how many it is. */
export function imageView(stage: HTMLElement, tiles: Tiles, told: string, title: string): ImageView {
  return new ImageView(stage, tiles, told, title);
}

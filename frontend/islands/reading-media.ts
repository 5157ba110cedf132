// Pictures and recordings: the browser's own player, with captions and chapters, that goes on where it was left.
import { momentPlace, secondsOf, type Chapter, type Hit, type Locator, type Looks, type View } from "./reading-places";

const EVERY = 5;

export class MediaView implements View {
  private told = -EVERY;
  private moved: (place: Locator, said: string) => void = () => undefined;
  private parts: Chapter[] = [];
  private wanted: number | null = null;
  private readonly player: HTMLMediaElement | null;

  constructor(private readonly stage: HTMLElement) {
    this.player = stage.querySelector<HTMLMediaElement>("audio, video");
  }

  async open(at: Locator | null, moved: (place: Locator, said: string) => void): Promise<void> {
    const player = this.player;
    if (!player) return;
    this.moved = moved;
    player.addEventListener("loadedmetadata", () => this.wanted !== null && this.seek(this.wanted));
    this.seek(secondsOf(at));
    player.addEventListener("timeupdate", () => Math.abs(player.currentTime - this.told) >= EVERY && this.tell());
    for (const name of ["pause", "seeked"]) player.addEventListener(name, () => this.tell());
  }

  next(): Promise<void> {
    return this.skip(15);
  }

  previous(): Promise<void> {
    return this.skip(-15);
  }

  async goTo(place: Locator): Promise<void> {
    this.seek(secondsOf(place));
  }

  async goToChapter(href: string): Promise<void> {
    this.seek(Number(href));
  }

  play(): void {
    if (this.player?.paused) void this.player.play();
    else this.player?.pause();
  }

  async goToHit(_hit: Hit, _words: string): Promise<void> {
    // A recording has no pages to be found in.
  }

  async chapters(): Promise<Chapter[]> {
    const element = this.stage.querySelector<HTMLTrackElement>("track[kind=chapters]");
    if (!element) return [];
    element.track.mode = "hidden";
    if (element.readyState < HTMLTrackElement.LOADED) await new Promise((done) => ["load", "error"].forEach((name) => element.addEventListener(name, done, { once: true })));
    this.parts = [...(element.track.cues ?? [])].map((cue) => ({ title: (cue as VTTCue).text, href: String(cue.startTime), depth: 0 }));
    if (this.parts.length) this.tell();
    return this.parts;
  }

  words(): string {
    return "";
  }

  chosen(): Locator | null {
    return this.player ? { ...this.here(), text: { highlight: clockTime(this.time) } } : null;
  }

  mark(): void {
    // Marks of a recording stand in the list alone.
  }

  look(looks: Looks): void {
    if (this.player) this.player.defaultPlaybackRate = this.player.playbackRate = looks.rate;
  }

  /** The time, and the chapter that it is in. */
  private tell(): void {
    this.told = this.time;
    const chapter = this.parts.filter((each) => Number(each.href) <= this.told + 0.01).at(-1)?.title;
    this.moved(this.here(), chapter ? `${clockTime(this.told)} · ${chapter}` : clockTime(this.told));
  }

  private here(): Locator {
    const player = this.player!;
    return momentPlace(this.time, player.duration || 0, player.tagName === "AUDIO" ? "audio/mpeg" : "video/mp4");
  }

  private async skip(seconds: number): Promise<void> {
    this.seek(Math.max(0, this.time + seconds));
  }

  private get time(): number {
    return this.wanted ?? this.player!.currentTime;
  }

  /** Go there; a recording of which nothing is known yet goes there as soon as it is, wherever somebody wanted to go last. */
  private seek(seconds: number): void {
    const player = this.player;
    if (!player) return;
    this.wanted = player.readyState > 0 ? null : seconds;
    if (this.wanted === null) player.currentTime = seconds;
  }
}

/** 3:07, or 1:03:07. */
export function clockTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

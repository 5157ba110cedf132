// Reading aloud with the browser's own voice, a sentence at a time and on from page to page. Where there is no voice, its buttons stay away.
import { sentences } from "./reading-places";

/** What is read: its words from here on, the sentence that is said now (null: none), and the page after it (false: there is none). */
export interface Told {
  words(): string;
  language(): string;
  show(sentence: string | null): void;
  onwards(): Promise<boolean>;
}

export interface Manner {
  rate: number;
  voice: string;
}

type State = "still" | "reading" | "paused";

export class ReadAloud {
  private queue: string[] = [];
  private said = "";
  private turn = 0;
  state: State = "still";
  /** Called whenever it begins, pauses, goes on or ends. */
  onState: () => void = () => undefined;
  /** Called as soon as the device tells of voices. */
  onVoices: (voices: SpeechSynthesisVoice[]) => void = () => undefined;

  constructor(
    private readonly told: Told,
    private readonly manner: () => Manner,
  ) {}

  begin(): void {
    if (!("speechSynthesis" in window)) return;
    this.listVoices();
    speechSynthesis.addEventListener?.("voiceschanged", () => this.listVoices());
    window.addEventListener("pagehide", () => this.stop());
  }

  /** Begin, pause where it is, or go on with the sentence that was broken off. */
  toggle(): void {
    if (this.state === "reading") this.pause();
    else if (this.state === "paused") this.goOn();
    else this.start();
  }

  skip(): void {
    if (this.state === "still") return;
    this.hush();
    this.said = this.queue.shift() ?? "";
    this.goOn();
  }

  stop(): void {
    if (this.state === "still") return;
    this.hush();
    this.queue = [];
    this.be("still");
    this.told.show(null);
  }

  private start(): void {
    this.queue = sentences(this.told.words());
    this.said = this.queue.shift() ?? "";
    this.goOn();
  }

  private pause(): void {
    this.hush();
    this.be("paused");
  }

  private goOn(): void {
    this.be("reading");
    if (this.said) this.say();
    else void this.next();
  }

  /** No word of what was being said comes any more. Browsers pause badly, so a pause breaks off and going on begins the sentence again. */
  private hush(): void {
    this.turn++;
    speechSynthesis.cancel();
  }

  private say(): void {
    const { rate, voice } = this.manner();
    const turn = ++this.turn;
    const said = new SpeechSynthesisUtterance(this.said);
    const chosen = this.voiceOf(voice);
    if (chosen) said.voice = chosen;
    said.lang = chosen?.lang ?? this.told.language();
    said.rate = rate;
    said.onend = () => turn === this.turn && void this.next();
    said.onerror = () => turn === this.turn && this.stop();
    this.told.show(this.said);
    speechSynthesis.speak(said);
  }

  private async next(): Promise<void> {
    const turn = this.turn;
    while (!this.queue.length) {
      const isMore = await this.told.onwards();
      if (turn !== this.turn) return;
      if (!isMore) return this.stop();
      this.queue = sentences(this.told.words());
    }
    this.said = this.queue.shift()!;
    this.say();
  }

  /** The voice that was chosen, else the first that speaks the language of what is read. */
  private voiceOf(name: string): SpeechSynthesisVoice | undefined {
    const voices = speechSynthesis.getVoices();
    const language = this.told.language().toLowerCase().slice(0, 2);
    return voices.find((each) => each.voiceURI === name) ?? voices.find((each) => each.lang.toLowerCase().startsWith(language));
  }

  private listVoices(): void {
    const voices = speechSynthesis.getVoices();
    if (voices.length) this.onVoices(voices);
  }

  private be(state: State): void {
    this.state = state;
    this.onState();
  }
}

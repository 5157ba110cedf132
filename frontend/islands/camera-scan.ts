// <camera-scan reader="…/barcode-reader.js">: reads barcodes with the camera of a telephone, by the browser's own detector or, where
// it has none, by a reader that is fetched only then. Tells each as the event "barcode-read"; the same code again only after a while.

interface Detected {
  rawValue: string;
}

interface Detector {
  detect(source: HTMLVideoElement): Promise<Detected[]>;
}

interface DetectorKind {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const FORMATS = ["code_128", "code_39", "codabar", "ean_13", "ean_8", "itf", "qr_code"];
const EVERY = 120;
const REPEAT = 2500;

class CameraScan extends HTMLElement {
  private stream: MediaStream | undefined;
  private isStarting = false;
  private last = { code: "", at: Number.NEGATIVE_INFINITY };

  connectedCallback(): void {
    this.toggle.hidden = navigator.mediaDevices === undefined;
    this.toggle.addEventListener("click", () => void (this.stream === undefined ? this.start() : this.stop()));
  }

  disconnectedCallback(): void {
    this.stop();
  }

  private get toggle(): HTMLButtonElement {
    return this.querySelector<HTMLButtonElement>("[data-toggle]")!;
  }

  private get picture(): HTMLVideoElement {
    return this.querySelector("video")!;
  }

  private async start(): Promise<void> {
    if (this.isStarting) return; // a second camera would stay on for good
    const complaint = this.querySelector<HTMLElement>("[data-no-camera]")!;
    this.isStarting = true;
    try {
      const detector = await this.detector();
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      this.picture.srcObject = this.stream;
      this.picture.hidden = false;
      await this.picture.play();
      complaint.hidden = true;
      void this.look(detector);
    } catch {
      complaint.hidden = false;
      this.stop();
    }
    this.isStarting = false;
    this.toggle.setAttribute("aria-pressed", String(this.stream !== undefined));
  }

  private stop(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.picture.hidden = true;
    this.toggle.setAttribute("aria-pressed", "false");
  }

  private async detector(): Promise<Detector> {
    const own = (window as { BarcodeDetector?: DetectorKind }).BarcodeDetector;
    const formats = (await own?.getSupportedFormats())?.filter((each) => FORMATS.includes(each)) ?? [];
    if (own !== undefined && formats.includes("code_128")) return new own({ formats });
    const { Reader } = (await import(this.getAttribute("reader")!)) as { Reader: new () => Detector };
    return new Reader();
  }

  private async look(detector: Detector): Promise<void> {
    while (this.stream !== undefined) {
      for (const found of await detector.detect(this.picture).catch(() => [])) this.read(found.rawValue);
      await new Promise((next) => setTimeout(next, EVERY));
    }
  }

  private read(code: string): void {
    const at = performance.now();
    if (code === this.last.code && at - this.last.at < REPEAT) return;
    this.last = { code, at };
    this.dispatchEvent(new CustomEvent("barcode-read", { detail: code, bubbles: true }));
  }
}

customElements.define("camera-scan", CameraScan);

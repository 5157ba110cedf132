// <markdown-box upload="…" preview="…" words="…"> around a text area: buttons and keys for Markdown, pictures pasted or dropped, and
// the text as readers will see it. Without JavaScript the text area is all there is.
import { element, wordsOf } from "./elements";
import { begun, blockAt, linked, nextPoint, wrapped, type Edit } from "./markdown-edits";

const TABLE = (column: string) => `| ${column} 1 | ${column} 2 |\n| --- | --- |\n|  |  |`;

export class MarkdownBox extends HTMLElement {
  private area!: HTMLTextAreaElement;
  private shown!: HTMLElement;
  private said!: HTMLElement;
  private word!: (name: string) => string;
  private picker!: HTMLInputElement;

  connectedCallback(): void {
    this.area = this.querySelector("textarea")!;
    this.word = wordsOf(this.getAttribute("words") ?? "");
    this.shown = element("div", { class: "preview", hidden: "", tabindex: "-1" });
    this.said = element("span", { class: "quiet small", role: "status" });
    this.picker = element("input", { type: "file", accept: "image/png,image/jpeg,image/webp", hidden: "" });
    this.picker.addEventListener("change", () => void this.take([...(this.picker.files ?? [])]));
    this.area.before(this.bar());
    this.area.after(this.shown, this.picker);
    this.area.addEventListener("keydown", this.onKey);
    this.area.addEventListener("paste", this.onPaste);
    this.area.addEventListener("dragover", (event) => event.preventDefault());
    this.area.addEventListener("drop", this.onDrop);
  }

  private bar(): HTMLElement {
    const press = (name: string, sign: string | null, run: () => void) => {
      const made = element("button", { type: "button", class: "tool", title: this.word(name), "aria-label": sign?.endsWith(".") ? `${sign} ${this.word(name)}` : this.word(name) }, sign ?? this.drawing(name));
      made.addEventListener("click", run);
      return made;
    };
    const look = element("button", { type: "button", class: "tool wide", "aria-pressed": "false" }, this.word("preview"));
    look.addEventListener("click", () => void this.look(look));
    return element(
      "div",
      { class: "tools", role: "toolbar", "aria-label": this.word("tools") },
      press("bold", "B", () => this.put(wrapped(this.edit, "**", this.word("bold").toLowerCase()))),
      press("italic", "I", () => this.put(wrapped(this.edit, "*", this.word("italic").toLowerCase()))),
      press("heading", "H", () => this.put(begun(this.edit, () => "## ", /^#{1,6} /))),
      press("list", null, () => this.put(begun(this.edit, () => "- ", /^[-*+] /))),
      press("steps", "1.", () => this.put(begun(this.edit, (n) => `${n}. `, /^\d+[.)] /))),
      press("quote", null, () => this.put(begun(this.edit, () => "> ", /^> /))),
      press("link", null, () => this.put(linked(this.edit, this.word("link").toLowerCase()))),
      press("table", null, () => this.put(blockAt(this.edit, TABLE(this.word("column"))))),
      press("picture", null, () => this.picker.click()),
      look,
      this.said,
    );
  }

  private drawing(name: string): Node {
    const words = document.getElementById(this.getAttribute("words") ?? "") as HTMLTemplateElement | null;
    return words?.content.querySelector(`[data-drawing="${name}"] svg`)?.cloneNode(true) ?? document.createTextNode(this.word(name));
  }

  private get edit(): Edit {
    return { text: this.area.value, from: this.area.selectionStart, to: this.area.selectionEnd };
  }

  /** The edited text, so that the browser's own undo takes it back; and whoever keeps drafts is told. */
  private put({ text, from, to }: Edit): void {
    this.area.focus();
    this.area.select();
    if (!document.execCommand("insertText", false, text)) this.area.value = text;
    this.area.setSelectionRange(from, to);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      const made = nextPoint(this.edit);
      if (made) this.done(event, made);
    } else if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (event.key === "b") this.done(event, wrapped(this.edit, "**", this.word("bold").toLowerCase()));
      else if (event.key === "i") this.done(event, wrapped(this.edit, "*", this.word("italic").toLowerCase()));
      else if (event.key === "k") this.done(event, linked(this.edit, this.word("link").toLowerCase()));
    }
  };

  private done(event: Event, made: Edit): void {
    event.preventDefault();
    this.put(made);
  }

  private readonly onPaste = (event: ClipboardEvent): void => {
    const pictures = pictureFiles(event.clipboardData);
    if (!pictures.length) return;
    event.preventDefault();
    void this.take(pictures);
  };

  private readonly onDrop = (event: DragEvent): void => {
    const pictures = pictureFiles(event.dataTransfer);
    if (!pictures.length) return;
    event.preventDefault();
    void this.take(pictures);
  };

  /** Each picture goes to the server at once, and stands in the text when it has arrived. */
  async take(pictures: File[]): Promise<void> {
    for (const picture of pictures) {
      this.said.textContent = this.word("sending");
      try {
        const answer = await this.send(this.getAttribute("upload") ?? "", { file: picture }, "application/json");
        const told = (await answer.json()) as { name?: string; address?: string; error?: string };
        this.said.textContent = answer.ok ? "" : (told.error ?? this.word("failed"));
        if (answer.ok) this.put(blockAt(this.edit, `![${(told.name ?? "").replace(/[[\]]/g, "")}](${told.address})`));
      } catch {
        this.said.textContent = this.word("failed");
      }
    }
    this.picker.value = "";
  }

  private async look(press: HTMLElement): Promise<void> {
    const looking = press.getAttribute("aria-pressed") === "true";
    if (!looking) {
      const answer = await this.send(this.getAttribute("preview") ?? "", { body: this.area.value }, "text/html");
      if (!answer.ok) return;
      this.shown.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.children);
    }
    press.setAttribute("aria-pressed", String(!looking));
    press.textContent = this.word(looking ? "preview" : "write");
    [this.area.hidden, this.shown.hidden] = [!looking, looking];
    (looking ? this.area : this.shown).focus();
  }

  private send(address: string, fields: Record<string, string | File>, wanted: string): Promise<Response> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const key = this.closest("form")?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    return fetch(address, { method: "POST", body, headers: { Accept: wanted, "X-CSRFToken": key } });
  }
}

function pictureFiles(given: DataTransfer | null): File[] {
  return [...(given?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

customElements.define("markdown-box", MarkdownBox);

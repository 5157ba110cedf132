// <kiosk-line worker="…" away="…">: lets pages of our own stand where the line of a kiosk does not answer.
import { prepareForAbsence } from "./absence";

class KioskLine extends HTMLElement {
  connectedCallback(): void {
    const away = this.getAttribute("away")!;
    void prepareForAbsence(this, "lumbung-kiosk", { pages: [away, `${away}?left`], scope: "/kiosk" });
  }
}

customElements.define("kiosk-line", KioskLine);

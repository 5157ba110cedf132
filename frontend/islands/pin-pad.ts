// <pin-pad erase="Hapus"> around a form with a password box: big keys for a screen without a keyboard. The box takes typing as well.
import { element } from "./elements";

class PinPad extends HTMLElement {
  connectedCallback(): void {
    const keys = element("div", { class: "keys-grid" });
    for (const digit of ["1", "2", "3", "4", "5", "6", "7", "8", "9"]) keys.append(this.key(digit, () => this.add(digit)));
    keys.append(this.key(this.getAttribute("erase")!, () => (this.box.value = "")), this.key("0", () => this.add("0")), this.key("OK", () => this.querySelector("form")!.requestSubmit()));
    this.querySelector("form")!.append(keys);
  }

  private get box(): HTMLInputElement {
    return this.querySelector("input[type=password]")!;
  }

  private add(digit: string): void {
    if (this.box.value.length < this.box.maxLength) this.box.value += digit;
  }

  private key(label: string, press: () => void): HTMLElement {
    const made = element("button", { type: "button", class: "button" }, label);
    made.addEventListener("click", press);
    return made;
  }
}

customElements.define("pin-pad", PinPad);

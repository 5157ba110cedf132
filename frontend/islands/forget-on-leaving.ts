// <forget-on-leaving>: around the form that signs out. What somebody kept on this device that is not open to all goes with them, and so
// does what they marked; whoever comes next finds neither.
import { forgetOthers } from "./kept-files";

class ForgetOnLeaving extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      const leave = () => (event.target as HTMLFormElement).submit();
      void forgetOthers("").then(leave, leave);
    });
  }
}

customElements.define("forget-on-leaving", ForgetOnLeaving);

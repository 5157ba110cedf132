// <forget-on-leaving>: around the form that signs out. What somebody kept on this device that is not open to all goes with them, and so
// do what they marked and the pages of the staff that name them; whoever comes next finds none of it.
import { forgetOthers } from "./kept-files";
import { keepOnly } from "./own-pages";

class ForgetOnLeaving extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      const leave = () => (event.target as HTMLFormElement).submit();
      void Promise.all([forgetOthers(""), keepOnly("")]).then(leave, leave);
    });
  }
}

customElements.define("forget-on-leaving", ForgetOnLeaving);
